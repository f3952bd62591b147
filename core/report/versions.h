/*
 * Whether a figure mixes judgments by different meanings of the rubric, and the words that say so. A judgment was made under an older rule
 * when the version that it names does not mean what the version in force on its track means (rubric_marks.h): whatever shows a figure says
 * how many of its judgments were. One that names no version, made elsewhere, is of no rule.
 */
#ifndef CORE_REPORT_VERSIONS_H
#define CORE_REPORT_VERSIONS_H

#include "core/base/buffer.h"
#include "core/model/history.h"

struct version_mix {
    size_t judgments; /* that the figure rests on */
    size_t older;     /* of them, under an older rule */
    int meaning;      /* of those; 0: none yet */
    bool several;     /* of those: they mean different things */
};

/* rubric: that the judgment names; in_force: on its track. */
void version_mix_add(struct version_mix *mix, const struct rubric_marks *marks, int64_t rubric, int64_t in_force);
void version_mix_row(struct version_mix *mix, const struct history *history, const struct history_row *row);
void version_mix_join(struct version_mix *mix, const struct version_mix *other);

/* Whether it names a version that means what the one in force means. */
bool version_in_force(const struct history *history, const struct history_row *row);

/* "12 of 40 under an older rule", "all 40 under older rules"; adds nothing when none is. */
void version_mix_say(const struct version_mix *mix, struct buffer *out);
/* The same beside a figure whose n stands there: "12 under an older rule", "all under an older rule". */
void version_mix_say_few(const struct version_mix *mix, struct buffer *out);

#endif
