/*
 * See gold_tells.h. Compared are hidden gold in force and items that never had a key, none of them retired. Numbers
 * are compared as they are; a category or language is a feature that an item has or not.
 */
#include "app/gold_tells.h"

#include "core/base/array.h"
#include "core/base/json.h"
#include "core/base/memory.h"
#include "core/quality/tells.h"
#include "store/load.h"
#include "store/load_desk.h"

#include "core/base/banned.h"

enum side { PRODUCTION, GOLD };
enum number { LENGTH, PROMPT_LENGTH, TURNS, MARKDOWN, NUMBERS };
static const char *const number_names[NUMBERS] = {"length", "prompt length", "turns", "Markdown"};
enum kind_of { CATEGORY, LANGUAGE, KINDS_OF };
static const char *const kind_names[KINDS_OF] = {"category", "language"};

struct kinds {
    struct kind_count {
        struct slice name; /* "" : items without one */
        size_t count[2];
    } * items;
    size_t count, capacity;
};

struct features {
    struct pool pool;
    struct {
        double *items;
        size_t count, capacity;
    } numbers[NUMBERS][2];
    size_t items[2], code[2];
    struct kinds kinds[KINDS_OF];
    struct shown_first shown;
};

/* The marks of Markdown in a text: * # ` | anywhere, and a dash or > that begins a line. */
static size_t count_marks(struct slice text) {
    size_t marks = 0;
    bool start = true;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        marks += c == '*' || c == '#' || c == '`' || c == '|' || (start && (c == '-' || c == '>'));
        start = c == '\n' || (start && c == ' ');
    }
    return marks;
}

static bool has_code(struct slice text) {
    for (size_t i = 0; i + 3 <= text.length; i++)
        if (memcmp(text.data + i, "```", 3) == 0)
            return true;
    return false;
}

static void count_kind(struct features *features, enum kind_of of, struct slice name, enum side side) {
    struct kinds *kinds = &features->kinds[of];
    size_t i = 0;
    if (!name.data)
        name = slice_of("");
    while (i < kinds->count && !slice_equal(kinds->items[i].name, name))
        i++;
    if (i == kinds->count)
        *ARRAY_ADD(kinds) = (struct kind_count){.name = pool_slice(&features->pool, name)};
    kinds->items[i].count[side]++;
}

static int visit(void *context, const struct item_line *line, struct error *error) {
    (void)error;
    struct features *features = context;
    const struct item *item = &line->item;
    if (line->retired || line->was_gold || item->redacted || (line->gold && item->gold->use != GOLD_HIDDEN))
        return STATUS_OK;
    enum side side = line->gold ? GOLD : PRODUCTION;
    size_t length = 0, marks = 0;
    bool code = false;
    for (size_t i = 0; i < item->response_count; i++) {
        struct messages messages = item->responses[i].messages;
        length += messages_length(messages);
        for (size_t m = 0; m < messages.count; m++) {
            marks += count_marks(messages.items[m].content);
            code |= has_code(messages.items[m].content);
        }
    }
    const double values[NUMBERS] = {
        [LENGTH] = (double)length,
        [PROMPT_LENGTH] = (double)messages_length(item->prompt),
        [TURNS] = (double)item->prompt.count,
        [MARKDOWN] = length ? (double)marks / (double)length : 0,
    };
    for (int i = 0; i < NUMBERS; i++)
        *ARRAY_ADD(&features->numbers[i][side]) = values[i];
    features->items[side]++;
    features->code[side] += code;
    count_kind(features, CATEGORY, item->category, side);
    count_kind(features, LANGUAGE, item->language, side);
    return STATUS_OK;
}

static void release(struct features *features) {
    for (int i = 0; i < NUMBERS; i++)
        for (int side = 0; side < 2; side++)
            ARRAY_RELEASE(&features->numbers[i][side]);
    for (int i = 0; i < KINDS_OF; i++)
        ARRAY_RELEASE(&features->kinds[i]);
    pool_release(&features->pool);
}

/* --- Writing -------------------------------------------------------------------------------------------------- */

struct writer {
    FILE *out;
    struct json *json; /* NULL: a table */
};

static void write_tell(struct writer *writer, const char *feature, const struct slice *value, const struct tell *tell) {
    const char *words = tell_verdict_words(tell->verdict);
    if (!writer->json) {
        print_column(writer->out, value ? slice_of("") : slice_of(feature), value ? 3 : 25);
        if (value)
            print_column(writer->out, value->length ? *value : slice_of("(none)"), 22);
        if (tell->verdict == TELL_TOO_LITTLE)
            fprintf(writer->out, "%4s %13s  %s\n", "", "", words);
        else
            fprintf(writer->out, "%4.2f  %4.2f to %4.2f  %s\n", tell->auc, tell->low, tell->high, words);
        return;
    }
    struct json *json = writer->json;
    json_open(json, '{');
    json_key(json, "feature");
    json_text(json, feature);
    json_key(json, "value");
    if (value)
        json_string(json, *value);
    else
        json_null(json);
    const double figures[] = {tell->auc, tell->low, tell->high};
    const char *const keys[] = {"auc", "low", "high"};
    for (int i = 0; i < 3; i++) {
        json_key(json, keys[i]);
        if (tell->verdict == TELL_TOO_LITTLE)
            json_null(json);
        else
            json_number(json, figures[i]);
    }
    json_key(json, "verdict");
    json_text(json, words);
    json_close(json, '}');
}

