/* See gold_forecast.h. Who has worked on a track has a row for it, who runs out first comes first. */
#include "app/gold_forecast.h"

#include <math.h>

#include "app/dates.h"
#include "core/base/json.h"
#include "core/report/forecast.h"
#include "store/load.h"
#include "store/load_desk.h"

#include "core/base/banned.h"

struct forecast {
    const struct unseen_gold *unseen;
    struct pool_forecast *pools; /* who runs out first comes first; line: index into unseen */
    size_t count;
    int64_t now;
};

static void print_table(FILE *out, const struct forecast *forecast) {
    if (forecast->count == 0) {
        fputs("nobody has worked yet on a track with hidden gold\n", out);
        return;
    }
    fprintf(out, "%-14s %-14s %7s  %-13s %s\n", "person", "track", "not met", "answered", "runs out");
    for (size_t i = 0; i < forecast->count; i++) {
        const struct pool_forecast *pool = &forecast->pools[i];
        struct pace_figures pace = pace_figures(&pool->pace);
        struct buffer words = BUFFER_INIT;
        print_column(out, forecast->unseen[pool->line].person_name, 15);
        print_column(out, forecast->unseen[pool->line].track_name, 15);
        if (pace.days)
            buffer_add_format(&words, "%d in %d day%s", pace.total, pace.days, pace.days == 1 ? "" : "s");
        else
            buffer_add_string(&words, "too early");
        fprintf(out, "%7zu  %-13s ", pool->unseen, words.data);
        buffer_clear(&words);
        dates_add(&words, &pool->until, forecast->now);
        fprintf(out, "%s\n", pool->unseen == 0 ? "has run out" : words.data);
        buffer_release(&words);
    }
}

static void print_json(FILE *out, const struct forecast *forecast) {
    struct buffer text = BUFFER_INIT;
    struct json json;
    json_start(&json, &text);
    json_open(&json, '[');
    for (size_t i = 0; i < forecast->count; i++) {
        const struct pool_forecast *pool = &forecast->pools[i];
        struct pace_figures pace = pace_figures(&pool->pace);
        json_open(&json, '{');
        json_key(&json, "person");
        json_string(&json, forecast->unseen[pool->line].person_name);
        json_key(&json, "track");
        json_string(&json, forecast->unseen[pool->line].track_name);
        json_key(&json, "unseen");
        json_integer(&json, (int64_t)pool->unseen);
        json_key(&json, "answered");
        json_integer(&json, pace.total);
        json_key(&json, "window_days");
        json_integer(&json, pace.days);
        json_key(&json, "days");
        if (pace_date(forecast->now, pool->until.days))
            json_number(&json, pool->until.days);
        else
            json_null(&json);
        dates_json(&json, "runs_out", &pool->until, forecast->now);
        json_close(&json, '}');
    }
    json_close(&json, ']');
    fprintf(out, "%s\n", text.data);
    buffer_release(&text);
}

int gold_forecast(struct invocation *invocation, struct error *error) {
    struct pool pool = POOL_INIT;
    struct history history = {0};
    struct load_scope scope = {0};
    struct unseen_gold *unseen = NULL;
    struct forecast forecast = {.now = invocation->world->now(invocation->world)};
    int status = load_unseen_gold(invocation->store, &invocation->viewer, &pool, &unseen, &forecast.count, error);
    if (!status)
        status = load_history(invocation->store, &scope, &history, error);
    if (!status) {
        forecast.unseen = unseen;
        forecast.pools = pool_new(&pool, forecast.count, sizeof *forecast.pools);
        for (size_t i = 0; i < forecast.count; i++)
            forecast.pools[i] = (struct pool_forecast){
                .person = unseen[i].person, .track = unseen[i].track, .unseen = (size_t)unseen[i].unseen, .line = i};
        forecast_pools(forecast.pools, forecast.count, &history, forecast.now);
        (invocation->json ? print_json : print_table)(invocation->out, &forecast);
    }
    history_release(&history);
    pool_release(&pool);
    return status;
}
