/*
 * Items in. Ids are counted here, because nobody else writes meanwhile; nothing is looked up for a line but its
 * prompt. The transaction is import_files.c's.
 */
#include "store/import.h"

#include <stdio.h>

#include "core/base/memory.h"
#include "store/import_internal.h"

#include "core/base/banned.h"

enum {
    NEXT_ITEM,
    NEXT_PROMPT,
    NEXT_GOLD,
    NEXT_SOURCE,
    PROMPT_KEYS,
    FIND_PROMPT,
    ADD_PROMPT,
    ADD_ITEM,
    ADD_RESPONSE,
    ADD_EXTRA,
    ADD_SOURCE
};
static const char *const sql[] = {
    [NEXT_ITEM] = "select coalesce(max(id), 0) + 1 from item",
    [NEXT_PROMPT] = "select coalesce(max(id), 0) + 1 from prompt",
    [NEXT_GOLD] = "select coalesce(max(id), 0) + 1 from gold",
    [NEXT_SOURCE] = "select coalesce(max(id), 0) + 1 from source",
    [PROMPT_KEYS] = "select key from prompt",
    [FIND_PROMPT] = "select id, form, body from prompt where key = ?1",
    [ADD_PROMPT] = "insert into prompt (id, key, form, body) values (?1, ?2, ?3, ?4)",
    [ADD_ITEM] =
        ("insert into item (id, name, track, content, prompt, category, language, lengths, priority, source, line)"
         " values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) on conflict (name, track) do nothing"),
    [ADD_RESPONSE] = "insert into response (id, name, model, form, body) values (?1, ?2, ?3, ?4, ?5)",
    [ADD_EXTRA] = "insert into item_extra (item, json) values (?1, ?2)",
    [ADD_SOURCE] =
        "insert into source (id, name, format, hash, bytes, lines, person, at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
};
const struct statement_table import_statements = STATEMENT_TABLE(sql);

static void release(struct import *import) {
    import_names_release(import);
    buffer_release(&import->prompt);
    buffer_release(&import->body);
    buffer_release(&import->last_prompt);
    memory_free(import->prompt_keys);
    memory_free(import->source_name);
    memory_free(import->format);
    memory_free(import);
}

static int read_next_ids(struct import *import, struct error *error) {
    struct store *store = import->store;
    int status = statement_integer(store, &sql[NEXT_ITEM], NO_VALUES, &import->next_item, error);
    if (status >= 0)
        status = statement_integer(store, &sql[NEXT_PROMPT], NO_VALUES, &import->next_prompt, error);
    if (status >= 0)
        status = statement_integer(store, &sql[NEXT_GOLD], NO_VALUES, &import->next_gold, error);
    if (status >= 0)
        status = statement_integer(store, &sql[NEXT_SOURCE], NO_VALUES, &import->source, error);
    import->first_item = import->next_item;
    return status;
}

/* 4 MB, two bits a key: at a million prompts one look in 300 is in vain, at ten million one in five. */
enum { FILTER_BITS = 25 };

static bool filter_has(const unsigned char *filter, uint64_t key) {
    uint64_t a = key >> (64 - FILTER_BITS), b = key & ((UINT64_C(1) << FILTER_BITS) - 1);
    return (filter[a / 8] >> a % 8 & 1) && (filter[b / 8] >> b % 8 & 1);
}

static void filter_add(unsigned char *filter, uint64_t key) {
    uint64_t a = key >> (64 - FILTER_BITS), b = key & ((UINT64_C(1) << FILTER_BITS) - 1);
    filter[a / 8] |= (unsigned char)(1u << a % 8);
    filter[b / 8] |= (unsigned char)(1u << b % 8);
}

static int read_prompt_keys(struct import *import, struct error *error) {
    struct sqlite3_stmt *row;
    import->prompt_keys = memory_new((size_t)1 << (FILTER_BITS - 3), 1);
    int status = statement_open(import->store, &sql[PROMPT_KEYS], NO_VALUES, &row, error);
    while (status >= 0 && (status = statement_step(import->store, row, error)) == STEP_ROW)
        filter_add(import->prompt_keys, (uint64_t)column_integer(row, 0));
    statement_close(row);
    return status;
}

int import_begin(struct store *store, const struct viewer *viewer, const struct campaign *campaign,
                 const struct import_source *source, bool dry_run, struct import **out, struct error *error) {
    *out = NULL;
    bool alone = false;
    int status = require_lead(viewer, "import", error);
    if (status >= 0)
        status = import_transaction_begin(store, &alone, error);
    if (status < 0)
        return status;
    struct import *import = memory_new(1, sizeof *import);
    import->store = store;
    import->viewer = *viewer;
    import->campaign = campaign;
    import->dry_run = dry_run;
    import->alone = alone;
    import->source_name = memory_copy(source->name.data ? source->name.data : "", source->name.length);
    import->format = memory_copy(source->format.data ? source->format.data : "", source->format.length);
    import->at = store_now(store);
    buffer_init(&import->prompt);
    buffer_init(&import->body);
    buffer_init(&import->last_prompt);
    status = read_next_ids(import, error);
    if (status >= 0)
        status = read_prompt_keys(import, error);
    if (status < 0)
        import_abort(import);
    else
        *out = import;
    return status < 0 ? status : STATUS_OK;
}

