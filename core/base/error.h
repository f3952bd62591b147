/*
 * How a function says that it failed: a negative status, and one whole lower-case sentence in the caller's struct error.
 * The sentence quotes its subject, ends without a full stop, and says what would be right. Untouched on success.
 */
#ifndef CORE_BASE_ERROR_H
#define CORE_BASE_ERROR_H

#include <stdarg.h>

#include "core/base/slice.h"

/* The exit status of the program is the negated status; STATUS_BUSY (a screen may try again) exits as STATUS_SYSTEM. */
enum status {
    STATUS_OK = 0,
    STATUS_NO = -1,     /* the answer is no: a gate failed, a check found something */
    STATUS_USAGE = -2,  /* wrong command line */
    STATUS_INPUT = -3,  /* bad input, nothing stored */
    STATUS_SYSTEM = -4, /* the system said no: disk, permission, lock, broken store */
    STATUS_BUSY = -5,   /* the store is busy; nothing was done; try again */
};

struct error {
    char text[1024]; /* always terminated; cut at a code point if the sentence is longer */
};

#define ERROR_INIT \
    { "" }

/* Sets the sentence and returns status, so that a caller can write `return error_set(…)`. error may be NULL. */
int error_set(struct error *error, enum status status, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Puts text before the sentence that is there: "items.jsonl:4: " and the like. */
void error_prefix(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
