/* See gold_contests.h. */
#include "app/gold_contests.h"

#include "core/base/json.h"
#include "core/base/timestamp.h"
#include "store/contests.h"

#include "core/base/banned.h"

enum { INDENT = 6 };

static void print_lines(FILE *out, const struct contest *contests, size_t count) {
    if (count == 0)
        fputs("no contests wait for a decision\n", out);
    for (size_t i = 0; i < count; i++) {
        fprintf(out, "%s  %s  %s  ", contests[i].ref.text, timestamp_local_day(contests[i].at).text,
                contests[i].retired ? "retired" : "training");
        print_text(out, contests[i].person, false);
        fprintf(out, "\n%*s", INDENT, "");
        print_paragraph(out, contests[i].text, INDENT);
    }
}

static void print_json(FILE *out, const struct contest *contests, size_t count) {
    struct buffer text = BUFFER_INIT;
    struct json json;
    json_start(&json, &text);
    json_open(&json, '[');
    for (size_t i = 0; i < count; i++) {
        json_open(&json, '{');
        json_key(&json, "ref");
        json_text(&json, contests[i].ref.text);
        json_key(&json, "track");
        json_string(&json, contests[i].track);
        json_key(&json, "person");
        json_string(&json, contests[i].person);
        json_key(&json, "at");
        json_text(&json, timestamp_utc(contests[i].at).text);
        json_key(&json, "retired");
        json_boolean(&json, contests[i].retired);
        json_key(&json, "text");
        json_string(&json, contests[i].text);
        json_close(&json, '}');
    }
    json_close(&json, ']');
    fprintf(out, "%s\n", text.data);
    buffer_release(&text);
}

int gold_contests(struct invocation *invocation, struct error *error) {
    struct pool pool = POOL_INIT;
    struct contest *contests;
    size_t count;
    int status = contest_list(invocation->store, &invocation->viewer, &pool, &contests, &count, error);
    if (!status && invocation->json)
        print_json(invocation->out, contests, count);
    else if (!status)
        print_lines(invocation->out, contests, count);
    pool_release(&pool);
    return status;
}
