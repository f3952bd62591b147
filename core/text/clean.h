/*
 * The one door to the screen. Everything that came from a file, a person or another program goes through here
 * before it reaches curses or a terminal; what is stored stays as it came, byte for byte.
 *
 *   what came in                                  what is shown
 *   invalid byte                                  ‹\xFF›, a run together: ‹\xFF\xFE›
 *   NUL … US except tab and newline, DEL          ␀ … ␟, ␡ (ESC is ␛); CR LF is one newline, CR alone ␍
 *   C1 controls, line and paragraph separators    ‹U+0085›
 *   bidi embeddings, overrides, isolates          ‹U+202E›, a run together: ‹U+202E,U+2066›; they
 *                                                 reorder text that is not theirs
 *   LRM, RLM, ALM                                 kept, no cell: they only settle the neutral characters
 *                                                 beside them, and honest Hebrew and Arabic needs them
 *   ZWSP, WJ, ZWNJ                                kept, no cell
 *   other format characters, soft hyphen, BOM     ‹U+00AD›
 *   tag characters (hidden ASCII)                 what they hide: ‹tags:gbeng›
 *   private use, noncharacters, unassigned        ‹U+E000›: nobody knows how wide they are
 *   ZWJ behind an emoji or a letter,              left out: tmux, kitty and others draw what they join in
 *   U+FE0E, U+FE0F                                other cells than wcwidth() says, and the screen tears.
 *                                                 The parts of a family stand side by side instead
 *   emoji skin tone                               ‹medium skin tone›, for the same reason
 *   variation selectors of ideographs             kept after a wide letter, else ‹U+E0100›
 *   a combining mark with nothing before it       on a dotted circle: ◌́
 *   more than four combining marks on one cell    the rest is left out (ncurses would drop them unseen)
 *   tab                                           spaces to the next multiple of CLEAN_TAB columns
 *
 * The result is valid UTF-8 without control characters (but newline and tab as the flags say), each line
 * starts with a code point that has a cell, every code point has a known width, no cell holds more than
 * CELL_POINTS code points, and cleaning it again with the same flags changes nothing. An escape looks the
 * same as text that spells it.
 */
#ifndef CORE_TEXT_CLEAN_H
#define CORE_TEXT_CLEAN_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/slice.h"

enum { CLEAN_TAB = 4 };

enum clean_flags {
    CLEAN_LINES = 0,          /* newlines stay newlines */
    CLEAN_KEEP_TABS = 1 << 0, /* tabs stay tabs (for a reader that expands them itself; never for a screen) */
    CLEAN_ONE_LINE = 1 << 1,  /* a newline is shown as ⏎ */
    CLEAN_JOIN = 1 << 2,      /* with ONE_LINE: a newline is shown as a space instead */
    CLEAN_REVEAL = 1 << 3,    /* the raw view, see below */
    CLEAN_SPACES = 1 << 4,    /* with REVEAL: a plain space stays one */
};

/*
 * The raw view shows what is invisible, too: space ·, no-break space ⍽, tab ──→, CR LF as ␍, and as ‹U+200B› all
 * that is blank, or kept or left out above for want of a cell. Marks still combine, but those without a place in
 * their cell are spelt out.
 */

/* Adds the visible form of `in` to `out`. `flags` is a sum of enum clean_flags. `in` must not point into out. */
void text_clean(struct buffer *out, struct slice in, unsigned flags);

/* A part of cleaned text that the door put there: an escape, a picture of a control character, a visible blank. */
struct said {
    size_t start, end; /* bytes of the output */
    bool blank;        /* for a tab or a space */
};

struct said_list {
    struct said *items;
    size_t count, capacity;
};

/* text_clean, and what the door said itself is added to `said`, in order; neighbours of one kind are one. Free its items. */
void text_clean_said(struct buffer *out, struct slice in, unsigned flags, struct said_list *said);

#endif
