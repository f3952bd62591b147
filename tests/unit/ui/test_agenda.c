/* A decision's line at the desk: as many words as there is room for, none of them cut where fewer say it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "helper_surface.h"
#include "ui/lead/front_parts.h"

static void draws(const struct agenda_line *line, int longest, int columns, const char *expected) {
    struct surface surface;
    surface_init(&surface, 1, columns);
    agenda_draw(line, longest, false, &surface, surface_rect(&surface));
    assert_drawn(&surface, expected);
    surface_release(&surface);
}

static void test_hold(void **state) {
    const struct agenda_line line = {.subject = "dov",
                                     .words = "changed, below the bar: 3 of 9 since · 94 judgments held",
                                     .brief = "changed: 3 of 9 since · 94 held",
                                     .todo = "look, release or redo"};
    (void)state;
    draws(&line, 4, 93,
          "dov          changed, below the bar: 3 of 9 since · 94 judgments held · look, release or redo\n");
    draws(&line, 4, 92, "dov          changed, below the bar: 3 of 9 since · 94 judgments held\n");
    draws(&line, 4, 69, "dov          changed, below the bar: 3 of 9 since · 94 judgments held\n");
    draws(&line, 4, 68, "dov          changed: 3 of 9 since · 94 held · look, release or redo\n");
    draws(&line, 4, 60, "dov          changed: 3 of 9 since · 94 held\n");
    draws(&line, 4, 30, "dov          changed: 3 of 9 …\n");
}

static void test_question(void **state) {
    const struct agenda_line line = {.subject = "averyverylongname", .words = "asks: is a tie fair here?"};
    (void)state;
    draws(&line, 4, 40, "averyverylo… asks: is a tie fair here?\n");
    draws(&line, 4, 24, "averyverylo… asks: is a…\n");
    draws(&line, 4, 5, "aver…\n");
    draws(&line, 17, 60, "averyverylongname asks: is a tie fair here?\n");
    draws(&line, 40, 60, "averyverylongname  asks: is a tie fair here?\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hold),
        cmocka_unit_test(test_question),
    };
    helper_locale();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
