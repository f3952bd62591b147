/* Names of gold's uses, and a choice held against a key; see item.h. */
#include "core/model/item.h"

#include "core/base/array.h"

#include "core/base/banned.h"

static const char *const uses[] = {"hidden", "qualification", "training"};
static const char *const difficulties[] = {NULL, "easy", "medium", "hard"};

const char *gold_use_name(enum gold_use use) {
    return uses[use];
}

const char *difficulty_name(enum difficulty difficulty) {
    return difficulties[difficulty];
}

bool gold_use_find(struct slice name, enum gold_use *use) {
    for (size_t i = 0; i < COUNT_OF(uses); i++)
        if (slice_is(name, uses[i])) {
            *use = (enum gold_use)i;
            return true;
        }
    return false;
}

bool difficulty_find(struct slice name, enum difficulty *difficulty) {
    for (size_t i = 1; i < COUNT_OF(difficulties); i++)
        if (slice_is(name, difficulties[i])) {
            *difficulty = (enum difficulty)i;
            return true;
        }
    return false;
}

enum verdict gold_key_judge(const struct gold_key *key, int prefer, const char *ranking, int strength) {
    for (size_t i = 0; i < key->answer_count; i++) {
        const struct gold_answer *answer = &key->answers[i];
        if (answer->prefer != prefer)
            continue;
        if (answer->ranking.text[0] && strcmp(answer->ranking.text, ranking) != 0)
            continue;
        bool in_range = strength == 0 || key->high == 0 || (strength >= key->low && strength <= key->high);
        return prefer >= 0 && !in_range ? VERDICT_WRONG_STRENGTH : VERDICT_RIGHT;
    }
    return VERDICT_WRONG_SIDE;
}
