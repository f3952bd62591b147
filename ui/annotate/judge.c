/* Opening, saving, submitting; see judge.h. */
#include "ui/annotate/judge.h"

#include "core/base/memory.h"
#include "store/questions.h"
#include "ui/annotate/screens.h"

#include "core/base/banned.h"

/* --- One item --------------------------------------------------------------------------------------------------------- */

void judge_forget(struct judge *judge) {
    texts_clear(&judge->work.sitting->texts);
    if (judge->loaded)
        form_release(&judge->form);
    pool_release(&judge->pool);
    judge->loaded = judge->typing = judge->touched = judge->unsaved = false;
    judge->coach = (struct coach){0};
}

/* An item that is at hand, its texts in *pool, which is taken over. */
static void judge_show(struct judge *judge, struct pool *pool, const struct serving *serving) {
    struct sitting *sitting = judge->work.sitting;
    judge_forget(judge);
    judge->pool = *pool;
    *pool = (struct pool)POOL_INIT;
    judge->serving = *serving;
    judge->batch = sitting->batch.id;
    const struct item *item = &judge->serving.item;
    form_init(&judge->form, &sitting->rubric, item->response_count, judge->serving.shown);
    int64_t active = serving->active_ms;
    if (serving->draft.length > 0) {
        form_read(&judge->form, serving->draft);
        active = judge->form.active_ms;
    } else if (serving->judged) {
        form_fill(&judge->form, &serving->judgment);
    }
    stopwatch_start(&judge->watch, sitting_now(sitting), active, sitting->campaign->idle_seconds);
    texts_set(&sitting->texts, item, judge->serving.shown);
    sitting->texts.covered = sitting_cover(sitting);
    judge->loaded = true;
}

/* Gives way to another screen; the start screen below need not look at the store in between. */
static void give_way(struct work_screen *work, struct frame *frame) {
    work->sitting->going_on = true;
    frame_pop(frame);
    work->sitting->going_on = false;
}

/* The item at judge->wanted, taken back if it was set aside; or the next one that is still to be done. */
static int find_serving(struct judge *judge, struct pool *pool, struct serving *out, struct error *error) {
    struct sitting *sitting = judge->work.sitting;
    const struct batch *batch = &sitting->batch;
    if (judge->wanted == 0)
        return serving_next(sitting->store, batch, &sitting->rubric, pool, out, error);
    int status = serving_load(sitting->store, batch, judge->wanted, &sitting->rubric, pool, out, error);
    if (status || out->state != SERVING_ASIDE)
        return status;
    status = serving_take_back(sitting->store, sitting->viewer, out->id, error);
    if (status)
        return status;
    sitting->batch.aside--;
    sitting->outcome->aside -= sitting->outcome->aside > 0;
    sitting_note_batch(sitting);
    return serving_load(sitting->store, batch, judge->wanted, &sitting->rubric, pool, out, error);
}

/* Between two items, so that it never comes into a thought. */
static void speak_of_rest(struct sitting *sitting, struct frame *frame) {
    const struct preferences *preferences = sitting->options->preferences;
    int wanted = preferences ? preferences->rest_minutes : 0;
    int minutes = rest_due(&sitting->rest, wanted < 0 ? 0 : wanted > 0 ? wanted : REST_MINUTES);
    if (minutes > 0)
        frame_say(frame, INK_NORMAL, "%d minutes without a pause: a short rest does the next ones good", minutes);
}

void judge_load(struct work_screen *work, struct frame *frame) {
    struct judge *judge = (struct judge *)work;
    struct sitting *sitting = work->sitting;
    struct serving serving = {0};
    struct pool pool = POOL_INIT;
    struct error error = ERROR_INIT;
    int aside = sitting->batch.aside;
    if (judge_rubric_changed(judge, frame))
        return;
    int status = find_serving(judge, &pool, &serving, &error);
    bool done = work_done(work, frame, status, &error, judge_load);
    if (done && serving.id != 0) {
        judge_show(judge, &pool, &serving);
        judge->wanted = 0;
        frame_fresh(frame);
        if (sitting->batch.aside < aside)
            frame_say(frame, INK_NORMAL, "no longer set aside: judge it, or set it aside again");
        else
            speak_of_rest(sitting, frame);
        return;
    }
    pool_release(&pool);
    if (status == STATUS_BUSY || (!done && judge->loaded))
        return;
    if (done && sitting->options->gold) {
        frame_leave(frame);
        return;
    }
    if (done && sitting->batch.purpose == BATCH_TRAINING) { /* nothing is left to look over: it was all explained */
        sitting_hand_in(work, frame);
        return;
    }
    give_way(work, frame);
    summary_open(sitting, frame);
    if (!done && !sitting->failed)
        frame_say(frame, INK_ERROR, "%s", error.text);
}

