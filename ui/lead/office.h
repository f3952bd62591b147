/*
 * What the screens of this folder share: the figures of the campaign, and what waits for a decision, as of the
 * last look at the store. office_read looks again: at the start, after every decision, and when another process
 * wrote while nobody typed. Codes (person, track) and indexes hold until the next office_read: a screen keeps
 * store ids and names.
 */
#ifndef UI_LEAD_OFFICE_H
#define UI_LEAD_OFFICE_H

#include "core/model/history.h"
#include "core/model/rubric.h"
#include "core/report/decisions.h"
#include "core/report/forecast.h"
#include "core/report/gate.h"
#include "core/report/plan.h"
#include "core/report/same_side.h"
#include "core/report/track.h"
#include "store/closing.h"
#include "store/contests.h"
#include "store/gold.h"
#include "store/holds.h"
#include "store/load.h"
#include "store/load_desk.h"
#include "store/people.h"
#include "store/questions.h"
#include "store/session.h"
#include "store/settings.h"
#include "store/standing.h"
#include "ui/annotate/texts.h"
#include "ui/lead/lead.h"
#include "ui/screen.h"

enum { RECALIBRATE_DAYS = 28 }; /* after that a change of meaning is no news any more */
enum { FORECAST_SOON = 7 };     /* days that hidden gold lasts and that make a decision */

/* One track of the settings that the store knows. */
struct office_track {
    int code; /* of the history */
    const struct track_settings *settings;
    struct rubric rubric; /* in force */
    struct track_report report;
    struct gold_cases gold;
    struct item_counts items;
    struct same_side *same; /* one for each person who judged */
    size_t same_count;
};

/* A line of People: one annotator on one track. */
struct office_person {
    const struct office_track *track;
    const struct annotator *annotator;
    struct same_side same;
};

/* A line of Categories: a category, or a language. */
struct office_category {
    const struct office_track *track;
    const char *name; /* "" for items without one */
    int code;         /* of the history */
    bool language;
    const struct closing *closing; /* NULL: it is open */
    int64_t open;                  /* items in the queue */
    const struct group *group;     /* NULL: nothing has been judged */
    const struct gate_line *rule;  /* the worst line of the specification that speaks of it; NULL: none */
};

enum agenda_kind {
    AGENDA_HOLD,
    AGENDA_GOLD,
    AGENDA_QUESTION,
    AGENDA_ASIDE,
    AGENDA_STANDING,
    AGENDA_RUBRIC,
    AGENDA_SESSION,
    AGENDA_POOL
};

/* What needs a decision, and where it leads. */
struct agenda_line {
    enum agenda_kind kind;
    const char *subject, *words;          /* "dov", "below the bar: … · 94 judgments held" */
    const char *brief;                    /* the same in fewer words, for narrow screens; NULL: there are none */
    const char *todo;                     /* "look, release or redo"; NULL: the words say it */
    int64_t hold, question, item, person; /* store ids of what the kind is about; 0 */
    const char *track;
};

struct office {
    struct store *store;
    const struct viewer *viewer;
    const struct campaign *campaign;
    struct lead_outcome *outcome;
    struct texts texts; /* how the lead likes to read, from item to item */

    struct pool pool; /* of everything below */
    struct history history;
    struct office_track *tracks;
    size_t track_count;
    struct gate gate;
    struct hold *holds;
    size_t hold_count;
    struct question *questions;
    size_t question_count;
    struct contest *contests; /* open ones */
    size_t contest_count;
    struct aside_line *asides;
    size_t aside_count;
    struct rubric_unsettled *unsettled;
    size_t unsettled_count;
    struct session *sessions; /* all, oldest first */
    size_t session_count;
    struct unseen_gold *unseen;
    size_t unseen_count;
    struct pool_forecast *forecasts; /* one for each of them, the first to run out first; line: index into unseen */
    struct plan plan;
    struct office_person *people;    /* worst first, over all tracks */
    struct standing_line *standings; /* of everybody who is asked for a qualification */
    size_t standing_count;
    size_t people_count;
    struct office_category *categories; /* track by track, worst first */
    size_t category_count;
    struct person *members;
    size_t member_count;
    struct closing *closings;
    size_t closing_count;
    struct agenda_line *agenda;
    size_t agenda_count;
    int longest_subject, longest_name; /* columns: of the agenda, of people */
    int64_t version;                   /* of the data that was read */
    bool read;

    int failed; /* a status that ended the sitting */
    struct error failure;
};

void office_init(struct office *office, struct store *store, const struct viewer *viewer,
                 const struct campaign *campaign, struct lead_outcome *outcome);
void office_release(struct office *office);

/* Looks at the store. What was read before stays when it fails (STATUS_BUSY: try again). */
int office_read(struct office *office, struct error *error);

int64_t office_now(const struct office *office);

/* The line of the plan about a whole track, or a category (code) of it; NULL: nothing was done, nothing is left. */
const struct plan_line *office_plan(const struct office *office, int track, int category);

/* By name; NULL when the store knows no such track. */
const struct office_track *office_track(const struct office *office, const char *name);

/* The line of a person (store id) on a track; NULL when there is none. */
const struct office_person *office_person(const struct office *office, int64_t person, const char *track);

/* Open contests of an item; first (may be NULL): the oldest of them. */
size_t office_contests(const struct office *office, int64_t item, const struct contest **first);

bool office_paused(const struct office *office, int64_t person);

/* What is known of a person's qualification on a track; NULL when none is asked for. */
const struct standing_line *office_standing(const struct office *office, int64_t person, const char *track);

int64_t office_person_id(const struct office *office, int code);
const char *office_person_name(const struct office *office, int code);

/* Whether a line of the specification is about this category or language. */
bool office_rule_speaks(const struct gate_line *line, const struct office_category *one);

/* The detector of everybody's gold in this category; NULL: there is none yet. */
const struct pooled_watch *office_pool(const struct office_category *one);

/* Reads office->categories, when tracks and gate are there; office_read calls it. (categories.c) */
int categories_read(struct office *office, struct error *error);

/* Makes forecasts and agenda; office_read calls it. (agenda.c) */
void agenda_make(struct office *office);

/*
 * --- Screens that ask the store
 * ----------------------------------------------------------------------------------------
 */

struct desk_screen;
typedef void desk_action(struct desk_screen *desk, struct frame *frame);

/* The first member of every screen here. */
struct desk_screen {
    struct screen screen;
    struct office *office;
    desk_action *pending; /* was busy, to be tried again; NULL: nothing */
};

/*
 * What became of a store call: true when it was done. Busy: says so, and `again` is called until it is not. A
 * sentence that can be shown is shown. Anything else ends the desk with the error.
 */
bool desk_done(struct desk_screen *desk, struct frame *frame, int status, const struct error *error,
               desk_action *again);

/* To be called first with every key: true when the key is not for the screen: an action waited for the store, and was tried again. */
bool desk_waits(struct desk_screen *desk, struct frame *frame, const struct key *key);

/* What was typed when a reason was asked for: true with it in `why`; false when there was none: that nothing was changed was said then. */
enum { REASON_MOST = 400 }; /* bytes */
bool desk_takes_reason(struct frame *frame, struct slice typed, struct buffer *why);

/* "pilot › lead › …" in the title row, and the decisions and the day at its right edge. */
void desk_title(const struct office *office, struct surface *surface, struct rect *area, const char *where);

#endif
