/* Rubric files: what a good one becomes, and the sentence for each way to be bad. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>
#include <stdio.h>

#include "core/base/array.h"
#include "rubrics/rubric.h"

#include "core/base/banned.h"

static const char whole[] =
    "rubric: helpfulness\n"
    "version: 3\n"
    "title: Which answer helps more?\n"
    "guideline: |\n"
    "  # Markdown\n"
    "  shown with `g`.\n"
    "scale: {strengths: [a bit, clearly], tie: false, none: true}\n"
    "confidence: {guess: 40, unsure: 60, fairly sure: 80, certain: 95}\n"
    "criteria:\n"
    "  - {id: accuracy, ask: Are the facts right?, per: response, scale: [1, 5], labels: {1: wrong, 5: correct}, "
    "required: true, weight: 2}\n"
    "  - {id: tone, ask: Which has the better tone?, per: pair, weight: 0.25}\n"
    "rationale: {required: true, min_characters: 12, tags: [factual-error, off-topic, unsafe, style]}\n"
    "flags: [unsafe, personal-data, broken-prompt]\n"
    "show_length: true\n";

static void test_whole(void **state) {
    (void)state;
    struct rubric rubric;
    struct error error = ERROR_INIT;
    int status = rubric_read(slice_of(whole), "r.yaml", &rubric, &error);
    assert_string_equal(error.text, "");
    assert_int_equal(status, 0);
    assert_string_equal(rubric.name, "helpfulness");
    assert_int_equal(rubric.version, 3);
    assert_string_equal(rubric.title, "Which answer helps more?");
    assert_string_equal(rubric.guideline, "# Markdown\nshown with `g`.\n");
    assert_int_equal(rubric.strength_count, 2);
    assert_string_equal(rubric.strengths[0], "a bit");
    assert_string_equal(rubric.strengths[1], "clearly");
    assert_null(rubric.strengths[2]);
    assert_string_equal(rubric.sides[0][0], "A a bit"); /* the words of the rubric, where it has its own */
    assert_string_equal(rubric.sides[1][1], "B clearly");
    assert_false(rubric.tie);
    assert_true(rubric.none);
    assert_int_equal(rubric.confidence_count, 4);
    assert_string_equal(rubric.confidence[2].word, "fairly sure");
    assert_int_equal(rubric.confidence[2].percent, 80);
    assert_int_equal(rubric.criterion_count, 2);
    const struct criterion *accuracy = &rubric.criteria[0], *tone = &rubric.criteria[1];
    assert_string_equal(accuracy->id, "accuracy");
    assert_string_equal(accuracy->ask, "Are the facts right?");
    assert_int_equal(accuracy->per, PER_RESPONSE);
    assert_int_equal(accuracy->low, 1);
    assert_int_equal(accuracy->high, 5);
    assert_null(accuracy->labels[0]);
    assert_string_equal(accuracy->labels[1], "wrong");
    assert_null(accuracy->labels[3]);
    assert_string_equal(accuracy->labels[5], "correct");
    assert_true(accuracy->required);
    assert_true(accuracy->weight == 2);
    assert_int_equal(tone->per, PER_PAIR);
    assert_false(tone->required);
    assert_true(tone->weight == 0.25);
    assert_true(rubric.rationale_asked && rubric.rationale_required);
    assert_int_equal(rubric.rationale_minimum, 12);
    assert_int_equal(rubric.tag_count, 4);
    assert_string_equal(rubric.tags[3], "style");
    assert_int_equal(rubric.flag_count, 3);
    assert_string_equal(rubric.flags[2], "broken-prompt");
    assert_true(rubric.show_length);
    rubric_release(&rubric);
}

static void test_smallest(void **state) {
    (void)state;
    static const char *const same[] = {"rubric: r\n",
                                       "rubric: r\nconfidence: false\nrationale: false\nflags: []\ncriteria: []\n"};
    for (size_t i = 0; i < COUNT_OF(same); i++) {
        struct rubric rubric;
        struct error error = ERROR_INIT;
        assert_int_equal(rubric_read(slice_of(same[i]), "r.yaml", &rubric, &error), 0);
        assert_string_equal(rubric.name, "r");
        assert_int_equal(rubric.version, 1);
        assert_string_equal(rubric.title, "r");
        assert_string_equal(rubric.guideline, "");
        assert_int_equal(rubric.strength_count, 3);
        assert_string_equal(rubric.sides[0][0], "A slightly");
        assert_string_equal(rubric.sides[0][1], "A better");
        assert_string_equal(rubric.sides[1][2], "B much");
        assert_string_equal(rubric.strengths[2], "much better");
        assert_true(rubric.tie && rubric.none);
        assert_int_equal(rubric.confidence_count, 0);
        assert_int_equal(rubric.criterion_count, 0);
        assert_false(rubric.rationale_asked);
        assert_int_equal(rubric.flag_count, 0);
        assert_false(rubric.show_length);
        rubric_release(&rubric);
    }
}

