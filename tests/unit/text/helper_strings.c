#include "tests/unit/text/helper_strings.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include "core/text/utf8.h"

int set_utf8_locale(void **state) {
    static const char *const names[] = {"C.UTF-8", "C.utf8", "en_US.UTF-8", "UTF-8", ""};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (setlocale(LC_ALL, names[i]) && wcwidth(0x4E00) == 2)
            return 0;
    fprintf(stderr, "no UTF-8 locale on this system\n");
    return 1;
}

uint64_t random_bits(uint64_t *state) {
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static const char *const snippets[] = {
    "word",
    "a",
    "don't",
    "well-known",
    "and/or",
    " ",
    " ",
    "  ",
    "\n",
    ", ",
    ". ",
    "(",
    ")",
    "\"",
    "…",
    "—",
    "\t",
    "漢字",
    "ひらがな",
    "、",
    "。",
    "「",
    "」",
    "ー",
    "ッ",
    "한국어",
    "각",
    "\u1100\u1161\u11A8",
    "ไทย",
    "เด็ก",
    "ខ្មែរ",
    "မြန်မာ",
    "हिन्दी",
    "क्षि",
    "العربية",
    "עברית",
    "\u200F",
    "\u200E",
    "\u061C",
    "é",
    "e\u0301",
    "\u0301",
    "\u0323",
    "\u0301\u0302\u0303\u0304\u0305\u0306",
    "👨\u200D👩\u200D👧",
    "👍\U0001F3FD",
    "\U0001F3FB",
    "🇩🇪",
    "🇩",
    "❤\uFE0F",
    "1\uFE0F\u20E3",
    "\uFE0E",
    "葛\U000E0100",
    "a\U000E0101",
    "\uFE00",
    "🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F",
    "\U000E0001",
    "\U000E0020",
    "\u200B",
    "\u200C",
    "\u200D",
    "\u2060",
    "\u00A0",
    "\u3000",
    "\u2003",
    "\u3164",
    "\u00AD",
    "\u034F",
    "\u180E",
    "\uFEFF",
    "\u202E",
    "\u2066",
    "\u2069",
    "\u2028",
    "\u2029",
    "\xC2\x85",
    "\xC2\x9B",
    "\uE000",
    "\uFFFE",
    "\U0001FFFF",
    "\u0378",
    "\u0600",
    "\u0903",
    "\u1160",
    "\u11A8",
    "\r\n",
    "\r",
    "\x1b[2J",
    "\x1b]0;t\x07",
    "\x7f",
    "\x08",
    "‹U+202E›",
    "‹",
    "›",
    "◌",
    "·",
    "⏎",
    "␛",
};

static const char *const broken[] = {"\xFF",     "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                                     "\xE2\x80", "\x80",     "\xF0\x9F\x91"};

static void add_any_point(uint64_t *state, struct buffer *text) {
    static const int32_t ends[] = {0x300, 0x3000, 0x20000, 0x110000};
    char bytes[4];
    int32_t point;
    do
        point = (int32_t)(random_bits(state) % (uint64_t)ends[random_bits(state) % 4]);
    while (point >= 0xD800 && point <= 0xDFFF);
    buffer_add(text, bytes, utf8_encode(bytes, point));
}

static void build(uint64_t *state, struct buffer *text, unsigned most, uint64_t kinds) {
    uint64_t count = random_bits(state) % (most + 1);
    buffer_clear(text);
    for (uint64_t i = 0; i < count; i++) {
        uint64_t kind = random_bits(state) % kinds;
        if (kind < 6) {
            buffer_add_string(text, snippets[random_bits(state) % (sizeof snippets / sizeof *snippets)]);
        } else if (kind == 6) {
            add_any_point(state, text);
        } else if (kind == 7) {
            buffer_add_string(text, broken[random_bits(state) % (sizeof broken / sizeof *broken)]);
        } else {
            buffer_add_char(text, (char)(random_bits(state) & 0xFF));
        }
    }
}

void random_text(uint64_t *state, struct buffer *text, unsigned most) {
    build(state, text, most, 9);
}

void random_valid_text(uint64_t *state, struct buffer *text, unsigned most) {
    build(state, text, most, 7);
}
