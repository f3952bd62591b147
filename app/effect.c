/* See effect.h; effect_write.c puts it in writing. */
#include "app/effect.h"

#include "core/base/memory.h"
#include "core/base/timestamp.h"
#include "core/quality/proportion.h"

#include "core/base/banned.h"

static void take_versions(struct effect_window *window, const struct report *report, const struct groups *groups) {
    const struct rubric_marks *rubrics = &report->history.rubrics;
    window->versions = memory_new(groups->count + 1, sizeof *window->versions);
    for (size_t i = 0; i <= rubrics->count; i++) /* the first: of none */
        for (size_t g = 0; g < groups->count; g++) {
            const char *label = i ? rubrics->items[i - 1].label : "no rubric";
            if (groups->groups[g].key == (i ? rubrics->items[i - 1].id : 0))
                window->versions[window->version_count++] =
                    (struct effect_version){memory_copy(label, strlen(label)), groups->groups[g].judgments};
        }
}

static void take_figures(struct effect *out, struct effect_window *window, const struct track_report *track) {
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

static int read_window(struct effect *out, struct effect_window *window, struct store *store,
                       const struct viewer *viewer, const struct campaign *campaign, const struct effect_input *input,
                       double shared, int64_t now, struct error *error) {
    struct gathered gathered;
    struct gathering what = {.track = input->track,
                             .since = window->since,
                             .until = window->until,
                             .people = input->people,
                             .people_count = input->people_count,
                             .shared = shared};
    int status = gather(&gathered, store, viewer, campaign, &what, now, error);
    if (!status && gathered.report.track_count > 0) {
        const struct track_report *track = &gathered.report.tracks[0];
        if (shared > 0) {
            window->shared_percent = track->agreement.lines.percent;
            window->shared_alpha = track->agreement.lines.alpha;
        } else {
            take_figures(out, window, track);
            take_versions(window, &gathered.report, &track->groups[GROUP_RUBRIC]);
        }
    }
    gathered_release(&gathered);
    return status;
}

int effect_read(struct effect *out, struct store *store, const struct viewer *viewer, const struct campaign *campaign,
                const struct effect_input *input, int64_t now, struct error *error) {
    const struct track_settings *settings = campaign_track(campaign, input->track);
    double shared = settings ? settings->shared : 0;
    int status = STATUS_OK;
    *out = (struct effect){.before = {.since = input->begun - EFFECT_DAYS * MS_DAY, .until = input->begun},
                           .has_shared = shared > 0};
    if (input->done) {
        out->after.since = input->done;
        out->after.until = input->done + EFFECT_DAYS * MS_DAY;
        out->running = out->after.until > now;
    }
    for (int i = 0; i < 2 && !status; i++) {
        struct effect_window *window = i ? &out->after : &out->before;
        if (window->since == 0)
            continue;
        status = read_window(out, window, store, viewer, campaign, input, 0, now, error);
        if (!status && out->has_shared)
            status = read_window(out, window, store, viewer, campaign, input, shared, now, error);
    }
    if (status)
        effect_release(out);
    return status;
}

static void window_release(struct effect_window *window) {
    for (size_t i = 0; i < window->version_count; i++)
        memory_free(window->versions[i].label);
    memory_free(window->versions);
}

void effect_release(struct effect *effect) {
    window_release(&effect->before);
    window_release(&effect->after);
    for (size_t k = 0; k < effect->criterion_count; k++)
        memory_free(effect->ids[k]);
    *effect = (struct effect){0};
}
