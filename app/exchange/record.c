/* What the readers of all formats share: fields, names, messages, and what makes an item whole. */
#include "app/exchange/record.h"

#include <stdarg.h>
#include <stdio.h>

#include "core/base/array.h"
#include "core/base/limits.h"
#include "core/hash/hash.h"
#include "core/text/clean.h"
#include "core/text/suggest.h"
#include "core/text/utf8.h"
#include "rubrics/yaml.h"

#include "core/base/banned.h"

struct field_path field_path(const char *format, ...) {
    struct field_path path;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(path.text, sizeof path.text, format, arguments);
    va_end(arguments);
    return path;
}

int record_fail(struct record *record, const struct tree_node *node, const char *field, const char *format, ...) {
    char sentence[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    if (node && node->line)
        record->failed_line = node->line;
    struct buffer clean = BUFFER_INIT; /* a key of the file may stand in it */
    text_clean(&clean, slice_of(field), CLEAN_ONE_LINE);
    int status = error_set(record->error, STATUS_INPUT, "%s%s%s", clean.data, *field ? ": " : "", sentence);
    buffer_release(&clean);
    return status;
}

const struct tree_node *record_find(const struct record *record, const struct tree_node *map, const char *key) {
    const struct tree_node *node = tree_find(record->tree, map, key);
    return node && node->kind != TREE_NULL ? node : NULL;
}

static bool is_known(struct slice key, const char *const *keys, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (slice_is(key, keys[i]))
            return true;
    return false;
}

const char *record_near_miss(struct slice key, const char *const *keys, size_t count) {
    char word[SUGGEST_LONGEST + 1];
    if (key.length == 0 || key.length > SUGGEST_LONGEST || memchr(key.data, '\0', key.length))
        return NULL;
    memcpy(word, key.data, key.length);
    word[key.length] = '\0';
    const char *near = suggest(word, keys, count);
    /* Short names are near to too much ("uid" to "id"): there only the case may differ. */
    return near && strlen(near) < 4 && suggest_distance(word, near) != 0 ? NULL : near;
}

int record_only(struct record *record, const struct tree_node *node, const char *field, const char *const *keys,
                size_t count) {
    if (node->kind != TREE_MAP)
        return record_fail(record, node, field, "is %s; an object is wanted", tree_kind_words(node));
    const struct tree_node *key = tree_first(node);
    for (size_t i = 0; i < node->count; i++, key = tree_after(record->tree, key + 1)) {
        struct slice name = tree_text(key, record->pool);
        if (is_known(name, keys, count))
            continue;
        struct field_path path = field_path("%s%s" SLICE_FORMAT, field, *field ? "." : "", SLICE_ARGS(name));
        const char *near = record_near_miss(name, keys, count);
        if (near)
            return record_fail(record, key, path.text, "is no key here; did you mean \"%s\"?", near);
        return record_fail(record, key, path.text,
                           "is no key here; what should be kept beside goes under \"meta\" of the item");
    }
    return 0;
}

int record_text(struct record *record, const struct tree_node *node, const char *field, struct slice *out) {
    if (node->kind != TREE_STRING && node->kind != TREE_PLAIN)
        return record_fail(record, node, field, "is %s; a string is wanted", tree_kind_words(node));
    *out = tree_text(node, record->pool);
    return 0;
}

/* May stand in a name: nothing that moves the cursor, breaks the line or turns the direction. */
static bool is_name_point(int32_t point) {
    return point >= 0x20 && !(point >= 0x7F && point <= 0x9F) && !(point >= 0x2028 && point <= 0x202E) &&
           !(point >= 0x2066 && point <= 0x2069);
}

int record_name(struct record *record, const struct tree_node *node, const char *field, struct slice *out) {
    int status = record_text(record, node, field, out);
    if (status)
        return status;
    if (out->length == 0)
        return record_fail(record, node, field, "is empty; 1 to %d bytes are wanted", LIMIT_NAME_BYTES);
    if (out->length > LIMIT_NAME_BYTES)
        return record_fail(record, node, field, "is %zu bytes long; at most %d are kept", out->length,
                           LIMIT_NAME_BYTES);
    if (out->data[0] == ' ' || out->data[out->length - 1] == ' ')
        return record_fail(record, node, field, "%s begins or ends with a space", yaml_quote(*out).text);
    for (size_t at = 0; at < out->length;) {
        int32_t point = 0;
        size_t length = utf8_decode(out->data + at, out->length - at, &point);
        if (length == 0 || !is_name_point(point))
            return record_fail(record, node, field, "%s holds U+%04X; a name has no control characters",
                               yaml_quote(*out).text, (unsigned)point);
        at += length;
    }
    return 0;
}

int record_names(struct record *record, struct item *item) {
    struct {
        const char *key;
        struct slice *to;
    } names[] = {
        {"id", &item->name}, {"track", &item->track}, {"category", &item->category}, {"language", &item->language}};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        const struct tree_node *node = record_find(record, record->root, names[i].key);
        int status = node ? record_name(record, node, names[i].key, names[i].to) : 0;
        if (status)
            return status;
    }
    return 0;
}

