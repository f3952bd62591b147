/*
 * Real responses on the judging screen, in three sizes and three schemes: everything that was written is found by scrolling down and
 * sideways, in its order, no line is torn, nothing but the theme's colours is used. The kinds that the public data has: Markdown with
 * nested lists, tables and headings, code in many languages, Chinese, Japanese, Arabic, Hebrew, Hindi, families of emoji, control
 * characters. Korean, Thai and stacked marks are in test_texts.c.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <locale.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/ui/helper_real_texts.h"
#include "core/base/array.h"
#include "core/base/json.h"
#include "core/text/grapheme.h"
#include "core/text/utf8.h"
#include "helper_campaign.h"
#include "ui/directions.h"
#include "ui/theme.h"

enum { SHORTEST = 300, LONGEST = 2600, SHIFT = 8, LOOKS_MOST = 60 };

static const struct {
    enum scheme scheme;
    const char *environment[3];
} schemes[] = {
    {SCHEME_DARK, {"COLORFGBG=15;0", NULL}},
    {SCHEME_LIGHT, {"COLORFGBG=0;15", NULL}},
    {SCHEME_MONO, {"NO_COLOR=1", NULL}},
};

static const struct { int rows, columns; } sizes[] = {{24, 80}, {40, 120}, {60, 200}};

/* --- Kinds ------------------------------------------------------------------------------------------------------------- */

static const struct kind {
    const char *name;
    const char *pattern; /* extended, of a line; NULL: by letters */
    int32_t first, last; /* at least `least` code points from here to there */
    int least;
} kinds[] = {
    {"a table", "^\\|?[ :]*-{2,}[-: ]*\\|", 0, 0, 0},
    {"a nested list", "^ {2,}([-*+]|[0-9]+\\.) ", 0, 0, 0},
    {"headings", "^### ", 0, 0, 0},
    {"code in Python", "^ *```python", 0, 0, 0},
    {"code in C++", "^ *```cpp", 0, 0, 0},
    {"code in SQL", "^ *```sql", 0, 0, 0},
    {"code in JavaScript", "^ *```javascript", 0, 0, 0},
    {"code in Java", "^ *```java$", 0, 0, 0},
    {"code for a shell", "^ *```bash", 0, 0, 0},
    {"Chinese", NULL, 0x4e00, 0x9fff, 200},
    {"Japanese", NULL, 0x3040, 0x30ff, 50},
    {"Arabic", NULL, 0x600, 0x6ff, 100},
    {"Hebrew", NULL, 0x590, 0x5ff, 20},
    {"Hindi", NULL, 0x900, 0x97f, 100},
    {"joined emoji", NULL, 0x200d, 0x200d, 1},
    {"control characters", NULL, 0x80, 0x9f, 1},
};

static bool is_of(const struct kind *kind, const struct real_text *text) {
    if (kind->pattern) {
        regex_t pattern;
        assert_int_equal(regcomp(&pattern, kind->pattern, REG_EXTENDED | REG_NEWLINE | REG_NOSUB), 0);
        bool found = regexec(&pattern, text->text, 0, NULL, 0) == 0;
        regfree(&pattern);
        return found;
    }
    int count = 0;
    for (size_t at = 0; at < text->length;) {
        int32_t point = 0;
        size_t step = utf8_decode(text->text + at, text->length - at, &point);
        count += point >= kind->first && point <= kind->last;
        at += step ? step : 1;
    }
    return count >= kind->least;
}

/* Markdown keeps all of its letters; see test_text_view_real.c, which reads the others, too. */
static bool is_plain(const char *text) {
    return !strchr(text, '&') && !strstr(text, "]:") && !strstr(text, "][") && !strstr(text, "[x]") &&
           !strstr(text, "![");
}

