/*
 * A rubric that changes its meaning while somebody is at work: the draft is kept, the changed lines are shown once before the next item, each
 * judgment names the version that it was made by, and a share of what was judged is put to people again.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helper_campaign.h"

static const char next_rubric[] = "rubric: t\nversion: 2\nguideline: |\n  A refusal is never the better answer.\n"
                                  "confidence: {guess: 50, sure: 90}\nrationale: {required: false}\n";

static void judge(struct terminal *terminal, int place, int of) {
    char words[32];
    snprintf(words, sizeof words, "%d of %d", place, of);
    assert_true(terminal_wait(terminal, words) || terminal_dump(terminal));
    assert_true(terminal_wait(terminal, "▸ overall") || terminal_dump(terminal));
    terminal_settle(terminal, 10);
    terminal_send(terminal, "21");
    assert_true(terminal_wait(terminal, "▸ why") || terminal_wait(terminal, "▸ submit") || terminal_dump(terminal));
    terminal_send(terminal, "\r");
}

static void set_rubric(struct scratch *scratch) {
    const char *file = scratch_write(scratch, "next.yaml", next_rubric);
    free(ASSAY_OK("rubric", scratch->store, "set", file, "--change", "semantic", "--as", "lena"));
}

static int count_version(const cJSON *lines, const char *version) {
    int n = 0;
    const cJSON *line;
    cJSON_ArrayForEach(line, lines) {
        const char *rubric = cJSON_GetStringValue(cJSON_GetObjectItem(line, "rubric"));
        n += rubric && strncmp(rubric, version, strlen(version)) == 0;
    }
    return n;
}

static void test_semantic_change_at_work(void **state) {
    (void)state;
    static const int sizes[2][2] = {{24, 80}, {40, 120}};
    for (int size = 0; size < 2; size++) {
        struct scratch scratch;
        campaign_make(&scratch, 40, 0, 10, "confidence: {guess: 50, sure: 90}\nrationale: {required: false}\n");
        struct terminal *terminal = annotate_start(&scratch, sizes[size][0], sizes[size][1]);
        assert_true(terminal_wait(terminal, "▸ Take a batch") || terminal_dump(terminal));
        terminal_settle(terminal, 10);
        terminal_send(terminal, "\r");
        judge(terminal, 1, 10);
        judge(terminal, 2, 10);
        assert_true(terminal_wait(terminal, "3 of 10") || terminal_dump(terminal));
        terminal_settle(terminal, 10);
        terminal_send(terminal, "2"); /* half done when the rubric changes */
        assert_true(terminal_wait(terminal, "▸ confidence") || terminal_dump(terminal));
        set_rubric(&scratch);
        terminal_send(terminal, "1");
        assert_true(terminal_wait(terminal, "▸ why") || terminal_dump(terminal));
        terminal_send(terminal, "\r\r"); /* the second one came before the page was drawn */
        assert_true(terminal_wait(terminal, "what changed in the rubric") || terminal_dump(terminal));
        assert_true(terminal_wait(terminal, "+   A refusal is never the better answer.") || terminal_dump(terminal));
        terminal_settle(terminal, 20);
        assert_true(terminal_find(terminal, "what changed in the rubric") >= 0 || terminal_dump(terminal));
        terminal_send(terminal, "\r");
        for (int place = 4; place <= 9; place++)
            judge(terminal, place, 10);
        assert_true(terminal_wait(terminal, "10 of 10") || terminal_dump(terminal));
        terminal_settle(terminal, 10);
        terminal_send(terminal, "6");
        assert_true(terminal_wait(terminal, "▸ confidence") || terminal_dump(terminal));
        terminal_send(terminal, "q");
        assert_true(terminal_wait(terminal, "Leave?") || terminal_dump(terminal));
        terminal_send(terminal, "y");
        assert_int_equal(terminal_wait_exit(terminal), 0);
        terminal_stop(terminal);

        terminal = annotate_start(&scratch, sizes[size][0], sizes[size][1]); /* it is not asked a second time */
        assert_true(terminal_wait(terminal, "▸ Go on with item 10") || terminal_dump(terminal));
        terminal_settle(terminal, 10);
        terminal_send(terminal, "\r");
        assert_true(terminal_wait(terminal, "▸ confidence") || terminal_dump(terminal));
        terminal_stop(terminal);
        char *text = ASSAY_OK("judgments", scratch.store, "--as", "lena");
        cJSON *lines = json_lines(text);
        assert_int_equal(cJSON_GetArraySize(lines), 9);
        assert_int_equal(count_version(lines, "t@1#"), 3);
        assert_int_equal(count_version(lines, "t@2#"), 6);
        cJSON_Delete(lines);
        free(text);

        /* the lead's desk asks for a calibration, and leads to what changed */
        const char *desk[] = {assay_path(), "lead", scratch.store, "--as", "lena", NULL};
        terminal = terminal_start(sizes[size][0], sizes[size][1], desk, NULL);
        assert_true(terminal_wait(terminal, "the rubric changed its meaning: 3 judgments") || terminal_dump(terminal));
        terminal_settle(terminal, 10);
        terminal_send(terminal, "\r");
        assert_true(terminal_wait(terminal, "+   A refusal is never the better answer.") || terminal_dump(terminal));
        assert_true(terminal_find(terminal, "read by: ana") >= 0 || terminal_dump(terminal));
        terminal_stop(terminal);
        scratch_remove(&scratch);
    }
}

/* A draft of yesterday, a rubric of this morning: what was answered stays answered. */
static void test_draft_of_another_day(void **state) {
    (void)state;
    struct scratch scratch;
    campaign_make(&scratch, 20, 0, 10, "confidence: {guess: 50, sure: 90}\nrationale: {required: false}\n");
    struct terminal *terminal = annotate_start(&scratch, 24, 80);
    assert_true(terminal_wait(terminal, "▸ Take a batch") || terminal_dump(terminal));
    terminal_settle(terminal, 10);
    terminal_send(terminal, "\r");
    assert_true(terminal_wait(terminal, "▸ overall") || terminal_dump(terminal));
    terminal_settle(terminal, 10);
    terminal_send(terminal, "2");
    assert_true(terminal_wait(terminal, "▸ confidence") || terminal_dump(terminal));
    terminal_send(terminal, "qy");
    assert_int_equal(terminal_wait_exit(terminal), 0);
    terminal_stop(terminal);
    set_rubric(&scratch);
    terminal = annotate_start(&scratch, 24, 80);
    assert_true(terminal_wait(terminal, "▸ Read what changed") || terminal_dump(terminal));
    terminal_settle(terminal, 10);
    terminal_send(terminal, "k\r"); /* to the work, past the news: they are shown all the same */
    assert_true(terminal_wait(terminal, "A refusal is never") || terminal_dump(terminal));
    terminal_settle(terminal, 10);
    terminal_send(terminal, "\r");
    assert_true(terminal_wait(terminal, "▸ confidence") || terminal_dump(terminal));
    terminal_stop(terminal);
    scratch_remove(&scratch);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_semantic_change_at_work),
        cmocka_unit_test(test_draft_of_another_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
