/* See exhibit.h. */
#include "ui/lead/exhibit.h"

#include "core/base/timestamp.h"
#include "core/text/grapheme.h"
#include "ui/annotate/phrases.h"
#include "ui/lead/wording.h"
#include "ui/paint.h"
#include "ui/search.h"

#include "core/base/banned.h"

enum { DENSE_BELOW = 30, SAID_LEAST = 10 };

int exhibit_said_columns(const struct exhibit *exhibit, int columns) {
    const struct rubric *rubric = exhibit_rubric(exhibit);
    struct buffer words = BUFFER_INIT;
    int widest = SAID_LEAST;
    for (size_t i = 0; rubric && i < exhibit->answer_count; i++) {
        const struct answer_line *one = &exhibit->answers[i];
        buffer_clear(&words);
        word_answer(&words, rubric, exhibit->shown, one->prefer, one->ranking.text, one->strength);
        int wide = (int)(text_columns(buffer_slice(&words)) & 0xffff);
        widest = wide > widest ? wide : widest;
    }
    buffer_release(&words);
    return widest < columns / 2 || widest == SAID_LEAST ? widest : columns / 2;
}

int exhibit_read(struct exhibit *exhibit, const char *shown, struct error *error) {
    struct office *office = exhibit->desk.office;
    struct pool pool = POOL_INIT;
    struct item_line line = {0};
    struct answer_line *answers = NULL;
    size_t count = 0;
    int status = load_item(office->store, exhibit->id, &pool, &line, error);
    if (!status)
        status = load_item_answers(office->store, office->viewer, exhibit->id, &pool, &answers, &count, error);
    if (status) {
        pool_release(&pool);
        return status;
    }
    texts_clear(&office->texts);
    pool_release(&exhibit->pool);
    exhibit->pool = pool;
    exhibit->line = line;
    exhibit->answers = answers;
    exhibit->answer_count = count;
    size_t responses = line.item.response_count;
    bool known = shown && shown_valid(slice_of(shown), responses);
    memset(exhibit->shown, 0, sizeof exhibit->shown);
    memcpy(exhibit->shown, known ? shown : stored_order(), responses);
    texts_set(&office->texts, &exhibit->line.item, exhibit->shown);
    exhibit->read = true;
    return STATUS_OK;
}

void exhibit_release(struct exhibit *exhibit) {
    if (exhibit->read)
        texts_clear(&exhibit->desk.office->texts);
    pool_release(&exhibit->pool);
}

const struct rubric *exhibit_rubric(const struct exhibit *exhibit) {
    const struct office_track *track = office_track(exhibit->desk.office, exhibit->track);
    return track ? &track->rubric : NULL;
}

struct rect exhibit_draw(struct exhibit *exhibit, struct surface *surface, const char *where, int wanted) {
    struct rect area = surface_rect(surface);
    bool dense = surface->rows < DENSE_BELOW;
    desk_title(exhibit->desk.office, surface, &area, where);
    struct rect hint = rect_cut_bottom(&area, 1);
    int most = dense ? area.rows * 2 / 5 : area.rows / 2;
    struct rect panel = rect_cut_bottom(&area, wanted < most ? wanted : most);
    struct rect rule = rect_cut_bottom(&area, 1);
    paint_rule(surface, rule, 0);
    if (exhibit->read)
        texts_draw(&exhibit->desk.office->texts, surface, area, dense);
    frame_hint(surface, &hint, exhibit->desk.screen.class->contexts(&exhibit->desk.screen));
    return rect_inset(panel, 0, 1);
}

/* --- The page with everything ------------------------------------------------------------------------------------------------ */

static void about_models(const struct item_line *line, const char *shown, struct buffer *page) {
    for (size_t i = 0; i < line->item.response_count; i++) {
        const struct response *response = &line->item.responses[shown[i] - 'a'];
        buffer_add_format(page, "- %c: ", (char)('A' + (int)i));
        word_cell(page, response->name);
        if (response->model.data) {
            buffer_add_string(page, ", by ");
            word_cell(page, response->model);
        }
        buffer_add_char(page, '\n');
    }
}

const char *exhibit_order_words(const struct exhibit *exhibit, const char *shown) {
    if (!shown[0] || strcmp(shown, exhibit->shown) == 0)
        return "";
    return shown[2] ? "in another order" : "sides swapped";
}

void exhibit_reason(const struct exhibit *exhibit, const struct answer_line *answer, struct buffer *out) {
    const char *order = exhibit_order_words(exhibit, answer->shown);
    if (order[0] && answer->rationale.length)
        buffer_add_format(out, "(%s) ", order);
    buffer_add_slice(out, answer->rationale);
}

