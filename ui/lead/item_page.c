/* An item to look at: with a person's judgment of it, or set aside to the lead by people who say why. */
#include "core/base/memory.h"
#include "ui/lead/exhibit.h"
#include "ui/lead/places.h"
#include "ui/lead/wording.h"
#include "ui/paint.h"

#include "core/base/banned.h"

enum { REASON_MOST = 400, PANEL = 5 };

struct item_page {
    struct exhibit exhibit; /* must be first */
    char order[LIMIT_RESPONSES + 1];
    char *words; /* of the judgment; NULL: none */
    struct buffer why;
};

static struct item_page *page_of(struct screen *screen) {
    return (struct item_page *)screen;
}

static const struct aside_line *aside_of(const struct item_page *page) {
    const struct office *office = page->exhibit.desk.office;
    for (size_t i = 0; i < office->aside_count; i++)
        if (office->asides[i].item == page->exhibit.id)
            return &office->asides[i];
    return NULL;
}

static void item_draw(struct screen *screen, struct surface *surface) {
    struct item_page *page = page_of(screen);
    const struct aside_line *aside = aside_of(page);
    struct buffer where = BUFFER_INIT;
    buffer_add_format(&where, "item %s", page->exhibit.line.ref.text);
    struct rect panel = exhibit_draw(&page->exhibit, surface, where.data, PANEL);
    buffer_release(&where);
    if (!page->exhibit.read)
        return;
    int row = 0;
    if (page->exhibit.line.retired)
        paint_string(surface, panel, row++, 0, INK_WARNING, "Retired: it is out of the work.");
    if (aside) {
        paint_format(surface, panel, row++, 0, INK_NORMAL, "Set aside by " SLICE_FORMAT ": %s",
                     SLICE_ARGS(aside->person), aside_reason_words(aside->reason));
        if (aside->people > 1)
            paint_format(surface, panel, row++, 0, INK_DIM, "and by %lld more", (long long)aside->people - 1);
    }
    if (page->words)
        paint_paragraph(surface, panel, row, INK_NORMAL, slice_of(page->words));
    else
        paint_format(surface, panel, row, 0, INK_DIM, "%lld judgment%s by annotators · %s",
                     (long long)page->exhibit.line.judgments, page->exhibit.line.judgments == 1 ? "" : "s",
                     page->exhibit.line.gold ? "gold" : "not gold");
}

static void item_read_page(struct desk_screen *desk, struct frame *frame) {
    struct item_page *page = (struct item_page *)desk;
    struct error error = ERROR_INIT;
    int status = exhibit_read(&page->exhibit, page->order[0] ? page->order : NULL, &error);
    desk_done(desk, frame, status, &error, item_read_page);
}

static void item_follow(struct desk_screen *desk, struct frame *frame) {
    struct item_page *page = (struct item_page *)desk;
    struct error error = ERROR_INIT;
    struct item_ref ref = page->exhibit.line.ref;
    if (!desk_done(desk, frame, office_read(desk->office, &error), &error, item_follow))
        return;
    frame_pop(frame);
    frame_say(frame, INK_GOOD, "%s: retired; nobody is given it any more", ref.text);
}

static void item_decide(struct desk_screen *desk, struct frame *frame) {
    struct item_page *page = (struct item_page *)desk;
    struct error error = ERROR_INIT;
    int status =
        item_retire(desk->office->store, desk->office->viewer, page->exhibit.id, buffer_slice(&page->why), &error);
    if (!desk_done(desk, frame, status, &error, item_decide))
        return;
    desk->office->outcome->items_retired++;
    item_follow(desk, frame);
}

static void confirmed(struct screen *screen, struct frame *frame, bool yes) {
    if (yes)
        item_decide((struct desk_screen *)screen, frame);
}

static void reason_typed(struct screen *screen, struct frame *frame, struct slice text) {
    struct item_page *page = page_of(screen);
    if (!text.data || text.length == 0) {
        frame_say(frame, INK_DIM, "nothing was changed");
        return;
    }
    buffer_clear(&page->why);
    buffer_add_slice(&page->why, text);
    frame_ask(frame, "Retire it? It leaves the work for good.", confirmed);
}

static unsigned item_contexts(const struct screen *screen) {
    (void)screen;
    return IN_DESK_ITEM;
}

static bool item_key(struct screen *screen, struct frame *frame, const struct key *key) {
    struct item_page *page = page_of(screen);
    enum request request = keymap_lookup(*key, IN_DESK_ITEM);
    if (desk_waits(&page->exhibit.desk, frame, key))
        return true;
    if (request != REQUEST_RETIRE_ITEM)
        return exhibit_request(&page->exhibit, frame, request);
    if (page->exhibit.line.retired)
        frame_say(frame, INK_DIM, "it is retired already");
    else if (page->exhibit.read)
        frame_prompt(frame, "why", SLICE_ABSENT, REASON_MOST, reason_typed);
    return true;
}

static void item_close(struct screen *screen) {
    struct item_page *page = page_of(screen);
    exhibit_release(&page->exhibit);
    buffer_release(&page->why);
    memory_free(page->words);
    memory_free(page);
}

void item_open(struct office *office, struct frame *frame, int64_t item, const char *track, const char *shown,
               struct slice words) {
    static const struct screen_class class = {
        .name = "item", .draw = item_draw, .key = item_key, .contexts = item_contexts, .close = item_close};
    struct item_page *page = memory_new(1, sizeof *page);
    page->exhibit.desk = (struct desk_screen){.screen = {.class = &class}, .office = office};
    page->exhibit.contexts = IN_DESK_ITEM;
    page->exhibit.id = item;
    memcpy(page->exhibit.track, track, strlen(track) + 1);
    if (shown && strlen(shown) <= LIMIT_RESPONSES)
        memcpy(page->order, shown, strlen(shown) + 1);
    page->words = words.data ? memory_copy(words.data, words.length) : NULL;
    buffer_init(&page->why);
    frame_push(frame, &page->exhibit.desk.screen);
    item_read_page(&page->exhibit.desk, frame);
}
