/* What the lead sees beside a person's own detector, as Markdown pages: everybody's gold, and peers; see charts.h. */
#include "core/base/timestamp.h"
#include "ui/lead/charts.h"
#include "ui/lead/wording.h"

#include "core/base/banned.h"

static const char *name_of(const struct office *office, const struct pooled_watch *pool) {
    const char *name = pool->category < 0 ? "all categories" : office->history.categories[pool->category];
    return name[0] ? name : "(none)";
}

static const char *word_of_state(enum drift_state state) {
    return state == DRIFT_BELOW ? "below the bar" : state == DRIFT_WATCH ? "watch" : "steady";
}

static struct version_mix gold_mix(const struct office_track *track) {
    const struct groups *groups = &track->report.groups[GROUP_CATEGORY];
    struct version_mix mix = {0};
    for (size_t i = 0; i < groups->count; i++)
        version_mix_join(&mix, &groups->groups[i].gold_mix);
    return mix;
}

void charts_pool_table(const struct office *office, const struct office_track *track, const struct pooled_watch *pool,
                       struct frame *frame) {
    const struct drift_design *design = &track->report.detector.design;
    struct buffer page = BUFFER_INIT;
    buffer_add_format(&page, "# Everybody's gold on %s: ", track->settings->name);
    word_cell(&page, slice_of(pool ? name_of(office, pool) : "too early"));
    buffer_add_string(&page, "\n\n");
    if (!pool) {
        buffer_add_string(&page, "Too early: no detector, or too little gold.\n");
        frame_read(frame, "everybody's gold", buffer_slice(&page));
        buffer_release(&page);
        return;
    }
    buffer_add_format(&page,
                      "A drift of the whole team does not show in anybody's agreement. So the gold of everybody, in "
                      "the order it was answered, runs through one detector: a missed one adds %d, a right one takes "
                      "%d off, at %d it fires. Nothing is held on it.\n\nFired %zu time%s in %zu golds; if everybody "
                      "stood exactly at %d %%, %.1f would be by chance. Now at **%d**.\n\n",
                      design->up, design->down, design->limit, pool->alarms, pool->alarms == 1 ? "" : "s", pool->n,
                      percent_of(design->in_control), pool->false_alarms, pool->statistic);
    struct version_mix mix = gold_mix(track);
    charts_add_mix(&page, "Gold answers on the track", &mix);
    buffer_add_string(&page, "| day | highest | |\n| --- | --: | --- |\n");
    for (size_t i = pool->column_count; i-- > 0;)
        buffer_add_format(&page, "| %s | %d | %s |\n", timestamp_day(pool->columns[i].day).text, pool->columns[i].most,
                          pool->columns[i].alarm ? "fired" : "");
    frame_read(frame, "everybody's gold", buffer_slice(&page));
    buffer_release(&page);
}

static void pools(const struct office *office, const struct office_track *track, struct buffer *page) {
    const struct track_watch *watch = &track->report.watch;
    buffer_add_format(page,
                      "## Everybody's gold in one detector, limit %d\n\nA drift of the whole team does not show in "
                      "anybody's agreement; here it does. By chance: alarms to be expected if everybody stood exactly "
                      "at the bar.\n\n"
                      "| category | gold | now at | state | fired | by chance | last |\n"
                      "| --- | --: | --: | --- | --: | --: | --- |\n",
                      track->report.detector.design.limit);
    for (size_t i = 0; i < watch->pooled_count; i++) {
        const struct pooled_watch *pool = &watch->pooled[i];
        buffer_add_string(page, "| ");
        word_cell(page, slice_of(name_of(office, pool)));
        buffer_add_format(page, " | %zu | %d | %s | %zu | %.1f | ", pool->n, pool->statistic,
                          word_of_state(pool->state), pool->alarms, pool->false_alarms);
        if (pool->last_alarm)
            word_day(page, pool->last_alarm);
        buffer_add_string(page, " |\n");
    }
    if (watch->pooled_count == 0)
        buffer_add_string(page, "\nToo early: no detector, or no gold yet.\n");
}

static void peers(const struct office *office, const struct office_track *track, struct buffer *page) {
    const struct annotators *annotators = &track->report.annotators;
    buffer_add_string(
        page, "\n## Detectors with peers\n\nWhere two others agree on an item, a third who differs is weak evidence "
              "against them, one who agrees is for them; it joins the gold in a second detector. Nothing is held on "
              "it.\n\n"
              "| person | as two others | not | at | of it from peers | state | fired | on peers alone |\n"
              "| --- | --: | --: | --: | --: | --- | --: | --: |\n");
    for (size_t i = 0; i < annotators->count; i++) {
        const struct peer_watch *one = &annotators->people[i].peers;
        if (!one->used)
            continue;
        buffer_add_string(page, "| ");
        word_cell(page, slice_of(office_person_name(office, annotators->people[i].person)));
        buffer_add_format(page, " | %zu | %zu | %d | %d | %s | %zu | %zu |\n", one->agree, one->differ, one->statistic,
                          one->from_peers, word_of_state(one->state), one->alarms, one->alarms_alone);
    }
}

void charts_team_table(const struct office *office, const struct office_track *track, struct frame *frame) {
    struct buffer page = BUFFER_INIT;
    buffer_add_string(&page, "# Everybody on ");
    word_cell(&page, slice_of(track->settings->name));
    buffer_add_string(&page, "\n\n");
    struct version_mix mix = gold_mix(track);
    charts_add_mix(&page, "Gold answers", &mix);
    pools(office, track, &page);
    peers(office, track, &page);
    frame_read(frame, "everybody", buffer_slice(&page));
    buffer_release(&page);
}
