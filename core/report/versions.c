/* See versions.h. */
#include "core/report/versions.h"

#include "core/base/banned.h"

static int meaning_of(const struct rubric_marks *marks, int64_t rubric) {
    const struct rubric_mark *mark = rubric_marks_find(marks, rubric);
    return mark ? mark->meaning : 0;
}

void version_mix_add(struct version_mix *mix, const struct rubric_marks *marks, int64_t rubric, int64_t in_force) {
    int meaning = meaning_of(marks, rubric);
    mix->judgments++;
    if (meaning == 0 || meaning == meaning_of(marks, in_force))
        return;
    mix->older++;
    mix->several = mix->several || (mix->meaning && mix->meaning != meaning);
    mix->meaning = meaning;
}

static int64_t in_force(const struct history *history, int track) {
    return history->track_rubrics ? history->track_rubrics[track] : 0;
}

void version_mix_row(struct version_mix *mix, const struct history *history, const struct history_row *row) {
    version_mix_add(mix, &history->rubrics, row->rubric, in_force(history, row->track));
}

void version_mix_join(struct version_mix *mix, const struct version_mix *other) {
    mix->several = mix->several || other->several || (mix->meaning && other->meaning && mix->meaning != other->meaning);
    mix->judgments += other->judgments;
    mix->older += other->older;
    mix->meaning = other->meaning ? other->meaning : mix->meaning;
}

bool version_in_force(const struct history *history, const struct history_row *row) {
    int meaning = meaning_of(&history->rubrics, row->rubric);
    return meaning && meaning == meaning_of(&history->rubrics, in_force(history, row->track));
}

static void say(const struct version_mix *mix, bool of_n, struct buffer *out) {
    if (mix->older == 0)
        return;
    if (mix->older == mix->judgments && mix->older > 1)
        buffer_add_string(out, "all");
    else
        buffer_add_format(out, "%zu", mix->older);
    if (of_n)
        buffer_add_format(out, mix->older < mix->judgments || mix->older == 1 ? " of %zu" : " %zu", mix->judgments);
    buffer_add_string(out, mix->several ? " under older rules" : " under an older rule");
}

void version_mix_say(const struct version_mix *mix, struct buffer *out) {
    say(mix, true, out);
}

void version_mix_say_few(const struct version_mix *mix, struct buffer *out) {
    say(mix, false, out);
}
