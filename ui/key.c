#include "ui/key.h"

#include <string.h>

#include "core/base/array.h"
#include "core/text/grapheme.h"
#include "core/text/utf8.h"

#include "core/base/banned.h"

static const struct {
    enum key_kind kind;
    const char *name, *short_name;
} names[] = {
    {ON_UP, "Up", "↑"},
    {ON_DOWN, "Down", "↓"},
    {ON_LEFT, "Left", "←"},
    {ON_RIGHT, "Right", "→"},
    {ON_HOME, "Home", "Home"},
    {ON_END_KEY, "End", "End"},
    {ON_PAGE_UP, "PageUp", "PgUp"},
    {ON_PAGE_DOWN, "PageDown", "PgDn"},
    {ON_INSERT, "Insert", "Ins"},
    {ON_DELETE, "Delete", "Del"},
    {ON_ENTER, "Enter", "⏎"},
    {ON_TAB, "Tab", "Tab"},
    {ON_BACKSPACE, "Backspace", "⌫"},
    {ON_ESCAPE, "Esc", "Esc"},
};

/* The zero of each run of ten decimal digits (Unicode 15, category Nd), in order; the mathematical ones stand apart. */
static const uint32_t zeros[] = {
    0x30,    0x660,   0x6f0,   0x7c0,   0x966,   0x9e6,   0xa66,   0xae6,   0xb66,   0xbe6,   0xc66,   0xce6,
    0xd66,   0xde6,   0xe50,   0xed0,   0xf20,   0x1040,  0x1090,  0x17e0,  0x1810,  0x1946,  0x19d0,  0x1a80,
    0x1a90,  0x1b50,  0x1bb0,  0x1c40,  0x1c50,  0xa620,  0xa8d0,  0xa900,  0xa9d0,  0xa9f0,  0xaa50,  0xabf0,
    0xff10,  0x104a0, 0x10d30, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0,
    0x11730, 0x118e0, 0x11950, 0x11c50, 0x11d50, 0x11da0, 0x11f50, 0x16a60, 0x16ac0, 0x16b50, 0x1d7ce, 0x1d7d8,
    0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e4f0, 0x1e950, 0x1fbf0,
};

struct key key_character(uint32_t code) {
    return (struct key){.kind = ON_CHARACTER, .code = code};
}

struct key key_control(char letter) {
    return (struct key){.kind = ON_CHARACTER, .code = (unsigned char)letter, .modifiers = MODIFIER_CONTROL};
}

struct key key_plain(enum key_kind kind) {
    return (struct key){.kind = kind};
}

bool key_equal(struct key a, struct key b) {
    return a.kind == b.kind && a.code == b.code && a.modifiers == b.modifiers;
}

static bool starts(struct slice *name, const char *prefix) {
    size_t length = strlen(prefix);
    if (name->length <= length || memcmp(name->data, prefix, length) != 0)
        return false;
    *name = slice_make(name->data + length, name->length - length);
    return true;
}

bool key_parse(struct slice name, struct key *key) {
    struct key read = {0};
    for (;;) {
        if (starts(&name, "Ctrl-"))
            read.modifiers |= MODIFIER_CONTROL;
        else if (starts(&name, "Alt-"))
            read.modifiers |= MODIFIER_ALT;
        else if (starts(&name, "Shift-"))
            read.modifiers |= MODIFIER_SHIFT;
        else
            break;
    }
    int32_t point;
    size_t step = utf8_decode(name.data, name.length, &point);
    if (step > 0 && step == name.length && point >= ' ') {
        bool control = (read.modifiers & MODIFIER_CONTROL) != 0;
        read.kind = ON_CHARACTER;
        read.code = (uint32_t)(control && point >= 'A' && point <= 'Z' ? point + ('a' - 'A') : point);
        *key = read;
        return true;
    }
    if (slice_is(name, "Space")) {
        read.kind = ON_CHARACTER;
        read.code = ' ';
        *key = read;
        return true;
    }
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (slice_is(name, names[i].name)) {
            read.kind = names[i].kind;
            *key = read;
            return true;
        }
    if (name.length < 2 || name.length > 3 || name.data[0] != 'F')
        return false;
    for (size_t i = 1; i < name.length; i++) {
        if (name.data[i] < '0' || name.data[i] > '9')
            return false;
        read.code = read.code * 10 + (uint32_t)(name.data[i] - '0');
    }
    if (read.code < 1 || read.code > 24 || name.data[1] == '0')
        return false;
    read.kind = ON_FUNCTION;
    *key = read;
    return true;
}

void key_label(struct buffer *out, struct key key, bool short_form) {
    if (key.modifiers & MODIFIER_CONTROL)
        buffer_add_string(out, "Ctrl-");
    if (key.modifiers & MODIFIER_ALT)
        buffer_add_string(out, "Alt-");
    if (key.modifiers & MODIFIER_SHIFT)
        buffer_add_string(out, "Shift-");
    if (key.kind == ON_FUNCTION)
        buffer_add_format(out, "F%u", (unsigned)key.code);
    else if (key.kind == ON_CHARACTER && key.code == ' ')
        buffer_add_string(out, "Space");
    else if (key.kind == ON_CHARACTER) {
        char bytes[4];
        uint32_t code = key.code;
        if ((key.modifiers & MODIFIER_CONTROL) && code >= 'a' && code <= 'z')
            code -= 'a' - 'A';
        buffer_add(out, bytes, utf8_encode(bytes, (int32_t)code));
    } else
        for (size_t i = 0; i < COUNT_OF(names); i++)
            if (names[i].kind == key.kind)
                buffer_add_string(out, short_form ? names[i].short_name : names[i].name);
}

int digit_value(uint32_t code) {
    for (size_t i = 0; i < COUNT_OF(zeros); i++)
        if (code >= zeros[i] && code < zeros[i] + 10)
            return (int)(code - zeros[i]);
    return -1;
}

int key_digit(struct key key) {
    return key.kind == ON_CHARACTER && key.modifiers == 0 ? digit_value(key.code) : -1;
}

bool key_types(struct key key) {
    return key.kind == ON_CHARACTER && key.modifiers == 0 && key.code >= ' ' && !(key.code >= 0x7f && key.code < 0xa0);
}
