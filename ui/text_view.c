/*
 * The view's text, layout and place. A block is made (its text is there) and laid (its rows are there) when somebody looks at
 * it; short texts are laid out as a whole, so that their line numbers are exact.
 */
#include "ui/text_view.h"

#include <stdint.h>
#include <string.h>

#include "core/base/array.h"
#include "core/text/clean.h"
#include "core/text/direction.h"
#include "core/text/grapheme.h"
#include "core/text/wrap.h"
#include "ui/text_build.h"

#include "core/base/banned.h"

enum {
    GUTTER_MOST = 12,       /* columns of the labels */
    GUTTER_TEXT_LEAST = 40, /* columns of text beside them, else labels get rows */
    TEXT_LEAST = 8,         /* columns of text beside a prefix, which is cut for it */
    EXACT_MOST = 256 << 10, /* bytes that are laid out as a whole */
    PAIR_GAP = 3,           /* " │ " between the halves of a pair */
    PLAIN_UNSAID = 4 << 10, /* a shorter text that Markdown makes nothing of is shown plain without a word */
};

void text_view_init(struct text_view *view) {
    *view = (struct text_view){.text = BUFFER_INIT};
}

static void forget_rows(struct text_view *view) {
    for (size_t i = 0; i < view->blocks.count; i++) {
        memory_free(view->blocks.items[i].rows);
        view->blocks.items[i].rows = NULL;
        view->blocks.items[i].laid = false;
    }
    view->widest = 0;
    view->wide = false;
}

void text_view_clear(struct text_view *view, enum text_mode mode) {
    forget_rows(view);
    for (size_t i = 0; i < view->labels.count; i++)
        memory_free((void *)(uintptr_t)view->labels.items[i].data);
    buffer_clear(&view->text);
    view->spans.count = view->blocks.count = view->labels.count = view->hits.count = 0;
    view->mode = mode;
    view->columns = 0;
    view->top_block = view->top_row = view->anchor = view->hit = 0;
    view->shift = 0;
    view->fell_back = false;
}

void text_view_release(struct text_view *view) {
    text_view_clear(view, view->mode);
    if (view->searching)
        needle_release(&view->needle);
    buffer_release(&view->text);
    ARRAY_RELEASE(&view->spans);
    ARRAY_RELEASE(&view->blocks);
    ARRAY_RELEASE(&view->labels);
    ARRAY_RELEASE(&view->hits);
    *view = (struct text_view){.text = BUFFER_INIT};
}

static void add_label(struct text_view *view, struct slice label) {
    struct buffer clean = BUFFER_INIT;
    if (label.data && label.length > 0)
        text_clean(&clean, label, CLEAN_ONE_LINE);
    size_t length = clean.length;
    *ARRAY_ADD(&view->labels) = slice_make(buffer_detach(&clean), length);
}

void text_view_add(struct text_view *view, struct slice label, struct slice text) {
    bool labelled = label.data && label.length > 0;
    size_t first = view->blocks.count;
    if (!labelled && view->blocks.count > 0)
        block_add(view, BLOCK_WRAPPED); /* an empty row between texts */
    add_label(view, label);
    if (labelled)
        block_add(view, BLOCK_LABEL);
    if (view->mode == TEXT_MARKDOWN && text.length <= TEXT_VIEW_MARKDOWN_MOST && markdown_add(view, text)) {
        if (text.length == 0)
            block_add(view, BLOCK_WRAPPED);
    } else {
        view->fell_back = view->fell_back || (view->mode == TEXT_MARKDOWN && text.length > PLAIN_UNSAID);
        pieces_add(view, text);
    }
    for (size_t block = first; view->searching && block < view->blocks.count; block++)
        search_block(view, block);
    view->columns = 0;
}

void text_view_set(struct text_view *view, struct slice text, enum text_mode mode) {
    text_view_clear(view, mode);
    text_view_add(view, SLICE_ABSENT, text);
}

const char *text_view_notice(const struct text_view *view) {
    return view->fell_back ? "plain: too much for Markdown" : NULL;
}

/* --- layout --- */

void block_make(struct text_view *view, size_t index) {
    if (!view->blocks.items[index].made)
        piece_make(view, index);
}

