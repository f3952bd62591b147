/* What needs a decision now, most urgent kind first; see office.h. */
#include "ui/lead/office.h"
#include "ui/lead/wording.h"

#include <math.h>

#include "core/base/array.h"
#include "core/base/timestamp.h"
#include "core/text/grapheme.h"

#include "core/base/banned.h"

static void make_forecasts(struct office *office) {
    office->forecasts = pool_new(&office->pool, office->unseen_count, sizeof *office->forecasts);
    for (size_t i = 0; i < office->unseen_count; i++) {
        const struct unseen_gold *gold = &office->unseen[i];
        office->forecasts[i] = (struct pool_forecast){
            .person = gold->person, .track = gold->track, .unseen = (size_t)gold->unseen, .line = i};
    }
    forecast_pools(office->forecasts, office->unseen_count, &office->history, office_now(office));
}

/* --- Lines ---------------------------------------------------------------------------------------------------------------- */

struct lines {
    struct agenda_line *items;
    size_t count, capacity;
};

static void add(struct office *office, struct lines *lines, struct agenda_line line, struct slice subject,
                struct buffer *words) {
    line.subject = pool_string(&office->pool, subject);
    line.words = pool_string(&office->pool, buffer_slice(words));
    *ARRAY_ADD(lines) = line;
    buffer_clear(words);
}

static int64_t find_person(const struct office *office, struct slice name) {
    for (size_t i = 1; i < office->history.person_count; i++)
        if (slice_is(name, office->history.people[i]))
            return office->history.person_ids[i];
    return 0;
}

/* "36 of 40 before Nov 12, 14 of 26 since": as counts, without a percentage (the onset was chosen to look bad). */
static void alarm_words(const struct person_alarm *alarm, bool brief, struct buffer *out) {
    const struct drift_change *change = &alarm->change;
    buffer_add_string(out, alarm->kind != PERSON_DRIFT_CHANGED ? "below the bar: "
                           : brief                             ? "changed: "
                                                               : "changed, below the bar: ");
    if (change->before_n > 0)
        buffer_add_format(out, "%zu of %zu before ", change->before_right, change->before_n);
    else
        buffer_add_string(out, "since ");
    word_day(out, alarm->onset_at);
    buffer_add_format(out, ", %zu of %zu%s", change->since_right, change->since_n,
                      change->before_n > 0 ? " since" : "");
}

static void add_hold(struct office *office, struct lines *lines, const struct hold *hold, struct buffer *words) {
    struct agenda_line line = {.kind = AGENDA_HOLD, .hold = hold->id, .person = find_person(office, hold->person)};
    line.track = pool_string(&office->pool, hold->track);
    const struct office_person *who = office_person(office, line.person, line.track);
    const struct person_alarm *found = NULL;
    for (size_t i = 0; hold->by_detector && who && i < who->annotator->own.drift.alarm_count; i++) {
        const struct person_alarm *alarm = &who->annotator->own.drift.alarms[i];
        if (alarm->since == hold->since)
            found = alarm;
    }
    line.todo = "look, release or redo";
    if (found) {
        alarm_words(found, true, words);
        buffer_add_format(words, " · %lld held", (long long)hold->judgments);
        line.brief = pool_string(&office->pool, buffer_slice(words));
        buffer_clear(words);
        alarm_words(found, false, words);
    } else {
        buffer_add_string(words, hold->by_detector ? "" : "held by hand: ");
        buffer_add_slice(words, hold->why);
    }
    buffer_add_format(words, " · %lld judgment%s held", (long long)hold->judgments, hold->judgments == 1 ? "" : "s");
    add(office, lines, line, hold->person, words);
}

static void add_count(struct buffer *words, size_t count, const char *thing) {
    buffer_add_format(words, "%zu %s%s", count, thing, count == 1 ? "" : "s");
}

