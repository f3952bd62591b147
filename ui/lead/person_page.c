/*
 * One person on one track: figures, what is held, charts where there is room, and a list that Tab turns: a sample
 * of what is held, the last judgments, missed gold, repeated reasons, questions. Holds are placed and decided
 * here, each with a reason.
 */
#include "core/base/array.h"
#include "core/base/memory.h"
#include "core/base/timestamp.h"
#include "ui/lead/charts.h"
#include "ui/lead/person_lists.h"
#include "ui/lead/person_figures.h"
#include "ui/lead/person_page.h"
#include "ui/lead/places.h"
#include "ui/lead/wording.h"
#include "ui/list.h"
#include "ui/paint.h"

#include "core/base/banned.h"

enum { CHARTS_FROM = 36, CHART_ROWS = 8, HOLDS_SHOWN = 2 };

static struct person_page *page_of(struct screen *screen) {
    return (struct person_page *)screen;
}

const struct office_person *person_page_who(const struct person_page *page) {
    return office_person(page->desk.office, page->person, page->track);
}

const char *person_page_name(const struct person_page *page) {
    const struct office_person *who = person_page_who(page);
    return who ? office_person_name(page->desk.office, who->annotator->person) : "";
}

static bool is_theirs(const struct person_page *page, const struct hold *hold) {
    return !hold->decision.data && slice_is(hold->track, page->track) && slice_is(hold->person, person_page_name(page));
}

/* The hold in hand; NULL: nothing of this person is held. */
const struct hold *person_page_hold(const struct person_page *page) {
    const struct office *office = page->desk.office;
    const struct hold *first = NULL;
    for (size_t i = 0; i < office->hold_count; i++) {
        if (!is_theirs(page, &office->holds[i]))
            continue;
        if (office->holds[i].id == page->hold)
            return &office->holds[i];
        first = first ? first : &office->holds[i];
    }
    return first;
}

/* --- Drawing ------------------------------------------------------------------------------------------------------------------ */

static void hold_words(const struct hold *hold, struct buffer *out) {
    buffer_add_format(out, "Held: %lld judgment%s since ", (long long)hold->judgments, hold->judgments == 1 ? "" : "s");
    word_day(out, hold->since_at);
    if (hold->category.data)
        buffer_add_format(out, ", " SLICE_FORMAT, SLICE_ARGS(hold->category));
    buffer_add_string(out, hold->by_detector ? ", by the detector: " : ", by a lead: ");
    buffer_add_slice(out, hold->why);
}

/* The one in hand first: it is the one that the keys decide about. */
static void draw_holds(const struct person_page *page, struct surface *surface, struct rect area) {
    const struct office *office = page->desk.office;
    const struct hold *mine = person_page_hold(page);
    struct buffer words = BUFFER_INIT;
    int row = 0;
    if (mine) {
        hold_words(mine, &words);
        paint_text(surface, area, row++, 0, INK_WARNING, buffer_slice(&words));
    } else {
        paint_string(surface, area, row, 0, INK_DIM, "Nothing is held.");
    }
    for (size_t i = 0; i < office->hold_count && row < area.rows; i++) {
        if (&office->holds[i] == mine || !is_theirs(page, &office->holds[i]))
            continue;
        buffer_clear(&words);
        hold_words(&office->holds[i], &words);
        paint_text(surface, area, row++, 0, INK_NORMAL, buffer_slice(&words));
    }
    buffer_release(&words);
}

static void draw_row(void *data, size_t index, bool selected, struct surface *surface, struct rect area) {
    const struct person_page *page = data;
    const struct office_person *who = person_page_who(page);
    if (who)
        person_line_draw(&page->lines[page->shown].items[index], &who->track->rubric, selected, surface, area);
}

static void list_title(const struct person_page *page, enum person_list list, struct buffer *out) {
    static const char *const names[] = {"Sample of what is held", "Last judgments", "Missed gold", "Repeated reasons",
                                        "Questions"};
    const struct person_lines *lines = &page->lines[list];
    buffer_add_string(out, names[list]);
    if (lines->of > lines->count)
        buffer_add_format(out, ", %zu of %zu", lines->count, lines->of);
    else
        buffer_add_format(out, ", %zu", lines->count);
}

