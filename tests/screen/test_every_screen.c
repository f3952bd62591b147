/* Every screen of the annotator in light, dark and monochrome at three sizes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "helper_walk.h"

static const char rubric[] =
    "guideline: |\n  # How to judge\n\n  Prefer what is **right**. A `list` of points:\n\n  - facts first\n  - then "
    "tone\n"
    "confidence: {guess: 40, unsure: 60, certain: 95}\n"
    "criteria:\n"
    "  - {id: accuracy, ask: Are the facts right?, per: response, scale: [1, 5], labels: {1: wrong, 5: correct}}\n"
    "  - {id: tone, ask: Which has the better tone?, per: pair}\n"
    "rationale: {required: false, min_characters: 12, tags: [factual-error, off-topic, style]}\n"
    "flags: [unsafe, personal-data]\n";

static const struct step steps[] = {
    {"", {"screen test › t", "Take a batch", "Guideline and rulings", "How you are doing"}, "choose"},
    {"\r", {"1 of 2", "Question", "▸ accuracy"}, "submit"},
    {"g", {"guideline and rulings", "How to judge", "Rulings", "facts first"}, "back"},
    {"\033", {"▸ accuracy"}, "submit"},
    {"?", {"keys", "any layout", "mark the text before"}, "back"},
    {"\033[F", {"Not recorded"}, "back"},
    {"\033", {"▸ accuracy"}, "submit"},
    {"i", {"about this item", "reference", "1 of 2 in batch 1"}, "back"},
    {"\033", {"▸ accuracy"}, "submit"},
    {"s", {"Set this item aside: why?", "▸ 1"}, "digits ⏎ choose"},
    {"\033", {"▸ accuracy"}, "submit"},
    {"a", {"A question to the lead about this item"}, "ask"},
    {"\033", {"▸ accuracy"}, "submit"},
    {"e", {"earlier in this batch"}, "back"},
    {"\033", {"▸ accuracy"}, "submit"},
    {"/first\r", {"-first"}, "hit 1 of 1"},
    {"\033", {"▸ accuracy"}, "submit"},
    {"z", {"-first"}, ""},
    {"z", {"▸ accuracy"}, "submit"},
    {"52233", {"▸ tags"}, "submit"},
    {"u", {"the first item"}, ""},
    {"r", {"▸ why"}, "done"},
    {"B is right.", {"B is right.", "11/12"}, "done"},
    {"\033", {"▸ submit"}, "submit"},
    {"\r", {"2 of 2"}, "submit"},
    {"u", {"Reopen item 1"}, "yes"},
    {"n", {"2 of 2"}, "submit"},
    {"q", {"Leave?"}, "yes"},
    {"n", {"2 of 2"}, "submit"},
    {"s5", {"Batch 1 is done", "Hand in batch 1", "1 set aside"}, "choose"},
    {"\r", {"become final"}, "yes"},
    {"y", {"Handed in", "Take the next batch"}, "choose"},
    {"\r", {"Nothing is left for you on this track"}, "back"},
};

static void make(struct scratch *scratch) {
    campaign_make(scratch, 2, 0, 10, rubric);
}

static void test_dark(void **state) {
    (void)state;
    walk_at_every_size("dark", steps, sizeof steps / sizeof *steps, make);
}

static void test_light(void **state) {
    (void)state;
    walk_at_every_size("light", steps, sizeof steps / sizeof *steps, make);
}

static void test_mono(void **state) {
    (void)state;
    walk_at_every_size("mono", steps, sizeof steps / sizeof *steps, make);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_dark), cmocka_unit_test(test_light),
                                       cmocka_unit_test(test_mono)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
