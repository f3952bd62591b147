#include "core/text/grapheme.h"

#include <stdbool.h>
#include <utf8proc.h>
#include <wchar.h>

#include "core/text/utf8.h"

#include "core/base/banned.h"

/* Printable ASCII at `at` with ASCII or nothing behind it: a cluster of its own, one cell wide. */
static bool plain_at(struct slice text, size_t at) {
    unsigned char here = (unsigned char)text.data[at];
    return here >= 0x20 && here < 0x7F && (at + 1 == text.length || (unsigned char)text.data[at + 1] < 0x80);
}

size_t grapheme_next(struct slice text, size_t at) {
    int32_t before, point;
    utf8proc_int32_t state = 0;
    size_t step;

    if (at >= text.length)
        return text.length;
    if (plain_at(text, at))
        return at + 1;
    step = utf8_decode(text.data + at, text.length - at, &before);
    if (step == 0)
        return at + 1;
    for (at += step; at < text.length; at += step) {
        step = utf8_decode(text.data + at, text.length - at, &point);
        if (step == 0 || utf8proc_grapheme_break_stateful(before, point, &state))
            break;
        before = point;
    }
    return at;
}

static int boundary_class(struct slice text, size_t at) {
    int32_t point = 0xFFFD;
    utf8_decode(text.data + at, text.length - at, &point);
    return utf8proc_get_property(point)->boundclass;
}

/*
 * The code point at `at` joins nothing before it, but for what is made to stand in front (CR, prepended
 * signs).
 */
static bool is_landmark(struct slice text, size_t at) {
    int class = boundary_class(text, at);
    return class == UTF8PROC_BOUNDCLASS_OTHER || class == UTF8PROC_BOUNDCLASS_CONTROL ||
           class == UTF8PROC_BOUNDCLASS_LF;
}

size_t grapheme_previous(struct slice text, size_t at) {
    size_t from = at, start;

    if (at == 0)
        return 0;
    do
        from = utf8_previous(text, from);
    while (from > 0 && !is_landmark(text, from));
    while (from > 0) {
        size_t front = utf8_previous(text, from);
        int class = boundary_class(text, front);
        if (class != UTF8PROC_BOUNDCLASS_PREPEND && class != UTF8PROC_BOUNDCLASS_CR)
            break;
        from = front;
    }
    for (start = from; from < at; from = grapheme_next(text, from))
        start = from;
    return start;
}

size_t grapheme_count(struct slice text) {
    size_t count = 0;
    for (size_t at = 0; at < text.length; at = grapheme_next(text, at))
        count++;
    return count;
}

int point_columns(int32_t point) {
    if (point < 0x7F)
        return point >= 0x20 ? 1 : -1;
    return wcwidth((wchar_t)point);
}

/* Cells of the bytes [at, end), code point by code point. */
static int columns_between(struct slice text, size_t at, size_t end) {
    int columns = 0;
    while (at < end) {
        int32_t point;
        size_t step = utf8_decode(text.data + at, end - at, &point);
        if (step == 0) {
            at++;
            continue;
        }
        int wide = point_columns(point);
        columns += wide > 0 ? wide : 0;
        at += step;
    }
    return columns;
}

size_t text_columns(struct slice text) {
    size_t columns = 0;
    for (size_t at = 0; at < text.length;) {
        int32_t point;
        size_t step = utf8_decode(text.data + at, text.length - at, &point);
        int wide = step ? point_columns(point) : 0;
        columns += wide > 0 ? (size_t)wide : 0;
        at += step ? step : 1;
    }
    return columns;
}

/*
 * Clusters have no longest size in Unicode; past this many bytes a unit ends, so that no line costs more than
 * it shows.
 */
enum { UNIT_BYTES = 64 };

/* Whether the code point at `at` takes no cell: it belongs to the one before it. */
static bool joins_at(struct slice text, size_t at) {
    int32_t point;
    if (at >= text.length || (unsigned char)text.data[at] < 0x80)
        return false;
    return utf8_decode(text.data + at, text.length - at, &point) != 0 && point_columns(point) == 0;
}

size_t text_unit(struct slice text, size_t at, int *columns) {
    size_t end;
    if (at >= text.length) {
        *columns = 0;
        return text.length;
    }
    if (plain_at(text, at)) {
        *columns = 1;
        return at + 1;
    }
    if (text.data[at] == '\n') {
        *columns = 0;
        return at + 1;
    }
    end = text.length - at < UNIT_BYTES ? text.length : at + UNIT_BYTES;
    end = grapheme_next(slice_make(text.data, end), at);
    while (joins_at(text, end))
        end = utf8_next(text, end);
    *columns = columns_between(text, at, end);
    return end;
}
