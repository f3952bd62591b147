/* See person_lists.h. */
#include "ui/lead/person_lists.h"

#include <stdlib.h>

#include "core/base/array.h"
#include "core/text/fold.h"
#include "ui/annotate/phrases.h"
#include "ui/lead/wording.h"
#include "ui/paint.h"

#include "core/base/banned.h"

enum { DAY = 6, REF = 6, SAID = 10, SECONDS = 7, BESIDE = 26 };

struct gathered_lines {
    struct person_line *items;
    size_t count, capacity;
};

/* Rows are in order of person, track and judgment. */
static bool comes_before(const struct history_row *row, int person, int track, int64_t judgment) {
    if (row->person != person)
        return row->person < person;
    return row->track != track ? row->track < track : row->judgment < judgment;
}

static const struct history_row *row_of(const struct office *office, int64_t judgment, int person, int track) {
    const struct history *history = &office->history;
    size_t low = 0, high = history->row_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (comes_before(&history->rows[middle], person, track, judgment))
            low = middle + 1;
        else
            high = middle;
    }
    return low < history->row_count && history->rows[low].judgment == judgment ? &history->rows[low] : NULL;
}

/* --- The sample ------------------------------------------------------------------------------------------------------------- */

static bool in_hold(const struct office *office, const struct office_person *who, const struct hold *hold,
                    const struct answer_line *answer) {
    if (answer->kind != KIND_PRODUCTION || answer->judgment < hold->since ||
        (hold->until && answer->judgment > hold->until))
        return false;
    if (!hold->category.data)
        return true;
    const struct history_row *row = row_of(office, answer->judgment, who->annotator->person, who->track->code);
    return row && slice_is(hold->category, office->history.categories[row->category]);
}

static void make_sample(struct gathered_lines *out, const struct office *office, const struct office_person *who,
                        const struct hold *hold, const struct answer_line *answers, size_t count, size_t *of) {
    const struct answer_line **held = memory_new(count, sizeof *held);
    size_t n = 0;
    for (size_t i = 0; i < count; i++)
        if (in_hold(office, who, hold, &answers[i]))
            held[n++] = &answers[i];
    size_t wanted = n < SAMPLE_MOST ? n : SAMPLE_MOST;
    for (size_t i = 0; i < wanted; i++)
        *ARRAY_ADD(out) = (struct person_line){.answer = held[(2 * i + 1) * n / (2 * wanted)], .beside = ""};
    *of = n;
    memory_free(held);
}

/* --- The others -------------------------------------------------------------------------------------------------------------- */

static void make_last(struct gathered_lines *out, const struct hold *hold, const struct office *office,
                      const struct office_person *who, const struct answer_line *answers, size_t count) {
    for (size_t i = count; i-- > 0 && out->count < LAST_MOST;) {
        bool held = hold && in_hold(office, who, hold, &answers[i]);
        *ARRAY_ADD(out) = (struct person_line){.answer = &answers[i], .beside = held ? "held" : "", .wrong = held};
    }
}

static const struct answer_line *find(const struct answer_line *answers, size_t count, int64_t judgment) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (answers[middle].judgment < judgment)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && answers[low].judgment == judgment ? &answers[low] : NULL;
}

static void make_missed(struct gathered_lines *out, const struct office *office, const struct office_person *who,
                        const struct answer_line *answers, size_t count, struct pool *pool) {
    const struct person_gold *gold = &who->annotator->own.gold;
    struct buffer words = BUFFER_INIT;
    for (size_t i = gold->n; i-- > 0;) {
        const struct person_outcome *outcome = &gold->outcomes[i];
        const struct answer_line *answer = find(answers, count, outcome->judgment);
        if (outcome->verdict == VERDICT_RIGHT || !answer)
            continue;
        const struct history_row *row = row_of(office, outcome->judgment, who->annotator->person, who->track->code);
        buffer_clear(&words);
        buffer_add_string(&words, "key ");
        if (row && row->gold >= 0)
            word_key(&words, &who->track->rubric, answer->shown[0] ? answer->shown : stored_order(),
                     &office->history.keys[row->gold]);
        *ARRAY_ADD(out) =
            (struct person_line){.answer = answer, .beside = pool_string(pool, buffer_slice(&words)), .wrong = true};
    }
    buffer_release(&words);
}

