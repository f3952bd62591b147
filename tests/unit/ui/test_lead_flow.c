/* The desk on a real store, without a terminal: decisions taken by keys, and what the store then says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <sqlite3.h>

#include "core/base/array.h"
#include "helper_lead.h"
#include "helper_surface.h"

static void test_desk(void **state) {
    struct office_test t;
    (void)state;
    desk_init(&t);
    desk_sit(&t, 40, 120);
    assert_shows(screen(&t), "2 decisions");
    assert_shows(screen(&t), "▸ ana          asks: Is a half answer better than none?");
    assert_shows(screen(&t), "set aside by ana: ");
    assert_shows(screen(&t), "People, worst first");
    assert_shows(screen(&t), "helpfulness      9");
    assert_shows(screen(&t), "too early");
    assert_shows(screen(&t), "coding");
    assert_shows(screen(&t), "ana · helpfulness");
    assert_shows(screen(&t), "a fall from 85 to 65 % is noticed after about");
    type(&t, "<Tab>");
    assert_shows(screen(&t), "▸ ana          helpfulness");
    assert_not_shown(screen(&t), "▸ ana          asks");
    type(&t, "d");
    assert_shows(screen(&t), "Detector of ana");
    type(&t, "<Esc>g");
    assert_shows(screen(&t), "Gold of ana in blocks of 20");
    type(&t, "<Esc>w");
    assert_shows(screen(&t), "Agreement by week");
    type(&t, "<Esc>p");
    assert_shows(screen(&t), "too early");
    assert_shows(screen(&t), "alone by");
    type(&t, "<Esc>q");
    assert_null(t.workshop.frame.top);
    desk_leave(&t);
    assert_int_equal(t.outcome.decisions, 2);
    desk_release(&t);
}

/* What has less room says it in fewer words, and to the end. */
static void test_narrow(void **state) {
    struct office_test t;
    (void)state;
    desk_init(&t);
    desk_sit(&t, 24, 80);
    type(&t, "<Tab><Tab>");
    assert_shows(screen(&t), "helpfulness: ");
    assert_not_shown(screen(&t), " items · ");
    type(&t, "<Tab>");
    assert_shows(screen(&t), "a fall from 85 to 65 % shows after about 154 judgments: ");
    desk_leave(&t);
    desk_sit(&t, 40, 120);
    assert_shows(screen(&t), " items · ");
    assert_shows(screen(&t), "is noticed after about 154 judgments: ");
    assert_shows(screen(&t), " a day.");
    desk_leave(&t);
    desk_release(&t);
}

/* Every cell is whole, on every page at every size. */
static void test_sizes(void **state) {
    static const int sizes[][2] = {{24, 80}, {40, 120}, {60, 200}, {16, 60}, {35, 60}, {16, 200}};
    static const char *const keys[] = {
        "",      "<Tab>",        "<Tab>", "<Tab>", "<Tab>", "<Enter>", "r",     "Asome words<Esc>", "i",     "<Esc>",
        "<Esc>", "<Tab><Enter>", "<Tab>", "<Tab>", "<Tab>", "<Tab>",   "<Tab>", "<Enter>",          "<Esc>", "<Esc>",
        "<Tab>", "<Enter>",      "e",     "<Esc>", "<Esc>", "p",       "<Esc>"};
    struct office_test t;
    (void)state;
    desk_init(&t);
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        desk_sit(&t, sizes[i][0], sizes[i][1]);
        for (size_t k = 0; k < COUNT_OF(keys); k++) {
            type(&t, keys[k]);
            assert_non_null(t.workshop.frame.top);
            assert_whole(screen(&t));
            assert_shows(screen(&t), "assay  ");
            assert_true(screen(&t)->cursor_row < sizes[i][0]);
        }
        assert_shows(screen(&t), "asks: Is a half answer better");
        desk_leave(&t);
    }
    desk_release(&t);
}