void import_abort(struct import *import) {
    if (!import)
        return;
    import_transaction_end(import->store, import->alone, STATUS_NO, NULL);
    release(import);
}

/* Encodes the prompt into import->prompt and finds it among the stored ones. */
static int find_prompt(struct import *import, struct incoming *in, struct error *error) {
    buffer_clear(&import->prompt);
    in->prompt_form = messages_encode(&import->prompt, in->item->prompt, ROLE_USER);
    struct slice body = buffer_slice(&import->prompt);
    if (import->last_prompt_id && import->last_prompt_form == in->prompt_form &&
        slice_equal(body, buffer_slice(&import->last_prompt))) {
        in->prompt = import->last_prompt_id;
        return STATUS_OK;
    }
    in->prompt_key = hash_short(import->store->prompt_key, body);
    if (!filter_has(import->prompt_keys, in->prompt_key))
        return STATUS_OK;
    struct sqlite3_stmt *row;
    int status =
        statement_open(import->store, &sql[FIND_PROMPT], VALUES(value_integer((int64_t)in->prompt_key)), &row, error);
    while (status >= 0 && !in->prompt && (status = statement_step(import->store, row, error)) == STEP_ROW)
        if (column_integer(row, 1) == in->prompt_form && slice_equal(column_slice(row, 2), body))
            in->prompt = column_integer(row, 0);
    statement_close(row);
    return status;
}

static int add_prompt(struct import *import, const struct incoming *in, int64_t id, struct error *error) {
    int status = STATUS_OK;
    if (!in->prompt) {
        status = statement_run(import->store, &sql[ADD_PROMPT],
                               VALUES(value_integer(id), value_integer((int64_t)in->prompt_key),
                                      value_integer(in->prompt_form), value_text(buffer_slice(&import->prompt))),
                               error);
        import->next_prompt = id + 1;
        filter_add(import->prompt_keys, in->prompt_key);
    }
    if (id != import->last_prompt_id) {
        struct buffer before = import->last_prompt;
        import->last_prompt = import->prompt;
        import->prompt = before;
        import->last_prompt_id = id;
        import->last_prompt_form = in->prompt_form;
    }
    return status;
}

static int add_responses(struct import *import, const struct item *item, int64_t content, struct error *error) {
    int status = STATUS_OK;
    for (size_t i = 0; status >= 0 && i < item->response_count; i++) {
        int64_t model;
        status = import_code(import, CODE_MODEL, item->responses[i].model, &model, error);
        if (status < 0)
            break;
        buffer_clear(&import->body);
        int form = messages_encode(&import->body, item->responses[i].messages, ROLE_ASSISTANT);
        status = statement_run(import->store, &sql[ADD_RESPONSE],
                               VALUES(value_integer(content * 32 + (int64_t)i), value_text(item->responses[i].name),
                                      value_id(model), value_integer(form), value_text(buffer_slice(&import->body))),
                               error);
    }
    return status;
}

/* A number in digits, behind a space if it is not the first; how many characters. (printf would be 2 % of an
 * import.) */
static size_t write_length(char *to, bool space, size_t number) {
    char digits[20];
    size_t count = 0, length = 0;
    do
        digits[count++] = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    if (space)
        to[length++] = ' ';
    while (count > 0)
        to[length++] = digits[--count];
    return length;
}

/* Adds the narrow row; *added is false when the track has an item of this name. */
static int add_item(struct import *import, const struct incoming *in, int64_t content, int64_t prompt, bool *added,
                    struct error *error) {
    const struct item *item = in->item;
    char lengths[LIMIT_RESPONSES * 21];
    size_t used = 0;
    for (size_t i = 0; i < item->response_count; i++)
        used += write_length(lengths + used, i > 0, messages_length(item->responses[i].messages));
    int status = statement_run(
        import->store, &sql[ADD_ITEM],
        VALUES(value_integer(import->next_item), value_text(item->name), value_integer(in->track),
               value_integer(content), value_integer(prompt), value_id(in->category), value_id(in->language),
               value_text(slice_make(lengths, used)), item->has_priority ? value_real(item->priority) : value_null(),
               value_integer(import->source), value_id((int64_t)item->line)),
        error);
    *added = status >= 0 && statement_changes(import->store) == 1;
    return status;
}

