/* The ranking of a form: put, tied, taken back, kept in a draft, and what follows from it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/base/array.h"
#include "tests/unit/work/helper_form.h"

#include "core/base/banned.h"

/* Rows of the full rubric on three or more responses. */
enum { RANK_TONE = 1, RANKING, FIRST, SURE, RANK_SUBMIT = 7 + 1 };

/* Keys as the screen has them: digits, capitals, '=', '<' for Backspace. */
static void play(struct form *form, const char *keys) {
    for (; *keys; keys++)
        if (*keys == '<')
            form_clear_row(form);
        else if (*keys == '=')
            form_tie(form);
        else if (*keys >= 'A')
            form_put(form, (size_t)(*keys - 'A'));
        else
            form_digit(form, *keys - '0');
}

static void start(struct form *form, const struct rubric *rubric, size_t responses, const char *shown) {
    form_init(form, rubric, responses, shown);
    form_go(form, ROW_OVERALL);
    assert_int_equal(form->rows[form->row].kind, ROW_RANKING);
}

static void test_orders(void **state) {
    (void)state;
    static const struct {
        const char *keys, *order, *screen, *pairs;
        int prefer, strength;
    } cases[] = {
        {"", "", "", "", CHOICE_MISSING, 0},
        {"2", "c", "B", "", CHOICE_MISSING, 0},
        {"BAC", "c>b>a", "B>A>C", "B > A, B > C, A > C", CHOICE_MISSING, 0}, /* four: D is not placed */
        {"BACD", "c>b>a>d", "B>A>C>D", "B > A, B > C, B > D, A > C, A > D, C > D", 2, 0},
        {"BACD3", "c>b>a>d", "B>A>C>D", "B > A, B > C, B > D, A > C, A > D, C > D", 2, 3},
        {"2=1=34", "c=b=a>d", "B=A=C>D", "B = A, B = C, B > D, A = C, A > D, C > D", CHOICE_TIE, 0},
        {"B=", "c", "B=", "", CHOICE_MISSING, 0},
        {"B=<A", "c>b", "B>A", "B > A", CHOICE_MISSING, 0},
        {"BA<<", "", "", "", CHOICE_MISSING, 0},
        {"BB2E9=", "c", "B=", "", CHOICE_MISSING, 0}, /* placed already, and not there */
        {"=A", "b", "A", "", CHOICE_MISSING, 0},
        {"0", "", "", "", CHOICE_NONE, 0},
        {"AB0", "", "", "", CHOICE_NONE, 0},
    };
    struct rubric rubric = full_rubric();
    struct form form;
    struct buffer said = BUFFER_INIT;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        start(&form, &rubric, 4, "bcad");
        play(&form, cases[i].keys);
        form_order(&form, "", &said);
        if (strcmp(form.answer.ranking.text, cases[i].order) != 0 || strcmp(said.data, cases[i].screen) != 0 ||
            form.answer.prefer != cases[i].prefer || form.answer.strength != cases[i].strength)
            fail_msg("%s: %s, %s, %d, %d", cases[i].keys, form.answer.ranking.text, said.data, form.answer.prefer,
                     form.answer.strength);
        buffer_clear(&said);
        form_pairs(&form, &said);
        assert_string_equal(said.data, cases[i].pairs);
        buffer_clear(&said);
        expect_sound_form(&form);
        struct form read;
        form_write(&form, &said);
        form_init(&read, &rubric, 4, "bcad");
        form_read(&read, buffer_slice(&said));
        expect_equal_forms(&form, &read);
        assert_int_equal(read.tie_next, form.tie_next);
        form_release(&read);
        form_release(&form);
        buffer_clear(&said);
    }
    buffer_release(&said);
}

static void test_first_place(void **state) {
    (void)state;
    struct rubric rubric = full_rubric();
    struct form form;
    struct error what = ERROR_INIT;
    start(&form, &rubric, 3, "abc");
    play(&form, "CBA");
    assert_int_equal(form.row, FIRST);
    assert_true(form_row_required(&form, FIRST));
    assert_false(form_digit(&form, 4));
    play(&form, "2");
    assert_int_equal(form.row, SURE);
    form_go(&form, ROW_RANKING); /* another end leaves the strength of first place, another first place does not */
    play(&form, "<<AB");
    assert_string_equal(form.answer.ranking.text, "c>a>b");
    assert_int_equal(form.answer.strength, 2);
    form_go(&form, ROW_RANKING);
    play(&form, "<<<A=BC");
    assert_int_equal(form.answer.prefer, CHOICE_TIE);
    assert_int_equal(form.answer.strength, 0);
    assert_false(form_row_required(&form, FIRST));
    assert_true(form_row_answered(&form, FIRST));
    form_go(&form, ROW_FIRST);
    assert_false(form_digit(&form, 2));
    form_go(&form, ROW_RANKING);
    play(&form, "<");
    form_missing(&form, &what);
    while (form.rows[form.row].kind != ROW_RANKING)
        form_next_row(&form);
    form_release(&form);

    rubric.tie = false;
    start(&form, &rubric, 3, "abc");
    play(&form, "A");
    assert_false(form_tie(&form)); /* first place cannot be shared; the last can */
    play(&form, "B=C");
    assert_string_equal(form.answer.ranking.text, "a>b=c");
    form_read(&form, slice_of("ranking a=b>c\n"));
    assert_string_equal(form.answer.ranking.text, "");
    form_release(&form);

    rubric.none = false;
    start(&form, &rubric, 3, "abc");
    assert_false(form_digit(&form, 0));
    form_release(&form);
}

