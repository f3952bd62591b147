/* Text to standard output and standard error. What came from a file goes through the door. */
#include "app/command.h"

#include <stdarg.h>

#include "core/text/clean.h"
#include "core/text/clip.h"
#include "core/text/wrap.h"

#include "core/base/banned.h"

void print_text(FILE *out, struct slice text, bool lines) {
    struct buffer clean = BUFFER_INIT;
    text_clean(&clean, text, lines ? CLEAN_LINES : CLEAN_ONE_LINE);
    fwrite(clean.data, 1, clean.length, out);
    buffer_release(&clean);
}

static void print_fitted(FILE *out, struct slice text, int columns, enum text_align align) {
    struct buffer clean = BUFFER_INIT, cell = BUFFER_INIT;
    text_clean(&clean, text, CLEAN_ONE_LINE | CLEAN_JOIN);
    text_fit(&cell, buffer_slice(&clean), columns, align);
    fwrite(cell.data, 1, cell.length, out);
    buffer_release(&cell);
    buffer_release(&clean);
}

void print_cell(FILE *out, struct slice text, int columns) {
    print_fitted(out, text, columns, TEXT_LEFT);
}

void print_column(FILE *out, struct slice text, int columns) {
    print_fitted(out, text, columns - 1, TEXT_LEFT);
    fputc(' ', out);
}

void print_paragraph(FILE *out, struct slice text, int indent) {
    struct buffer clean = BUFFER_INIT;
    struct text_line line;
    text_clean(&clean, text, CLEAN_ONE_LINE);
    for (size_t at = 0; text_wrap(buffer_slice(&clean), at, PRINT_COLUMNS - indent, &line); at = line.next) {
        if (at > 0)
            fprintf(out, "\n%*s", indent, "");
        fwrite(clean.data + line.start, 1, line.end - line.start, out);
    }
    fputc('\n', out);
    buffer_release(&clean);
}

void print_cell_right(FILE *out, struct slice text, int columns) {
    print_fitted(out, text, columns, TEXT_RIGHT);
}

void say(const char *format, ...) {
    struct buffer text = BUFFER_INIT;
    va_list arguments;
    va_start(arguments, format);
    buffer_add_format_list(&text, format, arguments);
    va_end(arguments);
    print_text(stderr, buffer_slice(&text), true);
    fputc('\n', stderr);
    buffer_release(&text);
}
