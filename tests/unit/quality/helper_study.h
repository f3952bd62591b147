/*
 * Study A: 12 simulated annotators with planted faults (a random clicker, a position-biased one, a hasty one, a
 * drifting one, a length-biased one, an over-confident one, one weak in a category), and what a report must find.
 */
#ifndef TESTS_UNIT_QUALITY_HELPER_STUDY_H
#define TESTS_UNIT_QUALITY_HELPER_STUDY_H

#include "core/quality/table.h"
#include "helper_stats.h"

enum { CHOICE_A, CHOICE_B, CHOICE_TIE, CHOICES };
enum { PEOPLE = 12, SCORES = 5 };

struct row {
    uint32_t person, item, category, model_a, model_b;
    uint32_t choice, score; /* score: 0 is A by two steps … 4 is B by two */
    int first_shown;        /* +1: A */
    bool repeat, gold;
    uint32_t gold_choice;
    uint8_t percent;
    double seconds, length_a, length_b;
};

struct study {
    struct row *rows;
    size_t count, units;
    struct names people, categories, models;
    cJSON *expected;
    struct rating *choices, *scores; /* first judgments */
    size_t firsts;
    const cJSON *of[PEOPLE]; /* expected values of each person */
};

extern struct study study;

int study_load(void **state); /* group set-up and tear-down */
int study_unload(void **state);

double number_at(const cJSON *json, const char *key);
bool study_listed(const char *verdict, size_t person); /* the person is in the list of that verdict */
const char *study_role(size_t person);

#endif
