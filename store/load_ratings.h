/* What figures need beyond a history: the ratings of judgments, and which items share a prompt. Reads only. */
#ifndef STORE_LOAD_RATINGS_H
#define STORE_LOAD_RATINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/slice.h"
#include "core/model/history.h"
#include "store/store.h"

/*
 * Ratings as the store keeps them (core/model/judgment.h), read by the rubric of that store id; the rationale. Each may be absent (length 0). The
 * texts live until the call returns.
 */
typedef int ratings_visit(void *context, int64_t judgment, int64_t rubric, struct slice ratings, struct slice rationale,
                          struct error *error);

/* Every judgment that has one of them, in order of submission; retracted ones and those of open batches too. A negative status of visit ends it. */
int load_ratings(struct store *store, ratings_visit *visit, void *context, struct error *error);

/* prompt_of[item id] = number of its prompt, 0 where there is no such item. *out is memory_free's; *count is one more than the largest id. */
int load_prompts(struct store *store, int64_t **out, size_t *count, struct error *error);

/* Servings of batches handed in: how many of a batch were gold or not, and how many of those were set aside. batch: its store id. */
typedef void servings_visit(void *context, int64_t batch, bool gold, int64_t served, int64_t aside);
int load_servings(struct store *store, servings_visit *visit, void *context, struct error *error);

/*
 * Which models wrote the responses of each item: of[item id] into `models`, numbers from 1 into *names (names[0] is ""). of is NULL and name_count 0 in a
 * store where no response names one. store_models_release frees all of it.
 */
struct store_models {
    struct item_models *of;
    uint16_t *models;
    size_t item_room;
    char **names;
    size_t name_count; /* with names[0] */
};
int load_models(struct store *store, struct store_models *out, struct error *error);
void store_models_release(struct store_models *models);

#endif
