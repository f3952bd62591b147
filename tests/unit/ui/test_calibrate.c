/*
 * The lead's screen of a calibration session, at a projector's size and at the smallest usual one, with 3, 6 and 12
 * people and reasons longer than the screen, a ranking among the items: everybody's answer can be reached, names are hidden until they are
 * shown, letters follow the order on the screen, and nothing is shown while answers are out.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "helper_annotate.h"
#include "helper_surface.h"
#include "store/import.h"
#include "store/people.h"
#include "ui/calibrate/room.h"

#include "core/base/banned.h"

#define must(call)                                 \
    do {                                           \
        struct error error = ERROR_INIT;           \
        if ((call) != STATUS_OK)                   \
            fail_msg("%s: %s", #call, error.text); \
    } while (0)

enum { MOST = 12 };
static const char *const names[MOST] = {"zora", "yuri", "xenia", "walter", "vera", "umar",
                                        "tove", "sven", "rosa",  "quinn",  "pia",  "otto"};

struct fixture {
    struct workshop workshop;
    struct viewer people[MOST];
    int count;
    struct pool pool;
    struct session session;
    struct calibrate_outcome outcome;
    struct room room;
};

/* One item of four responses; it is number 7. */
static void import_four(struct workshop *workshop) {
    static const char *const texts[] = {"Which way?", "Way one.", "Way two.", "Way three.", "Way four."};
    struct message messages[5];
    struct import *import;
    struct import_counts counts;
    enum import_fate fate;
    struct import_source source = {slice_of("four.jsonl"), slice_of("native")};
    struct item item = {.name = slice_of("o-1"),
                        .track = slice_of("helpfulness"),
                        .prompt = {&messages[0], 1},
                        .response_count = 4,
                        .line = 1};
    for (size_t i = 0; i < 5; i++)
        messages[i] = (struct message){i ? ROLE_ASSISTANT : ROLE_USER, slice_of(texts[i])};
    for (size_t i = 0; i < 4; i++)
        item.responses[i] = (struct response){slice_of(texts[i + 1]), SLICE_ABSENT, {&messages[i + 1], 1}};
    must(import_begin(workshop->store, &workshop->lead, &workshop->campaign, &source, false, &import, &error));
    must(import_put(import, &item, &fate, &error));
    must(import_end(import, slice_of("hash"), 100, &counts, &error));
}

static void fixture_init(struct fixture *f, int people, bool ranking) {
    int64_t chosen[] = {ranking ? 7 : 1, 2};
    *f = (struct fixture){.count = people};
    workshop_init(&f->workshop, 6, 0, 5);
    import_four(&f->workshop);
    for (int i = 0; i < people; i++) {
        struct person person = {.name = slice_of(names[i]), .role = PERSON_ANNOTATOR};
        must(person_add(f->workshop.store, &f->workshop.lead, &person, true, &error));
        must(viewer_find(f->workshop.store, names[i], &f->people[i], &error));
    }
    struct session_request request = {.name = "week-3",
                                      .track = "helpfulness",
                                      .chosen = chosen,
                                      .chosen_count = 2,
                                      .people = names,
                                      .people_count = (size_t)people};
    must(session_new(f->workshop.store, &f->workshop.lead, &request, &f->pool, &f->session, &error));
}

static void fixture_release(struct fixture *f) {
    pool_release(&f->pool);
    workshop_release(&f->workshop);
}

/* a for the first half, b for the others; every third reason is far longer than a screen and ends in a word of its own. */
static struct judgment said(int person, int people, char *why) {
    static const char words[] = "and then again there is the other hand, which weighs as much; ";
    size_t at = 0;
    for (int i = 0; person % 3 == 2 && i < 60; i++, at += sizeof words - 1)
        memcpy(why + at, words, sizeof words);
    snprintf(why + at, 64, "last word %c.", 'a' + person);
    struct judgment out = {.prefer = person < people / 2 ? 0 : 1,
                           .strength = 1 + person % 3,
                           .confidence = 80,
                           .rationale = slice_of(why)};
    ratings_clear(&out.ratings);
    out.ratings.cells[0][0] = 5;
    out.ratings.cells[0][1] = 2;
    out.ratings.cells[1][0] = 4;
    out.ratings.cells[1][1] = 1;
    out.ratings.cells[2][0] = 0; /* of the pair: a */
    return out;
}

