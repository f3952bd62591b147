/* What makes a day at the screen bearable: typing that is only typing, content notes, the aim of the day, a word about a rest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "helper_annotate.h"
#include "helper_surface.h"
#include "store/questions.h"
#include "ui/annotate/judge.h"

static const struct surface *screen(const struct workshop *workshop) {
    return &workshop->frame.surface;
}

/* 52 minutes with a key every four, then the item is set aside; the row of messages on the next one. */
static void work_long(struct workshop *w) {
    for (int i = 0; i < 13; i++) {
        w->now += 4 * 60 * 1000 - 1000;
        workshop_type(w, "j");
    }
    workshop_type(w, "s1");
}

static void test_rest(void **state) {
    struct workshop w;
    (void)state;
    workshop_init(&w, 40, 4, 6);
    workshop_sit(&w, 40, 120);
    workshop_type(&w, "<Enter>j");
    work_long(&w);
    assert_shows(screen(&w), "2 of 6");
    assert_shows(screen(&w), "52 minutes without a pause");
    workshop_type(&w, "j");
    assert_not_shown(screen(&w), "without a pause");
    work_long(&w); /* once in a stretch */
    assert_shows(screen(&w), "3 of 6");
    assert_not_shown(screen(&w), "without a pause");
    workshop_leave(&w);
    workshop_release(&w);
}

static void test_no_rest_wanted(void **state) {
    struct workshop w;
    struct preferences preferences = {.rest_minutes = -1};
    (void)state;
    workshop_init(&w, 40, 4, 6);
    w.options.preferences = &preferences;
    workshop_sit(&w, 40, 120);
    workshop_type(&w, "<Enter>j");
    work_long(&w);
    assert_shows(screen(&w), "2 of 6");
    assert_not_shown(screen(&w), "without a pause");
    workshop_leave(&w);
    workshop_release(&w);
}

/* Under a content note nothing of an item is seen until the key that shows it; it can be put away unseen, and no reason is asked for. */
static void test_content_note(void **state) {
    struct workshop w;
    (void)state;
    workshop_init(&w, 20, 0, 5);
    w.campaign.tracks[0].content_note = "violence";
    workshop_sit(&w, 24, 80);
    assert_shows(screen(&w), "violence · texts are covered until a key");
    workshop_type(&w, "<Enter>");
    assert_shows(screen(&w), "content note: violence");
    assert_not_shown(screen(&w), "answer");
    workshop_type(&w, "5");
    assert_shows(screen(&w), "the texts are covered: Space shows them");
    assert_shows(screen(&w), "accu –/–");
    assert_not_shown(screen(&w), "digits");
    workshop_type(&w, "dmowyz/r52<Enter>");
    assert_shows(screen(&w), "content note: violence");
    assert_not_shown(screen(&w), "Question");
    workshop_type(&w, "e");
    assert_shows(screen(&w), "in hand");
    assert_not_shown(screen(&w), "Question");
    workshop_type(&w, "<Esc> ");
    assert_shows(screen(&w), "Question");
    assert_shows(screen(&w), "answer");
    workshop_type(&w, "52s1"); /* the next one is covered again */
    assert_shows(screen(&w), "2 of 5");
    assert_not_shown(screen(&w), "answer");
    workshop_type(&w, "s");
    assert_shows(screen(&w), "3 of 5");
    workshop_type(&w, "e");
    assert_shows(screen(&w), "set aside: distressing");
    assert_not_shown(screen(&w), "Question");
    workshop_leave(&w);
    struct preferences preferences = {.uncovered = true};
    w.options.preferences = &preferences;
    workshop_sit(&w, 24, 80);
    assert_shows(screen(&w), "not covered, as you chose");
    workshop_type(&w, "<Enter>");
    assert_shows(screen(&w), "answer");
    workshop_leave(&w);
    workshop_release(&w);
}

static void test_aim_of_the_day(void **state) {
    struct workshop w;
    (void)state;
    workshop_init(&w, 20, 0, 5);
    w.campaign.tracks[0].aim = 2;
    workshop_sit(&w, 40, 120);
    assert_shows(screen(&w), "0 done");
    assert_shows(screen(&w), "aim 2  ·");
    workshop_type(&w, "<Enter>52431223r"
                      "because of the facts<Enter><Enter>");
    assert_shows(screen(&w), "1 done");
    assert_shows(screen(&w), "aim 2  █████████·········");
    workshop_leave(&w);
    workshop_sit(&w, 24, 80);
    workshop_type(&w, "<Enter>");
    assert_shows(screen(&w), "1 today, aim 2");
    workshop_leave(&w);
    workshop_release(&w);
}

