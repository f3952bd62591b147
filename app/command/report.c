/* `assay report`: the quality figures, as text, JSON or CSV. */
#include "app/command.h"
#include "app/exchange/output.h"
#include "app/gather.h"
#include "store/people.h"

#include "core/base/banned.h"

/* Windows and splits would tell an annotator which items moved a figure: they are the lead's. */
static int refuse_annotator(struct invocation *invocation, struct error *error) {
    const char *annotator = option_value(invocation, "annotator");
    bool window = option_given(invocation, "since") || option_given(invocation, "until") ||
                  option_given(invocation, "by") || option_given(invocation, "in-force");
    bool other = annotator && !slice_is(slice_of(annotator), invocation->viewer.name);
    if (viewer_sees_all(&invocation->viewer) || !(window || other))
        return STATUS_OK;
    return error_set(
        error, STATUS_USAGE,
        "'%s' is an annotator here; --by, --since, --until, --in-force and other people's figures are the lead's",
        invocation->viewer.name);
}

static int read_options(struct invocation *invocation, struct gathering *what, struct error *error) {
    const char *by = option_value(invocation, "by");
    *what = (struct gathering){.by_day = by && slice_is(slice_of(by), "day"),
                               .in_force = option_given(invocation, "in-force"),
                               .aggregate = label_method_find(option_value(invocation, "aggregate"))};
    int status = STATUS_OK;
    if (option_value(invocation, "track"))
        status = chosen_track(invocation, &what->track, error);
    if (!status)
        status = option_moment(invocation, "since", false, 0, &what->since, error);
    if (!status)
        status = option_moment(invocation, "until", true, 0, &what->until, error);
    if (!status && what->since && what->until && what->since > what->until)
        status = error_set(error, STATUS_USAGE, "report: --since %s lies after --until %s",
                           option_value(invocation, "since"), option_value(invocation, "until"));
    if (!status && invocation->json && option_given(invocation, "csv"))
        status = error_set(error, STATUS_USAGE, "report: --json or --csv, not both");
    return status;
}

/* Which part of the text, and whose figures. */
static int choose_part(struct invocation *invocation, struct gathered *gathered, struct error *error) {
    const char *by = option_value(invocation, "by"), *annotator = option_value(invocation, "annotator");
    struct report *report = &gathered->report;
    if (by && slice_is(slice_of(by), "annotator"))
        report->part = REPORT_PART_ANNOTATORS;
    if (by && slice_is(slice_of(by), "pair"))
        report->part = REPORT_PART_PAIRS;
    for (int way = 0; by && way < GROUP_WAYS; way++)
        if (slice_is(slice_of(by), group_by_name((enum group_by)way))) {
            report->part = REPORT_PART_GROUPS;
            report->by = (enum group_by)way;
        }
    if (!annotator || report->own)
        return STATUS_OK;
    struct pool pool = POOL_INIT;
    struct person person;
    int status = person_find(invocation->store, annotator, &pool, &person, error);
    if (!status) {
        report->person = gathered_person(gathered, person.id);
        report->part = by ? report->part : REPORT_PART_ANNOTATORS;
    }
    pool_release(&pool);
    return status;
}

static int write(struct invocation *invocation, const struct report *report, struct error *error) {
    const char *path = option_value(invocation, "output");
    struct output output = OUTPUT_INIT;
    int status = output_open(&output, path ? path : "-", error);
    if (!status) {
        if (invocation->json)
            report_write_json(output_buffer(&output), report);
        else if (option_given(invocation, "csv"))
            report_write_csv(output_buffer(&output), report);
        else
            report_write_text(output_buffer(&output), report);
        status = output_finish(&output, error);
    }
    output_release(&output);
    return status;
}

static int run(struct invocation *invocation, struct error *error) {
    struct gathering what;
    struct gathered gathered = {0};
    int status = arguments_between(invocation, 1, 1, error);
    if (!status)
        status = open_store(invocation, STORE_READ_ONLY, ACCESS_OWN, error);
    if (!status)
        status = refuse_annotator(invocation, error);
    if (!status)
        status = read_options(invocation, &what, error);
    if (status)
        return status;
    status = gather(&gathered, invocation->store, &invocation->viewer, &invocation->campaign, &what,
                    invocation->world->now(invocation->world), error);
    if (!status)
        status = choose_part(invocation, &gathered, error);
    if (!status)
        status = write(invocation, &gathered.report, error);
    gathered_release(&gathered);
    return status;
}

static const struct option options[] = {
    {"csv", OPTION_FLAG, NULL, "as CSV, one figure a line", 0},
    {"output", OPTION_VALUE, "FILE", "write there instead of standard output", 'o'},
    {"by", OPTION_VALUE, "category|language|annotator|pair|rubric|day|week", "this split alone", 0},
    {"aggregate", OPTION_VALUE, "dawid-skene|one-coin|majority", "what labels and competence come from", 0},
    {"annotator", OPTION_VALUE, "A", "one person's figures", 0},
    {"track", OPTION_VALUE, "T", "of this track", 0},
    {"since", OPTION_VALUE, "DATE", "judgments from here on", 0},
    {"until", OPTION_VALUE, "DATE", "judgments up to here", 0},
    {"in-force", OPTION_FLAG, NULL, "judgments under the rule in force alone", 0},
    {0},
};

const struct command command_report = {
    .name = "report",
    .usage = "STORE [--json | --csv] [-o FILE] [--by WHAT] [--annotator A] [--track T] [--since T] [--until T] "
             "[--in-force] [--aggregate HOW]",
    .summary = "quality figures, worst first, each with its doubt",
    .manual =
        "Handed-in judgments of people, on gold too, make the agreement: the first of each person on an item. Retests "
        "count for\n"
        "consistency alone, models and labels in pairs alone, held judgments everywhere. Intervals are 95 %; those of "
        "agreement\n"
        "are a bootstrap by the campaign's seed. When a version of the rubric changes the meaning, judgments by the "
        "versions\n"
        "before it are under an older rule: every form says how many are (older_rule), --in-force leaves them out. "
        "--by day adds by_day to --json. An annotator sees their own figures "
        "as of\n"
        "their last hand-in.",
    .access = ACCESS_OWN,
    .needs_store = true,
    .options = options,
    .run = run,
};
