/*
 * The tree is built from libyaml's events, not from its documents: so limits hold while reading, and an alias is
 * seen where it stands. Finished nodes wait on one stack; the end of a list or map takes its children from there
 * into the pool.
 */
#include "rubrics/yaml.h"

#include <stdio.h>
#include <stdlib.h>
#include <yaml.h>

#include "core/base/array.h"
#include "core/base/memory.h"
#include "core/text/utf8.h"

#include "core/base/banned.h"

struct building {
    struct yaml *yaml;
    struct error *error;
    struct slice text; /* without its byte order mark */
    yaml_parser_t parser;
    struct {
        struct yaml_node *items;
        size_t count, capacity;
    } nodes; /* finished ones without a parent yet */
    struct open {
        struct yaml_node node;
        size_t first; /* child on the stack of nodes */
    } open[YAML_DEPTH];
    size_t depth;
    size_t total; /* nodes so far */
    struct {
        struct yaml_node *items;
        size_t count, capacity;
    } documents;
};

static int fail_at(const struct building *in, int line, int column, const char *sentence) {
    return error_set(in->error, STATUS_INPUT, "%s:%d:%d: %s", in->yaml->file, line, column, sentence);
}

static int fail_at_mark(const struct building *in, yaml_mark_t mark, const char *sentence) {
    return fail_at(in, (int)mark.line + 1, (int)mark.column + 1, sentence);
}

/* A sentence about the byte at an offset; line and column are counted up to it. */
static int fail_at_offset(const struct building *in, size_t offset, const char *sentence) {
    size_t line = 1, start = 0;
    for (size_t i = 0; i < offset; i++)
        if (in->text.data[i] == '\n')
            line++, start = i + 1;
    size_t column = utf8_count(slice_make(in->text.data + start, offset - start)) + 1;
    return fail_at(in, (int)line, (int)column, sentence);
}

/* The byte that a mark points at; NUL at the end. A mark counts code points, so the line is walked. */
static char byte_at_mark(const struct building *in, yaml_mark_t mark) {
    const char *at = in->text.data, *end = at + in->text.length;
    for (size_t line = 0; line < mark.line; line++) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        if (!newline)
            return '\0';
        at = newline + 1;
    }
    size_t offset = (size_t)(at - in->text.data);
    for (size_t i = 0; i < mark.column; i++)
        offset = utf8_next(in->text, offset);
    return offset < in->text.length ? in->text.data[offset] : '\0';
}

/* What libyaml found wrong, with the advice that it does not give. */
static int fail_parser(const struct building *in) {
    const yaml_parser_t *parser = &in->parser;
    const char *problem = parser->problem ? parser->problem : "it cannot be read";
    yaml_mark_t mark = parser->problem_mark;
    if (parser->error == YAML_READER_ERROR)
        return fail_at_offset(in, parser->problem_offset < in->text.length ? parser->problem_offset : in->text.length,
                              "a control character; in double quotes it can be written as an escape such as \"\\x1b\"");
    char byte = byte_at_mark(in, mark);
    if (strstr(problem, "cannot start any token")) {
        if (byte == '\t')
            return fail_at_mark(in, mark, "a tab; YAML is indented with spaces");
        return fail_at_mark(in, mark, "text that begins with this sign; put the text in double quotes");
    }
    if (strstr(problem, "mapping values are not allowed"))
        return fail_at_mark(in, mark,
                            "a colon that cannot stand here; put a text that holds \": \" in double quotes, or "
                            "check the indentation");
    if (strstr(problem, "unexpected end of stream") || strstr(problem, "document indicator"))
        return fail_at_mark(in, mark, "the text ends inside quotes; close them");
    char context[160] = "", sentence[512];
    if (parser->context && parser->context_mark.line != mark.line)
        snprintf(context, sizeof context, " %s that begins at line %zu", parser->context,
                 parser->context_mark.line + 1);
    snprintf(sentence, sizeof sentence, "not valid YAML: %s%s; check indentation, quotes and brackets", problem,
             context);
    return fail_at_mark(in, mark, sentence);
}

static struct yaml_node node_at(enum yaml_kind kind, yaml_mark_t mark) {
    return (struct yaml_node){.kind = kind, .line = (int)mark.line + 1, .column = (int)mark.column + 1};
}

