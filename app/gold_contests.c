/* See gold_contests.h. */
#include "app/gold_contests.h"

#include "core/base/json.h"
#include "core/base/timestamp.h"
#include "store/contests.h"
#include "store/load.h"

#include "core/base/banned.h"

enum { INDENT = 6 };

/* With the names of the responses in the order in which the person saw them, without which their "A" says nothing. */
struct told {
    const struct contest *contest;
    struct slice order[LIMIT_RESPONSES];
    size_t count;
};

static int read_order(struct store *store, struct told *told, struct pool *pool, struct error *error) {
    struct pool texts = POOL_INIT;
    struct item_line line;
    int status = load_item(store, told->contest->item, &texts, &line, error);
    for (const char *letter = told->contest->shown; !status && *letter; letter++)
        told->order[told->count++] = pool_slice(pool, line.item.responses[*letter - 'a'].name);
    pool_release(&texts);
    return status;
}

static void print_told(FILE *out, const struct told *told) {
    const struct contest *contest = told->contest;
    fprintf(out, "%s  %s  %s  ", contest->ref.text, timestamp_local_day(contest->at).text,
            contest->retired ? "retired" : "training");
    print_text(out, contest->person, false);
    for (size_t i = 0; i < told->count; i++) {
        fprintf(out, "%s%c = ", i ? ", " : "  saw ", (char)('A' + i));
        print_text(out, told->order[i], false);
    }
    fprintf(out, "\n%*s", INDENT, "");
    print_paragraph(out, contest->text, INDENT);
}

static void write_told(struct json *json, const struct told *told) {
    const struct contest *contest = told->contest;
    json_open(json, '{');
    json_key(json, "ref");
    json_text(json, contest->ref.text);
    json_key(json, "track");
    json_string(json, contest->track);
    json_key(json, "person");
    json_string(json, contest->person);
    json_key(json, "at");
    json_text(json, timestamp_utc(contest->at).text);
    json_key(json, "retired");
    json_boolean(json, contest->retired);
    json_key(json, "order");
    json_open(json, '[');
    for (size_t i = 0; i < told->count; i++)
        json_string(json, told->order[i]);
    json_close(json, ']');
    json_key(json, "text");
    json_string(json, contest->text);
    json_close(json, '}');
}

static void print_json(FILE *out, const struct told *told, size_t count) {
    struct buffer text = BUFFER_INIT;
    struct json json;
    json_start(&json, &text);
    json_open(&json, '[');
    for (size_t i = 0; i < count; i++)
        write_told(&json, &told[i]);
    json_close(&json, ']');
    fprintf(out, "%s\n", text.data);
    buffer_release(&text);
}

int gold_contests(struct invocation *invocation, struct error *error) {
    struct pool pool = POOL_INIT;
    struct contest *contests;
    size_t count;
    int status = contest_list(invocation->store, &invocation->viewer, &pool, &contests, &count, error);
    struct told *told = status ? NULL : pool_new(&pool, count, sizeof *told);
    for (size_t i = 0; !status && i < count; i++) {
        told[i] = (struct told){.contest = &contests[i]};
        status = read_order(invocation->store, &told[i], &pool, error);
    }
    if (!status && invocation->json)
        print_json(invocation->out, told, count);
    else if (!status && count == 0)
        fputs("no contests wait for a decision\n", invocation->out);
    for (size_t i = 0; !status && !invocation->json && i < count; i++)
        print_told(invocation->out, &told[i]);
    pool_release(&pool);
    return status;
}
