/* Making and opening: what is refused, what the file is like, references. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/internal.h"
#include "tests/unit/store/helper_store.h"

#include "core/base/banned.h"

static void write_file(const char *path, const void *bytes, size_t count) {
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, count, file), count);
    fclose(file);
}

static void expect_open_refused(struct test_store *test, const char *path, unsigned flags, const char *part) {
    struct store *store = (struct store *)test;
    struct error error = ERROR_INIT;
    assert_int_equal(store_open(&store, path, flags, &test->fixed.world, &error), STATUS_SYSTEM);
    assert_null(store);
    if (!strstr(error.text, part))
        fail_msg("'%s' does not say '%s'", error.text, part);
}

static void test_new_file(void **state) {
    (void)state;
    struct test_store test;
    struct stat about;
    char side[120];
    test_store_init(&test);
    assert_int_equal(stat(test.path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    snprintf(side, sizeof side, "%s-wal", test.path);
    assert_int_equal(stat(side, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_int_equal(test_query(&test, "pragma application_id"), SCHEMA_APPLICATION);
    assert_int_equal(test_query(&test, "pragma user_version"), SCHEMA_VERSION);
    assert_int_equal(test_query(&test, "pragma page_size"), 8192);
    assert_int_equal(test_query(&test, "select count(*) from pragma_journal_mode where journal_mode = 'wal'"), 1);
    assert_int_equal(test_query(&test, "select length(secret) from store"), 32);
    store_close(test.store);
    test.store = NULL;
    assert_int_equal(stat(side, &about), -1); /* a clean close leaves one file */
    test_store_release(&test);
}

static void test_connection_is_guarded(void **state) {
    (void)state;
    struct test_store test;
    int64_t value = -1;
    test_store_init(&test);
    const struct {
        const char *pragma;
        int64_t value;
    } expected[] = {{"pragma foreign_keys", 1},
                    {"pragma synchronous", 2},
                    {"pragma trusted_schema", 0},
                    {"pragma mmap_size", 0},
                    {"pragma cell_size_check", 1},
                    {"pragma temp_store", 2},
                    {"pragma journal_size_limit", 67108864}};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        value = -1;
        must(&test, statement_query(test.store, expected[i].pragma, &value, &test.error));
        if (value != expected[i].value && !(i == 3 && value == -1)) /* built without mapping: no row */
            fail_msg("%s: %lld", expected[i].pragma, (long long)value);
    }
    assert_true(statement_query(test.store, "select \"quoted\"", &value, &test.error) < 0);
    test_execute(&test, "pragma writable_schema = on"); /* taken, without effect: DEFENSIVE */
    assert_true(statement_script(test.store, "update sqlite_schema set sql = ''", &test.error) < 0);
    test_store_release(&test);
}

static void test_create_refuses(void **state) {
    (void)state;
    struct test_store test;
    struct store *store;
    char path[200];
    test_store_init(&test);
    int64_t before = test_query(&test, "select at from store");
    assert_int_equal(store_create(&store, test.path, &test.fixed.world, &test.error), STATUS_SYSTEM);
    assert_non_null(strstr(test.error.text, "exists already"));
    assert_int_equal(test_query(&test, "select at from store"), before);
    snprintf(path, sizeof path, "%s/no/such/folder.assay", test.folder);
    assert_int_equal(store_create(&store, path, &test.fixed.world, &test.error), STATUS_SYSTEM);
    snprintf(path, sizeof path, "%s/", test.folder);
    assert_int_equal(store_create(&store, path, &test.fixed.world, &test.error), STATUS_SYSTEM);
    test_store_release(&test);
}

