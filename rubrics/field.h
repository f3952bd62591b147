/*
 * Typed values out of the tree of rubrics/yaml.h. The first failure sticks: everything after it does nothing and
 * gives `otherwise`, so a reader asks for all its fields in a row and looks at status once. A node that is NULL is
 * an absent field: it gives `otherwise`, too.
 *
 *     struct fields in = {.yaml = &yaml, .error = error};
 *     fields_only(&in, map, keys, COUNT_OF(keys));
 *     batch = (int)field_integer(&in, yaml_find(map, "batch"), 1, LIMIT_BATCH, 50);
 *     return in.status;
 */
#ifndef RUBRICS_FIELD_H
#define RUBRICS_FIELD_H

#include <stdint.h>

#include "rubrics/yaml.h"

enum { FIELD_LINE_BYTES = 1024 }; /* a title, a question */

struct fields {
    const struct yaml *yaml;
    struct error *error;
    int status; /* 0, or that of the first failure */
};

/* Fails unless the node is a map, and each of its keys is one of `keys`; says which one a near miss may mean. */
void fields_only(struct fields *in, const struct yaml_node *map, const char *const *keys, size_t count);

/* The value of a key that must be there. NULL after a failure. */
const struct yaml_node *field_needed(struct fields *in, const struct yaml_node *map, const char *key);

/*
 * The kind of a node, of which there are at least `least` and at most `most` entries. False after a failure or if
 * it is NULL.
 */
bool field_is_list(struct fields *in, const struct yaml_node *node, size_t least, size_t most);
bool field_is_map(struct fields *in, const struct yaml_node *node, size_t least, size_t most);

/* Decimal digits, no quotes, no leading zero, within [low, high]. */
int64_t field_integer(struct fields *in, const struct yaml_node *node, int64_t low, int64_t high, int64_t otherwise);

/* A decimal number with at most 15 digits, no quotes, within [low, high]. It does not depend on the locale. */
double field_number(struct fields *in, const struct yaml_node *node, double low, double high, double otherwise);

/* true or false, as these two words. */
bool field_boolean(struct fields *in, const struct yaml_node *node, bool otherwise);

/* Whole days, 1 to `most`: "7 days", "1 day", "2 weeks". */
int field_days(struct fields *in, const struct yaml_node *node, int most, int otherwise);

/* The index of one of the words: an enum whose names they are. */
unsigned field_choice(struct fields *in, const struct yaml_node *node, const char *const *words, size_t count,
                      unsigned otherwise);

/*
 * Text, copied into the pool. A name or line has no control character, line break or direction override, no space
 * at either end, and 1 to LIMIT_NAME_BYTES or FIELD_LINE_BYTES bytes. field_text is anything but NUL and null, and
 * may be empty if quoted.
 */
const char *field_name(struct fields *in, const struct yaml_node *node, struct pool *pool, const char *otherwise);
const char *field_line(struct fields *in, const struct yaml_node *node, struct pool *pool, const char *otherwise);
const char *field_text(struct fields *in, const struct yaml_node *node, struct pool *pool, const char *otherwise);

/* A list of different names, least to most of them, into words. Returns how many; 0 if the node is NULL. */
int field_words(struct fields *in, const struct yaml_node *node, struct pool *pool, const char **words, int least,
                int most);

/* Records a failure at a node, unless there is one already. `child` as in yaml_fail. */
void field_fail(struct fields *in, const struct yaml_node *node, const char *child, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
