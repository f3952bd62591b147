/* Keys that a person bound: what they ask for, what hints and help say then, and what is left as it was. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "core/base/array.h"
#include "helper_surface.h"
#include "ui/keymap.h"

/* One line: context, request, keys separated by spaces (at most two). */
struct line {
    const char *context, *request, *first, *second;
};

static int rebind(const struct line *lines, size_t count, struct error *error) {
    struct key_preference keys[8] = {0};
    struct preferences preferences = {.file = "c.yaml", .keys = keys, .key_count = count};
    assert_true(count <= COUNT_OF(keys));
    for (size_t i = 0; i < count; i++) {
        int row = (int)i + 1;
        keys[i] = (struct key_preference){.context = {lines[i].context, row, 1},
                                          .request = {lines[i].request, row, 2},
                                          .keys = {{lines[i].first, row, 3}, {lines[i].second, row, 4}},
                                          .key_count = lines[i].second ? 2 : 1};
    }
    return keymap_rebind(&preferences, error);
}

static void rebind_good(const struct line *lines, size_t count) {
    struct error error = ERROR_INIT;
    int status = rebind(lines, count, &error);
    assert_string_equal(error.text, "");
    assert_int_equal(status, 0);
}

static int back_to_the_table(void **state) {
    (void)state;
    rebind_good(NULL, 0);
    return 0;
}

static enum request asks(const char *name, unsigned contexts) {
    struct key key;
    assert_true(key_parse(slice_of(name), &key));
    return keymap_lookup(key, contexts);
}

static void test_takes_the_place_of_key_and_twin(void **state) {
    (void)state;
    const struct line lines[] = {{"reading", "undo", "F12", "Ctrl-x"}};
    rebind_good(lines, COUNT_OF(lines));
    assert_int_equal(asks("F12", IN_READING | IN_ANSWERING), REQUEST_UNDO);
    assert_int_equal(asks("Ctrl-X", IN_READING), REQUEST_UNDO);
    assert_int_equal(asks("u", IN_READING), REQUEST_NONE);
    assert_int_equal(asks("Ctrl-U", IN_READING), REQUEST_NONE);
    assert_string_equal(keymap_word(REQUEST_UNDO, IN_READING).text, "F12");
}

static void test_in_its_context_alone(void **state) {
    (void)state;
    const struct line lines[] = {{"list", "scroll-down", "t", NULL}};
    rebind_good(lines, COUNT_OF(lines));
    assert_int_equal(asks("t", IN_LIST), REQUEST_SCROLL_DOWN);
    assert_int_equal(asks("j", IN_LIST), REQUEST_NONE);
    assert_int_equal(asks("j", IN_READING), REQUEST_SCROLL_DOWN);
    assert_int_equal(asks("t", IN_READING | IN_ANSWERING), REQUEST_TO_TAGS);
    assert_string_equal(keymap_word(REQUEST_SCROLL_DOWN, IN_LIST).text, "t");
    assert_string_equal(keymap_word(REQUEST_SCROLL_DOWN, IN_PAGER).text, "↓");
}

static void test_everywhere_gives_way_to_a_context(void **state) {
    (void)state;
    const struct line lines[] = {{"list", "help", "F11", NULL}, {"everywhere", "help", "F12", NULL}};
    rebind_good(lines, COUNT_OF(lines));
    assert_int_equal(asks("F11", IN_LIST), REQUEST_HELP);
    assert_int_equal(asks("F12", IN_LIST), REQUEST_NONE);
    assert_int_equal(asks("F12", IN_READING), REQUEST_HELP);
    assert_int_equal(asks("F12", IN_PAGER), REQUEST_HELP);
    assert_int_equal(asks("?", IN_PAGER), REQUEST_NONE);
}

static void test_two_keys_change_places(void **state) {
    (void)state;
    const struct line lines[] = {{"reading", "undo", "g", NULL}, {"reading", "guideline", "u", NULL}};
    rebind_good(lines, COUNT_OF(lines));
    assert_int_equal(asks("g", IN_READING), REQUEST_UNDO);
    assert_int_equal(asks("u", IN_READING), REQUEST_GUIDELINE);
}

