/* `assay calibrate`: calibration sessions, from the choice of items to the page that is filed. */
#include "app/command.h"
#include "app/exchange/input.h"
#include "app/exchange/output.h"
#include "app/session_record.h"
#include "core/base/array.h"
#include "core/base/timestamp.h"
#include "store/people.h"
#include "store/settings.h"
#include "store/standing.h"
#include "ui/calibrate/calibrate.h"

#include "core/base/banned.h"

/* --- The list ----------------------------------------------------------------------------------------------------------- */

static void state_words(const struct session *session, bool all, struct buffer *out) {
    int waiting = session->people - session->answered - session->excused;
    if (session->closed)
        buffer_add_format(out, "closed %s", timestamp_local_day(session->closed).text);
    else if (!all)
        buffer_add_string(out, session->answered  ? "answered"
                               : session->excused ? "not waited for"
                                                  : "waits for your answers");
    else if (waiting > 0)
        buffer_add_format(out, "%d of %d have answered", session->answered, session->people);
    else if (session->again)
        buffer_add_format(out, "all have answered, %d second vote%s out", session->again,
                          session->again == 1 ? " is" : "s are");
    else
        buffer_add_string(out, "all have answered: ready to run");
}

static void print_list(struct invocation *invocation, const struct session *sessions, size_t count) {
    FILE *out = invocation->out;
    bool all = viewer_sees_all(&invocation->viewer);
    if (count == 0) {
        fputs(all ? "no sessions yet: 'assay calibrate STORE new NAME' makes one\n" : "no sessions\n", out);
        return;
    }
    fprintf(out, "%-17s %-15s %-11s %5s %6s  %s\n", "name", "track", "made", "items", all ? "people" : "", "state");
    for (size_t i = 0; i < count; i++) {
        struct buffer state = BUFFER_INIT;
        state_words(&sessions[i], all, &state);
        print_column(out, sessions[i].name, 18);
        print_column(out, sessions[i].track, 16);
        fprintf(out, "%-11s %5d ", timestamp_local_day(sessions[i].at).text, sessions[i].items);
        if (all)
            fprintf(out, "%6d", sessions[i].people);
        else
            fprintf(out, "%6s", "");
        fprintf(out, "  %s\n", state.data);
        buffer_release(&state);
    }
}

static void print_list_json(struct invocation *invocation, const struct session *sessions, size_t count) {
    struct buffer text = BUFFER_INIT;
    struct json json;
    json_start(&json, &text);
    json_open(&json, '[');
    for (size_t i = 0; i < count; i++) {
        const struct session *session = &sessions[i];
        bool all = viewer_sees_all(&invocation->viewer);
        json_open(&json, '{');
        json_key(&json, "name");
        json_string(&json, session->name);
        json_key(&json, "track");
        json_string(&json, session->track);
        json_key(&json, "at");
        json_text(&json, timestamp_utc(session->at).text);
        json_key(&json, "closed");
        json_text(&json, session->closed ? timestamp_utc(session->closed).text : NULL);
        json_key(&json, "items");
        json_integer(&json, session->items);
        json_key(&json, "answered");
        if (all) {
            json_integer(&json, session->answered);
            json_key(&json, "people");
            json_integer(&json, session->people);
            json_key(&json, "excused");
            json_integer(&json, session->excused);
            json_key(&json, "second_votes_out");
            json_integer(&json, session->again);
            json_key(&json, "references");
            json_integer(&json, session->reference);
        } else {
            json_boolean(&json, session->answered > 0);
        }
        json_close(&json, '}');
    }
    json_close(&json, ']');
    fprintf(invocation->out, "%s\n", text.data);
    buffer_release(&text);
}

static int list(struct invocation *invocation, struct error *error) {
    struct pool pool = POOL_INIT;
    struct session *sessions;
    size_t count;
    int status = session_list(invocation->store, &invocation->viewer, &pool, &sessions, &count, error);
    if (!status && invocation->json)
        print_list_json(invocation, sessions, count);
    else if (!status)
        print_list(invocation, sessions, count);
    pool_release(&pool);
    return status;
}

