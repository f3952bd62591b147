/* The page; see session_record.h. The JSON form stands in session_record_json.c. */
#include "app/session_record.h"

#include <math.h>
#include <stdio.h>

#include "app/figure_rows.h"
#include "core/base/memory.h"
#include "core/base/timestamp.h"
#include "core/text/clean.h"
#include "ui/lead/wording.h"

#include "core/base/banned.h"

static void add_mix(struct buffer *out, const struct version_mix *mix) {
    if (mix->older)
        version_mix_say(mix, out);
    else
        buffer_add_string(out, "none under an older rule");
    buffer_add_string(out, " |");
}

/* The rule that the votes were given by, where it is not the one in force now. */
static void write_mix(struct buffer *out, const struct session_record *record) {
    size_t all = record->circle->book.item_count;
    struct version_mix before = circle_mix(record->circle, all, false), after = circle_mix(record->circle, all, true);
    if (before.older + after.older == 0)
        return;
    buffer_add_string(out, "| votes | ");
    add_mix(out, &before);
    if (record->figures->again) {
        buffer_add_char(out, ' ');
        add_mix(out, &after);
    }
    buffer_add_char(out, '\n');
}

static void write_agreement(struct buffer *out, const struct session_record *record) {
    const struct session_agreement *before = &record->figures->before,
                                   *after = record->figures->again ? &record->figures->after : NULL;
    const struct rubric *rubric = &record->circle->rubric;
    buffer_add_string(out, "\n## Agreement\n\n");
    buffer_add_string(out, after ? "| | before the discussion | after it, not independent |\n| --- | --- | --- |\n"
                                 : "| | before the discussion |\n| --- | --- |\n");
    write_mix(out, record);
    figure_row(out, "the same choice", &before->percent, after ? &after->percent : NULL, true, "item");
    figure_row(out, "choice, alpha", &before->alpha, after ? &after->alpha : NULL, false, "item");
    figure_row(out, "all the same", &before->unanimous, after ? &after->unanimous : NULL, true, "item");
    figure_row(out, "strength, alpha", &before->strength, after ? &after->strength : NULL, false, "item");
    for (int k = 0; k < rubric->criterion_count; k++)
        figure_row_criterion(out, rubric->criteria[k].id, &before->criteria[k], after ? &after->criteria[k] : NULL);
    if (after)
        buffer_add_format(out,
                          "\nFirst votes were given blind. %zu second vote%s given after the discussion: what was "
                          "agreed on, not what each would say alone.\n",
                          record->figures->again, record->figures->again == 1 ? " was" : "s were");
}

/* "3 A · 1 B · 1 tie" of first or second votes, in stored letters; "–" for none. */
static void add_distribution(struct buffer *out, const struct session_item *item, enum kind kind) {
    size_t counts[LIMIT_RESPONSES + 2] = {0};
    bool any = false;
    for (size_t v = 0; v < item->vote_count; v++) {
        int prefer = item->votes[v].prefer;
        if (item->votes[v].kind == kind && !item->votes[v].aside && prefer >= CHOICE_NONE)
            counts[prefer >= 0 ? prefer : LIMIT_RESPONSES - 1 - prefer]++;
    }
    for (size_t i = 0; i < LIMIT_RESPONSES + 2; i++) {
        if (counts[i] == 0)
            continue;
        buffer_add_format(out, "%s%zu ", any ? " · " : "", counts[i]);
        if (i < LIMIT_RESPONSES)
            buffer_add_char(out, (char)('A' + i));
        else
            buffer_add_string(out, i == LIMIT_RESPONSES ? "tie" : "none");
        any = true;
    }
    if (!any)
        buffer_add_string(out, "–");
}

static void add_reference(struct buffer *out, const struct session_record *record, const struct session_item *item) {
    if (item->reference)
        circle_word_vote(record->circle, item->reference, stored_order(), out);
    else
        buffer_add_string(out, "–");
}

