/* Everybody on a track; see annotators.h. */
#include "core/report/annotators.h"

#include <math.h>
#include <stdlib.h>

#include "core/base/memory.h"
#include "core/report/annotators_parts.h"
#include "core/report/weak.h"

#include "core/base/banned.h"

const char *annotator_flag_name(enum annotator_flag flag) {
    static const char *const names[ANNOTATOR_FLAGS] = {
        [ANNOTATOR_POSITION] = "position",
        [ANNOTATOR_LENGTH] = "length",
        [ANNOTATOR_SPEED] = "speed",
        [ANNOTATOR_STRAIGHT] = "straight-lining",
        [ANNOTATOR_GOLD] = "gold",
        [ANNOTATOR_CATEGORY] = "category",
        [ANNOTATOR_CONFIDENCE] = "confidence",
        [ANNOTATOR_AGREEMENT] = "agreement",
    };
    return names[flag];
}

static bool means(const char *pattern, const char *name) {
    return slice_is(slice_of(pattern), "*") || slice_is(slice_of(pattern), name);
}

/* The strictest accuracy that the specification asks of each category on its own. */
static double *category_limits(const struct counted *counted, const struct quality_rule *rules, int rule_count) {
    const struct history *history = counted->history;
    double *limits = memory_new(history->category_count, sizeof *limits);
    for (size_t c = 0; c < history->category_count; c++) {
        limits[c] = NAN;
        for (int i = 0; i < rule_count; i++)
            if (rules[i].min_gold_accuracy >= 0 && means(rules[i].track, history->tracks[counted->track]) &&
                means(rules[i].category, history->categories[c]))
                limits[c] = fmax(limits[c], rules[i].min_gold_accuracy);
    }
    return limits;
}

static void find_weak(struct annotator *person, const struct history *history, const double *limits) {
    const struct person_gold *gold = &person->own.gold;
    struct weak_outcome *outcomes = memory_new(gold->n, sizeof *outcomes);
    bool *weak = memory_new(history->category_count, sizeof *weak);
    for (size_t i = 0; i < gold->n; i++)
        outcomes[i] =
            (struct weak_outcome){(uint32_t)gold->outcomes[i].category, gold->outcomes[i].verdict == VERDICT_RIGHT};
    if (weak_categories(outcomes, gold->n, limits, history->category_count, weak) > 0) {
        person->weak = memory_new(history->category_count, sizeof *person->weak);
        for (size_t c = 0; c < history->category_count; c++)
            if (weak[c])
                person->weak[person->weak_count++] = (int)c;
        person->flags |= 1u << ANNOTATOR_CATEGORY;
    }
    memory_free(outcomes);
    memory_free(weak);
}

static void flag_own(struct annotator *person, const struct track_settings *settings) {
    const struct person_figures *own = &person->own;
    if (own->shown_first.flagged)
        person->flags |= 1u << ANNOTATOR_POSITION;
    if (own->gold.n >= PERSON_ROW_FROM && own->gold.figure.high < settings->in_control)
        person->flags |= 1u << ANNOTATOR_GOLD;
    if (own->confidence.verdict == CONFIDENCE_SURER)
        person->flags |= 1u << ANNOTATOR_CONFIDENCE;
}

static void flag_agreement(struct annotators *out, const struct team_agreement *agreement) {
    if (agreement->without_count < 3 || agreement->lines.alpha.n < TEAM_GROUP_UNITS)
        return;
    for (size_t i = 0; i < agreement->without_count; i++) {
        const struct team_without *without = &agreement->without[i];
        if (without->alpha.undefined || agreement->lines.alpha.undefined ||
            without->alpha.value - agreement->lines.alpha.value <= ANNOTATOR_ALPHA_GAIN)
            continue;
        for (size_t p = 0; p < out->count; p++)
            if (out->people[p].person == without->person)
                out->people[p].flags |= 1u << ANNOTATOR_AGREEMENT;
    }
}

static int count_bits(unsigned flags) {
    int n = 0;
    for (; flags; flags &= flags - 1)
        n++;
    return n;
}

/* Worst first: state of the detector, number of flags, accuracy on gold; then by code. */
static int compare_worst(const void *a, const void *b) {
    const struct annotator *x = a, *y = b;
    if (x->own.drift.state != y->own.drift.state)
        return x->own.drift.state > y->own.drift.state ? -1 : 1;
    int left = count_bits(x->flags), right = count_bits(y->flags);
    if (left != right)
        return left > right ? -1 : 1;
    double p = x->own.gold.figure.undefined ? 2 : x->own.gold.figure.value;
    double q = y->own.gold.figure.undefined ? 2 : y->own.gold.figure.value;
    return p != q ? (p < q ? -1 : 1) : (x->person > y->person) - (x->person < y->person);
}

/* What does not need the team's other habits. */
static void fill_person(struct annotator *person, const struct counted *counted, size_t p, const size_t *from,
                        const struct annotator_input *input, const double *limits) {
    person->person = counted->people[p];
    person->role = counted->history->roles[person->person];
    person_figures_init(&person->own, counted->history, person->person, counted->track, input->settings, input->seed);
    flag_own(person, input->settings);
    find_weak(person, counted->history, limits);
    gold_details_init(&person->gold_details, counted, from[p], from[p + 1], input->labels->levels.letters);
    person->peers = input->watch->peers[p];
    const struct label_person *label = track_labels_person(input->labels, person->person);
    person->competence = label ? label->accuracy : figure_undefined("not of the team", 0);
    person->inverted = label && label->inverted;
}

void annotators_init(struct annotators *out, const struct counted *counted, const struct annotator_input *input) {
    *out = (struct annotators){memory_new(counted->people_count, sizeof *out->people), counted->people_count};
    double *limits = category_limits(counted, input->rules, input->rule_count);
    struct customs *customs = memory_new(counted->people_count, sizeof *customs);
    size_t *from = memory_new(counted->people_count + 1, sizeof *from);
    for (size_t i = 0; i < counted->row_count; i++) {
        struct annotator *person = &out->people[counted->rows[i].person];
        person->judgments++;
        person->held += counted_at(counted, i)->held;
        from[counted->rows[i].person + 1] = i + 1;
    }
    customs_find(customs, counted, from, input->customs);
    for (size_t p = 0; p < out->count; p++) {
        fill_person(&out->people[p], counted, p, from, input, limits);
        out->people[p].customs = customs[p];
    }
    annotators_habits(out->people, counted, from);
    flag_agreement(out, input->agreement);
    if (out->count > 1)
        qsort(out->people, out->count, sizeof *out->people, compare_worst);
    memory_free(from);
    memory_free(customs);
    memory_free(limits);
}

void annotators_release(struct annotators *annotators) {
    for (size_t p = 0; p < annotators->count; p++) {
        person_figures_release(&annotators->people[p].own);
        memory_free(annotators->people[p].weak);
        gold_details_release(&annotators->people[p].gold_details);
    }
    memory_free(annotators->people);
    *annotators = (struct annotators){0};
}
