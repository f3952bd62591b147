/* store_check finds nothing in a store that the verbs made, and each thing that was changed behind their back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <unistd.h>

#include "core/base/buffer.h"
#include "store/check.h"
#include "store/internal.h"
#include "tests/unit/store/helper_store.h"

#include "core/base/banned.h"

static void collect(void *context, const char *part, const char *finding) {
    buffer_add_format(context, "%s: %s\n", part, finding);
}

/* A person, a batch of two that was handed in, an open one, a draft: as the verbs leave it. */
static void make_world(struct test_store *test) {
    test_store_init(test);
    test_import(test, "helpfulness", 0, 12, 6);
    test_import(test, "safety", 0, 4, 0);
    test_execute(
        test,
        "insert into person (id, uid, name, role, at) values (1, 'p1', 'ana', 0, 1);"
        "insert into batch (id, uid, person, track, number, size, dealt, handed_in, lease) values (1, 'b1', 1, 1, 1, "
        "2, 1, 9, 1),"
        " (2, 'b2', 1, 1, 2, 1, 10, null, 1);"
        "insert into serving (id, batch, position, person, item, prompt, kind, shown, state, at) values (1, 1, 1, 1, "
        "1, 1, 0, 'ba', 1, 1),"
        " (2, 1, 2, 1, 6, 6, 1, 'ab', 1, 1), (3, 2, 1, 1, 2, 2, 0, 'ab', 0, 1);"
        "insert into draft (serving, body, at) values (3, 'prefer a', 1);"
        "insert into judgment (id, uid, item, person, kind, rubric, serving, prefer, strength, shown, ms, at, "
        "rationale) values"
        " (1, 'j1', 1, 1, 0, 1, 1, 1, 2, 'ba', 10, 5, 'because'), (2, 'j2', 6, 1, 1, 1, 2, 0, 1, 'ab', 10, 6, null);"
        "insert into mark (judgment, kind, name) values (1, 0, 'style');"
        "insert into place (person, track, lane, rank, item) values (1, 1, 9, 2, 2);"
        "delete from queue where item in (1, 2)");
    must(test, transaction_begin(test->store, "test", &test->error));
    for (int64_t id = 1; id <= 2; id++)
        must(test,
             event_append(test->store,
                          &(struct event_entry){.person = 1, .verb = "judge", .subject = SUBJECT_JUDGMENT, .id = id},
                          NULL, &test->error));
    must(test, transaction_end(test->store, STATUS_OK, &test->error));
}

static void test_nothing_to_find(void **state) {
    (void)state;
    struct test_store test;
    struct buffer found = BUFFER_INIT;
    make_world(&test);
    int status = store_check(test.store, collect, &found, &test.error);
    assert_string_equal(found.data, "");
    assert_int_equal(status, STATUS_OK);
    test_store_reopen(&test, STORE_READ_ONLY);
    must(&test, store_check(test.store, collect, &found, &test.error));
    buffer_release(&found);
    test_store_release(&test);
}

