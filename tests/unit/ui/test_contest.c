/* A retired key, from the annotator who contests it over the lead who decides back to the annotator, at both sizes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "helper_lead.h"
#include "helper_surface.h"
#include "store/contests.h"
#include "store/gold.h"

#include "core/base/banned.h"

static const struct { int rows, columns; } sizes[] = {{40, 120}, {24, 80}};

/* An item that ana has answered as gold. */
static int64_t answered_gold(struct workshop *workshop) {
    struct pool pool = POOL_INIT;
    struct gold_line *lines;
    size_t count;
    int64_t item = 0;
    struct error error = ERROR_INIT;
    MUST(gold_list(workshop->store, &workshop->lead, &pool, &lines, &count, &error));
    for (size_t i = 0; i < count; i++)
        item = lines[i].answered ? lines[i].item : item;
    pool_release(&pool);
    assert_true(item > 0);
    return item;
}

static void start(struct office_test *t, enum feedback feedback, int64_t *item) {
    struct error error = ERROR_INIT;
    desk_init(t);
    t->workshop.campaign.tracks[0].feedback = feedback;
    *item = answered_gold(&t->workshop);
    struct gold_key wrong = {.answers = {{.prefer = 1}}, .answer_count = 1, .low = 1, .high = 3};
    wrong.explanation = slice_of("The other one says what is true.");
    MUST(
        gold_amend(t->workshop.store, &t->workshop.lead, &t->workshop.campaign, *item, &wrong, slice_of("so"), &error));
    MUST(gold_retire(t->workshop.store, &t->workshop.lead, &t->workshop.campaign, *item, false, slice_of("old"),
                     &error));
}

static void read_decision(struct office_test *t, int size) {
    const struct surface *screen = &t->workshop.frame.surface;
    workshop_sit(&t->workshop, sizes[size].rows, sizes[size].columns);
    assert_shows(screen, "Read what the lead decided on your contest");
    assert_not_shown(screen, "See the reference answers");
    workshop_type(&t->workshop, "<Enter>");
    assert_shows(screen, "decided");
    workshop_type(&t->workshop, "<Esc>");
    assert_not_shown(screen, "Read what the lead decided");
    assert_shows(screen, "See the reference answers of 1 retired gold item");
    workshop_leave(&t->workshop);
}

static void go_to_keys(struct office_test *t, int size) {
    workshop_sit(&t->workshop, sizes[size].rows, sizes[size].columns);
    assert_shows(&t->workshop.frame.surface, "See the reference answers of 1 retired gold item");
    workshop_type(&t->workshop, "<End><Up><Enter>");
    assert_shows(&t->workshop.frame.surface, "reference answers");
}

static void contest_it(struct office_test *t, int size) {
    const struct surface *screen = &t->workshop.frame.surface;
    go_to_keys(t, size);
    assert_shows(screen, "not the reference");
    assert_shows(screen, "The other one says what is true.");
    workshop_type(&t->workshop, "<Enter>1");
    assert_shows(screen, "Good answer");
    workshop_type(&t->workshop, "<Esc><Enter>2"
                                "A answers the question"
                                "<Enter>");
    assert_shows(screen, "it waits on the lead's desk");
    workshop_type(&t->workshop, "<Down>");
    assert_shows(screen, "contested");
    assert_shows(screen, "You contested it: A answers the question");
    assert_shows(screen, "The lead has not decided yet.");
    workshop_type(&t->workshop, "<Enter>"); /* once: there is nothing but reading now */
    assert_shows(screen, "a gold item again");
    workshop_leave(&t->workshop);
}

static void test_contested_and_decided(void **state) {
    (void)state;
    for (int size = 0; size < 2; size++)
        for (int deed = 0; deed < 3; deed++) {
            static const char *const deeds[] = {("K"
                                                 "the rubric says so"
                                                 "<Enter>"),
                                                ("M15"
                                                 "A it is"
                                                 "<Enter>y"),
                                                ("X"
                                                 "neither is right"
                                                 "<Enter>y")},
                                     *const said[] = {"kept, with the reason", "amended; every figure follows",
                                                      "its answers are in no figure any more"},
                                     *const answers[] = {"now as above: the rubric says so", "now as above: A it is",
                                                         "The lead took it out of every figure."};
            struct office_test t;
            int64_t item;
            start(&t, FEEDBACK_AFTER_RETIREMENT, &item);
            contest_it(&t, size);
            desk_sit(&t, sizes[size].rows, sizes[size].columns);
            assert_shows(&t.workshop.frame.surface, "retired gold, contested by ana: A answers");
            size_t before = t.office.agenda_count;
            gold_open(&t.office, &t.workshop.frame, item, "helpfulness");
            frame_draw(&t.workshop.frame);
            assert_shows(&t.workshop.frame.surface, "Retired key: B slightly to much");
            assert_shows(&t.workshop.frame.surface, "contests: A answers the question");
            workshop_type(&t.workshop, deeds[deed]);
            assert_shows(&t.workshop.frame.surface, said[deed]);
            assert_int_equal(t.office.agenda_count, before - 1);
            assert_not_shown(&t.workshop.frame.surface, "contested by");
            desk_leave(&t);
            read_decision(&t, size);
            go_to_keys(&t, size);
            assert_shows(&t.workshop.frame.surface, "decided");
            assert_shows(&t.workshop.frame.surface, answers[deed]);
            workshop_leave(&t.workshop);
            desk_release(&t);
        }
}

static void test_not_without_the_setting(void **state) {
    (void)state;
    struct office_test t;
    int64_t item;
    for (int feedback = FEEDBACK_NEVER; feedback <= FEEDBACK_TRAINING; feedback++) {
        start(&t, (enum feedback)feedback, &item);
        workshop_sit(&t.workshop, 24, 80);
        assert_not_shown(&t.workshop.frame.surface, "reference answers");
        workshop_leave(&t.workshop);
        desk_release(&t);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_contested_and_decided),
        cmocka_unit_test(test_not_without_the_setting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
