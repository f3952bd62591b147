/*
 * Keys and what they ask for. keymap.def is the one table: the enum, lookup, hint line, help screen and manual come from it.
 *
 * A context says what the screen is doing; a screen looks keys up in the contexts that hold at the moment, joined with |. While
 * judging that is IN_READING | IN_ANSWERING, with IN_SEARCH while a search is open and IN_RANKING on the rows of three or more responses; while a
 * text is typed IN_TYPING alone. At the lead's desk: IN_DESK | IN_LIST, IN_DESK_PERSON | IN_LIST, and IN_DESK_ITEM, IN_DESK_GOLD or
 * IN_DESK_QUESTION on the page of an item. In a calibration session: IN_REVIEW, and IN_ROLL | IN_LIST.
 */
#ifndef UI_KEYMAP_H
#define UI_KEYMAP_H

#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/model/preferences.h"
#include "ui/key.h"

enum context {
    IN_READING = 1 << 0,
    IN_ANSWERING = 1 << 1,
    IN_SEARCH = 1 << 2,
    IN_TYPING = 1 << 3,
    IN_LIST = 1 << 4,
    IN_PAGER = 1 << 5,
    IN_MENU = 1 << 6,
    IN_QUESTION = 1 << 7,
    IN_DESK = 1 << 8,           /* the lead's desk */
    IN_DESK_PERSON = 1 << 9,    /* one person's page */
    IN_DESK_ITEM = 1 << 10,     /* an item to look at */
    IN_DESK_GOLD = 1 << 11,     /* a gold item */
    IN_DESK_QUESTION = 1 << 12, /* a question to the lead */
    IN_DIFFERENCES = 1 << 13,   /* two responses compared */
    IN_DESK_CATEGORY = 1 << 14, /* a category or language */
    IN_DESK_ITEMS = 1 << 15,    /* lists of items */
    IN_RANKING = 1 << 16,       /* ▸ at a row that takes letters: with IN_ANSWERING */
    IN_REVIEW = 1 << 17,        /* a session, item by item */
    IN_ROLL = 1 << 18,          /* the people of a session */
    CONTEXTS = 19,              /* so many bits */
    IN_WIDE = 1 << CONTEXTS,    /* something shown is wider than its place: for hints, no key is looked up in it */
    IN_EVERYTHING = (1 << CONTEXTS) - 1,
};

enum request {
    REQUEST_NONE,
#define REQUEST(name, contexts, keys, twin, hint, help) REQUEST_##name,
#include "ui/keymap.def"
#undef REQUEST
    REQUEST_COUNT,
};

/* The request of a key in any of the contexts; the first row of the table wins. REQUEST_NONE when it has none there. */
enum request keymap_lookup(struct key key, unsigned contexts);

/*
 * The hint line for these contexts: "digits answer ▸   Tab row   r why", as many as fit into `columns` cells, in the table's
 * order, but "? keys" is always there when it fits. Returns the cells added.
 */
int keymap_hint(struct buffer *out, unsigned contexts, int columns);

/* "F6", "⏎" or "w": the request's first key in one of the contexts, as a hint calls it; "" when it has none there. */
struct key_word {
    char text[32];
};
struct key_word keymap_word(enum request request, unsigned contexts);

/* "set-aside": what config.yaml calls the request. */
void keymap_add_name(struct buffer *out, enum request request);

/* The help screen's rows for these contexts, as Markdown: a table of keys, any-layout twins and what they do. */
void keymap_help(struct buffer *out, unsigned contexts);

/* The whole table as plain text by context, for `assay help keys`. */
void keymap_manual(struct buffer *out);

/*
 * Binds what a person wrote in their config.yaml; everything else is as in the table. In its context a request then has these keys
 * and no others, but Esc and Ctrl-C lead out as ever. STATUS_INPUT with file, line and column for an unknown context, request or
 * key, a key that no terminal sends or that is not free to be bound, and a key that two requests of one context would have;
 * nothing is changed then.
 */
int keymap_rebind(const struct preferences *preferences, struct error *error);

/* One row, as the table has it: NULL when there is no such request. Strings are static. */
struct keymap_row {
    const char *name;
    unsigned contexts;
    const char *keys, *twin, *hint, *help;
};
const struct keymap_row *keymap_row(enum request request);

#endif
