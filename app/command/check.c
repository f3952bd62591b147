/* `assay check`: integrity of file, schema, references, chain and derived state. */
#include "app/command.h"
#include "core/base/json.h"
#include "store/check.h"

#include "core/base/banned.h"

struct findings {
    FILE *out;
    struct json *json; /* NULL: text */
    size_t count;
};

static void found(void *context, const char *part, const char *finding) {
    struct findings *findings = context;
    findings->count++;
    if (findings->json) {
        json_open(findings->json, '{');
        json_key(findings->json, "part");
        json_text(findings->json, part);
        json_key(findings->json, "finding");
        json_text(findings->json, finding);
        json_close(findings->json, '}');
    } else {
        fprintf(findings->out, "%s: ", part);
        print_text(findings->out, slice_of(finding), false);
        fputc('\n', findings->out);
    }
}

static int run(struct invocation *invocation, struct error *error) {
    int status = arguments_between(invocation, 1, 1, error);
    if (!status)
        status = open_store(invocation, STORE_READ_ONLY, ACCESS_LEAD, error);
    if (status)
        return status;
    struct buffer text = BUFFER_INIT;
    struct json json;
    struct findings findings = {invocation->out, invocation->json ? &json : NULL, 0};
    json_start(&json, &text);
    json_open(&json, '[');
    status = store_check(invocation->store, found, &findings, error);
    json_close(&json, ']');
    if (invocation->json && (status == STATUS_OK || status == STATUS_NO))
        fprintf(invocation->out, "%s\n", text.data);
    else if (status == STATUS_OK)
        fputs("in order: file, schema, references, chain, derived state\n", invocation->out);
    else if (status == STATUS_NO)
        fprintf(invocation->out, "%zu finding%s\n", findings.count, findings.count == 1 ? "" : "s");
    buffer_release(&text);
    return status;
}

const struct command command_check = {
    .name = "check",
    .usage = "STORE",
    .summary = "integrity: file, schema, references, chain, derived state",
    .manual = "Exit status 1 with findings, a line each.",
    .access = ACCESS_LEAD,
    .needs_store = true,
    .run = run,
};
