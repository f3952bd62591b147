/* Steps of the import that not every line needs: codes of names, an item that was there before, gold, labels. */
#include <stdio.h>

#include "core/base/memory.h"
#include "core/model/person.h"
#include "store/import_internal.h"

#include "core/base/banned.h"

enum {
    FIND_ITEM,
    FIND_ELSEWHERE,
    READ_RESPONSES,
    READ_EXTRA,
    READ_KEY,
    ADD_GOLD,
    ADD_ANSWER,
    FIND_PERSON,
    ADD_PERSON,
    HAS_LABEL,
    ADD_JUDGMENT,
    ADD_JUDGMENTS
};
/* Sixteen rows at once cost two thirds of sixteen times one. */
#define LABEL  "insert into judgment (uid, item, person, kind, prefer, strength, at) values "
#define ROWS_4 "(?, ?, ?, 0, ?, ?, ?), (?, ?, ?, 0, ?, ?, ?), (?, ?, ?, 0, ?, ?, ?), (?, ?, ?, 0, ?, ?, ?)"
static const char *const sql[] = {
    /* form 2: redacted */
    [FIND_ITEM] = ("select id, content, prompt, category, language, priority, exists (select 1 from response r"
                   " where r.id = content * 32 and r.form = 2) from item where name = ?1 and track = ?2"),
    [FIND_ELSEWHERE] = "select content from item where name = ?1 and track <> ?2 and id < ?3",
    [READ_RESPONSES] = ("select r.name, m.name, r.form, r.body from response r left join model m on m.id = r.model"
                        " where r.id between ?1 * 32 and ?1 * 32 + 31 order by r.id"),
    [READ_EXTRA] = "select json from item_extra where item = ?1",
    [READ_KEY] = "select id from gold where item = ?1 and retired is null",
    [ADD_GOLD] = ("insert into gold (id, item, use, origin, difficulty, low, high, explanation, person, at)"
                  " values (?1, ?2, ?3, 'import', ?4, ?5, ?6, ?7, ?8, ?9)"),
    [ADD_ANSWER] = "insert into gold_answer (gold, n, prefer, ranking) values (?1, ?2, ?3, ?4)",
    [FIND_PERSON] = "select id, role from person where name = ?1",
    [ADD_PERSON] = "insert into person (uid, name, role, at) values (?1, ?2, 3, ?3)",
    [HAS_LABEL] = "select 1 from judgment where item = ?1 and person = ?2 limit 1",
    [ADD_JUDGMENT] = (LABEL "(?, ?, ?, 0, ?, ?, ?)"),
    [ADD_JUDGMENTS] = (LABEL ROWS_4 ", " ROWS_4 ", " ROWS_4 ", " ROWS_4),
};
const struct statement_table import_rows_statements = STATEMENT_TABLE(sql);

static struct name_code *find_name(struct name_code *slots, size_t capacity, struct slice name, uint64_t hash) {
    size_t at = (size_t)hash & (capacity - 1);
    while (slots[at].name &&
           (slots[at].hash != hash || !slice_equal(slice_make(slots[at].name, slots[at].length), name)))
        at = (at + 1) & (capacity - 1);
    return &slots[at];
}

static void grow_names(struct name_map *map) {
    size_t capacity = map->capacity ? 2 * map->capacity : 32;
    struct name_code *slots = memory_new(capacity, sizeof *slots);
    for (size_t i = 0; i < map->capacity; i++)
        if (map->slots[i].name)
            *find_name(slots, capacity, slice_make(map->slots[i].name, map->slots[i].length), map->slots[i].hash) =
                map->slots[i];
    memory_free(map->slots);
    map->slots = slots;
    map->capacity = capacity;
}

int import_code(struct import *import, enum code code, struct slice name, int64_t *id, struct error *error) {
    struct name_map *map = &import->names[code];
    *id = 0;
    if (!name.length)
        return STATUS_OK;
    if (2 * (map->count + 1) > map->capacity)
        grow_names(map);
    uint64_t hash = hash_short(import->store->prompt_key, name);
    struct name_code *slot = find_name(map->slots, map->capacity, name, hash);
    if (!slot->name) {
        int status = code_add(import->store, code, name, id, error);
        if (status < 0)
            return status;
        *slot = (struct name_code){memory_copy(name.data, name.length), name.length, *id, hash};
        map->count++;
    }
    *id = slot->id;
    return STATUS_OK;
}

void import_names_release(struct import *import) {
    for (int code = 0; code < CODES; code++) {
        struct name_map *map = &import->names[code];
        for (size_t i = 0; i < map->capacity; i++)
            memory_free(map->slots[i].name);
        memory_free(map->slots);
    }
}

