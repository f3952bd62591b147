/*
 * Nodes: looking them up, and saying where one stands. The path of a node is found only when an error needs it, by
 * its address.
 */
#include <stdio.h>

#include "core/base/buffer.h"
#include "core/text/clean.h"
#include "core/text/utf8.h"
#include "rubrics/yaml.h"

#include "core/base/banned.h"

const struct yaml_node *yaml_find(const struct yaml_node *map, const char *key) {
    if (!map || map->kind != YAML_MAP)
        return NULL;
    for (size_t i = 0; i < map->count; i++)
        if (slice_is(map->pairs[i].key.text, key))
            return &map->pairs[i].value;
    return NULL;
}

bool yaml_is_null(const struct yaml_node *node) {
    static const char *const words[] = {"", "~", "null", "Null", "NULL"};
    if (node->kind != YAML_SCALAR || !node->plain)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slice_is(node->text, words[i]))
            return true;
    return false;
}

int yaml_single(const struct yaml *yaml, const struct yaml_node **root, struct error *error) {
    if (yaml->document_count == 0)
        return error_set(error, STATUS_INPUT, "%s:1:1: the file holds nothing but space and comments", yaml->file);
    if (yaml->document_count > 1)
        return yaml_fail(yaml, &yaml->documents[1], NULL, error, "a second document; this file holds exactly one");
    *root = &yaml->documents[0];
    return 0;
}

/* Appends at most `most` code points of text, harmless to a terminal. */
static void add_clipped(struct buffer *out, struct slice text, size_t most) {
    size_t end = 0;
    for (size_t i = 0; i < most && end < text.length; i++)
        end = utf8_next(text, end);
    text_clean(out, slice_make(text.data, end), CLEAN_ONE_LINE);
    if (end < text.length)
        buffer_add_string(out, "…");
}

struct yaml_quote yaml_quote(struct slice text) {
    struct buffer clean = BUFFER_INIT;
    add_clipped(&clean, text, 40);
    struct yaml_quote quote;
    size_t room = sizeof quote.text - 3, length = clean.length; /* quotes and terminator */
    if (length > room)
        for (length = room; ((unsigned char)clean.data[length] & 0xC0) == 0x80;)
            length--;
    snprintf(quote.text, sizeof quote.text, "\"%.*s\"", (int)length, clean.data);
    buffer_release(&clean);
    return quote;
}

static void add_key(struct buffer *path, struct slice key) {
    if (path->length)
        buffer_add_char(path, '.');
    add_clipped(path, key, 40);
}

/* Appends the way from node to target; true if target is node or stands below it. */
static bool add_path(struct buffer *path, const struct yaml_node *node, const struct yaml_node *target) {
    if (node == target)
        return true;
    size_t length = path->length;
    for (size_t i = 0; node->kind != YAML_SCALAR && i < node->count; i++) {
        bool found;
        if (node->kind == YAML_MAP) {
            add_key(path, node->pairs[i].key.text);
            found = &node->pairs[i].key == target || add_path(path, &node->pairs[i].value, target);
        } else {
            buffer_add_format(path, "[%zu]", i + 1);
            found = add_path(path, &node->items[i], target);
        }
        if (found)
            return true;
        buffer_cut(path, length);
    }
    return false;
}

int yaml_fail(const struct yaml *yaml, const struct yaml_node *node, const char *child, struct error *error,
              const char *format, ...) {
    struct buffer sentence = BUFFER_INIT;
    for (size_t i = 0; i < yaml->document_count; i++)
        if (add_path(&sentence, &yaml->documents[i], node))
            break;
    if (child)
        add_key(&sentence, slice_of(child));
    if (sentence.length)
        buffer_add_string(&sentence, ": ");
    va_list arguments;
    va_start(arguments, format);
    buffer_add_format_list(&sentence, format, arguments);
    va_end(arguments);
    int status = error_set(error, STATUS_INPUT, "%s:%d:%d: %s", yaml->file, node->line, node->column, sentence.data);
    buffer_release(&sentence);
    return status;
}