/* Every key of the judging screen, while a text is typed: what is a character is typed, and nothing else happens. Returns what must stand there. */
static void type_every_key(struct workshop *w, struct buffer *typed) {
    static const unsigned judging = IN_READING | IN_ANSWERING | IN_SEARCH | IN_RANKING;
    const struct screen *top = w->frame.top;
    for (int request = 1; request < REQUEST_COUNT; request++) {
        const struct keymap_row *row = keymap_row((enum request)request);
        const char *lists[] = {row->keys, row->twin};
        for (int i = 0; i < 2 && (row->contexts & judging); i++)
            for (const char *at = lists[i]; *at; at += at[strcspn(at, " ")] ? strcspn(at, " ") + 1 : strcspn(at, " ")) {
                struct key key;
                bool is_key = key_parse(slice_make(at, strcspn(at, " ")), &key);
                if (!is_key || keymap_lookup(key, IN_TYPING) != REQUEST_NONE || key_equal(key, key_control('c')))
                    continue; /* Ctrl-C leads out, and asks where there is something to lose */
                if (key_types(key))
                    buffer_add_char(typed, (char)key.code);
                frame_key(&w->frame, &key);
                assert_ptr_equal(w->frame.top, top);
            }
    }
    for (char c = ' '; c <= '~'; c++) {
        struct key key = key_character((unsigned char)c);
        buffer_add_char(typed, c);
        frame_key(&w->frame, &key);
        assert_ptr_equal(w->frame.top, top);
    }
    frame_draw(&w->frame);
}

static void test_typing_fires_nothing(void **state) {
    struct workshop w;
    struct buffer typed = BUFFER_INIT;
    struct pool pool = POOL_INIT;
    struct question *questions;
    size_t count;
    struct error error = ERROR_INIT;
    (void)state;
    workshop_init(&w, 20, 0, 5);
    workshop_sit(&w, 40, 120);
    workshop_type(&w, "<Enter>r");
    type_every_key(&w, &typed);
    const struct judge *judge = (const struct judge *)w.frame.top;
    assert_true(judge->typing && typed.length > 120);
    assert_string_equal(judge->form.rationale.data, typed.data);
    assert_int_equal(w.sitting.texts.marked, 1);
    workshop_type(&w, "<Esc>");
    assert_shows(screen(&w), "1 of 5"); /* the reason, and no other row */
    buffer_clear(&typed);
    workshop_type(&w, "a");
    type_every_key(&w, &typed);
    workshop_type(&w, "<Enter>");
    assert_shows(screen(&w), "1 of 5");
    workshop_leave(&w);
    assert_int_equal(question_list(w.store, &w.lead, &pool, &questions, &count, &error), STATUS_OK);
    assert_int_equal(count, 1);
    assert_true(slice_equal(questions[0].text, buffer_slice(&typed)));
    pool_release(&pool);
    buffer_release(&typed);
    workshop_release(&w);
}

/* A question is kept as it is written, until it is asked or the judgment is submitted without it. */
static void test_question_is_kept(void **state) {
    struct workshop w;
    (void)state;
    workshop_init(&w, 20, 0, 5);
    workshop_sit(&w, 24, 80);
    workshop_type(&w, "<Enter>ais a tie<Ctrl-J>alright");
    struct key end = key_plain(ON_END);
    frame_key(&w.frame, &end);
    workshop_leave(&w);
    assert_true(w.outcome.draft);
    workshop_sit(&w, 24, 80);
    assert_shows(screen(&w), "Go on with item 1");
    workshop_type(&w, "<Enter>a");
    assert_shows(screen(&w), "is a tie\n   alright");
    workshop_type(&w, "?<Esc>");
    assert_shows(screen(&w), "not asked yet: it is kept here, and a goes on with it");
    workshop_type(&w, "52431223rbecause of the facts<Enter><Enter>");
    assert_shows(screen(&w), "Submit without asking the question begun?");
    workshop_type(&w, "na<Enter>");
    assert_shows(screen(&w), "asked; the answer comes to your start screen");
    assert_int_equal(w.outcome.asked, 1);
    workshop_type(&w, "a");
    assert_not_shown(screen(&w), "alright");
    workshop_type(&w, "<Esc><Enter>");
    assert_shows(screen(&w), "2 of 5");
    workshop_type(&w, "uyaanother one<Enter>e"); /* of a judged item: no revision of it */
    assert_shows(screen(&w), "A better · asked");
    assert_not_shown(screen(&w), "revising");
    workshop_leave(&w);
    workshop_release(&w);
}

