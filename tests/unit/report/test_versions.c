/* Versions of a rubric as figures see them: which mean the same, how many judgments are under an older rule, and the words for it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "core/report/versions.h"

#include "core/base/banned.h"

/* Ids 1 to 6: a rubric, an editorial change, a semantic one, an editorial one on that, another rubric, and the first one again changed. */
static void make(struct rubric_marks *marks) {
    *marks = (struct rubric_marks){0};
    rubric_marks_add(marks, 1, slice_of("help"), 1, false);
    rubric_marks_add(marks, 2, slice_of("help"), 2, false);
    rubric_marks_add(marks, 3, slice_of("help"), 3, true);
    rubric_marks_add(marks, 4, slice_of("help"), 4, false);
    rubric_marks_add(marks, 6, slice_of("help@1"), 1, false); /* ids may have gaps, and names an @ */
    rubric_marks_add(marks, 7, slice_of("help"), 5, true);
}

static void test_meanings(void **state) {
    (void)state;
    struct rubric_marks marks;
    make(&marks);
    static const struct {
        int64_t id;
        const char *label;
        int meaning;
    } wanted[] = {{1, "help@1", 1}, {2, "help@2", 1},   {3, "help@3", 2},
                  {4, "help@4", 2}, {6, "help@1@1", 3}, {7, "help@5", 4}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        const struct rubric_mark *mark = rubric_marks_find(&marks, wanted[i].id);
        assert_non_null(mark);
        assert_string_equal(mark->label, wanted[i].label);
        assert_int_equal(mark->meaning, wanted[i].meaning);
    }
    assert_null(rubric_marks_find(&marks, 0));
    assert_null(rubric_marks_find(&marks, 5));
    assert_null(rubric_marks_find(&marks, 8));
    rubric_marks_release(&marks);
}

/* Judgments by these versions (0 ends; -1: of none), one version in force. */
static struct version_mix mix_of(const struct rubric_marks *marks, const int *rubrics, int64_t in_force) {
    struct version_mix mix = {0};
    for (; *rubrics; rubrics++)
        version_mix_add(&mix, marks, *rubrics > 0 ? *rubrics : 0, in_force);
    return mix;
}

static void expect_words(const struct version_mix *mix, const char *all, const char *few) {
    struct buffer words = BUFFER_INIT;
    buffer_clear(&words);
    version_mix_say(mix, &words);
    assert_string_equal(words.data, all);
    buffer_clear(&words);
    version_mix_say_few(mix, &words);
    assert_string_equal(words.data, few);
    buffer_release(&words);
}

static void test_words(void **state) {
    (void)state;
    struct rubric_marks marks;
    make(&marks);
    static const struct {
        int rubrics[8];
        int64_t in_force;
        const char *all, *few;
    } wanted[] = {
        {{1, 2, 1, 0}, 2, "", ""}, /* an editorial change mixes nothing */
        {{1, 2, 3, 4, 0}, 4, "2 of 4 under an older rule", "2 under an older rule"},
        {{1, 1, 2, 0}, 4, "all 3 under an older rule", "all under an older rule"},
        {{1, 0}, 3, "1 of 1 under an older rule", "1 under an older rule"},
        {{1, 3, 7, 0}, 7, "2 of 3 under older rules", "2 under older rules"},
        {{1, 3, 0}, 7, "all 2 under older rules", "all under older rules"},
        {{3, 1, 0}, 1, "1 of 2 under an older rule", "1 under an older rule"}, /* the first text came back */
        {{6, 1, 0}, 1, "1 of 2 under an older rule", "1 under an older rule"}, /* by another rubric */
        {{-1, -1, 3, 0}, 3, "", ""},                                           /* made elsewhere: of no rule */
        {{-1, 1, 0}, 3, "1 of 2 under an older rule", "1 under an older rule"},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        struct version_mix mix = mix_of(&marks, wanted[i].rubrics, wanted[i].in_force);
        expect_words(&mix, wanted[i].all, wanted[i].few);
    }
    rubric_marks_release(&marks);
}

static void test_joined(void **state) {
    (void)state;
    struct rubric_marks marks;
    make(&marks);
    struct version_mix one = mix_of(&marks, (const int[]){1, 7, 7, 0}, 7),
                       other = mix_of(&marks, (const int[]){2, 7, 0}, 7),
                       third = mix_of(&marks, (const int[]){3, 0}, 7), none = mix_of(&marks, (const int[]){7, 0}, 7);
    version_mix_join(&one, &other);
    version_mix_join(&one, &none);
    expect_words(&one, "2 of 6 under an older rule", "2 under an older rule");
    version_mix_join(&one, &third);
    expect_words(&one, "3 of 7 under older rules", "3 under older rules");
    rubric_marks_release(&marks);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_meanings), cmocka_unit_test(test_words),
                                       cmocka_unit_test(test_joined)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
