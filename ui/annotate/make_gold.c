/*
 * Making gold: after a lead's answer, the key that it will become. Proposed from the judgment (its side, any strength, the
 * reason as the explanation); Enter on a line changes it, Enter on the first writes the key.
 */
#include <stdio.h>

#include "core/base/memory.h"
#include "store/gold.h"
#include "ui/annotate/answers.h"
#include "ui/annotate/coach.h"
#include "ui/annotate/entry.h"
#include "ui/annotate/screens.h"
#include "ui/list.h"
#include "ui/paint.h"

#include "core/base/banned.h"

enum line_kind { LINE_WRITE, LINE_ANSWER, LINE_STRENGTH, LINE_DIFFICULTY, LINE_USE, LINE_EXPLANATION, LINE_BACK };

enum { LABEL = 16, EXPLANATION_ROWS = 6, LINES_MOST = LIMIT_RESPONSES + 8 };

struct make_gold {
    struct work_screen work; /* must be first */
    struct item_ref ref;     /* in the sitting's store */
    char shown[LIMIT_RESPONSES + 1];
    int prefer, strength; /* as judged */
    struct ranking ranking;
    bool accepted[LIMIT_RESPONSES + 2]; /* by stored response; then tie and none */
    bool own_strength;                  /* the strength judged, or any */
    enum difficulty difficulty;
    enum gold_use use;
    struct buffer explanation;
    struct {
        enum line_kind kind;
        int choice; /* of LINE_ANSWER: a stored response, CHOICE_TIE, CHOICE_NONE */
    } lines[LINES_MOST];
    struct list list;
    void (*answered)(struct screen *asker, struct frame *frame, bool written);
};

static bool *accepted(struct make_gold *make, int choice) {
    size_t responses = strlen(make->shown);
    return &make->accepted[choice >= 0 ? (size_t)choice : choice == CHOICE_TIE ? responses : responses + 1];
}

/* --- The key --------------------------------------------------------------------------------------------------------------- */

static void add_answer(struct make_gold *make, struct gold_key *key, int choice) {
    if (!*accepted(make, choice) || key->answer_count == GOLD_ANSWERS)
        return;
    struct gold_answer *answer = &key->answers[key->answer_count++];
    answer->prefer = choice;
    if (choice == make->prefer)
        answer->ranking = make->ranking;
}

static struct gold_key make_key(struct make_gold *make) {
    struct gold_key key = {.use = make->use, .difficulty = make->difficulty};
    add_answer(make, &key, make->prefer); /* first: what the list of gold shows first */
    for (int choice = 0; choice < (int)strlen(make->shown); choice++)
        if (choice != make->prefer)
            add_answer(make, &key, choice);
    if (make->prefer != CHOICE_TIE)
        add_answer(make, &key, CHOICE_TIE);
    if (make->prefer != CHOICE_NONE)
        add_answer(make, &key, CHOICE_NONE);
    if (make->own_strength)
        key.low = key.high = make->strength;
    key.explanation = make->explanation.length ? buffer_slice(&make->explanation) : SLICE_ABSENT;
    return key;
}

/* The item of the campaign's store. */
static int find_item(const struct make_gold *make, int64_t *item, struct error *error) {
    const struct sitting *sitting = make->work.sitting;
    const struct gold_making *gold = sitting->options->gold;
    int64_t here;
    int status = store_find_item(sitting->store, slice_of(make->ref.text), sitting->options->track, &here, error);
    if (!status && (here < 1 || (size_t)here > gold->count))
        status = error_set(error, STATUS_SYSTEM, "there is no item '%s'", make->ref.text);
    *item = status ? 0 : gold->items[here - 1];
    return status;
}

/* An item that was made gold in this sitting and answered again has its key amended. */
static int write_key(struct make_gold *make, struct error *error) {
    static const char *const why = "judged by a lead to be gold";
    struct gold_making *gold = make->work.sitting->options->gold;
    struct gold_key key = make_key(make), before;
    struct pool pool = POOL_INIT;
    struct error none = ERROR_INIT;
    int64_t item;
    int status = find_item(make, &item, error);
    if (status)
        return status;
    bool again = gold_of_item(gold->store, item, &pool, &before, &none) == STATUS_OK;
    pool_release(&pool);
    status = again ? gold_amend(gold->store, gold->viewer, gold->campaign, item, &key, slice_of(why), error)
                   : gold_promote(gold->store, gold->viewer, gold->campaign, item, &key, slice_of(why), error);
    if (!status)
        *(again ? &gold->amended : &gold->made) += 1;
    return status;
}

