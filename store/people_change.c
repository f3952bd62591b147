/* People come, change and are forgotten; see people.h. No event names anybody: the log outlives names. */
#include "store/internal.h"
#include "store/people.h"

#include <stdio.h>

#include "core/base/array.h"
#include "core/text/utf8.h"

#include "core/base/banned.h"

enum {
    FIND,
    COUNT_LEADS,
    COUNT_TEAM,
    SOLO_JUDGED,
    ADD,
    ADOPT,
    SET,
    FORGET_PLACES,
    SET_ROLE,
    RENAME,
    ADD_STANDING,
    FORGET_PERSON,
    READ_RATIONALES,
    REDACT,
    FORGET_QUESTIONS,
    FORGET_ANSWERS,
    FORGET_DRAFTS,
    END_LEASES,
    FORGET_REASONS,
    FORGET_DETAILS
};
static const char *const sql[] = {
    [FIND] = "select id, role, solo, uid from person where name = ?1",
    [COUNT_LEADS] = "select count(*) from person where role = 1 and solo = 0 and id <> ?1",
    [COUNT_TEAM] = "select count(*) from person where role in (0, 1) and solo = 0",
    [SOLO_JUDGED] = "select exists (select 1 from person p join judgment j on j.person = p.id where p.solo = 1)",
    [ADD] =
        "insert into person (uid, name, role, tracks, languages, categories, at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    [ADOPT] = "update person set solo = 0, role = ?2, tracks = ?3, languages = ?4, categories = ?5 where id = ?1",
    [SET] = ("update person set tracks = coalesce(?2, tracks), languages = coalesce(?3, languages),"
             " categories = coalesce(?4, categories) where id = ?1"),
    [FORGET_PLACES] = "delete from place where person = ?1", /* rows that were passed by may suit now */
    [SET_ROLE] = "update person set role = ?2 where id = ?1",
    [RENAME] = "update person set name = ?2 where id = ?1",
    [ADD_STANDING] = "insert into standing (person, track, state, reason, at) values (?1, null, ?2, null, ?3)",
    /* who is gone leads nobody: a lead is left as an annotator */
    [FORGET_PERSON] = "update person set name = ?2, role = iif(role = 1, 0, role), tracks = '', languages = '',"
                      " categories = '' where id = ?1",
    [READ_RATIONALES] = "select id, rationale from judgment where person = ?1 and rationale is not null",
    [REDACT] = "update judgment set rationale = null, redacted = ?2 where id = ?1",
    [FORGET_QUESTIONS] = "update question set text = '' where person = ?1",
    [FORGET_ANSWERS] = "update answer set text = '' where question in (select id from question where person = ?1)",
    [FORGET_DRAFTS] = "delete from draft where serving in (select id from serving where person = ?1)",
    /* the next deal takes them back, and no draft comes after */
    [END_LEASES] = "update batch set lease = 0 where person = ?1 and handed_in is null",
    [FORGET_REASONS] = "update standing set reason = null where person = ?1",
    /* an event without words keeps them: its row is held against the log by them */
    [FORGET_DETAILS] =
        "update event set detail = null where detail <> '' and (person = ?1 or subject = 'person ' || ?2)",
};
const struct statement_table people_change_statements = STATEMENT_TABLE(sql);

struct found {
    int64_t id;
    enum person_role role;
    bool solo;
    char uid[ULID_LENGTH + 1];
};

/* STEP_ROW or STEP_DONE. */
static int find_person(struct store *store, const char *name, struct found *out, struct error *error) {
    struct sqlite3_stmt *row;
    *out = (struct found){0};
    int status = statement_find(store, &sql[FIND], VALUES(value_string(name)), &row, error);
    if (status == STEP_ROW) {
        struct slice uid = column_slice(row, 3);
        *out = (struct found){.id = column_integer(row, 0),
                              .role = (enum person_role)column_integer(row, 1),
                              .solo = column_integer(row, 2) != 0};
        memcpy(out->uid, uid.data, uid.length < sizeof out->uid ? uid.length : ULID_LENGTH);
        statement_close(row);
    }
    return status;
}