/* Lines, scripts and word motions; the minimum counts characters, not bytes, and not the space around them. */
static void test_writing(void **state) {
    struct workshop w;
    (void)state;
    workshop_init(&w, 20, 0, 5);
    workshop_sit(&w, 24, 80);
    workshop_type(&w, "<Enter>52431223r"
                      "  größe 中文  <Ctrl-J><Ctrl-J>");
    assert_shows(screen(&w), "8/12");
    workshop_type(&w, "<Enter><Enter>");
    assert_shows(screen(&w), "'why' has 8 of at least 12 characters");
    assert_shows(screen(&w), "1 of 5"); /* and typing has begun again */
    workshop_type(&w, "<Backspace><Ctrl-W>三四五<Ctrl-Left><Ctrl-Left>die <Ctrl-Right>,<End><Ctrl-J>fin");
    const struct judge *judge = (const struct judge *)w.frame.top;
    assert_string_equal(judge->form.rationale.data, "  die größe, 三四五\nfin");
    workshop_type(&w, "<Enter><Enter>");
    assert_shows(screen(&w), "2 of 5");
    workshop_leave(&w);
    workshop_release(&w);
}

/* Another size at any moment: every screen is whole at each, and back at the first one it is as it was. */
static void shake(struct workshop *w, struct buffer *before, struct buffer *after) {
    static const int sizes[][2] = {{1, 1}, {15, 60}, {16, 60}, {24, 59}, {30, 109}, {30, 110}, {36, 120}, {60, 200}};
    buffer_clear(before);
    buffer_clear(after);
    surface_dump(screen(w), before);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        frame_resize(&w->frame, sizes[i][0], sizes[i][1]);
        frame_draw(&w->frame);
        assert_whole(screen(w));
        if (sizes[i][0] < 16 || sizes[i][1] < 60)
            assert_not_shown(screen(w), "assay  pilot");
    }
    frame_resize(&w->frame, 24, 80);
    frame_draw(&w->frame);
    surface_dump(screen(w), after);
    if (strcmp(after->data, before->data) != 0)
        fail_msg("not as it was:\n%.900s", after->data);
}

static void test_resize_at_any_moment(void **state) {
    static const char *const keys[] = {"j",       "<Enter>",
                                       "<Esc>",   "k",
                                       "<Enter>", "5",
                                       "243",     "w",
                                       "?",       "/the<Enter>",
                                       "<Esc>",   "<Esc>",
                                       "i",       "<Esc>",
                                       "p",       "<Enter>",
                                       "s",       "j",
                                       "<Esc>",   "a",
                                       "why?",    "<Enter>",
                                       "d",       "d",
                                       "e",       "<Esc>",
                                       "/good",   "<Enter>",
                                       "n",       "<Esc>",
                                       "z",       "z",
                                       "1223r",   "a reason of two lines<Ctrl-J>",
                                       "x",       "<Esc>",
                                       "u",       "<Enter>",
                                       "s2",      "u",
                                       "n",       "q",
                                       "n",       "s4s4s5",
                                       "<Enter>", "n",
                                       "j",       "<Home><Enter>y",
                                       "<Down>"};
    struct workshop w;
    struct buffer before = BUFFER_INIT, after = BUFFER_INIT;
    (void)state;
    workshop_init(&w, 20, 0, 5);
    workshop_sit(&w, 24, 80);
    shake(&w, &before, &after);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        workshop_type(&w, keys[i]);
        assert_non_null(w.frame.top);
        shake(&w, &before, &after);
    }
    assert_shows(screen(&w), "Handed in");
    buffer_release(&before);
    buffer_release(&after);
    workshop_leave(&w);
    workshop_release(&w);
}

int main(void) {
    helper_locale();
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rest),
        cmocka_unit_test(test_no_rest_wanted),
        cmocka_unit_test(test_content_note),
        cmocka_unit_test(test_aim_of_the_day),
        cmocka_unit_test(test_writing),
        cmocka_unit_test(test_typing_fires_nothing),
        cmocka_unit_test(test_resize_at_any_moment),
        cmocka_unit_test(test_question_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
