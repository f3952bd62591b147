/*
 * Stretches become groups: parts of both texts between two line breaks that they share. A group is one block, or a run of
 * unchanged groups is one fold.
 */
#include "ui/text_difference.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "core/base/array.h"
#include "core/text/clean.h"
#include "core/text/token.h"
#include "ui/text_build.h"

#include "core/base/banned.h"

enum {
    NEAR_LINES = 2,   /* unchanged lines that stay at a change */
    NEAR_BYTES = 160, /* and how long they may be together */
    FOLD_LINES = 2,   /* fewer are not folded, but for long ones */
    FOLD_BYTES = 240, /* a part of a line that is shorter is not folded */
    KEPT_BYTES = 80,  /* of it that stay at a change */
};

/* A part of one stretch. */
struct piece {
    struct slice left, right; /* one of them may be empty; the same: equal */
    bool same;
};

struct group {
    size_t piece, piece_count;
    size_t length; /* bytes of the longer side */
    bool changed;
};

struct composer {
    struct text_difference *difference;
    struct text_view *view;
    struct text_run left, right; /* of the group under way; in one text only the left one */
    struct {
        struct piece *items;
        size_t count, capacity;
    } pieces;
    struct {
        struct group *items;
        size_t count, capacity;
    } groups;
};

void text_difference_init(struct text_difference *difference, struct slice left, struct slice right) {
    *difference = (struct text_difference){.left = left, .right = right, .hand = SIZE_MAX};
    comparison_find(&difference->comparison, left, right, COMPARISON_EFFORT);
}

void text_difference_release(struct text_difference *difference) {
    comparison_release(&difference->comparison);
    ARRAY_RELEASE(&difference->changes);
}

/* --- Groups ------------------------------------------------------------------------------------------------------------ */

static void add_piece(struct composer *composer, struct piece piece) {
    struct group *group = &composer->groups.items[composer->groups.count - 1];
    size_t length = piece.left.length > piece.right.length ? piece.left.length : piece.right.length;
    if (length == 0)
        return;
    *ARRAY_ADD(&composer->pieces) = piece;
    group->piece_count++;
    group->length += length;
    group->changed = group->changed || !piece.same;
}

static void begin_group(struct composer *composer) {
    *ARRAY_ADD(&composer->groups) = (struct group){.piece = composer->pieces.count};
}

/* A long change is laid out in parts, as they are looked at. Takes one off the front; the line break behind it goes unseen. */
static struct slice cut_part(struct slice *text) {
    size_t end = piece_end(*text, 0), length = end;
    struct slice part = slice_make(text->data, length > 0 && text->data[length - 1] == '\n' ? length - 1 : length);
    *text = slice_make(text->data + end, text->length - end);
    return part;
}

static void group_stretches(struct composer *composer) {
    const struct text_difference *difference = composer->difference;
    begin_group(composer);
    for (size_t i = 0; i < difference->comparison.stretches.count; i++) {
        const struct stretch *stretch = &difference->comparison.stretches.items[i];
        struct piece piece = {slice_make(difference->left.data + stretch->a, stretch->a_end - stretch->a),
                              slice_make(difference->right.data + stretch->b, stretch->b_end - stretch->b),
                              stretch->same};
        while (piece.same) {
            const char *newline = memchr(piece.left.data, '\n', piece.left.length);
            if (!newline)
                break;
            size_t length = (size_t)(newline - piece.left.data), line = length;
            line -= line > 0 && piece.left.data[line - 1] == '\r';
            add_piece(composer,
                      (struct piece){slice_make(piece.left.data, line), slice_make(piece.right.data, line), true});
            begin_group(composer);
            piece.left = slice_make(newline + 1, piece.left.length - length - 1);
            piece.right = slice_make(piece.right.data + length + 1, piece.right.length - length - 1);
        }
        while (!piece.same && (piece.left.length > TEXT_VIEW_PIECE || piece.right.length > TEXT_VIEW_PIECE)) {
            add_piece(composer, (struct piece){cut_part(&piece.left), cut_part(&piece.right), false});
            begin_group(composer);
        }
        add_piece(composer, piece);
    }
    if (composer->groups.count > 1 && composer->groups.items[composer->groups.count - 1].piece_count == 0)
        composer->groups.count--; /* behind the newline at the very end */
}

