/*
 * What the verbs of the annotator's work share (batch, deal, serve, submit, aside, hand_in, release, gold, holds):
 * rows of batches and servings, and the queue. Everything here runs inside a transaction of the verb that calls it.
 */
#ifndef STORE_WORK_PARTS_H
#define STORE_WORK_PARTS_H

#include "core/model/person.h"
#include "core/quality/drift.h"
#include "core/work/alarms.h"
#include "store/batch.h"
#include "store/internal.h"

/* One serving with the facts of its batch that every verb asks for. */
struct serving_row {
    int64_t id, batch, person, item, prompt, track;
    int position, round, pass;
    enum kind kind;
    enum serving_state state;
    enum aside_reason reason; /* of SERVING_ASIDE */
    char shown[LIMIT_RESPONSES + 1];
    bool returned;  /* was sent to the lead, who gave it back to the queue */
    bool handed_in; /* the batch is final: by its person, or because it went back */
};

/* STATUS_USAGE if there is no such serving. */
int serving_row_read(struct store *store, int64_t serving, struct serving_row *out, struct error *error);
/* The serving belongs to the viewer and its batch is open; else a sentence. */
int serving_row_own(struct store *store, const struct viewer *viewer, int64_t serving, struct serving_row *out,
                    struct error *error);
int serving_row_set_state(struct store *store, int64_t serving, enum serving_state state, int reason,
                          struct error *error);

/* The judgment that stands for a serving (not retracted): STEP_ROW with its id, or STEP_DONE. */
int serving_judgment(struct store *store, const struct serving_row *serving, int64_t *judgment, struct error *error);
int judgment_retract(struct store *store, int64_t judgment, int64_t person, struct error *error);

/* Whether this reason sends an item to the lead (its place in the queue is not given to somebody else). */
bool aside_to_lead(enum aside_reason reason);

int batch_read(struct store *store, int64_t batch, struct pool *pool, struct batch *out, struct error *error);

/* The person may judge now: known, not paused (also not since the viewer was found). STATUS_NO or STATUS_USAGE with
 * a sentence. Inside the transaction of the verb. */
int require_worker(struct store *store, const struct viewer *viewer, struct error *error);

/*
 * The queue. A place given back: need + 1 where the row still stands, else a new row in lane 0 whose rank is the
 * number of the next event (so give back first, append the event after). Taken for one: STEP_ROW, or STEP_DONE if
 * nobody is wanted any more.
 */
int queue_give_back(struct store *store, int64_t track, int64_t item, int round, struct error *error);
int queue_take_item(struct store *store, int64_t item, int round, struct error *error);

/* One row taken for a batch. */
struct queue_pick {
    int64_t rank, item, prompt, need;
    int lane, round, category, language, responses;
    size_t length; /* code points of all responses */
};

/* What a person may be given. */
struct taste {
    int64_t *categories, *languages; /* codes; NULL: all */
    size_t category_count, language_count;
};
int taste_read(struct store *store, int64_t person, struct taste *out, struct error *error);
void taste_release(struct taste *taste);
bool taste_fits(const struct taste *taste, int64_t category, int64_t language);

/* Looks for up to `wanted` open items that this person may have: up to `quota` of the shared set, then in the order of
 * the lanes, then what is left of the shared set (quota 0: none of it). Takes nothing yet; picks has room for `wanted`. */
int queue_look(struct store *store, int64_t person, int64_t track, const struct taste *taste, size_t wanted,
               size_t quota, struct queue_pick *picks, size_t *found, struct error *error);
/* Takes the first `count` of what queue_look found (of `found`) and moves the person's places past them. */
int queue_take(struct store *store, int64_t person, int64_t track, const struct queue_pick *picks, size_t count,
               size_t found, struct error *error);

/* Adds the lengths "48 121" up; *responses gets how many there are. */
size_t lengths_total(struct slice lengths, size_t *responses);

/* The final gold judgments of a person on a track against the keys in force, in order of judgment id; to free with
 * memory_free. */
int outcomes_read(struct store *store, int64_t person, int64_t track, struct alarm_outcome **out, size_t *count,
                  struct error *error);
/* When they qualified on it, ascending; to free with memory_free. */
int restarts_read(struct store *store, int64_t person, int64_t track, int64_t **out, size_t *count,
                  struct error *error);

/* Batches of others than `person` that are past their lease go back: what was judged in them is final, the rest returns
 * to the queue, the detector looks at what became final. How many. */
int stale_release(struct store *store, const struct campaign *campaign, int64_t person, int64_t *released,
                  struct error *error);

/* What a person may do on a track now, and what comes first; taste as read for them. */
int standing_find(struct store *store, const struct viewer *viewer, const struct track_settings *settings,
                  int64_t track, const struct taste *taste, struct standing *out, struct error *error);

/* A word on somebody's standing: the row and its event. */
struct standing_change {
    int64_t person, track;
    const char *track_name;
    enum standing_state state;
    int64_t hold;    /* it rests on; 0: none */
    int64_t batch;   /* the attempt, or the votes of a session; 0: the person's newest batch of then */
    int64_t decided; /* by whom; 0: nobody, it followed */
    const char *verb;
    struct slice reason;
};
int standing_record(struct store *store, const struct standing_change *change, struct error *error);

/* standing_set; the row names this batch (0: the newest of then). */
int standing_say(struct store *store, const struct viewer *viewer, const struct campaign *campaign, const char *name,
                 const char *track, bool qualified, int64_t batch, struct slice why, struct error *error);

/* The detector's holds were settled: whoever rests because of one that is withdrawn may work again; and where the settings pause who is below
 * the bar, a hold just placed (0: none) asks its person to qualify again. */
int standing_follow(struct store *store, int64_t person, int64_t track, const struct track_settings *settings,
                    int64_t placed, struct error *error);

/* An attempt was handed in: scores it by the keys in force, records the pass or the failure, fills what *out says of it. */
int standing_judge(struct store *store, int64_t person, int64_t track, const struct track_settings *settings,
                   int64_t batch, struct hand_in *out, struct error *error);

/* After a change of an item's key: attempts that failed with it and reach the bar by the keys in force let their people in. A pass stays one. */
int standing_settle(struct store *store, const struct track_settings *settings, int64_t item, struct error *error);

/* Where final judgments on the items of a batch disagree so that one more is asked for: lane 1. */
int splits_queue(struct store *store, int64_t batch, int64_t track, struct error *error);

#endif
