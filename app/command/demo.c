/* `assay demo`: a campaign from the shipped sample data, and what there is to do with it. */
#include <unistd.h>

#include "app/command.h"
#include "app/demo/history.h"
#include "app/demo/newcomer.h"
#include "app/demo/shown_file.h"
#include "core/base/array.h"
#include "core/base/timestamp.h"
#include "rubrics/campaign.h"
#include "store/people.h"
#include "store/settings.h"
#include "ui/lead/lead.h"

#include "core/base/banned.h"

struct visit {
    struct place place;
    struct newcomer done;
    struct export_report report;
    bool exported;
    char program[1024]; /* how to call this program in what is printed */
};

/* The name that works in a shell: a program that was not installed is called by its path. */
static void find_program(char *out, size_t size) {
    ssize_t length = readlink("/proc/self/exe", out, size - 1);
    if (length > 0 && strncmp(out, "/usr/", 5) != 0)
        out[length] = '\0';
    else
        snprintf(out, size, "assay");
}

static int make_file(struct visit *visit, struct world *world, struct error *error) {
    int status = shown_file_make(&visit->place, world, &visit->report, error);
    visit->exported = !status;
    return status;
}

/* The digit or letter that was typed before Enter; 'q' at the end of the input, 0 for an empty line. */
static int read_choice(void) {
    char line[256];
    if (!fgets(line, sizeof line, stdin))
        return 'q';
    char *at = line;
    while (*at == ' ' || *at == '\t')
        at++;
    return *at == '\n' || *at == '\r' ? 0 : (unsigned char)*at;
}

/* The desk, as the lead of the history. */
static int lead_desk(struct visit *visit, struct world *world, struct error *error) {
    struct store *store;
    struct viewer lead;
    struct pool pool = POOL_INIT;
    struct settings_version settings;
    struct campaign campaign = {0};
    struct lead_outcome outcome;
    int status = store_open(&store, visit->place.store, STORE_SCREEN, world, error);
    if (status)
        return status;
    status = viewer_find(store, HISTORY_LEAD, &lead, error);
    if (!status)
        status = settings_newest(store, &pool, &settings, error);
    if (!status)
        status = campaign_read(settings.yaml, "settings", &campaign, error);
    pool_release(&pool);
    if (!status) {
        status = lead_run(store, &lead, &campaign, visit->done.preferences, &outcome, error);
        campaign_release(&campaign);
    }
    store_close(store);
    return status;
}

static int menu(struct visit *visit, struct invocation *invocation, struct error *error) {
    for (;;) {
        fputs("\n  1  judge: what an annotator sees (ten minutes)\n"
              "  2  the lead's desk: what needs a decision, and who is steady\n"
              "  3  the file: what a trainer gets\n"
              "  q  leave\n\n"
              "A digit or q, then Enter: ",
              invocation->out);
        fflush(invocation->out);
        int choice = read_choice(), status = STATUS_OK;
        if (choice == 'q' || choice == 'Q')
            break;
        if (choice == '1')
            status = newcomer_judge(&visit->place, invocation->world, &visit->done, error);
        else if (choice == '2')
            status = lead_desk(visit, invocation->world, error);
        else if (choice == '3' && !(status = make_file(visit, invocation->world, error)))
            status = shown_file_print(&visit->place, &visit->report, invocation->out, error);
        else if (choice != '3')
            fputs("That is not on the list.\n", invocation->out);
        if (status)
            return status;
    }
    return STATUS_OK;
}

static void print_done(const struct visit *visit, FILE *out) {
    const struct newcomer *done = &visit->done;
    if (done->judged) {
        long long minutes = (long long)((done->active_ms + MS_MINUTE / 2) / MS_MINUTE);
        fprintf(out, "\nYou judged %lld item%s", (long long)done->judged, done->judged == 1 ? "" : "s");
        if (minutes)
            fprintf(out, " in %lld minute%s", minutes, minutes == 1 ? "" : "s");
        if (done->training || done->batches)
            fprintf(out, "; %s%s%s handed in", done->training ? "the coached ones" : "",
                    done->training && done->batches ? " and " : "", done->batches ? "a batch" : "");
        fputs(".\n", out);
    }
    int widest = (int)strlen(visit->exported ? visit->place.manifest : visit->place.store);
    fprintf(out, "\nThe files:\n  %-*s  the campaign: one file\n", widest, visit->place.store);
    if (visit->exported)
        fprintf(out, "  %-*s  %llu rows for training\n  %-*s  how they were chosen\n", widest, visit->place.rows,
                (unsigned long long)visit->report.rows, widest, visit->place.manifest);
}

static void print_next(const struct visit *visit, FILE *out) {
    static const char *const ideas[][3] = {
        {"go on judging", "annotate", HISTORY_PERSON},
        {"the lead's desk: what needs a decision", "lead", HISTORY_LEAD},
        {"figures of everybody: who is steady, and who is not", "report", HISTORY_LEAD},
        {"what the detector put aside until a lead decides", "hold", HISTORY_LEAD},
        {"three of these questions wait for an answer", "questions", HISTORY_LEAD},
        {"one of these keys is wrong: the best people miss it", "gold", HISTORY_LEAD},
    };
    fputs("\nNext, for example:\n", out);
    for (size_t i = 0; i < COUNT_OF(ideas); i++)
        fprintf(out, "  %s\n    %s %s %s --as %s\n", ideas[i][0], visit->program, ideas[i][1], visit->place.store,
                ideas[i][2]);
    fprintf(out, "  this menu again\n    %s demo %s\n", visit->program, visit->place.folder);
}

static int run(struct invocation *invocation, struct error *error) {
    struct visit visit = {.done = {.preferences = &invocation->preferences}};
    int status = arguments_between(invocation, 0, 1, error);
    if (status)
        return status;
    bool terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
    if (terminal && (status = read_preferences(invocation, error)))
        return status;
    find_program(visit.program, sizeof visit.program);
    status = place_open(&visit.place, argument(invocation, 0), invocation->world, error);
    if (!status)
        status = terminal ? menu(&visit, invocation, error) : make_file(&visit, invocation->world, error);
    if (visit.place.store && (!status || visit.place.made)) {
        print_done(&visit, invocation->out);
        print_next(&visit, invocation->out);
    }
    place_release(&visit.place);
    return status;
}

const struct command command_demo = {
    .name = "demo",
    .usage = "[DIR]",
    .summary = "a campaign with six weeks of history to try things on",
    .manual = "Makes the campaign from sample data in DIR (a new temporary folder if none is named), then offers to "
              "judge as a newcomer,\n"
              "to sit at the lead's desk, or to see the exported file. Where there is no terminal it makes both and "
              "says where they are. A demo "
              "made earlier in\n"
              "DIR is opened again; a folder that holds anything else is refused.",
    .access = ACCESS_ANYBODY,
    .run = run,
};