int block_columns(const struct text_view *view, const struct text_block *block) {
    int columns = view->columns - view->gutter;
    int lead = block->lead_columns < columns - TEXT_LEAST ? block->lead_columns : columns - TEXT_LEAST;
    columns -= lead > 0 ? lead : 0;
    return columns > 2 ? columns : 2;
}

int pair_columns(const struct text_view *view, const struct text_block *block) {
    int columns = (block_columns(view, block) - PAIR_GAP) / 2;
    return columns > 2 ? columns : 2;
}

struct rows {
    struct text_row *items;
    size_t count, capacity;
};

static void lay_wrapped(struct slice text, int columns, struct rows *rows) {
    struct text_line line;
    bool paragraph = true, right = false;
    for (size_t at = 0; text_wrap(text, at, columns, &line); at = line.next) {
        if (paragraph) {
            const char *newline = memchr(text.data + at, '\n', text.length - at);
            size_t length = newline ? (size_t)(newline - (text.data + at)) : text.length - at;
            right = text_direction(slice_make(text.data + at, length)) == DIRECTION_RIGHT_TO_LEFT;
        }
        *ARRAY_ADD(rows) = (struct text_row){line.start, line.end, line.columns, right};
        paragraph = line.newline;
    }
}

/* Left and right in turn; the shorter one gets empty rows at its end. */
static void lay_pair(const struct text_view *view, const struct text_block *block, struct rows *rows) {
    struct slice text = block_text(view, block);
    struct rows left = {0}, right = {0};
    size_t left_end = block->split - 1; /* the newline between them */
    lay_wrapped(slice_make(text.data, left_end), pair_columns(view, block), &left);
    lay_wrapped(slice_make(text.data + block->split, text.length - block->split), pair_columns(view, block), &right);
    for (size_t i = 0; i < left.count || i < right.count || i == 0; i++) {
        struct text_row none = {text.length, text.length, 0, false};
        struct text_row row = i < right.count ? right.items[i] : none;
        if (i < right.count) {
            row.start += block->split;
            row.end += block->split;
        }
        *ARRAY_ADD(rows) = i < left.count ? left.items[i] : (struct text_row){left_end, left_end, 0, false};
        *ARRAY_ADD(rows) = row;
    }
    ARRAY_RELEASE(&left);
    ARRAY_RELEASE(&right);
}

static void lay_fixed(struct text_view *view, struct text_block *block, struct rows *rows) {
    struct slice text = block_text(view, block);
    block->wide = false;
    for (size_t at = 0; at < text.length;) {
        const char *newline = memchr(text.data + at, '\n', text.length - at);
        size_t end = newline ? (size_t)(newline - text.data) : text.length;
        size_t columns = text_columns(slice_make(text.data + at, end - at));
        struct text_row row = {at, end, columns < 0x7ffffff ? (int)columns : 0x7ffffff, false};
        *ARRAY_ADD(rows) = row;
        block->wide = block->wide || row.columns > block_columns(view, block);
        if (row.columns > view->widest)
            view->widest = row.columns;
        at = end + 1;
    }
    view->wide = view->wide || block->wide;
}

void block_lay(struct text_view *view, size_t index) {
    block_make(view, index);
    struct text_block *block = &view->blocks.items[index];
    if (block->laid)
        return;
    struct rows rows = {0};
    if (block->kind == BLOCK_WRAPPED)
        lay_wrapped(block_text(view, block), block_columns(view, block), &rows);
    else if (block->kind == BLOCK_PAIR)
        lay_pair(view, block, &rows);
    else if (block->kind == BLOCK_FIXED)
        lay_fixed(view, block, &rows);
    if (rows.count == 0 && !(block->kind == BLOCK_LABEL && view->gutter > 0))
        *ARRAY_ADD(&rows) = (struct text_row){0, 0, 0, false};
    block->rows = rows.items;
    block->line_count = block->kind == BLOCK_PAIR ? rows.count / 2 : rows.count;
    block->laid = true;
}

