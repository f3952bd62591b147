/* The reference answer of a gold item: {"prefer", "strength", "explanation", "difficulty", "use"}. */
#include "app/exchange/record.h"
#include "core/base/array.h"
#include "rubrics/yaml.h"

#include "core/base/banned.h"

int record_response(struct record *record, const struct tree_node *node, const char *field, const struct item *item,
                    int *out) {
    struct slice name;
    int status = record_text(record, node, field, &name);
    if (status)
        return status;
    for (size_t i = 0; i < item->response_count; i++)
        if (slice_equal(name, item->responses[i].name)) {
            *out = (int)i;
            return 0;
        }
    const char *names[LIMIT_RESPONSES];
    for (size_t i = 0; i < item->response_count; i++)
        names[i] = pool_string(record->pool, item->responses[i].name);
    const char *near = record_near_miss(name, names, item->response_count);
    return record_fail(record, node, field, "%s is no response of this item; %s\"%s\"%s", yaml_quote(name).text,
                       near ? "did you mean " : "its responses are ", near ? near : names[0],
                       near ? "?" : " and so on");
}

struct order {
    char text[2 * LIMIT_RESPONSES];
    size_t length, placed;
};

static int place(struct record *record, const struct tree_node *node, const char *field, const struct item *item,
                 struct order *order, char sign) {
    int response = 0;
    int status = record_response(record, node, field, item, &response);
    if (status)
        return status;
    char letter = (char)('a' + response);
    if (memchr(order->text, letter, order->length))
        return record_fail(record, node, field, "the response %s stands twice in the order",
                           yaml_quote(item->responses[response].name).text);
    if (order->length)
        order->text[order->length++] = sign;
    order->text[order->length++] = letter;
    order->placed++;
    return 0;
}

int record_ranking(struct record *record, const struct tree_node *node, const char *field, const struct item *item,
                   bool partial, struct ranking *out) {
    if (node->kind != TREE_LIST || node->count == 0)
        return record_fail(record, node, field, "is no list of groups; [[\"%.*s\"], [\"%.*s\"]] is one",
                           SLICE_ARGS(item->responses[0].name), SLICE_ARGS(item->responses[1].name));
    struct order order = {.length = 0};
    const struct tree_node *group = tree_first(node);
    for (size_t i = 0; i < node->count; i++, group = tree_after(record->tree, group)) {
        struct field_path path = field_path("%s[%zu]", field, i + 1);
        if (group->kind == TREE_LIST && group->count == 0)
            return record_fail(record, group, path.text, "is an empty group");
        const struct tree_node *member = group->kind == TREE_LIST ? tree_first(group) : group;
        size_t members = group->kind == TREE_LIST ? group->count : 1;
        for (size_t k = 0; k < members; k++, member = tree_after(record->tree, member)) {
            int status = place(record, member, path.text, item, &order, k ? '=' : '>');
            if (status)
                return status;
        }
    }
    if (order.placed != item->response_count && !partial)
        return record_fail(record, node, field, "places %zu of %zu responses; an order names each once", order.placed,
                           item->response_count);
    memcpy(out->text, order.text, order.length);
    out->text[order.length] = '\0';
    return 0;
}

/* One acceptable answer: a response id, "tie", "none", or {"ranking": …}. */
static int read_answer(struct record *record, const struct tree_node *node, const char *field, const struct item *item,
                       struct gold_answer *out) {
    static const char *const keys[] = {"ranking"};
    *out = (struct gold_answer){.prefer = CHOICE_MISSING};
    if (node->kind == TREE_MAP) {
        int status = record_only(record, node, field, keys, COUNT_OF(keys));
        const struct tree_node *ranking = record_find(record, node, "ranking");
        if (!status && !ranking)
            return record_fail(record, node, field, "has no \"ranking\"");
        if (!status)
            status = record_ranking(record, ranking, field_path("%s.ranking", field).text, item, false, &out->ranking);
        out->prefer = status ? CHOICE_MISSING : ranking_first(out->ranking.text);
        return status;
    }
    struct slice word;
    int status = record_text(record, node, field, &word);
    if (status)
        return status;
    if (slice_is(word, "tie") || slice_is(word, "none")) {
        out->prefer = slice_is(word, "tie") ? CHOICE_TIE : CHOICE_NONE;
        return 0;
    }
    return record_response(record, node, field, item, &out->prefer);
}

