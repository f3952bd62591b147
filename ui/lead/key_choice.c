/* The reference answer of an item, asked for in menus: which response, and how clear; see exhibit.h. */
#include "core/base/array.h"
#include "ui/lead/exhibit.h"

#include "core/base/banned.h"

/* The strengths that a menu offers, as lowest and highest. */
static const struct range { int low, high; } ranges[] = {{0, 0}, {1, 1}, {1, 2}, {2, 2}, {2, 3}, {3, 3}};

static void strength_chosen(struct screen *screen, struct frame *frame, int line) {
    struct exhibit *exhibit = (struct exhibit *)screen;
    if (line < 0)
        return;
    exhibit->key.low = ranges[line].low;
    exhibit->key.high = ranges[line].high;
    exhibit->key_done(exhibit, frame);
}

/* In the rubric's words: "slightly better", "slightly better or better". */
static void choose_strength(struct exhibit *exhibit, struct frame *frame) {
    const struct rubric *rubric = exhibit_rubric(exhibit);
    struct buffer words[COUNT_OF(ranges)];
    const char *lines[COUNT_OF(ranges)];
    int count = 0;
    for (; count < (int)COUNT_OF(ranges) && ranges[count].high <= rubric->strength_count; count++) {
        const struct range *range = &ranges[count];
        buffer_init(&words[count]);
        buffer_add_string(&words[count], range->low ? rubric->strengths[range->low - 1] : "any strength");
        if (range->high > range->low)
            buffer_add_format(&words[count], " or %s", rubric->strengths[range->high - 1]);
        lines[count] = words[count].data;
    }
    frame_choose(frame, "How clear is it?", lines, count, strength_chosen);
    while (count > 0)
        buffer_release(&words[--count]);
}

static void answer_chosen(struct screen *screen, struct frame *frame, int line) {
    struct exhibit *exhibit = (struct exhibit *)screen;
    int responses = (int)exhibit->line.item.response_count;
    if (line < 0)
        return;
    exhibit->key.answer_count = 1;
    exhibit->key.answers[0] = (struct gold_answer){.prefer = line < responses    ? exhibit->shown[line] - 'a'
                                                             : line == responses ? CHOICE_TIE
                                                                                 : CHOICE_NONE};
    exhibit->key.low = exhibit->key.high = 0;
    if (line < responses && responses == 2 && exhibit_rubric(exhibit)->strength_count > 1)
        choose_strength(exhibit, frame);
    else
        exhibit->key_done(exhibit, frame);
}

void key_choose(struct exhibit *exhibit, struct frame *frame, const struct gold_key *start, exhibit_key_done *done) {
    static const char *const words[] = {
        "A", "B", "C", "D", "E", "F", "G", "tie", "none: every response is unacceptable"};
    enum { LETTERS = 7 };
    size_t responses = exhibit->line.item.response_count;
    const char *lines[LETTERS + 2];
    if (responses > LETTERS) {
        frame_say(frame, INK_WARNING, "more than %d responses: `assay gold STORE %s %s --prefer …`", LETTERS,
                  start ? "amend" : "promote", exhibit->line.ref.text);
        return;
    }
    exhibit->key = start ? *start : (struct gold_key){0};
    exhibit->key_done = done;
    memcpy(lines, words, responses * sizeof *lines);
    memcpy(&lines[responses], &words[LETTERS], 2 * sizeof *lines);
    frame_choose(frame, "The right answer", lines, (int)responses + 2, answer_chosen);
}
