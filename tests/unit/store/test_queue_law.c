/*
 * The law of the queue: whoever deals, judges, sets aside, walks away and comes too late at the same time, in the
 * end every item has exactly the judgments that it wants, nobody has had an item twice, and no item has one too
 * many; and of a shared set everybody who stays has had all, early, and nobody twice. Eight processes work through one
 * store to exhaustion. Time runs fast (a millisecond is ten minutes), so
 * that leases end while people work.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "core/base/timestamp.h"
#include "core/work/queue_rank.h"
#include "store/check.h"
#include "store/people.h"
#include "tests/unit/store/helper_work.h"

#include "core/base/banned.h"

enum { PROCESSES = 8, NAMES = 4, ITEMS = 260, OVERLAP = 2, DEADLINE_SECONDS = 100 };

static int64_t monotonic_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t started;

static int64_t fast_now(struct world *world) {
    (void)world;
    return INT64_C(1795500000000) + (monotonic_ms() - started) * 10 * MS_MINUTE;
}

/* One process: its own connection, world and dice; it acts for one person at a time. */
struct worker {
    struct test_store *test; /* campaign, rubric, path */
    struct fixed_world fixed;
    struct store *store;
    struct viewer viewer;
    struct error error;
    int number, name;
    uint64_t dice;
    int late; /* submits that came after the lease */
};

static unsigned roll(struct worker *worker, unsigned sides) {
    worker->dice = worker->dice * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(worker->dice >> 33) % sides;
}

static void quit(struct worker *worker, const char *where) {
    fprintf(stderr, "worker %d, %s: %s\n", worker->number, where, worker->error.text);
    _exit(1);
}

static void expect(struct worker *worker, int status, const char *where) {
    if (status < 0)
        quit(worker, where);
}

static void become(struct worker *worker, int name) {
    char text[40];
    snprintf(text, sizeof text, "w%d-%d", worker->number, name);
    worker->name = name;
    expect(worker, viewer_find(worker->store, text, &worker->viewer, &worker->error), "viewer_find");
}

/* STATUS_NO is what a late worker hears; anything else that is negative is a fault. */
static bool in_time(struct worker *worker, int status, const char *where) {
    if (status < 0 && status != STATUS_NO)
        quit(worker, where);
    worker->late += status == STATUS_NO;
    return status >= 0;
}

static bool do_serving(struct worker *worker, const struct serving *serving) {
    struct judgment judgment = work_judgment((int)roll(worker, 3) - 1, 0);
    judgment.strength = judgment.prefer >= 0 ? 2 : 0;
    if (roll(worker, 100) < 4)
        return in_time(worker,
                       serving_set_aside(worker->store, &worker->viewer, serving->id, ASIDE_UNDECIDED, &worker->error),
                       "set aside");
    if (!in_time(worker,
                 judgment_submit(worker->store, &worker->viewer, serving->id, 1, &worker->test->rubric, &judgment, 1000,
                                 &worker->error),
                 "submit"))
        return false;
    if (roll(worker, 100) < 5) { /* thinks again */
        judgment.prefer = 0;
        judgment.strength = 1;
        return in_time(worker,
                       judgment_submit(worker->store, &worker->viewer, serving->id, 1, &worker->test->rubric, &judgment,
                                       1000, &worker->error),
                       "revise");
    }
    return true;
}

/* False if the person walked away or came too late. */
static bool do_batch(struct worker *worker, const struct batch *batch) {
    struct pool pool = POOL_INIT;
    struct serving serving;
    struct hand_in done;
    bool going = true;
    bool walks_away = worker->name + 1 < NAMES && roll(worker, 100) < 12;
    int leave_after = (int)roll(worker, 8);
    for (int i = 0; going; i++) {
        pool_clear(&pool);
        expect(worker, serving_next(worker->store, batch, &worker->test->rubric, &pool, &serving, &worker->error),
               "next");
        if (!serving.id)
            break;
        if (walks_away && i == leave_after)
            going = false;
        else
            going = do_serving(worker, &serving);
    }
    pool_release(&pool);
    if (going)
        in_time(
            worker,
            batch_hand_in(worker->store, &worker->viewer, &worker->test->campaign, batch->id, &done, &worker->error),
            "hand in");
    return going || !walks_away;
}