static double variation_of(const struct kinds *kinds) {
    size_t *counts[2];
    for (int side = 0; side < 2; side++) {
        counts[side] = memory_new(kinds->count, sizeof *counts[side]);
        for (size_t i = 0; i < kinds->count; i++)
            counts[side][i] = kinds->items[i].count[side];
    }
    double variation = tell_variation(counts[GOLD], counts[PRODUCTION], kinds->count);
    memory_free(counts[0]);
    memory_free(counts[1]);
    return variation;
}

/* One name for all tells nothing, and is not looked at. */
static size_t looks_of(const struct features *features) {
    size_t looks = NUMBERS + 2; /* code, order */
    for (int i = 0; i < KINDS_OF; i++)
        looks += features->kinds[i].count > 1 ? features->kinds[i].count : 0;
    return looks;
}

static void write_features(struct writer *writer, struct features *features) {
    size_t m = features->items[GOLD], n = features->items[PRODUCTION], looks = looks_of(features);
    const struct shown_first *shown = &features->shown;
    struct tell tell;
    for (int i = 0; i < NUMBERS; i++) {
        tell_number(&tell, features->numbers[i][GOLD].items, m, features->numbers[i][PRODUCTION].items, n, looks);
        write_tell(writer, number_names[i], NULL, &tell);
    }
    tell_presence(&tell, features->code[GOLD], m, features->code[PRODUCTION], n, looks);
    write_tell(writer, "code", NULL, &tell);
    tell_presence(&tell, (size_t)shown->first[GOLD], (size_t)shown->dealt[GOLD], (size_t)shown->first[PRODUCTION],
                  (size_t)shown->dealt[PRODUCTION], looks);
    write_tell(writer, "response order", NULL, &tell);
    for (int k = 0; k < KINDS_OF; k++) {
        const struct kinds *kinds = &features->kinds[k];
        if (kinds->count < 2)
            continue;
        if (!writer->json)
            fprintf(writer->out, "%s: %.0f %% of gold would have to change it (total variation)\n", kind_names[k],
                    100 * variation_of(kinds));
        for (size_t i = 0; i < kinds->count; i++) {
            tell_presence(&tell, kinds->items[i].count[GOLD], m, kinds->items[i].count[PRODUCTION], n, looks);
            write_tell(writer, kind_names[k], &kinds->items[i].name, &tell);
        }
    }
}

static void write_head(struct writer *writer, const struct features *features, const char *track, bool first) {
    if (!writer->json) {
        fputs(first ? "" : "\n", writer->out);
        print_text(writer->out, slice_of(track), false);
        fprintf(writer->out, ": %zu hidden gold against %zu items\n%-25s%4s  %s\n", features->items[GOLD],
                features->items[PRODUCTION], "feature", "AUC", "interval");
        return;
    }
    struct json *json = writer->json;
    json_key(json, "track");
    json_text(json, track);
    json_key(json, "gold");
    json_integer(json, (int64_t)features->items[GOLD]);
    json_key(json, "production");
    json_integer(json, (int64_t)features->items[PRODUCTION]);
    json_key(json, "total_variation");
    json_open(json, '{');
    for (int k = 0; k < KINDS_OF; k++) {
        json_key(json, kind_names[k]);
        json_number(json, variation_of(&features->kinds[k]));
    }
    json_close(json, '}');
}

static int write_track(struct invocation *invocation, struct writer *writer, const char *track, bool first,
                       struct error *error) {
    struct features features = {.pool = POOL_INIT};
    int status = load_items(invocation->store, track, visit, &features, error);
    if (!status)
        status = load_shown_first(invocation->store, &invocation->viewer, track, &features.shown, error);
    if (!status && !writer->json) {
        write_head(writer, &features, track, first);
        write_features(writer, &features);
    } else if (!status) {
        json_open(writer->json, '{');
        write_head(writer, &features, track, first);
        json_key(writer->json, "tells");
        json_open(writer->json, '[');
        write_features(writer, &features);
        json_close(writer->json, ']');
        json_close(writer->json, '}');
    }
    release(&features);
    return status;
}

int gold_tells(struct invocation *invocation, struct error *error) {
    const char *track = option_value(invocation, "track");
    struct buffer text = BUFFER_INIT;
    struct json json;
    struct writer writer = {invocation->out, invocation->json ? &json : NULL};
    int status = track ? chosen_track(invocation, &track, error) : STATUS_OK;
    json_start(&json, &text);
    json_open(&json, '[');
    for (int i = 0; i < invocation->campaign.track_count && !status; i++) {
        const char *name = invocation->campaign.tracks[i].name;
        if (!track || strcmp(name, track) == 0)
            status = write_track(invocation, &writer, name, track || i == 0, error);
    }
    json_close(&json, ']');
    if (!status && writer.json)
        fprintf(invocation->out, "%s\n", text.data);
    buffer_release(&text);
    return status;
}
