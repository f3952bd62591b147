/*
 * The desk: decisions on top, and under them people, categories and charts. From TALL_FROM rows on all of them
 * stand there; on a smaller screen the lower half shows one, and Tab goes on to the next. ▸ stands in one part;
 * heights depend on the size of the screen alone.
 */
#include <limits.h>
#include <stdio.h>

#include "core/base/memory.h"
#include "core/text/grapheme.h"
#include "ui/lead/charts.h"
#include "ui/lead/front_parts.h"
#include "ui/lead/places.h"
#include "ui/list.h"
#include "ui/paint.h"

#include "core/base/banned.h"

enum { TALL_FROM = 34, LARGE_FROM = 50, WIDE = 100 };
enum part { PART_DECISIONS, PART_PEOPLE, PART_CATEGORIES, PART_CHARTS, PARTS };
static const char *const part_names[PARTS] = {"Decisions", "People, worst first", "Categories and languages", "Charts"};

struct front {
    struct desk_screen desk; /* must be first */
    enum part part;          /* where ▸ stands */
    int64_t reading_ms;      /* what the last reading took */
    struct list lists[PART_CHARTS];
};

/* Whose charts are shown: the person at ▸ of People. NULL: there is nobody. */
static const struct office_person *person_in_hand(const struct front *front) {
    const struct office *office = front->desk.office;
    return office->people_count ? &office->people[front->lists[PART_PEOPLE].selected] : NULL;
}

/* --- Drawing ----------------------------------------------------------------------------------------------------------------- */

static void draw_decision(void *data, size_t index, bool selected, struct surface *surface, struct rect area) {
    const struct front *front = data;
    const struct office *office = front->desk.office;
    agenda_draw(&office->agenda[index], office->longest_subject, selected && front->part == PART_DECISIONS, surface,
                area);
}

static void draw_person(void *data, size_t index, bool selected, struct surface *surface, struct rect area) {
    const struct front *front = data;
    people_row(front->desk.office, &front->desk.office->people[index], selected && front->part == PART_PEOPLE, surface,
               area);
}

static void draw_category(void *data, size_t index, bool selected, struct surface *surface, struct rect area) {
    const struct front *front = data;
    category_row(&front->desk.office->categories[index], selected && front->part == PART_CATEGORIES, surface, area);
}

static void draw_list(struct front *front, enum part part, struct surface *surface, struct rect area) {
    static void (*const rows[])(void *, size_t, bool, struct surface *, struct rect) = {draw_decision, draw_person,
                                                                                        draw_category};
    list_draw(&front->lists[part], surface, area, rows[part], front);
    if (front->part != part) /* ▸ stands in one part */
        paint_fill(surface, rect_make(area.row, area.column, area.rows, 1), INK_NORMAL);
}

static void draw_decisions(struct front *front, struct surface *surface, struct rect area) {
    if (front->desk.office->agenda_count == 0)
        paint_string(surface, area, 0, 2, INK_DIM, "Nothing waits for a decision.");
    draw_list(front, PART_DECISIONS, surface, area);
}

static void draw_people(struct front *front, struct surface *surface, struct rect area) {
    struct rect top = rect_cut_top(&area, 1);
    rect_cut_left(&top, 2);
    if (front->desk.office->people_count == 0)
        paint_string(surface, top, 0, 0, INK_DIM, "Nobody has handed in a batch yet.");
    else
        people_head(front->desk.office, surface, top);
    draw_list(front, PART_PEOPLE, surface, area);
}

static void draw_categories(struct front *front, struct surface *surface, struct rect area) {
    const struct office *office = front->desk.office;
    struct buffer words = BUFFER_INIT;
    for (size_t i = 0; i < office->track_count && i < 3; i++) {
        struct rect line = rect_cut_top(&area, 1);
        buffer_clear(&words);
        track_words(office, &office->tracks[i], area.columns < WIDE, &words);
        paint_text(surface, line, 0, 2, INK_NORMAL, buffer_slice(&words));
    }
    struct rect top = rect_cut_top(&area, 1);
    rect_cut_left(&top, 2);
    category_head(surface, top);
    draw_list(front, PART_CATEGORIES, surface, area);
    buffer_release(&words);
}

static void draw_charts(struct front *front, struct surface *surface, struct rect area) {
    const struct office_person *who = person_in_hand(front);
    struct rect last = rect_cut_bottom(&area, 1);
    struct buffer words = BUFFER_INIT;
    rect_cut_left(&area, 2);
    charts_draw(who, surface, area);
    if (who)
        detector_words(who->track, area.columns < WIDE, &words);
    paint_text(surface, last, 0, 2, INK_DIM, buffer_slice(&words));
    buffer_release(&words);
}