/* --- Blocks ------------------------------------------------------------------------------------------------------------ */

static size_t words_of(struct slice text) {
    size_t words = 0;
    for (size_t at = 0; at < text.length;) {
        enum token_kind kind;
        at = token_next(text, at, &kind);
        words += kind == TOKEN_WORD;
    }
    return words;
}

static void say_fold(struct buffer *out, size_t words, size_t lines) {
    size_t count = words > 0 ? words : lines;
    const char *unit = words > 0 ? "word" : "line";
    buffer_add_format(out, "┄ %zu %s%s the same ┄", count, unit, count == 1 ? "" : "s");
}

static void add_same(struct composer *composer, struct slice text, enum ink ink) {
    struct buffer shown = BUFFER_INIT;
    text_clean(&shown, text, CLEAN_LINES);
    run_add(&composer->left, ink, buffer_slice(&shown));
    if (composer->difference->beside)
        run_add(&composer->right, ink, buffer_slice(&shown));
    buffer_release(&shown);
}

/* The start of a token at or behind `at`. */
static size_t token_start(struct slice text, size_t at) {
    size_t start = 0;
    enum token_kind kind;
    while (start < at)
        start = token_next(text, start, &kind);
    return start;
}

/* An unchanged part of a changed line: its middle is folded where it is long. */
static void add_same_piece(struct composer *composer, struct slice text, bool first, bool last) {
    struct buffer fold = BUFFER_INIT;
    struct slice middle;
    size_t head = first ? 0 : KEPT_BYTES, tail = last ? 0 : KEPT_BYTES;
    if (text.length >= FOLD_BYTES) {
        head = token_start(text, head);
        size_t end = token_start(text, text.length - tail);
        middle = slice_make(text.data + head, end > head ? end - head : 0);
        composer->difference->has_folds = true;
        if (!composer->difference->open && middle.length > KEPT_BYTES) {
            add_same(composer, slice_make(text.data, head), INK_NORMAL);
            buffer_add_string(&fold, head > 0 ? " " : "");
            say_fold(&fold, words_of(middle), 1);
            buffer_add_string(&fold, end < text.length ? " " : "");
            add_same(composer, buffer_slice(&fold), INK_DIM);
            add_same(composer, slice_make(text.data + end, text.length - end), INK_NORMAL);
            buffer_release(&fold);
            return;
        }
    }
    add_same(composer, text, INK_NORMAL);
}

static void add_side(struct text_run *run, enum ink ink, const char *open, struct slice text, const char *close,
                     bool reveal) {
    struct buffer shown = BUFFER_INIT;
    size_t start = 0, end = 0;
    if (text.length == 0)
        return;
    text_clean(&shown, text, reveal ? CLEAN_REVEAL | CLEAN_ONE_LINE : CLEAN_LINES);
    while (!reveal && start < end && text.data[start] == '\n') /* the signs stand at words */
        start++;
    for (end = shown.length; !reveal && end > start && shown.data[end - 1] == '\n';)
        end--;
    run_add(run, ink, slice_make(shown.data, start));
    run_add_string(run, ink, open);
    run_add(run, ink, slice_make(shown.data + start, end - start));
    run_add_string(run, ink, close);
    run_add(run, ink, slice_make(shown.data + end, shown.length - end));
    buffer_release(&shown);
}

static void add_change(struct composer *composer, const struct piece *piece, size_t block) {
    struct text_difference *difference = composer->difference;
    bool reveal = words_of(piece->left) == 0 && words_of(piece->right) == 0;
    struct text_run *right = difference->beside ? &composer->right : &composer->left;
    *ARRAY_ADD(&difference->changes) = (struct text_hit){block, composer->left.text.length, composer->left.text.length};
    add_side(&composer->left, INK_REMOVED, "[-", piece->left, "-]", reveal);
    add_side(right, INK_ADDED, "{+", piece->right, "+}", reveal);
}

