/* `assay hold`: judgments set aside by the detector or by a lead, until a decision. */
#include <errno.h>
#include <stdlib.h>

#include "app/command.h"
#include "core/base/json.h"
#include "core/base/timestamp.h"
#include "store/holds.h"
#include "store/standing.h"

#include "core/base/banned.h"

static void write_slice(struct json *json, const char *key, struct slice text) {
    json_key(json, key);
    if (text.data)
        json_string(json, text);
    else
        json_null(json);
}

static void write_moment(struct json *json, const char *key, int64_t ms) {
    json_key(json, key);
    json_text(json, ms ? timestamp_utc(ms).text : NULL);
}

static void print_json(FILE *out, const struct hold *holds, size_t count) {
    struct buffer text = BUFFER_INIT;
    struct json json;
    json_start(&json, &text);
    json_open(&json, '[');
    for (size_t i = 0; i < count; i++) {
        const struct hold *hold = &holds[i];
        json_open(&json, '{');
        json_key(&json, "id");
        json_integer(&json, hold->id);
        write_slice(&json, "uid", hold->uid);
        write_slice(&json, "annotator", hold->person);
        write_slice(&json, "track", hold->track);
        write_slice(&json, "category", hold->category);
        write_moment(&json, "since", hold->since_at);
        write_moment(&json, "until", hold->until_at);
        json_key(&json, "judgments");
        json_integer(&json, hold->judgments);
        json_key(&json, "origin");
        json_text(&json, hold->by_detector ? "detector" : "lead");
        write_slice(&json, "why", hold->why);
        write_moment(&json, "at", hold->at);
        write_slice(&json, "decision", hold->decision);
        write_slice(&json, "decision_why", hold->decision_why);
        write_slice(&json, "decision_by", hold->decision_person);
        write_moment(&json, "decision_at", hold->decision_at);
        json_close(&json, '}');
    }
    json_close(&json, ']');
    fprintf(out, "%s\n", text.data);
    buffer_release(&text);
}

static void print_table(FILE *out, const struct hold *holds, size_t count) {
    if (count == 0)
        fputs("nothing is held\n", out);
    for (size_t i = 0; i < count; i++) {
        const struct hold *hold = &holds[i];
        fprintf(out, "%4lld  ", (long long)hold->id);
        print_column(out, hold->person, 12);
        print_column(out, hold->track, 13);
        fprintf(out, "%5lld judgment%s  %s to %s  ", (long long)hold->judgments, hold->judgments == 1 ? " " : "s",
                hold->since_at ? timestamp_local_day(hold->since_at).text : "the start",
                hold->until_at ? timestamp_local_day(hold->until_at).text : "now");
        print_text(out, hold->decision.data ? hold->decision : slice_of("open"), false);
        fputs("\n      ", out);
        if (hold->category.length) {
            fputs("only ", out);
            print_text(out, hold->category, false);
            fputs(": ", out);
        }
        print_text(out, hold->why, false);
        if (hold->decision_why.length) {
            fputs("; decided: ", out);
            print_text(out, hold->decision_why, false);
        }
        fputc('\n', out);
    }
}

/* Those with a larger number than `after`. */
static int list(struct invocation *invocation, int64_t after, struct error *error) {
    struct pool pool = POOL_INIT;
    struct hold *holds;
    size_t count, first = 0;
    int status = hold_list(invocation->store, &invocation->viewer, &pool, &holds, &count, error);
    while (!status && first < count && holds[first].id <= after)
        first++;
    if (!status && invocation->json)
        print_json(invocation->out, holds + first, count - first);
    else if (!status)
        print_table(invocation->out, holds + first, count - first);
    pool_release(&pool);
    return status;
}

static int last_hold(struct invocation *invocation, int64_t *id, struct error *error) {
    struct pool pool = POOL_INIT;
    struct hold *holds;
    size_t count;
    int status = hold_list(invocation->store, &invocation->viewer, &pool, &holds, &count, error);
    *id = !status && count ? holds[count - 1].id : 0;
    pool_release(&pool);
    return status;
}