/* --- A new one ---------------------------------------------------------------------------------------------------------- */

struct wish {
    struct session_request request;
    struct pool pool;
    struct {
        int64_t *items;
        size_t count, capacity;
    } chosen;
    struct {
        const char **items;
        size_t count, capacity;
    } people;
};

static int read_pick(struct invocation *invocation, struct session_request *request, struct error *error) {
    static const char category[] = "category=";
    const char *pick = option_value(invocation, "pick");
    if (!pick || slice_is(slice_of(pick), "disagreement"))
        request->pick = PICK_DISAGREEMENT;
    else if (slice_is(slice_of(pick), "random"))
        request->pick = PICK_RANDOM;
    else if (slice_is(slice_of(pick), "gold"))
        request->pick = PICK_GOLD;
    else if (strncmp(pick, category, sizeof category - 1) == 0 && pick[sizeof category - 1]) {
        request->pick = PICK_RANDOM;
        request->category = pick + sizeof category - 1;
    } else
        return error_set(error, STATUS_USAGE,
                         "calibrate: --pick '%s' is not one of disagreement, random, gold, category=C", pick);
    return STATUS_OK;
}

static int add_item(struct invocation *invocation, struct wish *wish, struct slice name, struct error *error) {
    int64_t item;
    int status = store_find_item(invocation->store, name, wish->request.track, &item, error);
    if (!status)
        *ARRAY_ADD(&wish->chosen) = item;
    return status;
}

/* One reference or id a line; blanks around it and lines that begin with # are passed over. */
static int add_file(struct invocation *invocation, struct wish *wish, const char *path, struct error *error) {
    struct input *input;
    struct slice line;
    int status = input_open(&input, path, error);
    if (status)
        return status;
    while (status >= 0 && (status = input_line(input, &line, error)) == INPUT_LINE) {
        struct error why = ERROR_INIT;
        while (line.length && strchr(" \t", line.data[0]))
            line = slice_make(line.data + 1, line.length - 1);
        while (line.length && strchr(" \t", line.data[line.length - 1]))
            line.length--;
        if (line.length == 0 || line.data[0] == '#')
            continue;
        status = add_item(invocation, wish, line, &why);
        if (status)
            status = error_set(error, status == STATUS_USAGE ? STATUS_INPUT : status, "%s:%llu: item: %s",
                               input_name(input), (unsigned long long)input_line_number(input), why.text);
    }
    if (!status && wish->chosen.count == 0)
        status = error_set(error, STATUS_INPUT, "%s: names no item; one reference or id a line is wanted",
                           input_name(input));
    input_close(input);
    return status;
}

static int read_items(struct invocation *invocation, struct wish *wish, struct error *error) {
    const char *path = option_value(invocation, "from");
    bool by_hand = path || option_given(invocation, "item");
    int status = STATUS_OK;
    int64_t items = 0;
    if (by_hand && (option_given(invocation, "pick") || option_given(invocation, "items")))
        return error_set(error, STATUS_USAGE,
                         "calibrate: items are named with --item and --from, or picked with --pick and --items");
    for (size_t i = 0; i < invocation->option_count && !status; i++)
        if (slice_is(slice_of(invocation->options[i].option->name), "item"))
            status = add_item(invocation, wish, slice_of(invocation->options[i].value), error);
    if (!status && path)
        status = add_file(invocation, wish, path, error);
    if (!status)
        status = option_integer(invocation, "items", 1, CALIBRATION_ITEMS_MOST, 0, &items, error);
    wish->request.items = (size_t)items;
    wish->request.chosen = by_hand ? wish->chosen.items : NULL;
    wish->request.chosen_count = wish->chosen.count;
    return status;
}

/* --invite ana,ben; a name holds no comma */
static int read_people(struct invocation *invocation, struct wish *wish, struct error *error) {
    const char *names = option_value(invocation, "invite");
    while (names && *names) {
        size_t length = strcspn(names, ",");
        if (length)
            *ARRAY_ADD(&wish->people) = pool_string(&wish->pool, slice_make(names, length));
        names += length + (names[length] == ',');
    }
    if (names && wish->people.count == 0)
        return error_set(error, STATUS_USAGE, "calibrate: --invite names nobody");
    wish->request.people = wish->people.items;
    wish->request.people_count = wish->people.count;
    return STATUS_OK;
}

