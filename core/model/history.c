/* Frees the arrays of a history, and holds rows against keys; see history.h. */
#include "core/model/history.h"

#include "core/base/memory.h"

#include "core/base/banned.h"

static void free_names(char **names, size_t count) {
    for (size_t i = 0; names && i < count; i++)
        memory_free(names[i]);
    memory_free(names);
}

int64_t *history_restarts(const struct history *history, int person, int track, size_t *count) {
    int64_t *out = memory_new(history->restart_count, sizeof *out);
    *count = 0;
    for (size_t i = 0; i < history->restart_count; i++)
        if (history->restarts[i].person == person && history->restarts[i].track == track)
            out[(*count)++] = history->restarts[i].at;
    return out;
}

void history_release(struct history *history) {
    memory_free(history->rows);
    memory_free(history->keys);
    free_names(history->people, history->person_count);
    free_names(history->tracks, history->track_count);
    free_names(history->categories, history->category_count);
    free_names(history->languages, history->language_count);
    memory_free(history->roles);
    memory_free(history->person_ids);
    memory_free(history->track_ids);
    memory_free(history->track_rubrics);
    rubric_marks_release(&history->rubrics);
    memory_free(history->batches);
    pool_release(&history->pool);
    memory_free(history->restarts);
    *history = (struct history){0};
}

int history_code(char *const *names, size_t count, struct slice name) {
    for (size_t i = 1; i < count; i++)
        if (slice_is(name, names[i]))
            return (int)i;
    return 0;
}

int history_code_of_id(const int64_t *ids, size_t count, int64_t id) {
    for (size_t i = 1; i < count; i++)
        if (ids[i] == id)
            return (int)i;
    return 0;
}

enum verdict history_judge(const struct gold_key *key, const struct history_row *row) {
    return gold_key_judge(key, row->prefer, row->ranking ? row->ranking : "", row->strength);
}