static void write_items(struct buffer *out, const struct session_record *record) {
    const struct session_book *book = &record->circle->book;
    bool again = record->figures->again > 0;
    buffer_add_format(
        out,
        "\n## Items\n\nLetters are the responses as they are stored, whatever side each person saw.\n\n"
        "| | item | category | votes | %sreference | verdict |\n| --- | --- | --- | --- | %s--- | --- |\n",
        again ? "after | " : "", again ? "--- | " : "");
    for (size_t i = 0; i < book->item_count; i++) {
        const struct session_item *item = &book->items[i];
        buffer_add_format(out, "| %zu | %s (", i + 1, item->ref.text);
        word_cell(out, item->name);
        buffer_add_string(out, ") | ");
        word_cell(out, item->category.data ? item->category : slice_of("–"));
        buffer_add_string(out, " | ");
        add_distribution(out, item, KIND_CALIBRATION);
        if (again) {
            buffer_add_string(out, " | ");
            add_distribution(out, item, KIND_REVOTE);
        }
        buffer_add_string(out, " | ");
        add_reference(out, record, item);
        buffer_add_format(out, " | %s%s |\n", calibration_verdict_name(item->verdict), item->gold ? ", gold" : "");
    }
}

/* What was said of each item: the explanation of its reference, the note of its verdict. */
static void write_notes(struct buffer *out, const struct session_record *record) {
    const struct session_book *book = &record->circle->book;
    bool any = false;
    for (size_t i = 0; i < book->item_count; i++) {
        const struct session_item *item = &book->items[i];
        bool explained = item->reference && item->reference->rationale.length;
        if (!explained && !item->note.length)
            continue;
        if (!any)
            buffer_add_string(out, "\n## What was said\n\n");
        any = true;
        buffer_add_format(out, "%zu. **%s** ", i + 1, item->ref.text);
        if (explained) {
            add_reference(out, record, item);
            buffer_add_string(out, ": ");
            word_cell(out, item->reference->rationale);
        }
        if (item->note.length) {
            buffer_add_format(out, "%s%s: ", explained ? " · " : "", calibration_verdict_name(item->verdict));
            word_cell(out, item->note);
        }
        buffer_add_char(out, '\n');
    }
}

static void write_person(struct buffer *out, const struct session_record *record, size_t p) {
    const struct session_book *book = &record->circle->book;
    const struct session_distance *distance = &record->figures->people[p];
    buffer_add_string(out, "| ");
    word_cell(out, book->people[p].name);
    buffer_add_format(out, " | %d of %d%s | ", book->people[p].done, book->people[p].size,
                      book->people[p].excused ? ", not waited for" : "");
    if (distance->n == 0) {
        buffer_add_string(out, "no reference | – |");
    } else {
        figure_words(out, &distance->same, true, "item");
        buffer_add_format(out, " | %.1f |", distance->mean);
    }
    for (int k = 0; k < record->circle->rubric.criterion_count; k++)
        if (isnan(distance->criteria[k]))
            buffer_add_string(out, " – |");
        else
            buffer_add_format(out, " %.1f |", distance->criteria[k]);
    buffer_add_string(out, distance->talk_count ? " " : " –");
    for (size_t i = 0; i < distance->talk_count; i++)
        buffer_add_format(out, "%s%u (%s)", i ? ", " : "", distance->talk[i] + 1,
                          book->items[distance->talk[i]].ref.text);
    buffer_add_string(out, " |\n");
}

void session_order_by_name(const struct session_book *book, size_t *order) {
    for (size_t i = 0; i < book->people_count; i++) {
        size_t place = i;
        for (; place > 0 && strcmp(book->people[order[place - 1]].name.data, book->people[i].name.data) > 0; place--)
            order[place] = order[place - 1];
        order[place] = i;
    }
}