static int make(struct invocation *invocation, struct error *error) {
    struct wish wish = {.request = {.name = argument(invocation, 2)}};
    struct session session;
    int status = chosen_track(invocation, &wish.request.track, error);
    if (!status)
        status = read_pick(invocation, &wish.request, error);
    if (!status)
        status = read_items(invocation, &wish, error);
    if (!status)
        status = read_people(invocation, &wish, error);
    if (!status)
        status = session_new(invocation->store, &invocation->viewer, &wish.request, &wish.pool, &session, error);
    if (!status) {
        say("%s: %d item%s for %d people, before their next batch", wish.request.name, session.items,
            session.items == 1 ? "" : "s", session.people);
        if (wish.request.pick == PICK_GOLD && !wish.request.chosen)
            say("they are hidden gold no more for these people");
    }
    ARRAY_RELEASE(&wish.chosen);
    ARRAY_RELEASE(&wish.people);
    pool_release(&wish.pool);
    return status;
}

/* --- The record --------------------------------------------------------------------------------------------------------- */

static int write_record(struct invocation *invocation, const struct session_record *record, struct output *output,
                        struct error *error) {
    if (invocation->json) {
        struct json json;
        json_start(&json, output_buffer(output));
        session_record_json(&json, record);
        buffer_add_char(output_buffer(output), '\n');
    } else {
        session_record_write(output_buffer(output), record);
    }
    return output_finish(output, error);
}

/* What lets people in: of the references, at least that share, and so many of them. share 0: nothing does. */
struct bar {
    double share;
    int least;
};

/* Whoever's first votes reach the bar; who may work already stays as they are. */
static int qualify(struct invocation *invocation, const struct circle *circle, const struct session_figures *figures,
                   const struct bar *bar, struct error *error) {
    int status = STATUS_OK, let_in = 0;
    size_t *order = memory_new(circle->book.people_count + 1, sizeof *order);
    session_order_by_name(&circle->book, order);
    for (size_t i = 0; i < circle->book.people_count && !status; i++) {
        const struct figure *same = &figures->people[order[i]].same;
        const struct session_person *person = &circle->book.people[order[i]];
        struct buffer words = BUFFER_INIT;
        if (same->undefined || same->value < bar->share - 1e-9)
            continue;
        buffer_add_format(&words, "%.0f of %zu as the reference, %g %% wanted", same->value * (double)same->n, same->n,
                          100 * bar->share);
        if (same->n < (size_t)bar->least) {
            say("%s: %s, of %d references at least", person->name.data, words.data, bar->least);
        } else {
            status = session_qualify(invocation->store, &invocation->viewer, &invocation->campaign,
                                     &circle->book.session, person, buffer_slice(&words), error);
            let_in += status == STATUS_OK;
            if (status == STATUS_OK)
                say("%s is qualified by it: %s", person->name.data, words.data);
            status = status == STATUS_NO ? STATUS_OK : status;
        }
        buffer_release(&words);
    }
    memory_free(order);
    if (!status && let_in == 0)
        say("nobody new is qualified by it");
    return status;
}

static int qualify_by(struct invocation *invocation, int64_t session, const struct bar *bar, struct error *error) {
    struct circle circle;
    struct session_figures figures;
    if (bar->share <= 0)
        return STATUS_OK;
    int status = circle_read(&circle, invocation->store, &invocation->viewer, session, error);
    if (status)
        return status;
    circle_figures(&circle, invocation->campaign.seed, &figures);
    status = qualify(invocation, &circle, &figures, bar, error);
    session_figures_release(&figures);
    circle_release(&circle);
    return status;
}

