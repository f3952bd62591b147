/* Transcripts: where turns begin, what the sides share, and the real file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>

#include "app/exchange/items_in.h"
#include "core/base/array.h"
#include "core/base/json.h"
#include "tests/unit/exchange/helper_scratch.h"

#include "core/base/banned.h"

#define H "\n\nHuman: "
#define A "\n\nAssistant: "

/* "u:text|a:text|" */
static void dump_messages(struct buffer *out, struct messages messages) {
    for (size_t i = 0; i < messages.count; i++)
        buffer_add_format(out, "%c:" SLICE_FORMAT "|", role_name(messages.items[i].role)[0],
                          SLICE_ARGS(messages.items[i].content));
}

/* Reads one row; out: prompt, then chosen, then rejected, each ended by "/". Returns what items_next says. */
static int read_row(const struct scratch *scratch, const char *chosen, const char *rejected, struct buffer *out,
                    struct error *error) {
    struct buffer line = BUFFER_INIT;
    struct json json;
    json_start(&json, &line);
    json_open(&json, '{');
    json_key(&json, "chosen");
    json_text(&json, chosen);
    json_key(&json, "rejected");
    json_text(&json, rejected);
    json_close(&json, '}');
    scratch_write(scratch, "f", buffer_slice(&line));
    buffer_release(&line);
    struct items *items;
    struct item item;
    buffer_clear(out);
    assert_int_equal(items_open(&items, scratch_path(scratch, "f"), "hh", error), 0);
    int found = items_next(items, &item, error);
    if (found == ITEMS_ITEM) {
        assert_int_equal(item.response_count, 2);
        assert_true(item.label.present && slice_is(item.responses[0].name, "a") &&
                    slice_is(item.responses[1].name, "b"));
        dump_messages(out, item.prompt);
        buffer_add_char(out, '/');
        dump_messages(out, item.responses[item.label.prefer].messages);
        buffer_add_char(out, '/');
        dump_messages(out, item.responses[1 - item.label.prefer].messages);
    }
    items_close(items);
    return found;
}

static const struct {
    const char *chosen, *rejected, *read;
} rows[] = {
    {H "q" A "x", H "q" A "y", "u:q|/a:x|/a:y|"},
    {H "q" A "x" H "r" A "y", H "q" A "x" H "r" A "z", "u:q|a:x|u:r|/a:y|/a:z|"},
    {H "q" A "same head, x", H "q" A "same head, y", "u:q|/a:same head, x|/a:same head, y|"},
    {H "q\n\nA: x\n\nHumane" A "x", H "q\n\nA: x\n\nHumane" A "y", "u:q\n\nA: x\n\nHumane|/a:x|/a:y|"},
    {H "q" A "x\nHuman: no turn", H "q" A "Human: none", "u:q|/a:x\nHuman: no turn|/a:Human: none|"},
    {H "q" A "x\n\nHuman:no turn", H "q" A "y", "u:q|/a:x\n\nHuman:no turn|/a:y|"},
    {H "q\n" A " x \n\n", H "q\n" A "x", "u:q\n|/a: x \n\n|/a:x|"},
    {H "q\n\nAssistant:", H "q" A "y", "u:q|/a:|/a:y|"},
    {H "q" A, H "q" A "y", "u:q|/a:|/a:y|"},
    {H "q\n\nAssistant:" H "r" A "x", H "q\n\nAssistant:" H "r" A "y", "u:q|a:|u:r|/a:x|/a:y|"},
    {H "q" A "x" A "y", H "q" A "x" A "z", "u:q|a:x|/a:y|/a:z|"},
    {H "q" A "x" H "r" A "y", H "q" A "z", "u:q|/a:x|u:r|a:y|/a:z|"},
    {H "q" A "x" H "r" A "y", H "q" A "x", "u:q|/a:x|u:r|a:y|/a:x|"},
};

static void test_rows(void **state) {
    (void)state;
    struct scratch scratch;
    struct buffer out = BUFFER_INIT;
    struct error error = ERROR_INIT;
    scratch_init(&scratch);
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        if (read_row(&scratch, rows[i].chosen, rows[i].rejected, &out, &error) != ITEMS_ITEM)
            fail_msg("%s", error.text);
        assert_string_equal(out.data, rows[i].read);
    }
    buffer_release(&out);
    scratch_release(&scratch);
}

