#include <stdint.h>

#include "core/base/array.h"
#include "core/text/grapheme.h"
#include "ui/text_build.h"

#include "core/base/banned.h"

/* A column is padded to its widest cell, but not further: one cell of a hundred kilobytes would be paid for in every row. */
enum { PADDED_MOST = 160 };

void table_clear(struct table *table) {
    for (size_t i = 0; i < table->cells.count; i++)
        run_release(&table->cells.items[i].run);
    table->cells.count = 0;
    table->columns = table->head_rows = 0;
}

void table_release(struct table *table) {
    table_clear(table);
    ARRAY_RELEASE(&table->cells);
}

static void add_times(struct text_run *run, enum ink ink, const char *text, size_t times) {
    while (times-- > 0)
        run_add_string(run, ink, text);
}

static void compose_row(const struct table *table, size_t row, const size_t *widths, struct text_run *run) {
    for (size_t column = 0; column < table->columns; column++) {
        struct table_cell *cell = &table->cells.items[row * table->columns + column];
        size_t width = text_columns(buffer_slice(&cell->run.text));
        size_t spare = widths[column] > width ? widths[column] - width : 0;
        size_t before = cell->align == 2 ? spare : cell->align == 1 ? spare / 2 : 0;
        if (column > 0)
            run_add_string(run, INK_RULE, " │ ");
        add_times(run, INK_NORMAL, " ", before);
        run_add_run(run, &cell->run);
        if (column + 1 < table->columns)
            add_times(run, INK_NORMAL, " ", spare - before);
    }
    run_add_string(run, INK_NORMAL, "\n");
}

void table_compose(struct table *table, struct text_run *run) {
    if (table->columns == 0)
        return;
    size_t rows = table->cells.count / table->columns;
    size_t *widths = memory_new(table->columns, sizeof *widths);
    for (size_t i = 0; i < rows * table->columns; i++) {
        run_clean(&table->cells.items[i].run);
        size_t width = text_columns(buffer_slice(&table->cells.items[i].run.text));
        width = width < PADDED_MOST ? width : PADDED_MOST;
        if (width > widths[i % table->columns])
            widths[i % table->columns] = width;
    }
    for (size_t row = 0; row < rows; row++) {
        compose_row(table, row, widths, run);
        if (row + 1 != table->head_rows)
            continue;
        for (size_t column = 0; column < table->columns; column++) {
            if (column > 0)
                run_add_string(run, INK_RULE, "─┼─");
            add_times(run, INK_RULE, "─", widths[column]);
        }
        run_add_string(run, INK_RULE, "\n");
    }
    memory_free(widths);
}
