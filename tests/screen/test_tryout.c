/*
 * Rehearsing and making gold, in a terminal: the one leaves the store byte for byte as it was, also when it is killed,
 * and shows no gold; the other turns a lead's answers into keys.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "helper_campaign.h"

enum { SHOWN = 6, BENCH_BYTES = 256 };

static char *read_file(const char *path, size_t *length) {
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    *length = (size_t)ftell(file);
    rewind(file);
    char *text = malloc(*length + 1);
    assert_int_equal(fread(text, 1, *length, file), *length);
    fclose(file);
    return text;
}

/* The folder in /tmp that the program keeps its rehearsal in: it holds a file of it open that has no name any more. */
static void bench_folder(const struct terminal *terminal, char folder[static BENCH_BYTES]) {
    char open_files[32];
    snprintf(open_files, sizeof open_files, "/proc/%d/fd", (int)terminal_process(terminal));
    DIR *all = opendir(open_files);
    assert_non_null(all);
    folder[0] = '\0';
    for (struct dirent *one; (one = readdir(all));) {
        char target[BENCH_BYTES];
        ssize_t length = readlinkat(dirfd(all), one->d_name, target, sizeof target - 1);
        target[length > 0 ? length : 0] = '\0';
        if (strncmp(target, "/tmp/assay-bench-", 17) == 0 && strstr(target, " (deleted)"))
            snprintf(folder, BENCH_BYTES, "%.*s", (int)(strrchr(target, '/') - target), target);
    }
    closedir(all);
    assert_true(folder[0]);
}

static struct terminal *start(const struct scratch *scratch, const char *person, const char *how, const char *item) {
    const char *argv[] = {assay_path(), "annotate", scratch->store, "--as", person, how, item, NULL};
    return terminal_start(24, 80, argv, NULL);
}

/* An item is drawn; what is typed before that would not count. */
static void wait_item(struct terminal *terminal) {
    assert_true(terminal_wait(terminal, "▸ overall") || terminal_dump(terminal));
    terminal_settle(terminal, 30);
}

/* The number in "q12-first"; gold would say "g". */
static int item_shown(struct terminal *terminal) {
    int row = terminal_find(terminal, "-first");
    assert_true(row >= 0 || terminal_dump(terminal));
    const char *text = terminal_row(terminal, row), *end = strstr(text, "-first"), *at = end;
    while (at > text && at[-1] >= '0' && at[-1] <= '9')
        at--;
    assert_true(at > text && at[-1] == 'q');
    return atoi(at);
}

static void begin_rehearsal(struct terminal *terminal) {
    assert_true(terminal_wait(terminal, "nothing is kept, nothing counts") || terminal_dump(terminal));
    assert_true(terminal_wait(terminal, "Take a batch"));
    terminal_send(terminal, "\r");
    wait_item(terminal);
}

static void test_rehearsal(void **state) {
    struct scratch scratch;
    char words[32], bench[BENCH_BYTES];
    size_t length, now;
    (void)state;
    campaign_make(&scratch, 30, 10, SHOWN, "");
    free(ASSAY_OK("check", scratch.store, "--as", "lena"));
    char *before = read_file(scratch.store, &length);
    struct terminal *terminal = start(&scratch, "ana", "--rehearse", NULL);
    begin_rehearsal(terminal);
    for (int i = 1; i <= SHOWN; i++) {
        snprintf(words, sizeof words, "rehearsal · %d of %d", i, SHOWN);
        assert_true(terminal_wait(terminal, words) || terminal_dump(terminal));
        wait_item(terminal);
        item_shown(terminal);
        if (i == 2) {
            terminal_send(terminal, "a");
            assert_true(terminal_wait(terminal, "nobody would get the question"));
        }
        terminal_send(terminal, "2");
        assert_true(terminal_wait(terminal, "▸ submit"));
        terminal_send(terminal, "\r");
    }
    assert_true(terminal_wait(terminal, "Hand in batch") || terminal_dump(terminal));
    terminal_send(terminal, "\r");
    assert_true(terminal_wait(terminal, "Nothing of it is kept"));
    terminal_send(terminal, "y");
    assert_int_equal(terminal_wait_exit(terminal), 0);
    assert_true(terminal_wrote(terminal, "6 judgments tried; nothing was kept"));
    terminal_stop(terminal);

    terminal = start(&scratch, "ana", "--rehearse", NULL);
    begin_rehearsal(terminal);
    bench_folder(terminal, bench);
    terminal_send(terminal, "2");
    assert_true(terminal_wait(terminal, "▸ submit"));
    terminal_signal(terminal, SIGKILL);
    assert_int_equal(terminal_wait_exit(terminal), 128 + SIGKILL);
    terminal_stop(terminal);
    assert_int_equal(access(bench, F_OK), -1);
    char *after = read_file(scratch.store, &now);
    assert_int_equal(now, length);
    assert_memory_equal(before, after, length);
    free(before);
    free(after);
    scratch_remove(&scratch);
}

