/* The draft's way to the disk: every change at once into the log of the file, which is synced when the keys pause.
 * See batch.h. */
#include "store/batch.h"
#include "store/internal.h"

#include "core/base/banned.h"

enum { SAVE, TOUCH };
static const char *const sql[] = {
    [SAVE] = "insert into draft (serving, body, at) select s.id, ?2, ?3 from serving s join batch b on b.id = s.batch"
             " where s.id = ?1 and b.handed_in is null and b.lease > 0"
             " and not exists (select 1 from item i join response r on r.id = i.content * 32 and r.form = 2 where i.id "
             "= s.item)"
             " on conflict (serving) do update set body = excluded.body, at = excluded.at",
    [TOUCH] = "update store set at = at where id = 1",
};
const struct statement_table draft_statements = STATEMENT_TABLE(sql);

int draft_save(struct store *store, int64_t serving, struct slice draft, struct error *error) {
    int status = store->relaxed ? STATUS_OK : statement_script(store, "pragma synchronous=normal", error);
    if (status < 0)
        return status;
    status = transaction_begin(store, "draft_save", error);
    if (status >= 0) {
        status = statement_run(store, &sql[SAVE],
                               VALUES(value_integer(serving), value_text(draft.data ? draft : slice_of("")),
                                      value_integer(store_now(store))),
                               error);
        if (status >= 0 && statement_changes(store) == 0)
            status = error_set(
                error, STATUS_NO,
                "this batch was handed in or went back to the queue, or the item's texts were taken out; the draft "
                "is not kept any more");
        status = transaction_end(store, status, error);
    }
    if (!store->relaxed && statement_script(store, "pragma synchronous=full", NULL) < 0 && status >= 0)
        status = error_set(error, STATUS_SYSTEM, "the store '%s' can no longer be written safely", store->path);
    return status;
}

/* A commit that is synced takes everything before it along. */
int draft_sync(struct store *store, struct error *error) {
    int status = transaction_begin(store, "draft_sync", error);
    if (status >= 0)
        status = transaction_end(store, statement_run(store, &sql[TOUCH], NO_VALUES, error), error);
    return status;
}
