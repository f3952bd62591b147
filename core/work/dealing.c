/* How a batch is put together; see dealing.h. A purpose string belongs to one kind of decision and never changes
 * its meaning. */
#include "core/work/dealing.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/base/memory.h"
#include "core/hash/draw.h"

#include "core/base/banned.h"

struct number_text {
    char text[24];
};

static struct number_text in_words(int64_t number) {
    struct number_text out;
    snprintf(out.text, sizeof out.text, "%lld", (long long)number);
    return out;
}

/* A whole number whose mean over many questions is x: the fraction is a keyed draw. */
static size_t settle(const unsigned char *key, struct draw *what, double x) {
    double whole = floor(x);
    return (size_t)whole + (draw_unit(key, what) < x - whole);
}

static size_t at_most(size_t value, size_t limit) {
    return value < limit ? value : limit;
}

/* Gold and retests of a batch of `total`; what is left is production. */
static void take_shares(const unsigned char *key, int64_t person, int64_t batch_number, double total, double gold_rate,
                        double retest_rate, struct deal_counts available, struct deal_counts *out) {
    struct number_text who = in_words(person);
    struct draw gold = {.purpose = "gold count", .person = who.text, .round = batch_number};
    struct draw retest = {.purpose = "retest count", .person = who.text, .round = batch_number};
    out->gold = at_most(settle(key, &gold, total * gold_rate), available.gold);
    out->retest = at_most(settle(key, &retest, total * retest_rate), available.retest);
}

struct deal_counts deal_count(const unsigned char key[32], int64_t person, int64_t batch_number,
                              const struct track_settings *track, double gold_rate, struct deal_counts available) {
    struct deal_counts out = {0};
    size_t batch = (size_t)track->batch;
    double gold = fmin(fmax(gold_rate, 0), 0.9), retest = fmin(fmax(track->retest_rate, 0), 0.95 - gold);
    if (available.production == 0 || batch == 0)
        return out;
    take_shares(key, person, batch_number, (double)batch, gold, retest, available, &out);
    if (out.gold + out.retest >= batch)
        out = (struct deal_counts){.gold = at_most(out.gold, batch / 2)};
    size_t wanted = batch - out.gold - out.retest;
    if (available.production < wanted) {
        double total = (double)available.production / (1 - gold - retest);
        take_shares(key, person, batch_number, fmin(total, (double)batch), gold, retest, available, &out);
        wanted = available.production;
    }
    out.production = wanted;
    if (gold_rate <= 0.2)
        while (out.gold > 0 && out.gold * 5 > out.production + out.gold + out.retest)
            out.gold--;
    while (out.retest > 0 && out.production + out.gold + out.retest > batch)
        out.retest--;
    while (out.gold > 0 && out.production + out.gold + out.retest > batch)
        out.gold--;
    return out;
}

/* --- The match
 * ------------------------------------------------------------------------------------------------------- */

enum { LENGTH_BANDS = 4, DIFFICULTIES = 4 };

struct match {
    const struct deal_item *production;
    size_t production_count;
    size_t cuts[LENGTH_BANDS - 1]; /* quartiles of the production lengths */
    size_t used[DIFFICULTIES];     /* chosen so far, of each difficulty */
};

