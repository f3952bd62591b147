/*
 * An item to look at: with a person's judgment of it or everybody's, or set aside to the lead by people who say why.
 * It is retired here, given back to the queue, or made gold.
 */
#include "core/base/array.h"
#include "core/base/memory.h"
#include "ui/lead/exhibit.h"
#include "ui/lead/places.h"
#include "ui/lead/wording.h"
#include "ui/paint.h"

#include "core/base/banned.h"

enum { PANEL = 8, NAME = 11 };
enum deed { DEED_NONE, DEED_RETIRE, DEED_GIVE_BACK, DEED_PROMOTE };

struct item_page {
    struct exhibit exhibit; /* must be first */
    char order[LIMIT_RESPONSES + 1];
    char *words; /* of the judgment; NULL: none */
    enum deed deed;
    struct buffer why, explanation; /* explanation: of a new key */
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

/* --- Drawing ------------------------------------------------------------------------------------------------------------------ */

/* Everybody's answers; what has no room is on the page with everything. */
static void draw_answers(const struct item_page *page, struct surface *surface, struct rect area) {
    const struct exhibit *exhibit = &page->exhibit;
    const struct rubric *rubric = exhibit_rubric(exhibit);
    int said = exhibit_said_columns(exhibit, area.columns);
    for (size_t i = 0; rubric && i < exhibit->answer_count && (int)i < area.rows; i++) {
        const struct answer_line *one = &exhibit->answers[i];
        struct buffer words = BUFFER_INIT;
        if ((int)i + 1 == area.rows && i + 1 < exhibit->answer_count) {
            paint_format(surface, area, (int)i, 0, INK_DIM, "… %zu more: i shows all", exhibit->answer_count - i);
            return;
        }
        paint_fit(surface, area, (int)i, 0, NAME, INK_NORMAL, one->name);
        word_answer(&words, rubric, exhibit->shown, one->prefer, one->ranking.text, one->strength);
        paint_fit(surface, area, (int)i, NAME + 1, said, one->final ? INK_NORMAL : INK_DIM, buffer_slice(&words));
        buffer_clear(&words);
        buffer_add_string(&words, one->final ? "" : "(not handed in) ");
        buffer_add_string(&words, one->kind == KIND_RETEST ? "(retest) " : "");
        exhibit_reason(exhibit, one, &words);
        paint_text(surface, area, (int)i, NAME + said + 2, INK_DIM, buffer_slice(&words));
        buffer_release(&words);
    }
}

static void item_draw(struct screen *screen, struct surface *surface) {
    struct item_page *page = page_of(screen);
    const struct aside_line *aside = aside_of(page);
    struct buffer where = BUFFER_INIT;
    int row = 0;
    buffer_add_format(&where, "item %s", page->exhibit.line.ref.text);
    struct rect panel = exhibit_draw(&page->exhibit, surface, where.data, PANEL);
    buffer_release(&where);
    if (!page->exhibit.read)
        return;
    if (page->exhibit.line.retired)
        paint_string(surface, panel, row++, 0, INK_WARNING, "Retired: it is out of the work.");
    if (aside) {
        paint_format(surface, panel, row++, 0, INK_WARNING, "Set aside by " SLICE_FORMAT ": %s",
                     SLICE_ARGS(aside->person), aside_reason_words(aside->reason));
        if (aside->people > 1)
            paint_format(surface, panel, row++, 0, INK_DIM, "and by %lld more", (long long)aside->people - 1);
    }
    if (page->words) {
        paint_paragraph(surface, panel, row, INK_NORMAL, slice_of(page->words));
        return;
    }
    paint_format(surface, panel, row++, 0, INK_DIM, "%lld judgment%s from batches handed in, %lld more wanted · %s",
                 (long long)page->exhibit.line.judgments, page->exhibit.line.judgments == 1 ? "" : "s",
                 (long long)page->exhibit.line.wanted, page->exhibit.line.gold ? "gold" : "not gold");
    rect_cut_top(&panel, row);
    draw_answers(page, surface, panel);
}

static void item_read_page(struct desk_screen *desk, struct frame *frame) {
    struct item_page *page = (struct item_page *)desk;
    struct error error = ERROR_INIT;
    int status = exhibit_read(&page->exhibit, page->order[0] ? page->order : NULL, &error);
    desk_done(desk, frame, status, &error, item_read_page);
}

/* --- Deciding ------------------------------------------------------------------------------------------------------------------- */

static void item_follow(struct desk_screen *desk, struct frame *frame) {
    static const char *const done[] = {"", "retired; nobody is given it any more",
                                       "back in the queue, for other people", "gold from now on; it left the queue"};
    struct item_page *page = (struct item_page *)desk;
    struct error error = ERROR_INIT;
    struct item_ref ref = page->exhibit.line.ref;
    enum deed deed = page->deed;
    if (!desk_done(desk, frame, office_read(desk->office, &error), &error, item_follow))
        return;
    frame_pop(frame);
    frame_say(frame, INK_GOOD, "%s: %s", ref.text, done[deed]);
}

static void item_decide(struct desk_screen *desk, struct frame *frame) {
    struct item_page *page = (struct item_page *)desk;
    struct office *office = desk->office;
    struct slice why = buffer_slice(&page->why);
    int64_t item = page->exhibit.id;
    struct error error = ERROR_INIT;
    int status;
    page->exhibit.key.explanation = page->explanation.length ? buffer_slice(&page->explanation) : SLICE_ABSENT;
    if (page->deed == DEED_PROMOTE)
        status = gold_promote(office->store, office->viewer, office->campaign, item, &page->exhibit.key, why, &error);
    else if (page->deed == DEED_GIVE_BACK)
        status = item_give_back(office->store, office->viewer, item, why, &error);
    else
        status = item_retire(office->store, office->viewer, item, why, &error);
    if (!desk_done(desk, frame, status, &error, item_decide))
        return;
    office->outcome->items_retired += page->deed == DEED_RETIRE;
    office->outcome->given_back += page->deed == DEED_GIVE_BACK;
    office->outcome->promoted += page->deed == DEED_PROMOTE;
    item_follow(desk, frame);
}

static void confirmed(struct screen *screen, struct frame *frame, bool yes) {
    if (yes)
        item_decide((struct desk_screen *)screen, frame);
}

static void reason_typed(struct screen *screen, struct frame *frame, struct slice text) {
    struct item_page *page = page_of(screen);
    struct buffer question = BUFFER_INIT;
    if (!desk_takes_reason(frame, text, &page->why))
        return;
    if (page->deed == DEED_PROMOTE) {
        buffer_add_string(&question, "Make it gold with the key ");
        word_key(&question, exhibit_rubric(&page->exhibit), page->exhibit.shown, &page->exhibit.key);
        buffer_add_string(&question, "? It leaves the queue.");
    } else if (page->deed == DEED_GIVE_BACK) {
        buffer_add_string(&question, "Give it back to the queue, for other people?");
    } else {
        buffer_add_string(&question, "Retire it? It leaves the work for good.");
    }
    frame_ask(frame, question.data, confirmed);
    buffer_release(&question);
}

static void ask_reason(struct item_page *page, struct frame *frame, enum deed deed) {
    page->deed = deed;
    frame_prompt(frame, "why", SLICE_ABSENT, REASON_MOST, reason_typed);
}

static void explanation_typed(struct screen *screen, struct frame *frame, struct slice text) {
    struct item_page *page = page_of(screen);
    if (!text.data) {
        frame_say(frame, INK_DIM, "nothing was changed");
        return;
    }
    buffer_clear(&page->explanation);
    buffer_add_slice(&page->explanation, text);
    ask_reason(page, frame, DEED_PROMOTE);
}

static void use_chosen(struct screen *screen, struct frame *frame, int line) {
    if (line < 0)
        return;
    page_of(screen)->exhibit.key.use = (enum gold_use)line;
    frame_prompt(frame, "explanation (Enter: none)", SLICE_ABSENT, REASON_MOST, explanation_typed);
}

static void key_chosen(struct exhibit *exhibit, struct frame *frame) {
    static const char *const uses[] = {[GOLD_HIDDEN] = "hidden among the work",
                                       [GOLD_QUALIFICATION] = "in the qualification",
                                       [GOLD_TRAINING] = "in training, explained after each answer"};
    (void)exhibit;
    frame_choose(frame, "Where is it used?", uses, COUNT_OF(uses), use_chosen);
}

/* --- Keys ------------------------------------------------------------------------------------------------------------------------ */

static unsigned item_contexts(const struct screen *screen) {
    return IN_DESK_ITEM | texts_contexts(&((const struct exhibit *)screen)->desk.office->texts);
}

static void decide(struct item_page *page, struct frame *frame, enum request request) {
    const struct item_line *line = &page->exhibit.line;
    if (!page->exhibit.read)
        return;
    if (line->retired)
        frame_say(frame, INK_DIM, "it is retired already");
    else if (request == REQUEST_RETIRE_ITEM)
        ask_reason(page, frame, DEED_RETIRE);
    else if (request == REQUEST_GIVE_BACK && !aside_of(page))
        frame_say(frame, INK_DIM, "nobody set it aside to you");
    else if (request == REQUEST_GIVE_BACK)
        ask_reason(page, frame, DEED_GIVE_BACK);
    else if (line->gold || !exhibit_rubric(&page->exhibit))
        frame_say(frame, INK_DIM, line->gold ? "it is gold already" : "its track has no rubric");
    else
        key_choose(&page->exhibit, frame, NULL, key_chosen);
}

static bool item_key(struct screen *screen, struct frame *frame, const struct key *key) {
    struct item_page *page = page_of(screen);
    enum request request = keymap_lookup(*key, item_contexts(screen));
    if (desk_waits(&page->exhibit.desk, frame, key))
        return true;
    if (request != REQUEST_RETIRE_ITEM && request != REQUEST_GIVE_BACK && request != REQUEST_PROMOTE)
        return exhibit_request(&page->exhibit, frame, request);
    decide(page, frame, request);
    return true;
}

static void item_close(struct screen *screen) {
    struct item_page *page = page_of(screen);
    exhibit_release(&page->exhibit);
    buffer_release(&page->why);
    buffer_release(&page->explanation);
    memory_free(page->words);
    memory_free(page);
}

void item_open(struct office *office, struct frame *frame, int64_t item, const char *track, const char *shown,
               struct slice words) {
    static const struct screen_class class = {
        .name = "item", .draw = item_draw, .key = item_key, .contexts = item_contexts, .close = item_close};
    struct item_page *page = memory_new(1, sizeof *page);
    page->exhibit.desk = (struct desk_screen){.screen = {.class = &class}, .office = office};
    page->exhibit.id = item;
    memcpy(page->exhibit.track, track, strlen(track) + 1);
    if (shown && strlen(shown) <= LIMIT_RESPONSES)
        memcpy(page->order, shown, strlen(shown) + 1);
    page->words = words.data ? memory_copy(words.data, words.length) : NULL;
    buffer_init(&page->why);
    buffer_init(&page->explanation);
    frame_push(frame, &page->exhibit.desk.screen);
    item_read_page(&page->exhibit.desk, frame);
}
