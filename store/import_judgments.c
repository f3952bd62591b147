/* Judgments made elsewhere: finding items and people. Which are the same is
 * import_judgments_same.c, storing them import_judgments_end.c. */
#include "store/import_judgments.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/base/array.h"
#include "store/import_judgments_parts.h"

#include "core/base/banned.h"

enum { FIND_ITEM, ON_TRACKS, RESPONSES, FIND_PERSON, ADD_PERSON, NEXT_SOURCE, ADD_SOURCE };
static const char *const sql[] = {
    [FIND_ITEM] = ("select i.id, i.content, i.track, t.name from item i join track t on t.id = i.track"
                   " where i.name = ?1 and (?2 is null or t.name = ?2)"),
    [ON_TRACKS] = "select count(*) from item where name = ?1",
    [RESPONSES] = "select name from response where id between ?1 * 32 and ?1 * 32 + 31 order by id",
    [FIND_PERSON] = "select id, role from person where name = ?1",
    [ADD_PERSON] = "insert into person (uid, name, role, solo, at) values (?1, ?2, ?3, ?4, ?5)",
    [NEXT_SOURCE] = "select coalesce(max(id), 0) + 1 from source",
    [ADD_SOURCE] =
        "insert into source (id, name, format, hash, bytes, lines, person, at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
};
const struct statement_table import_judgments_statements = STATEMENT_TABLE(sql);

int judgments_begin(struct store *store, const struct viewer *viewer, const struct campaign *campaign,
                    const struct import_source *source, bool dry_run, struct judgments **out, struct error *error) {
    *out = NULL;
    int status = require_lead(viewer, "import", error);
    if (status >= 0)
        status = transaction_begin(store, "import_judgments", error);
    if (status < 0)
        return status;
    struct judgments *judgments = memory_new(1, sizeof *judgments);
    *judgments = (struct judgments){
        .store = store,
        .viewer = *viewer,
        .campaign = campaign,
        .source_name = memory_copy(source->name.data ? source->name.data : "", source->name.length),
        .format = memory_copy(source->format.data ? source->format.data : "", source->format.length),
        .dry_run = dry_run,
        .at = store_now(store),
    };
    *out = judgments;
    return STATUS_OK;
}

static void release(struct judgments *judgments) {
    pool_release(&judgments->pool);
    memory_free(judgments->source_name);
    memory_free(judgments->format);
    memory_free(judgments->items);
    memory_free(judgments->by_uid);
    memory_free(judgments);
}

void judgments_abort(struct judgments *judgments) {
    if (!judgments)
        return;
    transaction_end(judgments->store, STATUS_NO, NULL);
    release(judgments);
}

/* --- Items --- */

static int fail_item(struct judgments *judgments, struct slice name, struct slice track, struct error *error) {
    int64_t tracks = 0;
    int status = statement_integer(judgments->store, &sql[ON_TRACKS], VALUES(value_text(name)), &tracks, error);
    if (status < 0)
        return status;
    if (tracks == 0)
        return error_set(error, STATUS_INPUT,
                         "item: there is no item '" SLICE_FORMAT "' in this store; import items first",
                         SLICE_ARGS(name));
    if (track.data)
        return error_set(error, STATUS_INPUT,
                         "track: the item '" SLICE_FORMAT "' does not stand on a track '" SLICE_FORMAT "'",
                         SLICE_ARGS(name), SLICE_ARGS(track));
    return error_set(error, STATUS_INPUT,
                     "track: is missing, and the item '" SLICE_FORMAT
                     "' stands on %lld tracks; name one in the line or with --track",
                     SLICE_ARGS(name), (long long)tracks);
}

static int read_names(struct judgments *judgments, int64_t content, struct pool *pool, struct judged_item *out,
                      struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_open(judgments->store, &sql[RESPONSES], VALUES(value_integer(content)), &row, error);
    while (status >= 0 && out->response_count < LIMIT_RESPONSES &&
           (status = statement_step(judgments->store, row, error)) == STEP_ROW)
        out->names[out->response_count++] = column_copy(row, 0, pool);
    statement_close(row);
    return status < 0 ? status : STATUS_OK;
}

