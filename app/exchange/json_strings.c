/* Strings of JSON: what may stand in them, what their escapes mean, and whether two keys are the same. */
#include "app/exchange/json_strings.h"

#include <stdlib.h>

#include "core/base/memory.h"
#include "core/text/utf8.h"

#include "core/base/banned.h"

/* High bit set for each of 8 bytes that is a quote, a backslash, a control character or not ASCII. A borrow can set
 * bits above a byte that is one of these, never below it: the lowest set bit is right. */
static uint64_t special_8(const char *data) {
    const uint64_t ones = UINT64_C(0x0101010101010101), high = UINT64_C(0x8080808080808080);
    uint64_t w;
    memcpy(&w, data, sizeof w);
    return ((w - ones * 0x20) | ((w ^ ones * '"') - ones) | ((w ^ ones * '\\') - ones) | w) & high;
}

static bool special(char c) {
    return c == '"' || c == '\\' || (unsigned char)c < 0x20 || (unsigned char)c >= 0x80;
}

/* The first special byte at or after `at`, or end. */
static const char *skip_plain(const char *at, const char *end) {
    while (end - at >= 32) {
        if (special_8(at) | special_8(at + 8) | special_8(at + 16) | special_8(at + 24))
            break;
        at += 32;
    }
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    for (; end - at >= 8; at += 8) {
        uint64_t found = special_8(at);
        if (found)
            return at + (__builtin_ctzll(found) >> 3);
    }
#endif
    while (at < end && !special(*at))
        at++;
    return at;
}

static bool continues(const char *at, unsigned char low, unsigned char high) {
    return (unsigned char)*at >= low && (unsigned char)*at <= high;
}

/* Bytes of the valid sequence at `at`, which is not ASCII; 0 if there is none. */
static size_t sequence(const char *at, const char *end) {
    unsigned char lead = (unsigned char)*at;
    size_t left = (size_t)(end - at);
    if (lead >= 0xC2 && lead <= 0xDF)
        return left >= 2 && continues(at + 1, 0x80, 0xBF) ? 2 : 0;
    if (lead >= 0xE0 && lead <= 0xEF)
        return left >= 3 && continues(at + 1, lead == 0xE0 ? 0xA0 : 0x80, lead == 0xED ? 0x9F : 0xBF) &&
                       continues(at + 2, 0x80, 0xBF)
                   ? 3
                   : 0;
    if (lead >= 0xF0 && lead <= 0xF4)
        return left >= 4 && continues(at + 1, lead == 0xF0 ? 0x90 : 0x80, lead == 0xF4 ? 0x8F : 0xBF) &&
                       continues(at + 2, 0x80, 0xBF) && continues(at + 3, 0x80, 0xBF)
                   ? 4
                   : 0;
    return 0;
}