static int add(struct invocation *invocation, struct error *error) {
    const char *annotator = option_value(invocation, "annotator"), *why = option_value(invocation, "why"),
               *track = NULL; /* every track that they worked on */
    int64_t since, until, last;
    if (!annotator || !why)
        return error_set(error, STATUS_USAGE, "hold add: --annotator says whose judgments, --why says the reason");
    int status = option_given(invocation, "track") ? chosen_track(invocation, &track, error) : STATUS_OK;
    if (!status)
        status = option_moment(invocation, "since", false, 0, &since, error);
    if (!status)
        status = option_moment(invocation, "until", true, 0, &until, error);
    if (!status)
        status = last_hold(invocation, &last, error);
    if (!status)
        status = hold_add(invocation->store, &invocation->viewer, annotator, track, since, until,
                          option_value(invocation, "category"), slice_of(why), error);
    return status ? status : list(invocation, last, error);
}

/* A release gives judgments back; a pause that the same alarm brought stays until it is lifted. */
static int say_still_paused(struct invocation *invocation, int64_t id, struct error *error) {
    struct pool pool = POOL_INIT;
    struct hold *holds;
    struct standing_line *lines;
    size_t hold_count = 0, line_count = 0;
    int status = hold_list(invocation->store, &invocation->viewer, &pool, &holds, &hold_count, error);
    if (!status)
        status = standing_list(invocation->store, &invocation->viewer, &invocation->campaign, &pool, &lines,
                               &line_count, error);
    for (size_t h = 0; h < hold_count && !status; h++)
        for (size_t i = 0; i < line_count && holds[h].id == id; i++)
            if (slice_equal(lines[i].name, holds[h].person) && slice_is(holds[h].track, lines[i].track) &&
                lines[i].now.standing.next != STANDING_WORK)
                say("%s still has to qualify again before working on %s; 'assay people STORE set %s --qualified %s "
                    "--why T' lets them in",
                    lines[i].name.data, lines[i].track, lines[i].name.data, lines[i].track);
    pool_release(&pool);
    return status;
}

static int decide(struct invocation *invocation, bool redo, struct error *error) {
    const char *text = argument(invocation, 2), *why = option_value(invocation, "why");
    char *end;
    errno = 0;
    long long id = strtoll(text, &end, 10);
    if (errno || *end || id < 1)
        return error_set(error, STATUS_USAGE, "hold: '%s' is not the number of a hold; 'assay hold STORE' lists them",
                         text);
    int status = redo ? hold_redo(invocation->store, &invocation->viewer, id, slice_of(why ? why : ""), error)
                      : hold_release(invocation->store, &invocation->viewer, id, slice_of(why ? why : ""), error);
    if (!status)
        say(redo ? "the items go back to the queue; the held judgments stay marked and left out" : "released");
    return status ? status : say_still_paused(invocation, id, error);
}

static int run(struct invocation *invocation, struct error *error) {
    enum { LIST, ADD, RELEASE, REDO };
    static const char *const verbs[] = {"list", "add", "release", "redo", NULL};
    static const size_t arguments[] = {2, 2, 3, 3};
    int verb;
    int status = argument_verb(invocation, 1, verbs, LIST, &verb, error);
    if (!status)
        status = arguments_between(invocation, verb == LIST ? 1 : arguments[verb], arguments[verb], error);
    if (!status)
        status = open_store(invocation, verb == LIST ? STORE_READ_ONLY : STORE_PLAIN, ACCESS_LEAD, error);
    if (status)
        return status;
    return verb == ADD    ? add(invocation, error)
           : verb == LIST ? list(invocation, 0, error)
                          : decide(invocation, verb == REDO, error);
}

static const struct option options[] = {
    {"annotator", OPTION_VALUE, "A", "whose judgments", 0},
    {"track", OPTION_VALUE, "T", "only on this track (default: on all)", 0},
    {"since", OPTION_VALUE, "DATE", "from here on (default: all)", 0},
    {"until", OPTION_VALUE, "DATE", "up to here", 0},
    {"category", OPTION_VALUE, "C", "only this category", 0},
    {"why", OPTION_VALUE, "TEXT", "the reason", 0},
    {0},
};

const struct command command_hold = {
    .name = "hold",
    .usage = "STORE [list | add --annotator A --why TEXT … | release ID [--why TEXT] | redo ID [--why TEXT]]",
    .summary = "judgments set aside until a decision",
    .manual = "Held judgments are kept, marked, and left out of exports until they are released or redone.",
    .access = ACCESS_LEAD,
    .needs_store = true,
    .options = options,
    .run = run,
};
