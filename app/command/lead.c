/* `assay lead`: the lead's desk, and what was decided at it. */
#include "ui/lead/lead.h"

#include "app/command.h"
#include "core/base/json.h"
#include "ui/calibrate/calibrate.h"

#include "core/base/banned.h"

static void add(struct buffer *out, int number, const char *one, const char *many) {
    if (number)
        buffer_add_format(out, "%s%d %s", out->length ? ", " : "", number, number == 1 ? one : many);
}

static void print_done(FILE *out, const struct lead_outcome *outcome) {
    struct buffer words = BUFFER_INIT;
    add(&words, outcome->held, "hold placed", "holds placed");
    add(&words, outcome->released, "hold released", "holds released");
    add(&words, outcome->redone, "hold redone", "holds redone");
    add(&words, outcome->amended, "key amended", "keys amended");
    add(&words, outcome->kept, "key kept", "keys kept");
    add(&words, outcome->retired, "gold item retired", "gold items retired");
    add(&words, outcome->answered, "question answered", "questions answered");
    add(&words, outcome->rulings, "of them a ruling", "of them rulings");
    add(&words, outcome->items_retired, "item retired", "items retired");
    add(&words, outcome->given_back, "item given back", "items given back");
    add(&words, outcome->paused, "person paused", "people paused");
    add(&words, outcome->resumed, "person back at work", "people back at work");
    add(&words, outcome->promoted, "item made gold", "items made gold");
    add(&words, outcome->closed, "category closed", "categories closed");
    add(&words, outcome->reopened, "category reopened", "categories reopened");
    add(&words, outcome->let_in, "person let in", "people let in");
    add(&words, outcome->asked_again, "person asked to qualify again", "people asked to qualify again");
    if (words.length == 0)
        buffer_add_string(&words, "nothing was changed");
    if (outcome->decisions)
        buffer_add_format(&words, "; %zu decision%s", outcome->decisions,
                          outcome->decisions == 1 ? " waits" : "s wait");
    else
        buffer_add_string(&words, "; nothing waits");
    fprintf(out, "%s\n", words.data);
    buffer_release(&words);
}

static void print_json(FILE *out, const struct lead_outcome *outcome) {
    const struct {
        const char *key;
        int64_t value;
    } counts[] = {{"held", outcome->held},
                  {"released", outcome->released},
                  {"redone", outcome->redone},
                  {"amended", outcome->amended},
                  {"kept", outcome->kept},
                  {"retired", outcome->retired},
                  {"answered", outcome->answered},
                  {"rulings", outcome->rulings},
                  {"items_retired", outcome->items_retired},
                  {"items_given_back", outcome->given_back},
                  {"paused", outcome->paused},
                  {"resumed", outcome->resumed},
                  {"promoted", outcome->promoted},
                  {"closed", outcome->closed},
                  {"reopened", outcome->reopened},
                  {"let_in", outcome->let_in},
                  {"asked_again", outcome->asked_again},
                  {"decisions", (int64_t)outcome->decisions}};
    struct buffer text = BUFFER_INIT;
    struct json json;
    json_start(&json, &text);
    json_open(&json, '{');
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        json_key(&json, counts[i].key);
        json_integer(&json, counts[i].value);
    }
    json_close(&json, '}');
    fprintf(out, "%s\n", text.data);
    buffer_release(&text);
}

static int run(struct invocation *invocation, struct error *error) {
    struct lead_outcome outcome = {0};
    struct calibrate_outcome session = {0};
    int status = arguments_between(invocation, 1, 1, error);
    if (!status)
        status = read_preferences(invocation, error);
    if (!status)
        status = open_store(invocation, STORE_SCREEN, ACCESS_LEAD, error);
    if (status)
        return status;
    do {
        status = lead_run(invocation->store, &invocation->viewer, &invocation->campaign, &invocation->preferences,
                          &outcome, error);
        if (!status && outcome.session[0])
            status = calibrate_run(invocation->store, &invocation->viewer, &invocation->campaign,
                                   &invocation->preferences, outcome.session, &session, error);
    } while (!status && outcome.session[0] && !session.interrupted);
    if (!status && invocation->json)
        print_json(invocation->out, &outcome);
    else if (!status)
        print_done(invocation->out, &outcome);
    return status;
}

static const struct option options[] = {{0}};

const struct command command_lead = {
    .name = "lead",
    .usage = "STORE",
    .summary = "the lead's desk in the terminal",
    .manual =
        "Opens on what needs a decision: held judgments, gold that the best annotators miss, questions, items set "
        "aside, a pool "
        "about to run\n"
        "out. Enter leads to the place where it is taken. Under it people, worst first, categories against the quality "
        "specification, and\n"
        "charts, each with the table behind it. Small letters look, capitals record; ? lists the keys. Every decision "
        "is a "
        "command too:\n"
        "hold, gold, questions, items.",
    .access = ACCESS_LEAD,
    .needs_store = true,
    .options = options,
    .run = run,
};
