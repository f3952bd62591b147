/* Drafts of a judgment: there and back, across a changed rubric, and text that no form wrote. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/unit/work/helper_form.h"

#include "core/base/banned.h"

static void test_draft_round_trip(void **state) {
    (void)state;
    struct rubric rubric = full_rubric();
    struct form form, read;
    struct buffer draft = BUFFER_INIT;
    form_init(&form, &rubric, 2, "ba");
    form_init(&read, &rubric, 2, "ba");
    fill_form(&form);
    buffer_add_string(&form.question, "two\nlines \\ and\\n");
    form_write(&form, &draft);
    form_read(&read, buffer_slice(&draft));
    expect_equal_forms(&form, &read);
    assert_string_equal(read.question.data, form.question.data);
    /* half an answer too */
    form_go(&form, ROW_CRITERION);
    form_clear_row(&form);
    press(&form, "4");
    buffer_clear(&draft);
    form_write(&form, &draft);
    form_read(&read, buffer_slice(&draft));
    expect_equal_forms(&form, &read);
    assert_int_equal(read.cell, 1);
    /* what is on screen may be the other way round now: what is kept speaks of stored responses */
    struct form turned;
    form_init(&turned, &rubric, 2, "ab");
    form_read(&turned, buffer_slice(&draft));
    assert_int_equal(turned.answer.prefer, form.answer.prefer);
    assert_int_equal(form_answered_digit(&turned, OVERALL, 0), 2);
    assert_int_equal(form_answered_digit(&form, OVERALL, 0), 6);
    buffer_release(&draft);
    form_release(&form);
    form_release(&read);
    form_release(&turned);
}

static void test_draft_across_a_changed_rubric(void **state) {
    (void)state;
    struct rubric old = full_rubric(), new = full_rubric();
    struct form form, read;
    struct buffer draft = BUFFER_INIT;
    form_init(&form, &old, 2, "ab");
    fill_form(&form);
    form_write(&form, &draft);
    /* criteria swapped, one scale narrower; tags in another order, one gone; a confidence word gone; two strengths
     * only */
    new.criteria[0] = old.criteria[1];
    new.criteria[1] = old.criteria[0];
    new.criteria[1].high = 4;
    new.tags[0] = "off-topic";
    new.tags[1] = "new";
    new.tag_count = 2;
    new.confidence[1] = (struct confidence_word){"so-so", 60};
    new.flags[0] = "other";
    new.strength_count = 2;
    form_init(&read, &new, 2, "ab");
    form_read(&read, buffer_slice(&draft));
    assert_int_equal(read.answer.ratings.cells[1][0], CELL_MISSING); /* 5 is no longer on the scale */
    assert_int_equal(read.answer.ratings.cells[1][1], 2);
    assert_int_equal(read.answer.ratings.cells[0][0], CELL_SAME);
    assert_int_equal(read.answer.tags, 1);
    assert_int_equal(read.answer.flags, 0);
    assert_int_equal(read.answer.confidence, -1);
    assert_int_equal(read.answer.prefer, 1);
    assert_int_equal(read.answer.strength, 2);
    assert_int_equal(read.rationale.length, form.rationale.length);
    new.strength_count = 1;
    form_read(&read, buffer_slice(&draft));
    assert_int_equal(read.answer.prefer,
                     CHOICE_MISSING); /* a strength that is not asked any more takes the choice along */
    assert_int_equal(read.answer.strength, 0);
    buffer_release(&draft);
    form_release(&form);
    form_release(&read);
}

static void test_random_drafts(void **state) {
    (void)state;
    struct rubric rubric = full_rubric();
    struct form form;
    uint64_t dice = 3;
    form_init(&form, &rubric, 2, "ba");
    static const char *const pieces[] = {"rating ",   "prefer ",
                                         "strength ", "confidence ",
                                         "tag ",      "flag ",
                                         "why ",      "at ",
                                         "active ",   "accuracy",
                                         "tone",      "5,2 ",
                                         "-,- ",      "9,9 ",
                                         "= ",        "z ",
                                         "a",         "b",
                                         "tie",       "none",
                                         "\n",        "\n",
                                         "\n",        "7",
                                         "2 1",       "99999999999999999999",
                                         "-1",        "\\",
                                         "\\n",       "unsafe",
                                         "style",     "certain",
                                         " ",         "\xff",
                                         ""};
    for (int round = 0; round < 20000; round++) {
        struct buffer draft = BUFFER_INIT;
        for (int i = 0; i < 12; i++) {
            dice = dice * 6364136223846793005u + 1442695040888963407u;
            buffer_add_string(&draft, pieces[(dice >> 33) % (sizeof pieces / sizeof *pieces)]);
        }
        form_read(&form, buffer_slice(&draft));
        expect_sound_form(&form);
        buffer_release(&draft);
    }
    form_release(&form);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_draft_round_trip),
        cmocka_unit_test(test_draft_across_a_changed_rubric),
        cmocka_unit_test(test_random_drafts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
