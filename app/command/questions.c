/* `assay questions`: what annotators asked, and the lead's answers. */
#include <errno.h>
#include <stdlib.h>

#include "app/command.h"
#include "core/base/json.h"
#include "core/base/timestamp.h"
#include "store/questions.h"

#include "core/base/banned.h"

static void print_json(FILE *out, const struct question *questions, size_t count) {
    struct buffer text = BUFFER_INIT;
    struct json json;
    json_start(&json, &text);
    json_open(&json, '[');
    for (size_t i = 0; i < count; i++) {
        const struct question *question = &questions[i];
        json_open(&json, '{');
        json_key(&json, "id");
        json_integer(&json, question->id);
        json_key(&json, "annotator");
        json_string(&json, question->person);
        json_key(&json, "track");
        json_string(&json, question->track);
        json_key(&json, "ref");
        json_text(&json, question->ref.text);
        json_key(&json, "question");
        json_string(&json, question->text);
        json_key(&json, "at");
        json_text(&json, timestamp_utc(question->at).text);
        json_key(&json, "answer");
        if (question->answer.data) {
            json_string(&json, question->answer);
            json_key(&json, "ruling");
            json_boolean(&json, question->ruling);
        } else {
            json_null(&json);
        }
        json_close(&json, '}');
    }
    json_close(&json, ']');
    fprintf(out, "%s\n", text.data);
    buffer_release(&text);
}

enum { INDENT = 6 };

static void print_table(FILE *out, const struct question *questions, size_t count) {
    if (count == 0)
        fputs("no questions\n", out);
    for (size_t i = 0; i < count; i++) {
        const struct question *question = &questions[i];
        fprintf(out, "%4lld  %s  %s  ", (long long)question->id, timestamp_local_day(question->at).text,
                question->ref.text);
        print_text(out, question->person, false);
        fprintf(out, "%s\n%*s", question->answer.data ? "" : "  open", INDENT, "");
        print_paragraph(out, question->text, INDENT);
        if (question->answer.data) {
            fprintf(out, "%*s%s", INDENT, "", question->ruling ? "ruling: " : "answer: ");
            print_paragraph(out, question->answer, INDENT + 8);
        }
    }
}

static int list(struct invocation *invocation, struct error *error) {
    struct pool pool = POOL_INIT;
    struct question *questions;
    size_t count;
    int status = question_list(invocation->store, &invocation->viewer, &pool, &questions, &count, error);
    if (!status && invocation->json)
        print_json(invocation->out, questions, count);
    else if (!status)
        print_table(invocation->out, questions, count);
    pool_release(&pool);
    return status;
}

static int answer(struct invocation *invocation, struct error *error) {
    const char *text = argument(invocation, 2);
    char *end;
    errno = 0;
    long long id = strtoll(text, &end, 10);
    if (errno || *end || id < 1)
        return error_set(error, STATUS_USAGE,
                         "questions: '%s' is not the number of a question; 'assay questions STORE' lists them", text);
    int status = question_answer(invocation->store, &invocation->viewer, id, slice_of(argument(invocation, 3)),
                                 option_given(invocation, "ruling"), error);
    if (!status)
        say(option_given(invocation, "ruling") ? "answered; everybody on the track is shown the ruling once"
                                               : "answered");
    return status;
}

static int run(struct invocation *invocation, struct error *error) {
    enum { LIST, ANSWER };
    static const char *const verbs[] = {"list", "answer", NULL};
    int verb;
    int status = argument_verb(invocation, 1, verbs, LIST, &verb, error);
    if (!status)
        status = arguments_between(invocation, verb == LIST ? 1 : 4, verb == LIST ? 2 : 4, error);
    if (!status)
        status = open_store(invocation, verb == LIST ? STORE_READ_ONLY : STORE_PLAIN,
                            verb == LIST ? ACCESS_OWN : ACCESS_LEAD, error);
    if (status)
        return status;
    return verb == LIST ? list(invocation, error) : answer(invocation, error);
}

static const struct option options[] = {
    {"ruling", OPTION_FLAG, NULL, "the answer holds for everybody", 0},
    {0},
};

const struct command command_questions = {
    .name = "questions",
    .usage = "STORE [list | answer ID TEXT [--ruling]]",
    .summary = "what annotators asked, and the answers",
    .manual = "An annotator sees their own.",
    .access = ACCESS_OWN,
    .needs_store = true,
    .options = options,
    .run = run,
};
