/*
 * The reference answers that a person may look at after the fact (the track's feedback setting): what they answered,
 * what the reference says and why, the item to read again, and a contest where they hold the reference for wrong.
 */
#include "core/base/memory.h"
#include "store/contests.h"
#include "store/load.h"
#include "ui/annotate/answers.h"
#include "ui/annotate/coach.h"
#include "ui/annotate/pages.h"
#include "ui/annotate/phrases.h"
#include "ui/annotate/screens.h"
#include "ui/list.h"
#include "ui/paint.h"

#include "core/base/banned.h"

enum { REF = 7, STATE = 10, SAID = 12, REFERENCE = 22, DETAIL_ROWS = 9, ROOMY_FROM = 30 };

struct shown_page {
    struct work_screen work; /* must be first */
    struct pool pool;
    struct shown_key *keys;
    size_t count;
    struct list list;
    struct buffer why; /* being sent */
};

static const struct shown_key *in_hand(const struct shown_page *page) {
    return page->list.count ? &page->keys[page->list.selected] : NULL;
}

void shown_keys_words(const struct shown_key *keys, size_t count, struct buffer *out) {
    size_t training = 0;
    for (size_t i = 0; i < count; i++)
        training += keys[i].training;
    phrase_count(out, (int64_t)count,
                 training == 0       ? "retired gold item"
                 : training == count ? "training item"
                                     : "retired gold and training item");
}

/* --- Drawing ------------------------------------------------------------------------------------------------------------ */

static const char *state_word(const struct shown_key *key) {
    return key->decided ? "decided" : key->contest.data ? "contested" : key->voided ? "void" : "";
}

static void draw_row(void *data, size_t index, bool selected, struct surface *surface, struct rect area) {
    const struct shown_page *page = data;
    const struct shown_key *key = &page->keys[index];
    const struct rubric *rubric = &page->work.sitting->rubric;
    enum verdict verdict = gold_key_judge(&key->key, key->prefer, key->ranking.text, key->strength);
    struct buffer words = BUFFER_INIT;
    int column = paint_fit(surface, area, 0, 0, REF, INK_DIM, slice_of(key->ref.text)) + 1;
    answer_say(&words, rubric, key->shown, key->prefer, key->ranking.text, key->strength);
    column = paint_fit(surface, area, 0, column, SAID, selected ? INK_STRONG : INK_NORMAL, buffer_slice(&words)) + 1;
    buffer_clear(&words);
    coach_reference(&key->key, rubric, key->shown, &words);
    column = paint_fit(surface, area, 0, column, REFERENCE, INK_NORMAL, buffer_slice(&words)) + 1;
    column = paint_fit(surface, area, 0, column, STATE, INK_ACCENT, slice_of(state_word(key))) + 1;
    paint_fit(surface, area, 0, column, area.columns - column, verdict == VERDICT_RIGHT ? INK_GOOD : INK_WARNING,
              slice_of(coach_verdict(verdict)));
    buffer_release(&words);
}

/* What was said between the person and the lead; returns the rows used. */
static int draw_contest(const struct shown_key *key, struct surface *surface, struct rect area) {
    struct buffer words = BUFFER_INIT;
    if (key->contest.data) {
        buffer_add_string(&words, "You contested it: ");
        buffer_add_slice(&words, key->contest);
    }
    int rows = words.length ? paint_paragraph(surface, area, 0, INK_NORMAL, buffer_slice(&words)) : 0;
    buffer_clear(&words);
    if (key->voided) {
        buffer_add_string(&words, "The lead took it out of every figure.");
    } else if (key->decided) {
        buffer_add_string(&words, "The lead has decided; the reference is now as above");
        buffer_add_string(&words, key->why.length ? ": " : ".");
        if (key->why.length)
            buffer_add_slice(&words, key->why);
    } else if (key->contest.data) {
        buffer_add_string(&words, "The lead has not decided yet.");
    }
    rect_cut_top(&area, rows);
    if (words.length && area.rows > 0)
        rows += paint_paragraph(surface, area, 0, INK_ACCENT, buffer_slice(&words));
    buffer_release(&words);
    return rows;
}

static void draw_detail(const struct shown_page *page, struct surface *surface, struct rect area) {
    const struct shown_key *key = in_hand(page);
    paint_rule(surface, area, 0);
    rect_cut_top(&area, 1);
    if (!key)
        return;
    paint_text(surface, area, 0, 0, INK_DIM, key->head);
    rect_cut_top(&area, 1);
    rect_cut_top(&area, draw_contest(key, surface, area));
    if (area.rows > 0)
        explanation_draw(key->key.explanation, surface, area);
}

static unsigned shown_contexts(const struct screen *screen) {
    (void)screen;
    return IN_LIST;
}

static void shown_draw(struct screen *screen, struct surface *surface) {
    struct shown_page *page = (struct shown_page *)screen;
    struct rect area = surface_rect(surface);
    struct buffer left = BUFFER_INIT, right = BUFFER_INIT;
    sitting_title(page->work.sitting, 0, &left, &right);
    buffer_add_string(&left, " › reference answers");
    frame_title(surface, &area, left.data, right.data);
    frame_hint(surface, &area, IN_LIST);
    rect_cut_left(&area, 1);
    rect_cut_right(&area, 1);
    struct rect detail = rect_cut_bottom(&area, surface->rows >= ROOMY_FROM ? DETAIL_ROWS + 4 : DETAIL_ROWS);
    struct rect head = rect_cut_top(&area, 1);
    rect_cut_left(&head, 2);
    paint_string(surface, head, 0, 0, INK_DIM, "item");
    paint_string(surface, head, 0, REF + 1, INK_DIM, "you said");
    paint_string(surface, head, 0, REF + SAID + 2, INK_DIM, "the reference");
    list_draw(&page->list, surface, area, draw_row, page);
    draw_detail(page, surface, detail);
    buffer_release(&left);
    buffer_release(&right);
}

