/* Keys shown after the fact, and contests of them: to whom, which, once, and what settles them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/model/history.h"
#include "store/check.h"
#include "store/contests.h"
#include "store/gold.h"
#include "store/load.h"
#include "store/load_desk.h"
#include "store/redact.h"
#include "tests/unit/store/helper_work.h"

#include "core/base/banned.h"

static const char *const names[] = {"ana", "ben"};

struct fixture {
    struct test_store test;
    struct viewer people[2];
    struct pool pool;
    struct shown_key *keys;
    size_t count;
    int64_t gold[4]; /* items that ana answered as gold, in batches handed in */
};

static struct track_settings *track_of(struct fixture *f) {
    return &f->test.campaign.tracks[0];
}

static size_t keys_of(struct fixture *f, int person) {
    must(&f->test,
         contest_keys(f->test.store, &f->people[person], track_of(f), &f->pool, &f->keys, &f->count, &f->test.error));
    return f->count;
}

static size_t open_contests(struct fixture *f) {
    struct contest *contests;
    size_t count;
    must(&f->test, contest_list(f->test.store, &f->test.lead, &f->pool, &contests, &count, &f->test.error));
    return count;
}

static void retire(struct fixture *f, int64_t item, bool voided) {
    must(&f->test, gold_retire(f->test.store, &f->test.lead, &f->test.campaign, item, voided, slice_of("seen enough"),
                               &f->test.error));
}

static int contest(struct fixture *f, int person, int64_t item) {
    return contest_make(f->test.store, &f->people[person], track_of(f), item, slice_of("both are right"),
                        &f->test.error);
}

static int64_t gold_after(struct fixture *f, int64_t item, const char *where) {
    char text[300];
    snprintf(
        text, sizeof text,
        "select coalesce(min(j.item), 0) from judgment j join serving s on s.id = j.serving join batch b on b.id = "
        "s.batch where j.kind = 1 and j.item > %lld and %s",
        (long long)item, where);
    return test_query(&f->test, text);
}

static void start(struct fixture *f) {
    *f = (struct fixture){.pool = POOL_INIT};
    test_store_init(&f->test);
    work_people(&f->test, names, 2, f->people);
    test_import(&f->test, "helpfulness", 0, 100, 4);
    track_of(f)->gold_low = track_of(f)->gold_high = 0.3;
    track_of(f)->retest_rate = 0;
    track_of(f)->feedback = FEEDBACK_AFTER_RETIREMENT;
    for (int i = 0; i < 3; i++)
        assert_true(work_one_batch(&f->test, &f->people[0], "helpfulness", work_always_a, NULL));
    int64_t last = 0;
    for (int i = 0; i < 4; i++)
        f->gold[i] = last = gold_after(f, last, "b.handed_in is not null");
    assert_true(last > 0);
}

static void end(struct fixture *f) {
    must(&f->test, store_check(f->test.store, NULL, NULL, &f->test.error));
    pool_release(&f->pool);
    test_store_release(&f->test);
}

