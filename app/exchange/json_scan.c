/*
 * The strict scan of one line of JSON into a tree of spans. The text inside strings is where the bytes are: it is
 * passed 32 and then 8 bytes at a time while nothing in it needs a look.
 */
#include "app/exchange/json_strings.h"
#include "app/exchange/tree.h"
#include "core/base/array.h"
#include "core/base/limits.h"
#include "rubrics/yaml.h"

#include "core/base/banned.h"

_Static_assert(LIMIT_JSON_DEPTH == 64 && LIMIT_LINE_BYTES == 64 << 20, "two sentences below name these");

struct scan {
    struct tree *tree;
    const char *start, *at, *end;
    uint32_t open[LIMIT_JSON_DEPTH]; /* the lists and maps around `at`, as node indexes */
    size_t depth;
    size_t *column;
    struct error *error;
};

static int fail_at(struct scan *scan, const char *where, const char *sentence) {
    *scan->column = (size_t)(where - scan->start) + 1;
    return error_set(scan->error, STATUS_INPUT, "%s", sentence);
}

/* "…" is what should have stood at `at`. */
static int fail_expected(struct scan *scan, const char *expected) {
    *scan->column = (size_t)(scan->at - scan->start) + 1;
    if (scan->at == scan->end)
        return error_set(scan->error, STATUS_INPUT, "the line ends here; %s is missing", expected);
    unsigned char c = (unsigned char)*scan->at;
    if (c > ' ' && c < 0x7F)
        return error_set(scan->error, STATUS_INPUT, "'%c' stands where %s should", c, expected);
    return error_set(scan->error, STATUS_INPUT, "the byte 0x%02X stands where %s should", c, expected);
}

static void skip_space(struct scan *scan) {
    while (scan->at < scan->end && (*scan->at == ' ' || *scan->at == '\t' || *scan->at == '\r' || *scan->at == '\n'))
        scan->at++;
}

static struct tree_node *add_node(struct scan *scan, enum tree_kind kind) {
    struct tree *tree = scan->tree;
    struct tree_node *node = ARRAY_ADD(tree);
    *node = (struct tree_node){.data = scan->at, .end = (uint32_t)tree->count, .kind = (uint8_t)kind};
    return node;
}

static int read_string(struct scan *scan, uint8_t kind) {
    struct json_string_end end = json_string_scan(scan->at + 1, scan->end);
    if (end.wrong)
        return fail_at(scan, end.at, end.wrong);
    struct tree_node *node = add_node(scan, (enum tree_kind)kind);
    node->data = scan->at + 1;
    node->length = (uint32_t)(end.at - node->data);
    node->escaped = end.escaped;
    scan->at = end.at + 1;
    return 0;
}

static bool skip_digits(struct scan *scan) {
    const char *from = scan->at;
    while (scan->at < scan->end && *scan->at >= '0' && *scan->at <= '9')
        scan->at++;
    return scan->at > from;
}

static bool skip_byte(struct scan *scan, char a, char b) {
    if (scan->at == scan->end || (*scan->at != a && *scan->at != b))
        return false;
    scan->at++;
    return true;
}

static int read_number(struct scan *scan) {
    uint32_t index = (uint32_t)scan->tree->count;
    add_node(scan, TREE_NUMBER);
    const char *from = scan->at;
    skip_byte(scan, '-', '-');
    const char *digits = scan->at;
    if (!skip_digits(scan))
        return fail_expected(scan, "a digit after the minus");
    if (*digits == '0' && scan->at - digits > 1)
        return fail_at(scan, digits, "a number has no zero before its other digits");
    if (skip_byte(scan, '.', '.') && !skip_digits(scan))
        return fail_expected(scan, "a digit after the point");
    if (skip_byte(scan, 'e', 'E')) {
        skip_byte(scan, '+', '-');
        if (!skip_digits(scan))
            return fail_expected(scan, "a digit of the exponent");
    }
    scan->tree->items[index].length = (uint32_t)(scan->at - from);
    return 0;
}

static bool begins(const struct scan *scan, const char *word) {
    size_t length = strlen(word);
    return (size_t)(scan->end - scan->at) >= length && memcmp(scan->at, word, length) == 0;
}

