/* The JSON writer; see json.h. */
#include "core/base/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/base/banned.h"

void json_start(struct json *json, struct buffer *out) {
    *json = (struct json){.out = out};
}

static void before_value(struct json *json) {
    if (json->comma)
        buffer_add_char(json->out, ',');
    json->comma = true;
}

void json_open(struct json *json, char bracket) {
    before_value(json);
    buffer_add_char(json->out, bracket);
    json->comma = false;
}

void json_close(struct json *json, char bracket) {
    buffer_add_char(json->out, bracket);
    json->comma = true;
}

void json_key_slice(struct json *json, struct slice key) {
    before_value(json);
    json_quote(json->out, key);
    buffer_add_char(json->out, ':');
    json->comma = false;
}

void json_key(struct json *json, const char *key) {
    json_key_slice(json, slice_of(key));
}

void json_string(struct json *json, struct slice text) {
    before_value(json);
    json_quote(json->out, text);
}

void json_text(struct json *json, const char *text) {
    if (text)
        json_string(json, slice_of(text));
    else
        json_null(json);
}

void json_integer(struct json *json, int64_t value) {
    before_value(json);
    buffer_add_format(json->out, "%lld", (long long)value);
}

void json_number(struct json *json, double value) {
    if (!isfinite(value)) {
        json_null(json);
        return;
    }
    before_value(json);
    char text[32];
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            break;
    }
    buffer_add_string(json->out, text);
}

void json_boolean(struct json *json, bool value) {
    before_value(json);
    buffer_add_string(json->out, value ? "true" : "false");
}

void json_null(struct json *json) {
    before_value(json);
    buffer_add_string(json->out, "null");
}

void json_raw(struct json *json, struct slice value) {
    before_value(json);
    buffer_add_slice(json->out, value);
}

/* Eight bytes as a number, the first one lowest. */
static uint64_t load_8(const char *data) {
    uint64_t w;
    memcpy(&w, data, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    w = __builtin_bswap64(w);
#endif
    return w;
}

/* How many of the 8 bytes, from the first, are printable ASCII other than '"' and '\\': they need no look. */
static size_t plain_bytes(uint64_t w) {
    const uint64_t ones = UINT64_C(0x0101010101010101), high = UINT64_C(0x8080808080808080);
    uint64_t quote = w ^ (ones * '"'), back = w ^ (ones * '\\'), del = w ^ (ones * 0x7F);
    uint64_t below = (w - ones * 0x20) & ~w,
             zeros = ((quote - ones) & ~quote) | ((back - ones) & ~back) | ((del - ones) & ~del);
    uint64_t found = (w | below | zeros) & high; /* exact in its lowest byte; borrows may spoil those above */
    return found ? (size_t)__builtin_ctzll(found) / 8 : 8;
}

/* Length of the valid UTF-8 sequence at data (0: none), and its code point. */
static size_t decode(const unsigned char *data, size_t left, uint32_t *code) {
    unsigned char lead = data[0];
    size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || left < length)
        return 0;
    uint32_t value = lead & (0xFFu >> (length + 1));
    for (size_t i = 1; i < length; i++) {
        if ((data[i] & 0xC0) != 0x80)
            return 0;
        value = value << 6 | (data[i] & 0x3Fu);
    }
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (value < least[length] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF))
        return 0;
    *code = value;
    return length;
}

static bool must_escape(uint32_t code) {
    return code < 0xA0 || (code >= 0x200E && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069) || code == 0x061C || code == 0xFEFF;
}

static size_t quote_wide(struct buffer *out, const unsigned char *data, size_t left) {
    uint32_t code = 0;
    size_t length = decode(data, left, &code);
    if (!length) {
        buffer_add_string(out, "\\ufffd");
        return 1;
    }
    if (must_escape(code))
        buffer_add_format(out, "\\u%04x", code);
    else
        buffer_add(out, data, length);
    return length;
}

static void quote_ascii(struct buffer *out, char c) {
    static const char names[] = "btnvfr"; /* from 0x08; 0x0B has no short form */
    if (c == '"' || c == '\\') {
        buffer_add(out, (const char[]){'\\', c}, 2);
    } else if (c >= 0x08 && c <= 0x0D && c != 0x0B) {
        buffer_add(out, (const char[]){'\\', names[c - 0x08]}, 2);
    } else if (c < 0x20 || c == 0x7F) {
        buffer_add_format(out, "\\u%04x", (unsigned)c);
    } else {
        buffer_add_char(out, c);
    }
}

/* Copies the plain bytes that the text begins with; how many. At least left + 8 bytes are reserved. */
static size_t copy_plain(struct buffer *out, const char *data, size_t left) {
    char *to = out->data + out->length;
    size_t at = 0, count = 8;
    while (count == 8 && at + 8 <= left) {
        memcpy(to + at, data + at, 8); /* what follows the plain ones is written over */
        count = plain_bytes(load_8(data + at));
        at += count;
    }
    for (; count == 8 && at < left; at++) {
        unsigned char c = (unsigned char)data[at];
        if (c < 0x20 || c >= 0x7F || c == '"' || c == '\\')
            break;
        to[at] = (char)c;
    }
    out->length += at;
    out->data[out->length] = '\0';
    return at;
}

void json_quote(struct buffer *out, struct slice text) {
    buffer_add_char(out, '"');
    for (size_t at = 0; at < text.length;) {
        size_t left = text.length - at;
        buffer_reserve(out, left + 16);
        at += copy_plain(out, text.data + at, left);
        if (at == text.length)
            break;
        unsigned char c = (unsigned char)text.data[at];
        if (c >= 0x80) {
            at += quote_wide(out, (const unsigned char *)text.data + at, text.length - at);
        } else {
            quote_ascii(out, (char)c);
            at++;
        }
    }
    buffer_add_char(out, '"');
}