/* The emulator has its table of widths from another year than the C library: it would tear what no terminal of today does. */
static bool is_of_known_widths(const struct real_text *text) {
    for (size_t at = 0; at < text->length;) {
        int32_t point = 0;
        size_t step = utf8_decode(text->text + at, text->length - at, &point);
        if (point >= 0x2000 && point_columns(point) > 0 &&
            terminal_point_columns((uint32_t)point) != point_columns(point))
            return false;
        at += step ? step : 1;
    }
    return true;
}

/* The first two texts of a kind that are of a length to be read in a test; the second may be absent. */
static size_t pick(const struct real_texts *texts, const struct kind *kind, const struct real_text *picked[2]) {
    size_t count = 0;
    for (size_t i = 0; i < texts->count && count < 2; i++) {
        const struct real_text *text = &texts->items[i];
        if (text->length >= SHORTEST && text->length <= LONGEST && is_plain(text->text) && is_of(kind, text) &&
            is_of_known_widths(text) && (count == 0 || strcmp(picked[0]->text, text->text) != 0))
            picked[count++] = text;
    }
    return count;
}

/* --- The store --------------------------------------------------------------------------------------------------------- */

struct pair {
    char prompt[40]; /* "Of a kind: Arabic." */
    const struct real_text *texts[2];
};

static void write_pair(FILE *out, const struct pair *pair) {
    struct buffer line = BUFFER_INIT;
    struct json json;
    json_start(&json, &line);
    json_open(&json, '{');
    json_key(&json, "prompt");
    json_text(&json, pair->prompt);
    json_key(&json, "responses");
    json_open(&json, '[');
    for (int i = 0; i < 2; i++)
        json_string(&json, slice_make(pair->texts[i]->text, pair->texts[i]->length));
    json_close(&json, ']');
    json_close(&json, '}');
    fprintf(out, "%s\n", line.data);
    buffer_release(&line);
}

static size_t make_store(struct scratch *scratch, const struct real_texts *texts, struct pair pairs[]) {
    size_t count = 0;
    char path[160], *lines = NULL;
    size_t length;
    FILE *out = open_memstream(&lines, &length);
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        struct pair *pair = &pairs[count];
        *pair = (struct pair){0};
        snprintf(pair->prompt, sizeof pair->prompt, "Of a kind: %s.", kinds[i].name);
        size_t found = pick(texts, &kinds[i], pair->texts);
        if (found == 0) {
            print_message("not in the public data: %s\n", kinds[i].name);
            continue;
        }
        if (found == 1)
            pair->texts[1] = &texts->items[i];
        write_pair(out, pair);
        count++;
    }
    fclose(out);
    scratch_make(scratch);
    scratch_write(scratch, "t.yaml",
                  "rubric: t\nscale: {strengths: [slightly better, better, much better], tie: true}\n");
    snprintf(path, sizeof path, "%s",
             scratch_write(scratch, "campaign.yaml", "campaign: real\ntracks:\n  t: {rubric: t.yaml,}\n"));
    free(ASSAY_OK("init", scratch->store, "--campaign", path));
    free(ASSAY_OK("import", scratch->store, scratch_write(scratch, "items.jsonl", lines)));
    free(lines);
    return count;
}

/* --- What is seen ------------------------------------------------------------------------------------------------------ */

/* A response on the screen: its head, its columns, its rows of text. */
struct part {
    int head, left, columns, rows;
};

static bool cell_is(struct terminal *terminal, int row, int column, const char *text) {
    char cell[64];
    terminal_cell(terminal, row, column, cell);
    return strcmp(cell, text) == 0;
}

/* The parts of A and B, which stand beside each other; false while they are not drawn, or torn. */
static bool find_parts(struct terminal *terminal, int rows, int columns, struct part parts[2]) {
    int head = terminal_find(terminal, "┬─ B"), middle = 0, end, right;
    if (head < 0)
        head = terminal_find(terminal, "┬▌ B");
    if (head < 0)
        return false;
    while (middle < columns && !cell_is(terminal, head, middle, "┬"))
        middle++;
    for (right = middle + 1; right < columns && !cell_is(terminal, head, right, "┤");)
        right++;
    for (end = head + 1; end < rows && cell_is(terminal, end, middle, "│");)
        end++;
    if (end == rows || !cell_is(terminal, end, middle, "┴"))
        return false; /* torn */
    parts[0] = (struct part){head, 0, middle, end - head - 1};
    parts[1] = (struct part){head, middle + 1, right - middle - 1, end - head - 1};
    return true;
}

