#include "ui/keymap.h"

#include <string.h>

#include "core/base/array.h"
#include "core/text/grapheme.h"
#include "core/text/wrap.h"

#include "core/base/banned.h"

enum { KEYS_COLUMN = 2, TWIN_COLUMN = 22, HELP_COLUMN = 36, MANUAL_COLUMNS = 80 };

static const struct keymap_row rows[REQUEST_COUNT] = {
    [REQUEST_NONE] = {"NONE", 0, "", "", "", ""},
#define REQUEST(name, contexts, keys, twin, hint, help) [REQUEST_##name] = {#name, contexts, keys, twin, hint, help},
#include "ui/keymap.def"
#undef REQUEST
};

static const struct {
    enum context context;
    const char *title;
} titles[] = {
    {IN_READING, "Judging: reading and moving"},
    {IN_ANSWERING, "Judging: answering"},
    {IN_SEARCH, "While a search is open"},
    {IN_TYPING, "While typing"},
    {IN_LIST, "Lists"},
    {IN_PAGER, "Texts (guideline, help)"},
    {IN_MENU, "Menus"},
    {IN_QUESTION, "Questions"},
    {IN_DESK, "The lead's desk"},
    {IN_DESK_PERSON, "The lead's desk: a person"},
    {IN_DESK_ITEM, "The lead's desk: an item"},
    {IN_DESK_GOLD, "The lead's desk: a gold item"},
    {IN_DESK_QUESTION, "The lead's desk: a question"},
    {IN_EVERYTHING, "Everywhere"},
};

/* Under which title a row is listed: what works everywhere stands once. */
static bool listed_under(enum request request, enum context title) {
    unsigned contexts = rows[request].contexts;
    return title == IN_EVERYTHING || contexts == IN_EVERYTHING ? contexts == title : (contexts & title) != 0;
}

const struct keymap_row *keymap_row(enum request request) {
    return (unsigned)request < REQUEST_COUNT ? &rows[request] : NULL;
}

/* The next word of a key list; false at its end. */
static bool next_word(const char **at, struct slice *word) {
    while (**at == ' ')
        (*at)++;
    size_t length = strcspn(*at, " ");
    *word = slice_make(*at, length);
    *at += length;
    return length > 0;
}

static bool listed(const char *keys, struct key key) {
    struct slice word;
    while (next_word(&keys, &word)) {
        struct key wanted;
        if (slice_is(word, "digits") ? key_digit(key) >= 0 : key_parse(word, &wanted) && key_equal(wanted, key))
            return true;
    }
    return false;
}

enum request keymap_lookup(struct key key, unsigned contexts) {
    for (int request = REQUEST_NONE + 1; request < REQUEST_COUNT; request++) {
        const struct keymap_row *row = &rows[request];
        if (!(row->contexts & contexts))
            continue;
        bool twin_only_words = strcmp(row->twin, "Tab") == 0 || strcmp(row->twin, "digits") == 0;
        if (listed(row->keys, key) || (!twin_only_words && listed(row->twin, key)))
            return (enum request)request;
    }
    return REQUEST_NONE;
}

static void add_word(struct buffer *out, struct slice word, bool short_form) {
    struct key key;
    if (key_parse(word, &key))
        key_label(out, key, short_form);
    else
        buffer_add_slice(out, word);
}

void keymap_key(struct buffer *out, enum request request) {
    struct slice word;
    const char *keys = keymap_row(request) ? rows[request].keys : "";
    if (next_word(&keys, &word))
        add_word(out, word, true);
}

/* "←→ text": the keys of the row and of the "+" rows behind it, and the word. */
static void add_hint(struct buffer *out, int request, unsigned contexts) {
    keymap_key(out, (enum request)request);
    for (int more = request + 1; more < REQUEST_COUNT && strcmp(rows[more].hint, "+") == 0; more++)
        if (rows[more].contexts & contexts)
            keymap_key(out, (enum request)more);
    buffer_add_format(out, " %s", rows[request].hint);
}

static bool hinted(int request, unsigned contexts) {
    const char *hint = rows[request].hint;
    return (rows[request].contexts & contexts) && hint[0] && strcmp(hint, "+") != 0;
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
    for (const char *at = keys; next_word(&at, &word);)
        count++;
    for (const char *at = keys; next_word(&at, &word); i++) {
        if (count > 5 && i > 0 && i + 1 < count)
            continue;
        if (i > 0)
            buffer_add_string(out, count > 5 ? " … " : ", ");
        add_word(out, word, false);
    }
}

void keymap_help(struct buffer *out, unsigned contexts) {
    for (size_t i = 0; i < COUNT_OF(titles); i++) {
        if (!(titles[i].context & contexts))
            continue;
        buffer_add_format(out, "## %s\n\n| key | any layout | does |\n| --- | --- | --- |\n", titles[i].title);
        for (int request = REQUEST_NONE + 1; request < REQUEST_COUNT; request++) {
            if (!listed_under((enum request)request, titles[i].context))
                continue;
            buffer_add_string(out, "| ");
            add_keys(out, rows[request].keys);
            buffer_add_string(out, " | ");
            add_keys(out, rows[request].twin);
            buffer_add_format(out, " | %s |\n", rows[request].help);
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
    for (size_t i = 0; i < COUNT_OF(titles); i++) {
        buffer_add_format(out, "%s%s\n", i ? "\n" : "", titles[i].title);
        for (int request = REQUEST_NONE + 1; request < REQUEST_COUNT; request++) {
            if (!listed_under((enum request)request, titles[i].context))
                continue;
            buffer_add_string(out, "  ");
            add_keys(&cell, rows[request].keys);
            add_padded(out, &cell, TWIN_COLUMN - KEYS_COLUMN);
            add_keys(&cell, rows[request].twin);
            add_padded(out, &cell, HELP_COLUMN - TWIN_COLUMN);
            add_wrapped(out, rows[request].help);
        }
    }
    buffer_release(&cell);
}
