/*
 * The formats that items come in. Each turns one record (a JSON object, or a YAML map of the same shape) into an item.
 */
#ifndef APP_EXCHANGE_FORMAT_H
#define APP_EXCHANGE_FORMAT_H

#include "app/exchange/tree.h"
#include "core/model/item.h"

/* One record on its way to an item. */
struct record {
    const struct tree *tree;
    const struct tree_node *root; /* of the tree */
    struct pool *pool;            /* for what must be made; everything else is borrowed from the record */
    uint32_t failed_line;         /* set by record_fail where the tree knows the line; else 0 */
    struct error *error;
};

struct format {
    const char *name;                                /* for --format and messages */
    const char *words;                               /* what it is, and what its fields look like */
    bool (*recognises)(const struct record *record); /* by the fields of the first record */
    int (*read)(struct record *record,
                struct item *item); /* STATUS_INPUT: "FIELD: what is wrong; what would be right" */
};

extern const struct format format_native; /* item lines as assay defines them */
extern const struct format format_hh;     /* {"chosen", "rejected"}: transcripts with Human: and Assistant: turns */

extern const struct format *const formats[];
extern const size_t format_count;

/* STATUS_USAGE with the names there are, and a suggestion. */
int format_find(const char *name, const struct format **out, struct error *error);

/* The format whose fields the record has; STATUS_INPUT if none. */
int format_detect(struct record *record, const struct format **out);

/* For the readers: sets "FIELD: sentence" at a node (may be NULL) and returns STATUS_INPUT. */
int record_fail(struct record *record, const struct tree_node *node, const char *field, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* A name (id, track, category, model …): 1 to LIMIT_NAME_BYTES bytes, no control character, line break or direction
 * override, no space at either end. */
int record_name(struct record *record, const struct tree_node *node, const char *field, struct slice *out);
int record_text(struct record *record, const struct tree_node *node, const char *field, struct slice *out);

/* What every format ends with: at least two responses that are not all the same; a name where there is none. */
int record_close(struct record *record, struct item *item);

/* "x-" and 16 hex digits of a hash (BLAKE2b-256) of prompt and responses: the same content has the same name
 * everywhere. */
struct slice item_derived_name(const struct item *item, struct pool *pool);

#endif