static void look(struct terminal *terminal, const struct part *part, struct sheet *sheet) {
    char cell[64];
    sheet_init(sheet, part->rows, part->columns);
    for (int row = 0; row < part->rows; row++)
        for (int column = 0; column < part->columns; column++) {
            int width = terminal_cell(terminal, part->head + 1 + row, part->left + column, cell);
            if (strcmp(cell, DIRECTION_GUARD) == 0)
                memcpy(cell, " ", 2); /* a blank, but for its direction */
            memcpy(sheet_cell(sheet, row, column), cell, strnlen(cell, SHEET_CELL - 1));
            if (width == 2 && column + 1 < part->columns)
                column++; /* its right half stays "" */
        }
}

static bool same_sheet(const struct sheet *a, const struct sheet *b) {
    return memcmp(a->cells, b->cells, (size_t)a->rows * (size_t)a->columns * SHEET_CELL) == 0;
}

static void wait_bottom(struct terminal *terminal, int rows, const char *text) {
    for (int i = 0; i < 5000 && !strstr(terminal_row(terminal, rows - 1), text); i++)
        terminal_settle(terminal, 1);
    assert_true(strstr(terminal_row(terminal, rows - 1), text) || terminal_dump(terminal));
}

/* Presses keys and waits until they are drawn: the line for a search, which opens behind them, says so. Go on with let_go. */
static void hold(struct terminal *terminal, int rows, const char *keys) {
    terminal_send(terminal, keys);
    terminal_send(terminal, "/");
    wait_bottom(terminal, rows, " /");
}

static void let_go(struct terminal *terminal, int rows) {
    terminal_send(terminal, "\r");
    wait_bottom(terminal, rows, "? keys");
}

static void press(struct terminal *terminal, const char *keys, int rows, const struct part *part, struct sheet *sheet) {
    hold(terminal, rows, keys);
    look(terminal, part, sheet);
    let_go(terminal, rows);
}

static bool has(const struct sheet *sheet, const char *text) {
    for (int i = 0; i < sheet->rows * sheet->columns; i++)
        if (strcmp(sheet->cells[i], text) == 0)
            return true;
    return false;
}

/* How far down a part stands, in percent; 100 where all fits. */
static int percent(struct terminal *terminal, const struct part *part) {
    int value = 0, unit = 1;
    bool there = false;
    for (int column = part->left + part->columns - 1; column > part->left; column--) {
        char cell[64];
        terminal_cell(terminal, part->head, column, cell);
        if (there && cell[0] >= '0' && cell[0] <= '9') {
            value += unit * (cell[0] - '0');
            unit *= 10;
        } else if (value + (unit > 1) > 0) {
            break;
        }
        there = there || cell[0] == '%';
    }
    return there ? value : 100;
}

/* --- Reading a part from its top to its end -------------------------------------------------------------------------------- */

/* The page that stands there, whole rows of it; it is moved sideways and back. */
static void read_page(struct terminal *terminal, int rows, const struct part *part, const struct sheet *first,
                      struct buffer lines[]) {
    struct sheet looks[LOOKS_MOST], back;
    char left[LOOKS_MOST] = "";
    size_t count = 1;
    looks[0] = *first;
    for (; count < LOOKS_MOST && has(&looks[count - 1], "›"); count++)
        press(terminal, ">", rows, part, &looks[count]);
    for (int row = 0; row < part->rows; row++) {
        buffer_clear(&lines[row]);
        sheets_join(looks, count, SHIFT, row, &lines[row]);
    }
    if (count == 1)
        return;
    memset(left, '<', count - 1);
    press(terminal, left, rows, part, &back);
    assert_true(same_sheet(first, &back) || terminal_dump(terminal));
    sheet_release(&back);
    for (size_t i = 1; i < count; i++)
        sheet_release(&looks[i]);
}