static void about_answer(const struct exhibit *exhibit, const struct answer_line *answer, struct buffer *page) {
    const struct rubric *rubric = exhibit_rubric(exhibit);
    buffer_add_string(page, "| ");
    word_cell(page, answer->name);
    buffer_add_string(page, " | ");
    word_day(page, answer->at);
    buffer_add_string(page, " | ");
    if (rubric)
        word_answer(page, rubric, exhibit->shown, answer->prefer, answer->ranking.text, answer->strength);
    buffer_add_format(page, " | %s%s | ", kind_name(answer->kind), answer->final ? "" : ", not handed in");
    buffer_add_format(page, "%s | ", exhibit_order_words(exhibit, answer->shown));
    if (answer->rationale.data)
        word_cell(page, answer->rationale);
    buffer_add_string(page, " |\n");
}

static void about_contests(const struct exhibit *exhibit, struct buffer *page) {
    const struct office *office = exhibit->desk.office;
    if (office_contests(office, exhibit->id, NULL))
        buffer_add_string(page, "\n## Contests of the key\n\n| who | when | | why |\n| --- | --- | --- | --- |\n");
    for (size_t i = 0; i < office->contest_count; i++) {
        const struct contest *contest = &office->contests[i];
        if (contest->item != exhibit->id)
            continue;
        buffer_add_string(page, "| ");
        word_cell(page, contest->person);
        buffer_add_string(page, " | ");
        word_day(page, contest->at);
        buffer_add_string(page, " | ");
        buffer_add_format(page, "%s | ", exhibit_order_words(exhibit, contest->shown));
        word_cell(page, contest->text);
        buffer_add_string(page, " |\n");
    }
}

static void open_about(const struct exhibit *exhibit, struct frame *frame) {
    const struct item_line *line = &exhibit->line;
    struct buffer page = BUFFER_INIT;
    buffer_add_format(&page, "# Item %s\n\n", line->ref.text);
    word_cell(&page, line->item.name);
    buffer_add_string(&page, " · ");
    word_cell(&page, slice_of(exhibit->track));
    if (line->item.category.data) {
        buffer_add_string(&page, " · ");
        word_cell(&page, line->item.category);
    }
    if (line->source.data) {
        buffer_add_string(&page, " · from ");
        word_cell(&page, line->source);
        buffer_add_format(&page, ", line %lld", (long long)line->source_line);
    }
    buffer_add_string(&page, "\n\n");
    about_models(line, exhibit->shown, &page);
    if (line->gold && line->item.gold->explanation.data) {
        buffer_add_string(&page, "\n## The key's explanation\n\n");
        buffer_add_slice(&page, line->item.gold->explanation);
        buffer_add_char(&page, '\n');
    }
    about_contests(exhibit, &page);
    buffer_add_string(&page, "\n## Answers\n\n");
    if (exhibit->answer_count == 0)
        buffer_add_string(&page, "Nobody has judged it.\n");
    else
        buffer_add_string(
            &page, "Letters as on the page before, whatever side each person saw.\n\n| who | when | answer | kind "
                   "| | why |\n| --- | --- | --- | --- | --- | --- |\n");
    for (size_t i = 0; i < exhibit->answer_count; i++)
        about_answer(exhibit, &exhibit->answers[i], &page);
    frame_read(frame, "about this item", buffer_slice(&page));
    buffer_release(&page);
}

static void searched(struct screen *screen, struct frame *frame, struct slice text) {
    texts_search_typed(&((struct exhibit *)screen)->desk.office->texts, frame, text);
}

bool exhibit_request(struct exhibit *exhibit, struct frame *frame, enum request request) {
    const char *words = NULL;
    switch (request) {
    case REQUEST_CLOSE:
        frame_pop(frame);
        return true;
    case REQUEST_ANSWERS:
        if (exhibit->read)
            open_about(exhibit, frame);
        return true;
    case REQUEST_DIFFERENCES:
        if (exhibit->read)
            texts_compare(&exhibit->desk.office->texts, frame);
        return true;
    case REQUEST_SEARCH:
        if (exhibit->read)
            search_ask(frame, searched);
        return true;
    default:
        if (!exhibit->read || !texts_request(&exhibit->desk.office->texts, request, &words))
            return false;
        if (words)
            frame_say(frame, INK_DIM, "%s", words);
        return true;
    }
}
