/*
 * Raw and plain text: split into pieces of whole lines when it is added, cleaned when a piece is looked at, so that a text of
 * any length opens at once.
 */
#include "ui/text_build.h"

#include <string.h>

#include "core/base/array.h"
#include "core/text/clean.h"

#include "core/base/banned.h"

size_t piece_end(struct slice text, size_t at) {
    size_t left = text.length - at;
    if (left <= TEXT_VIEW_PIECE)
        return text.length;
    const char *data = text.data + at;
    for (size_t end = TEXT_VIEW_PIECE; end > 0; end--)
        if (data[end - 1] == '\n')
            return at + end;
    for (size_t end = TEXT_VIEW_PIECE; end > TEXT_VIEW_PIECE / 2; end--)
        if (data[end - 1] == ' ')
            return at + end;
    size_t end = TEXT_VIEW_PIECE;
    while (end > TEXT_VIEW_PIECE - 4 && ((unsigned char)data[end] & 0xc0) == 0x80)
        end--;
    return at + end;
}

void pieces_add(struct text_view *view, struct slice text) {
    size_t at = 0;
    do { /* an empty text is one empty piece */
        size_t end = piece_end(text, at);
        size_t index = block_add(view, BLOCK_WRAPPED);
        struct text_block *block = &view->blocks.items[index];
        block->source = slice_make(text.data ? text.data + at : "", end - at);
        block->made = false;
        at = end;
    } while (at < text.length);
}

/* Part of a raw line; what the door says of it is told apart: blanks are dim, what is invisible or broken stands out. */
static void reveal_part(struct text_run *run, struct slice part, unsigned flags) {
    struct buffer shown = BUFFER_INIT;
    struct said_list said = {0};
    size_t at = 0;
    text_clean_said(&shown, part, CLEAN_REVEAL | flags, &said);
    for (size_t i = 0; i < said.count; i++) {
        const struct said *own = &said.items[i];
        run_add(run, INK_NORMAL, slice_make(shown.data + at, own->start - at));
        run_add(run, own->blank ? INK_DIM : INK_WARNING, slice_make(shown.data + own->start, own->end - own->start));
        at = own->end;
    }
    run_add(run, INK_NORMAL, slice_make(shown.data + at, shown.length - at));
    ARRAY_RELEASE(&said);
    buffer_release(&shown);
}

/* Raw: one line without its newline. Spaces inside stay spaces, so that it wraps at words; all else is revealed. */
static void reveal_line(struct text_run *run, struct slice line) {
    size_t body = line.length;
    while (body > 0 && (line.data[body - 1] == ' ' || line.data[body - 1] == '\t' || line.data[body - 1] == '\r'))
        body--;
    reveal_part(run, slice_make(line.data, body), CLEAN_SPACES);
    reveal_part(run, slice_make(line.data + body, line.length - body), 0);
}

void piece_make(struct text_view *view, size_t index) {
    struct text_run run = TEXT_RUN_INIT;
    struct slice source = view->blocks.items[index].source;
    if (view->mode == TEXT_RAW) {
        for (size_t at = 0; at < source.length;) {
            const char *newline = memchr(source.data + at, '\n', source.length - at);
            size_t end = newline ? (size_t)(newline - source.data) : source.length;
            reveal_line(&run, slice_make(source.data + at, end - at));
            if (newline)
                run_add_string(&run, INK_NORMAL, "\n");
            at = end + 1;
        }
    } else {
        struct buffer clean = BUFFER_INIT;
        text_clean(&clean, source, CLEAN_LINES);
        run_add(&run, INK_NORMAL, buffer_slice(&clean));
        buffer_release(&clean);
    }
    block_fill_clean(view, index, &run);
    run_release(&run);
}
