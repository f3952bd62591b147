/*
 * Six weeks of work. Each of the cast is a small machine that knows when it acts next; whoever is first acts, one item at a time, and the
 * clock goes there: acts of different people interleave as they would. On the last Friday everybody works until nothing is left.
 */
#include "app/demo/stage.h"
#include "core/base/array.h"
#include "core/base/timestamp.h"
#include "store/people.h"
#include "store/questions.h"

#include "core/base/banned.h"

enum { LAST_DAY = 39, ITEMS_BETWEEN_PAUSES = 12 };

struct worker {
    const struct trait *trait;
    struct viewer viewer;
    int64_t next; /* when it acts; 0: never again */
    int day;
    int left; /* items of today */
    int since_pause;
    int track;          /* of today */
    struct batch batch; /* id 0: none in hand */
    int empty;          /* on the last day: how often nothing was to deal since the last hand-in of anybody */
};

static bool works_on(const struct trait *trait, int day) {
    return day == LAST_DAY || (trait->days >> day % 7 & 1);
}

/* The last working day of a week is for safety, for those who judge it. */
static bool safety_day(const struct trait *trait, int day) {
    return strstr(trait->tracks, "safety") && trait->days >> day % 7 == 1;
}

/* The next working day after `day`; now and then one is missed. */
static void plan_day(struct stage *stage, struct worker *worker, int day) {
    do
        day++;
    while (day <= LAST_DAY && (!works_on(worker->trait, day) || (day < LAST_DAY && stream_unit(&stage->dice) < .05)));
    if (day > LAST_DAY) {
        worker->next = 0;
        return;
    }
    worker->day = day;
    worker->left = worker->trait->quota + (int)stream_below(&stage->dice, 7) - 3;
    worker->since_pause = 0;
    worker->track = safety_day(worker->trait, day) ? 1 : 0;
    worker->batch.id = 0;
    worker->next = stage->start + day * MS_DAY + worker->trait->hour * MS_HOUR +
                   (int64_t)stream_below(&stage->dice, 50) * MS_MINUTE + (int64_t)stream_below(&stage->dice, 60000);
}

/* Nothing to deal: on the last day the other track, then again in a while. */
static void find_nothing(struct stage *stage, struct worker *worker) {
    if (worker->day < LAST_DAY) {
        plan_day(stage, worker, worker->day);
    } else {
        bool both = strstr(worker->trait->tracks, "safety") != NULL;
        worker->empty++;
        worker->track = both ? 1 - worker->track : 0;
        worker->next += 10 * MS_MINUTE;
    }
}

/* Whoever comes to a new batch reads what was ruled since. */
static int read_rulings(struct stage *stage, struct worker *worker, struct pool *pool, struct error *error) {
    struct ruling *rulings;
    size_t count;
    int status =
        ruling_list(stage->store, &worker->viewer, stage->tracks[worker->track].name, pool, &rulings, &count, error);
    for (size_t i = 0; i < count && !status; i++)
        if (!rulings[i].acknowledged)
            status = ruling_acknowledge(stage->store, &worker->viewer, rulings[i].id, error);
    return status;
}

static int deal(struct stage *stage, struct worker *worker, struct pool *pool, struct error *error) {
    struct nothing_left left;
    int status = batch_deal(stage->store, &worker->viewer, &stage->founding.campaign, stage->tracks[worker->track].name,
                            pool, &worker->batch, &left, error);
    worker->batch.track = slice_of(stage->tracks[worker->track].name); /* outlives the pool */
    if (!status && !worker->batch.id) {
        find_nothing(stage, worker);
        return STATUS_OK;
    }
    worker->next += 5 * MS_SECOND;
    return status ? status : read_rulings(stage, worker, pool, error);
}

static int hand_in(struct stage *stage, struct worker *worker, struct worker *all, struct error *error) {
    struct hand_in done;
    int status =
        batch_hand_in(stage->store, &worker->viewer, &stage->founding.campaign, worker->batch.id, &done, error);
    worker->batch.id = 0;
    worker->next += MS_MINUTE;
    stage->counts.batches++;
    for (int i = 0; i < CAST; i++)
        all[i].empty = 0;
    if (worker->day < LAST_DAY && (worker->track == 1 || worker->left <= 0))
        plan_day(stage, worker, worker->day);
    return status;
}