static int order_of_keys(const void *a, const void *b) {
    const struct yaml_pair *x = *(const struct yaml_pair *const *)a, *y = *(const struct yaml_pair *const *)b;
    struct slice s = x->key.text, t = y->key.text;
    int order = memcmp(s.data, t.data, s.length < t.length ? s.length : t.length);
    if (order == 0 && s.length != t.length)
        order = s.length < t.length ? -1 : 1;
    return order ? order : (x > y) - (x < y);
}

/* The first key that stands in the map a second time; NULL if all differ. *first receives where it stood before. */
static const struct yaml_node *duplicate_key(const struct yaml_node *map, const struct yaml_node **first) {
    const struct yaml_node *found = NULL;
    const struct yaml_pair **sorted = memory_new(map->count, sizeof *sorted);
    for (size_t i = 0; i < map->count; i++)
        sorted[i] = &map->pairs[i];
    qsort(sorted, map->count, sizeof *sorted, order_of_keys);
    for (size_t i = 1; i < map->count; i++)
        if (slice_equal(sorted[i - 1]->key.text, sorted[i]->key.text) && (!found || &sorted[i]->key < found)) {
            found = &sorted[i]->key;
            *first = &sorted[i - 1]->key;
        }
    memory_free(sorted);
    return found;
}

static int close_list(struct building *in, struct yaml_node *list, const struct yaml_node *children, size_t count) {
    struct yaml_node *items = pool_new(&in->yaml->pool, count, sizeof *items);
    for (size_t i = 0; i < count; i++)
        items[i] = children[i];
    list->items = items;
    list->count = count;
    return 0;
}

static int close_map(struct building *in, struct yaml_node *map, const struct yaml_node *children, size_t count) {
    struct yaml_pair *pairs = pool_new(&in->yaml->pool, count / 2, sizeof *pairs);
    map->pairs = pairs;
    map->count = count / 2;
    for (size_t i = 0; i < map->count; i++) {
        pairs[i] = (struct yaml_pair){children[2 * i], children[2 * i + 1]};
        const struct yaml_node *key = &pairs[i].key;
        if (key->kind != YAML_SCALAR)
            return fail_at(in, key->line, key->column, "a list or map as a key; a key is one word");
        if (key->plain && slice_is(key->text, "<<"))
            return fail_at(in, key->line, key->column, "merge keys are not read here; write the values out");
    }
    const struct yaml_node *first = NULL, *again = map->count > 1 ? duplicate_key(map, &first) : NULL;
    if (again) {
        char sentence[320];
        snprintf(sentence, sizeof sentence, "%s stands here a second time, first at line %d; keep one of them",
                 yaml_quote(again->text).text, first->line);
        return fail_at(in, again->line, again->column, sentence);
    }
    return 0;
}

static int open_node(struct building *in, enum yaml_kind kind, yaml_mark_t mark) {
    if (in->depth == YAML_DEPTH) {
        char sentence[96];
        snprintf(sentence, sizeof sentence, "lists and maps are nested too deep; at most %d levels are read",
                 YAML_DEPTH);
        return fail_at_mark(in, mark, sentence);
    }
    in->open[in->depth++] = (struct open){node_at(kind, mark), in->nodes.count};
    return 0;
}

static int close_node(struct building *in) {
    struct open *open = &in->open[--in->depth];
    size_t count = in->nodes.count - open->first;
    const struct yaml_node *children = count ? in->nodes.items + open->first : NULL;
    int status = open->node.kind == YAML_LIST ? close_list(in, &open->node, children, count)
                                              : close_map(in, &open->node, children, count);
    in->nodes.count = open->first;
    *ARRAY_ADD(&in->nodes) = open->node;
    return status;
}

static int take_scalar(struct building *in, const yaml_event_t *event) {
    struct yaml_node node = node_at(YAML_SCALAR, event->start_mark);
    node.plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    node.text =
        pool_slice(&in->yaml->pool, slice_make((const char *)event->data.scalar.value, event->data.scalar.length));
    *ARRAY_ADD(&in->nodes) = node;
    return 0;
}

/* The one node that is left on the stack is the root. */
static int take_document(struct building *in) {
    const struct yaml_node root = in->nodes.items[--in->nodes.count];
    bool empty = root.kind == YAML_SCALAR && root.plain && root.text.length == 0;
    if (!empty)
        *ARRAY_ADD(&in->documents) = root;
    return 0;
}

