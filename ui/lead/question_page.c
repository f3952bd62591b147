/*
 * A question: the item as the asker saw it, what they had answered, and the answer typed in its place. What is
 * typed stays while the page is open; nothing is sent before it has been asked once. A ruling is shown once to
 * everybody on the track.
 */
#include "core/base/memory.h"
#include "core/work/form.h"
#include "ui/annotate/entry.h"
#include "ui/annotate/phrases.h"
#include "ui/edit.h"
#include "ui/lead/exhibit.h"
#include "ui/lead/places.h"
#include "ui/lead/wording.h"
#include "ui/paint.h"

#include "core/base/banned.h"

enum { ANSWER_MOST = 4096, LABEL = 12, FIELD_ROWS = 3, PANEL = 11 };

struct question_page {
    struct exhibit exhibit; /* must be first */
    int64_t question;
    struct pool pool; /* of everything up to said */
    struct slice person, text;
    int64_t at;
    char order[LIMIT_RESPONSES + 1];
    char *said; /* what the asker had answered, in words */
    struct edit edit;
    bool typing, ruling;
};

static struct question_page *page_of(struct screen *screen) {
    return (struct question_page *)screen;
}

/* --- Reading ------------------------------------------------------------------------------------------------------------------ */

static void draft_words(const struct question_page *page, const struct question_work *work, struct buffer *out) {
    const struct rubric *rubric = exhibit_rubric(&page->exhibit);
    struct form form;
    size_t responses = strlen(work->shown), answered, asked;
    if (!rubric || responses < 2) {
        buffer_add_string(out, "a draft");
        return;
    }
    form_init(&form, rubric, responses, work->shown);
    form_read(&form, work->draft);
    form_progress(&form, &answered, &asked);
    buffer_add_format(out, "draft, %zu of %zu rows: ", answered, asked);
    if (form.answer.prefer == CHOICE_MISSING)
        buffer_add_string(out, "no side yet");
    else
        word_answer(out, rubric, work->shown, form.answer.prefer, form.answer.ranking.text, form.answer.strength);
    if (form.rationale.length) {
        buffer_add_string(out, " · ");
        buffer_add_slice(out, buffer_slice(&form.rationale));
    }
    form_release(&form);
}

static void said_words(const struct question_page *page, const struct question_work *work, struct buffer *out) {
    const struct rubric *rubric = exhibit_rubric(&page->exhibit);
    if (!work->judged && work->draft.data) {
        draft_words(page, work, out);
    } else if (!work->judged) {
        buffer_add_string(out, "nothing yet");
    } else if (rubric) {
        word_answer(out, rubric, page->exhibit.shown, work->prefer, work->ranking.text, work->strength);
        if (work->rationale.data && work->rationale.length) {
            buffer_add_string(out, " · ");
            buffer_add_slice(out, work->rationale);
        }
        if (!work->handed_in)
            buffer_add_string(out, " (not handed in)");
    }
}

static const struct question *find(const struct office *office, int64_t id) {
    for (size_t i = 0; i < office->question_count; i++)
        if (office->questions[i].id == id)
            return &office->questions[i];
    return NULL;
}

static void question_read_page(struct desk_screen *desk, struct frame *frame) {
    struct question_page *page = (struct question_page *)desk;
    const struct question *question = find(desk->office, page->question);
    struct question_work work = {0};
    struct buffer said = BUFFER_INIT;
    struct error error = ERROR_INIT;
    pool_clear(&page->pool);
    int status =
        load_question_work(desk->office->store, desk->office->viewer, page->question, &page->pool, &work, &error);
    if (!status) {
        page->exhibit.id = work.item;
        memcpy(page->order, work.shown, sizeof page->order);
        status = exhibit_read(&page->exhibit, work.shown[0] ? work.shown : NULL, &error);
    }
    if (desk_done(desk, frame, status, &error, question_read_page) && question) {
        page->person = pool_slice(&page->pool, question->person);
        page->text = pool_slice(&page->pool, question->text);
        page->at = question->at;
        said_words(page, &work, &said);
        page->said = pool_string(&page->pool, buffer_slice(&said));
    }
    buffer_release(&said);
}

/* --- Drawing ------------------------------------------------------------------------------------------------------------------ */

static void draw_panel(struct question_page *page, struct surface *surface, struct rect panel) {
    const struct office *office = page->exhibit.desk.office;
    struct buffer words = BUFFER_INIT;
    struct rect last = rect_cut_bottom(&panel, 1), field = rect_cut_bottom(&panel, panel.rows > 7 ? FIELD_ROWS : 2);
    struct rect gap = rect_cut_bottom(&panel, panel.rows > 5 ? 1 : 0);
    (void)gap;
    struct rect said = rect_cut_bottom(&panel, panel.rows > 3 ? 2 : 1);
    phrase_moment(&words, page->at, office_now(office));
    buffer_add_string(&words, " · ");
    buffer_add_string(&words, page->exhibit.track);
    struct rect head = rect_cut_top(&panel, 1);
    int at = paint_text(surface, head, 0, 0, INK_STRONG, page->person);
    at = paint_string(surface, head, 0, at, INK_NORMAL, " asks");
    paint_text(surface, head, 0, at + 2, INK_DIM, buffer_slice(&words));
    paint_paragraph(surface, panel, 0, INK_NORMAL, page->text);
    paint_string(surface, said, 0, 0, INK_DIM, "their answer");
    rect_cut_left(&said, LABEL + 1);
    paint_paragraph(surface, said, 0, INK_NORMAL, slice_of(page->said));
    paint_string(surface, field, 0, 0, page->typing ? INK_ACCENT : INK_NORMAL, page->typing ? "▸ answer" : "  answer");
    rect_cut_left(&field, LABEL + 1);
    if (!page->typing && page->edit.text.length == 0)
        paint_string(surface, field, 0, 0, INK_DIM, "A to type");
    edit_draw(&page->edit, surface, field, INK_NORMAL, page->typing);
    paint_string(surface, last, 0, 2, INK_NORMAL, "for");
    if (page->ruling)
        paint_format(surface, last, 0, LABEL + 1, INK_STRONG, "everybody on %s: a ruling, acknowledged once",
                     page->exhibit.track);
    else
        paint_format(surface, last, 0, LABEL + 1, INK_NORMAL, SLICE_FORMAT " alone (r: make it a ruling)",
                     SLICE_ARGS(page->person));
    buffer_release(&words);
}

