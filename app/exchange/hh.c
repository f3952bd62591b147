/*
 * Transcripts as hh-rlhf has them: {"chosen": "…", "rejected": "…"}, each a whole conversation in one string, whose
 * turns begin with a blank line and `Human: ` or `Assistant: `. The turns that both sides begin with are the prompt,
 * what follows on each side is a response: usually one message, more where the sides part early, and it may be empty.
 * What a turn says is kept to the byte. Which side was chosen becomes a label. It must not show in the order or in
 * the names of the responses: these follow from a hash of the texts.
 */
#include "app/exchange/format.h"
#include "app/exchange/record.h"
#include "core/base/array.h"
#include "core/base/limits.h"
#include "core/hash/hash.h"

#include "core/base/banned.h"

/* Bytes of a marker at `at`, without the space behind it; 0 if there is none. The blank line counts. */
static size_t marker(struct slice text, size_t at, enum role *role) {
    static const struct {
        const char *mark;
        enum role role;
    } marks[] = {{"\n\nHuman:", ROLE_USER}, {"\n\nAssistant:", ROLE_ASSISTANT}};
    for (size_t i = 0; i < COUNT_OF(marks); i++) {
        size_t length = strlen(marks[i].mark);
        if (text.length - at >= length && memcmp(text.data + at, marks[i].mark, length) == 0) {
            *role = marks[i].role;
            return length;
        }
    }
    return 0;
}

/* A turn begins at `at` if the marker has a space behind it, or nothing: the end, or the next marker. */
static bool turn_begins(struct slice text, size_t at, enum role *role, size_t *content) {
    size_t length = marker(text, at, role);
    if (length == 0)
        return false;
    *content = at + length;
    if (*content == text.length)
        return true;
    if (text.data[*content] == ' ') {
        ++*content;
        return true;
    }
    enum role next;
    return marker(text, *content, &next) > 0;
}

/* The first turn at or after `from`; text.length if there is none. */
static size_t find_turn(struct slice text, size_t from, enum role *role, size_t *content) {
    while (from < text.length) {
        const char *newline = memchr(text.data + from, '\n', text.length - from);
        if (!newline)
            break;
        from = (size_t)(newline - text.data);
        if (turn_begins(text, from, role, content))
            return from;
        from++;
    }
    return text.length;
}

static int read_side(struct record *record, const char *key, struct messages *out) {
    const struct tree_node *node = record_find(record, record->root, key);
    if (!node)
        return record_fail(record, record->root, key, "is missing; a row has \"chosen\" and \"rejected\"");
    struct slice text;
    int status = record_text(record, node, key, &text);
    if (status)
        return status;
    enum role role;
    size_t content = 0, count = 0;
    if (find_turn(text, 0, &role, &content) != 0 || text.length == 0)
        return record_fail(record, node, key,
                           "does not begin with a turn; a blank line and \"Human: \" is how one begins");
    for (size_t at = 0; at < text.length; at = find_turn(text, content, &role, &content))
        count++;
    if (count > LIMIT_MESSAGES)
        return record_fail(record, node, key, "holds %zu turns; at most %d are read", count, LIMIT_MESSAGES);
    struct message *turns = pool_new(record->pool, count, sizeof *turns);
    find_turn(text, 0, &role, &content);
    for (size_t i = 0; i < count; i++) {
        size_t from = content;
        turns[i].role = role;
        size_t end = find_turn(text, content, &role, &content);
        turns[i].content = slice_make(text.data + from, end - from);
    }
    *out = (struct messages){turns, count};
    return 0;
}

static size_t common_turns(struct messages a, struct messages b) {
    size_t count = 0;
    // NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult): both were read whole
    while (count < a.count && count < b.count && a.items[count].role == b.items[count].role &&
           slice_equal(a.items[count].content, b.items[count].content))
        count++;
    return count;
}

/* Which of two responses is stored first: by their hashes under a mask that follows from the prompt, so that a text that
 * many items share (an empty one) is not always the same letter. */
static bool stands_first(const struct hash *prompt, const struct hash *response, const struct hash *other) {
    size_t at = 0;
    while (at < HASH_BYTES - 1 && response->bytes[at] == other->bytes[at])
        at++;
    return (response->bytes[at] ^ prompt->bytes[at]) < (other->bytes[at] ^ prompt->bytes[at]);
}

/* The two responses in their stored order, the label, and the name where the row has none. */
static void place_responses(struct record *record, struct item *item, struct messages chosen,
                            struct messages rejected) {
    struct hash prompt = {0}, good = {0}, bad = {0}, responses[2];
    messages_hash(item->prompt, &prompt);
    messages_hash(chosen, &good);
    messages_hash(rejected, &bad);
    size_t first = stands_first(&prompt, &good, &bad) ? 0 : 1;
    item->responses[first].messages = chosen;
    item->responses[1 - first].messages = rejected;
    item->responses[0].name = response_letter(0);
    item->responses[1].name = response_letter(1);
    item->response_count = 2;
    item->label = (struct label){.present = true, .prefer = (int)first};
    responses[first] = good;
    responses[1 - first] = bad;
    if (!item->name.data)
        item->name = derived_name(&prompt, responses, 2, record->pool);
}

static int read_hh(struct record *record, struct item *item) {
    static const char *const known[] = {"chosen", "rejected", "id", "track", "category", "language"};
    *item = (struct item){0};
    if (record->root->kind != TREE_MAP)
        return record_fail(record, record->root, "",
                           "the line is %s; an object with \"chosen\" and \"rejected\" is wanted",
                           tree_kind_words(record->root));
    struct messages chosen, rejected;
    int status = read_side(record, "chosen", &chosen);
    if (!status)
        status = read_side(record, "rejected", &rejected);
    if (!status)
        status = record_names(record, item);
    if (status)
        return status;
    size_t common = common_turns(chosen, rejected);
    if (common == chosen.count && common == rejected.count)
        return record_fail(record, record->root, "rejected",
                           "is the same text as \"chosen\"; there is nothing to compare");
    /* Where one side ends inside the other, its last turn is its response. */
    size_t shorter = chosen.count < rejected.count ? chosen.count : rejected.count;
    if (common == shorter)
        common--;
    if (common == 0)
        return record_fail(record, record->root, "rejected",
                           "shares no turn with \"chosen\"; the turns both begin with are the prompt");
    item->prompt = (struct messages){chosen.items, common};
    place_responses(record, item, (struct messages){chosen.items + common, chosen.count - common},
                    (struct messages){rejected.items + common, rejected.count - common});
    item->extra = record_extra(record, known, COUNT_OF(known));
    return record_close(record, item);
}

static bool is_transcript(const struct record *record, const char *key) {
    const struct tree_node *node = tree_find(record->tree, record->root, key);
    if (!node || node->kind != TREE_STRING)
        return false;
    struct slice text = tree_text(node, record->pool);
    enum role role;
    size_t content;
    return text.length > 0 && turn_begins(text, 0, &role, &content);
}

static bool is_hh(const struct record *record) {
    return is_transcript(record, "chosen") && is_transcript(record, "rejected");
}

const struct format format_hh = {
    "hh", "transcripts: chosen and rejected, with turns led by Human: and Assistant:", is_hh, read_hh};
