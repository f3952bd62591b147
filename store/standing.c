/* What is known of people's standing, and what follows from it; see standing.h. Changes are in standing_change.c. */
#include "store/standing.h"

#include "core/base/array.h"
#include "store/deal_parts.h"

#include "core/base/banned.h"

enum { LAST, FAILED, TRAINED, ANNOTATORS, POOL, WORDS, SUITS };
static const char *const sql[] = {
    [LAST] =
        ("select state, reason, at, decided is not null from standing where person = ?1 and track = ?2 order by id "
         "desc limit 1"),
    /* since something else was said */
    [FAILED] =
        ("select count(*) from standing x where x.person = ?1 and x.track = ?2 and x.state = 'failed' and x.id > "
         "coalesce((select max(y.id) from standing y where y.person = ?1 and y.track = ?2 and y.state <> 'failed'), "
         "0)"),
    [TRAINED] = ("select exists (select 1 from batch b where b.person = ?1 and b.track = ?2 and b.purpose = 1"
                 " and b.handed_in is not null"
                 " and b.id > coalesce((select max(batch) from standing where person = ?1 and track = ?2), 0))"),
    [ANNOTATORS] =
        ("select p.id, p.name, t.id from person p join track t on t.name = ?1 where p.role = 0 and p.solo = 0 and "
         "(p.tracks = '' or instr(',' || p.tracks || ',', ',' || ?1 || ',') > 0) order by p.name"),
    [POOL] =
        ("select count(*) from gold g join item i on i.id = g.item join track t on t.id = i.track where t.name = ?1"
         " and g.use = ?2 and g.retired is null"
         " and not exists (select 1 from retirement r where r.item = i.id)"),
    [WORDS] =
        ("select s.state, s.reason, q.name, s.at from standing s join track t on t.id = s.track left join person q on "
         "q.id = s.decided where s.person = ?1 and t.name = ?2 order by s.id"),
    [SUITS] = ("select exists (select 1 from item i join track t on t.id = i.track join person p on p.id = ?2 left "
               "join category "
               "c on c.id = i.category left join language l on l.id = i.language where t.name = ?1"
               " and (p.tracks = '' or instr(',' || p.tracks || ',', ',' || ?1 || ',') > 0)"
               " and (p.categories = '' or instr(',' || p.categories || ',', ',' || c.name || ',') > 0)"
               " and (p.languages = '' or instr(',' || p.languages || ',', ',' || l.name || ',') > 0))"),
};
const struct statement_table standing_statements = STATEMENT_TABLE(sql);

/* What was said last; pool may be NULL. */
static int read_last(struct store *store, int64_t person, int64_t track, enum standing_state *state, struct pool *pool,
                     struct track_standing *out, struct error *error) {
    struct sqlite3_stmt *row;
    *state = STANDING_NONE;
    int status = statement_find(store, &sql[LAST], VALUES(value_integer(person), value_integer(track)), &row, error);
    if (status != STEP_ROW)
        return status;
    *state = standing_state_find(column_slice(row, 0).data);
    if (pool) {
        out->reason = column_copy(row, 1, pool);
        out->at = column_integer(row, 2);
        out->by_lead = column_integer(row, 3) != 0;
    }
    statement_close(row);
    return status;
}

/* At most `enough`: no more of them decide anything, and a list asks for everybody. */
static int count_unseen(struct store *store, int64_t person, int64_t track, enum gold_use use,
                        const struct taste *taste, int enough, size_t *count, struct error *error) {
    struct deal_candidates unseen = {0};
    int status = deal_read_apart(store, person, track, use, taste, (size_t)enough, &unseen, error);
    *count = unseen.count;
    deal_candidates_release(&unseen);
    return status;
}

