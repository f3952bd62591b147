/* Gold: items with a reference answer. An amended key is a new row; what rested on the old one follows by itself, holds are settled here. */
#ifndef STORE_GOLD_H
#define STORE_GOLD_H

#include "core/model/campaign.h"
#include "core/model/item.h"
#include "core/work/viewer.h"
#include "store/store.h"

struct gold_line {
    int64_t item;
    struct item_ref ref;
    struct slice name, track, category, language;
    struct gold_key key;
    struct slice origin, person;         /* "import", "promoted", "amended"… */
    char responses[LIMIT_RESPONSES][64]; /* their names, cut */
    size_t response_count;
    int64_t answered, right; /* final hidden judgments on it by annotators, and how many were right by this key */
    int64_t at;
};

int gold_list(struct store *store, const struct viewer *viewer, struct pool *pool, struct gold_line **out,
              size_t *count, struct error *error);

/* The key in force, or STATUS_USAGE "is not gold". */
int gold_of_item(struct store *store, int64_t item, struct pool *pool, struct gold_key *out, struct error *error);

/* The newest key of an item that is or was gold. STATUS_USAGE where it never was, or was made void. */
struct last_key {
    struct gold_key key;
    bool retired;
};
int gold_last(struct store *store, const struct viewer *viewer, int64_t item, struct pool *pool, struct last_key *out,
              struct error *error);

/* An item that is not gold becomes gold (its open places in the queue are closed). Where it was gold before, holds of everyone who answered it
 * then are settled again. */
int gold_promote(struct store *store, const struct viewer *viewer, const struct campaign *campaign, int64_t item,
                 const struct gold_key *key, struct slice why, struct error *error);
/* A new key for a gold item, or for a retired one that is not void (which stays retired): holds of everyone who answered it are settled again. */
int gold_amend(struct store *store, const struct viewer *viewer, const struct campaign *campaign, int64_t item,
               const struct gold_key *key, struct slice why, struct error *error);
/* No longer served; what was answered leaves every figure if `void_outcomes`, else stays. A retired one can still be made void. */
int gold_retire(struct store *store, const struct viewer *viewer, const struct campaign *campaign, int64_t item,
                bool void_outcomes, struct slice why, struct error *error);

#endif
