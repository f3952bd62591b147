/* What a judgment line says by itself; see judgment_record.h. What it means is judgment_meaning.c. */
#include "app/exchange/judgment_record.h"

#include <math.h>

#include "app/exchange/record.h"
#include "core/base/array.h"
#include "core/base/timestamp.h"
#include "rubrics/yaml.h"

#include "core/base/banned.h"

/* batch is where the judgment came from, and says nothing here */
const char *const judgment_keys[] = {"item",       "track",   "annotator", "role",      "prefer", "strength",
                                     "confidence", "ranking", "ratings",   "rationale", "tags",   "flags",
                                     "order",      "seconds", "at",        "kind",      "round",  "final",
                                     "held",       "batch",   "rubric",    "uid"};
const size_t judgment_key_count = COUNT_OF(judgment_keys);

enum judgment_value judgment_value_of(const char *key) {
    static const char *const plain[] = {"strength", "confidence", "seconds", "round", "final", "held", "batch"};
    static const char *const words[] = {"tags", "flags", "order"};
    static const char *const json[] = {"ranking", "ratings"};
    const struct {
        const char *const *names;
        size_t count;
        enum judgment_value value;
    } lists[] = {{plain, COUNT_OF(plain), JUDGMENT_PLAIN},
                 {words, COUNT_OF(words), JUDGMENT_WORDS},
                 {json, COUNT_OF(json), JUDGMENT_JSON}};
    for (size_t i = 0; i < COUNT_OF(lists); i++)
        for (size_t k = 0; k < lists[i].count; k++)
            if (strcmp(lists[i].names[k], key) == 0)
                return lists[i].value;
    return JUDGMENT_TEXT;
}

static int check_keys(struct record *record) {
    if (record->root->kind != TREE_MAP)
        return record_fail(record, record->root, "",
                           "the line is %s; an object with \"item\", \"annotator\" and \"prefer\" is wanted",
                           tree_kind_words(record->root));
    const struct tree_node *key = tree_first(record->root);
    for (size_t i = 0; i < record->root->count; i++, key = tree_after(record->tree, key + 1)) {
        struct slice name = tree_text(key, record->pool);
        size_t which = 0;
        while (which < judgment_key_count && !slice_is(name, judgment_keys[which]))
            which++;
        if (which < judgment_key_count)
            continue;
        const char *near = record_near_miss(name, judgment_keys, judgment_key_count);
        struct field_path path = field_path(SLICE_FORMAT, SLICE_ARGS(name));
        return record_fail(record, key, path.text, "is no key of a judgment%s%s%s", near ? "; did you mean \"" : "",
                           near ? near : "", near ? "\"?" : "; leave it out");
    }
    return 0;
}

static int read_names(struct record *record, struct judgment_fields *out) {
    struct {
        const char *key;
        struct slice *to;
        bool required;
    } names[] = {{"item", &out->item, true},
                 {"track", &out->track, false},
                 {"annotator", &out->annotator, true},
                 {"rubric", &out->rubric, false},
                 {"uid", &out->uid, false}};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        const struct tree_node *node = record_find(record, record->root, names[i].key);
        if (!node && names[i].required)
            return record_fail(record, record->root, names[i].key,
                               "is missing; \"item\", \"annotator\" and \"prefer\" or \"ranking\" are wanted");
        int status = node ? record_name(record, node, names[i].key, names[i].to) : 0;
        if (status)
            return status;
    }
    if (memchr(out->annotator.data, ',', out->annotator.length))
        return record_fail(record, NULL, "annotator", "%s holds a comma; names of people have none",
                           yaml_quote(out->annotator).text);
    return 0;
}

/* A number between least and most; *given false where the line has none. */
static int read_number(struct record *record, const char *key, double least, double most, const char *wanted,
                       bool *given, double *out) {
    const struct tree_node *node = record_find(record, record->root, key);
    *given = node != NULL;
    if (!node)
        return 0;
    if (!tree_number(node, out))
        return record_fail(record, node, key, "is %s; %s is wanted", tree_kind_words(node), wanted);
    if (*out < least || *out > most)
        return record_fail(record, node, key, "%g is out of range; %s is wanted", *out, wanted);
    return 0;
}

