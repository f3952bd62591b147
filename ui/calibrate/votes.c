/* See votes.h. Lines are made anew when the item, the width, the names or the session changed. */
#include "ui/calibrate/votes.h"

#include "core/base/memory.h"
#include "core/text/clean.h"
#include "core/text/grapheme.h"
#include "core/text/wrap.h"
#include "ui/paint.h"

#include "core/base/banned.h"

enum { MARK = 2, NUMBER = 4, NAME = 13, CHOICE = 13, ORDER_MORE = 15, SURE = 13, INDENT = 6, SAW_FIRST = 11 };

void votes_release(struct votes *votes) {
    memory_free(votes->lines);
    buffer_release(&votes->text);
}

void votes_reset(struct votes *votes) {
    votes->selected = votes->top = 0;
    votes->columns = 0;
}

/* --- Lines ------------------------------------------------------------------------------------------------------------------- */

static struct votes_line *add_line(struct votes *votes) {
    votes->lines = memory_grow(votes->lines, &votes->line_room, votes->line_count + 1, sizeof *votes->lines);
    struct votes_line *line = &votes->lines[votes->line_count++];
    *line = (struct votes_line){.card = votes->cards};
    return line;
}

/* What somebody wrote, cleaned and wrapped. */
static void add_words(struct votes *votes, const char *before, struct slice words, int columns) {
    size_t start = votes->text.length;
    struct text_line line;
    if (words.length == 0)
        return;
    buffer_add_string(&votes->text, before);
    text_clean(&votes->text, words, CLEAN_LINES);
    struct slice text = slice_make(votes->text.data + start, votes->text.length - start);
    for (size_t at = 0; text_wrap(text, at, columns, &line); at = line.next) {
        struct votes_line *to = add_line(votes);
        to->start = start + line.start;
        to->end = start + line.end;
    }
}

/* Where the parts of a vote's row begin; `saw` is what stands at its right end. */
struct places {
    int choice, sure, ratings, saw;
};

static struct places find_places(const struct room *room, int columns) {
    size_t responses = room->circle.book.items[room->item].responses;
    int width = responses > 2 ? 4 * (int)responses + ORDER_MORE : CHOICE;
    struct places at = {.choice = MARK + (room->names ? NAME : NUMBER)};
    at.sure = at.choice + (width < columns / 2 ? width : columns / 2);
    at.ratings = at.sure + SURE;
    at.saw = columns - 1 - (responses > 2 ? (int)responses + 4 : SAW_FIRST);
    return at;
}

/* The ratings stand on the row of the vote, or below it where they do not fit there. */
static bool ratings_fit(const struct room *room, struct slice ratings, int columns) {
    struct places at = find_places(room, columns);
    return (int)text_columns(ratings) <= at.saw - 2 - at.ratings;
}

static void word_ratings(const struct room *room, const char *shown, const struct session_vote *vote,
                         struct buffer *out) {
    const struct circle *circle = &room->circle;
    circle_word_ratings(circle, circle_ratings(circle, room->item, vote), shown,
                        circle->book.items[room->item].responses, out);
}

static void add_vote(struct votes *votes, const struct room *room, const char *shown, const struct session_vote *vote,
                     int columns) {
    struct buffer ratings = BUFFER_INIT;
    add_line(votes)->vote = vote;
    if (!vote->aside)
        word_ratings(room, shown, vote, &ratings);
    if (!ratings_fit(room, buffer_slice(&ratings), columns))
        add_words(votes, "", buffer_slice(&ratings), columns - INDENT);
    add_words(votes, "", vote->rationale, columns - INDENT);
    buffer_release(&ratings);
}

