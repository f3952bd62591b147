/*
 * A gold item: its key, who contests it, who answered what (the best first), and what becomes of it: another key, the
 * same key with a reason, or retired; a retired one, void. Keeping records the same key anew: what was answered before no longer speaks against
 * it.
 */
#include "core/base/memory.h"
#include "ui/lead/exhibit.h"
#include "ui/lead/places.h"
#include "ui/lead/wording.h"
#include "ui/paint.h"

#include "core/base/banned.h"

enum { NAME = 11, OTHERS = 9, SAID = 10, VERDICT = 14, PANEL_MOST = 16, CONTESTS_MOST = 3 };
enum deed { DEED_NONE, DEED_AMEND, DEED_KEEP, DEED_RETIRE };

struct gold_page {
    struct exhibit exhibit; /* must be first */
    enum deed deed;         /* being asked for */
    bool voided;            /* retire: what was answered leaves every figure */
    struct last_key last;   /* in the exhibit's pool */
    bool has_key;
    struct buffer why;
    size_t holds_before;
};

static struct gold_page *gold_of(struct screen *screen) {
    return (struct gold_page *)screen;
}

static const struct gold_case *case_of(const struct gold_page *page) {
    const struct office_track *track = office_track(page->exhibit.desk.office, page->exhibit.track);
    for (size_t i = 0; track && i < track->gold.count; i++)
        if (track->gold.cases[i].item == page->exhibit.id)
            return &track->gold.cases[i];
    return NULL;
}

static const struct gold_key *key_of(const struct gold_page *page) {
    return page->has_key ? &page->last.key : NULL;
}

/* --- Drawing ------------------------------------------------------------------------------------------------------------------ */

static const char *verdict_word(enum verdict verdict) {
    return verdict == VERDICT_RIGHT            ? "as the key"
           : verdict == VERDICT_WRONG_STRENGTH ? "other strength"
                                               : "other side";
}

static void draw_key(const struct gold_page *page, struct surface *surface, struct rect row) {
    const struct gold_key *key = key_of(page);
    const struct rubric *rubric = exhibit_rubric(&page->exhibit);
    const struct gold_case *one = case_of(page);
    struct buffer words = BUFFER_INIT;
    if (!key || !rubric) {
        paint_string(surface, row, 0, 0, INK_WARNING, "No longer gold.");
        return;
    }
    word_key(&words, rubric, page->exhibit.shown, key);
    int at = paint_format(surface, row, 0, 0, INK_STRONG, "%s: %s",
                          page->last.retired          ? "Retired key"
                          : key->use == GOLD_TRAINING ? "Training key"
                                                      : "Key",
                          words.data);
    if (key->low == 0)
        at = paint_string(surface, row, 0, at, INK_NORMAL, ", any strength");
    if (one && one->best)
        at = paint_format(surface, row, 0, at + 3, one->suspect ? INK_WARNING : INK_NORMAL,
                          "missed by %zu of the %zu best", one->best_missed, one->best);
    if (one && one->suspect)
        paint_format(surface, row, 0, at, INK_DIM, "; with a right key under 1 in %d",
                     one->chance < 0.001  ? 1000
                     : one->chance < 0.01 ? 100
                                          : 20);
    buffer_release(&words);
}

static const struct answer_line *answer_of(const struct exhibit *exhibit, int64_t judgment) {
    for (size_t i = 0; i < exhibit->answer_count; i++)
        if (exhibit->answers[i].judgment == judgment)
            return &exhibit->answers[i];
    return NULL;
}

