/*
 * The strict scan held against cJSON: what the scan passes cJSON must pass too, with the same strings, keys and shape
 * (what cJSON passes beyond that is its own affair). And nothing reads past the line, whatever is in it.
 */
#include <stdint.h>
#include <stdlib.h>

#include <cjson/cJSON.h>

#include "app/exchange/tree.h"
#include "core/base/memory.h"

#include "core/base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool held) {
    if (!held)
        abort();
}

static void compare(const struct tree *tree, const struct tree_node *node, const cJSON *other, struct pool *pool) {
    double number;
    if (node->kind == TREE_STRING)
        require(cJSON_IsString(other) && slice_is(tree_text(node, pool), other->valuestring));
    else if (node->kind == TREE_NUMBER)
        require(cJSON_IsNumber(other) &&
                (!tree_number(node, &number) || !(number < other->valuedouble || number > other->valuedouble)));
    else if (node->kind < TREE_NUMBER)
        require(node->kind == TREE_NULL   ? cJSON_IsNull(other)
                : node->kind == TREE_TRUE ? cJSON_IsTrue(other)
                                          : cJSON_IsFalse(other));
    else
        require(node->kind == TREE_MAP ? cJSON_IsObject(other) : cJSON_IsArray(other));
    if (node->kind != TREE_MAP && node->kind != TREE_LIST)
        return;
    const struct tree_node *inside = tree_first(node);
    const cJSON *child = other->child;
    for (size_t i = 0; i < node->count; i++, child = child->next, inside = tree_after(tree, inside)) {
        require(child != NULL);
        if (node->kind == TREE_MAP)
            require(slice_is(tree_text(inside++, pool), child->string));
        compare(tree, inside, child, pool);
    }
    require(!child);
}

/* cJSON reads at most 63 characters of a number. */
static bool has_long_number(const struct tree *tree) {
    for (size_t i = 0; i < tree->count; i++)
        if (tree->items[i].kind == TREE_NUMBER && tree->items[i].length > 62)
            return true;
    return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *line = memory_resize(NULL, size + 1, 1);
    if (size)
        memcpy(line, data, size);
    line[size] = '\0';
    struct tree tree = {0};
    struct pool pool = POOL_INIT;
    struct error error = ERROR_INIT;
    size_t column = 0;
    char *exact =
        memory_resize(NULL, size ? size : 1, 1); /* without a terminator, so that a read past the end is seen */
    memcpy(exact, line, size ? size : 1);
    if (json_scan(&tree, slice_make(exact, size), &column, &error)) {
        require(error.text[0] && column >= 1 && column <= size + 1);
    } else if (!has_long_number(&tree)) {
        cJSON *other = cJSON_ParseWithOpts(line, NULL, true);
        require(other != NULL);
        compare(&tree, tree.items, other, &pool);
        cJSON_Delete(other);
    }
    memory_free(exact);
    memory_free(line);
    tree_release(&tree);
    pool_release(&pool);
    return 0;
}