static int must_find(struct store *store, const char *name, struct found *out, struct error *error) {
    int status = find_person(store, name, out, error);
    return status == STEP_DONE ? people_unknown(store, name, error) : status < 0 ? status : STATUS_OK;
}

/* A name is one line of text: it stands in tables, files and on the screen. */
static int check_name(struct slice name, struct error *error) {
    if (name.length == 0 || name.length > LIMIT_NAME_BYTES)
        return error_set(error, STATUS_USAGE, "a name has 1 to %d bytes", LIMIT_NAME_BYTES);
    if (name.data[0] == ' ' || name.data[name.length - 1] == ' ')
        return error_set(error, STATUS_USAGE, "the name '" SLICE_FORMAT "' begins or ends with a space",
                         SLICE_ARGS(name));
    for (size_t at = 0, length; at < name.length; at += length) {
        int32_t point = 0;
        length = utf8_decode(name.data + at, name.length - at, &point);
        if (length == 0)
            return error_set(error, STATUS_USAGE, "the name '" SLICE_FORMAT "' is not UTF-8", SLICE_ARGS(name));
        if (point < 0x20 || (point >= 0x7F && point <= 0x9F) || (point >= 0x2028 && point <= 0x202E) ||
            (point >= 0x2066 && point <= 0x2069) || point == ',')
            return error_set(error, STATUS_USAGE, "a name holds no control characters and no commas");
    }
    return STATUS_OK;
}

/* Every track of a comma-separated list exists. */
static int check_tracks(struct store *store, struct slice tracks, struct error *error) {
    while (tracks.length > 0) {
        const char *comma = memchr(tracks.data, ',', tracks.length);
        size_t length = comma ? (size_t)(comma - tracks.data) : tracks.length;
        char *name = memory_copy(tracks.data, length);
        int64_t id;
        int status = track_id(store, name, &id, error);
        memory_free(name);
        if (status < 0)
            return status;
        size_t used = length + (comma ? 1 : 0);
        tracks = slice_make(tracks.data + used, tracks.length - used);
    }
    return STATUS_OK;
}

static struct value or_empty(struct slice text) {
    return value_text(text.data ? text : slice_of(""));
}

static int log_person(struct store *store, int64_t actor, const char *verb, int64_t person, const char *detail,
                      struct error *error) {
    return event_append(
        store,
        &(struct event_entry){
            .person = actor, .verb = verb, .subject = SUBJECT_PERSON, .id = person, .detail = slice_of(detail)},
        NULL, error);
}

/* A new row, or the solo person of this name as a member of the team. */
static int enroll(struct store *store, const struct person *person, int64_t actor, int64_t *id, struct error *error) {
    char name[LIMIT_NAME_BYTES + 1] = "";
    struct found found;
    memcpy(name, person->name.data, person->name.length);
    int status = find_person(store, name, &found, error);
    if (status < 0)
        return status;
    if (found.id && !found.solo)
        return error_set(error, STATUS_USAGE, "'%s' is among the people already, as %s", name,
                         person_role_name(found.role));
    if (found.id && person->role != PERSON_ANNOTATOR && person->role != PERSON_LEAD)
        return error_set(error, STATUS_USAGE, "'%s' has judged here in person and cannot become a %s", name,
                         person_role_name(person->role));
    if (found.id) {
        *id = found.id;
        status = statement_run(store, &sql[ADOPT],
                               VALUES(value_integer(found.id), value_integer(person->role), or_empty(person->tracks),
                                      or_empty(person->languages), or_empty(person->categories)),
                               error);
    } else {
        struct ulid uid = ulid_make(store->world);
        status = statement_run(store, &sql[ADD],
                               VALUES(value_string(uid.text), value_text(person->name), value_integer(person->role),
                                      or_empty(person->tracks), or_empty(person->languages),
                                      or_empty(person->categories), value_integer(store_now(store))),
                               error);
        *id = statement_inserted(store);
    }
    return status < 0 ? status : log_person(store, actor, "add-person", *id, person_role_name(person->role), error);
}

