/* The rules of a rubric file, top to bottom. */
#include "rubrics/rubric.h"

#include "core/base/array.h"
#include "core/base/buffer.h"
#include "rubrics/field.h"

#include "core/base/banned.h"

enum { LARGEST_VERSION = 1000000, LARGEST_MINIMUM = 10000, LARGEST_WEIGHT = 1000, LARGEST_DIGIT = 9 };

/* "much better" of the first one shown is "A much", and "by far" is "A by far"; a strength alone says nothing: "A better". */
static void say_sides(struct rubric *out) {
    static const char tail[] = " better";
    for (int i = 0; i < out->strength_count; i++)
        for (int side = 0; side < 2; side++) {
            struct slice word = slice_of(out->strength_count == 1 ? "better" : out->strengths[i]);
            size_t rest = word.length - (sizeof tail - 1);
            if (word.length > sizeof tail - 1 && memcmp(word.data + rest, tail, sizeof tail - 1) == 0)
                word.length = rest;
            struct buffer text = BUFFER_INIT;
            buffer_add_format(&text, "%c " SLICE_FORMAT, 'A' + side, SLICE_ARGS(word));
            out->sides[side][i] = pool_string(&out->pool, buffer_slice(&text));
            buffer_release(&text);
        }
}

static void read_scale(struct fields *in, const struct yaml_node *scale, struct rubric *out) {
    static const char *const keys[] = {"strengths", "tie", "none", "partial"};
    static const char *const words[] = {"slightly better", "better", "much better"};
    out->strength_count = LIMIT_STRENGTHS;
    for (int i = 0; i < LIMIT_STRENGTHS; i++)
        out->strengths[i] = words[i];
    out->tie = out->none = true;
    if (!scale)
        return;
    fields_only(in, scale, keys, COUNT_OF(keys));
    const struct yaml_node *strengths = yaml_find(scale, "strengths");
    if (strengths) {
        memset(out->strengths, 0, sizeof out->strengths);
        out->strength_count = field_words(in, strengths, &out->pool, out->strengths, 1, LIMIT_STRENGTHS);
    }
    out->tie = field_boolean(in, yaml_find(scale, "tie"), true);
    out->none = field_boolean(in, yaml_find(scale, "none"), true);
    out->partial = field_boolean(in, yaml_find(scale, "partial"), false);
}

static bool is_false(const struct yaml_node *node) {
    return node && node->kind == YAML_SCALAR && node->plain && slice_is(node->text, "false");
}

/* {word: percent, …}, or false. A percent is all that is kept of an answer, so that each word needs its own. */
static void read_confidence(struct fields *in, const struct yaml_node *map, struct rubric *out) {
    if (is_false(map) || !field_is_map(in, map, 1, LIMIT_ROW_CHOICES))
        return;
    for (size_t i = 0; i < map->count && !in->status; i++) {
        const struct yaml_pair *pair = &map->pairs[i];
        struct confidence_word *word = &out->confidence[i];
        word->word = field_name(in, &pair->key, &out->pool, NULL);
        word->percent = (int)field_integer(in, &pair->value, 0, 100, 0);
        for (size_t j = 0; j < i && !in->status; j++)
            if (out->confidence[j].percent == word->percent)
                field_fail(in, &pair->value, NULL, "%d percent is \"%s\" already; give each word its own percent",
                           word->percent, out->confidence[j].word);
    }
    out->confidence_count = (int)map->count;
}

/* [low, high], two different digits. */
static void read_criterion_scale(struct fields *in, const struct yaml_node *scale, struct criterion *out) {
    if (!field_is_list(in, scale, 0, SIZE_MAX))
        return;
    if (scale->count != 2) {
        field_fail(in, scale, NULL, "a list of %zu; write the lowest and the highest value, such as [1, 5]",
                   scale->count);
        return;
    }
    out->low = (int)field_integer(in, &scale->items[0], 0, LARGEST_DIGIT, 0);
    out->high = (int)field_integer(in, &scale->items[1], 0, LARGEST_DIGIT, 0);
    if (!in->status && out->low >= out->high)
        field_fail(in, scale, NULL, "%d to %d is no scale; write the lower value first, such as [1, 5]", out->low,
                   out->high);
}

/* {value: word, …} with values of the scale. */
static void read_labels(struct fields *in, const struct yaml_node *labels, struct criterion *out, struct pool *pool) {
    if (!field_is_map(in, labels, 0, SIZE_MAX))
        return;
    for (size_t i = 0; i < labels->count && !in->status; i++) {
        const struct yaml_pair *pair = &labels->pairs[i];
        struct slice key = pair->key.text;
        int value = key.length == 1 ? key.data[0] - '0' : -1;
        if (value < out->low || value > out->high)
            field_fail(in, &pair->key, NULL, "%s is no value of the scale; write one from %d to %d",
                       yaml_quote(key).text, out->low, out->high);
        else
            out->labels[value] = field_name(in, &pair->value, pool, NULL);
    }
}

