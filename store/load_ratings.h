/* What figures need beyond a history: the ratings of judgments, and which items share a prompt. Reads only. */
#ifndef STORE_LOAD_RATINGS_H
#define STORE_LOAD_RATINGS_H

#include "core/base/slice.h"
#include "store/store.h"

/* Ratings as the store keeps them (core/model/judgment.h), read by the rubric of that store id. The text lives until the call returns. */
typedef int ratings_visit(void *context, int64_t judgment, int64_t rubric, struct slice ratings, struct error *error);

/* Every judgment that has ratings, in order of submission; retracted ones and those of open batches too. A negative status of visit ends it. */
int load_ratings(struct store *store, ratings_visit *visit, void *context, struct error *error);

/* prompt_of[item id] = number of its prompt, 0 where there is no such item. *out is memory_free's; *count is one more than the largest id. */
int load_prompts(struct store *store, int64_t **out, size_t *count, struct error *error);

#endif
