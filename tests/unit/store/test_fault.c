/*
 * The N-th write, sync or allocation fails, for every N, in a verb. Then: an allowed error or none, and after
 * closing and opening again the file is whole and in the old state or the new one, never half.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <dirent.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/check.h"
#include "store/internal.h"
#include "store/load.h"
#include "store/settings.h"
#include "tests/unit/store/helper_fault.h"
#include "tests/unit/store/helper_store.h"

#include "core/base/banned.h"

enum { ITEMS = 30 };

static int import_more(struct test_store *test) {
    struct import *import;
    struct import_source source = {slice_of("more.jsonl"), slice_of("native")};
    struct import_counts counts;
    struct pool pool = POOL_INIT;
    int status = import_begin(test->store, &test->lead, &test->campaign, &source, false, &import, &test->error);
    for (int i = 100; status >= 0 && i < 100 + ITEMS; i++) {
        struct item item = test_item(&pool, "helpfulness", i);
        enum import_fate fate;
        item.label = (struct label){i % 2 == 0, 0, 1};
        status = import_put(import, &item, &fate, &test->error);
        if (status < 0)
            import_abort(import);
    }
    if (status >= 0)
        status = import_end(import, slice_of("00"), 1, &counts, &test->error);
    pool_release(&pool);
    return status;
}

static int replace_settings(struct test_store *test) {
    test->campaign.tracks[0].overlap = 2;
    return settings_replace(test->store, &test->lead, 1, slice_of("other"), &test->campaign, NULL, 0, &test->error);
}

static int retire(struct test_store *test) {
    return item_retire(test->store, &test->lead, 1, slice_of("broken"), &test->error);
}

/* What a verb changes, as one number. */
static const char state_query[] =
    "select (select count(*) from item) * 1000000 + (select count(*) from event) * 10000"
    " + (select count(*) from judgment) * 100 + (select count(*) from queue) + (select sum(need) from queue) * 7";

static void print_finding(void *context, const char *part, const char *finding) {
    (void)context;
    print_error("%s: %s\n", part, finding);
}

static void expect_whole(struct test_store *test, int64_t before, int64_t *after, int status, const char *what) {
    test_store_reopen(test, STORE_PLAIN);
    must(test, store_check(test->store, print_finding, NULL, &test->error));
    int64_t now = test_query(test, state_query);
    if (*after == INT64_MIN && now != before)
        *after = now;
    if (now != before && now != *after)
        fail_msg("%s: half done", what);
    if (status >= 0 && now == before)
        fail_msg("%s: said that it was done, and it was not", what);
    if (status < 0 && (status > STATUS_SYSTEM || !test->error.text[0]))
        fail_msg("%s: status %d '%s'", what, status, test->error.text);
}

/* What every trial begins with: made once, then copied. */
static struct test_store template;

static int make_template(void **state) {
    (void)state;
    test_store_init(&template);
    test_import(&template, "helpfulness", 0, 10, 5);
    store_close(template.store);
    template.store = NULL;
    return 0;
}

static int remove_template(void **state) {
    (void)state;
    test_store_release(&template);
    return 0;
}

static void start_trial(struct test_store *test) {
    static char bytes[1 << 20];
    test_store_init_empty(test);
    FILE *from = fopen(template.path, "r"), *to = fopen(test->path, "w");
    assert_true(from && to);
    size_t count = fread(bytes, 1, sizeof bytes, from);
    assert_true(count < sizeof bytes && fwrite(bytes, 1, count, to) == count);
    fclose(from);
    fclose(to);
    must(test, store_open(&test->store, test->path, STORE_PLAIN, &test->fixed.world, &test->error));
}

/* One trial in this process: the verb reports an error, or has not noticed the fault. */
static bool try_once(int (*verb)(struct test_store *), enum fault fault, int nth, bool stays, int64_t *after,
                     const char *what) {
    struct test_store test;
    start_trial(&test);
    int64_t before = test_query(&test, state_query);
    test.error.text[0] = '\0';
    fault_arm(fault, nth, stays);
    int status = verb(&test);
    bool happened = fault_happened();
    fault_disarm();
    if (!happened && status < 0)
        fail_msg("%s: failed without a fault: %s", what, test.error.text);
    expect_whole(&test, before, after, status, what);
    test_store_release(&test);
    return happened;
}

/* One trial in a process of its own, which ends without closing anything: memory exhaustion may abort it. */
static bool try_in_child(int (*verb)(struct test_store *), int nth, bool stays, int64_t *after, const char *what) {
    struct test_store test;
    start_trial(&test);
    int64_t before = test_query(&test, state_query);
    store_close(test.store);
    test.store = NULL;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        signal(SIGABRT, SIG_DFL);
        if (store_open(&test.store, test.path, STORE_PLAIN, &test.fixed.world, &test.error) < 0)
            _exit(3);
        fault_arm(FAULT_MEMORY, nth, stays);
        int status = verb(&test);
        bool happened = fault_happened();
        _exit(status < 0 && (!happened || !test.error.text[0]) ? 2 : !happened ? 1 : status < 0 ? 4 : 0);
    }
    int ended;
    assert_int_equal(waitpid(child, &ended, 0), child);
    bool aborted = WIFSIGNALED(ended) && WTERMSIG(ended) == SIGABRT;
    if (!aborted && (!WIFEXITED(ended) || WEXITSTATUS(ended) == 2 || WEXITSTATUS(ended) == 3))
        fail_msg("%s: ended with %d", what, ended);
    snprintf(test.error.text, sizeof test.error.text, "said in the child");
    expect_whole(&test, before, after, !aborted && WEXITSTATUS(ended) <= 1 ? STATUS_OK : STATUS_SYSTEM, what);
    test_store_release(&test);
    return aborted || WEXITSTATUS(ended) != 1;
}