static int read_facts(struct store *store, int64_t person, int64_t track, const struct track_settings *settings,
                      const struct taste *taste, struct standing_facts *facts, struct error *error) {
    int64_t failed = 0, trained = 0;
    int status =
        statement_integer(store, &sql[FAILED], VALUES(value_integer(person), value_integer(track)), &failed, error);
    if (status >= 0)
        status = statement_integer(store, &sql[TRAINED], VALUES(value_integer(person), value_integer(track)), &trained,
                                   error);
    if (status >= 0)
        status = count_unseen(store, person, track, GOLD_TRAINING, taste, settings->qualification_training,
                              &facts->training, error);
    if (status >= 0)
        status = count_unseen(store, person, track, GOLD_QUALIFICATION, taste, settings->qualification_items,
                              &facts->qualification, error);
    facts->failed = (int)failed;
    facts->trained = trained != 0;
    return status;
}

/* taste NULL: read here, where it is needed. */
static int find(struct store *store, int64_t person, enum viewer_role role, const struct track_settings *settings,
                int64_t track, const struct taste *taste, struct pool *pool, struct track_standing *out,
                struct error *error) {
    struct standing_facts facts = {0};
    struct taste own = {0};
    *out = (struct track_standing){.standing = {.next = STANDING_WORK}};
    if (!standing_is_asked(settings, role))
        return STATUS_OK;
    int status = read_last(store, person, track, &facts.state, pool, out, error);
    if (status >= 0 && facts.state != STANDING_QUALIFIED && facts.state != STANDING_ACTIVE) {
        if (!taste)
            status = taste_read(store, person, &own, error);
        if (status >= 0)
            status = read_facts(store, person, track, settings, taste ? taste : &own, &facts, error);
        taste_release(&own);
    }
    standing_decide(settings, role, &facts, &out->standing);
    return status;
}

int standing_find(struct store *store, const struct viewer *viewer, const struct track_settings *settings,
                  int64_t track, const struct taste *taste, struct standing *out, struct error *error) {
    struct track_standing found;
    int status = find(store, viewer->person, viewer->role, settings, track, taste, NULL, &found, error);
    *out = found.standing;
    return status;
}

int standing_read(struct store *store, const struct viewer *viewer, const struct track_settings *settings,
                  struct pool *pool, struct track_standing *out, struct error *error) {
    int64_t track;
    *out = (struct track_standing){.standing = {.next = STANDING_WORK}};
    if (!viewer->person || !standing_is_asked(settings, viewer->role))
        return STATUS_OK;
    int status = transaction_read(store, "standing_read", error);
    if (status < 0)
        return status;
    status = track_id(store, settings->name, &track, error);
    if (status >= 0)
        status = find(store, viewer->person, viewer->role, settings, track, NULL, pool, out, error);
    if (out->by_lead)
        out->reason = SLICE_ABSENT;
    return transaction_end(store, status < 0 ? status : STATUS_OK, error);
}

static int find_offers(struct store *store, const struct viewer *viewer, const struct campaign *campaign,
                       struct pool *pool, struct track_offer *out, size_t *count, struct error *error) {
    int status = STATUS_OK;
    for (int i = 0; status >= 0 && i < campaign->track_count; i++) {
        const struct track_settings *settings = &campaign->tracks[i];
        struct track_standing now;
        int64_t suits = 1;
        if (viewer->person)
            status = statement_integer(
                store, &sql[SUITS], VALUES(value_string(settings->name), value_integer(viewer->person)), &suits, error);
        if (status >= 0 && suits)
            status = standing_read(store, viewer, settings, pool, &now, error);
        if (status >= 0 && suits)
            out[(*count)++] = (struct track_offer){settings->name, now.standing};
    }
    return status < 0 ? status : STATUS_OK;
}

int standing_offers(struct store *store, const struct viewer *viewer, const struct campaign *campaign,
                    struct pool *pool, struct track_offer **out, size_t *count, struct error *error) {
    *count = 0;
    *out = pool_new(pool, (size_t)campaign->track_count, sizeof **out);
    int status = transaction_read(store, "standing_offers", error);
    if (status < 0)
        return status;
    return transaction_end(store, find_offers(store, viewer, campaign, pool, *out, count, error), error);
}

/* --- Everybody
 * ---------------------------------------------------------------------------------------------------------- */

