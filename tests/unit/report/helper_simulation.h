/*
 * A history in memory, made row by row, and study A (12 simulated annotators with planted faults) as one. Everybody's rows may be added in any
 * order; simulation_finish brings them into the order of a loaded history.
 */
#ifndef TESTS_UNIT_REPORT_HELPER_SIMULATION_H
#define TESTS_UNIT_REPORT_HELPER_SIMULATION_H

#include "core/model/campaign.h"
#include "core/model/history.h"

enum { SIMULATION_TRACK = 1 };

struct simulation {
    struct history history;
    size_t row_room, key_room, batch_room, people_room, category_room;
    int64_t judgment; /* the last id given */
};

void simulation_init(struct simulation *simulation);
void simulation_release(struct simulation *simulation);
int simulation_person(struct simulation *simulation, const char *name,
                      enum person_role role); /* its code; the same for the same name */
int simulation_category(struct simulation *simulation, const char *name);
int simulation_key(struct simulation *simulation, int prefer); /* a gold key, to be named by rows */
/* A batch of this person with the next number, handed in or open; -1 in a row means imported. */
int simulation_batch(struct simulation *simulation, int person, bool handed_in);

/* A row with the next judgment id: production, imported, first shown "ab", lengths 100 100, everything else as not given. Change what should differ. */
struct history_row *simulation_row(struct simulation *simulation, int person, int64_t item, int prefer);
void simulation_finish(struct simulation *simulation);

/* Study A, every 60 judgments of a person a batch handed in. Skips the running test when the files are missing. */
void simulation_study(struct simulation *simulation);

extern const struct track_settings simulation_settings; /* track "helpfulness": .85 against .65, 1,000 golds */

#endif
