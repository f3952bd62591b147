/*
 * The table, and who asks for what. The keys that a person bound are the one thing here that changes: they are set before the first
 * screen opens and hold for the whole run, as the locale does, so that no screen has to hand them on.
 */
#include "ui/keymap.h"

#include <string.h>

#include "core/base/array.h"
#include "ui/keymap_parts.h"

#include "core/base/banned.h"

static const struct keymap_row rows[REQUEST_COUNT] = {
    [REQUEST_NONE] = {"NONE", 0, "", "", "", ""},
#define REQUEST(name, contexts, keys, twin, hint, help) [REQUEST_##name] = {#name, contexts, keys, twin, hint, help},
#include "ui/keymap.def"
#undef REQUEST
};

const struct context_name context_names[] = {
    {IN_READING, "reading", "Judging: reading and moving"},
    {IN_ANSWERING, "answering", "Judging: answering"},
    {IN_RANKING, "ranking", "Judging: three or more responses"},
    {IN_SEARCH, "search", "While a search is open"},
    {IN_TYPING, "typing", "While typing"},
    {IN_LIST, "list", "Lists"},
    {IN_PAGER, "text", "Texts (guideline, help)"},
    {IN_DIFFERENCES, "differences", "Differences"},
    {IN_MENU, "menu", "Menus"},
    {IN_QUESTION, "question", "Questions"},
    {IN_DESK, "desk", "The lead's desk"},
    {IN_DESK_PERSON, "desk-person", "The lead's desk: a person"},
    {IN_DESK_ITEM, "desk-item", "The lead's desk: an item"},
    {IN_DESK_GOLD, "desk-gold", "The lead's desk: a gold item"},
    {IN_DESK_QUESTION, "desk-question", "The lead's desk: a question"},
    {IN_DESK_ITEMS, "desk-items", "The lead's desk: items"},
    {IN_DESK_CATEGORY, "desk-category", "The lead's desk: a category or language"},
    {IN_REVIEW, "session", "A calibration session: an item"},
    {IN_ROLL, "session-people", "A calibration session: the people"},
    {IN_EVERYTHING, "everywhere", "Everywhere"},
};
const size_t context_name_count = COUNT_OF(context_names);

static struct rebound in_force;

void keymap_install(const struct rebound *rebound) {
    pool_release(&in_force.pool);
    in_force = *rebound;
}

const struct keymap_row *keymap_row(enum request request) {
    return (unsigned)request < REQUEST_COUNT ? &rows[request] : NULL;
}

bool keymap_next_word(const char **at, struct slice *word) {
    while (**at == ' ')
        (*at)++;
    size_t length = strcspn(*at, " ");
    *word = slice_make(*at, length);
    *at += length;
    return length > 0;
}

static bool is_capital(struct key key) {
    return key.kind == ON_CHARACTER && key.modifiers == 0 && key.code >= 'A' && key.code <= 'Z';
}

bool keymap_listed(const char *keys, struct key key) {
    struct slice word;
    while (keymap_next_word(&keys, &word)) {
        struct key wanted;
        if (slice_is(word, "digits") ? key_digit(key) >= 0
            : slice_is(word, "A–Z")  ? is_capital(key)
                                     : key_parse(word, &wanted) && key_equal(wanted, key))
            return true;
    }
    return false;
}

unsigned keymap_first_context(unsigned contexts) {
    return contexts & (~contexts + 1);
}

/* What a person bound in the context, or alike in all of them (IN_EVERYTHING); NULL: nothing. */
static const char *rebound_keys(enum request request, unsigned context) {
    const char *found = NULL;
    for (unsigned bit = 0; bit < CONTEXTS; bit++)
        if (context & (1u << bit)) {
            const char *keys = in_force.keys[request][bit];
            if (!keys || (found && found != keys))
                return NULL;
            found = keys;
        }
    return found;
}

const char *keymap_keys(enum request request, unsigned context) {
    const char *keys = rebound_keys(request, context);
    return keys ? keys : rows[request].keys;
}

const char *keymap_twin(enum request request, unsigned context) {
    return rebound_keys(request, context) ? "" : rows[request].twin;
}

/* Esc and Ctrl-C lead out of everything, whatever was bound. */
static bool leads_out(struct key key) {
    return key_equal(key, key_plain(ON_ESCAPE)) || key_equal(key, key_control('c'));
}

/* A twin can be a way ("Tab" through the rows, "digits") instead of a key of its own. */
static bool is_way(const char *twin) {
    return strcmp(twin, "Tab") == 0 || strcmp(twin, "digits") == 0;
}

static bool asks_for(enum request request, unsigned context, struct key key) {
    const struct keymap_row *row = &rows[request];
    bool table = leads_out(key);
    const char *keys = table ? row->keys : keymap_keys(request, context);
    const char *twin = table ? row->twin : keymap_twin(request, context);
    return keymap_listed(keys, key) || (!is_way(twin) && keymap_listed(twin, key));
}

enum request keymap_lookup(struct key key, unsigned contexts) {
    for (int request = REQUEST_NONE + 1; request < REQUEST_COUNT; request++)
        for (unsigned left = rows[request].contexts & contexts; left; left &= left - 1)
            if (asks_for((enum request)request, keymap_first_context(left), key))
                return (enum request)request;
    return REQUEST_NONE;
}