/* Without ▸, and with ink left aside, the screen is the same whatever is in hand. */
static void still(const struct office_test *t, struct buffer *out) {
    struct buffer drawn = BUFFER_INIT;
    surface_dump(screen(t), &drawn);
    buffer_clear(out);
    for (size_t i = 0; i < drawn.length; i++) {
        bool mark = i + 3 <= drawn.length && memcmp(drawn.data + i, "▸", 3) == 0;
        buffer_add_char(out, mark ? ' ' : drawn.data[i]);
        i += mark ? 2 : 0;
    }
    buffer_release(&drawn);
}

static void test_nothing_jumps(void **state) {
    static const char *const keys[] = {"<Down>", "<Up>", "<Tab>", "<Tab>", "<Tab>", "<Tab>"};
    struct office_test t;
    struct buffer before = BUFFER_INIT, after = BUFFER_INIT;
    (void)state;
    desk_init(&t);
    desk_sit(&t, 40, 120);
    still(&t, &before);
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        type(&t, keys[i]);
        still(&t, &after);
        assert_string_equal(after.data, before.data);
    }
    buffer_release(&before);
    buffer_release(&after);
    desk_leave(&t);
    desk_release(&t);
}

static void test_question_becomes_a_ruling(void **state) {
    struct office_test t;
    struct pool pool = POOL_INIT;
    struct ruling *rulings;
    struct question *questions;
    size_t count;
    struct error error = ERROR_INIT;
    (void)state;
    desk_init(&t);
    desk_sit(&t, 24, 80);
    type(&t, "<Enter>");
    assert_shows(screen(&t), "ana asks");
    assert_shows(screen(&t), "their answer");
    assert_shows(screen(&t), "because of the facts");
    assert_shows(screen(&t), "ana alone");
    type(&t, "rA"
             "Yes, when it says what is missing."
             "<Enter>");
    assert_shows(screen(&t), "as a ruling for everybody on helpfulness?");
    type(&t, "n");
    assert_shows(screen(&t), "Yes, when it says what is missing."); /* kept */
    MUST(question_list(t.workshop.store, &t.workshop.lead, &pool, &questions, &count, &error));
    assert_null(questions[0].answer.data);
    type(&t, "<Enter><Enter>y");
    assert_shows(screen(&t), "1 decision");
    assert_shows(screen(&t), "answered; everybody on the track is shown the ruling once");
    MUST(question_list(t.workshop.store, &t.workshop.lead, &pool, &questions, &count, &error));
    assert_int_equal(count, 1);
    assert_true(questions[0].ruling);
    MUST(ruling_list(t.workshop.store, &t.workshop.lead, NULL, &pool, &rulings, &count, &error));
    assert_int_equal(count, 1);
    assert_true(slice_is(rulings[0].text, "Yes, when it says what is missing."));
    desk_leave(&t);
    assert_int_equal(t.outcome.answered, 1);
    assert_int_equal(t.outcome.rulings, 1);
    assert_int_equal(t.outcome.decisions, 1);
    pool_release(&pool);
    desk_release(&t);
}

static void test_rulings(void **state) {
    struct office_test t;
    struct error error = ERROR_INIT;
    (void)state;
    desk_init(&t);
    MUST(ruling_add(t.workshop.store, &t.workshop.lead, "helpfulness", slice_of("A half answer counts."), &error));
    desk_sit(&t, 40, 120);
    type(&t, "r");
    assert_shows(screen(&t), "A half answer counts.");
    assert_shows(screen(&t), "Not yet: ana");
    MUST(ruling_acknowledge(t.workshop.store, &t.workshop.ana, 1, &error));
    type(&t, "<Esc>r");
    assert_shows(screen(&t), "Acknowledged by ana");
    assert_not_shown(screen(&t), "Not yet");
    desk_leave(&t);
    desk_release(&t);
}

