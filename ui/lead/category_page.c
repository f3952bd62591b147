/*
 * A category (or a language) of a track: how far it is, every line of the specification that speaks of it, the
 * detector of everybody's gold in it, and closing it when it is done.
 */
#include "core/base/memory.h"
#include "ui/lead/category_parts.h"
#include "ui/lead/charts.h"
#include "ui/lead/places.h"
#include "ui/lead/wording.h"
#include "ui/paint.h"

#include "core/base/banned.h"

enum { CHART_MOST = 15 };

struct category_page {
    struct desk_screen desk; /* must be first */
    char track[LIMIT_NAME_BYTES + 1];
    char *name; /* "" for items without one */
    bool language;
    struct buffer why;
};

static struct category_page *page_of(struct screen *screen) {
    return (struct category_page *)screen;
}

/* Found anew after each office_read; NULL when the last item of it is gone. */
static const struct office_category *one_of(const struct category_page *page) {
    const struct office *office = page->desk.office;
    for (size_t i = 0; i < office->category_count; i++) {
        const struct office_category *one = &office->categories[i];
        if (one->language == page->language && strcmp(one->name, page->name) == 0 &&
            strcmp(one->track->settings->name, page->track) == 0)
            return one;
    }
    return NULL;
}

/* --- Drawing ------------------------------------------------------------------------------------------------------------------ */

static unsigned category_contexts(const struct screen *screen) {
    (void)screen;
    return IN_DESK_CATEGORY;
}

static void draw_rules(const struct category_page *page, const struct office_category *one, struct surface *surface,
                       struct rect area) {
    const struct gate *gate = &page->desk.office->gate;
    int row = 1;
    rule_head(surface, rect_row(area, 0));
    for (size_t i = 0; i < gate->count && row < area.rows; i++)
        if (office_rule_speaks(&gate->lines[i], one))
            rule_row(&gate->lines[i], surface, rect_row(area, row++));
    if (row == 1)
        paint_string(surface, area, 0, 0, INK_DIM, "No rule of the specification speaks of it.");
}

static int rule_count(const struct category_page *page, const struct office_category *one) {
    const struct gate *gate = &page->desk.office->gate;
    int count = 0;
    for (size_t i = 0; i < gate->count; i++)
        count += office_rule_speaks(&gate->lines[i], one);
    return count;
}

static void draw_section(struct surface *surface, struct rect *area, const char *name) {
    struct rect rule = rect_cut_top(area, 1);
    paint_rule(surface, rule, 0);
    paint_format(surface, rule, 0, 1, INK_STRONG, " %s ", name);
}

static void category_draw(struct screen *screen, struct surface *surface) {
    const struct category_page *page = page_of(screen);
    const struct office_category *one = one_of(page);
    struct rect area = surface_rect(surface);
    struct buffer words = BUFFER_INIT;
    buffer_add_format(&words, "%s %s · %s", page->language ? "language" : "category",
                      page->name[0] ? page->name : "(none)", page->track);
    desk_title(page->desk.office, surface, &area, words.data);
    frame_hint(surface, &area, category_contexts(screen));
    buffer_release(&words);
    if (!one) {
        paint_string(surface, area, 1, 2, INK_DIM, "There are no items of it any more.");
        return;
    }
    struct rect figures = rect_cut_top(&area, CATEGORY_FIGURE_ROWS);
    rect_cut_left(&figures, 2);
    category_figures_draw(page->desk.office, one, surface, figures);
    draw_section(surface, &area, "Specification");
    struct rect rules = rect_cut_top(&area, rule_count(page, one) + 1);
    rect_cut_left(&rules, 2);
    draw_rules(page, one, surface, rules);
    if (page->language)
        return;
    draw_section(surface, &area, "Everybody's gold in it");
    rect_cut_left(&area, 2);
    struct rect chart = rect_cut_top(&area, area.rows < CHART_MOST ? area.rows : CHART_MOST);
    charts_pool_draw(one->track, office_pool(one), surface, chart);
}

/* --- Closing and reopening ------------------------------------------------------------------------------------------------------ */

