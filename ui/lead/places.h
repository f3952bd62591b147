/*
 * How the screens of this folder open each other: each pushes itself onto the frame. People, tracks and items are
 * named by what holds after office_read.
 */
#ifndef UI_LEAD_PLACES_H
#define UI_LEAD_PLACES_H

#include "ui/lead/office.h"

/* Decisions, people, categories, charts. */
void front_open(struct office *office, struct frame *frame);

/* One person on one track; hold: the one to decide (0: none in particular). */
void person_open(struct office *office, struct frame *frame, int64_t person, const char *track, int64_t hold);

/* A category or language: figures, specification, everybody's gold; close and reopen. */
void category_open(struct office *office, struct frame *frame, const struct office_category *category);

/* A gold item: key, who answered what; amend, keep, retire. */
void gold_open(struct office *office, struct frame *frame, int64_t item, const char *track);

/* What a change of the rubric was, who has read it, and what it asks for. track: of a line of office->unsettled. */
void rubric_page(struct office *office, struct frame *frame, const char *track);

/* Somebody's qualification on a track: what was said so far; let in, or ask again. */
void standing_open(struct office *office, struct frame *frame, int64_t person, const char *track);

/* A question with its item and what the asker had answered; the answer is typed there. */
void question_open(struct office *office, struct frame *frame, int64_t question);

/* The items of a track, or of one category of it (NULL: all; "": without one), as lists. */
void item_lists_open(struct office *office, struct frame *frame, const char *track, const char *category);

/*
 * An item to look at, with one judgment of it beside it (absent words: everybody's), to retire, to give back when it
 * waits for the lead, or to make gold.
 */
void item_open(struct office *office, struct frame *frame, int64_t item, const char *track, const char *shown,
               struct slice words);

#endif
