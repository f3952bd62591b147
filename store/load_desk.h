/*
 * What the lead's desk asks beside figures: items set aside to the lead, gold that people have not met, the
 * answers of an item or a person, the work behind a question. Reads only.
 */
#ifndef STORE_LOAD_DESK_H
#define STORE_LOAD_DESK_H

#include "core/model/person.h"
#include "core/work/viewer.h"
#include "store/batch.h"
#include "store/store.h"

/* One item that waits for the lead: not retired, set aside by at least one person with a reason that routes it here. */
struct aside_line {
    int64_t item;
    struct item_ref ref;
    struct slice track, person; /* who set it aside first */
    enum aside_reason reason;   /* that person's */
    int64_t people;             /* how many did */
};
int load_asides(struct store *store, const struct viewer *viewer, struct pool *pool, struct aside_line **out,
                size_t *count, struct error *error);

/*
 * Called for each gold item that is still served, or contested: since when its key was amended (UTC ms), 0 for a key that never
 * was.
 */
typedef void key_visit(void *context, int64_t item, int64_t amended);
int load_keys(struct store *store, key_visit *visit, void *context, struct error *error);

/* Hidden gold in force that this annotator has not been served, in any role, on a track where they have worked. */
struct unseen_gold {
    int64_t person, track; /* store ids */
    struct slice person_name, track_name;
    int64_t unseen;
};
int load_unseen_gold(struct store *store, const struct viewer *viewer, struct pool *pool, struct unseen_gold **out,
                     size_t *count, struct error *error);

/* Pairs that were dealt on a track, gold [1] and production [0]: how many, and of how many the first stored response
 * was shown first. */
struct shown_first {
    int64_t dealt[2], first[2];
};
int load_shown_first(struct store *store, const struct viewer *viewer, const char *track, struct shown_first *out,
                     struct error *error);

/* One judgment that stands, of annotators and leads. */
struct answer_line {
    int64_t judgment, item, person;
    struct item_ref ref;
    struct slice name; /* the person's */
    enum kind kind;
    int prefer, strength, confidence; /* confidence -1: none */
    struct ranking ranking;           /* "" for a pair */
    char shown[LIMIT_RESPONSES + 1];  /* "" if not known */
    int64_t ms, at;                   /* time on task, -1 unknown; when it was given */
    struct slice rationale;           /* may be absent */
    bool final;
};
/* All on an item, in order of submission. */
int load_item_answers(struct store *store, const struct viewer *viewer, int64_t item, struct pool *pool,
                      struct answer_line **out, size_t *count, struct error *error);
/* The final ones of a person on a track, likewise. */
int load_person_answers(struct store *store, const struct viewer *viewer, int64_t person, const char *track,
                        struct pool *pool, struct answer_line **out, size_t *count, struct error *error);

/* Called for each track and category with items in the queue: how many. Category is absent for items without one. */
typedef void open_visit(void *context, struct slice track, struct slice category, int64_t open);
int load_open_categories(struct store *store, open_visit *visit, void *context, struct error *error);

/* What the asker saw and had answered. */
struct question_work {
    int64_t item;
    char shown[LIMIT_RESPONSES + 1]; /* "" if the question names no serving */
    struct slice draft;              /* lines of core/work/form; absent: none */
    bool judged;
    int prefer, strength; /* of the judgment that stands; CHOICE_MISSING if not judged */
    struct ranking ranking;
    struct slice rationale;
    bool handed_in; /* the judgment is final */
};
/* STATUS_USAGE if there is no such question. */
int load_question_work(struct store *store, const struct viewer *viewer, int64_t question, struct pool *pool,
                       struct question_work *out, struct error *error);

#endif
