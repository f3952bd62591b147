/*
 * painter FILE: draws the file's lines (cleaned text) from top to bottom, a page as long as the terminal has rows, through the program's
 * own surface and curses: "│" right behind each line, the cursor behind one of them, which is line N of page N (round the end).
 * A key shows the next page; after the last one it ends. For test_cells.
 */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/text/grapheme.h"
#include "ui/paint.h"
#include "ui/terminal.h"

/* False when there are no lines left. */
static bool draw_page(FILE *file, struct surface *surface, int page) {
    char line[4096];
    int row = 0;
    surface_clear(surface);
    for (; row < surface->rows && fgets(line, sizeof line, file); row++) {
        line[strcspn(line, "\n")] = '\0';
        int column = paint_clean(surface, surface_rect(surface), row, 0, INK_NORMAL, slice_of(line));
        paint_clean(surface, surface_rect(surface), row, column, INK_NORMAL, slice_of("│"));
        if (row == page % surface->rows)
            surface_set_cursor(surface, row, column + 1);
    }
    return row > 0;
}

int main(int argc, char **argv) {
    struct terminal *terminal;
    struct surface surface;
    struct error error = ERROR_INIT;
    int rows, columns;
    char key;
    setlocale(LC_ALL, "C.UTF-8");
    FILE *file = argc == 2 ? fopen(argv[1], "r") : NULL;
    if (!file || terminal_start(&terminal, NULL, &error))
        return 1;
    terminal_size(terminal, &rows, &columns);
    surface_init(&surface, rows, columns);
    for (int page = 0; draw_page(file, &surface, page); page++) {
        terminal_show(terminal, &surface);
        if (read(STDIN_FILENO, &key, 1) != 1)
            break;
    }
    terminal_end(terminal);
    surface_release(&surface);
    fclose(file);
    return 0;
}