/* Tags and anchors are refused where they stand. */
static int refuse(const struct building *in, yaml_mark_t mark, const void *tag, const void *anchor) {
    if (anchor)
        return fail_at_mark(in, mark,
                            "anchors and aliases (&, *) are not read here; write the value out, or put the text "
                            "in double quotes");
    if (tag)
        return fail_at_mark(in, mark, "tags (!) are not read here; leave it out, or put the text in double quotes");
    return 0;
}

static int take_event(struct building *in, const yaml_event_t *event) {
    int status = 0;
    if (in->total > YAML_NODES)
        return fail_at_mark(in, event->start_mark,
                            "too many values for one YAML file; use JSON lines for so much data");
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (event->data.document_start.tag_directives.start != event->data.document_start.tag_directives.end)
            return fail_at_mark(in, event->start_mark, "%TAG is not read here; leave it out");
        return 0;
    case YAML_DOCUMENT_END_EVENT:
        return take_document(in);
    case YAML_ALIAS_EVENT:
        return refuse(in, event->start_mark, NULL, event->data.alias.anchor);
    case YAML_SCALAR_EVENT:
        in->total++;
        status = refuse(in, event->start_mark, event->data.scalar.tag, event->data.scalar.anchor);
        return status ? status : take_scalar(in, event);
    case YAML_SEQUENCE_START_EVENT:
        in->total++;
        status = refuse(in, event->start_mark, event->data.sequence_start.tag, event->data.sequence_start.anchor);
        return status ? status : open_node(in, YAML_LIST, event->start_mark);
    case YAML_MAPPING_START_EVENT:
        in->total++;
        status = refuse(in, event->start_mark, event->data.mapping_start.tag, event->data.mapping_start.anchor);
        return status ? status : open_node(in, YAML_MAP, event->start_mark);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        return close_node(in);
    default:
        return 0;
    }
}

static int build(struct building *in) {
    yaml_parser_set_encoding(&in->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&in->parser, (const unsigned char *)in->text.data, in->text.length);
    for (bool end = false; !end;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&in->parser, &event)) {
            if (in->parser.error == YAML_MEMORY_ERROR)
                abort();
            return fail_parser(in);
        }
        int status = take_event(in, &event);
        end = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
        if (status)
            return status;
    }
    struct yaml_node *documents = pool_new(&in->yaml->pool, in->documents.count, sizeof *documents);
    for (size_t i = 0; i < in->documents.count; i++)
        documents[i] = in->documents.items[i];
    in->yaml->documents = documents;
    in->yaml->document_count = in->documents.count;
    return 0;
}

int yaml_read(struct yaml *yaml, struct slice text, const char *file, struct error *error) {
    static const char mark[] = "\xEF\xBB\xBF";
    *yaml = (struct yaml){.pool = POOL_INIT};
    yaml->file = pool_string(&yaml->pool, slice_of(file));
    if (text.length >= 3 && memcmp(text.data, mark, 3) == 0)
        text = slice_make(text.data + 3, text.length - 3);
    if (!text.data)
        text = slice_of("");

    struct building *in = memory_new(1, sizeof *in); /* too large for a thread's stack of unknown size */
    *in = (struct building){.yaml = yaml, .error = error, .text = text};
    int status;
    size_t invalid = utf8_first_invalid(text);
    if (text.length > LIMIT_YAML_BYTES)
        status = error_set(error, STATUS_INPUT, "%s: is larger than %d MB; use JSON lines for so much data", yaml->file,
                           LIMIT_YAML_BYTES >> 20);
    else if (invalid < text.length)
        status = fail_at_offset(in, invalid, "a byte that is not UTF-8; save the file as UTF-8");
    else if (!yaml_parser_initialize(&in->parser))
        abort();
    else
        status = build(in);
    yaml_parser_delete(&in->parser);
    ARRAY_RELEASE(&in->nodes);
    ARRAY_RELEASE(&in->documents);
    memory_free(in);
    if (status)
        yaml_release(yaml);
    return status;
}

void yaml_release(struct yaml *yaml) {
    pool_release(&yaml->pool);
    *yaml = (struct yaml){.pool = POOL_INIT};
}
