/* See sample_in.h. */
#include "app/demo/sample_in.h"

#include "app/demo/sample.h"
#include "app/exchange/format.h"
#include "core/hash/hash.h"
#include "rubrics/yaml.h"
#include "store/import.h"

#include "core/base/banned.h"

struct slice sample_text(const char *name) {
    for (size_t i = 0; i < sample_file_count; i++)
        if (strcmp(sample_files[i].name, name) == 0)
            return sample_files[i].text;
    return SLICE_ABSENT;
}

static bool begins_with(const char *text, const char *prefix) {
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* Each entry of the list that a sample file is. */
static int walk_file(const struct sample_file *file, sample_visit *visit, void *context, struct error *error) {
    struct yaml yaml;
    const struct yaml_node *list;
    struct tree tree = {0};
    struct pool pool = POOL_INIT;
    int status = yaml_read(&yaml, file->text, file->name, error);
    if (status)
        return status;
    status = yaml_single(&yaml, &list, error);
    if (!status && list->kind != YAML_LIST)
        status = yaml_fail(&yaml, list, NULL, error, "is not a list of items");
    for (size_t i = 0; !status && i < list->count; i++) {
        struct item item;
        pool_clear(&pool);
        status = tree_from_yaml(&tree, &list->items[i], error);
        struct record record = {.tree = &tree, .root = tree.items, .pool = &pool, .error = error};
        if (!status)
            status = format_native.read(&record, &item);
        if (status)
            error_prefix(error, "%s:%d: ", file->name, list->items[i].line);
        item.line = (size_t)list->items[i].line;
        if (!status)
            status = visit(context, &item, error);
    }
    tree_release(&tree);
    pool_release(&pool);
    yaml_release(&yaml);
    return status;
}

int sample_items(const char *prefix, sample_visit *visit, void *context, struct error *error) {
    int status = STATUS_OK;
    for (size_t i = 0; i < sample_file_count && !status; i++)
        if (begins_with(sample_files[i].name, prefix))
            status = walk_file(&sample_files[i], visit, context, error);
    return status;
}

static int put(void *context, const struct item *item, struct error *error) {
    enum import_fate fate;
    return import_put(context, item, &fate, error);
}

static int import_file(struct store *store, const struct viewer *viewer, const struct campaign *campaign,
                       const struct sample_file *file, uint64_t *added, struct error *error) {
    struct import_source source = {slice_of(file->name), slice_of(format_native.name)};
    struct import *import;
    struct import_counts counts;
    struct hash hash;
    char hex[HASH_HEX_SIZE];
    int status = import_begin(store, viewer, campaign, &source, false, &import, error);
    if (status)
        return status;
    status = walk_file(file, put, import, error);
    if (status) {
        import_abort(import);
        return status;
    }
    hash_bytes(&hash, file->text);
    hash_to_hex(&hash, hex);
    status = import_end(import, slice_of(hex), file->text.length, &counts, error);
    if (!status && added)
        *added += counts.added;
    return status;
}

int sample_import(struct store *store, const struct viewer *viewer, const struct campaign *campaign, const char *prefix,
                  uint64_t *added, struct error *error) {
    int status = STATUS_OK;
    if (added)
        *added = 0;
    for (size_t i = 0; i < sample_file_count && !status; i++)
        if (begins_with(sample_files[i].name, prefix))
            status = import_file(store, viewer, campaign, &sample_files[i], added, error);
    return status;
}
