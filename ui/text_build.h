/*
 * For the makers of a text view's blocks (text_markdown.c, text_table.c, text_pieces.c): a run of text in several inks, and how it
 * becomes a block. Nobody else includes this.
 */
#ifndef UI_TEXT_BUILD_H
#define UI_TEXT_BUILD_H

#include "ui/text_view.h"

/* Text and its spans, growing. Zero-initialise with TEXT_RUN_INIT. */
struct text_run {
    struct buffer text;
    struct {
        struct text_span *items;
        size_t count, capacity;
    } spans;
};

#define TEXT_RUN_INIT  \
    {                  \
        BUFFER_INIT, { \
            NULL, 0, 0 \
        }              \
    }

void run_add(struct text_run *run, enum ink ink, struct slice text);
void run_add_string(struct text_run *run, enum ink ink, const char *text);
void run_add_run(struct text_run *run, const struct text_run *other);
void run_clear(struct text_run *run);
void run_release(struct text_run *run);

/* Sends each span through the door, when something in the run needs it. */
void run_clean(struct text_run *run);

/* Puts the run into the view as the text of a block, which is then made. The run is cleaned first, or it is clean. */
void block_fill_clean(struct text_view *view, size_t block, const struct text_run *run);
void block_fill(struct text_view *view, size_t block, struct text_run *run);

/* A new block at the end of the view, empty, in the last section. Returns its index (pointers move). */
size_t block_add(struct text_view *view, enum block_kind kind);

/* Prefixes (cleaned, without newline) of a block, for its first row and the others; both as wide as `lead`. */
void block_prefix(struct text_view *view, size_t block, struct slice lead, struct slice rest);

/* Adds cleaned code, its keywords, strings and comments in inks of their own where the language (of the fence) is known. */
void run_add_code(struct text_run *run, struct slice language, struct slice code);

/*
 * Adds the blocks of a Markdown text. False, and nothing is added, when it is more than md4c or we can bear, or when nothing would
 * be seen of it (link definitions alone): show it as plain.
 */
bool markdown_add(struct text_view *view, struct slice text);

/* Adds a raw or plain text as pieces that are made when they are looked at. */
void pieces_add(struct text_view *view, struct slice text);
void piece_make(struct text_view *view, size_t block);

/* The end of the piece of at most TEXT_VIEW_PIECE bytes that starts at `at`: behind a newline if there is one, else a space. */
size_t piece_end(struct slice text, size_t at);

/* A table while it is read. */
struct table_cell {
    struct text_run run;
    int align; /* 0 left, 1 centre, 2 right */
};
struct table {
    struct {
        struct table_cell *items;
        size_t count, capacity;
    } cells; /* row after row */
    size_t columns, head_rows;
};

/* Composes its rows, aligned, into the run. */
void table_compose(struct table *table, struct text_run *run);
void table_clear(struct table *table);
void table_release(struct table *table);

/* --- for text_draw.c, text_search.c --- */

/* Makes the block's text; lays out its rows for the present width. */
void block_make(struct text_view *view, size_t block);
void block_lay(struct text_view *view, size_t block);

static inline struct slice block_text(const struct text_view *view, const struct text_block *block) {
    return slice_make(view->text.data + block->text, block->text_length);
}

/* Looks for the open search's needle in a block that was added behind all others. */
void search_block(struct text_view *view, size_t block);

/* Cells for the text of a block at the present width: without gutter and prefix, at least 2. */
int block_columns(const struct text_view *view, const struct text_block *block);

/* Cells of the left half of a pair; " │ " and the right half follow. */
int pair_columns(const struct text_view *view, const struct text_block *block);

/* The row of a laid block that holds byte `at` of its text. */
size_t block_row_at(const struct text_block *block, size_t at);

/* The byte of the block's text where a row starts (of a pair: its left row); 0 where it is not laid. */
size_t row_start(const struct text_block *block, size_t row);

/* Puts the row of a laid block at the top, or so that `above` rows are seen over it, and inside the text. */
void place_at(struct text_view *view, size_t block, size_t row, int above, int rows);

#endif
