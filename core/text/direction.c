#include "core/text/direction.h"

#include <utf8proc.h>

#include "core/text/utf8.h"

#include "core/base/banned.h"

enum text_direction text_direction(struct slice paragraph) {
    size_t at = 0;
    while (at < paragraph.length && paragraph.data[at] != '\n') {
        int32_t point;
        size_t step = utf8_decode(paragraph.data + at, paragraph.length - at, &point);
        if (step == 0) {
            at++;
            continue;
        }
        switch (utf8proc_get_property(point)->bidi_class) {
        case UTF8PROC_BIDI_CLASS_L:
            return DIRECTION_LEFT_TO_RIGHT;
        case UTF8PROC_BIDI_CLASS_R:
        case UTF8PROC_BIDI_CLASS_AL:
            return DIRECTION_RIGHT_TO_LEFT;
        default:
            at += step;
        }
    }
    return DIRECTION_NONE;
}
