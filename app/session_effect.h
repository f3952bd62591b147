/*
 * Did it help: the figures of a session's people on its track in the two weeks before it was made and in the two
 * weeks after it was closed. A comparison in time: it says nothing of the cause.
 */
#ifndef APP_SESSION_EFFECT_H
#define APP_SESSION_EFFECT_H

#include "app/gather.h"
#include "store/session.h"

enum { EFFECT_DAYS = 14 };

/* Of one stretch of time. */
struct effect_window {
    int64_t since, until; /* UTC ms; since 0: the stretch has not begun */
    size_t judgments;
    struct figure percent, alpha, gold;     /* direction, n: shared items; as the reference, n: gold answers, Wilson */
    struct figure criteria[LIMIT_CRITERIA]; /* alpha, in the order of `ids` */
};

struct session_effect {
    struct effect_window before, after;
    char *ids[LIMIT_CRITERIA]; /* of the rubric in force */
    size_t criterion_count;
    bool running; /* the second stretch is not over */
};

/* People by store id. now: UTC ms. On success *out is to be released. */
int session_effect_read(struct session_effect *out, struct store *store, const struct viewer *viewer,
                        const struct campaign *campaign, const struct session *session, const int64_t *people,
                        size_t people_count, int64_t now, struct error *error);
void session_effect_release(struct session_effect *effect);

#endif
