/* Records read ahead by a thread are those that are read one by one, in the same order, whenever it is stopped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/exchange/items_ahead.h"
#include "core/hash/hash.h"

enum { LINES = 20000 };

static char path[] = "/tmp/assay-ahead-XXXXXX";

/* Some 3 MB: every 97th line is bad, every 1000th is long, blank lines between; the last one breaks off. */
static int write_lines(void **state) {
    (void)state;
    struct error error = ERROR_INIT;
    int descriptor = mkstemp(path);
    FILE *out = fdopen(descriptor, "w");
    assert_non_null(out);
    for (int i = 1; i <= LINES; i++) {
        fprintf(out,
                "{\"id\": \"q-%d\", \"prompt\": \"caf\\u00e9 %d\", \"responses\": [\"one\\n%d%*s\", \"two %d\"]%s\n", i,
                i, i, i % 1000 == 0 ? 40000 : 40, ".", i, i % 97 == 0 ? ", \"responces\": 1}}" : "}");
        if (i % 10 == 0)
            fputs("  \n", out);
    }
    fputs("{\"id\": \"q", out);
    assert_int_equal(fclose(out), 0);
    return hash_start(&error);
}

static int remove_lines(void **state) {
    (void)state;
    return unlink(path);
}

static void open_both(struct items *items[2], struct ahead *ahead[2]) {
    struct error error = ERROR_INIT;
    for (int i = 0; i < 2; i++) {
        assert_int_equal(items_open(&items[i], path, NULL, &error), 0);
        assert_int_equal(ahead_start(&ahead[i], items[i], i == 1, &error), 0);
    }
}

static void close_both(struct items *items[2], struct ahead *ahead[2]) {
    for (int i = 0; i < 2; i++) {
        ahead_stop(ahead[i]);
        items_close(items[i]);
    }
}

static void check_same(const struct ahead_record *a, const struct ahead_record *b) {
    assert_int_equal(a->found, b->found);
    assert_string_equal(a->error.text, b->error.text);
    if (a->found <= 0)
        return;
    assert_int_equal(a->line, b->line);
    assert_true(slice_equal(a->text, b->text));
    if (a->found != ITEMS_ITEM)
        return;
    assert_true(slice_equal(a->item.name, b->item.name));
    assert_int_equal(a->item.line, b->item.line);
    assert_int_equal(a->item.response_count, b->item.response_count);
    assert_true(slice_equal(a->item.prompt.items[0].content, b->item.prompt.items[0].content));
    for (size_t i = 0; i < a->item.response_count; i++)
        assert_true(slice_equal(a->item.responses[i].messages.items[0].content,
                                b->item.responses[i].messages.items[0].content));
}

static void test_same_records(void **state) {
    (void)state;
    struct items *items[2];
    struct ahead *ahead[2];
    struct hash hashes[2];
    int records = 0, bad = 0;
    open_both(items, ahead);
    for (;; records++) {
        const struct ahead_record *one = ahead_next(ahead[0]), *other = ahead_next(ahead[1]);
        check_same(one, other);
        bad += one->found == ITEMS_BAD;
        if (one->found <= 0)
            break;
    }
    assert_int_equal(records, LINES + 1);
    assert_int_equal(bad, LINES / 97 + 1);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(ahead_next(ahead[i])->found, ITEMS_END);
        assert_int_equal(ahead_bytes(ahead[i]), input_size(items_input(items[i])));
        input_hash(items_input(items[i]), &hashes[i]);
    }
    assert_true(hash_equal(&hashes[0], &hashes[1]));
    close_both(items, ahead);
}

/* Before the first record, in the first loads, at their borders. */
static void test_stop_anywhere(void **state) {
    (void)state;
    for (int stop = 0; stop < 300; stop += stop < 70 ? 1 : 23) {
        struct items *items[2];
        struct ahead *ahead[2];
        open_both(items, ahead);
        for (int i = 0; i < stop; i++)
            check_same(ahead_next(ahead[0]), ahead_next(ahead[1]));
        close_both(items, ahead);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_records),
        cmocka_unit_test(test_stop_anywhere),
    };
    return cmocka_run_group_tests(tests, write_lines, remove_lines);
}