/* Nobody else's batch can bring anything back, and nothing is left for any of our people. */
static void work_to_exhaustion(struct worker *worker) {
    struct pool pool = POOL_INIT;
    for (int64_t since = monotonic_ms();;) {
        struct batch batch;
        struct nothing_left left = {0};
        pool_clear(&pool);
        expect(worker,
               batch_deal(worker->store, &worker->viewer, &worker->test->campaign, "safety", &pool, &batch, &left,
                          &worker->error),
               "deal");
        if (batch.id) {
            if (!do_batch(worker, &batch))
                become(worker, worker->name + 1);
        } else if (left.open_batches == 0) {
            break;
        } else {
            nanosleep(&(struct timespec){.tv_nsec = 3000000}, NULL);
        }
        if (monotonic_ms() - since > DEADLINE_SECONDS * 1000)
            quit(worker, "deadline");
    }
    pool_release(&pool);
}

static void run_worker(struct test_store *test, int number) {
    struct worker worker = {.test = test, .number = number, .dice = (uint64_t)number * 7919 + 1};
    fixed_world_init(&worker.fixed);
    worker.fixed.world.now = fast_now;
    worker.fixed.dice = (uint64_t)number * 104729 + 12345;
    expect(&worker, store_open(&worker.store, test->path, STORE_PLAIN, &worker.fixed.world, &worker.error), "open");
    become(&worker, 0);
    work_to_exhaustion(&worker);
    store_close(worker.store);
    _exit(0);
}

static void add_people(struct test_store *test) {
    struct person lea = {.name = slice_of("lea"), .role = PERSON_LEAD};
    must(test, person_add(test->store, &test->lead, &lea, true, &test->error));
    test->lead = work_viewer(test, "lea");
    for (int p = 0; p < PROCESSES; p++)
        for (int n = 0; n < NAMES; n++) {
            char name[40];
            snprintf(name, sizeof name, "w%d-%d", p, n);
            struct person person = {.name = slice_of(name), .role = PERSON_ANNOTATOR};
            must(test, person_add(test->store, &test->lead, &person, true, &test->error));
        }
}

/* Final choices on each item in the order in which they became final. */
static const char *const votes =
    "select j.item, j.prefer from judgment j join serving s on s.id = j.serving join batch b on b.id = s.batch"
    " join event e on e.subject = 'batch ' || b.uid and e.verb in ('hand-in', 'release') where j.kind = 0"
    " and j.id not in (select judgment from retraction) and b.handed_in is not null"
    " and j.item not in (select item from queue) order by j.item, e.n, j.id";

/* Enough, and each one beyond the overlap because those before it were split. */
static void expect_lawful(int64_t item, const int *prefers, size_t count) {
    if (count < OVERLAP)
        fail_msg("item %lld has %zu judgments", (long long)item, count);
    for (size_t k = OVERLAP; k < count; k++)
        if (!queue_split(prefers, k, OVERLAP))
            fail_msg("item %lld has %zu judgments, one too many", (long long)item, count);
    if (queue_split(prefers, count, OVERLAP))
        fail_msg("item %lld is split and has only %zu judgments", (long long)item, count);
}

/* The items of the queue are those of the shared set. */
static void verify_votes(struct test_store *test) {
    sqlite3 *db;
    sqlite3_stmt *row;
    int prefers[64];
    size_t count = 0, items = 0;
    int64_t item = 0;
    assert_int_equal(sqlite3_open(test->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, votes, -1, &row, NULL), SQLITE_OK);
    for (bool more = true; more;) {
        more = sqlite3_step(row) == SQLITE_ROW;
        int64_t next = more ? sqlite3_column_int64(row, 0) : -1;
        if (next != item && item) {
            expect_lawful(item, prefers, count);
            items++;
        }
        count = next == item ? count : 0;
        item = next;
        assert_true(count < 64);
        if (more)
            prefers[count++] = sqlite3_column_int(row, 1);
    }
    assert_int_equal(items, test_query(test, "select count(*) from item i where i.id not in (select item from gold)"
                                             " and i.id not in (select item from queue)"));
    sqlite3_finalize(row);
    sqlite3_close(db);
}