/* Whether the stored responses of `content` are these, to the byte. */
static int same_responses(struct import *import, int64_t content, const struct item *item, bool *same,
                          struct error *error) {
    struct sqlite3_stmt *row;
    size_t n = 0;
    *same = true;
    int status = statement_open(import->store, &sql[READ_RESPONSES], VALUES(value_integer(content)), &row, error);
    while (status >= 0 && *same && (status = statement_step(import->store, row, error)) == STEP_ROW) {
        const struct response *response = &item->responses[n];
        if ((*same = n++ < item->response_count)) {
            buffer_clear(&import->body);
            int form = messages_encode(&import->body, response->messages, ROLE_ASSISTANT);
            *same = slice_equal(response->name, column_slice(row, 0)) &&
                    slice_equal(response->model, column_slice(row, 1)) && column_integer(row, 2) == form &&
                    slice_equal(buffer_slice(&import->body), column_slice(row, 3));
        }
    }
    statement_close(row);
    *same &= n == item->response_count;
    return status;
}

static int same_extra(struct import *import, int64_t id, struct slice extra, bool *same, struct error *error) {
    struct pool pool = POOL_INIT;
    struct slice stored;
    int status = item_read_extra(import->store, id, &pool, &stored, error);
    *same = status >= 0 && slice_equal(stored, extra) && !stored.data == !extra.data;
    pool_release(&pool);
    return status;
}

static bool same_answers(const struct gold_key *a, const struct gold_key *b) {
    bool same = a->answer_count == b->answer_count && a->low == b->low && a->high == b->high && a->use == b->use &&
                a->difficulty == b->difficulty && slice_equal(a->explanation, b->explanation);
    for (size_t i = 0; same && i < a->answer_count; i++)
        same = a->answers[i].prefer == b->answers[i].prefer &&
               strcmp(a->answers[i].ranking.text, b->answers[i].ranking.text) == 0;
    return same;
}

/* An item line without gold says nothing about the key; one with gold must say what is in force. */
static int same_gold(struct import *import, int64_t id, const struct gold_key *key, bool *same, struct error *error) {
    *same = true;
    if (!key)
        return STATUS_OK;
    struct pool pool = POOL_INIT;
    struct gold_key *stored = pool_new(&pool, 1, sizeof *stored);
    int64_t gold = 0;
    int status = statement_integer(import->store, &sql[READ_KEY], VALUES(value_integer(id)), &gold, error);
    *same = status == STEP_ROW;
    if (*same && (status = gold_read(import->store, gold, &pool, stored, error)) >= 0)
        *same = same_answers(stored, key);
    pool_release(&pool);
    return status;
}

int import_compare(struct import *import, const struct incoming *in, int64_t *id, struct error *error) {
    const struct item *item = in->item;
    struct sqlite3_stmt *row;
    int status = statement_find(import->store, &sql[FIND_ITEM],
                                VALUES(value_text(item->name), value_integer(in->track)), &row, error);
    if (status < 0)
        return status;
    *id = column_integer(row, 0);
    int64_t content = column_integer(row, 1);
    const char *differs =
        column_integer(row, 2) != in->prompt     ? "prompt"
        : column_integer(row, 3) != in->category ? "category"
        : column_integer(row, 4) != in->language ? "language"
        : column_absent(row, 5) == item->has_priority ||
                (item->has_priority && (column_real(row, 5) < item->priority || column_real(row, 5) > item->priority))
            ? "priority"
            : NULL;
    bool redacted = column_integer(row, 6) != 0;
    statement_close(row);
    if (redacted) /* what it said is gone, and nothing brings it back */
        return STATUS_OK;
    bool same;
    if (!differs && (status = same_responses(import, content, item, &same, error)) >= 0 && !same)
        differs = "responses";
    if (status >= 0 && !differs && (status = same_extra(import, *id, item->extra, &same, error)) >= 0 && !same)
        differs = "meta";
    if (status >= 0 && !differs && (status = same_gold(import, *id, item->gold, &same, error)) >= 0 && !same)
        differs = "gold";
    if (status >= 0 && differs)
        status = error_set(error, STATUS_INPUT,
                           "id: '" SLICE_FORMAT "' is in the store already and differs from this line in its %s%s",
                           SLICE_ARGS(item->name), differs,
                           strcmp(differs, "gold") == 0 ? "; 'assay gold' promotes and amends" : "");
    return status;
}