/* --- The draft -------------------------------------------------------------------------------------------------------- */

void judge_save(struct judge *judge, struct frame *frame) {
    struct buffer draft = BUFFER_INIT;
    struct error error = ERROR_INIT;
    if (!judge->loaded || judge->coach.shown)
        return;
    judge->form.active_ms = judge->watch.active_ms;
    bool revising = judge->touched || judge->serving.draft.length > 0 || judge_has_question(judge);
    if (revising || !judge->serving.judged) /* a question that was asked leaves a judgment as it is */
        form_write(&judge->form, &draft);
    int status = draft_save(judge->work.sitting->store, judge->serving.id, buffer_slice(&draft), &error);
    buffer_release(&draft);
    if (status == STATUS_OK && judge->unsaved)
        frame_say(frame, INK_NORMAL, "saved");
    judge->unsaved = status != STATUS_OK;
    if (status == STATUS_OK) {
        judge->unsynced = true;
    } else if (status == STATUS_BUSY) {
        frame_say(frame, INK_WARNING, "the store is busy; trying again");
        frame_wake(frame, 40);
    } else {
        sitting_fail(judge->work.sitting, frame, status, &error);
    }
}

static void judge_paused(struct screen *screen, struct frame *frame, int after_ms) {
    struct judge *judge = (struct judge *)screen;
    struct error error = ERROR_INIT;
    if (judge->unsaved)
        judge_save(judge, frame);
    if (judge->unsynced && !judge->unsaved) {
        int status = draft_sync(judge->work.sitting->store, &error);
        judge->unsynced = status == STATUS_BUSY;
        if (status && status != STATUS_BUSY)
            sitting_fail(judge->work.sitting, frame, status, &error);
    }
    if (after_ms >= 2000)
        store_idle(judge->work.sitting->store);
}

/* --- Typing ----------------------------------------------------------------------------------------------------------- */

void judge_start_typing(struct judge *judge) {
    form_go(&judge->form, ROW_WHY);
    if (judge->form.rows[judge->form.row].kind != ROW_WHY)
        return;
    edit_set(&judge->why, buffer_slice(&judge->form.rationale));
    judge->typing = true;
}

void judge_end_typing(struct judge *judge) {
    judge->typing = false;
    form_set_rationale(&judge->form, buffer_slice(&judge->why.text));
    form_end_typing(&judge->form);
}

/* --- What is done with the item ------------------------------------------------------------------------------------------ */

/* The batch may have been handed in, or its lease may have run out, in another window. */
static void look_again(struct work_screen *work, struct frame *frame) {
    struct sitting *sitting = work->sitting;
    struct error error = ERROR_INIT;
    int64_t before = ((struct judge *)work)->batch;
    int status = sitting_find_batch(sitting, &error);
    if (!status && sitting->batch.id != before)
        status = sitting_read_figures(sitting, &error);
    if (!work_done(work, frame, status, &error, look_again) || sitting->batch.id == before)
        return;
    frame_pop(frame);
    if (!frame->top && !sitting->options->session)
        start_open(sitting, frame);
    frame_say(frame, INK_WARNING, "this batch is no longer open: it was handed in elsewhere, or its lease ran out");
}