static void finish(struct make_gold *make, struct frame *frame, bool written) {
    struct screen *asker = make->work.screen.below;
    void (*answered)(struct screen *, struct frame *, bool) = make->answered;
    frame_pop(frame);
    answered(asker, frame, written);
}

static void make_write(struct work_screen *work, struct frame *frame) {
    struct make_gold *make = (struct make_gold *)work;
    struct error error = ERROR_INIT;
    int status = write_key(make, &error);
    if (work_done(work, frame, status, &error, make_write))
        finish(make, frame, true);
}

/* --- Lines ----------------------------------------------------------------------------------------------------------------- */

static void add_line(struct make_gold *make, enum line_kind kind, int choice) {
    make->lines[make->list.count].kind = kind;
    make->lines[make->list.count++].choice = choice;
}

static void make_lines(struct make_gold *make) {
    const struct rubric *rubric = &make->work.sitting->rubric;
    add_line(make, LINE_WRITE, 0);
    for (const char *letter = make->shown; *letter; letter++)
        add_line(make, LINE_ANSWER, *letter - 'a');
    if (rubric->tie)
        add_line(make, LINE_ANSWER, CHOICE_TIE);
    if (rubric->none)
        add_line(make, LINE_ANSWER, CHOICE_NONE);
    if (make->strength > 0)
        add_line(make, LINE_STRENGTH, 0);
    add_line(make, LINE_DIFFICULTY, 0);
    add_line(make, LINE_USE, 0);
    add_line(make, LINE_EXPLANATION, 0);
    add_line(make, LINE_BACK, 0);
}

static const char *choice_words(const struct make_gold *make, int choice) {
    static char word[16];
    if (choice < 0)
        return choice == CHOICE_TIE ? "tie" : "none acceptable";
    const char *at = strchr(make->shown, 'a' + choice);
    snprintf(word, sizeof word, make->shown[2] ? "%c first" : "%c is better",
             (char)('A' + (at ? at - make->shown : 0)));
    return word;
}

static void line_words(struct make_gold *make, size_t index, const char **label, struct buffer *out) {
    const struct rubric *rubric = &make->work.sitting->rubric;
    int choice = make->lines[index].choice;
    const char *difficulty = difficulty_name(make->difficulty);
    *label = "";
    switch (make->lines[index].kind) {
    case LINE_WRITE:
        *label = "Make it gold";
        break;
    case LINE_ANSWER:
        *label = choice_words(make, choice);
        buffer_add_string(out, *accepted(make, choice) ? "right" : "–");
        buffer_add_string(out, choice == make->prefer ? ", your answer" : "");
        if (choice == make->prefer && make->ranking.text[0]) {
            buffer_add_string(out, ": ");
            answer_order(out, make->shown, make->ranking.text);
        }
        break;
    case LINE_STRENGTH:
        *label = "strength";
        if (make->own_strength)
            buffer_add_format(out, "only as judged: %s", rubric->strengths[make->strength - 1]);
        else
            buffer_add_string(out, "any");
        break;
    case LINE_DIFFICULTY:
        *label = "difficulty";
        buffer_add_string(out, difficulty ? difficulty : "not said");
        break;
    case LINE_USE:
        *label = "use";
        buffer_add_string(out, gold_use_name(make->use));
        break;
    case LINE_EXPLANATION:
        *label = "explanation";
        buffer_add_string(out, make->explanation.length ? "below" : "none");
        break;
    case LINE_BACK:
        *label = "Back to the answer";
    }
}

static void explanation_typed(struct screen *asker, struct frame *frame, struct slice text) {
    struct make_gold *make = (struct make_gold *)asker;
    (void)frame;
    if (!text.data)
        return;
    buffer_clear(&make->explanation);
    buffer_add_slice(&make->explanation, text);
}

static void write_line(struct make_gold *make, struct frame *frame) {
    if (make_key(make).answer_count == 0)
        frame_say(frame, INK_WARNING, "at least one answer must be right");
    else
        make_write(&make->work, frame);
}

static void change(struct make_gold *make, struct frame *frame) {
    size_t index = make->list.selected;
    switch (make->lines[index].kind) {
    case LINE_WRITE:
        write_line(make, frame);
        break;
    case LINE_ANSWER: {
        bool *right = accepted(make, make->lines[index].choice);
        *right = !*right;
        break;
    }
    case LINE_STRENGTH:
        make->own_strength = !make->own_strength;
        break;
    case LINE_DIFFICULTY:
        make->difficulty = (enum difficulty)((make->difficulty + 1) % (DIFFICULTY_HARD + 1));
        break;
    case LINE_USE:
        make->use = (enum gold_use)((make->use + 1) % (GOLD_TRAINING + 1));
        break;
    case LINE_EXPLANATION:
        entry_open(frame, "Why this is the answer", "done", EXPLANATION_ROWS, LIMIT_RATIONALE_BYTES,
                   buffer_slice(&make->explanation), NULL, explanation_typed);
        break;
    case LINE_BACK:
        finish(make, frame, false);
    }
}

