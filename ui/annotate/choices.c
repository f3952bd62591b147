/* Rows of choices; see choices.h. */
#include "ui/annotate/choices.h"

#include "core/text/clip.h"
#include "ui/paint.h"

#include "core/base/banned.h"

enum { WORD_MOST = 40, WORD_LEAST = 3 };

/* How tightly a row is set. */
struct setting {
    int gap;      /* 0: each has cells for its brackets; -1: two neighbours share the one between them */
    bool letters; /* inner choices keep theirs: "A better" */
    bool brief;   /* "slightly" becomes "slight" */
    int most;     /* columns of a word, without the letter before it */
};

static int columns_of(struct slice text) {
    return (int)(text_columns(text) & 0xffff);
}

/* "A better" or "B better": a side, and what is said of it. */
static bool has_side(const char *word) {
    return (word[0] == 'A' || word[0] == 'B') && word[1] == ' ';
}

/* The first of its side, or the last: these keep their letters, so that the ends of the row say whose they are. */
static bool is_end(const struct choice *choices, size_t count, size_t i) {
    bool before = false, after = false;
    for (size_t k = 0; k < count; k++)
        if (k != i && has_side(choices[k].word))
            *(k < i ? &before : &after) = true;
    return !before || !after;
}

static struct slice word_in(const struct choice *choices, size_t count, size_t i, const struct setting *setting) {
    struct slice word = slice_of(choices[i].word);
    bool side = has_side(choices[i].word), letter = side && (setting->letters || is_end(choices, count, i));
    if (side && !letter)
        word = slice_make(word.data + 2, word.length - 2);
    if (setting->brief && word.length > 5 && memcmp(word.data + word.length - 2, "ly", 2) == 0)
        word.length -= 2;
    int most = setting->most + (letter ? 2 : 0);
    if (columns_of(word) > most) {
        word.length = text_at_column(word, (size_t)most);
        while (word.length > 0 && word.data[word.length - 1] == ' ')
            word.length--;
    }
    return word;
}

static int choice_columns(struct slice word) {
    return 1 + (word.length ? 1 + columns_of(word) : 0);
}

static int total(const struct choice *choices, size_t count, const struct setting *setting) {
    int columns = 0;
    for (size_t i = 0; i < count; i++)
        columns += choice_columns(word_in(choices, count, i, setting)) + 2 + setting->gap;
    return columns - setting->gap;
}

/* The loosest setting that fits. */
static struct setting settle(const struct choice *choices, size_t count, int columns) {
    static const struct setting settings[] = {{0, true, false, WORD_MOST},
                                              {-1, true, false, WORD_MOST},
                                              {-1, false, false, WORD_MOST},
                                              {-1, false, true, WORD_MOST}};
    bool keys_alone = count > 0 && choices[0].word[0] == '\0';
    for (size_t i = keys_alone ? 1 : 0; i < sizeof settings / sizeof *settings; i++)
        if (total(choices, count, &settings[i]) <= columns)
            return settings[i];
    struct setting setting = {-1, false, true, 12};
    while (setting.most > WORD_LEAST && total(choices, count, &setting) > columns)
        setting.most--;
    return setting;
}

int choices_rows(const struct choice *choices, size_t count, int columns) {
    static const struct setting closest = {-1, false, true, WORD_MOST};
    return total(choices, count, &closest) <= columns ? 1 : 2;
}

static int draw_line(struct surface *surface, struct rect area, int row, int column, const struct choice *choices,
                     size_t count, struct setting setting) {
    for (size_t i = 0; i < count; i++) {
        struct slice word = word_in(choices, count, i, &setting);
        char key[] = {choices[i].key, 0};
        struct rect all = rect_make(area.row + row, area.column + column, 1, choice_columns(word) + 2);
        surface_add_spot(surface, rect_meet(all, area), key_character((unsigned char)choices[i].key));
        enum ink ink = choices[i].taken ? INK_SELECTED : INK_NORMAL;
        if (choices[i].taken)
            paint_string(surface, area, row, column, INK_SELECTED, "[");
        column =
            paint_string(surface, area, row, column + 1, ink == INK_NORMAL && word.length > 0 ? INK_DIM : ink, key);
        if (word.length > 0) {
            if (choices[i].taken)
                paint_string(surface, area, row, column, INK_SELECTED, " ");
            column = paint_text(surface, area, row, column + 1, ink, word);
        }
        if (choices[i].taken)
            paint_string(surface, area, row, column, INK_SELECTED, "]");
        column += 1 + setting.gap;
    }
    return column - setting.gap;
}

int choices_draw(struct surface *surface, struct rect area, int row, int column, const struct choice *choices,
                 size_t count, int rows) {
    /* a bracket may stand in the blank cell before the row's first column */
    int start = column > 0 ? column - 1 : 0, room = area.columns - start;
    if (rows < 2 || choices_rows(choices, count, room) == 1)
        return draw_line(surface, area, row, start, choices, count, settle(choices, count, room));
    size_t half = (count + 1) / 2;
    struct setting first = settle(choices, half, room), second = settle(choices + half, count - half, room);
    draw_line(surface, area, row, start, choices, half, first);
    return draw_line(surface, area, row + 1, start, choices + half, count - half, second);
}
