/* See session_effect.h. */
#include "app/session_effect.h"

#include "core/base/memory.h"
#include "core/base/timestamp.h"
#include "core/quality/proportion.h"

#include "core/base/banned.h"

static void take_figures(struct session_effect *out, struct effect_window *window, const struct track_report *track) {
    const struct groups *groups = &track->groups[GROUP_CATEGORY];
    size_t n = 0, right = 0;
    for (size_t i = 0; i < groups->count; i++) {
        n += groups->groups[i].gold_n;
        right += groups->groups[i].gold_right;
    }
    window->judgments = track->judgments;
    window->percent = track->agreement.lines.percent;
    window->alpha = track->agreement.lines.alpha;
    window->gold = n ? proportion_wilson(right, n) : figure_undefined("no gold was answered", 0);
    for (size_t k = 0; k < track->criterion_count && k < LIMIT_CRITERIA; k++) {
        window->criteria[k] = track->criteria[k].alpha;
        if (k >= out->criterion_count) {
            out->ids[k] = memory_copy(track->criteria[k].id, strlen(track->criteria[k].id));
            out->criterion_count = k + 1;
        }
    }
}

int session_effect_read(struct session_effect *out, struct store *store, const struct viewer *viewer,
                        const struct campaign *campaign, const struct session *session, const int64_t *people,
                        size_t people_count, int64_t now, struct error *error) {
    int status = STATUS_OK;
    *out = (struct session_effect){.before = {.since = session->at - EFFECT_DAYS * MS_DAY, .until = session->at}};
    if (session->closed) {
        out->after.since = session->closed;
        out->after.until = session->closed + EFFECT_DAYS * MS_DAY;
        out->running = out->after.until > now;
    }
    for (int i = 0; i < 2 && !status; i++) {
        struct effect_window *window = i ? &out->after : &out->before;
        struct gathered gathered;
        struct gathering what = {.track = session->track.data,
                                 .since = window->since,
                                 .until = window->until,
                                 .people = people,
                                 .people_count = people_count};
        if (window->since == 0)
            continue;
        status = gather(&gathered, store, viewer, campaign, &what, now, error);
        if (!status && gathered.report.track_count > 0)
            take_figures(out, window, &gathered.report.tracks[0]);
        gathered_release(&gathered);
    }
    if (status)
        session_effect_release(out);
    return status;
}

void session_effect_release(struct session_effect *effect) {
    for (size_t k = 0; k < effect->criterion_count; k++)
        memory_free(effect->ids[k]);
    *effect = (struct session_effect){0};
}
