/*
 * Source code told apart into keywords, strings, comments, numbers and the rest, for reading: one scanner, one row of a table a
 * language. It knows words and quotes, not grammar; what it takes wrongly is coloured wrongly and nothing else. Every byte
 * is in exactly one piece; work is linear.
 */
#ifndef CORE_TEXT_SYNTAX_H
#define CORE_TEXT_SYNTAX_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/slice.h"

enum syntax_kind { SYNTAX_PLAIN, SYNTAX_KEYWORD, SYNTAX_STRING, SYNTAX_COMMENT, SYNTAX_NUMBER };

enum syntax_flag {
    SYNTAX_ANY_CASE = 1 << 0,      /* keywords in any case */
    SYNTAX_TRIPLE = 1 << 1,        /* """ and ''' over lines */
    SYNTAX_LONG_BACKTICK = 1 << 2, /* ` over lines */
    SYNTAX_DOUBLED = 1 << 3,       /* a quote in a string is doubled; no backslashes */
    SYNTAX_SHORT_TICK = 1 << 4,    /* 'x' is a character, 'a alone is not the start of a string (Rust, Haskell) */
    SYNTAX_COMMENT_APART = 1 << 5, /* a line comment starts behind a blank or at the start of a line (shell, YAML) */
    SYNTAX_LONG_QUOTES = 1 << 6,   /* any string may go over lines */
    SYNTAX_KEYS = 1 << 7,          /* a word before a colon, first on its line, is a keyword (YAML) */
    SYNTAX_MARKUP = 1 << 8,        /* names of tags are keywords; strings stand in tags only */
    SYNTAX_EQUALS = 1 << 9,        /* the same before = (TOML, ini) */
};

struct syntax {
    const char *names;        /* "python py": as a fence calls it */
    const char *keywords;     /* in lines of words */
    const char *line[2];      /* start of a comment to the end of the line; NULL: none */
    const char *open, *close; /* of a comment over lines; NULL: none */
    const char *quotes;       /* of strings */
    unsigned flags;
};

extern const struct syntax syntax_table[];
extern const size_t syntax_count;

/* The language that a fence names (its first word, in any case); NULL when it is not known. */
const struct syntax *syntax_find(struct slice name);

struct syntax_place {
    size_t at;   /* where the next piece starts; 0 to begin with */
    bool in_tag; /* of markup */
};

/* Steps over the piece that starts at place->at (below code.length) and says what it is. The code is cleaned (clean.h). */
enum syntax_kind syntax_next(const struct syntax *syntax, struct slice code, struct syntax_place *place);

#endif
