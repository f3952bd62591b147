/* The rubrics that judgments name, read once each: store id → parsed rubric. */
#ifndef APP_EXCHANGE_RUBRIC_CACHE_H
#define APP_EXCHANGE_RUBRIC_CACHE_H

#include "core/base/error.h"
#include "core/model/rubric.h"
#include "store/store.h"

struct rubric_cache {
    struct store *store;
    struct rubric_cache_entry {
        int64_t id;
        struct rubric *rubric;
    } * items;
    size_t count, capacity;
};

#define RUBRIC_CACHE_INIT(opened) \
    { .store = (opened) }

/* The rubric of a store id, valid until release; NULL for id 0. */
int rubric_cache_find(struct rubric_cache *cache, int64_t id, const struct rubric **out, struct error *error);
void rubric_cache_release(struct rubric_cache *cache);

#endif