static int read_confidence(struct record *record, int *out) {
    bool given;
    double number = 0;
    int status = read_number(record, "confidence", 0, 100, "a whole percentage from 0 to 100", &given, &number);
    if (!status && number != (int)number)
        status = record_fail(record, NULL, "confidence", "%g is not whole; a whole percentage from 0 to 100 is wanted",
                             number);
    *out = given ? (int)number : -1;
    return status;
}

static int read_seconds(struct record *record, int64_t *out) {
    bool given;
    double number = 0;
    int status = read_number(record, "seconds", 0, 1e6, "a number of seconds from 0 to 1000000", &given, &number);
    *out = given ? llround(number * 1000) : -1;
    return status;
}

static int read_at(struct record *record, struct judgment_fields *out) {
    const struct tree_node *node = record_find(record, record->root, "at");
    struct slice text;
    int status = node ? record_text(record, node, "at", &text) : 0;
    out->has_at = node != NULL;
    if (node && !status && (!timestamp_parse(text, &out->at) || out->at < 0))
        status = record_fail(record, node, "at", "%s is no moment since 1970; 2026-11-24T06:14:03.120Z is one",
                             yaml_quote(text).text);
    return status;
}

static int read_role_and_kind(struct record *record, struct judgment_fields *out) {
    const struct tree_node *role = record_find(record, record->root, "role"),
                           *kind = record_find(record, record->root, "kind");
    struct slice word;
    int status = role ? record_text(record, role, "role", &word) : 0;
    out->has_role = role != NULL;
    if (role && !status && !person_role_find(word, &out->role))
        status = record_fail(record, role, "role", "%s is no role; annotator and model are", yaml_quote(word).text);
    if (!status && kind)
        status = record_text(record, kind, "kind", &word);
    out->has_kind = kind != NULL;
    if (kind && !status && !kind_find(word, &out->kind))
        status = record_fail(
            record, kind, "kind",
            "%s is no kind of judgment; production, gold, retest, training, qualification, calibration, revote, "
            "reference and adjudication are",
            yaml_quote(word).text);
    return status;
}

/* What `assay judgments` says of where a judgment stood. */
static int read_standing(struct record *record, struct judgment_fields *out) {
    static const char *const flags[] = {"final", "held"};
    const struct tree_node *nodes[COUNT_OF(flags)];
    bool given;
    double round = 0;
    for (size_t i = 0; i < COUNT_OF(flags); i++) {
        nodes[i] = record_find(record, record->root, flags[i]);
        if (nodes[i] && nodes[i]->kind != TREE_TRUE && nodes[i]->kind != TREE_FALSE)
            return record_fail(record, nodes[i], flags[i], "is %s; true or false is wanted", tree_kind_words(nodes[i]));
    }
    if (nodes[0] && nodes[0]->kind == TREE_FALSE)
        return record_fail(record, nodes[0], "final", "is false: its batch was not handed in; leave the line out");
    out->held = nodes[1] && nodes[1]->kind == TREE_TRUE;
    return read_number(record, "round", 0, 0, "0, the only round that there is,", &given, &round);
}

int judgment_fields_read(struct record *record, struct judgment_fields *out) {
    *out = (struct judgment_fields){.confidence = -1, .active_ms = -1};
    int status = check_keys(record);
    if (!status)
        status = read_names(record, out);
    if (!status)
        status = read_role_and_kind(record, out);
    if (!status)
        status = read_confidence(record, &out->confidence);
    if (!status)
        status = read_seconds(record, &out->active_ms);
    if (!status)
        status = read_at(record, out);
    if (!status)
        status = read_standing(record, out);
    const struct tree_node *rationale = status ? NULL : record_find(record, record->root, "rationale");
    if (rationale)
        status = record_text(record, rationale, "rationale", &out->rationale);
    if (!status && out->rationale.length > LIMIT_RATIONALE_BYTES)
        status = record_fail(record, rationale, "rationale", "is %zu bytes long; at most %d are kept",
                             out->rationale.length, LIMIT_RATIONALE_BYTES);
    return status;
}
