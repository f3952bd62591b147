/* Majority by a written policy; see policy.h. */
#include "core/work/policy.h"

#include "core/base/limits.h"

#include "core/base/banned.h"

static const struct {
    const char *key, *words;
} reasons[POLICY_REASONS] = {
    [POLICY_EXPORTED] = {"exported", "exported"},
    [POLICY_NO_JUDGMENT] = {"no_judgment", "no final judgment that counts"},
    [POLICY_TOO_FEW] = {"too_few_judgments", "fewer judgments than the policy asks for"},
    [POLICY_UNDECIDED] = {"undecided", "the judgments are split evenly"},
    [POLICY_LOW_AGREEMENT] = {"low_agreement", "agreement below the policy's"},
    [POLICY_TIE] = {"tie", "a tie"},
    [POLICY_NONE] = {"none_acceptable", "every response unacceptable"},
    [POLICY_EQUAL_TEXTS] = {"equal_texts", "chosen and rejected are the same text"},
    [POLICY_EMPTY_TEXT] = {"empty_text", "a response is empty"},
    [POLICY_PROMPT] = {"prompt_end", "the prompt does not end in a user or tool message"},
    [POLICY_GOLD] = {"gold", "a gold item"},
    [POLICY_HELD] = {"held", "all its judgments are held"},
};

const char *policy_reason_key(enum policy_reason reason) {
    return reasons[reason].key;
}

const char *policy_reason_words(enum policy_reason reason) {
    return reasons[reason].words;
}

/* The most frequent choice and its count; CHOICE_MISSING when two share the first place. */
static int plurality(const struct policy_vote *votes, size_t count, int *agreeing) {
    int counts[LIMIT_RESPONSES + 2] = {0}; /* none, tie, then the responses */
    int best = 0;
    for (size_t i = 0; i < count; i++)
        counts[votes[i].prefer - CHOICE_NONE]++;
    bool shared = false;
    for (int c = 1; c < LIMIT_RESPONSES + 2; c++)
        if (counts[c] >= counts[best]) {
            shared = counts[c] == counts[best];
            best = c;
        }
    *agreeing = counts[best];
    return shared ? CHOICE_MISSING : best + CHOICE_NONE;
}

static double mean_strength(const struct policy_vote *votes, size_t count, int chosen) {
    double sum = 0;
    int stated = 0;
    for (size_t i = 0; i < count; i++)
        if (votes[i].prefer == chosen && votes[i].strength > 0) {
            sum += votes[i].strength;
            stated++;
        }
    return stated ? sum / stated : 0;
}

struct policy_answer policy_majority(const struct policy_vote *votes, size_t count,
                                     const struct export_policy *policy) {
    struct policy_answer answer = {.reason = POLICY_NO_JUDGMENT, .chosen = CHOICE_MISSING, .judgments = (int)count};
    if (count == 0)
        return answer;
    answer.chosen = plurality(votes, count, &answer.agreeing);
    answer.agreement = (double)answer.agreeing / (double)count;
    answer.strength = mean_strength(votes, count, answer.chosen);
    if (answer.judgments < policy->min_judgments)
        answer.reason = POLICY_TOO_FEW;
    else if (answer.chosen == CHOICE_MISSING)
        answer.reason = POLICY_UNDECIDED;
    else if (answer.agreement < policy->min_agreement)
        answer.reason = POLICY_LOW_AGREEMENT;
    else if (answer.chosen == CHOICE_TIE && policy->ties == TIES_DROP)
        answer.reason = POLICY_TIE;
    else if (answer.chosen == CHOICE_NONE)
        answer.reason = POLICY_NONE;
    else
        answer.reason = POLICY_EXPORTED;
    return answer;
}
