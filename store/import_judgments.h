/*
 * Judgments made elsewhere, by people or a model: one file, one transaction. begin … find an item, put a
 * judgment … end (or abort). Between begin and end nobody else writes. They are kept in memory until end,
 * about 230 bytes each and their words, and then stored in order of time.
 *
 * They belong to no batch and are final at once. A person not there yet is made: such people count in every
 * figure like any annotator, but do not end solo use and cannot act until they are added. What a judgment
 * is follows from the item: with a key in force it is what the key is for (gold, qualification, training),
 * else production; a person's second one of an item is a retest. After it the queue no longer asks for what
 * was brought, and the detector's holds are settled.
 */
#ifndef STORE_IMPORT_JUDGMENTS_H
#define STORE_IMPORT_JUDGMENTS_H

#include "core/model/campaign.h"
#include "core/model/judgment.h"
#include "core/work/viewer.h"
#include "store/import.h"

struct judgments;

struct judgment_counts {
    uint64_t added, same, gold, retests, outside; /* gold, retests, outside (by models and sources): of those added */
    uint64_t people;                              /* not there before */
};

/* The item that a line speaks of. */
struct judged_item {
    int64_t id, track_id;
    struct slice name, track;            /* name of the item and of its track */
    struct slice names[LIMIT_RESPONSES]; /* of its responses, in stored order */
    size_t response_count;
};

/* A judgment as a line gives it. Everything is borrowed. */
struct given_judgment {
    const struct judged_item *item;
    struct slice annotator;
    bool has_role;
    enum person_role role;
    struct slice uid; /* absent: made from all the rest, so that the same line is the same judgment */
    bool has_at, has_kind;
    int64_t at;                      /* without: now */
    enum kind kind;                  /* production, gold and nothing: by the rule above; any other is kept */
    int64_t rubric;                  /* store id of the text that it was made under; 0: none */
    bool has_rubric;                 /* the line named it: it counts when two are compared */
    const struct judgment *judgment; /* prefer, strength, confidence, ranking, rationale */
    struct slice ratings;            /* as ratings_write makes them for that rubric; absent: none */
    const char *shown;               /* stored letters in the order shown; "": not known */
    int64_t active_ms;               /* -1: not known */
    const char *const *tags, *const *flags;
    size_t tag_count, flag_count;
    uint64_t line;
};

/* source: its name and format ("jsonl", "csv"). dry_run: everything is checked, and end rolls back. */
int judgments_begin(struct store *store, const struct viewer *viewer, const struct campaign *campaign,
                    const struct import_source *source, bool dry_run, struct judgments **out, struct error *error);

/* The item of this name on this track (absent: on the only track that has it). Names go into the pool.
 * STATUS_INPUT: "item: …", "track: …". */
int judgments_find_item(struct judgments *judgments, struct slice name, struct slice track, struct pool *pool,
                        struct judged_item *out, struct error *error);

/* IMPORT_SAME: this judgment is in the store, or was put before. STATUS_INPUT, with the import still
 * usable: the same uid with other content, a name that is a model's or a file's and not a person's (or the
 * other way round). */
int judgments_put(struct judgments *judgments, const struct given_judgment *given, enum import_fate *fate,
                  struct error *error);

/* hash, bytes and lines of the whole file. Stores, one event, commits; frees the import either way. */
int judgments_end(struct judgments *judgments, struct slice hash, uint64_t bytes, uint64_t lines,
                  struct judgment_counts *counts, struct error *error);
void judgments_abort(struct judgments *judgments); /* NULL is fine */

#endif