static void test_partial(void **state) {
    (void)state;
    struct rubric rubric = full_rubric();
    struct form form;
    rubric.partial = true;
    start(&form, &rubric, 4, "abcd");
    play(&form, "C");
    assert_true(form_row_answered(&form, RANKING));
    assert_int_equal(form.row, RANKING); /* there may be more to come */
    assert_int_equal(form.answer.prefer, 2);
    assert_string_equal(form_judgment(&form).ranking.text, "c");
    play(&form, "AB");
    assert_string_equal(form_judgment(&form).ranking.text, "c>a>b>d"); /* the only one left has its place */
    assert_string_equal(form.answer.ranking.text, "c>a>b");
    struct judgment judgment = {.prefer = 2, .strength = 1, .confidence = -1, .ranking = {"c>a"}};
    ratings_clear(&judgment.ratings);
    form_fill(&form, &judgment);
    assert_string_equal(form.answer.ranking.text, "c>a");
    assert_int_equal(form.answer.prefer, 2);
    assert_int_equal(form.answer.strength, 1);
    rubric.partial = false; /* a rubric that no longer takes it: the row waits again */
    form_fill(&form, &judgment);
    assert_int_equal(form.answer.prefer, CHOICE_MISSING);
    form_release(&form);
}

/* Of three or more a pair criterion asks for the best. */
static void test_best_by_a_criterion(void **state) {
    (void)state;
    struct rubric rubric = full_rubric();
    struct form form;
    form_init(&form, &rubric, 3, "bca");
    form_next_row(&form);
    assert_int_equal(form.row, RANK_TONE);
    assert_true(form_takes_letters(&form));
    play(&form, "2");
    assert_int_equal(form.answer.ratings.cells[1][0], 2);
    assert_int_equal(form_side(&form, RANK_TONE), 1);
    assert_int_equal(form.row, RANKING);
    form_previous_row(&form);
    play(&form, "=");
    assert_int_equal(form_side(&form, RANK_TONE), FORM_SAME);
    form_previous_row(&form);
    play(&form, "<");
    assert_int_equal(form_side(&form, RANK_TONE), FORM_OPEN);
    form_release(&form);
}

static void test_drafts_that_do_not_fit(void **state) {
    (void)state;
    static const char *const drafts[] = {"ranking a>b>c>d\n", "ranking a>a\n", "ranking >a\n", "ranking a>\n",
                                         "ranking \n",        "ranking a b\n", "ranking =\n",  "ranking d\n",
                                         "prefer a\n",        "prefer tie\n",  "strength 9\n", "ranking abc\n"};
    struct rubric rubric = full_rubric();
    struct form form;
    form_init(&form, &rubric, 3, "abc");
    for (size_t i = 0; i < COUNT_OF(drafts); i++) {
        form_read(&form, slice_of(drafts[i]));
        if (form.answer.ranking.text[0] || form.answer.prefer != CHOICE_MISSING || form.answer.strength != 0)
            fail_msg("%s", drafts[i]);
        expect_sound_form(&form);
    }
    form_release(&form);
    form_init(&form, &rubric, 2, "ab"); /* a pair has no order */
    form_read(&form, slice_of("ranking a>b\nprefer b\nstrength 2\n"));
    assert_string_equal(form.answer.ranking.text, "");
    assert_int_equal(form.answer.prefer, 1);
    form_release(&form);
}

/* Keys at random on 26: never out of bounds, the draft always says the same again. */
static void test_random_keys(void **state) {
    (void)state;
    static const char keys[] = "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ===<<0";
    struct rubric rubric = full_rubric();
    struct buffer draft = BUFFER_INIT;
    struct form form, read;
    unsigned dice = 7;
    start(&form, &rubric, LIMIT_RESPONSES, "zyxwvutsrqponmlkjihgfedcba");
    form_init(&read, &rubric, LIMIT_RESPONSES, "zyxwvutsrqponmlkjihgfedcba");
    for (int i = 0; i < 4000; i++) {
        dice = dice * 1103515245u + 12345u;
        char key[] = {keys[(dice >> 16) % (sizeof keys - 1)], '\0'};
        play(&form, key);
        if (form.rows[form.row].kind != ROW_RANKING)
            form_go(&form, ROW_RANKING);
        const char *order = form.answer.ranking.text;
        assert_true(!order[0] || ranking_valid(slice_of(order), LIMIT_RESPONSES, true));
        buffer_clear(&draft);
        form_write(&form, &draft);
        form_read(&read, buffer_slice(&draft));
        expect_equal_forms(&form, &read);
    }
    form_release(&form);
    form_release(&read);
    buffer_release(&draft);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_orders),
        cmocka_unit_test(test_first_place),
        cmocka_unit_test(test_partial),
        cmocka_unit_test(test_best_by_a_criterion),
        cmocka_unit_test(test_drafts_that_do_not_fit),
        cmocka_unit_test(test_random_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
