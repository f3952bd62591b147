/* Messages as they are kept in the store, there and back, and bodies that are not well formed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/base/limits.h"
#include "core/base/memory.h"
#include "core/model/message.h"

#include "core/base/banned.h"

static void expect_round_trip(struct message *items, size_t count, enum role alone, int form, const char *body) {
    struct buffer out = BUFFER_INIT;
    struct pool pool = POOL_INIT;
    struct messages in = {items, count}, back;
    assert_int_equal(messages_encode(&out, in, alone), form);
    if (body)
        assert_true(slice_is(buffer_slice(&out), body));
    assert_true(messages_decode(buffer_slice(&out), form, alone, &pool, &back));
    assert_int_equal(back.count, count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(back.items[i].role, items[i].role);
        assert_true(slice_equal(back.items[i].content, items[i].content));
    }
    buffer_release(&out);
    pool_release(&pool);
}

static void test_round_trip(void **state) {
    (void)state;
    struct message one = {ROLE_USER, slice_of("hello")}, other = {ROLE_ASSISTANT, slice_of("hello")},
                   empty = {ROLE_USER, slice_of("")};
    expect_round_trip(&one, 1, ROLE_USER, FORM_TEXT, "hello");
    expect_round_trip(&other, 1, ROLE_USER, FORM_MESSAGES, "a5:hello");
    expect_round_trip(&empty, 1, ROLE_USER, FORM_TEXT, "");
    struct message many[] = {{ROLE_SYSTEM, slice_of("s3:be")},
                             {ROLE_USER, slice_of("")},
                             {ROLE_TOOL, slice_make("a\0b:", 4)},
                             {ROLE_USER, slice_of("é\n")}};
    expect_round_trip(many, 4, ROLE_USER, FORM_MESSAGES, NULL);
}

static void test_malformed(void **state) {
    (void)state;
    static const char *const bodies[] = {"",         "u",
                                         "u5",       "u5:",
                                         "u5:hell",  "u:hello",
                                         "x5:hello", "u5:hello!",
                                         "u05x:",    "u-1:a",
                                         "u 1:a",    "u99999999999999999999999:a",
                                         "u1:au",    "u18446744073709551616:"};
    struct pool pool = POOL_INIT;
    struct messages messages;
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        if (messages_decode(slice_of(bodies[i]), FORM_MESSAGES, ROLE_USER, &pool, &messages))
            fail_msg("'%s' was taken", bodies[i]);
    assert_false(messages_decode(slice_make("\0", 1), FORM_MESSAGES, ROLE_USER, &pool, &messages));
    assert_true(messages_decode(SLICE_ABSENT, FORM_TEXT, ROLE_USER, &pool, &messages));
    assert_int_equal(messages.count, 1);
    pool_release(&pool);
}

static void test_limit(void **state) {
    (void)state;
    struct buffer body = BUFFER_INIT;
    struct pool pool = POOL_INIT;
    struct messages messages;
    buffer_add_repeated(&body, "u1:x", LIMIT_MESSAGES);
    assert_true(messages_decode(buffer_slice(&body), FORM_MESSAGES, ROLE_USER, &pool, &messages));
    assert_int_equal(messages.count, LIMIT_MESSAGES);
    buffer_add_string(&body, "u1:x");
    assert_false(messages_decode(buffer_slice(&body), FORM_MESSAGES, ROLE_USER, &pool, &messages));
    buffer_release(&body);
    pool_release(&pool);
}

/* Bytes at random: never read past the end (the sanitizers look), and what is taken fits. */
static void test_random_bodies(void **state) {
    (void)state;
    static const char alphabet[] = "suat0123456789:::x";
    uint64_t dice = 5;
    struct pool pool = POOL_INIT;
    int taken = 0;
    for (int round = 0; round < 50000; round++) {
        size_t length = (size_t)round % 24;
        char *body = memory_new(length + 1, 1);
        for (size_t i = 0; i < length; i++) {
            dice = dice * 6364136223846793005u + 1442695040888963407u;
            body[i] = alphabet[(dice >> 33) % (sizeof alphabet - 1)];
        }
        char *exact = memory_resize(NULL, length ? length : 1, 1);
        memcpy(exact, body, length);
        struct messages messages;
        if (messages_decode(slice_make(exact, length), FORM_MESSAGES, ROLE_USER, &pool, &messages)) {
            size_t total = 0;
            for (size_t i = 0; i < messages.count; i++)
                total += messages.items[i].content.length;
            assert_true(total < length);
            taken++;
        }
        memory_free(body);
        memory_free(exact);
        pool_clear(&pool);
    }
    assert_true(taken > 0);
    pool_release(&pool);
}

static void test_length_and_roles(void **state) {
    (void)state;
    struct message items[] = {{ROLE_USER, slice_of("héé")}, {ROLE_ASSISTANT, slice_of("日本")}};
    assert_int_equal(messages_length((struct messages){items, 2}), 5);
    assert_int_equal(messages_length((struct messages){NULL, 0}), 0);
    struct message mixed = {ROLE_USER, slice_of("sprachlich schön, 日本語 und 👩 im selben Satz")};
    for (size_t cut = 0; cut < 10; cut++) { /* every alignment of what is counted eight bytes at a time */
        struct message from = {ROLE_USER, slice_make(mixed.content.data + cut, mixed.content.length - cut)};
        assert_int_equal(messages_length((struct messages){&from, 1}), 42 - cut);
    }
    enum role role;
    for (int i = 0; i < 4; i++) {
        assert_true(role_find(slice_of(role_name((enum role)i)), &role));
        assert_int_equal(role, i);
    }
    assert_false(role_find(slice_of("User"), &role));
}

static void test_taken_out(void **state) {
    (void)state;
    struct pool pool = POOL_INIT;
    struct messages messages;
    assert_true(messages_decode(slice_of(""), FORM_REDACTED, ROLE_USER, &pool, &messages));
    assert_int_equal(messages.count, 1);
    assert_int_equal(messages.items[0].role, ROLE_USER);
    assert_true(slice_is(messages.items[0].content, MESSAGE_REDACTED));
    pool_release(&pool);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),    cmocka_unit_test(test_malformed),        cmocka_unit_test(test_limit),
        cmocka_unit_test(test_random_bodies), cmocka_unit_test(test_length_and_roles), cmocka_unit_test(test_taken_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
