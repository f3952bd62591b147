#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "helper_surface.h"
#include "ui/annotate/texts.h"
#include "ui/directions.h"
#include "ui/paint.h"

enum { ROWS = 20 };

struct scene {
    struct message prompt[5], answers[2];
    struct item item;
    struct texts texts;
    struct surface surface;
};

static void scene_init(struct scene *scene, const char *a, const char *b) {
    *scene = (struct scene){0};
    scene->answers[0] = (struct message){ROLE_ASSISTANT, slice_of(a)};
    scene->answers[1] = (struct message){ROLE_ASSISTANT, slice_of(b)};
    for (int i = 0; i < 2; i++)
        scene->item.responses[i].messages = (struct messages){&scene->answers[i], 1};
    scene->item.response_count = 2;
    scene->item.category = slice_of("coding");
    scene->item.language = slice_of("en");
    texts_init(&scene->texts);
    surface_init(&scene->surface, 0, 0);
}

static void say(struct scene *scene, enum role role, const char *text) {
    scene->prompt[scene->item.prompt.count++] = (struct message){role, slice_of(text)};
    scene->item.prompt.items = scene->prompt;
}

static void draw(struct scene *scene, int rows, int columns, bool dense) {
    surface_resize(&scene->surface, rows, columns);
    struct rect area = surface_rect(&scene->surface);
    rect_cut_top(&area, dense ? 1 : 0);
    rect_cut_bottom(&area, 1);
    if (dense)
        paint_rule(&scene->surface, surface_rect(&scene->surface), 0);
    paint_rule(&scene->surface, surface_rect(&scene->surface), rows - 1);
    texts_draw(&scene->texts, &scene->surface, area, dense);
    assert_whole(&scene->surface);
}

static void scene_release(struct scene *scene) {
    texts_release(&scene->texts);
    surface_release(&scene->surface);
}

static bool ask(struct scene *scene, enum request request) {
    const char *word = NULL;
    return texts_request(&scene->texts, request, &word);
}

static void test_side_by_side(void **state) {
    struct scene scene;
    (void)state;
    scene_init(&scene, "First answer.", "Second answer.");
    say(&scene, ROLE_USER, "Why?");
    texts_set(&scene.texts, &scene.item, "ba");
    draw(&scene, 8, 80, false);
    assert_drawn(&scene.surface, " Prompt · coding · en\n"
                                 "  Why?\n"
                                 "▌ A ────────────────────────────────────┬─ B ───────────────────────────────────\n"
                                 "▌Second answer.                         │ First answer.\n"
                                 "▌                                       │\n"
                                 "▌                                       │\n"
                                 "▌                                       │\n"
                                 "────────────────────────────────────────┴───────────────────────────────────────\n");
    assert_true(ask(&scene, REQUEST_NEXT_TEXT));
    assert_int_equal(scene.texts.marked, 2);
    draw(&scene, 8, 80, true);
    assert_drawn(&scene.surface, "─ Prompt · coding · en ─────────────────────────────────────────────────────────\n"
                                 "  Why?\n"
                                 "─ A ────────────────────────────────────┬▌ B ───────────────────────────────────\n"
                                 " Second answer.                         │▌First answer.\n"
                                 "                                        │▌\n"
                                 "                                        │▌\n"
                                 "                                        │▌\n"
                                 "────────────────────────────────────────┴───────────────────────────────────────\n");
    scene_release(&scene);
}

/* A conversation stands at its last message when it is shown, and stays there whatever is done to the responses. */
static void test_last_message(void **state) {
    struct scene scene;
    (void)state;
    scene_init(&scene, "1\n\n2\n\n3\n\n4\n\n5\n\n6\n\n7\n\n8", "short");
    say(&scene, ROLE_USER, "one\n\ntwo\n\nthree\n\nfour\n\nfive");
    say(&scene, ROLE_ASSISTANT, "I see.");
    say(&scene, ROLE_USER, "the last\n\nquestion");
    texts_set(&scene.texts, &scene.item, "ab");
    draw(&scene, ROWS, 90, false);
    assert_shows(&scene.surface, "the last");
    assert_shows(&scene.surface, "user");
    assert_not_shown(&scene.surface, "four");
    assert_shows(&scene.surface, "100 % ▴");
    ask(&scene, REQUEST_ARRANGE);
    draw(&scene, ROWS, 90, false);
    assert_shows(&scene.surface, "the last");
    ask(&scene, REQUEST_ARRANGE);
    ask(&scene, REQUEST_NEXT_TEXT);
    draw(&scene, ROWS, 90, false);
    assert_shows(&scene.surface, "the last");
    assert_not_shown(&scene.surface, "─ A ─");
    scene_release(&scene);
}

