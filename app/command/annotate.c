/* `assay annotate`: the annotator's screens, and what was done in them. */
#include <unistd.h>

#include "app/command.h"
#include "app/workbench.h"
#include "core/base/json.h"
#include "core/base/timestamp.h"
#include "store/gold.h"
#include "store/lend.h"
#include "store/standing.h"
#include "ui/annotate/annotate.h"

#include "core/base/banned.h"

/* "helpfulness, safety (a qualification comes first)". */
static void add_offers(struct buffer *out, const struct track_offer *offers, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const struct standing *standing = &offers[i].standing;
        buffer_add_format(out, "%s%s", i ? ", " : "", offers[i].track);
        if (standing_waits(standing))
            buffer_add_string(out, " (waits for the lead)");
        else if (standing->next != STANDING_WORK)
            buffer_add_string(out, " (a qualification comes first)");
    }
}

/* The track of --track, the only one, the only one that this person may work on, or the one they choose; *track NULL: they left. */
static int own_track(struct invocation *invocation, struct pool *pool, const char **track, struct error *error) {
    struct track_offer *offers;
    size_t count;
    if (option_value(invocation, "track") || invocation->campaign.track_count == 1)
        return chosen_track(invocation, track, error);
    int status =
        standing_offers(invocation->store, &invocation->viewer, &invocation->campaign, pool, &offers, &count, error);
    if (status)
        return status;
    if (count == 0)
        return error_set(error, STATUS_NO, "no track has anything that suits '%s'", invocation->viewer.name);
    *track = offers[0].track;
    if (count == 1)
        return STATUS_OK;
    if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
        return annotate_pick_track(invocation->store, &invocation->viewer, &invocation->campaign, offers, count,
                                   &invocation->preferences, track, error);
    struct buffer names = BUFFER_INIT;
    add_offers(&names, offers, count);
    status = error_set(error, STATUS_USAGE, "which track? name one with --track: %s", names.data);
    buffer_release(&names);
    return status;
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

/* " at 10:02 on build3" */
static void add_seat(struct buffer *out, const struct annotate_outcome *outcome, const char *before) {
    if (outcome->seat_since)
        buffer_add_format(out, "%s%s", before, timestamp_local_time(outcome->seat_since).text);
    if (outcome->seat_host[0])
        buffer_add_format(out, " on %s", outcome->seat_host);
}

/* Not taken over: nothing was done. */
static void print_elsewhere(const struct invocation *invocation, const struct annotate_outcome *outcome) {
    struct buffer words = BUFFER_INIT;
    buffer_add_string(&words, "nothing was done here: open");
    add_seat(&words, outcome, " since ");
    print_text(invocation->out, buffer_slice(&words), false);
    fputc('\n', invocation->out);
    buffer_release(&words);
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
    if (outcome->batch_name.text[0])
        buffer_add_format(&words, ", %s: %d of %d done", outcome->batch_name.text, outcome->batch_done,
                          outcome->batch_size);
    if (outcome->draft)
        buffer_add_string(&words, ", a draft is kept");
    if (outcome->waits_for_lead)
        buffer_add_string(&words, ", your qualification waits for the lead");
    else if (outcome->nothing_left)
        buffer_add_string(&words, ", nothing is left for you on this track");
    if (outcome->taken_over) {
        buffer_add_string(&words, "\ntaken over in another terminal");
        add_seat(&words, outcome, " at ");
        buffer_add_string(&words, "; nothing is lost");
    }
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
    json_key(&json, "taken_over");
    json_boolean(&json, outcome->taken_over);
    json_close(&json, '}');
    fprintf(invocation->out, "%s\n", text.data);
    buffer_release(&text);
}

static int work(struct invocation *invocation, const char *track, struct error *error) {
    struct annotate_options options = {.track = track, .preferences = &invocation->preferences};
    struct annotate_outcome outcome = {0};
    int status = annotate_run(invocation->store, &invocation->viewer, &invocation->campaign, &options, &outcome, error);
    bool anything = outcome.judged || outcome.revised || outcome.aside || outcome.asked || outcome.handed_in;
    if (!status && invocation->json)
        print_json(invocation, &outcome, track);
    else if (!status && outcome.elsewhere)
        print_elsewhere(invocation, &outcome);
    else if (!status || anything)
        print_done(invocation, &outcome, track);
    return status;
}

/* --- Without a judgment ------------------------------------------------------------------------------------------------ */

static int rehearse(struct invocation *invocation, const char *track, struct error *error) {
    enum { ITEMS_MOST = 20 };
    struct annotate_options options = {.track = track, .preferences = &invocation->preferences, .rehearsal = true};
    struct annotate_outcome outcome = {0};
    struct workbench bench = {0};
    struct pool pool = POOL_INIT;
    int64_t *items = NULL;
    size_t count = 0, batch = (size_t)campaign_track(&invocation->campaign, track)->batch;
    int status = lend_for_rehearsal(invocation->store, &invocation->viewer, track,
                                    batch < ITEMS_MOST ? batch : ITEMS_MOST, &pool, &items, &count, error);
    if (!status && count == 0)
        status = error_set(error, STATUS_NO, "track '%s' has no item to rehearse on yet", track);
    if (!status)
        status = workbench_open(&bench, invocation, track, items, &count, error);
    if (!status) {
        status = annotate_run(bench.store, &bench.viewer, &bench.campaign, &options, &outcome, error);
        workbench_release(&bench);
    }
    pool_release(&pool);
    if (!status && invocation->json)
        fprintf(invocation->out, "{\"rehearsal\":true,\"judged\":%lld}\n", (long long)outcome.judged);
    else if (!status)
        fprintf(invocation->out, "rehearsal: %lld judgment%s tried; nothing was kept\n", (long long)outcome.judged,
                outcome.judged == 1 ? "" : "s");
    return status;
}

/* The items named, or open ones that nobody has seen. */
static int gold_items(struct invocation *invocation, const char *track, struct pool *pool, int64_t **items,
                      size_t *count, struct error *error) {
    *count = invocation->argument_count - 1;
    if (*count == 0)
        return lend_for_gold(invocation->store, &invocation->viewer, track,
                             (size_t)campaign_track(&invocation->campaign, track)->batch, pool, items, count, error);
    if (*count > LIMIT_BATCH)
        return error_set(error, STATUS_USAGE, "at most %d items at a time, not %zu", LIMIT_BATCH, *count);
    *items = pool_new(pool, *count, sizeof **items);
    int status = STATUS_OK;
    for (size_t i = 0; i < *count && !status; i++) {
        const char *name = argument(invocation, i + 1);
        struct gold_key key;
        struct error none = ERROR_INIT;
        status = store_find_item(invocation->store, slice_of(name), track, &(*items)[i], error);
        for (size_t j = 0; j < i && !status; j++)
            if ((*items)[j] == (*items)[i])
                status = error_set(error, STATUS_USAGE, "'%s' is named twice", name);
        if (!status && gold_of_item(invocation->store, (*items)[i], pool, &key, &none) == STATUS_OK)
            status = error_set(error, STATUS_USAGE, "'%s' is gold already; 'assay gold amend' changes its key", name);
    }
    return status;
}

static int make_gold(struct invocation *invocation, const char *track, struct error *error) {
    struct gold_making gold = {invocation->store, &invocation->viewer, &invocation->campaign, NULL, 0, 0, 0};
    struct annotate_options options = {.track = track, .preferences = &invocation->preferences, .gold = &gold};
    struct annotate_outcome outcome = {0};
    struct workbench bench = {0};
    struct pool pool = POOL_INIT;
    int64_t *items = NULL;
    int status = gold_items(invocation, track, &pool, &items, &gold.count, error);
    if (!status && gold.count == 0)
        status = error_set(error, STATUS_NO, "no open item of '%s' is unseen; name the ones to make gold of", track);
    if (!status)
        status = workbench_open(&bench, invocation, track, items, &gold.count, error);
    if (!status) {
        gold.items = items;
        status = annotate_run(bench.store, &bench.viewer, &bench.campaign, &options, &outcome, error);
        workbench_release(&bench);
    }
    pool_release(&pool);
    if (!status && invocation->json)
        fprintf(invocation->out, "{\"made\":%d,\"amended\":%d}\n", gold.made, gold.amended);
    else if (!status || gold.made)
        fprintf(invocation->out, "%d item%s gold now\n", gold.made, gold.made == 1 ? " is" : "s are");
    return status;
}

static int run(struct invocation *invocation, struct error *error) {
    struct pool pool = POOL_INIT;
    const char *track = NULL;
    bool rehearsal = option_given(invocation, "rehearse"), gold = option_given(invocation, "make-gold");
    if (rehearsal && gold)
        return error_set(error, STATUS_USAGE, "--rehearse keeps nothing and --make-gold keeps keys; give one of them");
    int status = arguments_between(invocation, 1, gold ? 1 + LIMIT_BATCH : 1, error);
    if (!status)
        status = read_preferences(invocation, error);
    if (!status)
        status = open_store(invocation, rehearsal ? STORE_READ_ONLY : STORE_SCREEN, ACCESS_OWN, error);
    if (!status && gold && !viewer_may(&invocation->viewer, ACCESS_LEAD))
        status = error_set(error, STATUS_USAGE, "'%s' is an annotator here; --make-gold is the lead's",
                           invocation->viewer.name);
    if (!status)
        status = own_track(invocation, &pool, &track, error);
    if (!status && !track) {
        if (invocation->json)
            fputs("{\"track\":null}\n", invocation->out);
    } else if (!status) {
        status = rehearsal ? rehearse(invocation, track, error)
                 : gold    ? make_gold(invocation, track, error)
                           : work(invocation, track, error);
    }
    pool_release(&pool);
    return status;
}

static const struct option options_of_annotate[] = {
    {"track", OPTION_VALUE, "TRACK", "which track (asked where there are several)", 0},
    {"rehearse", OPTION_FLAG, NULL, "try the screen on a few real items: nothing is kept, nothing counts", 0},
    {"make-gold", OPTION_FLAG, NULL, "a lead judges open items, or those named, and the answers become gold", 0},
    {0},
};

const struct command command_annotate = {
    .name = "annotate",
    .usage = "STORE [--as NAME] [--track TRACK] [--rehearse] [--make-gold [REF…]]",
    .summary = "judge items in the terminal",
    .manual =
        "Shows what is new, deals a batch, and goes through it item by item. Every key that changes a judgment "
        "is saved before the\n"
        "next one is read: leave, or be cut off, at any time. A batch becomes final when it is handed in, after "
        "its last item.\n"
        "In the screen, ? lists the keys and says what is recorded.\n"
        "\n"
        "--rehearse shows up to 20 items that are not gold, the same ones each time, on a copy that is thrown "
        "away.\n"
        "--make-gold: after each answer the key it becomes is shown (what is right, the strength, the explanation: "
        "your reason), and\n"
        "written when you say so, as 'gold promote' does. Without REF, open items that nobody has seen.",
    .access = ACCESS_OWN,
    .needs_store = true,
    .options = options_of_annotate,
    .run = run,
};
