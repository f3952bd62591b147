/*
 * Reading in bulk: arrays for figures, and walks over items and judgments for lists, `judgments` and export. Reads only.
 */
#ifndef STORE_LOAD_H
#define STORE_LOAD_H

#include "core/model/campaign.h"
#include "core/model/history.h"
#include "core/model/judgment.h"
#include "core/work/viewer.h"
#include "store/batch.h"
#include "store/store.h"

struct load_scope {
    int64_t person;       /* 0: everybody */
    const char *track;    /* NULL: all */
    int64_t since, until; /* UTC ms; 0: open end */
    bool open;            /* judgments of open batches too (never for an annotator) */
    double shared;        /* the share that the track's shared set is of its items: its items alone; 0: all items */
};

/* Everything that figures are made of: one scan a table. */
int load_history(struct store *store, const struct load_scope *scope, struct history *out, struct error *error);

/* Items of a track (NULL: all) by state, over all items: total = gold + judged + open. */
struct item_counts {
    int64_t total, gold, judged, open, aside_lead;
    int64_t
        closed; /* of closed categories, with fewer judgments than are wanted: like retired ones, in no other count */
    int64_t waiting; /* judgments in open batches */
};
int load_item_counts(struct store *store, const char *track, struct item_counts *out, struct error *error);
/* The last of these counts alone: one look at the open batches. */
int load_waiting(struct store *store, const char *track, int64_t *waiting, struct error *error);

/* One item with everything a lead may see. */
struct item_line {
    int64_t id;
    struct item_ref ref;
    struct item item;
    bool gold;         /* has a key in force; item.gold points to it */
    bool was_gold;     /* has none in force, but had one */
    int64_t judgments; /* final ones by annotators */
    int64_t wanted;    /* still in the queue */
    struct slice source;
    int64_t source_line;
    bool retired;
};
/* Calls visit for each item in stored order; a negative status from it stops the walk and is returned. The pool is cleared between calls. */
typedef int item_visit(void *context, const struct item_line *line, struct error *error);
int load_items(struct store *store, const char *track, item_visit *visit, void *context, struct error *error);
int load_item(struct store *store, int64_t id, struct pool *pool, struct item_line *out, struct error *error);
/* Leaves items out of the queue for good, with a reason. */
int item_retire(struct store *store, const struct viewer *viewer, int64_t item, struct slice why, struct error *error);
/* What was set aside to the lead goes back to the queue, for other people; STATUS_USAGE if it was not. (aside.c) */
int item_give_back(struct store *store, const struct viewer *viewer, int64_t item, struct slice why,
                   struct error *error);

/* One judgment with everything known of it. An annotator gets their own, without kind and with the opaque reference in place of the name. */
struct judgment_line {
    struct slice uid, item, track, annotator;
    struct item_ref ref;
    enum person_role role;
    enum kind kind;
    bool kind_hidden;
    int round;
    struct judgment judgment;
    struct slice tags, flags; /* words, comma-separated, as marked */
    struct slice response_names[LIMIT_RESPONSES];
    size_t response_count;
    char shown[LIMIT_RESPONSES + 1];
    int64_t active_ms; /* -1 unknown */
    int64_t at;
    int64_t rubric;       /* store id; 0 none */
    struct slice ratings; /* raw cells, by the rubric of that id */
    struct slice rubric_name, rubric_hash;
    int rubric_version;
    bool final, held;
    bool redacted; /* the item's texts were taken out */
    int batch_number;
};
typedef int judgment_visit(void *context, const struct judgment_line *line, struct error *error);
/* In order of submission; retracted ones are left out. */
int load_judgments(struct store *store, const struct viewer *viewer, const struct load_scope *scope,
                   judgment_visit *visit, void *context, struct error *error);

/* Export: items of a track with the votes that count (final, not retracted, kind production or a source's label if asked, not held unless asked). */
struct export_item {
    int64_t id;
    struct item item;
    bool gold;
    const struct export_vote {
        int prefer, strength, confidence;
        const char *ranking; /* NULL: none */
        const char *person;
        enum person_role role;
        bool held;
        int64_t rubric; /* store id; 0: none */
    } * votes;
    size_t vote_count;
    size_t held_count; /* votes left out because they are held */
};
typedef int export_visit(void *context, const struct export_item *item, struct error *error);
struct export_scope {
    const char *track;       /* required */
    bool open, held, labels; /* open batches too; held ones too; labels of sources and models too */
};
/* In stored order. */
int load_export(struct store *store, const struct export_scope *scope, export_visit *visit, void *context,
                struct error *error);

/* Time sheet: one row a person, day (local midnight, UTC ms) and track. */
struct hours_row {
    struct slice person, track;
    int64_t day, active_ms, idle_ms; /* idle: time between first and last judgment of a sitting that is not active */
    int64_t items, hand_ins;
};
int load_hours(struct store *store, const struct viewer *viewer, const char *person, bool by_week, struct pool *pool,
               struct hours_row **out, size_t *count, struct error *error);

/* Today and this batch for the pane: counts and time since local midnight, of one person over all tracks. */
int load_today(struct store *store, int64_t person, int64_t midnight, int64_t *judged, int64_t *active_ms,
               struct error *error);

#endif
