/* Somebody's qualification on a track: what was said so far, what it waits for, and a lead's word on it, with a reason. */
#include "core/base/memory.h"
#include "core/base/timestamp.h"
#include "ui/lead/places.h"
#include "ui/list.h"
#include "ui/paint.h"

#include "core/base/banned.h"

enum { DAY_COLUMNS = 12, STATE_COLUMNS = 14 };
enum word { WORD_LET_IN, WORD_ASK_AGAIN, WORD_BACK, WORDS };

struct standing_page {
    struct desk_screen desk; /* must be first */
    int64_t person;
    char track[LIMIT_NAME_BYTES + 1];
    struct pool pool; /* of the words */
    struct standing_word *words;
    size_t count;
    struct list list;
    enum word word; /* being given a reason */
    struct buffer why;
};

static struct standing_page *page_of(struct screen *screen) {
    return (struct standing_page *)screen;
}

static const struct standing_line *line_of(const struct standing_page *page) {
    return office_standing(page->desk.office, page->person, page->track);
}

/* --- Drawing ------------------------------------------------------------------------------------------------------------- */

static void draw_row(void *data, size_t index, bool selected, struct surface *surface, struct rect area) {
    const struct standing_page *page = data;
    const struct standing_line *line = line_of(page);
    enum ink ink = selected ? INK_STRONG : INK_NORMAL;
    if (index == WORD_LET_IN)
        paint_format(surface, area, 0, 0, ink, "Let %s work on %s", line->name.data, page->track);
    else if (index == WORD_ASK_AGAIN)
        paint_string(surface, area, 0, 0, ink, "Ask for it again, with all attempts");
    else
        paint_string(surface, area, 0, 0, ink, "Back");
}

static int draw_words(const struct standing_page *page, struct surface *surface, struct rect area, int row) {
    static const char *const said[STANDING_STATES] = {[STANDING_ACTIVE] = "may work",
                                                      [STANDING_PAUSED] = "to qualify",
                                                      [STANDING_QUALIFIED] = "qualified",
                                                      [STANDING_FAILED] = "failed"};
    struct buffer words = BUFFER_INIT;
    size_t shown = (size_t)(area.rows > 14 ? area.rows - 12 : 2), first = page->count > shown ? page->count - shown : 0;
    for (size_t i = first; i < page->count; i++) {
        const struct standing_word *word = &page->words[i];
        buffer_clear(&words);
        if (word->reason.data)
            buffer_add_slice(&words, word->reason);
        if (word->by.length)
            buffer_add_format(&words, "%sby " SLICE_FORMAT, words.length ? " · " : "", SLICE_ARGS(word->by));
        paint_string(surface, area, row, 0, INK_DIM, timestamp_local_day(word->at).text);
        paint_string(surface, area, row, DAY_COLUMNS, INK_NORMAL, said[word->state]);
        paint_text(surface, area, row++, DAY_COLUMNS + STATE_COLUMNS, INK_NORMAL, buffer_slice(&words));
    }
    buffer_release(&words);
    return row;
}

static void add_what(const struct standing_line *line, const struct track_settings *track, struct buffer *out) {
    if (line->now.standing.next == STANDING_NO_ATTEMPT)
        buffer_add_string(out, "No attempt is left. ");
    else if (line->now.standing.next == STANDING_NO_ITEMS)
        buffer_add_format(
            out,
            "The qualification pool has fewer than %d items that are new to them: `assay gold add` brings "
            "more, and then it goes on by itself. ",
            track->qualification_items);
    else
        buffer_add_format(out, "Now: %s. ", standing_words(&line->now.standing));
    buffer_add_format(out, "Asked for: %d items, %d of them as the reference, %d attempt%s.",
                      track->qualification_items, track->qualification_pass, track->qualification_attempts,
                      track->qualification_attempts == 1 ? "" : "s");
}

static unsigned standing_contexts(const struct screen *screen) {
    (void)screen;
    return IN_LIST;
}

