/* The form of a judgment: every row, every scale, sides swapped, and keys at random. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/unit/work/helper_form.h"

#include "core/base/banned.h"

static void test_from_top_to_bottom(void **state) {
    (void)state;
    struct rubric rubric = full_rubric();
    struct form form;
    struct error error = ERROR_INIT;
    size_t answered, asked;
    form_init(&form, &rubric, 2, "ba");
    assert_int_equal(form.row_count, 8);
    assert_int_equal(form_missing(&form, &error), ACCURACY);
    assert_string_equal(error.text, "'accuracy' has no answer for A");
    form_progress(&form, &answered, &asked);
    assert_int_equal(answered, 0);
    assert_int_equal(asked, 4); /* accuracy, overall, confidence, why */
    press(&form, "5");
    assert_int_equal(form.row, ACCURACY);
    assert_int_equal(form.cell, 1);
    assert_int_equal(form_missing(&form, &error), ACCURACY);
    assert_string_equal(error.text, "'accuracy' has no answer for B");
    press(&form, "2");
    assert_int_equal(form.row, TONE);
    press(&form, "3");
    assert_int_equal(form.row, OVERALL);
    press(&form, "1");
    assert_int_equal(form.row, CONFIDENCE);
    press(&form, "3");
    assert_int_equal(form.row, TAGS);
    press(&form, "131"); /* toggles, and ▸ stays */
    assert_int_equal(form.row, TAGS);
    assert_int_equal(form.answer.tags, 4);
    assert_int_equal(form_missing(&form, &error), WHY);
    assert_string_equal(error.text, "'why' is empty: say what decided");
    form_set_rationale(&form, slice_of("  too short  "));
    assert_int_equal(form_missing(&form, &error), WHY);
    assert_string_equal(error.text, "'why' has 9 of at least 12 characters");
    form_set_rationale(&form, slice_of("B names the law it rests on"));
    form_go(&form, ROW_WHY);
    form_end_typing(&form);
    assert_int_equal(form.row, SUBMIT);
    assert_false(form_digit(&form, 1)); /* a digit does nothing on submit */
    assert_int_equal(form_missing(&form, &error), form.row_count);
    form_progress(&form, &answered, &asked);
    assert_int_equal(answered, asked);
    struct judgment judgment = form_judgment(&form);
    assert_int_equal(judgment.prefer, 1); /* shown first was stored b */
    assert_int_equal(judgment.strength, 3);
    assert_int_equal(judgment.confidence, 80);
    assert_int_equal(judgment.ratings.cells[0][1], 5);
    assert_int_equal(judgment.ratings.cells[0][0], 2);
    assert_int_equal(judgment.ratings.cells[1][0], 0); /* B on screen was stored a */
    assert_true(slice_is(judgment.rationale, "B names the law it rests on"));
    assert_string_equal(judgment.ranking.text, "");
    form_release(&form);
}

/* Which digits mean something on the overall row of a scale, as "prefer:strength" in stored responses. */
static void expect_scale(int strengths, bool tie, bool none, const char *shown, const char *const meaning[10]) {
    struct rubric rubric = full_rubric();
    rubric.strength_count = strengths;
    rubric.tie = tie;
    rubric.none = none;
    for (int digit = 0; digit <= 9; digit++) {
        struct form form;
        char said[16] = "";
        form_init(&form, &rubric, 2, shown);
        form_go(&form, ROW_OVERALL);
        bool taken = form_digit(&form, digit);
        assert_int_equal(taken, form_digit_word(&form, OVERALL, digit) != NULL);
        if (taken) {
            int prefer = form.answer.prefer;
            snprintf(said, sizeof said, "%s%d",
                     prefer == CHOICE_TIE    ? "tie"
                     : prefer == CHOICE_NONE ? "none"
                     : prefer                ? "b"
                                             : "a",
                     form.answer.strength);
            assert_int_equal(form_answered_digit(&form, OVERALL, 0), digit);
        } else {
            assert_int_equal(form.answer.prefer, CHOICE_MISSING);
            assert_int_equal(form.row, OVERALL);
        }
        if (strcmp(said, meaning[digit] ? meaning[digit] : "") != 0)
            fail_msg("%d strengths, digit %d: '%s'", strengths, digit, said);
        form_release(&form);
    }
}

static void test_scales(void **state) {
    (void)state;
    expect_scale(3, true, true, "ab", (const char *[10]){"none0", "a3", "a2", "a1", "tie0", "b1", "b2", "b3"});
    expect_scale(3, true, true, "ba", (const char *[10]){"none0", "b3", "b2", "b1", "tie0", "a1", "a2", "a3"});
    expect_scale(2, true, true, "ab", (const char *[10]){"none0", NULL, "a2", "a1", "tie0", "b1", "b2", NULL});
    expect_scale(1, true, true, "ab", (const char *[10]){"none0", NULL, NULL, "a1", "tie0", "b1", NULL, NULL});
    expect_scale(3, false, true, "ab", (const char *[10]){"none0", "a3", "a2", "a1", NULL, "b1", "b2", "b3"});
    expect_scale(1, true, false, "ba", (const char *[10]){NULL, NULL, NULL, "b1", "tie0", "a1", NULL, NULL});
}

