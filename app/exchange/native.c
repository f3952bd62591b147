/*
 * Item lines as assay defines them:
 *     {"id", "track", "category", "language", "prompt" or "messages", "responses", "gold", "priority", "meta"}
 * Keys that are not known are kept beside the item, but a near miss of a known one is an error.
 */
#include "app/exchange/format.h"

#include "app/exchange/record.h"
#include "core/base/array.h"
#include "core/base/limits.h"
#include "rubrics/yaml.h"

#include "core/base/banned.h"

static const char *const known[] = {"id",       "track",     "category", "language", "prompt",
                                    "messages", "responses", "gold",     "priority", "meta"};
enum { KNOWN_READ = COUNT_OF(known) - 1 }; /* `meta` is known, and kept as it came */

static int check_keys(struct record *record) {
    const struct tree_node *key = tree_first(record->root);
    for (size_t i = 0; i < record->root->count; i++, key = tree_after(record->tree, key + 1)) {
        struct slice name = tree_text(key, record->pool);
        size_t which = 0;
        while (which < COUNT_OF(known) && !slice_is(name, known[which]))
            which++;
        if (which < COUNT_OF(known))
            continue;
        const char *near = record_near_miss(name, known, COUNT_OF(known));
        struct field_path path = field_path(SLICE_FORMAT, SLICE_ARGS(name));
        if (near)
            return record_fail(record, key, path.text,
                               "is not a known key; did you mean \"%s\"? (if not, put it under \"meta\")", near);
        if (slice_is(name, "prefer"))
            return record_fail(record, key, path.text,
                               "stands at the wrong place; a reference answer is {\"gold\": {\"prefer\": …}}");
        if (name.length > LIMIT_NAME_BYTES)
            return record_fail(record, key, "", "a key of %zu bytes; at most %d are read", name.length,
                               LIMIT_NAME_BYTES);
    }
    return 0;
}

static int read_prompt(struct record *record, struct item *item) {
    const struct tree_node *prompt = record_find(record, record->root, "prompt");
    const struct tree_node *messages = record_find(record, record->root, "messages");
    if (prompt && messages)
        return record_fail(record, messages, "messages", "stands beside \"prompt\"; one of the two is wanted");
    if (!prompt && !messages)
        return record_fail(record, record->root, "prompt",
                           "is missing; \"prompt\" (a string) or \"messages\" (a list) is wanted");
    if (messages || prompt->kind == TREE_LIST)
        return record_messages(record, messages ? messages : prompt, messages ? "messages" : "prompt", &item->prompt);
    struct slice text;
    int status = record_text(record, prompt, "prompt", &text);
    if (status)
        return status;
    if (text.length == 0)
        return record_fail(record, prompt, "prompt", "is empty; there is nothing to answer");
    item->prompt = record_one_message(record, ROLE_USER, text);
    return 0;
}

/* {"id", "model", and "content", "text" or "messages"}. */
static int read_response_object(struct record *record, const struct tree_node *node, const char *field,
                                struct response *out) {
    static const char *const keys[] = {"id", "content", "text", "messages", "model"};
    int status = record_only(record, node, field, keys, COUNT_OF(keys));
    const struct tree_node *id = record_find(record, node, "id"), *model = record_find(record, node, "model");
    if (!status && id)
        status = record_name(record, id, field_path("%s.id", field).text, &out->name);
    if (!status && id && (slice_is(out->name, "tie") || slice_is(out->name, "none")))
        status = record_fail(record, id, field_path("%s.id", field).text, "%s is an answer, and no name of a response",
                             yaml_quote(out->name).text);
    if (!status && model)
        status = record_name(record, model, field_path("%s.model", field).text, &out->model);
    const struct tree_node *body = NULL;
    const char *key = NULL;
    for (size_t i = 1; i <= 3 && !status; i++) {
        const struct tree_node *found = record_find(record, node, keys[i]);
        if (found && body)
            return record_fail(record, found, field_path("%s.%s", field, keys[i]).text,
                               "stands beside \"%s\"; one of the two is wanted", key);
        if (found) {
            body = found;
            key = keys[i];
        }
    }
    if (status)
        return status;
    if (!body)
        return record_fail(record, node, field,
                           "has no \"content\"; a response is a string, or {\"id\": …, \"content\": …}");
    if (strcmp(key, "messages") == 0)
        return record_messages(record, body, field_path("%s.messages", field).text, &out->messages);
    struct slice text;
    status = record_text(record, body, field_path("%s.%s", field, key).text, &text);
    if (!status)
        out->messages = record_one_message(record, ROLE_ASSISTANT, text);
    return status;
}

