/*
 * Judgments of one item → what is exported, by a written policy. Every left-out item has a reason. Pure.
 */
#ifndef CORE_WORK_POLICY_H
#define CORE_WORK_POLICY_H

#include "core/model/campaign.h"
#include "core/model/choice.h"

enum policy_reason {
    POLICY_EXPORTED,
    POLICY_NO_JUDGMENT,   /* no final judgment that counts */
    POLICY_TOO_FEW,       /* fewer than min_judgments */
    POLICY_UNDECIDED,     /* the majority is split */
    POLICY_LOW_AGREEMENT, /* below min_agreement */
    POLICY_TIE,           /* the majority says tie, and ties are dropped */
    POLICY_NONE,          /* the majority says that every response is unacceptable */
    POLICY_EQUAL_TEXTS,   /* chosen and rejected are the same text */
    POLICY_EMPTY_TEXT,    /* a side is empty */
    POLICY_PROMPT,        /* the prompt does not end in a user or tool message */
    POLICY_GOLD,          /* a gold item */
    POLICY_HELD,          /* all its judgments are held */
    POLICY_REASONS
};

/* "exported", "no_judgment", …: keys of the manifest; and the words for a person. */
const char *policy_reason_key(enum policy_reason reason);
const char *policy_reason_words(enum policy_reason reason);

struct policy_answer {
    enum policy_reason reason;
    int chosen;       /* stored response; for a kept tie CHOICE_TIE */
    int agreeing;     /* judgments that say so */
    int judgments;    /* that counted */
    double agreement; /* agreeing / judgments */
    double strength;  /* mean strength of the agreeing ones, 0 if none stated */
};

struct policy_vote {
    int prefer, strength;
    const char *ranking; /* of three or more responses: its order; NULL or "": none known */
};

/* Majority over votes; no side is preferred when counts are equal. Texts are not looked at here. */
struct policy_answer policy_majority(const struct policy_vote *votes, size_t count, const struct export_policy *policy);

/*
 * Three or more responses. Each judgment votes on every pair that its order speaks of (one without an order: on the pairs of its first place; `none`: on all,
 * for neither), and each pair is decided by policy_majority alone, with its own counts, so that two judgments that differ about the end of an order
 * still agree about its beginning. A strength is one of first place: it counts for the pairs of the response that holds it, others have 0.
 *
 * Which pairs are asked for:
 *     all        every two responses: K(K - 1)/2
 *     adjacent   neighbours in the common order, and those that share a place in it
 *     best       the response that the majority puts first against each of the rest; none if there is no such response
 * The common order: by the responses that each beats less those that beat it, over all judgments (Borda); the same number is the same place.
 */
struct policy_pair {
    int better, worse;           /* stored responses, as the common order has them; the answer may say otherwise */
    struct policy_answer answer; /* chosen is one of the two, or CHOICE_TIE */
};
enum { POLICY_PAIRS = LIMIT_RESPONSES * (LIMIT_RESPONSES - 1) / 2 };

/* The pairs that the policy asks for, in the common order, the same votes always in the same: at least one. Where `best` has none it is the first two of the
 * common order with what keeps first place from being decided. */
size_t policy_pairs(const struct policy_vote *votes, size_t count, size_t responses, const struct export_policy *policy,
                    struct policy_pair out[POLICY_PAIRS]);

#endif
