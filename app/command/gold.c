/* `assay gold`: the gold pool. */
#include "app/command.h"
#include "app/exchange/import_run.h"
#include "app/exchange/lines_out.h"
#include "app/gold_contests.h"
#include "app/gold_forecast.h"
#include "app/gold_tells.h"
#include "store/gold.h"
#include "store/load.h"

#include "core/base/banned.h"

static void write_answers(struct buffer *out, const struct gold_key *key, const struct gold_line *line) {
    for (size_t i = 0; i < key->answer_count; i++) {
        int prefer = key->answers[i].prefer;
        const char *order = key->answers[i].ranking.text; /* as --prefer takes it, with names for letters */
        buffer_add_string(out, i ? " or " : "");
        for (const char *at = order; *at; at++)
            if (*at == '>' || *at == '=')
                buffer_add_char(out, *at);
            else
                buffer_add_string(out, line->responses[*at - 'a']);
        if (*order)
            continue;
        buffer_add_string(out, prefer == CHOICE_TIE ? "tie" : prefer == CHOICE_NONE ? "none" : line->responses[prefer]);
    }
    if (key->high)
        buffer_add_format(out, key->low == key->high ? " (%d)" : " (%d–%d)", key->low, key->high);
}

static void print_table(FILE *out, const struct gold_line *lines, size_t count) {
    if (count == 0) {
        fputs("no gold yet: 'assay gold STORE add FILE' or 'promote REF'\n", out);
        return;
    }
    fprintf(out, "%-6s %-18s %-11s %-8s %-7s %8s  %s\n", "ref", "id", "category", "use", "level", "right", "reference");
    for (size_t i = 0; i < count; i++) {
        struct buffer answers = BUFFER_INIT;
        const char *difficulty = difficulty_name(lines[i].key.difficulty);
        write_answers(&answers, &lines[i].key, &lines[i]);
        fprintf(out, "%-6s ", lines[i].ref.text);
        print_column(out, lines[i].name, 19);
        print_column(out, lines[i].category, 12);
        fprintf(out, "%-8.8s %-7s %3lld of %-3lld ", gold_use_name(lines[i].key.use), difficulty ? difficulty : "",
                (long long)lines[i].right, (long long)lines[i].answered);
        print_text(out, buffer_slice(&answers), false);
        fputc('\n', out);
        buffer_release(&answers);
    }
}

static int print_json(struct invocation *invocation, const struct gold_line *lines, size_t count, struct error *error) {
    struct buffer text = BUFFER_INIT;
    struct pool pool = POOL_INIT;
    struct json json;
    int status = STATUS_OK;
    json_start(&json, &text);
    json_open(&json, '[');
    for (size_t i = 0; i < count && !status; i++) {
        struct item_line item;
        pool_clear(&pool);
        status = load_item(invocation->store, lines[i].item, &pool, &item, error);
        if (status)
            break;
        json_open(&json, '{');
        json_key(&json, "ref");
        json_text(&json, lines[i].ref.text);
        json_key(&json, "id");
        json_string(&json, lines[i].name);
        json_key(&json, "track");
        json_string(&json, lines[i].track);
        json_key(&json, "category");
        json_string(&json, lines[i].category);
        json_key(&json, "gold");
        gold_write(&json, &lines[i].key, &item.item);
        json_key(&json, "origin");
        json_string(&json, lines[i].origin);
        json_key(&json, "answered");
        json_integer(&json, lines[i].answered);
        json_key(&json, "right");
        json_integer(&json, lines[i].right);
        json_close(&json, '}');
    }
    json_close(&json, ']');
    if (!status)
        fprintf(invocation->out, "%s\n", text.data);
    pool_release(&pool);
    buffer_release(&text);
    return status;
}

static int list(struct invocation *invocation, struct error *error) {
    struct pool pool = POOL_INIT;
    struct gold_line *lines;
    size_t count;
    int status = gold_list(invocation->store, &invocation->viewer, &pool, &lines, &count, error);
    if (!status && invocation->json)
        status = print_json(invocation, lines, count, error);
    else if (!status)
        print_table(invocation->out, lines, count);
    pool_release(&pool);
    return status;
}

static int add_file(struct invocation *invocation, const char *path, struct import_counts *counts,
                    struct error *error) {
    struct import_request request = {.path = path, .track = option_value(invocation, "track"), .gold_only = true};
    struct import_report report;
    int status =
        exchange_import(invocation->store, &invocation->viewer, &invocation->campaign, &request, &report, error);
    counts->added += report.counts.added;
    counts->same += report.counts.same;
    return status;
}

static int add(struct invocation *invocation, struct error *error) {
    struct import_counts counts = {0};
    struct import_files files;
    int status = import_files_begin(invocation->store, &invocation->viewer, &files, error);
    if (status)
        return status;
    for (size_t i = 2; i < invocation->argument_count && !status; i++)
        status = add_file(invocation, argument(invocation, i), &counts, error);
    status = import_files_end(invocation->store, &files, status, error);
    if (!status)
        say("%llu gold item%s added, %llu already there", (unsigned long long)counts.added,
            counts.added == 1 ? "" : "s", (unsigned long long)counts.same);
    return status;
}

