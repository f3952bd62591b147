/* Questions to the lead, answers, and rulings (answers that hold for everybody, acknowledged once). */
#ifndef STORE_QUESTIONS_H
#define STORE_QUESTIONS_H

#include "core/work/viewer.h"
#include "store/store.h"

struct question {
    int64_t id;
    struct slice person, track, text;
    struct item_ref ref;
    int64_t at;
    struct slice answer; /* absent: open */
    struct slice answer_person;
    int64_t answer_at;
    bool ruling; /* the answer holds for everybody */
    bool seen;   /* the asker has seen the answer */
};

struct ruling {
    int64_t id;
    struct slice track, text, person;
    int64_t at;
    bool retired;
    bool acknowledged; /* by the viewer */
};

int question_ask(struct store *store, const struct viewer *viewer, int64_t serving, struct slice text,
                 struct error *error);
/* An annotator gets their own. */
int question_list(struct store *store, const struct viewer *viewer, struct pool *pool, struct question **out,
                  size_t *count, struct error *error);
int question_answer(struct store *store, const struct viewer *viewer, int64_t id, struct slice text, bool ruling,
                    struct error *error);
int question_seen(struct store *store, const struct viewer *viewer, int64_t id, struct error *error);

/* Of one track, or of all (NULL), oldest first. */
int ruling_list(struct store *store, const struct viewer *viewer, const char *track, struct pool *pool,
                struct ruling **out, size_t *count, struct error *error);
int ruling_add(struct store *store, const struct viewer *viewer, const char *track, struct slice text,
               struct error *error);
int ruling_retire(struct store *store, const struct viewer *viewer, int64_t id, struct error *error);
/*
 * Who has acknowledged which ruling: a line for each annotator who may work on its track and each lead who has
 * seen it, ruling by ruling, by name. For leads.
 */
struct acknowledgement {
    int64_t ruling;
    struct slice person;
    int64_t at; /* 0: not yet */
};
int ruling_acknowledgements(struct store *store, const struct viewer *viewer, struct pool *pool,
                            struct acknowledgement **out, size_t *count, struct error *error);
int ruling_acknowledge(struct store *store, const struct viewer *viewer, int64_t id, struct error *error);

#endif
