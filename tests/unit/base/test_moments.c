/* Timestamps, ULIDs and error sentences. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include "core/base/error.h"
#include "core/base/timestamp.h"
#include "core/base/ulid.h"

#include "core/base/banned.h"

static void test_written(void **state) {
    (void)state;
    assert_string_equal(timestamp_utc(0).text, "1970-01-01T00:00:00.000Z");
    assert_string_equal(timestamp_utc(-1).text, "1969-12-31T23:59:59.999Z");
    assert_string_equal(timestamp_utc(INT64_C(1795500843120)).text, "2026-11-24T06:14:03.120Z");
    assert_string_equal(timestamp_day(INT64_C(1795500843120)).text, "2026-11-24");
    assert_string_equal(timestamp_week(INT64_C(1795500843120)).text, "2026-W48");
}

/* ISO weeks around the turn of the year, from the standard's own oddities. */
static void test_weeks(void **state) {
    (void)state;
    static const char *const days[][2] = {
        {"2020-12-31", "2020-W53"}, {"2021-01-01", "2020-W53"}, {"2021-01-03", "2020-W53"}, {"2021-01-04", "2021-W01"},
        {"2018-12-31", "2019-W01"}, {"2016-01-03", "2015-W53"}, {"2024-12-29", "2024-W52"}, {"2024-12-30", "2025-W01"},
        {"1970-01-01", "1970-W01"}, {"2000-02-29", "2000-W09"}};
    for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
        int64_t ms;
        assert_true(timestamp_parse(slice_of(days[i][0]), &ms));
        assert_string_equal(timestamp_week(ms).text, days[i][1]);
    }
}

static void test_read(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int64_t ms;
    } good[] = {
        {"1970-01-01", 0},
        {"2026-11-24T06:14:03.120Z", INT64_C(1795500843120)},
        {"2026-11-24T06:14:03Z", INT64_C(1795500843000)},
        {"2026-11-24 06:14:03", INT64_C(1795500843000)},
        {"2026-11-24T07:14:03.12+01:00", INT64_C(1795500843120)},
        {"2026-11-24T00:44:03.1209999-05:30", INT64_C(1795500843120)},
        {"2000-02-29", INT64_C(951782400000)},
        {"1969-12-31T23:59:59.999Z", -1},
    };
    static const char *const bad[] = {"",
                                      "2026",
                                      "2026-13-01",
                                      "2026-00-10",
                                      "2026-02-29",
                                      "1900-02-29",
                                      "2026-11-31",
                                      "2026-11-24T24:00:00Z",
                                      "2026-11-24T06:60:00Z",
                                      "2026-11-24T06:14",
                                      "2026-11-24T06:14:03.Z",
                                      "2026-11-24T06:14:03X",
                                      "2026-11-24x",
                                      "2026-11-24T06:14:03+1:00",
                                      "20261124",
                                      " 2026-11-24",
                                      "2026-11-24 ",
                                      "0000-01-01",
                                      "2026-1-1",
                                      "yesterday"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        int64_t ms = 77;
        if (!timestamp_parse(slice_of(good[i].text), &ms) || ms != good[i].ms)
            fail_msg("'%s' is %lld", good[i].text, (long long)ms);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int64_t ms = 77;
        if (timestamp_parse(slice_of(bad[i]), &ms) || ms != 77)
            fail_msg("'%s' was taken as %lld", bad[i], (long long)ms);
    }
}

static void test_round_trip(void **state) {
    (void)state;
    uint64_t dice = 11;
    for (int i = 0; i < 20000; i++) {
        dice = dice * 6364136223846793005u + 1442695040888963407u;
        int64_t ms = (int64_t)(dice >> 1) % INT64_C(253402300799999), back;
        assert_true(timestamp_parse(slice_of(timestamp_utc(ms).text), &back));
        assert_int_equal(back, ms);
    }
}

