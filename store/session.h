/*
 * Calibration sessions: items that a group judges blind, each person as a batch of their own, and then reviews with
 * the lead. Everything is dealt when the session is made, so that nobody who is invited is given one of its items as
 * gold, retest or production afterwards. A vote counts once its batch is handed in; what a closed session holds is
 * not changed any more.
 */
#ifndef STORE_SESSION_H
#define STORE_SESSION_H

#include "core/model/campaign.h"
#include "core/work/calibration.h"
#include "store/batch.h"

struct session_request {
    const char *name, *track;
    enum calibration_pick pick;
    const char *category;  /* PICK_RANDOM in this one alone; NULL: all */
    size_t items;          /* wanted; 0: CALIBRATION_ITEMS, or as many as there are */
    const int64_t *chosen; /* by hand, in this order; NULL: picked */
    size_t chosen_count;
    const char *const *people; /* invited; NULL: every annotator who works on the track and is not paused */
    size_t people_count;
};

/* A session as the list shows it. */
struct session {
    int64_t id;
    struct slice name, track, lead; /* lead: who made it; "" in a store that forgot them */
    int64_t at, closed;             /* UTC ms; closed 0: open */
    int items, people;
    int answered;  /* people whose votes are in; of an annotator's list 1 or 0: their own */
    int excused;   /* people who are not waited for */
    int again;     /* second votes that are still out */
    int reference; /* items with the lead's reference */
};
/* Nobody's first votes are waited for: what was answered may be shown. */
static inline bool session_is_answered(const struct session *session) {
    return session->answered + session->excused >= session->people;
}

/* STATUS_USAGE or STATUS_NO with one sentence for what is impossible: a name in use, fewer than two people, somebody who does not
 * work on the track or is paused, no such items, more items than there are. */
int session_new(struct store *store, const struct viewer *viewer, const struct session_request *request,
                struct pool *pool, struct session *out, struct error *error);

/* All for a lead; for an annotator those that they are invited to, with nobody's state but their own. Oldest first. */
int session_list(struct store *store, const struct viewer *viewer, struct pool *pool, struct session **out,
                 size_t *count, struct error *error);
/* For leads. STATUS_USAGE with the nearest name. */
int session_find(struct store *store, const struct viewer *viewer, const char *name, struct pool *pool,
                 struct session *out, struct error *error);

/* --- Everything of one session, for leads ------------------------------------------------------------------------------ */

struct session_person {
    int64_t id;
    struct slice name;
    int number;             /* 1 … people: how they are called while names are hidden */
    int size, done;         /* items of their batch, judged or set aside */
    bool answered;          /* handed in */
    bool excused;           /* not waited for */
    int again;              /* second votes that they still owe */
    int64_t batch;          /* of their first votes */
    struct slice qualified; /* the session let them in: "4 of 5 as the reference, 80 % wanted"; "": it did not */
};

/* What somebody said of an item in the session. */
struct session_vote {
    size_t person;  /* index into people; of a reference: `people_count` */
    enum kind kind; /* KIND_CALIBRATION, KIND_REVOTE, KIND_REFERENCE */
    bool aside;     /* set aside instead; then nothing but `reason` and `shown` says anything */
    enum aside_reason reason;
    int64_t judgment, rubric, at, active_ms; /* active_ms 0: not known */
    int prefer, strength, confidence;        /* confidence -1: none */
    struct ranking ranking;
    struct slice ratings;   /* cells by the rubric of that id; absent: none */
    struct slice rationale; /* "" if none */
    char shown[LIMIT_RESPONSES + 1];
};

struct session_item {
    int64_t item;
    struct item_ref ref;
    struct slice name, category; /* category may be absent */
    size_t responses;
    enum calibration_verdict verdict;
    struct slice note;          /* of the verdict; "" if none */
    bool gold;                  /* has a key in force */
    bool again;                 /* a second vote was called */
    int again_out;              /* how many of them are not in: until none is, none is shown */
    struct session_vote *votes; /* first votes and second ones, in order of the people's numbers; final ones only */
    size_t vote_count;
    const struct session_vote *reference; /* the newest; NULL: none */
    struct slice reference_by;
};

struct session_book {
    struct session session;
    struct session_person *people; /* in order of their numbers */
    size_t people_count;
    struct session_item *items; /* in order */
    size_t item_count;
};
int session_read(struct store *store, const struct viewer *viewer, int64_t session, struct pool *pool,
                 struct session_book *out, struct error *error);

/* --- What the lead does ------------------------------------------------------------------------------------------------- */

/* Go on without somebody's first votes, or once those are in without their second ones: what they have judged counts, the rest goes. */
int session_excuse(struct store *store, const struct viewer *viewer, int64_t session, int64_t person,
                   struct error *error);

/* A second vote on an item, for everybody whose first vote is in; *asked: how many. Once an item. */
int session_vote_again(struct store *store, const struct viewer *viewer, int64_t session, int64_t item, size_t *asked,
                       struct error *error);

/* Which item is clear, ambiguous or a gap of the rubric, and why (may be empty). */
int session_judge_item(struct store *store, const struct viewer *viewer, int64_t session, int64_t item,
                       enum calibration_verdict verdict, struct slice note, struct error *error);

/* Where the lead writes references: a batch of all items that stays open as long as the session. *position: of this item in it. In solo
 * use the viewer must have entered. */
int session_reference(struct store *store, const struct viewer *viewer, int64_t session, int64_t item,
                      struct pool *pool, struct batch *out, int *position, struct error *error);

/* STATUS_NO with who is waited for while first or second votes are out, unless `anyway`. */
int session_close(struct store *store, const struct viewer *viewer, int64_t session, bool anyway, struct error *error);

/* A closed session lets one of its people work on the track; words: as in session_person. STATUS_NO where they may
 * already; STATUS_USAGE where the track asks for no qualification. */
int session_qualify(struct store *store, const struct viewer *viewer, const struct campaign *campaign,
                    const struct session *session, const struct session_person *person, struct slice words,
                    struct error *error);

#endif
