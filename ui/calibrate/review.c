/* See review.h. From top to bottom: the distribution, the texts, the votes; one of the last two is in hand (▌, ▸). */
#include "ui/calibrate/review.h"

#include "core/base/memory.h"
#include "core/text/grapheme.h"
#include "ui/calibrate/distribution.h"
#include "ui/lead/wording.h"
#include "ui/paint.h"

#include "core/base/banned.h"

enum { DENSE_BELOW = 30, WAIT_MS = 1000 };

const struct session_item *review_item(const struct review *review) {
    return &review->room->circle.book.items[review->room->item];
}

/* --- Reading ------------------------------------------------------------------------------------------------------------------ */

void review_show_as(struct review *review, const char *shown, size_t seen_by) {
    struct texts *texts = &review->room->office.texts;
    size_t responses = review->line.item.response_count;
    memset(review->shown, 0, sizeof review->shown);
    memcpy(review->shown, shown, responses);
    review->seen_by = seen_by;
    texts_clear(texts);
    texts_set(texts, &review->line.item, review->shown);
}

static int load_texts(struct review *review, struct error *error) {
    struct pool pool = POOL_INIT;
    struct item_line line = {0};
    int64_t item = review_item(review)->item;
    if (review->loaded == item)
        return STATUS_OK;
    int status = load_item(review->room->office.store, item, &pool, &line, error);
    if (status) {
        pool_release(&pool);
        return status;
    }
    texts_clear(&review->room->office.texts);
    pool_release(&review->pool);
    review->pool = pool;
    review->line = line;
    review->loaded = item;
    review_show_as(review, stored_order(), 0);
    votes_reset(&review->votes);
    return STATUS_OK;
}

void review_load(struct desk_screen *desk, struct frame *frame) {
    struct error error = ERROR_INIT;
    desk_done(desk, frame, load_texts((struct review *)desk, &error), &error, review_load);
}

void review_read(struct desk_screen *desk, struct frame *frame) {
    struct review *review = (struct review *)desk;
    struct error error = ERROR_INIT;
    if (desk_done(desk, frame, room_read(review->room, &error), &error, review_read))
        review_load(desk, frame);
}

/* --- Drawing ------------------------------------------------------------------------------------------------------------------ */

static void draw_title(const struct review *review, struct surface *surface, struct rect *area) {
    const struct session_item *item = review_item(review);
    struct buffer where = BUFFER_INIT, more = BUFFER_INIT, right = BUFFER_INIT;
    buffer_add_format(&where, " › item %zu of %zu", review->room->item + 1, review->room->circle.book.item_count);
    if (item->category.data)
        buffer_add_format(&more, " · " SLICE_FORMAT, SLICE_ARGS(item->category));
    buffer_add_format(&more, " · %s", item->ref.text);
    distribution_words(review->room, review->shown, &right);
    room_title(review->room, surface, area, where.data, more.data, right.data);
    buffer_release(&where);
    buffer_release(&more);
    buffer_release(&right);
}

static void add_part(struct buffer *words, const char *part) {
    buffer_add_format(words, "%s%s", words->length ? " · " : "", part);
}

/* What is to be known of the votes: by which rule, second ones, how many lines are below. */
static void word_votes(const struct review *review, bool brief, struct buffer *out) {
    const struct session_item *item = review_item(review);
    struct version_mix mix = circle_mix(&review->room->circle, review->room->item, true);
    struct buffer part = BUFFER_INIT;
    version_mix_say(&mix, out);
    if (item->again_out) {
        buffer_add_format(&part, "%d second vote%s still out", item->again_out, item->again_out == 1 ? "" : "s");
        add_part(out, part.data);
    } else if (item->again) {
        add_part(out, brief ? "□ ↳ not independent" : "□ ↳ after the discussion: not independent");
    }
    if (review->votes.below) {
        buffer_clear(&part);
        buffer_add_format(&part, "▾ %zu more", review->votes.below);
        add_part(out, part.data);
    }
    buffer_release(&part);
}

