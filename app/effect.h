/*
 * Did it help: the figures of a track in the two weeks before something was done and in the two weeks after: a calibration session, a version
 * of the rubric. A comparison in time: it says nothing of the cause.
 */
#ifndef APP_EFFECT_H
#define APP_EFFECT_H

#include "app/gather.h"
#include "core/base/json.h"

enum { EFFECT_DAYS = 14 };

/* Of one stretch of time. */
struct effect_window {
    int64_t since, until; /* UTC ms; since 0: the stretch has not begun */
    size_t judgments;
    struct effect_version {
        char *label; /* "helpfulness@3"; "no rubric" */
        size_t judgments;
    } * versions; /* that they were made by, by number */
    size_t version_count;
    struct figure percent, alpha,
        gold; /* direction, n: items judged twice; as the reference, n: gold answers, Wilson */
    struct figure shared_percent, shared_alpha; /* percent and alpha on the track's shared set, which everybody gets */
    struct figure criteria[LIMIT_CRITERIA];     /* alpha, in the order of `ids` */
};

struct effect {
    struct effect_window before, after;
    char *ids[LIMIT_CRITERIA]; /* of the rubric in force */
    size_t criterion_count;
    bool running;    /* the second stretch is not over */
    bool has_shared; /* the track has a shared set */
};

struct effect_input {
    const char *track;
    int64_t begun, done;   /* UTC ms: when the first stretch ends and the second one begins; done 0: not yet */
    const int64_t *people; /* store ids: the work of these alone; NULL: everybody's */
    size_t people_count;
};

/* now: UTC ms. On success *out is to be released. */
int effect_read(struct effect *out, struct store *store, const struct viewer *viewer, const struct campaign *campaign,
                const struct effect_input *input, int64_t now, struct error *error);
void effect_release(struct effect *effect);

/* A heading and a table in Markdown; whose: "The work of these people on this track". */
void effect_write(struct buffer *out, const struct effect *effect, const char *whose);
/* Members "before" and "after" of an object that is open; null for a stretch that has not begun. */
void effect_write_json(struct json *json, const struct effect *effect);

#endif