static const struct {
    const char *chosen, *rejected, *sentence;
} bad[] = {
    {H "q" A "x", H "q" A "x", "/f:1: rejected: is the same text as \"chosen\"; there is nothing to compare"},
    {H "q" A "x", H "p" A "x",
     "/f:1: rejected: shares no turn with \"chosen\"; the turns both begin with are the prompt"},
    {H "q" A "x", NULL, "/f:1: rejected: is missing; a row has \"chosen\" and \"rejected\""},
    {"q" A "x", H "q", "/f:1: chosen: does not begin with a turn; a blank line and \"Human: \" is how one begins"},
    {"\nHuman: q" A "x", H "q",
     "/f:1: chosen: does not begin with a turn; a blank line and \"Human: \" is how one begins"},
    {H "q", "", "/f:1: rejected: does not begin with a turn; a blank line and \"Human: \" is how one begins"},
    {H "q", H "q" A "x", "/f:1: rejected: shares no turn with \"chosen\"; the turns both begin with are the prompt"},
};

static void test_bad(void **state) {
    (void)state;
    struct scratch scratch;
    struct buffer out = BUFFER_INIT;
    scratch_init(&scratch);
    for (size_t i = 0; i < COUNT_OF(bad); i++) {
        struct error error = ERROR_INIT;
        assert_int_equal(read_row(&scratch, bad[i].chosen, bad[i].rejected, &out, &error), ITEMS_BAD);
        assert_string_equal(error.text + strlen(scratch.folder), bad[i].sentence);
    }
    buffer_release(&out);
    scratch_release(&scratch);
}

/* The whole row again: what was split is put together to the byte. */
static void check_whole(const struct item *item, size_t response, struct slice side) {
    struct buffer whole = BUFFER_INIT;
    struct messages parts[] = {item->prompt, item->responses[response].messages};
    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < parts[k].count; i++) {
            buffer_add_string(&whole, parts[k].items[i].role == ROLE_USER ? H : A);
            buffer_add_slice(&whole, parts[k].items[i].content);
        }
    /* four rows end in a marker with nothing behind it, not even its space */
    if (whole.length == side.length + 1 && whole.data[whole.length - 1] == ' ')
        buffer_cut(&whole, side.length);
    assert_true(slice_equal(buffer_slice(&whole), side));
    buffer_release(&whole);
}

static void test_real_file(void **state) {
    (void)state;
    const char *folder = shared_data();
    if (!folder)
        skip();
    char path[512];
    snprintf(path, sizeof path, "%s/hh-rlhf/harmless-base-test-rows0001-1300.jsonl", folder);
    struct items *items;
    struct item item;
    struct error error = ERROR_INIT;
    struct tree tree = {0};
    struct pool pool = POOL_INIT;
    size_t count = 0, first = 0, empty = 0, parted_early = 0;
    if (items_open(&items, path, NULL, &error))
        fail_msg("%s", error.text);
    int found;
    while ((found = items_next(items, &item, &error)) == ITEMS_ITEM) {
        count++;
        first += item.label.prefer == 0;
        pool_clear(&pool);
        assert_int_equal(json_scan(&tree, items_text(items), NULL, &error), 0);
        check_whole(&item, (size_t)item.label.prefer, tree_text(tree_find(&tree, tree.items, "chosen"), &pool));
        check_whole(&item, (size_t)(1 - item.label.prefer), tree_text(tree_find(&tree, tree.items, "rejected"), &pool));
        if (item.responses[0].messages.count != 1 || item.responses[1].messages.count != 1) {
            parted_early++;
            assert_int_equal(items_line(items), 1255);
        }
        if (item.responses[item.label.prefer].messages.items[0].content.length == 0) {
            empty++;
            assert_true(count == 87 || count == 517 || count == 926 || count == 1104);
        }
    }
    if (found)
        fail_msg("%s", error.text);
    assert_string_equal(items_format(items)->name, "hh");
    assert_int_equal(count, 1300);
    assert_int_equal(empty, 4);
    assert_int_equal(parted_early, 1);
    assert_true(first > 558 &&
                first < 742); /* 650 and 5.1 standard deviations of a fair coin: stored order tells nothing */
    items_close(items);
    tree_release(&tree);
    pool_release(&pool);
}

static void test_real_gzip(void **state) {
    (void)state;
    const char *folder = shared_data();
    if (!folder)
        skip();
    char path[512];
    snprintf(path, sizeof path, "%s/hh-rlhf/harmless-base-test-rows0001-0100.jsonl.gz", folder);
    struct items *items;
    struct item item;
    struct error error = ERROR_INIT;
    assert_int_equal(items_open(&items, path, "auto", &error), 0);
    int found, count = 0;
    while ((found = items_next(items, &item, &error)) == ITEMS_ITEM)
        count++;
    assert_int_equal(found, 0);
    assert_int_equal(count, 100);
    items_close(items);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_bad),
        cmocka_unit_test(test_real_file),
        cmocka_unit_test(test_real_gzip),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
