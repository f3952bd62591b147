/* The screens of training and qualification, under a content note, in light, dark and monochrome at three sizes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "helper_walk.h"

static const struct step steps[] = {
    {"", {"violence · texts are covered", "Begin the training: 1 item", "First come 1 item of training"}, "choose"},
    {"\r", {"training · 1 of 1", "content note: violence", "nobody asks why"}, "show the texts"},
    {"4", {"content note: violence"}, "the texts are covered: Space shows them"},
    {" ", {"-first", "▸ overall"}, "submit"},
    {"2", {"▸ submit"}, "submit"},
    {"\r", {"You: A better", "Reference: tie", "not the reference", "Both say the same."}, "next item"},
    {"i", {"about this item", "Both say the same."}, "back"},
    {"\033", {"You: A better"}, "next item"},
    {"\r", {"training: 0 of 1 as the reference", "the reference"}, "go on"},
    {"\r", {"Begin the qualification: 2 items", "attempt 1 of 2"}, "choose"},
    {"\r", {"qualification · 1 of 2", "content note: violence"}, "show the texts"},
    {" ", {"▸ overall"}, "submit"},
    {"4", {"▸ submit"}, "submit"},
    {"\r", {"qualification · 2 of 2", "content note: violence"}, "show the texts"},
    {"e", {"earlier in this batch", "tie", "covered"}, "back"},
    {"\033", {"content note: violence"}, "show the texts"},
    {"s", {"The qualification is done.", "1 set aside", "covered"}, "choose"},
    {"\r", {"become final"}, "yes"},
    {"y", {"Passed: you may start.", "1 of 2 as the reference", "▲ 1 wanted", "Go on to the first batch"}, "choose"},
    {"\r", {"▸ Take a batch"}, "choose"},
    {"j\r", {"guideline and rulings"}, "back"},
};

static void make(struct scratch *scratch) {
    static const struct {
        const char *use;
        int count;
    } pools[] = {{"training", 1}, {"qualification", 2}, {NULL, 4}};
    char path[160];
    scratch_make(scratch);
    scratch_write(scratch, "t.yaml", "rubric: t\n");
    snprintf(
        path, sizeof path, "%s",
        scratch_write(scratch, "campaign.yaml",
                      "campaign: screen test\ntracks:\n  t: {rubric: t.yaml, batch: 4, gold: {rate: 0}, content_note: "
                      "violence, qualification: {items: 2, pass: 1, attempts: 2, training: 1}}\n"));
    free(ASSAY_OK("init", scratch->store, "--campaign", path));
    snprintf(path, sizeof path, "%s", scratch_write(scratch, "items.jsonl", ""));
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    for (size_t pool = 0; pool < sizeof pools / sizeof *pools; pool++)
        for (int i = 0; i < pools[pool].count; i++) {
            fprintf(out, "{\"prompt\": \"Question %zu-%d?\", \"responses\": [\"%zu%d-first\", \"%zu%d-second\"]", pool,
                    i, pool, i, pool, i);
            if (pools[pool].use)
                fprintf(out,
                        ", \"gold\": {\"prefer\": \"tie\", \"use\": \"%s\", \"explanation\": \"Both say the same.\"}",
                        pools[pool].use);
            fputs("}\n", out);
        }
    assert_int_equal(fclose(out), 0);
    free(ASSAY_OK("import", scratch->store, path));
    free(ASSAY_OK("people", scratch->store, "add", "lena", "--role", "lead"));
    free(ASSAY_OK("people", scratch->store, "add", "ana", "--role", "annotator", "--as", "lena"));
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
