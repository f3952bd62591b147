/* `assay hours`: the time sheet. */
#include "app/command.h"
#include "core/base/json.h"
#include "core/base/timestamp.h"
#include "store/load.h"
#include "store/people.h"

#include "core/base/banned.h"

static void write_json(FILE *out, const struct hours_row *rows, size_t count) {
    struct buffer text = BUFFER_INIT;
    struct json json;
    json_start(&json, &text);
    json_open(&json, '[');
    for (size_t i = 0; i < count; i++) {
        json_open(&json, '{');
        json_key(&json, "annotator");
        json_string(&json, rows[i].person);
        json_key(&json, "track");
        json_string(&json, rows[i].track);
        json_key(&json, "from");
        json_text(&json, timestamp_local_day(rows[i].day).text);
        json_key(&json, "active_seconds");
        json_number(&json, (double)rows[i].active_ms / 1000);
        json_key(&json, "idle_seconds");
        json_number(&json, (double)rows[i].idle_ms / 1000);
        json_key(&json, "items");
        json_integer(&json, rows[i].items);
        json_key(&json, "hand_ins");
        json_integer(&json, rows[i].hand_ins);
        json_close(&json, '}');
    }
    json_close(&json, ']');
    fprintf(out, "%s\n", text.data);
    buffer_release(&text);
}

/* A CSV field: quoted when it must be, and never a formula for a spreadsheet. */
static void write_field(FILE *out, struct slice text) {
    fputc('"', out);
    if (text.length && strchr("=+-@", text.data[0]))
        fputc('\'', out);
    struct buffer clean = BUFFER_INIT;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] == '"')
            buffer_add_char(&clean, '"');
        buffer_add_char(&clean, text.data[i]);
    }
    print_text(out, buffer_slice(&clean), false);
    buffer_release(&clean);
    fputc('"', out);
}

static void write_csv(FILE *out, const struct hours_row *rows, size_t count) {
    fputs("annotator,track,from,active_hours,idle_hours,items,hand_ins\n", out);
    for (size_t i = 0; i < count; i++) {
        write_field(out, rows[i].person);
        fputc(',', out);
        write_field(out, rows[i].track);
        fprintf(out, ",%s,%.2f,%.2f,%lld,%lld\n", timestamp_local_day(rows[i].day).text,
                (double)rows[i].active_ms / MS_HOUR, (double)rows[i].idle_ms / MS_HOUR, (long long)rows[i].items,
                (long long)rows[i].hand_ins);
    }
}

static void write_table(FILE *out, const struct hours_row *rows, size_t count) {
    if (count == 0) {
        fputs("no time on task yet\n", out);
        return;
    }
    fprintf(out, "%-14s %-16s %-10s %9s %9s %7s %8s\n", "name", "track", "from", "active", "idle", "items", "batches");
    for (size_t i = 0; i < count; i++) {
        print_column(out, rows[i].person, 15);
        print_column(out, rows[i].track, 17);
        fprintf(out, "%-10s %3lld h %02lld %5lld h %02lld %7lld %8lld\n", timestamp_local_day(rows[i].day).text,
                (long long)(rows[i].active_ms / MS_HOUR), (long long)(rows[i].active_ms / MS_MINUTE % 60),
                (long long)(rows[i].idle_ms / MS_HOUR), (long long)(rows[i].idle_ms / MS_MINUTE % 60),
                (long long)rows[i].items, (long long)rows[i].hand_ins);
    }
}

static int run(struct invocation *invocation, struct error *error) {
    const char *by = option_value(invocation, "by"), *annotator = option_value(invocation, "annotator");
    int status = arguments_between(invocation, 1, 1, error);
    if (!status)
        status = open_store(invocation, STORE_READ_ONLY, ACCESS_OWN, error);
    if (!status && annotator && !slice_is(slice_of(annotator), invocation->viewer.name))
        status = require_access(invocation, ACCESS_LEAD, error);
    if (status)
        return status;
    if (invocation->json && option_given(invocation, "csv"))
        return error_set(error, STATUS_USAGE, "hours: --json or --csv, not both");
    struct pool pool = POOL_INIT;
    struct person person;
    struct hours_row *rows;
    size_t count;
    if (annotator)
        status = person_find(invocation->store, annotator, &pool, &person, error);
    if (!status)
        status = load_hours(invocation->store, &invocation->viewer, annotator, by && slice_is(slice_of(by), "week"),
                            &pool, &rows, &count, error);
    if (!status && invocation->json)
        write_json(invocation->out, rows, count);
    else if (!status && option_given(invocation, "csv"))
        write_csv(invocation->out, rows, count);
    else if (!status)
        write_table(invocation->out, rows, count);
    pool_release(&pool);
    return status;
}

static const struct option options[] = {
    {"by", OPTION_VALUE, "day|week", "a row for each (default: day)", 0},
    {"annotator", OPTION_VALUE, "A", "only this person", 0},
    {"csv", OPTION_FLAG, NULL, "as CSV", 0},
    {0},
};

const struct command command_hours = {
    .name = "hours",
    .usage = "STORE [--by day|week] [--annotator A] [--csv]",
    .summary = "active and idle time, items, hand-ins",
    .manual = "A pause longer than idle_seconds of the campaign is idle. An annotator sees their own.",
    .access = ACCESS_OWN,
    .needs_store = true,
    .options = options,
    .run = run,
};
