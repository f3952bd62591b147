/*
 * What each key does on the judging screen. Reading keys never move ▸, answering keys never move ▌. A key that changes the
 * judgment is saved before the next one is read.
 */
#include <stdio.h>

#include "core/base/array.h"
#include "ui/annotate/answers.h"
#include "ui/annotate/entry.h"
#include "ui/annotate/judge.h"
#include "ui/annotate/pages.h"
#include "ui/annotate/screens.h"
#include "ui/search.h"

#include "core/base/banned.h"

enum { QUESTION_BYTES = 4000, QUESTION_ROWS = 4 };

unsigned judge_contexts(const struct screen *screen) {
    const struct judge *judge = (const struct judge *)screen;
    if (judge->typing)
        return IN_TYPING;
    unsigned contexts = IN_READING | texts_contexts(&judge->work.sitting->texts);
    if (judge->coach.shown)
        return contexts;
    return contexts | IN_ANSWERING | (judge->loaded && form_takes_letters(&judge->form) ? IN_RANKING : 0);
}

static void changed(struct judge *judge, struct frame *frame) {
    judge->touched = true;
    judge_save(judge, frame);
}

/* --- Answers to questions and menus --------------------------------------------------------------------------------------- */

static void leave_answered(struct screen *asker, struct frame *frame, bool yes) {
    (void)asker;
    if (yes)
        frame_leave(frame);
}

static void go_to(struct screen *asker, struct frame *frame, int position) {
    struct judge *judge = (struct judge *)asker;
    if (judge->touched)
        judge_save(judge, frame);
    judge->wanted = position;
    judge_load(&judge->work, frame);
}

static void undo_answered(struct screen *asker, struct frame *frame, bool yes) {
    struct judge *judge = (struct judge *)asker;
    int last = judge_last(judge);
    if (yes && last > 0)
        go_to(asker, frame, last);
}

static void aside_chosen(struct screen *asker, struct frame *frame, int line) {
    struct judge *judge = (struct judge *)asker;
    if (line < 0)
        return;
    judge->reason = (enum aside_reason)line;
    judge_set_aside(&judge->work, frame);
}

static void question_typed(struct screen *asker, struct frame *frame, struct slice text) {
    struct judge *judge = (struct judge *)asker;
    if (text.data)
        judge_ask(&judge->work, frame);
    else if (judge_has_question(judge))
        frame_say(frame, INK_NORMAL, "not asked yet: it is kept here, and %s goes on with it",
                  keymap_word(REQUEST_ASK, IN_READING).text);
}

static void question_changed(struct screen *asker, struct frame *frame, struct slice text) {
    struct judge *judge = (struct judge *)asker;
    buffer_clear(&judge->form.question);
    buffer_add_slice(&judge->form.question, text);
    judge_save(judge, frame);
}

static void search_line_typed(struct screen *asker, struct frame *frame, struct slice text) {
    texts_search_typed(&((struct judge *)asker)->work.sitting->texts, frame, text);
}

/* --- Requests ---------------------------------------------------------------------------------------------------------- */

static void choose_aside(struct frame *frame) {
    const char *lines[ASIDE_REASONS];
    for (int i = 0; i < ASIDE_REASONS; i++)
        lines[i] = aside_reason_words((enum aside_reason)i);
    frame_choose(frame, "Set this item aside: why?", lines, ASIDE_REASONS, aside_chosen);
}

/* While gold is made there is nothing to route: the item stays what it is. */
static void leave_out(struct judge *judge, struct frame *frame) {
    judge->reason = ASIDE_OTHER;
    judge_set_aside(&judge->work, frame);
    frame_say(frame, INK_NORMAL, "left out: it stays what it was");
}

static void ask_lead(struct judge *judge, struct frame *frame) {
    const char *no_asking = sitting_words(judge->work.sitting)->no_asking;
    if (no_asking)
        frame_say(frame, INK_WARNING, "%s", no_asking);
    else
        entry_open(frame, "A question to the lead about this item", "ask", QUESTION_ROWS, QUESTION_BYTES,
                   buffer_slice(&judge->form.question), question_changed, question_typed);
}

