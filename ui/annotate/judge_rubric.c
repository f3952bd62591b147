/*
 * A new version of the rubric while somebody is at work. The item on the screen is finished by the version that is on the screen;
 * before the next one the changed lines are shown, once, and acknowledged by closing the page. A draft that was begun by the older
 * version keeps every answer that the new one still asks for.
 */
#include "store/settings.h"
#include "ui/annotate/judge.h"
#include "ui/annotate/news.h"

#include "core/base/banned.h"

static void acknowledge(struct work_screen *work, struct frame *frame) {
    struct judge *judge = (struct judge *)work;
    struct error error = ERROR_INIT;
    int status = rubric_acknowledge(work->sitting->store, work->sitting->viewer, work->sitting->rubric_id, &error);
    if (!work_done(work, frame, status, &error, acknowledge))
        return;
    judge->reading = false;
    judge_load(work, frame);
}

static void show_changes(struct judge *judge, struct frame *frame) {
    struct news news;
    struct error error = ERROR_INIT;
    int status = news_read(&news, judge->work.sitting, &error);
    if (!work_done(&judge->work, frame, status, &error, judge_load))
        return;
    if (news.rubric_new) {
        judge->reading = true;
        frame_read(frame, "what changed in the rubric", buffer_slice(&news.rubric_page));
        frame_fresh(frame);
    } else { /* nothing new to this person: an older text again, or read elsewhere */
        acknowledge(&judge->work, frame);
    }
    news_release(&news);
}

bool judge_rubric_changed(struct judge *judge, struct frame *frame) {
    struct sitting *sitting = judge->work.sitting;
    struct error error = ERROR_INIT;
    int64_t id = sitting->rubric_id;
    int status = rubric_in_force(sitting->store, sitting->options->track, &id, &error);
    if (!work_done(&judge->work, frame, status, &error, judge_load))
        return true;
    if (id == sitting->rubric_id)
        return false;
    judge_forget(judge);
    status = sitting_read_rubric(sitting, &error);
    if (work_done(&judge->work, frame, status, &error, judge_load))
        show_changes(judge, frame);
    return true;
}

void judge_resumed(struct screen *screen, struct frame *frame) {
    struct judge *judge = (struct judge *)screen;
    if (judge->reading && !judge->work.sitting->failed)
        acknowledge(&judge->work, frame);
}
