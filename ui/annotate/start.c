/*
 * The start screen: how far the batch is, what is new, and a list of where to go. ▸ stands on what is new first (a ruling, another
 * rubric, an answer), then on the work.
 */
#include "core/base/array.h"
#include "core/base/memory.h"
#include "store/settings.h"
#include "ui/annotate/facts.h"
#include "ui/annotate/qualify.h"
#include "ui/annotate/pages.h"
#include "ui/annotate/phrases.h"
#include "ui/annotate/screens.h"
#include "ui/list.h"
#include "ui/paint.h"

#include "core/base/banned.h"

enum line_kind {
    LINE_WORK,
    LINE_SESSION,
    LINE_RUBRIC,
    LINE_RULINGS,
    LINE_ANSWERS,
    LINE_DECISIONS, /* the page of LINE_KEYS */
    LINE_GUIDELINE,
    LINE_FIGURES,
    LINE_KEYS,
    LINE_LEAVE,
    LINE_KINDS
};

enum { WAIT_MS = 1000 };

struct start {
    struct work_screen work; /* must be first */
    struct news news;
    bool read;       /* news holds what the store said */
    int64_t version; /* of the data then */
    enum line_kind lines[LINE_KINDS];
    struct list list;
    enum line_kind opened; /* the page that is open above, to be acknowledged; LINE_LEAVE: none */
    bool for_session;      /* what was opened is a session's batch, not the work in hand */
    work_action *then;     /* and when it is read, this goes on; NULL: nothing does */
};

/* --- Lines ------------------------------------------------------------------------------------------------------------- */

static void line_words(const struct start *start, enum line_kind kind, struct buffer *out) {
    const struct sitting *sitting = start->work.sitting;
    const struct news *news = &start->news;
    int position = news->draft_position ? news->draft_position : news->next_position;
    switch (kind) {
    case LINE_WORK:
        qualify_line(sitting, position, news->draft_position > 0, out);
        break;
    case LINE_SESSION:
        buffer_add_string(out, news->asked.judged + news->asked.aside > 0 ? "Go on with " : "First answer ");
        phrase_batch(out, &news->asked);
        break;
    case LINE_RUBRIC:
        buffer_add_format(out, "Read what changed in the rubric: %zu line%s", news->lines_changed,
                          news->lines_changed == 1 ? "" : "s");
        break;
    case LINE_RULINGS:
        buffer_add_format(out, "Read the new ruling%s", news->ruling_count == 1 ? "" : "s");
        break;
    case LINE_ANSWERS:
        buffer_add_format(out, "Read the lead's answer%s", news->answer_count == 1 ? "" : "s");
        break;
    case LINE_GUIDELINE:
        buffer_add_string(out, "Guideline and rulings");
        break;
    case LINE_FIGURES:
        buffer_add_string(out, "How you are doing");
        break;
    case LINE_DECISIONS:
        buffer_add_string(out, "Read what the lead decided on ");
        if (news->decision_count == 1)
            buffer_add_string(out, "your contest");
        else
            buffer_add_format(out, "%zu of your contests", news->decision_count);
        break;
    case LINE_KEYS:
        buffer_add_string(out, "See the reference answers of ");
        shown_keys_words(news->keys, news->key_count, out);
        break;
    default:
        buffer_add_string(out, "Leave");
    }
}

static void add_line(struct start *start, size_t *count, bool there, enum line_kind kind) {
    if (there)
        start->lines[(*count)++] = kind;
}

