/* First judgments as ratings; the figures are core/quality's. See lines.h. */
#include "core/report/lines.h"

#include "core/base/memory.h"
#include "core/quality/bootstrap.h"

#include "core/base/banned.h"

uint64_t team_seed(int64_t seed, int track, enum team_use use, size_t number) {
    return (((uint64_t)seed * 1000003u + (uint64_t)track) * 64u + (uint64_t)use) * 1000003u + number;
}

static bool is_pair(const struct history_row *row) {
    return row->shown[0] || row->lengths[0] || row->lengths[1];
}

void team_levels_find(struct team_levels *out, const struct counted *counted, const struct team_scale *scale) {
    *out = (struct team_levels){.letters = 2, .tie = scale->tie, .none = scale->none};
    bool many = false;
    for (size_t i = 0; i < counted->row_count; i++) {
        const struct history_row *row = counted_at(counted, i);
        out->tie |= row->prefer == CHOICE_TIE;
        out->none |= row->prefer == CHOICE_NONE;
        many |= !is_pair(row);
        if (row->prefer >= (int)out->letters)
            out->letters = (size_t)row->prefer + 1;
    }
    if (many && out->letters < 3)
        out->letters = 3;
    out->count = out->letters + out->tie + out->none;
}

uint32_t team_level(const struct team_levels *levels, int prefer) {
    if (prefer >= 0 && (size_t)prefer < levels->letters)
        return (uint32_t)prefer;
    if (prefer == CHOICE_TIE && levels->tie)
        return (uint32_t)levels->letters;
    if (prefer == CHOICE_NONE && levels->none)
        return (uint32_t)(levels->letters + levels->tie);
    return (uint32_t)levels->count;
}

/* a by S … a by 1, (tie), b by 1 … b by S. */
static uint8_t score(const struct history_row *row, int strengths, bool tie) {
    if (!is_pair(row))
        return LINES_NOWHERE;
    if (row->prefer == CHOICE_TIE && tie)
        return (uint8_t)strengths;
    if (row->prefer < 0 || row->prefer > 1 || row->strength < 1 || row->strength > strengths)
        return LINES_NOWHERE;
    return (uint8_t)(row->prefer == 0 ? strengths - row->strength : strengths + tie + row->strength - 1);
}

/* The largest strength that the rubric or a judgment of the team knows; 0 when no such judgment states one. */
static int find_strengths(const struct counted *counted, const struct team_scale *scale) {
    int strengths = scale->strengths;
    bool stated = false;
    for (size_t i = 0; i < counted->row_count; i++) {
        const struct history_row *row = counted_at(counted, i);
        stated |= row->strength > 0 && counted->rows[i].team;
        strengths = row->strength > strengths ? row->strength : strengths;
    }
    return stated ? strengths : 0;
}

void team_lines_init(struct team_lines *lines, const struct counted *counted, const struct team_scale *scale) {
    int strengths = find_strengths(counted, scale);
    *lines = (struct team_lines){
        .counted = counted,
        .direction = memory_new(counted->row_count, 1),
        .strength = memory_new(counted->row_count, 1),
        .number_of = memory_new(counted->units, sizeof *lines->number_of),
        .prompts = memory_new(counted->units, sizeof *lines->prompts),
        .ratings = memory_new(counted->row_count, sizeof *lines->ratings),
    };
    team_levels_find(&lines->levels, counted, scale);
    lines->scores = strengths ? (size_t)(2 * strengths + lines->levels.tie) : 0;
    for (size_t i = 0; i < counted->row_count; i++) {
        const struct history_row *row = counted_at(counted, i);
        uint32_t level = team_level(&lines->levels, row->prefer);
        bool first = counted->rows[i].first;
        lines->direction[i] = first && level < lines->levels.count ? (uint8_t)level : LINES_NOWHERE;
        lines->strength[i] = first && strengths ? score(row, strengths, lines->levels.tie) : LINES_NOWHERE;
    }
}

void team_lines_release(struct team_lines *lines) {
    memory_free(lines->direction);
    memory_free(lines->strength);
    memory_free(lines->number_of);
    memory_free(lines->prompts);
    memory_free(lines->ratings);
    *lines = (struct team_lines){0};
}

