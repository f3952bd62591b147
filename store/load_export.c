/*
 * Items of a track with the votes that count. The votes are read in one scan and ordered by item by counting; the
 * items pass in stored order beside them. Memory: 32 bytes a vote, and its order where it has one.
 */
#include "core/base/array.h"
#include "store/internal.h"
#include "store/item_walk.h"
#include "store/load.h"

#include "core/base/banned.h"

/* what people answered after an item was put to them again stands for it; from its first final judgment on */
#define NEWEST_ROUND                                                                                            \
    "((not exists (select 1 from round) and j.round = 0) or j.round = (select coalesce(max(l.round), 0)"        \
    " from judgment l left join serving o on o.id = l.serving left join batch c on c.id = o.batch"              \
    " where l.item = j.item and l.kind = 0 and l.round > 0 and (?1 or c.id is null or c.handed_in is not null)" \
    " and l.id not in (select judgment from retraction)))"

enum { LAST_ITEM, PEOPLE, VOTES, GOLD };
static const char *const sql[] = {
    [LAST_ITEM] = "select coalesce(max(id), 0) from item",
    [PEOPLE] = "select id, name, role from person order by id",
    [GOLD] = "select g.item from gold g join item i on i.id = g.item where i.track = ?1 and g.retired is null",
    /* final: not of a batch that is still open; what is looked up for each row is small */
    [VOTES] =
        ("select j.item, j.person, j.prefer, j.strength, coalesce(j.confidence, -1),"
         " j.ranking, case when exists (select 1 from hold) then exists (select 1 from hold h"
         "  join item i on i.id = j.item left join hold_decision d on d.hold = h.id where h.person = j.person and "
         "h.track = i.track"
         "  and j.id >= h.since and (h.until is null or j.id <= h.until) and (h.category is null or h.category is "
         "i.category)"
         "  and (d.decision is null or d.decision = 'redone')) else 0 end, coalesce(j.rubric, 0)"
         " from judgment j where j.kind = 0 and " NEWEST_ROUND
         " and (?1 or j.serving is null or j.serving not in (select s.id from batch b cross join serving s on "
         "s.batch = b.id"
         "  where b.handed_in is null)) and j.id not in (select judgment from retraction) order by j.id"),
};
const struct statement_table load_export_statements = STATEMENT_TABLE(sql);

struct vote {
    int64_t item;
    int32_t person; /* index into people */
    int32_t rubric;
    signed char prefer, strength, confidence;
    bool held;
    const char *ranking; /* in exporter.names; NULL: none */
};

struct exporter {
    struct store *store;
    const struct export_scope *scope;
    struct error *error;
    struct pool names;
    struct {
        struct export_person {
            const char *name;
            enum person_role role;
        } * items; /* by id */
        size_t count, capacity;
    } people;
    struct {
        struct vote *items;
        size_t count, capacity;
    } votes;
    size_t *first; /* by item id: its votes are order[first[id]] … order[first[id + 1] - 1] */
    uint32_t *order;
    unsigned char *gold; /* a bit for each item id */
    size_t item_count;
    struct {
        struct export_vote *items;
        size_t count, capacity;
    } given;
};

static int load_people(struct exporter *exporter) {
    struct sqlite3_stmt *row;
    int status = statement_open(exporter->store, &sql[PEOPLE], NO_VALUES, &row, exporter->error);
    while (status >= 0 && (status = statement_step(exporter->store, row, exporter->error)) == STEP_ROW) {
        while (exporter->people.count < (size_t)column_integer(row, 0))
            *ARRAY_ADD(&exporter->people) = (struct export_person){"", PERSON_ANNOTATOR};
        *ARRAY_ADD(&exporter->people) = (struct export_person){pool_string(&exporter->names, column_slice(row, 1)),
                                                               (enum person_role)column_integer(row, 2)};
    }
    statement_close(row);
    return status;
}

static int load_votes(struct exporter *exporter) {
    struct sqlite3_stmt *row;
    int status = statement_open(exporter->store, &sql[VOTES], VALUES(value_integer(exporter->scope->open)), &row,
                                exporter->error);
    while (status >= 0 && (status = statement_step(exporter->store, row, exporter->error)) == STEP_ROW) {
        struct vote vote = {column_integer(row, 0),
                            (int32_t)column_integer(row, 1),
                            (int32_t)column_integer(row, 7),
                            (signed char)column_integer(row, 2),
                            (signed char)column_integer(row, 3),
                            (signed char)column_integer(row, 4),
                            column_integer(row, 6) != 0,
                            NULL};
        bool person =
            (size_t)vote.person < exporter->people.count && exporter->people.items[vote.person].role <= PERSON_LEAD;
        if ((person || exporter->scope->labels) && vote.item > 0 && (size_t)vote.item < exporter->item_count) {
            vote.ranking = pool_string(&exporter->names, column_slice(row, 5));
            *ARRAY_ADD(&exporter->votes) = vote;
        }
    }
    statement_close(row);
    return status;
}

