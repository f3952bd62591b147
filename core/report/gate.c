/* Rules × tracks × categories × what is asked; see gate.h. */
#include "core/report/gate.h"

#include <math.h>
#include <string.h>

#include "core/base/array.h"
#include "core/quality/proportion.h"

#include "core/base/banned.h"

enum { EVERYTHING = -1 }; /* in place of a code */

/* What a line is about: a category or a language, by code. */
struct part {
    enum group_by by; /* GROUP_CATEGORY or GROUP_LANGUAGE */
    int code;
    const char *name;
};

struct lines {
    struct gate_line *items;
    size_t count, capacity;
};

void gate_say_wanted(const struct gate_line *line, const char *low, struct buffer *out) {
    bool counted = line->measure == GATE_JUDGMENTS;
    if (line->measure == GATE_GOLD_ACCURACY)
        buffer_add_format(out, "≥ %.4g %%", 100 * line->wanted);
    else
        buffer_add_format(out, "≥ %.4g", line->wanted);
    if (!counted && line->rule->basis == BASIS_LOWER)
        buffer_add_format(out, " %s", low);
    if (!counted && line->rule->min_n > 0)
        buffer_add_format(out, ", n %d", line->rule->min_n);
}

const char *gate_measure_name(enum gate_measure measure) {
    static const char *const names[] = {"gold_accuracy", "krippendorff_alpha", "judgments"};
    return names[measure];
}

const char *gate_result_name(enum gate_result result) {
    static const char *const names[] = {"pass", "fail", "too little data"};
    return names[result];
}

static const struct group *find_group(const struct track_report *track, const struct part *part) {
    const struct groups *groups = &track->groups[part->by];
    for (size_t i = 0; i < groups->count; i++)
        if (groups->groups[i].key == part->code)
            return &groups->groups[i];
    return NULL;
}

/* Right and wrong on gold, of one part or EVERYTHING. */
static void add_gold(const struct track_report *track, const struct part *part, size_t *right, size_t *n) {
    const struct groups *groups = &track->groups[part->by];
    for (size_t i = 0; i < groups->count; i++)
        if (part->code == EVERYTHING || groups->groups[i].key == part->code) {
            *right += groups->groups[i].gold_right;
            *n += groups->groups[i].gold_n;
        }
}

/* Of the judgments of one part or EVERYTHING. */
static struct version_mix mix_of(const struct track_report *tracks, size_t count, const struct part *part, bool gold) {
    struct version_mix mix = {0};
    for (size_t t = 0; t < count; t++) {
        const struct groups *groups = &tracks[t].groups[part->by];
        for (size_t i = 0; i < groups->count; i++)
            if (part->code == EVERYTHING || groups->groups[i].key == part->code)
                version_mix_join(&mix, gold ? &groups->groups[i].gold_mix : &groups->groups[i].mix);
    }
    return mix;
}

static struct figure gold_accuracy(const struct track_report *tracks, size_t count, const struct part *part) {
    size_t right = 0, n = 0;
    for (size_t i = 0; i < count; i++)
        add_gold(&tracks[i], part, &right, &n);
    return n ? proportion_wilson(right, n) : figure_undefined("no gold outcomes", 0);
}

static struct figure alpha(const struct track_report *tracks, size_t count, const struct part *part) {
    if (count != 1)
        return figure_undefined("there is no agreement across tracks", 0);
    const struct group *group = part->code == EVERYTHING ? NULL : find_group(tracks, part);
    return part->code == EVERYTHING ? tracks->agreement.lines.alpha
           : group                  ? group->lines.alpha
                                    : figure_undefined("no item has two judgments", 0);
}

/* The fewest judgments of a judged item, over some tracks. */
static struct figure fewest(const struct gate_input *input, const struct track_report *tracks, size_t count,
                            const struct part *part) {
    size_t items = 0;
    double least = INFINITY;
    for (size_t t = 0; t < count; t++) {
        struct counted counted;
        counted_init(&counted, input->history, tracks[t].track, NULL, 0);
        uint32_t *judgments = memory_new(counted.units, sizeof *judgments);
        for (size_t i = 0; i < counted.row_count; i++) {
            const struct history_row *row = counted_at(&counted, i);
            int code = part->by == GROUP_LANGUAGE ? row->language : row->category;
            bool asked = part->code == EVERYTHING || code == part->code;
            judgments[counted.rows[i].unit] += asked && counted.rows[i].team && counted.rows[i].first && row->gold < 0;
        }
        for (size_t unit = 0; unit < counted.units; unit++)
            if (judgments[unit] > 0) {
                items++;
                least = fmin(least, judgments[unit]);
            }
        memory_free(judgments);
        counted_release(&counted);
    }
    return items ? figure_point(least, items) : figure_undefined("no item is judged", 0);
}

static enum gate_result judge(const struct gate_line *line) {
    const struct quality_rule *rule = line->rule;
    bool lower = rule->basis == BASIS_LOWER && line->measure != GATE_JUDGMENTS;
    if (line->figure.undefined || (lower && !figure_has_interval(&line->figure)))
        return GATE_TOO_LITTLE;
    if (line->measure != GATE_JUDGMENTS && rule->min_n > 0 && line->figure.n < (size_t)rule->min_n)
        return GATE_TOO_LITTLE;
    double value = lower ? line->figure.low : line->figure.value;
    return value >= line->wanted - 1e-12 ? GATE_PASS : GATE_FAIL; /* 0.8 of 8 of 10 */
}

