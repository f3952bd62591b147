/*
 * What comes from the keyboard and from the outside, as one kind of event, and the names of keys ("Ctrl-Y", "F6",
 * "Shift-Left", "Space", "k").
 */
#ifndef UI_KEY_H
#define UI_KEY_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/buffer.h"
#include "core/base/slice.h"

enum key_kind {
    ON_NOTHING,
    ON_CHARACTER, /* code: the code point; with MODIFIER_CONTROL the small letter or sign: Ctrl-Y is 'y' */
    ON_FUNCTION,  /* code: 1 to 24 */
    ON_UP,
    ON_DOWN,
    ON_LEFT,
    ON_RIGHT,
    ON_HOME,
    ON_END_KEY,
    ON_PAGE_UP,
    ON_PAGE_DOWN,
    ON_INSERT,
    ON_DELETE,
    ON_ENTER, /* carriage return or the keypad's Enter */
    ON_TAB,   /* with MODIFIER_SHIFT: back */
    ON_BACKSPACE,
    ON_ESCAPE,
    ON_PASTE,    /* text: the bytes pasted */
    ON_WHEEL_UP, /* the mouse, where it is wanted: row and column are the pointer's, from 0 */
    ON_WHEEL_DOWN,
    ON_CLICK,  /* the left button went down */
    ON_RESIZE, /* the terminal has another size, or must be drawn anew */
    ON_TIMER,  /* the loop's timer went off */
    ON_END,    /* hang-up, SIGTERM, or the terminal is gone: leave, keep the draft, ask nothing */
};

enum key_modifier { MODIFIER_SHIFT = 1 << 0, MODIFIER_ALT = 1 << 1, MODIFIER_CONTROL = 1 << 2 };

struct key {
    enum key_kind kind;
    unsigned modifiers; /* a sum of enum key_modifier; a shifted letter is the capital, without the modifier */
    uint32_t code;      /* of ON_CHARACTER and ON_FUNCTION, else 0 */
    int row, column;    /* of the mouse */
    struct slice text;  /* of ON_PASTE: may hold anything; borrowed until the next event is asked for */
};

/* Shorthands for tests and tables. */
struct key key_character(uint32_t code);
struct key key_control(char letter);
struct key key_plain(enum key_kind kind);

/* Same kind, code and modifiers. */
bool key_equal(struct key a, struct key b);

/*
 * Reads a name: modifiers "Ctrl-", "Alt-", "Shift-", then one character, or Up Down Left Right Home End PageUp PageDown Insert
 * Delete Enter Tab Backspace Esc Space F1 … F24. False when it is none.
 */
bool key_parse(struct slice name, struct key *key);

/* Adds the name; key_parse reads it back. With `short_form`, as a hint line shows it: ↑ ↓ ← → ⏎ PgUp PgDn. */
void key_label(struct buffer *out, struct key key, bool short_form);

/*
 * 0 to 9 when the key is a digit of any script (Unicode Nd: ASCII, Arabic-Indic, Persian, Devanagari, full-width, …) without
 * Ctrl or Alt; else -1.
 */
int key_digit(struct key key);

/* The decimal value of a code point of category Nd, else -1. */
int digit_value(uint32_t code);

/* True for a character that can be typed into a text: printing, no Ctrl, no Alt. */
bool key_types(struct key key);

#endif
