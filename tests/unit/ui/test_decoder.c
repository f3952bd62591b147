#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "core/base/array.h"
#include "helper_surface.h"
#include "ui/decoder.h"

/* Feeds the bytes, then writes down every key by name, a space between them; paste as [text]. */
static void decode(struct decoder *decoder, const char *bytes, size_t length, bool paused, struct buffer *out) {
    struct key key;
    decoder_feed(decoder, bytes, length);
    while (decoder_next(decoder, paused, &key)) {
        if (out->length > 0)
            buffer_add_char(out, ' ');
        if (key.kind == ON_PASTE) {
            buffer_add_char(out, '[');
            buffer_add_slice(out, key.text);
            buffer_add_char(out, ']');
        } else {
            key_label(out, key, false);
        }
    }
}

static void test_sequences(void **state) {
    (void)state;
    static const struct {
        const char *bytes, *keys;
    } cases[] = {
        {"a", "a"},
        {"é中🙂", "é 中 🙂"},
        {"\r\n\t\b\177\003\032\001", "Enter Ctrl-J Tab Backspace Backspace Ctrl-C Ctrl-Z Ctrl-A"},
        {"\033[A\033[B\033[C\033[D", "Up Down Right Left"},
        {"\033OA\033OH\033OF", "Up Home End"},
        {"\033[H\033[F\033[1~\033[4~\033[7~\033[8~", "Home End Home End Home End"},
        {"\033[2~\033[3~\033[5~\033[6~", "Insert Delete PageUp PageDown"},
        {"\033OP\033OQ\033OR\033OS", "F1 F2 F3 F4"},
        {"\033[11~\033[15~\033[17~\033[21~\033[24~", "F1 F5 F6 F10 F12"},
        {"\033[[A\033[[E", "F1 F5"},
        {"\033[1;2D\033[1;5C\033[1;3A", "Shift-Left Ctrl-Right Alt-Up"},
        {"\033[1;2R\033[25~\033[13;2~", "Shift-F3 Shift-F1 Shift-F3"},
        {"\033[Z", "Shift-Tab"},
        {"\033[d\033Od", "Shift-Left Ctrl-Left"},
        {"\033b\033f\033\177", "Alt-b Alt-f Alt-Backspace"},
        {"\0331", "Esc 1"}, /* an Escape never eats the key after it */
        {"\033OM\033Oq", "Enter 1"},
        {"\033[27;5;121~\033[121;5u\033[97;2u", "Ctrl-Y Ctrl-Y A"},
        {"\033[99;99;99x\033[<0;1;2Mq", "q"}, /* unknown: swallowed whole */
        {"\xff\xc3(\xed\xa0\x80z", "( z"},    /* not UTF-8 */
        {"\xc2\x9b"
         "1A",
         "1 A"}, /* a C1 control is nothing */
        {"\033[200~a\033[Ab\rc\033[201~d", "[a\033[Ab\rc] d"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct decoder decoder;
        struct buffer keys = BUFFER_INIT;
        decoder_init(&decoder);
        decode(&decoder, cases[i].bytes, strlen(cases[i].bytes), false, &keys);
        assert_string_equal(keys.data, cases[i].keys);
        assert_int_equal(decoder_patience(&decoder), -1);
        decoder_release(&decoder);
        buffer_clear(&keys);
        decoder_init(&decoder); /* the same, byte by byte */
        for (size_t at = 0; cases[i].bytes[at]; at++)
            decode(&decoder, cases[i].bytes + at, 1, false, &keys);
        assert_string_equal(keys.data, cases[i].keys);
        decoder_release(&decoder);
        buffer_release(&keys);
    }
}

static void test_patience(void **state) {
    (void)state;
    struct decoder decoder;
    struct buffer keys = BUFFER_INIT;
    decoder_init(&decoder);
    decode(&decoder, "\033", 1, false, &keys);
    assert_string_equal(keys.data, "");
    assert_int_equal(decoder_patience(&decoder), DECODER_ESCAPE_MS);
    decode(&decoder, "", 0, true, &keys);
    assert_string_equal(keys.data, "Esc");
    decode(&decoder, "\033[1;", 4, false, &keys);
    assert_int_equal(decoder_patience(&decoder), DECODER_SEQUENCE_MS);
    decode(&decoder, "", 0, true, &keys);
    assert_string_equal(keys.data, "Esc"); /* torn: dropped */
    decode(&decoder, "\033[", 2, false, &keys);
    decode(&decoder, "", 0, true, &keys);
    assert_string_equal(keys.data, "Esc Esc ["); /* typed by hand */
    decode(&decoder, "\033[200~never ends", 16, false, &keys);
    assert_int_equal(decoder_patience(&decoder), DECODER_PASTE_MS);
    decode(&decoder, "", 0, true, &keys);
    assert_string_equal(keys.data, "Esc Esc [ [never ends]");
    decoder_release(&decoder);
    buffer_release(&keys);
}

/* What had begun when everything was dropped is dropped when it is whole: its rest is no key. */
static void test_forget(void **state) {
    (void)state;
    static const struct {
        const char *before, *after, *keys;
    } cases[] = {
        {"123\r", "4", "4"},
        {"1\033", "[A4", "4"},
        {"\033[1;", "5C4", "4"},
        {"\xd7",
         "\xa9"
         "4",
         "4"},
        {"\033[200~1", "234\r\033[201~4", "4"},
        {"\033[200~1234\033[20", "1~4", "4"},
        {"\033[20", "0~123\033[201~4", "4"},
        {"\033[200~x\033[201~", "4", "4"},
        {"", "4\033[A", "4 Up"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct decoder decoder;
        struct buffer keys = BUFFER_INIT;
        decoder_init(&decoder);
        decoder_feed(&decoder, cases[i].before, strlen(cases[i].before));
        decoder_forget(&decoder);
        decode(&decoder, cases[i].after, strlen(cases[i].after), false, &keys);
        assert_string_equal(keys.data, cases[i].keys);
        decoder_release(&decoder);
        buffer_release(&keys);
    }
}

static void test_replies_are_counted_in_order(void **state) {
    (void)state;
    struct decoder decoder;
    struct key key;
    decoder_init(&decoder);
    decoder_feed(&decoder, "a\033[0nb", 6);
    assert_true(decoder_next(&decoder, false, &key));
    assert_int_equal(key.code, 'a');
    assert_int_equal(decoder.replies, 0);
    assert_true(decoder_next(&decoder, false, &key));
    assert_int_equal(key.code, 'b');
    assert_int_equal(decoder.replies, 1);
    decoder_release(&decoder);
}

static void background_is(const char *bytes, int background, const char *keys) {
    struct decoder decoder;
    struct buffer out = BUFFER_INIT;
    decoder_init(&decoder);
    decoder.asked_background = true;
    for (const char *c = bytes; *c; c++) /* byte for byte, as over a slow line */
        decode(&decoder, c, 1, false, &out);
    decode(&decoder, "", 0, true, &out);
    assert_int_equal(decoder.background, background);
    assert_string_equal(out.length ? out.data : "", keys);
    buffer_release(&out);
    decoder_release(&decoder);
}

static void test_background(void **state) {
    (void)state;
    background_is("\033]11;rgb:ffff/ffff/ffff\033\\", BACKGROUND_LIGHT, "");
    background_is("\033]11;rgb:0000/0000/0000\a", BACKGROUND_DARK, "");
    background_is("a\033]11;rgb:1e/1e/2e\ab", BACKGROUND_DARK, "a b");
    background_is("\033]11;rgba:fdfd/f6f6/e3e3/ffff\033\\", BACKGROUND_LIGHT, "");
    background_is("\033]11;rgb:f/f/f\a", BACKGROUND_LIGHT, "");
    background_is("\033]11;rgb:0000/ffff\a", BACKGROUND_UNKNOWN, "");
    background_is("\033]11;rgb:00000/0/0\a", BACKGROUND_UNKNOWN, "");
    background_is("\033]11;\a", BACKGROUND_UNKNOWN, "");
    background_is("\033]11;rgb:ffff/\033[Aq", BACKGROUND_UNKNOWN, "Up q"); /* cut off: the keys behind it count */
    background_is("\033]12;x", BACKGROUND_UNKNOWN, "Esc ] 1 2 ; x");       /* by hand */
    background_is("\033]", BACKGROUND_UNKNOWN, "Esc ]");
}

/* An answer that comes in pieces, however slowly, is not typed into anything. */
static void test_a_slow_answer_is_waited_for(void **state) {
    (void)state;
    struct decoder decoder;
    struct key key;
    decoder_init(&decoder);
    decoder.asked_background = true;
    decoder_feed(&decoder, "\033]", 2);
    assert_false(decoder_next(&decoder, false, &key));
    assert_int_equal(decoder_patience(&decoder), DECODER_PASTE_MS);
    decoder_feed(&decoder, "11;rgb:ff", 9);
    assert_false(decoder_next(&decoder, false, &key));
    assert_int_equal(decoder_patience(&decoder), DECODER_PASTE_MS);
    decoder_feed(&decoder, "ff/ffff/ffff\a\033[0n", 17);
    assert_false(decoder_next(&decoder, false, &key));
    assert_int_equal(decoder.background, BACKGROUND_LIGHT);
    assert_int_equal(decoder.replies, 1);
    assert_int_equal(decoder_patience(&decoder), -1);
    decoder_release(&decoder);
}

static void test_sift_leaves_the_keys(void **state) {
    (void)state;
    static const char bytes[] = "a\033[A\033]11;rgb:ffff/ffff/ffff\a\xd0\xb6\033[0n\x31\033[200~x\033[0n\033[201~";
    struct decoder decoder;
    struct buffer out = BUFFER_INIT;
    decoder_init(&decoder);
    decoder_feed(&decoder, bytes, sizeof bytes - 1);
    decoder_sift(&decoder);
    assert_int_equal(decoder.background, BACKGROUND_LIGHT);
    assert_int_equal(decoder.replies, 1);
    decode(&decoder, "", 0, false, &out);
    assert_string_equal(out.data, "a Up ж 1 [x\033[0n]");
    buffer_release(&out);
    decoder_release(&decoder);
}

static void test_mouse(void **state) {
    (void)state;
    static const char bytes[] = "\033[<64;10;5M\033[<65;1;1M\033[<0;3;4M\033[<0;3;4m\033[<4;3;4M\033[<2;3;4Mq";
    struct decoder decoder;
    struct key key;
    decoder_init(&decoder);
    decoder.mouse = true;
    decoder_feed(&decoder, bytes, sizeof bytes - 1);
    assert_true(decoder_next(&decoder, false, &key));
    assert_int_equal(key.kind, ON_WHEEL_UP);
    assert_int_equal(key.row, 4);
    assert_int_equal(key.column, 9);
    assert_true(decoder_next(&decoder, false, &key));
    assert_int_equal(key.kind, ON_WHEEL_DOWN);
    assert_true(decoder_next(&decoder, false, &key));
    assert_int_equal(key.kind, ON_CLICK);
    assert_int_equal(key.row, 3);
    assert_int_equal(key.column, 2);
    assert_true(decoder_next(&decoder, false, &key)); /* let go, with Shift, another button: nothing */
    assert_int_equal(key.code, 'q');
    decoder_release(&decoder);
}

static void test_learned_names(void **state) {
    (void)state;
    struct decoder decoder;
    struct buffer keys = BUFFER_INIT;
    decoder_init(&decoder);
    decoder_learn(&decoder, "\033[225z", (struct key){.kind = ON_FUNCTION, .code = 2});
    decode(&decoder, "\033[225z", 6, false, &keys);
    assert_string_equal(keys.data, "F2");
    decoder_release(&decoder);
    buffer_release(&keys);
}

static void test_huge_paste_is_cut(void **state) {
    (void)state;
    struct decoder decoder;
    struct buffer bytes = BUFFER_INIT;
    struct key key;
    decoder_init(&decoder);
    buffer_add_string(&bytes, "\033[200~");
    buffer_add_repeated(&bytes, "0123456789abcdef", DECODER_PASTE_MOST / 16 + 10);
    buffer_add_string(&bytes, "\033[201~q");
    for (size_t at = 0; at < bytes.length; at += 4096)
        decoder_feed(&decoder, bytes.data + at, bytes.length - at < 4096 ? bytes.length - at : 4096);
    assert_true(decoder_next(&decoder, false, &key));
    assert_int_equal(key.kind, ON_PASTE);
    assert_int_equal(key.text.length, DECODER_PASTE_MOST);
    assert_true(decoder_next(&decoder, false, &key));
    assert_int_equal(key.code, 'q');
    decoder_release(&decoder);
    buffer_release(&bytes);
}

/* Any bytes in any pieces: it always comes to an end and leaves nothing pending for ever. */
static void test_random_bytes(void **state) {
    (void)state;
    static const char alphabet[] = "\033\033[[O;0123~2AZabn\r\xc3\xa9\xf0\x9f";
    uint32_t seed = 7;
    struct decoder decoder;
    decoder_init(&decoder);
    for (int round = 0; round < 20000; round++) {
        char bytes[24];
        struct key key;
        size_t length = (seed >> 16) % sizeof bytes;
        for (size_t i = 0; i < length; i++) {
            seed = seed * 1664525 + 1013904223;
            bytes[i] = (seed >> 28) == 0 ? (char)(seed >> 8) : alphabet[(seed >> 16) % (sizeof alphabet - 1)];
        }
        seed = seed * 1664525 + 1013904223;
        decoder_feed(&decoder, bytes, length);
        if (round % 7 == 0)
            decoder_forget(&decoder);
        while (decoder_next(&decoder, false, &key))
            assert_true(key.kind != ON_NOTHING);
        if (round % 3 == 0) {
            while (decoder_next(&decoder, true, &key))
                ;
            assert_int_equal(decoder_patience(&decoder), -1);
        }
    }
    decoder_release(&decoder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sequences),
        cmocka_unit_test(test_patience),
        cmocka_unit_test(test_forget),
        cmocka_unit_test(test_replies_are_counted_in_order),
        cmocka_unit_test(test_background),
        cmocka_unit_test(test_a_slow_answer_is_waited_for),
        cmocka_unit_test(test_sift_leaves_the_keys),
        cmocka_unit_test(test_mouse),
        cmocka_unit_test(test_learned_names),
        cmocka_unit_test(test_huge_paste_is_cut),
        cmocka_unit_test(test_random_bytes),
    };
    helper_locale();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
