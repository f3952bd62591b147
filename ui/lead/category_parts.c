/* See category_parts.h. */
#include "ui/lead/category_parts.h"

#include "ui/lead/wording.h"
#include "ui/paint.h"

#include "core/base/banned.h"

enum { LABEL = 12 };
enum { RESULT = 13, MEASURE = 9, FIGURE = 9, INTERVAL = 13, COUNT = 7 };

/* --- Figures ------------------------------------------------------------------------------------------------------------------ */

static void row(struct surface *surface, struct rect area, int number, const char *label, struct buffer *words,
                enum ink ink) {
    paint_string(surface, area, number, 0, INK_DIM, label);
    paint_text(surface, area, number, LABEL, ink, buffer_slice(words));
    buffer_clear(words);
}

static void items_words(const struct office_category *one, struct buffer *out) {
    buffer_add_format(out, "%zu judged · %lld in the queue", one->group ? one->group->items : 0, (long long)one->open);
    if (one->group && one->group->mix.older) {
        buffer_add_string(out, " · judgments: ");
        version_mix_say(&one->group->mix, out);
    }
    if (!one->closing)
        return;
    buffer_add_string(out, " · closed since ");
    word_day(out, one->closing->at);
    if (one->closing->person.data)
        buffer_add_format(out, " by " SLICE_FORMAT, SLICE_ARGS(one->closing->person));
    buffer_add_string(out, ": ");
    buffer_add_slice(out, one->closing->why);
}

static void plan_words(const struct office *office, const struct office_category *one, struct buffer *out) {
    const struct plan_line *plan = one->language ? NULL : office_plan(office, one->track->code, one->code);
    char basis[64];
    if (!plan) {
        buffer_add_string(out, one->language ? "by category and person: p on the desk"
                                             : "nothing was done, nothing is left");
        return;
    }
    plan_basis(plan, basis, sizeof basis);
    buffer_add_format(out, "%lld judgments done, %lld left · %s", (long long)plan->done, (long long)plan->left, basis);
    if (plan->left) {
        buffer_add_string(out, " · done ");
        word_until(out, &plan->until, office_now(office));
    }
    if (plan->with_lead)
        buffer_add_format(out, " · %lld with you", (long long)plan->with_lead);
}

static void gold_words(const struct group *group, struct buffer *out) {
    if (!group || group->gold_n == 0) {
        buffer_add_string(out, "none answered yet");
        return;
    }
    word_of(out, group->gold_right, group->gold_n);
    if (group->gold_n < PERSON_ROW_FROM)
        buffer_add_string(out, " · too early for a percentage");
    else
        buffer_add_format(out, " · likely %d–%d %%", percent_of(group->gold_accuracy.low),
                          percent_of(group->gold_accuracy.high));
    buffer_add_string(out, group->gold_mix.older ? " · " : "");
    version_mix_say_few(&group->gold_mix, out);
}

static void same_words(const struct group *group, struct buffer *out) {
    if (!group || group->lines.percent.undefined) {
        buffer_add_string(out, "no item has two judgments");
        return;
    }
    buffer_add_format(out, "same side %d %% of %zu items", percent_of(group->lines.percent.value),
                      group->lines.percent.n);
    if (!group->lines.alpha.undefined)
        buffer_add_format(out, " · α %.2f (%.2f–%.2f)", group->lines.alpha.value, group->lines.alpha.low,
                          group->lines.alpha.high);
}

void category_figures_draw(const struct office *office, const struct office_category *one, struct surface *surface,
                           struct rect area) {
    struct buffer words = BUFFER_INIT;
    items_words(one, &words);
    row(surface, area, 0, "items", &words, one->closing ? INK_WARNING : INK_NORMAL);
    plan_words(office, one, &words);
    row(surface, area, 1, "plan", &words, INK_NORMAL);
    gold_words(one->group, &words);
    row(surface, area, 2, "gold", &words, INK_NORMAL);
    same_words(one->group, &words);
    row(surface, area, 3, "agreement", &words, INK_NORMAL);
    buffer_release(&words);
}

/* --- Lines of the specification --------------------------------------------------------------------------------------------------- */

const char *rule_result(const struct gate_line *line, enum ink *ink) {
    *ink = line->result == GATE_PASS ? INK_GOOD : line->result == GATE_FAIL ? INK_WARNING : INK_DIM;
    return line->result == GATE_PASS      ? "holds"
           : line->result == GATE_FAIL    ? "fails"
           : line->rule->allow_too_little ? "(too little)"
                                          : "too little";
}

const char *rule_measure(const struct gate_line *line) {
    static const char *const measures[] = {"gold", "α", "fewest"};
    return measures[line->measure];
}

void rule_head(struct surface *surface, struct rect area) {
    int at = RESULT + MEASURE;
    paint_string(surface, area, 0, 0, INK_DIM, "result");
    paint_string(surface, area, 0, RESULT, INK_DIM, "of");
    paint_fit_right(surface, area, 0, at, FIGURE, INK_DIM, slice_of("figure"));
    paint_string(surface, area, 0, at += FIGURE + 2, INK_DIM, "likely");
    paint_fit_right(surface, area, 0, at += INTERVAL, COUNT, INK_DIM, slice_of("n"));
    paint_string(surface, area, 0, at + COUNT + 2, INK_DIM, "wanted");
}

static void figure_words(const struct gate_line *line, struct buffer *value, struct buffer *likely) {
    const struct figure *figure = &line->figure;
    bool share = line->measure == GATE_GOLD_ACCURACY;
    if (line->measure == GATE_JUDGMENTS)
        buffer_add_format(value, "%.0f", figure->value);
    else
        buffer_add_format(value, share ? "%.1f %%" : "%.2f", share ? 100 * figure->value : figure->value);
    if (figure_has_interval(figure))
        buffer_add_format(likely, share ? "%.0f–%.0f %%" : "%.2f–%.2f", share ? 100 * figure->low : figure->low,
                          share ? 100 * figure->high : figure->high);
}

void rule_row(const struct gate_line *line, struct surface *surface, struct rect area) {
    struct buffer value = BUFFER_INIT, likely = BUFFER_INIT, wanted = BUFFER_INIT, n = BUFFER_INIT;
    enum ink ink;
    const char *result = rule_result(line, &ink);
    int at = RESULT + MEASURE;
    gate_say_wanted(line, "low end", &wanted);
    paint_string(surface, area, 0, 0, ink, result);
    paint_string(surface, area, 0, RESULT, INK_NORMAL, rule_measure(line));
    if (line->figure.undefined) {
        paint_fit(surface, area, 0, at + 3, FIGURE + INTERVAL + COUNT - 3, INK_DIM, slice_of(line->figure.undefined));
        at += FIGURE + 2 + INTERVAL;
    } else {
        figure_words(line, &value, &likely);
        buffer_add_format(&n, "%zu", line->figure.n);
        paint_fit_right(surface, area, 0, at, FIGURE, INK_NORMAL, buffer_slice(&value));
        paint_text(surface, area, 0, at += FIGURE + 2, INK_DIM, buffer_slice(&likely));
        paint_fit_right(surface, area, 0, at += INTERVAL, COUNT, INK_NORMAL, buffer_slice(&n));
    }
    paint_text(surface, area, 0, at + COUNT + 2, INK_NORMAL, buffer_slice(&wanted));
    buffer_release(&value);
    buffer_release(&likely);
    buffer_release(&wanted);
    buffer_release(&n);
}
