/*
 * The door and what stands behind it, on any bytes: what clean.h, wrap.h, clip.h, needle.h and syntax.h promise must
 * hold. The first byte chooses the flags, the second the width, the third how much of the input is the
 * needle.
 */
#include <locale.h>
#include <stdint.h>
#include <stdlib.h>

#include "core/base/memory.h"
#include "core/text/clean.h"
#include "core/text/clip.h"
#include "core/text/direction.h"
#include "core/text/grapheme.h"
#include "core/text/needle.h"
#include "core/text/syntax.h"
#include "core/text/utf8.h"
#include "core/text/wrap.h"

#define HOLD(condition)   \
    do {                  \
        if (!(condition)) \
            abort();      \
    } while (0)

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv) {
    (void)argc;
    (void)argv;
    if (!setlocale(LC_ALL, "C.UTF-8"))
        setlocale(LC_ALL, "");
    HOLD(point_columns(0x4E00) == 2);
    return 0;
}

static void hold_clean(struct slice text, unsigned flags) {
    int joined = -1;
    HOLD(utf8_valid(text));
    for (size_t at = 0; at < text.length;) {
        int32_t point = 0;
        at += utf8_decode(text.data + at, text.length - at, &point);
        if (point == '\n' && !(flags & CLEAN_ONE_LINE)) {
            joined = -1;
        } else if (point != '\t' || !(flags & CLEAN_KEEP_TABS)) {
            int columns = point_columns(point);
            HOLD(columns >= 0);
            joined = columns > 0 ? 0 : joined < 0 ? CELL_POINTS : joined + 1;
            HOLD(joined < CELL_POINTS);
        }
    }
}

static void hold_wrap(struct slice text, int columns) {
    struct text_line line;
    size_t at = 0;
    for (; text_wrap(text, at, columns, &line); at = line.next) {
        HOLD(line.start == at && line.end >= at && line.next >= line.end);
        HOLD(line.next > at && line.next <= text.length);
        HOLD(line.columns <= (columns < 2 ? 2 : columns));
        HOLD(text_columns(slice_make(text.data + at, line.end - at)) == (size_t)line.columns);
        HOLD(line.newline == (text.data[line.next - 1] == '\n'));
    }
    HOLD(at == text.length);
}

static void hold_clip(struct slice text, int columns, size_t from) {
    struct buffer out = BUFFER_INIT;
    struct text_window window = text_window(text, from, columns);
    HOLD(window.before + window.columns <= columns);
    HOLD(window.end <= text.length && window.start <= window.end);
    text_fit(&out, text, columns, TEXT_CENTRE);
    HOLD(text_columns(buffer_slice(&out)) == (size_t)columns);
    hold_clean(buffer_slice(&out), CLEAN_ONE_LINE);
    buffer_release(&out);
}

static void hold_needle(struct slice text, struct slice what) {
    struct needle needle;
    struct text_match match;
    needle_init(&needle, what);
    for (size_t from = 0; needle_find(&needle, text, from, &match); from = match.end)
        HOLD(match.start >= from && match.end > match.start && match.end <= text.length);
    needle_release(&needle);
}

/* What the door says of its own lies inside the text, in order, and the rest of it came in. */
static void hold_said(struct slice in) {
    struct buffer out = BUFFER_INIT, plain = BUFFER_INIT;
    struct said_list said = {0};
    size_t at = 0;
    text_clean_said(&out, in, CLEAN_REVEAL | CLEAN_SPACES, &said);
    text_clean(&plain, in, CLEAN_REVEAL | CLEAN_SPACES);
    HOLD(slice_equal(buffer_slice(&out), buffer_slice(&plain)));
    for (size_t i = 0; i < said.count; i++) {
        HOLD(said.items[i].start >= at && said.items[i].end > said.items[i].start);
        at = said.items[i].end;
    }
    HOLD(at <= out.length);
    memory_free(said.items);
    buffer_release(&out);
    buffer_release(&plain);
}

static void hold_syntax(const struct syntax *syntax, struct slice code) {
    struct syntax_place place = {0};
    while (place.at < code.length) {
        size_t start = place.at;
        enum syntax_kind kind = syntax_next(syntax, code, &place);
        HOLD(kind <= SYNTAX_NUMBER && place.at > start && place.at <= code.length);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct buffer once = BUFFER_INIT, twice = BUFFER_INIT;
    if (size < 3)
        return 0;
    unsigned flags = data[0] & 31;
    int columns = data[1] % 64;
    struct slice in = slice_make((const char *)data + 3, size - 3);

    text_clean(&once, in, flags);
    text_clean(&twice, buffer_slice(&once), flags);
    hold_clean(buffer_slice(&once), flags);
    HOLD(slice_equal(buffer_slice(&once), buffer_slice(&twice)));

    buffer_clear(&once);
    text_clean(&once, in, CLEAN_LINES);
    hold_wrap(buffer_slice(&once), columns);
    for (size_t at = 0, next; at < once.length; at = next) {
        next = grapheme_next(buffer_slice(&once), at);
        HOLD(next > at && grapheme_previous(buffer_slice(&once), next) == at);
    }
    text_direction(buffer_slice(&once));
    hold_said(in);
    hold_syntax(&syntax_table[data[1] % syntax_count], buffer_slice(&once));
    size_t cut = in.length > 0 ? data[2] % in.length : 0;
    hold_needle(in, slice_make(in.data, cut));
    hold_needle(buffer_slice(&once), slice_make(in.data, cut));

    buffer_clear(&once);
    text_clean(&once, in, CLEAN_ONE_LINE);
    hold_clip(buffer_slice(&once), columns, data[2]);

    buffer_release(&once);
    buffer_release(&twice);
    return 0;
}
