/*
 * Which judgments are the same. One that names no uid gets one made of what it says: the same line is the
 * same judgment in every file and store. Where lines say no time, the second equal one in a file is another
 * judgment (somebody may give the same answer twice), so a number goes into the uid; reading the file again
 * gives the same numbers.
 */
#include "store/import_judgments_parts.h"

#include "core/base/array.h"

#include "core/base/banned.h"

enum { FIND_UID };
static const char *const sql[] = {
    [FIND_UID] =
        ("select item, person, coalesce(rubric, 0), prefer, strength, coalesce(confidence, -1), coalesce(ranking, ''),"
         " coalesce(ratings, ''), coalesce(shown, ''), coalesce(ms, -1), at, coalesce(rationale, ''), redacted, kind,"
         " coalesce((select group_concat(x, char(10)) from (select m.kind || m.name as x from mark m where m.judgment "
         "= j.id"
         " order by 1)), '') from judgment j where uid = ?1"),
};
const struct statement_table import_judgments_same_statements = STATEMENT_TABLE(sql);

/* How often a line without a time may stand in a file. */
enum { SAME_LINES = 100 };

/* --- What is there already --- */

/* The place of this uid among the waiting ones: theirs, or the free one where it belongs. */
static size_t find_slot(const struct judgments *judgments, const uint32_t *by_uid, size_t slots, const char *uid) {
    size_t at = (size_t)hash_short(judgments->store->prompt_key, slice_of(uid)) & (slots - 1);
    while (by_uid[at] && strcmp(judgments->items[by_uid[at] - 1].uid, uid) != 0)
        at = (at + 1) & (slots - 1);
    return at;
}

void judgments_remember(struct judgments *judgments, const struct waiting *waiting) {
    *ARRAY_ADD(judgments) = *waiting;
    if (2 * judgments->count > judgments->slots) {
        size_t slots = judgments->slots ? 2 * judgments->slots : 1024;
        uint32_t *by_uid = memory_new(slots, sizeof *by_uid);
        for (size_t i = 0; i + 1 < judgments->count; i++)
            by_uid[find_slot(judgments, by_uid, slots, judgments->items[i].uid)] = (uint32_t)i + 1;
        memory_free(judgments->by_uid);
        judgments->by_uid = by_uid;
        judgments->slots = slots;
    }
    judgments->by_uid[find_slot(judgments, judgments->by_uid, judgments->slots, waiting->uid)] =
        (uint32_t)judgments->count;
}

static const struct waiting *find_waiting(const struct judgments *judgments, const char *uid) {
    if (judgments->slots == 0)
        return NULL;
    uint32_t found = judgments->by_uid[find_slot(judgments, judgments->by_uid, judgments->slots, uid)];
    return found ? &judgments->items[found - 1] : NULL;
}

/* The field in which a judgment that is there differs from the one that comes; NULL if in none. What the
 * line does not say is not compared. */
static const char *difference(const struct waiting *there, const struct waiting *here, bool redacted) {
    bool rubric = there->rubric == here->rubric; /* cells under another text can't be compared */
    return there->item != here->item                                          ? "item"
           : there->person != here->person                                    ? "annotator"
           : there->prefer != here->prefer                                    ? "prefer"
           : there->strength != here->strength                                ? "strength"
           : there->confidence != here->confidence                            ? "confidence"
           : strcmp(there->ranking, here->ranking) != 0                       ? "ranking"
           : here->has_rubric && !rubric                                      ? "rubric"
           : rubric && strcmp(there->ratings, here->ratings) != 0             ? "ratings"
           : strcmp(there->shown, here->shown) != 0                           ? "order"
           : there->active_ms != here->active_ms                              ? "seconds"
           : here->has_at && there->at != here->at                            ? "at"
           : !redacted && strcmp(there->rationale, here->rationale) != 0      ? "rationale"
           : strcmp(there->marks, here->marks) != 0                           ? "tags or flags"
           : here->kind >= 0 && there->kind >= 0 && there->kind != here->kind ? "kind"
                                                                              : NULL;
}

