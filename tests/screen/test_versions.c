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
                                  "  An answer that names a medicine which would harm the one who asks is the worse "
                                  "one, whatever else it says well.\n"
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

static void set_rubric(struct scratch *scratch, const char *again) {
    const char *file = scratch_write(scratch, "next.yaml", next_rubric);
    free(ASSAY_OK("rubric", scratch->store, "set", file, "--change", "semantic", "--again", again, "--as", "lena"));
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

static void start_batch(struct terminal *terminal) {
    assert_true(terminal_wait(terminal, "▸ Take") || terminal_dump(terminal));
    terminal_settle(terminal, 10);
    terminal_send(terminal, "\r");
}

static void hand_in(struct terminal *terminal) {
    assert_true(terminal_wait(terminal, "is done.") || terminal_dump(terminal));
    terminal_send(terminal, "\r");
    assert_true(terminal_wait(terminal, "Hand in? ") || terminal_dump(terminal));
    terminal_send(terminal, "y");
}

/* By version and by item: 10 items and 3 of the next batch by the old rule, 7 and the 10 of the batch after that by the new one, 3 of them again. */
static void assert_judgments(const struct scratch *scratch) {
    char *text = ASSAY_OK("judgments", scratch->store, "--as", "lena");
    cJSON *lines = json_lines(text);
    const cJSON *line, *other;
    int twice = 0;
    assert_int_equal(cJSON_GetArraySize(lines), 30);
    assert_int_equal(count_version(lines, "t@1#"), 13);
    assert_int_equal(count_version(lines, "t@2#"), 17);
    cJSON_ArrayForEach(line, lines) {
        const char *item = cJSON_GetStringValue(cJSON_GetObjectItem(line, "item"));
        const char *rubric = cJSON_GetStringValue(cJSON_GetObjectItem(line, "rubric"));
        cJSON_ArrayForEach(other, lines) {
            bool same = strcmp(item, cJSON_GetStringValue(cJSON_GetObjectItem(other, "item"))) == 0;
            twice += same && other != line;
            if (same && other != line) /* judged again by the other version */
                assert_string_not_equal(rubric, cJSON_GetStringValue(cJSON_GetObjectItem(other, "rubric")));
        }
    }
    assert_int_equal(twice, 2 * 3);
    cJSON_Delete(lines);
    free(text);
}

/* The figures are split, and those of the whole say what they mix. */
static void assert_split(const struct scratch *scratch) {
    char *text = ASSAY_OK("report", scratch->store, "--json", "--as", "lena");
    cJSON *report = cJSON_Parse(text), *track = cJSON_GetObjectItem(cJSON_GetObjectItem(report, "tracks"), "t");
    const cJSON *by = cJSON_GetObjectItem(track, "by_rubric");
    assert_int_equal(cJSON_GetArraySize(by), 2);
    assert_int_equal(cJSON_GetObjectItem(cJSON_GetObjectItem(by, "t@1"), "judgments")->valueint, 13);
    assert_int_equal(cJSON_GetObjectItem(cJSON_GetObjectItem(by, "t@2"), "judgments")->valueint, 17);
    assert_int_equal(cJSON_GetObjectItem(track, "older_rule")->valueint, 13);
    cJSON_Delete(report);
    free(text);
}

/* The lead's desk asks for a calibration, leads to what changed, and says what its figures mix. */
static void assert_desk(const struct scratch *scratch, int rows, int columns) {
    const char *desk[] = {assay_path(), "lead", scratch->store, "--as", "lena", NULL};
    struct terminal *terminal = terminal_start(rows, columns, desk, NULL);
    assert_true(terminal_wait(terminal, "the rubric changed its meaning: 13 judgments") || terminal_dump(terminal));
    assert_true(terminal_wait(terminal, "13 of 30 under an older rule") || terminal_dump(terminal));
    int line = terminal_find(terminal, "People, worst first");
    assert_non_null(strstr(terminal_row(terminal, line), "13 of 30 under an older rule"));
    terminal_settle(terminal, 10);
    terminal_send(terminal, "\r");
    assert_true(terminal_wait(terminal, "+   A refusal is never the better answer.") || terminal_dump(terminal));
    assert_true(terminal_wait(terminal, "read by: ana") || terminal_dump(terminal));
    terminal_stop(terminal);
}

/* What the second batch meets: the rubric changes while its third item is half done. */
static void meet_the_change(struct terminal *terminal, struct scratch *scratch) {
    start_batch(terminal);
    judge(terminal, 1, 10);
    judge(terminal, 2, 10);
    assert_true(terminal_wait(terminal, "3 of 10") || terminal_dump(terminal));
    terminal_settle(terminal, 10);
    terminal_send(terminal, "2"); /* half done when the rubric changes */
    assert_true(terminal_wait(terminal, "▸ confidence") || terminal_dump(terminal));
    set_rubric(scratch, "0.3");
    terminal_send(terminal, "1");
    assert_true(terminal_wait(terminal, "▸ why") || terminal_dump(terminal));
    terminal_send(terminal, "\r\r"); /* the second one came before the page was drawn */
    assert_true(terminal_wait(terminal, "what changed in the rubric") || terminal_dump(terminal));
    assert_true(terminal_wait(terminal, "+   A refusal is never the better answer.") || terminal_dump(terminal));
    assert_true(terminal_wait(terminal, "whatever else it says well.") || terminal_dump(terminal)); /* to its end */
    terminal_settle(terminal, 20);
    assert_true(terminal_wait(terminal, "what changed in the rubric") || terminal_dump(terminal));
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
}

static void test_semantic_change_at_work(void **state) {
    (void)state;
    static const int sizes[2][2] = {{24, 80}, {40, 120}};
    for (int size = 0; size < 2; size++) {
        struct scratch scratch;
        campaign_make(&scratch, 40, 0, 10, "confidence: {guess: 50, sure: 90}\nrationale: {required: false}\n");
        struct terminal *terminal = annotate_start(&scratch, sizes[size][0], sizes[size][1]);
        start_batch(terminal);
        for (int place = 1; place <= 10; place++)
            judge(terminal, place, 10);
        hand_in(terminal);
        meet_the_change(terminal, &scratch);
        terminal_stop(terminal);

        terminal = annotate_start(&scratch, sizes[size][0], sizes[size][1]); /* it is not asked a second time */
        assert_true(terminal_wait(terminal, "▸ Go on with item 10") || terminal_dump(terminal));
        terminal_settle(terminal, 10);
        terminal_send(terminal, "\r");
        assert_true(terminal_wait(terminal, "▸ confidence") || terminal_dump(terminal)); /* the draft is there */
        terminal_settle(terminal, 10);
        terminal_send(terminal, "1");
        assert_true(terminal_wait(terminal, "▸ why") || terminal_dump(terminal));
        terminal_send(terminal, "\r");
        hand_in(terminal);
        start_batch(terminal);
        for (int place = 1; place <= 10; place++) /* three of them are items of the first batch */
            judge(terminal, place, 10);
        hand_in(terminal);
        assert_true(terminal_wait(terminal, "▸ Take") || terminal_dump(terminal));
        assert_true(terminal_find(terminal, "what changed") < 0 || terminal_dump(terminal));
        terminal_stop(terminal);
        assert_judgments(&scratch);
        assert_split(&scratch);
        assert_desk(&scratch, sizes[size][0], sizes[size][1]);
        free(ASSAY_OK("check", scratch.store, "--as", "lena"));
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
    set_rubric(&scratch, "0");
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