static void draw_part(struct front *front, enum part part, struct surface *surface, struct rect area) {
    static void (*const parts[])(struct front *, struct surface *, struct rect) = {draw_decisions, draw_people,
                                                                                   draw_categories, draw_charts};
    parts[part](front, surface, area);
}

/* What of the figures of a part was judged under an older rule: of the person's, or of each track that has any. */
static void mix_words(const struct front *front, enum part part, struct buffer *out) {
    const struct office *office = front->desk.office;
    const struct office_person *who = person_in_hand(front);
    if (part == PART_CHARTS) {
        if (who)
            version_mix_say(&who->annotator->own.mix, out);
        return;
    }
    for (size_t i = 0; i < office->track_count; i++) {
        const struct office_track *track = &office->tracks[i];
        if (track->report.mix.older == 0)
            continue;
        buffer_add_string(out, out->length ? " · " : "");
        if (office->track_count > 1)
            buffer_add_format(out, "%s: ", track->settings->name);
        version_mix_say(&track->report.mix, out);
    }
}

static void draw_mix(const struct front *front, enum part part, struct surface *surface, struct rect area, int from) {
    struct buffer words = BUFFER_INIT, framed = BUFFER_INIT;
    mix_words(front, part, &words);
    if (from + (int)text_columns(buffer_slice(&words)) + 4 > area.columns && words.length) {
        buffer_clear(&words);
        buffer_add_string(&words, "part under an older rule"); /* of several tracks: a report says how much */
    }
    if (words.length) {
        buffer_add_format(&framed, " %s ", words.data);
        paint_right(surface, area, 0, 1, INK_WARNING, buffer_slice(&framed));
    }
    buffer_release(&words);
    buffer_release(&framed);
}

/* ── People, worst first ──── with the name strong where ▸ stands. */
static void draw_rule(const struct front *front, enum part part, struct surface *surface, struct rect area,
                      int column) {
    const struct office_person *who = person_in_hand(front);
    enum ink ink = front->part == part ? INK_ACCENT : INK_STRONG;
    int end;
    if (part == PART_CHARTS && who)
        end = paint_format(surface, area, 0, column, ink, " %s · %s ",
                           office_person_name(front->desk.office, who->annotator->person), who->track->settings->name);
    else
        end = paint_format(surface, area, 0, column, ink, " %s ", part_names[part]);
    draw_mix(front, part, surface, area, end);
}

static void draw_tall(struct front *front, struct surface *surface, struct rect area) {
    bool large = surface->rows >= LARGE_FROM;
    struct rect charts = rect_cut_bottom(&area, large ? 15 : 9);
    struct rect chart_rule = rect_cut_bottom(&area, 1);
    draw_part(front, PART_DECISIONS, surface, rect_cut_top(&area, large ? 10 : 7));
    struct rect people_rule = rect_cut_top(&area, 1);
    struct rect people = rect_cut_top(&area, (area.rows - 1) / 2);
    struct rect category_rule = rect_cut_top(&area, 1);
    struct rect rules[] = {[PART_PEOPLE] = people_rule, [PART_CATEGORIES] = category_rule, [PART_CHARTS] = chart_rule};
    for (enum part part = PART_PEOPLE; part < PARTS; part++) {
        paint_rule(surface, rules[part], 0);
        draw_rule(front, part, surface, rules[part], 1);
    }
    draw_part(front, PART_PEOPLE, surface, people);
    draw_part(front, PART_CATEGORIES, surface, area);
    draw_part(front, PART_CHARTS, surface, charts);
}

static void draw_short(struct front *front, struct surface *surface, struct rect area) {
    enum part lower = front->part == PART_DECISIONS ? PART_PEOPLE : front->part;
    draw_part(front, PART_DECISIONS, surface, rect_cut_top(&area, area.rows / 3));
    struct rect rule = rect_cut_top(&area, 1);
    paint_rule(surface, rule, 0);
    draw_rule(front, lower, surface, rule, 1);
    draw_part(front, lower, surface, area);
}

static unsigned front_contexts(const struct screen *screen) {
    (void)screen;
    return IN_DESK | IN_LIST;
}