/* Broken items always, others now and then, for a reason that fits. */
static bool wants_aside(struct stage *stage, const struct archive_item *item, enum aside_reason *reason) {
    *reason = ASIDE_BROKEN;
    if (item && item->flaw == FLAW_CUT)
        return true;
    *reason = item && (item->category[0] == 'm' || item->category[0] == 'l') ? ASIDE_NOT_MY_FIELD : ASIDE_UNDECIDED;
    return stream_unit(&stage->dice) < .006;
}

/* The dice of one person for one item: the same at every meeting. */
static struct stream lasting_dice(const struct stage *stage, const struct worker *worker, int64_t item) {
    struct stream dice;
    stream_init(&dice, stage->seed, (uint64_t)(worker->trait - cast + 1) << 32 ^ (uint64_t)item);
    return dice;
}

static int judge(struct stage *stage, struct worker *worker, const struct serving *serving, struct error *error) {
    const struct known *known;
    int64_t item;
    int status = stage_recall(stage, serving->ref, &item, &known, error);
    if (status)
        return status;
    struct sight sight = {worker->trait,   &serving->item,  serving->shown,
                          &known->truth,   known->archived, stage->tracks[worker->track].rubric,
                          stage_day(stage)};
    enum aside_reason reason;
    int64_t time = answer_time(&sight, &stage->dice);
    worker->next += time + 800;
    worker->left--;
    if (wants_aside(stage, sight.archived, &reason)) {
        stage->counts.aside++;
        return serving_set_aside(stage->store, &worker->viewer, serving->id, reason, error);
    }
    const char *text = desk_question(stage, worker->trait, sight.archived);
    status = text ? question_ask(stage->store, &worker->viewer, serving->id, slice_of(text), error) : STATUS_OK;
    if (status)
        return status;
    stage->counts.questions += text != NULL;
    struct stream lasting = lasting_dice(stage, worker, item);
    struct buffer why = BUFFER_INIT;
    struct judgment judgment = answer_item(&sight, &lasting, &stage->dice, &why);
    status = judgment_submit(stage->store, &worker->viewer, serving->id, stage->tracks[worker->track].rubric_id,
                             sight.rubric, &judgment, time, error);
    buffer_release(&why);
    stage->counts.judgments++;
    return status;
}

static int act(struct stage *stage, struct worker *worker, struct worker *all, struct pool *pool, struct error *error) {
    struct serving serving;
    if (!worker->batch.id)
        return deal(stage, worker, pool, error);
    int status = serving_next(stage->store, &worker->batch, stage->tracks[worker->track].rubric, pool, &serving, error);
    if (status)
        return status;
    if (!serving.id)
        return hand_in(stage, worker, all, error);
    if (worker->day < LAST_DAY && worker->track == 0 && worker->left <= 0) {
        plan_day(stage, worker, worker->day);
        return STATUS_OK;
    }
    status = judge(stage, worker, &serving, error);
    if (++worker->since_pause >= ITEMS_BETWEEN_PAUSES) {
        worker->since_pause = 0;
        worker->next += (6 + (int64_t)stream_below(&stage->dice, 9)) * MS_MINUTE;
    }
    return status;
}

/* Who acts next; NULL when everybody has finished. */
static struct worker *first_worker(struct worker *workers) {
    struct worker *first = NULL;
    bool idle = true;
    for (int i = 0; i < CAST; i++) {
        idle = idle && (!workers[i].next || (workers[i].empty >= STAGE_TRACKS && !workers[i].batch.id));
        if (workers[i].next && (!first || workers[i].next < first->next))
            first = &workers[i];
    }
    return idle ? NULL : first;
}

int weeks_play(struct stage *stage, struct error *error) {
    struct worker workers[CAST];
    struct pool pool = POOL_INIT;
    int status = STATUS_OK, day = 0;
    for (int i = 0; i < CAST && !status; i++) {
        workers[i] = (struct worker){.trait = &cast[i]};
        status = viewer_find(stage->store, cast[i].name, &workers[i].viewer, error);
        plan_day(stage, &workers[i], -1);
    }
    for (struct worker *worker; !status && (worker = first_worker(workers));) {
        while (!status && day <= worker->day) {
            stage->world.now = stage->start + day * MS_DAY + 2 * MS_HOUR;
            status = desk_morning(stage, day++, error);
        }
        stage->world.now = worker->next;
        pool_clear(&pool);
        if (!status)
            status = act(stage, worker, workers, &pool, error);
    }
    pool_release(&pool);
    return status;
}
