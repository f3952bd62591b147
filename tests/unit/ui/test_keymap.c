#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "core/base/array.h"
#include "helper_surface.h"
#include "ui/keymap.h"

/* Every key of the interface's table, as it is written there, with the request that it must ask for while judging. */
static const struct {
    unsigned contexts;
    const char *key;
    enum request request;
} promised[] = {
#define JUDGING (IN_READING | IN_ANSWERING)
    {JUDGING, "Up", REQUEST_SCROLL_UP},
    {JUDGING, "Down", REQUEST_SCROLL_DOWN},
    {JUDGING, "k", REQUEST_SCROLL_UP},
    {JUDGING, "j", REQUEST_SCROLL_DOWN},
    {JUDGING, "Space", REQUEST_PAGE_DOWN},
    {JUDGING, "PageDown", REQUEST_PAGE_DOWN},
    {JUDGING, "b", REQUEST_PAGE_UP},
    {JUDGING, "PageUp", REQUEST_PAGE_UP},
    {JUDGING, "Home", REQUEST_TO_TOP},
    {JUDGING, "End", REQUEST_TO_BOTTOM},
    {JUDGING, "Left", REQUEST_PREVIOUS_TEXT},
    {JUDGING, "Right", REQUEST_NEXT_TEXT},
    {JUDGING, "h", REQUEST_PREVIOUS_TEXT},
    {JUDGING, "l", REQUEST_NEXT_TEXT},
    {JUDGING, "<", REQUEST_SHIFT_LEFT},
    {JUDGING, ">", REQUEST_SHIFT_RIGHT},
    {JUDGING, "Shift-Left", REQUEST_SHIFT_LEFT},
    {JUDGING, "Shift-Right", REQUEST_SHIFT_RIGHT},
    {JUDGING, "y", REQUEST_TOGETHER},
    {JUDGING, "Ctrl-Y", REQUEST_TOGETHER},
    {JUDGING, "w", REQUEST_ARRANGE},
    {JUDGING, "F6", REQUEST_ARRANGE},
    {JUDGING, "z", REQUEST_ALONE},
    {JUDGING, "Ctrl-T", REQUEST_ALONE},
    {JUDGING, "d", REQUEST_DIFFERENCES},
    {JUDGING, "F5", REQUEST_DIFFERENCES},
    {JUDGING, "m", REQUEST_RAW},
    {JUDGING, "Ctrl-R", REQUEST_RAW},
    {JUDGING, "o", REQUEST_PAGER},
    {JUDGING, "Ctrl-P", REQUEST_PAGER},
    {JUDGING, "/", REQUEST_SEARCH},
    {JUDGING, "F3", REQUEST_SEARCH},
    {JUDGING, "n", REQUEST_NONE},
    {JUDGING, "N", REQUEST_NONE},
    {JUDGING | IN_SEARCH, "n", REQUEST_NEXT_HIT},
    {JUDGING | IN_SEARCH, "N", REQUEST_PREVIOUS_HIT},
    {JUDGING | IN_SEARCH, "F3", REQUEST_NEXT_HIT},
    {JUDGING | IN_SEARCH, "Esc", REQUEST_CLOSE_SEARCH},
    {JUDGING, "g", REQUEST_GUIDELINE},
    {JUDGING, "F2", REQUEST_GUIDELINE},
    {JUDGING, "i", REQUEST_ABOUT},
    {JUDGING, "Ctrl-K", REQUEST_ABOUT},
    {JUDGING, "p", REQUEST_PANE},
    {JUDGING, "Ctrl-G", REQUEST_PANE},
    {JUDGING, "?", REQUEST_HELP},
    {JUDGING, "F1", REQUEST_HELP},
    {JUDGING, "1", REQUEST_DIGIT},
    {JUDGING, "9", REQUEST_DIGIT},
    {JUDGING, "0", REQUEST_DIGIT},
    {JUDGING, "Tab", REQUEST_NEXT_ROW},
    {JUDGING, "Shift-Tab", REQUEST_PREVIOUS_ROW},
    {JUDGING, "Backspace", REQUEST_CLEAR_ROW},
    {JUDGING, "v", REQUEST_TO_OVERALL},
    {JUDGING, "c", REQUEST_TO_CONFIDENCE},
    {JUDGING, "t", REQUEST_TO_TAGS},
    {JUDGING, "f", REQUEST_TO_FLAGS},
    {JUDGING, "r", REQUEST_TO_WHY},
    {JUDGING, "F4", REQUEST_TO_WHY},
    {JUDGING, "Enter", REQUEST_SUBMIT},
    {JUDGING, "s", REQUEST_SET_ASIDE},
    {JUDGING, "F7", REQUEST_SET_ASIDE},
    {JUDGING, "a", REQUEST_ASK},
    {JUDGING, "F8", REQUEST_ASK},
    {JUDGING, "e", REQUEST_EARLIER},
    {JUDGING, "F9", REQUEST_EARLIER},
    {JUDGING, "u", REQUEST_UNDO},
    {JUDGING, "Ctrl-U", REQUEST_UNDO},
    {JUDGING, "q", REQUEST_LEAVE},
    {JUDGING, "Ctrl-C", REQUEST_LEAVE},
    {JUDGING, "F10", REQUEST_LEAVE},
    {JUDGING, "Ctrl-Z", REQUEST_SUSPEND},
    {JUDGING, "Ctrl-L", REQUEST_REDRAW},
    {IN_TYPING, "Enter", REQUEST_END_TYPING},
    {IN_TYPING, "Esc", REQUEST_END_TYPING},
    {IN_TYPING, "Tab", REQUEST_END_TYPING},
    {IN_TYPING, "Ctrl-J", REQUEST_NEW_LINE},
    {IN_TYPING, "Ctrl-O", REQUEST_EDITOR},
    {IN_TYPING, "q", REQUEST_NONE},
    {IN_TYPING, "1", REQUEST_NONE},
    {IN_TYPING, "F1", REQUEST_NONE},
    {IN_TYPING, "F10", REQUEST_NONE},
    {IN_TYPING, "Ctrl-U", REQUEST_NONE},
};

