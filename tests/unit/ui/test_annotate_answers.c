#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "helper_annotate.h"
#include "helper_surface.h"
#include "ui/annotate/answers.h"
#include "ui/annotate/choices.h"

struct desk {
    struct rubric rubric;
    struct form form;
    struct answers answers;
    struct surface surface;
};

static void desk_init(struct desk *desk, const char *shown) {
    *desk = (struct desk){0};
    helper_rubric(&desk->rubric);
    form_init(&desk->form, &desk->rubric, 2, shown);
    desk->answers.form = &desk->form;
    surface_init(&desk->surface, 0, 0);
}

static void desk_release(struct desk *desk) {
    form_release(&desk->form);
    rubric_release(&desk->rubric);
    surface_release(&desk->surface);
}

static void draw(struct desk *desk, int screen_rows, int columns) {
    surface_resize(&desk->surface, answers_measure(&desk->answers, screen_rows, columns), columns);
    answers_draw(&desk->answers, &desk->surface, surface_rect(&desk->surface));
    assert_whole(&desk->surface);
}

static void answer(struct desk *desk, const char *digits) {
    for (; *digits; digits++)
        assert_true(form_digit(&desk->form, *digits - '0'));
}

static void test_roomy(void **state) {
    struct desk desk;
    (void)state;
    desk_init(&desk, "ab");
    answer(&desk, "524312");
    draw(&desk, 40, 90);
    assert_false(desk.answers.dense);
    assert_drawn(&desk.surface,
                 "   accuracy      Are the facts right?        A 1 2 3 4[5]   B 1[2]3 4 5\n"
                 "   instructions  Does it do what was asked?  A 1 2 3[4]5    B 1 2[3]4 5\n"
                 "   clarity       Which is clearer to read?  [1 A better] 2 same  3 B better\n"
                 "   overall       1 A much[2 better]3 slightly 4 tie 5 slightly 6 better 7 B much 0 none\n"
                 " ▸ confidence    1 guess  2 unsure  3 fairly sure  4 certain\n"
                 "   tags          1 factual-error  2 invented  3 ignores-limit  4 incomplete\n"
                 "                 5 padded  6 over-refusal  7 unclear  8 wrong-language\n"
                 "   flags         1 unsafe  2 personal-data  3 broken-prompt  4 cut-off\n"
                 "   why                                                                               0/12\n"
                 "\n"
                 "                 Would a second expert choose the same side?                       3 of 5\n");
    desk_release(&desk);
}

/* With more room nothing is shortened. */
static void test_wide(void **state) {
    struct desk desk;
    (void)state;
    desk_init(&desk, "ab");
    draw(&desk, 60, 170);
    assert_shows(&desk.surface,
                 "1 A much  2 A better  3 A slightly  4 tie  5 B slightly  6 B better  7 B much  0 none");
    assert_shows(&desk.surface, "7 unclear  8 wrong-language");
    char cells[80]; /* with room for the longest label of all rows, "3 misses a part or a limit" */
    snprintf(cells, sizeof cells, "A 1 2 3 4 5%*sB 1 2 3 4 5", 29, "");
    const char *const asked[] = {"Are the facts right?        ", "Does it do what was asked?  "};
    for (int i = 0; i < 2; i++) {
        char row[120];
        snprintf(row, sizeof row, "%s%s", asked[i], cells);
        assert_shows(&desk.surface, row);
    }
    desk_release(&desk);
}

static void test_dense(void **state) {
    struct desk desk;
    (void)state;
    desk_init(&desk, "ab");
    draw(&desk, 24, 80);
    assert_true(desk.answers.dense);
    assert_drawn(&desk.surface, " ▸ accuracy A 1 2 3 4 5    B 1 2 3 4 5   Are the facts right? · 1 wrong where i…\n"
                                "   accu –/–  inst –/–  clar –  over –           sure –     why 0/12      0 of 5\n");
    answer(&desk, "52431");
    draw(&desk, 24, 80);
    assert_shows(&desk.surface, " ▸ overall 1 A much 2 better 3 slight 4 tie 5 slight 6 better 7 B much 0 none");
    assert_shows(&desk.surface, "accu 5/2  inst 4/3  clar A  over –");
    desk_release(&desk);
}

