/* Rows of the desk's tables; see front_parts.h. A table is a list of columns; what has no room is left out from the end. */
#include "ui/lead/front_parts.h"

#include <math.h>
#include <string.h>

#include "core/base/array.h"
#include "core/text/grapheme.h"
#include "ui/lead/category_parts.h"
#include "ui/lead/wording.h"
#include "ui/paint.h"

#include "core/base/banned.h"

struct column {
    const char *head;
    int width;
    bool right;
    int from; /* shown when the row is at least so wide */
};

enum { COLUMN_GAP = 2 };

static void cell(const struct column *column, int *at, struct surface *surface, struct rect area, enum ink ink,
                 struct slice text) {
    if (area.columns < column->from)
        return;
    if (column->right)
        paint_fit_right(surface, area, 0, *at, column->width, ink, text);
    else
        paint_fit(surface, area, 0, *at, column->width, ink, text);
    *at += column->width + COLUMN_GAP;
}

static void head(const struct column *columns, size_t count, struct surface *surface, struct rect area) {
    int at = 0;
    for (size_t i = 0; i < count; i++)
        cell(&columns[i], &at, surface, area, INK_DIM, slice_of(columns[i].head));
}

/* --- Decisions ------------------------------------------------------------------------------------------------------------ */

/* As many words as there is room for: what to do gives way first, since the place that the line leads to says it too. */
void agenda_draw(const struct agenda_line *line, int longest, bool selected, struct surface *surface,
                 struct rect inside) {
    enum { LEAST = 12, MOST = 18, MOST_WIDE = 28, WIDE = 100, BETWEEN = 3 };
    enum ink ink = selected ? INK_STRONG : INK_NORMAL;
    int most = inside.columns >= WIDE ? MOST_WIDE : MOST;
    int subject = longest < LEAST ? LEAST : longest > most ? most : longest;
    size_t room = (size_t)(inside.columns > subject + 1 ? inside.columns - subject - 1 : 0);
    bool brief = line->brief && text_columns(slice_of(line->words)) > room;
    paint_fit(surface, inside, 0, 0, subject, ink, slice_of(line->subject));
    int end = paint_string(surface, inside, 0, subject + 1, ink, brief ? line->brief : line->words);
    if (line->todo && end + BETWEEN + (int)text_columns(slice_of(line->todo)) <= inside.columns)
        paint_format(surface, inside, 0, end, ink, " · %s", line->todo);
}

/* --- People --------------------------------------------------------------------------------------------------------------- */

enum { P_NAME, P_TRACK, P_N, P_GOLD, P_LIKELY, P_STATE, P_SAME, P_RETEST, P_SEEN, P_FLAGS };
static const struct column people[] = {
    [P_NAME] = {"name", 11, false, 0},
    [P_TRACK] = {"track", 11, false, 0},
    [P_N] = {"n", 5, true, 0},
    [P_GOLD] = {"gold", 12, true, 0},
    [P_LIKELY] = {"likely %", 9, false, 0},
    [P_STATE] = {"state", 14, false, 0},
    [P_SAME] = {"same side", 11, true, 92},
    [P_RETEST] = {"retest", 8, true, 102},
    [P_SEEN] = {"seen", 8, false, 112},
    [P_FLAGS] = {"look at", 30, false, 140},
};

/* The columns, where names take what the others leave, as far as the longest one needs it. */
static void people_columns(const struct office *office, int room, struct column out[COUNT_OF(people)]) {
    enum { NAME_MOST = 32 };
    int used = -COLUMN_GAP, longest = office->longest_name < NAME_MOST ? office->longest_name : NAME_MOST;
    memcpy(out, people, sizeof people);
    for (size_t i = 0; i < COUNT_OF(people); i++)
        used += room < people[i].from ? 0 : people[i].width + COLUMN_GAP;
    int most = people[P_NAME].width + (room > used ? room - used : 0);
    if (longest > out[P_NAME].width)
        out[P_NAME].width = longest < most ? longest : most;
}

void people_head(const struct office *office, struct surface *surface, struct rect inside) {
    struct column columns[COUNT_OF(people)];
    people_columns(office, inside.columns, columns);
    head(columns, COUNT_OF(columns), surface, inside);
}

static void people_cell(const struct office *office, const struct office_person *one, int column, struct buffer *out) {
    const struct annotator *annotator = one->annotator;
    const struct person_figures *own = &annotator->own;
    switch (column) {
    case P_NAME:
        buffer_add_string(out, office_person_name(office, annotator->person));
        break;
    case P_TRACK:
        buffer_add_string(out, one->track->settings->name);
        break;
    case P_N:
        buffer_add_format(out, "%zu", annotator->judgments);
        break;
    case P_GOLD:
        word_of(out, own->gold.right, own->gold.n);
        break;
    case P_LIKELY:
        word_interval(out, &own->gold.figure);
        break;
    case P_SAME:
        if (one->same.items)
            buffer_add_format(out, "%d %% (%zu)", percent_of(one->same.share), one->same.items);
        else
            buffer_add_string(out, "–");
        break;
    case P_RETEST:
        word_of(out, own->retest.same_count, own->retest.n);
        break;
    case P_SEEN:
        if (office_paused(office, office_person_id(office, annotator->person)))
            buffer_add_string(out, "paused");
        else
            word_seen(out, own->last_hand_in, office_now(office));
        break;
    default:
        word_flags(out, annotator);
    }
}

