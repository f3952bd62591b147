/* A person's own keys: from the words of their config.yaml to a checked table. See keymap_rebind. */
#include <string.h>

#include "core/base/array.h"
#include "core/text/suggest.h"
#include "ui/keymap_parts.h"

#include "core/base/banned.h"

/* Contexts that a screen joins: there one key cannot mean two things. (A search is left out: while it is open its keys win.) */
static const unsigned joined[] = {IN_READING | IN_ANSWERING, IN_DESK | IN_LIST, IN_DESK_PERSON | IN_LIST};

struct rebinding {
    const struct preferences *preferences;
    const struct key_preference *at; /* the line in hand */
    struct rebound rebound;
    struct pool names; /* for suggestions */
    struct error *error;
};

/* Says where, and what is wrong there. */
static int refuse(struct rebinding *in, const struct preference_word *word, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static int refuse(struct rebinding *in, const struct preference_word *word, const char *format, ...) {
    struct buffer sentence = BUFFER_INIT;
    va_list arguments;
    va_start(arguments, format);
    buffer_add_format_list(&sentence, format, arguments);
    va_end(arguments);
    int status = error_set(in->error, STATUS_INPUT, "%s:%d:%d: keys.%s%s%s: %s", in->preferences->file, word->line,
                           word->column, in->at->context.text, word == &in->at->context ? "" : ".",
                           word == &in->at->context ? "" : in->at->request.text, sentence.data);
    buffer_release(&sentence);
    return status;
}

/* --- Names ----------------------------------------------------------------------------------------------------------- */

static int find_context(struct rebinding *in, unsigned *context) {
    const char *names[32];
    const char *word = in->at->context.text;
    for (size_t i = 0; i < context_name_count; i++) {
        names[i] = context_names[i].name;
        if (strcmp(word, names[i]) == 0) {
            *context = context_names[i].context;
            return STATUS_OK;
        }
    }
    const char *near = suggest(word, names, context_name_count);
    if (near)
        return refuse(in, &in->at->context, "unknown context; did you mean \"%s\"?", near);
    return refuse(in, &in->at->context, "unknown context; 'assay help keys' has their names in brackets");
}

static const char *name_of(struct rebinding *in, int request) {
    struct buffer name = BUFFER_INIT;
    keymap_add_name(&name, (enum request)request);
    const char *kept = pool_string(&in->names, buffer_slice(&name));
    buffer_release(&name);
    return kept;
}

/* "reading, text": where a request is at home. */
static void add_homes(struct buffer *out, unsigned contexts) {
    for (size_t i = 0; i < context_name_count; i++)
        if (contexts == IN_EVERYTHING
                ? context_names[i].context == contexts
                : context_names[i].context != IN_EVERYTHING && (context_names[i].context & contexts))
            buffer_add_format(out, "%s%s", out->length ? ", " : "", context_names[i].name);
}

/* The request of this name that the context has. */
static int find_request(struct rebinding *in, unsigned context, int *found) {
    const char *names[REQUEST_COUNT], *word = in->at->request.text;
    size_t count = 0;
    for (int request = REQUEST_NONE + 1; request < REQUEST_COUNT; request++) {
        const char *name = name_of(in, request);
        unsigned contexts = keymap_row((enum request)request)->contexts;
        bool here = (contexts & context) != 0;
        if (here)
            names[count++] = name;
        if (strcmp(word, name) != 0)
            continue;
        *found = request;
        if (here)
            return STATUS_OK;
        struct buffer homes = BUFFER_INIT;
        add_homes(&homes, contexts);
        int status =
            refuse(in, &in->at->request, "%s has no such request; it belongs to %s", in->at->context.text, homes.data);
        buffer_release(&homes);
        return status;
    }
    const char *near = suggest(word, names, count);
    if (near)
        return refuse(in, &in->at->request, "unknown request; did you mean \"%s\"?", near);
    return refuse(in, &in->at->request, "unknown request; 'assay help keys' lists them");
}

/* --- Keys ------------------------------------------------------------------------------------------------------------ */

static bool is_plain_character(struct key key) {
    return key.kind == ON_CHARACTER && !(key.modifiers & (MODIFIER_CONTROL | MODIFIER_ALT));
}

/* What terminals cannot tell apart, or do not send at all. NULL: the key can be had. */
static const char *not_sent(struct key key) {
    bool control = key.modifiers & MODIFIER_CONTROL, alt = key.modifiers & MODIFIER_ALT;
    switch (key.kind) {
    case ON_CHARACTER:
        if (key.modifiers & MODIFIER_SHIFT)
            return "no terminal sends it so; write the capital letter or the sign itself";
        if (alt && (control || !strchr("bdf", (int)(key.code < 0x80 ? key.code : ' '))))
            return "over a slow line it is the same as Esc and that key; of letters only Alt-b, Alt-d and Alt-f are "
                   "told "
                   "apart";
        if (control && key.code == 'm')
            return "terminals send it as Enter; write Enter";
        if (control && key.code == 'i')
            return "terminals send it as Tab; write Tab";
        if (control && key.code == '[')
            return "terminals send it as Esc, which always leads out; take another key";
        if (control && key.code == 'h')
            return "terminals send it as Backspace; write Backspace";
        if (control && !(key.code >= 'a' && key.code <= 'z') && key.code != ' ' &&
            !strchr("\\]^_", (int)(key.code < 0x80 ? key.code : ' ')))
            return "terminals do not send it; take Ctrl with a letter";
        return NULL;
    case ON_FUNCTION:
        return key.code > 12 ? "terminals send F13 and above as Shift-F1 and above; write that" : NULL;
    case ON_ENTER:
    case ON_TAB:
        return key.modifiers && !(key.kind == ON_TAB && key.modifiers == MODIFIER_SHIFT)
                   ? "most terminals send it without Shift, Alt or Ctrl; take another key"
                   : NULL;
    case ON_BACKSPACE:
        return key.modifiers & ~(unsigned)MODIFIER_ALT
                   ? "most terminals send it without Shift or Ctrl; take another key"
                   : NULL;
    default:
        return NULL;
    }
}

static const char *not_free(struct key key, unsigned context) {
    if (key.kind == ON_ESCAPE || key_equal(key, key_control('c')))
        return "it always leads out and cannot mean anything else; take another key";
    if (key_digit(key) >= 0)
        return "digits answer and choose, in every script; take another key";
    if ((context & IN_TYPING) && is_plain_character(key))
        return "it would be typed into the text; take a key with Ctrl, or F1 to F12";
    return NULL;
}

static int refuse_unknown_key(struct rebinding *in, const struct preference_word *word) {
    static const char *const known[] = {"Up",     "Down",   "Left", "Right", "Home",      "End",   "PageUp", "PageDown",
                                        "Insert", "Delete", "Tab",  "Enter", "Backspace", "Space", "Esc"};
    const char *dash = strrchr(word->text, '-');
    const char *name = dash && dash[1] ? dash + 1 : word->text;
    const char *near = strlen(name) > 2 ? suggest(name, known, COUNT_OF(known)) : NULL;
    if (near)
        return refuse(in, word, "\"%s\" is no key; did you mean \"%s\"?", word->text, near);
    return refuse(in, word, "\"%s\" is no key; write one as x, Ctrl-X, F5, Shift-Left, PageDown or Space", word->text);
}

/* The keys of the line in hand as one list. */
static int read_keys(struct rebinding *in, unsigned context, struct buffer *list) {
    for (size_t i = 0; i < in->at->key_count; i++) {
        const struct preference_word *word = &in->at->keys[i];
        struct key key;
        if (!key_parse(slice_of(word->text), &key))
            return refuse_unknown_key(in, word);
        const char *why = not_free(key, context);
        if (!why)
            why = not_sent(key);
        if (why)
            return refuse(in, word, "\"%s\": %s", word->text, why);
        buffer_add_string(list, i ? " " : "");
        key_label(list, key, false);
    }
    return STATUS_OK;
}

/* --- Binding --------------------------------------------------------------------------------------------------------- */

/* A row of "digits" is an answer, not a key. */
static bool takes_keys(enum request request) {
    struct slice word;
    struct key key;
    for (const char *at = keymap_row(request)->keys; keymap_next_word(&at, &word);)
        if (!key_parse(word, &key))
            return false;
    return true;
}

/* One line of the file. `general` lines (everywhere) give way to those of a context, wherever they stand. */
static int bind_line(struct rebinding *in, bool general) {
    unsigned context = 0;
    int request = REQUEST_NONE, status = find_context(in, &context);
    if (!status && (context == IN_EVERYTHING) != general)
        return STATUS_OK;
    if (!status)
        status = find_request(in, context, &request);
    if (!status && !takes_keys((enum request)request))
        status = refuse(in, &in->at->request, "digits answer and choose, in every script; leave it out");
    struct buffer list = BUFFER_INIT;
    unsigned contexts = keymap_row((enum request)request)->contexts & context;
    if (!status)
        status = read_keys(in, contexts, &list);
    const char *keys = status ? NULL : pool_string(&in->rebound.pool, buffer_slice(&list));
    for (unsigned bit = 0; !status && bit < CONTEXTS; bit++)
        if (contexts & (1u << bit))
            in->rebound.keys[request][bit] = keys;
    buffer_release(&list);
    return status;
}

/* --- Clashes --------------------------------------------------------------------------------------------------------- */

static const char *keys_then(const struct rebinding *in, int request, unsigned bit) {
    const char *keys = in->rebound.keys[request][bit];
    return keys ? keys : keymap_row((enum request)request)->keys;
}

/* Would this request have the key in one of these contexts? A twin that is only a way ("Tab") does not count. */
static bool would_have(const struct rebinding *in, int request, unsigned contexts, struct key key) {
    const struct keymap_row *row = keymap_row((enum request)request);
    bool way = strcmp(row->twin, "Tab") == 0 || strcmp(row->twin, "digits") == 0;
    for (unsigned bit = 0; bit < CONTEXTS; bit++) {
        if (!(row->contexts & contexts & (1u << bit)))
            continue;
        if (keymap_listed(keys_then(in, request, bit), key) ||
            (!in->rebound.keys[request][bit] && !way && keymap_listed(row->twin, key)))
            return true;
    }
    return false;
}

static unsigned with_joined(unsigned context) {
    unsigned all = context;
    for (size_t i = 0; i < COUNT_OF(joined); i++)
        all |= joined[i] & context ? joined[i] : 0;
    return all;
}

/* The line in hand against every other request. */
static int check_line(struct rebinding *in) {
    unsigned context = 0;
    int own = REQUEST_NONE, status = find_context(in, &context);
    if (!status)
        status = find_request(in, context, &own);
    for (unsigned bit = 0; !status && bit < CONTEXTS; bit++) {
        unsigned here = 1u << bit;
        if (!(keymap_row((enum request)own)->contexts & context & here))
            continue;
        for (size_t i = 0; !status && i < in->at->key_count; i++) {
            struct key key;
            if (!key_parse(slice_of(in->at->keys[i].text), &key) || !would_have(in, own, here, key))
                continue; /* a line of the context itself counts instead */
            for (int other = REQUEST_NONE + 1; !status && other < REQUEST_COUNT; other++)
                if (other != own && would_have(in, other, with_joined(here), key))
                    status = refuse(in, &in->at->keys[i],
                                    "\"%s\" is %s there already; take another key, or give %s another one",
                                    in->at->keys[i].text, name_of(in, other), name_of(in, other));
        }
    }
    return status;
}

int keymap_rebind(const struct preferences *preferences, struct error *error) {
    struct rebinding in = {.preferences = preferences, .error = error};
    const struct key_preference *end = preferences->keys + preferences->key_count;
    int status = STATUS_OK;
    for (int general = 1; general >= 0; general--)
        for (in.at = preferences->keys; !status && in.at < end; in.at++)
            status = bind_line(&in, general != 0);
    for (in.at = preferences->keys; !status && in.at < end; in.at++)
        status = check_line(&in);
    pool_release(&in.names);
    if (status)
        pool_release(&in.rebound.pool);
    else
        keymap_install(&in.rebound);
    return status;
}
