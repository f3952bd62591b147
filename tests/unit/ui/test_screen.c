#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "core/base/array.h"
#include "helper_surface.h"
#include "ui/paint.h"
#include "ui/screen.h"

/* A screen that notes what it is told. */
struct probe {
    struct screen screen;
    unsigned contexts;
    int keys, resumed, paused_ms, closed;
    int yes, line;
    char typed[64];
    bool refuse; /* leaves every key to the frame */
};

static void probe_draw(struct screen *screen, struct surface *surface) {
    (void)screen;
    struct rect area = surface_rect(surface);
    frame_title(surface, &area, "pilot › helpfulness", "ana");
    paint_string(surface, area, 0, 0, INK_NORMAL, "the probe");
    paint_string(surface, area, area.rows - 1, 0, INK_NORMAL, "bottom row");
}

static bool probe_key(struct screen *screen, struct frame *frame, const struct key *key) {
    struct probe *probe = (struct probe *)screen;
    (void)frame;
    (void)key;
    probe->keys++;
    return !probe->refuse;
}

static unsigned probe_contexts(const struct screen *screen) {
    return ((const struct probe *)screen)->contexts;
}

static void probe_resumed(struct screen *screen, struct frame *frame) {
    (void)frame;
    ((struct probe *)screen)->resumed++;
}

static void probe_paused(struct screen *screen, struct frame *frame, int after_ms) {
    (void)frame;
    ((struct probe *)screen)->paused_ms = after_ms;
}

static void probe_help(const struct screen *screen, struct buffer *out) {
    (void)screen;
    buffer_add_string(out, "What is recorded about you: *nothing*.\n\n");
}

static void probe_close(struct screen *screen) {
    ((struct probe *)screen)->closed++;
}

static const struct screen_class probe_class = {.name = "probe",
                                                .draw = probe_draw,
                                                .key = probe_key,
                                                .contexts = probe_contexts,
                                                .paused = probe_paused,
                                                .resumed = probe_resumed,
                                                .help = probe_help,
                                                .close = probe_close};

static void answered(struct screen *asker, struct frame *frame, bool yes) {
    (void)frame;
    ((struct probe *)asker)->yes = yes ? 1 : 0;
}

static void chosen(struct screen *asker, struct frame *frame, int line) {
    (void)frame;
    ((struct probe *)asker)->line = line;
}

static void typed(struct screen *asker, struct frame *frame, struct slice text) {
    (void)frame;
    snprintf(((struct probe *)asker)->typed, sizeof((struct probe *)asker)->typed, "%s" SLICE_FORMAT,
             text.data ? "=" : "none", SLICE_ARGS(text));
}

struct stage {
    struct frame frame;
    struct probe probe;
};

static void set(struct stage *stage) {
    *stage =
        (struct stage){.probe = {.screen = {.class = &probe_class}, .contexts = IN_READING, .yes = -1, .line = -2}};
    frame_init(&stage->frame, NULL, NULL);
    frame_resize(&stage->frame, 24, 80);
    frame_push(&stage->frame, &stage->probe.screen);
    frame_draw(&stage->frame);
}

static void press(struct stage *stage, const char *names) {
    char words[64];
    snprintf(words, sizeof words, "%s", names);
    for (char *word = words; *word;) {
        size_t length = strcspn(word, " ");
        bool last = word[length] == '\0';
        struct key key;
        if (!key_parse(slice_make(word, length), &key))
            fail_msg("no key is called %s", word);
        frame_key(&stage->frame, &key);
        frame_draw(&stage->frame);
        word += length + !last;
    }
}

static void test_too_small_says_so_and_waits(void **state) {
    (void)state;
    struct stage stage;
    set(&stage);
    frame_resize(&stage.frame, 10, 40);
    frame_draw(&stage.frame);
    assert_shows(&stage.frame.surface, "60 × 16");
    assert_not_shown(&stage.frame.surface, "the probe");
    press(&stage, "1 q Enter");
    assert_int_equal(stage.probe.keys, 0);
    frame_resize(&stage.frame, 24, 80);
    frame_draw(&stage.frame);
    assert_shows(&stage.frame.surface, "the probe");
    press(&stage, "1");
    assert_int_equal(stage.probe.keys, 1);
    frame_resize(&stage.frame, 1, 1);
    frame_draw(&stage.frame);
    press(&stage, "Ctrl-C");
    assert_null(stage.frame.top);
    assert_int_equal(stage.probe.closed, 1);
    frame_release(&stage.frame);
}

