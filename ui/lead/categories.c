/* What is open in each category, what was judged, and the specification, joined by name; see office.h. */
#include "core/base/array.h"
#include "ui/lead/office.h"

#include "core/base/banned.h"

struct category_list {
    struct office *office;
    struct office_category *items;
    size_t count, capacity;
};

static struct office_category *category_line(struct category_list *list, const struct office_track *track,
                                             const char *name) {
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].track == track && strcmp(list->items[i].name, name) == 0)
            return &list->items[i];
    *ARRAY_ADD(list) = (struct office_category){.track = track, .name = name};
    return &list->items[list->count - 1];
}

static void add_open(void *context, struct slice track, struct slice category, int64_t open) {
    struct category_list *list = context;
    struct office *office = list->office;
    const struct office_track *found = office_track(office, pool_string(&office->pool, track));
    const char *name = category.data ? pool_string(&office->pool, category) : "";
    if (found)
        category_line(list, found, name)->open = open;
}

static const struct gate_line *worst_rule(const struct gate *gate, const char *track, const char *category) {
    static const int weight[] = {[GATE_PASS] = 0, [GATE_TOO_LITTLE] = 1, [GATE_FAIL] = 2};
    const struct gate_line *worst = NULL;
    for (size_t i = 0; i < gate->count; i++) {
        const struct gate_line *line = &gate->lines[i];
        if (strcmp(line->track, track) != 0 || strcmp(line->category, category) != 0)
            continue;
        if (!worst || weight[line->result] > weight[worst->result])
            worst = line;
    }
    return worst;
}

int categories_read(struct office *office, struct error *error) {
    struct category_list list = {.office = office};
    for (size_t i = 0; i < office->track_count; i++) {
        const struct groups *groups = &office->tracks[i].report.groups[GROUP_CATEGORY];
        for (size_t g = 0; g < groups->count; g++)
            category_line(&list, &office->tracks[i], office->history.categories[groups->groups[g].key])->group =
                &groups->groups[g];
    }
    int status = load_open_categories(office->store, add_open, &list, error);
    for (size_t i = 0; i < list.count; i++)
        list.items[i].rule = worst_rule(&office->gate, list.items[i].track->settings->name, list.items[i].name);
    office->categories = pool_new(&office->pool, list.count, sizeof *office->categories);
    office->category_count = list.count;
    if (list.count)
        memcpy(office->categories, list.items, list.count * sizeof *office->categories);
    ARRAY_RELEASE(&list);
    return status;
}