/* A reason without case and without the difference between one blank and several. */
static struct slice reason_key(struct slice text, struct pool *pool) {
    struct buffer key = BUFFER_INIT;
    struct folder folder;
    struct folded folded;
    bool gap = false;
    folder_init(&folder, text, 0);
    while (folder_read(&folder, &folded)) {
        if (folded.point == ' ' || folded.point == '\n' || folded.point == '\t' || folded.point == '\r') {
            gap = key.length > 0;
            continue;
        }
        if (gap)
            buffer_add_char(&key, ' ');
        gap = false;
        buffer_add(&key, &folded.point, sizeof folded.point);
    }
    struct slice copy = pool_slice(pool, buffer_slice(&key));
    buffer_release(&key);
    return copy;
}

struct reason {
    struct slice key;
    const struct answer_line *answer; /* the last one with it */
    size_t times;
};

static int compare_keys(const void *a, const void *b) {
    const struct reason *x = a, *y = b;
    size_t shorter = x->key.length < y->key.length ? x->key.length : y->key.length;
    int order = memcmp(x->key.data, y->key.data, shorter);
    if (order || x->key.length != y->key.length)
        return order ? order : x->key.length < y->key.length ? -1 : 1;
    return x->answer < y->answer ? -1 : x->answer > y->answer;
}

static int compare_times(const void *a, const void *b) {
    const struct reason *x = a, *y = b;
    if (x->times != y->times)
        return x->times > y->times ? -1 : 1;
    return x->answer < y->answer ? -1 : x->answer > y->answer;
}

static void make_repeated(struct gathered_lines *out, const struct answer_line *answers, size_t count,
                          struct pool *pool) {
    struct reason *reasons = memory_new(count, sizeof *reasons);
    size_t n = 0, kinds = 0;
    for (size_t i = 0; i < count; i++)
        if (answers[i].rationale.length > 0)
            reasons[n++] = (struct reason){reason_key(answers[i].rationale, pool), &answers[i], 1};
    if (n > 1)
        qsort(reasons, n, sizeof *reasons, compare_keys);
    for (size_t from = 0, to; from < n; from = to) {
        for (to = from + 1; to < n && slice_equal(reasons[to].key, reasons[from].key); to++)
            ;
        if (to - from > 1)
            reasons[kinds++] = (struct reason){reasons[from].key, reasons[to - 1].answer, to - from};
    }
    if (kinds > 1)
        qsort(reasons, kinds, sizeof *reasons, compare_times);
    for (size_t i = 0; i < kinds; i++) {
        struct buffer words = BUFFER_INIT;
        buffer_add_format(&words, "%zu times", reasons[i].times);
        *ARRAY_ADD(out) =
            (struct person_line){.answer = reasons[i].answer, .beside = pool_string(pool, buffer_slice(&words))};
        buffer_release(&words);
    }
    memory_free(reasons);
}

static void make_questions(struct gathered_lines *out, const struct office *office, const struct office_person *who) {
    const char *name = office_person_name(office, who->annotator->person);
    for (size_t i = office->question_count; i-- > 0;) {
        const struct question *question = &office->questions[i];
        if (slice_is(question->person, name) && slice_is(question->track, who->track->settings->name))
            *ARRAY_ADD(out) = (struct person_line){.question = question, .beside = ""};
    }
}

