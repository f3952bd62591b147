/*
 * The items that the demo's people worked on for six weeks: some 1,200 short ones over six categories, made from the exercises by a seed,
 * each with what is known of it (which response is better, and why). The hand-written items of sample-data/ are not among them.
 */
#ifndef APP_DEMO_ARCHIVE_H
#define APP_DEMO_ARCHIVE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/pool.h"
#include "core/model/item.h"

/* What is the matter with the response that is not the better one. */
enum flaw {
    FLAW_WRONG,     /* it says something else */
    FLAW_PADDED,    /* the same with much around it (safety: with a lecture) */
    FLAW_REFERRAL,  /* sends the person to somebody else */
    FLAW_NO_REASON, /* the same without the reason */
    FLAW_CUT,       /* breaks off: the text is broken */
};

struct archive_item {
    char name[32]; /* "archive-0001": place in items + 1 */
    const char *track, *category;
    struct slice prompt, responses[2], because;
    const char *models[2];
    enum flaw flaw;
    enum difficulty difficulty;
    int better;    /* stored response that is better in truth */
    int low, high; /* strengths that are right */
    bool gold;
    int key;  /* what its key says; not `better` in the one wrong key */
    int wave; /* of the imports, 0 … ARCHIVE_WAVES - 1 */
};

enum { ARCHIVE_WAVES = 4 };

struct archive {
    struct archive_item *items;
    size_t count;
    size_t wrong_key; /* index of the gold item whose key is wrong on purpose */
    struct pool pool;
};

void archive_make(struct archive *out, uint64_t seed);
void archive_release(struct archive *archive);

/* The item of this name, or NULL. */
const struct archive_item *archive_find(const struct archive *archive, struct slice name);

/* As an item to import; points into the archive. key and messages are filled for it. */
struct archive_parts {
    struct gold_key key;
    struct message prompt, answers[2];
};
void archive_item_fill(const struct archive_item *from, struct archive_parts *parts, struct item *out);

#endif