/* ▸ goes to the first of the news, or else to the work. */
static void make_lines(struct start *start) {
    size_t count = 0;
    const struct news *news = &start->news;
    add_line(start, &count, true, LINE_WORK);
    add_line(start, &count, news->asked.id && news->asked.id != start->work.sitting->batch.id, LINE_SESSION);
    size_t before_news = count;
    add_line(start, &count, news->rubric_new, LINE_RUBRIC);
    add_line(start, &count, news->ruling_count > 0, LINE_RULINGS);
    add_line(start, &count, news->answer_count > 0, LINE_ANSWERS);
    bool can_see_keys = !start->work.sitting->options->session;
    add_line(start, &count, news->decision_count > 0 && can_see_keys, LINE_DECISIONS);
    bool any = count > before_news;
    add_line(start, &count, true, LINE_GUIDELINE);
    add_line(start, &count, !start->work.sitting->options->session, LINE_FIGURES);
    add_line(start, &count, news->key_count > 0 && news->decision_count == 0 && can_see_keys, LINE_KEYS);
    add_line(start, &count, true, LINE_LEAVE);
    list_set_count(&start->list, count);
    start->list.selected = any ? before_news : 0;
}

/* --- Drawing ----------------------------------------------------------------------------------------------------------- */

static void draw_line(void *data, size_t index, bool selected, struct surface *surface, struct rect area) {
    const struct start *start = data;
    struct buffer words = BUFFER_INIT;
    line_words(start, start->lines[index], &words);
    paint_text(surface, area, 0, 0, selected ? INK_STRONG : INK_NORMAL, buffer_slice(&words));
    buffer_release(&words);
}

static unsigned start_contexts(const struct screen *screen) {
    (void)screen;
    return IN_LIST;
}

static void start_draw(struct screen *screen, struct surface *surface) {
    struct start *start = (struct start *)screen;
    struct sitting *sitting = start->work.sitting;
    struct rect area = surface_rect(surface);
    struct buffer left = BUFFER_INIT, right = BUFFER_INIT;
    sitting_title(sitting, 0, &left, &right);
    frame_title(surface, &area, left.data, right.data);
    frame_hint(surface, &area, start_contexts(screen));
    if (surface->columns >= PANE_FROM && !sitting->options->session) {
        struct pane pane = sitting_pane(sitting);
        struct rect side = rect_cut_right(&area, PANE_COLUMNS);
        paint_upright(surface, rect_make(side.row - 1, side.column, side.rows + 1, 1), 0);
        rect_cut_left(&side, 2);
        rect_cut_right(&side, 1);
        pane_draw(&pane, surface, side);
    }
    rect_cut_left(&area, area.columns >= 76 ? 3 : 1);
    if (start->read) {
        int row = facts_draw(sitting, &start->news, surface, area, 1) + 1;
        row = facts_draw_qualification(sitting, surface, area, row);
        if (sitting->viewer->role == VIEWER_SOLO && area.rows > row + (int)start->list.count + 2 &&
            sitting->as_of == 0) {
            struct rect note = rect_make(area.row + row, area.column, 2, area.columns);
            row += 1 + paint_paragraph(surface, note, 0, INK_DIM,
                                       slice_of("Working alone: you can open the gold, so the pane measures memory "
                                                "as much as judgment."));
        }
        list_draw(&start->list, surface, rect_make(area.row + row, area.column, area.rows - row, area.columns),
                  draw_line, start);
    }
    buffer_release(&left);
    buffer_release(&right);
}

/* --- Reading the store --------------------------------------------------------------------------------------------------- */

static void start_read(struct work_screen *work, struct frame *frame) {
    struct start *start = (struct start *)work;
    struct news news;
    struct error error = ERROR_INIT;
    int64_t version = store_data_version(work->sitting->store);
    work->sitting->calibrating = false;
    int status = sitting_find_batch(work->sitting, &error);
    if (!status)
        status = sitting_read_standing(work->sitting, &error);
    if (!status)
        status = news_read(&news, work->sitting, &error);
    if (!work_done(work, frame, status, &error, start_read))
        return;
    if (start->read)
        news_release(&start->news);
    start->news = news;
    start->read = true;
    start->version = version;
    make_lines(start);
}