static void put_group(struct composer *composer, const struct group *group) {
    struct text_difference *difference = composer->difference;
    size_t block = block_add(composer->view, difference->beside ? BLOCK_PAIR : BLOCK_WRAPPED);
    run_clear(&composer->left);
    run_clear(&composer->right);
    for (size_t i = 0; i < group->piece_count; i++) {
        const struct piece *piece = &composer->pieces.items[group->piece + i];
        if (!piece->same)
            add_change(composer, piece, block);
        else if (group->changed)
            add_same_piece(composer, piece->left, i == 0, i + 1 == group->piece_count);
        else
            add_same(composer, piece->left, INK_NORMAL);
    }
    if (difference->beside) {
        run_add_string(&composer->left, INK_NORMAL, "\n");
        composer->view->blocks.items[block].split = composer->left.text.length;
        run_add_run(&composer->left, &composer->right);
    }
    block_fill(composer->view, block, &composer->left);
}

static void put_fold(struct composer *composer, size_t from, size_t to) {
    struct buffer fold = BUFFER_INIT;
    struct text_run run = TEXT_RUN_INIT;
    size_t words = 0;
    for (size_t i = from; i < to; i++)
        for (size_t j = 0; j < composer->groups.items[i].piece_count; j++)
            words += words_of(composer->pieces.items[composer->groups.items[i].piece + j].left);
    say_fold(&fold, words, to - from);
    run_add(&run, INK_DIM, buffer_slice(&fold));
    block_fill(composer->view, block_add(composer->view, BLOCK_WRAPPED), &run);
    run_release(&run);
    buffer_release(&fold);
}

/* Unchanged groups [from, to): those near a change, and a fold for the others. */
static void put_unchanged(struct composer *composer, size_t from, size_t to) {
    const struct group *groups = composer->groups.items;
    size_t head = from, tail = to, length = 0;
    for (; from > 0 && head < to && head - from < NEAR_LINES && length + groups[head].length <= NEAR_BYTES; head++)
        length += groups[head].length;
    length = 0;
    for (; to < composer->groups.count && tail > head && to - tail < NEAR_LINES; tail--) {
        length += groups[tail - 1].length;
        if (length > NEAR_BYTES)
            break;
    }
    length = 0;
    for (size_t i = head; i < tail; i++)
        length += groups[i].length;
    bool fold = tail > head && (tail - head > FOLD_LINES || length > FOLD_BYTES);
    composer->difference->has_folds = composer->difference->has_folds || fold;
    fold = fold && !composer->difference->open;
    for (size_t i = from; i < to; i++) {
        if (fold && i == head)
            put_fold(composer, head, tail);
        if (!fold || i < head || i >= tail)
            put_group(composer, &groups[i]);
    }
}

void text_difference_show(struct text_difference *difference, struct text_view *view) {
    struct composer composer = {.difference = difference, .view = view, .left = TEXT_RUN_INIT, .right = TEXT_RUN_INIT};
    text_view_clear(view, TEXT_PLAIN);
    difference->changes.count = 0;
    difference->hand = SIZE_MAX;
    difference->has_folds = false;
    group_stretches(&composer);
    for (size_t i = 0; i < composer.groups.count;) {
        size_t end = i;
        while (end < composer.groups.count && !composer.groups.items[end].changed)
            end++;
        if (end > i)
            put_unchanged(&composer, i, end);
        if (end < composer.groups.count)
            put_group(&composer, &composer.groups.items[end++]);
        i = end;
    }
    for (size_t block = 0; view->searching && block < view->blocks.count; block++)
        search_block(view, block);
    run_release(&composer.left);
    run_release(&composer.right);
    ARRAY_RELEASE(&composer.pieces);
    ARRAY_RELEASE(&composer.groups);
}

