/* See news.h. */
#include "ui/annotate/news.h"

#include "core/base/timestamp.h"
#include "core/work/form.h"
#include "rubrics/difference.h"
#include "store/questions.h"
#include "store/settings.h"
#include "ui/annotate/pages.h"

#include "core/base/banned.h"

static int read_answers(struct news *news, struct sitting *sitting, struct error *error) {
    struct question *questions;
    size_t count;
    int status = question_list(sitting->store, sitting->viewer, &news->pool, &questions, &count, error);
    if (status)
        return status;
    news->answers = pool_new(&news->pool, count + 1, sizeof *news->answers);
    for (size_t i = 0; i < count; i++) {
        const struct question *question = &questions[i];
        bool mine = slice_is(question->person, sitting->viewer->name);
        if (!mine || !question->answer.data || question->seen || !slice_is(question->track, sitting->options->track))
            continue;
        news->answers[news->answer_count++] = question->id;
        buffer_add_format(&news->answer_page, "## %s\n\nYou asked on %s:\n\n", question->ref.text,
                          timestamp_local_day(question->at).text);
        page_quote(&news->answer_page, question->text);
        buffer_add_format(&news->answer_page, SLICE_FORMAT " answers%s:\n\n", SLICE_ARGS(question->answer_person),
                          question->ruling ? ", as a ruling for everybody" : "");
        page_quote(&news->answer_page, question->answer);
    }
    return STATUS_OK;
}

static int read_rulings(struct news *news, struct sitting *sitting, struct error *error) {
    struct ruling *rulings;
    size_t count;
    int status =
        ruling_list(sitting->store, sitting->viewer, sitting->options->track, &news->pool, &rulings, &count, error);
    if (status)
        return status;
    news->rulings = pool_new(&news->pool, count + 1, sizeof *news->rulings);
    for (size_t i = 0; i < count; i++) {
        if (rulings[i].retired || rulings[i].acknowledged)
            continue;
        news->rulings[news->ruling_count++] = rulings[i].id;
        buffer_add_format(&news->ruling_page, "- **%s** ", timestamp_local_day(rulings[i].at).text);
        buffer_add_slice(&news->ruling_page, rulings[i].text);
        buffer_add_string(&news->ruling_page, "\n");
    }
    return STATUS_OK;
}

static int read_rubric(struct news *news, struct sitting *sitting, struct error *error) {
    struct rubric_version old, new;
    int64_t acknowledged = 0;
    int status = STATUS_OK;
    if (sitting->viewer->person)
        status =
            rubric_acknowledged(sitting->store, sitting->viewer->person, sitting->options->track, &acknowledged, error);
    news->rubric_first = acknowledged == 0;
    if (status || acknowledged == 0 || acknowledged == sitting->rubric_id)
        return status;
    status = rubric_by_id(sitting->store, acknowledged, &news->pool, &old, error);
    if (!status)
        status = rubric_by_id(sitting->store, sitting->rubric_id, &news->pool, &new, error);
    if (status)
        return status;
    struct difference difference;
    difference_init(&difference, old.yaml, new.yaml);
    news->rubric_new = true;
    news->lines_changed = difference.changed;
    buffer_add_format(&news->rubric_page,
                      "# Rubric %s, now version %d\n\nYou worked with version %d. %zu line%s changed%s.\n",
                      sitting->rubric.name, sitting->rubric.version, old.version, difference.changed,
                      difference.changed == 1 ? "" : "s",
                      new.change == RUBRIC_SEMANTIC ? ", and the lead says that judgments can differ" : "");
    page_changes(&news->rubric_page, &difference);
    difference_release(&difference);
    return STATUS_OK;
}

/* A draft tells of itself only when something is answered in it. */
static bool has_answers(const struct sitting *sitting, const struct serving *serving) {
    struct form form;
    size_t answered, asked;
    form_init(&form, &sitting->rubric, serving->item.response_count, serving->shown);
    form_read(&form, serving->draft);
    form_progress(&form, &answered, &asked);
    bool any = answered > 0 || form.rationale.length > 0 || form.question.length > 0 || form.answer.tags ||
               form.answer.flags || form.row > 0 || form.cell > 0;
    form_release(&form);
    return any;
}

static int read_batch(struct news *news, struct sitting *sitting, struct error *error) {
    struct serving_line *lines;
    struct serving serving = {0};
    size_t count;
    if (!sitting->batch.id)
        return STATUS_OK;
    int status = batch_lines(sitting->store, &sitting->batch, &news->pool, &lines, &count, error);
    for (size_t i = 0; !status && i < count; i++) {
        if (lines[i].state == SERVING_DEALT && news->next_position == 0)
            news->next_position = lines[i].position;
        if (!lines[i].has_draft)
            continue;
        status = serving_load(sitting->store, &sitting->batch, lines[i].position, &sitting->rubric, &news->pool,
                              &serving, error);
        if (!status && serving.draft.length && serving.draft_at > news->draft_at && has_answers(sitting, &serving)) {
            news->draft_at = serving.draft_at;
            news->draft_position = lines[i].position;
        }
    }
    return status;
}

int news_read(struct news *news, struct sitting *sitting, struct error *error) {
    *news = (struct news){.answer_page = BUFFER_INIT, .ruling_page = BUFFER_INIT, .rubric_page = BUFFER_INIT};
    int status = read_answers(news, sitting, error);
    if (!status)
        status = read_rulings(news, sitting, error);
    if (!status)
        status = read_rubric(news, sitting, error);
    if (!status)
        status = read_batch(news, sitting, error);
    if (!status)
        status = contest_keys(sitting->store, sitting->viewer, sitting->settings, &news->pool, &news->keys,
                              &news->key_count, error);
    for (size_t i = 0; !status && i < news->key_count; i++)
        news->decision_count += news->keys[i].news;
    if (!status)
        status = sitting_find_session(sitting, &news->asked, error);
    if (status)
        news_release(news);
    return status;
}

void news_release(struct news *news) {
    buffer_release(&news->answer_page);
    buffer_release(&news->ruling_page);
    buffer_release(&news->rubric_page);
    pool_release(&news->pool);
}

int news_saw_answers(struct news *news, struct sitting *sitting, struct error *error) {
    while (news->answer_count > 0) {
        int status = question_seen(sitting->store, sitting->viewer, news->answers[news->answer_count - 1], error);
        if (status)
            return status;
        news->answer_count--;
    }
    buffer_clear(&news->answer_page);
    return STATUS_OK;
}

int news_saw_rulings(struct news *news, struct sitting *sitting, struct error *error) {
    while (news->ruling_count > 0) {
        int status = ruling_acknowledge(sitting->store, sitting->viewer, news->rulings[news->ruling_count - 1], error);
        if (status)
            return status;
        news->ruling_count--;
    }
    buffer_clear(&news->ruling_page);
    return STATUS_OK;
}

int news_saw_decisions(struct news *news, struct sitting *sitting, struct error *error) {
    for (size_t i = 0; i < news->key_count; i++) {
        struct shown_key *key = &news->keys[i];
        int status = key->news ? contest_seen(sitting->store, sitting->viewer, key->item, error) : STATUS_OK;
        if (status)
            return status;
        key->news = false;
    }
    news->decision_count = 0;
    return STATUS_OK;
}

int news_saw_rubric(struct news *news, struct sitting *sitting, struct error *error) {
    int status = rubric_acknowledge(sitting->store, sitting->viewer, sitting->rubric_id, error);
    if (status)
        return status;
    news->rubric_new = news->rubric_first = false;
    buffer_clear(&news->rubric_page);
    return STATUS_OK;
}