/* What is taken moves nothing: with brackets and without, every word starts in the same column. */
static void test_nothing_jumps(void **state) {
    struct desk desk;
    (void)state;
    for (int columns = 60; columns < 140; columns += 10) {
        struct buffer before = BUFFER_INIT, after = BUFFER_INIT;
        desk_init(&desk, "ab");
        form_go(&desk.form, ROW_SUBMIT);
        draw(&desk, 40, columns);
        surface_dump(&desk.surface, &before);
        form_go(&desk.form, ROW_CRITERION);
        answer(&desk, "5243122");
        form_go(&desk.form, ROW_SUBMIT);
        draw(&desk, 40, columns);
        for (int row = 0; row < desk.surface.rows; row++)
            for (int column = 0; column < desk.surface.columns; column++) {
                struct cell *cell = &desk.surface.cells[row * desk.surface.columns + column];
                if (cell->length == 1 && strchr("[]", cell->bytes[0]))
                    cell->bytes[0] = ' ';
            }
        surface_dump(&desk.surface, &after);
        /* the last line counts what is answered, and may say more; the others must be the same */
        char *last = strstr(before.data, "submit"), *other = strstr(after.data, "submit");
        if (!desk.answers.dense && last && other) {
            assert_int_equal(last - before.data, other - after.data);
            assert_memory_equal(before.data, after.data, (size_t)(last - before.data));
        }
        buffer_release(&before);
        buffer_release(&after);
        desk_release(&desk);
    }
}

static void test_missing(void **state) {
    struct desk desk;
    (void)state;
    desk_init(&desk, "ab");
    answer(&desk, "52431"
                  "2"
                  "3");
    form_set_rationale(&desk.form, slice_of("  zu kurz  "));
    form_go(&desk.form, ROW_SUBMIT);
    draw(&desk, 40, 90);
    assert_shows(&desk.surface, "'why' has 7 of at least 12 characters");
    assert_shows(&desk.surface, "7/12");
    form_set_rationale(&desk.form, slice_of("long enough now"));
    draw(&desk, 40, 90);
    assert_shows(&desk.surface, "⏎ submits this judgment");
    assert_shows(&desk.surface, "5 of 5");
    desk_release(&desk);
}

/* A is what stood first, whichever was stored first. */
static void test_words(void **state) {
    struct rubric rubric;
    (void)state;
    helper_rubric(&rubric);
    assert_string_equal(answer_words(&rubric, "ab", 0, 2), "A better");
    assert_string_equal(answer_words(&rubric, "ba", 0, 2), "B better");
    assert_string_equal(answer_words(&rubric, "ba", 1, 3), "A much");
    assert_string_equal(answer_words(&rubric, "ba", CHOICE_TIE, 0), "tie");
    assert_string_equal(answer_words(&rubric, "ba", CHOICE_NONE, 0), "none");
    assert_string_equal(answer_words(&rubric, "ba", CHOICE_MISSING, 0), "–");
    rubric_release(&rubric);
}

static void test_sizes(void **state) {
    struct desk desk;
    (void)state;
    desk_init(&desk, "ba");
    for (int rows = 16; rows < 70; rows += 6)
        for (int columns = 1; columns < 220; columns += 13)
            for (size_t row = 0; row < desk.form.row_count; row++) {
                desk.form.row = row;
                draw(&desk, rows, columns);
            }
    desk_release(&desk);
}

/* Rows that grow with the responses: nothing of them is cut, on a small screen neither. */
static void test_many_responses(void **state) {
    struct desk desk;
    (void)state;
    desk_init(&desk, "ab");
    form_release(&desk.form);
    form_init(&desk.form, &desk.rubric, 26, "abcdefghijklmnopqrstuvwxyz");
    answer(&desk, "34");
    draw(&desk, 60, 80);
    assert_false(desk.answers.dense);
    assert_shows(&desk.surface, "▸ accuracy      A3 B4 C 1 2 3 4 5   D– E–");
    assert_shows(&desk.surface, "…");
    form_next_row(&desk.form);
    draw(&desk, 60, 80);
    assert_shows(&desk.surface, "  accuracy      A 34–––  F –––––  K –––––  P –––––  U –––––  Z –");
    draw(&desk, 60, 60);
    assert_shows(&desk.surface, "  accuracy      2 of 26");
    form_release(&desk.form);
    form_init(&desk.form, &desk.rubric, 4, "abcd");
    draw(&desk, 24, 80);
    assert_true(desk.answers.dense);
    assert_shows(&desk.surface, "acc –/–/–/– ins –/–/–/– cla – ran –       fir – sur –    why 0/12     0 of");
    desk_release(&desk);
}

