/* Which items are lent; see lend.h. One scan: the lowest draws are kept. */
#include "store/lend.h"

#include <stdio.h>

#include "core/hash/draw.h"
#include "store/work_parts.h"

#include "core/base/banned.h"

enum { PRODUCTION, UNSEEN };
static const char *const sql[] = {
    [PRODUCTION] = ("select i.id, i.category, i.language from item i where i.track = ?1"
                    " and i.id not in (select item from gold)"
                    " and not exists (select 1 from retirement r where r.item = i.id)"),
    [UNSEEN] = ("select i.id, i.category, i.language from queue q join item i on i.id = q.item"
                " where q.track = ?1 and q.item not in (select item from serving)"
                " and not exists (select 1 from judgment j where j.item = q.item)"),
};
const struct statement_table lend_statements = STATEMENT_TABLE(sql);

/* The items with the lowest draws so far, lowest first. */
struct lowest {
    const unsigned char *key;
    const char *purpose;
    int64_t round;
    int64_t *items;
    uint64_t *draws;
    size_t count, most;
};

static void lowest_offer(struct lowest *lowest, int64_t item) {
    char name[24];
    snprintf(name, sizeof name, "%lld", (long long)item);
    uint64_t draw =
        draw_bits(lowest->key, &(struct draw){.purpose = lowest->purpose, .item = name, .round = lowest->round});
    if (lowest->count == lowest->most && (lowest->most == 0 || draw >= lowest->draws[lowest->most - 1]))
        return;
    size_t at = lowest->count < lowest->most ? lowest->count++ : lowest->most - 1;
    for (; at > 0 && lowest->draws[at - 1] > draw; at--) {
        lowest->draws[at] = lowest->draws[at - 1];
        lowest->items[at] = lowest->items[at - 1];
    }
    lowest->draws[at] = draw;
    lowest->items[at] = item;
}

static int scan(struct store *store, const char *const *text, int64_t track, const struct taste *taste,
                struct lowest *lowest, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_open(store, text, VALUES(value_integer(track)), &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW)
        if (taste_fits(taste, column_integer(row, 1), column_integer(row, 2)))
            lowest_offer(lowest, column_integer(row, 0));
    statement_close(row);
    return status < 0 ? status : STATUS_OK;
}

static int lend(struct store *store, const char *const *text, int64_t person, const char *track, struct pool *pool,
                struct lowest *lowest, struct error *error) {
    int64_t id = 0;
    struct taste taste = {0};
    int status = transaction_read(store, "lend", error);
    if (status < 0)
        return status;
    lowest->key = store->secret;
    lowest->items = pool_new(pool, lowest->most + 1, sizeof *lowest->items);
    lowest->draws = pool_new(pool, lowest->most + 1, sizeof *lowest->draws);
    status = track_id(store, track, &id, error);
    if (status >= 0 && person)
        status = taste_read(store, person, &taste, error);
    if (status >= 0)
        status = scan(store, text, id, &taste, lowest, error);
    taste_release(&taste);
    return transaction_end(store, status < 0 ? status : STATUS_OK, error);
}

int lend_for_rehearsal(struct store *store, const struct viewer *viewer, const char *track, size_t most,
                       struct pool *pool, int64_t **items, size_t *count, struct error *error) {
    struct lowest lowest = {.purpose = "rehearsal", .most = most};
    int status = lend(store, &sql[PRODUCTION], viewer->person, track, pool, &lowest, error);
    *items = lowest.items;
    *count = lowest.count;
    return status;
}

int lend_for_gold(struct store *store, const struct viewer *viewer, const char *track, size_t most, struct pool *pool,
                  int64_t **items, size_t *count, struct error *error) {
    struct lowest lowest = {.purpose = "make gold", .round = store_now(store), .most = most};
    int status = require_lead(viewer, "annotate --make-gold", error);
    if (status >= 0)
        status = lend(store, &sql[UNSEEN], 0, track, pool, &lowest, error);
    *items = lowest.items;
    *count = lowest.count;
    return status;
}
