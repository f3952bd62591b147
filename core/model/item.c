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

static bool all_tied(const char *ranking) {
    return !strchr(ranking, '>');
}

/* Every pair that the key orders must be ordered so; pairs that it ties are free, unless it ties all of them. */
static bool ranking_meets(const char *key, const char *ranking) {
    int wanted[LIMIT_RESPONSES], given[LIMIT_RESPONSES];
    size_t responses = ranking_placed(key); /* a key names all of them */
    if (all_tied(key))
        return all_tied(ranking) && ranking_placed(ranking) == responses;
    ranking_tiers(key, responses, wanted);
    ranking_tiers(ranking, responses, given);
    for (size_t i = 0; i < responses; i++)
        for (size_t j = 0; j < responses; j++)
            if (wanted[i] < wanted[j] && given[i] >= given[j])
                return false;
    return true;
}

/* A judgment without an order is held against the key's first place alone. */
static bool answer_meets(const struct gold_answer *answer, int prefer, const char *ranking) {
    if (answer->ranking.text[0] && ranking[0])
        return ranking_meets(answer->ranking.text, ranking);
    return answer->prefer == prefer;
}

enum verdict gold_key_judge(const struct gold_key *key, int prefer, const char *ranking, int strength) {
    for (size_t i = 0; i < key->answer_count; i++) {
        if (!answer_meets(&key->answers[i], prefer, ranking))
            continue;
        bool in_range = strength == 0 || key->high == 0 || (strength >= key->low && strength <= key->high);
        return prefer >= 0 && !in_range ? VERDICT_WRONG_STRENGTH : VERDICT_RIGHT;
    }
    return VERDICT_WRONG_SIDE;
}