int judgments_find_item(struct judgments *judgments, struct slice name, struct slice track, struct pool *pool,
                        struct judged_item *out, struct error *error) {
    struct sqlite3_stmt *row;
    int64_t content = 0;
    size_t found = 0;
    *out = (struct judged_item){.name = pool_slice(pool, name)};
    int status =
        statement_open(judgments->store, &sql[FIND_ITEM], VALUES(value_text(name), value_text(track)), &row, error);
    while (status >= 0 && (status = statement_step(judgments->store, row, error)) == STEP_ROW) {
        out->id = column_integer(row, 0);
        content = column_integer(row, 1);
        out->track_id = column_integer(row, 2);
        out->track = column_copy(row, 3, pool);
        found++;
    }
    statement_close(row);
    if (status >= 0 && found != 1)
        return fail_item(judgments, name, track, error);
    return status < 0 ? status : read_names(judgments, content, pool, out, error);
}

/* --- People --- */

/* *id 0: nobody has this name yet. */
static int find_person(struct judgments *judgments, const struct given_judgment *given, int64_t *id,
                       enum person_role *role, struct error *error) {
    struct sqlite3_stmt *row;
    *id = 0;
    *role = given->has_role && given->role != PERSON_LEAD ? given->role : PERSON_ANNOTATOR; /* nobody leads by a file */
    int status = statement_find(judgments->store, &sql[FIND_PERSON], VALUES(value_text(given->annotator)), &row, error);
    if (status != STEP_ROW)
        return status;
    *id = column_integer(row, 0);
    enum person_role here = (enum person_role)column_integer(row, 1);
    statement_close(row);
    bool other = given->has_role ? (here > PERSON_LEAD || *role > PERSON_LEAD) && here != *role : here == PERSON_SOURCE;
    if (other)
        return error_set(error, STATUS_INPUT,
                         "annotator: '" SLICE_FORMAT
                         "' is here the name of role '%s', and this line means '%s'; one of the two "
                         "needs another name",
                         SLICE_ARGS(given->annotator), person_role_name(here), person_role_name(*role));
    *role = here;
    return STATUS_OK;
}

static int add_person(struct judgments *judgments, struct slice name, enum person_role role, int64_t *id,
                      struct error *error) {
    int solo = role == PERSON_ANNOTATOR ? 2 : 0; /* known by imported judgments alone; see schema.c */
    int status = statement_run(judgments->store, &sql[ADD_PERSON],
                               VALUES(value_string(ulid_make(judgments->store->world).text), value_text(name),
                                      value_integer(role), value_integer(solo), value_integer(judgments->at)),
                               error);
    if (status < 0)
        return status;
    *id = statement_inserted(judgments->store);
    judgments->counts.people++;
    return event_append(judgments->store,
                        &(struct event_entry){.person = judgments->viewer.person,
                                              .verb = "import-person",
                                              .subject = SUBJECT_PERSON,
                                              .id = *id,
                                              .detail = slice_of(person_role_name(role))},
                        NULL, error);
}

/* --- One judgment --- */