static cJSON *gold_list(const struct scratch *scratch) {
    char *text = ASSAY_OK("gold", scratch->store, "--json", "--as", "lena");
    cJSON *list = cJSON_Parse(text);
    assert_non_null(list);
    free(text);
    return list;
}

static const char *text_of(const cJSON *object, const char *key) {
    const cJSON *value = cJSON_GetObjectItemCaseSensitive(object, key);
    return cJSON_IsString(value) ? value->valuestring : "";
}

/* The key of an item by its name; fails if it is not gold. */
static const cJSON *key_of(const cJSON *list, const char *name) {
    const cJSON *one;
    cJSON_ArrayForEach(one, list) if (strcmp(text_of(one, "id"), name) == 0) return one;
    fail_msg("%s is not gold", name);
    return NULL;
}

static void test_make_gold(void **state) {
    struct scratch scratch;
    (void)state;
    campaign_make(&scratch, 12, 0, 10, "rationale: {required: true, min_characters: 4}\n");
    struct terminal *terminal = start(&scratch, "ana", "--make-gold", "q-3");
    assert_int_equal(terminal_wait_exit(terminal), 2);
    assert_true(terminal_wrote(terminal, "--make-gold is the lead's"));
    terminal_stop(terminal);

    terminal = start(&scratch, "lena", "--make-gold", "q-3");
    assert_true(terminal_wait(terminal, "making gold · 1 of 1") || terminal_dump(terminal));
    wait_item(terminal);
    const char *row = terminal_row(terminal, terminal_find(terminal, "q3-first"));
    bool first_left = strstr(row, "q3-second") > strstr(row, "q3-first");
    terminal_send(terminal, first_left ? "2" : "6"); /* the stored a */
    assert_true(terminal_wait(terminal, "▸ why") || terminal_dump(terminal));
    terminal_send(terminal, "rit is so\r");
    assert_true(terminal_wait(terminal, "▸ submit") || terminal_dump(terminal));
    terminal_send(terminal, "\r");
    assert_true(terminal_wait(terminal, "▸ Make it gold") || terminal_dump(terminal));
    assert_true(terminal_wait(terminal, "it is so"));
    terminal_send(terminal, "jjj\r"); /* tie is right too */
    assert_true(terminal_wait(terminal, "▸   tie               right") || terminal_dump(terminal));
    cJSON *list = gold_list(&scratch);
    assert_int_equal(cJSON_GetArraySize(list), 0); /* nothing before it is said */
    cJSON_Delete(list);
    terminal_send(terminal, "kkk\r");
    assert_int_equal(terminal_wait_exit(terminal), 0);
    assert_true(terminal_wrote(terminal, "1 item is gold now"));
    terminal_stop(terminal);

    list = gold_list(&scratch);
    const cJSON *line = key_of(list, "q-3"), *key = cJSON_GetObjectItemCaseSensitive(line, "gold");
    assert_string_equal(text_of(line, "origin"), "promoted");
    assert_string_equal(text_of(key, "explanation"), "it is so");
    const cJSON *prefer = cJSON_GetObjectItemCaseSensitive(key, "prefer");
    assert_int_equal(cJSON_GetArraySize(prefer), 2);
    assert_string_equal(cJSON_GetArrayItem(prefer, 0)->valuestring, "a");
    assert_string_equal(cJSON_GetArrayItem(prefer, 1)->valuestring, "tie");
    cJSON_Delete(list);
    char *log = ASSAY_OK("log", scratch.store, "--as", "lena");
    assert_non_null(strstr(log, "promote-gold"));
    free(log);
    char *judgments = ASSAY_OK("judgments", scratch.store, "--as", "lena");
    assert_string_equal(judgments, "");
    free(judgments);
    free(ASSAY_OK("check", scratch.store, "--as", "lena"));
    scratch_remove(&scratch);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rehearsal), cmocka_unit_test(test_make_gold)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
