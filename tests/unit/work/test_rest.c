/* A rest is spoken of once in a stretch of work, and a pause ends the stretch. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/work/rest.h"

enum { MINUTE = 60 * 1000 };

/* A key every minute. */
static int64_t work(struct rest *rest, int64_t now, int minutes) {
    for (int i = 0; i < minutes; i++)
        rest_touch(rest, now += MINUTE);
    return now;
}

static void test_once_in_a_stretch(void **state) {
    (void)state;
    struct rest rest = {0};
    int64_t now = work(&rest, 1000000, 50);
    assert_int_equal(rest_due(&rest, 50), 0); /* 49 minutes from the first key */
    now = work(&rest, now, 1);
    assert_int_equal(rest_due(&rest, 50), 50);
    assert_int_equal(rest_due(&rest, 50), 0);
    work(&rest, now, 200);
    assert_int_equal(rest_due(&rest, 50), 0);
}

static void test_a_pause_begins_another(void **state) {
    (void)state;
    struct rest rest = {0};
    int64_t now = work(&rest, 1000000, 45);
    rest_touch(&rest, now += REST_PAUSE_MS);
    now = work(&rest, now, 30);
    assert_int_equal(rest_due(&rest, 50), 0);
    now = work(&rest, now, 20);
    assert_int_equal(rest_due(&rest, 50), 50);
    rest_touch(&rest, now += REST_PAUSE_MS - 1); /* too short to be one */
    assert_int_equal(rest_due(&rest, 50), 0);
    now = work(&rest, now + REST_PAUSE_MS, 60);
    assert_int_equal(rest_due(&rest, 50), 59);
}

static void test_never(void **state) {
    (void)state;
    struct rest rest = {0};
    assert_int_equal(rest_due(&rest, 50), 0);
    work(&rest, 1000000, 500);
    assert_int_equal(rest_due(&rest, 0), 0);
    rest_touch(&rest, 5000); /* the clock went back */
    assert_int_equal(rest_due(&rest, 50), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_once_in_a_stretch),
        cmocka_unit_test(test_a_pause_begins_another),
        cmocka_unit_test(test_never),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
