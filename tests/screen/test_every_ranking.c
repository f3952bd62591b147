/* The screens of an item of three responses, in light, dark and monochrome at three sizes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "helper_walk.h"

static const char rubric[] =
    "confidence: {guess: 40, unsure: 60, certain: 95}\n"
    "criteria:\n"
    "  - {id: accuracy, ask: Are the facts right?, per: response, scale: [1, 5], labels: {1: wrong, 5: correct}}\n"
    "  - {id: tone, ask: Which has the better tone?, per: pair}\n"
    "rationale: {required: false, min_characters: 12, tags: [factual-error, off-topic, style]}\n";

/* The rows of a small screen and of a large one say the same. */
static const struct step steps[] = {
    {"", {"screen test › t", "Take a batch"}, "choose"},
    {"\r", {"1 of 2", "-text", "▸ accuracy", "A 1 2 3 4 5"}, "submit"},
    {"514", {"▸ tone", "A B C", "= same"}, "A–Z choose"},
    {"B", {"▸ ranking", "best first: A B C"}, "= ties"},
    {"D", {"▸ ranking"}, "there is no D; the last one is C"},
    {"=", {"▸ ranking"}, "nothing to tie with yet"},
    {"B=", {"B =   then: A C"}, "= ties"},
    {"A", {"B = A   then: C", "B = A"}, "= ties"},
    {"A", {"▸ ranking"}, "A has its place already; ⌫ takes the last one off"},
    {"\177", {"B   then: A C"}, "= ties"},
    {"AC", {"▸ first place", "2 better"}, "submit"},
    {"v", {"▸ ranking", "B > A > C", "B > A, B > C, A > C"}, "= ties"},
    {"?", {"keys", "any layout"}, "back"},
    {"/next ties\r", {"the next ties with the last"}, "end search"},
    {"\033", {"the next ties with the last"}, "back"},
    {"\033", {"▸ ranking"}, "= ties"},
    {"\t3", {"▸ confidence", "certain"}, "submit"},
    {"2", {"▸ tags"}, "submit"},
    {"?", {"keys", "any layout"}, "back"},
    {"/next ties\r", {"the next ties with the last"}, "end search"}, /* on every row */
    {"\033", {"the next ties with the last"}, "back"},
    {"\033", {"▸ tags"}, "submit"},
    {"\r", {"2 of 2", "▸ accuracy"}, "submit"},
    {"d", {"differences"}, "back"},
    {"\033", {"▸ accuracy"}, "submit"},
    {"w", {"▸ accuracy"}, ""},
    {"333", {"▸ tone"}, "A–Z choose"},
    {"\033[C+", {"▸ ranking"}, "= ties"}, /* the text that is marked is the best */
    {"0", {"▸ confidence"}, "submit"},
    {"3e", {"earlier in this batch", "B > A > C, much better", "in hand"}, "choose"},
    {"\033", {"▸ tags"}, "submit"},
    {"\r", {"Batch 1 is done", "2 judged", "B > A > C, much better", "none"}, "choose"},
    {"\r", {"become final"}, "yes"},
    {"y", {"Handed in"}, "choose"},
    {"\r", {"Nothing is left for you on this track"}, "back"},
};

static void make(struct scratch *scratch) {
    ranking_make(scratch, 2, 3, rubric);
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
