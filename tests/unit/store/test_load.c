/* Reading in bulk: history, items, counts, judgments, export, hours, against a small world written row by row. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/base/array.h"
#include "core/base/timestamp.h"
#include "store/internal.h"
#include "store/load.h"
#include "tests/unit/store/helper_store.h"

#include "core/base/banned.h"

/*
 * Items 1–12 helpfulness (6 and 12 gold), 13–16 safety. ana (1) and dov (2) annotate, lea (3) leads, file.jsonl
 * (4) is a source. ana's batch 1 (handed in): items 1, 2, 6 (gold), 3 with a revision of 2. Her batch 2 (open): 4,
 * and 1 again as a retest. dov's batch 1 (handed in) on safety: 13 held, 14. A training batch of dov (handed in):
 * gold 12; then gold 12 hidden in his batch 3.
 */
static const char world[] =
    "insert into person (id, uid, name, role, at) values (1, 'p1', 'ana', 0, 1), (2, 'p2', 'dov', 0, 1), (3, 'p3', "
    "'lea', 1, 1),"
    " (4, 'p4', 'file.jsonl', 3, 1);"
    "insert into batch (id, uid, person, track, number, size, purpose, dealt, handed_in, lease) values (1, 'b1', 1, "
    "1, 1, 4, 0, 1000, 9000, 1),"
    " (2, 'b2', 1, 1, 2, 2, 0, 10000, null, 1), (3, 'b3', 2, 2, 1, 2, 0, 1000, 8000, 1), (4, 'b4', 2, 1, 1, 1, 1, "
    "1000, 8500, 1),"
    " (5, 'b5', 2, 1, 2, 1, 0, 1000, 8600, 1);"
    "insert into serving (id, batch, position, person, item, prompt, pass, kind, shown, state, at) values (1, 1, 1, 1, "
    "1, 1, 0, 0, 'ba', 1, 1),"
    " (2, 1, 2, 1, 2, 2, 0, 0, 'ab', 1, 1), (3, 1, 3, 1, 6, 6, 0, 1, 'ab', 1, 1), (4, 1, 4, 1, 3, 3, 0, 0, 'ab', 1, "
    "1), (5, 2, 1, 1, 4, 4, 0, 0, 'ab', 1, 1),"
    " (6, 2, 2, 1, 1, 1, 1, 2, 'ab', 0, 1), (7, 3, 1, 2, 13, 13, 0, 0, 'ab', 1, 1), (8, 3, 2, 2, 14, 14, 0, 0, 'ba', "
    "1, 1), (9, 4, 1, 2, 12, 12, 0, 3, 'ab', 1, 1),"
    " (10, 5, 1, 2, 12, 12, 1, 1, 'ab', 1, 1);"
    "insert into judgment (id, uid, item, person, kind, rubric, serving, prefer, strength, confidence, ratings, shown, "
    "ms, at, rationale) values"
    " (1, 'j01', 1, 4, 0, null, null, 0, 0, null, null, null, null, 500, null),"
    " (2, 'j02', 1, 1, 0, 1, 1, 1, 2, 80, '5 3', 'ba', 4000, 2000, 'because'), (3, 'j03', 2, 1, 0, 1, 2, 0, 1, null, "
    "null, 'ab', 1000, 3000, null),"
    " (4, 'j04', 13, 2, 0, 1, 7, -1, 0, null, null, 'ab', 1000, 3500, null), (5, 'j05', 2, 1, 0, 1, 2, -2, 0, null, "
    "null, 'ab', 2000, 4000, null),"
    " (6, 'j06', 6, 1, 1, 1, 3, 0, 1, null, null, 'ab', 1000, 5000, null), (7, 'j07', 14, 2, 0, 1, 8, 1, 3, null, "
    "null, 'ba', 1000, 5500, null),"
    " (8, 'j08', 3, 1, 0, 1, 4, 1, 1, null, null, 'ab', 1000, 6000, null), (9, 'j09', 4, 1, 0, 1, 5, 0, 1, null, null, "
    "'ab', 1000, 11000, null),"
    " (10, 'j10', 12, 2, 3, 1, 9, 0, 1, null, null, 'ab', 1000, 8400, null), (11, 'j11', 12, 2, 1, 1, 10, 0, 1, null, "
    "null, 'ab', 1000, 8500, null);"
    "insert into retraction (judgment, uid, person, at) values (3, 'r3', 1, 4000);"
    "insert into mark (judgment, kind, name) values (2, 0, 'style'), (2, 0, 'factual-error'), (2, 1, 'unsafe');"
    "insert into hold (id, uid, person, track, since, until, origin, why, at) values (1, 'h1', 2, 2, 1, 4, 0, 'drift', "
    "9000);"
    "delete from queue where item in (1, 2, 3, 4); update queue set need = 1 where item in (13, 14)";