/* The first card: the reference with its explanation, and the verdict with its note. */
static void add_recorded(struct votes *votes, const struct room *room, const char *shown, int columns) {
    const struct session_item *item = &room->circle.book.items[room->item];
    struct buffer verdict = BUFFER_INIT;
    if (item->reference)
        add_vote(votes, room, shown, item->reference, columns);
    else
        add_words(votes, "", slice_of("no reference yet: R writes it"), columns - INDENT);
    if (item->verdict != CALIBRATION_OPEN) {
        buffer_add_string(&verdict, calibration_verdict_name(item->verdict));
        if (item->note.length)
            buffer_add_format(&verdict, ": " SLICE_FORMAT, SLICE_ARGS(item->note));
        add_words(votes, "", buffer_slice(&verdict), columns - INDENT);
    }
    votes->cards++;
    buffer_release(&verdict);
}

static void make(struct votes *votes, const struct room *room, const char *shown, int columns) {
    const struct session_item *item = &room->circle.book.items[room->item];
    if (votes->columns == columns && votes->item == room->item && votes->reads == room->reads &&
        votes->names == room->names && strcmp(votes->shown, shown) == 0)
        return;
    buffer_clear(&votes->text);
    votes->line_count = votes->cards = 0;
    add_recorded(votes, room, shown, columns);
    for (size_t v = 0; v < item->vote_count; v++) {
        add_vote(votes, room, shown, &item->votes[v], columns);
        bool last = v + 1 == item->vote_count || item->votes[v + 1].person != item->votes[v].person;
        votes->cards += last; /* a second vote stands on the card of the first */
    }
    votes->item = room->item;
    votes->reads = room->reads;
    votes->columns = columns;
    votes->names = room->names;
    memcpy(votes->shown, shown, strlen(shown) + 1);
    if (votes->selected >= votes->cards)
        votes->selected = votes->cards - 1;
}

/* First line of a card; of cards: behind the last. */
static size_t line_of(const struct votes *votes, size_t card) {
    size_t i = 0;
    while (i < votes->line_count && votes->lines[i].card < card)
        i++;
    return i;
}

const struct session_vote *votes_selected(const struct votes *votes) {
    size_t line = line_of(votes, votes->selected);
    return line < votes->line_count ? votes->lines[line].vote : NULL;
}

/* --- Drawing ------------------------------------------------------------------------------------------------------------------ */

/* "A first", "as CAB": the order in which somebody saw the responses, in the letters on the screen. */
static void add_order(const struct session_vote *vote, const char *shown, struct buffer *out) {
    size_t responses = strlen(vote->shown);
    if (responses == 2) {
        buffer_add_format(out, "saw %c first", (char)('A' + shown_position(shown, vote->shown[0] - 'a')));
        return;
    }
    buffer_add_string(out, "saw ");
    for (size_t i = 0; i < responses; i++)
        buffer_add_char(out, (char)('A' + shown_position(shown, vote->shown[i] - 'a')));
}

static void draw_who(const struct room *room, const struct session_vote *vote, bool selected, struct surface *surface,
                     struct rect row) {
    const struct circle *circle = &room->circle;
    struct buffer words = BUFFER_INIT;
    bool reference = vote->person >= circle->book.people_count;
    if (vote->kind == KIND_REVOTE)
        buffer_add_string(&words, room->names ? "↳ again" : "↳");
    else if (reference)
        buffer_add_string(&words, room->names ? "reference" : "R");
    else
        circle_word_person(circle, vote->person, room->names, &words);
    int width = room->names ? NAME : NUMBER;
    paint_fit(surface, row, 0, MARK, width - 1, selected || reference ? INK_STRONG : INK_NORMAL, buffer_slice(&words));
    buffer_release(&words);
}

static void draw_vote(const struct room *room, const struct session_vote *vote, const char *shown, bool selected,
                      struct surface *surface, struct rect row) {
    const struct circle *circle = &room->circle;
    struct buffer words = BUFFER_INIT;
    struct places at = find_places(room, row.columns);
    draw_who(room, vote, selected, surface, row);
    circle_word_vote(circle, vote, shown, &words);
    if (vote->aside) {
        paint_text(surface, row, 0, at.choice, INK_DIM, buffer_slice(&words));
        buffer_release(&words);
        return;
    }
    paint_fit(surface, row, 0, at.choice, at.sure - at.choice - 1, selected ? INK_STRONG : INK_NORMAL,
              buffer_slice(&words));
    if (vote->kind != KIND_REFERENCE) {
        buffer_clear(&words);
        circle_word_confidence(circle, vote->confidence, &words);
        paint_fit(surface, row, 0, at.sure, SURE - 1, INK_DIM, buffer_slice(&words));
        buffer_clear(&words);
        add_order(vote, shown, &words);
        paint_text(surface, row, 0, at.saw, INK_DIM, buffer_slice(&words));
    }
    buffer_clear(&words);
    word_ratings(room, shown, vote, &words);
    if (ratings_fit(room, buffer_slice(&words), row.columns))
        paint_text(surface, row, 0, at.ratings, INK_NORMAL, buffer_slice(&words));
    buffer_release(&words);
}

