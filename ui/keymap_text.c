/* The keymap in words: hint line, help screen and manual, made from the table and what a person bound. */
#include <string.h>

#include "core/base/array.h"
#include "core/text/grapheme.h"
#include "core/text/wrap.h"
#include "ui/keymap_parts.h"

#include "core/base/banned.h"

enum {
    KEYS_COLUMN = 2,
    TWIN_COLUMN = 22,
    NAME_COLUMN = 34,
    HELP_COLUMN = 50,
    MANUAL_COLUMNS = 80,
    HELP_COLUMNS = 40 /* of a row of the help screen, so that it fits a terminal of 80 */
};

static const struct keymap_row *row_of(int request) {
    return keymap_row((enum request)request);
}

static void add_word(struct buffer *out, struct slice word, bool short_form) {
    struct key key;
    if (key_parse(word, &key))
        key_label(out, key, short_form);
    else
        buffer_add_slice(out, word);
}

/* The first key of a request in any of the contexts, short; nothing when it has none there. */
static void add_key(struct buffer *out, int request, unsigned contexts) {
    unsigned there = row_of(request)->contexts & contexts;
    const char *keys = there ? keymap_keys((enum request)request, keymap_first_context(there)) : "";
    struct slice word;
    if (keymap_next_word(&keys, &word))
        add_word(out, word, true);
}

struct key_word keymap_word(enum request request, unsigned contexts) {
    struct key_word word = {""};
    struct buffer key = BUFFER_INIT;
    add_key(&key, (int)request, contexts);
    if (key.length < sizeof word.text)
        memcpy(word.text, key.data, key.length + 1);
    buffer_release(&key);
    return word;
}

void keymap_add_name(struct buffer *out, enum request request) {
    for (const char *c = keymap_row(request)->name; *c; c++)
        buffer_add_char(out, *c == '_' ? '-' : *c >= 'A' && *c <= 'Z' ? (char)(*c + ('a' - 'A')) : *c);
}

/* "←→ text", "digits ⏎ choose": the keys of the row and of the "+" rows behind it, and the word. Signs stand close, names apart. */
static void add_hint(struct buffer *out, int request, unsigned contexts) {
    struct buffer key = BUFFER_INIT;
    bool close = true;
    for (int at = request; at < REQUEST_COUNT && (at == request || strcmp(row_of(at)->hint, "+") == 0); at++) {
        buffer_clear(&key);
        add_key(&key, at, contexts);
        bool sign = text_columns(buffer_slice(&key)) == 1;
        if (at > request && key.length > 0 && !(close && sign))
            buffer_add_char(out, ' ');
        buffer_add_slice(out, buffer_slice(&key));
        close = sign;
    }
    const char *hint = row_of(request)->hint;
    size_t brackets = hint[0] == '(';
    buffer_add_char(out, ' ');
    buffer_add_slice(out, slice_make(hint + brackets, strlen(hint) - 2 * brackets));
    buffer_release(&key);
}

static bool hinted(int request, unsigned contexts) {
    const char *hint = row_of(request)->hint;
    bool holds = hint[0] != '(' || (contexts & IN_WIDE);
    return (row_of(request)->contexts & contexts) && hint[0] && strcmp(hint, "+") != 0 && holds;
}

int keymap_hint(struct buffer *out, unsigned contexts, int columns) {
    static const int last[] = {REQUEST_HELP, REQUEST_SUBMIT}; /* always there, at the end */
    const int gap = 3;
    struct buffer tail = BUFFER_INIT, item = BUFFER_INIT;
    int used = 0, tail_columns = 0;
    for (size_t i = 0; i < COUNT_OF(last); i++) {
        buffer_clear(&item);
        if (!hinted(last[i], contexts))
            continue;
        add_hint(&item, last[i], contexts);
        int width = (int)text_columns(buffer_slice(&item));
        int space = tail_columns ? gap : 0;
        if (tail_columns + space + width > columns)
            continue;
        buffer_add_repeated(&tail, " ", (size_t)space);
        buffer_add_slice(&tail, buffer_slice(&item));
        tail_columns += space + width;
    }
    for (int request = REQUEST_NONE + 1; request < REQUEST_COUNT; request++) {
        if (!hinted(request, contexts) || request == REQUEST_HELP || request == REQUEST_SUBMIT)
            continue;
        buffer_clear(&item);
        add_hint(&item, request, contexts);
        int width = (int)text_columns(buffer_slice(&item));
        int space = used ? gap : 0;
        if (used + space + width + (tail_columns ? gap + tail_columns : 0) > columns)
            continue;
        buffer_add_repeated(out, " ", (size_t)space);
        buffer_add_slice(out, buffer_slice(&item));
        used += space + width;
    }
    if (tail_columns) {
        int space = used ? gap : 0;
        buffer_add_repeated(out, " ", (size_t)space);
        buffer_add_slice(out, buffer_slice(&tail));
        used += space + tail_columns;
    }
    buffer_release(&tail);
    buffer_release(&item);
    return used;
}

