/*
 * What is decided on a person's page: holds placed (which days, which category, why), released or redone, and
 * pausing. Everything is asked for in menus and lines at the bottom, and done by one verb of the store.
 */
#include "core/base/array.h"
#include "core/base/timestamp.h"
#include "store/people.h"
#include "ui/lead/person_page.h"

#include "core/base/banned.h"

enum { DAY_MOST = 10, MENU_MOST = 9 };

static struct person_page *page_of(struct screen *screen) {
    return (struct person_page *)screen;
}

/* --- Doing it ------------------------------------------------------------------------------------------------------------------- */

static const char *done_words(const struct person_page *page) {
    static const char *const done[] = {[DEED_HOLD] = "held: kept, marked, and left out of exports",
                                       [DEED_RELEASE] = "released: the judgments count in exports again",
                                       [DEED_REDO] = "the items go back to the queue; what was held stays marked and "
                                                     "left out"};
    if (page->deed == DEED_PAUSE)
        return page->pauses ? "paused: they can look, but not judge" : "back at work";
    return done[page->deed];
}

static void person_follow(struct desk_screen *desk, struct frame *frame) {
    struct person_page *page = (struct person_page *)desk;
    struct error error = ERROR_INIT;
    bool stays = page->deed == DEED_HOLD || page->deed == DEED_PAUSE;
    const char *words = done_words(page);
    page->read = false; /* its lines point into what is read anew */
    if (!desk_done(desk, frame, office_read(desk->office, &error), &error, person_follow))
        return;
    if (stays)
        person_page_read(desk, frame);
    if (page->deed == DEED_HOLD)
        page->shown = LIST_SAMPLE;
    if (!stays)
        frame_pop(frame);
    if (!stays || !desk->pending)
        frame_say(frame, INK_GOOD, "%s", words);
}

static void person_do(struct desk_screen *desk, struct frame *frame) {
    struct person_page *page = (struct person_page *)desk;
    struct office *office = desk->office;
    struct slice why = buffer_slice(&page->why);
    const struct hold *hold = person_page_hold(page);
    const char *name = person_page_name(page);
    struct error error = ERROR_INIT;
    int status = STATUS_OK;
    if ((page->deed == DEED_RELEASE || page->deed == DEED_REDO) && !hold)
        return;
    if (page->deed == DEED_HOLD)
        status = hold_add(office->store, office->viewer, name, page->track, page->since,
                          page->until ? page->until : office_now(office), page->category, why, &error);
    else if (page->deed == DEED_RELEASE)
        status = hold_release(office->store, office->viewer, hold->id, why, &error);
    else if (page->deed == DEED_REDO)
        status = hold_redo(office->store, office->viewer, hold->id, why, &error);
    else
        status = person_pause(office->store, office->viewer, name, page->pauses, &error);
    if (!desk_done(desk, frame, status, &error, person_do))
        return;
    office->outcome->held += page->deed == DEED_HOLD;
    office->outcome->released += page->deed == DEED_RELEASE;
    office->outcome->redone += page->deed == DEED_REDO;
    office->outcome->paused += page->deed == DEED_PAUSE && page->pauses;
    office->outcome->resumed += page->deed == DEED_PAUSE && !page->pauses;
    person_follow(desk, frame);
}

static void confirmed(struct screen *screen, struct frame *frame, bool yes) {
    if (yes)
        person_do((struct desk_screen *)screen, frame);
}

static void reason_typed(struct screen *screen, struct frame *frame, struct slice text) {
    struct person_page *page = page_of(screen);
    const struct hold *hold = person_page_hold(page);
    struct buffer question = BUFFER_INIT;
    if (!desk_takes_reason(frame, text, &page->why))
        return;
    if (page->deed == DEED_HOLD) {
        person_do(&page->desk, frame);
        return;
    }
    if (!hold)
        return;
    buffer_add_format(
        &question, page->deed == DEED_RELEASE ? "Release %lld judgments?" : "Have %lld judgments done again by others?",
        (long long)hold->judgments);
    if (page->looked == 0)
        buffer_add_string(&question, " None of the sample was opened.");
    frame_ask(frame, question.data, confirmed);
    buffer_release(&question);
}

static void ask_reason(struct person_page *page, struct frame *frame, enum deed_of_person deed) {
    page->deed = deed;
    frame_prompt(frame, "why", SLICE_ABSENT, REASON_MOST, reason_typed);
}

/* --- Which judgments to hold ---------------------------------------------------------------------------------------------------- */

