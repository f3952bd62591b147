/* See plan.h. */
#include "core/report/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/array.h"

#include "core/base/banned.h"

/* Lines under way: one for each track and category, and one for each person and track, by code. */
struct making {
    const struct plan_input *input;
    struct plan_line *categories, *people;
};

static struct plan_line *of_category(const struct making *making, int track, int category) {
    return &making->categories[(size_t)track * making->input->history->category_count + (size_t)category];
}

static struct plan_line *of_person(const struct making *making, int track, int person) {
    return &making->people[(size_t)track * making->input->history->person_count + (size_t)person];
}

static void count_done(struct making *making) {
    const struct history *history = making->input->history;
    struct pace_days days;
    pace_days_init(&days, making->input->now);
    for (size_t i = 0; i < history->row_count; i++) {
        const struct history_row *row = &history->rows[i];
        enum person_role role = history->roles[row->person];
        if (row->kind != KIND_PRODUCTION || row->round != 0 || (role != PERSON_ANNOTATOR && role != PERSON_LEAD))
            continue;
        struct plan_line *lines[] = {of_category(making, row->track, row->category),
                                     of_person(making, row->track, row->person)};
        for (size_t k = 0; k < COUNT_OF(lines); k++) {
            lines[k]->done++;
            if (row->batch >= 0)
                pace_add(&lines[k]->pace, &days, row->at);
        }
    }
}

static void count_left(struct making *making) {
    const struct plan_input *input = making->input;
    for (size_t i = 0; i < input->left_count; i++) {
        struct plan_line *line = of_category(making, input->left[i].track, input->left[i].category);
        line->left = input->left[i].left;
        line->with_lead = input->left[i].with_lead;
        line->closed = input->left[i].closed;
    }
    for (size_t i = 0; i < input->open_count; i++)
        of_person(making, input->open[i].track, input->open[i].person)->left = input->open[i].open;
}

static bool is_there(const struct plan_line *line) {
    return line->done > 0 || line->left > 0 || line->with_lead > 0 || line->closed;
}

static void add_up(struct plan_line *sum, const struct plan_line *line) {
    sum->done += line->done;
    sum->left += line->left;
    sum->with_lead += line->with_lead;
    sum->pace.before |= line->pace.before;
    for (int day = 0; day < PACE_WINDOW; day++)
        sum->pace.counts[day] += line->pace.counts[day];
}

static int compare_work(const void *a, const void *b) {
    const struct plan_line *x = a, *y = b;
    if (x->until.days < y->until.days || x->until.days > y->until.days)
        return x->until.days > y->until.days ? -1 : 1;
    return (x->category > y->category) - (x->category < y->category);
}

static void take_track(struct plan *out, struct making *making, int track) {
    const struct history *history = making->input->history;
    struct plan_line *sum = &out->work[out->work_count];
    size_t count = 0;
    *sum = (struct plan_line){.track = track, .category = -1};
    for (int category = 0; category < (int)history->category_count; category++) {
        struct plan_line *line = of_category(making, track, category);
        if (!is_there(line))
            continue;
        add_up(sum, line);
        line->track = track;
        line->category = category;
        line->until = pace_until(&line->pace, (double)line->left);
        sum[++count] = *line;
    }
    if (count == 0)
        return;
    sum->until = pace_until(&sum->pace, (double)sum->left);
    qsort(sum + 1, count, sizeof *sum, compare_work);
    out->work_count += count + 1;
}

static void take_people(struct plan *out, struct making *making, int track) {
    for (int person = 1; person < (int)making->input->history->person_count; person++) {
        struct plan_line *line = of_person(making, track, person);
        if (!is_there(line))
            continue;
        line->track = track;
        line->category = -1;
        line->person = person;
        line->until = pace_until(&line->pace, (double)line->left);
        out->people[out->people_count++] = *line;
    }
}

void plan_init(struct plan *out, const struct plan_input *input) {
    const struct history *history = input->history;
    struct making making = {.input = input};
    size_t categories = history->track_count * history->category_count;
    size_t people = history->track_count * history->person_count;
    making.categories = memory_new(categories, sizeof *making.categories);
    making.people = memory_new(people, sizeof *making.people);
    *out = (struct plan){0};
    out->work = memory_new(categories + history->track_count, sizeof *out->work);
    out->people = memory_new(people, sizeof *out->people);
    count_done(&making);
    count_left(&making);
    for (int track = 1; track < (int)history->track_count; track++) {
        take_track(out, &making, track);
        take_people(out, &making, track);
    }
    memory_free(making.categories);
    memory_free(making.people);
}

void plan_release(struct plan *plan) {
    memory_free(plan->work);
    memory_free(plan->people);
    *plan = (struct plan){0};
}

void plan_basis(const struct plan_line *line, char *out, size_t size) {
    struct pace_figures pace = pace_figures(&line->pace);
    if (pace.days == 0)
        snprintf(out, size, "too early");
    else if (pace.total == 0)
        snprintf(out, size, "no work in %d days", pace.days);
    else
        snprintf(out, size, "%.*f a day on %d of %d day%s", pace.a_day < 10 ? 1 : 0, pace.a_day, pace.active, pace.days,
                 pace.days == 1 ? "" : "s");
}