static void draw_answerer(const struct gold_page *page, const struct gold_answerer *who, struct surface *surface,
                          struct rect row) {
    const struct office *office = page->exhibit.desk.office;
    const struct history_row *judged = &office->history.rows[who->row];
    const struct answer_line *line = answer_of(&page->exhibit, judged->judgment);
    const struct rubric *rubric = exhibit_rubric(&page->exhibit);
    struct buffer words = BUFFER_INIT;
    int at = 0;
    paint_fit(surface, row, 0, at, NAME, INK_NORMAL, slice_of(office_person_name(office, who->person)));
    at += NAME + 1;
    paint_fit(surface, row, 0, at, 5, INK_DIM, slice_of(who->best ? "best" : ""));
    at += 5;
    word_of(&words, who->right, who->n);
    paint_fit_right(surface, row, 0, at, OTHERS, INK_DIM, buffer_slice(&words));
    at += OTHERS + 2;
    buffer_clear(&words);
    if (rubric)
        word_answer(&words, rubric, page->exhibit.shown, judged->prefer, judged->ranking ? judged->ranking : "",
                    judged->strength);
    paint_fit(surface, row, 0, at, SAID, INK_NORMAL, buffer_slice(&words));
    at += SAID + 2;
    paint_fit(surface, row, 0, at, VERDICT, who->verdict == VERDICT_RIGHT ? INK_DIM : INK_WARNING,
              slice_of(verdict_word(who->verdict)));
    at += VERDICT + 1;
    buffer_clear(&words);
    if (line)
        exhibit_reason(&page->exhibit, line, &words);
    paint_text(surface, row, 0, at, INK_DIM, buffer_slice(&words));
    buffer_release(&words);
}

static size_t contest_rows(const struct gold_page *page) {
    size_t count = office_contests(page->exhibit.desk.office, page->exhibit.id, NULL);
    return count < CONTESTS_MOST ? count : CONTESTS_MOST;
}

static int panel_rows(const struct gold_page *page) {
    const struct gold_case *one = case_of(page);
    int answers = one ? (int)(one->count < PANEL_MOST ? one->count : PANEL_MOST) : 0;
    return 3 + (answers ? answers : 1) + (int)contest_rows(page);
}

static void draw_contests(const struct gold_page *page, struct surface *surface, struct rect *panel) {
    const struct office *office = page->exhibit.desk.office;
    size_t rows = contest_rows(page), more = office_contests(office, page->exhibit.id, NULL) - rows, drawn = 0;
    for (size_t i = 0; i < office->contest_count && drawn < rows; i++) {
        const struct contest *contest = &office->contests[i];
        if (contest->item != page->exhibit.id)
            continue;
        struct rect row = rect_cut_top(panel, 1);
        if (++drawn == rows && more) {
            paint_format(surface, row, 0, 0, INK_DIM, "… %zu more contests: %s shows all", more + 1,
                         keymap_word(REQUEST_ANSWERS, IN_DESK_GOLD).text);
            continue;
        }
        paint_fit(surface, row, 0, 0, NAME, INK_NORMAL, contest->person);
        const char *order = exhibit_order_words(&page->exhibit, contest->shown);
        int at = paint_format(surface, row, 0, NAME + 1, INK_WARNING, "contests%s%s: ", order[0] ? ", " : "", order);
        paint_text(surface, row, 0, at, INK_NORMAL, contest->text);
    }
}

static void gold_draw(struct screen *screen, struct surface *surface) {
    struct gold_page *page = gold_of(screen);
    struct buffer where = BUFFER_INIT;
    buffer_add_format(&where, "gold %s", page->exhibit.line.ref.text);
    struct rect panel = exhibit_draw(&page->exhibit, surface, where.data, panel_rows(page));
    buffer_release(&where);
    if (!page->exhibit.read)
        return;
    draw_key(page, surface, rect_cut_top(&panel, 1));
    draw_contests(page, surface, &panel);
    const struct gold_case *one = case_of(page);
    struct rect head = rect_cut_top(&panel, 1);
    if (!one || one->count == 0) {
        paint_string(surface, head, 0, 0, INK_DIM,
                     page->last.retired ? "It is not served any more; i shows what was answered."
                     : page->exhibit.answer_count
                         ? "Nobody has answered since this key was set; i shows the answers before."
                         : "Nobody has answered it yet.");
        return;
    }
    paint_string(surface, head, 0, 0, INK_DIM, "who");
    paint_string(surface, head, 0, NAME + 6, INK_DIM, "other gold");
    paint_string(surface, head, 0, NAME + OTHERS + 8, INK_DIM, "answer");
    for (size_t i = 0; i < one->count && panel.rows > 0; i++) {
        struct rect row = rect_cut_top(&panel, 1);
        if (panel.rows == 0 && i + 1 < one->count)
            paint_format(surface, row, 0, 0, INK_DIM, "… %zu more: i shows all", one->count - i);
        else
            draw_answerer(page, &one->answers[i], surface, row);
    }
}

