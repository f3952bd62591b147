/* The screens on a real store, without a terminal: keys in, what is drawn and what is stored out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sqlite3.h>

#include "helper_annotate.h"
#include "helper_surface.h"
#include "store/load.h"
#include "store/questions.h"
#include "ui/annotate/screens.h"

struct seen {
    int count, prefer[64], strength[64];
    char shown[64][4];
    bool final[64];
    int64_t active[64];
};

static int see(void *context, const struct judgment_line *line, struct error *error) {
    struct seen *seen = context;
    (void)error;
    assert_true(seen->count < 64);
    seen->prefer[seen->count] = line->judgment.prefer;
    seen->strength[seen->count] = line->judgment.strength;
    seen->final[seen->count] = line->final;
    seen->active[seen->count] = line->active_ms;
    memcpy(seen->shown[seen->count], line->shown, 3);
    seen->count++;
    return STATUS_OK;
}

static struct seen judgments(struct workshop *workshop) {
    struct seen seen = {0};
    struct error error = ERROR_INIT;
    struct load_scope scope = {.open = true};
    assert_int_equal(load_judgments(workshop->store, &workshop->lead, &scope, see, &seen, &error), STATUS_OK);
    return seen;
}

static const struct surface *screen(const struct workshop *workshop) {
    return &workshop->frame.surface;
}

/* The text alone is searched like any other; its row of keys comes and goes with the search, which goes on behind it. */
static void test_alone(void **state) {
    struct workshop w;
    (void)state;
    workshop_init(&w, 4, 0, 4);
    workshop_sit(&w, 40, 120);
    workshop_type(&w, "<Enter>z");
    assert_not_shown(screen(&w), "accuracy");
    workshop_type(&w, "/ANSWER<Enter>");
    assert_int_equal(ink_under(screen(&w), "answer"), INK_HIT_HERE);
    assert_shows(screen(&w), "hit 1 of 1");
    assert_shows(screen(&w), "Esc end search");
    workshop_type(&w, "<Esc>");
    assert_not_shown(screen(&w), "hit 1 of 1");
    workshop_type(&w, "/Question<Enter>");
    assert_shows(screen(&w), "not found in this text");
    workshop_type(&w, "m");
    assert_shows(screen(&w), " answer ");
    workshop_type(&w, "m/answer<Enter>z");
    assert_shows(screen(&w), "▸ accuracy");
    assert_int_equal(ink_under(screen(&w), "answer"), INK_HIT_HERE);
    workshop_type(&w, "<Esc>");
    assert_int_equal(ink_under(screen(&w), "answer"), INK_NORMAL);
    workshop_leave(&w);
    workshop_release(&w);
}

static void test_start_to_hand_in(void **state) {
    struct workshop w;
    (void)state;
    workshop_init(&w, 40, 4, 5);
    workshop_sit(&w, 40, 120);
    assert_shows(screen(&w), "Take a batch");
    workshop_type(&w, "<Enter>");
    assert_shows(screen(&w), "1 of 5");
    assert_shows(screen(&w), "▸ accuracy");
    assert_shows(screen(&w), "0 of 5");
    workshop_type(&w, "9");
    assert_shows(screen(&w), "there is no 9 in this row");
    assert_shows(screen(&w), "0 of 5");
    for (int i = 0; i < 4; i++)
        workshop_type(&w, "52431223"
                          "r"
                          "because of the facts"
                          "<Enter><Enter>");
    assert_shows(screen(&w), "5 of 5");
    assert_int_equal(judgments(&w).count, 4);
    workshop_type(&w, "s3");
    assert_shows(screen(&w), "Batch 1 is done.");
    assert_shows(screen(&w), "4 judged · 1 set aside");
    assert_shows(screen(&w), "▸ Hand in batch 1");
    workshop_type(&w, "<Enter>");
    assert_shows(screen(&w), "Hand in? The judgments become final.");
    workshop_type(&w, "n");
    assert_shows(screen(&w), "Batch 1 is done.");
    assert_false(judgments(&w).final[0]);
    workshop_type(&w, "<Enter>y");
    assert_shows(screen(&w), "batch 1: 4 judged, 1 set aside");
    assert_shows(screen(&w), "Take the next batch");
    struct seen seen = judgments(&w);
    assert_int_equal(seen.count, 4);
    for (int i = 0; i < seen.count; i++) {
        assert_true(seen.final[i]);
        assert_int_equal(seen.strength[i], 2);
        assert_int_equal(seen.prefer[i], seen.shown[i][0] - 'a'); /* A better, whatever stood there */
        assert_true(seen.active[i] >= 28000 && seen.active[i] <= 40000);
    }
    workshop_leave(&w);
    assert_int_equal(w.outcome.judged, 4);
    assert_int_equal(w.outcome.aside, 1);
    assert_int_equal(w.outcome.handed_in, 1);
    assert_int_equal(w.outcome.batch_number, 0);
    workshop_release(&w);
}

