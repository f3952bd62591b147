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
        const char *value = options->value ? options->value : "";
        int column = fprintf(out, "  %s--%s%s", options->letter ? letter : "    ", options->name, *value ? " " : "");
        fputs(value, out);
        column += (int)text_columns(slice_of(value)); /* "ID,…" has more bytes than columns */
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

const char help_config_example[] = "theme: auto          # auto | dark | light | mono\n"
                                   "mouse: false         # true: the wheel scrolls, a click marks, chooses, answers\n"
                                   "content_notes: true  # false: they never cover a text\n"
                                   "rest_minutes: 50     # a word about a rest after so long; 0: never\n"
                                   "keys:\n"
                                   "  reading: {undo: Ctrl-U, guideline: [g, F2]}\n"
                                   "  answering: {submit: Ctrl-D}\n"
                                   "  everywhere: {redraw: F12}\n";

void help_keys(FILE *out) {
    struct buffer text = BUFFER_INIT;
    keymap_manual(&text);
    fputs(text.data, out);
    fputs("\nColumns: key, its twin in any keyboard layout, name, what it does.\n"
          "Keys of your own stand in $XDG_CONFIG_HOME/assay/config.yaml (~/.config without\n"
          "it), by context (in brackets above, or everywhere) and name. There they take the\n"
          "place of key and twin:\n\n",
          out);
    fputs(help_config_example, out);
    fputs("\nDigits answer, and Esc and Ctrl-C lead out, whatever is bound.\n", out);
    buffer_release(&text);
}