static void test_the_ways_out_stay(void **state) {
    (void)state;
    const struct line lines[] = {{"list", "close", "x", NULL},
                                 {"typing", "end-typing", "Ctrl-X", NULL},
                                 {"question", "no", "x", NULL},
                                 {"reading", "leave", "x", NULL}};
    rebind_good(lines, COUNT_OF(lines));
    assert_int_equal(asks("x", IN_LIST), REQUEST_CLOSE);
    assert_int_equal(asks("q", IN_LIST), REQUEST_NONE);
    assert_int_equal(asks("Esc", IN_LIST), REQUEST_CLOSE);
    assert_int_equal(asks("Ctrl-C", IN_LIST), REQUEST_CLOSE);
    assert_int_equal(asks("Esc", IN_TYPING), REQUEST_END_TYPING);
    assert_int_equal(asks("Enter", IN_TYPING), REQUEST_NONE);
    assert_int_equal(asks("Esc", IN_QUESTION), REQUEST_NO);
    assert_int_equal(asks("Ctrl-C", IN_READING), REQUEST_LEAVE);
}

static void test_hint_help_and_manual_say_so(void **state) {
    (void)state;
    struct buffer hint = BUFFER_INIT, help = BUFFER_INIT, manual = BUFFER_INIT;
    const struct line lines[] = {{"answering", "to-why", "F12", NULL}, {"typing", "redraw", "F11", NULL}};
    rebind_good(lines, COUNT_OF(lines));
    keymap_hint(&hint, IN_READING | IN_ANSWERING, 118);
    keymap_help(&help, IN_ANSWERING | IN_TYPING);
    keymap_manual(&manual);
    assert_non_null(strstr(hint.data, "F12 why"));
    assert_non_null(strstr(help.data, "| F12 |  | type the reason |"));
    assert_non_null(strstr(help.data, "| F11 |  | draw the screen anew |")); /* here it is not as everywhere */
    assert_non_null(strstr(manual.data, "  F12                             to-why"));
    assert_non_null(strstr(manual.data, "  Ctrl-L                          redraw"));
    assert_non_null(strstr(manual.data, "  F11                             redraw"));
    buffer_release(&hint);
    buffer_release(&help);
    buffer_release(&manual);
}

static void test_a_refusal_changes_nothing(void **state) {
    (void)state;
    struct error error = ERROR_INIT;
    const struct line good[] = {{"reading", "undo", "F12", NULL}};
    const struct line bad[] = {{"reading", "undo", "F11", NULL}, {"reading", "alone", "g", NULL}};
    rebind_good(good, COUNT_OF(good));
    assert_int_equal(rebind(bad, COUNT_OF(bad), &error), STATUS_INPUT);
    assert_string_equal(error.text,
                        "c.yaml:2:3: keys.reading.alone: \"g\" is guideline there already; take another key, "
                        "or give guideline another one");
    assert_int_equal(asks("F12", IN_READING), REQUEST_UNDO);
    assert_int_equal(asks("F11", IN_READING), REQUEST_NONE);
}

/* Every key that the table itself uses may be bound, but digits and the ways out. */
static void test_keys_of_the_table_can_be_bound(void **state) {
    (void)state;
    for (int request = 1; request < REQUEST_COUNT; request++) {
        const struct keymap_row *row = keymap_row((enum request)request);
        struct buffer name = BUFFER_INIT;
        struct key key;
        char first[32];
        size_t length = strcspn(row->keys, " ");
        memcpy(first, row->keys, length);
        first[length] = '\0';
        if (!key_parse(slice_of(first), &key) || strcmp(first, "Esc") == 0)
            continue;
        keymap_add_name(&name, (enum request)request);
        const struct line lines[] = {{"everywhere", name.data, first, NULL}};
        rebind_good(lines, 1);
        buffer_release(&name);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_takes_the_place_of_key_and_twin, back_to_the_table),
        cmocka_unit_test_teardown(test_in_its_context_alone, back_to_the_table),
        cmocka_unit_test_teardown(test_everywhere_gives_way_to_a_context, back_to_the_table),
        cmocka_unit_test_teardown(test_two_keys_change_places, back_to_the_table),
        cmocka_unit_test_teardown(test_the_ways_out_stay, back_to_the_table),
        cmocka_unit_test_teardown(test_hint_help_and_manual_say_so, back_to_the_table),
        cmocka_unit_test_teardown(test_a_refusal_changes_nothing, back_to_the_table),
        cmocka_unit_test_teardown(test_keys_of_the_table_can_be_bound, back_to_the_table),
    };
    helper_locale();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