/* The page above was read: so it is acknowledged. */
static void start_saw(struct work_screen *work, struct frame *frame) {
    struct start *start = (struct start *)work;
    struct sitting *sitting = work->sitting;
    struct error error = ERROR_INIT;
    int status = sitting_enter(sitting, frame, &error);
    if (!status && start->opened == LINE_RUBRIC)
        status = news_saw_rubric(&start->news, sitting, &error);
    else if (!status && start->opened == LINE_RULINGS)
        status = news_saw_rulings(&start->news, sitting, &error);
    else if (!status && start->opened == LINE_ANSWERS)
        status = news_saw_answers(&start->news, sitting, &error);
    else if (!status && start->opened == LINE_DECISIONS)
        status = news_saw_decisions(&start->news, sitting, &error);
    if (!work_done(work, frame, status, &error, start_saw))
        return;
    start->opened = LINE_LEAVE;
    make_lines(start);
    if (start->then) {
        work_action *then = start->then;
        start->then = NULL;
        then(work, frame);
    }
}

static void start_resumed(struct screen *screen, struct frame *frame) {
    struct start *start = (struct start *)screen;
    if (start->work.sitting->going_on || start->work.sitting->failed)
        return;
    frame_wake(frame, WAIT_MS);
    if (start->opened != LINE_LEAVE)
        start_saw(&start->work, frame);
    else
        start_read(&start->work, frame);
}

/* --- Going somewhere ----------------------------------------------------------------------------------------------------- */

static void start_work(struct work_screen *work, struct frame *frame) {
    struct start *start = (struct start *)work;
    struct sitting *sitting = work->sitting;
    struct error error = ERROR_INIT;
    int status = sitting_enter(sitting, frame, &error);
    if (!status && start->news.rubric_first)
        status = news_saw_rubric(&start->news, sitting, &error);
    if (!status && !sitting->batch.id && !sitting->options->session)
        status = sitting_deal(sitting, &error);
    if (!work_done(work, frame, status, &error, start_work))
        return;
    if (!sitting->batch.id && sitting->options->session)
        frame_leave(frame); /* nothing is asked any more */
    else if (!sitting->batch.id)
        nothing_open(sitting, frame);
    else if (sitting_all_done(sitting) && !start->news.draft_position && sitting->batch.purpose != BATCH_TRAINING)
        summary_open(sitting, frame);
    else
        judge_open(sitting, frame, start->news.draft_position);
}

static void start_session(struct work_screen *work, struct frame *frame) {
    struct start *start = (struct start *)work;
    struct sitting *sitting = work->sitting;
    struct error error = ERROR_INIT;
    sitting->calibrating = true;
    int status = sitting_find_batch(sitting, &error);
    if (!status && start->news.rubric_first)
        status = news_saw_rubric(&start->news, sitting, &error);
    if (!work_done(work, frame, status, &error, start_session))
        return;
    if (!sitting->calibrating)
        start_read(work, frame); /* the lead went on meanwhile */
    else if (sitting_all_done(sitting))
        summary_open(sitting, frame);
    else
        judge_open(sitting, frame, 0);
}

/* Nobody works by a rubric that has changed without having been shown how; also when it changed while this screen was up. */
static void open_work(struct work_screen *work, struct frame *frame) {
    struct start *start = (struct start *)work;
    struct sitting *sitting = work->sitting;
    struct error error = ERROR_INIT;
    int64_t id = sitting->rubric_id;
    int status = rubric_in_force(sitting->store, sitting->options->track, &id, &error);
    if (!status && id != sitting->rubric_id) {
        status = sitting_read_rubric(sitting, &error);
        if (!status)
            start_read(work, frame);
    }
    if (!work_done(work, frame, status, &error, open_work))
        return;
    work_action *then = start->for_session ? start_session : start_work;
    if (start->news.rubric_new) {
        start->then = then;
        start->opened = LINE_RUBRIC;
        frame_read(frame, "what changed in the rubric", buffer_slice(&start->news.rubric_page));
    } else {
        then(work, frame);
    }
}

