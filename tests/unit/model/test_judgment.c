/* Ratings as text, by the rubric. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/model/judgment.h"

#include "core/base/banned.h"

static const struct rubric rubric = {
    .criteria = {{.id = "accuracy", .per = PER_RESPONSE, .low = 1, .high = 5},
                 {.id = "tone", .per = PER_PAIR},
                 {.id = "depth", .per = PER_RESPONSE, .low = 0, .high = 9}},
    .criterion_count = 3,
};

static void test_round_trip(void **state) {
    (void)state;
    static const char *const texts[] = {"5 2 = - 9", "1 1 a 0 0", "- - - - -", "3 - b 7 -"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct ratings ratings;
        struct buffer out = BUFFER_INIT;
        assert_true(ratings_read(slice_of(texts[i]), &ratings, &rubric, 2));
        ratings_write(&out, &ratings, &rubric, 2);
        assert_string_equal(out.data, texts[i]);
        buffer_release(&out);
    }
    struct ratings ratings;
    assert_true(ratings_read(slice_of("5 2 = - 9"), &ratings, &rubric, 2));
    assert_int_equal(ratings.cells[0][0], 5);
    assert_int_equal(ratings.cells[0][1], 2);
    assert_int_equal(ratings.cells[1][0], CELL_SAME);
    assert_int_equal(ratings.cells[1][1], CELL_MISSING);
    assert_int_equal(ratings.cells[2][0], CELL_MISSING);
    assert_int_equal(ratings.cells[2][1], 9);
    assert_true(ratings_read(slice_of("1 2 3 c 4 5 6"), &ratings, &rubric, 3));
    assert_int_equal(ratings.cells[1][0], 2);
}

static void test_what_does_not_fit(void **state) {
    (void)state;
    static const char *const texts[] = {"",           "5 2 =",      "5 2 = - 9 1", "6 2 = - 9",
                                        "0 2 = - 9",  "5 2 c - 9",  "5 2 1 - 9",   "5  2 = - 9",
                                        "5 2 = - 9 ", "52 = - 9 1", "5 2 = - x"};
    struct ratings ratings;
    ratings_clear(&ratings);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (ratings_read(slice_of(texts[i]), &ratings, &rubric, 2))
            fail_msg("'%s' was taken", texts[i]);
    assert_int_equal(ratings.cells[0][0], CELL_MISSING); /* untouched */
    const struct rubric none = {.criterion_count = 0};
    assert_true(ratings_read(slice_of(""), &ratings, &none, 2));
    assert_false(ratings_read(slice_of("1"), &ratings, &none, 2));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_round_trip), cmocka_unit_test(test_what_does_not_fit)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