static void test_question(void **state) {
    (void)state;
    static const char *const yes[] = {"y", "Enter"}, *const no[] = {"n", "Esc", "F10", "Ctrl-C"};
    struct stage stage;
    set(&stage);
    for (size_t i = 0; i < COUNT_OF(yes) + COUNT_OF(no); i++) {
        bool wanted = i < COUNT_OF(yes);
        stage.probe.yes = -1;
        frame_ask(&stage.frame, "Hand in?", answered);
        press(&stage, "x 1 Tab"); /* anything else does nothing */
        assert_shows(&stage.frame.surface, "Hand in?");
        assert_shows(&stage.frame.surface, "the probe");
        assert_not_shown(&stage.frame.surface, "bottom row");
        assert_int_equal(stage.probe.yes, -1);
        press(&stage, wanted ? yes[i] : no[i - COUNT_OF(yes)]);
        assert_int_equal(stage.probe.yes, wanted);
        assert_ptr_equal(stage.frame.top, &stage.probe.screen);
        assert_int_equal(stage.probe.resumed, (int)i + 1);
    }
    assert_int_equal(stage.probe.keys, 0);
    frame_release(&stage.frame);
}

static void test_menu(void **state) {
    (void)state;
    static const char *const lines[] = {"broken", "not my field", "language"};
    struct stage stage;
    set(&stage);
    frame_choose(&stage.frame, "Set aside: why?", lines, 3, chosen);
    press(&stage, "9 x");
    assert_shows(&stage.frame.surface, "Set aside: why?");
    assert_shows(&stage.frame.surface, "▸ 1 broken");
    press(&stage, "2");
    assert_int_equal(stage.probe.line, 1);
    frame_choose(&stage.frame, "Why?", lines, 3, chosen);
    press(&stage, "Down Down Down Enter");
    assert_int_equal(stage.probe.line, 2);
    frame_choose(&stage.frame, "Why?", lines, 3, chosen);
    press(&stage, "٣"); /* a digit in another script */
    assert_int_equal(stage.probe.line, 2);
    frame_choose(&stage.frame, "Why?", lines, 3, chosen);
    press(&stage, "Esc");
    assert_int_equal(stage.probe.line, -1);
    frame_release(&stage.frame);
}

static void test_prompt(void **state) {
    (void)state;
    struct stage stage;
    set(&stage);
    frame_prompt(&stage.frame, "/", slice_of("ab"), 100, typed);
    press(&stage, "q n 1");
    assert_shows(&stage.frame.surface, " / abqn1");
    assert_int_equal(stage.frame.surface.cursor_row, 23);
    assert_int_equal(stage.frame.surface.cursor_column, 8);
    press(&stage, "Enter");
    assert_string_equal(stage.probe.typed, "=abqn1");
    assert_int_equal(stage.frame.surface.cursor_row, -1);
    frame_prompt(&stage.frame, "/", slice_of("ab"), 100, typed);
    press(&stage, "x Esc");
    assert_string_equal(stage.probe.typed, "none");
    assert_int_equal(stage.probe.keys, 0);
    frame_release(&stage.frame);
}

static void test_help_from_the_keymap(void **state) {
    (void)state;
    struct stage stage;
    set(&stage);
    stage.probe.refuse = true;
    press(&stage, "?");
    assert_shows(&stage.frame.surface, "Up, k");
    press(&stage, "End");
    assert_shows(&stage.frame.surface, "What is recorded about you");
    press(&stage, "Home");
    press(&stage, "/ F 9 Enter");
    assert_shows(&stage.frame.surface, "hit 1 of 1");
    assert_int_equal(ink_under(&stage.frame.surface, "F9"), INK_HIT_HERE);
    press(&stage, "Esc q");
    assert_ptr_equal(stage.frame.top, &stage.probe.screen);
    frame_release(&stage.frame);
}

