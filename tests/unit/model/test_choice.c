/* Orders of responses as text, what was shown, and gold keys held against choices. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/model/choice.h"
#include "core/model/item.h"
#include "core/model/person.h"

#include "core/base/banned.h"

static void test_ranking_valid(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t responses;
        bool valid, partial;
    } cases[] = {
        {"b>a=c", 3, true, true}, {"a", 1, true, true},      {"a>b", 2, true, true},     {"a=b", 2, true, true},
        {"a>b", 3, false, true},  {"c", 3, false, true},     {"c=a", 4, false, true},    {"a>a", 2, false, false},
        {"a>c", 2, false, false}, {"", 0, false, false},     {"", 2, false, false},      {"a>", 2, false, false},
        {">a", 2, false, false},  {"a<b", 2, false, false},  {"ab", 2, false, false},    {"a>b>", 2, false, false},
        {"A>b", 2, false, false}, {"a >b", 2, false, false}, {"b=a>c=d", 4, true, true}, {"a>b>c", 2, false, false},
        {"a>d", 3, false, false}, {"a>b=", 4, false, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (ranking_valid(slice_of(cases[i].text), cases[i].responses, false) != cases[i].valid)
            fail_msg("'%s' of %zu", cases[i].text, cases[i].responses);
        if (ranking_valid(slice_of(cases[i].text), cases[i].responses, true) != cases[i].partial)
            fail_msg("'%s' of %zu, partial", cases[i].text, cases[i].responses);
    }
    char all[RANKING_BYTES] = "";
    for (int i = 0; i < LIMIT_RESPONSES; i++) {
        all[2 * i] = (char)('z' - i);
        all[2 * i + 1] = '>';
    }
    assert_true(ranking_valid(slice_make(all, 2 * LIMIT_RESPONSES - 1), LIMIT_RESPONSES, false));
    assert_false(ranking_valid(slice_make(all, 2 * LIMIT_RESPONSES - 1), LIMIT_RESPONSES + 1, true));
}

static void test_tiers(void **state) {
    (void)state;
    int tier[LIMIT_RESPONSES];
    assert_int_equal(ranking_tiers("b>a=d>c", 4, tier), 3);
    assert_int_equal(tier[0], 1);
    assert_int_equal(tier[1], 0);
    assert_int_equal(tier[2], 2);
    assert_int_equal(tier[3], 1);
    assert_int_equal(ranking_first("b>a=d>c"), 1);
    assert_int_equal(ranking_first("b=a>c"), CHOICE_TIE);
    assert_int_equal(ranking_first("c>a=b"), 2);
    assert_int_equal(ranking_tiers("d=b>a", 5, tier), 2); /* c and e are below, and not compared */
    static const int partial[] = {1, 0, 2, 0, 2};
    assert_memory_equal(tier, partial, sizeof partial);
    assert_int_equal(ranking_placed("d=b>a"), 3);
    assert_int_equal(ranking_placed(""), 0);
}

static void test_closing(void **state) {
    (void)state;
    struct ranking one = {"d=b>a"}, two = {"d=b>a"}, none = {""};
    ranking_close(&one, 4);
    assert_string_equal(one.text, "d=b>a>c");
    ranking_close(&one, 4);
    assert_string_equal(one.text, "d=b>a>c");
    ranking_close(&two, 5);
    assert_string_equal(two.text, "d=b>a");
    ranking_close(&none, 1);
    assert_string_equal(none.text, "");
}

static void test_shown(void **state) {
    (void)state;
    assert_true(shown_valid(slice_of("ba"), 2));
    assert_false(shown_valid(slice_of("bb"), 2));
    assert_false(shown_valid(slice_of("bc"), 2));
    assert_false(shown_valid(slice_of("bac"), 2));
    assert_false(shown_valid(slice_of(""), 0));
    assert_int_equal(shown_position("cab", 0), 1);
    assert_int_equal(shown_position("cab", 2), 0);
    assert_int_equal(shown_position("cab", 5), -1);
}

