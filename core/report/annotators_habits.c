/* Habits of everybody on a track, which are measured against the team. See annotators.h. */
#include <math.h>

#include "core/base/memory.h"
#include "core/quality/proportion.h"
#include "core/report/annotators_parts.h"

#include "core/base/banned.h"

static const double outlier_limit = 4;

enum { EVEN_FROM = 20 };

enum { ANSWER_TIE = 200, ANSWER_NONE = 201 };

/* As shown: side and strength. */
static uint8_t answer_of(const struct history_row *row) {
    if (row->prefer < 0)
        return row->prefer == CHOICE_TIE ? ANSWER_TIE : ANSWER_NONE;
    int place = row->shown[0] ? shown_position(row->shown, row->prefer) : row->prefer;
    return (uint8_t)(place * 4 + row->strength);
}

static bool is_untied_pair(const struct history_row *row) {
    return row->prefer >= 0 && row->prefer < 2 && row->lengths[0] > 0 && row->lengths[1] > 0;
}

static void one_person(struct annotator *person, const struct counted *counted, size_t from, size_t to) {
    double *seconds = memory_new(to - from, sizeof *seconds);
    uint8_t *answers = memory_new(to - from, 1);
    size_t timed = 0, firsts = 0, ties = 0, unequal = 0, longer = 0;
    for (size_t i = from; i < to; i++) {
        const struct history_row *row = counted_at(counted, i);
        if (!counted->rows[i].first)
            continue;
        answers[firsts++] = answer_of(row);
        ties += row->prefer == CHOICE_TIE;
        if (row->active_ms >= 0)
            seconds[timed++] = (double)row->active_ms / 1000;
        if (is_untied_pair(row) && row->lengths[0] != row->lengths[1]) {
            unequal++;
            longer += (row->prefer == 0) == (row->lengths[0] > row->lengths[1]);
        }
    }
    person->median_seconds = habits_median(seconds, timed);
    person->ties = firsts ? proportion_wilson(ties, firsts) : figure_undefined("no judgments", 0);
    person->longer = habits_longer(longer, unequal);
    person->run = habits_straight_lining(answers, firsts);
    if (person->run.flagged)
        person->flags |= 1u << ANNOTATOR_STRAIGHT;
    memory_free(seconds);
    memory_free(answers);
}

static double length_coefficient(struct habit_length_row *rows, const struct counted *counted, size_t from, size_t to) {
    struct habit_length fit;
    size_t n = 0;
    for (size_t i = from; i < to; i++) {
        const struct history_row *row = counted_at(counted, i);
        if (counted->rows[i].first && is_untied_pair(row) && row->shown[0])
            rows[n++] = (struct habit_length_row){row->prefer == 0, row->shown[0] == 'a' ? 1 : -1,
                                                  log((double)row->lengths[0] / row->lengths[1])};
    }
    habits_length_fit(rows, n, &fit);
    return fit.undefined ? NAN : fit.coefficient[HABIT_LENGTH];
}

static void find_length(struct annotator *people, const struct counted *counted, const size_t *from) {
    size_t n = counted->people_count;
    struct habit_length_row *rows = memory_new(counted->row_count, sizeof *rows);
    double *coefficients = memory_new(n, sizeof *coefficients), *distances = memory_new(n, sizeof *distances);
    bool *flags = memory_new(n, sizeof *flags);
    for (size_t p = 0; p < n; p++)
        coefficients[p] = length_coefficient(rows, counted, from[p], from[p + 1]);
    habits_outliers(coefficients, n, outlier_limit, distances, flags);
    for (size_t p = 0; p < n; p++) {
        people[p].length_coefficient = coefficients[p];
        people[p].length_distance = distances[p];
        if (flags[p])
            people[p].flags |= 1u << ANNOTATOR_LENGTH;
    }
    memory_free(rows);
    memory_free(coefficients);
    memory_free(distances);
    memory_free(flags);
}

/* One number on all criteria: what the whole team does is the material's doing. */
static void find_even(struct annotator *people, size_t n) {
    double *shares = memory_new(n, sizeof *shares), *known = memory_new(n, sizeof *known);
    bool *flags = memory_new(n, sizeof *flags);
    size_t count = 0;
    for (size_t p = 0; p < n; p++) {
        const struct figure *even = &people[p].customs.even;
        shares[p] = even->undefined || even->n < EVEN_FROM ? (double)NAN : even->value;
        if (!isnan(shares[p]))
            known[count++] = shares[p];
    }
    habits_outliers(shares, n, outlier_limit, NULL, flags);
    double median = habits_median(known, count);
    for (size_t p = 0; p < n; p++)
        if (flags[p] && people[p].customs.even.low > median)
            people[p].flags |= 1u << ANNOTATOR_STRAIGHT;
    memory_free(shares);
    memory_free(known);
    memory_free(flags);
}

static void find_speed(struct annotator *people, const struct counted *counted) {
    size_t n = 0;
    struct habit_time *rows = memory_new(counted->row_count, sizeof *rows);
    struct habit_speed *speeds = memory_new(counted->people_count, sizeof *speeds);
    for (size_t i = 0; i < counted->row_count; i++) {
        const struct history_row *row = counted_at(counted, i);
        if (counted->rows[i].first && row->active_ms > 0)
            rows[n++] = (struct habit_time){counted->rows[i].person, (double)row->active_ms / 1000,
                                            (double)row->lengths[0] + row->lengths[1]};
    }
    habits_speed(rows, n, counted->people_count, speeds);
    for (size_t p = 0; p < counted->people_count; p++) {
        people[p].speed_distance = speeds[p].z;
        if (speeds[p].flagged)
            people[p].flags |= 1u << ANNOTATOR_SPEED;
    }
    memory_free(rows);
    memory_free(speeds);
}

void annotators_habits(struct annotator *people, const struct counted *counted, const size_t *from) {
    for (size_t p = 0; p < counted->people_count; p++)
        one_person(&people[p], counted, from[p], from[p + 1]);
    find_length(people, counted, from);
    find_speed(people, counted);
    find_even(people, counted->people_count);
}