static void test_together(void **state) {
    struct scene scene;
    (void)state;
    char lines[2][400] = {"", ""};
    for (int i = 0, at[2] = {0, 0}; i < 40; i++) {
        at[0] += snprintf(lines[0] + at[0], sizeof lines[0] - (size_t)at[0], "a%d\n", i);
        if (i % 2)
            at[1] += snprintf(lines[1] + at[1], sizeof lines[1] - (size_t)at[1], "b%d\n", i);
    }
    scene_init(&scene, lines[0], lines[1]);
    say(&scene, ROLE_USER, "Go on.");
    texts_set(&scene.texts, &scene.item, "ab");
    draw(&scene, ROWS, 80, false);
    ask(&scene, REQUEST_TO_BOTTOM);
    draw(&scene, ROWS, 80, false);
    assert_shows(&scene.surface, "a39");
    assert_not_shown(&scene.surface, "b39");
    ask(&scene, REQUEST_TOGETHER);
    draw(&scene, ROWS, 80, false);
    assert_shows(&scene.surface, "b39");
    assert_shows(&scene.surface, "together");
    ask(&scene, REQUEST_TOGETHER); /* no headings to go by */
    assert_int_equal(scene.texts.following, APART);
    scene_release(&scene);
}

/* B has another order and other lengths: the same heading stands at the top of both. */
static void test_by_heading(void **state) {
    struct scene scene;
    struct buffer a = BUFFER_INIT, b = BUFFER_INIT;
    (void)state;
    for (int i = 0; i < 8; i++) {
        buffer_add_format(&a, "# Part %d\n\n", i);
        buffer_add_format(&b, "# Part %d\n\n", 7 - i);
        for (int line = 0; line < 10; line++) {
            buffer_add_format(&a, "a %d %d\n\n", i, line);
            buffer_add_format(&b, "b %d %d\n\nand more\n\n", 7 - i, line);
        }
    }
    scene_init(&scene, a.data, b.data);
    say(&scene, ROLE_USER, "Go on.");
    texts_set(&scene.texts, &scene.item, "ab");
    draw(&scene, ROWS, 80, false);
    ask(&scene, REQUEST_TOGETHER);
    ask(&scene, REQUEST_TOGETHER);
    assert_int_equal(scene.texts.following, BY_HEADING);
    for (int i = 0; i < 44; i++) /* two sections of 22 lines */
        ask(&scene, REQUEST_SCROLL_DOWN);
    draw(&scene, ROWS, 80, false);
    assert_shows(&scene.surface, "▌Part 2                                 │ Part 2");
    assert_shows(&scene.surface, "by heading");
    for (int i = 0; i < 11; i++) /* half of one */
        ask(&scene, REQUEST_SCROLL_DOWN);
    draw(&scene, ROWS, 80, false);
    assert_shows(&scene.surface, "a 2 5");
    assert_shows(&scene.surface, "b 2 5");
    scene_release(&scene);
    buffer_release(&a);
    buffer_release(&b);
}