static void make_world(struct test_store *test) {
    test_store_init(test);
    test_import(test, "helpfulness", 0, 12, 6);
    test_import(test, "safety", 20, 4, 0);
    test_execute(test, world);
}

static const struct history_row *find_row(const struct history *history, int64_t judgment) {
    for (size_t i = 0; i < history->row_count; i++)
        if (history->rows[i].judgment == judgment)
            return &history->rows[i];
    return NULL;
}

static void test_history(void **state) {
    (void)state;
    struct test_store test;
    struct history history;
    make_world(&test);
    must(&test, load_history(test.store, &(struct load_scope){0}, &history, &test.error));
    static const int64_t expected[] = {
        2, 5, 6, 8, 10, 11, 4, 7, 1}; /* by person, track, judgment; without the retracted 3 and the open 9 */
    assert_int_equal(history.row_count, COUNT_OF(expected));
    for (size_t i = 0; i < COUNT_OF(expected); i++)
        assert_int_equal(history.rows[i].judgment, expected[i]);
    const struct history_row *row = find_row(&history, 2);
    assert_string_equal(history.people[row->person], "ana");
    assert_string_equal(history.tracks[row->track], "helpfulness");
    assert_string_equal(history.categories[row->category], "coding");
    assert_string_equal(history.languages[row->language], "en");
    assert_int_equal(history.roles[row->person], PERSON_ANNOTATOR);
    assert_int_equal(history.person_ids[row->person], 1);
    assert_int_equal(row->prefer, 1);
    assert_int_equal(row->strength, 2);
    assert_int_equal(row->confidence, 80);
    assert_string_equal(row->shown, "ba");
    assert_int_equal(row->active_ms, 4000);
    assert_int_equal(row->at, 2000);
    assert_int_equal(row->rubric, 1);
    assert_int_equal(row->batch_number, 1);
    assert_int_equal(history.batches[row->batch].id, 1);
    assert_int_equal(row->lengths[0], strlen("1, I think, by way of a"));
    assert_int_equal(row->lengths[1], strlen("0 says b"));
    assert_int_equal(row->gold, -1);
    assert_false(row->held);
    row = find_row(&history, 1);
    assert_int_equal(history.roles[row->person], PERSON_SOURCE);
    assert_int_equal(row->batch, -1);
    assert_int_equal(row->confidence, -1);
    assert_int_equal(row->active_ms, -1);
    row = find_row(&history, 6);
    assert_int_equal(row->kind, KIND_GOLD);
    assert_int_equal(history.keys[row->gold].answers[0].prefer, 0);
    assert_false(row->training_burnt);
    assert_true(find_row(&history, 4)->held);
    assert_false(find_row(&history, 7)->held);
    assert_true(find_row(&history, 11)->training_burnt);
    assert_false(find_row(&history, 10)->training_burnt);
    assert_int_equal(history.batch_count, 5);
    history_release(&history);
    test_store_release(&test);
}

static void test_history_scopes(void **state) {
    (void)state;
    struct test_store test;
    struct history history;
    make_world(&test);
    test_execute(
        &test,
        "insert into judgment (id, uid, item, person, kind, rubric, serving, prefer, strength, shown, ms, at) values"
        " (12, 'j12', 1, 1, 2, 1, 6, 0, 1, 'ab', 1, 12000); update serving set state = 1 where id = 6");
    must(&test, load_history(test.store, &(struct load_scope){.person = 1, .open = true}, &history, &test.error));
    assert_int_equal(history.row_count, 6);
    const struct history_row *retest = find_row(&history, 12);
    assert_int_equal(history.rows[retest->first].judgment, 2);
    assert_int_equal(find_row(&history, 2)->first, -1);
    assert_int_equal(find_row(&history, 6)->gold, 0);
    assert_int_equal(find_row(&history, 6)->lengths[1], strlen("5 says b"));
    history_release(&history);
    must(&test, load_history(test.store, &(struct load_scope){.track = "safety"}, &history, &test.error));
    assert_int_equal(history.row_count, 2);
    history_release(&history);
    must(&test, load_history(test.store, &(struct load_scope){.since = 4000, .until = 6000}, &history, &test.error));
    assert_int_equal(history.row_count, 3);
    history_release(&history);
    assert_int_equal(load_history(test.store, &(struct load_scope){.track = "none"}, &history, &test.error),
                     STATUS_USAGE);
    /* what a lead decides changes what is held */
    test_execute(&test, "insert into hold_decision (hold, decision, why, at) values (1, 'released', 'looked', 1)");
    must(&test, load_history(test.store, &(struct load_scope){0}, &history, &test.error));
    assert_false(find_row(&history, 4)->held);
    history_release(&history);
    /* an amended key is the one in force; a void one is none */
    test_execute(&test, "update gold set retired = 1 where item = 6; insert into gold (id, item, use, origin, at) "
                        "values (9, 6, 0, 'amended', 2);"
                        "insert into gold_answer (gold, n, prefer) values (9, 0, 1)");
    must(&test, load_history(test.store, &(struct load_scope){0}, &history, &test.error));
    assert_int_equal(history.keys[find_row(&history, 6)->gold].answers[0].prefer, 1);
    history_release(&history);
    test_execute(&test, "update gold set retired = 3, void = 1 where id = 9");
    must(&test, load_history(test.store, &(struct load_scope){0}, &history, &test.error));
    assert_int_equal(find_row(&history, 6)->gold, -1);
    history_release(&history);
    test_store_release(&test);
}

