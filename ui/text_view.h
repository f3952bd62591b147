/*
 * A long text in a rectangle: laid out for the width, scrolled, searched. One view model for prompt, responses, guideline and
 * help. The view owns its place (top line and sideways shift) and keeps the text at the top in place when the width changes.
 *
 * Markdown is CommonMark with tables, task lists and strikethrough. What differs from a web page, because a judge must see what
 * the model wrote: a newline inside a paragraph stays a newline; raw HTML and $…$ are shown as they came; a link shows
 * its address. Code and tables are not wrapped: where they are wider than their place they move sideways. Code names its language. How far
 * a line is indented within its paragraph is kept: models write code without a fence.
 *
 * Raw shows the source: tabs as ──→, spaces at line ends as ·, what is invisible as ‹U+200B›. Plain wraps the cleaned text.
 *
 * A paragraph whose first strong character is right-to-left is aligned to the right edge, and the mark of its list stands there. Its
 * characters are written in logical order and never reordered here: a terminal with bidi support orders them itself (directions.h keeps
 * it from going too far), and one without shows them left to right.
 *
 * Markdown over TEXT_VIEW_MARKDOWN_MOST bytes is shown as plain (text_view_notice says so). Raw and plain are cleaned and laid out
 * only where they are looked at: lines that were never laid out count by estimate, and a line over TEXT_VIEW_PIECE bytes is
 * broken there at a space, which a search does not look across.
 */
#ifndef UI_TEXT_VIEW_H
#define UI_TEXT_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/slice.h"
#include "core/text/needle.h"
#include "ui/surface.h"

enum { TEXT_VIEW_MARKDOWN_MOST = 512 << 10, TEXT_VIEW_PIECE = 8 << 10 };

enum text_mode { TEXT_MARKDOWN, TEXT_RAW, TEXT_PLAIN };

/* A stretch of one block's text in one ink. Spans lie in order, without gaps; the last ends at the text's end. */
struct text_span {
    size_t end; /* byte of the block's text */
    enum ink ink;
};

struct text_row {
    size_t start, end; /* bytes of the block's text */
    int columns;
    bool right; /* aligned to the right edge */
};

enum block_kind {
    BLOCK_WRAPPED, /* text in rows as wide as there is room */
    BLOCK_FIXED,   /* code and tables: one row a line, moved sideways */
    BLOCK_RULE,    /* a line over the whole width */
    BLOCK_PAIR,    /* two texts beside each other, each wrapped into its half */
    BLOCK_LABEL,   /* a section's label on a row of its own, where there is no gutter; else no row */
};

struct text_block {
    enum block_kind kind;
    struct slice source;      /* raw and plain: what it is made from, when it is looked at */
    size_t text, text_length; /* in view->text, once made */
    size_t span, span_count;  /* in view->spans, once made */
    size_t split;             /* of a pair: byte of its text where the right one begins, behind a newline */
    size_t lead, lead_length; /* prefix of the first row, in view->text: " • ", "## ", "│ " */
    size_t rest, rest_length; /* prefix of its other rows: as wide */
    int lead_columns;
    size_t section;        /* of which text_view_add */
    int level;             /* of a heading, else 0 */
    bool titled;           /* its first row names the language of code, and does not move sideways */
    bool wide;             /* of a fixed one, once laid: some row is wider than its place; else it does not move */
    bool made;             /* text and spans are there */
    bool laid;             /* rows are there, for the present width */
    size_t line_count;     /* rows; an estimate until laid */
    struct text_row *rows; /* of a pair two a line: left, right */
};

struct text_hit {
    size_t block;
    size_t start, end; /* bytes of the block's text */
};

