#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/text/utf8.h"
#include "tests/unit/text/helper_strings.h"

static void every_code_point(void **state) {
    (void)state;
    for (int32_t point = 0; point <= 0x10FFFF; point++) {
        char bytes[4];
        int32_t read = -1;
        if (point >= 0xD800 && point <= 0xDFFF)
            continue;
        size_t length = utf8_encode(bytes, point);
        assert_int_equal(length, point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4);
        assert_int_equal(utf8_decode(bytes, length, &read), length);
        assert_int_equal(read, point);
        for (size_t cut = 0; cut < length; cut++)
            assert_int_equal(utf8_decode(bytes, cut, &read), 0);
    }
}

/* Another way to see validity: read the bits loosely, write them again, compare. */
static size_t loose_length(const char *bytes) {
    const unsigned char *b = (const unsigned char *)bytes;
    size_t length = b[0] < 0x80 ? 1 : b[0] < 0xC0 ? 0 : b[0] < 0xE0 ? 2 : b[0] < 0xF0 ? 3 : b[0] < 0xF8 ? 4 : 0;
    int32_t point = length == 0 ? 0 : length == 1 ? b[0] : b[0] & (0x7F >> length);
    char again[4];
    for (size_t i = 1; i < length; i++) {
        if ((b[i] & 0xC0) != 0x80)
            return 0;
        point = point << 6 | (b[i] & 0x3F);
    }
    if (length == 0 || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF))
        return 0;
    return utf8_encode(again, point) == length && memcmp(again, bytes, length) == 0 ? length : 0;
}

static void every_beginning_of_two_bytes(void **state) {
    static const unsigned char third[] = {0x00, 0x7F, 0x80, 0xA5, 0xBF, 0xC0};
    (void)state;
    for (unsigned first = 0; first < 256; first++)
        for (unsigned second = 0; second < 256; second++)
            for (size_t i = 0; i < sizeof third; i++)
                for (size_t j = 0; j < sizeof third; j++) {
                    const char bytes[4] = {(char)first, (char)second, (char)third[i], (char)third[j]};
                    int32_t point;
                    assert_int_equal(utf8_decode(bytes, 4, &point), loose_length(bytes));
                }
}

static void finds_the_first_invalid_byte(void **state) {
    static const char *const bad[] = {
        "\xC0\x80",    "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80",
        "\x80",        "\xFF",         "\xC3",         "\xE2\x82",         "\xF0\x9F\x98",     "\xC3(",
        "\xE2\x28\xA1"};
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        for (size_t before = 0; before < 20; before++) {
            char text[64];
            size_t length = strlen(bad[i]);
            memset(text, 'x', sizeof text);
            memcpy(text + before, bad[i], length);
            assert_int_equal(utf8_first_invalid(slice_make(text, 40)), before);
            assert_int_equal(utf8_first_invalid(slice_make(text, before + length)), before);
            assert_false(utf8_valid(slice_make(text, before + length)));
        }
    assert_true(utf8_valid(slice_make("a\0b", 3)));
    assert_true(utf8_valid(SLICE_ABSENT));
    assert_int_equal(utf8_first_invalid(slice_of("naïve 漢字 👍")), strlen("naïve 漢字 👍"));
}

static void counts_and_steps(void **state) {
    struct buffer text = BUFFER_INIT;
    uint64_t seed = 1;
    (void)state;
    for (int i = 0; i < 2000; i++) {
        size_t points = 0, at = 0;
        random_valid_text(&seed, &text, 20);
        struct slice slice = buffer_slice(&text);
        assert_true(utf8_valid(slice));
        while (at < slice.length) {
            size_t next = utf8_next(slice, at);
            assert_int_equal(utf8_previous(slice, next), at);
            at = next;
            points++;
        }
        assert_int_equal(utf8_count(slice), points);
    }
    assert_int_equal(utf8_next(slice_of("a"), 1), 1);
    assert_int_equal(utf8_previous(slice_of("a"), 0), 0);
    buffer_release(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point),
        cmocka_unit_test(every_beginning_of_two_bytes),
        cmocka_unit_test(finds_the_first_invalid_byte),
        cmocka_unit_test(counts_and_steps),
    };
    return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