/* --- Reading and contesting --------------------------------------------------------------------------------------------- */

static void shown_read(struct work_screen *work, struct frame *frame) {
    struct shown_page *page = (struct shown_page *)work;
    struct sitting *sitting = work->sitting;
    struct error error = ERROR_INIT;
    pool_clear(&page->pool);
    page->count = 0;
    list_set_count(&page->list, 0);
    int status = contest_keys(sitting->store, sitting->viewer, sitting->settings, &page->pool, &page->keys,
                              &page->count, &error);
    if (!work_done(work, frame, status, &error, shown_read))
        return;
    list_set_count(&page->list, page->count);
}

static void add_text(const struct texts *texts, int place, const char *title, struct buffer *out) {
    struct buffer text = BUFFER_INIT;
    texts_source(texts, place, &text);
    buffer_add_format(out, "\n## %s\n\n", title);
    page_quote(out, buffer_slice(&text));
    buffer_release(&text);
}

static void read_item(struct work_screen *work, struct frame *frame) {
    struct shown_page *page = (struct shown_page *)work;
    const struct shown_key *key = in_hand(page);
    struct pool pool = POOL_INIT;
    struct buffer out = BUFFER_INIT;
    struct error error = ERROR_INIT;
    struct item_line line;
    struct texts texts;
    if (!key) /* the store was busy, and the list went */
        return;
    int status = load_item(work->sitting->store, key->item, &pool, &line, &error);
    if (work_done(work, frame, status, &error, read_item)) {
        texts_init(&texts);
        texts_set(&texts, &line.item, key->shown);
        buffer_add_format(&out, "# Item %s\n\nYou: **", key->ref.text);
        answer_say(&out, &work->sitting->rubric, key->shown, key->prefer, key->ranking.text, key->strength);
        buffer_add_string(&out, "** · the reference: **");
        coach_reference(&key->key, &work->sitting->rubric, key->shown, &out);
        buffer_add_string(&out, "**\n\n");
        if (key->key.explanation.data)
            page_quote(&out, key->key.explanation);
        for (int place = 0; place <= (int)line.item.response_count; place++)
            add_text(&texts, place, place ? text_name(place) : "Prompt", &out);
        frame_read(frame, "a gold item again", buffer_slice(&out));
        texts_clear(&texts);
        texts_release(&texts);
    }
    buffer_release(&out);
    pool_release(&pool);
}

static void contest(struct work_screen *work, struct frame *frame) {
    struct shown_page *page = (struct shown_page *)work;
    struct sitting *sitting = work->sitting;
    const struct shown_key *key = in_hand(page);
    struct error error = ERROR_INIT;
    if (!key)
        return;
    int status = sitting_enter(sitting, frame, &error);
    if (!status)
        status = contest_make(sitting->store, sitting->viewer, sitting->settings, key->item, buffer_slice(&page->why),
                              &error);
    if (!work_done(work, frame, status, &error, contest))
        return;
    shown_read(work, frame);
    frame_say(frame, INK_GOOD, "it waits on the lead's desk; the answer will stand here");
}

static void reason_typed(struct screen *screen, struct frame *frame, struct slice text) {
    struct shown_page *page = (struct shown_page *)screen;
    if (!text.data || text.length == 0) {
        frame_say(frame, INK_DIM, text.data ? "a contest needs a reason" : "nothing was contested");
        return;
    }
    buffer_clear(&page->why);
    buffer_add_slice(&page->why, text);
    contest(&page->work, frame);
}

static void chosen(struct screen *screen, struct frame *frame, int line) {
    if (line == 0)
        read_item((struct work_screen *)screen, frame);
    else if (line == 1)
        frame_prompt(frame, "why is the reference wrong", SLICE_ABSENT, CONTEST_MOST_BYTES, reason_typed);
}

static void open_line(struct shown_page *page, struct frame *frame) {
    static const char *const deeds[] = {"read the item again", "contest the reference, with a reason"};
    const struct shown_key *key = in_hand(page);
    bool may = !key->contest.data && !key->voided && !page->work.sitting->viewer->paused;
    if (may)
        frame_choose(frame, key->ref.text, deeds, 2, chosen);
    else
        read_item(&page->work, frame);
}

static bool shown_key_pressed(struct screen *screen, struct frame *frame, const struct key *key) {
    struct shown_page *page = (struct shown_page *)screen;
    enum request request = list_lookup(&page->list, &frame->surface, key);
    if (work_waits(&page->work, frame, key))
        return true;
    if (request == REQUEST_CLOSE) {
        frame_pop(frame);
        return true;
    }
    if (request == REQUEST_OPEN && in_hand(page)) {
        open_line(page, frame);
        return true;
    }
    return list_request(&page->list, request);
}

static void shown_close(struct screen *screen) {
    struct shown_page *page = (struct shown_page *)screen;
    buffer_release(&page->why);
    pool_release(&page->pool);
    memory_free(page);
}

void shown_keys_open(struct sitting *sitting, struct frame *frame) {
    static const struct screen_class class = {.name = "reference answers",
                                              .draw = shown_draw,
                                              .key = shown_key_pressed,
                                              .contexts = shown_contexts,
                                              .close = shown_close};
    struct shown_page *page = memory_new(1, sizeof *page);
    page->work = (struct work_screen){.screen = {.class = &class}, .sitting = sitting};
    buffer_init(&page->why);
    frame_push(frame, &page->work.screen);
    shown_read(&page->work, frame);
}
