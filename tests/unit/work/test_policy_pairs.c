/* Pairs of rankings: what each rule asks for, how each pair is decided, and that no order of the votes matters. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "core/base/array.h"
#include "core/base/buffer.h"
#include "core/work/policy.h"

#include "core/base/banned.h"

static const struct export_policy plain = {.min_judgments = 1};

/* "b>a 2/3 1.5, a? tie" …: each pair with what was decided. */
static void decide(const struct policy_vote *votes, size_t count, size_t responses, const struct export_policy *policy,
                   struct buffer *out) {
    struct policy_pair pairs[POLICY_PAIRS];
    size_t n = policy_pairs(votes, count, responses, policy, pairs);
    buffer_clear(out);
    for (size_t i = 0; i < n; i++) {
        const struct policy_answer *answer = &pairs[i].answer;
        buffer_add_format(out, "%s%c%c", i ? ", " : "", 'a' + pairs[i].better, 'a' + pairs[i].worse);
        if (answer->reason != POLICY_EXPORTED)
            buffer_add_format(out, " %s", policy_reason_key(answer->reason));
        else if (answer->chosen == CHOICE_TIE)
            buffer_add_string(out, " =");
        else if (answer->chosen != pairs[i].better)
            buffer_add_string(out, " turned");
        buffer_add_format(out, " %d/%d", answer->agreeing, answer->judgments);
        if (answer->strength > 0)
            buffer_add_format(out, " %.1f", answer->strength);
    }
}

static void test_rules(void **state) {
    (void)state;
    static const struct policy_vote one[] = {{1, 2, "b>d>a=c"}}, shared[] = {{CHOICE_TIE, 0, "a=b>c"}},
                                    two[] = {{0, 3, "a>b>c"}, {0, 2, "a>c>b"}, {CHOICE_NONE, 0, NULL}},
                                    part[] = {{2, 1, "c>a"}}, best_only[] = {{2, 1, NULL}},
                                    cycle[] = {{0, 1, "a>b>c"}, {1, 1, "b>c>a"}, {2, 1, "c>a>b"}},
                                    none[] = {{CHOICE_NONE, 0, NULL}},
                                    beaten[] = {{0, 1, "a>b>c>d"},
                                                {0, 1, "a>b>c>d"},
                                                {1, 1, "b>c>d>a"},
                                                {2, 1, "c>b>a>d"},
                                                {3, 1, "d>b>a>c"}};
    static const struct {
        const struct policy_vote *votes;
        size_t count, responses;
        enum export_pairs pairs;
        const char *wanted;
    } cases[] = {
        {one, 1, 4, PAIRS_ALL, "bd 1/1 2.0, ba 1/1 2.0, bc 1/1 2.0, da 1/1, dc 1/1, ac tie 1/1"},
        {one, 1, 4, PAIRS_ADJACENT, "bd 1/1 2.0, da 1/1, dc 1/1, ac tie 1/1"},
        {one, 1, 4, PAIRS_BEST, "bd 1/1 2.0, ba 1/1 2.0, bc 1/1 2.0"},
        {shared, 1, 3, PAIRS_ALL, "ab tie 1/1, ac 1/1, bc 1/1"},
        {shared, 1, 3, PAIRS_BEST, "ab tie 1/1"}, /* nobody is first */
        {two, 3, 3, PAIRS_ALL, "ab 2/3 2.5, ac 2/3 2.5, bc undecided 1/3"},
        {two, 3, 3, PAIRS_ADJACENT, "ab 2/3 2.5, ac 2/3 2.5, bc undecided 1/3"},
        {part, 1, 4, PAIRS_ALL, "ca 1/1 1.0, cb 1/1 1.0, cd 1/1 1.0, ab 1/1, ad 1/1, bd no_judgment 0/0"},
        {best_only, 1, 3, PAIRS_ALL, "ca 1/1 1.0, cb 1/1 1.0, ab no_judgment 0/0"},
        {cycle, 3, 3, PAIRS_ALL, "ab 2/3 1.0, ac turned 2/3 1.0, bc 2/3 1.0"},
        {cycle, 3, 3, PAIRS_BEST, "ab undecided 1/3"},
        {none, 1, 3, PAIRS_ALL, "ab none_acceptable 1/1, ac none_acceptable 1/1, bc none_acceptable 1/1"},
        {none, 1, 3, PAIRS_BEST, "ab none_acceptable 1/1"},
        /* a is first twice of five times, but three of five put b over it: that pair is not exported */
        {beaten, 5, 4, PAIRS_BEST, "ba undecided 3/5 1.0, ac 3/5 1.0, ad 3/5 1.0"},
    };
    struct buffer said = BUFFER_INIT;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct export_policy policy = plain;
        policy.pairs = cases[i].pairs;
        decide(cases[i].votes, cases[i].count, cases[i].responses, &policy, &said);
        if (strcmp(said.data, cases[i].wanted) != 0)
            fail_msg("case %zu, %s: %s", i, export_pairs_name(policy.pairs), said.data);
    }
    buffer_release(&said);
}

static void test_policy(void **state) {
    (void)state;
    static const struct policy_vote votes[] = {{0, 3, "a>b=c"}, {0, 2, "a>c>b"}, {1, 1, "b>a>c"}};
    struct buffer said = BUFFER_INIT;
    struct export_policy policy = plain;
    decide(votes, 3, 3, &policy, &said);
    assert_string_equal(said.data, "ab 2/3 2.5, ac 3/3 2.5, bc undecided 1/3");
    policy.min_agreement = 0.9;
    decide(votes, 3, 3, &policy, &said);
    assert_string_equal(said.data, "ab low_agreement 2/3 2.5, ac 3/3 2.5, bc undecided 1/3");
    policy.min_judgments = 4;
    decide(votes, 3, 3, &policy, &said);
    assert_string_equal(said.data,
                        "ab too_few_judgments 2/3 2.5, ac too_few_judgments 3/3 2.5, bc too_few_judgments 1/3");
    policy = (struct export_policy){.min_judgments = 1, .ties = TIES_KEEP};
    decide(votes, 1, 3, &policy, &said);
    assert_string_equal(said.data, "ab 1/1 3.0, ac 1/1 3.0, bc = 1/1");
    buffer_release(&said);
}

/* A whole order of 26: as many pairs as the rule says, all of them one way. */
static void test_twenty_six(void **state) {
    (void)state;
    struct ranking order = {""};
    for (int i = 0; i < LIMIT_RESPONSES; i++) {
        order.text[2 * i] = (char)('z' - i);
        if (i + 1 < LIMIT_RESPONSES)
            order.text[2 * i + 1] = '>';
    }
    struct policy_vote vote = {25, 2, order.text};
    static const size_t wanted[] = {[PAIRS_ALL] = 325, [PAIRS_ADJACENT] = 25, [PAIRS_BEST] = 25};
    for (int rule = 0; rule < EXPORT_PAIRS; rule++) {
        struct policy_pair pairs[POLICY_PAIRS];
        struct export_policy policy = {.min_judgments = 1, .pairs = (enum export_pairs)rule};
        assert_int_equal(policy_pairs(&vote, 1, LIMIT_RESPONSES, &policy, pairs), wanted[rule]);
        for (size_t i = 0; i < wanted[rule]; i++) {
            assert_true(pairs[i].better > pairs[i].worse);
            assert_int_equal(pairs[i].answer.chosen, pairs[i].better);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rules),
        cmocka_unit_test(test_policy),
        cmocka_unit_test(test_twenty_six),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