static void ask_undo(struct judge *judge, struct frame *frame) {
    char question[128];
    int last = judge_last(judge);
    if (last == 0) {
        frame_say(frame, INK_WARNING, "this is the first item of the batch");
        return;
    }
    snprintf(question, sizeof question, "Reopen item %d, the last one?", last);
    frame_ask(frame, question, undo_answered);
}

static void show_about(struct judge *judge, struct frame *frame) {
    struct buffer page = BUFFER_INIT;
    page_about(judge, &page);
    frame_read(frame, "about this item", buffer_slice(&page));
    buffer_release(&page);
}

static void toggle_pane(struct judge *judge, struct frame *frame) {
    if (judge->columns >= PANE_FROM)
        judge->work.sitting->pane_folded = !judge->work.sitting->pane_folded;
    else
        figures_open(judge->work.sitting, frame);
}

/* Keys about the item and the batch. */
static bool do_other(struct judge *judge, struct frame *frame, enum request request) {
    switch (request) {
    case REQUEST_ALONE:
        alone_open(judge->work.sitting, frame);
        return true;
    case REQUEST_PAGER:
        texts_page(&judge->work.sitting->texts, frame);
        return true;
    case REQUEST_DIFFERENCES:
        texts_compare(&judge->work.sitting->texts, frame);
        return true;
    case REQUEST_SEARCH:
        search_ask(frame, search_line_typed);
        return true;
    case REQUEST_GUIDELINE:
        guideline_open(&judge->work, frame);
        return true;
    case REQUEST_ABOUT:
        show_about(judge, frame);
        return true;
    case REQUEST_PANE:
        toggle_pane(judge, frame);
        return true;
    case REQUEST_SET_ASIDE:
        if (judge->work.sitting->options->gold)
            leave_out(judge, frame);
        else
            choose_aside(frame);
        return true;
    case REQUEST_ASK:
        ask_lead(judge, frame);
        return true;
    case REQUEST_EARLIER:
        earlier_open(judge->work.sitting, frame, judge->serving.position, go_to);
        return true;
    case REQUEST_UNDO:
        ask_undo(judge, frame);
        return true;
    case REQUEST_LEAVE:
        frame_ask(frame, sitting_words(judge->work.sitting)->leave, leave_answered);
        return true;
    default:
        return false;
    }
}

/* Says why a response cannot be put next. */
static void refuse_response(const struct form *form, struct frame *frame, size_t position) {
    char letter = (char)('A' + position);
    if (position >= form->responses)
        frame_say(frame, INK_WARNING, "there is no %c; the last one is %c", letter, (char)('A' + form->responses - 1));
    else
        frame_say(frame, INK_WARNING, "%c has its place already; %s takes the last one off", letter,
                  keymap_word(REQUEST_CLEAR_ROW, IN_ANSWERING).text);
}

static void put(struct judge *judge, struct frame *frame, size_t position) {
    if (form_put(&judge->form, position))
        changed(judge, frame);
    else
        refuse_response(&judge->form, frame, position);
}

static void tie(struct judge *judge, struct frame *frame) {
    const char *order = judge->form.answer.ranking.text;
    if (form_tie(&judge->form))
        changed(judge, frame);
    else if (!order[0])
        frame_say(frame, INK_WARNING, "nothing to tie with yet: put the best one first");
    else if (ranking_placed(order) == judge->form.responses)
        frame_say(frame, INK_WARNING, "all have their place; %s takes the last one off",
                  keymap_word(REQUEST_CLEAR_ROW, IN_ANSWERING).text);
    else if (!judge->form.tie_next)
        frame_say(frame, INK_WARNING, "this rubric knows no tie for first place");
}

