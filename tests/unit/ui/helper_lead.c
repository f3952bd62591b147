#include "helper_lead.h"

#include "helper_surface.h"

void desk_init_with(struct office_test *test, int gold_every) {
    *test = (struct office_test){0};
    workshop_init(&test->workshop, 60, gold_every, 10);
    workshop_sit(&test->workshop, 40, 120);
    workshop_type(&test->workshop, "<Enter>a"
                                   "Is a half answer better than none?"
                                   "<Enter>");
    for (int i = 0; i < 9; i++)
        workshop_type(&test->workshop, "52431223"
                                       "r"
                                       "because of the facts"
                                       "<Enter><Enter>");
    workshop_type(&test->workshop, "s1");
    assert_shows(&test->workshop.frame.surface, "Batch 1 is done.");
    workshop_type(&test->workshop, "<Enter>y");
    workshop_leave(&test->workshop);
}

void desk_init(struct office_test *test) {
    desk_init_with(test, 4);
}

void desk_sit(struct office_test *test, int rows, int columns) {
    office_init(&test->office, test->workshop.store, &test->workshop.lead, &test->workshop.campaign, &test->outcome);
    frame_init(&test->workshop.frame, NULL, NULL);
    frame_resize(&test->workshop.frame, rows, columns);
    front_open(&test->office, &test->workshop.frame);
    frame_draw(&test->workshop.frame);
}

void desk_leave(struct office_test *test) {
    frame_release(&test->workshop.frame);
    office_release(&test->office);
}

void desk_release(struct office_test *test) {
    workshop_release(&test->workshop);
}
