/*
 * What a piece of the screen means (its ink), and what that looks like in each scheme. Text and background stay the
 * terminal's own; one accent colour; what is secondary is dim. Colour never says anything alone: every state is also a word,
 * a mark or an attribute, so that the monochrome scheme is complete.
 */
#ifndef UI_THEME_H
#define UI_THEME_H

#include <stdbool.h>
#include <stdint.h>

#include "core/model/preferences.h"

enum ink {
    INK_NORMAL,
    INK_DIM,      /* secondary: labels, hints, figures' doubt */
    INK_ACCENT,   /* ▌ ▸ and what is in hand */
    INK_TITLE,    /* the title row */
    INK_RULE,     /* thin lines */
    INK_SELECTED, /* the row or choice taken */
    INK_WARNING,
    INK_ERROR,
    INK_GOOD,
    INK_CODE,
    INK_KEYWORD, /* in code, as are the next two */
    INK_STRING,
    INK_COMMENT,
    INK_HEADING_1, /* one look for each level, and one for the fourth and all below */
    INK_HEADING_2,
    INK_HEADING_3,
    INK_HEADING_4,
    INK_EMPHASIS,
    INK_STRONG,
    INK_STRUCK, /* struck-through text */
    INK_LINK,
    INK_HIT,      /* found by a search */
    INK_HIT_HERE, /* the hit that n and N stand at */
    INK_ADDED,
    INK_REMOVED,
    INK_COVER, /* over text that is hidden until a key */
    INK_COUNT,
};

enum scheme { SCHEME_DARK, SCHEME_LIGHT, SCHEME_MONO };

enum style_attribute {
    STYLE_BOLD = 1 << 0,
    STYLE_DIM = 1 << 1,
    STYLE_UNDERLINE = 1 << 2,
    STYLE_REVERSE = 1 << 3,
    STYLE_ITALIC = 1 << 4,
};

struct style {
    int16_t foreground; /* palette number, -1: the terminal's own */
    int16_t background; /* likewise */
    uint8_t attributes; /* a sum of enum style_attribute */
};

/* The look of an ink where the terminal has `colours` colours (under 8: as SCHEME_MONO). */
struct style theme_style(enum scheme scheme, enum ink ink, int colours);

/* What there is to judge a terminal's background by. */
struct background {
    const char *no_color; /* NO_COLOR; NULL or empty: colour is welcome */
    const char *colours;  /* COLORFGBG ("15;0", "0;default;15"); may be NULL */
};

/* The scheme to use: monochrome where no colour is wanted, else the choice; with THEME_AUTO by the background, dark if unknown. */
enum scheme theme_scheme(enum theme_choice choice, const struct background *background);

/* 0xRRGGBB of a colour of the 256-colour palette from 16 on: the cube of 6 × 6 × 6, then 24 greys. */
uint32_t theme_rgb(int number);

/* The ink's name, for tests and messages: "normal", "dim", … */
const char *ink_name(enum ink ink);

#endif