struct lines {
    struct standing_line *items;
    int64_t *tracks; /* their ids */
    size_t count, capacity, track_capacity;
};

static int add_people(struct store *store, const struct track_settings *settings, struct pool *pool,
                      struct lines *lines, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_open(store, &sql[ANNOTATORS], VALUES(value_string(settings->name)), &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW) {
        lines->tracks = memory_grow(lines->tracks, &lines->track_capacity, lines->count + 1, sizeof *lines->tracks);
        lines->tracks[lines->count] = column_integer(row, 2);
        *ARRAY_ADD(lines) = (struct standing_line){
            .person = column_integer(row, 0), .name = column_copy(row, 1, pool), .track = settings->name};
    }
    statement_close(row);
    return status;
}

static int list(struct store *store, const struct campaign *campaign, struct pool *pool, struct lines *lines,
                struct error *error) {
    int status = STATUS_OK;
    for (int i = 0; status >= 0 && i < campaign->track_count; i++) {
        const struct track_settings *settings = &campaign->tracks[i];
        size_t first = lines->count;
        if (standing_is_asked(settings, VIEWER_ANNOTATOR))
            status = add_people(store, settings, pool, lines, error);
        for (size_t k = first; status >= 0 && k < lines->count; k++)
            status = find(store, lines->items[k].person, VIEWER_ANNOTATOR, settings, lines->tracks[k], NULL, pool,
                          &lines->items[k].now, error);
    }
    return status;
}

int standing_list(struct store *store, const struct viewer *viewer, const struct campaign *campaign, struct pool *pool,
                  struct standing_line **out, size_t *count, struct error *error) {
    struct lines lines = {0};
    int status = require_lead(viewer, "people", error);
    if (status >= 0)
        status = transaction_read(store, "standing_list", error);
    if (status < 0)
        return status;
    status = list(store, campaign, pool, &lines, error);
    status = transaction_end(store, status < 0 ? status : STATUS_OK, error);
    if (status >= 0) {
        *out = pool_new(pool, lines.count, sizeof **out);
        *count = lines.count;
        if (lines.count)
            memcpy(*out, lines.items, lines.count * sizeof **out);
    }
    memory_free(lines.tracks);
    ARRAY_RELEASE(&lines);
    return status;
}

int standing_history(struct store *store, const struct viewer *viewer, int64_t person, const char *track,
                     struct pool *pool, struct standing_word **out, size_t *count, struct error *error) {
    struct {
        struct standing_word *items;
        size_t count, capacity;
    } words = {0};
    struct sqlite3_stmt *row;
    int status = require_lead(viewer, "people", error);
    if (status >= 0)
        status = statement_open(store, &sql[WORDS], VALUES(value_integer(person), value_string(track)), &row, error);
    if (status < 0)
        return status;
    while ((status = statement_step(store, row, error)) == STEP_ROW) {
        struct standing_word *word = ARRAY_ADD(&words);
        *word = (struct standing_word){.state = standing_state_find(column_slice(row, 0).data),
                                       .reason = column_copy(row, 1, pool),
                                       .by = column_copy(row, 2, pool),
                                       .at = column_integer(row, 3)};
    }
    statement_close(row);
    if (status >= 0) {
        *out = pool_new(pool, words.count, sizeof **out);
        *count = words.count;
        if (words.count)
            memcpy(*out, words.items, words.count * sizeof **out);
    }
    ARRAY_RELEASE(&words);
    return status;
}

int standing_pools(struct store *store, const char *track, struct apart_pools *out, struct error *error) {
    *out = (struct apart_pools){0};
    int status = statement_integer(store, &sql[POOL], VALUES(value_string(track), value_integer(GOLD_TRAINING)),
                                   &out->training, error);
    if (status >= 0)
        status = statement_integer(store, &sql[POOL], VALUES(value_string(track), value_integer(GOLD_QUALIFICATION)),
                                   &out->qualification, error);
    return status < 0 ? status : STATUS_OK;
}
