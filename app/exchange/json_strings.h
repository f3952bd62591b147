/* Inside of exchange: strings of JSON where they lie, and the keys of an object. */
#ifndef APP_EXCHANGE_JSON_STRINGS_H
#define APP_EXCHANGE_JSON_STRINGS_H

#include "app/exchange/tree.h"

struct json_string_end {
    const char *at;    /* the closing quote, or where it goes wrong */
    const char *wrong; /* NULL, or the sentence */
    bool escaped;      /* there is a backslash in it */
};

/* `at` is behind the opening quote. */
struct json_string_end json_string_scan(const char *at, const char *end);

/* Undoes the escapes of a string that json_string_scan passed, in place; returns the new length. */
size_t json_unescape(char *text, size_t length);

/* A key of the map that stands a second time, the first such in the line; NULL if all are different. */
const struct tree_node *json_key_twice(struct tree *tree, const struct tree_node *map);

#endif