int import_shared_content(struct import *import, const struct incoming *in, int64_t *content, struct error *error) {
    int64_t found = 0;
    bool same = false;
    *content = 0;
    int status = statement_integer(
        import->store, &sql[FIND_ELSEWHERE],
        VALUES(value_text(in->item->name), value_integer(in->track), value_integer(import->next_item)), &found, error);
    if (status == STEP_ROW && (status = same_responses(import, found, in->item, &same, error)) >= 0 && same)
        *content = found;
    return status;
}

int import_gold(struct import *import, int64_t item, const struct gold_key *key, struct error *error) {
    int64_t id = import->next_gold++;
    int status =
        statement_run(import->store, &sql[ADD_GOLD],
                      VALUES(value_integer(id), value_integer(item), value_integer(key->use),
                             value_integer(key->difficulty), value_integer(key->low), value_integer(key->high),
                             value_text(key->explanation), value_id(import->viewer.person), value_integer(import->at)),
                      error);
    for (size_t i = 0; status >= 0 && i < key->answer_count; i++) {
        const char *ranking = key->answers[i].ranking.text;
        status = statement_run(import->store, &sql[ADD_ANSWER],
                               VALUES(value_integer(id), value_integer((int64_t)i),
                                      value_integer(key->answers[i].prefer), value_string(ranking[0] ? ranking : NULL)),
                               error);
    }
    import->counts.gold++;
    if (status >= 0) /* a key decides about people: each is in the log */
        status = event_append(
            import->store,
            &(struct event_entry){.person = import->viewer.person, .verb = "gold", .subject = SUBJECT_GOLD, .id = id},
            NULL, error);
    return status;
}

int import_source_person(struct import *import, struct error *error) {
    struct sqlite3_stmt *row;
    struct slice name = slice_of(import->source_name[0] ? import->source_name : "labels");
    int status = statement_find(import->store, &sql[FIND_PERSON], VALUES(value_text(name)), &row, error);
    if (status == STEP_ROW) {
        if (column_integer(row, 1) == PERSON_SOURCE)
            import->source_person = column_integer(row, 0);
        else
            status = error_set(error, STATUS_INPUT,
                               "the labels of '" SLICE_FORMAT "' can't be named after the file: a person has that name",
                               SLICE_ARGS(name));
        statement_close(row);
        return status;
    }
    if (status >= 0)
        status = statement_run(
            import->store, &sql[ADD_PERSON],
            VALUES(value_string(ulid_make(import->store->world).text), value_text(name), value_integer(import->at)),
            error);
    if (status >= 0)
        import->source_person = statement_inserted(import->store);
    return status;
}

/* Rows from `first` on by the statement that takes `rows` of them at once. */
static int add_labels(struct import *import, size_t first, size_t rows, int statement, struct error *error) {
    struct value values[6 * PENDING_LABELS];
    for (size_t i = 0; i < rows; i++) {
        const struct pending_label *label = &import->labels[first + i];
        values[6 * i] = value_string(label->uid.text);
        values[6 * i + 1] = value_integer(label->item);
        values[6 * i + 2] = value_integer(import->source_person);
        values[6 * i + 3] = value_integer(label->prefer);
        values[6 * i + 4] = value_integer(label->strength);
        values[6 * i + 5] = value_integer(import->at);
    }
    return statement_run(import->store, &sql[statement], values, 6 * rows, error);
}

int import_flush_labels(struct import *import, struct error *error) {
    int status = STATUS_OK;
    size_t count = import->label_count;
    import->label_count = 0;
    if (count == PENDING_LABELS)
        return add_labels(import, 0, count, ADD_JUDGMENTS, error);
    for (size_t i = 0; status >= 0 && i < count; i++)
        status = add_labels(import, i, 1, ADD_JUDGMENT, error);
    return status;
}

int import_label(struct import *import, int64_t item, const struct label *label, bool new_item, struct error *error) {
    int status = STATUS_OK;
    int64_t there = 0;
    if (!new_item) { /* has this file, or one of its name, spoken of it before? */
        status = import_flush_labels(import, error);
        if (status >= 0)
            status =
                statement_integer(import->store, &sql[HAS_LABEL],
                                  VALUES(value_integer(item), value_integer(import->source_person)), &there, error);
    }
    if (status < 0 || there)
        return status;
    import->labels[import->label_count++] =
        (struct pending_label){ulid_make(import->store->world), item, label->prefer, label->strength};
    import->counts.labels++;
    return import->label_count == PENDING_LABELS ? import_flush_labels(import, error) : STATUS_OK;
}