static int compare_words(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const char *join_marks(struct judgments *judgments, const struct given_judgment *given) {
    size_t count = given->tag_count + given->flag_count;
    if (count == 0)
        return "";
    char **words = memory_new(count, sizeof *words);
    struct buffer text = BUFFER_INIT;
    for (size_t i = 0; i < count; i++) {
        bool tag = i < given->tag_count;
        buffer_clear(&text);
        buffer_add_format(&text, "%d%s", tag ? 0 : 1, tag ? given->tags[i] : given->flags[i - given->tag_count]);
        words[i] = memory_copy(text.data, text.length);
    }
    qsort(words, count, sizeof *words, compare_words);
    buffer_clear(&text);
    for (size_t i = 0; i < count; i++) {
        bool twice = i > 0 && strcmp(words[i], words[i - 1]) == 0;
        if (!twice)
            buffer_add_format(&text, "%s%s", text.length ? "\n" : "", words[i]);
    }
    const char *marks = pool_string(&judgments->pool, buffer_slice(&text));
    for (size_t i = 0; i < count; i++)
        memory_free(words[i]);
    memory_free(words);
    buffer_release(&text);
    return marks;
}

static const char *keep(struct judgments *judgments, struct slice text) {
    return text.length ? pool_string(&judgments->pool, text) : "";
}

static struct waiting make_waiting(struct judgments *judgments, const struct given_judgment *given, int64_t person,
                                   bool outside) {
    const struct judgment *judgment = given->judgment;
    bool derived = !given->has_kind || given->kind == KIND_PRODUCTION || given->kind == KIND_GOLD;
    return (struct waiting){
        .item = given->item->id,
        .track = given->item->track_id,
        .person = person,
        .rubric = given->rubric,
        .at = given->has_at ? given->at : judgments->at,
        .active_ms = given->active_ms,
        .line = given->line,
        .uid = keep(judgments, given->uid),
        .ranking = keep(judgments, slice_of(judgment->ranking.text)),
        .ratings = keep(judgments, given->ratings),
        .shown = keep(judgments, slice_of(given->shown)),
        .rationale = keep(judgments, judgment->rationale),
        .marks = join_marks(judgments, given),
        .prefer = judgment->prefer,
        .strength = judgment->strength,
        .confidence = judgment->confidence,
        .kind = derived ? -1 : (int)given->kind,
        .has_at = given->has_at,
        .has_rubric = given->has_rubric,
        .outside = outside,
    };
}

int judgments_put(struct judgments *judgments, const struct given_judgment *given, enum import_fate *fate,
                  struct error *error) {
    enum person_role role;
    int64_t person;
    bool same = false;
    int status = find_person(judgments, given, &person, &role, error);
    if (status < 0)
        return status;
    struct waiting waiting = make_waiting(judgments, given, person, role > PERSON_LEAD);
    status = judgments_same(judgments, given, &waiting, &same, error);
    if (status >= 0 && person == 0)
        status = add_person(judgments, given->annotator, role, &waiting.person, error);
    if (status < 0)
        return status;
    waiting.stored = same;
    judgments_remember(judgments, &waiting);
    *fate = same ? IMPORT_SAME : IMPORT_ADDED;
    judgments->counts.same += same;
    judgments->counts.added += !same;
    judgments->counts.outside += !same && waiting.outside;
    return STATUS_OK;
}

/* --- The end --- */

static int log_import(struct judgments *judgments, struct slice hash, uint64_t bytes, uint64_t lines,
                      struct error *error) {
    struct store *store = judgments->store;
    const struct judgment_counts *counts = &judgments->counts;
    int64_t source = 0;
    char detail[160];
    int length = snprintf(detail, sizeof detail, "%llu judgments added, %llu the same, %llu gold, %llu retests",
                          (unsigned long long)counts->added, (unsigned long long)counts->same,
                          (unsigned long long)counts->gold, (unsigned long long)counts->retests);
    int status = statement_integer(store, &sql[NEXT_SOURCE], NO_VALUES, &source, error);
    if (status >= 0)
        status = statement_run(store, &sql[ADD_SOURCE],
                               VALUES(value_integer(source), value_string(judgments->source_name),
                                      value_string(judgments->format), value_text(hash.data ? hash : slice_of("")),
                                      value_integer((int64_t)bytes), value_integer((int64_t)lines),
                                      value_id(judgments->viewer.person), value_integer(judgments->at)),
                               error);
    if (status >= 0)
        status = event_append(store,
                              &(struct event_entry){.person = judgments->viewer.person,
                                                    .verb = "import-judgments",
                                                    .subject = SUBJECT_SOURCE,
                                                    .id = source,
                                                    .detail = slice_make(detail, (size_t)length)},
                              NULL, error);
    return status;
}

int judgments_end(struct judgments *judgments, struct slice hash, uint64_t bytes, uint64_t lines,
                  struct judgment_counts *counts, struct error *error) {
    int status = judgments_store(judgments, error);
    if (status >= 0)
        status = log_import(judgments, hash, bytes, lines, error);
    *counts = judgments->counts;
    if (status >= 0 && judgments->dry_run)
        transaction_end(judgments->store, STATUS_NO, NULL);
    else
        status = transaction_end(judgments->store, status, error);
    release(judgments);
    return status < 0 ? status : STATUS_OK;
}