static int put_new(struct import *import, const struct incoming *in, int64_t content, int64_t prompt,
                   struct error *error) {
    const struct item *item = in->item;
    int64_t id = import->next_item++;
    int status = add_prompt(import, in, prompt, error);
    if (status >= 0 && content == id)
        status = add_responses(import, item, content, error);
    if (status >= 0 && item->extra.data)
        status =
            statement_run(import->store, &sql[ADD_EXTRA], VALUES(value_integer(id), value_text(item->extra)), error);
    if (status >= 0 && item->gold)
        status = import_gold(import, id, item->gold, error);
    if (status >= 0 && item->label.present)
        status = import_label(import, id, &item->label, true, error);
    import->counts.added++;
    return status < 0 ? status : STATUS_OK;
}

static int check_item(const struct import *import, const struct item *item, struct error *error) {
    char name[LIMIT_NAME_BYTES + 1];
    if (item->track.length && item->track.length < sizeof name) {
        memcpy(name, item->track.data, item->track.length);
        name[item->track.length] = '\0';
        if (campaign_track(import->campaign, name))
            return item->response_count >= 2 && item->response_count <= LIMIT_RESPONSES && item->name.length
                       ? STATUS_OK
                       : error_set(error, STATUS_INPUT, "an item needs a name and 2 to %d responses", LIMIT_RESPONSES);
    }
    return error_set(error, STATUS_INPUT, "track: the campaign has no track '" SLICE_FORMAT "'",
                     SLICE_ARGS(item->track));
}

int import_put(struct import *import, const struct item *item, enum import_fate *fate, struct error *error) {
    struct incoming in = {.item = item};
    int64_t content = 0, id;
    bool added = false;
    import->counts.lines++;
    int status = check_item(import, item, error);
    if (status >= 0)
        status = import_code(import, CODE_TRACK, item->track, &in.track, error);
    if (status >= 0)
        status = import_code(import, CODE_CATEGORY, item->category, &in.category, error);
    if (status >= 0)
        status = import_code(import, CODE_LANGUAGE, item->language, &in.language, error);
    if (status >= 0)
        status = find_prompt(import, &in, error);
    if (status >= 0 && import->campaign->track_count > 1)
        status = import_shared_content(import, &in, &content, error);
    if (status >= 0 && item->label.present && !import->source_person)
        status = import_source_person(import, error);
    if (status < 0)
        return status;
    content = content ? content : import->next_item;
    int64_t prompt = in.prompt ? in.prompt : import->next_prompt;
    status = add_item(import, &in, content, prompt, &added, error);
    if (status < 0)
        return status;
    *fate = added ? IMPORT_ADDED : IMPORT_SAME;
    if (added)
        return put_new(import, &in, content, prompt, error);
    status = import_compare(import, &in, &id, error);
    if (status >= 0 && item->label.present)
        status = import_label(import, id, &item->label, false, error);
    import->counts.same += status >= 0;
    return status < 0 ? status : STATUS_OK;
}

/* What is new goes to its track's queue. */
static int fill_queues(struct import *import, struct error *error) {
    int status = STATUS_OK;
    for (int i = 0; status >= 0 && import->counts.added && i < import->campaign->track_count; i++) {
        int64_t track;
        status = code_find(import->store, CODE_TRACK, slice_of(import->campaign->tracks[i].name), &track, error);
        if (status == STEP_ROW)
            status = queue_fill(import->store, track, &import->campaign->tracks[i], import->first_item - 1, error);
    }
    return status;
}

static int log_import(struct import *import, struct slice hash, uint64_t bytes, struct error *error) {
    char detail[160];
    int length = snprintf(detail, sizeof detail, "%llu added, %llu the same, %llu gold, %llu labels",
                          (unsigned long long)import->counts.added, (unsigned long long)import->counts.same,
                          (unsigned long long)import->counts.gold, (unsigned long long)import->counts.labels);
    int status = statement_run(import->store, &sql[ADD_SOURCE],
                               VALUES(value_integer(import->source), value_string(import->source_name),
                                      value_string(import->format), value_text(hash.data ? hash : slice_of("")),
                                      value_integer((int64_t)bytes), value_integer((int64_t)import->counts.lines),
                                      value_id(import->viewer.person), value_integer(import->at)),
                               error);
    if (status < 0)
        return status;
    return event_append(import->store,
                        &(struct event_entry){.person = import->viewer.person,
                                              .verb = "import",
                                              .subject = SUBJECT_SOURCE,
                                              .id = import->source,
                                              .detail = slice_make(detail, (size_t)length)},
                        NULL, error);
}

int import_end(struct import *import, struct slice hash, uint64_t bytes, struct import_counts *counts,
               struct error *error) {
    int status = import_flush_labels(import, error);
    if (status >= 0)
        status = fill_queues(import, error);
    if (status >= 0 && (import->counts.added || import->counts.labels))
        status = log_import(import, hash, bytes, error);
    import->counts.categories = import->names[CODE_CATEGORY].count;
    *counts = import->counts;
    if (status >= 0 && import->dry_run)
        import_transaction_end(import->store, import->alone, STATUS_NO, NULL);
    else
        status = import_transaction_end(import->store, import->alone, status, error);
    release(import);
    return status < 0 ? status : STATUS_OK;
}
