#include "ui/lead/person_figures.h"

#include <math.h>

#include "ui/annotate/phrases.h"
#include "ui/lead/wording.h"
#include "ui/paint.h"

#include "core/base/banned.h"

enum { LABEL = 12, WIDE = 90 };

static void row(struct surface *surface, struct rect area, int number, const char *label, struct buffer *words,
                enum ink ink) {
    paint_string(surface, area, number, 0, INK_DIM, label);
    paint_text(surface, area, number, LABEL, ink, buffer_slice(words));
    buffer_clear(words);
}

static void gold_words(const struct person_figures *own, bool wide, struct buffer *out) {
    const struct person_gold *gold = &own->gold;
    if (gold->n == 0) {
        buffer_add_string(out, "none answered yet");
        return;
    }
    word_of(out, gold->right, gold->n);
    if (gold->n < PERSON_ROW_FROM)
        buffer_add_string(out, " · too early for a percentage");
    else
        buffer_add_format(out, " · likely %d–%d %%", percent_of(gold->figure.low), percent_of(gold->figure.high));
    buffer_add_format(out, " · %zu other side, %zu strength", gold->wrong_side, gold->wrong_strength);
    buffer_add_string(out, gold->mix.older ? " · " : "");
    version_mix_say_few(&gold->mix, out);
    if (wide)
        buffer_add_string(out, " · gold is easier than most");
}

/* Where the track asks for a qualification. */
static void add_standing(const struct office *office, const struct office_person *who, struct buffer *out) {
    int64_t person = office_person_id(office, who->annotator->person);
    const struct standing_line *line = office_standing(office, person, who->track->settings->name);
    if (line)
        buffer_add_format(out, " · %s", standing_words(&line->now.standing));
}

static void state_words(const struct annotator *annotator, const char *state, struct buffer *out) {
    const struct person_drift *drift = &annotator->own.drift;
    buffer_add_string(out, state);
    if (drift->designed)
        buffer_add_format(out, " · detector at %d of %d", drift->statistic, drift->design.limit);
    if (drift->alarm_count)
        buffer_add_format(out, " · fired %zu time%s", drift->alarm_count, drift->alarm_count == 1 ? "" : "s");
}

static void confidence_words(const struct confidence_figures *confidence, struct buffer *out) {
    if (confidence->n < CONFIDENCE_EARLY || confidence->verdict == CONFIDENCE_TOO_EARLY)
        buffer_add_string(out, "too early");
    else
        buffer_add_format(out, "said %d %% on average, %zu of %zu matched: %s",
                          (int)floor(confidence->mean_percent + 0.5), confidence->right, confidence->n,
                          confidence_verdict_name(confidence->verdict));
}

static void habit_words(const struct annotator *annotator, struct buffer *out) {
    const struct person_figures *own = &annotator->own;
    if (own->side_chosen < PERSON_ROW_FROM) {
        buffer_add_string(out, "too early");
        return;
    }
    buffer_add_format(out, "left side %d %% (%zu)%s", percent_of((double)own->first_chosen / (double)own->side_chosen),
                      own->side_chosen, own->shown_first.chance ? ", as by chance" : ", more than by chance would");
    if (!annotator->ties.undefined)
        buffer_add_format(out, " · ties %d %%", percent_of(annotator->ties.value));
    if (!annotator->longer.share.undefined)
        buffer_add_format(out, " · the longer one %d %%", percent_of(annotator->longer.share.value));
}

static void same_words(const struct office_person *who, struct buffer *out) {
    const struct consistency *retest = &who->annotator->own.retest;
    buffer_add_string(out, "retests ");
    word_of(out, retest->same_count, retest->n);
    if (who->same.items)
        buffer_add_format(out, " · as the others %d %% (%zu items)", percent_of(who->same.share), who->same.items);
}

static void work_words(const struct office *office, const struct annotator *annotator, struct buffer *out) {
    if (office_paused(office, office_person_id(office, annotator->person)))
        buffer_add_string(out, "paused · ");
    buffer_add_format(out, "%zu judgments, %zu held%s", annotator->judgments, annotator->held,
                      annotator->held ? " with their gold" : ""); /* a hold counts what an export would take */
    buffer_add_string(out, annotator->own.mix.older ? " · " : "");
    version_mix_say_few(&annotator->own.mix, out);
    if (annotator->flags) {
        buffer_add_string(out, " · look at: ");
        word_flags(out, annotator);
    }
    if (!isnan(annotator->median_seconds))
        buffer_add_format(out, " · median %.0f s", annotator->median_seconds);
    buffer_add_string(out, " · handed in ");
    word_seen(out, annotator->own.last_hand_in, office_now(office));
}

void person_figures_draw(const struct office *office, const struct office_person *who, struct surface *surface,
                         struct rect area) {
    const struct annotator *annotator = who->annotator;
    struct buffer words = BUFFER_INIT;
    int ink;
    const char *state = word_state(annotator, &ink);
    gold_words(&annotator->own, area.columns >= WIDE, &words);
    row(surface, area, 0, "gold", &words, INK_NORMAL);
    state_words(annotator, state, &words);
    add_standing(office, who, &words);
    row(surface, area, 1, "state", &words, (enum ink)ink);
    confidence_words(&annotator->own.confidence, &words);
    row(surface, area, 2, "confidence", &words, INK_NORMAL);
    habit_words(annotator, &words);
    row(surface, area, 3, "habits", &words, INK_NORMAL);
    same_words(who, &words);
    row(surface, area, 4, "the same", &words, INK_NORMAL);
    work_words(office, annotator, &words);
    row(surface, area, 5, "work", &words, INK_NORMAL);
    buffer_release(&words);
}
