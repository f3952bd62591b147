/* Items and judgments as JSON lines; see lines_out.h. */
#include "app/exchange/lines_out.h"

#include "core/base/timestamp.h"

#include "core/base/banned.h"

static void write_key_slice(struct json *json, const char *key, struct slice text) {
    json_key(json, key);
    if (text.data)
        json_string(json, text);
    else
        json_null(json);
}

/* Nothing if the text is absent. */
static void write_present(struct json *json, const char *key, struct slice text) {
    if (text.data && text.length)
        write_key_slice(json, key, text);
}

static void write_messages(struct json *json, const char *key, struct messages messages) {
    json_key(json, key);
    json_open(json, '[');
    for (size_t i = 0; i < messages.count; i++) {
        json_open(json, '{');
        json_key(json, "role");
        json_text(json, role_name(messages.items[i].role));
        json_key(json, "content");
        json_string(json, messages.items[i].content);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void write_response(struct json *json, const struct response *response) {
    struct messages messages = response->messages;
    json_open(json, '{');
    write_key_slice(json, "id", response->name);
    if (messages.count == 1 && messages.items[0].role == ROLE_ASSISTANT)
        write_key_slice(json, "content", messages.items[0].content);
    else
        write_messages(json, "messages", messages);
    write_present(json, "model", response->model);
    json_close(json, '}');
}

/* An order in stored letters as groups of names, best first. */
static void write_groups(struct json *json, const char *order, const struct slice *names) {
    json_open(json, '[');
    json_open(json, '[');
    for (; *order; order++) {
        if (*order == '>') {
            json_close(json, ']');
            json_open(json, '[');
        } else if (*order != '=') {
            json_string(json, names[*order - 'a']);
        }
    }
    json_close(json, ']');
    json_close(json, ']');
}

static void write_prefer(struct json *json, int prefer, const struct slice *names) {
    if (prefer == CHOICE_TIE)
        json_text(json, "tie");
    else if (prefer == CHOICE_NONE)
        json_text(json, "none");
    else if (prefer >= 0)
        json_string(json, names[prefer]);
    else
        json_null(json);
}

static void write_answer(struct json *json, const struct gold_answer *answer, const struct slice *names) {
    if (!answer->ranking.text[0]) {
        write_prefer(json, answer->prefer, names);
        return;
    }
    json_open(json, '{');
    json_key(json, "ranking");
    write_groups(json, answer->ranking.text, names);
    json_close(json, '}');
}

void gold_write(struct json *json, const struct gold_key *key, const struct item *item) {
    struct slice names[LIMIT_RESPONSES];
    for (size_t i = 0; i < item->response_count; i++)
        names[i] = item->responses[i].name;
    json_open(json, '{');
    json_key(json, "prefer");
    if (key->answer_count != 1)
        json_open(json, '[');
    for (size_t i = 0; i < key->answer_count; i++)
        write_answer(json, &key->answers[i], names);
    if (key->answer_count != 1)
        json_close(json, ']');
    if (key->low) {
        json_key(json, "strength");
        json_open(json, '[');
        json_integer(json, key->low);
        json_integer(json, key->high);
        json_close(json, ']');
    }
    write_present(json, "explanation", key->explanation);
    if (difficulty_name(key->difficulty)) {
        json_key(json, "difficulty");
        json_text(json, difficulty_name(key->difficulty));
    }
    json_key(json, "use");
    json_text(json, gold_use_name(key->use));
    json_close(json, '}');
}

/* The members of a raw object, which is `{…}` without space around it. */
static void write_inside(struct json *json, struct slice object) {
    if (object.length <= 2)
        return;
    if (json->comma)
        buffer_add_char(json->out, ',');
    buffer_add(json->out, object.data + 1, object.length - 2);
    json->comma = true;
}

void item_write_members(struct json *json, const struct item *item) {
    write_key_slice(json, "id", item->name);
    write_present(json, "track", item->track);
    write_present(json, "category", item->category);
    write_present(json, "language", item->language);
    write_messages(json, "messages", item->prompt);
    json_key(json, "responses");
    json_open(json, '[');
    for (size_t i = 0; i < item->response_count; i++)
        write_response(json, &item->responses[i]);
    json_close(json, ']');
    if (item->gold) {
        json_key(json, "gold");
        gold_write(json, item->gold, item);
    }
    if (item->has_priority) {
        json_key(json, "priority");
        json_number(json, item->priority);
    }
    write_inside(json, item->extra);
}

void item_write_line(struct buffer *out, const struct item *item) {
    struct json json;
    json_start(&json, out);
    json_open(&json, '{');
    item_write_members(&json, item);
    json_close(&json, '}');
    buffer_add_char(out, '\n');
}

void item_line_write(struct buffer *out, const struct item_line *line) {
    struct json json;
    json_start(&json, out);
    json_open(&json, '{');
    json_key(&json, "ref");
    json_text(&json, line->ref.text);
    json_key(&json, "judgments");
    json_integer(&json, line->judgments);
    json_key(&json, "wanted");
    json_integer(&json, line->wanted);
    json_key(&json, "retired");
    json_boolean(&json, line->retired);
    json_key(&json, "redacted");
    json_boolean(&json, line->item.redacted);
    write_key_slice(&json, "source", line->source);
    json_key(&json, "line");
    json_integer(&json, line->source_line);
    json_key(&json, "item");
    json_open(&json, '{');
    item_write_members(&json, &line->item);
    json_close(&json, '}');
    json_close(&json, '}');
    buffer_add_char(out, '\n');
}

/* "a,b" → ["a","b"]. */
static void write_words(struct json *json, const char *key, struct slice words) {
    json_key(json, key);
    json_open(json, '[');
    while (words.length > 0) {
        const char *comma = memchr(words.data, ',', words.length);
        size_t length = comma ? (size_t)(comma - words.data) : words.length;
        json_string(json, slice_make(words.data, length));
        length += comma ? 1 : 0;
        words = slice_make(words.data + length, words.length - length);
    }
    json_close(json, ']');
}

static void write_criterion(struct json *json, const struct criterion *criterion, const signed char *cells,
                            const struct judgment_line *line) {
    if (criterion->per == PER_PAIR) {
        if (cells[0] == CELL_MISSING)
            return;
        json_key(json, criterion->id);
        write_prefer(json, cells[0] == CELL_SAME ? CHOICE_TIE : cells[0], line->response_names);
        return;
    }
    bool any = false;
    for (size_t i = 0; i < line->response_count; i++)
        any |= cells[i] != CELL_MISSING;
    if (!any)
        return;
    json_key(json, criterion->id);
    json_open(json, '{');
    for (size_t i = 0; i < line->response_count; i++)
        if (cells[i] != CELL_MISSING) {
            json_key_slice(json, line->response_names[i]);
            json_integer(json, cells[i]);
        }
    json_close(json, '}');
}

static int write_ratings(struct json *json, const struct judgment_line *line, const struct rubric *rubric,
                         struct error *error) {
    struct ratings ratings;
    ratings_clear(&ratings);
    if (line->ratings.length > 0 && (!rubric || !ratings_read(line->ratings, &ratings, rubric, line->response_count)))
        return error_set(error, STATUS_SYSTEM,
                         "the ratings of judgment \"" SLICE_FORMAT "\" do not fit the rubric that it names",
                         SLICE_ARGS(line->uid));
    json_key(json, "ratings");
    json_open(json, '{');
    for (int i = 0; rubric && i < rubric->criterion_count; i++)
        write_criterion(json, &rubric->criteria[i], ratings.cells[i], line);
    json_close(json, '}');
    return 0;
}

/* The order that was given, or for a pair the one that the preference implies. */
static void write_ranking(struct json *json, const struct judgment_line *line) {
    static const char *const pairs[] = {"a>b", "b>a", "a=b"};
    const struct judgment *judgment = &line->judgment;
    const char *order = judgment->ranking.text;
    if (!order[0] && line->response_count == 2 && judgment->prefer >= CHOICE_TIE && judgment->prefer < 2)
        order = pairs[judgment->prefer == CHOICE_TIE ? 2 : judgment->prefer];
    json_key(json, "ranking");
    if (order[0])
        write_groups(json, order, line->response_names);
    else
        json_null(json);
}

/* A number, or null where `given` is false. */
static void write_number(struct json *json, const char *key, bool given, double value) {
    json_key(json, key);
    if (given)
        json_number(json, value);
    else
        json_null(json);
}

static void write_order_shown(struct json *json, const struct judgment_line *line) {
    json_key(json, "order");
    if (!line->shown[0]) {
        json_null(json);
        return;
    }
    json_open(json, '[');
    for (const char *letter = line->shown; *letter; letter++)
        json_string(json, line->response_names[*letter - 'a']);
    json_close(json, ']');
}

/* What would tell an annotator which of their judgments were on gold. */
static void write_lead_part(struct json *json, const struct judgment_line *line) {
    json_key(json, "kind");
    json_text(json, kind_name(line->kind));
    json_key(json, "round");
    json_integer(json, line->round);
    json_key(json, "final");
    json_boolean(json, line->final);
    json_key(json, "held");
    json_boolean(json, line->held);
}

static void write_rubric(struct json *json, const struct judgment_line *line) {
    json_key(json, "rubric");
    if (!line->rubric_name.data || line->rubric_name.length == 0) {
        json_null(json);
        return;
    }
    struct buffer name = BUFFER_INIT;
    buffer_add_format(&name, SLICE_FORMAT "@%d#" SLICE_FORMAT, SLICE_ARGS(line->rubric_name), line->rubric_version,
                      SLICE_ARGS(line->rubric_hash));
    json_string(json, buffer_slice(&name));
    buffer_release(&name);
}

int judgment_write_line(struct buffer *out, const struct judgment_line *line, const struct rubric *rubric,
                        struct error *error) {
    const struct judgment *judgment = &line->judgment;
    size_t before = out->length;
    struct json json;
    json_start(&json, out);
    json_open(&json, '{');
    write_key_slice(&json, "item", line->item);
    write_key_slice(&json, "track", line->track);
    write_key_slice(&json, "annotator", line->annotator);
    json_key(&json, "role");
    json_text(&json, person_role_name(line->role));
    json_key(&json, "prefer");
    write_prefer(&json, judgment->prefer, line->response_names);
    write_number(&json, "strength", judgment->strength > 0, judgment->strength);
    write_number(&json, "confidence", judgment->confidence >= 0, judgment->confidence);
    write_ranking(&json, line);
    int status = write_ratings(&json, line, rubric, error);
    if (status) {
        buffer_cut(out, before);
        return status;
    }
    json_key(&json, "rationale");
    json_string(&json, judgment->rationale.data ? judgment->rationale : slice_of(""));
    write_words(&json, "tags", line->tags);
    write_words(&json, "flags", line->flags);
    write_order_shown(&json, line);
    write_number(&json, "seconds", line->active_ms >= 0, (double)line->active_ms / 1000);
    json_key(&json, "at");
    json_text(&json, timestamp_utc(line->at).text);
    if (!line->kind_hidden)
        write_lead_part(&json, line);
    write_number(&json, "batch", line->batch_number > 0, line->batch_number);
    write_rubric(&json, line);
    write_key_slice(&json, "uid", line->uid);
    if (line->redacted) {
        json_key(&json, "redacted");
        json_boolean(&json, true);
    }
    json_close(&json, '}');
    buffer_add_char(out, '\n');
    return 0;
}