static void test_ends_of_ranges(void **state) {
    (void)state;
    static const char text[] =
        "rubric: r\n"
        "scale: {strengths: [better], tie: true}\n"
        "confidence: {a: 0, b: 100}\n"
        "criteria: [{id: c, ask: q, per: response, scale: [0, 9], labels: {0: none, 9: all}, weight: 0}]\n"
        "rationale: {tags: [a, b, c, d, e, f, g, h, i]}\n";
    struct rubric rubric;
    struct error error = ERROR_INIT;
    assert_int_equal(rubric_read(slice_of(text), "r.yaml", &rubric, &error), 0);
    assert_int_equal(rubric.strength_count, 1);
    assert_string_equal(rubric.sides[1][0], "B better");
    assert_int_equal(rubric.confidence[0].percent, 0);
    assert_int_equal(rubric.confidence[1].percent, 100);
    assert_int_equal(rubric.criteria[0].low, 0);
    assert_string_equal(rubric.criteria[0].labels[9], "all");
    assert_true(rubric.criteria[0].weight == 0);
    assert_int_equal(rubric.tag_count, 9);
    assert_true(rubric.rationale_asked);
    assert_false(rubric.rationale_required);
    rubric_release(&rubric);
}

/* A number is the double nearest to its decimal text, whatever the locale. */
static void test_numbers(void **state) {
    (void)state;
    static const struct {
        const char *text;
        double value;
    } table[] = {
        {"0.1", 0.1}, {"0.3", 0.3},      {"1e2", 1e2},   {"123.456e-1", 12.3456},
        {"7E+1", 70}, {"0.00002", 2e-5}, {"1e-7", 1e-7}, {"999.999999999999", 999.999999999999},
        {"0", 0},     {"0.0", 0},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        char text[160];
        struct rubric rubric;
        struct error error = ERROR_INIT;
        snprintf(text, sizeof text, "rubric: r\ncriteria: [{id: a, ask: b, per: pair, weight: %s}]\n", table[i].text);
        assert_int_equal(rubric_read(slice_of(text), "r.yaml", &rubric, &error), 0);
        assert_true(rubric.criteria[0].weight == table[i].value);
        rubric_release(&rubric);
    }
}

#define CRITERION "rubric: r\ncriteria:\n  - {id: a, ask: b, "