/* STEP_ROW if the store has this uid, with the field that differs, or NULL. */
static int compare_stored(struct judgments *judgments, const struct waiting *here, const char **differs,
                          struct error *error) {
    struct sqlite3_stmt *row;
    int status = statement_find(judgments->store, &sql[FIND_UID], VALUES(value_string(here->uid)), &row, error);
    if (status != STEP_ROW)
        return status;
    struct pool pool = POOL_INIT;
    struct waiting there = {
        .item = column_integer(row, 0),
        .person = column_integer(row, 1),
        .rubric = column_integer(row, 2),
        .prefer = (int)column_integer(row, 3),
        .strength = (int)column_integer(row, 4),
        .confidence = (int)column_integer(row, 5),
        .ranking = column_copy(row, 6, &pool).data,
        .ratings = column_copy(row, 7, &pool).data,
        .shown = column_copy(row, 8, &pool).data,
        .active_ms = column_integer(row, 9),
        .at = column_integer(row, 10),
        .rationale = column_copy(row, 11, &pool).data,
        .kind = (int)column_integer(row, 13),
        .marks = column_copy(row, 14, &pool).data,
    };
    *differs = difference(&there, here, !column_absent(row, 12));
    statement_close(row);
    pool_release(&pool);
    return STEP_ROW;
}

/* --- Uids --- */

/* A clock that stands, and dice that are a hash: what makes a ULID of content. */
struct content_world {
    struct world world; /* first */
    int64_t at;
    struct hash hash;
};

static int64_t content_time(struct world *world) {
    return ((const struct content_world *)world)->at;
}

static void content_dice(struct world *world, void *bytes, size_t count) {
    memcpy(bytes, ((const struct content_world *)world)->hash.bytes, count < HASH_BYTES ? count : HASH_BYTES);
}

static void add_text(struct hasher *hasher, const char *text) {
    hasher_add_piece(hasher, slice_of(text));
}

static struct ulid content_uid(const struct given_judgment *given, const struct waiting *waiting, uint64_t number) {
    struct content_world content = {.world = {.now = content_time, .entropy = content_dice},
                                    .at = given->has_at && given->at > 0 ? given->at : 0};
    struct hasher hasher;
    hasher_init(&hasher, NULL, 0);
    hasher_add_piece(&hasher, given->item->name);
    hasher_add_piece(&hasher, given->item->track);
    hasher_add_piece(&hasher, given->annotator);
    hasher_add_number(&hasher, (uint64_t)waiting->prefer);
    hasher_add_number(&hasher, (uint64_t)waiting->strength);
    hasher_add_number(&hasher, (uint64_t)waiting->confidence);
    hasher_add_number(&hasher, (uint64_t)waiting->kind);
    hasher_add_number(&hasher, (uint64_t)waiting->active_ms);
    hasher_add_number(&hasher, given->has_at ? (uint64_t)given->at : 0);
    hasher_add_number(&hasher, number);
    add_text(&hasher, waiting->ranking);
    add_text(&hasher, waiting->ratings);
    add_text(&hasher, waiting->shown);
    add_text(&hasher, waiting->rationale);
    add_text(&hasher, waiting->marks);
    hasher_finish(&hasher, &content.hash);
    return ulid_make(&content.world);
}

/* The uid of a line that names none: the next number, if this line stood in the file before and says no
 * time. */
static int give_uid(struct judgments *judgments, const struct given_judgment *given, struct waiting *waiting,
                    struct error *error) {
    for (uint64_t number = 0; number < SAME_LINES; number++) {
        struct ulid uid = content_uid(given, waiting, number);
        if (given->has_at || !find_waiting(judgments, uid.text)) {
            waiting->uid = pool_string(&judgments->pool, slice_of(uid.text));
            return STATUS_OK;
        }
    }
    return error_set(error, STATUS_INPUT,
                     "this line stands in the file more than %d times; a judgment of its own needs \"at\"", SAME_LINES);
}

int judgments_same(struct judgments *judgments, const struct given_judgment *given, struct waiting *waiting, bool *same,
                   struct error *error) {
    const char *differs = NULL;
    int status = given->uid.data ? STATUS_OK : give_uid(judgments, given, waiting, error);
    if (status < 0)
        return status;
    const struct waiting *met = find_waiting(judgments, waiting->uid);
    if (met)
        differs = difference(met, waiting, false);
    else
        status = compare_stored(judgments, waiting, &differs, error);
    if (status < 0)
        return status;
    if (differs)
        return error_set(
            error, STATUS_INPUT,
            "uid: the judgment '%s' is there already and differs from this line in its %s; another judgment needs "
            "another uid",
            waiting->uid, differs);
    *same = met || status == STEP_ROW;
    return STATUS_OK;
}
