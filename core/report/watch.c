/* Evidence in the order in which it became known; see watch.h. */
#include "core/report/watch.h"

#include <stdlib.h>

#include "core/base/memory.h"
#include "core/base/timestamp.h"
#include "core/report/person.h"
#include "core/work/alarms.h"

#include "core/base/banned.h"

/* --- The pool --- */

struct pool_outcome {
    int64_t judgment, at;
    int category;
    uint8_t wrong;
};

static int compare_outcomes(const void *a, const void *b) {
    const struct pool_outcome *x = a, *y = b;
    return (x->judgment > y->judgment) - (x->judgment < y->judgment);
}

static int64_t day_of(int64_t at) {
    int64_t days = at / MS_DAY;
    return (at < 0 && days * MS_DAY != at ? days - 1 : days) * MS_DAY;
}

/* category -1: all of them. */
static void run_pool(struct pooled_watch *out, const struct pool_outcome *outcomes, size_t n, int category,
                     const struct drift_design *design) {
    struct drift_detector detector;
    struct drift_alarm alarm;
    size_t room = 0;
    *out = (struct pooled_watch){.category = category};
    drift_start(&detector, design, NULL, false);
    for (size_t i = 0; i < n; i++) {
        if (category >= 0 && outcomes[i].category != category)
            continue;
        bool fired = drift_step(&detector, outcomes[i].wrong ? DRIFT_GOLD_WRONG : DRIFT_GOLD_RIGHT, &alarm);
        int64_t day = day_of(outcomes[i].at);
        if (out->column_count == 0 || out->columns[out->column_count - 1].day != day) {
            out->columns = memory_grow(out->columns, &room, out->column_count + 1, sizeof *out->columns);
            out->columns[out->column_count++] = (struct pooled_column){.day = day};
        }
        struct pooled_column *column = &out->columns[out->column_count - 1];
        int now = fired ? alarm.statistic : detector.statistic;
        column->most = now > column->most ? now : column->most;
        column->alarm |= fired;
        out->last_alarm = fired ? outcomes[i].at : out->last_alarm;
        out->n++;
    }
    out->statistic = detector.statistic;
    out->alarms = detector.alarms;
    out->false_alarms = drift_false_alarms(design, (double)out->n);
    out->state = drift_state_of(&detector, out->column_count > 0 && out->columns[out->column_count - 1].alarm);
}

static void find_pooled(struct track_watch *out, const struct pool_outcome *outcomes, size_t n, size_t categories,
                        const struct drift_design *design) {
    out->pooled = memory_new(categories + 1, sizeof *out->pooled);
    if (n == 0)
        return;
    size_t *each = memory_new(categories, sizeof *each);
    for (size_t i = 0; i < n; i++)
        each[outcomes[i].category]++;
    run_pool(&out->pooled[out->pooled_count++], outcomes, n, -1, design);
    for (size_t c = 0; c < categories; c++)
        if (each[c] >= PERSON_ROW_FROM)
            run_pool(&out->pooled[out->pooled_count++], outcomes, n, (int)c, design);
    memory_free(each);
}

/* --- Peers --- */

enum { EARLIEST = 3 }; /* of an item: two others are among them, whoever asks */

struct first_votes {
    int64_t judgment[EARLIEST];
    uint32_t person[EARLIEST];
    signed char prefer[EARLIEST];
    uint8_t count;
};

static void add_vote(struct first_votes *votes, int64_t judgment, uint32_t person, signed char prefer) {
    size_t place = votes->count;
    while (place > 0 && votes->judgment[place - 1] > judgment)
        place--;
    if (place == EARLIEST)
        return;
    size_t last = votes->count < EARLIEST ? votes->count++ : EARLIEST - 1;
    for (size_t i = last; i > place; i--) {
        votes->judgment[i] = votes->judgment[i - 1];
        votes->person[i] = votes->person[i - 1];
        votes->prefer[i] = votes->prefer[i - 1];
    }
    votes->judgment[place] = judgment;
    votes->person[place] = person;
    votes->prefer[place] = prefer;
}

static bool is_evidence(const struct counted *counted, size_t i) {
    return counted->rows[i].first && counted->rows[i].team && counted_at(counted, i)->gold < 0;
}

struct evidence {
    int64_t known; /* judgment id at which it was complete */
    int64_t at;    /* when the judgment it is about was given */
    enum drift_evidence what;
};

static int compare_evidence(const void *a, const void *b) {
    const struct evidence *x = a, *y = b;
    return (x->known > y->known) - (x->known < y->known);
}

/* What two agreeing peers say of one judgment; false when there are none. */
static bool peers_say(const struct first_votes *votes, uint32_t person, const struct history_row *row,
                      struct evidence *out) {
    int found[2], n = 0;
    for (int i = 0; i < votes->count && n < 2; i++)
        if (votes->person[i] != person)
            found[n++] = i;
    if (n < 2 || votes->prefer[found[0]] != votes->prefer[found[1]])
        return false;
    out->known = votes->judgment[found[1]] > row->judgment ? votes->judgment[found[1]] : row->judgment;
    out->at = row->at;
    out->what = votes->prefer[found[0]] == row->prefer ? DRIFT_PEERS_AGREE : DRIFT_PEERS_DIFFER;
    return true;
}

