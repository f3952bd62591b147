/*
 * From a gap to a sharper rule: the rubric in force, its version raised, in $EDITOR at the criterion in question. What comes back is
 * checked like a file; what is wrong with it is said, and it can be gone over again. Then it is in force, by the same way as
 * `assay rubric set`.
 */
#include "core/base/limits.h"
#include "rubrics/fold.h"
#include "rubrics/rubric.h"
#include "store/settings.h"
#include "ui/calibrate/review.h"
#include "ui/child.h"

#include "core/base/banned.h"

enum { PLACES = 9 };

static void replace_rubric(struct desk_screen *desk, struct frame *frame, enum rubric_change change) {
    struct review *review = (struct review *)desk;
    struct rubric rubric;
    struct rubric_effect effect;
    struct error error = ERROR_INIT;
    struct rubric_step step = {.change = change, .seed = desk->office->campaign->seed};
    int status = rubric_read(buffer_slice(&review->rubric), "rubric", &rubric, &error);
    if (!status) {
        status = rubric_replace(desk->office->store, desk->office->viewer, &rubric, buffer_slice(&review->rubric),
                                &step, &effect, &error);
        if (!status)
            frame_say(frame, INK_GOOD,
                      "version %d is in force; everybody reads the changed lines before their next item",
                      rubric.version);
        rubric_release(&rubric);
    }
    if (status)
        frame_say(frame, INK_ERROR, "%s", error.text);
    else
        review_read(desk, frame);
}

static void change_chosen(struct screen *asker, struct frame *frame, int line) {
    if (line < 0)
        frame_say(frame, INK_DIM, "the rubric stays as it was");
    else
        replace_rubric((struct desk_screen *)asker, frame, line == 0 ? RUBRIC_SEMANTIC : RUBRIC_EDITORIAL);
}

static void write_it(struct review *review, struct frame *frame, int line);

static void again_answered(struct screen *asker, struct frame *frame, bool yes) {
    if (yes)
        write_it((struct review *)asker, frame, 1);
}

/* Into $EDITOR; then what kind of change it is, or what is wrong with it. */
static void write_it(struct review *review, struct frame *frame, int line) {
    static const char *const kinds[] = {"semantic: a judgment can come out differently by it",
                                        "editorial: it says the same, more clearly"};
    struct rubric rubric;
    struct error error = ERROR_INIT;
    struct buffer before = BUFFER_INIT;
    struct editing how = {.name = "rubric.yaml", .line = line, .most = LIMIT_YAML_BYTES};
    buffer_add_slice(&before, buffer_slice(&review->rubric));
    int status = frame_edit(frame, &review->rubric, &how, &error);
    if (status) {
        frame_say(frame, INK_ERROR, "%s", error.text);
    } else if (slice_equal(buffer_slice(&before), buffer_slice(&review->rubric))) {
        frame_say(frame, INK_DIM, "nothing was written: the rubric stays as it was");
    } else if (rubric_read(buffer_slice(&review->rubric), "rubric", &rubric, &error)) {
        struct buffer question = BUFFER_INIT;
        buffer_add_format(&question, "Go over it again? %s", error.text);
        frame_ask(frame, question.data, again_answered);
        buffer_release(&question);
    } else {
        struct buffer title = BUFFER_INIT;
        buffer_add_format(&title, "Version %d of the rubric comes into force. What kind of change is it?",
                          rubric.version);
        frame_choose(frame, title.data, kinds, 2, change_chosen);
        buffer_release(&title);
        rubric_release(&rubric);
    }
    buffer_release(&before);
}

static void place_chosen(struct screen *asker, struct frame *frame, int place) {
    struct review *review = (struct review *)asker;
    const struct rubric *rubric = &review->room->circle.rubric;
    if (place >= 0)
        write_it(review, frame,
                 rubric_line(buffer_slice(&review->rubric), place ? rubric->criteria[place - 1].id : NULL));
}

void review_edit_rubric(struct review *review, struct frame *frame) {
    const struct rubric *rubric = &review->room->circle.rubric;
    const char *places[PLACES] = {"the guideline"};
    int count = 1;
    struct pool pool = POOL_INIT;
    struct rubric_version version;
    struct error error = ERROR_INIT;
    const struct office *office = review->desk.office;
    int status = rubric_newest(office->store, review->room->circle.book.session.track.data, &pool, &version, &error);
    if (status) {
        frame_say(frame, INK_ERROR, "%s", error.text);
    } else {
        buffer_clear(&review->rubric);
        rubric_renumber(&review->rubric, version.yaml, version.version + 1);
        while (review->rubric.length > 0 && review->rubric.data[review->rubric.length - 1] == '\n')
            buffer_cut(&review->rubric, review->rubric.length - 1); /* as it comes back from an editor */
        for (int i = 0; i < rubric->criterion_count && count < PLACES; i++)
            places[count++] = rubric->criteria[i].id;
        frame_choose(frame, "The rubric in $EDITOR. Where?", places, count, place_chosen);
    }
    pool_release(&pool);
}
