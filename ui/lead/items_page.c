/*
 * The items of a track, or of one category of it, as lists that Tab turns: the most disagreed first, what is open in
 * the order in which it is dealt, what is done, newest first, and what was set aside to the lead. Enter leads to
 * the item.
 */
#include <stdlib.h>

#include "core/base/array.h"
#include "core/report/disputed.h"
#include "store/load_heads.h"
#include "ui/lead/places.h"
#include "ui/lead/wording.h"
#include "ui/list.h"
#include "ui/paint.h"

#include "core/base/banned.h"

enum { LINES_MOST = 200, LOOKED_AT = 400 }; /* shown of a list; read to find those that are done */
enum { REF = 6, CATEGORY = 13, VOTES = 26, DIFFER = 6 };
enum items_list { LIST_DISPUTED, LIST_OPEN, LIST_DONE, LIST_ASIDE, ITEMS_LISTS };

struct items_line {
    const struct item_head *head;
    const struct dispute *votes;    /* NULL: nobody has judged it */
    const struct aside_line *aside; /* NULL: it does not wait for the lead */
};

struct items_page {
    struct desk_screen desk; /* must be first */
    char track[LIMIT_NAME_BYTES + 1];
    char *category;   /* NULL: all; "" items without one */
    struct pool pool; /* of the lines */
    struct disputed disputed;
    struct {
        struct items_line *lines;
        size_t count, of;
    } found[ITEMS_LISTS];
    struct list lists[ITEMS_LISTS];
    enum items_list shown;
    bool read;
};

static struct items_page *page_of(struct screen *screen) {
    return (struct items_page *)screen;
}

/* --- Reading ------------------------------------------------------------------------------------------------------------------ */

static const struct dispute *votes_of(const struct items_page *page, int64_t item) {
    for (size_t i = 0; i < page->disputed.count; i++)
        if (page->disputed.items[i].item == item)
            return &page->disputed.items[i];
    return NULL;
}

static int compare_last(const void *a, const void *b) {
    const struct dispute *const *x = a, *const *y = b;
    return ((*x)->last < (*y)->last) - ((*x)->last > (*y)->last);
}

/* The lines of a list from heads; `done`: only what nobody is to judge any more. */
static void take(struct items_page *page, enum items_list list, const struct item_head *heads, size_t count,
                 bool done) {
    struct items_line *lines = pool_new(&page->pool, count, sizeof *lines);
    size_t kept = 0;
    for (size_t i = 0; i < count && kept < LINES_MOST; i++)
        if (!done || (heads[i].wanted == 0 && !heads[i].retired))
            lines[kept++] = (struct items_line){.head = &heads[i], .votes = votes_of(page, heads[i].item)};
    page->found[list].lines = lines;
    page->found[list].count = kept;
    list_set_count(&page->lists[list], kept);
}

static int read_ids(struct items_page *page, enum items_list list, const int64_t *ids, size_t count, bool done,
                    struct error *error) {
    struct office *office = page->desk.office;
    struct item_head *heads;
    size_t found;
    int status = load_heads(office->store, office->viewer, ids, count, &page->pool, &heads, &found, error);
    if (!status)
        take(page, list, heads, found, done);
    return status;
}

static int read_disputed(struct items_page *page, struct error *error) {
    int64_t ids[LINES_MOST];
    size_t count = page->disputed.disputed < LINES_MOST ? page->disputed.disputed : LINES_MOST;
    for (size_t i = 0; i < count; i++)
        ids[i] = page->disputed.items[i].item;
    page->found[LIST_DISPUTED].of = page->disputed.disputed;
    return read_ids(page, LIST_DISPUTED, ids, count, false, error);
}

static int read_done(struct items_page *page, struct error *error) {
    const struct dispute **all = pool_new(&page->pool, page->disputed.count, sizeof *all);
    size_t count = page->disputed.count < LOOKED_AT ? page->disputed.count : LOOKED_AT;
    int64_t ids[LOOKED_AT];
    for (size_t i = 0; i < page->disputed.count; i++)
        all[i] = &page->disputed.items[i];
    if (page->disputed.count > 1)
        qsort(all, page->disputed.count, sizeof *all, compare_last);
    for (size_t i = 0; i < count; i++)
        ids[i] = all[i]->item;
    int status = read_ids(page, LIST_DONE, ids, count, true, error);
    page->found[LIST_DONE].of = page->found[LIST_DONE].count;
    return status;
}

static bool is_in_category(const struct items_page *page, const struct item_head *head) {
    return !page->category || slice_is(head->category, page->category);
}