static void run_person(struct peer_watch *out, struct evidence *evidence, size_t n, const struct restarts *restarts) {
    struct drift_detector detector;
    struct drift_alarm alarm;
    bool in_order = true;
    size_t passed = 0;
    for (size_t i = 1; i < n; i++)
        in_order &= evidence[i - 1].known <= evidence[i].known;
    if (!in_order)
        qsort(evidence, n, sizeof *evidence, compare_evidence);
    drift_start(&detector, &out->design, &out->weights, true);
    for (size_t i = 0; i < n; i++) {
        for (; passed < restarts->count && restarts->at[passed] <= evidence[i].at; passed++)
            drift_restart(&detector);
        out->agree += evidence[i].what == DRIFT_PEERS_AGREE;
        out->differ += evidence[i].what == DRIFT_PEERS_DIFFER;
        if (drift_step(&detector, evidence[i].what, &alarm))
            out->alarms_alone += alarm.peers_alone;
    }
    out->alarms = detector.alarms;
    out->statistic = detector.statistic;
    out->from_peers = detector.from_peers;
    out->state = drift_state_of(&detector, false);
}

/* All evidence on the team, person by person: from[p] .. from[p + 1] - 1. Returns how many pieces are outcomes of gold. */
static size_t take_evidence(const struct counted *counted, struct evidence *evidence, size_t *from) {
    struct first_votes *votes = memory_new(counted->units, sizeof *votes);
    size_t n = 0, golds = 0;
    for (size_t i = 0; i < counted->row_count; i++)
        if (is_evidence(counted, i))
            add_vote(&votes[counted->rows[i].unit], counted_at(counted, i)->judgment, counted->rows[i].person,
                     counted_at(counted, i)->prefer);
    for (size_t i = 0; i < counted->row_count; i++) {
        const struct counted_row *row = &counted->rows[i];
        const struct history_row *judgment = counted_at(counted, i);
        if (row->team && counted_is_outcome(judgment)) {
            bool right = counted_is_right(counted->history, judgment);
            evidence[n++] =
                (struct evidence){judgment->judgment, judgment->at, right ? DRIFT_GOLD_RIGHT : DRIFT_GOLD_WRONG};
            golds++;
        } else if (is_evidence(counted, i)) {
            n += peers_say(&votes[row->unit], row->person, judgment, &evidence[n]);
        }
        from[row->person + 1] = n;
    }
    memory_free(votes);
    return golds;
}

static void find_peers(struct track_watch *out, const struct counted *counted, const struct drift_design *design,
                       double accuracy) {
    struct peer_watch start = {.used = true, .peer_accuracy = accuracy};
    size_t people = counted->people_count;
    struct evidence *evidence = memory_new(counted->row_count, sizeof *evidence);
    size_t *from = memory_new(people + 1, sizeof *from);
    size_t golds = take_evidence(counted, evidence, from);
    double per_gold = (double)(from[people] - golds) / (double)golds;
    if (drift_peers_design(&start.design, &start.weights, design, accuracy, per_gold)) {
        for (size_t i = 0; i < counted->row_count; i++)
            if (counted->rows[i].team)
                out->peers[counted->rows[i].person] = start;
        for (size_t p = 0; p < people; p++)
            if (out->peers[p].used) {
                struct restarts restarts;
                int64_t *moments =
                    history_restarts(counted->history, counted->people[p], counted->track, &restarts.count);
                restarts.at = moments;
                run_person(&out->peers[p], &evidence[from[p]], from[p + 1] - from[p], &restarts);
                memory_free(moments);
            }
    }
    memory_free(evidence);
    memory_free(from);
}

void track_watch_init(struct track_watch *out, const struct counted *counted, const struct drift_design *design) {
    size_t n = 0, right = 0;
    *out = (struct track_watch){.people_count = counted->people_count};
    out->peers = memory_new(counted->people_count, sizeof *out->peers);
    if (!design)
        return;
    struct pool_outcome *outcomes = memory_new(counted->row_count, sizeof *outcomes);
    for (size_t i = 0; i < counted->row_count; i++) {
        const struct history_row *row = counted_at(counted, i);
        if (!counted->rows[i].team || !counted_is_outcome(row))
            continue;
        bool wrong = !counted_is_right(counted->history, row);
        outcomes[n++] = (struct pool_outcome){row->judgment, row->at, row->category, wrong};
        right += !wrong;
    }
    if (n > 1)
        qsort(outcomes, n, sizeof *outcomes, compare_outcomes);
    find_pooled(out, outcomes, n, counted->history->category_count, design);
    if (n >= DRIFT_EARLY) {
        double accuracy = (double)right / (double)n;
        find_peers(out, counted, design, accuracy < design->in_control ? accuracy : design->in_control);
    }
    memory_free(outcomes);
}

void track_watch_release(struct track_watch *watch) {
    for (size_t i = 0; i < watch->pooled_count; i++)
        memory_free(watch->pooled[i].columns);
    memory_free(watch->pooled);
    memory_free(watch->peers);
    *watch = (struct track_watch){0};
}
