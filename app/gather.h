/*
 * From a store to a report: loads what the figures are made of, and has core/report make them. What `report` and `gate` share.
 */
#ifndef APP_GATHER_H
#define APP_GATHER_H

#include "app/exchange/rubric_cache.h"
#include "app/report/report.h"
#include "core/work/viewer.h"

struct gathering {
    const char *track; /* NULL: all */
    int64_t since,
        until; /* 0: open end; of when judgments were submitted. What lies outside does not exist for any figure */
    bool by_day;
    enum label_method aggregate;
    bool in_force;         /* only judgments by what the rubric in force means */
    const int64_t *people; /* store ids: the judgments of these alone; NULL: everybody's */
    size_t people_count;
    double shared; /* of load_scope: the track's shared set alone; 0: all items */
};

struct gathered {
    struct report report;
    struct rubric_cache rubrics; /* criteria are named by these */
};

/*
 * Time and memory grow with the judgments: a million by a thousand people take some seconds and under 400 MB.
 *
 * An annotator gets their own judgments and nothing else, whatever is asked; everybody else all of it. Release it, also after a failure. The campaign must outlive
 * it. now: UTC ms.
 */
int gather(struct gathered *out, struct store *store, const struct viewer *viewer, const struct campaign *campaign,
           const struct gathering *what, int64_t now, struct error *error);
void gathered_release(struct gathered *gathered);

/* The person's code in the history; 0 when the store id is not in it. */
int gathered_person(const struct gathered *gathered, int64_t person);

#endif
