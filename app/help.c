/* Usage and manual pages; see help.h. */
#include "app/help.h"

#include "app/arguments.h"
#include "ui/keymap.h"

#include "core/base/banned.h"

void help_overview(FILE *out) {
    fputs("assay: human-preference data, judged in a terminal\n\n"
          "usage: assay COMMAND STORE [ARGUMENTS]\n\n",
          out);
    for (size_t i = 0; command_table[i]; i++)
        fprintf(out, "  %-10s %s\n", command_table[i]->name, command_table[i]->summary);
    fputs("\n'assay help COMMAND' says more about one. 'assay demo' is the place to start.\n", out);
}

static void print_options(FILE *out, const struct option *options) {
    for (; options && options->name; options++) {
        char head[64];
        snprintf(head, sizeof head, "%s%c%s--%s%s%s", options->letter ? "-" : "",
                 options->letter ? options->letter : ' ', options->letter ? ", " : "   ", options->name,
                 options->value ? " " : "", options->value ? options->value : "");
        fprintf(out, "  %-30s %s\n", head, options->help);
    }
}

void help_command(FILE *out, const struct command *command) {
    fprintf(out, "usage: assay %s %s\n\n%s\n", command->name, command->usage, command->summary);
    if (command->manual)
        fprintf(out, "\n%s\n", command->manual);
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
