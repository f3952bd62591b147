/* What becomes of one item, and its row; see export.h. Pure. */
#include "app/exchange/export.h"

#include "core/base/array.h"
#include "core/base/json.h"
#include "core/base/memory.h"

#include "core/base/banned.h"

static bool is_empty(struct messages messages) {
    for (size_t i = 0; i < messages.count; i++)
        for (size_t k = 0; k < messages.items[i].content.length; k++)
            if (!strchr(" \t\r\n", messages.items[i].content.data[k]) || !messages.items[i].content.data[k])
                return false;
    return true;
}

static bool is_same(struct messages a, struct messages b) {
    if (a.count != b.count)
        return false;
    for (size_t i = 0; i < a.count; i++)
        if (a.items[i].role != b.items[i].role || !slice_equal(a.items[i].content, b.items[i].content))
            return false;
    return true;
}

/* What keeps the texts of a pair out of training data. */
static enum policy_reason judge_texts(const struct item *item, int x, int y) {
    struct messages a = item->responses[x].messages, b = item->responses[y].messages;
    if (is_same(a, b))
        return POLICY_EQUAL_TEXTS;
    if (is_empty(a) || is_empty(b))
        return POLICY_EMPTY_TEXT;
    enum role last = item->prompt.items[item->prompt.count - 1].role;
    return last == ROLE_USER || last == ROLE_TOOL ? POLICY_EXPORTED : POLICY_PROMPT;
}

static size_t judge_votes(const struct export_item *item, const struct export_policy *policy, struct policy_pair *out) {
    enum { FEW = 32 };
    struct policy_vote few[FEW], *votes = item->vote_count > FEW ? memory_new(item->vote_count, sizeof *votes) : few;
    size_t pairs = 1;
    for (size_t i = 0; i < item->vote_count; i++)
        votes[i] = (struct policy_vote){item->votes[i].prefer, item->votes[i].strength, item->votes[i].ranking};
    if (item->item.response_count == 2 || item->vote_count == 0)
        out[0] = (struct policy_pair){0, 1, policy_majority(votes, item->vote_count, policy)};
    else
        pairs = policy_pairs(votes, item->vote_count, item->item.response_count, policy, out);
    if (votes != few)
        memory_free(votes);
    return pairs;
}

size_t export_judge(const struct export_item *item, const struct export_policy *policy,
                    struct policy_pair out[POLICY_PAIRS]) {
    if (item->gold) {
        out[0] = (struct policy_pair){0, 1, {.reason = POLICY_GOLD, .chosen = CHOICE_MISSING}};
        return 1;
    }
    size_t pairs = judge_votes(item, policy, out);
    for (size_t i = 0; i < pairs; i++) {
        struct policy_answer *answer = &out[i].answer;
        if (item->vote_count == 0 && item->held_count > 0)
            answer->reason = POLICY_HELD;
        if (answer->reason == POLICY_EXPORTED)
            answer->reason = judge_texts(&item->item, out[i].better, out[i].worse);
    }
    return pairs;
}

static void write_text(struct buffer *out, const char *key, struct slice text) {
    buffer_add_string(out, key);
    json_quote(out, text);
}

static void write_messages(struct buffer *out, const char *key, struct messages messages) {
    static const char *const heads[] = {[ROLE_SYSTEM] = "{\"role\":\"system\",\"content\":",
                                        [ROLE_USER] = "{\"role\":\"user\",\"content\":",
                                        [ROLE_ASSISTANT] = "{\"role\":\"assistant\",\"content\":",
                                        [ROLE_TOOL] = "{\"role\":\"tool\",\"content\":"};
    buffer_add_string(out, key);
    for (size_t i = 0; i < messages.count; i++) {
        buffer_add_char(out, i ? ',' : '[');
        write_text(out, heads[messages.items[i].role], messages.items[i].content);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

static bool is_single(struct messages messages, enum role role) {
    return messages.count == 1 && messages.items[0].role == role;
}

bool export_write_row(struct buffer *out, const struct item *item, int chosen, int rejected, bool plain) {
    struct messages good = item->responses[chosen].messages, bad = item->responses[rejected].messages;
    if (plain) {
        if (!is_single(item->prompt, ROLE_USER) || !is_single(good, ROLE_ASSISTANT) || !is_single(bad, ROLE_ASSISTANT))
            return false;
        write_text(out, "{\"prompt\":", item->prompt.items[0].content);
        write_text(out, ",\"chosen\":", good.items[0].content);
        write_text(out, ",\"rejected\":", bad.items[0].content);
    } else {
        write_messages(out, "{\"prompt\":", item->prompt);
        write_messages(out, ",\"chosen\":", good);
        write_messages(out, ",\"rejected\":", bad);
    }
    buffer_add_string(out, "}\n");
    return true;
}

static const struct {
    const char *key, *words;
} omissions[EXPORT_OMISSIONS] = {
    [OMITTED_MANY_TURNS] = {"many_turns", "more than one question and one answer, which plain text cannot hold"},
    [OMITTED_REDACTED] = {"redacted", "its texts were taken out of the store"},
};

const char *export_omission_key(enum export_omission omission) {
    return omissions[omission].key;
}

const char *export_omission_words(enum export_omission omission) {
    return omissions[omission].words;
}

char *export_sidecar_path(const char *path) {
    static const char end[] = ".jsonl", meta[] = ".meta.jsonl";
    size_t length = strlen(path);
    if (length > strlen(end) && strcmp(path + length - strlen(end), end) == 0)
        length -= strlen(end);
    struct buffer sidecar = BUFFER_INIT;
    buffer_add(&sidecar, path, length);
    buffer_add_string(&sidecar, meta);
    return buffer_detach(&sidecar);
}