static int read_response(struct record *record, const struct tree_node *node, size_t index, struct item *item) {
    struct response *response = &item->responses[index];
    struct field_path path = field_path("responses[%zu]", index + 1);
    response->name = response_letter(index);
    int status = 0;
    if (node->kind == TREE_STRING || node->kind == TREE_PLAIN)
        response->messages = record_one_message(record, ROLE_ASSISTANT, tree_text(node, record->pool));
    else if (node->kind == TREE_MAP)
        status = read_response_object(record, node, path.text, response);
    else
        status = record_fail(record, node, path.text, "is %s; a string or {\"id\": …, \"content\": …} is wanted",
                             tree_kind_words(node));
    for (size_t i = 0; i < index && !status; i++)
        if (slice_equal(response->name, item->responses[i].name))
            status = record_fail(record, node, path.text, "has the id %s, as responses[%zu] has",
                                 yaml_quote(response->name).text, i + 1);
    return status;
}

static int read_responses(struct record *record, struct item *item) {
    const struct tree_node *list = record_find(record, record->root, "responses");
    if (!list)
        return record_fail(record, record->root, "responses", "is missing; a list of 2 to %d is wanted",
                           LIMIT_RESPONSES);
    if (list->kind != TREE_LIST)
        return record_fail(record, list, "responses", "is %s; a list is wanted", tree_kind_words(list));
    if (list->count < 2 || list->count > LIMIT_RESPONSES)
        return record_fail(record, list, "responses", "holds %u; an item has 2 to %d", (unsigned)list->count,
                           LIMIT_RESPONSES);
    item->response_count = list->count;
    const struct tree_node *node = tree_first(list);
    for (size_t i = 0; i < list->count; i++, node = tree_after(record->tree, node)) {
        int status = read_response(record, node, i, item);
        if (status)
            return status;
    }
    return 0;
}

static int read_priority(struct record *record, struct item *item) {
    const struct tree_node *node = record_find(record, record->root, "priority");
    if (!node)
        return 0;
    item->has_priority = true;
    if (node->kind != TREE_NUMBER && node->kind != TREE_PLAIN)
        return record_fail(record, node, "priority", "is %s; a number is wanted", tree_kind_words(node));
    if (!tree_number(node, &item->priority))
        return record_fail(record, node, "priority", "is not a number that can be kept; a decimal number is wanted");
    return 0;
}

static int read_native(struct record *record, struct item *item) {
    *item = (struct item){0};
    if (record->root->kind != TREE_MAP)
        return record_fail(record, record->root, "",
                           "the line is %s; an object with \"prompt\" and \"responses\" is wanted",
                           tree_kind_words(record->root));
    int status = check_keys(record);
    if (!status)
        status = record_names(record, item);
    if (!status)
        status = read_prompt(record, item);
    if (!status)
        status = read_responses(record, item);
    if (!status)
        status = read_priority(record, item);
    const struct tree_node *gold = status ? NULL : record_find(record, record->root, "gold");
    if (gold)
        status = record_gold(record, gold, item);
    if (status)
        return status;
    item->extra = record_extra(record, known, KNOWN_READ);
    return record_close(record, item);
}

static bool is_native(const struct record *record) {
    return tree_find(record->tree, record->root, "responses") ||
           ((tree_find(record->tree, record->root, "prompt") || tree_find(record->tree, record->root, "messages")) &&
            !tree_find(record->tree, record->root, "chosen"));
}

const struct format format_native = {"native", "items of assay: prompt or messages, and responses", is_native,
                                     read_native};
