/*
 * The annotator's work: batches of servings. Deal, serve, draft, submit, set aside, reopen, hand in.
 *
 * A serving is one item in one place of one batch, with the order shown. In a batch gold, retests and production are handled by the same
 * statements and look alike in everything that this header gives out.
 */
#ifndef STORE_BATCH_H
#define STORE_BATCH_H

#include "core/model/campaign.h"
#include "core/model/item.h"
#include "core/model/judgment.h"
#include "core/work/standing.h"
#include "core/work/viewer.h"
#include "store/store.h"

/* Training: explained items, the key and its words after each answer. Qualification: items whose key is known, told as such, scored at the
 * hand-in. Both are apart from the work: no figure, no queue, numbers of their own. */
enum batch_purpose { BATCH_WORK, BATCH_TRAINING, BATCH_QUALIFICATION };

struct batch {
    int64_t id; /* 0: none */
    enum batch_purpose purpose;
    int number; /* of this person on this track, from 1; below 1: no work, or of a session */
    int size;
    int judged, aside;        /* of size */
    int64_t dealt, handed_in; /* handed_in 0: open */
    int64_t active_ms;        /* time on task in it so far */
    struct slice track;
    int64_t session;           /* the calibration session that asks for it; 0: none */
    struct slice session_name; /* absent: none */
    enum kind session_kind;    /* its votes, second votes (KIND_REVOTE), or the lead's references */
};

/* "batch 4", "training", "qualification". */
struct batch_name {
    char text[24];
};
struct batch_name batch_name(enum batch_purpose purpose, int number);

enum serving_state { SERVING_DEALT, SERVING_JUDGED, SERVING_ASIDE, SERVING_RELEASED };

/* Why an item is set aside; the reason routes it. */
enum aside_reason {
    ASIDE_BROKEN,       /* text cut, empty, not an answer: to the lead */
    ASIDE_NOT_MY_FIELD, /* to someone else */
    ASIDE_LANGUAGE,     /* to someone else */
    ASIDE_DISTRESSING,  /* to someone else; no question asked */
    ASIDE_UNDECIDED,    /* can't decide: to someone else */
    ASIDE_OTHER,        /* to the lead */
    ASIDE_REASONS
};
const char *aside_reason_key(enum aside_reason reason);   /* "broken", "not-my-field"… */
const char *aside_reason_words(enum aside_reason reason); /* for the screen: "text is broken, or not an answer" */

struct serving {
    int64_t id;
    int position; /* 1 … size */
    struct item_ref ref;
    enum serving_state state;
    enum aside_reason reason; /* of SERVING_ASIDE */
    char shown[LIMIT_RESPONSES + 1];
    struct item item;   /* texts in the pool; gold is always NULL and label never present, whoever asks */
    struct slice draft; /* "" if none */
    int64_t draft_at;
    bool judged;              /* judgment holds what was submitted */
    struct judgment judgment; /* ratings, tags and flags by the rubric given to serving_load */
    int64_t rubric;           /* that it was submitted under; 0 */
    int64_t active_ms;        /* time on task of the judgment; 0 */
    bool question;            /* the person has asked about it */
};

/* One line of the list "earlier in this batch". */
struct serving_line {
    int position;
    struct item_ref ref;
    enum serving_state state;
    enum aside_reason reason;
    int prefer, strength;   /* CHOICE_MISSING if not judged; stored response */
    struct ranking ranking; /* "" for a pair */
    char shown[LIMIT_RESPONSES + 1];
    bool has_draft, question;
    struct slice head; /* the start of the last prompt message, at most 200 bytes, whole code points */
};

/* The person's open batch on the track: of the work, training or qualification, the one dealt first, else the oldest that a session asks for;
 * id 0 if there is none. */
int batch_find_open(struct store *store, const struct viewer *viewer, const char *track, struct pool *pool,
                    struct batch *out, struct error *error);

/* The oldest open batch that a session (its id; 0: any on the track) asks the person for: votes and second votes, or
 * what the lead writes references in (kind KIND_REFERENCE). id 0 if there is none. */
int batch_find_session(struct store *store, const struct viewer *viewer, const char *track, int64_t session,
                       enum kind kind, struct pool *pool, struct batch *out, struct error *error);