/* Many people and judgments in no order: the rows come sorted, none lost. */
static void test_history_is_sorted(void **state) {
    (void)state;
    struct test_store test;
    struct history history;
    test_store_init(&test);
    test_import(&test, "helpfulness", 0, 500, 0);
    test_import(&test, "safety", 500, 500, 0);
    test_execute(&test, "with recursive n(i) as (select 1 union all select i + 1 from n where i < 17)"
                        " insert into person (uid, name, role, at) select 'p' || i, 'name-' || i, 0, 1 from n;"
                        "with recursive n(i) as (select 0 union all select i + 1 from n where i < 2999)"
                        " insert into judgment (uid, item, person, kind, prefer, at) select 'j' || i, 1 + (i * 7919) % "
                        "1000, 1 + (i * 31) % 17, 0, i % 2, i from n");
    must(&test, load_history(test.store, &(struct load_scope){0}, &history, &test.error));
    assert_int_equal(history.row_count, 3000);
    for (size_t i = 1; i < history.row_count; i++) {
        const struct history_row *a = &history.rows[i - 1], *b = &history.rows[i];
        assert_true(a->person != b->person ? a->person < b->person
                    : a->track != b->track ? a->track < b->track
                                           : a->judgment < b->judgment);
        assert_int_equal(b->item, 1 + ((b->judgment - 1) * 7919) % 1000);
    }
    history_release(&history);
    test_store_release(&test);
}

struct seen {
    int count, gold, held, retired;
    int64_t judgments, votes;
    char names[2000];
    struct judgment_line line; /* of the uid looked for */
    const char *uid;
    int status;
};

static int see_item(void *context, const struct item_line *line, struct error *error) {
    struct seen *seen = context;
    (void)error;
    seen->count++;
    seen->gold += line->gold && line->item.gold && line->item.gold->answer_count == 1;
    seen->judgments += line->judgments;
    seen->retired += line->retired;
    assert_int_equal(line->item.response_count, 2);
    assert_true(slice_is(line->source, "items.jsonl"));
    size_t used = strlen(seen->names);
    snprintf(seen->names + used, sizeof seen->names - used, SLICE_FORMAT " ", SLICE_ARGS(line->item.name));
    return seen->status;
}

static void test_items(void **state) {
    (void)state;
    struct test_store test;
    struct seen seen = {0};
    make_world(&test);
    must(&test, load_items(test.store, NULL, see_item, &seen, &test.error));
    assert_int_equal(seen.count, 16);
    assert_int_equal(seen.gold, 2);
    assert_int_equal(seen.judgments, 8); /* final ones of annotators: 2 5 8 4 7 and gold 6 10 11 */
    assert_memory_equal(seen.names, "item-0 item-1 item-2 ", 21);
    seen = (struct seen){.status = STATUS_NO};
    assert_int_equal(load_items(test.store, "safety", see_item, &seen, &test.error),
                     STATUS_NO); /* a visit can stop it */
    assert_int_equal(seen.count, 1);
    struct pool pool = POOL_INIT;
    struct item_line line;
    must(&test, load_item(test.store, 13, &pool, &line, &test.error));
    assert_int_equal(line.wanted, 1);
    assert_int_equal(line.judgments, 1);
    assert_int_equal(line.source_line, 21);
    assert_false(line.retired);
    assert_string_equal(line.ref.text, store_ref(test.store, 13).text);
    must(&test, item_retire(test.store, &test.lead, 13, slice_of("broken"), &test.error));
    assert_int_equal(item_retire(test.store, &test.lead, 13, slice_of("broken"), &test.error), STATUS_USAGE);
    must(&test, load_item(test.store, 13, &pool, &line, &test.error));
    assert_int_equal(line.wanted, 0);
    assert_true(line.retired);
    pool_release(&pool);
    test_store_release(&test);
}

