#include "ui/theme.h"

#include <stdbool.h>
#include <string.h>

#include "core/base/banned.h"

/* One ink: its colours in 256 and in 8 or 16 colours, for a dark and a light background, and its attributes without colour. */
struct recipe {
    const char *name;
    int16_t dark, dark_few, light, light_few; /* foreground, -1: the terminal's own */
    int16_t dark_back, light_back;            /* background in 256 colours; -1: the terminal's own */
    uint8_t attributes;                       /* with colour */
    uint8_t mono;                             /* without */
};

static const struct recipe recipes[INK_COUNT] = {
    [INK_NORMAL] = {"normal", -1, -1, -1, -1, -1, -1, 0, 0},
    [INK_DIM] = {"dim", 246, -1, 242, -1, -1, -1, 0, STYLE_DIM},
    [INK_ACCENT] = {"accent", 80, 6, 24, 4, -1, -1, STYLE_BOLD, STYLE_BOLD},
    [INK_TITLE] = {"title", -1, -1, -1, -1, -1, -1, STYLE_BOLD, STYLE_BOLD},
    [INK_RULE] = {"rule", 240, -1, 249, -1, -1, -1, 0, STYLE_DIM},
    [INK_SELECTED] = {"selected", 80, 6, 24, 4, -1, -1, STYLE_BOLD | STYLE_REVERSE, STYLE_REVERSE},
    [INK_WARNING] = {"warning", 214, 3, 130, 5, -1, -1, STYLE_BOLD, STYLE_BOLD},
    [INK_ERROR] = {"error", 203, 1, 160, 1, -1, -1, STYLE_BOLD, STYLE_BOLD | STYLE_REVERSE},
    [INK_GOOD] = {"good", 114, 2, 28, -1, -1, -1, 0, 0},
    [INK_CODE] = {"code", 180, 3, 94, 4, -1, -1, 0, 0},
    [INK_KEYWORD] = {"keyword", 110, 6, 25, 4, -1, -1, STYLE_BOLD, STYLE_BOLD},
    [INK_STRING] = {"string", 108, 2, 28, 5, -1, -1, 0, STYLE_UNDERLINE},
    [INK_COMMENT] = {"comment", 245, -1, 243, -1, -1, -1, STYLE_ITALIC, STYLE_DIM},
    [INK_HEADING_1] = {"heading 1", -1, -1, -1, -1, -1, -1, STYLE_BOLD | STYLE_UNDERLINE, STYLE_BOLD | STYLE_UNDERLINE},
    [INK_HEADING_2] = {"heading 2", -1, -1, -1, -1, -1, -1, STYLE_BOLD, STYLE_BOLD},
    [INK_HEADING_3] = {"heading 3", -1, -1, -1, -1, -1, -1, STYLE_UNDERLINE, STYLE_UNDERLINE},
    [INK_HEADING_4] = {"heading 4", 246, -1, 242, -1, -1, -1, STYLE_UNDERLINE, STYLE_DIM | STYLE_UNDERLINE},
    [INK_EMPHASIS] = {"emphasis", -1, -1, -1, -1, -1, -1, STYLE_ITALIC, STYLE_UNDERLINE},
    [INK_STRONG] = {"strong", -1, -1, -1, -1, -1, -1, STYLE_BOLD, STYLE_BOLD},
    [INK_STRUCK] = {"struck", 246, -1, 242, -1, -1, -1, STYLE_DIM, STYLE_DIM},
    [INK_LINK] = {"link", -1, -1, -1, -1, -1, -1, STYLE_UNDERLINE, STYLE_UNDERLINE},
    [INK_HIT] = {"hit", 16, -1, 16, -1, 186, 222, 0, STYLE_REVERSE},
    [INK_HIT_HERE] = {"hit here", 16, 3, 16, 4, 214, 214, STYLE_BOLD, STYLE_REVERSE | STYLE_BOLD},
    [INK_ADDED] = {"added", 114, 2, 28, -1, -1, -1, STYLE_UNDERLINE, STYLE_UNDERLINE},
    [INK_REMOVED] = {"removed", 203, 1, 160, 1, -1, -1, 0, STYLE_DIM},
    [INK_COVER] = {"cover", 246, -1, 242, -1, -1, -1, 0, STYLE_DIM},
};

struct style theme_style(enum scheme scheme, enum ink ink, int colours) {
    const struct recipe *recipe = &recipes[(unsigned)ink < INK_COUNT ? ink : INK_NORMAL];
    if (scheme == SCHEME_MONO || colours < 8)
        return (struct style){-1, -1, recipe->mono};
    bool dark = scheme == SCHEME_DARK;
    if (colours >= 256) {
        int16_t background = dark ? recipe->dark_back : recipe->light_back;
        return (struct style){dark ? recipe->dark : recipe->light, background, recipe->attributes};
    }
    /* Few colours: a background could swallow somebody's own palette, so it becomes reverse; dim stays an attribute. */
    uint8_t attributes = recipe->attributes;
    int16_t foreground = dark ? recipe->dark_few : recipe->light_few;
    if (recipe->dark_back >= 0)
        attributes |= STYLE_REVERSE;
    if (foreground < 0 && recipe->dark >= 0)
        attributes |= recipe->mono;
    return (struct style){foreground, -1, attributes};
}

/* The last number of COLORFGBG is the background's: 7 and 9 to 15 are light, the other colours of the sixteen dark. */
static bool is_light(const char *colours) {
    const char *last = colours ? strrchr(colours, ';') : NULL;
    if (!last || last[1] < '0' || last[1] > '9')
        return false;
    int number = last[1] - '0';
    if (last[2] >= '0' && last[2] <= '9')
        number = number * 10 + last[2] - '0';
    return number == 7 || (number >= 9 && number <= 15);
}

enum scheme theme_scheme(enum theme_choice choice, const struct background *background) {
    if (choice == THEME_MONO || (background->no_color && background->no_color[0]))
        return SCHEME_MONO;
    bool light = choice == THEME_AUTO ? is_light(background->colours) : choice == THEME_LIGHT;
    return light ? SCHEME_LIGHT : SCHEME_DARK;
}

uint32_t theme_rgb(int number) {
    static const uint32_t steps[] = {0x00, 0x5f, 0x87, 0xaf, 0xd7, 0xff};
    if (number >= 232) {
        uint32_t grey = 8 + 10 * (uint32_t)(number - 232);
        return grey << 16 | grey << 8 | grey;
    }
    unsigned cube = (unsigned)(number - 16);
    return steps[cube / 36] << 16 | steps[cube / 6 % 6] << 8 | steps[cube % 6];
}

const char *ink_name(enum ink ink) {
    return (unsigned)ink < INK_COUNT ? recipes[ink].name : "?";
}