/* The card at ▸ is seen from its first line, or as much further as it was scrolled. */
static void keep_in_sight(struct votes *votes) {
    size_t first = line_of(votes, votes->selected), behind = line_of(votes, votes->selected + 1);
    size_t page = votes->page > 0 ? (size_t)votes->page : 1;
    if (behind - first <= page) {
        if (votes->top > first)
            votes->top = first;
        if (votes->top + page < behind)
            votes->top = behind - page;
    } else if (votes->top < first) {
        votes->top = first;
    } else if (votes->top + page > behind) {
        votes->top = behind - page;
    }
}

void votes_draw(struct votes *votes, const struct room *room, const char *shown, bool marked, struct surface *surface,
                struct rect area) {
    make(votes, room, shown, area.columns);
    votes->page = area.rows;
    keep_in_sight(votes);
    for (int r = 0; r < area.rows && votes->top + (size_t)r < votes->line_count; r++) {
        size_t place = votes->top + (size_t)r;
        const struct votes_line *line = &votes->lines[place];
        struct rect row = rect_row(area, r);
        bool selected = line->card == votes->selected && marked;
        bool first = place == 0 || votes->lines[place - 1].card != line->card;
        if (first && line->card == votes->selected)
            paint_string(surface, row, 0, 0, marked ? INK_ACCENT : INK_DIM, "▸");
        if (line->vote)
            draw_vote(room, line->vote, shown, selected, surface, row);
        else
            paint_clean(surface, row, 0, INDENT, line->card == 0 ? INK_NORMAL : INK_DIM,
                        slice_make(votes->text.data + line->start, line->end - line->start));
    }
    size_t end = votes->top + (size_t)(area.rows > 0 ? area.rows : 0);
    votes->below = end < votes->line_count ? votes->line_count - end : 0;
}

/* --- Keys --------------------------------------------------------------------------------------------------------------------- */

/* A line further, inside a card that is longer than the screen; else the next card. */
static void step(struct votes *votes, bool down) {
    size_t first = line_of(votes, votes->selected), behind = line_of(votes, votes->selected + 1),
           page = votes->page > 0 ? (size_t)votes->page : 1;
    bool longer = behind - first > page;
    if (down && longer && votes->top >= first && votes->top + page < behind)
        votes->top++;
    else if (!down && longer && votes->top > first)
        votes->top--;
    else if (down && votes->selected + 1 < votes->cards)
        votes->selected++;
    else if (!down && votes->selected > 0) {
        votes->selected--;
        votes->top = votes->line_count; /* a long card is entered from its end */
    }
}

bool votes_request(struct votes *votes, enum request request) {
    switch (request) {
    case REQUEST_SCROLL_DOWN:
    case REQUEST_SCROLL_UP:
        step(votes, request == REQUEST_SCROLL_DOWN);
        return true;
    case REQUEST_PAGE_DOWN:
    case REQUEST_PAGE_UP:
        for (int i = 0; i < votes->page; i++)
            step(votes, request == REQUEST_PAGE_DOWN);
        return true;
    case REQUEST_TO_TOP:
        votes->selected = votes->top = 0;
        return true;
    case REQUEST_TO_BOTTOM:
        votes->selected = votes->cards ? votes->cards - 1 : 0;
        votes->top = votes->line_count;
        return true;
    default:
        return false;
    }
}
