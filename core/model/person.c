/* Words for numbers; see person.h. */
#include "core/model/person.h"

#include "core/base/array.h"

#include "core/base/banned.h"

static const char *const roles[] = {"annotator", "lead", "model", "source"};
static const char *const kinds[] = {"production",  "gold",   "retest",    "training",    "qualification",
                                    "calibration", "revote", "reference", "adjudication"};

const char *person_role_name(enum person_role role) {
    return roles[role];
}

const char *kind_name(enum kind kind) {
    return kinds[kind];
}

/* The place of name in a list of words, or -1. */
static int find_word(struct slice name, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (slice_is(name, words[i]))
            return (int)i;
    return -1;
}

bool person_role_find(struct slice name, enum person_role *role) {
    int found = find_word(name, roles, COUNT_OF(roles));
    if (found >= 0)
        *role = (enum person_role)found;
    return found >= 0;
}

bool kind_find(struct slice name, enum kind *kind) {
    int found = find_word(name, kinds, COUNT_OF(kinds));
    if (found >= 0)
        *kind = (enum kind)found;
    return found >= 0;
}