static bool do_answer(struct judge *judge, struct frame *frame, enum request request, const struct key *key) {
    struct form *form = &judge->form;
    switch (request) {
    case REQUEST_DIGIT:
        if (form_digit(form, key_digit(*key)))
            changed(judge, frame);
        else if (form_takes_letters(form) && key_digit(*key) > 0)
            refuse_response(form, frame, (size_t)key_digit(*key) - 1);
        else if (form->rows[form->row].kind != ROW_WHY && form->rows[form->row].kind != ROW_SUBMIT)
            frame_say(frame, INK_WARNING, "there is no %d in this row", key_digit(*key));
        return true;
    case REQUEST_LETTER:
        put(judge, frame, key->code - 'A');
        return true;
    case REQUEST_PUT_MARKED:
        if (judge->work.sitting->texts.marked > 0)
            put(judge, frame, (size_t)judge->work.sitting->texts.marked - 1);
        else
            frame_say(frame, INK_WARNING, "the prompt is marked; %s marks a response",
                      keymap_word(REQUEST_NEXT_TEXT, IN_READING).text);
        return true;
    case REQUEST_TIE:
        tie(judge, frame);
        return true;
    case REQUEST_CLEAR_ROW:
        form_clear_row(form);
        changed(judge, frame);
        return true;
    case REQUEST_NEXT_ROW:
        form_next_row(form);
        return true;
    case REQUEST_PREVIOUS_ROW:
        form_previous_row(form);
        return true;
    case REQUEST_TO_OVERALL:
        form_go(form, ROW_OVERALL);
        return true;
    case REQUEST_TO_CONFIDENCE:
        form_go(form, ROW_CONFIDENCE);
        return true;
    case REQUEST_TO_TAGS:
        form_go(form, ROW_TAGS);
        return true;
    case REQUEST_TO_FLAGS:
        form_go(form, ROW_FLAGS);
        return true;
    case REQUEST_TO_WHY:
        judge_start_typing(judge);
        return true;
    case REQUEST_SUBMIT:
        judge_submit(judge, frame);
        return true;
    default:
        return false;
    }
}

/* A click on a choice is its key; elsewhere in a row it leads there. It ends the typing, except in the field itself. */
static bool click(struct judge *judge, struct frame *frame, const struct key *key) {
    const struct spot *spot = surface_spot(&frame->surface, key->row, key->column);
    struct form *form = &judge->form;
    if (!spot || judge->work.sitting->texts.covered)
        return false;
    answers_stand(form, spot);
    bool why = form->rows[form->row].kind == ROW_WHY;
    if (judge->typing && why)
        return true;
    judge->typing = false; /* what was typed is in the form */
    if (spot->key.kind == ON_ENTER)
        judge_submit(judge, frame);
    else if (spot->key.kind == ON_CHARACTER)
        do_answer(judge, frame,
                  key_digit(spot->key) >= 0 ? REQUEST_DIGIT
                  : spot->key.code == '='   ? REQUEST_TIE
                                            : REQUEST_LETTER,
                  &spot->key);
    else if (why)
        judge_start_typing(judge);
    return true;
}

/* --- Modes -------------------------------------------------------------------------------------------------------------- */

static bool type(struct judge *judge, struct frame *frame, const struct key *key) {
    switch (edit_key(&judge->why, key)) {
    case EDIT_CHANGED:
        form_set_rationale(&judge->form, buffer_slice(&judge->why.text));
        changed(judge, frame);
        return true;
    case EDIT_EDITOR:
        if (entry_edit_outside(frame, &judge->why)) {
            form_set_rationale(&judge->form, buffer_slice(&judge->why.text));
            changed(judge, frame);
        }
        return true;
    case EDIT_ENDED:
        judge_end_typing(judge);
        changed(judge, frame);
        return true;
    case EDIT_FULL:
        frame_say(frame, INK_WARNING, "a reason has at most %d bytes", LIMIT_RATIONALE_BYTES);
        return true;
    default: /* nothing else fires while typing */
        return true;
    }
}