static struct key named(const char *name) {
    struct key key;
    if (!key_parse(slice_of(name), &key))
        fail_msg("no key is called %s", name);
    return key;
}

static void test_promised_keys(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT_OF(promised); i++) {
        enum request request = keymap_lookup(named(promised[i].key), promised[i].contexts);
        if (request != promised[i].request)
            fail_msg("%s asks for %s, not %s", promised[i].key, keymap_row(request)->name,
                     keymap_row(promised[i].request)->name);
    }
}

/* The words of a list; calls `each` with those that are keys. */
static void each_key(const char *list, void (*each)(struct key key, const char *word, void *data), void *data) {
    char words[128];
    assert_true(strlen(list) < sizeof words);
    memcpy(words, list, strlen(list) + 1);
    for (char *word = words; *word;) {
        size_t length = strcspn(word, " ");
        char *next = word[length] ? word + length + 1 : word + length;
        word[length] = '\0';
        struct key key;
        if (key_parse(slice_of(word), &key))
            each(key, word, data);
        else if (strcmp(word, "A–Z") != 0)
            assert_string_equal(word, "digits");
        word = next;
    }
}

struct seen {
    enum request request;
    unsigned context;
};

static void see(struct key key, const char *word, void *data) {
    struct seen *seen = data;
    if (strcmp(word, "Tab") == 0 && seen->request >= REQUEST_TO_WHY && seen->request <= REQUEST_TO_FLAGS)
        return; /* a twin that is a way, not a key of its own */
    enum request found = keymap_lookup(key, seen->context);
    if (found != seen->request)
        fail_msg("%s is bound twice: %s and %s", word, keymap_row(found)->name, keymap_row(seen->request)->name);
}

static void test_no_key_twice_in_a_context(void **state) {
    (void)state;
    static const unsigned contexts[] = {IN_READING,
                                        IN_ANSWERING,
                                        IN_SEARCH,
                                        IN_TYPING,
                                        IN_LIST,
                                        IN_PAGER,
                                        IN_MENU,
                                        IN_QUESTION,
                                        IN_READING | IN_ANSWERING,
                                        IN_RANKING,
                                        IN_READING | IN_ANSWERING | IN_RANKING};
    for (size_t i = 0; i < COUNT_OF(contexts); i++)
        for (int request = 1; request < REQUEST_COUNT; request++) {
            const struct keymap_row *row = keymap_row((enum request)request);
            struct seen seen = {.request = (enum request)request, .context = contexts[i]};
            if (!(row->contexts & contexts[i]))
                continue;
            each_key(row->keys, see, &seen);
            each_key(row->twin, see, &seen);
        }
}

static void note_latin(struct key key, const char *word, void *data) {
    (void)word;
    bool *any = data;
    *any = *any || key.kind != ON_CHARACTER || key.modifiers != 0 || key.code < 'A' || key.code > 'z';
}

/* Every request can be made with a keyboard that has no Latin letters. */
static void test_any_layout(void **state) {
    (void)state;
    for (int request = 1; request < REQUEST_COUNT; request++) {
        const struct keymap_row *row = keymap_row((enum request)request);
        bool any = strcmp(row->keys, "digits") == 0 || strcmp(row->twin, "digits") == 0;
        each_key(row->keys, note_latin, &any);
        each_key(row->twin, note_latin, &any);
        if (!any)
            fail_msg("%s has no key outside the Latin letters", row->name);
    }
}

