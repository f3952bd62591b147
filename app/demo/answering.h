/* How one of the cast judges one item: the choice and everything beside it. */
#ifndef APP_DEMO_ANSWERING_H
#define APP_DEMO_ANSWERING_H

#include "app/demo/archive.h"
#include "app/demo/cast.h"
#include "core/base/buffer.h"
#include "core/model/judgment.h"
#include "core/model/rubric.h"
#include "core/quality/stream.h"

/* What somebody has before them. */
struct sight {
    const struct trait *who;
    const struct item *item;
    const char *shown;
    const struct truth *truth;
    const struct archive_item *archived; /* NULL: a hand-written item */
    const struct rubric *rubric;
    int day;
};

/* The judgment; its rationale points into `reason`. lasting: the dice of this person for this item, the same whenever they meet it;
 * passing: the dice of the moment. */
struct judgment answer_item(const struct sight *sight, struct stream *lasting, struct stream *passing,
                            struct buffer *reason);

/* Milliseconds that it takes. */
int64_t answer_time(const struct sight *sight, struct stream *passing);

/* A reason in words for the judgment (reasons.c). */
void reason_write(struct buffer *out, const struct sight *sight, const struct judgment *judgment, struct stream *dice);

#endif
