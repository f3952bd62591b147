/*
 * A record to an item, in every format: no crash, an error is a sentence, and an item that is read is written out as
 * a line that reads back as the same line.
 */
#include <stdint.h>
#include <stdlib.h>

#include "app/exchange/format.h"
#include "app/exchange/lines_out.h"
#include "core/base/memory.h"

#include "core/base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool held) {
    if (!held)
        abort();
}

/* Reads one line; false, with a sentence, if it is no item. */
static bool read_item(struct tree *tree, struct pool *pool, const struct format *format, struct slice line,
                      struct item *item) {
    struct error error = ERROR_INIT;
    if (json_scan(tree, line, NULL, &error))
        return false;
    struct record record = {.tree = tree, .root = tree->items, .pool = pool, .error = &error};
    const struct format *found;
    (void)format_detect(&record, &found);
    if (format->read(&record, item) == 0)
        return true;
    require(error.text[0] != '\0');
    return false;
}

static void check_round_trip(const struct item *item) {
    struct buffer first = BUFFER_INIT, second = BUFFER_INIT;
    struct tree tree = {0};
    struct pool pool = POOL_INIT;
    struct item again;
    item_write_line(&first, item);
    require(read_item(&tree, &pool, &format_native, slice_make(first.data, first.length - 1), &again));
    item_write_line(&second, &again);
    require(slice_equal(buffer_slice(&first), buffer_slice(&second)));
    buffer_release(&first);
    buffer_release(&second);
    tree_release(&tree);
    pool_release(&pool);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct tree tree = {0};
    struct pool pool = POOL_INIT;
    struct item item;
    char *line = memory_resize(NULL, size ? size : 1, 1);
    if (size)
        memcpy(line, data, size);
    for (size_t i = 0; i < format_count; i++) {
        pool_clear(&pool);
        if (read_item(&tree, &pool, formats[i], slice_make(line, size), &item) && formats[i] == &format_native)
            check_round_trip(&item);
    }
    memory_free(line);
    tree_release(&tree);
    pool_release(&pool);
    return 0;
}
