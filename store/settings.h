/*
 * Settings and rubrics: every version is kept as the text that came. The store does not read YAML: callers bring the parsed struct
 * beside its text.
 */
#ifndef STORE_SETTINGS_H
#define STORE_SETTINGS_H

#include "core/model/campaign.h"
#include "core/model/rubric.h"
#include "core/work/viewer.h"
#include "store/store.h"

struct settings_version {
    int64_t id;              /* grows; the largest is in force */
    struct slice yaml, hash; /* hash: 64 hex digits of BLAKE2b-256 */
    struct slice person;
    int64_t at;
};

enum rubric_change { RUBRIC_FIRST, RUBRIC_EDITORIAL, RUBRIC_SEMANTIC };

struct rubric_version {
    int64_t id; /* what a judgment names */
    struct slice name, yaml, hash;
    int version;
    enum rubric_change change;
    int64_t at;
};

/* A rubric that comes with settings: which track it is for, the parsed struct and its text. */
struct rubric_input {
    const char *track;
    const struct rubric *rubric;
    struct slice yaml;
};

/* Founds an empty store or replaces the settings: one new settings row, tracks that are new, rubrics that are new (a text already stored is not
 * stored twice), an event each. expected = id of the version that was looked at (0: none yet); another one in force is refused: "changed
 * meanwhile by …". A track that has items may not vanish. A changed order, overlap or shared set rebuilds the queue of its track. */
int settings_replace(struct store *store, const struct viewer *viewer, int64_t expected, struct slice yaml,
                     const struct campaign *campaign, const struct rubric_input *rubrics, size_t rubric_count,
                     struct error *error);

int settings_newest(struct store *store, struct pool *pool, struct settings_version *out, struct error *error);
int settings_history(struct store *store, struct pool *pool, struct settings_version **out, size_t *count,
                     struct error *error);

/* How a new version of a rubric enters the work. */
struct rubric_step {
    enum rubric_change change;
    double again; /* share, 0 to 1, of the items judged by other versions that people judge again (semantic) */
    int64_t seed; /* of the campaign: draws which */
    const int64_t *rulings; /* ids of rulings that stand in the rubric now: they are retired */
    size_t ruling_count;
};

struct rubric_effect {
    int64_t id;              /* of the version now in force */
    size_t judgments, items; /* final ones of people, made by other versions of this rubric on its tracks */
    size_t again;            /* items put to people again */
    size_t keys;             /* of gold in force on its tracks */
};

/*
 * A new version of the rubric that tracks use now (same name, greater version), or an earlier text of it again. It is in force at once: whoever
 * sits at an open item finishes that by the version on the screen, and is shown the changed lines before the next one.
 */
int rubric_replace(struct store *store, const struct viewer *viewer, const struct rubric *rubric, struct slice yaml,
                   const struct rubric_step *step, struct rubric_effect *effect, struct error *error);

/* The rubric in force on a track. */
int rubric_newest(struct store *store, const char *track, struct pool *pool, struct rubric_version *out,
                  struct error *error);
/* Its id alone: cheap enough to ask before every item. */
int rubric_in_force(struct store *store, const char *track, int64_t *id, struct error *error);
int rubric_by_id(struct store *store, int64_t id, struct pool *pool, struct rubric_version *out, struct error *error);
/* All versions of all rubrics, oldest first. */
int rubric_history(struct store *store, struct pool *pool, struct rubric_version **out, size_t *count,
                   struct error *error);

/* What became of a version: for leads. */
struct rubric_use {
    int64_t id;
    size_t judgments, items; /* final production judgments of people by it */
    struct slice read;       /* names, ", " between them */
    struct slice waiting;    /* of annotators who have read another version but not this one, which is in force */
};
/* Of the first `count` versions, in the order of rubric_history. */
int rubric_use(struct store *store, const struct viewer *viewer, struct pool *pool, struct rubric_use *out,
               size_t count, struct error *error);

/* A change of meaning that asks for a calibration: one was made since, or nothing had been judged, and it is settled. */
struct rubric_unsettled {
    struct slice track;
    int64_t id, before; /* the version, and the one before it */
    size_t judgments;   /* by older versions */
};
/* At most one a track, of versions since then (UTC ms). */
int rubric_unsettled(struct store *store, int64_t since, struct pool *pool, struct rubric_unsettled *out, size_t room,
                     size_t *count, struct error *error);

/* The rubric text that this person acknowledged last on the track, else that they judged by last (id 0: none yet), and
 * acknowledging one. */
int rubric_acknowledged(struct store *store, int64_t person, const char *track, int64_t *rubric, struct error *error);
int rubric_acknowledge(struct store *store, const struct viewer *viewer, int64_t rubric, struct error *error);

#endif
