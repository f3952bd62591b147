/* The detector of one person, told hand-in by hand-in; see person.h. */
#include "core/base/memory.h"
#include "core/report/person_parts.h"
#include "core/work/alarms.h"

#include "core/base/banned.h"

static const double ewma_weight = 0.05;

const char *person_drift_kind_name(enum person_drift_kind kind) {
    static const char *const names[] = {NULL, "below", "changed"};
    return names[kind];
}

/* One column a hand-in: the largest C in it; where it brought no outcome, C as it stood. Imported outcomes have no column. */
static void fill_columns(struct person_drift *drift, const struct person_gold *gold, const struct person_slice *slice) {
    drift->columns = memory_new(slice->hand_in_count, sizeof *drift->columns);
    drift->column_count = slice->hand_in_count;
    int standing = drift_head_start(&drift->design);
    size_t i = 0;
    for (size_t h = 0; h < slice->hand_in_count; h++) {
        const struct batch_mark *batch = slice->hand_ins[h];
        struct person_column *column = &drift->columns[h];
        *column = (struct person_column){.batch_number = batch->number, .handed_in = batch->handed_in};
        for (; i < gold->n && gold->outcomes[i].batch_number == 0; i++) /* imported before it */
            standing = gold->outcomes[i].statistic >= drift->design.limit ? 0 : gold->outcomes[i].statistic;
        size_t before = i;
        for (; i < gold->n && gold->outcomes[i].batch_number == batch->number; i++) {
            int statistic = gold->outcomes[i].statistic;
            if (i == before || statistic > column->most)
                column->most = statistic;
            column->alarm = column->alarm || statistic >= drift->design.limit;
            standing = statistic >= drift->design.limit ? 0 : statistic;
        }
        if (i == before)
            column->most = standing;
    }
}

/* An imported judgment is a batch of its own, as in the store. */
static int64_t batch_of(const struct history_row *row) {
    return row->batch >= 0 ? row->batch : -row->judgment;
}

/* The judgments that the alarm's hold covers. */
static void find_range(struct person_alarm *alarm, const struct alarm *found, const struct person_slice *slice) {
    for (size_t i = 0; i < slice->row_count; i++) {
        const struct history_row *row = slice->rows[i];
        if (row->judgment <= found->after)
            continue;
        if (alarm->since == 0) {
            alarm->since = row->judgment;
            alarm->onset_at = row->at;
        }
        if (batch_of(row) == found->batch)
            alarm->until = row->judgment;
    }
    for (size_t i = 0; i < slice->row_count; i++) {
        const struct history_row *row = slice->rows[i];
        if (row->judgment < alarm->since || row->judgment > alarm->until)
            continue;
        alarm->held += row->kind == KIND_PRODUCTION;
        alarm->open = alarm->open || row->held;
    }
}

static void fill_alarms(struct person_drift *drift, const struct person_gold *gold, const struct person_slice *slice,
                        const struct alarm *found, const struct restarts *restarts, const uint8_t *wrong,
                        int64_t seed) {
    drift->alarms = memory_new(drift->alarm_count, sizeof *drift->alarms);
    for (size_t i = 0; i < drift->alarm_count; i++) {
        struct person_alarm *alarm = &drift->alarms[i];
        *alarm = (struct person_alarm){.outcome = found[i].outcome, .at = gold->outcomes[found[i].outcome].at};
        find_range(alarm, &found[i], slice);
        drift_change_test(wrong, found[i].outcome + 1, found[i].onset, drift->design.in_control, (uint64_t)seed,
                          &alarm->change);
        alarm->kind = alarm->change.changed ? PERSON_DRIFT_CHANGED : PERSON_DRIFT_BELOW;
        if (alarm->open && !alarms_restarted(restarts, alarm->at)) /* who has qualified since is held to what comes */
            drift->kind = alarm->kind;
    }
}

/* Outcomes as the detector takes them: which batch each belongs to is found again in the rows. */
static struct alarm_outcome *take_outcomes(const struct person_gold *gold, const struct person_slice *slice,
                                           uint8_t *wrong) {
    struct alarm_outcome *outcomes = memory_new(gold->n, sizeof *outcomes);
    size_t i = 0;
    for (size_t k = 0; k < slice->row_count && i < gold->n; k++) {
        if (slice->rows[k]->judgment != gold->outcomes[i].judgment)
            continue;
        wrong[i] = gold->outcomes[i].verdict != VERDICT_RIGHT;
        outcomes[i] =
            (struct alarm_outcome){slice->rows[k]->judgment, batch_of(slice->rows[k]), wrong[i], slice->rows[k]->at};
        i++;
    }
    return outcomes;
}

void person_drift_fill(struct person_figures *out, const struct person_slice *slice,
                       const struct track_settings *settings, int64_t seed) {
    struct person_drift *drift = &out->drift;
    struct person_gold *gold = &out->gold;
    if (!alarms_design(settings, &drift->design))
        return;
    drift->designed = true;
    uint8_t *wrong = memory_new(gold->n, 1);
    int *trace = memory_new(gold->n, sizeof *trace);
    struct alarm_outcome *outcomes = take_outcomes(gold, slice, wrong);
    struct drift_detector last;
    struct alarm *found;
    struct restarts restarts;
    int64_t *moments = history_restarts(slice->history, slice->person, slice->track, &restarts.count);
    restarts.at = moments;
    drift->alarm_count = alarms_find(&drift->design, outcomes, gold->n, &restarts, trace, &last, &found);
    for (size_t i = 0; i < gold->n; i++)
        gold->outcomes[i].statistic = trace[i];
    fill_columns(drift, gold, slice);
    fill_alarms(drift, gold, slice, found, &restarts, wrong, seed);
    bool open = drift->kind != PERSON_DRIFT_NONE;
    drift->statistic = last.statistic;
    drift->state = drift_state_of(&last, open);
    drift->word = drift_word_of(&last, open);
    drift->ewma = memory_new(gold->n, sizeof *drift->ewma);
    drift_ewma(wrong, gold->n, ewma_weight, 1 - drift->design.in_control, drift->ewma);
    memory_free(wrong);
    memory_free(trace);
    memory_free(outcomes);
    memory_free(found);
    memory_free(moments);
}