/* What is left when nothing can be dealt to this person. */
struct nothing_left {
    int64_t for_others;       /* open items that this person has had, or may not have */
    int64_t for_lead;         /* set aside to the lead */
    int64_t open_batches;     /* dealt to others and not handed in */
    struct standing standing; /* a qualification that waits for the lead comes before all that */
};

/* Deals the next batch. out->id is 0 when nothing is left, and then *left says what waits elsewhere. gold_rate is decided here from the settings
 * (adaptive between low and high by the person's detector). An open batch of this person on the track is returned as it is, also one that a
 * session asks for. Batches of
 * others past their lease go back first. Somebody who is to qualify gets a training batch or an attempt instead of work (core/work/standing.h). */
int batch_deal(struct store *store, const struct viewer *viewer, const struct campaign *campaign, const char *track,
               struct pool *pool, struct batch *out, struct nothing_left *left, struct error *error);

/* The demo's coached start: a batch of the track's training items that this person has not seen (at most `size`), in stored order, whether
 * a qualification is asked for or not. id 0: none. */
int batch_deal_training(struct store *store, const struct viewer *viewer, const char *track, int size,
                        struct pool *pool, struct batch *out, struct error *error);

/* The first serving of the batch that is still to be done; out->id 0 when all are. */
int serving_next(struct store *store, const struct batch *batch, const struct rubric *rubric, struct pool *pool,
                 struct serving *out, struct error *error);
/* The serving at a position. */
int serving_load(struct store *store, const struct batch *batch, int position, const struct rubric *rubric,
                 struct pool *pool, struct serving *out, struct error *error);
int batch_lines(struct store *store, const struct batch *batch, struct pool *pool, struct serving_line **out,
                size_t *count, struct error *error);

/* An empty one is none. Not synced: a crash of the process loses nothing, a power cut at most the last second; draft_sync waits for the disk. */
int draft_save(struct store *store, int64_t serving, struct slice draft, struct error *error);
int draft_sync(struct store *store, struct error *error);

/* One synced commit: judgment, marks, serving, draft gone, event. A second submit of the same serving retracts the first. Only in an open batch. */
int judgment_submit(struct store *store, const struct viewer *viewer, int64_t serving, int64_t rubric_id,
                    const struct rubric *rubric, const struct judgment *judgment, int64_t active_ms,
                    struct error *error);

/* Set aside with a reason; a judgment already given is retracted. Routed when the batch is handed in? No: at once, to the queue or the lead. */
int serving_set_aside(struct store *store, const struct viewer *viewer, int64_t serving, enum aside_reason reason,
                      struct error *error);
/* A set-aside serving comes back to its person. Where somebody else has taken the item meanwhile it gets one judgment more than it wants: gold
 * always comes back, so a refusal would tell what is not gold. */
int serving_take_back(struct store *store, const struct viewer *viewer, int64_t serving, struct error *error);

struct hand_in {
    int number, judged, aside;
    int64_t active_ms;
    enum batch_purpose purpose;
    int size, right, wanted; /* of a qualification: items, answers as the reference, how many of them let somebody in */
    bool passed;
};

/* Makes the batch final: refused (STATUS_NO) while servings are still to be done. Splits go to lane 1, the detector places holds; an attempt
 * at a qualification is scored. */
int batch_hand_in(struct store *store, const struct viewer *viewer, const struct campaign *campaign, int64_t batch,
                  struct hand_in *out, struct error *error);

/* The key of a training item that the viewer has judged: the one place where an annotator is given a key. STATUS_NO if it has none any more,
 * STATUS_USAGE of any other serving. */
int serving_key(struct store *store, const struct viewer *viewer, int64_t serving, struct pool *pool,
                struct gold_key *out, struct error *error);

/* Everything of a training or demo batch, after it was handed in: what was gold, with its key. Leads, solo use, the demo. */
struct revealed {
    int position;
    struct item_ref ref;
    enum kind kind;
    int prefer, strength;
    struct ranking ranking;     /* "" for a pair */
    const struct gold_key *key; /* NULL unless gold */
    struct slice head;
    char shown[LIMIT_RESPONSES + 1];
};
int batch_reveal(struct store *store, const struct viewer *viewer, int64_t batch, struct pool *pool,
                 struct revealed **out, size_t *count, struct error *error);

#endif