static void test_gold_key(void **state) {
    (void)state;
    struct gold_key a = {.answers = {{.prefer = 0}}, .answer_count = 1, .low = 2, .high = 3};
    assert_int_equal(gold_key_judge(&a, 0, "", 2), VERDICT_RIGHT);
    assert_int_equal(gold_key_judge(&a, 0, "", 3), VERDICT_RIGHT);
    assert_int_equal(gold_key_judge(&a, 0, "", 1), VERDICT_WRONG_STRENGTH);
    assert_int_equal(gold_key_judge(&a, 0, "", 0),
                     VERDICT_RIGHT); /* a strength that was not asked is held against nobody */
    assert_int_equal(gold_key_judge(&a, 1, "", 3), VERDICT_WRONG_SIDE);
    assert_int_equal(gold_key_judge(&a, CHOICE_TIE, "", 0), VERDICT_WRONG_SIDE);
    struct gold_key any = {.answers = {{.prefer = 1}}, .answer_count = 1};
    assert_int_equal(gold_key_judge(&any, 1, "", 1), VERDICT_RIGHT);
    struct gold_key tie = {.answers = {{.prefer = CHOICE_TIE}}, .answer_count = 1, .low = 1, .high = 1};
    assert_int_equal(gold_key_judge(&tie, CHOICE_TIE, "", 0), VERDICT_RIGHT);
    assert_int_equal(gold_key_judge(&tie, 0, "", 1), VERDICT_WRONG_SIDE);
    struct gold_key several = {
        .answers = {{.prefer = CHOICE_NONE}, {.prefer = 1}}, .answer_count = 2, .low = 1, .high = 1};
    assert_int_equal(gold_key_judge(&several, CHOICE_NONE, "", 0), VERDICT_RIGHT);
    assert_int_equal(gold_key_judge(&several, 1, "", 1), VERDICT_RIGHT);
    assert_int_equal(gold_key_judge(&several, 1, "", 3), VERDICT_WRONG_STRENGTH);
    assert_int_equal(gold_key_judge(&several, 0, "", 1), VERDICT_WRONG_SIDE);
    struct gold_key order = {.answers = {{.prefer = 1, .ranking = {"b>a=c"}}}, .answer_count = 1};
    assert_int_equal(gold_key_judge(&order, 1, "b>a=c", 0), VERDICT_RIGHT);
    assert_int_equal(gold_key_judge(&order, 1, "b>c>a", 0), VERDICT_RIGHT); /* a and c are tied in the key: free */
    assert_int_equal(gold_key_judge(&order, 0, "a>b=c", 0), VERDICT_WRONG_SIDE);
    assert_int_equal(gold_key_judge(&order, CHOICE_TIE, "b=a>c", 0), VERDICT_WRONG_SIDE);
    assert_int_equal(gold_key_judge(&order, 1, "", 0), VERDICT_RIGHT); /* no order given: the first place counts */
    struct gold_key all = {.answers = {{.prefer = CHOICE_TIE, .ranking = {"a=b=c"}}}, .answer_count = 1};
    assert_int_equal(gold_key_judge(&all, CHOICE_TIE, "c=b=a", 0), VERDICT_RIGHT);
    assert_int_equal(gold_key_judge(&all, 0, "a>b=c", 0), VERDICT_WRONG_SIDE);
    assert_int_equal(gold_key_judge(&all, CHOICE_TIE, "a=b", 0), VERDICT_WRONG_SIDE); /* c is left below */
    assert_int_equal(gold_key_judge(&order, 1, "b", 0), VERDICT_RIGHT); /* partial: a and c stay tied below */
    struct gold_key whole = {.answers = {{.prefer = 1, .ranking = {"b>a>c"}}}, .answer_count = 1, .low = 2, .high = 3};
    assert_int_equal(gold_key_judge(&whole, 1, "b", 3), VERDICT_WRONG_SIDE); /* a over c was not said */
    assert_int_equal(gold_key_judge(&whole, 1, "b>a", 3), VERDICT_RIGHT);
    assert_int_equal(gold_key_judge(&whole, 1, "b>a>c", 1), VERDICT_WRONG_STRENGTH);
    struct gold_key first = {.answers = {{.prefer = 1}, {.prefer = CHOICE_TIE}}, .answer_count = 1};
    assert_int_equal(gold_key_judge(&first, 1, "b>c>a", 1), VERDICT_RIGHT); /* the key names first place alone */
    assert_int_equal(gold_key_judge(&first, CHOICE_TIE, "b=c>a", 0), VERDICT_WRONG_SIDE);
    first.answer_count = 2;
    assert_int_equal(gold_key_judge(&first, CHOICE_TIE, "b=c>a", 0), VERDICT_RIGHT);
    assert_int_equal(gold_key_judge(&first, CHOICE_NONE, "", 0), VERDICT_WRONG_SIDE);
}

static void test_words(void **state) {
    (void)state;
    for (int i = 0; i < 3; i++) {
        enum gold_use use;
        assert_true(gold_use_find(slice_of(gold_use_name((enum gold_use)i)), &use));
        assert_int_equal(use, i);
    }
    enum difficulty difficulty = DIFFICULTY_HARD;
    assert_null(difficulty_name(DIFFICULTY_UNKNOWN));
    for (int i = 1; i < 4; i++) {
        assert_true(difficulty_find(slice_of(difficulty_name((enum difficulty)i)), &difficulty));
        assert_int_equal(difficulty, i);
    }
    assert_false(difficulty_find(slice_of("Hard"), &difficulty));
    enum kind kind;
    for (int i = 0; i <= KIND_ADJUDICATION; i++) {
        assert_true(kind_find(slice_of(kind_name((enum kind)i)), &kind));
        assert_int_equal(kind, i);
    }
    assert_false(kind_find(slice_of("golden"), &kind));
    enum person_role role;
    for (int i = 0; i <= PERSON_SOURCE; i++) {
        assert_true(person_role_find(slice_of(person_role_name((enum person_role)i)), &role));
        assert_int_equal(role, i);
    }
    assert_false(person_role_find(slice_of(""), &role));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ranking_valid), cmocka_unit_test(test_tiers),    cmocka_unit_test(test_closing),
        cmocka_unit_test(test_shown),         cmocka_unit_test(test_gold_key), cmocka_unit_test(test_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