static int hex_digit(char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* The four digits at `at`, or -1. */
static int32_t hex_4(const char *at, const char *end) {
    if (end - at < 4)
        return -1;
    int32_t value = 0;
    for (int i = 0; i < 4; i++) {
        int digit = hex_digit(at[i]);
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

static bool is_high_half(int32_t unit) {
    return unit >= 0xD800 && unit <= 0xDBFF;
}

static bool is_low_half(int32_t unit) {
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

/* Passes the escape at *at (its backslash). NULL, or what is wrong with it. */
static const char *skip_escape(const char **at, const char *end) {
    const char *from = *at;
    if (end - from < 2)
        return "the line ends inside a string; the closing quote is missing";
    static const bool letters[256] = {['"'] = true, ['\\'] = true, ['/'] = true, ['b'] = true,
                                      ['f'] = true, ['n'] = true,  ['r'] = true, ['t'] = true};
    if (from[1] != 'u') {
        if (!letters[(unsigned char)from[1]])
            return "a backslash is followed by one of \" \\ / b f n r t u; a backslash itself is written \\\\";
        *at = from + 2;
        return NULL;
    }
    int32_t unit = hex_4(from + 2, end);
    if (unit < 0)
        return "\\u is followed by four hexadecimal digits";
    if (unit == 0)
        return "\\u0000 cannot be kept; leave it out";
    *at = from + 6;
    if (is_low_half(unit))
        return *at = from, "the second half of a surrogate pair without the first; the character is cut";
    if (!is_high_half(unit))
        return NULL;
    if (end - *at < 6 || (*at)[0] != '\\' || (*at)[1] != 'u' || !is_low_half(hex_4(*at + 2, end)))
        return *at = from, "the first half of a surrogate pair without the second; the character is cut";
    *at += 6;
    return NULL;
}

struct json_string_end json_string_scan(const char *at, const char *end) {
    bool escaped = false;
    for (;;) {
        at = skip_plain(at, end);
        if (at == end)
            return (struct json_string_end){at, "the line ends inside a string; the closing quote is missing", escaped};
        if (*at == '"')
            return (struct json_string_end){at, NULL, escaped};
        if (*at == '\\') {
            escaped = true;
            const char *wrong = skip_escape(&at, end);
            if (wrong)
                return (struct json_string_end){at, wrong, true};
        } else if ((unsigned char)*at < 0x20) {
            return (struct json_string_end){at, "a control character in a string is written \\u00XX (or \\n, \\t …)",
                                            escaped};
        } else {
            do {
                size_t length = sequence(at, end);
                if (length == 0)
                    return (struct json_string_end){at, "this byte is not UTF-8; convert the file (iconv -t UTF-8)",
                                                    escaped};
                at += length;
            } while (at < end && (unsigned char)*at >= 0x80);
        }
    }
}

/* The code point of the \u escape whose backslash is at `at`; *length: its bytes, 6 or 12. */
static int32_t unescape_point(const char *at, const char *end, size_t *length) {
    int32_t unit = hex_4(at + 2, end);
    *length = 6;
    if (!is_high_half(unit))
        return unit;
    *length = 12;
    return 0x10000 + ((unit - 0xD800) << 10) + (hex_4(at + 8, end) - 0xDC00);
}

size_t json_unescape(char *text, size_t length) {
    static const char meant[256] = {
        ['"'] = '"', ['\\'] = '\\', ['/'] = '/', ['b'] = '\b', ['f'] = '\f', ['n'] = '\n', ['r'] = '\r', ['t'] = '\t'};
    const char *at = text, *end = text + length;
    char *to = text;
    while (at < end) {
        const char *slash = memchr(at, '\\', (size_t)(end - at));
        size_t plain = (size_t)((slash ? slash : end) - at);
        if (to != at)
            memmove(to, at, plain);
        to += plain;
        at += plain;
        if (!slash)
            break;
        if (at[1] == 'u') {
            size_t used;
            to += utf8_encode(to, unescape_point(at, end, &used));
            at += used;
        } else {
            *to++ = meant[(unsigned char)at[1]];
            at += 2;
        }
    }
    return (size_t)(to - text);
}

struct key {
    struct slice text;
    const struct tree_node *node;
};

static int compare_keys(const void *left, const void *right) {
    const struct key *a = left, *b = right;
    if (a->text.length != b->text.length)
        return a->text.length < b->text.length ? -1 : 1;
    int order = a->text.length ? memcmp(a->text.data, b->text.data, a->text.length) : 0;
    return order ? order : a->node < b->node ? -1 : a->node > b->node;
}

static const struct tree_node *first_twice_sorted(struct key *keys, size_t count) {
    const struct tree_node *found = NULL;
    qsort(keys, count, sizeof *keys, compare_keys);
    for (size_t i = 1; i < count; i++)
        if (slice_equal(keys[i].text, keys[i - 1].text) && (!found || keys[i].node < found))
            found = keys[i].node;
    return found;
}

const struct tree_node *json_key_twice(struct tree *tree, const struct tree_node *map) {
    enum { FEW = 16 };
    struct key few[FEW], *keys = map->count > FEW ? memory_new(map->count, sizeof *keys) : few;
    const struct tree_node *key = tree_first(map), *found = NULL;
    for (size_t i = 0; i < map->count; i++) {
        keys[i] = (struct key){tree_text(key, &tree->scratch), key};
        key = tree_after(tree, key + 1);
    }
    if (keys == few) {
        for (size_t i = 1; i < map->count && !found; i++)
            for (size_t k = 0; k < i && !found; k++)
                if (slice_equal(keys[i].text, keys[k].text))
                    found = keys[i].node;
    } else {
        found = first_twice_sorted(keys, map->count);
        memory_free(keys);
    }
    return found;
}
