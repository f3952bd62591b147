#include "core/report/forecast.h"

#include <stdlib.h>

#include "core/base/memory.h"

#include "core/base/banned.h"

/* Among the paces of everybody on every track. */
static size_t place_of(const struct history *history, size_t person, size_t track) {
    return person * history->track_count + track;
}

static int compare(const void *a, const void *b) {
    const struct pool_forecast *x = a, *y = b;
    if (x->until.days < y->until.days || x->until.days > y->until.days)
        return x->until.days < y->until.days ? -1 : 1;
    return (x->line > y->line) - (x->line < y->line);
}

void forecast_pools(struct pool_forecast *pools, size_t count, const struct history *history, int64_t now) {
    struct pace *paces = memory_new(history->person_count * history->track_count, sizeof *paces);
    struct pace_days days;
    pace_days_init(&days, now);
    for (size_t i = 0; i < history->row_count; i++) {
        const struct history_row *row = &history->rows[i];
        if (row->kind == KIND_GOLD)
            pace_add(&paces[place_of(history, (size_t)row->person, (size_t)row->track)], &days, row->at);
    }
    for (size_t i = 0; i < count; i++) {
        size_t person = (size_t)history_code_of_id(history->person_ids, history->person_count, pools[i].person);
        size_t track = (size_t)history_code_of_id(history->track_ids, history->track_count, pools[i].track);
        pools[i].pace = person && track ? paces[place_of(history, person, track)] : (struct pace){0};
        pools[i].until = pace_until(&pools[i].pace, (double)pools[i].unseen);
    }
    memory_free(paces);
    if (count > 1)
        qsort(pools, count, sizeof *pools, compare);
}