/* Every key is in the store before the next one: a second sitting shows what the first one drew. */
static void test_draft(void **state) {
    struct workshop w, again;
    (void)state;
    workshop_init(&w, 20, 0, 5);
    workshop_sit(&w, 40, 120);
    workshop_type(&w, "<Enter>52"
                      "4"
                      "r"
                      "half a rea");
    again = w; /* the first one is never left: as if it had been killed */
    again.world.state = &again;
    struct error error = ERROR_INIT;
    assert_int_equal(store_open(&again.store, again.path, STORE_SCREEN, &again.world, &error), STATUS_OK);
    workshop_sit(&again, 40, 120);
    assert_shows(screen(&again), "from today");
    assert_shows(screen(&again), "Go on with item 1");
    workshop_type(&again, "<Enter>");
    assert_shows(screen(&again), "A 1 2 3 4[5]   B 1[2]3 4 5");
    assert_shows(screen(&again), "A 1 2 3[4]5    B 1 2 3 4 5");
    assert_shows(screen(&again), "half a rea");
    workshop_leave(&again);
    assert_true(again.outcome.draft);
    store_close(again.store);
    workshop_leave(&w);
    workshop_release(&w);
}

/* Missing answers: ▸ goes there, and nothing is stored. */
static void test_missing(void **state) {
    struct workshop w;
    (void)state;
    workshop_init(&w, 20, 0, 5);
    workshop_sit(&w, 40, 120);
    workshop_type(&w, "<Enter>5243"
                      "<Enter>");
    assert_shows(screen(&w), "'overall' has no answer yet");
    assert_shows(screen(&w), "▸ overall");
    workshop_type(&w, "43"
                      "<Enter>");
    assert_shows(screen(&w), "'why' is empty");
    assert_shows(screen(&w), "▸ why");
    workshop_type(&w, "it is a draw, in every row"
                      "<Enter>");
    assert_shows(screen(&w), "▸ submit");
    workshop_type(&w, "5");
    assert_shows(screen(&w), "▸ submit");
    assert_int_equal(judgments(&w).count, 0);
    workshop_type(&w, "<Enter>");
    assert_shows(screen(&w), "2 of 5");
    struct seen seen = judgments(&w);
    assert_int_equal(seen.count, 1);
    assert_int_equal(seen.prefer[0], CHOICE_TIE);
    workshop_leave(&w);
    workshop_release(&w);
}

static void test_revise(void **state) {
    struct workshop w;
    (void)state;
    workshop_init(&w, 20, 0, 5);
    workshop_sit(&w, 40, 120);
    workshop_type(&w, "<Enter>"
                      "52431223"
                      "r"
                      "because of the facts"
                      "<Enter><Enter>"
                      "52");
    workshop_type(&w, "u");
    assert_shows(screen(&w), "Reopen item 1, the last one?");
    workshop_type(&w, "y");
    assert_shows(screen(&w), "1 of 5");
    assert_shows(screen(&w), "▸ submit");
    workshop_type(&w, "v7<Enter>");
    assert_shows(screen(&w), "2 of 5");
    assert_shows(screen(&w), "A 1 2 3 4[5]   B 1[2]3 4 5"); /* its draft was kept */
    struct seen seen = judgments(&w);
    assert_int_equal(seen.count, 1);
    assert_int_equal(seen.prefer[0], seen.shown[0][1] - 'a');
    assert_int_equal(seen.strength[0], 3);
    workshop_type(&w, "e");
    assert_shows(screen(&w), "earlier in this batch");
    assert_shows(screen(&w), "B much");
    assert_shows(screen(&w), "in hand");
    workshop_type(&w, "<Esc>");
    workshop_leave(&w);
    assert_int_equal(w.outcome.judged, 1);
    assert_int_equal(w.outcome.revised, 1);
    workshop_release(&w);
}

