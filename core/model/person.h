/* People, and the kinds of servings and judgments: the words that the store keeps as numbers. The numbers never change. */
#ifndef CORE_MODEL_PERSON_H
#define CORE_MODEL_PERSON_H

#include <stdbool.h>
#include <stdint.h>

#include "core/base/slice.h"

enum person_role { PERSON_ANNOTATOR = 0, PERSON_LEAD = 1, PERSON_MODEL = 2, PERSON_SOURCE = 3 };

enum kind {
    KIND_PRODUCTION = 0,
    KIND_GOLD = 1,
    KIND_RETEST = 2,
    KIND_TRAINING = 3,
    KIND_QUALIFICATION = 4,
    KIND_CALIBRATION = 5,
    KIND_REVOTE = 6,
    KIND_REFERENCE = 7,
    KIND_ADJUDICATION = 8,
};

const char *person_role_name(enum person_role role); /* "annotator", "lead", "model", "source" */
bool person_role_find(struct slice name, enum person_role *role);
const char *kind_name(enum kind kind); /* "production", "gold", … */
bool kind_find(struct slice name, enum kind *kind);

#endif
