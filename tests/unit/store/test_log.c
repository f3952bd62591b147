/* The chain of events: it verifies, it notices, it outlives redaction and renaming. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "core/base/buffer.h"
#include "store/check.h"
#include "store/internal.h"
#include "tests/unit/store/helper_store.h"

#include "core/base/banned.h"

static void collect(void *context, const char *part, const char *finding) {
    buffer_add_format(context, "%s: %s\n", part, finding);
}

static void append(struct test_store *test, struct event_entry entry, int64_t *n) {
    must(test, transaction_begin(test->store, "test", &test->error));
    must(test, event_append(test->store, &entry, n, &test->error));
    must(test, transaction_end(test->store, STATUS_OK, &test->error));
}

static void expect(struct test_store *test, const char *part) {
    struct buffer found = BUFFER_INIT;
    must(test, log_verify(test->store, collect, &found, &test->error));
    if (part ? !strstr(found.data, part) : found.length > 0)
        fail_msg("'%s' instead of '%s'", found.data, part ? part : "nothing");
    buffer_release(&found);
}

/* Changes a row as somebody with another program would: triggers gone. */
static void tamper(struct test_store *test, const char *script) {
    sqlite3 *db;
    assert_int_equal(sqlite3_open(test->path, &db), SQLITE_OK);
    if (sqlite3_exec(db,
                     "drop trigger if exists event_fixed; drop trigger if exists event_kept; drop trigger if exists "
                     "judgment_fixed",
                     NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_exec(db, script, NULL, NULL, NULL) != SQLITE_OK)
        fail_msg("%s: %s", script, sqlite3_errmsg(db));
    sqlite3_close(db);
}

static void make_world(struct test_store *test) {
    int64_t n = 0, next = 0;
    test_store_init(test);
    test_import(test, "helpfulness", 0, 3, 0);
    test_execute(test, "insert into person (id, uid, name, role, at) values (1, 'p1', 'ana', 0, 1);"
                       "insert into judgment (id, uid, item, person, kind, prefer, at, rationale) values (1, 'j1', 1, "
                       "1, 0, 0, 1, 'the second is wrong')");
    must(test, event_next(test->store, &next, &test->error));
    append(test, (struct event_entry){.person = 1, .verb = "judge", .subject = SUBJECT_JUDGMENT, .id = 1}, &n);
    assert_int_equal(n, next);
    append(test,
           (struct event_entry){
               .person = 1, .verb = "ask", .subject = SUBJECT_ITEM, .id = 2, .detail = slice_of("my name is Ana")},
           &n);
    assert_int_equal(n, next + 1);
}

static void test_verifies(void **state) {
    (void)state;
    struct test_store test;
    make_world(&test);
    expect(&test, NULL);
    assert_int_equal(test_query(&test, "select min(n) from event"), 1);
    assert_int_equal(
        test_query(&test,
                   "select count(*) from event where subject = 'judgment j1' or subject = 'item helpfulness/item-1'"),
        2);
    test_store_release(&test);
}

static void test_notices(void **state) {
    (void)state;
    static const struct {
        const char *script, *part;
    } changes[] = {
        {"update event set verb = 'x' where n = 3", "event 3, "},
        {"update event set at = at + 1 where n = 1", "event 1 does not have the hash"},
        {"update event set person = null where verb = 'ask'", "does not have the hash"},
        {"delete from event where n = 2", "does not follow"},
        {"update event set detail = 'my name is Bob' where verb = 'ask'", "no longer as it was logged"},
        {"update judgment set prefer = 1", "judgment j1 is about a row that is no longer"},
        {"update judgment set rationale = 'the first is wrong'", "judgment j1 is about a row that is no longer"},
        {"update judgment set rationale = null, redacted = zeroblob(32)",
         "judgment j1 is about a row that is no longer"},
        {"update chain set key = zeroblob(32)", "event 1 does not have the hash"},
        {"update source set lines = 4", "source 1 is about a row that is no longer"},
    };
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct test_store test;
        make_world(&test);
        if (strstr(changes[i].script, "rationale"))
            tamper(&test, "drop trigger judgment_redacted");
        tamper(&test, changes[i].script);
        expect(&test, changes[i].part);
        test_store_release(&test);
    }
}

static void test_outlives_redaction(void **state) {
    (void)state;
    struct test_store test;
    struct hash words;
    char script[300], hex[HASH_HEX_SIZE];
    make_world(&test);
    hash_bytes(&words, slice_of("the second is wrong"));
    hash_to_hex(&words, hex);
    snprintf(
        script, sizeof script,
        "update judgment set rationale = null, redacted = x'%s'; update event set detail = null where verb = 'ask';"
        "update person set name = 'forgotten-1'",
        hex);
    test_execute(&test, script);
    expect(&test, NULL);
    append(&test, (struct event_entry){.person = 1, .verb = "judge", .subject = SUBJECT_JUDGMENT, .id = 1}, NULL);
    expect(&test, NULL);
    test_store_release(&test);
}

struct listing {
    struct buffer text;
    int64_t last;
};

static int list(void *context, const struct event *event, struct error *error) {
    struct listing *listing = context;
    (void)error;
    assert_int_equal(event->n, ++listing->last);
    assert_int_equal(event->hash.length, 64);
    buffer_add_format(&listing->text, SLICE_FORMAT "|" SLICE_FORMAT "|" SLICE_FORMAT "\n", SLICE_ARGS(event->person),
                      SLICE_ARGS(event->verb), SLICE_ARGS(event->detail));
    return STATUS_OK;
}

static void test_listing(void **state) {
    (void)state;
    struct test_store test;
    struct listing listing = {BUFFER_INIT, 0};
    struct viewer ana = {.role = VIEWER_ANNOTATOR, .person = 1, .name = "ana"};
    make_world(&test);
    must(&test, event_log(test.store, &test.lead, list, &listing, &test.error));
    assert_non_null(strstr(listing.text.data, "|create|\n"));
    assert_non_null(strstr(listing.text.data, "|import|3 added, 0 the same, 0 gold, 0 labels\n"));
    assert_non_null(strstr(listing.text.data, "ana|ask|my name is Ana\n"));
    assert_int_equal(event_log(test.store, &ana, list, &listing, &test.error), STATUS_USAGE);
    buffer_release(&listing.text);
    test_store_release(&test);
}

static void test_rollback_takes_the_event_back(void **state) {
    (void)state;
    struct test_store test;
    make_world(&test);
    int64_t before = test_query(&test, "select count(*) from event");
    must(&test, transaction_begin(test.store, "test", &test.error));
    must(&test, event_append(test.store, &(struct event_entry){.verb = "x"}, NULL, &test.error));
    assert_int_equal(transaction_end(test.store, STATUS_NO, &test.error), STATUS_NO);
    append(&test, (struct event_entry){.verb = "y"}, NULL);
    assert_int_equal(test_query(&test, "select count(*) from event"), before + 1);
    expect(&test, NULL);
    test_store_release(&test);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_verifies),
        cmocka_unit_test(test_notices),
        cmocka_unit_test(test_outlives_redaction),
        cmocka_unit_test(test_listing),
        cmocka_unit_test(test_rollback_takes_the_event_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
