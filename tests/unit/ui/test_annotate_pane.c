#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/base/timestamp.h"
#include "core/quality/proportion.h"
#include "helper_surface.h"
#include "ui/annotate/pane.h"

static const enum pane_part every_part[] = {PANE_PROGRESS,   PANE_GOLD,   PANE_DRIFT,
                                            PANE_CONFIDENCE, PANE_HABITS, PANE_RETESTS};

struct board {
    struct person_figures figures;
    struct person_category categories[2];
    struct person_column columns[9];
    char *names[3];
    struct history history;
    struct pane pane;
    struct surface surface;
};

/* Somebody after three batches: the figures of the sketch. */
static void board_init(struct board *board) {
    static const int statistics[] = {0, 0, 6, 3, 0, 0, 3, 1, 0};
    static char none[] = "", coding[] = "coding", medical[] = "medical";
    *board = (struct board){.names = {none, coding, medical}};
    board->categories[0] = (struct person_category){2, 10, 8, proportion_wilson(8, 10)};
    board->categories[1] = (struct person_category){1, 10, 9, proportion_wilson(9, 10)};
    for (int i = 0; i < 9; i++)
        board->columns[i] = (struct person_column){.batch_number = i + 1, .most = statistics[i]};
    board->history = (struct history){.categories = board->names, .category_count = 3};
    board->figures.gold = (struct person_gold){.n = 20,
                                               .right = 17,
                                               .wrong_side = 2,
                                               .wrong_strength = 1,
                                               .figure = proportion_wilson(17, 20),
                                               .categories = board->categories,
                                               .category_count = 2};
    board->figures.drift = (struct person_drift){
        .designed = true, .design = {.limit = 15}, .word = DRIFT_STEADY, .columns = board->columns, .column_count = 9};
    board->figures.confidence =
        (struct confidence_figures){.n = 40, .right = 34, .mean_percent = 82.2, .verdict = CONFIDENCE_FITS};
    board->figures.shown_first = habits_shown_first(52, 100);
    board->figures.first_chosen = 52;
    board->figures.side_chosen = 100;
    board->figures.retest = (struct consistency){.n = 10, .same_count = 9};
    board->pane = (struct pane){.parts = every_part,
                                .part_count = 6,
                                .today_judged = 37,
                                .today_ms = 72 * MS_MINUTE,
                                .aim = 60,
                                .batch_name = {"batch 4"},
                                .batch_done = 12,
                                .batch_size = 50,
                                .figures = &board->figures,
                                .history = &board->history,
                                .as_of = 3};
    surface_init(&board->surface, 34, 27);
}

static void draw(struct board *board) {
    surface_clear(&board->surface);
    pane_draw(&board->pane, &board->surface, surface_rect(&board->surface));
    assert_whole(&board->surface);
}

static void test_sketch(void **state) {
    struct board board;
    (void)state;
    board_init(&board);
    draw(&board);
    assert_drawn(&board.surface, "Today\n"
                                 "  37 done            1 h 12\n"
                                 "  aim 60  ██████████▌······\n"
                                 "  batch 4          12 of 50\n"
                                 "\n"
                                 "Gold          as of batch 3\n"
                                 "  17 of 20 as the reference\n"
                                 "  likely 64–95 %\n"
                                 "  2 other side, 1 strength\n"
                                 "  medical           8 of 10\n"
                                 "  coding            9 of 10\n"
                                 "  gold is easier than most\n"
                                 "\n"
                                 "Drift                steady\n"
                                 "  15 ┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈ limit\n"
                                 "     ▁▁▄▂▁▁▂▁▁\n"
                                 "\n"
                                 "Confidence             fits\n"
                                 "  you said 82 % on average\n"
                                 "  34 of 40 matched\n"
                                 "\n"
                                 "Habits\n"
                                 "  left side 52 %\n"
                                 "  as chance would have it\n"
                                 "\n"
                                 "Retests\n"
                                 "  9 of 10 the same\n\n\n\n\n\n\n\n");
    surface_release(&board.surface);
}