static void front_draw(struct screen *screen, struct surface *surface) {
    struct front *front = (struct front *)screen;
    struct rect area = surface_rect(surface);
    desk_title(front->desk.office, surface, &area, NULL);
    frame_hint(surface, &area, front_contexts(screen));
    if (!front->desk.office->read)
        return;
    if (surface->rows >= TALL_FROM)
        draw_tall(front, surface, area);
    else
        draw_short(front, surface, area);
}

/* --- Reading ------------------------------------------------------------------------------------------------------------------ */

static void front_counts(struct front *front) {
    list_set_count(&front->lists[PART_DECISIONS], front->desk.office->agenda_count);
    list_set_count(&front->lists[PART_PEOPLE], front->desk.office->people_count);
    list_set_count(&front->lists[PART_CATEGORIES], front->desk.office->category_count);
}

/* Whoever leaves the desk open sees what others did; where reading takes long it is done the less often. */
static void look_later(struct front *front, struct frame *frame) {
    enum { LOOK_MS = 10000, LOOK_SHARE = 20 };
    int64_t wait = LOOK_SHARE * front->reading_ms;
    frame_wake(frame, wait < LOOK_MS ? LOOK_MS : wait < INT_MAX ? (int)wait : INT_MAX);
}

static void front_read(struct desk_screen *desk, struct frame *frame) {
    struct front *front = (struct front *)desk;
    struct error error = ERROR_INIT;
    int64_t began = office_now(desk->office);
    if (!desk_done(desk, frame, office_read(desk->office, &error), &error, front_read))
        return;
    front->reading_ms = office_now(desk->office) - began;
    front_counts(front);
    look_later(front, frame);
}

/* Reads again; ▸ stays on its decision and its person. */
static void look_again(struct front *front, struct frame *frame) {
    struct office *office = front->desk.office;
    struct list *decisions = &front->lists[PART_DECISIONS], *people = &front->lists[PART_PEOPLE];
    struct agenda_line line = {0};
    const struct track_settings *settings = NULL;
    int64_t person = 0;
    if (office->read && office->agenda_count)
        line = office->agenda[decisions->selected];
    if (office->read && office->people_count) {
        const struct office_person *who = &office->people[people->selected];
        person = office_person_id(office, who->annotator->person);
        settings = who->track->settings;
    }
    front_read(&front->desk, frame);
    for (size_t i = 0; office->read && i < office->agenda_count; i++) {
        const struct agenda_line *one = &office->agenda[i];
        if (one->kind == line.kind && one->hold == line.hold && one->question == line.question &&
            one->item == line.item && one->person == line.person && (line.hold || line.question || line.item))
            decisions->selected = i;
    }
    for (size_t i = 0; office->read && i < office->people_count; i++)
        if (office->people[i].track->settings == settings &&
            office_person_id(office, office->people[i].annotator->person) == person)
            people->selected = i;
}

static void look_around(struct front *front, struct frame *frame) {
    const struct office *office = front->desk.office;
    if (store_data_version(office->store) == office->version)
        look_later(front, frame);
    else
        look_again(front, frame);
}

/* A page above may have decided something; it has read the office then. */
static void front_resumed(struct screen *screen, struct frame *frame) {
    front_counts((struct front *)screen);
    look_later((struct front *)screen, frame);
}

static void front_paused(struct screen *screen, struct frame *frame, int after_ms) {
    struct front *front = (struct front *)screen;
    struct office *office = front->desk.office;
    if (after_ms < 2000)
        return;
    store_idle(office->store);
    if (frame->top == screen && !front->desk.pending && store_data_version(office->store) != office->version)
        look_again(front, frame);
}

/* --- Keys --------------------------------------------------------------------------------------------------------------------- */

static void open_decision(struct front *front, struct frame *frame) {
    struct office *office = front->desk.office;
    const struct agenda_line *line = &office->agenda[front->lists[PART_DECISIONS].selected];
    switch (line->kind) {
    case AGENDA_HOLD:
        person_open(office, frame, line->person, line->track, line->hold);
        break;
    case AGENDA_GOLD:
        gold_open(office, frame, line->item, line->track);
        break;
    case AGENDA_QUESTION:
        question_open(office, frame, line->question);
        break;
    case AGENDA_ASIDE:
        item_open(office, frame, line->item, line->track, NULL, SLICE_ABSENT);
        break;
    case AGENDA_RUBRIC:
        rubric_page(office, frame, line->track);
        break;
    case AGENDA_SESSION: /* on screens of its own: whoever runs the desk opens it */
        snprintf(office->outcome->session, sizeof office->outcome->session, "%s", line->subject);
        frame_leave(frame);
        break;
    case AGENDA_STANDING:
        standing_open(office, frame, line->person, line->track);
        break;
    case AGENDA_POOL:
        forecast_table(office, line->track, frame);
    }
}