/* By how many rows the second page stands further down than the first: the least that fits. */
static int moved(const struct sheet *before, const struct sheet *after) {
    size_t row = (size_t)before->columns * SHEET_CELL;
    for (int rows = 1; rows < before->rows; rows++)
        if (memcmp(before->cells[rows * before->columns], after->cells, (size_t)(before->rows - rows) * row) == 0)
            return rows;
    return before->rows;
}

/* The letters of a part, from where it stands to its end. */
static void read_part(struct terminal *terminal, int rows, const struct part *part, struct buffer *letters) {
    enum { ROWS_MOST = 64 };
    struct buffer lines[ROWS_MOST];
    struct sheet page, next;
    char down[ROWS_MOST + 1] = "";
    int from = 0;
    memset(down, 'j', (size_t)part->rows);
    for (int i = 0; i < part->rows; i++)
        buffer_init(&lines[i]);
    look(terminal, part, &page);
    for (;;) {
        read_page(terminal, rows, part, &page, lines);
        for (int row = from; row < part->rows; row++)
            add_letters(letters, buffer_slice(&lines[row]));
        if (percent(terminal, part) == 100)
            break;
        press(terminal, down, rows, part, &next);
        from = part->rows - moved(&page, &next);
        sheet_release(&page);
        page = next;
    }
    sheet_release(&page);
    for (int i = 0; i < part->rows; i++)
        buffer_release(&lines[i]);
}

/* --- Colours ----------------------------------------------------------------------------------------------------------- */

/* A colour of the 256 as libvterm makes it: even steps, other than xterm's. */
static long emulated(int number) {
    long grey = 255 * (number - 232) / 23, cube = number - 16;
    if (number < 0)
        return -1;
    return number >= 232 ? grey << 16 | grey << 8 | grey
                         : (cube / 36 * 51) << 16 | (cube / 6 % 6 * 51) << 8 | (cube % 6 * 51);
}

static bool is_look_of(const struct terminal_look *look, struct style style) {
    return look->foreground == emulated(style.foreground) && look->background == emulated(style.background) &&
           look->bold == ((style.attributes & STYLE_BOLD) != 0) &&
           look->underline == ((style.attributes & STYLE_UNDERLINE) != 0) &&
           look->reverse == ((style.attributes & STYLE_REVERSE) != 0) &&
           look->italic == ((style.attributes & STYLE_ITALIC) != 0);
}

/* Every cell of the screen looks like one of the theme's inks. */
static void assert_colours(struct terminal *terminal, int rows, int columns, enum scheme scheme) {
    for (int row = 0; row < rows; row++)
        for (int column = 0; column < columns; column++) {
            struct terminal_look look = terminal_look(terminal, row, column);
            bool known = false;
            for (int ink = 0; ink < INK_COUNT && !known; ink++)
                known = is_look_of(&look, theme_style(scheme, (enum ink)ink, 256));
            if (!known)
                fail_msg("row %d column %d has a look of its own (foreground %lx, background %lx): %s", row, column,
                         look.foreground, look.background, terminal_row(terminal, row));
        }
}

/* What a terminal would act on never comes out of a text: C0 but what curses sends, C1. */
static void assert_no_controls(struct terminal *terminal) {
    for (int byte = 1; byte < 0x20; byte++)
        if (!strchr("\b\t\n\r\033\016\017", byte))
            assert_false(terminal_wrote(terminal, (const char[]){(char)byte, '\0'}));
    for (int byte = 0x80; byte < 0xa0; byte++)
        assert_false(terminal_wrote(terminal, (const char[]){(char)0xc2, (char)byte, '\0'}));
}

/* --- Tests ------------------------------------------------------------------------------------------------------------- */