/* Under ten outcomes there is no figure, only a word; and nothing tells how many are missing. */
static void test_too_early(void **state) {
    struct board board;
    (void)state;
    board_init(&board);
    for (size_t n = 0; n < PERSON_ROW_FROM; n++) {
        board.figures.gold.n = n;
        board.figures.gold.right = n;
        board.figures.gold.category_count = 0;
        board.figures.drift.word = DRIFT_TOO_EARLY;
        board.figures.confidence.n = n;
        board.figures.side_chosen = n;
        board.figures.retest.n = 0;
        draw(&board);
        assert_drawn(&board.surface, "Today\n  37 done            1 h 12\n  aim 60  ██████████▌······\n"
                                     "  batch 4          12 of 50\n\n"
                                     "Gold              too early\n\nDrift             too early\n\n"
                                     "Confidence        too early\n\nHabits            too early\n\n"
                                     "Retests            none yet\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n");
    }
    surface_release(&board.surface);
}

static void test_before_first(void **state) {
    struct board board;
    (void)state;
    board_init(&board);
    board.pane.as_of = 0;
    draw(&board);
    assert_not_shown(&board.surface, "Gold");
    assert_shows(&board.surface, "come with your first");
    surface_release(&board.surface);
}

/* The state is a word, not a colour alone. */
static void test_below_the_bar(void **state) {
    struct board board;
    (void)state;
    board_init(&board);
    board.figures.drift.word = DRIFT_BELOW_BAR;
    draw(&board);
    assert_shows(&board.surface, "below the bar");
    assert_int_equal(ink_under(&board.surface, "below the bar"), INK_WARNING);
    surface_release(&board.surface);
}

static void test_line(void **state) {
    struct board board;
    (void)state;
    board_init(&board);
    surface_resize(&board.surface, 1, 80);
    pane_draw_line(&board.pane, &board.surface, surface_rect(&board.surface), 0);
    assert_drawn(&board.surface, " gold 17 of 20 · likely 64–95 % · drift steady · 37 today, aim 60 · p pane\n");
    surface_release(&board.surface);
}

/* A part is drawn whole or not at all. */
static void test_whole_parts(void **state) {
    struct board board;
    (void)state;
    board_init(&board);
    for (int rows = 0; rows < 34; rows++) {
        surface_resize(&board.surface, rows, 27);
        draw(&board);
        struct buffer text = BUFFER_INIT;
        surface_dump(&board.surface, &text);
        assert_true((strstr(text.data, "Gold") != NULL) == (strstr(text.data, "gold is easier") != NULL));
        assert_true((strstr(text.data, "Habits") != NULL) == (strstr(text.data, "as chance would") != NULL));
        assert_true((strstr(text.data, "Drift") != NULL) == (strstr(text.data, "limit") != NULL));
        buffer_release(&text);
    }
    surface_release(&board.surface);
}

static void test_page(void **state) {
    struct board board;
    (void)state;
    board_init(&board);
    surface_resize(&board.surface, 20, 76);
    pane_draw_page(&board.pane, &board.surface, surface_rect(&board.surface));
    assert_whole(&board.surface);
    static const char *const shown[] = {"37 done", "17 of 20", "steady", "34 of 40", "left side", "9 of 10 the same"};
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        assert_shows(&board.surface, shown[i]);
    surface_resize(&board.surface, 12, 76); /* low: the last parts are left out, not the drift behind a long gold */
    pane_draw_page(&board.pane, &board.surface, surface_rect(&board.surface));
    assert_whole(&board.surface);
    assert_shows(&board.surface, "17 of 20");
    assert_shows(&board.surface, "steady");
    assert_shows(&board.surface, "34 of 40");
    assert_not_shown(&board.surface, "9 of 10 the same");
    surface_release(&board.surface);
}

int main(void) {
    helper_locale();
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sketch),        cmocka_unit_test(test_too_early), cmocka_unit_test(test_before_first),
        cmocka_unit_test(test_below_the_bar), cmocka_unit_test(test_line),      cmocka_unit_test(test_whole_parts),
        cmocka_unit_test(test_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
