/* Names that are stored as small numbers: tracks, categories, languages, models. */
#include "store/internal.h"

#include "core/base/banned.h"

enum { ADD = CODES };
static const char *const sql[] = {
    [CODE_TRACK] = "select id from track where name = ?1",
    [CODE_CATEGORY] = "select id from category where name = ?1",
    [CODE_LANGUAGE] = "select id from language where name = ?1",
    [CODE_MODEL] = "select id from model where name = ?1",
    [ADD + CODE_TRACK] = "insert into track (name) values (?1) on conflict do nothing",
    [ADD + CODE_CATEGORY] = "insert into category (name) values (?1) on conflict do nothing",
    [ADD + CODE_LANGUAGE] = "insert into language (name) values (?1) on conflict do nothing",
    [ADD + CODE_MODEL] = "insert into model (name) values (?1) on conflict do nothing",
};
const struct statement_table codes_statements = STATEMENT_TABLE(sql);

int code_find(struct store *store, enum code code, struct slice name, int64_t *id, struct error *error) {
    *id = 0;
    return statement_integer(store, &sql[code], VALUES(value_text(name)), id, error);
}

int code_add(struct store *store, enum code code, struct slice name, int64_t *id, struct error *error) {
    *id = 0;
    if (!name.length)
        return STATUS_OK;
    int status = code_find(store, code, name, id, error);
    if (status != STEP_DONE)
        return status < 0 ? status : STATUS_OK;
    status = statement_run(store, &sql[ADD + code], VALUES(value_text(name)), error);
    if (status >= 0)
        *id = statement_inserted(store);
    return status;
}

int track_id(struct store *store, const char *name, int64_t *id, struct error *error) {
    int status = code_find(store, CODE_TRACK, slice_of(name), id, error);
    return status == STEP_DONE ? error_set(error, STATUS_USAGE, "there is no track '%s'", name)
           : status < 0        ? status
                               : STATUS_OK;
}
