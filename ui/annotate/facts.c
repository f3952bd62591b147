/* What is known when a sitting begins; see facts.h. */
#include "ui/annotate/facts.h"

#include "ui/annotate/phrases.h"
#include "ui/annotate/qualify.h"
#include "ui/paint.h"

#include "core/base/banned.h"

enum { FACT_COLUMN = 14 };

static int fact(struct surface *surface, struct rect area, int row, const char *what, struct buffer *words) {
    if (words->length == 0)
        return row;
    paint_string(surface, area, row, 0, INK_DIM, what);
    paint_text(surface, area, row, FACT_COLUMN, INK_NORMAL, buffer_slice(words));
    buffer_clear(words);
    return row + 1;
}

static void handed_in_words(const struct sitting *sitting, struct buffer *out) {
    const struct hand_in *handed = &sitting->handed;
    if (handed->judged + handed->aside == 0)
        return;
    if (handed->number > 0 || handed->purpose != BATCH_WORK)
        buffer_add_format(out, "%s: ", batch_name(handed->purpose, handed->number).text);
    buffer_add_format(out, "%d judged", handed->judged);
    if (handed->aside)
        buffer_add_format(out, ", %d set aside", handed->aside);
    buffer_add_string(out, ", ");
    phrase_duration(out, handed->active_ms);
    buffer_add_string(out, " on task");
}

static void batch_words(const struct sitting *sitting, struct buffer *out) {
    const struct batch *batch = &sitting->batch;
    if (!batch->id) {
        if (sitting->standing.standing.next == STANDING_WORK)
            buffer_add_format(out, "none open · up to %d items are dealt at a time", sitting->settings->batch);
        return;
    }
    if (batch->session || batch->purpose != BATCH_WORK)
        phrase_batch(out, batch);
    else
        buffer_add_format(out, "%d", batch->number);
    buffer_add_format(out, ", %d of %d done", batch->judged + batch->aside, batch->size);
    if (batch->aside)
        buffer_add_format(out, " · %d of them set aside", batch->aside);
}

/* "week-3: 12 items, judged by all, before your next batch" */
static void session_words(const struct news *news, struct buffer *out) {
    const struct batch *asked = &news->asked;
    if (!asked->id)
        return;
    buffer_add_format(out, SLICE_FORMAT ": ", SLICE_ARGS(asked->session_name));
    if (asked->session_kind == KIND_REVOTE)
        buffer_add_string(out, "after the discussion, ");
    phrase_count(out, asked->size, "item");
    buffer_add_string(out,
                      asked->session_kind == KIND_REVOTE ? " once more" : ", judged by all, before your next batch");
}

int facts_draw(const struct sitting *sitting, const struct news *news, struct surface *surface, struct rect area,
               int row) {
    struct buffer words = BUFFER_INIT;
    if (sitting->options->rehearsal)
        buffer_add_string(&words, "nothing is kept, nothing counts, nobody sees it");
    row = fact(surface, area, row, "Rehearsal", &words);
    handed_in_words(sitting, &words);
    row = fact(surface, area, row, "Handed in", &words);
    batch_words(sitting, &words);
    row = fact(surface, area, row, "Batch", &words);
    session_words(news, &words);
    row = fact(surface, area, row, "Calibration", &words);
    qualify_fact(sitting, &words);
    row = fact(surface, area, row, "Qualification", &words);
    if (news->draft_at) {
        buffer_add_string(&words, "from ");
        phrase_moment(&words, news->draft_at, sitting_now(sitting));
        buffer_add_format(&words, ", item %d", news->draft_position);
        row = fact(surface, area, row, "Draft", &words);
    }
    if (news->answer_count) {
        phrase_count(&words, (int64_t)news->answer_count, "answer");
        buffer_add_string(&words, " from the lead");
        row = fact(surface, area, row, "Answers", &words);
    }
    if (news->ruling_count)
        buffer_add_format(&words, "%zu new", news->ruling_count);
    row = fact(surface, area, row, "Rulings", &words);
    if (news->rubric_new) {
        buffer_add_format(&words, "now version %d: ", sitting->rubric.version);
        phrase_count(&words, (int64_t)news->lines_changed, "line");
        buffer_add_string(&words, " changed");
    } else {
        buffer_add_format(&words, "version %d · %s", sitting->rubric.version, sitting->rubric.title);
    }
    row = fact(surface, area, row, "Rubric", &words);
    if (sitting->settings->content_note)
        buffer_add_format(&words, "%s · texts are %s", sitting->settings->content_note,
                          sitting_cover(sitting) ? "covered until a key" : "not covered, as you chose");
    row = fact(surface, area, row, "Content note", &words);
    if (sitting->viewer->paused)
        buffer_add_string(&words, "the lead has set you to pause: you may look, not judge");
    row = fact(surface, area, row, "Paused", &words);
    buffer_release(&words);
    return row;
}

int facts_draw_qualification(const struct sitting *sitting, struct surface *surface, struct rect area, int row) {
    enum { TEXT_COLUMNS = 76 };
    struct buffer words = BUFFER_INIT;
    qualify_words(sitting, &words);
    area.columns = area.columns < TEXT_COLUMNS ? area.columns : TEXT_COLUMNS;
    if (words.length && !sitting->batch.id)
        row = paint_paragraph(surface, area, row, INK_NORMAL, buffer_slice(&words)) + 1;
    buffer_release(&words);
    return row;
}
