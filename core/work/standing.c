/* Who may work, and what comes first; see standing.h. */
#include "core/work/standing.h"

#include <string.h>

#include "core/base/banned.h"

static const char *const names[STANDING_STATES] = {"none", "active", "paused", "qualified", "failed"};

const char *standing_state_name(enum standing_state state) {
    return names[state];
}

enum standing_state standing_state_find(const char *name) {
    for (int state = STANDING_ACTIVE; state < STANDING_STATES; state++)
        if (strcmp(names[state], name) == 0)
            return (enum standing_state)state;
    return STANDING_NONE;
}

bool standing_is_asked(const struct track_settings *track, enum viewer_role role) {
    return track->qualification_items > 0 && role == VIEWER_ANNOTATOR;
}

bool standing_waits(const struct standing *standing) {
    return standing->next == STANDING_NO_ATTEMPT || standing->next == STANDING_NO_ITEMS;
}

const char *standing_words(const struct standing *standing) {
    switch (standing->next) {
    case STANDING_WORK:
        return standing->state == STANDING_QUALIFIED ? "qualified" : "may work";
    case STANDING_NO_ATTEMPT:
        return "waits for a lead: no attempt is left";
    case STANDING_NO_ITEMS:
        return "waits for a lead: too few items that are new to them";
    default:
        return standing->state == STANDING_FAILED   ? "failed, another attempt"
               : standing->state == STANDING_PAUSED ? "to qualify again"
                                                    : "to qualify";
    }
}

void standing_decide(const struct track_settings *track, enum viewer_role role, const struct standing_facts *facts,
                     struct standing *out) {
    size_t items = (size_t)track->qualification_items, training = (size_t)track->qualification_training;
    *out = (struct standing){.state = facts->state, .next = STANDING_WORK};
    if (!standing_is_asked(track, role) || facts->state == STANDING_QUALIFIED || facts->state == STANDING_ACTIVE)
        return;
    out->attempt = facts->failed + 1;
    out->attempts_left = track->qualification_attempts - facts->failed;
    if (out->attempts_left <= 0) {
        out->attempts_left = 0;
        out->next = STANDING_NO_ATTEMPT;
    } else if (!facts->trained && training > 0 && facts->training > 0) {
        out->next = STANDING_TRAINING;
        out->size = (int)(facts->training < training ? facts->training : training);
    } else if (facts->qualification < items) {
        out->next = STANDING_NO_ITEMS;
    } else {
        out->next = STANDING_QUALIFICATION;
        out->size = (int)items;
    }
}
