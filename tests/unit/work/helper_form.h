/* A rubric that asks everything, for the tests of the form. */
#ifndef TESTS_UNIT_WORK_HELPER_FORM_H
#define TESTS_UNIT_WORK_HELPER_FORM_H

#include "core/work/form.h"

/* Its rows on a pair. */
enum { ACCURACY, TONE, OVERALL, CONFIDENCE, TAGS, FLAGS, WHY, SUBMIT };

struct rubric full_rubric(void);

/* Every digit must mean something. */
void press(struct form *form, const char *digits);
/* Answers every row; ▸ ends at why. */
void fill_form(struct form *form);
void expect_equal_forms(const struct form *a, const struct form *b);
/* What holds whatever was pressed or read. */
void expect_sound_form(const struct form *form);

#endif
