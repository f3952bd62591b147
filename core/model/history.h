/*
 * What figures are made of: judgments and gold keys as plain arrays, loaded from the store in one scan. Codes (person, category, language, track) are
 * small integers into name tables; 0 = none. Retracted judgments are never in it.
 */
#ifndef CORE_MODEL_HISTORY_H
#define CORE_MODEL_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/pool.h"
#include "core/model/item.h"
#include "core/model/person.h"
#include "core/model/rubric_marks.h"

struct history_row {
    int64_t judgment, item;
    int64_t at; /* UTC ms, when submitted */
    int person; /* code */
    int track, category, language;
    int rubric;       /* store id of the rubric row */
    int batch_number; /* of this person and track, from 1; 0: none (imported) */
    int batch;        /* index into batches; -1: not dealt (imported) */
    enum kind kind;
    int round;
    signed char prefer;      /* 0–25, CHOICE_TIE, CHOICE_NONE */
    signed char strength;    /* 0 = none */
    signed char confidence;  /* percent, -1 = none */
    char shown[3];           /* for pairs "ab" or "ba"; for three or more responses "" */
    char top;                /* stored letter of the response shown first; 0 = not known */
    unsigned char responses; /* how many; 0 = not known */
    const char *ranking;     /* of three or more responses, in the history's pool; NULL = none */
    int32_t active_ms;       /* time on task; -1 = unknown */
    int32_t lengths[2];      /* code points of stored responses a and b; 0 0 for three or more */
    int gold;                /* index into keys, the key in force now; -1 = no key */
    int first;               /* of a retest: index of the row it repeats; else -1 */
    bool held;               /* in the range of a hold without a releasing decision */
    bool training_burnt;     /* gold whose answer this person had been shown before: in no figure */
};

/* Rows are sorted by (person, track, judgment). */
struct history {
    struct history_row *rows;
    size_t row_count;
    struct gold_key *keys; /* explanation is absent here */
    size_t key_count;
    char **people, **tracks, **categories, **languages;               /* names by code; [0] is "" */
    enum person_role *roles;                                          /* by person code */
    size_t person_count, track_count, category_count, language_count; /* codes are below these */
    int64_t *person_ids;                                              /* store ids by person code */
    int64_t *track_ids;                                               /* store ids by track code */
    int64_t *track_rubrics;      /* by track code: the version in force, 0 none; NULL: not known */
    struct rubric_marks rubrics; /* all versions */
    struct batch_mark {
        int64_t id;
        int person, track, number, size;
        int64_t dealt, handed_in; /* handed_in 0: open */
    } * batches;
    size_t batch_count;
    struct restart_mark {
        int person, track; /* codes */
        int64_t at;        /* when they qualified: their detector begins again */
    } * restarts;          /* in order of at, for each person and track */
    size_t restart_count;
    struct pool pool; /* of the orders */
};

/* The verdict of a key on a row. */
enum verdict history_judge(const struct gold_key *key, const struct history_row *row);

/* Which models wrote the responses of an item: models[from] … of a list of numbers from 1, 0 where it is not told. */
struct item_models {
    uint32_t from;
    uint32_t count; /* up to the last response that names one; 0: none does */
};

/* The moments of one person on one track, ascending; to free with memory_free. */
int64_t *history_restarts(const struct history *history, int person, int track, size_t *count);

void history_release(struct history *history);

/* The code of a name or of a store id in one of these tables; 0 when it is not there. */
int history_code(char *const *names, size_t count, struct slice name);
int history_code_of_id(const int64_t *ids, size_t count, int64_t id);

#endif
