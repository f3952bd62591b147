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
    const struct history *history = &list->office->history;
    for (size_t i = 0; i < list->count; i++)
        if (!list->items[i].language && list->items[i].track == track && strcmp(list->items[i].name, name) == 0)
            return &list->items[i];
    *ARRAY_ADD(list) =
        (struct office_category){.track = track,
                                 .name = name,
                                 .code = history_code(history->categories, history->category_count, slice_of(name))};
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

static void add_closing(struct category_list *list, const struct closing *closing) {
    struct office *office = list->office;
    const struct office_track *found = office_track(office, pool_string(&office->pool, closing->track));
    const char *name = closing->category.data ? pool_string(&office->pool, closing->category) : "";
    if (found)
        category_line(list, found, name)->closing = closing;
}

static bool languages_are_asked_for(const struct campaign *campaign) {
    for (int i = 0; i < campaign->rule_count; i++)
        if (campaign->rules[i].language)
            return true;
    return false;
}

/* Where everything is in one language, and no rule speaks of it, there is nothing to compare. */
static void add_languages(struct category_list *list, const struct office_track *track) {
    const struct groups *groups = &track->report.groups[GROUP_LANGUAGE];
    bool shown = groups->count > 1 || languages_are_asked_for(list->office->campaign);
    for (size_t i = 0; i < groups->count && shown; i++)
        *ARRAY_ADD(list) = (struct office_category){.track = track,
                                                    .name = list->office->history.languages[groups->groups[i].key],
                                                    .code = (int)groups->groups[i].key,
                                                    .language = true,
                                                    .group = &groups->groups[i]};
}

bool office_rule_speaks(const struct gate_line *line, const struct office_category *one) {
    const char *name = one->language ? line->language : line->language ? NULL : line->category;
    return name && strcmp(line->track, one->track->settings->name) == 0 && strcmp(name, one->name) == 0;
}

const struct pooled_watch *office_pool(const struct office_category *one) {
    const struct track_watch *watch = &one->track->report.watch;
    for (size_t i = 0; i < watch->pooled_count && !one->language; i++)
        if (watch->pooled[i].category == one->code)
            return &watch->pooled[i];
    return NULL;
}

static const struct gate_line *worst_rule(const struct gate *gate, const struct office_category *one) {
    static const int weight[] = {[GATE_PASS] = 0, [GATE_TOO_LITTLE] = 1, [GATE_FAIL] = 2};
    const struct gate_line *worst = NULL;
    for (size_t i = 0; i < gate->count; i++) {
        const struct gate_line *line = &gate->lines[i];
        if (!office_rule_speaks(line, one))
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
    if (!status)
        status = closing_list(office->store, office->viewer, &office->pool, &office->closings, &office->closing_count,
                              error);
    for (size_t i = 0; i < office->closing_count && !status; i++)
        add_closing(&list, &office->closings[i]);
    for (size_t i = 0; i < office->track_count; i++)
        add_languages(&list, &office->tracks[i]);
    for (size_t i = 0; i < list.count; i++)
        list.items[i].rule = worst_rule(&office->gate, &list.items[i]);
    office->categories = pool_copy(&office->pool, list.items, list.count, sizeof *office->categories);
    office->category_count = list.count;
    ARRAY_RELEASE(&list);
    return status;
}
