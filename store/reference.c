/*
 * Short opaque references of items. The item's number goes through a keyed permutation of 20 bits (four characters
 * of Crockford's base 32, lower case); numbers from 2^20 on through one of 25 bits (five characters), and so on by
 * fives. The length says which one it was.
 */
#include "store/store.h"

#include "store/internal.h"

#include "core/base/banned.h"

enum { FIND_NAME, FIND_NAME_IN, READ_NAME };
static const char *const sql[] = {
    [FIND_NAME] =
        "select i.id, t.name from item i join track t on t.id = i.track where i.name = ?1 order by i.id limit 2",
    [FIND_NAME_IN] = "select i.id, t.name from item i join track t on t.id = i.track where i.name = ?1 and t.name = ?2",
    [READ_NAME] = "select i.name, t.name from item i join track t on t.id = i.track where i.id = ?1",
};
const struct statement_table reference_statements = STATEMENT_TABLE(sql);

static const char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";
enum { ROUNDS = 6, SHORTEST = 4, LONGEST = 11 };

/* One round: one part changes by a keyed function of the other; doing it twice undoes it. */
static uint64_t turn(const struct store *store, uint64_t number, int bits, int round) {
    int low = bits / 2;
    uint64_t low_mask = (UINT64_C(1) << low) - 1, high_mask = (UINT64_C(1) << (bits - low)) - 1;
    uint64_t left = number >> low & high_mask, right = number & low_mask;
    uint64_t input[2] = {round & 1 ? left : right, (uint64_t)round << 8 | (uint64_t)bits};
    unsigned char bytes[16];
    for (int i = 0; i < 16; i++)
        bytes[i] = (unsigned char)(input[i / 8] >> 8 * (i % 8));
    uint64_t drawn = hash_short(store->reference_key, slice_make((const char *)bytes, sizeof bytes));
    if (round & 1)
        right ^= drawn & low_mask;
    else
        left ^= drawn & high_mask;
    return left << low | right;
}

struct item_ref store_ref(struct store *store, int64_t item) {
    uint64_t number = (uint64_t)item;
    int length = SHORTEST;
    while (length < LONGEST && number >> 5 * length)
        length++;
    for (int round = 0; round < ROUNDS; round++)
        number = turn(store, number, 5 * length, round);
    struct item_ref ref = {""};
    for (int i = length; i-- > 0; number >>= 5)
        ref.text[i] = alphabet[number & 31];
    return ref;
}

/* The item number behind a reference, or 0. Upper case, o for 0, i and l for 1 are taken too. */
static int64_t undo(struct store *store, struct slice text) {
    if (text.length < SHORTEST || text.length > LONGEST)
        return 0;
    uint64_t number = 0;
    int length = (int)text.length;
    for (int i = 0; i < length; i++) {
        char c = text.data[i];
        c = c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
        c = c == 'o' ? '0' : c == 'i' || c == 'l' ? '1' : c;
        const char *at = c ? strchr(alphabet, c) : NULL;
        if (!at)
            return 0;
        number = number << 5 | (uint64_t)(at - alphabet);
    }
    for (int round = ROUNDS; round-- > 0;)
        number = turn(store, number, 5 * length, round);
    if (length > SHORTEST && !(number >> 5 * (length - 1)))
        return 0;
    return number > INT64_MAX ? 0 : (int64_t)number;
}

/* The item with this name; two of them are refused. */
static int find_name(struct store *store, struct slice name, const char *track, int64_t *item, struct error *error) {
    struct sqlite3_stmt *row;
    *item = 0;
    int status =
        track ? statement_find(store, &sql[FIND_NAME_IN], VALUES(value_text(name), value_string(track)), &row, error)
              : statement_find(store, &sql[FIND_NAME], VALUES(value_text(name)), &row, error);
    if (status != STEP_ROW)
        return status;
    *item = column_integer(row, 0);
    status = statement_step(store, row, error);
    if (status == STEP_ROW)
        status = error_set(error, STATUS_USAGE,
                           "item '" SLICE_FORMAT "' stands in several tracks; name one with --track", SLICE_ARGS(name));
    statement_close(row);
    return status;
}

/* Whether there is such an item, in this track if one is asked for; its name is copied out for a sentence. */
static int known(struct store *store, int64_t item, const char *track, struct pool *pool, struct slice *name,
                 struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_find(store, &sql[READ_NAME], VALUES(value_integer(item)), &row, error);
    if (status == STEP_ROW) {
        if (track && !slice_is(column_slice(row, 1), track))
            status = STEP_DONE;
        *name = column_copy(row, 0, pool);
    }
    statement_close(row);
    return status;
}

int store_find_item(struct store *store, struct slice ref_or_name, const char *track, int64_t *item,
                    struct error *error) {
    struct pool pool = POOL_INIT;
    struct slice name = SLICE_ABSENT;
    int64_t named = 0, referred = undo(store, ref_or_name);
    int status = referred ? known(store, referred, track, &pool, &name, error) : STEP_DONE;
    if (status == STEP_DONE)
        referred = 0;
    if (status >= 0)
        status = find_name(store, ref_or_name, track, &named, error);
    if (status >= 0) {
        if (named && referred && named != referred)
            status =
                error_set(error, STATUS_USAGE,
                          "'" SLICE_FORMAT
                          "' is the name of one item and the reference of another; write '%s' or '" SLICE_FORMAT "'",
                          SLICE_ARGS(ref_or_name), store_ref(store, named).text, SLICE_ARGS(name));
        else if (!named && !referred)
            status =
                error_set(error, STATUS_USAGE, "there is no item '" SLICE_FORMAT "'%s%s%s", SLICE_ARGS(ref_or_name),
                          track ? " in track '" : "", track ? track : "", track ? "'" : "");
        else
            *item = named ? named : referred;
    }
    pool_release(&pool);
    return status < 0 ? status : STATUS_OK;
}
