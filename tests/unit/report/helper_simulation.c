#include "tests/unit/report/helper_simulation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/base/memory.h"
#include "core/base/timestamp.h"

const struct track_settings simulation_settings = {
    .name = "helpfulness",
    .batch = 60,
    .overlap = 2,
    .gold_low = 0.1,
    .gold_high = 0.1,
    .in_control = 0.85,
    .out_of_control = 0.65,
    .false_alarm_every = 1000,
};

static char *copy(const char *text) {
    return memory_copy(text, strlen(text));
}

static int name_add(char ***names, size_t *count, size_t *room, const char *name) {
    for (size_t i = 0; i < *count; i++)
        if (strcmp((*names)[i], name) == 0)
            return (int)i;
    *names = memory_grow(*names, room, *count + 1, sizeof **names);
    (*names)[*count] = copy(name);
    return (int)(*count)++;
}

void simulation_init(struct simulation *simulation) {
    memset(simulation, 0, sizeof *simulation);
    struct history *history = &simulation->history;
    size_t room = 0;
    simulation_person(simulation, "", PERSON_ANNOTATOR);
    simulation_category(simulation, "");
    history->tracks = memory_new(2, sizeof *history->tracks);
    history->tracks[0] = copy("");
    history->tracks[1] = copy("helpfulness");
    history->track_count = 2;
    history->track_ids = memory_new(2, sizeof *history->track_ids);
    name_add(&history->languages, &history->language_count, &room, "");
}

void simulation_release(struct simulation *simulation) {
    history_release(&simulation->history);
}

int simulation_person(struct simulation *simulation, const char *name, enum person_role role) {
    struct history *history = &simulation->history;
    size_t before = history->person_count;
    int code = name_add(&history->people, &history->person_count, &simulation->people_room, name);
    if (history->person_count > before) {
        history->roles = memory_resize(history->roles, history->person_count, sizeof *history->roles);
        history->person_ids = memory_resize(history->person_ids, history->person_count, sizeof *history->person_ids);
        history->roles[code] = role;
        history->person_ids[code] = code;
    }
    return code;
}

int simulation_category(struct simulation *simulation, const char *name) {
    struct history *history = &simulation->history;
    return name_add(&history->categories, &history->category_count, &simulation->category_room, name);
}

int simulation_key(struct simulation *simulation, int prefer) {
    struct history *history = &simulation->history;
    history->keys = memory_grow(history->keys, &simulation->key_room, history->key_count + 1, sizeof *history->keys);
    history->keys[history->key_count] = (struct gold_key){.answers = {{.prefer = prefer}}, .answer_count = 1};
    return (int)history->key_count++;
}

int simulation_batch(struct simulation *simulation, int person, bool handed_in) {
    struct history *history = &simulation->history;
    int number = 1;
    for (size_t i = 0; i < history->batch_count; i++)
        number += history->batches[i].person == person;
    history->batches =
        memory_grow(history->batches, &simulation->batch_room, history->batch_count + 1, sizeof *history->batches);
    history->batches[history->batch_count] = (struct batch_mark){.id = (int64_t)history->batch_count + 1,
                                                                 .person = person,
                                                                 .track = SIMULATION_TRACK,
                                                                 .number = number,
                                                                 .size = 60,
                                                                 .dealt = 1,
                                                                 .handed_in = handed_in ? number : 0};
    return (int)history->batch_count++;
}

struct history_row *simulation_row(struct simulation *simulation, int person, int64_t item, int prefer) {
    struct history *history = &simulation->history;
    history->rows = memory_grow(history->rows, &simulation->row_room, history->row_count + 1, sizeof *history->rows);
    struct history_row *row = &history->rows[history->row_count++];
    *row = (struct history_row){.judgment = ++simulation->judgment,
                                .item = item,
                                .at = INT64_C(1795500000000) + simulation->judgment * MS_MINUTE,
                                .person = person,
                                .track = SIMULATION_TRACK,
                                .batch = -1,
                                .kind = KIND_PRODUCTION,
                                .prefer = (signed char)prefer,
                                .confidence = -1,
                                .shown = "ab",
                                .active_ms = -1,
                                .lengths = {100, 100},
                                .gold = -1,
                                .first = -1};
    return row;
}

static int compare_rows(const void *a, const void *b) {
    const struct history_row *x = a, *y = b;
    if (x->person != y->person)
        return x->person < y->person ? -1 : 1;
    return (x->judgment > y->judgment) - (x->judgment < y->judgment);
}