/* On the rule above the votes: whose order, and what is to be known of them. */
static void draw_rule_words(const struct review *review, struct surface *surface, struct rect rule) {
    struct buffer words = BUFFER_INIT, right = BUFFER_INIT;
    if (review->seen_by) {
        buffer_add_string(&words, " as ");
        circle_word_person(&review->room->circle, review->seen_by - 1, review->room->names, &words);
        buffer_add_string(&words, " saw it ");
    } else {
        buffer_add_string(&words, review->part == PART_VOTES ? " ▸ votes " : " votes ");
    }
    int end = paint_text(surface, rule, 0, 2, review->part == PART_VOTES ? INK_ACCENT : INK_DIM, buffer_slice(&words));
    for (int brief = 0; brief < 2; brief++) {
        buffer_clear(&words);
        buffer_clear(&right);
        word_votes(review, brief, &words);
        if (words.length)
            buffer_add_format(&right, " %s ", words.data);
        if (end + (int)text_columns(buffer_slice(&right)) + 3 <= rule.columns)
            break;
    }
    if (right.length)
        paint_right(surface, rule, 0, 2, INK_DIM, buffer_slice(&right));
    buffer_release(&words);
    buffer_release(&right);
}

static void review_draw(struct screen *screen, struct surface *surface) {
    struct review *review = (struct review *)screen;
    struct rect area = surface_rect(surface);
    bool dense = surface->rows < DENSE_BELOW;
    if (!review->loaded)
        return;
    draw_title(review, surface, &area);
    struct rect hint = rect_cut_bottom(&area, 1);
    struct rect marks = rect_cut_top(&area, dense ? distribution_rows(review->room) : DISTRIBUTION_ROWS_MOST);
    distribution_draw(review->room, review->shown, surface, rect_inset(marks, 0, 1));
    struct rect rule = rect_cut_top(&area, 1);
    int votes = review->full ? (review->part == PART_VOTES ? area.rows : 0) : (area.rows - 1) / 2 + (dense ? 0 : 1);
    struct rect panel = rect_cut_bottom(&area, votes);
    if (!review->full) {
        paint_rule(surface, rule, 0);
        rule = rect_cut_bottom(&area, 1);
    }
    if (panel.rows > 0)
        votes_draw(&review->votes, review->room, review->shown, review->part == PART_VOTES, surface,
                   rect_inset(panel, 0, 1));
    paint_rule(surface, rule, 0);
    if (area.rows > 0) /* joins its own lines to the rule */
        texts_draw(&review->room->office.texts, surface, area, dense);
    if (panel.rows > 0)
        draw_rule_words(review, surface, rule);
    frame_hint(surface, &hint, review_contexts(screen));
}

/* --- The screen ----------------------------------------------------------------------------------------------------------------- */

static void review_resumed(struct screen *screen, struct frame *frame) {
    (void)screen;
    frame_wake(frame, WAIT_MS);
}

static void review_close(struct screen *screen) {
    struct review *review = (struct review *)screen;
    texts_clear(&review->room->office.texts);
    votes_release(&review->votes);
    buffer_release(&review->note);
    buffer_release(&review->rubric);
    pool_release(&review->pool);
    memory_free(review);
}

void review_open(struct room *room, struct frame *frame) {
    static const struct screen_class class = {.name = "review",
                                              .draw = review_draw,
                                              .key = review_key,
                                              .contexts = review_contexts,
                                              .resumed = review_resumed,
                                              .close = review_close};
    struct review *review = memory_new(1, sizeof *review);
    review->desk = (struct desk_screen){.screen = {.class = &class}, .office = &room->office};
    review->room = room;
    buffer_init(&review->votes.text);
    buffer_init(&review->note);
    buffer_init(&review->rubric);
    room->reviewing = true;
    frame_push(frame, &review->desk.screen);
    review_load(&review->desk, frame);
    frame_wake(frame, WAIT_MS);
}
