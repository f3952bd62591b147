/* Usage and manual pages; see help.h. */
#include "app/help.h"

#include <string.h>

#include "app/arguments.h"
#include "core/text/grapheme.h"
#include "ui/keymap.h"

#include "core/base/banned.h"

enum { OPTION_COLUMN = 26 };

void help_overview(FILE *out) {
    fputs("assay: human-preference data, judged in a terminal\n\n"
          "usage: assay COMMAND STORE [ARGUMENTS]\n\n",
          out);
    for (size_t i = 0; command_table[i]; i++)
        fprintf(out, "  %-10s %s\n", command_table[i]->name, command_table[i]->summary);
    fputs("\n'assay help COMMAND' says more about one. 'assay demo' is the place to start.\n", out);
}

/*
 * The words of a text from `column` on, broken between words only (an option keeps its hyphens) and further lines indented; an
 * empty line stays. Ends the line.
 */
static void print_words(FILE *out, const char *text, int column, int indent) {
    bool first = true;
    for (; *text; first = false) {
        if (strncmp(text, "\n\n", 2) == 0) {
            fprintf(out, "\n\n%*s", indent, "");
            column = indent;
            first = true;
        }
        text += strspn(text, " \n");
        struct slice word = slice_make(text, strcspn(text, " \n"));
        int columns = (int)text_columns(word);
        if (!first && column + 1 + columns > PRINT_COLUMNS) {
            fprintf(out, "\n%*s", indent, "");
            column = indent;
        } else if (!first) {
            fputc(' ', out);
            column++;
        }
        fwrite(word.data, 1, word.length, out);
        column += columns;
        text += word.length;
    }
    fputc('\n', out);
}

static void print_options(FILE *out, const struct option *options) {
    for (; options && options->name; options++) {
        char letter[] = {'-', options->letter, ',', ' ', 0};
        int column = fprintf(out, "  %s--%s%s%s", options->letter ? letter : "    ", options->name,
                             options->value ? " " : "", options->value ? options->value : "");
        if (column + 2 > OPTION_COLUMN) {
            fputc('\n', out);
            column = 0;
        }
        fprintf(out, "%*s", OPTION_COLUMN - column, "");
        print_words(out, options->help, OPTION_COLUMN, OPTION_COLUMN);
    }
}

void help_command(FILE *out, const struct command *command) {
    int column = fprintf(out, "usage: assay %s ", command->name);
    print_words(out, command->usage, column, column);
    fprintf(out, "\n%s\n", command->summary);
    if (command->manual) {
        fputc('\n', out);
        print_words(out, command->manual, 0, 0);
    }
    fputs("\noptions:\n", out);
    print_options(out, command->options);
    print_options(out, options_general());
}

void help_keys(FILE *out) {
    struct buffer text = BUFFER_INIT;
    keymap_manual(&text);
    fputs(text.data, out);
    buffer_release(&text);
}
