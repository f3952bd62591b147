/*
 * Who may work on a track that asks for a qualification, and what comes first for somebody who may not yet. Pure: the store brings the facts.
 *
 * First training, where there are explained items; then an attempt: items of the qualification pool that the person has not seen, told as
 * such, scored when it is handed in. A failed attempt is followed by training and another one while attempts and items last; then it waits
 * for the lead. Leads and solo use are asked for nothing: who can open the keys proves nothing by them.
 */
#ifndef CORE_WORK_STANDING_H
#define CORE_WORK_STANDING_H

#include <stdbool.h>
#include <stddef.h>

#include "core/model/campaign.h"
#include "core/work/viewer.h"

/* What was said last about a person on a track. */
enum standing_state {
    STANDING_NONE,      /* nothing yet */
    STANDING_ACTIVE,    /* a pause was lifted, because what it rested on is gone */
    STANDING_PAUSED,    /* asked to qualify, again: below the bar, or by the lead */
    STANDING_QUALIFIED, /* passed, or let in by the lead */
    STANDING_FAILED,    /* an attempt */
    STANDING_STATES
};

enum standing_next {
    STANDING_WORK,          /* may work */
    STANDING_TRAINING,      /* first: a batch of explained items */
    STANDING_QUALIFICATION, /* first: an attempt */
    STANDING_NO_ATTEMPT,    /* waits for the lead: no attempt is left */
    STANDING_NO_ITEMS,      /* waits for the lead: too few items that this person has not seen */
};

struct standing_facts {
    enum standing_state state;
    int failed;   /* attempts since a qualification was last asked for */
    bool trained; /* a training batch was handed in since then, and since the last attempt */
    size_t training,
        qualification; /* items of these pools that this person has not seen and may be given; counted up to
                                       what the settings ask for */
};

struct standing {
    enum standing_state state;
    enum standing_next next;
    int attempt;       /* the one that comes, or that the training is for, from 1 */
    int attempts_left; /* with that one; 0: none */
    int size;          /* of the batch that comes first; 0: none does */
};

/* Whether this person is asked for a qualification on the track at all. */
bool standing_is_asked(const struct track_settings *track, enum viewer_role role);

/* What follows from the facts; settings that ask for nothing, and roles that are asked for nothing, may work. */
void standing_decide(const struct track_settings *track, enum viewer_role role, const struct standing_facts *facts,
                     struct standing *out);

/* Whether it waits for a lead. */
bool standing_waits(const struct standing *standing);

/* For leads: "qualified", "to qualify", "failed, another attempt", "waits for a lead: …". */
const char *standing_words(const struct standing *standing);

/* "active", "paused", "qualified", "failed", as they are stored; "none". */
const char *standing_state_name(enum standing_state state);
/* STANDING_NONE for another word. */
enum standing_state standing_state_find(const char *name);

#endif