static void answer(struct fixture *f, int person) {
    static char why[8192];
    struct store *store = f->workshop.store;
    struct batch batch;
    struct rubric rubric;
    struct hand_in done;
    helper_rubric(&rubric);
    must(batch_find_session(store, &f->people[person], "helpfulness", f->session.id, KIND_CALIBRATION, &f->pool, &batch,
                            &error));
    for (int position = 1; position <= batch.size; position++) {
        struct serving serving;
        struct judgment judgment = said(person, f->count, why);
        must(serving_load(store, &batch, position, &rubric, &f->pool, &serving, &error));
        if (serving.item.response_count == 4)
            judgment.ranking = (struct ranking){"b>a>c=d"}, judgment.prefer = 1;
        if (serving.item.response_count == 4 && person < f->count / 2)
            judgment.ranking = (struct ranking){"a>b=c>d"}, judgment.prefer = 0;
        must(judgment_submit(store, &f->people[person], serving.id, 1, &rubric, &judgment, 9000, &error));
    }
    must(batch_hand_in(store, &f->people[person], &f->workshop.campaign, batch.id, &done, &error));
    rubric_release(&rubric);
}

static void sit(struct fixture *f, int rows, int columns) {
    struct frame *frame = &f->workshop.frame;
    room_init(&f->room, f->workshop.store, &f->workshop.lead, &f->workshop.campaign, f->session.id, &f->outcome);
    must(room_read(&f->room, &error));
    frame_init(frame, NULL, NULL);
    frame_resize(frame, rows, columns);
    if (session_is_answered(&f->room.circle.book.session))
        review_open(&f->room, frame);
    else
        roll_open(&f->room, frame);
    frame_draw(frame);
}

static void leave(struct fixture *f) {
    frame_release(&f->workshop.frame);
    room_release(&f->room);
}

static char *screen(struct fixture *f) {
    struct buffer text = BUFFER_INIT;
    surface_dump(&f->workshop.frame.surface, &text);
    return buffer_detach(&text);
}

static bool shows(struct fixture *f, const char *words) {
    char *text = screen(f);
    bool found = strstr(text, words) != NULL;
    memory_free(text);
    return found;
}

/* Presses the key until the words stand there. */
static void reach(struct fixture *f, const char *key, const char *words) {
    for (int i = 0; i < 600 && !shows(f, words); i++)
        workshop_type(&f->workshop, key);
    assert_shows(&f->workshop.frame.surface, words);
}

/* Nothing stands over the side that somebody saw first. */
static void nothing_is_cut(struct fixture *f) {
    char *text = screen(f);
    for (char *at = text; (at = strstr(at, " saw ")); at += 5)
        assert_true(strncmp(at, " saw A first", 12) == 0 || strncmp(at, " saw B first", 12) == 0);
    memory_free(text);
}

