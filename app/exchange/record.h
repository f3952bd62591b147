/* Inside of exchange: what the readers of single formats share. */
#ifndef APP_EXCHANGE_RECORD_H
#define APP_EXCHANGE_RECORD_H

#include "app/exchange/format.h"
#include "core/hash/hash.h"

/* The path of a field for a message: "responses[2].content". */
struct field_path {
    char text[128];
};
struct field_path field_path(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Fails unless node is a map and each of its keys is one of `keys`. `field` is the path of the node, "" at the root. */
int record_only(struct record *record, const struct tree_node *node, const char *field, const char *const *keys,
                size_t count);

/* The key that this one was probably meant to be; NULL if it is an honest stranger. */
const char *record_near_miss(struct slice key, const char *const *keys, size_t count);

/* The value under a key; NULL if it is absent or null. */
const struct tree_node *record_find(const struct record *record, const struct tree_node *map, const char *key);

/* The keys that items of every format may have: id, track, category, language. */
int record_names(struct record *record, struct item *item);

/* A list of {role, content}. */
int record_messages(struct record *record, const struct tree_node *node, const char *field, struct messages *out);

/* One message in the pool. */
struct messages record_one_message(struct record *record, enum role role, struct slice content);

/* What a derived name is made of: the hash of each text by itself, and the name of these hashes in order. */
void messages_hash(struct messages messages, struct hash *hash);
struct slice derived_name(const struct hash *prompt, const struct hash *responses, size_t count, struct pool *pool);

/* "a", "b" …: the name of a response that came without one. */
struct slice response_letter(size_t index);

/* The members of the record other than `keys`, as one raw JSON object; absent if there are none. */
struct slice record_extra(struct record *record, const char *const *keys, size_t count);

/* The stored number of the response that a text names. Of the item, only the responses' names are looked at. */
int record_response(struct record *record, const struct tree_node *node, const char *field, const struct item *item,
                    int *out);

/* [["r2"], ["r1", "r3"]]: groups from best to worst, each response once (partial: some of them); a group of one may be bare. */
int record_ranking(struct record *record, const struct tree_node *node, const char *field, const struct item *item,
                   bool partial, struct ranking *out);

/* The value under `gold` of a native record, whose responses are known. */
int record_gold(struct record *record, const struct tree_node *node, struct item *item);

#endif