static void test_open_refuses(void **state) {
    (void)state;
    struct test_store test;
    char path[200];
    test_store_init(&test);
    snprintf(path, sizeof path, "%s/none.assay", test.folder);
    expect_open_refused(&test, path, STORE_PLAIN, "there is no store");
    expect_open_refused(&test, test.folder, STORE_PLAIN, "is not a file");
    assert_int_equal(symlink(test.path, path), 0);
    expect_open_refused(&test, path, STORE_PLAIN, "symbolic link");
    unlink(path);
    write_file(path, "", 0);
    expect_open_refused(&test, path, STORE_PLAIN, "is not an assay store");
    write_file(path,
               "hello, this is no database, only some text that is long enough to be read as a header of one, or so it "
               "seems to be",
               100);
    expect_open_refused(&test, path, STORE_PLAIN, "is not an assay store");
    unlink(path);
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "create table t (x)", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    expect_open_refused(&test, path, STORE_PLAIN, "is not an assay store");
    test_execute(&test, "pragma user_version = 99");
    store_close(test.store);
    test.store = NULL;
    expect_open_refused(&test, test.path, STORE_PLAIN, "newer assay");
    sqlite3 *old;
    assert_int_equal(sqlite3_open(test.path, &old), SQLITE_OK);
    assert_int_equal(sqlite3_exec(old, "pragma user_version = 1", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(old);
    expect_open_refused(&test, test.path, STORE_PLAIN, "before the first release");
    test_store_release(&test);
}

static void test_links_in_the_folder_are_fine(void **state) {
    (void)state;
    struct test_store test;
    struct store *store;
    char linked[100], path[200];
    test_store_init(&test);
    snprintf(linked, sizeof linked, "%s/here", test.folder);
    assert_int_equal(symlink(".", linked), 0);
    snprintf(path, sizeof path, "%s/here/work.assay", test.folder);
    must(&test, store_open(&store, path, STORE_PLAIN, &test.fixed.world, &test.error));
    store_close(store);
    unlink(linked);
    test_store_release(&test);
}

static void test_cut_file_is_an_error(void **state) {
    (void)state;
    struct test_store test;
    struct store *store;
    test_store_init(&test);
    test_import(&test, "helpfulness", 0, 200, 0);
    store_close(test.store);
    test.store = NULL;
    assert_int_equal(truncate(test.path, 3 * 8192), 0);
    int status = store_open(&store, test.path, STORE_PLAIN, &test.fixed.world, &test.error);
    assert_true(status < 0);
    assert_non_null(strstr(test.error.text, "damaged"));
    test_store_release(&test);
}

static void test_read_only(void **state) {
    (void)state;
    struct test_store test;
    test_store_init(&test);
    test_store_reopen(&test, STORE_READ_ONLY);
    assert_int_equal(transaction_begin(test.store, "test", &test.error), STATUS_SYSTEM);
    assert_non_null(strstr(test.error.text, "reading only"));
    assert_true(statement_script(test.store, "delete from queue", &test.error) < 0);
    test_store_release(&test);
}

static void test_network_names(void **state) {
    (void)state;
    assert_string_equal(network_name(0x6969), "NFS");
    assert_string_equal(network_name((unsigned long)(int)0xFF534D42), "SMB"); /* as a sign-extended word too */
    assert_null(network_name(0xEF53));                                        /* ext4 */
    assert_null(network_name(0x01021994));                                    /* tmpfs */
}

static void test_references(void **state) {
    (void)state;
    struct test_store test;
    test_store_init(&test);
    test_import(&test, "helpfulness", 0, 300, 0);
    test_import(&test, "safety", 0, 2, 0);
    unsigned char *seen = test_calloc(1 << 20, 1);
    for (int64_t i = 1; i <= 300; i++) {
        int64_t item = 0;
        struct item_ref ref = store_ref(test.store, i);
        assert_int_equal(strlen(ref.text), 4);
        must(&test, store_find_item(test.store, slice_of(ref.text), NULL, &item, &test.error));
        assert_int_equal(item, i);
    }
    for (int64_t i = 1; i < 1 << 20; i += 37) { /* a permutation: none comes twice */
        struct item_ref ref = store_ref(test.store, i);
        size_t number = 0;
        for (int c = 0; c < 4; c++)
            number = number << 5 | (size_t)(strchr("0123456789abcdefghjkmnpqrstvwxyz", ref.text[c]) -
                                            "0123456789abcdefghjkmnpqrstvwxyz");
        assert_int_equal(seen[number]++, 0);
    }
    assert_int_equal(strlen(store_ref(test.store, 1 << 20).text), 5);
    assert_int_equal(strlen(store_ref(test.store, INT64_C(1) << 25).text), 6);
    int64_t item;
    assert_int_equal(store_find_item(test.store, slice_of("item-1"), NULL, &item, &test.error), STATUS_USAGE);
    assert_non_null(strstr(test.error.text, "several tracks"));
    must(&test, store_find_item(test.store, slice_of("item-1"), "safety", &item, &test.error));
    assert_int_equal(item, 302);
    must(&test, store_find_item(test.store, slice_of("item-299"), NULL, &item, &test.error));
    assert_int_equal(item, 300);
    assert_int_equal(store_find_item(test.store, slice_of("item-299"), "safety", &item, &test.error), STATUS_USAGE);
    assert_int_equal(store_find_item(test.store, slice_of("nothing"), NULL, &item, &test.error), STATUS_USAGE);
    /* another store has other references */
    struct test_store other;
    test_store_init(&other);
    other.store->reference_key[0] ^= 1;
    assert_string_not_equal(store_ref(test.store, 1).text, store_ref(other.store, 1).text);
    test_store_release(&other);
    test_free(seen);
    test_store_release(&test);
}

static void test_data_version(void **state) {
    (void)state;
    struct test_store test;
    struct store *other;
    test_store_init(&test);
    int64_t before = store_data_version(test.store);
    test_execute(&test, "insert into category (name) values ('own')");
    assert_int_equal(store_data_version(test.store), before);
    must(&test, store_open(&other, test.path, STORE_PLAIN, &test.fixed.world, &test.error));
    must(&test, statement_script(other, "insert into category (name) values ('x')", &test.error));
    store_close(other);
    assert_int_not_equal(store_data_version(test.store), before);
    store_idle(test.store);
    test_store_release(&test);
}

/* An import works without the write-ahead log if nobody else is there, and with it otherwise; it is back in
 * either case. */
static void test_import_alone_or_not(void **state) {
    (void)state;
    struct test_store test;
    struct store *other;
    struct import *import;
    struct import_source source = {slice_of("x"), slice_of("native")};
    test_store_init(&test);
    must(&test, import_begin(test.store, &test.lead, &test.campaign, &source, false, &import, &test.error));
    assert_int_equal(test_query(&test, "select journal_mode = 'delete' from pragma_journal_mode"), 1);
    import_abort(import);
    assert_int_equal(test_query(&test, "select journal_mode = 'wal' from pragma_journal_mode"), 1);
    must(&test, store_open(&other, test.path, STORE_PLAIN, &test.fixed.world, &test.error));
    assert_true(store_data_version(other) >= 0); /* it has looked: it is there */
    must(&test, import_begin(test.store, &test.lead, &test.campaign, &source, false, &import, &test.error));
    assert_int_equal(test_query(&test, "select journal_mode = 'wal' from pragma_journal_mode"), 1);
    import_abort(import);
    store_close(other);
    /* a process that died in between: the next open sets it right */
    store_close(test.store);
    sqlite3 *db;
    assert_int_equal(sqlite3_open(test.path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "pragma journal_mode = delete", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    must(&test, store_open(&test.store, test.path, STORE_PLAIN, &test.fixed.world, &test.error));
    assert_int_equal(test_query(&test, "select journal_mode = 'wal' from pragma_journal_mode"), 1);
    test_store_release(&test);
}

static void test_busy(void **state) {
    (void)state;
    struct test_store test;
    struct store *screen;
    test_store_init(&test);
    must(&test, store_open(&screen, test.path, STORE_SCREEN, &test.fixed.world, &test.error));
    must(&test, transaction_begin(test.store, "test", &test.error));
    assert_int_equal(transaction_begin(screen, "test", &test.error), STATUS_BUSY);
    assert_non_null(strstr(test.error.text, "busy"));
    must(&test, transaction_end(test.store, STATUS_OK, &test.error));
    must(&test, transaction_begin(screen, "test", &test.error));
    must(&test, transaction_end(screen, STATUS_OK, &test.error));
    store_close(screen);
    /* opening waits for nobody who writes */
    must(&test, transaction_begin(test.store, "test", &test.error));
    must(&test, store_open(&screen, test.path, STORE_SCREEN, &test.fixed.world, &test.error));
    must(&test, transaction_end(test.store, STATUS_OK, &test.error));
    store_close(screen);
    test_store_release(&test);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_new_file),
        cmocka_unit_test(test_connection_is_guarded),
        cmocka_unit_test(test_create_refuses),
        cmocka_unit_test(test_open_refuses),
        cmocka_unit_test(test_links_in_the_folder_are_fine),
        cmocka_unit_test(test_cut_file_is_an_error),
        cmocka_unit_test(test_read_only),
        cmocka_unit_test(test_network_names),
        cmocka_unit_test(test_references),
        cmocka_unit_test(test_data_version),
        cmocka_unit_test(test_import_alone_or_not),
        cmocka_unit_test(test_busy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
