/* Every SQL text of the folder prepares against a file as this version makes it; what the schema itself forbids
 * is forbidden. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <dirent.h>

#include "core/base/buffer.h"
#include "store/internal.h"
#include "tests/unit/store/helper_store.h"
#include "tests/unit/store/statement_list.h"

#include "core/base/banned.h"

#define DECLARE(name) extern const struct statement_table name##_statements;
#define ENTRY(name)   {#name, &name##_statements},
STATEMENT_LIST(DECLARE)
static const struct {
    const char *name;
    const struct statement_table *table;
} tables[] = {STATEMENT_LIST(ENTRY)};
enum { TABLES = sizeof tables / sizeof *tables };

static void test_all_statements_prepare(void **state) {
    (void)state;
    struct test_store test;
    size_t prepared = 0;
    test_store_init(&test);
    for (size_t t = 0; t < TABLES; t++)
        for (size_t i = 0; i < tables[t].table->count; i++) {
            struct sqlite3_stmt *statement = NULL;
            if (!tables[t].table->sql[i])
                continue;
            if (statement_prepare(test.store, tables[t].table->sql[i], &statement, &test.error) < 0)
                fail_msg("%s, statement %zu: %s", tables[t].name, i, test.error.text);
            statement_discard(statement);
            prepared++;
        }
    assert_true(prepared > 100);
    test_store_release(&test);
}

/* Looks for "const struct statement_table NAME_statements" in one file: each must be in the list. */
static void look_for_tables(const char *path) {
    FILE *file = fopen(path, "r");
    char line[400], name[100];
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        if (sscanf(line, "const struct statement_table %99[a-z_]", name) != 1)
            continue;
        name[strlen(name) - strlen("_statements")] = '\0';
        size_t t = 0;
        while (t < TABLES && strcmp(tables[t].name, name) != 0)
            t++;
        if (t == TABLES)
            fail_msg("%s: '%s' is missing in tests/unit/store/statement_list.h", path, name);
    }
    fclose(file);
}

static void test_list_is_complete(void **state) {
    (void)state;
    DIR *folder = opendir(TEST_SOURCE_DIR "/store");
    assert_non_null(folder);
    for (struct dirent *one; (one = readdir(folder));) {
        size_t length = strlen(one->d_name);
        struct buffer path = BUFFER_INIT;
        buffer_add_format(&path, "%s/%s", TEST_SOURCE_DIR "/store", one->d_name);
        if (length > 2 && strcmp(one->d_name + length - 2, ".c") == 0)
            look_for_tables(path.data);
        buffer_release(&path);
    }
    closedir(folder);
}

static void test_tables_are_strict(void **state) {
    (void)state;
    struct test_store test;
    test_store_init(&test);
    assert_int_equal(
        test_query(&test,
                   "select count(*) from pragma_table_list where schema = 'main' and type = 'table' and name not like"
                   " 'sqlite_%' and not strict"),
        0);
    assert_true(test_query(&test, "select count(*) from sqlite_schema where type = 'table'") >= 35);
    test_store_release(&test);
}

static void expect_refused(struct test_store *test, const char *script, const char *part) {
    struct error error = ERROR_INIT;
    assert_true(statement_script(test->store, script, &error) < 0);
    if (!strstr(error.text, part))
        fail_msg("%s: %s", script, error.text);
}

static void test_facts_stay(void **state) {
    (void)state;
    struct test_store test;
    test_store_init(&test);
    test_import(&test, "helpfulness", 0, 1, 0);
    test_execute(
        &test,
        "insert into person (uid, name, role, at) values ('u', 'ana', 0, 1);"
        "insert into judgment (uid, item, person, kind, prefer, at, rationale) values ('j', 1, 1, 0, 0, 1, 'because')");
    expect_refused(&test, "delete from judgment", "judgments are kept");
    expect_refused(&test, "update judgment set prefer = 1", "judgments are not changed");
    expect_refused(&test, "update judgment set rationale = 'other'", "only be taken out");
    expect_refused(&test, "update judgment set rationale = null", "only be taken out");
    test_execute(&test, "update judgment set rationale = null, redacted = zeroblob(32)");
    expect_refused(&test, "update judgment set redacted = randomblob(32)", "only be taken out");
    expect_refused(&test, "delete from event", "events are kept");
    expect_refused(&test, "update event set verb = 'x'", "events are not changed");
    expect_refused(&test, "update event set detail = 'x'", "events are not changed");
    test_execute(&test, "update event set detail = null where n = 1");
    expect_refused(&test, "insert into judgment (uid, item, person, kind, prefer, at) values ('k', 99, 1, 0, 0, 1)",
                   "FOREIGN KEY");
    expect_refused(&test, "insert into judgment (uid, item, person, kind, prefer, at) values ('k', 1, 1, 0, 'x', 1)",
                   "INTEGER");
    expect_refused(&test, "insert into queue (track, lane, rank, item, round, need) values (1, 9, 0, 1, 1, 0)",
                   "need > 0");
    test_store_release(&test);
}

static void count_found(void *context, const char *part, const char *finding) {
    (void)part;
    (void)finding;
    ++*(int *)context;
}

static void test_schema_is_compared_to_the_letter(void **state) {
    (void)state;
    struct test_store test;
    int found = 0;
    test_store_init(&test);
    must(&test, schema_compare(test.store, count_found, &found, &test.error));
    assert_int_equal(found, 0);
    test_execute(&test, "create trigger extra after insert on item begin select 1; end");
    must(&test, schema_compare(test.store, count_found, &found, &test.error));
    assert_int_equal(found, 1);
    test_execute(&test, "drop trigger extra; drop index prompt_key; create index prompt_key on prompt (key, id)");
    found = 0;
    must(&test, schema_compare(test.store, count_found, &found, &test.error));
    assert_int_equal(found, 1);
    test_execute(&test, "drop index prompt_key");
    found = 0;
    must(&test, schema_compare(test.store, count_found, &found, &test.error));
    assert_int_equal(found, 1);
    test_store_release(&test);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_statements_prepare),
        cmocka_unit_test(test_list_is_complete),
        cmocka_unit_test(test_tables_are_strict),
        cmocka_unit_test(test_facts_stay),
        cmocka_unit_test(test_schema_is_compared_to_the_letter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
