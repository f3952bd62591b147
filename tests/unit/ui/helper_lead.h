/* A campaign with work in it, and the lead's desk on it: for tests of the lead's screens. */
#ifndef TESTS_UNIT_UI_HELPER_LEAD_H
#define TESTS_UNIT_UI_HELPER_LEAD_H

#include "helper_annotate.h"
#include "ui/lead/places.h"

struct office_test {
    struct workshop workshop; /* keys go to its frame (workshop_type) */
    struct office office;
    struct lead_outcome outcome;
};

/*
 * 60 items, every gold_every-th of them gold; ana has handed in a batch of 10: 9 judged with a reason each, the
 * first asked about, the last one set aside as broken. desk_init: a quarter is gold.
 */
void desk_init_with(struct office_test *test, int gold_every);
void desk_init(struct office_test *test);
/* The desk of lea on a frame of that size. */
void desk_sit(struct office_test *test, int rows, int columns);
void desk_leave(struct office_test *test);
void desk_release(struct office_test *test);

/* What is on the frame, keys for it (workshop_type), and a call that must do. */
static inline const struct surface *screen(const struct office_test *test) {
    return &test->workshop.frame.surface;
}

static inline void type(struct office_test *test, const char *keys) {
    workshop_type(&test->workshop, keys);
}

#define MUST(call) assert_int_equal((call), STATUS_OK)

#endif