static void draw_list(struct person_page *page, struct surface *surface, struct rect area) {
    static const char *const empty[] = {"Nothing is held, so there is nothing to sample.", "Nothing is handed in yet.",
                                        "No gold was missed.", "No reason was given twice.", "No questions."};
    struct rect rule = rect_cut_top(&area, 1);
    struct buffer words = BUFFER_INIT;
    paint_rule(surface, rule, 0);
    list_title(page, page->shown, &words);
    paint_format(surface, rule, 0, 1, INK_ACCENT, " %s ", words.data);
    paint_right_string(surface, rule, 0, 1, INK_DIM, " Tab: the next list ");
    if (page->lines[page->shown].count == 0)
        paint_string(surface, area, 0, 2, INK_DIM, empty[page->shown]);
    list_draw(&page->lists[page->shown], surface, area, draw_row, page);
    buffer_release(&words);
}

static unsigned person_contexts(const struct screen *screen) {
    (void)screen;
    return IN_DESK_PERSON | IN_LIST;
}

static void person_draw(struct screen *screen, struct surface *surface) {
    struct person_page *page = page_of(screen);
    const struct office_person *who = person_page_who(page);
    struct rect area = surface_rect(surface);
    struct buffer where = BUFFER_INIT;
    buffer_add_format(&where, "%s · %s", person_page_name(page), page->track);
    desk_title(page->desk.office, surface, &area, where.data);
    frame_hint(surface, &area, person_contexts(screen));
    buffer_release(&where);
    if (!who) {
        paint_string(surface, area, 1, 2, INK_DIM, "Nothing of this person on this track has been handed in.");
        return;
    }
    struct rect figures = rect_cut_top(&area, PERSON_FIGURE_ROWS);
    rect_cut_left(&figures, 2);
    person_figures_draw(page->desk.office, who, surface, figures);
    struct rect holds = rect_cut_top(&area, surface->rows >= CHARTS_FROM ? HOLDS_SHOWN + 1 : HOLDS_SHOWN);
    rect_cut_left(&holds, 2);
    draw_holds(page, surface, holds);
    if (surface->rows >= CHARTS_FROM) {
        struct rect charts = rect_cut_top(&area, CHART_ROWS);
        rect_cut_left(&charts, 2);
        charts_draw(who, surface, charts);
    }
    if (page->read)
        draw_list(page, surface, area);
}

/* --- Reading ------------------------------------------------------------------------------------------------------------------ */

void person_page_read(struct desk_screen *desk, struct frame *frame) {
    struct person_page *page = (struct person_page *)desk;
    struct office *office = desk->office;
    const struct office_person *who = person_page_who(page);
    struct pool pool = POOL_INIT;
    struct answer_line *answers;
    size_t count;
    struct error error = ERROR_INIT;
    int status =
        load_person_answers(office->store, office->viewer, page->person, page->track, &pool, &answers, &count, &error);
    if (!desk_done(desk, frame, status, &error, person_page_read)) {
        pool_release(&pool);
        return;
    }
    pool_release(&page->pool);
    page->pool = pool;
    page->answers = answers;
    page->answer_count = count;
    page->read = who != NULL;
    for (enum person_list list = 0; list < PERSON_LISTS && who; list++) {
        person_lines_make(&page->lines[list], list, office, who, person_page_hold(page), answers, count, &page->pool);
        list_set_count(&page->lists[list], page->lines[list].count);
    }
}

/* --- Keys ------------------------------------------------------------------------------------------------------------------------ */

