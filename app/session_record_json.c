/* A session as one JSON object; see session_record.h. */
#include "core/base/timestamp.h"

#include "app/session_record.h"

#include "core/base/banned.h"

static void member_integer(struct json *json, const char *key, int64_t value) {
    json_key(json, key);
    json_integer(json, value);
}

static void member_string(struct json *json, const char *key, struct slice value) {
    json_key(json, key);
    if (value.data)
        json_string(json, value);
    else
        json_null(json);
}

static void member_moment(struct json *json, const char *key, int64_t at) {
    json_key(json, key);
    if (at)
        json_text(json, timestamp_utc(at).text);
    else
        json_null(json);
}

static void write_agreement(struct json *json, const struct session_record *record, bool after) {
    const struct session_agreement *agreement = after ? &record->figures->after : &record->figures->before;
    const struct rubric *rubric = &record->circle->rubric;
    struct version_mix mix = circle_mix(record->circle, record->circle->book.item_count, after);
    json_key(json, after ? "after_not_independent" : "before");
    json_open(json, '{');
    member_integer(json, "votes", (int64_t)mix.judgments);
    member_integer(json, "older_rule", (int64_t)mix.older);
    report_json_figure(json, "percent", &agreement->percent);
    report_json_figure(json, "krippendorff_alpha", &agreement->alpha);
    report_json_figure(json, "unanimous", &agreement->unanimous);
    report_json_figure(json, "strength", &agreement->strength);
    json_key(json, "criteria");
    json_open(json, '{');
    for (int k = 0; k < rubric->criterion_count; k++)
        report_json_figure(json, rubric->criteria[k].id, &agreement->criteria[k]);
    json_close(json, '}');
    json_close(json, '}');
}

/* A stored letter, "tie" or "none", as `judgments` names responses by their ids and a session by its letters. */
static void write_choice(struct json *json, int prefer) {
    char letter[2] = {(char)('a' + (prefer >= 0 ? prefer : 0)), '\0'};
    json_key(json, "prefer");
    json_text(json, prefer == CHOICE_TIE ? "tie" : prefer == CHOICE_NONE ? "none" : letter);
}

static void write_vote(struct json *json, const struct session_record *record, const struct session_vote *vote) {
    const struct session_book *book = &record->circle->book;
    json_open(json, '{');
    if (vote->person < book->people_count)
        member_string(json, "annotator", book->people[vote->person].name);
    json_key(json, "kind");
    json_text(json, kind_name(vote->kind));
    json_key(json, "order");
    json_text(json, vote->shown);
    if (vote->aside) {
        json_key(json, "aside");
        json_text(json, aside_reason_key(vote->reason));
        json_close(json, '}');
        return;
    }
    write_choice(json, vote->prefer);
    member_integer(json, "strength", vote->strength);
    if (vote->ranking.text[0]) {
        json_key(json, "ranking");
        json_text(json, vote->ranking.text);
    }
    json_key(json, "confidence");
    if (vote->confidence >= 0)
        json_integer(json, vote->confidence);
    else
        json_null(json);
    member_string(json, "rationale", vote->rationale);
    member_moment(json, "at", vote->at);
    json_close(json, '}');
}

static void write_items(struct json *json, const struct session_record *record) {
    const struct session_book *book = &record->circle->book;
    bool answered = session_is_answered(&book->session);
    json_key(json, "items");
    json_open(json, '[');
    for (size_t i = 0; i < book->item_count; i++) {
        const struct session_item *item = &book->items[i];
        json_open(json, '{');
        json_key(json, "ref");
        json_text(json, item->ref.text);
        member_string(json, "id", item->name);
        member_string(json, "category", item->category);
        json_key(json, "verdict");
        json_text(json, calibration_verdict_name(item->verdict));
        member_string(json, "note", item->note);
        json_key(json, "gold");
        json_boolean(json, item->gold);
        if (answered && item->reference) {
            json_key(json, "reference");
            write_vote(json, record, item->reference);
        }
        json_key(json, "votes");
        json_open(json, '[');
        for (size_t v = 0; answered && v < item->vote_count; v++)
            write_vote(json, record, &item->votes[v]);
        json_close(json, ']');
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void write_person(struct json *json, const struct session_record *record, size_t p) {
    const struct session_person *person = &record->circle->book.people[p];
    const struct session_distance *distance = &record->figures->people[p];
    const struct rubric *rubric = &record->circle->rubric;
    json_open(json, '{');
    member_string(json, "name", person->name);
    member_integer(json, "number", person->number);
    member_integer(json, "done", person->done);
    member_integer(json, "of", person->size);
    json_key(json, "answered");
    json_boolean(json, person->answered);
    json_key(json, "excused");
    json_boolean(json, person->excused);
    json_key(json, "qualified_by_it");
    if (person->qualified.length)
        json_string(json, person->qualified);
    else
        json_null(json);
    if (session_is_answered(&record->circle->book.session)) {
        report_json_figure(json, "as_reference", &distance->same);
        json_key(json, "distance");
        json_number(json, distance->mean);
        json_key(json, "criteria");
        json_open(json, '{');
        for (int k = 0; k < rubric->criterion_count; k++) {
            json_key(json, rubric->criteria[k].id);
            json_number(json, distance->criteria[k]);
        }
        json_close(json, '}');
        json_key(json, "talk_about");
        json_open(json, '[');
        for (size_t i = 0; i < distance->talk_count; i++)
            json_text(json, record->circle->book.items[distance->talk[i]].ref.text);
        json_close(json, ']');
    }
    json_close(json, '}');
}

void session_record_json(struct json *json, const struct session_record *record) {
    const struct session_book *book = &record->circle->book;
    const struct session *session = &book->session;
    json_open(json, '{');
    member_string(json, "name", session->name);
    member_string(json, "track", session->track);
    member_string(json, "lead", session->lead);
    member_moment(json, "at", session->at);
    member_moment(json, "closed", session->closed);
    if (session_is_answered(session)) {
        write_agreement(json, record, false);
        if (record->figures->again)
            write_agreement(json, record, true);
        member_integer(json, "second_votes", (int64_t)record->figures->again);
    }
    json_key(json, "people");
    json_open(json, '[');
    for (size_t p = 0; p < book->people_count; p++)
        write_person(json, record, p);
    json_close(json, ']');
    write_items(json, record);
    json_key(json, "two_weeks");
    json_open(json, '{');
    effect_write_json(json, record->effect);
    json_close(json, '}');
    json_close(json, '}');
}