struct messages record_one_message(struct record *record, enum role role, struct slice content) {
    struct message *message = pool_new(record->pool, 1, sizeof *message);
    *message = (struct message){role, content};
    return (struct messages){message, 1};
}

static int read_message(struct record *record, const struct tree_node *node, const char *field, struct message *out) {
    static const char *const keys[] = {"role", "content"}, *const roles[] = {"system", "user", "assistant", "tool"};
    int status = record_only(record, node, field, keys, COUNT_OF(keys));
    if (status)
        return status;
    const struct tree_node *role = record_find(record, node, "role"), *content = record_find(record, node, "content");
    if (!role || !content)
        return record_fail(record, node, field, "has no \"%s\"; a message is {\"role\": …, \"content\": …}",
                           role ? "content" : "role");
    struct slice name = SLICE_ABSENT;
    struct field_path path = field_path("%s.role", field);
    if ((status = record_text(record, role, path.text, &name)) != 0)
        return status;
    if (!role_find(name, &out->role)) {
        const char *near = record_near_miss(name, roles, COUNT_OF(roles));
        return record_fail(record, role, path.text, "%s is no role; %s%s", yaml_quote(name).text,
                           near ? "did you mean " : "", near ? near : "system, user, assistant and tool are");
    }
    return record_text(record, content, field_path("%s.content", field).text, &out->content);
}

int record_messages(struct record *record, const struct tree_node *node, const char *field, struct messages *out) {
    if (node->kind != TREE_LIST)
        return record_fail(record, node, field, "is %s; a list of messages is wanted", tree_kind_words(node));
    if (node->count == 0 || node->count > LIMIT_MESSAGES)
        return record_fail(record, node, field, "holds %u messages; 1 to %d are wanted", (unsigned)node->count,
                           LIMIT_MESSAGES);
    struct message *messages = pool_new(record->pool, node->count, sizeof *messages);
    const struct tree_node *message = tree_first(node);
    for (size_t i = 0; i < node->count; i++, message = tree_after(record->tree, message)) {
        int status = read_message(record, message, field_path("%s[%zu]", field, i + 1).text, &messages[i]);
        if (status)
            return status;
    }
    *out = (struct messages){messages, node->count};
    return 0;
}

struct slice response_letter(size_t index) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
    return slice_make(&letters[index], 1);
}

struct slice record_extra(struct record *record, const char *const *keys, size_t count) {
    struct buffer extra = BUFFER_INIT;
    const struct tree_node *key = tree_first(record->root);
    for (size_t i = 0; i < record->root->count; i++, key = tree_after(record->tree, key + 1)) {
        if (is_known(tree_text(key, record->pool), keys, count))
            continue;
        buffer_add_char(&extra, extra.length ? ',' : '{');
        tree_write_key(&extra, key);
        buffer_add_char(&extra, ':');
        tree_write(&extra, record->tree, key + 1);
    }
    struct slice kept = SLICE_ABSENT;
    if (extra.length) {
        buffer_add_char(&extra, '}');
        kept = pool_slice(record->pool, buffer_slice(&extra));
    }
    buffer_release(&extra);
    return kept;
}

void messages_hash(struct messages messages, struct hash *hash) {
    struct hasher hasher;
    hasher_init(&hasher, NULL, 0);
    for (size_t i = 0; i < messages.count; i++) {
        hasher_add_number(&hasher, messages.items[i].role);
        hasher_add_piece(&hasher, messages.items[i].content);
    }
    hasher_finish(&hasher, hash);
}

struct slice derived_name(const struct hash *prompt, const struct hash *responses, size_t count, struct pool *pool) {
    struct hasher hasher;
    hasher_init(&hasher, NULL, 0);
    hasher_add(&hasher, prompt->bytes, sizeof prompt->bytes);
    for (size_t i = 0; i < count; i++)
        hasher_add(&hasher, responses[i].bytes, sizeof responses[i].bytes);
    struct hash hash;
    hasher_finish(&hasher, &hash);
    char name[HASH_HEX_SIZE + 2] = "x-";
    hash_to_hex(&hash, name + 2);
    return pool_slice(pool, slice_make(name, 18));
}

struct slice item_derived_name(const struct item *item, struct pool *pool) {
    struct hash prompt, responses[LIMIT_RESPONSES];
    messages_hash(item->prompt, &prompt);
    for (size_t i = 0; i < item->response_count; i++)
        messages_hash(item->responses[i].messages, &responses[i]);
    return derived_name(&prompt, responses, item->response_count, pool);
}

static bool same_messages(struct messages a, struct messages b) {
    if (a.count != b.count)
        return false;
    for (size_t i = 0; i < a.count; i++)
        if (a.items[i].role != b.items[i].role || !slice_equal(a.items[i].content, b.items[i].content))
            return false;
    return true;
}

int record_close(struct record *record, struct item *item) {
    size_t same = 1;
    while (same < item->response_count && same_messages(item->responses[0].messages, item->responses[same].messages))
        same++;
    if (same == item->response_count)
        return record_fail(record, record->root, "responses", "%s are the same text; there is nothing to compare",
                           same == 2 ? "both" : "all");
    if (!item->name.data)
        item->name = item_derived_name(item, record->pool);
    return 0;
}