/* Numbers the items of these rows from 0; returns how many there are. */
static size_t number_units(struct team_lines *lines, const uint32_t *rows, size_t count) {
    const struct counted *counted = lines->counted;
    size_t units = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t unit = counted->rows[rows[i]].unit;
        if (lines->number_of[unit] > 0)
            continue;
        lines->number_of[unit] = (uint32_t)++units;
        if (counted->prompts)
            lines->prompts[units - 1] = counted->prompts[unit];
    }
    return units;
}

/* One line, of ratings below `levels` on it. */
struct line {
    const uint8_t *places; /* per counted row */
    size_t levels;
    enum team_use use;
    const enum agreement_kind *kinds;
    size_t shares, kinds_count; /* the first `shares` kinds are not corrected for chance */
    struct figure *const *out;  /* one a kind */
};

struct line_rows {
    const uint32_t *rows;
    size_t count, units;
    int64_t seed;
    size_t number, least;
};

static void find_line(const struct line *line, struct team_lines *lines, const struct line_rows *of) {
    static const char few[] = "under 50 items have two judgments";
    const struct counted *counted = lines->counted;
    struct ratings_table table;
    struct bootstrap_result results[AGREEMENT_KINDS];
    size_t n = 0, kinds = line->kinds_count;
    for (size_t i = 0; i < of->count; i++) {
        const struct counted_row *row = &counted->rows[of->rows[i]];
        uint8_t place = line->places[of->rows[i]];
        if (row->team && place < line->levels)
            lines->ratings[n++] = (struct rating){lines->number_of[row->unit] - 1, row->person, place};
    }
    ratings_table_init(&table, lines->ratings, n, of->units, line->levels);
    size_t pairable = agreement_value(&table, line->kinds[0], NULL).n;
    if (pairable > 0 && pairable < of->least) {
        for (size_t i = line->shares; i < kinds; i++)
            *line->out[i] = figure_undefined(few, pairable);
        kinds = line->shares;
    }
    bootstrap_agreement(&table, counted->prompts ? lines->prompts : NULL, line->kinds, kinds, NULL,
                        BOOTSTRAP_REPLICATES, team_seed(of->seed, counted->track, line->use, of->number), results);
    for (size_t i = 0; i < kinds; i++)
        *line->out[i] = results[i].figure;
    ratings_table_release(&table);
}

void team_lines_find(struct agreement_lines *out, struct team_lines *lines, const uint32_t *rows, size_t count,
                     int64_t seed, size_t number, size_t least) {
    static const enum agreement_kind direction[] = {AGREEMENT_PERCENT,       AGREEMENT_PAIRWISE, AGREEMENT_UNANIMOUS,
                                                    AGREEMENT_ALPHA_NOMINAL, AGREEMENT_FLEISS,   AGREEMENT_AC1};
    static const enum agreement_kind strength[] = {AGREEMENT_ALPHA_ORDINAL, AGREEMENT_AC2_ORDINAL,
                                                   AGREEMENT_ALPHA_INTERVAL};
    *out = (struct agreement_lines){.note = NULL};
    const struct line_rows of = {rows, count, number_units(lines, rows, count), seed, number, least};
    const struct line all[] = {
        {lines->direction, lines->levels.count, TEAM_DIRECTION, direction, 3, 6,
         (struct figure *[]){&out->percent, &out->pairwise, &out->unanimous, &out->alpha, &out->fleiss, &out->ac1}},
        {lines->direction, lines->levels.letters, TEAM_UNTIED, direction, 1, 1, (struct figure *[]){&out->untied}},
        {lines->strength, lines->scores, TEAM_STRENGTH, strength, 0, 3,
         (struct figure *[]){&out->strength_alpha, &out->strength_ac2, &out->strength_interval}},
    };
    for (int i = 0; i < 2 + (lines->scores > 0); i++)
        find_line(&all[i], lines, &of);
    if (lines->scores == 0)
        out->strength_alpha = out->strength_ac2 = out->strength_interval =
            figure_undefined("no judgment states a strength", 0);
    if (out->alpha.undefined && !out->ac1.undefined)
        out->note = "one category only";
    for (size_t i = 0; i < count; i++)
        lines->number_of[lines->counted->rows[rows[i]].unit] = 0;
}