/* --- Reading and deciding -------------------------------------------------------------------------------------------------------- */

static void gold_read_page(struct desk_screen *desk, struct frame *frame) {
    struct gold_page *page = (struct gold_page *)desk;
    struct error error = ERROR_INIT;
    const struct contest *first = NULL;
    office_contests(desk->office, page->exhibit.id, &first); /* its words speak of A and B as they saw them */
    int status = exhibit_read(&page->exhibit, first ? first->shown : NULL, &error);
    page->has_key = false;
    if (!status) {
        status = gold_last(desk->office->store, desk->office->viewer, page->exhibit.id, &page->exhibit.pool,
                           &page->last, &error);
        page->has_key = !status;
        status = status == STATUS_USAGE ? STATUS_OK : status; /* void: the page says so */
    }
    desk_done(desk, frame, status, &error, gold_read_page);
}

static size_t open_holds(const struct office *office) {
    size_t open = 0;
    for (size_t i = 0; i < office->hold_count; i++)
        open += !office->holds[i].decision.data;
    return open;
}

/* The verb is done: what follows from it is read, and the desk is shown again. */
static void gold_follow(struct desk_screen *desk, struct frame *frame) {
    struct gold_page *page = (struct gold_page *)desk;
    struct office *office = desk->office;
    struct error error = ERROR_INIT;
    static const char *const done[] = {"", "amended; every figure follows", "kept, with the reason", "retired"};
    struct item_ref ref = page->exhibit.line.ref;
    if (!desk_done(desk, frame, office_read(office, &error), &error, gold_follow))
        return;
    size_t after = open_holds(office), before = page->holds_before;
    enum deed deed = page->deed;
    bool was_retired = page->last.retired;
    frame_pop(frame);
    if (after == before && deed == DEED_RETIRE && was_retired)
        frame_say(frame, INK_GOOD, "%s: its answers are in no figure any more", ref.text);
    else if (after == before)
        frame_say(frame, INK_GOOD, "%s: %s", ref.text, done[deed]);
    else
        frame_say(frame, INK_GOOD, "%s: %s · %zu hold%s %s", ref.text, done[deed],
                  after < before ? before - after : after - before,
                  before - after == 1 || after - before == 1 ? "" : "s", after < before ? "withdrawn" : "placed");
}

static void gold_decide(struct desk_screen *desk, struct frame *frame) {
    struct gold_page *page = (struct gold_page *)desk;
    struct office *office = desk->office;
    struct error error = ERROR_INIT;
    struct slice why = buffer_slice(&page->why);
    page->holds_before = open_holds(office);
    int status = page->deed == DEED_RETIRE ? gold_retire(office->store, office->viewer, office->campaign,
                                                         page->exhibit.id, page->voided, why, &error)
                                           : gold_amend(office->store, office->viewer, office->campaign,
                                                        page->exhibit.id, &page->exhibit.key, why, &error);
    if (!desk_done(desk, frame, status, &error, gold_decide))
        return;
    office->outcome->amended += page->deed == DEED_AMEND;
    office->outcome->kept += page->deed == DEED_KEEP;
    office->outcome->retired += page->deed == DEED_RETIRE;
    gold_follow(desk, frame);
}

static void confirmed(struct screen *screen, struct frame *frame, bool yes) {
    if (yes)
        gold_decide((struct desk_screen *)screen, frame);
}