static int read_word(struct scan *scan) {
    static const struct {
        const char *word;
        enum tree_kind kind;
    } words[] = {{"null", TREE_NULL}, {"false", TREE_FALSE}, {"true", TREE_TRUE}};
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (begins(scan, words[i].word)) {
            add_node(scan, words[i].kind)->length = (uint32_t)strlen(words[i].word);
            scan->at += strlen(words[i].word);
            return 0;
        }
    if (begins(scan, "NaN") || begins(scan, "Inf") || begins(scan, "-Inf"))
        return fail_at(scan, scan->at, "JSON has no NaN and no infinity; write a number, or null");
    if (begins(scan, "True") || begins(scan, "False") || begins(scan, "None"))
        return fail_at(scan, scan->at, "this is Python; JSON writes true, false and null");
    if (begins(scan, "'"))
        return fail_at(scan, scan->at, "a string stands between double quotes, not single ones");
    if (begins(scan, "\xEF\xBB\xBF"))
        return fail_at(scan, scan->at, "a byte order mark (U+FEFF) is allowed at the start of a file only");
    return fail_expected(scan, "a value");
}

static int read_key(struct scan *scan) {
    skip_space(scan);
    if (scan->at == scan->end || *scan->at != '"')
        return fail_expected(scan, "a key in double quotes");
    int status = read_string(scan, TREE_STRING);
    if (status)
        return status;
    skip_space(scan);
    if (!skip_byte(scan, ':', ':'))
        return fail_expected(scan, "':' after the key");
    return 0;
}

/* The list or map that is open innermost ends before `at`. */
static int close_innermost(struct scan *scan) {
    struct tree *tree = scan->tree;
    struct tree_node *node = &tree->items[scan->open[--scan->depth]];
    node->end = (uint32_t)tree->count;
    node->length = (uint32_t)(scan->at - node->data);
    if (node->kind != TREE_MAP || node->count < 2)
        return 0;
    const struct tree_node *twice = json_key_twice(tree, node);
    if (!twice)
        return 0;
    *scan->column = (size_t)(twice->data - scan->start);
    return error_set(scan->error, STATUS_INPUT, "the key %s stands twice in one object",
                     yaml_quote(slice_make(twice->data, twice->length)).text);
}

/* Reads a scalar, or the opening of a list or map. *whole: the value ends here. */
static int begin_value(struct scan *scan, bool *whole) {
    skip_space(scan);
    *whole = true;
    char c = scan->at < scan->end ? *scan->at : '\0';
    if (c == '"')
        return read_string(scan, TREE_STRING);
    if ((c >= '0' && c <= '9') || (c == '-' && !begins(scan, "-Inf")))
        return read_number(scan);
    if (c != '{' && c != '[')
        return read_word(scan);
    if (scan->depth == LIMIT_JSON_DEPTH)
        return fail_at(scan, scan->at, "more levels of nesting than the 64 that are read");
    scan->open[scan->depth++] = (uint32_t)scan->tree->count;
    add_node(scan, c == '{' ? TREE_MAP : TREE_LIST);
    scan->at++;
    skip_space(scan);
    char closing = c == '{' ? '}' : ']';
    if (skip_byte(scan, closing, closing))
        return close_innermost(scan);
    scan->tree->items[scan->open[scan->depth - 1]].count = 1;
    *whole = false;
    return c == '{' ? read_key(scan) : 0;
}

/* A value has ended: passes closing brackets and one comma (with the next key). *done: the outermost value has ended.
 * */
static int end_value(struct scan *scan, bool *done) {
    while (scan->depth > 0) {
        struct tree_node *around = &scan->tree->items[scan->open[scan->depth - 1]];
        bool map = around->kind == TREE_MAP;
        skip_space(scan);
        if (skip_byte(scan, ',', ',')) {
            around->count++;
            skip_space(scan);
            if (scan->at < scan->end && (*scan->at == '}' || *scan->at == ']'))
                return fail_at(scan, scan->at, "a comma before this has nothing behind it");
            return map ? read_key(scan) : 0;
        }
        if (!skip_byte(scan, map ? '}' : ']', map ? '}' : ']'))
            return fail_expected(scan, map ? "',' or '}'" : "',' or ']'");
        int status = close_innermost(scan);
        if (status)
            return status;
    }
    *done = true;
    return 0;
}

int json_scan(struct tree *tree, struct slice line, size_t *column, struct error *error) {
    size_t nowhere;
    struct scan scan = {.tree = tree,
                        .start = line.data,
                        .at = line.data,
                        .end = line.data + line.length,
                        .column = column ? column : &nowhere,
                        .error = error};
    tree->count = 0;
    pool_clear(&tree->scratch);
    if (line.length > LIMIT_LINE_BYTES)
        return fail_at(&scan, scan.start, "the line is longer than the 64 MiB that are read");
    for (bool done = false; !done;) {
        bool whole = true;
        int status = begin_value(&scan, &whole);
        if (!status && whole)
            status = end_value(&scan, &done);
        if (status)
            return status;
    }
    skip_space(&scan);
    if (scan.at < scan.end)
        return fail_at(&scan, scan.at, "something stands behind the end of the value; a line holds one");
    return 0;
}
