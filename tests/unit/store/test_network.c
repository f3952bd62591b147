/* A store on a network file system is refused with a sentence, whatever is asked of it. statfs is ours here: it says what the test wants. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>

#include "tests/unit/store/helper_work.h"

static long type = 0xEF53;

int statfs(const char *path, struct statfs *about) {
    struct stat there;
    if (stat(path, &there) != 0)
        return -1;
    *about = (struct statfs){.f_type = type};
    return 0;
}

static void test_network(void **state) {
    static const long types[] = {0x6969, 0xFE534D42, 0x0BD00BD0, 0x47504653, 0x01021997};
    (void)state;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        struct test_store test;
        struct store *other;
        char path[300];
        type = 0xEF53; /* ext4 */
        test_store_init(&test);
        store_close(test.store);
        test.store = NULL;
        type = types[i];
        assert_int_equal(store_open(&other, test.path, STORE_PLAIN, &test.fixed.world, &test.error), STATUS_SYSTEM);
        assert_non_null(strstr(test.error.text, "is on a network file system ("));
        assert_non_null(strstr(test.error.text, "'assay backup' copies one there"));
        assert_int_equal(store_open(&other, test.path, STORE_READ_ONLY, &test.fixed.world, &test.error), STATUS_SYSTEM);
        snprintf(path, sizeof path, "%s/new.assay", test.folder);
        assert_int_equal(store_create(&other, path, &test.fixed.world, &test.error), STATUS_SYSTEM);
        assert_non_null(strstr(test.error.text, "network file system"));
        struct stat about;
        assert_int_not_equal(stat(path, &about), 0);
        type = 0xEF53;
        must(&test, store_open(&test.store, test.path, STORE_PLAIN, &test.fixed.world, &test.error));
        test_store_release(&test);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_network)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
