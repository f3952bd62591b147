/*
 * What the demo's archive is made of: small questions with a right answer, a wrong one, and what decides between them. One file a category
 * (exercise_coding.c …); exercise.c has what they share. Everything is a function of a source and an index: no dice here.
 */
#ifndef APP_DEMO_EXERCISE_H
#define APP_DEMO_EXERCISE_H

#include "core/base/buffer.h"
#include "core/model/item.h"

struct exercise {
    struct buffer prompt;
    struct buffer right, wrong; /* answers: whole sentences */
    struct buffer because;      /* one sentence: why the right one is right */
    enum difficulty difficulty; /* of telling them apart */
};

void exercise_init(struct exercise *exercise);
void exercise_release(struct exercise *exercise);

/* A family of exercises: `count` of them, no two with the same prompt. */
struct exercise_source {
    void (*make)(struct exercise *out, size_t index);
    size_t count;
};

/* The sources of one category; ended by count 0. */
extern const struct exercise_source coding_sources[], medical_sources[], law_sources[], writing_sources[],
    reasoning_sources[], safety_sources[];

/* A row of a table of facts, and the ways to ask for it ("{}" is the subject). */
struct fact {
    const char *subject, *right, *wrong, *because;
};
/* frames: `frame_count` prompts. Index i is row i % rows asked by frame i / rows. */
void exercise_fact(struct exercise *out, const struct fact *facts, size_t rows, const char *const *frames, size_t index,
                   enum difficulty difficulty);

/* Appends pattern with each "{}" replaced. */
void add_filled(struct buffer *out, const char *pattern, const char *subject);
/* Appends a number with so many decimals at most, without trailing zeros. */
void add_decimal(struct buffer *out, double value, int decimals);
/* Appends "March 12": day 0 is January 1 of a year without a leap day; days past the year go on in the next. */
void add_date(struct buffer *out, int day);
/* Appends "7:05" (24 hours, minutes past midnight, past a day begins again). */
void add_clock(struct buffer *out, int minutes);

#endif