/* A pair is compared as a whole: nothing to rate on. */
static void refuse_for_pair(struct fields *in, const struct yaml_node *map, const char *key) {
    const struct yaml_node *value = yaml_find(map, key);
    if (value)
        field_fail(in, value, NULL,
                   "a criterion per pair is answered with a response or \"the same\"; leave it out, or write "
                   "\"per: response\"");
}

static void read_criterion(struct fields *in, const struct yaml_node *map, struct criterion *out, struct pool *pool) {
    static const char *const keys[] = {"id", "ask", "per", "scale", "labels", "required", "weight"};
    static const char *const pers[] = {[PER_RESPONSE] = "response", [PER_PAIR] = "pair"};
    fields_only(in, map, keys, COUNT_OF(keys));
    out->id = field_name(in, field_needed(in, map, "id"), pool, NULL);
    out->ask = field_line(in, field_needed(in, map, "ask"), pool, NULL);
    out->per = field_choice(in, field_needed(in, map, "per"), pers, COUNT_OF(pers), PER_RESPONSE);
    if (out->per == PER_RESPONSE) {
        read_criterion_scale(in, field_needed(in, map, "scale"), out);
        read_labels(in, yaml_find(map, "labels"), out, pool);
    } else {
        refuse_for_pair(in, map, "scale");
        refuse_for_pair(in, map, "labels");
    }
    out->required = field_boolean(in, yaml_find(map, "required"), false);
    out->weight = field_number(in, yaml_find(map, "weight"), 0, LARGEST_WEIGHT, 1);
}

static void read_criteria(struct fields *in, const struct yaml_node *list, struct rubric *out) {
    if (!field_is_list(in, list, 0, LIMIT_CRITERIA))
        return;
    for (size_t i = 0; i < list->count && !in->status; i++) {
        read_criterion(in, &list->items[i], &out->criteria[i], &out->pool);
        for (size_t j = 0; j < i && !in->status; j++)
            if (strcmp(out->criteria[i].id, out->criteria[j].id) == 0)
                field_fail(in, yaml_find(&list->items[i], "id"), NULL,
                           "\"%s\" is the id of an earlier criterion; give each its own", out->criteria[i].id);
    }
    out->criterion_count = (int)list->count;
}

/* Absent or false: no rationale is asked for. */
static void read_rationale(struct fields *in, const struct yaml_node *map, struct rubric *out) {
    static const char *const keys[] = {"required", "min_characters", "tags"};
    if (!map || is_false(map))
        return;
    fields_only(in, map, keys, COUNT_OF(keys));
    out->rationale_asked = true;
    out->rationale_required = field_boolean(in, yaml_find(map, "required"), false);
    out->rationale_minimum = (int)field_integer(in, yaml_find(map, "min_characters"), 0, LARGEST_MINIMUM, 0);
    out->tag_count = field_words(in, yaml_find(map, "tags"), &out->pool, out->tags, 0, LIMIT_ROW_CHOICES);
}

static void read_root(struct fields *in, const struct yaml_node *root, struct rubric *out) {
    static const char *const keys[] = {"rubric",     "version",  "title",     "guideline", "scale",
                                       "confidence", "criteria", "rationale", "flags",     "show_length"};
    fields_only(in, root, keys, COUNT_OF(keys));
    out->name = field_name(in, field_needed(in, root, "rubric"), &out->pool, NULL);
    out->version = (int)field_integer(in, yaml_find(root, "version"), 1, LARGEST_VERSION, 1);
    out->title = field_line(in, yaml_find(root, "title"), &out->pool, out->name);
    out->guideline = field_text(in, yaml_find(root, "guideline"), &out->pool, "");
    read_scale(in, yaml_find(root, "scale"), out);
    read_confidence(in, yaml_find(root, "confidence"), out);
    read_criteria(in, yaml_find(root, "criteria"), out);
    read_rationale(in, yaml_find(root, "rationale"), out);
    out->flag_count = field_words(in, yaml_find(root, "flags"), &out->pool, out->flags, 0, LIMIT_ROW_CHOICES);
    out->show_length = field_boolean(in, yaml_find(root, "show_length"), false);
}

int rubric_read(struct slice yaml, const char *file, struct rubric *out, struct error *error) {
    struct yaml tree;
    const struct yaml_node *root = NULL;
    *out = (struct rubric){.pool = POOL_INIT};
    int status = yaml_read(&tree, yaml, file, error);
    if (status)
        return status;
    struct fields in = {.yaml = &tree, .error = error};
    in.status = yaml_single(&tree, &root, error);
    read_root(&in, root, out);
    yaml_release(&tree);
    if (!in.status)
        say_sides(out);
    if (in.status) {
        rubric_release(out);
        *out = (struct rubric){.pool = POOL_INIT};
    }
    return in.status;
}
