/* What a judgment line means for its item under a rubric; see judgment_record.h. */
#include "app/exchange/judgment_record.h"
#include "app/exchange/record.h"
#include "core/base/memory.h"
#include "rubrics/yaml.h"

#include "core/base/banned.h"

struct meaning {
    struct record *record;
    const struct item *item; /* names of its responses alone */
    const struct rubric *rubric;
    struct judgment_meaning *out;
};

static const struct tree_node *find(const struct meaning *meaning, const char *key) {
    return record_find(meaning->record, meaning->record->root, key);
}

/* A response id, "tie" or "none". */
static int read_prefer(struct meaning *meaning, const struct tree_node *node) {
    struct judgment *judgment = &meaning->out->judgment;
    struct slice word;
    int status = record_text(meaning->record, node, "prefer", &word);
    if (status)
        return status;
    bool tie = slice_is(word, "tie"), none = slice_is(word, "none");
    if (!tie && !none)
        return record_response(meaning->record, node, "prefer", meaning->item, &judgment->prefer);
    if ((tie && !meaning->rubric->tie) || (none && !meaning->rubric->none))
        return record_fail(meaning->record, node, "prefer", "the rubric '%s' knows no \"%s\"", meaning->rubric->name,
                           tie ? "tie" : "none");
    judgment->prefer = tie ? CHOICE_TIE : CHOICE_NONE;
    return 0;
}

/* Of a pair, an order is the preference that it implies. */
static int read_choice(struct meaning *meaning) {
    const struct tree_node *prefer = find(meaning, "prefer"), *ranking = find(meaning, "ranking");
    struct judgment *judgment = &meaning->out->judgment;
    if (!prefer && !ranking)
        return record_fail(meaning->record, meaning->record->root, "prefer",
                           "is missing; \"prefer\" (a response id, \"tie\" or \"none\") or \"ranking\" is wanted");
    int status = prefer ? read_prefer(meaning, prefer) : 0;
    if (!status && ranking)
        status = record_ranking(meaning->record, ranking, "ranking", meaning->item, meaning->rubric->partial,
                                &judgment->ranking);
    if (status || !ranking)
        return status;
    int first = ranking_first(judgment->ranking.text);
    if (prefer && judgment->prefer != CHOICE_NONE && judgment->prefer != first)
        return record_fail(meaning->record, ranking, "ranking", "puts another response first than \"prefer\" says");
    if (!prefer && first == CHOICE_TIE && !meaning->rubric->tie)
        return record_fail(meaning->record, ranking, "ranking", "the rubric '%s' knows no tie for the first place",
                           meaning->rubric->name);
    judgment->prefer = prefer ? judgment->prefer : first;
    ranking_close(&judgment->ranking, meaning->item->response_count);
    if (meaning->item->response_count == 2)
        judgment->ranking.text[0] = '\0';
    return 0;
}

static int read_strength(struct meaning *meaning) {
    const struct tree_node *node = find(meaning, "strength");
    struct judgment *judgment = &meaning->out->judgment;
    double number = 0;
    if (!node)
        return 0;
    if (!tree_number(node, &number) || number != (int)number || number < 0 || number > meaning->rubric->strength_count)
        return record_fail(meaning->record, node, "strength",
                           "is no strength of the rubric '%s'; a whole number from 1 to %d is wanted",
                           meaning->rubric->name, meaning->rubric->strength_count);
    if (number > 0 && judgment->prefer < 0)
        return record_fail(meaning->record, node, "strength", "stands beside a preference that has none; leave it out");
    judgment->strength = (int)number;
    return 0;
}

/* {"r1": 4, "r2": 2} */
static int read_scale(struct meaning *meaning, const struct tree_node *node, const char *field,
                      const struct criterion *criterion, signed char *cells) {
    if (node->kind != TREE_MAP)
        return record_fail(meaning->record, node, field, "is %s; an object with a number for each response is wanted",
                           tree_kind_words(node));
    const struct tree_node *key = tree_first(node);
    for (size_t i = 0; i < node->count; i++, key = tree_after(meaning->record->tree, key + 1)) {
        int response = 0;
        double number = 0;
        int status = record_response(meaning->record, key, field, meaning->item, &response);
        if (status)
            return status;
        if (key[1].kind == TREE_NULL)
            continue;
        if (!tree_number(&key[1], &number) || number != (int)number || number < criterion->low ||
            number > criterion->high)
            return record_fail(meaning->record, &key[1], field,
                               "is out of its scale; a whole number from %d to %d is wanted", criterion->low,
                               criterion->high);
        cells[response] = (signed char)number;
    }
    return 0;
}

/* A response id or "tie". */
static int read_side(struct meaning *meaning, const struct tree_node *node, const char *field, signed char *cell) {
    struct slice word;
    int response = CELL_SAME;
    int status = record_text(meaning->record, node, field, &word);
    if (!status && !slice_is(word, "tie"))
        status = record_response(meaning->record, node, field, meaning->item, &response);
    *cell = (signed char)response;
    return status;
}

