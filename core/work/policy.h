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
    POLICY_NOT_A_PAIR,    /* three or more responses: no ranking yet */
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
};

/* Majority over votes; no side is preferred when counts are equal. Texts are not looked at here. */
struct policy_answer policy_majority(const struct policy_vote *votes, size_t count, const struct export_policy *policy);

#endif