/* Of the session as it stands now, into an output that is open. */
static int record(struct invocation *invocation, int64_t session, struct output *output, struct error *error) {
    struct circle circle;
    struct session_figures figures;
    struct effect effect;
    int status = circle_read(&circle, invocation->store, &invocation->viewer, session, error);
    if (status)
        return status;
    int64_t *people = memory_new(circle.book.people_count + 1, sizeof *people);
    for (size_t i = 0; i < circle.book.people_count; i++)
        people[i] = circle.book.people[i].id;
    const struct session *held = &circle.book.session;
    struct effect_input input = {held->track.data, held->at, held->closed, people, circle.book.people_count};
    status = effect_read(&effect, invocation->store, &invocation->viewer, &invocation->campaign, &input,
                         invocation->world->now(invocation->world), error);
    if (!status) {
        circle_figures(&circle, invocation->campaign.seed, &figures);
        struct session_record made = {&invocation->campaign, &circle, &figures, &effect};
        status = write_record(invocation, &made, output, error);
        session_figures_release(&figures);
        effect_release(&effect);
    }
    memory_free(people);
    circle_release(&circle);
    return status;
}

static int find(struct invocation *invocation, struct pool *pool, struct session *session, struct error *error) {
    return session_find(invocation->store, &invocation->viewer, argument(invocation, 2), pool, session, error);
}

/* --qualify, or else what the settings say of the track. */
static int find_bar(struct invocation *invocation, const char *track, bool closing, struct bar *bar,
                    struct error *error) {
    const struct track_settings *settings = campaign_track(&invocation->campaign, track);
    bool given = option_given(invocation, "qualify");
    *bar = (struct bar){closing && settings ? settings->session_share : 0, settings ? settings->session_least : 1};
    int status = option_number(invocation, "qualify", 0, 1, bar->share, &bar->share, error);
    if (status || !given || bar->share <= 0)
        return status;
    if (!closing)
        return error_set(error, STATUS_USAGE, "calibrate show: only 'close' qualifies people");
    if (!settings || !standing_is_asked(settings, VIEWER_ANNOTATOR))
        return error_set(error, STATUS_USAGE, "track '%s' asks for no qualification", track);
    return STATUS_OK;
}

/* The file is opened first: a session is not closed when its record has nowhere to go. */
static int show_or_close(struct invocation *invocation, bool closing, struct error *error) {
    struct pool pool = POOL_INIT;
    struct session session;
    struct output output = OUTPUT_INIT;
    const char *path = option_value(invocation, "output");
    struct bar bar = {0};
    int status = find(invocation, &pool, &session, error);
    if (!status)
        status = find_bar(invocation, session.track.data, closing, &bar, error);
    if (!status)
        status = output_open(&output, path ? path : "-", error);
    if (!status && closing)
        status = session_close(invocation->store, &invocation->viewer, session.id, option_given(invocation, "anyway"),
                               error);
    if (!status && closing)
        status = qualify_by(invocation, session.id, &bar, error);
    if (!status)
        status = record(invocation, session.id, &output, error);
    if (!status && closing)
        say("%s: closed", argument(invocation, 2));
    output_release(&output);
    pool_release(&pool);
    return status;
}

/* --- At the screen ------------------------------------------------------------------------------------------------------- */

static void add(struct buffer *out, int number, const char *one, const char *many) {
    if (number)
        buffer_add_format(out, "%s%d %s", out->length ? ", " : "", number, number == 1 ? one : many);
}

static void print_done(struct invocation *invocation, const struct calibrate_outcome *outcome) {
    struct buffer words = BUFFER_INIT;
    add(&words, outcome->turns, "turn taken here", "turns taken here");
    add(&words, outcome->excused, "person not waited for", "people not waited for");
    add(&words, outcome->references, "reference written", "references written");
    add(&words, outcome->verdicts, "item marked", "items marked");
    add(&words, outcome->again, "second vote called", "second votes called");
    add(&words, outcome->promoted, "item promoted to gold", "items promoted to gold");
    if (words.length == 0)
        buffer_add_string(&words, "nothing was recorded");
    fprintf(invocation->out, "%s\n", words.data);
    buffer_release(&words);
}

static void print_done_json(struct invocation *invocation, const struct calibrate_outcome *outcome) {
    fprintf(invocation->out,
            "{\"turns\":%d,\"excused\":%d,\"references\":%d,\"verdicts\":%d,\"second_votes\":%d,\"promoted\":%d}\n",
            outcome->turns, outcome->excused, outcome->references, outcome->verdicts, outcome->again,
            outcome->promoted);
}

