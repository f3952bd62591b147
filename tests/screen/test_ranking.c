/*
 * Rankings on a screen: what was typed is what the judgments say, a kill loses no key, keys typed ahead order nothing, 26 responses can all be
 * reached at 80×24. And how many keys a full judgment of a pair takes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helper_campaign.h"

static void expect_row(struct terminal *terminal, const char *text) {
    assert_true(terminal_wait(terminal, text) || terminal_dump(terminal));
}

/* The stored letter of the response on screen position `place` (0 = A). */
static char shown_at(const cJSON *line, int place) {
    return cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(line, "order"), place)->valuestring[0];
}

/* ranking as "b>a=c" in the letters of the screen. */
static void order_of(const cJSON *line, char out[64]) {
    const cJSON *group, *one;
    size_t length = 0;
    cJSON_ArrayForEach(group, cJSON_GetObjectItemCaseSensitive(line, "ranking")) {
        const char *sign = length ? ">" : "";
        cJSON_ArrayForEach(one, group) {
            int place = 0;
            while (shown_at(line, place) != one->valuestring[0])
                place++;
            length += (size_t)snprintf(out + length, 64 - length, "%s%c", sign, 'A' + place);
            sign = "=";
        }
    }
}

/* At the desk the order that was given first stands in full, with how clear its first place is. */
static void read_first(const char *store, int rows, int columns) {
    const char *const argv[] = {assay_path(), "lead", store, "--as", "lena", NULL};
    struct terminal *terminal = terminal_start(rows, columns, argv, NULL);
    expect_row(terminal, "People, worst first");
    terminal_send(terminal, "i");
    expect_row(terminal, "Most disagreed first");
    terminal_send(terminal, "\t\t");
    expect_row(terminal, "Done, newest first, 4");
    terminal_send(terminal, "\x1b[F\r");
    expect_row(terminal, "1 judgment from batches handed in");
    expect_row(terminal, ", much better");
    terminal_stop(terminal);
}

static void rank_batch(int rows, int columns) {
    static const struct {
        const char *keys, *seen, *order;
        int strength;
    } items[] = {
        {"213", "B > A > C", "B>A>C", 3}, /* then how clear first place is: 3 */
        {"C=A2", "C = A > B", "A=C>B", 0},
        {"1C=2", "A > C = B", "A>B=C", 2},
        {"32<<B=13", "B = A > C", "A=B>C", 0},
    };
    struct scratch scratch;
    ranking_make(&scratch, 4, 3, "");
    struct terminal *terminal = annotate_start(&scratch, rows, columns);
    expect_row(terminal, "Take a batch");
    terminal_send(terminal, "\r");
    for (int i = 0; i < 4; i++) {
        char place[32];
        snprintf(place, sizeof place, "%d of 4", i + 1);
        expect_row(terminal, place);
        expect_row(terminal, "best first: A B C");
        for (const char *key = items[i].keys; *key; key++) {
            terminal_send(terminal, *key == '<' ? "\x7f" : (const char[]){*key, '\0'});
            terminal_settle(terminal, 5);
        }
        if (items[i].strength) {
            expect_row(terminal, "▸ first place");
            terminal_send(terminal, (const char[]){(char)('0' + items[i].strength), '\0'});
        }
        expect_row(terminal, "▸ submit");
        terminal_send(terminal, "v"); /* the row itself says it in both layouts */
        expect_row(terminal, items[i].seen);
        terminal_send(terminal, "\r");
    }
    expect_row(terminal, "Hand in batch 1");
    terminal_send(terminal, "\r");
    expect_row(terminal, "become final");
    terminal_send(terminal, "\r");
    expect_row(terminal, "Handed in");
    terminal_stop(terminal);
    char *text = ASSAY_OK("judgments", scratch.store, "--as", "lena");
    cJSON *lines = json_lines(text), *line;
    int n = 0;
    assert_int_equal(cJSON_GetArraySize(lines), 4);
    cJSON_ArrayForEach(line, lines) {
        char order[64] = "";
        order_of(line, order);
        bool shared = items[n].strength == 0;
        const char *prefer = cJSON_GetObjectItemCaseSensitive(line, "prefer")->valuestring;
        assert_int_equal(strlen(order), strlen(items[n].order));
        assert_int_equal(strcspn(order, ">"), strcspn(items[n].order, ">"));
        if (shared)
            assert_string_equal(prefer, "tie");
        else
            assert_int_equal(prefer[0], shown_at(line, items[n].order[0] - 'A'));
        n++;
    }
    cJSON_Delete(lines);
    free(text);
    read_first(scratch.store, rows, columns);
    scratch_remove(&scratch);
}

static void test_wide(void **state) {
    (void)state;
    rank_batch(40, 120);
}

static void test_narrow(void **state) {
    (void)state;
    rank_batch(24, 80);
}

