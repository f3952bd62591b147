/*
 * Long texts: 5 MB of prose, 5 MB of Chinese, 50,000 lines and as much Markdown as is laid out. First the text view alone, beside a bare loop over the same bytes (memchr
 * for newlines): what opening and searching cost as so many such loops. Then `assay annotate` itself in a
 * pseudo-terminal, with the long text as both responses: from the key to the last byte that is drawn for it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <locale.h>

#include "core/base/json.h"
#include "tests/bench/press.h"
#include "tests/bench/stage.h"
#include "ui/text_view.h"

enum { LONG = 5 << 20, LINES = 50000, ROWS = 38, COLUMNS = 58, KEYS = 200 };

static void make_prose(struct buffer *text) {
    for (int i = 0; text->length < LONG; i++)
        buffer_add_format(text, "Paragraph %d has *some* words that a model wrote, e.g. `code`.%s", i,
                          i % 7 == 6 ? "\n\n" : " ");
}

static void make_chinese(struct buffer *text) {
    for (int i = 0; text->length < LONG; i++)
        buffer_add_format(text, "第%d句：这是一个很长的中文句子，应该在行尾正确换行。%s", i, i % 5 == 4 ? "\n" : "");
}

static void make_lines(struct buffer *text) {
    for (int i = 0; i < LINES; i++)
        buffer_add_format(text, "line %d of many\n", i);
}

/* As long as Markdown may be: headings, lists, a table, code. */
static void make_markdown(struct buffer *text) {
    for (int i = 0; text->length < TEXT_VIEW_MARKDOWN_MOST - (2 << 10); i++) {
        buffer_add_format(text, "## Part %d\n\nSome **words**, with `code` and a [link](http://e.org/%d).\n\n", i, i);
        buffer_add_format(
            text, "1. first\n   - inner *one*\n   - another\n2. second\n\n| a | b |\n|---|--:|\n| x | %d |\n\n", i);
        buffer_add_format(text, "```python\ndef f(x):  # part\n    return [x, \"%d\"]\n```\n\n", i);
        for (int k = 0; k < 5; k++)
            buffer_add_format(text,
                              "A paragraph of the *usual* length, %d in its part, in which is said once more, at "
                              "some length, what was said above.\n\n",
                              k);
    }
}

static const struct {
    const char *name;
    void (*make)(struct buffer *text);
} texts[] = {{"5 MB of prose", make_prose},
             {"5 MB of Chinese", make_chinese},
             {"50,000 lines", make_lines},
             {"512 KB of Markdown", make_markdown}};

/* --- The view alone ---------------------------------------------------------------------------------------------------- */

static double bare_ms(const struct buffer *text) {
    double started = clock_ms();
    size_t lines = 0;
    for (const char *at = text->data; (at = memchr(at, '\n', text->length - (size_t)(at - text->data))); at++)
        lines++;
    if (lines == 0)
        die("a text without lines");
    return clock_ms() - started;
}

struct view_samples {
    struct samples bare, open, line, page, end, search, open_ratio, search_ratio;
};

static void measure_view(const struct buffer *text, struct view_samples *samples) {
    struct text_view view;
    struct surface surface;
    surface_init(&surface, ROWS, COLUMNS);
    text_view_init(&view);
    double bare = bare_ms(text), started = clock_ms();
    text_view_set(&view, buffer_slice(text), TEXT_MARKDOWN);
    text_view_draw(&view, &surface, surface_rect(&surface));
    double opened = clock_ms() - started;
    for (int i = 0; i < KEYS; i++) {
        started = clock_ms();
        text_view_scroll(&view, i < KEYS / 2 ? 1 : ROWS - 1, ROWS);
        text_view_draw(&view, &surface, surface_rect(&surface));
        samples_add(i < KEYS / 2 ? &samples->line : &samples->page, clock_ms() - started);
    }
    started = clock_ms();
    text_view_to_bottom(&view, ROWS);
    text_view_draw(&view, &surface, surface_rect(&surface));
    samples_add(&samples->end, clock_ms() - started);
    started = clock_ms();
    text_view_search(&view, slice_of("not to be found"), ROWS);
    double searched = clock_ms() - started;
    samples_add(&samples->bare, bare);
    samples_add(&samples->open, opened);
    samples_add(&samples->search, searched);
    samples_add(&samples->open_ratio, opened / bare);
    samples_add(&samples->search_ratio, searched / bare);
    text_view_release(&view);
    surface_release(&surface);
}