static void test_words(void **state) {
    (void)state;
    struct rubric rubric = full_rubric();
    struct form form;
    form_init(&form, &rubric, 2, "ab");
    assert_string_equal(form_digit_word(&form, OVERALL, 1), "A much");
    assert_string_equal(form_digit_word(&form, OVERALL, 5), "B slightly");
    assert_string_equal(form_digit_word(&form, OVERALL, 4), "tie");
    assert_string_equal(form_digit_word(&form, OVERALL, 0), "none");
    assert_null(form_digit_word(&form, OVERALL, 8));
    assert_string_equal(form_digit_word(&form, ACCURACY, 1), "wrong");
    assert_string_equal(form_digit_word(&form, ACCURACY, 2), "2");
    assert_null(form_digit_word(&form, ACCURACY, 6));
    assert_null(form_digit_word(&form, ACCURACY, 0));
    assert_string_equal(form_digit_word(&form, TONE, 2), "same");
    assert_null(form_digit_word(&form, TONE, 0));
    assert_null(form_digit_word(&form, TONE, 4));
    assert_string_equal(form_digit_word(&form, CONFIDENCE, 4), "certain");
    assert_null(form_digit_word(&form, CONFIDENCE, 5));
    assert_string_equal(form_digit_word(&form, TAGS, 3), "style");
    assert_null(form_digit_word(&form, FLAGS, 3));
    assert_null(form_digit_word(&form, WHY, 1));
    assert_null(form_digit_word(&form, SUBMIT, 1));
    rubric.sides[1][1] = "B by far";
    assert_string_equal(form_digit_word(&form, OVERALL, 6), "B by far");
    form_release(&form);
}

static void test_rows_that_are_not_asked(void **state) {
    (void)state;
    struct rubric rubric = {.strengths = {"better"}, .strength_count = 1, .sides = {{"A better"}, {"B better"}}};
    struct form form;
    form_init(&form, &rubric, 2, "ab");
    assert_int_equal(form.row_count, 2);
    assert_int_equal(form.rows[0].kind, ROW_OVERALL);
    form_go(&form, ROW_WHY);
    assert_int_equal(form.row, 0);
    press(&form, "3");
    assert_int_equal(form.row, 1);
    assert_int_equal(form_missing(&form, NULL), 2);
    form_release(&form);
    form_init(&form, &rubric, 3, "bca");
    assert_int_equal(form.row_count, 2); /* one word of strength is no question */
    assert_int_equal(form.rows[0].kind, ROW_RANKING);
    press(&form, "213");
    assert_string_equal(form_judgment(&form).ranking.text, "c>b>a");
    assert_int_equal(form_judgment(&form).strength, 1);
    assert_int_equal(form_missing(&form, NULL), 2);
    form_release(&form);
}

static void test_moving(void **state) {
    (void)state;
    struct rubric rubric = full_rubric();
    struct form form;
    form_init(&form, &rubric, 2, "ab");
    form_previous_row(&form);
    assert_int_equal(form.row, SUBMIT);
    form_next_row(&form);
    assert_int_equal(form.row, ACCURACY);
    form_go(&form, ROW_OVERALL);
    press(&form, "2");
    press(&form, "1");
    form_go(&form, ROW_WHY);
    form_set_rationale(&form, slice_of("long enough, I think"));
    form_end_typing(&form);
    assert_int_equal(form.row, ACCURACY); /* back to what must be answered */
    press(&form, "33");
    assert_int_equal(form.row, TONE);
    form_clear_row(&form);
    form_go(&form, ROW_CRITERION);
    assert_int_equal(form.row, ACCURACY);
    assert_int_equal(form.cell, 0);
    press(&form, "4"); /* over what stands there */
    assert_int_equal(form_answered_digit(&form, ACCURACY, 0), 4);
    assert_int_equal(form_answered_digit(&form, ACCURACY, 1), 3);
    form_clear_row(&form);
    assert_int_equal(form_answered_digit(&form, ACCURACY, 0), -1);
    assert_false(form_row_answered(&form, ACCURACY));
    form_go(&form, ROW_OVERALL);
    form_clear_row(&form);
    assert_int_equal(form.answer.prefer, CHOICE_MISSING);
    assert_int_equal(form.answer.strength, 0);
    form_go(&form, ROW_WHY);
    form_clear_row(&form);
    assert_int_equal(form.rationale.length, 0);
    form_release(&form);
}