/* The end of solo use: it is said once, and somebody is a lead afterwards. */
static int leave_solo(struct store *store, const struct viewer *viewer, const struct person *person, bool confirm,
                      struct error *error) {
    int64_t team = 0, judged = 0, id;
    int status = statement_integer(store, &sql[COUNT_TEAM], NO_VALUES, &team, error);
    if (status < 0 || team > 0 || (person->role != PERSON_ANNOTATOR && person->role != PERSON_LEAD))
        return status;
    status = statement_integer(store, &sql[SOLO_JUDGED], NO_VALUES, &judged, error);
    if (status >= 0 && judged && !confirm)
        return error_set(
            error, STATUS_NO,
            "with '" SLICE_FORMAT
            "' this store stops being one person's: from then on only people who were added may open it, and an"
            " annotator no longer sees gold; say so with --yes",
            SLICE_ARGS(person->name));
    if (status < 0 || person->role == PERSON_LEAD)
        return status;
    if (slice_is(person->name, viewer->name))
        return error_set(error, STATUS_USAGE,
                         "'%s' would be the only person and no lead; add yourself as a lead, who may judge too",
                         viewer->name);
    struct person lead = {.name = slice_of(viewer->name), .role = PERSON_LEAD};
    return enroll(store, &lead, viewer->person, &id, error);
}

int person_add(struct store *store, const struct viewer *viewer, const struct person *person, bool confirm,
               struct error *error) {
    int64_t id;
    int status = require_lead(viewer, "people add", error);
    if (status >= 0)
        status = check_name(person->name, error);
    if (status >= 0)
        status = transaction_begin(store, "person_add", error);
    if (status < 0)
        return status;
    status = check_tracks(store, person->tracks, error);
    if (status >= 0)
        status = leave_solo(store, viewer, person, confirm, error);
    if (status >= 0)
        status = enroll(store, person, viewer->person, &id, error);
    return transaction_end(store, status, error);
}

int person_set(struct store *store, const struct viewer *viewer, const char *name, const struct person *changes,
               struct error *error) {
    struct found found;
    int status = require_lead(viewer, "people set", error);
    if (status >= 0)
        status = transaction_begin(store, "person_set", error);
    if (status < 0)
        return status;
    status = must_find(store, name, &found, error);
    if (status >= 0)
        status = check_tracks(store, changes->tracks, error);
    if (status >= 0)
        status = statement_run(store, &sql[SET],
                               VALUES(value_integer(found.id), value_text(changes->tracks),
                                      value_text(changes->languages), value_text(changes->categories)),
                               error);
    if (status >= 0)
        status = statement_run(store, &sql[FORGET_PLACES], VALUES(value_integer(found.id)), error);
    if (status >= 0)
        status = log_person(store, viewer->person, "set-person", found.id, "", error);
    return transaction_end(store, status, error);
}

int person_set_role(struct store *store, const struct viewer *viewer, const char *name, enum person_role role,
                    struct error *error) {
    struct found found;
    int64_t other_leads = 0;
    int status = require_lead(viewer, "people set", error);
    if (status >= 0)
        status = transaction_begin(store, "person_set_role", error);
    if (status < 0)
        return status;
    status = must_find(store, name, &found, error);
    if (status >= 0)
        status = statement_integer(store, &sql[COUNT_LEADS], VALUES(value_integer(found.id)), &other_leads, error);
    if (status >= 0 && found.role == PERSON_LEAD && role != PERSON_LEAD && other_leads == 0)
        status = error_set(error, STATUS_USAGE, "'%s' is the only lead; make somebody else one first", name);
    else if (status >= 0 && ((found.role > PERSON_LEAD) != (role > PERSON_LEAD) || found.solo))
        status = error_set(error, STATUS_USAGE, "'%s' cannot become a %s", name, person_role_name(role));
    if (status >= 0)
        status = statement_run(store, &sql[SET_ROLE], VALUES(value_integer(found.id), value_integer(role)), error);
    if (status >= 0)
        status = log_person(store, viewer->person, "set-role", found.id, person_role_name(role), error);
    return transaction_end(store, status, error);
}

int person_pause(struct store *store, const struct viewer *viewer, const char *name, bool paused, struct error *error) {
    struct found found;
    int status = require_lead(viewer, "people pause", error);
    if (status >= 0)
        status = transaction_begin(store, "person_pause", error);
    if (status < 0)
        return status;
    status = must_find(store, name, &found, error);
    if (status >= 0)
        status = statement_run(store, &sql[ADD_STANDING],
                               VALUES(value_integer(found.id), value_string(paused ? "paused" : "active"),
                                      value_integer(store_now(store))),
                               error);
    if (status >= 0)
        status = log_person(store, viewer->person, paused ? "pause" : "resume", found.id, "", error);
    return transaction_end(store, status, error);
}