static void reason_typed(struct screen *screen, struct frame *frame, struct slice text) {
    struct gold_page *page = gold_of(screen);
    struct buffer question = BUFFER_INIT;
    if (!desk_takes_reason(frame, text, &page->why))
        return;
    if (page->deed == DEED_KEEP) {
        gold_decide(&page->exhibit.desk, frame);
        return;
    }
    if (page->deed == DEED_AMEND) {
        page->exhibit.key.explanation = buffer_slice(&page->why); /* the old one explained another answer */
        buffer_add_string(&question, "Amend the key to ");
        word_key(&question, exhibit_rubric(&page->exhibit), page->exhibit.shown, &page->exhibit.key);
        buffer_add_string(&question, "? Every figure and hold follows.");
    } else {
        buffer_add_string(&question, page->last.retired ? "Take its answers out of every figure?"
                                     : page->voided     ? "Retire it, and take its answers out of every figure?"
                                                        : "Retire it? Its answers stay in the figures.");
    }
    frame_ask(frame, question.data, confirmed);
    buffer_release(&question);
}

static void ask_reason(struct gold_page *page, struct frame *frame, enum deed deed) {
    page->deed = deed;
    bool contested = office_contests(page->exhibit.desk.office, page->exhibit.id, NULL) > 0;
    frame_prompt(frame,
                 deed == DEED_AMEND               ? "why is this the right answer"
                 : deed == DEED_KEEP && contested ? "why (who contests it reads this)"
                                                  : "why",
                 SLICE_ABSENT, REASON_MOST, reason_typed);
}

static void key_chosen(struct exhibit *exhibit, struct frame *frame) {
    ask_reason((struct gold_page *)exhibit, frame, DEED_AMEND);
}

static void retire_chosen(struct screen *screen, struct frame *frame, int line) {
    struct gold_page *page = gold_of(screen);
    if (line < 0)
        return;
    page->voided = line == 1;
    ask_reason(page, frame, DEED_RETIRE);
}

/* --- Keys ------------------------------------------------------------------------------------------------------------------------ */

static unsigned gold_contexts(const struct screen *screen) {
    return IN_DESK_GOLD | texts_contexts(&((const struct exhibit *)screen)->desk.office->texts);
}

static bool gold_key_pressed(struct screen *screen, struct frame *frame, const struct key *key) {
    static const char *const ways[] = {"what was answered stays in the figures",
                                       "what was answered leaves every figure too"};
    struct gold_page *page = gold_of(screen);
    enum request request = keymap_lookup(*key, gold_contexts(screen));
    if (desk_waits(&page->exhibit.desk, frame, key))
        return true;
    bool decides = request == REQUEST_AMEND || request == REQUEST_KEEP || request == REQUEST_RETIRE_GOLD;
    if (decides && (!page->exhibit.read || !key_of(page) || !exhibit_rubric(&page->exhibit))) {
        frame_say(frame, INK_WARNING, "this item is not gold any more");
        return true;
    }
    switch (request) {
    case REQUEST_AMEND:
        key_choose(&page->exhibit, frame, key_of(page), key_chosen);
        return true;
    case REQUEST_KEEP:
        page->exhibit.key = *key_of(page);
        ask_reason(page, frame, DEED_KEEP);
        return true;
    case REQUEST_RETIRE_GOLD:
        if (page->last.retired) {
            page->voided = true;
            ask_reason(page, frame, DEED_RETIRE);
            return true;
        }
        frame_choose(frame, "Retire this gold item", ways, 2, retire_chosen);
        return true;
    default:
        return exhibit_request(&page->exhibit, frame, request);
    }
}

static void gold_close(struct screen *screen) {
    struct gold_page *page = gold_of(screen);
    exhibit_release(&page->exhibit);
    buffer_release(&page->why);
    memory_free(page);
}

void gold_open(struct office *office, struct frame *frame, int64_t item, const char *track) {
    static const struct screen_class class = {
        .name = "gold", .draw = gold_draw, .key = gold_key_pressed, .contexts = gold_contexts, .close = gold_close};
    struct gold_page *page = memory_new(1, sizeof *page);
    page->exhibit.desk = (struct desk_screen){.screen = {.class = &class}, .office = office};
    page->exhibit.id = item;
    memcpy(page->exhibit.track, track, strlen(track) + 1);
    buffer_init(&page->why);
    frame_push(frame, &page->exhibit.desk.screen);
    gold_read_page(&page->exhibit.desk, frame);
}