static size_t estimate(const struct text_view *view, const struct text_block *block) {
    if (block->kind == BLOCK_LABEL)
        return view->gutter == 0;
    size_t length = block->made ? block->text_length : block->source.length;
    const char *data = block->made ? view->text.data + block->text : block->source.data;
    size_t lines = 0, columns = (size_t)block_columns(view, block);
    length = block->kind == BLOCK_PAIR ? length / 2 : length;
    columns = block->kind == BLOCK_PAIR ? (size_t)pair_columns(view, block) : columns;
    for (size_t at = 0; at < length; lines++) {
        const char *newline = memchr(data + at, '\n', length - at);
        size_t end = newline ? (size_t)(newline - data) : length;
        lines += (end - at) / columns;
        at = end + 1;
    }
    return lines > 0 ? lines : 1;
}

size_t block_row_at(const struct text_block *block, size_t at) {
    bool pair = block->kind == BLOCK_PAIR;
    const struct text_row *rows = block->rows + (pair && at >= block->split);
    size_t low = 0, high = block->line_count;
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        if (rows[pair ? 2 * middle : middle].start <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

size_t row_start(const struct text_block *block, size_t row) {
    if (!block->laid || row >= block->line_count)
        return 0;
    return block->rows[block->kind == BLOCK_PAIR ? 2 * row : row].start;
}

static void choose_gutter(struct text_view *view) {
    int widest = 0;
    for (size_t i = 0; i < view->labels.count; i++) {
        size_t columns = text_columns(view->labels.items[i]);
        columns = columns > GUTTER_MOST - 2 ? GUTTER_MOST - 2 : columns;
        widest = (int)columns > widest ? (int)columns : widest;
    }
    view->gutter = widest > 0 && view->columns - widest - 2 >= GUTTER_TEXT_LEAST ? widest + 2 : 0;
}

void text_view_width(struct text_view *view, int columns) {
    columns = columns > TEXT_LEAST ? columns : TEXT_LEAST;
    if (view->columns == columns)
        return;
    size_t length = 0;
    forget_rows(view);
    view->columns = columns;
    choose_gutter(view);
    for (size_t i = 0; i < view->blocks.count; i++) {
        struct text_block *block = &view->blocks.items[i];
        block->line_count = estimate(view, block);
        length += block->made ? block->text_length : block->source.length;
    }
    if (length <= EXACT_MOST)
        text_view_exact(view);
    if (view->top_block < view->blocks.count) {
        block_lay(view, view->top_block);
        view->top_row = block_row_at(&view->blocks.items[view->top_block], view->anchor);
    }
}

void text_view_exact(struct text_view *view) {
    for (size_t i = 0; view->columns > 0 && i < view->blocks.count; i++)
        block_lay(view, i);
}

size_t text_view_line_count(const struct text_view *view) {
    size_t lines = 0;
    for (size_t i = 0; i < view->blocks.count; i++)
        lines += view->blocks.items[i].line_count;
    return lines;
}

size_t text_view_top(const struct text_view *view) {
    size_t lines = view->top_row;
    for (size_t i = 0; i < view->top_block && i < view->blocks.count; i++)
        lines += view->blocks.items[i].line_count;
    return lines;
}

/* --- place --- */

struct place {
    size_t block, row;
};

static bool before(struct place a, struct place b) {
    return a.block != b.block ? a.block < b.block : a.row < b.row;
}

/* `lines` further on or back from a place, at most to the ends. Lays out what it passes. Returns the lines gone. */
static long go(struct text_view *view, struct place *place, long lines) {
    long gone = 0;
    while (gone < lines) {
        block_lay(view, place->block);
        size_t count = view->blocks.items[place->block].line_count;
        size_t left = count > place->row + 1 ? count - place->row - 1 : 0;
        if ((long)left >= lines - gone) {
            place->row += (size_t)(lines - gone);
            return lines;
        }
        size_t next = place->block + 1;
        for (; next < view->blocks.count; next++) {
            block_lay(view, next);
            if (view->blocks.items[next].line_count > 0)
                break;
        }
        if (next >= view->blocks.count) {
            place->row += left;
            return gone + (long)left;
        }
        gone += (long)left + 1;
        *place = (struct place){next, 0};
    }
    while (gone > lines) {
        if ((long)place->row >= gone - lines) {
            place->row -= (size_t)(gone - lines);
            return lines;
        }
        size_t previous = place->block, rows = 0;
        while (previous > 0 && rows == 0) {
            block_lay(view, --previous);
            rows = view->blocks.items[previous].line_count;
        }
        if (rows == 0) {
            gone -= (long)place->row;
            place->row = 0;
            return gone;
        }
        gone -= (long)place->row + 1;
        *place = (struct place){previous, rows - 1};
    }
    return gone;
}

/* The furthest place that may stand at the top of `rows` rows. */
static struct place last_place(struct text_view *view, int rows) {
    struct place place = {view->blocks.count - 1, 0};
    block_lay(view, place.block);
    size_t count = view->blocks.items[place.block].line_count;
    place.row = count > 0 ? count - 1 : 0;
    go(view, &place, rows > 1 ? 1 - (long)rows : 0);
    return place;
}

/* Takes a place, kept inside the text. */
static void take_place(struct text_view *view, struct place place, int rows) {
    struct place last = last_place(view, rows);
    if (before(last, place))
        place = last;
    if (place.block == view->top_block && place.row == view->top_row)
        return;
    view->top_block = place.block;
    view->top_row = place.row;
    view->anchor = row_start(&view->blocks.items[place.block], place.row);
}

static bool ready(const struct text_view *view) {
    return view->columns > 0 && view->blocks.count > 0;
}

void place_at(struct text_view *view, size_t block, size_t row, int above, int rows) {
    struct place place = {block, row};
    go(view, &place, -(long)above);
    take_place(view, place, rows);
}

bool text_view_scroll(struct text_view *view, long lines, int rows) {
    if (!ready(view))
        return false;
    struct place old = {view->top_block, view->top_row}, place = old;
    go(view, &place, lines);
    take_place(view, place, rows);
    return old.block != view->top_block || old.row != view->top_row;
}

void text_view_to_top(struct text_view *view) {
    view->top_block = view->top_row = view->anchor = 0;
}

void text_view_to_bottom(struct text_view *view, int rows) {
    if (ready(view))
        take_place(view, (struct place){view->blocks.count, 0}, rows);
}

void text_view_to_line(struct text_view *view, size_t line, int rows) {
    if (!ready(view))
        return;
    size_t block = 0;
    while (block + 1 < view->blocks.count && line >= view->blocks.items[block].line_count)
        line -= view->blocks.items[block++].line_count;
    block_lay(view, block);
    size_t count = view->blocks.items[block].line_count;
    take_place(view, (struct place){block, line < count ? line : count > 0 ? count - 1 : 0}, rows);
}

void text_view_shift(struct text_view *view, int cells) {
    long shift = (long)view->shift + cells;
    long most = view->widest > 4 ? view->widest - 4 : 0; /* something of the widest row stays in sight */
    view->shift = (int)(shift < 0 ? 0 : shift > most ? most : shift);
}

double text_view_share(const struct text_view *view, int rows) {
    size_t lines = text_view_line_count(view), top = text_view_top(view);
    if (rows < 1 || lines <= (size_t)rows)
        return 0;
    double share = (double)top / (double)(lines - (size_t)rows);
    return share > 1 ? 1 : share;
}

void text_view_to_share(struct text_view *view, double share, int rows) {
    size_t lines = text_view_line_count(view);
    if (!(share > 0) || rows < 1 || lines <= (size_t)rows)
        text_view_to_top(view);
    else if (share >= 1)
        text_view_to_bottom(view, rows);
    else
        text_view_to_line(view, (size_t)(share * (double)(lines - (size_t)rows) + 0.5), rows);
}

bool text_view_fits(struct text_view *view, int rows) {
    if (!ready(view))
        return true;
    struct place last = last_place(view, rows);
    size_t above = last.row; /* blocks may be without lines: a label in the gutter is one */
    for (size_t i = 0; i < last.block && above == 0; i++)
        above += view->blocks.items[i].line_count;
    return above == 0 && text_view_line_count(view) <= (size_t)(rows > 0 ? rows : 0);
}