/* Whom the session let in, and by what. */
static void write_qualified(struct buffer *out, const struct session_record *record, const size_t *order) {
    const struct session_book *book = &record->circle->book;
    const struct track_settings *settings = campaign_track(record->campaign, book->session.track.data);
    bool any = false;
    for (size_t i = 0; i < book->people_count; i++) {
        const struct session_person *person = &book->people[order[i]];
        if (!person->qualified.length)
            continue;
        buffer_add_string(out, any ? ", " : "\nQualified by it: ");
        word_cell(out, person->name);
        buffer_add_format(out, " (" SLICE_FORMAT ")", SLICE_ARGS(person->qualified));
        any = true;
    }
    if (any)
        buffer_add_string(out, ".\n");
    else if (book->session.closed && settings && settings->session_share > 0)
        buffer_add_string(out, "\nNobody was qualified by it.\n");
}

static void write_people(struct buffer *out, const struct session_record *record) {
    const struct rubric *rubric = &record->circle->rubric;
    buffer_add_string(out,
                      "\n## People\n\nFirst votes against the references. Distance: 0 the same, 6 the opposite; of "
                      "a criterion in points of its scale, of the pair the share that differs.\n\n"
                      "| person | answered | as the reference | distance |");
    for (int k = 0; k < rubric->criterion_count; k++) {
        buffer_add_char(out, ' ');
        word_cell(out, slice_of(rubric->criteria[k].id));
        buffer_add_string(out, " |");
    }
    buffer_add_string(out, " to talk about |\n| --- | --- | --- | --- | --- |");
    for (int k = 0; k < rubric->criterion_count; k++)
        buffer_add_string(out, " --- |");
    buffer_add_char(out, '\n');
    size_t count = record->circle->book.people_count, *order = memory_new(count + 1, sizeof *order);
    session_order_by_name(&record->circle->book, order);
    for (size_t i = 0; i < count; i++)
        write_person(out, record, order[i]);
    write_qualified(out, record, order);
    memory_free(order);
}

static void write_waiting(struct buffer *out, const struct session_book *book) {
    buffer_add_string(out,
                      "\nNot everybody has answered, so no answer is shown.\n\n| person | answered |\n| --- | --- |\n");
    size_t *order = memory_new(book->people_count + 1, sizeof *order);
    session_order_by_name(book, order);
    for (size_t p = 0; p < book->people_count; p++) {
        const struct session_person *person = &book->people[order[p]];
        buffer_add_string(out, "| ");
        word_cell(out, person->name);
        if (person->answered)
            buffer_add_string(out, " | yes |\n");
        else
            buffer_add_format(out, " | %s%d of %d |\n", person->excused ? "not waited for, " : "", person->done,
                              person->size);
    }
    memory_free(order);
}

void session_record_write(struct buffer *out, const struct session_record *record) {
    const struct session_book *book = &record->circle->book;
    const struct session *session = &book->session;
    struct buffer page = BUFFER_INIT;
    buffer_add_string(&page, "# Calibration ");
    word_cell(&page, session->name);
    buffer_add_string(&page, "\n\n");
    word_cell(&page, slice_of(record->campaign->name));
    buffer_add_string(&page, " · ");
    word_cell(&page, session->track);
    buffer_add_format(&page, " · %d item%s · %d people · made %s", session->items, session->items == 1 ? "" : "s",
                      session->people, timestamp_day(session->at).text);
    if (session->lead.length) {
        buffer_add_string(&page, " by ");
        word_cell(&page, session->lead);
    }
    buffer_add_format(&page, " · %s%s\n", session->closed ? "closed " : "open",
                      session->closed ? timestamp_day(session->closed).text : "");
    if (session_is_answered(session)) {
        write_agreement(&page, record);
        write_items(&page, record);
        write_notes(&page, record);
        write_people(&page, record);
    } else {
        write_waiting(&page, book);
    }
    effect_write(&page, record->effect, "The work of these people on this track");
    text_clean(out, buffer_slice(&page), 0);
    buffer_release(&page);
}
