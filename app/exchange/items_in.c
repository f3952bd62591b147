/* Records out of a file, whatever holds them; see items_in.h. */
#include "app/exchange/items_in.h"

#include "core/base/limits.h"
#include "core/base/memory.h"
#include "rubrics/yaml.h"

#include "core/base/banned.h"

struct items {
    struct input *input;
    const struct format *format;
    struct tree tree;
    struct pool pool;
    struct slice line; /* the record's text; absent for YAML */
    uint64_t number;   /* the line it begins at */
    bool is_yaml;
    struct yaml yaml;
    size_t document, entry; /* the next record of the yaml */
    struct buffer text;     /* of a YAML record, as JSON */
};

static bool ends_with(const char *name, const char *end) {
    size_t length = strlen(name), tail = strlen(end);
    return length >= tail && strcmp(name + length - tail, end) == 0;
}

static bool named_yaml(const char *path) {
    return ends_with(path, ".yaml") || ends_with(path, ".yml") || ends_with(path, ".yaml.gz") ||
           ends_with(path, ".yml.gz");
}

static int read_yaml(struct items *items, struct error *error) {
    struct buffer text = BUFFER_INIT;
    int status = input_rest(items->input, &text, LIMIT_YAML_BYTES, error);
    if (!status)
        status = yaml_read(&items->yaml, buffer_slice(&text), input_name(items->input), error);
    items->is_yaml = !status;
    buffer_release(&text);
    return status;
}

/* "id: q-1", as a document that holds one item begins. */
static bool begins_map(struct slice text) {
    size_t at = 0;
    while (at < text.length && ((text.data[at] >= 'a' && text.data[at] <= 'z') || text.data[at] == '_'))
        at++;
    return at > 0 && at < text.length && text.data[at] == ':';
}

/* Looks at the first line: JSON lines, YAML, or something that only looks like one of them. */
static int look(struct items *items, const char *path, struct error *error) {
    struct slice line;
    int found = input_line(items->input, &line, error);
    if (found <= 0)
        return found;
    input_again(items->input);
    size_t at = 0;
    while (at < line.length && (line.data[at] == ' ' || line.data[at] == '\t'))
        at++;
    char first = line.data[at];
    if (named_yaml(path) || first == '-' || first == '#' || first == '%' ||
        begins_map(slice_make(line.data + at, line.length - at)))
        return read_yaml(items, error);
    bool spread = first == '{' && at + 1 == line.length;
    if (first == '[' || spread)
        return error_set(error, STATUS_INPUT, "%s:%llu: %s; one object a line is wanted (jq -c '%s' makes these)",
                         input_name(items->input), (unsigned long long)input_line_number(items->input),
                         spread ? "a JSON object over several lines" : "a JSON array", spread ? "." : ".[]");
    return 0;
}

int items_open(struct items **out, const char *path, const char *format, struct error *error) {
    struct items *items = memory_new(1, sizeof *items);
    buffer_init(&items->text);
    int status = format && strcmp(format, "auto") != 0 ? format_find(format, &items->format, error) : 0;
    if (!status)
        status = input_open(&items->input, path, error);
    if (!status)
        status = look(items, path, error);
    if (status) {
        items_close(items);
        items = NULL;
    }
    *out = items;
    return status;
}

void items_close(struct items *items) {
    if (!items)
        return;
    if (items->is_yaml)
        yaml_release(&items->yaml);
    input_close(items->input);
    tree_release(&items->tree);
    pool_release(&items->pool);
    buffer_release(&items->text);
    memory_free(items);
}

static void place_error(const struct items *items, uint64_t line, size_t column, struct error *error) {
    if (column)
        error_prefix(error, "%s:%llu:%zu: ", items_name(items), (unsigned long long)line, column);
    else
        error_prefix(error, "%s:%llu: ", items_name(items), (unsigned long long)line);
}

/* The next line as a tree; in the pool, if there is one. */
static int next_json(struct items *items, struct pool *pool, struct error *error) {
    int found = input_line(items->input, &items->line, error);
    if (found <= 0)
        return found;
    if (pool)
        items->line = pool_slice(pool, items->line);
    items->number = input_line_number(items->input);
    size_t column = 0;
    if (json_scan(&items->tree, items->line, &column, error)) {
        place_error(items, items->number, column, error);
        return ITEMS_BAD;
    }
    return ITEMS_ITEM;
}

/* The next entry of a list, or document, as a tree. */
static int next_yaml(struct items *items, struct error *error) {
    while (items->document < items->yaml.document_count) {
        const struct yaml_node *node = &items->yaml.documents[items->document];
        bool list = node->kind == YAML_LIST;
        if (items->entry == (list ? node->count : 1)) {
            items->document++;
            items->entry = 0;
            continue;
        }
        if (list)
            node = &node->items[items->entry];
        items->entry++;
        items->number = (uint64_t)node->line;
        if (tree_from_yaml(&items->tree, node, error)) {
            place_error(items, items->number, 0, error);
            return ITEMS_BAD;
        }
        return ITEMS_ITEM;
    }
    return ITEMS_END;
}

/* What was found as a tree becomes an item. */
static int read_item(struct items *items, struct pool *pool, struct item *item, struct error *error) {
    struct record record = {.tree = &items->tree, .root = items->tree.items, .pool = pool, .error = error};
    if (!items->format) {
        int status = format_detect(&record, &items->format);
        if (status) {
            place_error(items, record.failed_line ? record.failed_line : items->number, 0, error);
            return status;
        }
    }
    if (items->format->read(&record, item)) {
        place_error(items, record.failed_line ? record.failed_line : items->number, 0, error);
        return ITEMS_BAD;
    }
    item->line = (size_t)items->number;
    return ITEMS_ITEM;
}

int items_next(struct items *items, struct item *item, struct error *error) {
    pool_clear(&items->pool);
    int found = items->is_yaml ? next_yaml(items, error) : next_json(items, NULL, error);
    return found == ITEMS_ITEM ? read_item(items, &items->pool, item, error) : found;
}

int items_next_kept(struct items *items, struct pool *pool, struct item *item, struct slice *text,
                    struct error *error) {
    int found = items->is_yaml ? next_yaml(items, error) : next_json(items, pool, error);
    if (found <= 0)
        return found;
    *text = items->is_yaml ? pool_slice(pool, items_text(items)) : items->line;
    return found == ITEMS_ITEM ? read_item(items, pool, item, error) : found;
}

uint64_t items_line(const struct items *items) {
    return items->number;
}

struct slice items_text(struct items *items) {
    if (!items->is_yaml)
        return items->line;
    buffer_clear(&items->text);
    if (items->tree.count)
        tree_write(&items->text, &items->tree, items->tree.items);
    return buffer_slice(&items->text);
}

const struct format *items_format(const struct items *items) {
    return items->format;
}

const char *items_name(const struct items *items) {
    return input_name(items->input);
}

const struct input *items_input(const struct items *items) {
    return items->input;
}
