/* The table of formats, and which of them a record is in. */
#include "app/exchange/format.h"

#include "app/exchange/record.h"
#include "core/base/array.h"
#include "core/text/suggest.h"
#include "rubrics/yaml.h"

#include "core/base/banned.h"

const struct format *const formats[] = {&format_hh, &format_native};
const size_t format_count = COUNT_OF(formats);

int format_find(const char *name, const struct format **out, struct error *error) {
    const char *names[COUNT_OF(formats) + 1] = {"auto"};
    struct buffer list = BUFFER_INIT;
    buffer_add_string(&list, "auto");
    for (size_t i = 0; i < format_count; i++) {
        if (strcmp(name, formats[i]->name) == 0) {
            buffer_release(&list);
            *out = formats[i];
            return 0;
        }
        names[i + 1] = formats[i]->name;
        buffer_add_format(&list, ", %s", formats[i]->name);
    }
    const char *near = suggest(name, names, COUNT_OF(names));
    int status =
        error_set(error, STATUS_USAGE, "%s is no format that is read here; %s%s", yaml_quote(slice_of(name)).text,
                  near ? "did you mean " : "there are ", near ? near : list.data);
    buffer_release(&list);
    return status;
}

int format_detect(struct record *record, const struct format **out) {
    if (record->root->kind != TREE_MAP)
        return record_fail(record, record->root, "", "the record is %s; an object is wanted",
                           tree_kind_words(record->root));
    for (size_t i = 0; i < format_count; i++)
        if (formats[i]->recognises(record)) {
            *out = formats[i];
            return 0;
        }
    struct buffer fields = BUFFER_INIT;
    const struct tree_node *key = tree_first(record->root);
    for (size_t i = 0; i < record->root->count && i < 8; i++, key = tree_after(record->tree, key + 1))
        buffer_add_format(&fields, "%s%s", i ? ", " : "", yaml_quote(tree_text(key, record->pool)).text);
    if (record->root->count == 0)
        buffer_add_string(&fields, "none");
    struct buffer known = BUFFER_INIT;
    for (size_t i = 0; i < format_count; i++)
        buffer_add_format(&known, "%s%s (%s)", i ? "; " : "", formats[i]->name, formats[i]->words);
    int status =
        record_fail(record, record->root, "", "the fields are of no format that is known here: %s; known are %s",
                    fields.data, known.data);
    buffer_release(&fields);
    buffer_release(&known);
    return status;
}