static void try_verb(int (*verb)(struct test_store *), const char *name) {
    for (enum fault fault = FAULT_WRITE; fault < FAULTS; fault++)
        for (int stays = 0; stays < 2; stays++) {
            int64_t after = INT64_MIN;
            bool happened = true;
            for (int nth = 1; happened; nth += nth < 12 ? 1 : nth / 4) {
                char what[100];
                snprintf(what, sizeof what, "%s, fault %d at %d, %s", name, (int)fault, nth,
                         stays ? "for good" : "once");
                happened = fault == FAULT_MEMORY ? try_in_child(verb, nth, stays, &after, what)
                                                 : try_once(verb, fault, nth, stays, &after, what);
            }
        }
}

static void test_import_faults(void **state) {
    (void)state;
    try_verb(import_more, "import");
}

static void test_settings_faults(void **state) {
    (void)state;
    try_verb(replace_settings, "settings");
}

static void test_retire_faults(void **state) {
    (void)state;
    try_verb(retire, "retire");
}

/* Killed when much of it is in the file already: the next open finds the old state. */
static void test_killed_import(void **state) {
    (void)state;
    enum { LARGE = 5000, BYTES = 12000 };
    struct test_store test;
    start_trial(&test);
    int64_t before = test_query(&test, state_query);
    store_close(test.store);
    test.store = NULL;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        struct import *import;
        struct import_source source = {slice_of("more.jsonl"), slice_of("native")};
        struct pool pool = POOL_INIT;
        char *text = memset(malloc(BYTES), 'x', BYTES);
        if (store_open(&test.store, test.path, STORE_PLAIN, &test.fixed.world, &test.error) < 0 ||
            import_begin(test.store, &test.lead, &test.campaign, &source, false, &import, &test.error) < 0)
            _exit(3);
        for (int i = 100; i < 100 + LARGE; i++) {
            struct item item = test_item(&pool, "helpfulness", i);
            enum import_fate fate;
            item.responses[0].messages.items[0].content = slice_make(text, BYTES);
            if (import_put(import, &item, &fate, &test.error) < 0)
                _exit(4);
        }
        kill(getpid(), SIGKILL);
    }
    int ended;
    struct stat about;
    assert_int_equal(waitpid(child, &ended, 0), child);
    assert_true(WIFSIGNALED(ended) && WTERMSIG(ended) == SIGKILL);
    assert_int_equal(stat(test.path, &about), 0);
    assert_true(about.st_size > LARGE * BYTES / 4); /* it had come far */
    must(&test, store_open(&test.store, test.path, STORE_PLAIN, &test.fixed.world, &test.error));
    must(&test, store_check(test.store, print_finding, NULL, &test.error));
    assert_int_equal(test_query(&test, state_query), before);
    assert_int_equal(test_query(&test, "select journal_mode = 'wal' from pragma_journal_mode"), 1);
    test_store_release(&test);
}

static int count_files(const char *folder) {
    DIR *all = opendir(folder);
    int count = 0;
    assert_non_null(all);
    while (readdir(all))
        count++;
    closedir(all);
    return count - 2;
}

/* SQLite calls it an input or output error. */
static void test_no_room_for_the_index_of_the_log(void **state) {
    (void)state;
    struct test_store test;
    test_store_init(&test);
    assert_int_equal(statement_failed(test.store, SQLITE_IOERR_SHMSIZE, &test.error), STATUS_SYSTEM);
    assert_non_null(strstr(test.error.text, "no space left for the store"));
    assert_int_equal(statement_failed(test.store, SQLITE_IOERR_READ, &test.error), STATUS_SYSTEM);
    assert_non_null(strstr(test.error.text, "the disk failed at the store"));
    test_store_release(&test);
}

/* A new store and a backup are complete or not there. */
static void test_new_files_are_whole_or_absent(void **state) {
    (void)state;
    for (enum fault fault = FAULT_WRITE; fault < FAULT_MEMORY; fault++)
        for (int backup = 0; backup < 2; backup++) {
            bool happened = true;
            for (int nth = 1; happened; nth += 1 + nth / 10) {
                struct test_store test;
                char path[200];
                test_store_init_empty(&test);
                snprintf(path, sizeof path, "%s/copy.assay", test.folder);
                if (backup) {
                    must(&test, store_create(&test.store, test.path, &test.fixed.world, &test.error));
                    test_store_found(&test);
                    test_import(&test, "helpfulness", 0, 40, 0);
                }
                struct store *made = NULL;
                fault_arm(fault, nth, true);
                int status = backup ? store_backup(test.store, path, &test.error)
                                    : store_create(&made, path, &test.fixed.world, &test.error);
                happened = fault_happened();
                fault_disarm();
                store_close(made);
                store_close(test.store);
                test.store = NULL;
                bool there = access(path, F_OK) == 0;
                if (status >= 0 && !there)
                    fail_msg("made and not there (fault %d at %d)", (int)fault, nth);
                if (there) {
                    struct store *opened;
                    must(&test, store_open(&opened, path, STORE_PLAIN, &test.fixed.world, &test.error));
                    must(&test, store_check(opened, print_finding, NULL, &test.error));
                    store_close(opened);
                }
                assert_int_equal(count_files(test.folder), backup + there); /* nothing half is left beside it */
                test_store_release(&test);
            }
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_import_faults),
        cmocka_unit_test(test_settings_faults),
        cmocka_unit_test(test_retire_faults),
        cmocka_unit_test(test_killed_import),
        cmocka_unit_test(test_no_room_for_the_index_of_the_log),
        cmocka_unit_test(test_new_files_are_whole_or_absent),
    };
    fault_install();
    return cmocka_run_group_tests(tests, make_template, remove_template);
}
