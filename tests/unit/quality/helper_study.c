#include "helper_study.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

struct study study;

static uint32_t choice_of(const char *cell) {
    return cell[0] == 't' ? CHOICE_TIE : cell[0] == 'A' ? CHOICE_A : CHOICE_B;
}

static void read_row(const struct sheet *sheet, size_t i, const struct sheet *items, uint8_t *seen) {
    struct row *r = &study.rows[i];
    long item = strtol(sheet_cell(sheet, i, 1) + 2, NULL, 10) - 1; /* it00001 is row 0 of the items */
    assert_string_equal(sheet_cell(items, (size_t)item, 0), sheet_cell(sheet, i, 1));
    r->person = names_number(&study.people, sheet_cell(sheet, i, 0));
    r->item = (uint32_t)item;
    r->category = names_number(&study.categories, sheet_cell(sheet, i, 2));
    r->first_shown = strcmp(sheet_cell(sheet, i, 3), "AB") == 0 ? 1 : -1;
    r->choice = choice_of(sheet_cell(sheet, i, 4));
    long strength = sheet_number(sheet, i, 5);
    r->score = (uint32_t)(2 + (r->choice == CHOICE_A ? -strength : r->choice == CHOICE_B ? strength : 0));
    r->percent = (uint8_t)sheet_number(sheet, i, 6);
    r->seconds = sheet_real(sheet, i, 7);
    r->gold = sheet_number(sheet, i, 9) != 0;
    r->gold_choice = r->gold ? choice_of(sheet_cell(sheet, i, 10)) : 0;
    r->model_a = names_number(&study.models, sheet_cell(items, (size_t)item, 2));
    r->model_b = names_number(&study.models, sheet_cell(items, (size_t)item, 3));
    r->length_a = sheet_real(items, (size_t)item, 4);
    r->length_b = sheet_real(items, (size_t)item, 5);
    uint8_t *mark = &seen[(size_t)item * PEOPLE + r->person];
    r->repeat = *mark != 0;
    *mark = 1;
}

int study_load(void **state) {
    (void)state;
    struct sheet sheet, items;
    assert_true(sheet_load(&sheet, "studies/study_A.csv"));
    assert_true(sheet_load(&items, "studies/study_A_items.csv"));
    study.expected = stats_json("studies/study_A_expected.json");
    study.rows = calloc(sheet.rows, sizeof *study.rows);
    study.choices = calloc(sheet.rows, sizeof *study.choices);
    study.scores = calloc(sheet.rows, sizeof *study.scores);
    uint8_t *seen = calloc(items.rows * PEOPLE, 1);
    assert_true(study.rows != NULL && study.choices != NULL && study.scores != NULL && seen != NULL);
    study.count = sheet.rows;
    study.units = items.rows;
    const cJSON *model;
    cJSON_ArrayForEach(model, json_at(json_at(study.expected, "ranking"), "models")) {
        names_number(&study.models, model->valuestring);
    }
    for (int p = 1; p <= PEOPLE; p++) {
        char name[16];
        snprintf(name, sizeof name, "ann%02d", p);
        study.of[names_number(&study.people, name)] = json_at(json_at(study.expected, "annotators"), name);
    }
    for (size_t i = 0; i < study.count; i++) {
        read_row(&sheet, i, &items, seen);
        const struct row *r = &study.rows[i];
        if (!r->repeat) {
            study.choices[study.firsts] = (struct rating){r->item, r->person, r->choice};
            study.scores[study.firsts++] = (struct rating){r->item, r->person, r->score};
        }
    }
    free(seen);
    sheet_release(&sheet);
    sheet_release(&items);
    return 0;
}

int study_unload(void **state) {
    (void)state;
    free(study.rows);
    free(study.choices);
    free(study.scores);
    names_release(&study.people);
    names_release(&study.categories);
    names_release(&study.models);
    cJSON_Delete(study.expected);
    return 0;
}

double number_at(const cJSON *json, const char *key) {
    return json_at(json, key)->valuedouble;
}

bool study_listed(const char *verdict, size_t person) {
    const cJSON *one;
    cJSON_ArrayForEach(one, json_at(json_at(study.expected, "verdicts"), verdict)) {
        if (strcmp(one->valuestring, study.people.name[person]) == 0) {
            return true;
        }
    }
    return false;
}

const char *study_role(size_t person) {
    const cJSON *roles = json_at(json_at(study.expected, "verdicts"), "roles");
    return json_at(roles, study.people.name[person])->valuestring;
}