static void everybody_is_reached(int people, int rows, int columns) {
    struct fixture f;
    char words[128];
    fixture_init(&f, people, false);
    for (int i = 0; i < people; i++)
        answer(&f, i);
    sit(&f, rows, columns);
    snprintf(words, sizeof words, "answers %d of %d · %d for A, %d for B", people, people, people / 2,
             people - people / 2);
    assert_shows(&f.workshop.frame.surface, words);
    assert_shows(&f.workshop.frame.surface, "calibration week-3 › item 1 of 2");
    assert_shows(&f.workshop.frame.surface, "more ─"); /* how much is below, on the rule */
    assert_shows(&f.workshop.frame.surface, "Good answer 0.");
    assert_shows(&f.workshop.frame.surface, "Other answer 0.");
    assert_shows(&f.workshop.frame.surface, "A much");
    for (int i = 0; i < people; i++) { /* by their numbers, down and to the end of what they wrote */
        snprintf(words, sizeof words, "▸ %d ", f.room.circle.book.people[i].number);
        reach(&f, "j", words);
        nothing_is_cut(&f);
        assert_shows(&f.workshop.frame.surface, "accuracy 5/2 · instructions 4/1 · clarity A");
        snprintf(words, sizeof words, "last word %c.",
                 'a' + (int)(f.room.circle.book.people[i].id - f.people[0].person));
        reach(&f, "j", words);
        assert_false(shows(&f, names[i]));
    }
    workshop_type(&f.workshop, "H");
    for (int i = people; i-- > 0;) { /* and back up, by name */
        snprintf(words, sizeof words, "▸ %.*s ", SLICE_ARGS(f.room.circle.book.people[i].name));
        reach(&f, "k", words);
    }
    workshop_type(&f.workshop, "f"); /* the votes alone: the texts give way */
    assert_false(shows(&f, "Good answer 0."));
    workshop_type(&f.workshop,
                  "/good<Enter>"); /* what is found in them brings them back; n is the next hit, not the next item */
    assert_int_equal(ink_under(&f.workshop.frame.surface, "Good answer 0."), INK_HIT_HERE);
    workshop_type(&f.workshop, "n");
    assert_shows(&f.workshop.frame.surface, "hit 1 of 1");
    workshop_type(&f.workshop, "<Esc><Enter>");
    assert_shows(&f.workshop.frame.surface, "item 2 of 2");
    assert_shows(&f.workshop.frame.surface, "Good answer 1.");
    leave(&f);
    fixture_release(&f);
}

static void test_sizes(void **state) {
    (void)state;
    static const int sizes[2][2] = {{24, 80}, {30, 100}}, people[] = {3, 6, 12};
    for (int s = 0; s < 2; s++)
        for (int p = 0; p < 3; p++)
            everybody_is_reached(people[p], sizes[s][0], sizes[s][1]);
}

static void orders_are_reached(int people, int rows, int columns) {
    struct fixture f;
    char words[128];
    fixture_init(&f, people, true);
    for (int i = 0; i < people; i++)
        answer(&f, i);
    sit(&f, rows, columns);
    if (!shows(&f, "Which way?")) /* the items come in an order of the session's own */
        workshop_type(&f.workshop, "<Enter>");
    assert_shows(&f.workshop.frame.surface, "Which way?");
    snprintf(words, sizeof words, "answers %d of %d · %d for A, %d for B", people, people, people / 2,
             people - people / 2);
    assert_shows(&f.workshop.frame.surface, words);
    assert_shows(&f.workshop.frame.surface, "Way one.");
    for (int i = 0; i < people; i++) {
        int person = (int)(f.room.circle.book.people[i].id - f.people[0].person);
        snprintf(words, sizeof words, "▸ %d ", f.room.circle.book.people[i].number);
        reach(&f, "j", words);
        assert_shows(&f.workshop.frame.surface, person < people / 2 ? "A > B = C > D" : "B > A > C = D");
        snprintf(words, sizeof words, "last word %c.", 'a' + person);
        reach(&f, "j", words);
    }
    workshop_type(&f.workshop, "<Right><Right><Right><Right>"); /* to the last of the four */
    assert_shows(&f.workshop.frame.surface, "Way four.");
    leave(&f);
    fixture_release(&f);
}

static void test_a_ranking_at_all_sizes(void **state) {
    (void)state;
    static const int sizes[2][2] = {{24, 80}, {30, 100}}, people[] = {3, 6, 12};
    for (int s = 0; s < 2; s++)
        for (int p = 0; p < 3; p++)
            orders_are_reached(people[p], sizes[s][0], sizes[s][1]);
}

