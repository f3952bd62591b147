/* What deal.c and deal_facts.c share: everything from which a batch is put together. */
#ifndef STORE_DEAL_PARTS_H
#define STORE_DEAL_PARTS_H

#include "core/work/dealing.h"
#include "store/work_parts.h"

/* Gold or an earlier judgment that may be served. */
struct deal_candidate {
    int64_t item, prompt;
    char before[LIMIT_RESPONSES + 1]; /* of a retest: the order it was shown in */
};

/* items[i] is what the match looks at of candidates[i]. */
struct deal_candidates {
    struct deal_item *items;
    struct deal_candidate *candidates;
    size_t count, item_capacity, candidate_capacity;
};
void deal_candidates_release(struct deal_candidates *candidates);

/* Hidden gold of the track whose prompt this person has seen in no role, and whose key they did not write; one a
 * prompt. Of a large pool a part that is spread over the whole, another one for each batch. */
int deal_read_gold(struct store *store, int64_t person, int64_t track, int64_t batch, const struct taste *taste,
                   struct deal_candidates *out, struct error *error);

/* Items of a pool that is served apart (training, qualification), in the order of their import, that this person has seen in no role, whose
 * key they did not write and that suit them; one a prompt. The first `enough` of them; SIZE_MAX: all. */
int deal_read_apart(struct store *store, int64_t person, int64_t track, enum gold_use use, const struct taste *taste,
                    size_t enough, struct deal_candidates *out, struct error *error);

/* The person's own final production judgments, old enough and never retested: of a few of the batches that are old
 * enough. */
int deal_read_retests(struct store *store, int64_t person, int64_t track, const struct track_settings *settings,
                      int64_t batch, struct deal_candidates *out, struct error *error);

/* The share of gold of the next batch. */
int deal_gold_rate(struct store *store, int64_t person, int64_t track, const struct track_settings *settings,
                   double *rate, struct error *error);

int deal_what_is_left(struct store *store, int64_t person, int64_t track, struct nothing_left *out,
                      struct error *error);

#endif
