/*
 * The form of one judgment: what the rubric asks, what is answered, where ▸ stands, and what is still missing. Pure: keys in, state out.
 * Digits speak of what is on screen (A = shown first); everything kept speaks of stored responses.
 *
 * Rows in order: one a criterion, overall, confidence (if asked), tags (if any), flags (if any), why (if asked), submit. An item of three or more
 * responses has in place of overall a ranking (best first) and, if the rubric has two strengths or more, how clear first place is. The preference
 * follows from the order (core/model/judgment.h) as soon as it names every response, or the rubric takes partial ones. Of three or more responses a pair
 * criterion asks for the best one.
 */
#ifndef CORE_WORK_FORM_H
#define CORE_WORK_FORM_H

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/model/judgment.h"
#include "core/model/rubric.h"

enum row_kind {
    ROW_CRITERION,
    ROW_OVERALL, /* of two responses */
    ROW_RANKING, /* of three or more */
    ROW_FIRST,   /* how clear first place is; asked when one response holds it alone */
    ROW_CONFIDENCE,
    ROW_TAGS,
    ROW_FLAGS,
    ROW_WHY,
    ROW_SUBMIT
};

struct form_row {
    enum row_kind kind;
    int criterion; /* of ROW_CRITERION */
};

enum { FORM_ROWS = LIMIT_CRITERIA + 7 };

struct form {
    const struct rubric *rubric; /* borrowed */
    size_t responses;
    char shown[LIMIT_RESPONSES + 1]; /* stored letters in screen order */
    struct form_row rows[FORM_ROWS];
    size_t row_count;
    size_t row;  /* ▸ */
    size_t cell; /* screen position that the next digit fills, in a per-response criterion */
    struct judgment
        answer;    /* prefer CHOICE_MISSING until chosen; ranking as far as it goes; rationale is unused here */
    bool tie_next; /* the response put next ties with the last one */
    struct buffer rationale; /* the text typed so far */
    struct buffer question;  /* to the lead: begun and not asked yet, kept with the draft */
    int64_t active_ms;       /* time on task so far, kept with the draft */
};

/* An empty form with ▸ on the first row. shown holds `responses` letters. */
void form_init(struct form *form, const struct rubric *rubric, size_t responses, const char *shown);
void form_release(struct form *form);

/* A digit answers the row at ▸. Overall: 1 A much … 4 tie … 7 B much, 0 none (two strengths: 2–6; one: 3–5). A per-response criterion takes
 * its cells from A on; a pair criterion takes 1 = A better, 2 = same, 3 = B better. On a ranking, and a pair criterion of three or more responses, 1 to 9
 * are form_put of A to I; 0 on a ranking is none. Tags and flags toggle and ▸ stays. After the last cell of a row ▸ goes to the next unanswered row, or
 * to submit. False: the digit means nothing here (why, submit, outside the scale, placed already). */
bool form_digit(struct form *form, int digit);

/* A response by its screen position, on the rows that take letters (form_takes_letters): comes next in the ranking, or is the best by the criterion. */
bool form_takes_letters(const struct form *form);
bool form_put(struct form *form, size_t position);

/* `=`: the response put next ties with the last; on a pair criterion of three or more: all the same. False: nothing to tie with, or the rubric has no
 * ties and this would share first place. */
bool form_tie(struct form *form);

/* Is this response (screen position) in the order? */
bool form_placed(const struct form *form, size_t position);

/* The order so far in letters of the screen: "B > A = C", with `gap` between letter and sign; "" if none. */
void form_order(const struct form *form, const char *gap, struct buffer *out);

/* The pairs that the order implies, best first: "B > A, B > C, A = C". Returns how many. */
size_t form_pairs(const struct form *form, struct buffer *out);

/* Of a pair criterion: the screen position of the answer, FORM_SAME, or FORM_OPEN. */
enum { FORM_SAME = -1, FORM_OPEN = -2 };
int form_side(const struct form *form, size_t row);

/* What digit 0–9 would say at row r, as a short text for the screen ("A much", "4 tie"…); NULL if it means nothing there. */
const char *form_digit_word(const struct form *form, size_t row, int digit);

/* The digit that the row's present answer stands on (cell: screen position for a per-response criterion, else 0), or -1. */
int form_answered_digit(const struct form *form, size_t row, size_t cell);

bool form_row_answered(const struct form *form, size_t row); /* fully */
bool form_row_required(const struct form *form, size_t row);
void form_clear_row(struct form *form);    /* Backspace: clears the row at ▸; a ranking loses its last */
void form_next_row(struct form *form);     /* Tab */
void form_previous_row(struct form *form); /* Shift-Tab */
void form_go(struct form *form,
             enum row_kind kind); /* v c t f r; ROW_OVERALL: or the ranking; nothing if there is no such row */
void form_set_rationale(struct form *form, struct slice text);
void form_end_typing(struct form *form); /* after why: ▸ to the next unanswered row or submit */

/* How many rows need an answer and how many have it (for "4 of 6"). */
void form_progress(const struct form *form, size_t *answered, size_t *asked);

/* The first row that still lacks something required (row_count if none), and one sentence that says what. */
size_t form_missing(const struct form *form, struct error *what);

/* The judgment, when form_missing finds nothing; rationale points into the form. */
struct judgment form_judgment(const struct form *form);

/* The draft: `key value` lines by the rubric's words, so that it survives a new rubric version. Reading ignores words that the
 * rubric no longer has, and never fails: what can't be read is unanswered. */
void form_write(const struct form *form, struct buffer *out);
void form_read(struct form *form, struct slice draft);

/* Fills the form from a judgment already given (reopening). */
void form_fill(struct form *form, const struct judgment *judgment);

#endif