static void test_ask_and_answer(void **state) {
    struct workshop w;
    struct pool pool = POOL_INIT;
    struct question *questions;
    size_t count;
    struct error error = ERROR_INIT;
    (void)state;
    workshop_init(&w, 20, 0, 5);
    workshop_sit(&w, 24, 80);
    workshop_type(&w, "<Enter>a"
                      "is 5 the best?"
                      "<Enter>");
    assert_shows(screen(&w), "asked; the answer comes to your start screen");
    assert_shows(screen(&w), "accu –/–"); /* nothing fired while typing */
    workshop_leave(&w);
    assert_int_equal(question_list(w.store, &w.lead, &pool, &questions, &count, &error), STATUS_OK);
    assert_int_equal(count, 1);
    assert_int_equal(question_answer(w.store, &w.lead, questions[0].id, slice_of("Yes, 5 is the best."), true, &error),
                     STATUS_OK);
    pool_release(&pool);
    workshop_sit(&w, 24, 80);
    assert_shows(screen(&w), "1 answer from the lead");
    assert_shows(screen(&w), "1 new");
    assert_shows(screen(&w), "▸ Read the new ruling");
    workshop_type(&w, "<Enter>");
    assert_shows(screen(&w), "Yes, 5 is the best.");
    workshop_type(&w, "<Esc>");
    assert_shows(screen(&w), "▸ Read the lead's answer");
    workshop_type(&w, "<Enter><Esc>");
    assert_shows(screen(&w), "▸ Begin batch 1");
    workshop_leave(&w);
    workshop_sit(&w, 24, 80);
    assert_not_shown(screen(&w), "new");
    workshop_leave(&w);
    workshop_release(&w);
}

/* Reading keys never move ▸, answering keys never move ▌. */
static void test_marks(void **state) {
    struct workshop w;
    (void)state;
    workshop_init(&w, 20, 0, 5);
    workshop_sit(&w, 40, 120);
    workshop_type(&w, "<Enter>52");
    workshop_type(&w, "<Down><Up><Right><Right>jk<PageDown><Home><End>lh");
    assert_shows(screen(&w), "▸ instructions");
    int marked = w.sitting.texts.marked;
    workshop_type(&w, "4312<Tab><Shift-Tab>vctf");
    assert_int_equal(w.sitting.texts.marked, marked);
    workshop_leave(&w);
    workshop_release(&w);
}

static void test_paste(void **state) {
    struct workshop w;
    (void)state;
    workshop_init(&w, 20, 0, 5);
    workshop_sit(&w, 40, 120);
    workshop_type(&w, "<Enter>");
    struct key paste = {.kind = ON_PASTE, .text = slice_of("5243123\n")};
    frame_key(&w.frame, &paste);
    frame_draw(&w.frame);
    assert_shows(screen(&w), "a paste is taken only while you type");
    assert_shows(screen(&w), "A 1 2 3 4 5    B 1 2 3 4 5");
    workshop_type(&w, "r");
    frame_key(&w.frame, &paste);
    frame_draw(&w.frame);
    assert_shows(screen(&w), "5243123");
    workshop_leave(&w);
    workshop_release(&w);
}