static const struct {
    const char *script, *part;
} breaks[] = {
    {"delete from response where id = 33", "items: item"},
    {"insert into response (id, name, form, body) values (5000, 'x', 0, '')",
     "items: response 5000 belongs to no item"},
    {"update item set content = 3 where id = 2", "borrows its responses"},
    {"insert into prompt (key, form, body) values (1, 0, '')", "prompt 13 belongs to no item"},
    {"delete from gold_answer", "is gold without an answer"},
    {"update gold_answer set prefer = 2", "none of its responses"},
    {"delete from gold_answer; insert into gold_answer (gold, n, prefer) select id, 0, 1 from gold", "chain"},
    {"drop trigger judgment_fixed; update judgment set prefer = 0 where id = 1", "schema"},
    {"update serving set shown = 'ab' where id = 1", "is not about what was served"},
    {"update serving set kind = 0 where id = 2", "is not about what was served"},
    {"insert into judgment (uid, item, person, kind, serving, prefer, shown, at) values ('j9', 1, 1, 0, 1, 0, 'ba', 1)",
     "judgment 3 is not in the log"},
    {"insert into judgment (uid, item, person, kind, serving, prefer, shown, at) values ('j9', 1, 1, 0, 1, 0, 'ba', 1)",
     "more than one judgment"},
    {"insert into judgment (uid, item, person, kind, prefer, at) values ('j9', 1, 1, 0, 2, 1)",
     "choice that does not fit"},
    {"insert into judgment (uid, item, person, kind, prefer, strength, at) values ('j9', 1, 1, 0, -1, 2, 1)",
     "choice that does not fit"},
    {"insert into retraction (judgment, uid, person, at) values (1, 'r1', 1, 1)", "without a judgment in force"},
    {"insert into retraction (judgment, uid, person, at) values (1, 'r1', 1, 1)",
     "judgment 1 is retracted, but not in the log"},
    {"update gold set void = 1 where id = 1", "gold that is retired or void, and the log does not say so"},
    {"update gold set retired = 1 where id = 1", "gold that is retired or void, and the log does not say so"},
    {"insert into hold (uid, person, track, since, until, origin, why, at) values ('h', 1, 1, 4, 5, 1, '', 1)",
     "hold 1 is not in the log"},
    {"insert into gold (item, use, origin, at) values (1, 0, 'import', 1); insert into gold_answer values (3, 0, 0, "
     "null)",
     "has gold that is not in the log"},
    {"update batch set handed_in = 1 where id = 2", "still to be done"},
    {"update batch set size = 3 where id = 1", "as many servings"},
    {"update batch set track = 2 where id = 1", "does not fit its batch"},
    {"update serving set shown = 'abc' where id = 3", "order that does not fit"},
    {"update track set rubric = null", "has judgments and no rubric"},
    {"insert into hold (uid, person, track, since, until, origin, why, at) values ('h', 1, 1, 5, 4, 1, '', 1)",
     "ends before it begins"},
    {"delete from queue where item = 3", "waits for a wrong number of judgments: 0, the judgments say 1"},
    {"update queue set need = 9 where item = 3", "waits for a wrong number of judgments: 9"},
    {"update serving set state = 3 where id = 3", "waits for a wrong number of judgments: 0, the judgments say 1"},
    {"insert into queue (track, lane, rank, item, round, need) values (1, 9, 6, 6, 0, 1)",
     "is in the queue and should not be"},
    {"update queue set track = 2 where item = 3", "queue of another track or lane"},
    {"update place set rank = 5, item = 5", "place behind open items"},
    {"update mark set name = 'other'", "chain: event"},
    {"update settings set yaml = 'changed'", "no longer as it was logged"},
    {"update rubric set version = 9", "no longer as it was logged"},
    {"drop trigger event_fixed; update event set verb = 'x' where n = 2", "schema"},
    {"pragma foreign_keys = off; update item set category = 77 where id = 1; pragma foreign_keys = on",
     "refers to a row of 'category'"},
};

static void test_each_break_is_found(void **state) {
    (void)state;
    struct test_store test;
    for (size_t i = 0; i < sizeof breaks / sizeof *breaks; i++) {
        struct buffer found = BUFFER_INIT;
        make_world(&test);
        test_execute(&test, breaks[i].script);
        int status = store_check(test.store, collect, &found, &test.error);
        if (status != STATUS_NO || !strstr(found.data, breaks[i].part))
            fail_msg("%s: %d '%s' '%s'", breaks[i].script, status, status < 0 ? test.error.text : "", found.data);
        buffer_release(&found);
        test_store_release(&test);
    }
}

static void test_a_torn_page_is_found(void **state) {
    (void)state;
    struct test_store test;
    struct buffer found = BUFFER_INIT;
    make_world(&test);
    int64_t page = test_query(&test, "select rootpage from sqlite_schema where name = 'judgment_person'");
    store_close(test.store);
    test.store = NULL;
    FILE *file = fopen(test.path, "r+");
    assert_int_equal(fseek(file, (long)((page - 1) * 8192), SEEK_SET), 0);
    for (int i = 0; i < 4000; i++)
        fputc(0x5a, file);
    fclose(file);
    must(&test, store_open(&test.store, test.path, STORE_PLAIN, &test.fixed.world, &test.error));
    assert_true(store_check(test.store, collect, &found, &test.error) < 0);
    buffer_release(&found);
    test_store_release(&test);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nothing_to_find),
        cmocka_unit_test(test_each_break_is_found),
        cmocka_unit_test(test_a_torn_page_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