/* What a rule asks of one part, or of all together, on one track, or on all together. */
static void ask(struct lines *lines, const struct gate_input *input, const struct quality_rule *rule,
                const struct track_report *tracks, size_t count, const struct part *part) {
    const double wanted[GATE_MEASURES] = {rule->min_gold_accuracy, rule->min_alpha, rule->min_judgments};
    for (int measure = 0; measure < GATE_MEASURES; measure++) {
        if (wanted[measure] < 0)
            continue;
        struct gate_line *line = ARRAY_ADD(lines);
        *line = (struct gate_line){
            .rule = rule,
            .track = strcmp(rule->track, "all") == 0 ? "all" : input->history->tracks[tracks->track],
            .category = part->by == GROUP_CATEGORY ? part->name : "all",
            .language = part->by == GROUP_LANGUAGE ? part->name : NULL,
            .measure = (enum gate_measure)measure,
            .mix = mix_of(tracks, count, part, measure == GATE_GOLD_ACCURACY),
            .figure = measure == GATE_GOLD_ACCURACY ? gold_accuracy(tracks, count, part)
                      : measure == GATE_ALPHA       ? alpha(tracks, count, part)
                                                    : fewest(input, tracks, count, part),
            .wanted = wanted[measure],
        };
        line->result = judge(line);
    }
}

static bool on_tracks(const struct track_report *tracks, size_t count, int track) {
    for (size_t i = 0; i < count; i++)
        if (tracks[i].track == track)
            return true;
    return false;
}

/* Every category (language) with judgments, worst first on its first track, then those that only have items. Where there
 * are no items at all, one line says so: a rule that asked nothing would pass. */
static void ask_each(struct lines *lines, const struct gate_input *input, const struct quality_rule *rule,
                     const struct track_report *tracks, size_t count, enum group_by by, char *const *names,
                     size_t name_count) {
    bool *asked = memory_new(name_count, sizeof *asked);
    const struct gate_parts *parts = by == GROUP_LANGUAGE ? &input->languages : &input->categories;
    size_t before = lines->count;
    for (size_t t = 0; t < count; t++)
        for (size_t i = 0; i < tracks[t].groups[by].count; i++) {
            int code = (int)tracks[t].groups[by].groups[i].key;
            if (!asked[code])
                ask(lines, input, rule, tracks, count, &(struct part){by, code, names[code]});
            asked[code] = true;
        }
    for (size_t i = 0; i < parts->count; i++) {
        int code = parts->items[i].code;
        if (on_tracks(tracks, count, parts->items[i].track) && !asked[code]) {
            ask(lines, input, rule, tracks, count, &(struct part){by, code, names[code]});
            asked[code] = true;
        }
    }
    if (lines->count == before)
        ask(lines, input, rule, tracks, count, &(struct part){by, (int)name_count, "*"});
    memory_free(asked);
}

static void hold(struct lines *lines, const struct gate_input *input, const struct quality_rule *rule,
                 const struct track_report *tracks, size_t count) {
    const struct history *history = input->history;
    enum group_by by = rule->language ? GROUP_LANGUAGE : GROUP_CATEGORY;
    const char *wanted = rule->language ? rule->language : rule->category;
    char *const *names = rule->language ? history->languages : history->categories;
    size_t name_count = rule->language ? history->language_count : history->category_count;
    if (strcmp(wanted, "all") == 0) {
        ask(lines, input, rule, tracks, count, &(struct part){by, EVERYTHING, "all"});
        return;
    }
    if (strcmp(wanted, "*") == 0) {
        ask_each(lines, input, rule, tracks, count, by, names, name_count);
        return;
    }
    int code = history_code(names, name_count, slice_of(wanted));
    if (!code)
        code = (int)name_count; /* a name that no item has: no data */
    ask(lines, input, rule, tracks, count, &(struct part){by, code, wanted});
}

static void add_part(struct gate_parts *parts, const struct history *history, struct slice track, int code) {
    *ARRAY_ADD(parts) = (struct gate_part){history_code(history->tracks, history->track_count, track), code};
}

void gate_add_category(void *context, struct slice track, struct slice category) {
    struct gate_input *input = context;
    const struct history *history = input->history;
    add_part(&input->categories, history, track, history_code(history->categories, history->category_count, category));
}

void gate_add_language(void *context, struct slice track, struct slice language) {
    struct gate_input *input = context;
    const struct history *history = input->history;
    add_part(&input->languages, history, track, history_code(history->languages, history->language_count, language));
}

void gate_input_release(struct gate_input *input) {
    ARRAY_RELEASE(&input->categories);
    ARRAY_RELEASE(&input->languages);
}

void gate_init(struct gate *out, const struct gate_input *input) {
    struct lines lines = {0};
    *out = (struct gate){.passed = true};
    for (int r = 0; r < input->rule_count; r++) {
        const struct quality_rule *rule = &input->rules[r];
        if (strcmp(rule->track, "all") == 0) {
            hold(&lines, input, rule, input->tracks, input->track_count);
            continue;
        }
        for (size_t t = 0; t < input->track_count; t++)
            if (strcmp(rule->track, "*") == 0 ||
                strcmp(rule->track, input->history->tracks[input->tracks[t].track]) == 0)
                hold(&lines, input, rule, &input->tracks[t], 1);
    }
    for (size_t i = 0; i < lines.count; i++)
        out->passed &= lines.items[i].result == GATE_PASS ||
                       (lines.items[i].result == GATE_TOO_LITTLE && lines.items[i].rule->allow_too_little);
    out->lines = lines.items;
    out->count = lines.count;
}

void gate_release(struct gate *gate) {
    memory_free(gate->lines);
    *gate = (struct gate){0};
}