static void test_only_own_retired_and_handed_in(void **state) {
    (void)state;
    struct fixture f;
    start(&f);
    assert_int_equal(keys_of(&f, 0), 0);
    retire(&f, f.gold[0], false);
    assert_int_equal(keys_of(&f, 1), 0); /* ben did not answer it */
    assert_int_equal(keys_of(&f, 0), 1);
    assert_int_equal(f.keys[0].item, f.gold[0]);
    assert_int_equal(f.keys[0].prefer, 0);
    assert_int_equal(f.keys[0].key.answers[0].prefer, 0);
    assert_true(!f.keys[0].training && !f.keys[0].voided && !f.keys[0].contest.data);
    track_of(&f)->feedback = FEEDBACK_TRAINING;
    assert_int_equal(keys_of(&f, 0), 0);
    track_of(&f)->feedback = FEEDBACK_NEVER;
    assert_int_equal(keys_of(&f, 0), 0);
    assert_int_equal(contest(&f, 0, f.gold[0]), STATUS_USAGE);
    track_of(&f)->feedback = FEEDBACK_AFTER_RETIREMENT;

    /* in a batch that is still open */
    struct batch batch = work_deal(&f.test, &f.people[0], "helpfulness");
    work_judge_all(&f.test, &f.people[0], &batch, work_always_a, NULL);
    int64_t fresh = gold_after(&f, 0, "b.handed_in is null");
    retire(&f, fresh, false);
    assert_int_equal(keys_of(&f, 0), 1);
    struct hand_in handed;
    must(&f.test, batch_hand_in(f.test.store, &f.people[0], &f.test.campaign, batch.id, &handed, &f.test.error));
    assert_int_equal(keys_of(&f, 0), 2);

    /* served again, or its prompt is that of gold still served on another track */
    struct gold_key key = {.answers = {{.prefer = 0}}, .answer_count = 1};
    must(&f.test,
         gold_promote(f.test.store, &f.test.lead, &f.test.campaign, fresh, &key, slice_of("again"), &f.test.error));
    assert_int_equal(keys_of(&f, 0), 1);
    test_import(&f.test, "safety", (int)f.gold[0] - 1, 1, 1);
    assert_int_equal(test_query(&f.test, "select count(*) from gold g join item i on i.id = g.item join track t on "
                                         "t.id = i.track where t.name = 'safety' and g.retired is null"),
                     1);
    assert_int_equal(keys_of(&f, 0), 0);
    end(&f);
}

/* Whatever is not shown is refused in the same words. */
static void test_who_may_contest_what(void **state) {
    (void)state;
    struct fixture f;
    char live[sizeof f.test.error.text];
    start(&f);
    int64_t work = test_query(&f.test, "select min(item) from judgment where kind = 0");
    assert_int_equal(contest(&f, 0, f.gold[1]), STATUS_USAGE);
    snprintf(live, sizeof live, "%s", f.test.error.text);
    memcpy(strstr(live, store_ref(f.test.store, f.gold[1]).text), store_ref(f.test.store, work).text, 4);
    assert_int_equal(contest(&f, 0, work), STATUS_USAGE);
    assert_string_equal(f.test.error.text, live);
    retire(&f, f.gold[0], false);
    assert_int_equal(contest(&f, 1, f.gold[0]), STATUS_USAGE);
    assert_int_equal(contest_make(f.test.store, &f.people[0], track_of(&f), f.gold[0], slice_of(""), &f.test.error),
                     STATUS_USAGE);
    must(&f.test, contest(&f, 0, f.gold[0]));
    assert_int_equal(contest(&f, 0, f.gold[0]), STATUS_NO);
    retire(&f, f.gold[1], true);
    assert_int_equal(contest(&f, 0, f.gold[1]), STATUS_NO); /* void */
    assert_int_equal(test_query(&f.test, "select count(*) from contest"), 1);
    assert_int_equal(test_query(&f.test, "select count(*) from event where verb = 'contest'"), 1);
    struct contest *contests;
    size_t count;
    must(&f.test, contest_list(f.test.store, &f.test.lead, &f.pool, &contests, &count, &f.test.error));
    assert_int_equal(count, 1);
    assert_true(slice_is(contests[0].person, "ana") && slice_is(contests[0].text, "both are right"));
    assert_true(contests[0].retired && contests[0].item == f.gold[0]);
    assert_int_equal(keys_of(&f, 0), 2);
    assert_true(f.keys[0].item == f.gold[0] || f.keys[1].item == f.gold[0]);
    assert_string_equal(contests[0].shown, f.keys[f.keys[0].item == f.gold[0] ? 0 : 1].shown);
    assert_int_equal(contest_list(f.test.store, &f.people[1], &f.pool, &contests, &count, &f.test.error), STATUS_USAGE);
    end(&f);
}

static size_t wrong_outcomes(struct fixture *f, size_t *outcomes) {
    struct history history;
    size_t wrong = 0;
    *outcomes = 0;
    must(&f->test, load_history(f->test.store, &(struct load_scope){0}, &history, &f->test.error));
    for (size_t i = 0; i < history.row_count; i++) {
        const struct history_row *row = &history.rows[i];
        if (row->kind != KIND_GOLD || row->gold < 0)
            continue;
        ++*outcomes;
        wrong += history_judge(&history.keys[row->gold], row) != VERDICT_RIGHT;
    }
    history_release(&history);
    return wrong;
}

