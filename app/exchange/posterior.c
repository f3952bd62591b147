#include "app/exchange/posterior.h"

#include <math.h>

#include "app/exchange/rubric_cache.h"
#include "store/load.h"
#include "store/settings.h"

#include "core/base/banned.h"

static int find_scale(struct team_scale *scale, struct store *store, const char *track, struct error *error) {
    struct pool pool = POOL_INIT;
    struct rubric_version version;
    struct rubric_cache rubrics = RUBRIC_CACHE_INIT(store);
    const struct rubric *rubric = NULL;
    int status = rubric_newest(store, track, &pool, &version, error);
    if (!status)
        status = rubric_cache_find(&rubrics, version.id, &rubric, error);
    if (!status && rubric)
        *scale = (struct team_scale){rubric->strength_count, rubric->tie, rubric->none};
    rubric_cache_release(&rubrics);
    pool_release(&pool);
    return status;
}

int posterior_load(struct track_labels *out, struct store *store, const char *track, enum label_method method,
                   bool held, struct error *error) {
    struct load_scope scope = {.track = track};
    struct team_scale scale = {0};
    struct history history;
    *out = (struct track_labels){0};
    int status = find_scale(&scale, store, track, error);
    if (!status)
        status = load_history(store, &scope, &history, error);
    if (status)
        return status;
    for (size_t code = 1; code < history.track_count; code++)
        if (slice_is(slice_of(history.tracks[code]), track)) {
            struct counted counted;
            counted_init(&counted, &history, (int)code, NULL, 0);
            track_labels_init(out, &counted, &scale, method, !held);
            counted_release(&counted);
        }
    history_release(&history);
    return STATUS_OK;
}

static void write_chance(struct json *json, double chance) {
    json_number(json, round(chance * 1e6) / 1e6);
}

void posterior_write(struct json *json, const struct track_labels *labels, int64_t id, const struct item *item) {
    const double *chances = track_labels_posterior(labels, id);
    const struct team_levels *levels = &labels->levels;
    json_key(json, "posterior");
    if (!chances) {
        json_null(json);
        return;
    }
    /* levels are those of the track, whose other items may have more responses: what this one can be is all there is */
    double sum = 0;
    for (size_t i = 0; i < levels->count; i++)
        sum += i < item->response_count || i >= levels->letters ? chances[i] : 0;
    sum = sum > 0 ? sum : 1;
    json_open(json, '{');
    for (size_t i = 0; i < item->response_count; i++) {
        json_key_slice(json, item->responses[i].name);
        write_chance(json, i < levels->letters ? chances[i] / sum : 0);
    }
    if (levels->tie) {
        json_key(json, "tie");
        write_chance(json, chances[levels->letters] / sum);
    }
    if (levels->none) {
        json_key(json, "none");
        write_chance(json, chances[levels->letters + levels->tie] / sum);
    }
    json_close(json, '}');
}
