/* `assay annotate`: the annotator's screens, and what was done in them. */
#include "app/command.h"
#include "core/base/json.h"
#include "core/base/timestamp.h"
#include "store/people.h"
#include "ui/annotate/annotate.h"

#include "core/base/banned.h"

/* The track of --track, the only one, or the only one that this person works on. */
static int own_track(struct invocation *invocation, struct pool *pool, const char **track, struct error *error) {
    struct person person;
    struct error none = ERROR_INIT;
    if (option_value(invocation, "track") || invocation->campaign.track_count == 1 || !invocation->viewer.person ||
        person_find(invocation->store, invocation->viewer.name, pool, &person, &none) != STATUS_OK)
        return chosen_track(invocation, track, error);
    const char *name = pool_string(pool, person.tracks);
    const struct track_settings *only = name && *name ? campaign_track(&invocation->campaign, name) : NULL;
    if (!only)
        return chosen_track(invocation, track, error);
    *track = only->name;
    return STATUS_OK;
}

/* "1 h 12", "37 min", "under a minute". */
static void add_time(struct buffer *out, int64_t ms) {
    long long minutes = (long long)(ms / MS_MINUTE);
    if (minutes >= 60)
        buffer_add_format(out, "%lld h %02lld", minutes / 60, minutes % 60);
    else if (minutes >= 1)
        buffer_add_format(out, "%lld min", minutes);
    else
        buffer_add_string(out, "under a minute");
}

static void print_done(const struct invocation *invocation, const struct annotate_outcome *outcome, const char *track) {
    struct buffer words = BUFFER_INIT;
    buffer_add_format(&words, "%lld judgment%s", (long long)outcome->judged, outcome->judged == 1 ? "" : "s");
    if (outcome->revised)
        buffer_add_format(&words, ", %lld revised", (long long)outcome->revised);
    if (outcome->aside)
        buffer_add_format(&words, ", %lld set aside", (long long)outcome->aside);
    if (outcome->asked)
        buffer_add_format(&words, ", %lld question%s asked", (long long)outcome->asked, outcome->asked == 1 ? "" : "s");
    buffer_add_string(&words, ", ");
    add_time(&words, outcome->active_ms);
    buffer_add_string(&words, " on task");
    if (outcome->handed_in)
        buffer_add_format(&words, ", %d batch%s handed in", outcome->handed_in, outcome->handed_in == 1 ? "" : "es");
    if (outcome->batch_number)
        buffer_add_format(&words, ", batch %d: %d of %d done", outcome->batch_number, outcome->batch_done,
                          outcome->batch_size);
    if (outcome->draft)
        buffer_add_string(&words, ", a draft is kept");
    if (outcome->nothing_left)
        buffer_add_string(&words, ", nothing is left for you on this track");
    buffer_add_format(&words, "\nnext: assay annotate %s", argument(invocation, 0));
    if (option_given(invocation, "as"))
        buffer_add_format(&words, " --as %s", invocation->viewer.name);
    if (option_given(invocation, "track"))
        buffer_add_format(&words, " --track %s", track);
    print_text(invocation->out, buffer_slice(&words), true);
    fputc('\n', invocation->out);
    buffer_release(&words);
}

static void add_integer(struct json *json, const char *key, int64_t value) {
    json_key(json, key);
    json_integer(json, value);
}

static void print_json(const struct invocation *invocation, const struct annotate_outcome *outcome, const char *track) {
    struct buffer text = BUFFER_INIT;
    struct json json;
    json_start(&json, &text);
    json_open(&json, '{');
    json_key(&json, "track");
    json_text(&json, track);
    add_integer(&json, "judged", outcome->judged);
    add_integer(&json, "revised", outcome->revised);
    add_integer(&json, "aside", outcome->aside);
    add_integer(&json, "asked", outcome->asked);
    json_key(&json, "active_seconds");
    json_number(&json, (double)outcome->active_ms / 1000);
    add_integer(&json, "handed_in", outcome->handed_in);
    add_integer(&json, "batch", outcome->batch_number);
    add_integer(&json, "batch_done", outcome->batch_done);
    add_integer(&json, "batch_size", outcome->batch_size);
    json_close(&json, '}');
    fprintf(invocation->out, "%s\n", text.data);
    buffer_release(&text);
}

static int run(struct invocation *invocation, struct error *error) {
    struct pool pool = POOL_INIT;
    struct annotate_options options = {.scheme = SCHEME_DARK};
    struct annotate_outcome outcome;
    int status = arguments_between(invocation, 1, 1, error);
    if (!status)
        status = open_store(invocation, STORE_SCREEN, ACCESS_OWN, error);
    if (!status)
        status = own_track(invocation, &pool, &options.track, error);
    if (!status) {
        outcome = (struct annotate_outcome){0};
        status = annotate_run(invocation->store, &invocation->viewer, &invocation->campaign, &options, &outcome, error);
        bool anything = outcome.judged || outcome.revised || outcome.aside || outcome.asked || outcome.handed_in;
        if (!status && invocation->json)
            print_json(invocation, &outcome, options.track);
        else if (!status || anything)
            print_done(invocation, &outcome, options.track);
    }
    pool_release(&pool);
    return status;
}

static const struct option options_of_annotate[] = {
    {"track", OPTION_VALUE, "TRACK", "which track (not needed where there is one)", 0},
    {0},
};

const struct command command_annotate = {
    .name = "annotate",
    .usage = "STORE [--as NAME] [--track TRACK]",
    .summary = "judge items in the terminal",
    .manual = "Shows what is new, deals a batch, and goes through it item by item. Every key that changes a judgment "
              "is saved before the\n"
              "next one is read: leave, or be cut off, at any time. A batch becomes final when it is handed in, after "
              "its last item.\n"
              "In the screen, ? lists the keys and says what is recorded.",
    .access = ACCESS_OWN,
    .needs_store = true,
    .options = options_of_annotate,
    .run = run,
};
