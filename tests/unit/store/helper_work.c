#include "tests/unit/store/helper_work.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/base/timestamp.h"
#include "store/people.h"
#include "store/statement.h"

#include "core/base/banned.h"

enum { ITEM_AND_KIND };
static const char *const sql[] = {[ITEM_AND_KIND] = "select item, kind from serving where id = ?1"};

struct viewer work_viewer(struct test_store *test, const char *name) {
    struct viewer viewer;
    must(test, viewer_find(test->store, name, &viewer, &test->error));
    return viewer;
}

void work_people(struct test_store *test, const char *const *names, size_t count, struct viewer *viewers) {
    struct person lea = {.name = slice_of("lea"), .role = PERSON_LEAD};
    must(test, person_add(test->store, &test->lead, &lea, true, &test->error));
    test->lead = work_viewer(test, "lea");
    for (size_t i = 0; i < count; i++) {
        struct person person = {.name = slice_of(names[i]), .role = PERSON_ANNOTATOR};
        must(test, person_add(test->store, &test->lead, &person, true, &test->error));
        viewers[i] = work_viewer(test, names[i]);
    }
}

struct judgment work_judgment(int prefer, int strength) {
    struct judgment judgment = {
        .prefer = prefer, .strength = strength, .confidence = 80, .rationale = slice_of("because it is right")};
    ratings_clear(&judgment.ratings);
    judgment.ratings.cells[0][0] = 5;
    return judgment;
}

struct judgment work_always_a(void *context, int64_t item, enum kind kind) {
    (void)context, (void)item, (void)kind;
    return work_judgment(0, 2);
}

struct batch work_deal(struct test_store *test, const struct viewer *viewer, const char *track) {
    static struct pool pool;
    struct batch batch;
    struct nothing_left left;
    pool_clear(&pool);
    must(test, batch_deal(test->store, viewer, &test->campaign, track, &pool, &batch, &left, &test->error));
    batch.track = slice_of(track);
    pool_release(&pool);
    return batch;
}

void work_submit(struct test_store *test, const struct viewer *viewer, int64_t serving,
                 const struct judgment *judgment) {
    must(test, judgment_submit(test->store, viewer, serving, 1, &test->rubric, judgment, 30000, &test->error));
}

void work_judge_all(struct test_store *test, const struct viewer *viewer, const struct batch *batch, work_rule *rule,
                    void *context) {
    struct pool pool = POOL_INIT;
    for (;;) {
        struct serving serving;
        struct sqlite3_stmt *row;
        pool_clear(&pool);
        must(test, serving_next(test->store, batch, &test->rubric, &pool, &serving, &test->error));
        if (!serving.id)
            break;
        must(test,
             statement_find(test->store, &sql[ITEM_AND_KIND], VALUES(value_integer(serving.id)), &row, &test->error));
        int64_t item = column_integer(row, 0);
        enum kind kind = (enum kind)column_integer(row, 1);
        statement_close(row);
        struct judgment judgment = rule(context, item, kind);
        work_submit(test, viewer, serving.id, &judgment);
    }
    pool_release(&pool);
}

bool work_one_batch(struct test_store *test, const struct viewer *viewer, const char *track, work_rule *rule,
                    void *context) {
    struct batch batch = work_deal(test, viewer, track);
    struct hand_in done;
    if (!batch.id)
        return false;
    work_judge_all(test, viewer, &batch, rule, context);
    must(test, batch_hand_in(test->store, viewer, &test->campaign, batch.id, &done, &test->error));
    assert_int_equal(done.judged + done.aside, batch.size);
    return true;
}