static void test_digits_of_every_script(void **state) {
    (void)state;
    static const uint32_t threes[] = {'3', 0x663, 0x6f3, 0x969, 0x9e9, 0xe53, 0xff13, 0x1d7d1};
    for (size_t i = 0; i < COUNT_OF(threes); i++) {
        assert_int_equal(key_digit(key_character(threes[i])), 3);
        assert_int_equal(keymap_lookup(key_character(threes[i]), IN_ANSWERING), REQUEST_DIGIT);
    }
    assert_int_equal(digit_value('9'), 9);
    assert_int_equal(digit_value('9' + 1), -1);
    assert_int_equal(digit_value(0x2460), -1); /* ① is no decimal digit */
    struct key control = key_character('3');
    control.modifiers = MODIFIER_ALT;
    assert_int_equal(key_digit(control), -1);
}

static void test_help_and_manual_have_every_row(void **state) {
    (void)state;
    struct buffer help = BUFFER_INIT, manual = BUFFER_INIT;
    keymap_help(&help, IN_EVERYTHING);
    keymap_manual(&manual);
    for (int request = 1; request < REQUEST_COUNT; request++) {
        const struct keymap_row *row = keymap_row((enum request)request);
        assert_true(row->help[0] != '\0');
        char first[32]; /* a long one goes on in further rows */
        snprintf(first, sizeof first, "| %.*s", (int)strcspn(row->help, " "), row->help);
        assert_non_null(strstr(help.data, first));
        struct buffer start = BUFFER_INIT; /* the manual breaks long ones */
        buffer_add_char(&start, ' ');
        keymap_add_name(&start, (enum request)request);
        buffer_add_char(&start, ' ');
        bool found = false;
        for (const char *there = manual.data; !found && (there = strstr(there, start.data));) {
            there += start.length - 1;
            found = strncmp(there + strspn(there, " "), row->help, strcspn(row->help, " ")) == 0;
        }
        assert_true(found);
        buffer_release(&start);
    }
    for (const char *line = help.data; *line; line += strcspn(line, "\n") + 1)
        assert_true(text_columns(slice_make(line, strcspn(line, "\n"))) < 80);
    buffer_release(&help);
    buffer_release(&manual);
}

static void test_hint_fits(void **state) {
    (void)state;
    for (int columns = 0; columns < 160; columns++) {
        struct buffer hint = BUFFER_INIT;
        int used = keymap_hint(&hint, IN_READING | IN_ANSWERING, columns);
        assert_int_equal(used, text_columns(buffer_slice(&hint)));
        assert_true(used <= columns);
        if (columns >= 6)
            assert_non_null(strstr(hint.data, "? keys"));
        buffer_release(&hint);
    }
    struct buffer hint = BUFFER_INIT;
    keymap_hint(&hint, IN_READING | IN_ANSWERING, 128);
    assert_string_equal(hint.data, "digits answer ▸   Tab row   r why   ←→ text   d differences   g guideline   "
                                   "s set aside   a ask   e earlier   ? keys   ⏎ submit");
    buffer_clear(&hint);
    keymap_hint(&hint, IN_READING | IN_ANSWERING | IN_WIDE,
                80); /* something is cut: the keys for it come before others */
    assert_string_equal(hint.data, "digits answer ▸   Tab row   r why   ←→ text   <> sideways   ? keys   ⏎ submit");
    buffer_release(&hint);
}

static void test_names_read_back(void **state) {
    (void)state;
    static const char *const names[] = {"a",         "Ctrl-Y",    "F6",       "F24",    "Shift-Left", "Space",
                                        "Esc",       "Alt-b",     "=",        "PageUp", "Enter",      "Shift-Tab",
                                        "Ctrl-Left", "Backspace", "Shift-F3", "ж"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        struct buffer name = BUFFER_INIT;
        key_label(&name, named(names[i]), false);
        assert_string_equal(name.data, names[i]);
        buffer_release(&name);
    }
    struct key key;
    assert_false(key_parse(slice_of("F0"), &key));
    assert_false(key_parse(slice_of("F25"), &key));
    assert_false(key_parse(slice_of("Nokey"), &key));
    assert_false(key_parse(slice_of(""), &key));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_promised_keys),
        cmocka_unit_test(test_no_key_twice_in_a_context),
        cmocka_unit_test(test_any_layout),
        cmocka_unit_test(test_digits_of_every_script),
        cmocka_unit_test(test_help_and_manual_have_every_row),
        cmocka_unit_test(test_hint_fits),
        cmocka_unit_test(test_names_read_back),
    };
    helper_locale();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
