#include "core/text/utf8.h"

#include <string.h>

#include "core/base/banned.h"

static const uint64_t every_byte = UINT64_C(0x0101010101010101);

static uint64_t eight_bytes(const char *data) {
    uint64_t word;
    memcpy(&word, data, sizeof word);
    return word;
}

/* Bytes of the valid sequence at data, 0 if there is none (RFC 3629, table of well-formed sequences). */
static size_t sequence_length(const unsigned char *data, size_t length) {
    unsigned char low = 0x80, high = 0xBF; /* what the second byte may be */
    size_t wanted;

    if (length == 0)
        return 0;
    if (data[0] < 0x80)
        return 1;
    if (data[0] < 0xC2 || data[0] > 0xF4)
        return 0;
    wanted = data[0] < 0xE0 ? 2 : data[0] < 0xF0 ? 3 : 4;
    if (length < wanted)
        return 0;
    if (data[0] == 0xE0)
        low = 0xA0;
    else if (data[0] == 0xED)
        high = 0x9F;
    else if (data[0] == 0xF0)
        low = 0x90;
    else if (data[0] == 0xF4)
        high = 0x8F;
    if (data[1] < low || data[1] > high)
        return 0;
    for (size_t i = 2; i < wanted; i++)
        if ((data[i] & 0xC0) != 0x80)
            return 0;
    return wanted;
}

size_t utf8_first_invalid(struct slice text) {
    size_t at = 0;
    while (at < text.length) {
        if (text.length - at >= 8 && (eight_bytes(text.data + at) & every_byte << 7) == 0) {
            at += 8;
            continue;
        }
        size_t step = sequence_length((const unsigned char *)text.data + at, text.length - at);
        if (step == 0)
            return at;
        at += step;
    }
    return at;
}

bool utf8_valid(struct slice text) {
    return utf8_first_invalid(text) == text.length;
}

size_t utf8_decode(const char *data, size_t length, int32_t *point) {
    const unsigned char *bytes = (const unsigned char *)data;
    size_t count = sequence_length(bytes, length);
    switch (count) {
    case 1:
        *point = bytes[0];
        break;
    case 2:
        *point = (bytes[0] & 0x1F) << 6 | (bytes[1] & 0x3F);
        break;
    case 3:
        *point = (bytes[0] & 0x0F) << 12 | (bytes[1] & 0x3F) << 6 | (bytes[2] & 0x3F);
        break;
    case 4:
        *point = (bytes[0] & 0x07) << 18 | (bytes[1] & 0x3F) << 12 | (bytes[2] & 0x3F) << 6 | (bytes[3] & 0x3F);
        break;
    default:
        break;
    }
    return count;
}

size_t utf8_encode(char bytes[4], int32_t point) {
    if (point < 0x80) {
        bytes[0] = (char)point;
        return 1;
    }
    size_t count = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    static const unsigned char lead[5] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = count - 1; i > 0; i--) {
        bytes[i] = (char)(0x80 | (point & 0x3F));
        point >>= 6;
    }
    bytes[0] = (char)(lead[count] | point);
    return count;
}

size_t utf8_count(struct slice text) {
    size_t at = 0, continuations = 0;
    for (; text.length - at >= 8; at += 8) {
        uint64_t word = eight_bytes(text.data + at);
        uint64_t marks = word >> 7 & ~(word >> 6) & every_byte; /* 1 in each byte that is 10xxxxxx */
        continuations += (size_t)((marks * every_byte) >> 56);
    }
    for (; at < text.length; at++)
        continuations += ((unsigned char)text.data[at] & 0xC0) == 0x80;
    return text.length - continuations;
}

size_t utf8_next(struct slice text, size_t at) {
    if (at < text.length)
        at++;
    while (at < text.length && ((unsigned char)text.data[at] & 0xC0) == 0x80)
        at++;
    return at;
}

size_t utf8_previous(struct slice text, size_t at) {
    if (at > 0)
        at--;
    while (at > 0 && ((unsigned char)text.data[at] & 0xC0) == 0x80)
        at--;
    return at;
}
