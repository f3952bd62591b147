#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/text/direction.h"

static void known_directions(void **state) {
    (void)state;
    assert_int_equal(text_direction(slice_of("")), DIRECTION_NONE);
    assert_int_equal(text_direction(slice_of("12 + 3 …")), DIRECTION_NONE);
    assert_int_equal(text_direction(slice_of("hello שלום")), DIRECTION_LEFT_TO_RIGHT);
    assert_int_equal(text_direction(slice_of("שלום hello")), DIRECTION_RIGHT_TO_LEFT);
    assert_int_equal(text_direction(slice_of("1. العربية")), DIRECTION_RIGHT_TO_LEFT);
    assert_int_equal(text_direction(slice_of("漢字")), DIRECTION_LEFT_TO_RIGHT);
    assert_int_equal(text_direction(slice_of("…\u200F123")), DIRECTION_RIGHT_TO_LEFT);
    assert_int_equal(text_direction(slice_of("12\nשלום")), DIRECTION_NONE);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(known_directions)};
    return cmocka_run_group_tests_name("direction", tests, NULL, NULL);
}