static void count_key(void *context, int64_t item, int64_t amended) {
    (void)amended;
    int64_t *wanted = context;
    wanted[1] += item == wanted[0];
}

static bool looked_at(struct fixture *f, int64_t item) {
    int64_t wanted[2] = {item, 0};
    must(&f->test, load_keys(f->test.store, count_key, wanted, &f->test.error));
    return wanted[1] == 1;
}

static void test_kept_amended_and_void(void **state) {
    (void)state;
    struct fixture f;
    struct last_key last;
    size_t before, after;
    start(&f);
    for (int i = 0; i < 3; i++)
        retire(&f, f.gold[i], false);
    assert_int_equal(wrong_outcomes(&f, &before), 0);
    assert_false(looked_at(&f, f.gold[0]));
    for (int i = 0; i < 3; i++)
        must(&f.test, contest(&f, 0, f.gold[i]));
    assert_true(looked_at(&f, f.gold[0]));
    assert_int_equal(open_contests(&f), 3);

    must(&f.test, gold_last(f.test.store, &f.test.lead, f.gold[0], &f.pool, &last, &f.test.error));
    assert_true(last.retired);
    must(&f.test, gold_amend(f.test.store, &f.test.lead, &f.test.campaign, f.gold[0], &last.key,
                             slice_of("the rubric says so"), &f.test.error));
    assert_int_equal(open_contests(&f), 2);
    assert_false(looked_at(&f, f.gold[0]));

    struct gold_key other = {.answers = {{.prefer = 1}}, .answer_count = 1};
    must(&f.test,
         gold_amend(f.test.store, &f.test.lead, &f.test.campaign, f.gold[1], &other, slice_of("true"), &f.test.error));
    assert_int_equal(wrong_outcomes(&f, &after), 1);
    assert_int_equal(after, before);
    retire(&f, f.gold[2], true);
    wrong_outcomes(&f, &after);
    assert_int_equal(after, before - 1);
    assert_int_equal(open_contests(&f), 0);
    /* none of them is served again */
    assert_int_equal(test_query(&f.test, "select count(*) from gold where retired is null"), 25 - 3);

    assert_int_equal(keys_of(&f, 0), 3);
    for (size_t i = 0; i < 3; i++) {
        const struct shown_key *key = &f.keys[i];
        assert_true(key->decided && key->contest.data);
        assert_int_equal(key->voided, key->item == f.gold[2]);
        assert_true(slice_is(key->why, key->item == f.gold[0]   ? "the rubric says so"
                                       : key->item == f.gold[1] ? "true"
                                                                : ""));
    }
    assert_int_equal(
        gold_retire(f.test.store, &f.test.lead, &f.test.campaign, f.gold[0], false, slice_of("x"), &f.test.error),
        STATUS_USAGE); /* it is already */
    assert_int_equal(
        gold_amend(f.test.store, &f.test.lead, &f.test.campaign, f.gold[2], &other, slice_of("x"), &f.test.error),
        STATUS_USAGE); /* void */
    end(&f);
}

static void test_redacted(void **state) {
    (void)state;
    struct fixture f;
    struct redaction done;
    start(&f);
    retire(&f, f.gold[0], false);
    must(&f.test, contest(&f, 0, f.gold[0]));
    must(&f.test, item_redact(f.test.store, &f.test.lead, f.gold[0], slice_of("asked for"), &done, &f.test.error));
    assert_int_equal(test_query(&f.test, "select count(*) from contest where text <> ''"), 0);
    assert_int_equal(open_contests(&f), 0);
    assert_int_equal(keys_of(&f, 0), 0);
    end(&f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_only_own_retired_and_handed_in),
        cmocka_unit_test(test_who_may_contest_what),
        cmocka_unit_test(test_kept_amended_and_void),
        cmocka_unit_test(test_redacted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