static void print_view(const char *name, struct view_samples *samples) {
    char title[64];
    snprintf(title, sizeof title, "%s in a text view of %d x %d", name, COLUMNS, ROWS);
    samples_heading(title, "ms");
    samples_print("bare: memchr for newlines", &samples->bare, 0);
    samples_print("open", &samples->open, 50);
    samples_print("a line down", &samples->line, 16);
    samples_print("a page down", &samples->page, 16);
    samples_print("to the end", &samples->end, 16);
    samples_print("first search (reads all of it)", &samples->search, 100);
    printf("  open is %.1f, a search %.1f times the bare loop (medians of the pairs)\n",
           samples_median(&samples->open_ratio), samples_median(&samples->search_ratio));
}

/* --- In the program ---------------------------------------------------------------------------------------------------- */

struct program_samples {
    struct samples open, line, page, end, search, differences;
};

static void write_item(const char *path, const struct buffer *text) {
    struct buffer line = BUFFER_INIT, other = BUFFER_INIT;
    struct json json;
    buffer_add_slice(&other, buffer_slice(text));
    buffer_add_string(&other, " end");
    json_start(&json, &line);
    json_open(&json, '{');
    json_key(&json, "prompt");
    json_text(&json, "Read this.");
    json_key(&json, "responses");
    json_open(&json, '[');
    json_string(&json, buffer_slice(text));
    json_string(&json, buffer_slice(&other));
    json_close(&json, ']');
    json_close(&json, '}');
    FILE *file = fopen(path, "w");
    if (!file || fprintf(file, "%s\n", line.data) < 0 || fclose(file) != 0)
        die("%s cannot be written", path);
    buffer_release(&line);
    buffer_release(&other);
}

static void measure_program(const struct stage *stage, const struct buffer *text, struct program_samples *samples) {
    const char *store = stage_path(stage, "text.assay"), *lines = stage_path(stage, "text.jsonl");
    stage_remove_store(stage, "text.assay");
    write_item(lines, text);
    STAGE_ASSAY(stage, "init", store);
    STAGE_ASSAY(stage, "import", store, lines);
    const char *argv[] = {stage->program, "annotate", store, "--as", "ana", NULL};
    struct terminal *terminal = terminal_start(40, 120, argv, NULL);
    wait_drawn(terminal, 0, "Take");
    press(terminal, "\r", "▸ correctness", &samples->open, NULL);
    for (int i = 0; i < 20; i++) {
        press(terminal, "j", NULL, &samples->line, NULL);
        press(terminal, " ", NULL, &samples->page, NULL);
    }
    press(terminal, "\033[F", "100 %", &samples->end, NULL);
    press(terminal, "/", NULL, NULL, NULL);
    press(terminal, "not to be found", "not to be found", NULL, NULL);
    press(terminal, "\r", "not found", &samples->search, NULL);
    press(terminal, "d", "are 99 % the same", &samples->differences, NULL);
    terminal_stop(terminal);
    remove(lines);
}

static void print_program(const char *name, struct program_samples *samples) {
    char title[96];
    snprintf(title, sizeof title, "assay annotate, 120 x 40, %s as each of two responses", name);
    samples_heading(title, "ms");
    samples_print("Enter to the item drawn", &samples->open, 50);
    samples_print("a line down to drawn", &samples->line, 16);
    samples_print("a page down to drawn", &samples->page, 16);
    samples_print("to the end, drawn", &samples->end, 16);
    samples_print("search in all texts", &samples->search, 100);
    samples_print("differences of the two", &samples->differences, 0);
}

int main(int argc, char **argv) {
    struct stage stage = stage_from(argc, argv);
    setlocale(LC_ALL, "C.UTF-8");
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct buffer text = BUFFER_INIT;
        struct view_samples view = {0};
        struct program_samples program = {0};
        texts[i].make(&text);
        for (int run = 0; run < 3 + stage.runs; run++)
            measure_view(&text, &view);
        for (int run = 0; run < stage.runs; run++)
            measure_program(&stage, &text, &program);
        print_view(texts[i].name, &view);
        print_program(texts[i].name, &program);
        buffer_release(&text);
    }
    return 0;
}
