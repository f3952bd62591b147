#include "core/text/token.h"

#include <stdbool.h>
#include <utf8proc.h>

#include "core/text/grapheme.h"
#include "core/text/points.h"
#include "core/text/utf8.h"

#include "core/base/banned.h"

enum sort { IN_WORD, ALONE_WORD, APOSTROPHE, MARK, SPACE, NEWLINE };

static enum sort sort_of_ascii(unsigned char byte) {
    if ((byte >= '0' && byte <= '9') || ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z') || byte == '_')
        return IN_WORD;
    if (byte == '\n')
        return NEWLINE;
    if (byte == ' ' || byte == '\t' || byte == '\r')
        return SPACE;
    return byte == '\'' ? APOSTROPHE : MARK;
}

/* Thai, Lao, Burmese, Khmer: words are not parted by spaces. */
static bool is_unparted(int32_t point) {
    return (point >= 0x0E00 && point <= 0x0EFF) || (point >= 0x1000 && point <= 0x109F) ||
           (point >= 0x1780 && point <= 0x17FF);
}

static bool is_hangul(int32_t point) {
    return (point >= 0xAC00 && point <= 0xD7FF) || (point >= 0x1100 && point <= 0x11FF);
}

static enum sort sort_of(int32_t point) {
    if (point < 0x80)
        return sort_of_ascii((unsigned char)point);
    if (point == 0x2019)
        return APOSTROPHE;
    int category = utf8proc_get_property(point)->category;
    if (category == UTF8PROC_CATEGORY_ZS)
        return SPACE;
    bool digit = category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO;
    if (!digit && !point_is_letter(point) && !point_is_mark(point))
        return MARK;
    if (is_unparted(point) || (point_columns(point) == 2 && !is_hangul(point)))
        return ALONE_WORD;
    return IN_WORD;
}

static enum sort sort_at(struct slice text, size_t at) {
    int32_t point;
    if ((unsigned char)text.data[at] < 0x80)
        return sort_of_ascii((unsigned char)text.data[at]);
    return utf8_decode(text.data + at, text.length - at, &point) ? sort_of(point) : MARK;
}

size_t token_next(struct slice text, size_t at, enum token_kind *kind) {
    enum sort sort = sort_at(text, at);
    *kind = sort == NEWLINE ? TOKEN_NEWLINE : sort == SPACE ? TOKEN_SPACE : TOKEN_MARK;
    if (sort == NEWLINE)
        return at + 1;
    if (sort == SPACE) {
        while (at < text.length && sort_at(text, at) == SPACE)
            at = (unsigned char)text.data[at] < 0x80 ? at + 1 : utf8_next(text, at);
        return at;
    }
    if (sort != IN_WORD) {
        *kind = sort == ALONE_WORD ? TOKEN_WORD : TOKEN_MARK;
        return grapheme_next(text, at);
    }
    *kind = TOKEN_WORD;
    while (at < text.length) {
        sort = sort_at(text, at);
        size_t next = sort == IN_WORD || sort == APOSTROPHE ? grapheme_next(text, at) : at;
        if (sort == APOSTROPHE && (next >= text.length || sort_at(text, next) != IN_WORD))
            break;
        if (next == at)
            break;
        at = next;
    }
    return at;
}
