/*
 * A JSON writer (there is no reader on this floor). Values go to a buffer, commas and nesting are kept right by the writer.
 * Strings come out as valid JSON and safe to `cat`: C0, U+007F–U+009F, bidi controls and U+2028/9 as \u escapes; a byte that is not
 * UTF-8 becomes U+FFFD. NaN and infinities become null.
 *
 *     struct json json; json_start(&json, &buffer);
 *     json_open(&json, '{'); json_key(&json, "n"); json_integer(&json, 3); json_close(&json, '}');
 */
#ifndef CORE_BASE_JSON_H
#define CORE_BASE_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/buffer.h"

struct json {
    struct buffer *out; /* borrowed */
    bool comma;         /* the next value or key needs one before it */
};

void json_start(struct json *json, struct buffer *out);
void json_open(struct json *json, char bracket);  /* '{' or '[' */
void json_close(struct json *json, char bracket); /* '}' or ']' */
void json_key(struct json *json, const char *key);
void json_key_slice(struct json *json, struct slice key);
void json_string(struct json *json, struct slice text);
void json_text(struct json *json, const char *text); /* NULL is null */
void json_integer(struct json *json, int64_t value);
void json_number(struct json *json, double value); /* the shortest text that reads back as the same double */
void json_boolean(struct json *json, bool value);
void json_null(struct json *json);
void json_raw(struct json *json, struct slice value); /* a value that is JSON already */

/* The quoted string alone, without a writer. */
void json_quote(struct buffer *out, struct slice text);

#endif
