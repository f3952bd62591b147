#include "tests/unit/work/helper_form.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "core/base/banned.h"

struct rubric full_rubric(void) {
    return (struct rubric){
        .name = "full",
        .version = 1,
        .title = "",
        .guideline = "",
        .strengths = {"slightly better", "better", "much better"},
        .strength_count = 3,
        .sides = {{"A slightly", "A better", "A much"}, {"B slightly", "B better", "B much"}},
        .tie = true,
        .none = true,
        .confidence = {{"guess", 40}, {"unsure", 60}, {"fairly sure", 80}, {"certain", 95}},
        .confidence_count = 4,
        .criteria = {{.id = "accuracy",
                      .ask = "?",
                      .per = PER_RESPONSE,
                      .low = 1,
                      .high = 5,
                      .labels = {[1] = "wrong"},
                      .required = true},
                     {.id = "tone", .ask = "?", .per = PER_PAIR}},
        .criterion_count = 2,
        .rationale_asked = true,
        .rationale_required = true,
        .rationale_minimum = 12,
        .tags = {"factual-error", "off-topic", "style"},
        .tag_count = 3,
        .flags = {"unsafe", "cut-off"},
        .flag_count = 2,
    };
}

void press(struct form *form, const char *digits) {
    for (; *digits; digits++)
        assert_true(form_digit(form, *digits - '0'));
}

void fill_form(struct form *form) {
    press(form, "52");
    press(form, "2");
    press(form, "6");
    press(form, "2");
    press(form, "2");
    form_go(form, ROW_FLAGS);
    press(form, "1");
    form_set_rationale(form, slice_of("first line\nsecond \\n line\\"));
    form_go(form, ROW_WHY);
    form->active_ms = 41200;
}

void expect_equal_forms(const struct form *a, const struct form *b) {
    assert_int_equal(a->row, b->row);
    assert_int_equal(a->cell, b->cell);
    assert_int_equal(a->active_ms, b->active_ms);
    assert_int_equal(a->answer.prefer, b->answer.prefer);
    assert_int_equal(a->answer.strength, b->answer.strength);
    assert_string_equal(a->answer.ranking.text, b->answer.ranking.text);
    assert_int_equal(a->tie_next, b->tie_next);
    assert_int_equal(a->answer.confidence, b->answer.confidence);
    assert_int_equal(a->answer.tags, b->answer.tags);
    assert_int_equal(a->answer.flags, b->answer.flags);
    assert_memory_equal(&a->answer.ratings, &b->answer.ratings, sizeof a->answer.ratings);
    assert_true(slice_equal(buffer_slice(&a->rationale), buffer_slice(&b->rationale)));
}

void expect_sound_form(const struct form *form) {
    const struct rubric *rubric = form->rubric;
    const struct judgment *answer = &form->answer;
    assert_true(form->row < form->row_count);
    assert_true(form->cell < form->responses);
    assert_true(answer->prefer == CHOICE_MISSING || (answer->prefer == CHOICE_TIE && rubric->tie) ||
                (answer->prefer == CHOICE_NONE && rubric->none) ||
                (answer->prefer >= 0 && answer->prefer < (int)form->responses));
    if (form->responses >
        2) { /* a first place may wait for its strength, and keep it while the end of the order changes */
        const char *order = answer->ranking.text;
        assert_true(!order[0] || ranking_valid(slice_of(order), form->responses, true));
        assert_true(answer->strength == 0 || (order[0] && ranking_first(order) >= 0));
        assert_in_range(answer->strength, 0, rubric->strength_count);
    } else {
        assert_true(answer->prefer >= 0 ? answer->strength >= 1 && answer->strength <= rubric->strength_count
                                        : answer->strength == 0);
    }
    assert_true(answer->confidence >= -1 && answer->confidence <= 100);
    assert_int_equal(answer->tags >> rubric->tag_count, 0);
    assert_int_equal(answer->flags >> rubric->flag_count, 0);
    for (int k = 0; k < rubric->criterion_count; k++)
        for (size_t r = 0; r < LIMIT_RESPONSES; r++) {
            int cell = answer->ratings.cells[k][r];
            if (rubric->criteria[k].per == PER_PAIR)
                assert_true(cell == CELL_MISSING ||
                            (r == 0 && (cell == CELL_SAME || (cell >= 0 && cell < (int)form->responses))));
            else
                assert_true(cell == CELL_MISSING || (r < form->responses && cell >= rubric->criteria[k].low &&
                                                     cell <= rubric->criteria[k].high));
        }
}
