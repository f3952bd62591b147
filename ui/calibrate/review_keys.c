/* What the lead does with the item on the screen; see review.h. Small letters look, capitals record. */
#include "store/gold.h"
#include "ui/calibrate/review.h"
#include "ui/lead/wording.h"
#include "ui/search.h"

#include "core/base/banned.h"

enum { NOTE_MOST = 1000, WAIT_MS = 1000 };

unsigned review_contexts(const struct screen *screen) {
    return IN_REVIEW | texts_contexts(&((const struct review *)screen)->room->office.texts);
}

/* --- Recording ------------------------------------------------------------------------------------------------------------------ */

static void verdict_now(struct desk_screen *desk, struct frame *frame) {
    struct review *review = (struct review *)desk;
    struct error error = ERROR_INIT;
    int status = session_judge_item(desk->office->store, desk->office->viewer, review->room->session,
                                    review_item(review)->item, review->verdict, buffer_slice(&review->note), &error);
    if (!desk_done(desk, frame, status, &error, verdict_now))
        return;
    review->room->outcome->verdicts++;
    frame_say(frame, INK_GOOD, "marked %s", calibration_verdict_name(review->verdict));
    review_read(desk, frame);
}

static void note_typed(struct screen *asker, struct frame *frame, struct slice text) {
    struct review *review = (struct review *)asker;
    if (!text.data)
        return;
    buffer_clear(&review->note);
    buffer_add_slice(&review->note, text);
    verdict_now(&review->desk, frame);
}

/* The note that stands is there to begin with. */
static void ask_note(struct review *review, struct frame *frame, enum calibration_verdict verdict, const char *label) {
    review->verdict = verdict;
    frame_prompt(frame, label, review_item(review)->note, NOTE_MOST, note_typed);
}

static void again_now(struct desk_screen *desk, struct frame *frame) {
    struct review *review = (struct review *)desk;
    struct error error = ERROR_INIT;
    size_t asked = 0;
    int status = session_vote_again(desk->office->store, desk->office->viewer, review->room->session,
                                    review_item(review)->item, &asked, &error);
    if (!desk_done(desk, frame, status, &error, again_now))
        return;
    review->room->outcome->again++;
    frame_say(frame, INK_GOOD, "%zu people are asked once more: in their own terminals, or t: by turns here", asked);
    review_read(desk, frame);
}

static void again_answered(struct screen *asker, struct frame *frame, bool yes) {
    if (yes)
        again_now((struct desk_screen *)asker, frame);
}

/* The lead writes it in the form that everybody answered. */
static void write_reference(struct desk_screen *desk, struct frame *frame) {
    struct review *review = (struct review *)desk;
    struct pool pool = POOL_INIT;
    struct batch references;
    struct error error = ERROR_INIT;
    int status = session_reference(desk->office->store, desk->office->viewer, review->room->session,
                                   review_item(review)->item, &pool, &references, &review->room->position, &error);
    pool_release(&pool);
    if (!desk_done(desk, frame, status, &error, write_reference))
        return;
    review->room->errand = ERRAND_REFERENCE;
    frame_leave(frame);
}

/* --- Gold ----------------------------------------------------------------------------------------------------------------------- */

/* The key that the reference makes; its words are the session's. */
static struct gold_key key_of(const struct review *review) {
    const struct session_item *item = review_item(review);
    const struct session_vote *reference = item->reference;
    struct gold_key key = {.answer_count = 1, .use = GOLD_HIDDEN};
    if (item->gold && review->line.item.gold)
        key = *review->line.item.gold; /* its use and difficulty stay */
    key.answer_count = 1;
    key.answers[0] = (struct gold_answer){.prefer = reference->prefer, .ranking = reference->ranking};
    key.low = key.high = review->promote_exact ? reference->strength : 0;
    key.explanation = reference->rationale.length ? reference->rationale : SLICE_ABSENT;
    return key;
}

static void promote_now(struct desk_screen *desk, struct frame *frame) {
    struct review *review = (struct review *)desk;
    const struct office *office = desk->office;
    const struct session_item *item = review_item(review);
    struct gold_key key = key_of(review);
    struct buffer why = BUFFER_INIT;
    struct error error = ERROR_INIT;
    buffer_add_format(&why, "calibration " SLICE_FORMAT, SLICE_ARGS(review->room->circle.book.session.name));
    int status = item->gold ? gold_amend(office->store, office->viewer, office->campaign, item->item, &key,
                                         buffer_slice(&why), &error)
                            : gold_promote(office->store, office->viewer, office->campaign, item->item, &key,
                                           buffer_slice(&why), &error);
    buffer_release(&why);
    if (!desk_done(desk, frame, status, &error, promote_now))
        return;
    review->room->outcome->promoted++;
    review->loaded = 0; /* the key is read with the texts */
    frame_say(frame, INK_GOOD,
              item->gold ? "the key is the reference now; every figure follows"
                         : "gold now, for everybody who was not here");
    review_read(desk, frame);
}

static void strength_chosen(struct screen *asker, struct frame *frame, int line) {
    struct review *review = (struct review *)asker;
    if (line < 0)
        return;
    review->promote_exact = line == 1;
    promote_now(&review->desk, frame);
}