static void test_counts(void **state) {
    (void)state;
    struct test_store test;
    struct item_counts counts;
    make_world(&test);
    must(&test, load_item_counts(test.store, NULL, &counts, &test.error));
    assert_int_equal(counts.total, 16);
    assert_int_equal(counts.gold, 2);
    assert_int_equal(counts.judged, 3); /* 1, 2, 3; 4 is under way, 13 and 14 want another */
    assert_int_equal(counts.open, 11);
    assert_int_equal(counts.waiting, 1);
    must(&test, load_item_counts(test.store, "safety", &counts, &test.error));
    assert_int_equal(counts.total, 4);
    assert_int_equal(counts.open, 4);
    test_execute(&test, "update serving set state = 2, reason = 0 where id = 5; insert into retirement (item, why, at) "
                        "values (3, 'x', 1)");
    must(&test, load_item_counts(test.store, "helpfulness", &counts, &test.error));
    assert_int_equal(counts.total, 11);
    assert_int_equal(counts.aside_lead, 1);
    assert_int_equal(counts.judged, 2);
    assert_int_equal(counts.open, 7); /* 4 waits for the lead */
    test_store_release(&test);
}

static int see_judgment(void *context, const struct judgment_line *line, struct error *error) {
    struct seen *seen = context;
    (void)error;
    seen->count++;
    seen->held += line->held;
    size_t used = strlen(seen->names);
    snprintf(seen->names + used, sizeof seen->names - used, SLICE_FORMAT " ", SLICE_ARGS(line->uid));
    if (seen->uid && slice_is(line->uid, seen->uid)) {
        assert_int_equal(line->response_count, 2);
        assert_true(slice_is(line->response_names[1], "r2"));
        assert_true(slice_is(line->tags, "factual-error,style"));
        assert_true(slice_is(line->flags, "unsafe"));
        assert_true(slice_is(line->judgment.rationale, "because"));
        assert_true(slice_is(line->ratings, "5 3"));
        assert_true(slice_is(line->rubric_name, "plain"));
        assert_int_equal(line->rubric_hash.length, 64);
        assert_string_equal(line->shown, "ba");
        assert_true(line->final);
        assert_int_equal(line->batch_number, 1);
        assert_true(slice_is(line->item, line->kind_hidden ? line->ref.text : "item-0"));
        seen->line.kind_hidden = line->kind_hidden;
    }
    return STATUS_OK;
}

static void test_judgments(void **state) {
    (void)state;
    struct test_store test;
    struct seen seen = {.uid = "j02"};
    struct viewer ana = {.role = VIEWER_ANNOTATOR, .person = 1, .name = "ana"};
    make_world(&test);
    must(&test, load_judgments(test.store, &test.lead, &(struct load_scope){0}, see_judgment, &seen, &test.error));
    assert_string_equal(seen.names, "j01 j02 j04 j05 j06 j07 j08 j10 j11 ");
    assert_false(seen.line.kind_hidden);
    assert_int_equal(seen.held, 1);
    seen = (struct seen){0};
    must(&test, load_judgments(test.store, &test.lead, &(struct load_scope){.open = true, .person = 1}, see_judgment,
                               &seen, &test.error));
    assert_string_equal(seen.names, "j02 j05 j06 j08 j09 ");
    seen = (struct seen){.uid = "j02"}; /* an annotator: only their own, never open ones, whoever is asked for */
    must(&test, load_judgments(test.store, &ana, &(struct load_scope){.open = true, .person = 2}, see_judgment, &seen,
                               &test.error));
    assert_string_equal(seen.names, "j02 j05 j06 j08 ");
    assert_true(seen.line.kind_hidden);
    seen = (struct seen){0};
    must(&test,
         load_judgments(test.store, &test.lead, &(struct load_scope){.track = "safety", .since = 3500, .until = 5500},
                        see_judgment, &seen, &test.error));
    assert_string_equal(seen.names, "j04 ");
    test_store_release(&test);
}