void people_row(const struct office *office, const struct office_person *one, bool selected, struct surface *surface,
                struct rect inside) {
    struct buffer words = BUFFER_INIT;
    struct column columns[COUNT_OF(people)];
    int at = 0, ink;
    const char *state = word_state(one->annotator, &ink);
    people_columns(office, inside.columns, columns);
    for (int i = 0; i < (int)COUNT_OF(people); i++) {
        enum ink plain = i == P_NAME && selected ? INK_STRONG : i == P_LIKELY || i == P_FLAGS ? INK_DIM : INK_NORMAL;
        buffer_clear(&words);
        if (i == P_STATE)
            buffer_add_string(&words, state);
        else
            people_cell(office, one, i, &words);
        cell(&columns[i], &at, surface, inside, i == P_STATE ? (enum ink)ink : plain, buffer_slice(&words));
    }
    buffer_release(&words);
}

/* --- Categories ------------------------------------------------------------------------------------------------------------ */

enum { C_NAME, C_TRACK, C_JUDGED, C_OPEN, C_GOLD, C_LIKELY, C_SAME, C_RULE };
static const struct column categories[] = {
    [C_NAME] = {"category", 13, false, 0}, [C_TRACK] = {"track", 11, false, 92},
    [C_JUDGED] = {"judged", 6, true, 0},   [C_OPEN] = {"open", 6, true, 0},
    [C_GOLD] = {"gold", 13, true, 0},      [C_LIKELY] = {"likely %", 9, false, 84},
    [C_SAME] = {"same side", 11, true, 0}, [C_RULE] = {"specification", 30, false, 0},
};

void category_head(struct surface *surface, struct rect inside) {
    head(categories, COUNT_OF(categories), surface, inside);
}

static void rule_words(const struct gate_line *rule, struct buffer *out) {
    enum ink ink;
    if (!rule) {
        buffer_add_string(out, "no rule");
        return;
    }
    buffer_add_format(out, "%s: %s ", rule_result(rule, &ink), rule_measure(rule));
    gate_say_wanted(rule, "low end", out);
}

static void category_cell(const struct office_category *one, int column, struct buffer *out) {
    const struct group *group = one->group;
    switch (column) {
    case C_NAME:
        buffer_add_format(out, "%s%s", one->language ? "language " : "", one->name[0] ? one->name : "(none)");
        break;
    case C_TRACK:
        buffer_add_string(out, one->track->settings->name);
        break;
    case C_JUDGED:
        buffer_add_format(out, "%zu", group ? group->items : 0);
        break;
    case C_OPEN:
        if (one->closing)
            buffer_add_string(out, "closed");
        else if (!one->language)
            buffer_add_format(out, "%lld", (long long)one->open);
        break;
    case C_GOLD:
        word_of(out, group ? group->gold_right : 0, group ? group->gold_n : 0);
        break;
    case C_LIKELY:
        if (group)
            word_interval(out, &group->gold_accuracy);
        break;
    case C_SAME:
        if (group && !group->lines.percent.undefined)
            buffer_add_format(out, "%d %% (%zu)", percent_of(group->lines.percent.value), group->lines.percent.n);
        else
            buffer_add_string(out, "–");
        break;
    default:
        rule_words(one->rule, out);
    }
}

void category_row(const struct office_category *one, bool selected, struct surface *surface, struct rect inside) {
    struct buffer words = BUFFER_INIT;
    int at = 0;
    for (int i = 0; i < (int)COUNT_OF(categories); i++) {
        enum ink ink = i == C_NAME && selected ? INK_STRONG : i == C_LIKELY ? INK_DIM : INK_NORMAL;
        if (i == C_RULE && one->rule)
            rule_result(one->rule, &ink);
        else if (i == C_RULE)
            ink = INK_DIM;
        buffer_clear(&words);
        category_cell(one, i, &words);
        cell(&categories[i], &at, surface, inside, ink, buffer_slice(&words));
    }
    buffer_release(&words);
}

/* --- Sentences ------------------------------------------------------------------------------------------------------------- */

void track_words(const struct office *office, const struct office_track *track, bool brief, struct buffer *out) {
    const struct plan_line *plan = office_plan(office, track->code, -1);
    const struct item_counts *items = &track->items;
    buffer_add_format(out, "%s: ", track->settings->name);
    if (!brief) /* the sum of the next three */
        buffer_add_format(out, "%lld items · ", (long long)items->total);
    buffer_add_format(out, "%lld judged · %lld open · %lld gold", (long long)items->judged, (long long)items->open,
                      (long long)items->gold);
    if (items->aside_lead)
        buffer_add_format(out, " · %lld for you", (long long)items->aside_lead);
    if (items->waiting)
        buffer_add_format(out, " · %lld judgments in open batches", (long long)items->waiting);
    if (plan && plan->left && !plan->until.early) {
        buffer_add_string(out, " · done ");
        word_until(out, &plan->until, office_now(office));
    }
}

void detector_words(const struct office_track *track, bool brief, struct buffer *out) {
    const struct track_detector *detector = &track->report.detector;
    if (!detector->designed) {
        buffer_add_string(out, "These settings give no detector.");
        return;
    }
    buffer_add_format(out, "At %d %% gold a fall from %d to %d %% ", percent_of(detector->gold_rate),
                      percent_of(detector->design.in_control), percent_of(detector->design.out_of_control));
    if (isinf(detector->delay_in_judgments)) {
        buffer_add_string(out, "is never noticed.");
        return;
    }
    buffer_add_format(out, "%s after about %.0f judgments", brief ? "shows" : "is noticed",
                      detector->delay_in_judgments);
    double pace = track->settings->aim > 0 ? track->settings->aim : detector->judgments_a_day;
    if (pace > 0) {
        double days = ceil(detector->delay_in_judgments / pace);
        buffer_add_format(out, ": %.0f day%s", days, days > 1 ? "s" : "");
        if (!brief)
            buffer_add_format(out, " at %.0f a day", pace);
    }
    buffer_add_char(out, '.');
}