static void open_line(struct person_page *page, struct frame *frame) {
    const struct office_person *who = person_page_who(page);
    const struct person_lines *lines = &page->lines[page->shown];
    struct buffer words = BUFFER_INIT;
    if (!page->read || !who || lines->count == 0)
        return;
    const struct person_line *line = &lines->items[page->lists[page->shown].selected];
    if (line->question && line->question->answer.data) {
        buffer_add_string(&words, "## Question\n\n");
        buffer_add_slice(&words, line->question->text);
        buffer_add_string(&words, "\n\n## Answer\n\n");
        buffer_add_slice(&words, line->question->answer);
        frame_read(frame, "question", buffer_slice(&words));
    } else if (line->question) {
        question_open(page->desk.office, frame, line->question->id);
    } else if (page->shown == LIST_MISSED) {
        gold_open(page->desk.office, frame, line->answer->item, page->track);
    } else {
        page->looked += page->shown == LIST_SAMPLE;
        person_line_words(line, &who->track->rubric, &words);
        item_open(page->desk.office, frame, line->answer->item, page->track, line->answer->shown, buffer_slice(&words));
    }
    buffer_release(&words);
}

static void open_table(const struct person_page *page, struct frame *frame, enum request request) {
    const struct office_person *who = person_page_who(page);
    if (!who)
        return;
    if (request == REQUEST_DESK_GOLD)
        charts_gold_table(page->desk.office, who, frame);
    else if (request == REQUEST_DESK_EVERYBODY)
        charts_team_table(page->desk.office, who->track, frame);
    else if (request == REQUEST_DESK_DETECTOR)
        charts_detector_table(page->desk.office, who, frame);
    else
        charts_weeks_table(page->desk.office, who->track, frame);
}

static bool person_key(struct screen *screen, struct frame *frame, const struct key *key) {
    struct person_page *page = page_of(screen);
    enum request request = keymap_lookup(*key, IN_DESK_PERSON | IN_LIST);
    if (desk_waits(&page->desk, frame, key))
        return true;
    switch (request) {
    case REQUEST_CLOSE:
        frame_pop(frame);
        return true;
    case REQUEST_DESK_PART:
        page->shown = (page->shown + 1) % PERSON_LISTS;
        return true;
    case REQUEST_DESK_PART_BACK:
        page->shown = (page->shown + PERSON_LISTS - 1) % PERSON_LISTS;
        return true;
    case REQUEST_OPEN:
        open_line(page, frame);
        return true;
    case REQUEST_HOLD:
    case REQUEST_RELEASE:
    case REQUEST_REDO:
    case REQUEST_PAUSE:
        person_page_decide(page, frame, request);
        return true;
    case REQUEST_DESK_GOLD:
    case REQUEST_DESK_DETECTOR:
    case REQUEST_DESK_WEEKS:
    case REQUEST_DESK_EVERYBODY:
        open_table(page, frame, request);
        return true;
    default:
        return list_request(&page->lists[page->shown], request);
    }
}

/* A page above may have read the office anew (an amended key, an answer): then the lines point nowhere. */
static void person_resumed(struct screen *screen, struct frame *frame) {
    struct person_page *page = page_of(screen);
    page->read = false;
    person_page_read(&page->desk, frame);
}

static void person_close(struct screen *screen) {
    struct person_page *page = page_of(screen);
    pool_release(&page->pool);
    buffer_release(&page->why);
    memory_free(page->category);
    memory_free(page);
}

void person_open(struct office *office, struct frame *frame, int64_t person, const char *track, int64_t hold) {
    static const struct screen_class class = {.name = "person",
                                              .draw = person_draw,
                                              .key = person_key,
                                              .contexts = person_contexts,
                                              .resumed = person_resumed,
                                              .close = person_close};
    struct person_page *page = memory_new(1, sizeof *page);
    page->desk = (struct desk_screen){.screen = {.class = &class}, .office = office};
    page->person = person;
    page->hold = hold;
    page->shown = hold ? LIST_SAMPLE : LIST_LAST;
    memcpy(page->track, track, strlen(track) + 1);
    buffer_init(&page->why);
    frame_push(frame, &page->desk.screen);
    person_page_read(&page->desk, frame);
}