static void open_line(struct front *front, struct frame *frame) {
    struct office *office = front->desk.office;
    const struct office_person *who = person_in_hand(front);
    if (front->part == PART_DECISIONS && office->agenda_count)
        open_decision(front, frame);
    else if ((front->part == PART_PEOPLE || front->part == PART_CHARTS) && who)
        person_open(office, frame, office_person_id(office, who->annotator->person), who->track->settings->name, 0);
    else if (front->part == PART_CATEGORIES && office->category_count)
        category_open(office, frame, &office->categories[front->lists[PART_CATEGORIES].selected]);
}

static void open_table(struct front *front, struct frame *frame, enum request request) {
    const struct office_person *who = person_in_hand(front);
    if (!who)
        frame_say(frame, INK_DIM, "nobody has handed in a batch yet");
    else if (request == REQUEST_DESK_GOLD)
        charts_gold_table(front->desk.office, who, frame);
    else if (request == REQUEST_DESK_EVERYBODY)
        charts_team_table(front->desk.office, who->track, frame);
    else if (request == REQUEST_DESK_DETECTOR)
        charts_detector_table(front->desk.office, who, frame);
    else
        charts_weeks_table(front->desk.office, who->track, frame);
}

static void open_rulings(struct desk_screen *desk, struct frame *frame) {
    struct error error = ERROR_INIT;
    desk_done(desk, frame, rulings_table(desk->office, frame, &error), &error, open_rulings);
}

/* Of the track in hand: that of the category, else of the person, else the first. */
static void open_items(struct front *front, struct frame *frame) {
    struct office *office = front->desk.office;
    const struct office_person *who = person_in_hand(front);
    const struct office_track *track = office->track_count ? office->tracks : NULL;
    if (front->part == PART_CATEGORIES && office->category_count)
        track = office->categories[front->lists[PART_CATEGORIES].selected].track;
    else if (who)
        track = who->track;
    if (office->read && track)
        item_lists_open(office, frame, track->settings->name, NULL);
}

static bool front_key(struct screen *screen, struct frame *frame, const struct key *key) {
    struct front *front = (struct front *)screen;
    enum request request = keymap_lookup(*key, IN_DESK | IN_LIST);
    if (desk_waits(&front->desk, frame, key))
        return true;
    if (key->kind == ON_TIMER) {
        look_around(front, frame);
        return true;
    }
    switch (request) {
    case REQUEST_CLOSE:
        frame_leave(frame);
        return true;
    case REQUEST_DESK_PART:
        front->part = (front->part + 1) % PARTS;
        return true;
    case REQUEST_DESK_PART_BACK:
        front->part = (front->part + PARTS - 1) % PARTS;
        return true;
    case REQUEST_OPEN:
        if (front->desk.office->read)
            open_line(front, frame);
        return true;
    case REQUEST_DESK_RULINGS:
        open_rulings(&front->desk, frame);
        return true;
    case REQUEST_DESK_ITEMS:
        open_items(front, frame);
        return true;
    case REQUEST_DESK_PLAN:
        if (front->desk.office->read)
            plan_table(front->desk.office, frame);
        return true;
    case REQUEST_DESK_GOLD:
    case REQUEST_DESK_DETECTOR:
    case REQUEST_DESK_WEEKS:
    case REQUEST_DESK_EVERYBODY:
        if (front->desk.office->read)
            open_table(front, frame, request);
        return true;
    default: /* in the charts ↑ ↓ go from person to person */
        return list_request(&front->lists[front->part == PART_CHARTS ? PART_PEOPLE : front->part], request);
    }
}

static void front_close(struct screen *screen) {
    memory_free(screen);
}

void front_open(struct office *office, struct frame *frame) {
    static const struct screen_class class = {.name = "desk",
                                              .draw = front_draw,
                                              .key = front_key,
                                              .contexts = front_contexts,
                                              .paused = front_paused,
                                              .resumed = front_resumed,
                                              .close = front_close};
    struct front *front = memory_new(1, sizeof *front);
    front->desk = (struct desk_screen){.screen = {.class = &class}, .office = office};
    frame_push(frame, &front->desk.screen);
    front_read(&front->desk, frame);
}
