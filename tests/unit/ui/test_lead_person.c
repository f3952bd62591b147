/* A person's page at the desk: what is held, released and paused there, and its lists. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sqlite3.h>

#include "helper_lead.h"
#include "helper_surface.h"

static struct hold only_hold(struct office_test *t, struct pool *pool) {
    struct hold *holds;
    size_t count;
    struct error error = ERROR_INIT;
    MUST(hold_list(t->workshop.store, &t->workshop.lead, pool, &holds, &count, &error));
    assert_int_equal(count, 1);
    return holds[0];
}

static void test_hold_and_release(void **state) {
    struct office_test t;
    struct pool pool = POOL_INIT;
    (void)state;
    desk_init(&t);
    desk_sit(&t, 40, 120);
    type(&t, "<Tab><Enter>");
    assert_shows(screen(&t), "Nothing is held.");
    assert_shows(screen(&t), "Last judgments, 9");
    type(&t, "R");
    assert_shows(screen(&t), "nothing of this person is held");
    type(&t, "H4"
             "<Enter>");
    assert_shows(screen(&t), "it needs a reason");
    type(&t, "H4"
             "looks rushed"
             "<Enter>");
    assert_shows(screen(&t), "by a lead: looks rushed");
    assert_shows(screen(&t), "Sample of what is held");
    assert_shows(screen(&t), "3 decisions");
    assert_true(slice_is(only_hold(&t, &pool).why, "looks rushed"));
    type(&t, "R"
             "they are fine"
             "<Enter>");
    assert_shows(screen(&t), "None of the sample was opened.");
    type(&t, "n");
    assert_null(only_hold(&t, &pool).decision.data);
    type(&t, "<Enter>"); /* a look at the first of the sample */
    assert_shows(screen(&t), "because of the facts");
    type(&t, "<Esc>R"
             "they are fine"
             "<Enter>");
    assert_shows(screen(&t), "Release");
    assert_not_shown(screen(&t), "None of the sample was opened.");
    type(&t, "y");
    assert_shows(screen(&t), "released");
    assert_shows(screen(&t), "2 decisions");
    assert_true(slice_is(only_hold(&t, &pool).decision, "released"));
    assert_true(slice_is(only_hold(&t, &pool).decision_why, "they are fine"));
    desk_leave(&t);
    assert_int_equal(t.outcome.held, 1);
    assert_int_equal(t.outcome.released, 1);
    pool_release(&pool);
    desk_release(&t);
}

/* Some days and one category; and what is no day is said so. */
static void test_hold_some_days(void **state) {
    struct office_test t;
    struct pool pool = POOL_INIT;
    sqlite3 *other;
    (void)state;
    desk_init(&t);
    assert_int_equal(sqlite3_open(t.workshop.path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other,
                                  "insert into category (name) values ('law');"
                                  "update item set category = last_insert_rowid() where id % 2",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(other);
    desk_sit(&t, 24, 80);
    type(&t, "<Tab><Enter>H5"
             "yesterday"
             "<Enter>");
    assert_shows(screen(&t), "a day is written as 2026-11-24");
    type(&t, "H5"
             "2026-01-02"
             "<Enter>"
             "2026-01-01"
             "<Enter>");
    assert_shows(screen(&t), "it ends before it begins");
    type(&t, "H5"
             "2020-01-01"
             "<Enter>"
             "<Enter>2"
             "only these"
             "<Enter>");
    assert_shows(screen(&t), "by a lead: only these");
    struct hold hold = only_hold(&t, &pool);
    assert_true(hold.category.length > 0 && hold.judgments < 9 && hold.judgments > 0);
    desk_leave(&t);
    assert_int_equal(t.outcome.held, 1);
    pool_release(&pool);
    desk_release(&t);
}

static void test_pause(void **state) {
    struct office_test t;
    struct pool pool = POOL_INIT;
    struct person person;
    struct error error = ERROR_INIT;
    (void)state;
    desk_init(&t);
    desk_sit(&t, 40, 120);
    type(&t, "<Tab><Enter>Pn");
    MUST(person_find(t.workshop.store, "ana", &pool, &person, &error));
    assert_false(person.paused);
    type(&t, "P");
    assert_shows(screen(&t), "Pause ana?");
    type(&t, "y");
    assert_shows(screen(&t), "paused · 9 judgments");
    MUST(person_find(t.workshop.store, "ana", &pool, &person, &error));
    assert_true(person.paused);
    type(&t, "<Esc>");
    assert_shows(screen(&t), "  paused");
    type(&t, "<Enter>Py");
    assert_shows(screen(&t), "back at work");
    MUST(person_find(t.workshop.store, "ana", &pool, &person, &error));
    assert_false(person.paused);
    desk_leave(&t);
    assert_true(t.outcome.paused == 1 && t.outcome.resumed == 1);
    pool_release(&pool);
    desk_release(&t);
}

static void test_lists_of_a_person(void **state) {
    struct office_test t;
    (void)state;
    desk_init(&t);
    desk_sit(&t, 40, 120);
    type(&t, "<Tab><Enter><Tab>");
    assert_shows(screen(&t), "Missed gold");
    type(&t, "<Tab>");
    assert_shows(screen(&t), "Repeated reasons, 1");
    assert_shows(screen(&t), "9 times");
    type(&t, "<Tab>");
    assert_shows(screen(&t), "Questions, 1");
    type(&t, "<Enter>");
    assert_shows(screen(&t), "ana asks");
    type(&t, "<Esc>");
    assert_shows(screen(&t), "Questions, 1");
    type(&t, "<Tab><Tab><Enter>");
    assert_shows(screen(&t), "ana, ");
    assert_shows(screen(&t), "A better");
    desk_leave(&t);
    desk_release(&t);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hold_and_release),
        cmocka_unit_test(test_hold_some_days),
        cmocka_unit_test(test_pause),
        cmocka_unit_test(test_lists_of_a_person),
    };
    helper_locale();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
