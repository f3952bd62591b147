/* Rankings as votes on pairs; see policy.h. */
#include "core/base/memory.h"
#include "core/work/policy.h"

#include "core/base/banned.h"

/* What one judgment says: tiers, the smaller the better; `unplaced` is the tier of what it says nothing about. */
struct ballot {
    int tier[LIMIT_RESPONSES], unplaced;
    int prefer, strength;
};

static struct ballot read_ballot(const struct policy_vote *vote, size_t responses) {
    struct ballot ballot = {.unplaced = 1, .prefer = vote->prefer, .strength = vote->strength};
    if (vote->ranking && vote->ranking[0]) {
        ballot.unplaced = ranking_tiers(vote->ranking, responses, ballot.tier);
        return ballot;
    }
    for (size_t r = 0; r < responses; r++)
        ballot.tier[r] = vote->prefer == CHOICE_TIE ? 0 : 1;
    if (vote->prefer >= 0)
        ballot.tier[vote->prefer] = 0;
    return ballot;
}

/* False where the judgment says nothing of the two. */
static bool vote_on(const struct ballot *ballot, int a, int b, struct policy_vote *out) {
    int x = ballot->tier[a], y = ballot->tier[b];
    *out = (struct policy_vote){.prefer = CHOICE_NONE};
    if (ballot->prefer == CHOICE_NONE)
        return true;
    if (x == ballot->unplaced && y == ballot->unplaced)
        return false;
    out->prefer = x == y ? CHOICE_TIE : x < y ? a : b;
    if (out->prefer == ballot->prefer)
        out->strength = ballot->strength;
    return true;
}

/* Responses by score, the highest first, then as stored; place[i] counts the different scores before order[i]. */
static void find_common(const struct ballot *ballots, size_t count, size_t responses, int *order, int *place) {
    long score[LIMIT_RESPONSES] = {0};
    for (size_t i = 0; i < count; i++)
        for (size_t a = 0; a < responses && ballots[i].prefer != CHOICE_NONE; a++)
            for (size_t b = 0; b < responses; b++)
                score[a] += (ballots[i].tier[a] < ballots[i].tier[b]) - (ballots[i].tier[a] > ballots[i].tier[b]);
    for (size_t i = 0; i < responses; i++) {
        size_t at = i;
        for (; at > 0 && score[order[at - 1]] < score[i]; at--)
            order[at] = order[at - 1];
        order[at] = (int)i;
    }
    for (size_t i = 0; i < responses; i++)
        place[i] = i == 0 ? 0 : place[i - 1] + (score[order[i]] != score[order[i - 1]]);
}

/* `best` is the majority's first place, or CHOICE_MISSING. */
static bool is_asked(enum export_pairs rule, int best, const int *order, const int *place, size_t i, size_t k) {
    if (rule == PAIRS_BEST)
        return order[i] == best || order[k] == best;
    return rule == PAIRS_ALL || place[k] - place[i] <= 1;
}

size_t policy_pairs(const struct policy_vote *votes, size_t count, size_t responses, const struct export_policy *policy,
                    struct policy_pair out[POLICY_PAIRS]) {
    int order[LIMIT_RESPONSES], place[LIMIT_RESPONSES];
    struct ballot *ballots = memory_new(count, sizeof *ballots);
    struct policy_vote *said = memory_new(count, sizeof *said);
    size_t pairs = 0;
    for (size_t i = 0; i < count; i++)
        ballots[i] = read_ballot(&votes[i], responses);
    find_common(ballots, count, responses, order, place);
    struct policy_answer first = policy_majority(votes, count, policy);
    int best = first.reason == POLICY_EXPORTED && first.chosen >= 0 ? first.chosen : CHOICE_MISSING;
    for (size_t i = 0; i < responses; i++)
        for (size_t k = i + 1; k < responses; k++) {
            size_t n = 0;
            if (!is_asked(policy->pairs, best, order, place, i, k))
                continue;
            for (size_t v = 0; v < count; v++)
                n += vote_on(&ballots[v], order[i], order[k], &said[n]);
            struct policy_pair *pair = &out[pairs++];
            *pair = (struct policy_pair){order[i], order[k], policy_majority(said, n, policy)};
            bool other =
                pair->answer.reason == POLICY_EXPORTED && pair->answer.chosen >= 0 && pair->answer.chosen != best;
            if (policy->pairs == PAIRS_BEST && other)
                pair->answer.reason = POLICY_UNDECIDED; /* first by the majority, and beaten by this one */
        }
    if (pairs == 0) {
        if (first.reason == POLICY_EXPORTED) /* a tie that would be kept */
            first.reason = POLICY_TIE;
        out[pairs++] = (struct policy_pair){order[0], order[1], first};
    }
    memory_free(ballots);
    memory_free(said);
    return pairs;
}
