/* `assay plan`: done, left, and at this pace done by when. */
#include <math.h>

#include "app/command.h"
#include "app/dates.h"
#include "core/base/json.h"
#include "core/base/timestamp.h"
#include "store/load.h"
#include "store/load_plan.h"

#include "core/base/banned.h"

enum { NAME = 22, COUNT = 8, BASIS = 27 };

static bool wanted(const struct history *history, const char *track, const struct plan_line *line) {
    return !track || strcmp(history->tracks[line->track], track) == 0;
}

/* --- As text, 80 columns --- */

static void print_date(FILE *out, const struct plan_line *line, int64_t now) {
    struct buffer words = BUFFER_INIT;
    if (line->left == 0)
        buffer_add_string(&words, line->closed ? "closed" : "done");
    else if (line->until.early)
        buffer_add_string(&words, "too early");
    else
        dates_add(&words, &line->until, now);
    fprintf(out, "%s\n", words.data);
    buffer_release(&words);
}

static void print_line(FILE *out, struct slice name, const struct plan_line *line, int64_t now) {
    char basis[64];
    plan_basis(line, basis, sizeof basis);
    print_column(out, name, NAME);
    fprintf(out, "%*lld %*lld  %-*s ", COUNT - 1, (long long)line->done, COUNT - 1, (long long)line->left, BASIS - 2,
            basis);
    print_date(out, line, now);
}

static void print_work(FILE *out, const struct history *history, const struct plan *plan, const char *track,
                       int64_t now) {
    int64_t with_lead = 0;
    fprintf(out, "%-*s%*s%*s  %-*s%s\n", NAME, "track, category", COUNT - 1, "done", COUNT, "left", BASIS - 1, "pace",
            "done by");
    for (size_t i = 0; i < plan->work_count; i++) {
        const struct plan_line *line = &plan->work[i];
        struct buffer name = BUFFER_INIT;
        if (!wanted(history, track, line))
            continue;
        if (line->category < 0)
            buffer_add_string(&name, history->tracks[line->track]);
        else
            buffer_add_format(&name, "  %s", line->category ? history->categories[line->category] : "(none)");
        print_line(out, buffer_slice(&name), line, now);
        with_lead += line->category < 0 ? line->with_lead : 0;
        buffer_release(&name);
    }
    if (with_lead)
        fprintf(out, "%lld item%s set aside to the lead: in no queue until that is decided\n", (long long)with_lead,
                with_lead == 1 ? " is" : "s are");
}

static void print_people(FILE *out, const struct history *history, const struct plan *plan, const char *track,
                         int64_t now) {
    bool many = false;
    for (size_t i = 1; i < plan->people_count; i++)
        many |= plan->people[i].track != plan->people[0].track;
    fprintf(out, "\n%-*s%*s%*s  %-*s%s\n", NAME, "person", COUNT - 1, "done", COUNT, "open", BASIS - 1, "pace",
            "alone by");
    for (size_t i = 0; i < plan->people_count; i++) {
        const struct plan_line *line = &plan->people[i];
        struct buffer name = BUFFER_INIT;
        if (!wanted(history, track, line))
            continue;
        buffer_add_string(&name, history->people[line->person]);
        if (many && !track)
            buffer_add_format(&name, ", %s", history->tracks[line->track]);
        print_line(out, buffer_slice(&name), line, now);
        buffer_release(&name);
    }
    print_paragraph(out,
                    slice_of("Counted are production judgments. Pace: over the last 14 days before today, or since the "
                             "first one; done by: 95 % range at that pace. Open to a person is what they may be given "
                             "and others too; alone by: if nobody else took any of it."),
                    0);
}

/* --- As JSON --- */