static void category_follow(struct desk_screen *desk, struct frame *frame) {
    struct category_page *page = (struct category_page *)desk;
    struct error error = ERROR_INIT;
    if (!desk_done(desk, frame, office_read(desk->office, &error), &error, category_follow))
        return;
    const struct office_category *one = one_of(page);
    frame_say(frame, INK_GOOD, "%s",
              one && one->closing ? "closed: nobody is dealt an item of it; what is dealt stays"
                                  : "reopened: its items are wanted as before");
}

static void category_decide(struct desk_screen *desk, struct frame *frame) {
    struct category_page *page = (struct category_page *)desk;
    struct office *office = desk->office;
    struct error error = ERROR_INIT;
    const struct office_category *one = one_of(page);
    if (!one)
        return;
    bool reopens = one->closing != NULL;
    int status = reopens ? category_reopen(office->store, office->viewer, office->campaign, page->track, page->name,
                                           buffer_slice(&page->why), &error)
                         : category_close(office->store, office->viewer, page->track, page->name,
                                          buffer_slice(&page->why), &error);
    if (!desk_done(desk, frame, status, &error, category_decide))
        return;
    office->outcome->closed += !reopens;
    office->outcome->reopened += reopens;
    category_follow(desk, frame);
}

static void reason_typed(struct screen *screen, struct frame *frame, struct slice text) {
    struct category_page *page = page_of(screen);
    if (!desk_takes_reason(frame, text, &page->why))
        return;
    category_decide(&page->desk, frame);
}

static void confirmed(struct screen *screen, struct frame *frame, bool yes) {
    (void)screen;
    if (yes)
        frame_prompt(frame, "why", SLICE_ABSENT, REASON_MOST, reason_typed);
}

static void ask(struct category_page *page, struct frame *frame) {
    const struct office_category *one = one_of(page);
    struct buffer question = BUFFER_INIT;
    if (page->language) {
        frame_say(frame, INK_DIM, "categories are closed, not languages");
        return;
    }
    if (!one)
        return;
    if (one->closing)
        buffer_add_string(&question, "Reopen it? What its items lack is dealt again.");
    else
        buffer_add_format(&question, "Close it? %lld open item%s wait%s for nobody then.", (long long)one->open,
                          one->open == 1 ? "" : "s", one->open == 1 ? "s" : "");
    frame_ask(frame, question.data, confirmed);
    buffer_release(&question);
}

/* --- Keys ------------------------------------------------------------------------------------------------------------------------ */

static bool category_key(struct screen *screen, struct frame *frame, const struct key *key) {
    struct category_page *page = page_of(screen);
    const struct office_category *one = one_of(page);
    if (desk_waits(&page->desk, frame, key))
        return true;
    switch (keymap_lookup(*key, IN_DESK_CATEGORY)) {
    case REQUEST_CLOSE:
        frame_pop(frame);
        return true;
    case REQUEST_CLOSE_CATEGORY:
        ask(page, frame);
        return true;
    case REQUEST_DESK_ITEMS:
        if (page->language)
            frame_say(frame, INK_DIM, "items are listed by track and category");
        else
            item_lists_open(page->desk.office, frame, page->track, page->name);
        return true;
    case REQUEST_DESK_EVERYBODY:
        if (one && !page->language)
            charts_pool_table(page->desk.office, one->track, office_pool(one), frame);
        return true;
    default:
        return false;
    }
}

static void category_closed(struct screen *screen) {
    struct category_page *page = page_of(screen);
    buffer_release(&page->why);
    memory_free(page->name);
    memory_free(page);
}

void category_open(struct office *office, struct frame *frame, const struct office_category *category) {
    static const struct screen_class class = {.name = "category",
                                              .draw = category_draw,
                                              .key = category_key,
                                              .contexts = category_contexts,
                                              .close = category_closed};
    struct category_page *page = memory_new(1, sizeof *page);
    const char *track = category->track->settings->name;
    page->desk = (struct desk_screen){.screen = {.class = &class}, .office = office};
    memcpy(page->track, track, strlen(track) + 1);
    page->name = memory_copy(category->name, strlen(category->name));
    page->language = category->language;
    buffer_init(&page->why);
    frame_push(frame, &page->desk.screen);
}
