/*
 * A whole batch through the terminal: what was preferred on the screen is what the judgments say and what the export chose, and the order
 * shown is on record.
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

enum { BATCH = 60 };

/* What was seen and answered at one place of the batch. */
struct seen {
    char item[16];   /* "q7" or "g3" */
    bool first_left; /* the stored a stood on the left */
    int digit;       /* 1–7, 0 */
};

/* The word that ends in `tail` on the row; "" if there is none. */
static void read_word(const char *row, const char *tail, char word[16]) {
    const char *end = strstr(row, tail), *start = end;
    while (start && start > row && start[-1] != ' ' && (unsigned char)start[-1] < 0x80)
        start--;
    snprintf(word, 16, "%.*s", end ? (int)(end - start) : 0, end ? start : "");
}

/* Which item is on the screen and on which side its `a` stands; false while the screen is between two items. */
static bool read_item(struct terminal *terminal, struct seen *seen) {
    int row = terminal_find(terminal, "-first");
    char second[16];
    if (row < 0 || terminal_find(terminal, "▸ overall") < 0)
        return false;
    const char *text = terminal_row(terminal, row);
    read_word(text, "-first", seen->item);
    read_word(text, "-second", second);
    seen->first_left = strstr(text, "-second") && strstr(text, "-first") < strstr(text, "-second");
    return seen->item[0] && strcmp(seen->item, second) == 0;
}

/* Waits for the item at a place of the batch. */
static struct seen next_item(struct terminal *terminal, int place, const char *before) {
    struct seen seen = {.item = ""};
    char words[32];
    snprintf(words, sizeof words, "%d of %d", place, BATCH);
    assert_true(terminal_wait(terminal, words) || terminal_dump(terminal));
    for (int tries = 0; tries < 1000; tries++, terminal_settle(terminal, 5))
        if (read_item(terminal, &seen) && strcmp(seen.item, before) != 0)
            return seen;
    terminal_dump(terminal);
    fail_msg("item %d is not on the screen", place);
    return seen;
}

static void judge_batch(struct terminal *terminal, struct seen seen[BATCH]) {
    static const char digits[] = "1234567012567";
    assert_true(terminal_wait(terminal, "Take a batch") || terminal_dump(terminal));
    terminal_send(terminal, "\r");
    for (int i = 0; i < BATCH; i++) {
        seen[i] = next_item(terminal, i + 1, i ? seen[i - 1].item : "");
        for (int k = 0; k < i; k++)
            assert_string_not_equal(seen[k].item, seen[i].item);
        bool gold = seen[i].item[0] == 'g'; /* answered as the reference, or the detector would hold the batch */
        char keys[2] = {gold ? (seen[i].first_left ? '2' : '6') : digits[i % 13], '\0'};
        seen[i].digit = keys[0] - '0';
        terminal_send(terminal, keys);
        assert_true(terminal_wait(terminal, "▸ submit") || terminal_dump(terminal));
        terminal_send(terminal, "\r");
    }
    assert_true(terminal_wait(terminal, "Hand in batch 1") || terminal_dump(terminal));
}

/* The stored response that a digit meant, or "tie" or "none". */
static const char *meant(const struct seen *seen) {
    if (seen->digit == 4 || seen->digit == 0)
        return seen->digit == 4 ? "tie" : "none";
    return (seen->digit < 4) == seen->first_left ? "a" : "b";
}

static const struct seen *find_seen(const struct seen seen[BATCH], const char *item) {
    char name[16];
    snprintf(name, sizeof name, "%c%s", item[0], item + 2);
    for (int i = 0; i < BATCH; i++)
        if (strcmp(seen[i].item, name) == 0)
            return &seen[i];
    fail_msg("%s was never on the screen", item);
    return NULL;
}

static const char *text_of(const cJSON *object, const char *key) {
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsString(value) ? value->valuestring : "";
}

static void check_judgments(const struct scratch *scratch, const struct seen seen[BATCH]) {
    char *text = ASSAY_OK("judgments", scratch->store, "--as", "lena");
    cJSON *lines = json_lines(text), *line;
    int gold = 0;
    assert_int_equal(cJSON_GetArraySize(lines), BATCH);
    cJSON_ArrayForEach(line, lines) {
        const struct seen *was = find_seen(seen, text_of(line, "item"));
        const cJSON *order = cJSON_GetObjectItemCaseSensitive(line, "order");
        assert_string_equal(text_of(line, "prefer"), meant(was));
        assert_string_equal(cJSON_GetArrayItem(order, 0)->valuestring, was->first_left ? "a" : "b");
        if (was->digit != 4 && was->digit != 0)
            assert_int_equal(cJSON_GetObjectItemCaseSensitive(line, "strength")->valueint, abs(was->digit - 4));
        gold += strcmp(text_of(line, "kind"), "gold") == 0;
        assert_int_equal(strcmp(text_of(line, "kind"), "gold") == 0, text_of(line, "item")[0] == 'g');
    }
    assert_int_equal(gold, 6);
    cJSON_Delete(lines);
    free(text);
}

static void check_export(const struct scratch *scratch, const struct seen seen[BATCH]) {
    char *text = ASSAY_OK("export", scratch->store, "-o", "-", "--as", "lena");
    cJSON *lines = json_lines(text), *line;
    int expected = 0;
    for (int i = 0; i < BATCH; i++)
        expected += seen[i].item[0] == 'q' && seen[i].digit != 4 && seen[i].digit != 0;
    assert_int_equal(cJSON_GetArraySize(lines), expected);
    cJSON_ArrayForEach(line, lines) {
        const cJSON *chosen = cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(line, "chosen"), 0);
        const char *content = text_of(chosen, "content");
        char item[16], preferred[32];
        snprintf(item, sizeof item, "q-%d", atoi(content + 1));
        const struct seen *was = find_seen(seen, item);
        snprintf(preferred, sizeof preferred, "%s-%s", was->item, strcmp(meant(was), "a") == 0 ? "first" : "second");
        assert_string_equal(content, preferred);
        assert_string_equal(text_of(chosen, "role"), "assistant");
    }
    cJSON_Delete(lines);
    free(text);
}

static void whole_batch(int rows, int columns) {
    struct scratch scratch;
    struct seen seen[BATCH];
    campaign_make(&scratch, 80, 20, BATCH, "");
    struct terminal *terminal = annotate_start(&scratch, rows, columns);
    judge_batch(terminal, seen);

    char *before = ASSAY_OK("export", scratch.store, "-o", "-", "--as", "lena");
    assert_string_equal(before, ""); /* nothing is exported before the hand-in */
    free(before);

    terminal_send(terminal, "\r");
    assert_true(terminal_wait(terminal, "become final") || terminal_dump(terminal));
    terminal_send(terminal, "\r");
    assert_true(terminal_wait(terminal, "Handed in") || terminal_dump(terminal));
    terminal_send(terminal, "\x1b");
    check_judgments(&scratch, seen);
    check_export(&scratch, seen);
    free(ASSAY_OK("check", scratch.store, "--as", "lena"));
    terminal_stop(terminal);
    scratch_remove(&scratch);
}

static void test_wide(void **state) {
    (void)state;
    whole_batch(40, 120);
}

static void test_narrow(void **state) {
    (void)state;
    whole_batch(24, 80);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_wide), cmocka_unit_test(test_narrow)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