static void write_until(struct json *json, const struct plan_line *line, int64_t now) {
    struct pace_figures pace = pace_figures(&line->pace);
    json_key(json, "a_day");
    if (pace.days)
        json_number(json, pace.a_day);
    else
        json_null(json);
    json_key(json, "days");
    json_integer(json, pace.days);
    json_key(json, "active_days");
    json_integer(json, pace.active);
    dates_json(json, "done_by", &line->until, now);
    if (line->until.early) {
        json_key(json, "undefined");
        json_text(json, "too early");
    }
}

static void write_line(struct json *json, const struct history *history, const struct plan_line *line, int64_t now) {
    json_open(json, '{');
    json_key(json, "track");
    json_text(json, history->tracks[line->track]);
    if (line->person) {
        json_key(json, "person");
        json_text(json, history->people[line->person]);
    } else {
        json_key(json, "category");
        json_text(json, line->category < 0 ? NULL : line->category ? history->categories[line->category] : "(none)");
    }
    json_key(json, "done");
    json_integer(json, line->done);
    json_key(json, line->person ? "open" : "left");
    json_integer(json, line->left);
    if (!line->person) {
        json_key(json, "with_lead");
        json_integer(json, line->with_lead);
        json_key(json, "closed");
        json_boolean(json, line->closed);
    }
    write_until(json, line, now);
    json_close(json, '}');
}

static void print_json(FILE *out, const struct history *history, const struct plan *plan, const char *track,
                       int64_t now) {
    struct buffer text = BUFFER_INIT;
    struct json json;
    json_start(&json, &text);
    json_open(&json, '{');
    json_key(&json, "at");
    json_text(&json, timestamp_utc(now).text);
    json_key(&json, "work");
    json_open(&json, '[');
    for (size_t i = 0; i < plan->work_count; i++)
        if (wanted(history, track, &plan->work[i]))
            write_line(&json, history, &plan->work[i], now);
    json_close(&json, ']');
    json_key(&json, "people");
    json_open(&json, '[');
    for (size_t i = 0; i < plan->people_count; i++)
        if (wanted(history, track, &plan->people[i]))
            write_line(&json, history, &plan->people[i], now);
    json_close(&json, ']');
    json_close(&json, '}');
    fprintf(out, "%s\n", text.data);
    buffer_release(&text);
}

/* --- The command --- */

static int run(struct invocation *invocation, struct error *error) {
    const char *track = option_value(invocation, "track");
    struct load_scope scope = {0};
    struct history history = {0};
    struct plan plan = {0};
    int status = arguments_between(invocation, 1, 1, error);
    if (!status)
        status = open_store(invocation, STORE_READ_ONLY, ACCESS_LEAD, error);
    if (!status && track)
        status = chosen_track(invocation, &track, error);
    if (status)
        return status;
    int64_t now = invocation->world->now(invocation->world);
    status = load_history(invocation->store, &scope, &history, error);
    if (!status)
        status = load_plan(invocation->store, &invocation->viewer, &history, now, &plan, error);
    if (!status && invocation->json) {
        print_json(invocation->out, &history, &plan, track, now);
    } else if (!status && plan.work_count == 0) {
        fputs("nothing to plan: no items, and no judgments\n", invocation->out);
    } else if (!status) {
        print_work(invocation->out, &history, &plan, track, now);
        if (plan.people_count)
            print_people(invocation->out, &history, &plan, track, now);
    }
    plan_release(&plan);
    history_release(&history);
    return status;
}

static const struct option options[] = {
    {"track", OPTION_VALUE, "T", "only this track", 0},
    {0},
};

const struct command command_plan = {
    .name = "plan",
    .usage = "STORE [--track T]",
    .summary = "done, left, and at this pace done by when",
    .manual = "By track, category and person. The unit is a production judgment; what is dealt and not handed in\n"
              "is left. The pace is that of the last 14 days before today, days off included. A date is given as\n"
              "its 95 % range, from 5 days with work on 3 of them; before that it is too early.",
    .access = ACCESS_LEAD,
    .needs_store = true,
    .options = options,
    .run = run,
};
