/* What the parts of the history share: the store being made, its people, and what is known of every item. */
#ifndef APP_DEMO_STAGE_H
#define APP_DEMO_STAGE_H

#include "app/demo/answering.h"
#include "app/demo/history.h"
#include "app/demo/sim_world.h"
#include "app/founding.h"
#include "core/work/viewer.h"
#include "store/batch.h"
#include "store/store.h"

enum { STAGE_TRACKS = 2 };

/* What is known of an item that is in the store. */
struct known {
    bool known;
    struct truth truth;
    const struct archive_item *archived; /* NULL: a hand-written one */
};

struct stage {
    struct sim_world world;
    struct store *store;
    struct founding founding;
    struct viewer lead;
    int64_t start; /* of the history, UTC ms */
    uint64_t seed;
    struct stream dice; /* of everything passing */
    struct archive archive;
    struct {
        struct known *items; /* by the item's id */
        size_t count, capacity;
    } known;
    struct {
        const char *name;
        int64_t rubric_id;
        const struct rubric *rubric;
    } tracks[STAGE_TRACKS];
    int asked_plan; /* bits: planned questions that were asked */
    struct history_counts counts;
    struct pool pool;
};

static inline int stage_day(const struct stage *stage) {
    return (int)((stage->world.now - stage->start) / (24 * 3600 * INT64_C(1000)));
}

/* Files what is known of the item of this name, which has just been imported. (history.c) */
int stage_learn(struct stage *stage, struct slice name, const struct truth *truth, const struct archive_item *archived,
                struct error *error);

/* What is known of the item that somebody is served; STATUS_SYSTEM for one that nobody of the cast should have met. The id is the item's. */
int stage_recall(const struct stage *stage, struct item_ref ref, int64_t *id, const struct known **out,
                 struct error *error);

/* The lead's morning: imports, gold, answers, rulings that fall on this day. Day 0 is founded before. (desk.c) */
int desk_morning(struct stage *stage, int day, struct error *error);
/* After the six weeks: the hand-written items, and the newcomer. */
int desk_close(struct stage *stage, int64_t now, struct error *error);

/* Whether this person asks about this item now, and the text; NULL: no. Marks it as asked. */
const char *desk_question(struct stage *stage, const struct trait *who, const struct archive_item *item);

/* Six weeks of work. (weeks.c) */
int weeks_play(struct stage *stage, struct error *error);

#endif
