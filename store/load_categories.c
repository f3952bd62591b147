#include "store/load_categories.h"

#include "store/internal.h"

#include "core/base/banned.h"

enum { CATEGORIES, LANGUAGES };
static const char *const sql[] = {
    [CATEGORIES] = ("select t.name, c.name from (select distinct track, category from item where id not in"
                    " (select item from retirement)) i join track t on t.id = i.track left join category c on c.id = "
                    "i.category order by t.id, c.name"),
    [LANGUAGES] = ("select t.name, l.name from (select distinct track, language from item where id not in"
                   " (select item from retirement)) i join track t on t.id = i.track left join language l on l.id = "
                   "i.language order by t.id, l.name"),
};
const struct statement_table load_categories_statements = STATEMENT_TABLE(sql);

static int load(struct store *store, int statement, category_visit *visit, void *context, struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_open(store, &sql[statement], NO_VALUES, &row, error);
    while (status >= 0 && (status = statement_step(store, row, error)) == STEP_ROW)
        visit(context, column_slice(row, 0), column_slice(row, 1));
    statement_close(row);
    return status < 0 ? status : STATUS_OK;
}

int load_categories(struct store *store, category_visit *visit, void *context, struct error *error) {
    return load(store, CATEGORIES, visit, context, error);
}

int load_languages(struct store *store, category_visit *visit, void *context, struct error *error) {
    return load(store, LANGUAGES, visit, context, error);
}