/* The response whose id stands at the start of text, before a sign or the end; the longest, since ids may hold signs. -1: none. */
static int leading_response(const struct item *item, const char *text) {
    int found = -1;
    for (size_t i = 0; i < item->response_count; i++) {
        struct slice name = item->responses[i].name;
        if (strncmp(text, name.data, name.length) == 0 && strchr(">=", text[name.length]) &&
            (found < 0 || name.length > item->responses[found].name.length))
            found = (int)i;
    }
    return found;
}

/* "r2>r1=r3": an order of all responses. */
static bool read_order(const struct item *item, const char *text, struct ranking *out) {
    size_t length = 0;
    for (size_t placed = 0; placed < item->response_count; placed++) {
        int response = leading_response(item, text);
        if (response < 0 || memchr(out->text, 'a' + response, length))
            return false;
        text += item->responses[response].name.length;
        out->text[length++] = (char)('a' + response);
        if (placed + 1 < item->response_count)
            out->text[length++] = *text ? *text++ : '!'; /* an end too soon is no order */
    }
    return !*text && ranking_valid(slice_of(out->text), item->response_count, false);
}

/* One --prefer: a response's id, tie, none, or an order. */
static int read_answer(const struct item *item, const char *text, struct gold_answer *out, struct error *error) {
    int *prefer = &out->prefer;
    *out = (struct gold_answer){0};
    if (slice_is(slice_of(text), "tie") || slice_is(slice_of(text), "none")) {
        *prefer = text[0] == 't' ? CHOICE_TIE : CHOICE_NONE;
        return STATUS_OK;
    }
    if (read_order(item, text, &out->ranking)) {
        *prefer = ranking_first(out->ranking.text);
        return STATUS_OK;
    }
    *out = (struct gold_answer){0};
    struct buffer names = BUFFER_INIT;
    for (size_t i = 0; i < item->response_count; i++) {
        if (slice_is(item->responses[i].name, text)) {
            *prefer = (int)i;
            buffer_release(&names);
            return STATUS_OK;
        }
        buffer_add_slice(&names, item->responses[i].name);
        buffer_add_string(&names, ", ");
    }
    int status = error_set(error, STATUS_USAGE, "--prefer '%s' is no response of this item; one of %stie, none", text,
                           names.data);
    buffer_release(&names);
    return status;
}

static int read_strength(const char *text, struct gold_key *key, struct error *error) {
    bool range = text[0] && text[1] == '-';
    if (text[0] < '1' || text[0] > '3' || (range ? text[2] < text[0] || text[2] > '3' || text[3] : text[1] != '\0'))
        return error_set(error, STATUS_USAGE, "--strength '%s' is not 1, 2, 3 or a range such as 2-3", text);
    key->low = text[0] - '0';
    key->high = range ? text[2] - '0' : key->low;
    return STATUS_OK;
}

/* The key of the options. What an amendment does not name stays as it was in *key. */
static int read_key(struct invocation *invocation, const struct item *item, struct gold_key *key, struct error *error) {
    int status = STATUS_OK;
    bool first = true;
    for (size_t i = 0; i < invocation->option_count && !status; i++) {
        const struct given_option *given = &invocation->options[i];
        struct slice name = slice_of(given->option->name);
        if (slice_is(name, "prefer")) {
            if (first)
                key->answer_count = 0;
            first = false;
            if (key->answer_count == GOLD_ANSWERS)
                return error_set(error, STATUS_USAGE, "at most %d acceptable answers", GOLD_ANSWERS);
            status = read_answer(item, given->value, &key->answers[key->answer_count++], error);
        } else if (slice_is(name, "strength")) {
            status = read_strength(given->value, key, error);
        } else if (slice_is(name, "explanation")) {
            key->explanation = slice_of(given->value);
        } else if (slice_is(name, "difficulty")) {
            difficulty_find(slice_of(given->value), &key->difficulty);
        } else if (slice_is(name, "use")) {
            gold_use_find(slice_of(given->value), &key->use);
        }
    }
    if (!status && key->answer_count == 0)
        return error_set(error, STATUS_USAGE, "--prefer says the reference answer: a response's id, tie or none");
    return status;
}

static int change(struct invocation *invocation, int64_t id, bool amend, struct error *error) {
    struct pool pool = POOL_INIT;
    struct item_line line;
    struct gold_key key = {0};
    struct last_key last;
    struct slice why = slice_of(option_value(invocation, "why"));
    int status = load_item(invocation->store, id, &pool, &line, error);
    if (!status && amend)
        status = gold_last(invocation->store, &invocation->viewer, id, &pool, &last, error);
    if (!status && amend)
        key = last.key;
    if (!status)
        status = read_key(invocation, &line.item, &key, error);
    if (!status && amend)
        status = gold_amend(invocation->store, &invocation->viewer, &invocation->campaign, id, &key, why, error);
    else if (!status)
        status = gold_promote(invocation->store, &invocation->viewer, &invocation->campaign, id, &key, why, error);
    pool_release(&pool);
    return status;
}