static int read_asides(struct items_page *page, struct error *error) {
    const struct office *office = page->desk.office;
    int64_t *ids = pool_new(&page->pool, office->aside_count, sizeof *ids);
    size_t count = 0, kept = 0;
    for (size_t i = 0; i < office->aside_count; i++)
        if (slice_is(office->asides[i].track, page->track))
            ids[count++] = office->asides[i].item;
    int status = read_ids(page, LIST_ASIDE, ids, count, false, error);
    struct items_line *lines = page->found[LIST_ASIDE].lines;
    for (size_t i = 0; i < page->found[LIST_ASIDE].count && !status; i++) {
        if (!is_in_category(page, lines[i].head))
            continue;
        lines[kept] = lines[i];
        for (size_t a = 0; a < office->aside_count; a++)
            if (office->asides[a].item == lines[i].head->item)
                lines[kept].aside = &office->asides[a];
        kept++;
    }
    page->found[LIST_ASIDE].count = page->found[LIST_ASIDE].of = kept;
    list_set_count(&page->lists[LIST_ASIDE], kept);
    return status;
}

static int read_open(struct items_page *page, struct error *error) {
    const struct office *office = page->desk.office;
    struct item_head *heads;
    size_t count, open = 0;
    for (size_t i = 0; i < office->category_count; i++) {
        const struct office_category *one = &office->categories[i];
        if (!one->language && strcmp(one->track->settings->name, page->track) == 0 &&
            (!page->category || strcmp(one->name, page->category) == 0))
            open += (size_t)one->open;
    }
    int status = load_open_heads(office->store, office->viewer, page->track, page->category, LINES_MOST, &page->pool,
                                 &heads, &count, error);
    if (!status)
        take(page, LIST_OPEN, heads, count, false);
    page->found[LIST_OPEN].of = open;
    return status;
}

static void items_read(struct desk_screen *desk, struct frame *frame) {
    struct items_page *page = (struct items_page *)desk;
    const struct office *office = desk->office;
    const struct office_track *track = office_track(office, page->track);
    const struct history *history = &office->history;
    struct counted counted;
    struct error error = ERROR_INIT;
    page->read = false;
    if (!track)
        return;
    int category = !page->category ? -1
                   : page->category[0]
                       ? history_code(history->categories, history->category_count, slice_of(page->category))
                       : 0;
    disputed_release(&page->disputed);
    pool_clear(&page->pool);
    counted_init(&counted, history, track->code, NULL, 0);
    disputed_init(&page->disputed, &counted, category);
    counted_release(&counted);
    int status = read_disputed(page, &error);
    if (!status)
        status = read_open(page, &error);
    if (!status)
        status = read_done(page, &error);
    if (!status)
        status = read_asides(page, &error);
    page->read = desk_done(desk, frame, status, &error, items_read);
}

/* --- Drawing ------------------------------------------------------------------------------------------------------------------ */

/* "A 3 · B 2 · tie 1": letters as the responses are stored. */
static void votes_words(const struct dispute *one, struct buffer *out) {
    for (int choice = 0; choice < VOTE_CHOICES; choice++) {
        if (one->votes[choice] == 0)
            continue;
        buffer_add_string(out, out->length ? " · " : "");
        if (choice < LIMIT_RESPONSES)
            buffer_add_char(out, (char)('A' + choice));
        else
            buffer_add_string(out, choice == VOTE_TIE ? "tie" : "none");
        buffer_add_format(out, " %u", (unsigned)one->votes[choice]);
    }
}

static void draw_line(void *data, size_t index, bool selected, struct surface *surface, struct rect area) {
    const struct items_page *page = data;
    const struct items_line *line = &page->found[page->shown].lines[index];
    struct buffer words = BUFFER_INIT;
    int at = 0;
    paint_fit(surface, area, 0, at, REF, selected ? INK_STRONG : INK_NORMAL, slice_of(line->head->ref.text));
    at += REF + 1;
    if (!page->category) {
        paint_fit(surface, area, 0, at, CATEGORY, INK_DIM, line->head->category);
        at += CATEGORY + 1;
    }
    if (line->aside)
        buffer_add_format(&words, SLICE_FORMAT ": %s", SLICE_ARGS(line->aside->person),
                          aside_reason_words(line->aside->reason));
    else if (line->votes)
        votes_words(line->votes, &words);
    else
        buffer_add_string(&words, "–");
    paint_fit(surface, area, 0, at, VOTES, line->aside ? INK_WARNING : INK_NORMAL, buffer_slice(&words));
    at += VOTES + 1;
    buffer_clear(&words);
    if (page->shown == LIST_OPEN)
        buffer_add_format(&words, "%lld more", (long long)line->head->wanted);
    else if (line->votes && line->votes->n > 1)
        buffer_add_format(&words, "%d %%", percent_of(line->votes->disagreement));
    paint_fit_right(surface, area, 0, at, DIFFER + 1, INK_NORMAL, buffer_slice(&words));
    paint_text(surface, area, 0, at + DIFFER + 3, INK_DIM, line->head->head);
    buffer_release(&words);
}

