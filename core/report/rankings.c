/* Orders by group and item; see rankings.h. */
#include "core/report/rankings.h"

#include <math.h>
#include <stdlib.h>

#include "core/base/memory.h"
#include "core/quality/bootstrap.h"
#include "core/quality/rank.h"
#include "core/quality/stream.h"

#include "core/base/banned.h"

struct placed {
    uint32_t group, unit;
    unsigned char responses;
    const char *text;
};

static int compare_placed(const void *a, const void *b) {
    const struct placed *x = a, *y = b;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    return (x->unit > y->unit) - (x->unit < y->unit);
}

/* Mean and percentile interval of values that are one an item. */
static struct figure mean_figure(const double *values, size_t n, uint64_t seed, const char *reason) {
    struct stream stream;
    double sum = 0, means[BOOTSTRAP_REPLICATES];
    if (n == 0)
        return figure_undefined(reason, 0);
    for (size_t i = 0; i < n; i++)
        sum += values[i];
    if (n == 1)
        return figure_point(sum, 1);
    stream_init(&stream, seed, 0);
    for (int r = 0; r < BOOTSTRAP_REPLICATES; r++) {
        means[r] = 0;
        for (size_t i = 0; i < n; i++)
            means[r] += values[stream_below(&stream, n)] / (double)n;
    }
    double low = percentile(means, BOOTSTRAP_REPLICATES, 0.025);
    return figure_interval(sum / (double)n, low, percentile(means, BOOTSTRAP_REPLICATES, 0.975), n);
}

/* Of the people on one item: the rows of placed[0 … count-1]. */
static size_t read_tiers(const struct placed *placed, size_t count, size_t responses, int *tiers) {
    size_t people = 0;
    for (size_t i = 0; i < count; i++) {
        int tier[LIMIT_RESPONSES];
        if (!ranking_valid(slice_of(placed[i].text), responses, true))
            continue;
        ranking_tiers(placed[i].text, responses, tier);
        memcpy(&tiers[people++ * responses], tier, responses * sizeof *tiers);
    }
    return people;
}

/* The orders of one group, sorted by item. */
static void find_group(struct track_rankings *out, const struct placed *placed, size_t n, size_t least, uint64_t seed) {
    static const char none[] = "no item has two orders", few[] = "under 50 items have two orders";
    size_t taus = 0, ws = 0;
    double *tau = memory_new(n, sizeof *tau), *w = memory_new(n, sizeof *w);
    for (size_t from = 0, to; from < n; from = to) {
        size_t responses = placed[from].responses;
        for (to = from; to < n && placed[to].unit == placed[from].unit;)
            to++;
        int *tiers = memory_new((to - from) * responses, sizeof *tiers);
        size_t people = read_tiers(&placed[from], to - from, responses, tiers);
        struct figure one = rank_tau_mean(tiers, people, responses), all = rank_concordance(tiers, people, responses);
        if (people > 1 && !one.undefined)
            tau[taus++] = one.value;
        if (people > 1 && !all.undefined)
            w[ws++] = all.value;
        memory_free(tiers);
    }
    out->judgments = n;
    out->tau = taus && taus < least ? figure_undefined(few, taus) : mean_figure(tau, taus, seed, none);
    out->concordance = ws && ws < least ? figure_undefined(few, ws) : mean_figure(w, ws, seed + 1, none);
    memory_free(tau);
    memory_free(w);
}

void track_rankings_find(struct track_rankings *out, const struct counted *counted, const struct row_groups *groups,
                         int64_t seed) {
    static const struct row_groups one = {.count = 1};
    size_t n = 0;
    if (!groups)
        groups = &one;
    struct placed *placed = memory_new(counted->row_count, sizeof *placed);
    for (size_t i = 0; i < counted->row_count; i++) {
        const struct counted_row *row = &counted->rows[i];
        const struct history_row *judged = counted_at(counted, i);
        uint32_t group = groups->of ? groups->of[i] : 1;
        if (row->first && row->team && group > 0 && judged->ranking && judged->ranking[0])
            placed[n++] = (struct placed){group - 1, row->unit, judged->responses, judged->ranking};
    }
    if (n > 1)
        qsort(placed, n, sizeof *placed, compare_placed);
    for (size_t g = 0, from = 0, to; g < groups->count; g++, from = to) {
        for (to = from; to < n && placed[to].group == g;)
            to++;
        find_group(&out[g], &placed[from], to - from, groups->least,
                   team_seed(seed, counted->track, TEAM_RANKING, (groups->number << 32) + 2 * g));
    }
    memory_free(placed);
}