/* The texts as somebody saw them: letters of everything follow. */
static void test_as_seen(void **state) {
    (void)state;
    struct fixture f;
    fixture_init(&f, 3, false);
    for (int i = 0; i < 3; i++)
        answer(&f, i);
    sit(&f, 30, 100);
    bool swapped = false;
    for (size_t v = 0; v < 3; v++) {
        const struct session_vote *vote = &f.room.circle.book.items[0].votes[v];
        char words[32];
        snprintf(words, sizeof words, "▸ %d ", (int)v + 1);
        workshop_type(&f.workshop, "<Home>");
        reach(&f, "j", words); /* ▸ on the person */
        workshop_type(&f.workshop, "x");
        assert_shows(&f.workshop.frame.surface, " saw it ");
        bool b_first = vote->shown[0] == 'b';
        swapped = swapped || b_first;
        /* one for a, two for b as they are stored */
        assert_shows(&f.workshop.frame.surface, b_first ? "2 for A, 1 for B" : "1 for A, 2 for B");
        workshop_type(&f.workshop, "x");
        assert_shows(&f.workshop.frame.surface, "1 for A, 2 for B");
    }
    assert_true(swapped); /* or this shows nothing */
    leave(&f);
    fixture_release(&f);
}

static void test_nothing_is_shown_while_answers_are_out(void **state) {
    (void)state;
    struct fixture f;
    fixture_init(&f, 3, false);
    answer(&f, 0);
    answer(&f, 1);
    sit(&f, 24, 80);
    assert_shows(&f.workshop.frame.surface, "2 of 3 have answered");
    assert_shows(&f.workshop.frame.surface, "▸ xenia");
    assert_false(shows(&f, "last word"));
    workshop_type(&f.workshop, "<Home><Enter>");
    assert_shows(&f.workshop.frame.surface, "not all have answered");
    workshop_type(&f.workshop, "j");
    for (int i = 0; i < 3 && !shows(&f, "▸ xenia"); i++)
        workshop_type(&f.workshop, "j");
    workshop_type(&f.workshop, "Xy");
    assert_shows(&f.workshop.frame.surface, "not waited for");
    assert_int_equal(f.outcome.excused, 1);
    workshop_type(&f.workshop, "<Home><Enter>");
    assert_shows(&f.workshop.frame.surface, "answers 2 of 3");
    leave(&f);
    fixture_release(&f);
}

static void test_what_is_recorded(void **state) {
    (void)state;
    struct fixture f;
    fixture_init(&f, 3, false);
    for (int i = 0; i < 3; i++)
        answer(&f, i);
    sit(&f, 24, 80);
    workshop_type(&f.workshop, "P");
    assert_shows(&f.workshop.frame.surface, "gold needs a reference first");
    workshop_type(&f.workshop, "Awhat is meant by short?<Enter>");
    assert_shows(&f.workshop.frame.surface, "ambiguous: what is meant by short?");
    workshop_type(&f.workshop, "Gno word on length<Enter>");
    assert_shows(&f.workshop.frame.surface, "rubric gap: ");
    workshop_type(&f.workshop, "C");
    assert_shows(&f.workshop.frame.surface, "marked clear");
    assert_int_equal(f.outcome.verdicts, 3);
    workshop_type(&f.workshop, "Vy");
    assert_shows(&f.workshop.frame.surface, "3 people are asked once more");
    workshop_type(&f.workshop, "Vy");
    assert_shows(&f.workshop.frame.surface, "called already");
    workshop_type(&f.workshop, "t");
    assert_shows(&f.workshop.frame.surface, "1 second vote to give");
    leave(&f);
    fixture_release(&f);
}

/* Orders of three and more responses, in the letters on the screen. */
static void test_orders(void **state) {
    (void)state;
    struct circle circle = {0};
    struct session_vote vote = {.prefer = 1, .ranking = {"b>a=c"}};
    struct buffer words = BUFFER_INIT;
    circle_word_vote(&circle, &vote, "abc", &words);
    assert_string_equal(words.data, "B > A = C");
    buffer_clear(&words);
    circle_word_vote(&circle, &vote, "bca", &words);
    assert_string_equal(words.data, "A > C = B");
    buffer_release(&words);
}

int main(void) {
    helper_locale();
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sizes),
                                       cmocka_unit_test(test_a_ranking_at_all_sizes),
                                       cmocka_unit_test(test_as_seen),
                                       cmocka_unit_test(test_nothing_is_shown_while_answers_are_out),
                                       cmocka_unit_test(test_what_is_recorded),
                                       cmocka_unit_test(test_orders)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