static int run_session(struct invocation *invocation, struct error *error) {
    struct calibrate_outcome outcome;
    int status = read_preferences(invocation, error);
    if (!status)
        status = calibrate_run(invocation->store, &invocation->viewer, &invocation->campaign, &invocation->preferences,
                               argument(invocation, 2), &outcome, error);
    if (!status && invocation->json)
        print_done_json(invocation, &outcome);
    else if (!status)
        print_done(invocation, &outcome);
    return status;
}

/* --- The command -------------------------------------------------------------------------------------------------------- */

static int run(struct invocation *invocation, struct error *error) {
    enum { LIST, NEW, RUN, SHOW, CLOSE };
    static const char *const verbs[] = {"list", "new", "run", "show", "close", NULL};
    static const unsigned flags[] = {STORE_READ_ONLY, STORE_PLAIN, STORE_SCREEN, STORE_READ_ONLY, STORE_PLAIN};
    int verb;
    int status = argument_verb(invocation, 1, verbs, LIST, &verb, error);
    if (!status)
        status = arguments_between(invocation, verb == LIST ? 1 : 3, verb == LIST ? 2 : 3, error);
    if (!status)
        status = open_store(invocation, flags[verb], verb == LIST ? ACCESS_OWN : ACCESS_LEAD, error);
    if (status)
        return status;
    return verb == LIST  ? list(invocation, error)
           : verb == NEW ? make(invocation, error)
           : verb == RUN ? run_session(invocation, error)
                         : show_or_close(invocation, verb == CLOSE, error);
}

static const struct option options[] = {
    {"track", OPTION_VALUE, "T", "of this track", 0},
    {"pick", OPTION_VALUE, "HOW", "disagreement (default), random, gold or category=C", 0},
    {"items", OPTION_VALUE, "N", "how many (default: up to 12)", 0},
    {"item", OPTION_MANY, "REF", "this item, by hand; may be given again", 0},
    {"from", OPTION_VALUE, "FILE", "items by hand: a reference or id on each line", 0},
    {"invite", OPTION_VALUE, "A,B,…", "these people (default: who works on the track)", 0},
    {"anyway", OPTION_FLAG, NULL, "close: go on without answers that are still out", 0},
    {"qualify", OPTION_VALUE, "SHARE",
     "close: lets in who matched this share of the references (default: the settings')", 0},
    {"output", OPTION_VALUE, "FILE", "the record goes there instead of standard output", 'o'},
    {0},
};

const struct command command_calibrate = {
    .name = "calibrate",
    .usage = "STORE [list | new NAME | run NAME | show NAME | close NAME]",
    .summary = "sessions: the same items, judged by all, then reviewed together",
    .manual =
        "'new' picks items and deals them to each of the invited as a batch of their own, before their next one. By "
        "disagreement: where final\n"
        "judgments differ most. At random and from gold: the categories take turns, and what fewer of the invited have "
        "met comes first. An item is free for somebody who reads its language and category, has it not in an open "
        "batch and was in no session "
        "about it.\n"
        "Nobody who is invited is given one of its items as gold afterwards. 'list' says when everybody has answered.\n"
        "\n"
        "'run' is the lead's screen: who has answered, by turns at this terminal too; then item by item the answers, "
        "names hidden until they are "
        "shown, a\n"
        "second vote, the reference, what is ambiguous or a gap of the rubric, promotion to gold.\n"
        "\n"
        "'close' ends it and writes the record, one page of Markdown: agreement before and after the discussion, what "
        "became of each item,\n"
        "each person against the references, and the figures of the two weeks before and after. 'show' writes it "
        "again, as it stands then.\n"
        "Where the settings say so (qualification: {…, calibration: 0.8}), or with --qualify 0.8, whoever matched four "
        "of "
        "five references may work on the track, as if a qualification had been passed; the record names them.\n"
        "An annotator sees which sessions they are invited to.",
    .access = ACCESS_OWN,
    .needs_store = true,
    .options = options,
    .run = run,
};
