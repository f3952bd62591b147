/*
 * How one person likes the screens, from a file of their own. Nothing in it touches a store, a judgment or a figure.
 *
 * Keys stand here as they were written; whether a request or a key of that name exists is known to the keymap alone, which names
 * file, line and column when it refuses one.
 */
#ifndef CORE_MODEL_PREFERENCES_H
#define CORE_MODEL_PREFERENCES_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/pool.h"

enum { PREFERENCE_KEYS = 6 /* keys of one request in one context */ };

enum theme_choice { THEME_AUTO, THEME_DARK, THEME_LIGHT, THEME_MONO };

/* A word of the file and where it stands, from 1. */
struct preference_word {
    const char *text;
    int line, column;
};

/* keys: {context: {request: [key, …]}} */
struct key_preference {
    struct preference_word context, request, keys[PREFERENCE_KEYS];
    size_t key_count; /* 1 to PREFERENCE_KEYS */
};

/* Zeroed: the defaults. */
struct preferences {
    const char *file; /* for messages; NULL: there is none */
    enum theme_choice theme;
    bool mouse;       /* reported to the screens; off: the terminal's own selection is free */
    bool uncovered;   /* a content note does not cover the texts */
    int rest_minutes; /* after so long without a pause a rest is spoken of; 0: the usual time, negative: never */
    struct key_preference *keys;
    size_t key_count;
    struct pool pool; /* of all texts */
};

#endif