/* All of them or none. */
static int each(struct invocation *invocation, const char *verb, struct error *error) {
    struct slice why = slice_of(option_value(invocation, "why"));
    bool retire = slice_is(slice_of(verb), "retire"), amend = slice_is(slice_of(verb), "amend");
    if (!why.length && !retire)
        return error_set(error, STATUS_USAGE, "gold %s: --why says the reason; it stands in the log", verb);
    int status = together_begin(invocation->store, error);
    if (status)
        return status;
    for (size_t i = 2; i < invocation->argument_count && !status; i++) {
        int64_t id;
        status = store_find_item(invocation->store, slice_of(argument(invocation, i)),
                                 option_value(invocation, "track"), &id, error);
        if (!status && retire)
            status = gold_retire(invocation->store, &invocation->viewer, &invocation->campaign, id,
                                 option_given(invocation, "void"), why.length ? why : slice_of(NO_REASON), error);
        else if (!status)
            status = change(invocation, id, amend, error);
    }
    status = together_end(invocation->store, status, error);
    for (size_t i = 2; i < invocation->argument_count && !status; i++)
        say("%s: %s", argument(invocation, i),
            retire  ? "retired"
            : amend ? "amended; every figure follows"
                    : "is gold now");
    return status;
}

static int run(struct invocation *invocation, struct error *error) {
    enum { LIST, FORECAST, TELLS, CONTESTS, ADD, PROMOTE, AMEND, RETIRE };
    static const char *const verbs[] = {"list",    "forecast", "tells",  "contests", "add",
                                        "promote", "amend",    "retire", NULL};
    int verb;
    int status = argument_verb(invocation, 1, verbs, LIST, &verb, error);
    if (!status) {
        bool one = verb == PROMOTE || verb == AMEND;
        status = arguments_between(invocation, verb < ADD ? 1 : 3, verb < ADD ? 2 : one ? 3 : 1000000, error);
    }
    if (!status)
        status = open_store(invocation, verb < ADD ? STORE_READ_ONLY : STORE_PLAIN, ACCESS_LEAD, error);
    if (status)
        return status;
    return verb == LIST       ? list(invocation, error)
           : verb == FORECAST ? gold_forecast(invocation, error)
           : verb == TELLS    ? gold_tells(invocation, error)
           : verb == CONTESTS ? gold_contests(invocation, error)
           : verb == ADD      ? add(invocation, error)
                              : each(invocation, verbs[verb], error);
}

static const struct option options[] = {
    {"prefer", OPTION_MANY, "X",
     "the reference: a response's id, tie, none, or an order (r2>r1=r3); more than one: any of these", 0},
    {"strength", OPTION_VALUE, "N[-M]", "acceptable strength, 1 to 3 (default: any)", 0},
    {"explanation", OPTION_VALUE, "TEXT", "why, for the lead and for training", 0},
    {"difficulty", OPTION_VALUE, "easy|medium|hard", "so that gold is drawn evenly", 0},
    {"use", OPTION_VALUE, "hidden|qualification|training", "default: hidden", 0},
    {"track", OPTION_VALUE, "T", "of this track, where an id stands in several", 0},
    {"void", OPTION_FLAG, NULL, "retire: what was answered leaves every figure too", 0},
    {"why", OPTION_VALUE, "TEXT", "the reason, for the log", 0},
    {0},
};

const struct command command_gold = {
    .name = "gold",
    .usage = "STORE [list | add FILE… | promote REF --prefer X --why T | amend REF --prefer X --why T | retire REF… "
             "[--why T] | forecast | tells | contests]",
    .summary = "items with a reference answer, served hidden among the others",
    .manual = "Outcomes are derived, never stored: after 'amend' every figure, alarm and hold is what it would have "
              "been with the\n"
              "right key from the start; the log shows both keys.\n"
              "\n"
              "'forecast': how much hidden gold each person has not met, and the day on which\n"
              "the last of it is met at the rate of the last 14 days.\n"
              "\n"
              "'contests': what annotators say against a key that they were shown (the track's\n"
              "feedback setting), until it is amended, kept (an amendment to the same answer) or\n"
              "retired with --void. A retired key can be amended: it stays retired, and figures follow.\n"
              "\n"
              "'tells': whether gold can be told from the other items of its track by length,\n"
              "prompt length, turns, Markdown (marks for each character), code, response order,\n"
              "category or language. The AUC is the chance that a gold item has more of it than\n"
              "another item; 0.50 tells nothing. The intervals are wide enough for all rows\n"
              "together: where nothing tells, any row says otherwise once in twenty times.",
    .access = ACCESS_LEAD,
    .needs_store = true,
    .options = options,
    .run = run,
};
