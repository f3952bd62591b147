/* Looking into a tree; see tree.h. Numbers are read by cJSON, which does so whatever the locale's decimal point is. */
#include "app/exchange/tree.h"

#include <math.h>

#include <cjson/cJSON.h>

#include "app/exchange/json_strings.h"
#include "core/base/array.h"
#include "core/base/json.h"
#include "core/base/limits.h"
#include "rubrics/yaml.h"

#include "core/base/banned.h"

void tree_release(struct tree *tree) {
    ARRAY_RELEASE(tree);
    pool_release(&tree->scratch);
}

const struct tree_node *tree_find(const struct tree *tree, const struct tree_node *map, const char *key) {
    if (!map || map->kind != TREE_MAP)
        return NULL;
    size_t length = strlen(key);
    const struct tree_node *node = tree_first(map);
    for (size_t i = 0; i < map->count; i++, node = tree_after(tree, node + 1)) {
        if (!node->escaped && node->length == length && memcmp(node->data, key, length) == 0)
            return node + 1;
        if (node->escaped) {
            struct pool pool = POOL_INIT;
            bool same = slice_is(tree_text(node, &pool), key);
            pool_release(&pool);
            if (same)
                return node + 1;
        }
    }
    return NULL;
}

struct slice tree_text(const struct tree_node *node, struct pool *pool) {
    struct slice text = slice_make(node->data, node->length);
    if (!node->escaped)
        return text;
    char *copy = pool_string(pool, text);
    size_t length = json_unescape(copy, text.length);
    copy[length] = '\0';
    return slice_make(copy, length);
}

struct slice tree_raw(const struct tree_node *node) {
    if (node->kind == TREE_STRING)
        return slice_make(node->data - 1, (size_t)node->length + 2);
    return slice_make(node->data, node->length);
}

/* Is the text of a plain node a number as JSON writes it? */
static bool is_json_number(struct slice text) {
    struct tree tree = {0};
    bool number = text.length > 0 && text.length < 64 && json_scan(&tree, text, NULL, NULL) == 0 &&
                  tree.items[0].kind == TREE_NUMBER && tree.items[0].length == text.length;
    tree_release(&tree);
    return number;
}

bool tree_number(const struct tree_node *node, double *value) {
    struct slice text = slice_make(node->data, node->length);
    if (node->kind != TREE_NUMBER && (node->kind != TREE_PLAIN || !is_json_number(text)))
        return false;
    cJSON *number = cJSON_ParseWithLength(text.data, text.length);
    bool found = cJSON_IsNumber(number) && isfinite(number->valuedouble);
    if (found)
        *value = number->valuedouble;
    cJSON_Delete(number);
    return found;
}

const char *tree_kind_words(const struct tree_node *node) {
    static const char *const words[] = {
        [TREE_NULL] = "null",       [TREE_FALSE] = "false",  [TREE_TRUE] = "true",   [TREE_NUMBER] = "a number",
        [TREE_STRING] = "a string", [TREE_PLAIN] = "a word", [TREE_LIST] = "a list", [TREE_MAP] = "an object"};
    return words[node->kind];
}

static void write_plain(struct json *json, struct slice text) {
    if (slice_is(text, "true") || slice_is(text, "false") || is_json_number(text))
        json_raw(json, text);
    else
        json_string(json, text);
}

static void write_yaml(struct json *json, const struct tree *tree, const struct tree_node *node) {
    struct slice text = slice_make(node->data, node->length);
    if (node->kind == TREE_NULL)
        json_null(json);
    else if (node->kind == TREE_PLAIN)
        write_plain(json, text);
    else if (node->kind == TREE_STRING)
        json_string(json, text);
    if (node->kind != TREE_LIST && node->kind != TREE_MAP)
        return;
    bool map = node->kind == TREE_MAP;
    json_open(json, map ? '{' : '[');
    const struct tree_node *inside = tree_first(node);
    for (size_t i = 0; i < node->count; i++) {
        if (map) {
            json_key_slice(json, slice_make(inside->data, inside->length));
            inside++;
        }
        write_yaml(json, tree, inside);
        inside = tree_after(tree, inside);
    }
    json_close(json, map ? '}' : ']');
}

void tree_write(struct buffer *out, const struct tree *tree, const struct tree_node *node) {
    if (node->line == 0) {
        buffer_add_slice(out, tree_raw(node));
        return;
    }
    struct json json;
    json_start(&json, out);
    write_yaml(&json, tree, node);
}

void tree_write_key(struct buffer *out, const struct tree_node *key) {
    if (key->line == 0)
        buffer_add_slice(out, tree_raw(key));
    else
        json_quote(out, slice_make(key->data, key->length));
}

static int add_yaml(struct tree *tree, const struct yaml_node *yaml, struct error *error) {
    size_t index = tree->count;
    struct tree_node *node = ARRAY_ADD(tree);
    *node = (struct tree_node){.line = (uint32_t)yaml->line};
    int status = 0;
    if (yaml->kind == YAML_SCALAR) {
        if (memchr(yaml->text.data, '\0', yaml->text.length))
            return error_set(error, STATUS_INPUT, "a text holds \\0, which cannot be kept; leave it out");
        node->kind = (uint8_t)(yaml_is_null(yaml) ? TREE_NULL : yaml->plain ? TREE_PLAIN : TREE_STRING);
        node->data = yaml->text.data;
        node->length = (uint32_t)yaml->text.length;
    } else {
        node->kind = (uint8_t)(yaml->kind == YAML_MAP ? TREE_MAP : TREE_LIST);
        node->count = (uint32_t)yaml->count;
        for (size_t i = 0; i < yaml->count && !status; i++) {
            if (yaml->kind == YAML_LIST) {
                status = add_yaml(tree, &yaml->items[i], error);
                continue;
            }
            status = add_yaml(tree, &yaml->pairs[i].key, error);
            if (!status)
                status = add_yaml(tree, &yaml->pairs[i].value, error);
        }
    }
    tree->items[index].end = (uint32_t)tree->count;
    return status;
}

int tree_from_yaml(struct tree *tree, const struct yaml_node *node, struct error *error) {
    tree->count = 0;
    return add_yaml(tree, node, error);
}
