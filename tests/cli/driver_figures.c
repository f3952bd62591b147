#include "tests/cli/driver_figures.h"

#include "app/report/report.h"

#include "core/base/banned.h"

static void write_gold(struct json *json, const struct person_figures *figures, const struct history *history) {
    json_key(json, "gold");
    json_open(json, '{');
    json_key(json, "correct");
    json_integer(json, (int64_t)figures->gold.right);
    json_key(json, "wrong_side");
    json_integer(json, (int64_t)figures->gold.wrong_side);
    json_key(json, "wrong_strength");
    json_integer(json, (int64_t)figures->gold.wrong_strength);
    report_json_figure(json, "accuracy", &figures->gold.figure);
    json_key(json, "by_category");
    json_open(json, '{');
    for (size_t i = 0; i < figures->gold.category_count; i++)
        report_json_figure(json, history->categories[figures->gold.categories[i].category],
                           &figures->gold.categories[i].figure);
    json_close(json, '}');
    json_close(json, '}');
}

static void write_drift(struct json *json, const struct person_drift *drift) {
    json_key(json, "drift");
    json_open(json, '{');
    json_key(json, "state");
    json_text(json, drift_state_name(drift->state));
    json_key(json, "word");
    json_text(json, drift_word_name(drift->word));
    json_key(json, "kind");
    json_text(json, person_drift_kind_name(drift->kind));
    json_key(json, "statistic");
    json_integer(json, drift->statistic);
    json_key(json, "limit");
    json_integer(json, drift->design.limit);
    json_close(json, '}');
}

static void write_confidence(struct json *json, const struct confidence_figures *confidence) {
    json_key(json, "confidence");
    json_open(json, '{');
    report_json_figure(json, "brier", &confidence->brier);
    report_json_figure(json, "reliability", &confidence->reliability);
    report_json_figure(json, "resolution", &confidence->resolution);
    report_json_figure(json, "ece", &confidence->ece);
    report_json_figure(json, "gap", &confidence->gap);
    json_key(json, "verdict");
    json_text(json, confidence_verdict_name(confidence->verdict));
    json_close(json, '}');
}

void driver_write_figures(struct json *json, const struct sitting *sitting) {
    const struct person_figures *figures = &sitting->figures;
    json_key(json, "figures");
    json_open(json, '{');
    json_key(json, "judgments");
    json_integer(json, (int64_t)figures->judgments);
    json_key(json, "hand_ins");
    json_integer(json, (int64_t)figures->hand_ins);
    write_gold(json, figures, &sitting->history);
    write_drift(json, &figures->drift);
    write_confidence(json, &figures->confidence);
    json_key(json, "habits");
    json_open(json, '{');
    report_json_figure(json, "first_shown", &figures->shown_first.share);
    json_close(json, '}');
    json_key(json, "retest");
    json_open(json, '{');
    report_json_figure(json, "same", &figures->retest.same);
    report_json_figure(json, "order_kept", &figures->retest.kept);
    report_json_figure(json, "order_swapped", &figures->retest.swapped);
    report_json_figure(json, "kappa", &figures->retest.kappa);
    json_close(json, '}');
    json_close(json, '}');
}
