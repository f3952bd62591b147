/* See gold_forecast.h. Who has worked on a track has a row for it, who runs out first comes first. */
#include "app/gold_forecast.h"

#include <math.h>
#include <stdlib.h>

#include "core/base/json.h"
#include "core/base/memory.h"
#include "core/base/timestamp.h"
#include "core/report/decisions.h"
#include "store/load.h"
#include "store/load_desk.h"

#include "core/base/banned.h"

enum { WINDOW = 14 };          /* days looked back for the rate */
#define FARTHEST (100 * 365.0) /* days; beyond it no date is written */

struct line {
    const struct unseen_gold *gold;
    size_t seen; /* gold answered in the window */
    double days; /* INFINITY: not at this pace */
};

static int code_of(const int64_t *ids, int count, int64_t id) {
    for (int i = 1; i < count; i++)
        if (ids[i] == id)
            return i;
    return 0;
}

static size_t count_seen(const struct history *history, const struct unseen_gold *gold, int64_t since) {
    int person = code_of(history->person_ids, (int)history->person_count, gold->person);
    int track = code_of(history->track_ids, (int)history->track_count, gold->track);
    size_t seen = 0;
    for (size_t i = 0; person && track && i < history->row_count; i++) {
        const struct history_row *row = &history->rows[i];
        seen += row->kind == KIND_GOLD && row->person == person && row->track == track && row->at >= since;
    }
    return seen;
}

static int compare(const void *a, const void *b) {
    const struct line *x = a, *y = b;
    if (x->days < y->days || x->days > y->days)
        return x->days < y->days ? -1 : 1;
    return (x->gold > y->gold) - (x->gold < y->gold);
}

static bool has_date(const struct line *line) {
    return line->days < FARTHEST;
}

/* The day on which the last one is met. */
static struct timestamp date_of(const struct line *line, int64_t now) {
    return timestamp_day(now + (int64_t)(line->days * (double)MS_DAY));
}

static void print_table(FILE *out, const struct line *lines, size_t count, int64_t now) {
    if (count == 0) {
        fputs("nobody has worked yet on a track with hidden gold\n", out);
        return;
    }
    fprintf(out, "%-16s %-16s %8s %16s  %s\n", "person", "track", "not met", "in 14 days", "runs out");
    for (size_t i = 0; i < count; i++) {
        print_column(out, lines[i].gold->person_name, 17);
        print_column(out, lines[i].gold->track_name, 17);
        fprintf(out, "%8lld %16zu  %s\n", (long long)lines[i].gold->unseen, lines[i].seen,
                lines[i].gold->unseen == 0 ? "has run out"
                : has_date(&lines[i])      ? date_of(&lines[i], now).text
                                           : "not at this pace");
    }
}

static void print_json(FILE *out, const struct line *lines, size_t count, int64_t now) {
    struct buffer text = BUFFER_INIT;
    struct json json;
    json_start(&json, &text);
    json_open(&json, '[');
    for (size_t i = 0; i < count; i++) {
        json_open(&json, '{');
        json_key(&json, "person");
        json_string(&json, lines[i].gold->person_name);
        json_key(&json, "track");
        json_string(&json, lines[i].gold->track_name);
        json_key(&json, "unseen");
        json_integer(&json, lines[i].gold->unseen);
        json_key(&json, "answered");
        json_integer(&json, (int64_t)lines[i].seen);
        json_key(&json, "window_days");
        json_integer(&json, WINDOW);
        json_key(&json, "days");
        if (has_date(&lines[i]))
            json_number(&json, lines[i].days);
        else
            json_null(&json);
        json_key(&json, "runs_out");
        json_text(&json, has_date(&lines[i]) ? date_of(&lines[i], now).text : NULL);
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
    size_t count = 0;
    int64_t now = invocation->world->now(invocation->world);
    int status = load_unseen_gold(invocation->store, &invocation->viewer, &pool, &unseen, &count, error);
    if (!status)
        status = load_history(invocation->store, &scope, &history, error);
    if (!status) {
        struct line *lines = pool_new(&pool, count, sizeof *lines);
        for (size_t i = 0; i < count; i++) {
            size_t seen = count_seen(&history, &unseen[i], now - WINDOW * MS_DAY);
            lines[i] = (struct line){&unseen[i], seen, forecast_days((size_t)unseen[i].unseen, seen, WINDOW)};
        }
        if (count > 1)
            qsort(lines, count, sizeof *lines, compare);
        if (invocation->json)
            print_json(invocation->out, lines, count, now);
        else
            print_table(invocation->out, lines, count, now);
    }
    history_release(&history);
    pool_release(&pool);
    return status;
}