static void add_gold(struct office *office, struct lines *lines, const struct office_track *track,
                     struct buffer *words) {
    for (size_t i = 0; i < track->gold.suspects; i++) {
        const struct gold_case *one = &track->gold.cases[i];
        struct agenda_line line = {
            .kind = AGENDA_GOLD, .item = one->item, .track = track->settings->name, .todo = "amend or keep"};
        struct item_ref ref = store_ref(office->store, one->item);
        size_t contests = office_contests(office, one->item, NULL);
        buffer_add_format(words, "gold, missed by %zu of the %zu best, ", one->best_missed, one->best);
        add_count(words, contests ? contests : one->count, contests ? "contest" : "answer");
        add(office, lines, line, slice_of(ref.text), words);
    }
}

static bool is_suspect(const struct office *office, int64_t item) {
    for (size_t i = 0; i < office->track_count; i++)
        for (size_t j = 0; j < office->tracks[i].gold.suspects; j++)
            if (office->tracks[i].gold.cases[j].item == item)
                return true;
    return false;
}

/* One line a key, unless it is suspect and has one already. */
static void add_contests(struct office *office, struct lines *lines, struct buffer *words) {
    for (size_t i = 0; i < office->contest_count; i++) {
        const struct contest *contest = &office->contests[i], *first = NULL;
        size_t count = office_contests(office, contest->item, &first);
        if (first != contest || is_suspect(office, contest->item))
            continue;
        struct agenda_line line = {.kind = AGENDA_GOLD, .item = contest->item};
        line.track = pool_string(&office->pool, contest->track);
        buffer_add_format(words, "%s gold, contested by " SLICE_FORMAT, contest->retired ? "retired" : "training",
                          SLICE_ARGS(contest->person));
        if (count > 1)
            buffer_add_format(words, " and %zu more", count - 1);
        buffer_add_string(words, ": ");
        buffer_add_slice(words, contest->text);
        add(office, lines, line, slice_of(contest->ref.text), words);
    }
}

static void add_waiting(struct office *office, struct lines *lines, struct buffer *words) {
    for (size_t i = 0; i < office->question_count; i++) {
        const struct question *question = &office->questions[i];
        if (question->answer.data)
            continue;
        struct agenda_line line = {.kind = AGENDA_QUESTION, .question = question->id};
        line.track = pool_string(&office->pool, question->track);
        buffer_add_string(words, "asks: ");
        buffer_add_slice(words, question->text);
        add(office, lines, line, question->person, words);
    }
    for (size_t i = 0; i < office->aside_count; i++) {
        const struct aside_line *aside = &office->asides[i];
        struct agenda_line line = {.kind = AGENDA_ASIDE, .item = aside->item, .todo = "give back or retire"};
        line.track = pool_string(&office->pool, aside->track);
        buffer_add_format(words, "set aside by " SLICE_FORMAT, SLICE_ARGS(aside->person));
        if (aside->people > 1)
            buffer_add_format(words, " and %lld more", (long long)aside->people - 1);
        buffer_add_format(words, ": %s", aside_reason_words(aside->reason));
        add(office, lines, line, slice_of(aside->ref.text), words);
    }
}

static void add_unsettled(struct office *office, struct lines *lines, struct buffer *words) {
    for (size_t i = 0; i < office->unsettled_count; i++) {
        const struct rubric_unsettled *change = &office->unsettled[i];
        struct agenda_line line = {.kind = AGENDA_RUBRIC, .todo = "calibrate"};
        line.track = pool_string(&office->pool, change->track);
        buffer_add_format(words, "the rubric changed its meaning: %zu judgment%s by the older rule", change->judgments,
                          change->judgments == 1 ? "" : "s");
        add(office, lines, line, change->track, words);
    }
}

