/* `assay rulings`: the case log between two versions of a rubric. */
#include <errno.h>
#include <stdlib.h>

#include "app/command.h"
#include "core/base/json.h"
#include "core/base/timestamp.h"
#include "store/questions.h"

#include "core/base/banned.h"

enum { INDENT = 6 };

/* Who has acknowledged what; nothing for an annotator. */
struct readers {
    const struct acknowledgement *items;
    size_t count;
    bool known;
};

static void write_names(struct json *json, const char *key, const struct readers *readers, int64_t ruling, bool seen) {
    json_key(json, key);
    json_open(json, '[');
    for (size_t i = 0; i < readers->count; i++)
        if (readers->items[i].ruling == ruling && (readers->items[i].at != 0) == seen)
            json_string(json, readers->items[i].person);
    json_close(json, ']');
}

/* "acknowledged by ana, dov; not yet: mia". */
static void print_readers(FILE *out, const struct readers *readers, int64_t ruling) {
    struct buffer words = BUFFER_INIT;
    for (int seen = 1; seen >= 0; seen--) {
        size_t found = 0;
        for (size_t i = 0; i < readers->count; i++) {
            const struct acknowledgement *one = &readers->items[i];
            if (one->ruling != ruling || (one->at != 0) != (seen == 1))
                continue;
            buffer_add_string(&words, found++        ? ", "
                                      : seen         ? "acknowledged by "
                                      : words.length ? "; not yet: "
                                                     : "not yet: ");
            buffer_add_slice(&words, one->person);
        }
    }
    if (words.length) {
        fprintf(out, "%*s", INDENT, "");
        print_paragraph(out, buffer_slice(&words), INDENT);
    }
    buffer_release(&words);
}

static void print_rulings(struct invocation *invocation, const struct ruling *rulings, size_t count,
                          const struct readers *readers) {
    FILE *out = invocation->out;
    struct buffer text = BUFFER_INIT;
    struct json json;
    json_start(&json, &text);
    json_open(&json, '[');
    for (size_t i = 0; i < count; i++) {
        json_open(&json, '{');
        json_key(&json, "id");
        json_integer(&json, rulings[i].id);
        json_key(&json, "track");
        json_string(&json, rulings[i].track);
        json_key(&json, "text");
        json_string(&json, rulings[i].text);
        json_key(&json, "at");
        json_text(&json, timestamp_utc(rulings[i].at).text);
        json_key(&json, "retired");
        json_boolean(&json, rulings[i].retired);
        if (readers->known) {
            write_names(&json, "acknowledged", readers, rulings[i].id, true);
            write_names(&json, "waiting", readers, rulings[i].id, false);
        }
        json_close(&json, '}');
        if (invocation->json)
            continue;
        fprintf(out, "%4lld  %s  ", (long long)rulings[i].id, timestamp_local_day(rulings[i].at).text);
        print_text(out, rulings[i].track, false);
        fprintf(out, "%s\n%*s", rulings[i].retired ? "  retired" : "", INDENT, "");
        print_paragraph(out, rulings[i].text, INDENT);
        print_readers(out, readers, rulings[i].id);
    }
    json_close(&json, ']');
    if (invocation->json)
        fprintf(out, "%s\n", text.data);
    else if (count == 0)
        fputs("no rulings\n", out);
    buffer_release(&text);
}

static int list(struct invocation *invocation, struct error *error) {
    struct pool pool = POOL_INIT;
    struct ruling *rulings;
    struct acknowledgement *who = NULL;
    struct readers readers = {.known = viewer_sees_all(&invocation->viewer)};
    size_t count;
    int status = ruling_list(invocation->store, &invocation->viewer, option_value(invocation, "track"), &pool, &rulings,
                             &count, error);
    if (!status && readers.known)
        status = ruling_acknowledgements(invocation->store, &invocation->viewer, &pool, &who, &readers.count, error);
    readers.items = who;
    if (!status)
        print_rulings(invocation, rulings, count, &readers);
    pool_release(&pool);
    return status;
}

static int add(struct invocation *invocation, struct error *error) {
    const char *track;
    int status = chosen_track(invocation, &track, error);
    if (!status)
        status = ruling_add(invocation->store, &invocation->viewer, track, slice_of(argument(invocation, 2)), error);
    if (!status)
        say("everybody on '%s' is shown it once", track);
    return status;
}

static int retire(struct invocation *invocation, struct error *error) {
    char *end;
    errno = 0;
    long long id = strtoll(argument(invocation, 2), &end, 10);
    if (errno || *end || id < 1)
        return error_set(error, STATUS_USAGE,
                         "rulings: '%s' is not the number of a ruling; 'assay rulings STORE' lists them",
                         argument(invocation, 2));
    int status = ruling_retire(invocation->store, &invocation->viewer, id, error);
    if (!status)
        say("ruling %lld is no longer shown", id);
    return status;
}

static int run(struct invocation *invocation, struct error *error) {
    enum { LIST, ADD, RETIRE };
    static const char *const verbs[] = {"list", "add", "retire", NULL};
    int verb;
    int status = argument_verb(invocation, 1, verbs, LIST, &verb, error);
    if (!status)
        status = arguments_between(invocation, verb == LIST ? 1 : 3, verb == LIST ? 2 : 3, error);
    if (!status)
        status = open_store(invocation, verb == LIST ? STORE_READ_ONLY : STORE_PLAIN,
                            verb == LIST ? ACCESS_ANYBODY : ACCESS_LEAD, error);
    if (status)
        return status;
    return verb == LIST ? list(invocation, error) : verb == ADD ? add(invocation, error) : retire(invocation, error);
}

static const struct option options[] = {
    {"track", OPTION_VALUE, "T", "of this track", 0},
    {0},
};

const struct command command_rulings = {
    .name = "rulings",
    .usage = "STORE [list | add --track T TEXT | retire ID]",
    .summary = "rulings that hold for everybody between two rubric versions",
    .access = ACCESS_ANYBODY,
    .needs_store = true,
    .options = options,
    .run = run,
};