/* --- The screen -------------------------------------------------------------------------------------------------------------- */

static void draw_line(void *data, size_t index, bool selected, struct surface *surface, struct rect area) {
    struct make_gold *make = data;
    struct buffer words = BUFFER_INIT;
    const char *label;
    line_words(make, index, &label, &words);
    enum ink ink = selected ? INK_STRONG : INK_NORMAL;
    bool open = make->lines[index].kind == LINE_WRITE || make->lines[index].kind == LINE_BACK;
    paint_string(surface, area, 0, open ? 0 : 2, ink, label);
    bool off = make->lines[index].kind == LINE_ANSWER && !*accepted(make, make->lines[index].choice);
    if (words.length)
        paint_text(surface, area, 0, 2 + LABEL + 2, off ? INK_DIM : ink, buffer_slice(&words));
    buffer_release(&words);
}

static void make_draw(struct screen *screen, struct surface *surface) {
    struct make_gold *make = (struct make_gold *)screen;
    struct rect area = surface_rect(surface);
    struct buffer left = BUFFER_INIT, right = BUFFER_INIT;
    sitting_title(make->work.sitting, 0, &left, &right);
    frame_title(surface, &area, left.data, right.data);
    struct rect hint = rect_cut_bottom(&area, 1);
    paint_format(surface, hint, 0, 1, INK_DIM, "%s%s line   %s change it, or do it   %s back to the answer",
                 keymap_word(REQUEST_SCROLL_UP, IN_LIST).text, keymap_word(REQUEST_SCROLL_DOWN, IN_LIST).text,
                 keymap_word(REQUEST_OPEN, IN_LIST).text, keymap_word(REQUEST_CLOSE, IN_LIST).text);
    rect_cut_left(&area, 1);
    rect_cut_right(&area, 1);
    paint_string(surface, area, 1, 2, INK_STRONG, "What the key of this item will say");
    rect_cut_top(&area, 3);
    struct rect lines = rect_cut_top(&area, (int)make->list.count < area.rows ? (int)make->list.count : area.rows);
    list_draw(&make->list, surface, lines, draw_line, make);
    if (area.rows > 2) {
        rect_cut_top(&area, 1);
        rect_cut_left(&area, 4);
        explanation_draw(buffer_slice(&make->explanation), surface, area);
    }
    buffer_release(&left);
    buffer_release(&right);
}

static bool make_key_press(struct screen *screen, struct frame *frame, const struct key *key) {
    struct make_gold *make = (struct make_gold *)screen;
    enum request request = list_lookup(&make->list, &frame->surface, key);
    if (work_waits(&make->work, frame, key))
        return true;
    if (request == REQUEST_CLOSE)
        finish(make, frame, false);
    else if (request == REQUEST_OPEN)
        change(make, frame);
    else
        return list_request(&make->list, request);
    return true;
}

static unsigned make_contexts(const struct screen *screen) {
    (void)screen;
    return IN_LIST;
}

static void make_close(struct screen *screen) {
    struct make_gold *make = (struct make_gold *)screen;
    buffer_release(&make->explanation);
    memory_free(make);
}

void make_gold_open(struct sitting *sitting, struct frame *frame, struct item_ref ref, const char *shown,
                    const struct judgment *judgment,
                    void (*answered)(struct screen *asker, struct frame *frame, bool written)) {
    static const struct screen_class class = {
        .name = "make gold", .draw = make_draw, .key = make_key_press, .contexts = make_contexts, .close = make_close};
    struct make_gold *make = memory_new(1, sizeof *make);
    *make = (struct make_gold){.work = {.screen = {.class = &class}, .sitting = sitting},
                               .ref = ref,
                               .prefer = judgment->prefer,
                               .strength = judgment->strength,
                               .ranking = judgment->ranking,
                               .explanation = BUFFER_INIT,
                               .answered = answered};
    snprintf(make->shown, sizeof make->shown, "%s", shown);
    if (!ranking_valid(slice_of(make->ranking.text), strlen(make->shown), false))
        make->ranking = (struct ranking){""}; /* a key orders all, or names first place alone */
    *accepted(make, judgment->prefer) = true;
    buffer_add_slice(&make->explanation, judgment->rationale);
    make_lines(make);
    frame_push(frame, &make->work.screen);
    frame_fresh(frame);
}