static unsigned question_contexts(const struct screen *screen) {
    const struct question_page *page = (const struct question_page *)screen;
    return page->typing ? IN_TYPING : IN_DESK_QUESTION | texts_contexts(&page->exhibit.desk.office->texts);
}

static void question_draw(struct screen *screen, struct surface *surface) {
    struct question_page *page = page_of(screen);
    struct buffer where = BUFFER_INIT;
    buffer_add_format(&where, "question %lld · %s", (long long)page->question, page->exhibit.line.ref.text);
    struct rect panel = exhibit_draw(&page->exhibit, surface, where.data, PANEL);
    if (page->exhibit.read && page->said)
        draw_panel(page, surface, panel);
    buffer_release(&where);
}

/* --- Answering ---------------------------------------------------------------------------------------------------------------- */

static void question_follow(struct desk_screen *desk, struct frame *frame) {
    struct question_page *page = (struct question_page *)desk;
    struct error error = ERROR_INIT;
    bool ruling = page->ruling;
    if (!desk_done(desk, frame, office_read(desk->office, &error), &error, question_follow))
        return;
    frame_pop(frame);
    frame_say(frame, INK_GOOD,
              ruling ? "answered; everybody on the track is shown the ruling once"
                     : "answered; they see it at their next start");
}

static void question_decide(struct desk_screen *desk, struct frame *frame) {
    struct question_page *page = (struct question_page *)desk;
    struct error error = ERROR_INIT;
    int status = question_answer(desk->office->store, desk->office->viewer, page->question,
                                 buffer_slice(&page->edit.text), page->ruling, &error);
    if (!desk_done(desk, frame, status, &error, question_decide))
        return;
    desk->office->outcome->answered++;
    desk->office->outcome->rulings += page->ruling;
    question_follow(desk, frame);
}

static void confirmed(struct screen *screen, struct frame *frame, bool yes) {
    if (yes)
        question_decide((struct desk_screen *)screen, frame);
}

static bool blank(struct slice text) {
    for (size_t i = 0; i < text.length; i++)
        if (!strchr(" \t\r\n", text.data[i]))
            return false;
    return true;
}

static void end_typing(struct question_page *page, struct frame *frame, bool send) {
    struct buffer question = BUFFER_INIT;
    page->typing = false;
    if (!send || blank(buffer_slice(&page->edit.text)))
        return;
    if (page->ruling)
        buffer_add_format(&question, "Send it, as a ruling for everybody on %s?", page->exhibit.track);
    else
        buffer_add_format(&question, "Send it to " SLICE_FORMAT "?", SLICE_ARGS(page->person));
    frame_ask(frame, question.data, confirmed);
    buffer_release(&question);
}

static void type(struct question_page *page, struct frame *frame, const struct key *key) {
    switch (edit_key(&page->edit, key)) {
    case EDIT_ENDED:
        end_typing(page, frame, key->kind != ON_ESCAPE && key->kind != ON_TAB);
        break;
    case EDIT_EDITOR:
        entry_edit_outside(frame, &page->edit);
        break;
    case EDIT_FULL:
        frame_say(frame, INK_WARNING, "no more than %d bytes fit here", ANSWER_MOST);
        break;
    default: /* nothing else fires while typing */
        break;
    }
}

static bool question_key(struct screen *screen, struct frame *frame, const struct key *key) {
    struct question_page *page = page_of(screen);
    if (desk_waits(&page->exhibit.desk, frame, key))
        return true;
    if (page->typing && key->kind != ON_RESIZE && key->kind != ON_TIMER && key->kind != ON_END) {
        type(page, frame, key);
        return true;
    }
    enum request request = keymap_lookup(*key, question_contexts(screen));
    switch (request) {
    case REQUEST_ANSWER:
        page->typing = page->exhibit.read;
        return true;
    case REQUEST_RULING:
        page->ruling = !page->ruling;
        return true;
    default:
        return exhibit_request(&page->exhibit, frame, request);
    }
}

static void question_close(struct screen *screen) {
    struct question_page *page = page_of(screen);
    exhibit_release(&page->exhibit);
    edit_release(&page->edit);
    pool_release(&page->pool);
    memory_free(page);
}

void question_open(struct office *office, struct frame *frame, int64_t question) {
    static const struct screen_class class = {.name = "question",
                                              .draw = question_draw,
                                              .key = question_key,
                                              .contexts = question_contexts,
                                              .close = question_close};
    struct question_page *page = memory_new(1, sizeof *page);
    const struct question *found = find(office, question);
    page->exhibit.desk = (struct desk_screen){.screen = {.class = &class}, .office = office};
    page->question = question;
    if (found && found->track.length <= LIMIT_NAME_BYTES)
        memcpy(page->exhibit.track, found->track.data, found->track.length);
    edit_init(&page->edit, true, ANSWER_MOST);
    frame_push(frame, &page->exhibit.desk.screen);
    question_read_page(&page->exhibit.desk, frame);
}