static void ask_promote(struct review *review, struct frame *frame) {
    static const char *const ways[] = {"this side, any strength", "this side, this strength"};
    const struct session_item *item = review_item(review);
    if (!item->reference) {
        frame_say(frame, INK_WARNING, "gold needs a reference first: R writes it");
        return;
    }
    int lines = item->reference->strength > 0 && item->responses == 2 ? 2 : 1;
    frame_choose(frame,
                 item->gold ? "Amend its key to the reference?" : "Promote it to gold, with the reference as key?",
                 ways, lines, strength_chosen);
}

/* --- Looking -------------------------------------------------------------------------------------------------------------------- */

static void to_roll(struct review *review, struct frame *frame) {
    struct room *room = review->room;
    room->reviewing = false;
    frame_pop(frame);
    roll_open(room, frame);
}

/* The order of the person at ▸, and back. */
static void show_as_seen(struct review *review, struct frame *frame) {
    const struct session_vote *vote = votes_selected(&review->votes);
    if (!vote || vote->person >= review->room->circle.book.people_count) {
        review_show_as(review, stored_order(), 0);
        return;
    }
    if (review->seen_by == vote->person + 1)
        review_show_as(review, stored_order(), 0);
    else
        review_show_as(review, vote->shown, vote->person + 1);
    (void)frame;
}

static void go_to(struct review *review, struct frame *frame, size_t item) {
    review->room->item = item;
    review_load(&review->desk, frame);
    frame_fresh(frame);
}

static void searched(struct screen *screen, struct frame *frame, struct slice text) {
    struct review *review = (struct review *)screen;
    texts_search_typed(&review->room->office.texts, frame, text);
    if (review->room->office.texts.searching && review->part == PART_VOTES)
        review->full = false; /* or what was found would not be seen */
}

static bool look(struct review *review, struct frame *frame, enum request request) {
    struct room *room = review->room;
    size_t items = room->circle.book.item_count;
    switch (request) {
    case REQUEST_NEXT_ITEM:
        if (room->item + 1 < items)
            go_to(review, frame, room->item + 1);
        else
            frame_say(frame, INK_DIM, "that was the last item · q leaves, 'assay calibrate close' writes the record");
        return true;
    case REQUEST_PREVIOUS_ITEM:
        if (room->item > 0)
            go_to(review, frame, room->item - 1);
        return true;
    case REQUEST_OTHER_PART:
        review->part = review->part == PART_VOTES ? PART_TEXTS : PART_VOTES;
        return true;
    case REQUEST_FULL:
        review->full = !review->full;
        return true;
    case REQUEST_AS_SEEN:
        show_as_seen(review, frame);
        return true;
    case REQUEST_TURNS:
        to_roll(review, frame);
        return true;
    case REQUEST_NAMES:
        room->names = !room->names;
        return true;
    case REQUEST_DIFFERENCES:
        texts_compare(&room->office.texts, frame);
        return true;
    case REQUEST_SEARCH:
        search_ask(frame, searched);
        return true;
    case REQUEST_GUIDELINE:
        frame_read(frame, "guideline", slice_of(room->circle.rubric.guideline));
        return true;
    case REQUEST_CLOSE:
        frame_pop(frame);
        return true;
    default:
        return false;
    }
}

static bool record(struct review *review, struct frame *frame, enum request request) {
    switch (request) {
    case REQUEST_REFERENCE:
        write_reference(&review->desk, frame);
        return true;
    case REQUEST_AMBIGUOUS:
        ask_note(review, frame, CALIBRATION_AMBIGUOUS, "ambiguous: why");
        return true;
    case REQUEST_GAP:
        ask_note(review, frame, CALIBRATION_GAP, "what the rubric does not say");
        return true;
    case REQUEST_EDIT_RUBRIC:
        review_edit_rubric(review, frame);
        return true;
    case REQUEST_CLEAR:
        buffer_clear(&review->note);
        review->verdict = CALIBRATION_CLEAR;
        verdict_now(&review->desk, frame);
        return true;
    case REQUEST_TO_GOLD:
        ask_promote(review, frame);
        return true;
    case REQUEST_VOTE_AGAIN:
        frame_ask(frame, "A second vote on this item, for everybody who voted?", again_answered);
        return true;
    default:
        return false;
    }
}

bool review_key(struct screen *screen, struct frame *frame, const struct key *key) {
    struct review *review = (struct review *)screen;
    const char *words = NULL;
    if (desk_waits(&review->desk, frame, key))
        return true;
    if (key->kind == ON_TIMER) {
        if (room_is_stale(review->room))
            review_read(&review->desk, frame);
        frame_wake(frame, WAIT_MS);
        return true;
    }
    enum request request = keymap_lookup(*key, review_contexts(screen));
    if (!review->loaded)
        return request == REQUEST_CLOSE ? (frame_pop(frame), true) : false;
    if (look(review, frame, request) || record(review, frame, request))
        return true;
    if (review->part == PART_VOTES && votes_request(&review->votes, request))
        return true;
    if (!texts_request(&review->room->office.texts, request, &words))
        return false;
    if (words)
        frame_say(frame, INK_DIM, "%s", words);
    return true;
}
