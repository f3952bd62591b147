/*
 * The one YAML reader: memory in, a tree of untyped nodes out. Every node knows its line and column (both from 1; a
 * column counts code points). Stricter than YAML: UTF-8 only, keys are scalars and unique, no anchors, aliases,
 * merge keys or tags, at most LIMIT_YAML_BYTES, YAML_DEPTH levels and YAML_NODES nodes. What is read here is typed
 * by rubrics/field.h.
 *
 * Every error, here and there, is `FILE:LINE:COLUMN: FIELD: what is wrong; what would be right`, FIELD being the
 * path of the node (`tracks.safety.gold.rate`, `criteria[2].scale` of the second one; none at the root), and comes
 * with STATUS_INPUT.
 */
#ifndef RUBRICS_YAML_H
#define RUBRICS_YAML_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/pool.h"
#include "core/base/slice.h"

enum { YAML_DEPTH = LIMIT_JSON_DEPTH, YAML_NODES = 2000000 };

enum yaml_kind { YAML_SCALAR, YAML_LIST, YAML_MAP };

/* All memory belongs to the struct yaml that it was read into. A node is named by its address: don't copy it. */
struct yaml_node {
    enum yaml_kind kind;
    bool plain;       /* of a scalar: written without quotes and not as a block (| or >) */
    int line, column; /* where it begins, from 1 */
    size_t count;     /* of items or pairs; 0 for a scalar */
    union {
        struct slice text; /* of a scalar: valid UTF-8, terminated after its length, may hold NUL (from "\0") */
        const struct yaml_node *items; /* of a list, in the order of the file */
        const struct yaml_pair *pairs; /* of a map, in the order of the file */
    };
};

struct yaml_pair {
    struct yaml_node key; /* a scalar */
    struct yaml_node value;
};

struct yaml {
    const char *file; /* for messages */
    const struct yaml_node *documents;
    size_t document_count; /* documents that hold nothing are left out, so 0 for an empty file */
    struct pool pool;
};

/* Reads all documents of the text. `file` is copied. On failure *yaml holds nothing and need not be released. */
int yaml_read(struct yaml *yaml, struct slice text, const char *file, struct error *error);
void yaml_release(struct yaml *yaml);

/* The only document. An error if there is none, or a second one. */
int yaml_single(const struct yaml *yaml, const struct yaml_node **root, struct error *error);

/* The value of a key of a map; NULL if it is absent or the node is not a map. */
const struct yaml_node *yaml_find(const struct yaml_node *map, const char *key);

/* A plain scalar that YAML takes for null: nothing, ~, null. */
bool yaml_is_null(const struct yaml_node *node);

/*
 * Sets the error at a node (a value, or the key of a pair) and returns STATUS_INPUT. The format is the rest of the
 * sentence: "is not a whole number; …". `child` (may be NULL) is appended to the path, for a key that is missing
 * from a map.
 */
int yaml_fail(const struct yaml *yaml, const struct yaml_node *node, const char *child, struct error *error,
              const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Text for a message: in double quotes, cut after 40 characters, without anything that a terminal would obey. */
struct yaml_quote {
    char text[256];
};
struct yaml_quote yaml_quote(struct slice text);

#endif
