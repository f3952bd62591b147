#include "core/base/array.h"
#include "core/text/clean.h"
#include "core/text/grapheme.h"
#include "ui/text_build.h"

#include "core/base/banned.h"

void text_view_search_close(struct text_view *view) {
    if (view->searching)
        needle_release(&view->needle);
    view->searching = false;
    view->hits.count = 0;
    view->hit = 0;
}

void search_block(struct text_view *view, size_t block) {
    struct text_match match;
    block_make(view, block);
    struct slice text = block_text(view, &view->blocks.items[block]);
    for (size_t from = 0; needle_find(&view->needle, text, from, &match);) {
        *ARRAY_ADD(&view->hits) = (struct text_hit){block, match.start, match.end};
        from = match.end > from ? match.end : from + 1;
    }
}

void text_view_show_hit(struct text_view *view, int rows) {
    if (view->columns == 0 || view->hits.count == 0)
        return;
    const struct text_hit *hit = &view->hits.items[view->hit];
    block_lay(view, hit->block);
    const struct text_block *block = &view->blocks.items[hit->block];
    size_t row = block_row_at(block, hit->start), from_top = row, i = hit->block;
    bool below = hit->block > view->top_block || (hit->block == view->top_block && row >= view->top_row);
    while (below && i > view->top_block && from_top < view->top_row + (size_t)rows) {
        block_lay(view, --i);
        from_top += view->blocks.items[i].line_count;
    }
    bool seen = below && i == view->top_block && from_top < view->top_row + (size_t)rows;
    if (!seen)
        place_at(view, hit->block, row, rows / 3, rows);
    if (block->kind != BLOCK_FIXED || !block->wide || (block->titled && row == 0))
        return;
    size_t column = text_columns(
        slice_make(view->text.data + block->text + block->rows[row].start, hit->start - block->rows[row].start));
    int columns = block_columns(view, block);
    if (column < (size_t)view->shift || column + 4 > (size_t)view->shift + (size_t)columns)
        view->shift = column > (size_t)(columns / 2) ? (int)column - columns / 2 : 0;
}

size_t text_view_search(struct text_view *view, struct slice what, int rows) {
    text_view_search_close(view);
    if (what.length == 0)
        return 0;
    struct buffer clean = BUFFER_INIT; /* what is looked through came through the door, so the needle does too */
    text_clean(&clean, what, CLEAN_ONE_LINE);
    needle_init(&view->needle, buffer_slice(&clean));
    buffer_release(&clean);
    view->searching = true;
    for (size_t block = 0; block < view->blocks.count; block++)
        search_block(view, block);
    size_t at = 0;
    if (view->columns > 0 && view->top_block < view->blocks.count) {
        block_lay(view, view->top_block);
        at = row_start(&view->blocks.items[view->top_block], view->top_row);
    }
    for (size_t i = view->hits.count; i-- > 0;)
        if (view->hits.items[i].block > view->top_block ||
            (view->hits.items[i].block == view->top_block && view->hits.items[i].start >= at))
            view->hit = i;
    if (rows > 0)
        text_view_show_hit(view, rows);
    return view->hits.count;
}

bool text_view_next_hit(struct text_view *view, int direction, int rows, size_t *index) {
    if (view->hits.count == 0)
        return false;
    if (direction > 0)
        view->hit = (view->hit + 1) % view->hits.count;
    else
        view->hit = view->hit > 0 ? view->hit - 1 : view->hits.count - 1;
    text_view_show_hit(view, rows);
    if (index)
        *index = view->hit;
    return true;
}