static void test_optional_reason(void **state) {
    (void)state;
    struct rubric rubric = full_rubric();
    struct form form;
    rubric.rationale_required = false;
    form_init(&form, &rubric, 2, "ab");
    assert_false(form_row_required(&form, WHY));
    form_set_rationale(&form, slice_of("ok"));
    assert_true(form_row_answered(&form, WHY)); /* the minimum is for a reason that is asked for */
    form_set_rationale(&form, slice_of(" \n "));
    assert_false(form_row_answered(&form, WHY));
    assert_int_equal(form.rationale.length, 3); /* kept as typed */
    form_release(&form);
}

static void test_reason_counts_characters(void **state) {
    (void)state;
    struct rubric rubric = full_rubric();
    struct form form;
    form_init(&form, &rubric, 2, "ab");
    form_set_rationale(&form, slice_of("日本語の理由は十二文字だ"));
    assert_true(form_row_answered(&form, WHY));
    struct buffer huge = BUFFER_INIT;
    buffer_add_repeated(&huge, "é", LIMIT_RATIONALE_BYTES / 2 + 5);
    buffer_add_char(&huge, 'x');
    form_set_rationale(&form, slice_make(huge.data + 1, huge.length - 1)); /* odd cut: must not split a character */
    assert_true(form.rationale.length <= LIMIT_RATIONALE_BYTES);
    assert_true(form.rationale.length >= LIMIT_RATIONALE_BYTES - 1);
    assert_int_equal((unsigned char)form.rationale.data[form.rationale.length - 1], 0xA9);
    buffer_release(&huge);
    form_release(&form);
}

static void test_random_keys(void **state) {
    (void)state;
    struct rubric rubric = full_rubric();
    struct form form;
    uint64_t dice = 1;
    int complete = 0;
    form_init(&form, &rubric, 2, "ba");
    for (int i = 0; i < 200000; i++) {
        dice = dice * 6364136223846793005u + 1442695040888963407u;
        unsigned key = (unsigned)(dice >> 33) % 32;
        if (key < 20)
            form_digit(&form, (int)(key % 10));
        else if (key < 23)
            form_next_row(&form);
        else if (key < 25)
            form_previous_row(&form);
        else if (key == 25)
            form_clear_row(&form);
        else if (key == 26)
            form_set_rationale(&form, slice_of("some words that are long enough"));
        else if (key == 27)
            form_end_typing(&form);
        else if (key < 31)
            form_go(&form, (enum row_kind)(key % 7));
        expect_sound_form(&form);
        complete += form_missing(&form, NULL) == form.row_count;
        if (i % 64 == 0) {
            struct buffer draft = BUFFER_INIT;
            struct form read;
            form_init(&read, &rubric, 2, "ba");
            form_write(&form, &draft);
            form_read(&read, buffer_slice(&draft));
            expect_equal_forms(&form, &read);
            buffer_release(&draft);
            form_release(&read);
        }
    }
    assert_true(complete > 1000);
    form_release(&form);
}

static void test_fill(void **state) {
    (void)state;
    struct rubric rubric = full_rubric();
    struct form form, again;
    form_init(&form, &rubric, 2, "ba");
    fill_form(&form);
    struct judgment judgment = form_judgment(&form);
    form_init(&again, &rubric, 2, "ba");
    form_fill(&again, &judgment);
    assert_int_equal(again.row, SUBMIT);
    assert_int_equal(form_missing(&again, NULL), again.row_count);
    again.row = form.row;
    again.cell = form.cell;
    again.active_ms = form.active_ms;
    expect_equal_forms(&form, &again);
    /* by a rubric that asks less, and by one that asks more */
    struct rubric less = full_rubric();
    less.tie = less.none = false;
    less.tag_count = 1;
    less.rationale_asked = false;
    judgment.prefer = CHOICE_TIE;
    judgment.strength = 0;
    struct form other;
    form_init(&other, &less, 2, "ba");
    form_fill(&other, &judgment);
    expect_sound_form(&other);
    assert_int_equal(other.answer.prefer, CHOICE_MISSING);
    assert_int_equal(other.rationale.length, 0);
    assert_int_equal(other.rows[other.row].kind, ROW_OVERALL);
    form_release(&other);
    /* by one with other words for confidence: a percentage that it has no word for is asked again */
    struct rubric others = full_rubric();
    judgment = form_judgment(&form);
    for (int i = 0; i < others.confidence_count; i++)
        others.confidence[i].percent--;
    form_init(&other, &others, 2, "ba");
    form_fill(&other, &judgment);
    assert_int_equal(other.answer.confidence, -1);
    assert_int_equal(other.rows[other.row].kind, ROW_CONFIDENCE);
    form_release(&other);
    form_release(&form);
    form_release(&again);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_from_top_to_bottom),
        cmocka_unit_test(test_scales),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_rows_that_are_not_asked),
        cmocka_unit_test(test_moving),
        cmocka_unit_test(test_optional_reason),
        cmocka_unit_test(test_reason_counts_characters),
        cmocka_unit_test(test_random_keys),
        cmocka_unit_test(test_fill),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
