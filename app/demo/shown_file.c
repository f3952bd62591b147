/* See shown_file.h. */
#include "app/demo/shown_file.h"

#include "app/command.h"
#include "app/demo/history.h"
#include "app/exchange/input.h"
#include "core/text/clean.h"
#include "core/text/wrap.h"
#include "rubrics/campaign.h"
#include "store/people.h"
#include "store/settings.h"

#include "core/base/banned.h"

enum { ROWS_SHOWN = 2, LINES_SHOWN = 9, WIDTH = 76 };

static int run_export(struct store *store, const struct place *place, struct export_report *report,
                      struct error *error) {
    struct viewer lead;
    struct pool pool = POOL_INIT;
    struct settings_version settings;
    struct campaign campaign;
    int status = viewer_find(store, HISTORY_LEAD, &lead, error);
    if (!status)
        status = settings_newest(store, &pool, &settings, error);
    if (!status)
        status = campaign_read(settings.yaml, "settings", &campaign, error);
    pool_release(&pool);
    if (status)
        return status;
    struct export_request request = {
        .track = "helpfulness", .policy = campaign.export_policy, .path = place->rows, .manifest = place->manifest};
    status = exchange_export(store, &lead, &campaign, &request, report, error);
    campaign_release(&campaign);
    return status;
}

int shown_file_make(const struct place *place, struct world *world, struct export_report *report, struct error *error) {
    struct store *store;
    int status = store_open(&store, place->store, STORE_READ_ONLY, world, error);
    if (status)
        return status;
    status = run_export(store, place, report, error);
    store_close(store);
    return status;
}

/* One row, wrapped and cleaned, its first lines. */
static void print_row(FILE *out, struct slice row) {
    struct buffer clean = BUFFER_INIT;
    struct text_line line;
    size_t at = 0;
    text_clean(&clean, row, CLEAN_ONE_LINE);
    for (int i = 0; i < LINES_SHOWN && text_wrap(buffer_slice(&clean), at, WIDTH, &line); i++, at = line.next)
        fprintf(out, "  %.*s\n", (int)(line.end - line.start), clean.data + line.start);
    if (at < clean.length)
        fputs("  …\n", out);
    fputc('\n', out);
    buffer_release(&clean);
}

static int print_rows(const struct place *place, FILE *out, struct error *error) {
    struct input *input;
    struct slice row;
    int status = input_open(&input, place->rows, error);
    if (status)
        return status;
    for (int i = 0; i < ROWS_SHOWN && (status = input_line(input, &row, error)) == INPUT_LINE; i++)
        print_row(out, row);
    input_close(input);
    return status < 0 ? status : STATUS_OK;
}

int shown_file_print(const struct place *place, const struct export_report *report, FILE *out, struct error *error) {
    fprintf(out, "\n%s: %llu rows, one preference each. The first two:\n\n", place->rows,
            (unsigned long long)report->rows);
    int status = print_rows(place, out, error);
    if (status)
        return status;
    fprintf(out, "The manifest (%s) says:\n\n", place->manifest);
    fprintf(out, "  %6llu items were looked at\n  %6llu are exported\n", (unsigned long long)report->items,
            (unsigned long long)report->reasons[POLICY_EXPORTED]);
    for (int i = 0; i < POLICY_REASONS; i++)
        if (i != POLICY_EXPORTED && report->reasons[i])
            fprintf(out, "  %6llu left out: %s\n", (unsigned long long)report->reasons[i],
                    policy_reason_words((enum policy_reason)i));
    fprintf(out, "  and with which policy, settings and rubric, with hashes of each\n\n");
    fprintf(out,
            "It loads the first time, in Python:\n\n"
            "  from datasets import load_dataset\n"
            "  rows = load_dataset(\"json\", data_files=\"%s\", split=\"train\")\n\n"
            "and rows is what trl.DPOTrainer takes as train_dataset: prompt, chosen, rejected.\n\n",
            place->rows);
    return STATUS_OK;
}