/* A key list for people; a long one as its first and last ("A … Z"). */
static void add_keys(struct buffer *out, const char *keys) {
    size_t count = 0, i = 0;
    struct slice word;
    for (const char *at = keys; keymap_next_word(&at, &word);)
        count++;
    for (const char *at = keys; keymap_next_word(&at, &word); i++) {
        if (count > 5 && i > 0 && i + 1 < count)
            continue;
        if (i > 0)
            buffer_add_string(out, count > 5 ? " … " : ", ");
        add_word(out, word, false);
    }
}

/*
 * Under which title a request is listed: what works everywhere stands once, and again where a person bound another key to it.
 */
static bool listed_under(int request, unsigned title) {
    unsigned contexts = row_of(request)->contexts;
    if (title == IN_EVERYTHING || !(contexts & title))
        return title == contexts;
    return contexts != IN_EVERYTHING ||
           strcmp(keymap_keys((enum request)request, title), keymap_keys((enum request)request, IN_EVERYTHING)) != 0;
}

/* The last cell of a row of the help screen; a table is not wrapped there, so a long one goes on in rows of its own. */
static void add_help_cell(struct buffer *out, const char *help) {
    struct text_line line;
    for (size_t at = 0; text_wrap(slice_of(help), at, HELP_COLUMNS, &line); at = line.next) {
        buffer_add_string(out, at > 0 ? "|  |  | " : " | ");
        buffer_add_slice(out, slice_make(help + line.start, line.end - line.start));
        buffer_add_string(out, " |\n");
    }
}

void keymap_help(struct buffer *out, unsigned contexts) {
    for (size_t i = 0; i < context_name_count; i++) {
        unsigned context = context_names[i].context;
        if (!(context & contexts))
            continue;
        buffer_add_format(out, "## %s\n\n| key | any layout | does |\n| --- | --- | --- |\n", context_names[i].title);
        for (int request = REQUEST_NONE + 1; request < REQUEST_COUNT; request++) {
            if (!listed_under(request, context))
                continue;
            buffer_add_string(out, "| ");
            add_keys(out, keymap_keys((enum request)request, context));
            buffer_add_string(out, " | ");
            add_keys(out, keymap_twin((enum request)request, context));
            add_help_cell(out, row_of(request)->help);
        }
        buffer_add_char(out, '\n');
    }
}

static void add_padded(struct buffer *out, struct buffer *cell, size_t columns) {
    size_t width = text_columns(buffer_slice(cell));
    buffer_add_slice(out, buffer_slice(cell));
    buffer_add_repeated(out, " ", width < columns ? columns - width : 1);
    buffer_clear(cell);
}

/* What a key does, as the last column of the manual. */
static void add_wrapped(struct buffer *out, const char *help) {
    struct text_line line;
    for (size_t at = 0; text_wrap(slice_of(help), at, MANUAL_COLUMNS - HELP_COLUMN, &line); at = line.next) {
        buffer_add_repeated(out, " ", at > 0 ? HELP_COLUMN : 0);
        buffer_add_slice(out, slice_make(help + line.start, line.end - line.start));
        buffer_add_char(out, '\n');
    }
}

void keymap_manual(struct buffer *out) {
    struct buffer cell = BUFFER_INIT;
    for (size_t i = 0; i < context_name_count; i++) {
        unsigned context = context_names[i].context;
        buffer_add_format(out, "%s%s (%s)\n", i ? "\n" : "", context_names[i].title, context_names[i].name);
        for (int request = REQUEST_NONE + 1; request < REQUEST_COUNT; request++) {
            if (!listed_under(request, context))
                continue;
            buffer_add_string(out, "  ");
            add_keys(&cell, keymap_keys((enum request)request, context));
            add_padded(out, &cell, TWIN_COLUMN - KEYS_COLUMN);
            add_keys(&cell, keymap_twin((enum request)request, context));
            add_padded(out, &cell, NAME_COLUMN - TWIN_COLUMN);
            keymap_add_name(&cell, (enum request)request);
            add_padded(out, &cell, HELP_COLUMN - NAME_COLUMN);
            add_wrapped(out, row_of(request)->help);
        }
    }
    buffer_release(&cell);
}