static size_t row_of(struct text_view *view, const struct text_hit *change) {
    block_lay(view, change->block);
    return block_row_at(&view->blocks.items[change->block], change->start);
}

int text_difference_hand_row(const struct text_difference *difference, struct text_view *view, int rows) {
    if (difference->hand >= difference->changes.count)
        return -1;
    const struct text_hit *change = &difference->changes.items[difference->hand];
    if (change->block < view->top_block)
        return -1;
    size_t row = row_of(view, change), most = view->top_row + (size_t)rows;
    for (size_t block = view->top_block; block < change->block && row < most; block++) {
        block_lay(view, block);
        row += view->blocks.items[block].line_count;
    }
    return row >= view->top_row && row < most ? (int)(row - view->top_row) : -1;
}

/* The first change that does not stand above the view's top; the count when all do. */
static size_t first_below(const struct text_difference *difference, struct text_view *view) {
    size_t i = 0;
    for (; i < difference->changes.count; i++) {
        const struct text_hit *change = &difference->changes.items[i];
        if (change->block > view->top_block ||
            (change->block == view->top_block && row_of(view, change) >= view->top_row))
            break;
    }
    return i;
}

bool text_difference_go(struct text_difference *difference, struct text_view *view, int direction, int rows) {
    bool seen = text_difference_hand_row(difference, view, rows) >= 0;
    size_t below = seen ? difference->hand : first_below(difference, view);
    size_t next = direction > 0 ? below + seen : below - 1;
    if (next >= difference->changes.count)
        return false;
    difference->hand = next;
    if (text_difference_hand_row(difference, view, rows) < 0) {
        const struct text_hit *change = &difference->changes.items[next];
        place_at(view, change->block, row_of(view, change), rows / 4, rows);
    }
    return true;
}

/* --- In words ---------------------------------------------------------------------------------------------------------- */

enum { NEARLY_SAME = 80 }; /* percent from which differing words are counted */

static size_t places_of(const struct comparison *comparison) {
    size_t places = 0;
    for (size_t i = 0; i < comparison->stretches.count; i++)
        places += !comparison->stretches.items[i].same;
    return places;
}

static void add_count(struct buffer *out, size_t count, const char *unit) {
    buffer_add_format(out, "%zu %s%s", count, unit, count == 1 ? "" : "s");
}

void text_difference_summary(const struct text_difference *difference, const char *left, const char *right,
                             struct buffer *summary, struct buffer *notice) {
    const struct comparison *comparison = &difference->comparison;
    size_t places = places_of(comparison), words = comparison_words(comparison);
    double share = comparison_share(comparison) * 100;
    buffer_add_format(summary, "%s and %s ", left, right);
    if (places == 0) {
        buffer_add_string(summary, "are the same, byte for byte.");
    } else if (words == 0) {
        buffer_add_string(summary, "have the same words; marks or spaces differ in ");
        add_count(summary, places, "place");
        buffer_add_string(summary, ".");
    } else if (comparison->same_words == 0) {
        buffer_add_string(summary, "share no stretch of words.");
    } else if (share < NEARLY_SAME) {
        buffer_add_format(summary, share < 1 ? "are under 1 %% the same." : "are %d %% the same.", (int)floor(share));
    } else {
        buffer_add_format(summary, "are %d %% the same: ", (int)floor(share));
        add_count(summary, words, "word");
        buffer_add_string(summary, words == 1 ? " differs, in " : " differ, in ");
        add_count(summary, places, "place");
        buffer_add_string(summary, ".");
    }
    if (comparison->by_lines) {
        buffer_add_string(notice, "Too long to compare word by word as a whole: equal lines were matched first");
        if (comparison->coarse > 0) {
            buffer_add_string(notice, ", and ");
            buffer_add_format(notice, "%zu stretch", comparison->coarse);
            buffer_add_string(notice, comparison->coarse == 1 ? " is shown whole" : "es are shown whole");
        }
        buffer_add_string(notice, ".");
    }
}