static void test_local(void **state) {
    (void)state;
    setenv("TZ", "Europe/Berlin", 1);
    tzset();
    int64_t evening = INT64_C(1795560000000); /* 2026-11-24T22:40Z */
    assert_string_equal(timestamp_local_day(evening + 2 * MS_HOUR).text, "2026-11-25");
    int64_t midnight = timestamp_local_midnight(evening);
    assert_true(midnight <= evening && evening - midnight < MS_DAY);
    assert_string_equal(timestamp_local_time(midnight).text, "00:00");
    assert_int_equal(timestamp_local_midnight(midnight), midnight);
    assert_string_equal(timestamp_local_day(midnight - 1).text, "2026-11-23");
    setenv("TZ", "UTC", 1);
    tzset();
    assert_string_equal(timestamp_local_time(0).text, "00:00");
}

static int64_t counting_now(struct world *world) {
    return *(int64_t *)world->state;
}

static void counting_entropy(struct world *world, void *bytes, size_t count) {
    static unsigned char next;
    (void)world;
    for (size_t i = 0; i < count; i++)
        ((unsigned char *)bytes)[i] = ++next;
}

static void test_ulids(void **state) {
    (void)state;
    int64_t now = INT64_C(1469918176385);
    struct world world = {counting_now, counting_entropy, &now};
    struct ulid one = ulid_make(&world);
    assert_memory_equal(one.text, "01ARYZ6S41", 10); /* the time of the specification's example */
    assert_true(ulid_valid(slice_of(one.text)));
    now++;
    struct ulid two = ulid_make(&world);
    assert_true(strcmp(one.text, two.text) < 0);
    now--;
    struct ulid three = ulid_make(&world);
    assert_string_not_equal(one.text, three.text);
    now = (INT64_C(1) << 48) - 1;
    assert_memory_equal(ulid_make(&world).text, "7ZZZZZZZZZ", 10);
    assert_false(ulid_valid(slice_of("8ZZZZZZZZZZZZZZZZZZZZZZZZZ")));
    assert_false(ulid_valid(slice_of("01ARYZ6S4100000000000000I0")));
    assert_false(ulid_valid(slice_of("01ARYZ6S410000000000000000x")));
    assert_false(ulid_valid(slice_of("01aryz6s410000000000000000")));
    assert_false(ulid_valid(slice_of("")));
    assert_false(ulid_valid(slice_make("01ARYZ6S41000000000000000\0", 26)));
}

static void test_errors(void **state) {
    (void)state;
    struct error error = ERROR_INIT;
    assert_int_equal(error_set(&error, STATUS_INPUT, "there is no track '%s'", "x"), STATUS_INPUT);
    assert_string_equal(error.text, "there is no track 'x'");
    error_prefix(&error, "%s:%d: ", "items.jsonl", 4);
    assert_string_equal(error.text, "items.jsonl:4: there is no track 'x'");
    assert_int_equal(error_set(NULL, STATUS_NO, "nobody listens"), STATUS_NO);
    error_prefix(NULL, "x");
    /* cut at a code point */
    char longest[3000];
    for (size_t i = 0; i + 1 < sizeof longest; i += 2)
        memcpy(longest + i, "\xC3\xA9", 2);
    longest[sizeof longest - 2] = '\0';
    error_set(&error, STATUS_INPUT, "x%s", longest);
    size_t length = strlen(error.text);
    assert_true(length < sizeof error.text && length > sizeof error.text - 8);
    assert_int_equal((unsigned char)error.text[length - 1], 0xA9);
    error_prefix(&error, "a");
    length = strlen(error.text);
    assert_true(length < sizeof error.text);
    assert_int_equal((unsigned char)error.text[length - 1], 0xA9);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_written),    cmocka_unit_test(test_weeks), cmocka_unit_test(test_read),
        cmocka_unit_test(test_round_trip), cmocka_unit_test(test_local), cmocka_unit_test(test_ulids),
        cmocka_unit_test(test_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