static void test_gold(void **state) {
    struct office_test t;
    struct pool pool = POOL_INIT;
    struct gold_line *lines;
    struct gold_key key;
    size_t count;
    struct error error = ERROR_INIT;
    (void)state;
    desk_init(&t);
    desk_sit(&t, 24, 80);
    MUST(gold_list(t.workshop.store, &t.workshop.lead, &pool, &lines, &count, &error));
    int64_t item = lines[0].item;
    gold_open(&t.office, &t.workshop.frame, item, "helpfulness");
    frame_draw(&t.workshop.frame);
    assert_shows(screen(&t), "Key: A slightly to much");
    type(&t, "M3"
             "they are equal"
             "<Enter>");
    assert_shows(screen(&t), "Amend the key to tie?");
    type(&t, "n");
    MUST(gold_of_item(t.workshop.store, item, &pool, &key, &error));
    assert_int_equal(key.answers[0].prefer, 0);
    type(&t, "M25"
             "B it is"
             "<Enter>y");
    assert_shows(screen(&t), "amended; every figure follows");
    MUST(gold_of_item(t.workshop.store, item, &pool, &key, &error));
    assert_int_equal(key.answers[0].prefer, 1);
    assert_true(key.low == 2 && key.high == 3);
    gold_open(&t.office, &t.workshop.frame, item, "helpfulness");
    frame_draw(&t.workshop.frame);
    type(&t, "K"
             "looked at again"
             "<Enter>");
    assert_shows(screen(&t), "kept, with the reason");
    gold_open(&t.office, &t.workshop.frame, item, "helpfulness");
    type(&t, "X2"
             "too easy"
             "<Enter>y");
    assert_shows(screen(&t), "retired");
    assert_int_equal(gold_of_item(t.workshop.store, item, &pool, &key, &error), STATUS_USAGE);
    desk_leave(&t);
    assert_true(t.outcome.amended == 1 && t.outcome.kept == 1 && t.outcome.retired == 1);
    pool_release(&pool);
    desk_release(&t);
}

static void test_item_set_aside(void **state) {
    struct office_test t;
    struct pool pool = POOL_INIT;
    struct item_line line;
    struct error error = ERROR_INIT;
    (void)state;
    desk_init(&t);
    desk_sit(&t, 40, 120);
    int64_t item = t.office.asides[0].item;
    type(&t, "<Down><Enter>");
    assert_shows(screen(&t), "Set aside by ana: ");
    type(&t, "/GOOD<Enter>");
    assert_int_equal(ink_under(screen(&t), "Good"), INK_HIT_HERE);
    assert_shows(screen(&t), "hit 1 of ");
    type(&t, "n");
    assert_shows(screen(&t), "hit 1 of 1");
    type(&t, "<Esc>/no such words<Enter>");
    assert_shows(screen(&t), "not found");
    assert_shows(screen(&t), "Set aside by ana: ");
    type(&t, "X"
             "cut in the middle"
             "<Enter>n");
    assert_shows(screen(&t), "Set aside by ana: ");
    type(&t, "X"
             "cut in the middle"
             "<Enter>y");
    assert_shows(screen(&t), "1 decision");
    MUST(load_item(t.workshop.store, item, &pool, &line, &error));
    assert_true(line.retired);
    desk_leave(&t);
    pool_release(&pool);
    desk_release(&t);
}