static int see_export(void *context, const struct export_item *item, struct error *error) {
    struct seen *seen = context;
    (void)error;
    seen->count++;
    seen->gold += item->gold;
    seen->held += (int)item->held_count;
    seen->votes += (int64_t)item->vote_count;
    for (size_t i = 0; i < item->vote_count; i++) {
        size_t used = strlen(seen->names);
        snprintf(seen->names + used, sizeof seen->names - used, "%lld:%s:%d:%d ", (long long)item->id,
                 item->votes[i].person, item->votes[i].prefer, item->votes[i].strength);
    }
    return STATUS_OK;
}

static void test_export(void **state) {
    (void)state;
    struct test_store test;
    struct seen seen = {0};
    make_world(&test);
    must(&test,
         load_export(test.store, &(struct export_scope){.track = "helpfulness"}, see_export, &seen, &test.error));
    assert_int_equal(seen.count, 12);
    assert_int_equal(seen.gold, 2);
    assert_string_equal(seen.names, "1:ana:1:2 2:ana:-2:0 3:ana:1:1 ");
    seen = (struct seen){0};
    must(&test, load_export(test.store, &(struct export_scope){.track = "helpfulness", .open = true, .labels = true},
                            see_export, &seen, &test.error));
    assert_string_equal(seen.names, "1:file.jsonl:0:0 1:ana:1:2 2:ana:-2:0 3:ana:1:1 4:ana:0:1 ");
    seen = (struct seen){0};
    must(&test, load_export(test.store, &(struct export_scope){.track = "safety"}, see_export, &seen, &test.error));
    assert_string_equal(seen.names, "14:dov:1:3 ");
    assert_int_equal(seen.held, 1);
    seen = (struct seen){0};
    must(&test, load_export(test.store, &(struct export_scope){.track = "safety", .held = true}, see_export, &seen,
                            &test.error));
    assert_string_equal(seen.names, "13:dov:-1:0 14:dov:1:3 ");
    assert_int_equal(load_export(test.store, &(struct export_scope){.track = "none"}, see_export, &seen, &test.error),
                     STATUS_USAGE);
    test_store_release(&test);
}

static void test_hours(void **state) {
    (void)state;
    struct test_store test;
    struct pool pool = POOL_INIT;
    struct hours_row *rows;
    size_t count;
    make_world(&test);
    setenv("TZ", "UTC", 1);
    must(&test, load_hours(test.store, &test.lead, NULL, false, &pool, &rows, &count, &test.error));
    assert_int_equal(count, 3);
    assert_true(slice_is(rows[0].person, "ana") && slice_is(rows[0].track, "helpfulness"));
    assert_int_equal(rows[0].items, 5);
    assert_int_equal(rows[0].active_ms, 9000);
    assert_int_equal(rows[0].idle_ms, 11000 - (2000 - 4000) - 9000);
    assert_int_equal(rows[0].hand_ins, 1);
    assert_int_equal(rows[0].day, 0);
    assert_true(slice_is(rows[1].person, "dov") && slice_is(rows[1].track, "helpfulness"));
    assert_int_equal(rows[1].hand_ins, 2);
    struct viewer ana = {.role = VIEWER_ANNOTATOR, .person = 1, .name = "ana"};
    must(&test, load_hours(test.store, &ana, "dov", false, &pool, &rows, &count, &test.error));
    assert_int_equal(count, 1);
    assert_true(slice_is(rows[0].person, "ana"));
    must(&test, load_hours(test.store, &test.lead, "dov", true, &pool, &rows, &count, &test.error));
    assert_int_equal(count, 2);
    assert_int_equal(rows[0].day, -3 * MS_DAY); /* 1 January 1970 was a Thursday */
    int64_t judged, active;
    must(&test, load_today(test.store, 1, 4000, &judged, &active, &test.error));
    assert_int_equal(judged, 4);
    assert_int_equal(active, 5000);
    /* what was judged elsewhere and came in since does not hide the day's work */
    test_execute(&test, "insert into judgment (uid, item, person, kind, prefer, at) values ('in', 5, 1, 0, 0, 100)");
    must(&test, load_today(test.store, 1, 4000, &judged, &active, &test.error));
    assert_int_equal(judged, 4);
    pool_release(&pool);
    test_store_release(&test);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_history), cmocka_unit_test(test_history_scopes), cmocka_unit_test(test_history_is_sorted),
        cmocka_unit_test(test_items),   cmocka_unit_test(test_counts),         cmocka_unit_test(test_judgments),
        cmocka_unit_test(test_export),  cmocka_unit_test(test_hours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
