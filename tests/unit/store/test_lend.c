/* Items that are lent: never gold, only what the person may have, the same each time for a rehearsal, unseen ones for gold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "store/gold.h"
#include "store/lend.h"
#include "store/load.h"
#include "store/people.h"
#include "tests/unit/store/helper_work.h"

#include "core/base/banned.h"

enum { ITEMS = 40, MOST = 12 };

struct lent {
    struct pool pool;
    int64_t *items;
    size_t count;
};

static struct lent rehearse(struct test_store *test, const struct viewer *viewer, size_t most) {
    struct lent lent = {.pool = POOL_INIT};
    must(test, lend_for_rehearsal(test->store, viewer, "helpfulness", most, &lent.pool, &lent.items, &lent.count,
                                  &test->error));
    return lent;
}

static bool is_gold(struct test_store *test, int64_t item) {
    struct gold_key key;
    struct pool pool = POOL_INIT;
    struct error none = ERROR_INIT;
    bool gold = gold_of_item(test->store, item, &pool, &key, &none) == STATUS_OK;
    pool_release(&pool);
    return gold;
}

static void test_rehearsal(void **state) {
    static const char *const names[] = {"ana", "dov"};
    struct test_store test;
    struct viewer people[2];
    (void)state;
    test_store_init(&test);
    work_people(&test, names, 2, people);
    test_import(&test, "helpfulness", 0, ITEMS, 4);
    must(&test, item_retire(test.store, &test.lead, 1, slice_of("broken"), &test.error));
    struct lent first = rehearse(&test, &people[0], MOST);
    assert_int_equal(first.count, MOST);
    for (size_t i = 0; i < first.count; i++) {
        assert_false(is_gold(&test, first.items[i]));
        assert_int_not_equal(first.items[i], 1);
        for (size_t j = 0; j < i; j++)
            assert_int_not_equal(first.items[i], first.items[j]);
    }
    work_one_batch(&test, &people[0], "helpfulness", work_always_a, NULL); /* work moves nothing */
    test.fixed.now += 1000000;
    struct lent again = rehearse(&test, &people[0], MOST), other = rehearse(&test, &people[1], MOST);
    assert_memory_equal(first.items, again.items, MOST * sizeof *first.items);
    assert_memory_equal(first.items, other.items, MOST * sizeof *first.items);
    pool_release(&again.pool);
    pool_release(&other.pool);
    struct lent all = rehearse(&test, &people[0], 1000); /* all that are neither gold nor retired */
    assert_int_equal(all.count, ITEMS - ITEMS / 4 - 1);
    assert_memory_equal(first.items, all.items, MOST * sizeof *first.items);
    pool_release(&all.pool);
    struct person taste = {.categories = slice_of("law")};
    must(&test, person_set(test.store, &test.lead, "dov", &taste, &test.error));
    struct lent law = rehearse(&test, &people[1], 1000);
    assert_true(law.count > 0);
    for (size_t i = 0; i < law.count; i++)
        assert_int_equal(law.items[i] % 2, 0); /* item-1 is the second row, and law */
    pool_release(&law.pool);
    pool_release(&first.pool);
    struct lent none = rehearse(&test, &people[0], 0);
    assert_int_equal(none.count, 0);
    pool_release(&none.pool);
    test_store_release(&test);
}

static void test_gold(void **state) {
    static const char *const names[] = {"ana"};
    struct test_store test;
    struct viewer ana;
    struct lent lent = {.pool = POOL_INIT};
    (void)state;
    test_store_init(&test);
    work_people(&test, names, 1, &ana);
    test_import(&test, "helpfulness", 0, ITEMS, 4);
    struct batch batch = work_deal(&test, &ana, "helpfulness");
    assert_true(batch.id);
    assert_int_equal(
        lend_for_gold(test.store, &ana, "helpfulness", 5, &lent.pool, &lent.items, &lent.count, &test.error),
        STATUS_USAGE);
    must(&test,
         lend_for_gold(test.store, &test.lead, "helpfulness", 1000, &lent.pool, &lent.items, &lent.count, &test.error));
    int64_t dealt = test_query(&test, "select count(*) from serving where kind = 0");
    assert_true(dealt > 0);
    assert_int_equal(lent.count, ITEMS - ITEMS / 4 - dealt);
    for (size_t i = 0; i < lent.count; i++)
        assert_false(is_gold(&test, lent.items[i]));
    int64_t before[5];
    memcpy(before, lent.items, sizeof before);
    must(&test,
         lend_for_gold(test.store, &test.lead, "helpfulness", 5, &lent.pool, &lent.items, &lent.count, &test.error));
    assert_int_equal(lent.count, 5);
    assert_memory_not_equal(before, lent.items, sizeof before); /* others each time */
    pool_release(&lent.pool);
    test_store_release(&test);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rehearsal), cmocka_unit_test(test_gold)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