int person_rename(struct store *store, const struct viewer *viewer, const char *from, const char *to,
                  struct error *error) {
    struct found found, taken;
    int status = require_lead(viewer, "people rename", error);
    if (status >= 0)
        status = check_name(slice_of(to), error);
    if (status >= 0)
        status = transaction_begin(store, "person_rename", error);
    if (status < 0)
        return status;
    status = must_find(store, from, &found, error);
    if (status >= 0)
        status = find_person(store, to, &taken, error);
    if (status == STEP_ROW)
        status = error_set(error, STATUS_USAGE, "'%s' is taken", to);
    if (status >= 0)
        status = statement_run(store, &sql[RENAME], VALUES(value_integer(found.id), value_string(to)), error);
    if (status >= 0)
        status = log_person(store, viewer->person, "rename", found.id, "", error);
    return transaction_end(store, status, error);
}

/* Rationales go, their hashes stay: the log still verifies. */
static int redact_rationales(struct store *store, int64_t person, struct error *error) {
    struct redaction {
        int64_t judgment;
        struct hash hash;
    };
    struct {
        struct redaction *items;
        size_t count, capacity;
    } found = {0};
    struct sqlite3_stmt *row;
    int status = statement_open(store, &sql[READ_RATIONALES], VALUES(value_integer(person)), &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW) {
        struct redaction *one = ARRAY_ADD(&found);
        one->judgment = column_integer(row, 0);
        hash_bytes(&one->hash, column_slice(row, 1));
    }
    statement_close(row);
    for (size_t i = 0; status >= 0 && i < found.count; i++)
        status = statement_run(
            store, &sql[REDACT],
            VALUES(value_integer(found.items[i].judgment), value_blob(found.items[i].hash.bytes, HASH_BYTES)), error);
    ARRAY_RELEASE(&found);
    return status;
}

static int forget(struct store *store, const struct found *found, int64_t actor, struct error *error) {
    static const int wipes[] = {FORGET_QUESTIONS, FORGET_ANSWERS, FORGET_DRAFTS, END_LEASES, FORGET_REASONS};
    char name[32];
    snprintf(name, sizeof name, "gone-%s", found->uid + ULID_LENGTH - 8);
    int status = redact_rationales(store, found->id, error);
    for (size_t i = 0; status >= 0 && i < COUNT_OF(wipes); i++)
        status = statement_run(store, &sql[wipes[i]], VALUES(value_integer(found->id)), error);
    if (status >= 0)
        status = statement_run(store, &sql[FORGET_DETAILS], VALUES(value_integer(found->id), value_string(found->uid)),
                               error);
    if (status >= 0)
        status = statement_run(store, &sql[FORGET_PERSON], VALUES(value_integer(found->id), value_string(name)), error);
    if (status >= 0)
        status = statement_run(
            store, &sql[ADD_STANDING],
            VALUES(value_integer(found->id), value_string("paused"), value_integer(store_now(store))), error);
    return status < 0 ? status : log_person(store, actor, "forget", found->id, "", error);
}

int person_forget(struct store *store, const struct viewer *viewer, const char *name, struct error *error) {
    struct found found;
    int64_t other_leads = 0;
    int status = require_lead(viewer, "people forget", error);
    if (status >= 0)
        status = transaction_begin(store, "person_forget", error);
    if (status < 0)
        return status;
    status = must_find(store, name, &found, error);
    if (status >= 0)
        status = statement_integer(store, &sql[COUNT_LEADS], VALUES(value_integer(found.id)), &other_leads, error);
    if (status >= 0 && found.role == PERSON_LEAD && !found.solo && other_leads == 0)
        status = error_set(error, STATUS_USAGE, "'%s' is the only lead; make somebody else one first", name);
    if (status >= 0)
        status = forget(store, &found, viewer->person, error);
    return transaction_end(store, status, error);
}
