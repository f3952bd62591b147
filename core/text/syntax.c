#include "core/text/syntax.h"

#include <string.h>

#include "core/text/utf8.h"

#include "core/base/banned.h"

enum {
    SHORT_TICK = 12,    /* bytes of a character literal: '\u{10FFFF}' */
    STRING_MOST = 2000, /* bytes of a string over lines; what is longer is taken for one that is not closed */
};

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool same_letter(char a, char b, bool any_case) {
    return any_case ? lower(a) == lower(b) : a == b;
}

/* Whether the word stands in a list with blanks between. */
static bool listed(const char *list, struct slice word, bool any_case) {
    for (;; list++) {
        size_t same = 0;
        while (same < word.length && same_letter(word.data[same], list[same], any_case))
            same++;
        if (same == word.length && (list[same] == ' ' || !list[same]))
            return true;
        while (*list && *list != ' ')
            list++;
        if (!*list)
            return false;
    }
}

const struct syntax *syntax_find(struct slice name) {
    size_t length = 0;
    while (length < name.length && !strchr(" \t{,:", name.data[length]))
        length++;
    for (size_t i = 0; length > 0 && i < syntax_count; i++)
        if (listed(syntax_table[i].names, slice_make(name.data, length), true))
            return &syntax_table[i];
    return NULL;
}

static bool starts(struct slice code, size_t at, const char *with) {
    size_t length = with ? strlen(with) : 0;
    return length > 0 && code.length - at >= length && memcmp(code.data + at, with, length) == 0;
}

static size_t line_end(struct slice code, size_t at) {
    const char *newline = memchr(code.data + at, '\n', code.length - at);
    return newline ? (size_t)(newline - code.data) : code.length;
}

/* Behind the next `what`, or the end. */
static size_t behind(struct slice code, size_t at, const char *what) {
    while (at < code.length && !starts(code, at, what))
        at++;
    return at < code.length ? at + strlen(what) : at;
}

/* The end of the comment that starts at `at`; `at` when none does. */
static size_t comment_end(const struct syntax *syntax, struct slice code, size_t at) {
    if (starts(code, at, syntax->open))
        return behind(code, at + strlen(syntax->open), syntax->close);
    bool apart = at == 0 || strchr(" \t\n;(", code.data[at - 1]);
    for (size_t i = 0; i < 2; i++)
        if (starts(code, at, syntax->line[i]) && (apart || !(syntax->flags & SYNTAX_COMMENT_APART)))
            return line_end(code, at);
    return at;
}

static size_t triple_end(struct slice code, size_t at) {
    const char mark[] = {code.data[at], code.data[at], code.data[at], '\0'};
    return starts(code, at, mark) ? behind(code, at + 3, mark) : at;
}

/* The end of a character literal, 'x' or '\…'; `at` for a lifetime or a prime. */
static size_t tick_end(struct slice code, size_t at) {
    size_t end = utf8_next(code, at + 1);
    for (; code.data[at + 1] == '\\' && end + 1 < code.length && end - at < SHORT_TICK; end++)
        if (code.data[end + 1] == '\'')
            return end + 2;
    return end < code.length && code.data[end] == '\'' ? end + 1 : at;
}

/* The end of the string that starts at `at`; `at` when it is none. One that is not closed ends with its line. */
static size_t string_end(const struct syntax *syntax, struct slice code, size_t at) {
    char quote = code.data[at];
    bool lines = syntax->flags & SYNTAX_LONG_QUOTES || (quote == '`' && syntax->flags & SYNTAX_LONG_BACKTICK);
    size_t end = syntax->flags & SYNTAX_TRIPLE ? triple_end(code, at) : at;
    if (end > at)
        return end;
    if (quote == '\'' && syntax->flags & SYNTAX_SHORT_TICK)
        return at + 1 < code.length ? tick_end(code, at) : at;
    for (end = at + 1; end < code.length && end - at < STRING_MOST; end++) {
        char c = code.data[end];
        if (c == quote)
            return end + 1;
        if (c == '\n' && !lines)
            break;
        if (c == '\\' && !(syntax->flags & SYNTAX_DOUBLED) && end + 1 < code.length && code.data[end + 1] != '\n')
            end++;
    }
    return line_end(code, at);
}

static size_t word_end(struct slice code, size_t at) {
    while (at < code.length && (is_letter(code.data[at]) || is_digit(code.data[at])))
        at++;
    return at;
}

/* "key:" or "key =" first on its line; a list's dash may stand before it. */
static bool is_key(const struct syntax *syntax, struct slice code, size_t at, size_t end) {
    while (at > 0 && strchr(" \t-.", code.data[at - 1]))
        at--;
    if (at > 0 && code.data[at - 1] != '\n')
        return false;
    while (end < code.length &&
           (strchr(" -.", code.data[end]) || is_letter(code.data[end]) || is_digit(code.data[end])))
        end++;
    return end < code.length && code.data[end] == (syntax->flags & SYNTAX_KEYS ? ':' : '=');
}

static enum syntax_kind kind_of_word(const struct syntax *syntax, struct slice code, size_t at, size_t end) {
    struct slice word = slice_make(code.data + at, end - at);
    if (listed(syntax->keywords, word, (syntax->flags & SYNTAX_ANY_CASE) != 0))
        return SYNTAX_KEYWORD;
    bool keys = (syntax->flags & (SYNTAX_KEYS | SYNTAX_EQUALS)) != 0;
    return keys && is_key(syntax, code, at, end) ? SYNTAX_KEYWORD : SYNTAX_PLAIN;
}

/* Markup: "<name" and "</name" are keywords, strings stand before the next ">". */
static enum syntax_kind next_of_markup(const struct syntax *syntax, struct slice code, struct syntax_place *place) {
    size_t at = place->at, end = at + 1;
    char c = code.data[at];
    if (place->in_tag && strchr(syntax->quotes, c)) {
        place->at = string_end(syntax, code, at);
        return SYNTAX_STRING;
    }
    if (c == '<' && end < code.length && (is_letter(code.data[end]) || strchr("/!?", code.data[end]))) {
        while (end < code.length && !strchr(" \t\n>", code.data[end]))
            end++;
        place->in_tag = true;
        place->at = end;
        return SYNTAX_KEYWORD;
    }
    if (c == '>')
        place->in_tag = false;
    else
        while (end < code.length && !strchr("<>\"'", code.data[end]))
            end++;
    place->at = end;
    return c == '>' ? SYNTAX_KEYWORD : SYNTAX_PLAIN;
}

enum syntax_kind syntax_next(const struct syntax *syntax, struct slice code, struct syntax_place *place) {
    size_t at = place->at, end = comment_end(syntax, code, at);
    char c = code.data[at];
    place->at = end;
    if (end > at)
        return SYNTAX_COMMENT;
    if (syntax->flags & SYNTAX_MARKUP)
        return next_of_markup(syntax, code, place);
    if (c != '\0' && strchr(syntax->quotes, c)) {
        place->at = string_end(syntax, code, at);
        if (place->at > at)
            return SYNTAX_STRING;
    }
    if (is_digit(c)) {
        place->at = word_end(code, at);
        return SYNTAX_NUMBER;
    }
    if (is_letter(c)) {
        place->at = word_end(code, at);
        return kind_of_word(syntax, code, at, place->at);
    }
    for (end = at + 1; end < code.length; end++) {
        char next = code.data[end];
        if (is_letter(next) || is_digit(next) || !strchr(" \t\n.,", next))
            break;
    }
    place->at = end;
    return SYNTAX_PLAIN;
}
