/*
 * One record as a tree of nodes in one array, root first, each followed by what it holds: a list by its values, a map
 * by key, value, key, value. From a line of JSON (json_scan) the nodes are spans of that line, so that what is not
 * looked into can be kept to the letter; from YAML (tree_from_yaml) they are decoded text. The memory is kept for the
 * next record.
 */
#ifndef APP_EXCHANGE_TREE_H
#define APP_EXCHANGE_TREE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/base/pool.h"
#include "core/base/slice.h"

enum tree_kind {
    TREE_NULL,
    TREE_FALSE,
    TREE_TRUE,
    TREE_NUMBER,
    TREE_STRING,
    TREE_PLAIN, /* YAML without quotes: text or number or boolean, as the reader needs it */
    TREE_LIST,
    TREE_MAP,
};

struct tree_node {
    const char *data; /* the value as written; a string: between its quotes */
    uint32_t length;  /* bytes */
    uint32_t end;     /* index of the node after this one and all that it holds */
    uint32_t count;   /* of a list: values; of a map: pairs; else 0 */
    uint32_t line;    /* in a YAML file, from 1; 0 in JSON */
    uint8_t kind;     /* enum tree_kind */
    bool escaped;     /* a JSON string that holds a backslash */
};

struct tree {
    struct tree_node *items;
    size_t count, capacity;
    struct pool scratch; /* of the scan itself */
};

void tree_release(struct tree *tree);

/*
 * Reads one line of JSON, strictly: RFC 8259 grammar and nothing behind it; UTF-8; at most LIMIT_JSON_DEPTH levels
 * and LIMIT_LINE_BYTES bytes; no key twice in an object (compared after unescaping); no \u0000, no half of a
 * surrogate pair; no byte order mark. *column is the byte (from 1) where it goes wrong, and error says what is wrong
 * there (STATUS_INPUT).
 */
int json_scan(struct tree *tree, struct slice line, size_t *column, struct error *error);

/* The value under a key of a map; NULL if there is none or it is no map. */
const struct tree_node *tree_find(const struct tree *tree, const struct tree_node *map, const char *key);

/* To walk over what a list or map holds: the first node inside, and the one after a node. Of a map: key, value, key …
 * */
static inline const struct tree_node *tree_first(const struct tree_node *node) {
    return node + 1;
}
static inline const struct tree_node *tree_after(const struct tree *tree, const struct tree_node *node) {
    return tree->items + node->end;
}

/* The text of a string or plain node: a span of the record, or unescaped into the pool. */
struct slice tree_text(const struct tree_node *node, struct pool *pool);

/* The node as it stands in the line (a string with its quotes). JSON only. */
struct slice tree_raw(const struct tree_node *node);

/* False if it is no number or not finite as a double. */
bool tree_number(const struct tree_node *node, double *value);

/* "a string", "a list" …: what a node is, for a message. */
const char *tree_kind_words(const struct tree_node *node);

/* Appends the node as JSON: to the letter if it came from JSON. */
void tree_write(struct buffer *out, const struct tree *tree, const struct tree_node *node);

/* The key of a map as a JSON string. */
void tree_write_key(struct buffer *out, const struct tree_node *key);

struct yaml_node;

/* The tree of a YAML node; texts point into the yaml. STATUS_INPUT for what JSON cannot say: a NUL in a text. */
int tree_from_yaml(struct tree *tree, const struct yaml_node *node, struct error *error);

#endif