static int fail_criterion(struct meaning *meaning, const struct tree_node *key, const char *field, struct slice name) {
    const char *ids[LIMIT_CRITERIA];
    for (int i = 0; i < meaning->rubric->criterion_count; i++)
        ids[i] = meaning->rubric->criteria[i].id;
    const char *near = record_near_miss(name, ids, (size_t)meaning->rubric->criterion_count);
    return record_fail(meaning->record, key, field, "is no criterion of the rubric '%s' (version %d)%s%s",
                       meaning->rubric->name, meaning->rubric->version, near ? "; did you mean " : "",
                       near ? near : "");
}

static int read_ratings(struct meaning *meaning) {
    const struct rubric *rubric = meaning->rubric;
    struct ratings *ratings = &meaning->out->judgment.ratings;
    const struct tree_node *map = find(meaning, "ratings");
    ratings_clear(ratings);
    if (!map)
        return 0;
    if (map->kind != TREE_MAP)
        return record_fail(meaning->record, map, "ratings", "is %s; an object by criterion is wanted",
                           tree_kind_words(map));
    const struct tree_node *key = tree_first(map);
    bool any = false;
    for (size_t i = 0; i < map->count; i++, key = tree_after(meaning->record->tree, key + 1)) {
        struct slice name = tree_text(key, meaning->record->pool);
        struct field_path path = field_path("ratings." SLICE_FORMAT, SLICE_ARGS(name));
        int k = 0, status = 0;
        while (k < rubric->criterion_count && !slice_is(name, rubric->criteria[k].id))
            k++;
        if (k == rubric->criterion_count)
            return fail_criterion(meaning, key, path.text, name);
        if (key[1].kind == TREE_NULL)
            continue;
        any = true;
        status = rubric->criteria[k].per == PER_PAIR
                     ? read_side(meaning, &key[1], path.text, &ratings->cells[k][0])
                     : read_scale(meaning, &key[1], path.text, &rubric->criteria[k], ratings->cells[k]);
        if (status)
            return status;
    }
    if (any) {
        struct buffer text = BUFFER_INIT;
        ratings_write(&text, ratings, rubric, meaning->item->response_count);
        meaning->out->ratings = pool_slice(meaning->record->pool, buffer_slice(&text));
        buffer_release(&text);
    }
    return 0;
}

/* A list of words that the rubric has. */
static int read_words(struct meaning *meaning, const char *key, const char *const *words, int count, const char **out,
                      size_t *out_count) {
    const struct tree_node *list = find(meaning, key);
    if (!list)
        return 0;
    if (list->kind != TREE_LIST)
        return record_fail(meaning->record, list, key, "is %s; a list of words is wanted", tree_kind_words(list));
    const struct tree_node *node = tree_first(list);
    for (size_t i = 0; i < list->count; i++, node = tree_after(meaning->record->tree, node)) {
        struct slice word;
        int which = 0, status = record_text(meaning->record, node, key, &word);
        if (status)
            return status;
        while (which < count && !slice_is(word, words[which]))
            which++;
        const char *near = which < count ? NULL : record_near_miss(word, words, (size_t)count);
        if (which == count)
            return record_fail(meaning->record, node, key, "%s is none of the rubric '%s'%s%s", yaml_quote(word).text,
                               meaning->rubric->name, near ? "; did you mean " : "", near ? near : "");
        bool twice = false;
        for (size_t k = 0; k < *out_count; k++)
            twice |= out[k] == words[which];
        if (!twice)
            out[(*out_count)++] = words[which];
    }
    return 0;
}

/* The responses as they stood on the screen. */
static int read_order(struct meaning *meaning) {
    const struct tree_node *list = find(meaning, "order");
    size_t count = meaning->item->response_count;
    if (!list)
        return 0;
    if (list->kind != TREE_LIST || list->count != count)
        return record_fail(meaning->record, list, "order",
                           "is no list of all %zu responses in the order that they were shown", count);
    const struct tree_node *node = tree_first(list);
    for (size_t i = 0; i < count; i++, node = tree_after(meaning->record->tree, node)) {
        int response = 0;
        int status = record_response(meaning->record, node, "order", meaning->item, &response);
        if (status)
            return status;
        meaning->out->shown[i] = (char)('a' + response);
    }
    if (!shown_valid(slice_of(meaning->out->shown), count))
        return record_fail(meaning->record, list, "order", "names a response twice; each is shown once");
    return 0;
}

int judgment_meaning_read(struct record *record, const struct judgment_fields *fields, const struct judged_item *item,
                          const struct rubric *rubric, struct judgment_meaning *out) {
    struct item names = {.name = item->name, .response_count = item->response_count};
    for (size_t i = 0; i < item->response_count; i++)
        names.responses[i].name = item->names[i];
    struct meaning meaning = {record, &names, rubric, out};
    *out = (struct judgment_meaning){.judgment = {.prefer = CHOICE_MISSING, .confidence = fields->confidence}};
    out->judgment.rationale = fields->rationale;
    int status = read_choice(&meaning);
    if (!status)
        status = read_strength(&meaning);
    if (!status)
        status = read_ratings(&meaning);
    if (!status)
        status = read_words(&meaning, "tags", rubric->tags, rubric->tag_count, out->tags, &out->tag_count);
    if (!status)
        status = read_words(&meaning, "flags", rubric->flags, rubric->flag_count, out->flags, &out->flag_count);
    if (!status)
        status = read_order(&meaning);
    return status;
}
