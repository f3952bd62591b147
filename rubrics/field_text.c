/* Text values: names and lines that are safe to show, to compare and to use as keys; and lists of them. */
#include "core/base/array.h"
#include "core/text/utf8.h"
#include "rubrics/field.h"

#include "core/base/banned.h"

/* Controls, line and paragraph separators, bidi embeddings, overrides and isolates, byte order mark. */
static bool point_is_control(int32_t point) {
    return point < 0x20 || (point >= 0x7F && point <= 0x9F) || (point >= 0x2028 && point <= 0x202E) ||
           (point >= 0x2066 && point <= 0x2069) || point == 0xFEFF;
}

static bool holds_control(struct slice text) {
    for (size_t at = 0; at < text.length;) {
        int32_t point = 0;
        size_t bytes = utf8_decode(text.data + at, text.length - at, &point);
        if (!bytes || point_is_control(point))
            return true;
        at += bytes;
    }
    return false;
}

/* False after a failure, or if there is no node. A text that is plain and empty, or null, is nobody's intention. */
static bool is_text(struct fields *in, const struct yaml_node *node) {
    if (in->status || !node)
        return false;
    if (node->kind != YAML_SCALAR)
        field_fail(in, node, NULL, "%s is not text; write a word, or text in double quotes",
                   node->kind == YAML_LIST ? "a list" : "a map");
    else if (yaml_is_null(node))
        field_fail(in, node, NULL, "nothing stands here; write a text, or leave the line out");
    return !in->status;
}

static const char *one_line(struct fields *in, const struct yaml_node *node, struct pool *pool, size_t most,
                            const char *otherwise) {
    if (!is_text(in, node))
        return otherwise;
    struct slice text = node->text;
    if (text.length == 0)
        field_fail(in, node, NULL, "an empty text; write at least one character");
    else if (text.length > most)
        field_fail(in, node, NULL, "a text of %zu bytes; at most %zu can stand here", text.length, most);
    else if (holds_control(text))
        field_fail(in, node, NULL, "%s holds a line break, control character or direction override; leave it out",
                   yaml_quote(text).text);
    else if (text.data[0] == ' ' || text.data[text.length - 1] == ' ')
        field_fail(in, node, NULL, "%s begins or ends with a space; leave it out", yaml_quote(text).text);
    return in->status ? otherwise : pool_string(pool, text);
}

const char *field_name(struct fields *in, const struct yaml_node *node, struct pool *pool, const char *otherwise) {
    return one_line(in, node, pool, LIMIT_NAME_BYTES, otherwise);
}

const char *field_line(struct fields *in, const struct yaml_node *node, struct pool *pool, const char *otherwise) {
    return one_line(in, node, pool, FIELD_LINE_BYTES, otherwise);
}

const char *field_text(struct fields *in, const struct yaml_node *node, struct pool *pool, const char *otherwise) {
    if (!is_text(in, node))
        return otherwise;
    if (memchr(node->text.data, '\0', node->text.length))
        field_fail(in, node, NULL, "a text with a NUL character; leave it out");
    return in->status ? otherwise : pool_string(pool, node->text);
}

int field_words(struct fields *in, const struct yaml_node *node, struct pool *pool, const char **words, int least,
                int most) {
    if (!field_is_list(in, node, (size_t)least, (size_t)most))
        return 0;
    for (size_t i = 0; i < node->count; i++) {
        words[i] = field_name(in, &node->items[i], pool, NULL);
        for (size_t j = 0; j < i && !in->status; j++)
            if (strcmp(words[i], words[j]) == 0)
                field_fail(in, &node->items[i], NULL, "%s stands in the list twice; keep one of them",
                           yaml_quote(node->items[i].text).text);
    }
    return in->status ? 0 : (int)node->count;
}
