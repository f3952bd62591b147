/* The form of config.yaml; the names of requests and keys are the keymap's to know. */
#include "rubrics/preferences.h"

#include "core/base/array.h"
#include "rubrics/field.h"

#include "core/base/banned.h"

enum { MOST_REST_MINUTES = 600 };

static struct preference_word read_word(struct fields *in, const struct yaml_node *node, struct pool *pool) {
    return (struct preference_word){field_name(in, node, pool, ""), node->line, node->column};
}

/* "Ctrl-D", or [Ctrl-D, F5]. */
static void read_keys(struct fields *in, const struct yaml_node *node, struct key_preference *out, struct pool *pool) {
    if (node->kind != YAML_LIST) {
        out->keys[0] = read_word(in, node, pool);
        out->key_count = 1;
    } else if (field_is_list(in, node, 1, PREFERENCE_KEYS)) {
        for (size_t i = 0; i < node->count; i++)
            out->keys[i] = read_word(in, &node->items[i], pool);
        out->key_count = node->count;
    }
}

static void read_bindings(struct fields *in, const struct yaml_node *map, struct preferences *out) {
    if (!field_is_map(in, map, 0, SIZE_MAX))
        return;
    size_t count = 0;
    for (size_t i = 0; i < map->count; i++)
        if (field_is_map(in, &map->pairs[i].value, 0, SIZE_MAX))
            count += map->pairs[i].value.count;
    out->keys = pool_new(&out->pool, count + 1, sizeof *out->keys);
    for (size_t i = 0; i < map->count && !in->status; i++) {
        const struct yaml_pair *context = &map->pairs[i];
        for (size_t k = 0; k < context->value.count && !in->status; k++) {
            struct key_preference *key = &out->keys[out->key_count++];
            key->context = read_word(in, &context->key, &out->pool);
            key->request = read_word(in, &context->value.pairs[k].key, &out->pool);
            read_keys(in, &context->value.pairs[k].value, key, &out->pool);
        }
    }
}

/* 0 in the file means never. */
static int read_rest(struct fields *in, const struct yaml_node *node) {
    int64_t minutes = field_integer(in, node, 0, MOST_REST_MINUTES, 0);
    return node && minutes == 0 ? -1 : (int)minutes;
}

int preferences_read(struct slice text, const char *file, struct preferences *out, struct error *error) {
    static const char *const keys[] = {"theme", "mouse", "content_notes", "rest_minutes", "keys"};
    static const char *const themes[] = {
        [THEME_AUTO] = "auto", [THEME_DARK] = "dark", [THEME_LIGHT] = "light", [THEME_MONO] = "mono"};
    const struct yaml_node *root;
    struct yaml yaml;
    *out = (struct preferences){0};
    int status = yaml_read(&yaml, text, file, error);
    if (status)
        return status;
    struct fields in = {.yaml = &yaml, .error = error};
    out->file = pool_string(&out->pool, slice_of(file));
    if (yaml.document_count > 0) { /* a file of comments alone is no mistake */
        in.status = yaml_single(&yaml, &root, error);
        if (!in.status) {
            fields_only(&in, root, keys, COUNT_OF(keys));
            out->theme = field_choice(&in, yaml_find(root, "theme"), themes, COUNT_OF(themes), THEME_AUTO);
            out->mouse = field_boolean(&in, yaml_find(root, "mouse"), false);
            out->uncovered = !field_boolean(&in, yaml_find(root, "content_notes"), true);
            out->rest_minutes = read_rest(&in, yaml_find(root, "rest_minutes"));
            read_bindings(&in, yaml_find(root, "keys"), out);
        }
    }
    yaml_release(&yaml);
    if (in.status)
        preferences_release(out);
    return in.status;
}

void preferences_release(struct preferences *preferences) {
    pool_release(&preferences->pool);
    *preferences = (struct preferences){0};
}
