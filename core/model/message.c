/* Messages and their stored form; see message.h. */
#include "core/model/message.h"

#include <stdint.h>

#include "core/base/limits.h"

#include "core/base/banned.h"

static const char *const names[] = {"system", "user", "assistant", "tool"};
static const char letters[] = "suat";

const char *role_name(enum role role) {
    return names[role];
}

bool role_find(struct slice name, enum role *role) {
    for (int i = 0; i < 4; i++)
        if (slice_is(name, names[i])) {
            *role = (enum role)i;
            return true;
        }
    return false;
}

/* A length in digits; printf would cost a twentieth of an import. */
static void add_length(struct buffer *out, size_t length) {
    char digits[24];
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + length % 10);
    while (length /= 10);
    buffer_add(out, digits + at, sizeof digits - at);
}

int messages_encode(struct buffer *out, struct messages messages, enum role alone) {
    if (messages.count == 1 && messages.items[0].role == alone) {
        buffer_add_slice(out, messages.items[0].content);
        return FORM_TEXT;
    }
    for (size_t i = 0; i < messages.count; i++) {
        const struct message *message = &messages.items[i];
        buffer_add_char(out, letters[message->role]);
        add_length(out, message->content.length);
        buffer_add_char(out, ':');
        buffer_add_slice(out, message->content);
    }
    return FORM_MESSAGES;
}

/* One message at *at; false if it is malformed. */
static bool decode_one(struct slice body, size_t *at, struct message *message) {
    const char *letter = body.data[*at] ? strchr(letters, body.data[*at]) : NULL;
    if (!letter)
        return false;
    size_t length = 0, first = ++*at;
    for (; *at < body.length && body.data[*at] >= '0' && body.data[*at] <= '9'; ++*at) {
        if (length > body.length)
            return false;
        length = length * 10 + (size_t)(body.data[*at] - '0');
    }
    if (*at == first || *at >= body.length || body.data[*at] != ':' || length > body.length - *at - 1)
        return false;
    *message = (struct message){(enum role)(letter - letters), slice_make(body.data + *at + 1, length)};
    *at += 1 + length;
    return true;
}

bool messages_decode(struct slice body, int form, enum role alone, struct pool *pool, struct messages *out) {
    if (form == FORM_TEXT || form == FORM_REDACTED) {
        struct message *one = pool_new(pool, 1, sizeof *one);
        *one = (struct message){alone, form == FORM_REDACTED ? slice_of(MESSAGE_REDACTED)
                                       : body.data           ? body
                                                             : slice_of("")};
        *out = (struct messages){one, 1};
        return true;
    }
    size_t count = 0;
    struct message message;
    for (size_t at = 0; at < body.length; count++)
        if (count == LIMIT_MESSAGES || !decode_one(body, &at, &message))
            return false;
    struct message *items = pool_new(pool, count, sizeof *items);
    size_t at = 0;
    for (size_t i = 0; i < count; i++)
        decode_one(body, &at, &items[i]);
    *out = (struct messages){items, count};
    return count > 0;
}

/* Code points of valid UTF-8: bytes that do not continue one, eight at a time. */
static size_t count_points(struct slice text) {
    const uint64_t ones = UINT64_C(0x0101010101010101);
    size_t continuing = 0, at = 0;
    for (; at + 8 <= text.length; at += 8) {
        uint64_t word;
        memcpy(&word, text.data + at, 8);
        continuing += (((word >> 7) & ~(word >> 6) & ones) * ones) >> 56;
    }
    for (; at < text.length; at++)
        continuing += ((unsigned char)text.data[at] & 0xC0) == 0x80;
    return text.length - continuing;
}

size_t messages_length(struct messages messages) {
    size_t points = 0;
    for (size_t i = 0; i < messages.count; i++)
        points += count_points(messages.items[i].content);
    return points;
}