/* Hits are gone through from text to text, and ▌ goes with them. */
static void test_search(void **state) {
    struct scene scene;
    (void)state;
    scene_init(&scene, "nothing here", "a needle and another needle");
    say(&scene, ROLE_USER, "Find the needle.");
    texts_set(&scene.texts, &scene.item, "ab");
    draw(&scene, ROWS, 80, false);
    assert_int_equal(texts_search(&scene.texts, slice_of("needle")), 3);
    int first = scene.texts.marked;
    assert_int_equal(first, 0);
    assert_string_equal(texts_hit(&scene.texts), "hit 1 of 3");
    draw(&scene, ROWS, 80, false);
    assert_int_equal(ink_under(&scene.surface, "needle."), INK_HIT_HERE);
    assert_int_equal(ink_under(&scene.surface, "needle and"), INK_HIT); /* one is in hand, not one in each text */
    ask(&scene, REQUEST_NEXT_HIT);
    assert_string_equal(texts_hit(&scene.texts), "hit 2 of 3");
    assert_int_equal(scene.texts.marked, 2);
    draw(&scene, ROWS, 80, false);
    assert_int_equal(ink_under(&scene.surface, "needle."), INK_HIT);
    assert_int_equal(ink_under(&scene.surface, "needle and"), INK_HIT_HERE);
    ask(&scene, REQUEST_NEXT_HIT);
    assert_int_equal(scene.texts.marked, 2);
    ask(&scene, REQUEST_NEXT_HIT);
    assert_int_equal(scene.texts.marked, 0);
    ask(&scene, REQUEST_PREVIOUS_HIT);
    assert_string_equal(texts_hit(&scene.texts), "hit 3 of 3");
    ask(&scene, REQUEST_CLOSE_SEARCH);
    assert_false(scene.texts.searching);
    assert_int_equal(texts_search(&scene.texts, slice_of("haystack")), 0);
    assert_false(scene.texts.searching);
    scene_release(&scene);
}

/* From one text alone only that one is searched. */
static void test_search_marked(void **state) {
    struct scene scene;
    (void)state;
    scene_init(&scene, "a needle", "a needle and another needle");
    say(&scene, ROLE_USER, "Find the needle.");
    texts_set(&scene.texts, &scene.item, "ab");
    draw(&scene, ROWS, 80, false);
    texts_mark(&scene.texts, 2);
    assert_int_equal(texts_search_marked(&scene.texts, slice_of("needle"), ROWS), 2);
    assert_true(texts_contexts(&scene.texts) & IN_SEARCH);
    ask(&scene, REQUEST_PREVIOUS_HIT);
    assert_int_equal(scene.texts.marked, 2);
    assert_string_equal(texts_hit(&scene.texts), "hit 2 of 2");
    assert_int_equal(texts_search_marked(&scene.texts, slice_of("haystack"), ROWS), 0);
    assert_false(texts_contexts(&scene.texts) & IN_SEARCH);
    scene_release(&scene);
}

/* The sideways keys are named where something shown is cut, and say so where the marked text has nothing to move. */
static void test_wide(void **state) {
    struct scene scene;
    const char *word = NULL;
    (void)state;
    scene_init(&scene, "narrow", "```\na line of code that is wider than half of eighty columns\n```");
    say(&scene, ROLE_USER, "Go on.");
    texts_set(&scene.texts, &scene.item, "ab");
    draw(&scene, ROWS, 80, false);
    assert_true(texts_contexts(&scene.texts) & IN_WIDE);
    assert_true(texts_request(&scene.texts, REQUEST_SHIFT_RIGHT, &word));
    assert_string_equal(word, "nothing in this text is wider than its place");
    texts_mark(&scene.texts, 2);
    word = NULL;
    assert_true(texts_request(&scene.texts, REQUEST_SHIFT_RIGHT, &word));
    assert_null(word);
    draw(&scene, ROWS, 80, false);
    assert_shows(&scene.surface, "‹");
    ask(&scene, REQUEST_SHIFT_LEFT);
    texts_mark(&scene.texts, 1);
    ask(&scene, REQUEST_TOGETHER);
    assert_true(texts_request(&scene.texts, REQUEST_SHIFT_RIGHT, &word)); /* from A, as they go together */
    assert_null(word);
    draw(&scene, ROWS, 80, false);
    assert_shows(&scene.surface, "‹");
    draw(&scene, ROWS, 160, false);
    assert_false(texts_contexts(&scene.texts) & IN_WIDE);
    texts_mark(&scene.texts, 1);
    scene.texts.arrangement = ONE_TEXT; /* what is not shown has no say */
    draw(&scene, ROWS, 50, false);
    assert_false(texts_contexts(&scene.texts) & IN_WIDE);
    scene_release(&scene);
}

