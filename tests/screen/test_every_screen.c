/*
 * Every screen of the annotator in light, dark and monochrome at three sizes: what has to stand on it stands on it, in its place, and
 * nothing of it is invisible.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "helper_campaign.h"

static const char rubric[] =
    "guideline: |\n  # How to judge\n\n  Prefer what is **right**. A `list` of points:\n\n  - facts first\n  - then "
    "tone\n"
    "confidence: {guess: 40, unsure: 60, certain: 95}\n"
    "criteria:\n"
    "  - {id: accuracy, ask: Are the facts right?, per: response, scale: [1, 5], labels: {1: wrong, 5: correct}}\n"
    "  - {id: tone, ask: Which has the better tone?, per: pair}\n"
    "rationale: {required: false, min_characters: 12, tags: [factual-error, off-topic, style]}\n"
    "flags: [unsafe, personal-data]\n";

/* What is pressed, and what must then be on the screen, each on some row; the last one on the bottom row. */
struct step {
    const char *keys, *seen[4], *bottom;
};

static const struct step steps[] = {
    {"", {"screen test › t", "Take a batch", "Guideline and rulings", "How you are doing"}, "choose"},
    {"\r", {"1 of 2", "Question", "▸ accuracy"}, "submit"},
    {"g", {"guideline and rulings", "How to judge", "Rulings", "facts first"}, "back"},
    {"\033", {"▸ accuracy"}, "submit"},
    {"?", {"keys", "any layout", "mark the text before"}, "back"},
    {"\033[F", {"Not recorded"}, "back"},
    {"\033", {"▸ accuracy"}, "submit"},
    {"i", {"about this item", "reference", "1 of 2 in batch 1"}, "back"},
    {"\033", {"▸ accuracy"}, "submit"},
    {"s", {"Set this item aside: why?", "▸ 1"}, "digits ⏎ choose"},
    {"\033", {"▸ accuracy"}, "submit"},
    {"a", {"A question to the lead about this item"}, "ask"},
    {"\033", {"▸ accuracy"}, "submit"},
    {"e", {"earlier in this batch"}, "back"},
    {"\033", {"▸ accuracy"}, "submit"},
    {"/first\r", {"-first"}, "hit 1 of 1"},
    {"\033", {"▸ accuracy"}, "submit"},
    {"z", {"-first"}, ""},
    {"z", {"▸ accuracy"}, "submit"},
    {"52233", {"▸ tags"}, "submit"},
    {"u", {"the first item"}, ""},
    {"r", {"▸ why"}, "done"},
    {"B is right.", {"B is right.", "11/12"}, "done"},
    {"\033", {"▸ submit"}, "submit"},
    {"\r", {"2 of 2"}, "submit"},
    {"u", {"Reopen item 1"}, "yes"},
    {"n", {"2 of 2"}, "submit"},
    {"q", {"Leave?"}, "yes"},
    {"n", {"2 of 2"}, "submit"},
    {"s5", {"Batch 1 is done", "Hand in batch 1", "1 set aside"}, "choose"},
    {"\r", {"become final"}, "yes"},
    {"y", {"Handed in", "Take the next batch"}, "choose"},
    {"\r", {"Nothing is left for you on this track"}, "back"},
};

/* --- Contrast ---------------------------------------------------------------------------------------------------------- */

static double luminance(long rgb) {
    static const double weight[] = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        double part = (double)(rgb >> (16 - 8 * i) & 0xff) / 255;
        sum += weight[i] * (part <= 0.03928 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
}

static double contrast(struct terminal_look look, bool light) {
    double x = luminance(look.foreground < 0 ? (light ? 0x000000 : 0xffffff) : look.foreground);
    double y = luminance(look.background < 0 ? (light ? 0xffffff : 0x000000) : look.background);
    return x > y ? (x + 0.05) / (y + 0.05) : (y + 0.05) / (x + 0.05);
}

static void check_visible(struct terminal *terminal, int rows, int columns, const char *theme) {
    bool light = strcmp(theme, "light") == 0, mono = strcmp(theme, "mono") == 0;
    for (int row = 0; row < rows; row++)
        for (int column = 0; column < columns; column++) {
            struct terminal_look look = terminal_look(terminal, row, column);
            if (contrast(look, light) < 1.5) {
                terminal_dump(terminal);
                fail_msg("row %d, column %d cannot be seen in %s", row, column, theme);
            }
            if (mono && (look.foreground >= 0 || look.background >= 0)) {
                terminal_dump(terminal);
                fail_msg("row %d, column %d has a colour in monochrome", row, column);
            }
        }
}

/* --- The walk ----------------------------------------------------------------------------------------------------------- */

static void take_step(struct terminal *terminal, const struct step *step, int rows) {
    terminal_send(terminal, step->keys);
    for (size_t i = 0; i < sizeof step->seen / sizeof *step->seen && step->seen[i]; i++)
        assert_true(terminal_wait(terminal, step->seen[i]) || terminal_dump(terminal));
    for (int tries = 0; tries < 2000 && !strstr(terminal_row(terminal, rows - 1), step->bottom); tries++)
        terminal_settle(terminal, 5);
    assert_true(strstr(terminal_row(terminal, rows - 1), step->bottom) || terminal_dump(terminal));
    terminal_settle(terminal, step->keys[0] == '\r' ? 60 : 4); /* what is typed before a new item is drawn is dropped */
}

static void walk(int rows, int columns, const char *theme) {
    struct scratch scratch;
    char folder[160], configuration[64], environment[200];
    campaign_make(&scratch, 2, 0, 10, rubric);
    snprintf(folder, sizeof folder, "%s/assay", scratch.folder);
    assert_int_equal(mkdir(folder, 0700), 0);
    snprintf(configuration, sizeof configuration, "theme: %s\n", theme);
    scratch_write(&scratch, "assay/config.yaml", configuration);
    snprintf(environment, sizeof environment, "XDG_CONFIG_HOME=%s", scratch.folder);
    const char *argv[] = {assay_path(), "annotate", scratch.store, "--as", "ana", NULL};
    struct terminal *terminal = terminal_start(rows, columns, argv, (const char *const[]){environment, NULL});
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        take_step(terminal, &steps[i], rows);
        check_visible(terminal, rows, columns, theme);
    }
    terminal_send(terminal, "\033");
    assert_true(terminal_wait(terminal, "Handed in") || terminal_dump(terminal));
    terminal_send(terminal, "q");
    assert_int_equal(terminal_wait_exit(terminal), 0);
    struct terminal_modes modes = terminal_modes(terminal);
    assert_false(modes.alternate || modes.cursor_hidden || modes.paste_bracketed || modes.mouse);
    terminal_stop(terminal);
    scratch_remove(&scratch);
}

static void at_every_size(const char *theme) {
    walk(24, 80, theme);
    walk(40, 120, theme);
    walk(60, 200, theme);
}

static void test_dark(void **state) {
    (void)state;
    at_every_size("dark");
}

static void test_light(void **state) {
    (void)state;
    at_every_size("light");
}

static void test_mono(void **state) {
    (void)state;
    at_every_size("mono");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_dark), cmocka_unit_test(test_light),
                                       cmocka_unit_test(test_mono)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