static const struct {
    const char *text, *error;
} bad[] = {
    {"[1]\n", "r.yaml:1:1: a list is not a map; write lines of \"key: value\", or {} for none"},
    {"version: 1\n", "r.yaml:1:1: rubric: is missing; it must be there"},
    {"rubric:\n", "r.yaml:1:8: rubric: nothing stands here; write a text, or leave the line out"},
    {"rubric: [a]\n", "r.yaml:1:9: rubric: a list is not text; write a word, or text in double quotes"},
    {"rubric: \"a\\tb\"\n",
     "r.yaml:1:9: rubric: \"a   b\" holds a line break, control character or direction override; leave it out"},
    {"rubric: \"\\u202Eb\"\n",
     "r.yaml:1:9: rubric: \"‹U+202E›b\" holds a line break, control character or direction override; leave it out"},
    {"rubric: \"\"\n", "r.yaml:1:9: rubric: an empty text; write at least one character"},
    {"rubric: \" r\"\n", "r.yaml:1:9: rubric: \" r\" begins or ends with a space; leave it out"},
    {"rubric: r\nversion: 0\n", "r.yaml:2:10: version: 0 is out of range; write a whole number from 1 to 1000000"},
    {"rubric: r\nversion: 1.5\n", "r.yaml:2:10: version: \"1.5\" is not a whole number; write one from 1 to 1000000"},
    {"rubric: r\nversion: 007\n", "r.yaml:2:10: version: \"007\" is not a whole number; write one from 1 to 1000000"},
    {"rubric: r\nversion: \"2\"\n", "r.yaml:2:10: version: \"2\" is text; write the number without quotes"},
    {"rubric: r\nversion: 1\nversion: 2\n",
     "r.yaml:3:1: \"version\" stands here a second time, first at line 2; keep one of them"},
    {"rubric: r\nguidline: x\n", "r.yaml:2:1: guidline: unknown key; did you mean \"guideline\"?"},
    {"rubric: r\nzzz: x\n",
     "r.yaml:2:1: zzz: unknown key; it can be rubric, version, title, guideline, scale, confidence, criteria, "
     "rationale, flags or show_length"},
    {"rubric: r\nguideline: \"a\\0b\"\n", "r.yaml:2:12: guideline: a text with a NUL character; leave it out"},
    {"rubric: r\nscale: {strengths: []}\n", "r.yaml:2:20: scale.strengths: a list of 0; at least 1 must stand here"},
    {"rubric: r\nscale: {strengths: [a, b, c, d]}\n",
     "r.yaml:2:20: scale.strengths: a list of 4; at most 3 can stand here"},
    {"rubric: r\nscale: {strengths: [a, b, a]}\n",
     "r.yaml:2:27: scale.strengths[3]: \"a\" stands in the list twice; keep one of them"},
    {"rubric: r\nscale: {strengths: better}\n",
     "r.yaml:2:20: scale.strengths: \"better\" is not a list; write [one, two] or a line with \"- \" for each"},
    {"rubric: r\nscale: {tie: yes}\n", "r.yaml:2:14: scale.tie: \"yes\" is not true or false; write true"},
    {"rubric: r\nscale: {none: Off}\n", "r.yaml:2:15: scale.none: \"Off\" is not true or false; write false"},
    {"rubric: r\nscale: {tie: \"true\"}\n",
     "r.yaml:2:14: scale.tie: \"true\" is not true or false; write true or false"},
    {"rubric: r\nscale: {ties: true}\n", "r.yaml:2:9: scale.ties: unknown key; did you mean \"tie\"?"},
    {"rubric: r\nconfidence: true\n",
     "r.yaml:2:13: confidence: \"true\" is not a map; write lines of \"key: value\", or {} for none"},
    {"rubric: r\nconfidence: {}\n", "r.yaml:2:13: confidence: a map of 0; at least 1 must stand here"},
    {"rubric: r\nconfidence: {a: 101}\n",
     "r.yaml:2:17: confidence.a: 101 is out of range; write a whole number from 0 to 100"},
    {"rubric: r\nconfidence: {a: 40%}\n",
     "r.yaml:2:17: confidence.a: \"40%\" is not a whole number; write one from 0 to 100"},
    {"rubric: r\nconfidence: {a: 40, b: 40}\n",
     "r.yaml:2:24: confidence.b: 40 percent is \"a\" already; give each word its own percent"},
    {"rubric: r\nconfidence: {a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: 8, i: 9, j: 10}\n",
     "r.yaml:2:13: confidence: a map of 10; at most 9 can stand here"},
    {"rubric: r\ncriteria: {id: a}\n",
     "r.yaml:2:11: criteria: a map is not a list; write [one, two] or a line with \"- \" for each"},
    {CRITERION "per: pair, scales: [1, 5]}\n", "r.yaml:3:32: criteria[1].scales: unknown key; did you mean \"scale\"?"},
    {"rubric: r\ncriteria:\n  - {ask: b, per: pair}\n", "r.yaml:3:5: criteria[1].id: is missing; it must be there"},
    {"rubric: r\ncriteria:\n  - {id: a, per: pair}\n", "r.yaml:3:5: criteria[1].ask: is missing; it must be there"},
    {CRITERION "scale: [1, 5]}\n", "r.yaml:3:5: criteria[1].per: is missing; it must be there"},
    {CRITERION "per: respons, scale: [1, 5]}\n",
     "r.yaml:3:26: criteria[1].per: \"respons\" is not one of the words; did you mean \"response\"?"},
    {CRITERION "per: item, scale: [1, 5]}\n",
     "r.yaml:3:26: criteria[1].per: \"item\" is not one of the words; write response or pair"},
    {CRITERION "per: response}\n", "r.yaml:3:5: criteria[1].scale: is missing; it must be there"},
    {CRITERION "per: response, scale: [5, 1]}\n",
     "r.yaml:3:43: criteria[1].scale: 5 to 1 is no scale; write the lower value first, such as [1, 5]"},
    {CRITERION "per: response, scale: [3, 3]}\n",
     "r.yaml:3:43: criteria[1].scale: 3 to 3 is no scale; write the lower value first, such as [1, 5]"},
    {CRITERION "per: response, scale: [1, 10]}\n",
     "r.yaml:3:47: criteria[1].scale[2]: 10 is out of range; write a whole number from 0 to 9"},
    {CRITERION "per: response, scale: [-1, 5]}\n",
     "r.yaml:3:44: criteria[1].scale[1]: -1 is out of range; write a whole number from 0 to 9"},
    {CRITERION "per: response, scale: [1, 2, 3]}\n",
     "r.yaml:3:43: criteria[1].scale: a list of 3; write the lowest and the highest value, such as [1, 5]"},
    {CRITERION "per: response, scale: [1, 5], labels: {6: x}}\n",
     "r.yaml:3:60: criteria[1].labels.6: \"6\" is no value of the scale; write one from 1 to 5"},
    {CRITERION "per: response, scale: [1, 5], labels: {low: x}}\n",
     "r.yaml:3:60: criteria[1].labels.low: \"low\" is no value of the scale; write one from 1 to 5"},
    {CRITERION "per: pair, scale: [1, 5]}\n", "r.yaml:3:39: criteria[1].scale: a criterion per pair is answered with a "
                                              "response or \"the same\"; leave it out, or write "
                                              "\"per: response\""},
    {CRITERION "per: pair, labels: {1: x}}\n", "r.yaml:3:40: criteria[1].labels: a criterion per pair is answered with "
                                               "a response or \"the same\"; leave it out, or write "
                                               "\"per: response\""},
    {CRITERION "per: pair, weight: -1}\n",
     "r.yaml:3:40: criteria[1].weight: -1 is out of range; write a number from 0 to 1000"},
    {CRITERION "per: pair, weight: .5}\n",
     "r.yaml:3:40: criteria[1].weight: \".5\" is not a number; write one from 0 to 1000"},
    {CRITERION "per: pair, weight: nan}\n",
     "r.yaml:3:40: criteria[1].weight: \"nan\" is not a number; write one from 0 to 1000"},
    {CRITERION "per: pair, weight: 0x10}\n",
     "r.yaml:3:40: criteria[1].weight: \"0x10\" is not a number; write one from 0 to 1000"},
    {CRITERION "per: pair}\n  - {id: a, ask: c, per: pair}\n",
     "r.yaml:4:10: criteria[2].id: \"a\" is the id of an earlier criterion; give each its own"},
    {"rubric: r\nrationale: true\n",
     "r.yaml:2:12: rationale: \"true\" is not a map; write lines of \"key: value\", or {} for none"},
    {"rubric: r\nrationale: {min_characters: -1}\n",
     "r.yaml:2:29: rationale.min_characters: -1 is out of range; write a whole number from 0 to 10000"},
    {"rubric: r\nrationale: {tags: [a, b, c, d, e, f, g, h, i, j]}\n",
     "r.yaml:2:19: rationale.tags: a list of 10; at most 9 can stand here"},
    {"rubric: r\nflags: [a, b, c, d, e, f, g, h, i, j]\n", "r.yaml:2:8: flags: a list of 10; at most 9 can stand here"},
    {"rubric: r\nflags: [a, [b]]\n",
     "r.yaml:2:12: flags[2]: a list is not text; write a word, or text in double quotes"},
    {"rubric: r\ncriteria: [{id: a, ask: b, per: pair, weight: 0.1234567890123456}]\n",
     "r.yaml:2:47: criteria[1].weight: \"0.1234567890123456\" has more digits than are read; write at most 15"},
    {"rubric: r\nflags: [~]\n", "r.yaml:2:9: flags[1]: nothing stands here; write a text, or leave the line out"},
    {"rubric: r\n---\nrubric: s\n", "r.yaml:3:1: a second document; this file holds exactly one"},
    {"", "r.yaml:1:1: the file holds nothing but space and comments"},
};

static void test_bad(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct rubric rubric;
        struct error error = ERROR_INIT;
        int status = rubric_read(slice_of(bad[i].text), "r.yaml", &rubric, &error);
        assert_string_equal(error.text, bad[i].error);
        assert_int_equal(status, STATUS_INPUT);
        assert_null(rubric.pool.blocks);
    }
}

int main(void) {
    setlocale(LC_CTYPE, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole),   cmocka_unit_test(test_smallest), cmocka_unit_test(test_ends_of_ranges),
        cmocka_unit_test(test_numbers), cmocka_unit_test(test_bad),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
