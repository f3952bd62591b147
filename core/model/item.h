/*
 * An item: a prompt and its responses, as it came from a file or from the store. Texts are exactly the bytes that came in.
 * Everything is borrowed from the pool of whoever read it.
 */
#ifndef CORE_MODEL_ITEM_H
#define CORE_MODEL_ITEM_H

#include <stdint.h>

#include "core/model/choice.h"
#include "core/model/message.h"

enum { GOLD_ANSWERS = 32 }; /* acceptable answers of one gold item */

enum gold_use { GOLD_HIDDEN, GOLD_QUALIFICATION, GOLD_TRAINING };
enum difficulty { DIFFICULTY_UNKNOWN, DIFFICULTY_EASY, DIFFICULTY_MEDIUM, DIFFICULTY_HARD };

struct gold_answer {
    int prefer;             /* 0–25, CHOICE_TIE, CHOICE_NONE */
    struct ranking ranking; /* "" where the key names no order */
};

/* The reference answer of a gold item. */
struct gold_key {
    struct gold_answer answers[GOLD_ANSWERS]; /* any of these is right */
    size_t answer_count;                      /* at least 1 */
    int low, high;                            /* acceptable strength; 0 0 = any */
    enum gold_use use;
    enum difficulty difficulty;
    struct slice explanation; /* may be absent */
};

struct response {
    struct slice name;        /* unique within the item */
    struct slice model;       /* may be absent */
    struct messages messages; /* usually one assistant message */
};

/* A preference that stood in the imported file. */
struct label {
    bool present;
    int prefer;
    int strength; /* 0 = not stated */
};

struct item {
    struct slice name;               /* unique within its track */
    struct slice track;              /* absent: the import's, or the campaign's only track */
    struct slice category, language; /* may be absent */
    struct messages prompt;          /* at least one message */
    struct response responses[LIMIT_RESPONSES];
    size_t response_count;       /* 2 to 26 */
    bool redacted;               /* the responses' texts were taken out of the store */
    const struct gold_key *gold; /* NULL: not gold */
    struct label label;
    bool has_priority;
    double priority;    /* higher is served earlier */
    struct slice extra; /* raw JSON object of `meta` and unknown fields, as it came; absent: none */
    size_t line;        /* where it stood in its source, from 1; 0 = unknown */
};

const char *gold_use_name(enum gold_use use);            /* "hidden", "qualification", "training" */
const char *difficulty_name(enum difficulty difficulty); /* NULL for unknown */
bool gold_use_find(struct slice name, enum gold_use *use);
bool difficulty_find(struct slice name, enum difficulty *difficulty);

/*
 * Is this choice (with this order, "" for none, and strength, 0 for none) right by the key? Side first, then strength: a strength of 0 is not
 * held against anybody. Where key and judgment have an order, every pair that the key orders must be ordered so; pairs that it ties
 * are free, unless it ties all of them, which only an order that ties all of them meets. A partial order ties what it leaves out, below the
 * rest. A key that names a response is met by every order that puts it first alone, "tie" by one whose first place is shared. A judgment without
 * an order is held against the key's first place. Any other order is the wrong side; strength speaks of first place.
 */
enum verdict { VERDICT_RIGHT, VERDICT_WRONG_STRENGTH, VERDICT_WRONG_SIDE };
enum verdict gold_key_judge(const struct gold_key *key, int prefer, const char *ranking, int strength);

#endif
