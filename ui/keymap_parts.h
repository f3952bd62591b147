/* What the keymap's own files share; not for other files. */
#ifndef UI_KEYMAP_PARTS_H
#define UI_KEYMAP_PARTS_H

#include <stdbool.h>

#include "core/base/pool.h"
#include "ui/keymap.h"

/* The contexts in the order of help and manual, IN_EVERYTHING last: its name in config.yaml, and its title. */
struct context_name {
    unsigned context;
    const char *name, *title;
};
extern const struct context_name context_names[];
extern const size_t context_name_count;

/* The next word of a list separated by spaces; false at its end. */
bool keymap_next_word(const char **at, struct slice *word);

/* The key stands in the list, or is a digit and "digits" does. */
bool keymap_listed(const char *keys, struct key key);

/* In one context, or IN_EVERYTHING, as they are bound now. Where a person bound others there is no twin: "". */
const char *keymap_keys(enum request request, unsigned context);
const char *keymap_twin(enum request request, unsigned context);

/* The lowest of the contexts; 0 for none. */
unsigned keymap_first_context(unsigned contexts);

/* A person's keys: [request][number of the context's bit], NULL where the table's hold. One list for several contexts is one string. */
struct rebound {
    const char *keys[REQUEST_COUNT][CONTEXTS];
    struct pool pool;
};
/* Taken over; what was bound before is forgotten. */
void keymap_install(const struct rebound *rebound);

#endif