/* Counts move with each item; figures do not. */
static void count_item(struct judge *judge, enum serving_state now) {
    struct sitting *sitting = judge->work.sitting;
    enum serving_state before = judge->serving.state;
    int64_t more = judge->watch.active_ms - (judge->serving.judged ? judge->serving.active_ms : 0);
    sitting->batch.judged += (now == SERVING_JUDGED) - (before == SERVING_JUDGED);
    sitting->batch.aside += (now == SERVING_ASIDE) - (before == SERVING_ASIDE);
    sitting->batch.active_ms += more;
    sitting->today_ms += more;
    sitting->today_judged += (now == SERVING_JUDGED) - (before == SERVING_JUDGED);
    sitting->outcome->active_ms += more;
    if (now == SERVING_JUDGED)
        *(before == SERVING_JUDGED ? &sitting->outcome->revised : &sitting->outcome->judged) += 1;
    else
        sitting->outcome->aside++;
    sitting->outcome->draft = false;
    sitting->last_position = judge->serving.position;
    sitting_note_batch(sitting);
}

/* Training: what the key says of the answer just given. Without a key any more the next item comes. */
static void show_key(struct work_screen *work, struct frame *frame) {
    struct judge *judge = (struct judge *)work;
    struct sitting *sitting = work->sitting;
    struct coach *coach = &judge->coach;
    struct error error = ERROR_INIT;
    int status = serving_key(sitting->store, sitting->viewer, judge->serving.id, &judge->pool, &coach->key, &error);
    if (status != STATUS_NO && !work_done(work, frame, status, &error, show_key))
        return;
    if (!status) {
        coach->verdict = gold_key_judge(&coach->key, coach->prefer, coach->ranking.text, coach->strength);
        coach->shown = true;
        return;
    }
    judge_forget(judge);
    judge_load(work, frame);
}

/* The key is written, or the answer is looked at again. */
static void key_answered(struct screen *asker, struct frame *frame, bool written) {
    struct judge *judge = (struct judge *)asker;
    judge->wanted = written ? 0 : judge->serving.position;
    judge_forget(judge);
    judge_load(&judge->work, frame);
    if (written)
        frame_say(frame, INK_GOOD, "it is gold now");
}

/* To the next item; away, where one alone was asked for. */
static void go_on(struct work_screen *work, struct frame *frame) {
    if (work->sitting->options->reference)
        frame_leave(frame);
    else
        judge_load(work, frame);
}

static void submit_now(struct work_screen *work, struct frame *frame) {
    struct judge *judge = (struct judge *)work;
    struct sitting *sitting = work->sitting;
    struct error error = ERROR_INIT;
    struct judgment judgment = form_judgment(&judge->form);
    int status = judgment_submit(sitting->store, sitting->viewer, judge->serving.id, sitting->rubric_id,
                                 &sitting->rubric, &judgment, judge->watch.active_ms, &error);
    if (!work_done(work, frame, status, &error, submit_now)) {
        if (status == STATUS_NO || status == STATUS_USAGE)
            look_again(work, frame);
        return;
    }
    judge->unsaved = judge->unsynced = false;
    count_item(judge, SERVING_JUDGED);
    if (sitting->options->gold) {
        make_gold_open(sitting, frame, judge->serving.ref, judge->serving.shown, &judgment, key_answered);
        return;
    }
    if (sitting->batch.purpose == BATCH_TRAINING) {
        judge->coach.prefer = judgment.prefer;
        judge->coach.strength = judgment.strength;
        judge->coach.ranking = judgment.ranking;
        show_key(work, frame);
        return;
    }
    judge_forget(judge);
    go_on(work, frame);
}

bool judge_has_question(const struct judge *judge) {
    const char *text = judge->form.question.data;
    return text && text[strspn(text, " \n")] != '\0';
}

static void submit_answered(struct screen *asker, struct frame *frame, bool yes) {
    if (yes)
        submit_now((struct work_screen *)asker, frame);
}

void judge_submit(struct judge *judge, struct frame *frame) {
    struct error what = ERROR_INIT;
    size_t missing = form_missing(&judge->form, &what);
    if (missing == judge->form.row_count && judge_has_question(judge)) {
        frame_ask(frame, "Submit without asking the question begun?", submit_answered);
        return;
    }
    if (missing == judge->form.row_count) {
        submit_now(&judge->work, frame);
        return;
    }
    while (judge->form.row != missing)
        form_next_row(&judge->form);
    if (judge->form.rows[missing].kind == ROW_WHY)
        judge_start_typing(judge);
    frame_say(frame, INK_WARNING, "%s", what.text);
}