static int compare_sizes(const void *a, const void *b) {
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

static void match_start(struct match *match, const struct deal_item *production, size_t count) {
    *match = (struct match){.production = production, .production_count = count};
    size_t *lengths = memory_new(count, sizeof *lengths);
    for (size_t i = 0; i < count; i++)
        lengths[i] = production[i].length;
    qsort(lengths, count, sizeof *lengths, compare_sizes);
    for (size_t k = 1; count > 0 && k < LENGTH_BANDS; k++)
        match->cuts[k - 1] = lengths[k * count / LENGTH_BANDS];
    memory_free(lengths);
}

static int length_band(const struct match *match, size_t length) {
    int band = 0;
    for (size_t k = 0; k < LENGTH_BANDS - 1; k++)
        band += length >= match->cuts[k];
    return band;
}

static bool category_occurs(const struct match *match, int category) {
    for (size_t i = 0; i < match->production_count; i++)
        if (match->production[i].category == category)
            return true;
    return false;
}

/* How unlike the template a candidate is: responses first (a lone ranking among pairs is seen at a glance), then category, language, length, and
 * last a difficulty that is much used already. */
static uint64_t distance(const struct match *match, const struct deal_item *like, const struct deal_item *candidate,
                         bool occurs) {
    uint64_t responses = (uint64_t)abs(candidate->responses - like->responses);
    uint64_t category = candidate->category == like->category ? 0 : occurs ? 1 : 2;
    uint64_t language = candidate->language != like->language;
    int bands = abs(length_band(match, candidate->length) - length_band(match, like->length));
    return responses << 42 | category << 40 | language << 36 | (uint64_t)bands << 32 |
           (uint64_t)match->used[candidate->difficulty];
}

/* The nearest candidates that are not taken: *nearest gets their indices (room for candidate_count). */
static size_t find_nearest(const struct match *match, const struct deal_item *like, const struct deal_item *candidates,
                           const unsigned char *state, size_t candidate_count, size_t *nearest) {
    uint64_t best = UINT64_MAX;
    size_t count = 0;
    for (size_t i = 0; i < candidate_count; i++) {
        if (state[i] & 1)
            continue;
        uint64_t far = distance(match, like, &candidates[i], state[i] & 2);
        if (far < best) {
            best = far;
            count = 0;
        }
        if (far == best)
            nearest[count++] = i;
    }
    return count;
}

size_t deal_match(const unsigned char key[32], int64_t person, const struct deal_item *production,
                  size_t production_count, const struct deal_item *candidates, size_t candidate_count, size_t wanted,
                  size_t *chosen) {
    wanted = at_most(wanted, candidate_count);
    if (wanted == 0 || production_count == 0)
        return 0;
    struct match match;
    match_start(&match, production, production_count);
    size_t *templates = memory_new(production_count, sizeof *templates);
    size_t *nearest = memory_new(candidate_count, sizeof *nearest);
    unsigned char *state = memory_new(candidate_count, 1); /* bit 0: taken; bit 1: its category occurs in production */
    for (size_t i = 0; i < candidate_count; i++)
        state[i] = category_occurs(&match, candidates[i].category) ? 2 : 0;

    /* What the draws are about: this person, and the first production item, which no other batch of this person
     * has. */
    struct number_text who = in_words(person), first = in_words(production[0].item);
    struct draw order = {.purpose = "match template", .person = who.text, .item = first.text};
    struct draw pick = {.purpose = "match pick", .person = who.text, .item = first.text};
    draw_order(key, &order, templates, production_count);
    size_t found = 0;
    for (size_t slot = 0; slot < wanted; slot++) {
        const struct deal_item *like = &production[templates[slot % production_count]];
        size_t count = find_nearest(&match, like, candidates, state, candidate_count, nearest);
        pick.ordinal = (int64_t)slot;
        size_t one = nearest[draw_below(key, &pick, count)];
        if (candidates[one].responses != like->responses)
            continue;
        state[one] |= 1;
        match.used[candidates[one].difficulty]++;
        chosen[found++] = one;
    }
    memory_free(templates);
    memory_free(nearest);
    memory_free(state);
    return found;
}

/* --- The even draw
 * --------------------------------------------------------------------------------------------------- */

size_t deal_even(const unsigned char key[32], int64_t person, int64_t batch_number, const struct deal_item *candidates,
                 size_t candidate_count, size_t wanted, size_t *chosen) {
    struct number_text who = in_words(person);
    size_t *order = memory_new(candidate_count, sizeof *order), count = 0;
    /* how often its category, and in the low bits its difficulty within it, was chosen; the largest: it is chosen itself */
    uint64_t *used = memory_new(candidate_count, sizeof *used);
    draw_order(key, &(struct draw){.purpose = "even draw", .person = who.text, .round = batch_number}, order,
               candidate_count);
    while (count < at_most(wanted, candidate_count)) {
        size_t best = order[0];
        for (size_t i = 1; i < candidate_count; i++)
            if (used[order[i]] < used[best])
                best = order[i];
        for (size_t i = 0; i < candidate_count; i++)
            if (used[i] != UINT64_MAX && candidates[i].category == candidates[best].category)
                used[i] += (UINT64_C(1) << 32) + (candidates[i].difficulty == candidates[best].difficulty);
        used[best] = UINT64_MAX;
        chosen[count++] = best;
    }
    memory_free(order);
    memory_free(used);
    return count;
}

/* --- Positions and sides
 * --------------------------------------------------------------------------------------------- */

void deal_order(const unsigned char key[32], int64_t person, int64_t batch_number, size_t n, size_t *order) {
    struct number_text who = in_words(person);
    draw_order(key, &(struct draw){.purpose = "position", .person = who.text, .round = batch_number}, order, n);
}

/* Letters in a keyed order; with two, a coin. */
static void draw_letters(const unsigned char *key, const struct draw *what, size_t responses, char *shown) {
    size_t order[LIMIT_RESPONSES];
    draw_order(key, what, order, responses);
    for (size_t i = 0; i < responses; i++)
        shown[i] = (char)('a' + order[i]);
    shown[responses] = '\0';
}

void deal_shown(const unsigned char key[32], int64_t person, int64_t item, int64_t round, int pass, size_t responses,
                const char *before, char shown[LIMIT_RESPONSES + 1]) {
    struct number_text who = in_words(person), which = in_words(item);
    struct draw what = {.purpose = "side", .person = who.text, .item = which.text, .round = round, .ordinal = pass};
    if (!before) {
        draw_letters(key, &what, responses, shown);
        return;
    }
    bool swapped = draw_bits(key, &what) & 1;
    for (size_t i = 0; i < responses; i++)
        shown[i] = before[swapped ? responses - 1 - i : i];
    shown[responses] = '\0';
}
