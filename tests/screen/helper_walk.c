/* Screens walked through; see helper_walk.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "helper_walk.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

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

static void walk(int rows, int columns, const char *theme, const struct step *steps, size_t count,
                 void (*make)(struct scratch *scratch)) {
    struct scratch scratch;
    char folder[160], configuration[64], environment[200];
    make(&scratch);
    snprintf(folder, sizeof folder, "%s/assay", scratch.folder);
    assert_int_equal(mkdir(folder, 0700), 0);
    snprintf(configuration, sizeof configuration, "theme: %s\n", theme);
    scratch_write(&scratch, "assay/config.yaml", configuration);
    snprintf(environment, sizeof environment, "XDG_CONFIG_HOME=%s", scratch.folder);
    const char *argv[] = {assay_path(), "annotate", scratch.store, "--as", "ana", NULL};
    struct terminal *terminal = terminal_start(rows, columns, argv, (const char *const[]){environment, NULL});
    for (size_t i = 0; i < count; i++) {
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

void walk_at_every_size(const char *theme, const struct step *steps, size_t count,
                        void (*make)(struct scratch *scratch)) {
    static const int sizes[][2] = {{24, 80}, {40, 120}, {60, 200}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        walk(sizes[i][0], sizes[i][1], theme, steps, count, make);
}
