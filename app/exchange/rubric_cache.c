/* Store id → parsed rubric; see rubric_cache.h. A campaign has a handful of them. */
#include "app/exchange/rubric_cache.h"

#include "core/base/array.h"
#include "rubrics/rubric.h"
#include "store/settings.h"

#include "core/base/banned.h"

int rubric_cache_find(struct rubric_cache *cache, int64_t id, const struct rubric **out, struct error *error) {
    *out = NULL;
    if (id == 0)
        return 0;
    for (size_t i = 0; i < cache->count; i++)
        if (cache->items[i].id == id) {
            *out = cache->items[i].rubric;
            return 0;
        }
    struct pool pool = POOL_INIT;
    struct rubric_version version;
    struct rubric *rubric = memory_new(1, sizeof *rubric);
    int status = rubric_by_id(cache->store, id, &pool, &version, error);
    if (!status)
        status = rubric_read(version.yaml, store_path(cache->store), rubric, error);
    pool_release(&pool);
    if (status) {
        memory_free(rubric);
        return status;
    }
    *ARRAY_ADD(cache) = (struct rubric_cache_entry){id, rubric};
    *out = rubric;
    return 0;
}

void rubric_cache_release(struct rubric_cache *cache) {
    for (size_t i = 0; i < cache->count; i++) {
        rubric_release(cache->items[i].rubric);
        memory_free(cache->items[i].rubric);
    }
    ARRAY_RELEASE(cache);
}
