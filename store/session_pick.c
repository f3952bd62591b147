/* The items of a session by a rule: candidates are read here, chosen by core/work/calibration. See session.h. */
#include "core/base/array.h"
#include "core/text/suggest.h"
#include "store/session_parts.h"

#include "core/base/banned.h"

enum { MET, CATEGORY, CATEGORIES, RANDOM, GOLD, VOTES };
static const char *const sql[] = {
    /* what the invited have had: by how many, in a session, in a batch that is open now */
    [MET] = ("select s.item, count(distinct s.person), max(s.kind in (5, 6)), max(b.handed_in is null and b.session is"
             " null) from session_person y join serving s on s.person = y.person join batch b on b.id = s.batch"
             " where y.session = ?1 group by s.item"),
    [CATEGORY] = "select id from category where name = ?1",
    [CATEGORIES] = "select distinct c.name from item i join category c on c.id = i.category where i.track = ?1",
    [RANDOM] = ("select i.id, i.category, i.language from item i where i.track = ?1 and (?2 = 0 or i.category = ?2)"
                " and i.id not in (select item from retirement) and i.id not in (select item from gold)"),
    [GOLD] = ("select i.id, i.category, i.language from gold g join item i on i.id = g.item where i.track = ?1"
              " and (?2 = 0 or i.category = ?2) and g.retired is null and g.use = 0"
              " and i.id not in (select item from retirement)"),
    [VOTES] = ("select i.id, i.category, i.language, j.prefer from judgment j join item i on i.id = j.item and "
               "i.track = ?1"
               " join person p on p.id = j.person and p.role in (0, 1) left join serving s on s.id = j.serving"
               " left join batch b on b.id = s.batch where (?2 = 0 or i.category = ?2) and j.kind = 0 and j.round = 0"
               " and (j.serving is null or b.handed_in is not null)"
               " and j.id not in (select judgment from retraction) and i.id not in (select item from retirement)"
               " and i.id not in (select item from gold) order by i.id"),
};
const struct statement_table session_pick_statements = STATEMENT_TABLE(sql);

enum { VOTES_MOST = 256 }; /* of one item; more change no order */

/* By item id: what the invited have had. */
struct met {
    struct met_item {
        uint32_t people;
        bool never; /* talked about before, or open in somebody's batch */
    } * items;
    size_t count, capacity;
};

static int read_met(struct store *store, int64_t session, struct met *met, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_open(store, &sql[MET], VALUES(value_integer(session)), &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW) {
        size_t item = (size_t)column_integer(row, 0);
        if (item >= met->count) {
            met->items = memory_grow(met->items, &met->capacity, item + 1, sizeof *met->items);
            memset(met->items + met->count, 0, (met->capacity - met->count) * sizeof *met->items);
            met->count = met->capacity;
        }
        met->items[item] = (struct met_item){(uint32_t)column_integer(row, 1),
                                             column_integer(row, 2) != 0 || column_integer(row, 3) != 0};
    }
    statement_close(row);
    return status < 0 ? status : STATUS_OK;
}

struct candidates {
    struct calibration_candidate *items;
    size_t count, capacity;
};

/* A candidate from columns item, category, language; NULL when the item is not for this session, or not
 * for one of its people. */
static struct calibration_candidate *add_candidate(const struct session_making *making, struct candidates *out,
                                                   const struct met *met, struct sqlite3_stmt *row) {
    size_t item = (size_t)column_integer(row, 0);
    if (item < met->count && met->items[item].never)
        return NULL;
    for (size_t i = 0; i < making->people.count; i++)
        if (!taste_fits(&making->tastes[i], column_integer(row, 1), column_integer(row, 2)))
            return NULL;
    struct calibration_candidate *one = ARRAY_ADD(out);
    *one = (struct calibration_candidate){.item = (int64_t)item,
                                          .category = (int)column_integer(row, 1),
                                          .met = item < met->count ? met->items[item].people : 0};
    return one;
}

static void close_votes(struct candidates *out, const int *votes, size_t count) {
    if (count > 0) {
        out->items[out->count - 1].votes = count;
        out->items[out->count - 1].disagreement = calibration_disagreement(votes, count);
    }
}

