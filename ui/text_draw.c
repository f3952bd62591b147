#include "core/base/array.h"
#include "core/text/clip.h"
#include "core/text/grapheme.h"
#include "ui/directions.h"
#include "ui/paint.h"
#include "ui/text_build.h"

#include "core/base/banned.h"

/* The first hit that ends behind byte `at` of the block, or behind it in the text. */
static size_t first_hit(const struct text_view *view, size_t block, size_t at) {
    size_t low = 0, high = view->hits.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct text_hit *hit = &view->hits.items[middle];
        if (hit->block < block || (hit->block == block && hit->end <= at))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* The span that holds byte `at`. */
static size_t first_span(const struct text_span *spans, size_t count, size_t at) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (spans[middle].end <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Bytes [start, end) of a block's text, span by span, hits over them. */
static void draw_run(const struct text_view *view, size_t index, size_t start, size_t end, struct surface *surface,
                     struct rect area, int column) {
    const struct text_block *block = &view->blocks.items[index];
    struct slice text = block_text(view, block);
    const struct text_span *spans = view->spans.items + block->span;
    size_t span = first_span(spans, block->span_count, start), hit = first_hit(view, index, start);
    while (start < end) {
        while (span < block->span_count && spans[span].end <= start)
            span++;
        size_t stop = span < block->span_count && spans[span].end < end ? spans[span].end : end;
        enum ink ink = span < block->span_count ? spans[span].ink : INK_NORMAL;
        while (hit < view->hits.count && view->hits.items[hit].block == index && view->hits.items[hit].end <= start)
            hit++;
        if (hit < view->hits.count && view->hits.items[hit].block == index) {
            const struct text_hit *found = &view->hits.items[hit];
            if (found->start > start) {
                stop = found->start < stop ? found->start : stop;
            } else {
                stop = found->end < stop ? found->end : stop;
                ink = hit == view->hit && !view->hit_elsewhere ? INK_HIT_HERE : INK_HIT;
            }
        }
        column = paint_clean(surface, area, 0, column, ink, slice_make(text.data + start, stop - start));
        start = stop;
    }
}

static void draw_fixed(const struct text_view *view, size_t index, size_t number, struct surface *surface,
                       struct rect area) {
    const struct text_block *block = &view->blocks.items[index];
    const struct text_row *row = &block->rows[number];
    struct slice line = slice_make(block_text(view, block).data + row->start, row->end - row->start);
    bool moves = block->wide && !(block->titled && number == 0);
    struct text_window window = text_window(line, moves ? (size_t)view->shift : 0, area.columns);
    draw_run(view, index, row->start + window.start, row->start + window.end, surface, area, window.before);
    if (window.more_left)
        paint_string(surface, area, 0, 0, INK_DIM, "‹");
    if (window.more_right)
        paint_string(surface, area, 0, area.columns - 1, INK_DIM, "›");
}

static void draw_pair(const struct text_view *view, size_t index, size_t number, struct surface *surface,
                      struct rect area) {
    const struct text_block *block = &view->blocks.items[index];
    const struct text_row *left = &block->rows[2 * number], *right = left + 1;
    struct rect half = rect_cut_left(&area, pair_columns(view, block));
    draw_run(view, index, left->start, left->end, surface, half, left->right ? half.columns - left->columns : 0);
    paint_string(surface, area, 0, 1, INK_RULE, "│");
    rect_cut_left(&area, 3);
    draw_run(view, index, right->start, right->end, surface, area, right->right ? half.columns - right->columns : 0);
}

/* A prefix for the right edge: its signs from right to left, numbers as they are. It begins with a blank, as every prefix ends with one. */
static void mirror(struct slice prefix, struct buffer *out) {
    struct buffer behind = BUFFER_INIT;
    int columns;
    for (size_t at = 0, end; at < prefix.length; at = end) {
        end = text_unit(prefix, at, &columns);
        while (prefix.data[at] >= '0' && prefix.data[at] <= '9' && prefix.data[end] >= '0' && prefix.data[end] <= '9')
            end++;
        buffer_clear(&behind);
        buffer_add_slice(&behind, buffer_slice(out));
        buffer_clear(out);
        buffer_add(out, prefix.data + at, end - at);
        buffer_add_slice(out, buffer_slice(&behind));
    }
    buffer_release(&behind);
}

/* The prefix, cut off the area: at the left, of a right-to-left row at the right. */
static void draw_prefix(const struct text_view *view, size_t index, size_t number, struct surface *surface,
                        struct rect *area) {
    const struct text_block *block = &view->blocks.items[index];
    const char *data = view->text.data;
    int columns = area->columns - block_columns(view, block);
    struct slice prefix = number == 0 ? slice_make(data + block->lead, block->lead_length)
                                      : slice_make(data + block->rest, block->rest_length);
    if (block->kind != BLOCK_WRAPPED || !block->rows[number].right || columns < 1) {
        paint_clean(surface, rect_cut_left(area, columns), 0, 0, INK_DIM, prefix);
        return;
    }
    struct buffer mirrored = BUFFER_INIT;
    mirror(prefix, &mirrored);
    struct rect place = rect_cut_right(area, columns);
    paint_clean(surface, place, 0, 0, INK_DIM, buffer_slice(&mirrored));
    paint_string(surface, place, 0, 0, INK_DIM, DIRECTION_GUARD); /* a number stays behind the text */
    buffer_release(&mirrored);
}

static void draw_row(const struct text_view *view, size_t index, size_t number, struct surface *surface,
                     struct rect area) {
    const struct text_block *block = &view->blocks.items[index];
    struct rect gutter = rect_cut_left(&area, view->gutter);
    bool opens = number == 0 && (index == 0 || view->blocks.items[index - 1].kind == BLOCK_LABEL);
    struct slice label = block->section < view->labels.count ? view->labels.items[block->section] : SLICE_ABSENT;
    if (block->kind == BLOCK_LABEL) {
        paint_text(surface, area, 0, 0, INK_DIM, label);
        return;
    }
    if (opens && label.length > 0 && view->gutter > 1)
        paint_text(surface, rect_make(gutter.row, gutter.column, 1, gutter.columns - 1), 0, 0, INK_DIM, label);
    draw_prefix(view, index, number, surface, &area);
    if (block->kind == BLOCK_RULE)
        paint_rule(surface, area, 0);
    else if (block->kind == BLOCK_FIXED)
        draw_fixed(view, index, number, surface, area);
    else if (block->kind == BLOCK_PAIR)
        draw_pair(view, index, number, surface, area);
    else
        draw_run(view, index, block->rows[number].start, block->rows[number].end, surface, area,
                 block->rows[number].right ? area.columns - block->rows[number].columns : 0);
}

void text_view_draw(struct text_view *view, struct surface *surface, struct rect area) {
    if (rect_empty(area) || view->blocks.count == 0)
        return;
    text_view_width(view, area.columns);
    text_view_scroll(view, 0, area.rows); /* inside the text */
    size_t block = view->top_block, row = view->top_row;
    for (int drawn = 0; drawn < area.rows && block < view->blocks.count;) {
        block_lay(view, block);
        if (row >= view->blocks.items[block].line_count) {
            block++;
            row = 0;
            continue;
        }
        draw_row(view, block, row++, surface, rect_row(area, drawn++));
    }
}