/* Sessions whose answers are all in. */
static void add_sessions(struct office *office, struct lines *lines, struct buffer *words) {
    for (size_t i = 0; i < office->session_count; i++) {
        const struct session *session = &office->sessions[i];
        struct agenda_line line = {.kind = AGENDA_SESSION, .todo = "run it, close it"};
        if (session->closed || !session_is_answered(session) || session->again)
            continue;
        line.track = pool_string(&office->pool, session->track);
        buffer_add_format(words, "calibration: all in, %d of %d have a reference", session->reference, session->items);
        line.brief = pool_string(&office->pool, buffer_slice(words));
        buffer_clear(words);
        buffer_add_format(words, "calibration: %s, %d of %d items have a reference",
                          session->excused ? "the answers are in" : "everybody has answered", session->reference,
                          session->items);
        add(office, lines, line, session->name, words);
    }
}

/* Who can neither work nor make another attempt. */
static void add_standings(struct office *office, struct lines *lines, struct buffer *words) {
    for (size_t i = 0; i < office->standing_count; i++) {
        const struct standing_line *one = &office->standings[i];
        struct agenda_line line = {
            .kind = AGENDA_STANDING, .person = one->person, .track = one->track, .todo = "let in or ask again"};
        if (!standing_waits(&one->now.standing))
            continue;
        buffer_add_format(words, "not qualified on %s: %s", one->track,
                          one->now.standing.next == STANDING_NO_ATTEMPT ? "no attempt is left" : "too few new items");
        add(office, lines, line, one->name, words);
    }
}

/* One line a track: who runs out first, and how many more. */
static void add_pool(struct office *office, struct lines *lines, const struct office_track *track,
                     struct buffer *words) {
    const struct unseen_gold *first = NULL;
    double days = 0;
    size_t soon = 0;
    for (size_t i = 0; i < office->unseen_count; i++) {
        const struct pool_forecast *forecast = &office->forecasts[i];
        const struct unseen_gold *gold = &office->unseen[forecast->line];
        if (!slice_is(gold->track_name, track->settings->name) || forecast->until.days >= FORECAST_SOON)
            continue;
        days = first ? days : forecast->until.days;
        first = first ? first : gold;
        soon++;
    }
    if (!first)
        return;
    struct agenda_line line = {.kind = AGENDA_POOL, .track = track->settings->name, .todo = "look, add gold"};
    buffer_add_string(words, "hidden gold ");
    if (first->unseen == 0)
        buffer_add_format(words, "is used up for " SLICE_FORMAT, SLICE_ARGS(first->person_name));
    else
        buffer_add_format(words, "lasts " SLICE_FORMAT " about %.0f day%s", SLICE_ARGS(first->person_name), ceil(days),
                          days <= 1 ? "" : "s");
    line.brief = pool_string(&office->pool, buffer_slice(words));
    if (soon > 1)
        buffer_add_format(words, ", runs out for %zu more within %d days", soon - 1, FORECAST_SOON);
    add(office, lines, line, slice_of(track->settings->name), words);
}

void agenda_make(struct office *office) {
    struct lines lines = {0};
    struct buffer words = BUFFER_INIT;
    make_forecasts(office);
    for (size_t i = 0; i < office->hold_count; i++)
        if (!office->holds[i].decision.data)
            add_hold(office, &lines, &office->holds[i], &words);
    for (size_t i = 0; i < office->track_count; i++)
        add_gold(office, &lines, &office->tracks[i], &words);
    add_contests(office, &lines, &words);
    add_waiting(office, &lines, &words);
    add_unsettled(office, &lines, &words);
    add_standings(office, &lines, &words);
    add_sessions(office, &lines, &words);
    for (size_t i = 0; i < office->track_count; i++)
        add_pool(office, &lines, &office->tracks[i], &words);
    office->agenda = pool_copy(&office->pool, lines.items, lines.count, sizeof *office->agenda);
    office->agenda_count = lines.count;
    office->longest_subject = 0;
    for (size_t i = 0; i < lines.count; i++) {
        int columns = (int)text_columns(slice_of(lines.items[i].subject));
        office->longest_subject = columns > office->longest_subject ? columns : office->longest_subject;
    }
    ARRAY_RELEASE(&lines);
    buffer_release(&words);
}