static void open_line(struct start *start, struct frame *frame) {
    enum line_kind kind = start->lines[start->list.selected];
    switch (kind) {
    case LINE_WORK:
    case LINE_SESSION:
        start->for_session = kind == LINE_SESSION;
        if (start->work.sitting->viewer->paused)
            frame_say(frame, INK_WARNING, "you are set to pause by the lead: you may look, not judge");
        else
            open_work(&start->work, frame);
        break;
    case LINE_RUBRIC:
        frame_read(frame, "what changed in the rubric", buffer_slice(&start->news.rubric_page));
        break;
    case LINE_RULINGS:
        frame_read(frame, "new rulings", buffer_slice(&start->news.ruling_page));
        break;
    case LINE_ANSWERS:
        frame_read(frame, "answers from the lead", buffer_slice(&start->news.answer_page));
        break;
    case LINE_GUIDELINE:
        guideline_open(&start->work, frame);
        break;
    case LINE_FIGURES:
        figures_open(start->work.sitting, frame);
        break;
    case LINE_DECISIONS:
    case LINE_KEYS:
        shown_keys_open(start->work.sitting, frame);
        break;
    default:
        frame_leave(frame);
    }
    if (kind == LINE_RUBRIC || kind == LINE_RULINGS || kind == LINE_ANSWERS || kind == LINE_DECISIONS)
        start->opened = kind;
}

/* Whoever waits here is shown what is asked of them now: by a session, a ruling, an answer. ▸ stays on its line. */
static void look_around(struct start *start, struct frame *frame) {
    struct store *store = start->work.sitting->store;
    frame_wake(frame, WAIT_MS);
    if (!start->read || store_data_version(store) == start->version)
        return;
    enum line_kind in_hand = start->lines[start->list.selected];
    int64_t asked = start->news.asked.id;
    start_read(&start->work, frame);
    for (size_t i = 0; i < start->list.count && start->news.asked.id == asked; i++)
        if (start->lines[i] == in_hand)
            start->list.selected = i;
}

static bool start_key(struct screen *screen, struct frame *frame, const struct key *key) {
    struct start *start = (struct start *)screen;
    enum request request = list_lookup(&start->list, &frame->surface, key);
    if (work_waits(&start->work, frame, key))
        return true;
    if (request == REQUEST_CLOSE) {
        frame_leave(frame);
        return true;
    }
    if (key->kind == ON_TIMER) {
        look_around(start, frame);
        return true;
    }
    if (!start->read)
        return false;
    if (request == REQUEST_OPEN) {
        open_line(start, frame);
        return true;
    }
    return list_request(&start->list, request);
}

static void start_paused(struct screen *screen, struct frame *frame, int after_ms) {
    (void)frame;
    if (after_ms >= 2000)
        store_idle(((struct start *)screen)->work.sitting->store);
}

static void start_help(const struct screen *screen, struct buffer *out) {
    page_recorded(((const struct start *)screen)->work.sitting, out);
}

static void start_close(struct screen *screen) {
    struct start *start = (struct start *)screen;
    if (start->read)
        news_release(&start->news);
    memory_free(start);
}

void start_open(struct sitting *sitting, struct frame *frame) {
    static const struct screen_class class = {.name = "start",
                                              .draw = start_draw,
                                              .key = start_key,
                                              .contexts = start_contexts,
                                              .paused = start_paused,
                                              .resumed = start_resumed,
                                              .help = start_help,
                                              .close = start_close};
    struct start *start = memory_new(1, sizeof *start);
    start->work = (struct work_screen){.screen = {.class = &class}, .sitting = sitting};
    start->opened = LINE_LEAVE;
    frame_push(frame, &start->work.screen);
    start_read(&start->work, frame);
    frame_wake(frame, WAIT_MS);
}
