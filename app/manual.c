/* The manual page (roff, man macros), made from the tables of commands and keys: `assay help man`. */
#include <string.h>

#include "app/arguments.h"
#include "app/help.h"
#include "core/base/array.h"
#include "ui/keymap.h"

#include "core/base/banned.h"

/* A text, with nothing in it that roff would take for its own. */
static void add_text(FILE *out, const char *text, bool at_start) {
    for (; *text; text++) {
        if (at_start && (*text == '.' || *text == '\''))
            fputs("\\&", out);
        if (*text == '\\')
            fputs("\\e", out);
        else if (*text == '-')
            fputs("\\-", out);
        else
            fputc(*text, out);
        at_start = *text == '\n';
    }
}

static void add_line(FILE *out, const char *macro, const char *text) {
    fputs(macro, out);
    add_text(out, text, macro[0] == '\0');
    fputc('\n', out);
}

static void add_options(FILE *out, const struct option *options) {
    for (; options && options->name; options++) {
        fputs(".TP\n\\fB", out);
        if (options->letter)
            fprintf(out, "\\-%c\\fR, \\fB", options->letter);
        fputs("\\-\\-", out);
        add_text(out, options->name, false);
        fputs("\\fR", out);
        if (options->value) {
            fputs(" \\fI", out);
            add_text(out, options->value, false);
            fputs("\\fR", out);
        }
        fputc('\n', out);
        add_line(out, "", options->help);
    }
}

static void add_command(FILE *out, const struct command *command) {
    fprintf(out, ".SS \"assay %s\"\n\\fBassay %s\\fR ", command->name, command->name);
    add_text(out, command->usage, false);
    fputs("\n.PP\n", out);
    add_line(out, "", command->summary);
    if (command->manual) {
        fputs(".PP\n", out);
        add_line(out, "", command->manual);
    }
    add_options(out, command->options);
}

static void add_keys(FILE *out) {
    struct buffer text = BUFFER_INIT;
    keymap_manual(&text);
    fputs(".SH KEYS\nKey, its twin in any keyboard layout, name, what it does; by context.\n.PP\n.nf\n", out);
    add_text(out, text.data, true);
    fputs(".fi\n", out);
    buffer_release(&text);
}

static void add_list(FILE *out, const char *const (*list)[2], size_t count) {
    for (size_t i = 0; i < count; i++) {
        add_line(out, ".TP\n.B ", list[i][0]);
        add_line(out, "", list[i][1]);
    }
}

void help_man(FILE *out) {
    static const char *const environment[][2] = {
        {"ASSAY_ANNOTATOR, USER", "who acts, where --as does not say so"},
        {"XDG_CONFIG_HOME, HOME", "where assay/config.yaml stands"},
        {"VISUAL, EDITOR, PAGER", "what writes and shows long texts"},
        {"TERM, COLORTERM, COLORFGBG, NO_COLOR", "what the terminal is, can do and should not"},
        {"TZ", "for the display of dates"},
    };
    static const char *const statuses[][2] = {
        {"0", "done"},
        {"1", "the answer is no: a gate failed, a check found something, some input lines were rejected"},
        {"2", "wrong usage"},
        {"3", "bad input; nothing was stored"},
        {"4", "the system said no: disk, permission, lock, broken store, network file system"},
    };
    fputs(".TH ASSAY 1 \"\" \"assay " ASSAY_VERSION "\" \"User Commands\"\n"
          ".SH NAME\nassay \\- human\\-preference data, judged in a terminal\n"
          ".SH SYNOPSIS\n\\fBassay\\fR \\fICOMMAND\\fR \\fISTORE\\fR [\\fIARGUMENTS\\fR]\n"
          ".SH DESCRIPTION\nAn offline workstation for the people who make human\\-preference data for language "
          "models: one "
          "program, one file per campaign (the store), no server, no account, no network.\n"
          ".SH COMMANDS\n",
          out);
    for (size_t i = 0; command_table[i]; i++)
        add_command(out, command_table[i]);
    fputs(".SH \"OPTIONS OF EVERY COMMAND\"\n", out);
    add_options(out, options_general());
    add_keys(out);
    fputs(".SH FILES\n.TP\n.I $XDG_CONFIG_HOME/assay/config.yaml\n", out);
    fputs("Theme and keys of the screens; without XDG_CONFIG_HOME it is looked for in ~/.config.\n.PP\n.nf\n", out);
    add_text(out, help_config_example, true);
    fputs(".fi\n.SH ENVIRONMENT\n", out);
    add_list(out, environment, COUNT_OF(environment));
    fputs(".SH \"EXIT STATUS\"\n", out);
    add_list(out, statuses, COUNT_OF(statuses));
}
