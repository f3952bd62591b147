/* `assay log`: the event log, oldest first. */
#include "app/command.h"
#include "core/base/json.h"
#include "core/base/timestamp.h"
#include "store/check.h"

#include "core/base/banned.h"

static void write_event(struct buffer *text, const struct event *event) {
    struct json json;
    json_start(&json, text);
    json_open(&json, '{');
    json_key(&json, "n");
    json_integer(&json, event->n);
    json_key(&json, "at");
    json_text(&json, timestamp_utc(event->at).text);
    json_key(&json, "person");
    json_string(&json, event->person);
    json_key(&json, "verb");
    json_string(&json, event->verb);
    json_key(&json, "subject");
    json_string(&json, event->subject);
    json_key(&json, "detail");
    json_string(&json, event->detail);
    json_key(&json, "hash");
    json_string(&json, event->hash);
    json_close(&json, '}');
}

static int visit(void *context, const struct event *event, struct error *error) {
    (void)error;
    struct invocation *invocation = context;
    FILE *out = invocation->out;
    if (invocation->json) {
        struct buffer text = BUFFER_INIT;
        write_event(&text, event);
        fprintf(out, "%s\n", text.data);
        buffer_release(&text);
        return STATUS_OK;
    }
    fprintf(out, "%6lld  %.19s  ", (long long)event->n, timestamp_utc(event->at).text);
    print_cell(out, event->person, 14);
    fputs("  ", out);
    print_cell(out, event->verb, 18);
    fputs("  ", out);
    print_text(out, event->subject, false);
    if (event->detail.length) {
        fputs("  ", out);
        print_text(out, event->detail, false);
    }
    fputc('\n', out);
    return STATUS_OK;
}

static int run(struct invocation *invocation, struct error *error) {
    int status = arguments_between(invocation, 1, 1, error);
    if (!status)
        status = open_store(invocation, STORE_READ_ONLY, ACCESS_LEAD, error);
    if (!status)
        status = event_log(invocation->store, &invocation->viewer, visit, invocation, error);
    return status;
}

const struct command command_log = {
    .name = "log",
    .usage = "STORE",
    .summary = "the event log: who did what, when; a hash chain",
    .manual = "With --json one object a line, with the hash of each event. 'assay check' verifies the chain.",
    .access = ACCESS_LEAD,
    .needs_store = true,
    .run = run,
};