static void order_votes(struct exporter *exporter) {
    size_t *first = exporter->first = memory_new(exporter->item_count + 2, sizeof *exporter->first);
    exporter->order = memory_new(exporter->votes.count, sizeof *exporter->order);
    for (size_t i = 0; i < exporter->votes.count; i++)
        first[exporter->votes.items[i].item + 2]++;
    for (size_t i = 2; i < exporter->item_count + 2; i++)
        first[i] += first[i - 1];
    for (size_t i = 0; i < exporter->votes.count; i++)
        exporter->order[first[exporter->votes.items[i].item + 1]++] = (uint32_t)i;
}

static int load_gold(struct exporter *exporter, int64_t track) {
    struct sqlite3_stmt *row;
    exporter->gold = memory_new(exporter->item_count / 8 + 1, 1);
    int status = statement_open(exporter->store, &sql[GOLD], VALUES(value_integer(track)), &row, exporter->error);
    while (status >= 0 && (status = statement_step(exporter->store, row, exporter->error)) == STEP_ROW) {
        size_t id = (size_t)column_integer(row, 0);
        if (id < exporter->item_count)
            exporter->gold[id / 8] |= (unsigned char)(1u << id % 8);
    }
    statement_close(row);
    return status;
}

static void give(struct exporter *exporter, int64_t id, struct export_item *out) {
    exporter->given.count = 0;
    for (size_t i = exporter->first[id]; i < exporter->first[id + 1]; i++) {
        const struct vote *vote = &exporter->votes.items[exporter->order[i]];
        const struct export_person *person = &exporter->people.items[vote->person];
        if (vote->held && !exporter->scope->held)
            out->held_count++;
        else
            // NOLINTBEGIN(clang-analyzer-core.NullDereference): a vote has its person
            *ARRAY_ADD(&exporter->given) =
                (struct export_vote){vote->prefer, vote->strength, vote->confidence, vote->ranking,
                                     person->name, person->role,   vote->held,       vote->rubric};
        // NOLINTEND(clang-analyzer-core.NullDereference)
    }
    out->votes = exporter->given.items;
    out->vote_count = exporter->given.count;
}

static int visit_all(struct exporter *exporter, int64_t track, export_visit *visit, void *context) {
    struct item_walk walk;
    struct export_item item;
    int status = item_walk_start(&walk, exporter->store, track, exporter->error);
    while (status >= 0 && (status = item_walk_next(&walk, exporter->error)) == STEP_ROW) {
        item.id = walk.id;
        item.item = walk.item;
        item.gold = exporter->gold[walk.id / 8] >> walk.id % 8 & 1;
        item.held_count = 0;
        give(exporter, walk.id, &item);
        status = visit(context, &item, exporter->error);
    }
    item_walk_stop(&walk);
    return status;
}

int load_export(struct store *store, const struct export_scope *scope, export_visit *visit, void *context,
                struct error *error) {
    struct exporter exporter = {.store = store, .scope = scope, .error = error};
    int64_t last = 0, track = 0;
    int status = transaction_read(store, "load_export", error);
    if (status < 0)
        return status;
    status = track_id(store, scope->track, &track, error);
    if (status >= 0)
        status = statement_integer(store, &sql[LAST_ITEM], NO_VALUES, &last, error);
    exporter.item_count = (size_t)last + 1;
    if (status >= 0)
        status = load_people(&exporter);
    if (status >= 0)
        status = load_votes(&exporter);
    if (status >= 0)
        status = load_gold(&exporter, track);
    if (status >= 0) {
        order_votes(&exporter);
        status = visit_all(&exporter, track, visit, context);
    }
    pool_release(&exporter.names);
    ARRAY_RELEASE(&exporter.people);
    ARRAY_RELEASE(&exporter.votes);
    ARRAY_RELEASE(&exporter.given);
    memory_free(exporter.first);
    memory_free(exporter.order);
    memory_free(exporter.gold);
    return transaction_end(store, status < 0 ? status : STATUS_OK, error);
}