/* A text that is too long for Markdown says so above it. */
static void test_plain_is_said(void **state) {
    struct scene scene;
    struct buffer text = BUFFER_INIT;
    (void)state;
    buffer_add_repeated(&text, "**word** ", TEXT_VIEW_MARKDOWN_MOST / 9 + 1);
    scene_init(&scene, text.data, "**short**");
    say(&scene, ROLE_USER, "Go on.");
    texts_set(&scene.texts, &scene.item, "ab");
    draw(&scene, ROWS, 80, false);
    assert_shows(&scene.surface, "▌ A · plain ──");
    assert_shows(&scene.surface, "┬─ B ──");
    draw(&scene, ROWS, 160, false);
    assert_shows(&scene.surface, "▌ A · plain: too much for Markdown ──");
    assert_shows(&scene.surface, "**word** **word**");
    ask(&scene, REQUEST_RAW);
    draw(&scene, ROWS, 160, false);
    assert_shows(&scene.surface, "▌ A · raw ──");
    scene_release(&scene);
    buffer_release(&text);
}

/* Between two right-to-left texts on one row stands what keeps a terminal that orders them from changing their sides. */
static void test_directions(void **state) {
    struct scene scene;
    (void)state;
    scene_init(&scene, "שלום 12", "مرحبا\n\nEnglish, with שלום inside\n\nabc");
    say(&scene, ROLE_USER, "Go on.");
    texts_set(&scene.texts, &scene.item, "ab");
    draw(&scene, ROWS, 80, false);
    directions_guard(&scene.surface);
    assert_shows(&scene.surface, "שלום 12" DIRECTION_GUARD "│");
    assert_shows(&scene.surface, "                مرحبا");
    texts_set(&scene.texts, &scene.item, "ba");
    draw(&scene, ROWS, 80, false);
    directions_guard(&scene.surface);
    assert_shows(&scene.surface, "مرحبا" DIRECTION_GUARD "│");
    assert_shows(&scene.surface, "with שלום inside              │");
    assert_shows(&scene.surface, "abc                                    │");
    assert_whole(&scene.surface);
    scene_release(&scene);
}

static void test_cover(void **state) {
    struct scene scene;
    (void)state;
    scene_init(&scene, "First answer.", "Second answer.");
    say(&scene, ROLE_USER, "Why?");
    texts_set(&scene.texts, &scene.item, "ab");
    scene.texts.covered = "violence";
    draw(&scene, ROWS, 80, false);
    assert_not_shown(&scene.surface, "answer.");
    assert_not_shown(&scene.surface, "Why?");
    assert_shows(&scene.surface, "content note: violence");
    scene_release(&scene);
}

/* Whatever the size, nothing is drawn outside and nothing crashes; control characters are visible and harmless. */
static void test_sizes(void **state) {
    struct scene scene;
    (void)state;
    scene_init(&scene, "\x1b[31mred\x1b[0m \xff\xfe مرحبا بالعالم", "中文回答，很长很长很长很长很长很长很长很长");
    say(&scene, ROLE_SYSTEM, "Be brief.");
    say(&scene, ROLE_USER, "## Head\n\n```c\nint main(void) { return 0; }\n```");
    texts_set(&scene.texts, &scene.item, "ab");
    for (int rows = 1; rows < 40; rows += 3)
        for (int columns = 1; columns < 130; columns += 9)
            for (int way = 0; way < ARRANGEMENTS; way++) {
                scene.texts.arrangement = (enum arrangement)way;
                draw(&scene, rows, columns, columns % 2 == 0);
            }
    scene.texts.arrangement = SIDE_BY_SIDE;
    draw(&scene, ROWS, 100, false);
    assert_shows(&scene.surface, "␛[31mred");
    scene_release(&scene);
}

int main(void) {
    helper_locale();
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_side_by_side), cmocka_unit_test(test_last_message),  cmocka_unit_test(test_together),
        cmocka_unit_test(test_by_heading),   cmocka_unit_test(test_search),        cmocka_unit_test(test_search_marked),
        cmocka_unit_test(test_wide),         cmocka_unit_test(test_plain_is_said), cmocka_unit_test(test_directions),
        cmocka_unit_test(test_cover),        cmocka_unit_test(test_sizes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