static void test_paste_outside_typing_is_refused(void **state) {
    (void)state;
    struct stage stage;
    set(&stage);
    stage.probe.refuse = true;
    struct key paste = {.kind = ON_PASTE, .text = slice_of("1234")};
    frame_key(&stage.frame, &paste);
    frame_draw(&stage.frame);
    assert_shows(&stage.frame.surface, "A paste is taken only where you type.");
    press(&stage, "j"); /* the notice goes with the next key */
    assert_not_shown(&stage.frame.surface, "A paste");
    frame_release(&stage.frame);
}

static void test_end_asks_nothing(void **state) {
    (void)state;
    struct stage stage;
    set(&stage);
    frame_ask(&stage.frame, "Hand in?", answered);
    struct key end = key_plain(ON_END);
    frame_key(&stage.frame, &end);
    assert_null(stage.frame.top);
    assert_true(stage.frame.ended);
    assert_int_equal(stage.probe.yes, -1);
    assert_int_equal(stage.probe.closed, 1);
    frame_release(&stage.frame);
}

static void test_pause_reaches_what_lies_below(void **state) {
    (void)state;
    struct stage stage;
    set(&stage);
    frame_ask(&stage.frame, "Hand in?", answered);
    frame_paused(&stage.frame, 300);
    assert_int_equal(stage.probe.paused_ms, 300);
    frame_release(&stage.frame);
}

static void test_no_terminal_no_editor(void **state) {
    (void)state;
    struct stage stage;
    struct error error = ERROR_INIT;
    struct buffer text = BUFFER_INIT;
    set(&stage);
    assert_int_equal(frame_edit(&stage.frame, &text, &(struct editing){.name = "x", .most = 10}, &error),
                     STATUS_SYSTEM);
    assert_true(error.text[0] != '\0');
    frame_release(&stage.frame);
}

/* Any keys on any size: nothing breaks, every cell whole. */
static void test_random_keys(void **state) {
    (void)state;
    static const char *const names[] = {"?",        "/",   "q", "Esc", "Enter", "n", "1",  "Down",
                                        "PageDown", "End", "m", ">",   "<",     "x", "Up", "F1"};
    static const char *const lines[] = {"one", "two"};
    static const char text[] = "# T\n\n- a **b**\n\n```c\nint x;\n```\n\n|a|b|\n|---|---|\n|中|2|\n\nשלום";
    uint32_t seed = 5;
    struct stage stage;
    set(&stage);
    stage.probe.refuse = true;
    for (int round = 0; round < 3000; round++) {
        seed = seed * 1664525 + 1013904223;
        uint32_t dice = seed >> 8;
        if (dice % 19 == 0)
            frame_resize(&stage.frame, (int)(dice / 19 % 40), (int)(dice / 760 % 130));
        else if (dice % 23 == 0)
            frame_read(&stage.frame, "text", slice_of(text));
        else if (stage.frame.top != &stage.probe.screen) /* only the probe knows what to do with an answer */
            ;
        else if (dice % 29 == 0)
            frame_ask(&stage.frame, "Sure?", answered);
        else if (dice % 31 == 0)
            frame_choose(&stage.frame, "Which?", lines, 2, chosen);
        press(&stage, names[dice / 31 % COUNT_OF(names)]);
        assert_whole(&stage.frame.surface);
    }
    frame_release(&stage.frame);
    assert_int_equal(stage.probe.closed, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_too_small_says_so_and_waits),
        cmocka_unit_test(test_question),
        cmocka_unit_test(test_menu),
        cmocka_unit_test(test_prompt),
        cmocka_unit_test(test_help_from_the_keymap),
        cmocka_unit_test(test_paste_outside_typing_is_refused),
        cmocka_unit_test(test_end_asks_nothing),
        cmocka_unit_test(test_pause_reaches_what_lies_below),
        cmocka_unit_test(test_no_terminal_no_editor),
        cmocka_unit_test(test_random_keys),
    };
    helper_locale();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
