/* What import_judgments.c and import_judgments_end.c share; not for other folders. */
#ifndef STORE_IMPORT_JUDGMENTS_PARTS_H
#define STORE_IMPORT_JUDGMENTS_PARTS_H

#include "store/import_judgments.h"
#include "store/internal.h"

/* One judgment that waits for the end. Texts live in the import's pool; "" where there is none. */
struct waiting {
    int64_t item, track, person, rubric, at, active_ms;
    uint64_t line;
    const char *uid, *ranking, *ratings, *shown, *rationale;
    const char *marks; /* "0" and a tag, "1" and a flag, sorted, a line feed between: "0off-topic\n1unsafe" */
    int prefer, strength, confidence;
    int kind; /* -1: follows from the item */
    bool has_at, has_rubric, outside;
    bool stored; /* was in the store before; kept to know it again */
};

struct judgments {
    struct store *store;
    struct viewer viewer;
    const struct campaign *campaign;
    struct pool pool;
    char *source_name, *format;
    bool dry_run;
    int64_t at; /* of the import */
    struct waiting *items;
    size_t count, capacity;
    uint32_t *by_uid; /* index + 1 into items, open addressing */
    size_t slots;     /* a power of two, or 0 */
    struct judgment_counts counts;
};

/* Gives *waiting a uid if the line named none, and tells whether this judgment is there. STATUS_INPUT:
 * the uid is there with other content. */
int judgments_same(struct judgments *judgments, const struct given_judgment *given, struct waiting *waiting, bool *same,
                   struct error *error);
void judgments_remember(struct judgments *judgments, const struct waiting *waiting);

/* Stores everything, in order of time. */
int judgments_store(struct judgments *judgments, struct error *error);

#endif
