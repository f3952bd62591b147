/* Items and judgments as the JSON lines of the interface. Each function appends one object and a newline. */
#ifndef APP_EXCHANGE_LINES_OUT_H
#define APP_EXCHANGE_LINES_OUT_H

#include "core/base/json.h"
#include "core/model/rubric.h"
#include "store/load.h"

/* The members of a native item line, into an object that is open: what `import` reads back as the same item. */
void item_write_members(struct json *json, const struct item *item);

/* The same as a whole line. */
void item_write_line(struct buffer *out, const struct item *item);

/* With what the store knows beside: "ref", "judgments", "wanted", "retired", "source", "line". */
void item_line_write(struct buffer *out, const struct item_line *line);

/* The key as it stands under "gold" of an item line. */
void gold_write(struct json *json, const struct gold_key *key, const struct item *item);

/* Every key of a judgment line; null where nothing was said. `rubric` is the one it was made under
 * (rubric_cache_find), NULL if there is none. STATUS_SYSTEM if the ratings do not fit the rubric. "kind", "held",
 * "final" and "round" are left out when kind_hidden. */
int judgment_write_line(struct buffer *out, const struct judgment_line *line, const struct rubric *rubric,
                        struct error *error);

#endif
