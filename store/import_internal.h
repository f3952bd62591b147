/* What the files of the import share: the state between begin and end, and its steps. */
#ifndef STORE_IMPORT_INTERNAL_H
#define STORE_IMPORT_INTERNAL_H

#include "core/base/buffer.h"
#include "store/import.h"
#include "store/internal.h"

/* Names seen in this import and their codes: open addressing by SipHash, names compared by their bytes. */
struct name_map {
    struct name_code {
        char *name;
        size_t length;
        int64_t id;
        uint64_t hash;
    } * slots;
    size_t count, capacity;
};

enum { PENDING_LABELS = 16 };

struct import {
    struct store *store;
    struct viewer viewer;
    const struct campaign *campaign; /* borrowed */
    char *source_name, *format;
    bool dry_run;
    bool alone;            /* nobody else had the store open: see transaction_alone */
    int64_t source;        /* id that the source row will get */
    int64_t source_person; /* of role source, for labels; 0 until the first one */
    int64_t first_item;    /* ids from here on are new */
    int64_t next_item, next_prompt, next_gold;
    int64_t at;
    struct name_map names[CODES];
    struct buffer prompt, body, last_prompt; /* last_prompt: the one before, which often comes again */
    int64_t last_prompt_id;
    int last_prompt_form;
    struct pending_label {
        struct ulid uid;
        int64_t item;
        int prefer, strength;
    } labels[PENDING_LABELS]; /* put and not written yet */
    size_t label_count;
    unsigned char
        *prompt_keys; /* a Bloom filter over the keys of all prompts: most lines bring a new one, and need no look */
    struct import_counts counts;
};

/* One transaction a file, unless import_files_begin has begun one for several, which it joins. */
int import_transaction_begin(struct store *store, bool *alone, struct error *error);
int import_transaction_end(struct store *store, bool alone, int status, struct error *error);

/* The code of a name, added if it is new; 0 for an absent or empty one. */
int import_code(struct import *import, enum code code, struct slice name, int64_t *id, struct error *error);
void import_names_release(struct import *import);

/* What the put of one item works with. */
struct incoming {
    const struct item *item;
    int64_t track, category, language;
    int64_t prompt; /* 0: not in the store yet */
    int prompt_form;
    uint64_t prompt_key;
};

/* An item of this name stands in the track already: its id, if it says the same; else STATUS_INPUT with the
 * sentence which part differs. */
int import_compare(struct import *import, const struct incoming *in, int64_t *id, struct error *error);
/* An item of this name in another track with the same responses: its content, else 0. */
int import_shared_content(struct import *import, const struct incoming *in, int64_t *content, struct error *error);

/* Finds or makes the person of role source that stands for this file: before the first label is put. */
int import_source_person(struct import *import, struct error *error);

/* The rows of a new item's gold key. */
int import_gold(struct import *import, int64_t item, const struct gold_key *key, struct error *error);
/* The label of an item; of one that was there before (new_item false) only if this source has said nothing of
 * it yet. */
int import_label(struct import *import, int64_t item, const struct label *label, bool new_item, struct error *error);
int import_flush_labels(struct import *import, struct error *error);

#endif