/* Retests are linked to the person's first judgment of the item. */
void simulation_finish(struct simulation *simulation) {
    struct history *history = &simulation->history;
    qsort(history->rows, history->row_count, sizeof *history->rows, compare_rows);
    for (size_t i = 0, begin = 0; i < history->row_count; i++) {
        struct history_row *row = &history->rows[i];
        if (row->person != history->rows[begin].person)
            begin = i;
        for (size_t k = begin; row->kind == KIND_RETEST && k < i && row->first < 0; k++)
            if (history->rows[k].item == row->item)
                row->first = (int)k;
    }
}

/* --- Study A ---------------------------------------------------------------------------------------------------------- */

enum { FIELDS = 11, ITEMS = 2000, PEOPLE = 13, BATCH = 60 };

static FILE *study_file(const char *name) {
    char path[512];
    snprintf(path, sizeof path, "%s/tests/data/stats/studies/%s", TEST_SOURCE_DIR, name);
    FILE *file = fopen(path, "r");
    if (!file) {
        print_message("%s is missing\n", path);
        skip();
    }
    return file;
}

static bool read_fields(FILE *file, char line[512], char *fields[FIELDS]) {
    if (!fgets(line, 512, file))
        return false;
    line[strcspn(line, "\r\n")] = '\0';
    for (int i = 0; i < FIELDS; i++) {
        fields[i] = line;
        line = strchr(line, ',') ? strchr(line, ',') + 1 : line + strlen(line);
        if (line[0] || line[-1] == ',')
            line[-1] = '\0';
    }
    return true;
}

static int choice_of(const char *cell) {
    return cell[0] == 't' ? CHOICE_TIE : cell[0] == 'A' ? 0 : 1;
}

static int64_t item_of(const char *name) {
    return strtol(name + 2, NULL, 10); /* it00001 is item 1 */
}

void simulation_study(struct simulation *simulation) {
    static int32_t lengths[ITEMS + 1][2];
    static bool seen[PEOPLE][ITEMS + 1];
    int batch[PEOPLE], rows[PEOPLE] = {0};
    char line[512], *fields[FIELDS];
    simulation_init(simulation);
    memset(seen, 0, sizeof seen);
    FILE *items = study_file("study_A_items.csv");
    read_fields(items, line, fields);
    while (read_fields(items, line, fields)) {
        int64_t item = item_of(fields[0]);
        assert_in_range(item, 1, ITEMS);
        lengths[item][0] = (int32_t)strtol(fields[4], NULL, 10);
        lengths[item][1] = (int32_t)strtol(fields[5], NULL, 10);
    }
    fclose(items);
    const int keys[] = {simulation_key(simulation, 0), simulation_key(simulation, 1),
                        simulation_key(simulation, CHOICE_TIE)};
    for (int p = 1; p < PEOPLE; p++) {
        char name[16];
        snprintf(name, sizeof name, "ann%02d", p);
        simulation_person(simulation, name, PERSON_ANNOTATOR);
    }
    FILE *judgments = study_file("study_A.csv");
    read_fields(judgments, line, fields);
    while (read_fields(judgments, line, fields)) {
        int person = simulation_person(simulation, fields[0], PERSON_ANNOTATOR);
        int64_t item = item_of(fields[1]);
        if (rows[person]++ % BATCH == 0)
            batch[person] = simulation_batch(simulation, person, true);
        struct history_row *row = simulation_row(simulation, person, item, choice_of(fields[4]));
        row->category = simulation_category(simulation, fields[2]);
        memcpy(row->shown, strcmp(fields[3], "AB") == 0 ? "ab" : "ba", 3);
        row->strength = (signed char)strtol(fields[5], NULL, 10);
        row->confidence = (signed char)strtol(fields[6], NULL, 10);
        row->active_ms = (int32_t)(strtod(fields[7], NULL) * 1000 + 0.5);
        row->lengths[0] = lengths[item][0];
        row->lengths[1] = lengths[item][1];
        row->batch = batch[person];
        row->batch_number = simulation->history.batches[batch[person]].number;
        bool again = seen[person][item], gold = fields[9][0] == '1';
        seen[person][item] = true;
        row->kind = again ? KIND_RETEST : gold ? KIND_GOLD : KIND_PRODUCTION;
        if (gold)
            row->gold = keys[choice_of(fields[10]) == CHOICE_TIE ? 2 : choice_of(fields[10])];
    }
    fclose(judgments);
    simulation_finish(simulation);
}