static int read_answers(struct record *record, const struct tree_node *node, const struct item *item,
                        struct gold_key *key) {
    if (node->kind != TREE_LIST) {
        key->answer_count = 1;
        return read_answer(record, node, "gold.prefer", item, &key->answers[0]);
    }
    if (node->count == 0 || node->count > GOLD_ANSWERS)
        return record_fail(record, node, "gold.prefer", "holds %u answers; 1 to %d are wanted", (unsigned)node->count,
                           GOLD_ANSWERS);
    const struct tree_node *answer = tree_first(node);
    for (size_t i = 0; i < node->count; i++, answer = tree_after(record->tree, answer)) {
        int status = read_answer(record, answer, field_path("gold.prefer[%zu]", i + 1).text, item, &key->answers[i]);
        if (status)
            return status;
    }
    key->answer_count = node->count;
    return 0;
}

static int read_level(struct record *record, const struct tree_node *node, int *level) {
    double number;
    if (!tree_number(node, &number) || number < 1 || number > LIMIT_STRENGTHS || number != (int)number)
        return record_fail(record, node, "gold.strength", "is no strength; 1, 2 or 3, or [least, most], is wanted");
    *level = (int)number;
    return 0;
}

static int read_strength(struct record *record, const struct tree_node *node, struct gold_key *key) {
    bool list = node->kind == TREE_LIST;
    if (list && node->count != 2)
        return record_fail(record, node, "gold.strength", "holds %u numbers; [least, most] is wanted",
                           (unsigned)node->count);
    const struct tree_node *low = list ? tree_first(node) : node, *high = list ? tree_after(record->tree, low) : node;
    int status = read_level(record, low, &key->low);
    if (!status)
        status = read_level(record, high, &key->high);
    if (!status && key->low > key->high)
        return record_fail(record, node, "gold.strength", "[%d, %d] is upside down; [least, most] is wanted", key->low,
                           key->high);
    for (size_t i = 0; i < key->answer_count && !status; i++)
        if (key->answers[i].prefer >= 0)
            return 0;
    return status ? status
                  : record_fail(record, node, "gold.strength",
                                "stands beside answers that have none (tie, none); leave it out");
}

/* One of the words of a field: fails unless found says so. */
static int fail_word(struct record *record, const struct tree_node *node, const char *field, struct slice word,
                     const char *words) {
    return record_fail(record, node, field, "%s is not known; %s", yaml_quote(word).text, words);
}

int record_gold(struct record *record, const struct tree_node *node, struct item *item) {
    static const char *const keys[] = {"prefer", "strength", "explanation", "difficulty", "use"};
    int status = record_only(record, node, "gold", keys, COUNT_OF(keys));
    if (status)
        return status;
    const struct tree_node *field[COUNT_OF(keys)];
    for (size_t i = 0; i < COUNT_OF(keys); i++)
        field[i] = record_find(record, node, keys[i]);
    if (!field[0])
        return record_fail(record, node, "gold",
                           "has no \"prefer\"; a response id, \"tie\", \"none\", a list of these, or {\"ranking\": …}");
    struct gold_key *key = pool_new(record->pool, 1, sizeof *key);
    struct slice word;
    status = read_answers(record, field[0], item, key);
    if (!status && field[1])
        status = read_strength(record, field[1], key);
    if (!status && field[2])
        status = record_text(record, field[2], "gold.explanation", &key->explanation);
    if (!status && field[3] && !(status = record_text(record, field[3], "gold.difficulty", &word)) &&
        !difficulty_find(word, &key->difficulty))
        status = fail_word(record, field[3], "gold.difficulty", word, "easy, medium or hard is");
    if (!status && field[4] && !(status = record_text(record, field[4], "gold.use", &word)) &&
        !gold_use_find(word, &key->use))
        status = fail_word(record, field[4], "gold.use", word, "hidden, qualification or training is");
    item->gold = status ? NULL : key;
    return status;
}