/* The lists of items lead to the item; there it is given back, or becomes gold with a key that was asked for. */
static void test_items(void **state) {
    struct office_test t;
    struct pool pool = POOL_INIT;
    struct gold_key key;
    struct error error = ERROR_INIT;
    char ref[40];
    (void)state;
    desk_init(&t);
    desk_sit(&t, 40, 120);
    type(&t, "i");
    assert_shows(screen(&t), "Most disagreed first, 0");
    assert_shows(screen(&t), "Nobody disagrees.");
    type(&t, "<Tab>");
    assert_shows(screen(&t), "Open, as they are dealt, ");
    type(&t, "<Tab>");
    assert_shows(screen(&t), "Done, newest first, ");
    assert_shows(screen(&t), "B 1");
    type(&t, "<Enter>");
    assert_shows(screen(&t), "1 judgment from batches handed in, 0 more wanted");
    assert_shows(screen(&t), "because of the facts");
    type(&t, "B");
    assert_shows(screen(&t), "nobody set it aside to you");
    type(&t, "P24"
             "1"
             "The facts are right in B."
             "<Enter>"
             "agreed in the meeting"
             "<Enter>");
    assert_shows(screen(&t), "Make it gold with the key B better");
    type(&t, "n");
    int64_t gold = t.office.tracks[0].items.gold;
    int64_t item = t.office.asides[0].item;
    type(&t, "P241"
             "<Enter>"
             "agreed in the meeting"
             "<Enter>y");
    assert_shows(screen(&t), "gold from now on");
    assert_int_equal(t.office.tracks[0].items.gold, gold + 1);
    assert_shows(screen(&t), "Done, newest first, ");
    type(&t, "<Tab>");
    assert_shows(screen(&t), "Set aside to you, 1");
    assert_shows(screen(&t), "ana: ");
    type(&t, "<Enter>B"
             "it is whole"
             "<Enter>");
    assert_shows(screen(&t), "for other people?");
    type(&t, "y");
    assert_shows(screen(&t), "back in the queue");
    assert_shows(screen(&t), "Nothing waits for you.");
    assert_int_equal(t.office.aside_count, 0);
    snprintf(ref, sizeof ref, "%s", store_ref(t.workshop.store, item).text);
    assert_int_equal(gold_of_item(t.workshop.store, item, &pool, &key, &error), STATUS_USAGE);
    desk_leave(&t);
    assert_true(t.outcome.promoted == 1 && t.outcome.given_back == 1 && t.outcome.decisions == 1);
    pool_release(&pool);
    desk_release(&t);
}

/* A category is closed at the desk and reopened; the queue follows, and the pages say so. */
static void test_category(void **state) {
    struct office_test t;
    struct pool pool = POOL_INIT;
    struct closing *closed;
    size_t count;
    struct error error = ERROR_INIT;
    (void)state;
    desk_init(&t);
    desk_sit(&t, 40, 120);
    type(&t, "<Tab><Tab>");
    const struct office_category *first = &t.office.categories[0];
    char name[40];
    snprintf(name, sizeof name, "› category %s", first->name);
    assert_true(first->open > 0);
    type(&t, "<Enter>");
    assert_shows(screen(&t), name);
    assert_shows(screen(&t), "Specification");
    assert_shows(screen(&t), "too early");
    type(&t, "Cy"
             "<Enter>");
    assert_shows(screen(&t), "it needs a reason");
    type(&t, "Cn");
    MUST(closing_list(t.workshop.store, &t.workshop.lead, &pool, &closed, &count, &error));
    assert_int_equal(count, 0);
    type(&t, "Cy"
             "enough of it"
             "<Enter>");
    assert_shows(screen(&t), "closed since");
    assert_shows(screen(&t), "by lea: enough of it");
    MUST(closing_list(t.workshop.store, &t.workshop.lead, &pool, &closed, &count, &error));
    assert_int_equal(count, 1);
    assert_int_equal(t.office.categories[0].open, 0);
    type(&t, "e");
    assert_shows(screen(&t), "Everybody's gold on helpfulness");
    type(&t, "<Esc><Esc>");
    assert_shows(screen(&t), "closed");
    type(&t, "<Enter>Cy"
             "more of it"
             "<Enter>");
    assert_not_shown(screen(&t), "closed since");
    assert_true(t.office.categories[0].open > 0);
    type(&t, "<Esc>e");
    assert_shows(screen(&t), "Detectors with peers");
    desk_leave(&t);
    assert_true(t.outcome.closed == 1 && t.outcome.reopened == 1);
    pool_release(&pool);
    desk_release(&t);
}

