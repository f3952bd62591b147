/*
 * The lists of a person's page: a sample of what is held, the last judgments, missed gold, repeated reasons,
 * questions.
 */
#ifndef UI_LEAD_PERSON_LISTS_H
#define UI_LEAD_PERSON_LISTS_H

#include "ui/lead/office.h"

enum { SAMPLE_MOST = 12, LAST_MOST = 50 };

enum person_list { LIST_SAMPLE, LIST_LAST, LIST_MISSED, LIST_REPEATED, LIST_QUESTIONS, PERSON_LISTS };

struct person_line {
    const struct answer_line *answer; /* NULL: a question */
    const struct question *question;
    const char *beside; /* "held", "gold: A better, other side", "3 times": what stands between answer and reason; "" */
    bool wrong;         /* beside is a warning */
};

struct person_lines {
    struct person_line *items;
    size_t count;
    size_t of; /* how many there are in all */
};

/*
 * Lines of one list, from the person's final answers on the track (load_desk.h), in the pool. hold: the one that
 * LIST_SAMPLE is of, NULL: none. The sample is spread evenly over the range in time. Newest first but for the
 * sample and the reasons (most repeated first).
 */
void person_lines_make(struct person_lines *out, enum person_list list, const struct office *office,
                       const struct office_person *who, const struct hold *hold, const struct answer_line *answers,
                       size_t count, struct pool *pool);

void person_line_draw(const struct person_line *line, const struct rubric *rubric, bool selected,
                      struct surface *surface, struct rect area);

/* What the item's page says of a judgment: who, when, answer, seconds, reason. */
void person_line_words(const struct person_line *line, const struct rubric *rubric, struct buffer *out);

#endif