void person_lines_make(struct person_lines *out, enum person_list list, const struct office *office,
                       const struct office_person *who, const struct hold *hold, const struct answer_line *answers,
                       size_t count, struct pool *pool) {
    struct gathered_lines lines = {0};
    *out = (struct person_lines){0};
    switch (list) {
    case LIST_SAMPLE:
        if (hold)
            make_sample(&lines, office, who, hold, answers, count, &out->of);
        break;
    case LIST_LAST:
        make_last(&lines, hold, office, who, answers, count);
        out->of = count;
        break;
    case LIST_MISSED:
        make_missed(&lines, office, who, answers, count, pool);
        break;
    case LIST_REPEATED:
        make_repeated(&lines, answers, count, pool);
        break;
    default:
        make_questions(&lines, office, who);
    }
    out->items = pool_copy(pool, lines.items, lines.count, sizeof *out->items);
    out->count = lines.count;
    out->of = out->of ? out->of : lines.count;
    ARRAY_RELEASE(&lines);
}

/* --- Drawing ------------------------------------------------------------------------------------------------------------------ */

static const char *order_of(const struct answer_line *answer) {
    return answer->shown[0] ? answer->shown : stored_order();
}

static void draw_question(const struct question *question, bool selected, struct surface *surface, struct rect area) {
    struct buffer words = BUFFER_INIT;
    bool open = !question->answer.data;
    word_day(&words, question->at);
    paint_fit(surface, area, 0, 0, DAY, INK_DIM, buffer_slice(&words));
    paint_fit(surface, area, 0, DAY + 1, REF, INK_DIM, slice_of(question->ref.text));
    paint_fit(surface, area, 0, DAY + REF + 2, SAID, open ? INK_WARNING : INK_DIM,
              slice_of(open               ? "open"
                       : question->ruling ? "ruling"
                                          : "answered"));
    paint_text(surface, area, 0, DAY + REF + SAID + 3, selected ? INK_STRONG : INK_NORMAL, question->text);
    buffer_release(&words);
}

void person_line_draw(const struct person_line *line, const struct rubric *rubric, bool selected,
                      struct surface *surface, struct rect area) {
    const struct answer_line *answer = line->answer;
    struct buffer words = BUFFER_INIT;
    int at = 0;
    if (!answer) {
        draw_question(line->question, selected, surface, area);
        return;
    }
    word_day(&words, answer->at);
    paint_fit(surface, area, 0, at, DAY, INK_DIM, buffer_slice(&words));
    at += DAY + 1;
    paint_fit(surface, area, 0, at, REF, INK_DIM, slice_of(answer->ref.text));
    at += REF + 1;
    buffer_clear(&words);
    word_answer(&words, rubric, order_of(answer), answer->prefer, answer->ranking.text, answer->strength);
    paint_fit(surface, area, 0, at, SAID, selected ? INK_STRONG : INK_NORMAL, buffer_slice(&words));
    at += SAID + 1;
    buffer_clear(&words);
    if (answer->ms >= 0)
        phrase_duration(&words, answer->ms);
    paint_fit_right(surface, area, 0, at, SECONDS, INK_DIM, buffer_slice(&words));
    at += SECONDS + 2;
    if (line->beside[0]) {
        int width = area.columns < 90 ? (int)strlen(line->beside) : BESIDE;
        paint_fit(surface, area, 0, at, width < BESIDE ? width : BESIDE, line->wrong ? INK_WARNING : INK_DIM,
                  slice_of(line->beside));
        at += (width < BESIDE ? width : BESIDE) + 1;
    }
    paint_text(surface, area, 0, at, INK_NORMAL, answer->rationale);
    buffer_release(&words);
}

void person_line_words(const struct person_line *line, const struct rubric *rubric, struct buffer *out) {
    const struct answer_line *answer = line->answer;
    buffer_add_slice(out, answer->name);
    buffer_add_string(out, ", ");
    word_day(out, answer->at);
    buffer_add_string(out, ": ");
    word_answer(out, rubric, order_of(answer), answer->prefer, answer->ranking.text, answer->strength);
    if (answer->confidence >= 0)
        buffer_add_format(out, ", %d %% sure", answer->confidence);
    if (answer->ms >= 0) {
        buffer_add_string(out, ", in ");
        phrase_duration(out, answer->ms);
    }
    if (line->beside[0])
        buffer_add_format(out, " · %s", line->beside);
    if (answer->rationale.length) {
        buffer_add_string(out, "\n");
        buffer_add_slice(out, answer->rationale);
    }
}