void judge_set_aside(struct work_screen *work, struct frame *frame) {
    struct judge *judge = (struct judge *)work;
    struct sitting *sitting = work->sitting;
    struct error error = ERROR_INIT;
    int status = serving_set_aside(sitting->store, sitting->viewer, judge->serving.id, judge->reason, &error);
    if (!work_done(work, frame, status, &error, judge_set_aside)) {
        if (status == STATUS_NO || status == STATUS_USAGE)
            look_again(work, frame);
        return;
    }
    judge->unsaved = judge->unsynced = false;
    count_item(judge, SERVING_ASIDE);
    judge_forget(judge);
    go_on(work, frame);
}

void judge_ask(struct work_screen *work, struct frame *frame) {
    struct judge *judge = (struct judge *)work;
    struct sitting *sitting = work->sitting;
    struct error error = ERROR_INIT;
    int status =
        question_ask(sitting->store, sitting->viewer, judge->serving.id, buffer_slice(&judge->form.question), &error);
    if (!work_done(work, frame, status, &error, judge_ask))
        return;
    buffer_clear(&judge->form.question);
    judge_save(judge, frame);
    judge->serving.question = true;
    sitting->outcome->asked++;
    frame_say(frame, INK_GOOD, "asked; the answer comes to your start screen");
}

int judge_last(const struct judge *judge) {
    const struct sitting *sitting = judge->work.sitting;
    int last = sitting->last_position;
    if (last > 0 && last != judge->serving.position)
        return last;
    return judge->serving.position > 1 ? judge->serving.position - 1 : 0;
}

/* --- The screen ------------------------------------------------------------------------------------------------------- */

static bool has_answers(const struct judge *judge) {
    size_t answered, asked;
    form_progress(&judge->form, &answered, &asked);
    return judge->touched || judge_has_question(judge) ||
           ((answered > 0 || judge->form.rationale.length > 0) && !judge->serving.judged);
}

/* Leaving keeps what was drawn, and the time that was spent on it. */
static void keep_draft(struct judge *judge) {
    struct sitting *sitting = judge->work.sitting;
    struct buffer draft = BUFFER_INIT;
    struct error error = ERROR_INIT;
    bool read = !judge->serving.judged && judge->watch.active_ms >= judge->form.active_ms + 1000;
    if (judge->touched || read) {
        if (judge->typing)
            form_set_rationale(&judge->form, buffer_slice(&judge->why.text));
        judge->form.active_ms = judge->watch.active_ms;
        form_write(&judge->form, &draft);
        for (int attempt = 0; attempt < 50; attempt++) /* 20 ms each, in the store */
            if (draft_save(sitting->store, judge->serving.id, buffer_slice(&draft), &error) != STATUS_BUSY)
                break;
        draft_sync(sitting->store, &error);
    }
    sitting->outcome->draft = has_answers(judge);
    buffer_release(&draft);
}

static void judge_close(struct screen *screen) {
    struct judge *judge = (struct judge *)screen;
    if (judge->loaded && !judge->coach.shown)
        keep_draft(judge);
    judge_forget(judge);
    edit_release(&judge->why);
    memory_free(judge);
}

static const struct screen_class judge_class = {
    .name = "judge",
    .draw = judge_draw,
    .key = judge_key,
    .contexts = judge_contexts,
    .paused = judge_paused,
    .resumed = judge_resumed,
    .help = judge_help,
    .close = judge_close,
};

static struct judge *judge_new(struct sitting *sitting) {
    struct judge *judge = memory_new(1, sizeof *judge);
    *judge = (struct judge){.work = {.screen = {.class = &judge_class}, .sitting = sitting}};
    edit_init(&judge->why, true, LIMIT_RATIONALE_BYTES);
    return judge;
}

void judge_open(struct sitting *sitting, struct frame *frame, int position) {
    struct judge *judge = judge_new(sitting);
    judge->wanted = position;
    frame_push(frame, &judge->work.screen);
    judge_load(&judge->work, frame);
}
