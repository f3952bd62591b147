/*
 * The rules of a calibration session: which items it takes, how its people are called while names are hidden, and
 * what a serving of it is told apart by. Pure; chance is a keyed draw (the store's secret) from what it is about.
 */
#ifndef CORE_WORK_CALIBRATION_H
#define CORE_WORK_CALIBRATION_H

#include <stddef.h>
#include <stdint.h>

#include "core/model/person.h"

enum { CALIBRATION_ITEMS = 12, CALIBRATION_ITEMS_MOST = 100, CALIBRATION_PEOPLE_LEAST = 2 };

enum calibration_pick {
    PICK_DISAGREEMENT, /* what people disagreed on most comes first */
    PICK_RANDOM,       /* by chance, category by category in turn */
    PICK_GOLD,         /* likewise, of hidden gold */
};

/* What the lead says of an item when it was talked about. */
enum calibration_verdict { CALIBRATION_OPEN = -1, CALIBRATION_CLEAR, CALIBRATION_AMBIGUOUS, CALIBRATION_GAP };
const char *calibration_verdict_name(enum calibration_verdict verdict); /* "clear", "ambiguous", "rubric gap"; "open" */

struct calibration_candidate {
    int64_t item;
    int category;        /* code; 0: none */
    size_t met;          /* how many of the invited have had it, in any role */
    double disagreement; /* of its final judgments: calibration_disagreement */
    size_t votes;        /* how many they are */
};

/* The share of pairs of judgments that choose differently, 0 to 1; 0 for fewer than two. */
double calibration_disagreement(const int *choices, size_t count);

/*
 * Writes at most `wanted` indices of candidates to chosen and returns how many. By disagreement: only candidates
 * with some; the most first, then those with more judgments, then by chance. Otherwise the categories take turns,
 * and in a category those that fewer of the invited have met come first, then chance decides.
 */
size_t calibration_choose(const unsigned char key[32], int64_t session, enum calibration_pick pick,
                          const struct calibration_candidate *candidates, size_t count, size_t wanted, size_t *chosen);

/* numbers[i] = 1 … count, by chance: the same for all of the session, and none follows from a name. */
void calibration_number(const unsigned char key[32], int64_t session, size_t count, int *numbers);

/* A serving is told apart by (person, item, round, pass). 0 and 1 are first judgment and retest; each session has
 * three of its own: for the vote, the vote after the discussion, and the lead's reference. */
int calibration_pass(int64_t session, enum kind kind);

#endif