static unsigned items_contexts(const struct screen *screen) {
    (void)screen;
    return IN_DESK_ITEMS | IN_LIST;
}

static void draw_head(const struct items_page *page, struct surface *surface, struct rect row) {
    int at = 2;
    paint_string(surface, row, 0, at, INK_DIM, "item");
    at += REF + 1;
    if (!page->category) {
        paint_string(surface, row, 0, at, INK_DIM, "category");
        at += CATEGORY + 1;
    }
    paint_string(surface, row, 0, at, INK_DIM, page->shown == LIST_ASIDE ? "set aside by" : "votes");
    at += VOTES + 1;
    paint_fit_right(surface, row, 0, at, DIFFER + 1, INK_DIM, slice_of(page->shown == LIST_OPEN ? "wanted" : "differ"));
    paint_string(surface, row, 0, at + DIFFER + 3, INK_DIM, "prompt");
}

static void items_draw(struct screen *screen, struct surface *surface) {
    static const char *const names[] = {"Most disagreed first", "Open, as they are dealt", "Done, newest first",
                                        "Set aside to you"};
    static const char *const empty[] = {"Nobody disagrees.", "Nothing is open.", "Nothing is done yet.",
                                        "Nothing waits for you."};
    struct items_page *page = page_of(screen);
    struct rect area = surface_rect(surface);
    struct buffer where = BUFFER_INIT;
    buffer_add_format(&where, "items · %s", page->track);
    if (page->category)
        buffer_add_format(&where, " · %s", page->category[0] ? page->category : "(none)");
    desk_title(page->desk.office, surface, &area, where.data);
    frame_hint(surface, &area, items_contexts(screen));
    buffer_release(&where);
    struct rect rule = rect_cut_top(&area, 1);
    if (!page->read)
        return;
    size_t shown = page->found[page->shown].count, of = page->found[page->shown].of;
    if (shown < of)
        paint_format(surface, rule, 0, 1, INK_ACCENT, " %s, %zu of %zu", names[page->shown], shown, of);
    else
        paint_format(surface, rule, 0, 1, INK_ACCENT, " %s, %zu", names[page->shown], of);
    paint_right_string(surface, rule, 0, 1, INK_DIM, "Tab: the next list");
    if (page->found[page->shown].count == 0) {
        paint_string(surface, area, 0, 2, INK_DIM, empty[page->shown]);
        return;
    }
    draw_head(page, surface, rect_cut_top(&area, 1));
    list_draw(&page->lists[page->shown], surface, area, draw_line, page);
}

/* --- Keys ------------------------------------------------------------------------------------------------------------------------ */

static bool items_key(struct screen *screen, struct frame *frame, const struct key *key) {
    struct items_page *page = page_of(screen);
    enum request request = keymap_lookup(*key, IN_DESK_ITEMS | IN_LIST);
    const struct list *list = &page->lists[page->shown];
    if (desk_waits(&page->desk, frame, key))
        return true;
    switch (request) {
    case REQUEST_CLOSE:
        frame_pop(frame);
        return true;
    case REQUEST_DESK_PART:
        page->shown = (page->shown + 1) % ITEMS_LISTS;
        return true;
    case REQUEST_DESK_PART_BACK:
        page->shown = (page->shown + ITEMS_LISTS - 1) % ITEMS_LISTS;
        return true;
    case REQUEST_OPEN:
        if (page->read && list->count)
            item_open(page->desk.office, frame, page->found[page->shown].lines[list->selected].head->item, page->track,
                      NULL, SLICE_ABSENT);
        return true;
    default:
        return list_request(&page->lists[page->shown], request);
    }
}

/* The item's page may have read the office anew, or taken the item away. */
static void items_resumed(struct screen *screen, struct frame *frame) {
    items_read((struct desk_screen *)screen, frame);
}

static void items_close(struct screen *screen) {
    struct items_page *page = page_of(screen);
    disputed_release(&page->disputed);
    pool_release(&page->pool);
    memory_free(page->category);
    memory_free(page);
}

void item_lists_open(struct office *office, struct frame *frame, const char *track, const char *category) {
    static const struct screen_class class = {.name = "items",
                                              .draw = items_draw,
                                              .key = items_key,
                                              .contexts = items_contexts,
                                              .resumed = items_resumed,
                                              .close = items_close};
    struct items_page *page = memory_new(1, sizeof *page);
    page->desk = (struct desk_screen){.screen = {.class = &class}, .office = office};
    memcpy(page->track, track, strlen(track) + 1);
    page->category = category ? memory_copy(category, strlen(category)) : NULL;
    frame_push(frame, &page->desk.screen);
    items_read(&page->desk, frame);
}