/* Killed in the middle of an order, with a tie that waits: all of it is there again. Keys typed ahead of an item are not its answer. */
static void test_every_key_is_kept(void **state) {
    (void)state;
    struct scratch scratch;
    ranking_make(&scratch, 3, 4, "");
    struct terminal *terminal = annotate_start(&scratch, 24, 80);
    expect_row(terminal, "Take a batch");
    terminal_send(terminal, "\r");
    expect_row(terminal, "best first: A B C D");
    expect_row(terminal, "A digit or capital is the next best");
    terminal_send(terminal, "\r");
    expect_row(terminal, "'ranking' has 0 of 4 responses: put the best one first");
    terminal_send(terminal, "DB=");
    expect_row(terminal, "D > B =   then: A C");
    terminal_signal(terminal, SIGKILL);
    terminal_wait_exit(terminal);
    terminal_stop(terminal);
    terminal = annotate_start(&scratch, 24, 80);
    expect_row(terminal, "batch 1");
    terminal_send(terminal, "\r");
    expect_row(terminal, "D > B =   then: A C");
    terminal_send(terminal, "AC");
    expect_row(terminal, "▸ first place");
    terminal_send(terminal, "1");
    expect_row(terminal, "▸ submit");
    terminal_send(terminal, "\r312"); /* the order is for an item that nobody has seen */
    expect_row(terminal, "2 of 3");
    expect_row(terminal, "best first: A B C D");
    terminal_stop(terminal);
    scratch_remove(&scratch);
}

static void test_twenty_six(void **state) {
    (void)state;
    struct scratch scratch;
    ranking_make(&scratch, 1, 26, "");
    struct terminal *terminal = annotate_start(&scratch, 24, 80);
    expect_row(terminal, "Take a batch");
    terminal_send(terminal, "\r");
    expect_row(terminal, "[A]B C D");
    expect_row(terminal, "best first: ABCD"); /* no room for gaps beside none */
    expect_row(terminal, "A–Z choose");
    terminal_send(terminal, "\x1b[D\x1b[D"); /* the prompt, and round to the last */
    expect_row(terminal, "Y[Z]");
    terminal_send(terminal, "+");
    expect_row(terminal, "▸ ranking Z   then: A B C");
    terminal_send(terminal, "Z");
    expect_row(terminal, "Z has its place already");
    for (char letter = 'A'; letter < 'Z'; letter++) {
        terminal_send(terminal, (const char[]){letter, '\0'});
        terminal_settle(terminal, 2);
    }
    expect_row(terminal, "▸ first place");
    terminal_send(terminal, "v");
    expect_row(terminal, "325 pairs");
    terminal_send(terminal, "\t3");
    expect_row(terminal, "▸ submit");
    terminal_send(terminal, "\r");
    expect_row(terminal, "Hand in batch 1");
    terminal_stop(terminal);
    char *rows = ASSAY_OK("export", scratch.store, "-o", "-", "--open", "--pairs", "best", "--as", "lena");
    cJSON *lines = json_lines(rows);
    assert_int_equal(cJSON_GetArraySize(lines), 25);
    cJSON_Delete(lines);
    free(rows);
    scratch_remove(&scratch);
}

/* The keys of one whole judgment, Enter among them, lead to the next item. */
static void judge_with(const char *rubric_more, const char *keys, size_t most) {
    struct scratch scratch;
    campaign_make(&scratch, 4, 0, 4, rubric_more);
    struct terminal *terminal = annotate_start(&scratch, 40, 120);
    expect_row(terminal, "Take a batch");
    terminal_send(terminal, "\r");
    expect_row(terminal, "1 of 4");
    expect_row(terminal, "▸ c1");
    assert_true(strlen(keys) <= most);
    for (const char *key = keys; *key; key++) {
        terminal_send(terminal, (const char[]){*key, '\0'});
        terminal_settle(terminal, 5);
    }
    expect_row(terminal, "2 of 4");
    terminal_stop(terminal);
    char *text = ASSAY_OK("judgments", scratch.store, "--as", "lena");
    cJSON *lines = json_lines(text), *line = cJSON_GetArrayItem(lines, 0);
    assert_int_equal(cJSON_GetArraySize(lines), 1);
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(line, "ratings")), 3);
    assert_int_equal(cJSON_GetObjectItemCaseSensitive(line, "confidence")->valueint, 80);
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItemCaseSensitive(line, "tags")), 1);
    assert_true(cJSON_IsString(cJSON_GetObjectItemCaseSensitive(line, "prefer")));
    cJSON_Delete(lines);
    free(text);
    scratch_remove(&scratch);
}

#define REST "confidence: {guess: 40, fairly sure: 80}\nrationale: {required: false, tags: [off-topic, style]}\n"

static void test_eight_keys(void **state) {
    (void)state;
    judge_with("criteria:\n  - {id: c1, ask: Q?, per: pair}\n  - {id: c2, ask: Q?, per: pair}\n  - {id: c3, ask: Q?, "
               "per: pair}\n" REST,
               "132221\r", 8);
}

static void test_eleven_keys(void **state) {
    (void)state;
    judge_with("criteria:\n  - {id: c1, ask: Q?, per: response, scale: [1, 5]}\n  - {id: c2, ask: Q?, per: response, "
               "scale: [1, 5]}\n"
               "  - {id: c3, ask: Q?, per: response, scale: [1, 5]}\n" REST,
               "514233221\r", 11);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wide),       cmocka_unit_test(test_narrow),     cmocka_unit_test(test_every_key_is_kept),
        cmocka_unit_test(test_twenty_six), cmocka_unit_test(test_eight_keys), cmocka_unit_test(test_eleven_keys),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