/* The middle of the words on the surface, as a click there is understood. */
static const struct spot *spot_of(const struct surface *surface, const char *words) {
    struct buffer text = BUFFER_INIT;
    const struct spot *spot = NULL;
    for (int row = 0; row < surface->rows && !spot; row++) {
        buffer_clear(&text);
        surface_dump_row(surface, row, &text);
        const char *there = strstr(text.data, words);
        if (there)
            spot = surface_spot(surface, row,
                                (int)(text_columns(slice_make(text.data, (size_t)(there - text.data))) +
                                      text_columns(slice_of(words)) / 2));
    }
    buffer_release(&text);
    assert_non_null(spot);
    return spot;
}

static void click(struct desk *desk, const char *words, int columns) {
    const struct spot *spot = spot_of(&desk->surface, words);
    answers_stand(&desk->form, spot);
    if (spot->key.kind == ON_CHARACTER)
        assert_true(form_digit(&desk->form, key_digit(spot->key)));
    draw(desk, columns < 100 ? 24 : 40, columns);
}

/* A click is the key of what it is on, in the row and cell where that stands. */
static void test_spots(void **state) {
    struct desk desk;
    (void)state;
    desk_init(&desk, "ab");
    draw(&desk, 40, 120);
    click(&desk, "B 1 2 3", 120); /* on the 2 of B, while ▸ is at A */
    assert_shows(&desk.surface, "A 1 2 3 4 5    B 1[2]3 4 5");
    click(&desk, "4 tie", 120);
    assert_shows(&desk.surface, "[4 tie]");
    click(&desk, "flags", 120);
    assert_shows(&desk.surface, " ▸ flags");
    click(&desk, "3 broken-prompt", 120);
    click(&desk, "1 unsafe", 120);
    click(&desk, "3 broken-prompt", 120); /* off again */
    assert_shows(&desk.surface, "[1 unsafe] 2 personal-data  3 broken-prompt ");
    desk_release(&desk);
    desk_init(&desk, "ab");
    draw(&desk, 24, 80);
    click(&desk, "2 3 4 5    B", 80); /* small screen: the row at ▸ */
    assert_shows(&desk.surface, "A 1 2 3 4[5]   B 1 2 3 4 5");
    click(&desk, "over –", 80); /* the summary leads to the rows */
    assert_shows(&desk.surface, " ▸ overall 1 A much");
    click(&desk, "7 B much", 80);
    assert_int_equal(desk.form.answer.strength, 3);
    form_go(&desk.form, ROW_SUBMIT);
    draw(&desk, 24, 80);
    assert_int_equal(spot_of(&desk.surface, " ▸ submit")->key.kind, ON_ENTER);
    desk_release(&desk);
}

static void test_squeezed(void **state) {
    struct surface surface;
    static const struct choice choices[] = {
        {'1', "A much", false},     {'2', "A better", true},  {'3', "A slightly", false}, {'4', "tie", false},
        {'5', "B slightly", false}, {'6', "B better", false}, {'7', "B much", false},     {'0', "none", false}};
    (void)state;
    surface_init(&surface, 2, 64);
    assert_int_equal(choices_rows(choices, 8, 64), 2);
    choices_draw(&surface, surface_rect(&surface), 0, 1, choices, 8, 1);
    assert_drawn(&surface, " 1 A much[2 bette]3 sligh 4 tie 5 sligh 6 bette 7 B much 0 none\n\n");
    surface_clear(&surface);
    choices_draw(&surface, surface_rect(&surface), 0, 1, choices, 8, 2);
    assert_drawn(&surface, " 1 A much [2 A better] 3 A slightly  4 tie\n 5 B slightly  6 B better  7 B much  0 none\n");
    surface_release(&surface);
}

int main(void) {
    helper_locale();
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_roomy),          cmocka_unit_test(test_wide),     cmocka_unit_test(test_dense),
        cmocka_unit_test(test_nothing_jumps),  cmocka_unit_test(test_missing),  cmocka_unit_test(test_words),
        cmocka_unit_test(test_sizes),          cmocka_unit_test(test_squeezed), cmocka_unit_test(test_spots),
        cmocka_unit_test(test_many_responses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