static void fail_on_finding(void *context, const char *part, const char *finding) {
    (void)context;
    fail_msg("%s: %s", part, finding);
}

/* Those who stayed to the end have been given each item of the shared set, and had given half of them by their fourth batch. */
static void verify_shared(struct test_store *test, double share) {
    int64_t shared = test_query(test, "select count(*) from queue where lane = 5");
    assert_int_equal(test_query(test, "select count(*) from queue where lane <> 5"), 0);
    if (share == 0) {
        assert_int_equal(shared, 0);
        return;
    }
    assert_true((double)shared > ITEMS * share / 2 && (double)shared < ITEMS * share * 2);
    int64_t stayed = test_query(test, "select count(*) from person p where role = 0 and "
                                      "(select count(*) from serving s join queue q on q.item = s.item where s.person "
                                      "= p.id) = (select count(*) from queue)");
    assert_true(stayed >= PROCESSES);
    assert_int_equal(test_query(test,
                                "select count(*) from (select b.person from batch b where b.number > 1 group by "
                                "b.person having (select count(*) from serving s join batch c on c.id = s.batch "
                                "join queue q on q.item = s.item where c.person = b.person and c.number <= 2) < 2)"),
                     0); /* a fifth of each of the first batches */
}

static void run_law(double share) {
    struct test_store test;
    test_store_init(&test);
    started = monotonic_ms();
    test.campaign.tracks[1].shared = share;
    test_execute(&test, share > 0 ? "update track set shared = 0.1 where name = 'safety'" : "select 1");
    test.campaign.tracks[1].lease_days = 4; /* 576 ms */
    test.campaign.tracks[1].batch = 8;
    add_people(&test);
    test_import(&test, "safety", 0, ITEMS, 13);
    store_close(test.store);
    test.store = NULL;
    pid_t children[PROCESSES];
    for (int p = 0; p < PROCESSES; p++) {
        children[p] = fork();
        assert_true(children[p] >= 0);
        if (children[p] == 0)
            run_worker(&test, p);
    }
    for (int p = 0; p < PROCESSES; p++) {
        int result;
        assert_int_equal(waitpid(children[p], &result, 0), children[p]);
        assert_true(WIFEXITED(result) && WEXITSTATUS(result) == 0);
    }
    must(&test, store_open(&test.store, test.path, STORE_PLAIN, &test.fixed.world, &test.error));
    verify_shared(&test, share);
    assert_int_equal(test_query(&test, "select count(*) from batch where handed_in is null"), 0);
    assert_int_equal(
        test_query(
            &test,
            "select count(*) from (select 1 from serving where pass = 0 group by person, item having count(*) > 1)"),
        0);
    assert_int_equal(
        test_query(&test,
                   "select count(*) from (select 1 from judgment where id not in (select judgment from retraction)"
                   " group by person, item, kind having count(*) > 1)"),
        0);
    assert_true(test_query(&test, "select count(*) from serving where state = 3") > 0); /* somebody did walk away */
    assert_true(test_query(&test, "select count(*) from serving where state = 2") > 0);
    assert_true(test_query(&test, "select count(*) from retraction") > 0);
    verify_votes(&test);
    must(&test, store_check(test.store, fail_on_finding, NULL, &test.error));
    test_store_release(&test);
}

static void test_law(void **state) {
    (void)state;
    run_law(0);
}

static void test_law_with_shared_set(void **state) {
    (void)state;
    run_law(0.1);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_law), cmocka_unit_test(test_law_with_shared_set)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
