#include "ui/entity.h"

#include <stdint.h>

#include "core/base/array.h"
#include "core/text/utf8.h"

#include "core/base/banned.h"

/* The names that occur in model output; the other two thousand are shown as they came. */
static const struct {
    const char *name;
    int32_t point;
} table[] = {
    {"amp", '&'},      {"lt", '<'},        {"gt", '>'},       {"quot", '"'},      {"apos", '\''},
    {"nbsp", 0xa0},    {"copy", 0xa9},     {"reg", 0xae},     {"trade", 0x2122},  {"hellip", 0x2026},
    {"mdash", 0x2014}, {"ndash", 0x2013},  {"lsquo", 0x2018}, {"rsquo", 0x2019},  {"ldquo", 0x201c},
    {"rdquo", 0x201d}, {"laquo", 0xab},    {"raquo", 0xbb},   {"bull", 0x2022},   {"middot", 0xb7},
    {"times", 0xd7},   {"divide", 0xf7},   {"plusmn", 0xb1},  {"minus", 0x2212},  {"deg", 0xb0},
    {"micro", 0xb5},   {"para", 0xb6},     {"sect", 0xa7},    {"euro", 0x20ac},   {"pound", 0xa3},
    {"yen", 0xa5},     {"cent", 0xa2},     {"frac12", 0xbd},  {"frac14", 0xbc},   {"frac34", 0xbe},
    {"sup2", 0xb2},    {"sup3", 0xb3},     {"larr", 0x2190},  {"uarr", 0x2191},   {"rarr", 0x2192},
    {"darr", 0x2193},  {"harr", 0x2194},   {"rArr", 0x21d2},  {"lArr", 0x21d0},   {"hArr", 0x21d4},
    {"le", 0x2264},    {"ge", 0x2265},     {"ne", 0x2260},    {"asymp", 0x2248},  {"equiv", 0x2261},
    {"infin", 0x221e}, {"sum", 0x2211},    {"prod", 0x220f},  {"radic", 0x221a},  {"int", 0x222b},
    {"part", 0x2202},  {"nabla", 0x2207},  {"isin", 0x2208},  {"notin", 0x2209},  {"cap", 0x2229},
    {"cup", 0x222a},   {"sub", 0x2282},    {"sup", 0x2283},   {"and", 0x2227},    {"or", 0x2228},
    {"not", 0xac},     {"forall", 0x2200}, {"exist", 0x2203}, {"empty", 0x2205},  {"alpha", 0x3b1},
    {"beta", 0x3b2},   {"gamma", 0x3b3},   {"delta", 0x3b4},  {"epsilon", 0x3b5}, {"theta", 0x3b8},
    {"lambda", 0x3bb}, {"mu", 0x3bc},      {"pi", 0x3c0},     {"rho", 0x3c1},     {"sigma", 0x3c3},
    {"tau", 0x3c4},    {"phi", 0x3c6},     {"omega", 0x3c9},  {"Delta", 0x394},   {"Sigma", 0x3a3},
    {"Omega", 0x3a9},  {"eacute", 0xe9},   {"egrave", 0xe8},  {"agrave", 0xe0},   {"ccedil", 0xe7},
    {"ntilde", 0xf1},  {"ouml", 0xf6},     {"uuml", 0xfc},    {"auml", 0xe4},     {"szlig", 0xdf},
    {"iexcl", 0xa1},   {"iquest", 0xbf},   {"check", 0x2713}, {"star", 0x2606},   {"emsp", 0x2003},
    {"ensp", 0x2002},  {"thinsp", 0x2009},
};

/* The number of "&#…;" without its ends; -1 when it names no character. */
static int32_t number_of(struct slice digits) {
    bool hex = digits.length > 0 && (digits.data[0] == 'x' || digits.data[0] == 'X');
    int32_t value = 0;
    for (size_t i = hex ? 1 : 0; i < digits.length; i++) {
        char c = digits.data[i];
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0 || (!hex && digit > 9))
            return -1;
        value = value * (hex ? 16 : 10) + digit;
        if (value > 0x10ffff)
            return -1;
    }
    return value == 0 || (value >= 0xd800 && value < 0xe000) ? -1 : value;
}

void entity_decode(struct buffer *out, struct slice entity) {
    char bytes[4];
    if (entity.length < 3 || entity.data[0] != '&' || entity.data[entity.length - 1] != ';') {
        buffer_add_slice(out, entity);
        return;
    }
    struct slice name = slice_make(entity.data + 1, entity.length - 2);
    if (name.data[0] == '#') {
        int32_t point = number_of(slice_make(name.data + 1, name.length - 1));
        buffer_add(out, bytes, utf8_encode(bytes, point < 0 ? 0xfffd : point));
        return;
    }
    for (size_t i = 0; i < COUNT_OF(table); i++)
        if (slice_is(name, table[i].name)) {
            buffer_add(out, bytes, utf8_encode(bytes, table[i].point));
            return;
        }
    buffer_add_slice(out, entity);
}