/* Which of the two responses these are the letters of; -1: neither. */
static int whose(const struct pair *pair, const struct buffer *shown) {
    for (int i = 0; i < 2; i++) {
        struct buffer letters = BUFFER_INIT;
        size_t at;
        add_letters(&letters, slice_make(pair->texts[i]->text, pair->texts[i]->length));
        bool same = letters_follow(buffer_slice(&letters), buffer_slice(shown), 0, &at);
        buffer_release(&letters);
        if (same)
            return i;
    }
    return -1;
}

static void read_item(struct terminal *terminal, const struct pair *pair, const struct part parts[2], int size) {
    struct buffer shown[2] = {BUFFER_INIT, BUFFER_INIT};
    int found[2];
    for (int side = 0; side < 2; side++) {
        if (side == 1) {
            hold(terminal, sizes[size].rows, "l");
            let_go(terminal, sizes[size].rows);
        }
        assert_true(cell_is(terminal, parts[side].head + 1, parts[side].left, "▌") || terminal_dump(terminal));
        read_part(terminal, sizes[size].rows, &parts[side], &shown[side]);
        found[side] = whose(pair, &shown[side]);
        if (found[side] < 0)
            fail_msg("%s At %d columns side %d of '%s', '%s' is not read whole: %.2000s", pair->prompt,
                     sizes[size].columns, side, pair->texts[0]->where, pair->texts[1]->where, shown[side].data);
        buffer_release(&shown[side]);
    }
    assert_int_not_equal(found[0], found[1]);
}

static void judge(const struct scratch *scratch, const struct pair *pairs, size_t count, int size, int scheme) {
    char store[160], position[48];
    int rows = sizes[size].rows, columns = sizes[size].columns;
    snprintf(store, sizeof store, "%s/%d-%d.assay", scratch->folder, size, scheme);
    free(ASSAY_OK("backup", scratch->store, store));
    const char *const argv[] = {assay_path(), "annotate", store, "--as", "ana", NULL};
    struct terminal *terminal = terminal_start(rows, columns, argv, schemes[scheme].environment);
    assert_true(terminal_wait(terminal, "batch"));
    terminal_send(terminal, "\r");
    for (size_t i = 0; i < count; i++) {
        struct part parts[2] = {0};
        snprintf(position, sizeof position, "%zu of %zu", i + 1, count);
        assert_true(terminal_wait(terminal, position) || terminal_dump(terminal));
        size_t pair = 0;
        hold(terminal, rows, "");
        while (pair < count && terminal_find(terminal, pairs[pair].prompt) < 0)
            pair++;
        assert_true(pair < count || terminal_dump(terminal));
        assert_true(find_parts(terminal, rows, columns, parts) || terminal_dump(terminal));
        let_go(terminal, rows);
        assert_colours(terminal, rows, columns, schemes[scheme].scheme);
        if (((int)pair + size) % 3 == scheme || getenv("ASSAY_ALL_TEXTS")) /* each is read through in each size */
            read_item(terminal, &pairs[pair], parts, size);
        assert_true(find_parts(terminal, rows, columns, parts) || terminal_dump(terminal));
        assert_colours(terminal, rows, columns, schemes[scheme].scheme);
        terminal_send(terminal, "4\r");
    }
    assert_true(terminal_wait(terminal, "is done") || terminal_dump(terminal));
    assert_no_controls(terminal);
    terminal_stop(terminal);
}

static void test_real_texts(void **state) {
    struct real_texts texts;
    struct scratch scratch;
    struct pair pairs[COUNT_OF(kinds)];
    (void)state;
    if (!real_texts_read(&texts)) {
        skip();
        return;
    }
    size_t count = make_store(&scratch, &texts, pairs);
    for (int size = 0; size < (int)COUNT_OF(sizes); size++)
        for (int scheme = 0; scheme < (int)COUNT_OF(schemes); scheme++)
            judge(&scratch, pairs, count, size, scheme);
    real_texts_release(&texts);
    scratch_remove(&scratch);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_real_texts)};
    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
