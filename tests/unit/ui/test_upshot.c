/* What the person is told of a call that failed, and what the screen must do then. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ui/upshot.h"

#include "core/base/banned.h"

static enum upshot judge(struct frame *frame, int status) {
    struct error error = ERROR_INIT;
    error_set(&error, STATUS_NO, "there is no 'x'");
    frame->notice[0] = '\0';
    return upshot_tell(frame, status, &error);
}

static void test_upshots(void **state) {
    static const int sentences[] = {STATUS_NO, STATUS_USAGE, STATUS_INPUT};
    struct frame frame;
    (void)state;
    frame_init(&frame, NULL, NULL);
    assert_int_equal(judge(&frame, STATUS_OK), UPSHOT_DONE);
    assert_string_equal(frame.notice, "");
    assert_int_equal(judge(&frame, STATUS_BUSY), UPSHOT_BUSY);
    assert_string_equal(frame.notice, "the store is busy; trying again");
    for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++) {
        assert_int_equal(judge(&frame, sentences[i]), UPSHOT_REFUSED);
        assert_string_equal(frame.notice, "there is no 'x'");
    }
    assert_int_equal(judge(&frame, STATUS_SYSTEM), UPSHOT_FAILED);
    assert_string_equal(frame.notice, "");
    frame_release(&frame);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_upshots)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