/* Another process holds the file: the key is not lost, the screen says why it waits, and it is done when the file is free. */
static void test_busy(void **state) {
    struct workshop w;
    sqlite3 *other;
    (void)state;
    workshop_init(&w, 20, 0, 5);
    workshop_sit(&w, 40, 120);
    workshop_type(&w, "<Enter>"
                      "52431223"
                      "r"
                      "because of the facts"
                      "<Enter>");
    assert_int_equal(sqlite3_open(w.path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "begin immediate", NULL, NULL, NULL), SQLITE_OK);
    workshop_type(&w, "<Enter>");
    assert_shows(screen(&w), "the store is busy");
    workshop_type(&w, "7");
    assert_shows(screen(&w), "1 of 5");
    assert_int_equal(sqlite3_exec(other, "rollback", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(other);
    struct key timer = key_plain(ON_TIMER);
    frame_key(&w.frame, &timer);
    frame_draw(&w.frame);
    assert_shows(screen(&w), "2 of 5");
    assert_int_equal(judgments(&w).count, 1);
    assert_int_equal(judgments(&w).strength[0], 2);
    workshop_leave(&w);
    workshop_release(&w);
}

/* A hang-up asks nothing and keeps the draft. */
static void test_hang_up(void **state) {
    struct workshop w;
    (void)state;
    workshop_init(&w, 20, 0, 5);
    workshop_sit(&w, 40, 120);
    workshop_type(&w, "<Enter>524");
    struct key end = key_plain(ON_END);
    frame_key(&w.frame, &end);
    assert_null(w.frame.top);
    workshop_leave(&w);
    assert_true(w.outcome.draft);
    workshop_sit(&w, 40, 120);
    assert_shows(screen(&w), "Go on with item 1");
    workshop_leave(&w);
    workshop_release(&w);
}

static void test_nothing_left(void **state) {
    struct workshop w;
    (void)state;
    workshop_init(&w, 0, 0, 5);
    workshop_sit(&w, 24, 80);
    workshop_type(&w, "<Enter>");
    assert_shows(screen(&w), "Nothing is left for you on this track.");
    workshop_leave(&w);
    assert_true(w.outcome.nothing_left);
    workshop_release(&w);
}

/* Training: after each answer the reference and why; then it is handed in by itself and the page is left. */
static void test_training(void **state) {
    struct workshop w;
    struct error error = ERROR_INIT;
    (void)state;
    workshop_init(&w, 10, 0, 5);
    workshop_add_training(&w, 2);
    w.options.training = 2;
    assert_int_equal(sitting_init(&w.sitting, w.store, &w.ana, &w.campaign, &w.options, &w.outcome, &error), STATUS_OK);
    frame_init(&w.frame, NULL, NULL);
    frame_resize(&w.frame, 40, 120);
    assert_int_equal(sitting_deal(&w.sitting, &error), STATUS_OK);
    judge_open(&w.sitting, &w.frame, 0);
    frame_draw(&w.frame);
    for (int i = 0; i < 2; i++) {
        assert_shows(screen(&w), i == 0 ? "training · 1 of 2" : "training · 2 of 2");
        bool good_first = w.sitting.texts.shown[0] == 'a';
        workshop_type(&w, "5243"
                          "1223r"
                          "because of the facts"
                          "<Enter><Enter>");
        assert_shows(screen(&w), "You: A better");
        assert_shows(screen(&w), good_first ? "Reference: A slightly to much" : "Reference: B slightly to much");
        assert_shows(screen(&w), good_first ? "as the reference" : "not the reference");
        assert_shows(screen(&w), "The good one says what is true.");
        workshop_type(&w, "7<Backspace><Tab>");
        assert_shows(screen(&w), "You: A better");
        workshop_type(&w, "<Enter>");
    }
    assert_null(w.frame.top);
    workshop_leave(&w);
    assert_int_equal(w.outcome.handed_in, 1);
    assert_int_equal(w.outcome.judged, 2);
    workshop_release(&w);
}

/* The same batch in two windows, handed in from the other: said, nothing lost, and the way leads to the start. */
static void test_elsewhere(void **state) {
    struct workshop w, other;
    struct error error = ERROR_INIT;
    (void)state;
    workshop_init(&w, 20, 0, 2);
    workshop_sit(&w, 40, 120);
    workshop_type(&w, "<Enter>52431"
                      "223r"
                      "because of the facts"
                      "<Enter>");
    other = w;
    other.world.state = &other;
    assert_int_equal(store_open(&other.store, other.path, STORE_SCREEN, &other.world, &error), STATUS_OK);
    workshop_sit(&other, 40, 120);
    workshop_type(&other, "<Enter><Enter>s3<Enter>y");
    assert_shows(screen(&other), "batch 1: 1 judged, 1 set aside");
    workshop_type(&w, "<Enter>");
    assert_shows(screen(&w), "this batch is no longer open");
    assert_shows(screen(&w), "Take the next batch");
    assert_int_equal(judgments(&w).count, 1);
    workshop_leave(&other);
    store_close(other.store);
    workshop_leave(&w);
    workshop_release(&w);
}

/* In a batch no item looks different: what surrounds the texts is the same for gold and for the others. */
static void test_alike(void **state) {
    struct workshop w;
    struct buffer first = BUFFER_INIT, now = BUFFER_INIT;
    (void)state;
    workshop_init(&w, 40, 3, 8);
    workshop_sit(&w, 24, 80);
    workshop_type(&w, "<Enter>");
    for (int i = 0; i < 8; i++) {
        buffer_clear(&now);
        for (int row = 4; row < 24; row++)
            if (row < 5 || row > 6) /* the responses' own lines */
                surface_dump_row(screen(&w), row, &now);
        if (i == 0)
            buffer_add_slice(&first, buffer_slice(&now));
        assert_string_equal(now.data, first.data);
        workshop_type(&w, "52431223"
                          "r"
                          "because of the facts"
                          "<Enter><Enter>");
    }
    buffer_release(&first);
    buffer_release(&now);
    workshop_leave(&w);
    workshop_release(&w);
}

int main(void) {
    helper_locale();
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_start_to_hand_in),
        cmocka_unit_test(test_alone),
        cmocka_unit_test(test_draft),
        cmocka_unit_test(test_missing),
        cmocka_unit_test(test_revise),
        cmocka_unit_test(test_ask_and_answer),
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_paste),
        cmocka_unit_test(test_busy),
        cmocka_unit_test(test_hang_up),
        cmocka_unit_test(test_nothing_left),
        cmocka_unit_test(test_alike),
        cmocka_unit_test(test_training),
        cmocka_unit_test(test_elsewhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