/* The categories of the track, worst first, as many as a menu has room for behind "all". */
static size_t categories_of(const struct person_page *page, const char **names) {
    const struct office *office = page->desk.office;
    size_t count = 0;
    for (size_t i = 0; i < office->category_count && count < MENU_MOST - 1; i++) {
        const struct office_category *one = &office->categories[i];
        if (!one->language && one->name[0] && strcmp(one->track->settings->name, page->track) == 0)
            names[count++] = one->name;
    }
    return count;
}

static void category_chosen(struct screen *screen, struct frame *frame, int line) {
    struct person_page *page = page_of(screen);
    const char *names[MENU_MOST];
    if (line < 0)
        return;
    size_t count = categories_of(page, names);
    memory_free(page->category);
    page->category = line > 0 && (size_t)line <= count ? memory_copy(names[line - 1], strlen(names[line - 1])) : NULL;
    ask_reason(page, frame, DEED_HOLD);
}

static void choose_category(struct person_page *page, struct frame *frame) {
    const char *lines[MENU_MOST] = {"all categories"};
    size_t count = categories_of(page, lines + 1);
    if (count > 1)
        frame_choose(frame, "Of which category?", lines, (int)count + 1, category_chosen);
    else
        category_chosen(&page->desk.screen, frame, 0);
}

/* The local day of a date such as 2026-11-24: noon in UTC lies on it almost everywhere. */
static bool read_day(struct slice text, struct frame *frame, int64_t *midnight) {
    int64_t at;
    if (text.length != DAY_MOST || !timestamp_parse(text, &at)) {
        frame_say(frame, INK_WARNING, "a day is written as 2026-11-24: nothing was changed");
        return false;
    }
    *midnight = timestamp_local_midnight(at + 12 * MS_HOUR);
    return true;
}

static void until_typed(struct screen *screen, struct frame *frame, struct slice text) {
    struct person_page *page = page_of(screen);
    int64_t midnight;
    if (!text.data) {
        frame_say(frame, INK_DIM, "nothing was changed");
        return;
    }
    page->until = 0;
    if (text.length) {
        if (!read_day(text, frame, &midnight))
            return;
        page->until = timestamp_local_midnight(midnight + 36 * MS_HOUR) - 1; /* the last moment of that day */
        if (page->until < page->since) {
            frame_say(frame, INK_WARNING, "it ends before it begins: nothing was changed");
            return;
        }
    }
    choose_category(page, frame);
}

static void since_typed(struct screen *screen, struct frame *frame, struct slice text) {
    struct person_page *page = page_of(screen);
    if (!text.data || text.length == 0) {
        frame_say(frame, INK_DIM, "nothing was changed");
        return;
    }
    if (read_day(text, frame, &page->since))
        frame_prompt(frame, "up to and with the day (Enter: now)", SLICE_ABSENT, DAY_MOST, until_typed);
}

static void range_chosen(struct screen *screen, struct frame *frame, int line) {
    static const int days[] = {1, 7, 30};
    struct person_page *page = page_of(screen);
    int64_t midnight = timestamp_local_midnight(office_now(page->desk.office));
    if (line < 0)
        return;
    page->until = 0;
    if (line == (int)COUNT_OF(days) + 1) {
        frame_prompt(frame, "from the day (2026-11-24)", SLICE_ABSENT, DAY_MOST, since_typed);
        return;
    }
    page->since = line < (int)COUNT_OF(days) ? midnight - (days[line] - 1) * MS_DAY : 0;
    choose_category(page, frame);
}

/* --- Asking ----------------------------------------------------------------------------------------------------------------------- */

static void ask_pause(struct person_page *page, struct frame *frame) {
    struct buffer question = BUFFER_INIT;
    page->deed = DEED_PAUSE;
    page->pauses = !office_paused(page->desk.office, page->person);
    buffer_add_format(&question, page->pauses ? "Pause %s? They can look, but not judge." : "Let %s work again?",
                      person_page_name(page));
    frame_ask(frame, question.data, confirmed);
    buffer_release(&question);
}

void person_page_decide(struct person_page *page, struct frame *frame, enum request request) {
    static const char *const ranges[] = {"what was judged today", "the last 7 days", "the last 30 days",
                                         "everything on this track", "from a day to a day"};
    if (!page->read)
        return;
    if (request == REQUEST_PAUSE)
        ask_pause(page, frame);
    else if (request == REQUEST_HOLD)
        frame_choose(frame, "Hold which judgments?", ranges, COUNT_OF(ranges), range_chosen);
    else if (!person_page_hold(page))
        frame_say(frame, INK_DIM, "nothing of this person is held on this track");
    else
        ask_reason(page, frame, request == REQUEST_RELEASE ? DEED_RELEASE : DEED_REDO);
}