/* Two gold items in all, and a batch takes both: the pool is empty, and the desk says for whom. */
static void test_pool_runs_out(void **state) {
    struct office_test t;
    (void)state;
    desk_init_with(&t, 30);
    desk_sit(&t, 40, 120);
    assert_int_equal(t.office.unseen_count, 1);
    assert_int_equal(t.office.unseen[0].unseen, 0);
    assert_shows(screen(&t), "hidden gold is used up for ana · look, add gold");
    type(&t, "<End><Enter>");
    assert_shows(screen(&t), "When hidden gold runs out: helpfulness");
    assert_shows(screen(&t), "0 days");
    desk_leave(&t);
    desk_release(&t);
    desk_init(&t); /* 15 of them: enough for months */
    desk_sit(&t, 40, 120);
    assert_not_shown(screen(&t), "hidden gold");
    desk_leave(&t);
    desk_release(&t);
}

/* Another process holds the file: nothing is lost, the page says why it waits, and it is done when the file is free. */
static void test_busy(void **state) {
    struct office_test t;
    sqlite3 *other;
    (void)state;
    desk_init(&t);
    desk_sit(&t, 24, 80);
    type(&t, "<Enter>A"
             "No."
             "<Enter>");
    assert_int_equal(sqlite3_open(t.workshop.path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "begin immediate", NULL, NULL, NULL), SQLITE_OK);
    type(&t, "y");
    assert_shows(screen(&t), "the store is busy");
    type(&t, "q");
    assert_shows(screen(&t), "ana asks");
    assert_int_equal(sqlite3_exec(other, "rollback", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(other);
    struct key timer = key_plain(ON_TIMER);
    frame_key(&t.workshop.frame, &timer);
    frame_draw(&t.workshop.frame);
    assert_shows(screen(&t), "answered; they see it at their next start");
    assert_int_equal(t.outcome.answered, 1);
    desk_leave(&t);
    desk_release(&t);
}

static void answer_elsewhere(struct office_test *t, int64_t question) {
    struct store *store;
    struct error error = ERROR_INIT;
    MUST(store_open(&store, t->workshop.path, STORE_PLAIN, &t->workshop.world, &error));
    MUST(question_answer(store, &t->workshop.lead, question, slice_of("No."), false, &error));
    store_close(store);
}

/* What another process wrote is seen when nobody types for a while, and when the desk is left alone. ▸ stays on its line. */
static void test_elsewhere(void **state) {
    const struct key timer = key_plain(ON_TIMER);
    struct office_test t;
    (void)state;
    for (int alone = 0; alone < 2; alone++) {
        desk_init(&t);
        desk_sit(&t, 24, 80);
        type(&t, "<Down>");
        assert_shows(screen(&t), "▸ e949         set aside by ana");
        answer_elsewhere(&t, 1);
        frame_draw(&t.workshop.frame);
        assert_shows(screen(&t), "2 decisions");
        if (alone)
            frame_key(&t.workshop.frame, &timer);
        else
            frame_paused(&t.workshop.frame, 2000);
        frame_draw(&t.workshop.frame);
        assert_shows(screen(&t), "1 decision");
        assert_shows(screen(&t), "▸ e949         set aside by ana");
        desk_leave(&t);
        desk_release(&t);
    }
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_desk),
        cmocka_unit_test(test_narrow),
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_nothing_jumps),
        cmocka_unit_test(test_question_becomes_a_ruling),
        cmocka_unit_test(test_rulings),
        cmocka_unit_test(test_gold),
        cmocka_unit_test(test_item_set_aside),
        cmocka_unit_test(test_items),
        cmocka_unit_test(test_category),
        cmocka_unit_test(test_pool_runs_out),
        cmocka_unit_test(test_busy),
        cmocka_unit_test(test_elsewhere),
    };
    helper_locale();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
