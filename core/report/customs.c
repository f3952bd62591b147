/* One pass over a person's rows; see customs.h. */
#include "core/report/customs.h"

#include "core/base/memory.h"
#include "core/model/judgment.h"
#include "core/quality/proportion.h"

#include "core/base/banned.h"

uint64_t customs_reason_hash(const char *text, size_t length) {
    uint64_t hash = UINT64_C(14695981039346656037);
    bool any = false;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte >= 'A' && byte <= 'Z')
            byte = (unsigned char)(byte + ('a' - 'A'));
        bool kept = byte >= 0x80 || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
        if (!kept)
            continue;
        any = true;
        hash = (hash ^ byte) * UINT64_C(1099511628211);
    }
    return !any ? 0 : hash ? hash : 1;
}

/* By history row, what the ratings of a pair say for a (above 0) or b. A cell counts as a share of its scale. */
static double *weigh_ratings(const struct counted *counted, const struct customs_input *input) {
    double *lean = memory_new(input->criterion_count ? counted->history->row_count : 0, sizeof *lean);
    for (size_t k = 0; k < input->criterion_count; k++) {
        const struct criterion *criterion = input->criteria[k].criterion;
        for (size_t i = 0; i < input->criteria[k].count; i++) {
            const struct criterion_cell *cell = &input->criteria[k].cells[i];
            if (criterion->per == PER_PAIR)
                lean[cell->row] += cell->value == 0 ? criterion->weight : cell->value == 1 ? -criterion->weight : 0;
            else if (cell->response < 2 && criterion->high > criterion->low)
                lean[cell->row] += (cell->response == 0 ? 1 : -1) * criterion->weight * (cell->value - criterion->low) /
                                   (criterion->high - criterion->low);
        }
    }
    return lean;
}

/* By history row and response, the criteria of one battery: those asked of each response on the scale of the first. */
struct batteries {
    struct battery {
        uint8_t criteria;
        signed char value; /* of the first */
        bool differs;
    } * of;
    size_t responses; /* a row; 0: no battery */
};

static const struct criterion *first_of_battery(const struct customs_input *input) {
    for (size_t k = 0; k < input->criterion_count; k++)
        if (input->criteria[k].criterion->per == PER_RESPONSE)
            return input->criteria[k].criterion;
    return NULL;
}

static void batteries_init(struct batteries *out, const struct counted *counted, const struct customs_input *input) {
    const struct criterion *first = first_of_battery(input);
    *out = (struct batteries){0};
    for (int pass = 0; first && pass < 2; pass++) {
        for (size_t k = 0; k < input->criterion_count; k++) {
            const struct criterion_input *one = &input->criteria[k];
            if (one->criterion->per != PER_RESPONSE || one->criterion->low != first->low ||
                one->criterion->high != first->high)
                continue;
            for (size_t i = 0; i < one->count; i++) {
                const struct criterion_cell *cell = &one->cells[i];
                if (pass == 0) {
                    out->responses = cell->response >= out->responses ? cell->response + 1u : out->responses;
                    continue;
                }
                struct battery *battery = &out->of[cell->row * out->responses + cell->response];
                battery->differs |= battery->criteria > 0 && battery->value != cell->value;
                battery->value = cell->value;
                battery->criteria++;
            }
        }
        if (pass == 0)
            out->of = memory_new(counted->history->row_count * out->responses, sizeof *out->of);
    }
}

static void count_even(const struct batteries *batteries, size_t row, size_t *even, size_t *rated) {
    for (size_t r = 0; r < batteries->responses; r++) {
        const struct battery *battery = &batteries->of[row * batteries->responses + r];
        *rated += battery->criteria > 1;
        *even += battery->criteria > 1 && !battery->differs;
    }
}

static void one_person(struct customs *out, const struct counted *counted, size_t from, size_t to,
                       const struct customs_input *input, const double *lean, const struct batteries *batteries) {
    static const double nearly_even = 1e-9;
    uint64_t *reasons = memory_new(to - from, sizeof *reasons);
    size_t n = 0, against = 0, sided = 0, even = 0, rated = 0;
    for (size_t i = from; i < to; i++) {
        const struct history_row *row = counted_at(counted, i);
        if (!counted->rows[i].first)
            continue;
        if (row->prefer >= 0)
            out->strengths[row->strength]++;
        count_even(batteries, counted->rows[i].row, &even, &rated);
        if (input->reasons && input->reasons[counted->rows[i].row])
            reasons[n++] = input->reasons[counted->rows[i].row];
        bool pair = row->shown[0] || row->lengths[0] || row->lengths[1];
        double side = input->criterion_count && pair ? lean[counted->rows[i].row] : 0;
        if (row->prefer >= 0 && row->prefer < 2 && (side > nearly_even || side < -nearly_even)) {
            sided++;
            against += (side > 0) != (row->prefer == 0);
        }
    }
    out->contradiction =
        sided ? proportion_wilson(against, sided) : figure_undefined("no ratings that favour a side", 0);
    out->even = rated ? proportion_wilson(even, rated) : figure_undefined("no response is rated on two criteria", 0);
    out->repeated = habits_repeated_rationales(reasons, n);
    memory_free(reasons);
}

void customs_find(struct customs *out, const struct counted *counted, const size_t *from,
                  const struct customs_input *input) {
    double *lean = weigh_ratings(counted, input);
    struct batteries batteries;
    batteries_init(&batteries, counted, input);
    for (size_t p = 0; p < counted->people_count; p++) {
        out[p] = (struct customs){.skips = habits_skips(0, 0, 0, 0)};
        if (input->window)
            out[p].skips.gold = out[p].skips.other = figure_undefined("not counted within a stretch of time", 0);
        one_person(&out[p], counted, from[p], from[p + 1], input, lean, &batteries);
        for (size_t i = 0; i < input->skip_count; i++) {
            const struct skip_count *skip = &input->skips[i];
            if (skip->person == counted->people[p] && skip->track == counted->track)
                out[p].skips =
                    habits_skips(skip->gold_skipped, skip->gold_served, skip->other_skipped, skip->other_served);
        }
    }
    memory_free(batteries.of);
    memory_free(lean);
}
