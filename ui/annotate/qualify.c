/* See qualify.h. */
#include "ui/annotate/qualify.h"

#include "ui/annotate/phrases.h"

#include "core/base/banned.h"

void qualify_fact(const struct sitting *sitting, struct buffer *out) {
    const struct track_settings *track = sitting->settings;
    const struct standing *standing = &sitting->standing.standing;
    if (!track->qualification_items)
        return;
    if (sitting->viewer->role == VIEWER_SOLO)
        buffer_add_string(out, "skipped: who works alone can open the keys");
    else if (sitting->viewer->role == VIEWER_LEAD)
        buffer_add_string(out, "not asked of a lead, who can open the keys");
    else if (standing_waits(standing))
        buffer_add_string(out, "waits for the lead");
    else if (standing->next != STANDING_WORK)
        buffer_add_format(out, "%d items, %d as the reference let you in · attempt %d of %d",
                          track->qualification_items, track->qualification_pass, standing->attempt,
                          track->qualification_attempts);
}

/* Why it is asked for. */
static void add_why(const struct track_standing *now, struct buffer *out) {
    if (now->standing.state == STANDING_FAILED)
        buffer_add_format(out, "Last time: " SLICE_FORMAT ". ", SLICE_ARGS(now->reason));
    else if (now->standing.state == STANDING_PAUSED && !now->by_lead)
        buffer_add_string(out,
                          "Your answers on gold fell below the bar, so the work on this track rests until you have "
                          "qualified again. Everything you did is kept; the lead looks at it. ");
    else if (now->standing.state == STANDING_PAUSED)
        buffer_add_string(out, "The lead asks you to qualify again for this track. ");
}

static void add_training(const struct standing *standing, const char *before, struct buffer *out) {
    buffer_add_string(out, before);
    phrase_count(out, standing->size, "item");
    buffer_add_string(out, " of training: after each answer you see what the reference says, and why. ");
}

void qualify_waits(const struct standing *standing, struct buffer *out) {
    buffer_add_string(out, standing->next == STANDING_NO_ATTEMPT
                               ? "No attempt is left. "
                               : "There are not enough items for an attempt that you have not seen. ");
    buffer_add_string(out, "The lead sees it on the desk and decides how it goes on.");
}

void qualify_words(const struct sitting *sitting, struct buffer *out) {
    const struct track_settings *track = sitting->settings;
    const struct standing *standing = &sitting->standing.standing;
    if (standing->next == STANDING_WORK)
        return;
    add_why(&sitting->standing, out);
    switch (standing->next) {
    case STANDING_TRAINING:
        add_training(standing, "First come ", out);
        buffer_add_string(out, "Then the qualification: ");
        break;
    case STANDING_QUALIFICATION:
        buffer_add_string(out, standing->attempt > 1 ? "Another attempt: " : "Before the work comes a qualification: ");
        break;
    default:
        qualify_waits(standing, out);
        return;
    }
    buffer_add_format(
        out,
        "%d items whose answer is known. With %d of them as the reference you may start. Nothing is said of "
        "them until you hand in.",
        track->qualification_items, track->qualification_pass);
}

static void add_batch(struct buffer *out, const char *before, const char *the, const struct batch *batch,
                      const char *behind) {
    buffer_add_format(out, "%s%s", before, the);
    phrase_batch(out, batch);
    buffer_add_string(out, behind);
}

/* Where the open batch goes on. */
static void batch_line_words(const struct sitting *sitting, int position, bool draft, struct buffer *out) {
    const struct batch *batch = &sitting->batch;
    bool begun = batch->judged + batch->aside > 0 || draft;
    const char *the = batch->purpose == BATCH_WORK ? "" : "the ";
    if (sitting_all_done(sitting) && batch->purpose == BATCH_TRAINING)
        buffer_add_string(out, "End the training");
    else if (sitting_all_done(sitting))
        add_batch(out, "Look ", the, batch, " over and hand it in");
    else if (begun && batch->purpose == BATCH_WORK)
        buffer_add_format(out, "Go on with item %d", position);
    else if (begun)
        buffer_add_format(out, "Go on with the %s, item %d", batch_name(batch->purpose, batch->number).text, position);
    else
        add_batch(out, "Begin ", the, batch, "");
}

/* What comes when nothing is open. */
static void deal_words(const struct sitting *sitting, struct buffer *out) {
    const struct standing *standing = &sitting->standing.standing;
    if (standing_waits(standing))
        buffer_add_string(out, "Look again");
    else if (standing->next == STANDING_TRAINING)
        buffer_add_format(out, "Begin the training: %d item%s", standing->size, standing->size == 1 ? "" : "s");
    else if (standing->next == STANDING_QUALIFICATION)
        buffer_add_format(out, "Begin the qualification: %d item%s", standing->size, standing->size == 1 ? "" : "s");
    else
        buffer_add_string(out, sitting->as_of ? "Take the next batch" : "Take a batch");
}

void qualify_line(const struct sitting *sitting, int position, bool draft, struct buffer *out) {
    if (sitting->batch.id)
        batch_line_words(sitting, position, draft, out);
    else
        deal_words(sitting, out);
}