struct text_view {
    enum text_mode mode;
    int columns; /* laid out for; 0: not yet */
    struct buffer text;
    struct {
        struct text_span *items;
        size_t count, capacity;
    } spans;
    struct {
        struct text_block *items;
        size_t count, capacity;
    } blocks;
    struct {
        struct slice *items;
        size_t count, capacity;
    } labels; /* of sections, cleaned, owned; absent: none */
    struct {
        struct text_hit *items;
        size_t count, capacity;
    } hits;
    struct needle needle;
    bool searching;
    size_t hit;                /* the one in hand, of hits; meaningless while there are none */
    bool hit_elsewhere;        /* another view of the same search has the one in hand; for whoever shows several */
    size_t top_block, top_row; /* the row at the top */
    size_t anchor;             /* byte of the top block's text that stays in the top row when the width changes */
    int shift;                 /* cells that fixed rows are moved to the left */
    int widest;                /* cells of the widest fixed row that was laid out */
    bool wide;                 /* one of them is wider than its place */
    int gutter;                /* columns for the labels; 0: labels have lines of their own, or there are none */
    bool fell_back;            /* some section was too long for Markdown */
};

void text_view_init(struct text_view *view);
void text_view_release(struct text_view *view);

/* Forgets the text and the place; a search stays open and looks through what is added. */
void text_view_clear(struct text_view *view, enum text_mode mode);

/*
 * Adds a text behind what is there. `label` ("user", "assistant") stands in a column at its left, absent for none. The text is
 * borrowed in raw and plain mode (and where it is too long for Markdown) until the view is cleared; a label is copied.
 */
void text_view_add(struct text_view *view, struct slice label, struct slice text);

/* Clear and add one text without a label. */
void text_view_set(struct text_view *view, struct slice text, enum text_mode mode);

/* Lays out for so many columns (at least 8). The text at the top stays at the top. Cheap when nothing changed. */
void text_view_width(struct text_view *view, int columns);

/*
 * Lines in all and the line at the top, from 0. Where parts were never looked at, an estimate that gets better.
 * text_view_exact lays everything out.
 */
size_t text_view_line_count(const struct text_view *view);
size_t text_view_top(const struct text_view *view);
void text_view_exact(struct text_view *view);

/* Moves by so many lines, and not past the point where the last line stands on the last of `rows` rows. False: did not move. */
bool text_view_scroll(struct text_view *view, long lines, int rows);
void text_view_to_top(struct text_view *view);
void text_view_to_bottom(struct text_view *view, int rows);

/* Code and tables sideways, by so many cells; never left of 0 nor further than the widest of the rows that were laid out. */
void text_view_shift(struct text_view *view, int cells);

/* Where the view stands, 0 (top) to 1 (the last page), 0 when all fits; and to go there. For scrolling two views together. */
double text_view_share(const struct text_view *view, int rows);
void text_view_to_share(struct text_view *view, double share, int rows);

/* Everything fits into `rows` rows: nothing to scroll. */
bool text_view_fits(struct text_view *view, int rows);

/* Draws into the area, at its width. The place is kept inside the text. */
void text_view_draw(struct text_view *view, struct surface *surface, struct rect area);

/* Words to show above the text where Markdown was asked for and is not what is shown; NULL when there is nothing to say. */
const char *text_view_notice(const struct text_view *view);

/*
 * Opens a search for `what` (any bytes) from the top of the view; an empty one closes it. Returns the number of hits; the first
 * at or below the top is in hand, and the view moves so that it is seen, unless `rows` is 0.
 */
size_t text_view_search(struct text_view *view, struct slice what, int rows);
void text_view_search_close(struct text_view *view);

/* Moves so that the hit in hand is seen; nothing without hits. */
void text_view_show_hit(struct text_view *view, int rows);

/* The next (1) or previous (-1) hit, round the ends. False when there are none. *index (may be NULL) gets its number from 0. */
bool text_view_next_hit(struct text_view *view, int direction, int rows, size_t *index);

/* A part of a text from one heading to the next; only Markdown has headings. */
struct text_section {
    size_t number;    /* of the heading, from 1; 0: what stands before the first */
    size_t line, end; /* its first line, and the line behind it */
};

size_t text_view_heading_count(const struct text_view *view);

/* The section that holds the line. */
struct text_section text_view_section_at(const struct text_view *view, size_t line);

/*
 * The section of `view` that goes with one of `other`: with the same words in its heading, of several the nearest in number, else the
 * one of the same number. False when there is none.
 */
bool text_view_section_like(const struct text_view *view, const struct text_view *other,
                            const struct text_section *section, struct text_section *found);

/* Brings line `line` (of text_view_line_count) to the top. */
void text_view_to_line(struct text_view *view, size_t line, int rows);

#endif