/* Under a content note: only what shows the texts, or goes away from them. */
static bool is_for_cover(enum request request) {
    static const enum request allowed[] = {REQUEST_SET_ASIDE, REQUEST_LEAVE, REQUEST_EARLIER, REQUEST_GUIDELINE,
                                           REQUEST_UNDO,      REQUEST_PANE,  REQUEST_ABOUT};
    for (size_t i = 0; i < COUNT_OF(allowed); i++)
        if (allowed[i] == request)
            return true;
    return false;
}

static bool do_covered(struct judge *judge, struct frame *frame, enum request request) {
    if (request == REQUEST_SET_ASIDE && !judge->work.sitting->options->gold) {
        judge->reason = ASIDE_DISTRESSING; /* nobody asks */
        judge_set_aside(&judge->work, frame);
        return true;
    }
    if (is_for_cover(request))
        return do_other(judge, frame, request);
    if (request == REQUEST_PAGE_DOWN)
        judge->work.sitting->texts.covered = NULL;
    else if (request == REQUEST_HELP || request == REQUEST_NONE)
        return false;
    else
        frame_say(frame, INK_WARNING, "the texts are covered: %s shows them",
                  keymap_word(REQUEST_PAGE_DOWN, IN_READING).text);
    return true;
}

/* After a training answer: reading goes on, Enter leads to the next item. */
static bool do_coached(struct judge *judge, struct frame *frame, enum request request, const struct key *key) {
    const char *say = NULL;
    if (keymap_lookup(*key, IN_ANSWERING) == REQUEST_SUBMIT) {
        judge_load(&judge->work, frame);
        return true;
    }
    if (texts_request(&judge->work.sitting->texts, request, &say)) {
        if (say)
            frame_say(frame, INK_NORMAL, "%s", say);
        return true;
    }
    switch (request) {
    case REQUEST_ALONE:
    case REQUEST_DIFFERENCES:
    case REQUEST_SEARCH:
    case REQUEST_GUIDELINE:
    case REQUEST_ABOUT:
    case REQUEST_PANE:
    case REQUEST_LEAVE:
    case REQUEST_PAGER:
        return do_other(judge, frame, request);
    default:
        return request != REQUEST_NONE && request != REQUEST_HELP;
    }
}

bool judge_key(struct screen *screen, struct frame *frame, const struct key *key) {
    struct judge *judge = (struct judge *)screen;
    struct texts *texts = &judge->work.sitting->texts;
    const char *say = NULL;
    if (work_waits(&judge->work, frame, key))
        return true;
    if (key->kind == ON_TIMER) {
        if (judge->unsaved)
            judge_save(judge, frame);
        return true;
    }
    if (!judge->loaded)
        return false;
    stopwatch_touch(&judge->watch, sitting_now(judge->work.sitting));
    rest_touch(&judge->work.sitting->rest, sitting_now(judge->work.sitting));
    if (key->kind == ON_WHEEL_UP || key->kind == ON_WHEEL_DOWN || key->kind == ON_CLICK) {
        if (key->kind != ON_CLICK || !click(judge, frame, key))
            texts_point(texts, key); /* while typing, too: it types nothing */
        return true;
    }
    if (judge->typing)
        return type(judge, frame, key);
    if (key->kind == ON_PASTE) {
        frame_say(frame, INK_WARNING, "a paste is taken only while you type: %s types the reason",
                  keymap_word(REQUEST_TO_WHY, IN_ANSWERING).text);
        return true;
    }
    enum request request = keymap_lookup(*key, judge_contexts(screen));
    if (texts->covered)
        return do_covered(judge, frame, request);
    if (judge->coach.shown)
        return do_coached(judge, frame, request, key);
    if (do_answer(judge, frame, request, key))
        return true;
    if (texts_request(texts, request, &say)) {
        if (say)
            frame_say(frame, INK_NORMAL, "%s", say);
        return true;
    }
    return do_other(judge, frame, request);
}