static void standing_draw(struct screen *screen, struct surface *surface) {
    struct standing_page *page = page_of(screen);
    const struct standing_line *line = line_of(page);
    struct rect area = surface_rect(surface);
    struct buffer where = BUFFER_INIT, words = BUFFER_INIT;
    if (line)
        buffer_add_slice(&where, line->name);
    buffer_add_format(&where, " · %s · qualification", page->track);
    desk_title(page->desk.office, surface, &area, where.data);
    frame_hint(surface, &area, standing_contexts(screen));
    rect_cut_left(&area, 2);
    rect_cut_right(&area, 1);
    if (line) {
        add_what(line, campaign_track(page->desk.office->campaign, page->track), &words);
        int row = paint_paragraph(surface, area, 1, INK_NORMAL, buffer_slice(&words)) + 1;
        row = draw_words(page, surface, area, row) + 1;
        list_draw(&page->list, surface, rect_make(area.row + row, area.column, area.rows - row, area.columns), draw_row,
                  page);
    } else {
        paint_string(surface, area, 1, 0, INK_DIM, "No qualification is asked of this person any more.");
    }
    buffer_release(&where);
    buffer_release(&words);
}

/* --- Reading and deciding ------------------------------------------------------------------------------------------------ */

static void standing_read_page(struct desk_screen *desk, struct frame *frame) {
    struct standing_page *page = (struct standing_page *)desk;
    struct pool pool = POOL_INIT;
    struct standing_word *words;
    size_t count;
    struct error error = ERROR_INIT;
    int status = standing_history(desk->office->store, desk->office->viewer, page->person, page->track, &pool, &words,
                                  &count, &error);
    if (!desk_done(desk, frame, status, &error, standing_read_page)) {
        pool_release(&pool);
        return;
    }
    pool_release(&page->pool);
    page->pool = pool;
    page->words = words;
    page->count = count;
}

static void standing_follow(struct desk_screen *desk, struct frame *frame) {
    struct error error = ERROR_INIT;
    bool in = ((struct standing_page *)desk)->word == WORD_LET_IN;
    if (!desk_done(desk, frame, office_read(desk->office, &error), &error, standing_follow))
        return;
    frame_pop(frame);
    frame_say(frame, INK_GOOD, "%s",
              in ? "let in: the next batch is work" : "asked again: it comes before the next batch");
}

static void standing_decide_now(struct desk_screen *desk, struct frame *frame) {
    struct standing_page *page = (struct standing_page *)desk;
    struct office *office = desk->office;
    const struct standing_line *line = line_of(page);
    struct error error = ERROR_INIT;
    if (!line)
        return;
    bool in = page->word == WORD_LET_IN;
    int status = standing_set(office->store, office->viewer, office->campaign, line->name.data, page->track, in,
                              buffer_slice(&page->why), &error);
    if (!desk_done(desk, frame, status, &error, standing_decide_now))
        return;
    *(in ? &office->outcome->let_in : &office->outcome->asked_again) += 1;
    standing_follow(desk, frame);
}

static void reason_typed(struct screen *screen, struct frame *frame, struct slice text) {
    struct standing_page *page = page_of(screen);
    if (!desk_takes_reason(frame, text, &page->why))
        return;
    standing_decide_now(&page->desk, frame);
}

static bool standing_key(struct screen *screen, struct frame *frame, const struct key *key) {
    struct standing_page *page = page_of(screen);
    enum request request = keymap_lookup(*key, IN_LIST);
    if (desk_waits(&page->desk, frame, key))
        return true;
    if (request == REQUEST_CLOSE || (request == REQUEST_OPEN && (page->list.selected == WORD_BACK || !line_of(page)))) {
        frame_pop(frame);
        return true;
    }
    if (request == REQUEST_OPEN) {
        page->word = (enum word)page->list.selected;
        frame_prompt(frame, "why", SLICE_ABSENT, REASON_MOST, reason_typed);
        return true;
    }
    return list_request(&page->list, request);
}

static void standing_close(struct screen *screen) {
    struct standing_page *page = page_of(screen);
    pool_release(&page->pool);
    buffer_release(&page->why);
    memory_free(page);
}

void standing_open(struct office *office, struct frame *frame, int64_t person, const char *track) {
    static const struct screen_class class = {.name = "standing",
                                              .draw = standing_draw,
                                              .key = standing_key,
                                              .contexts = standing_contexts,
                                              .close = standing_close};
    struct standing_page *page = memory_new(1, sizeof *page);
    page->desk = (struct desk_screen){.screen = {.class = &class}, .office = office};
    page->person = person;
    memcpy(page->track, track, strlen(track) + 1);
    buffer_init(&page->why);
    list_set_count(&page->list, WORDS);
    frame_push(frame, &page->desk.screen);
    standing_read_page(&page->desk, frame);
}