static int read_candidates(struct store *store, const struct session_making *making, int64_t category,
                           const struct met *met, struct candidates *out, struct error *error) {
    enum calibration_pick pick = making->request->pick;
    int votes[VOTES_MOST];
    size_t vote_count = 0;
    int64_t last = 0;
    struct sqlite3_stmt *row;
    int status = statement_open(store,
                                &sql[pick == PICK_DISAGREEMENT ? VOTES
                                     : pick == PICK_GOLD       ? GOLD
                                                               : RANDOM],
                                VALUES(value_integer(making->session.track), value_integer(category)), &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW) {
        if (pick == PICK_DISAGREEMENT && column_integer(row, 0) == last) {
            if (vote_count > 0 && vote_count < VOTES_MOST)
                votes[vote_count++] = (int)column_integer(row, 3);
            continue;
        }
        close_votes(out, votes, vote_count);
        vote_count = 0;
        last = column_integer(row, 0);
        if (add_candidate(making, out, met, row) && pick == PICK_DISAGREEMENT)
            votes[vote_count++] = (int)column_integer(row, 3);
    }
    close_votes(out, votes, vote_count);
    statement_close(row);
    return status < 0 ? status : STATUS_OK;
}

/* "category 'codng' has no items on this track; did you mean 'coding'?" */
static int say_no_category(struct store *store, const struct session_making *making, struct error *error) {
    struct {
        char **items;
        size_t count, capacity;
    } names = {0};
    struct sqlite3_stmt *row;
    int status = statement_open(store, &sql[CATEGORIES], VALUES(value_integer(making->session.track)), &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW)
        *ARRAY_ADD(&names) = memory_copy(column_slice(row, 0).data, column_slice(row, 0).length);
    statement_close(row);
    const char *near = suggest(making->request->category, (const char *const *)names.items, names.count);
    if (status >= 0)
        status =
            error_set(error, STATUS_USAGE, "no item of track '%s' is in category '%s'%s%s%s", making->request->track,
                      making->request->category, near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
    for (size_t i = 0; i < names.count; i++)
        memory_free(names.items[i]);
    ARRAY_RELEASE(&names);
    return status;
}

/* Free: every one of them may be given it, has it not in hand, and has not talked about it. */
static int say_too_few(const struct session_making *making, size_t found, struct error *error) {
    static const char *const what[] = {"with judgments that disagree", "without a key", "with a hidden key"};
    const char *track = making->request->track, *with = what[making->request->pick];
    if (found == 0)
        return error_set(error, STATUS_NO, "no item of track '%s' %s is free for everybody invited%s", track, with,
                         making->request->pick == PICK_DISAGREEMENT ? "; --pick random, gold or category=C takes others"
                                                                    : "");
    return error_set(error, STATUS_NO, "only %zu item%s of track '%s' %s %s free for everybody invited, not %zu", found,
                     found == 1 ? "" : "s", track, with, found == 1 ? "is" : "are", making->request->items);
}

int session_pick(struct store *store, struct session_making *making, struct error *error) {
    const struct session_request *request = making->request;
    struct met met = {0};
    struct candidates candidates = {0};
    int64_t category = 0;
    size_t wanted = request->items ? request->items : CALIBRATION_ITEMS, chosen[CALIBRATION_ITEMS_MOST];
    int status = read_met(store, making->session.id, &met, error);
    if (status >= 0 && request->category) {
        status = statement_integer(store, &sql[CATEGORY], VALUES(value_string(request->category)), &category, error);
        if (status == STEP_DONE)
            status = say_no_category(store, making, error);
    }
    if (status >= 0)
        status = read_candidates(store, making, category, &met, &candidates, error);
    if (status >= 0 && candidates.count == 0 && request->category)
        status = say_no_category(store, making, error);
    if (status >= 0) {
        size_t found = 0;
        if (candidates.count > 0)
            found = calibration_choose(store->secret, making->session.id, request->pick, candidates.items,
                                       candidates.count, wanted, chosen);
        if (found == 0 || found < request->items)
            status = say_too_few(making, found, error);
        for (size_t i = 0; status >= 0 && i < found; i++)
            *ARRAY_ADD(&making->chosen) = candidates.items[chosen[i]].item;
    }
    memory_free(met.items);
    ARRAY_RELEASE(&candidates);
    return status < 0 ? status : STATUS_OK;
}
