/* JSON lines and CSV as records; see judgments_in.h. */
#include "app/exchange/judgments_in.h"

#include "app/exchange/csv_read.h"
#include "app/exchange/judgment_record.h"
#include "app/exchange/record.h"
#include "core/base/json.h"
#include "core/base/memory.h"
#include "core/text/utf8.h"
#include "rubrics/yaml.h"

#include "core/base/banned.h"

struct judgments_in {
    struct input *input;
    struct tree tree;
    struct pool pool;
    struct slice text;
    uint64_t line;
    bool is_csv;
    struct csv csv;
    struct buffer whole;             /* of a CSV file */
    struct buffer json;              /* of a CSV record */
    const char *columns[CSV_FIELDS]; /* names from judgment_keys */
    size_t column_count;
};

static int fail_header(const struct judgments_in *in, struct slice name, const char *why, struct error *error) {
    const char *near = record_near_miss(name, judgment_keys, judgment_key_count);
    return error_set(error, STATUS_INPUT, "%s:%llu: the column %s %s%s%s", input_name(in->input),
                     (unsigned long long)in->csv.line, yaml_quote(name).text, why, near ? "; did you mean " : "",
                     near ? near : "");
}

static int read_header(struct judgments_in *in, struct error *error) {
    struct slice cells[CSV_FIELDS];
    int found = csv_next(&in->csv, cells, &in->column_count, NULL, error);
    if (found != CSV_RECORD) {
        error_prefix(error, "%s:%llu: ", input_name(in->input), (unsigned long long)in->csv.line);
        return STATUS_INPUT;
    }
    for (size_t i = 0; i < in->column_count; i++) {
        for (size_t k = 0; k < judgment_key_count; k++)
            if (slice_is(cells[i], judgment_keys[k]))
                in->columns[i] = judgment_keys[k];
        if (!in->columns[i])
            return fail_header(in, cells[i], "is not known", error);
        for (size_t k = 0; k < i; k++)
            if (in->columns[k] == in->columns[i])
                return fail_header(in, cells[i], "stands in the header twice", error);
    }
    return 0;
}

/* Looks at the first line. */
static int look(struct judgments_in *in, struct error *error) {
    struct slice line;
    int found = input_line(in->input, &line, error);
    if (found <= 0)
        return found;
    input_again(in->input);
    size_t at = strspn(line.data, " \t");
    if (at < line.length && line.data[at] == '[')
        return error_set(error, STATUS_INPUT,
                         "%s:%llu: a JSON array; one object a line is wanted (jq -c '.[]' makes these)",
                         input_name(in->input), (unsigned long long)input_line_number(in->input));
    if (at < line.length && line.data[at] == '{')
        return 0;
    in->is_csv = true;
    uint64_t first = input_line_number(in->input);
    int status = input_rest(in->input, &in->whole, JUDGMENTS_CSV_BYTES, error);
    const char *header = in->whole.data;
    for (uint64_t i = 1; !status && i < first && header; i++) /* blank lines before the header */
        header = strchr(header, '\n') + 1;
    if (!status)
        csv_start(&in->csv, slice_make(header, in->whole.length - (size_t)(header - in->whole.data)), first);
    return status ? status : read_header(in, error);
}

int judgments_in_open(struct judgments_in **out, const char *path, struct error *error) {
    struct judgments_in *in = memory_new(1, sizeof *in);
    buffer_init(&in->whole);
    buffer_init(&in->json);
    csv_start(&in->csv, slice_of(""), 1);
    int status = input_open(&in->input, path, error);
    if (!status)
        status = look(in, error);
    if (status) {
        judgments_in_close(in);
        in = NULL;
    }
    *out = in;
    return status;
}

void judgments_in_close(struct judgments_in *in) {
    if (!in)
        return;
    input_close(in->input);
    tree_release(&in->tree);
    pool_release(&in->pool);
    csv_release(&in->csv);
    buffer_release(&in->whole);
    buffer_release(&in->json);
    memory_free(in);
}

static void place_error(const struct judgments_in *in, size_t column, struct error *error) {
    if (column)
        error_prefix(error, "%s:%llu:%zu: ", judgments_in_name(in), (unsigned long long)in->line, column);
    else
        error_prefix(error, "%s:%llu: ", judgments_in_name(in), (unsigned long long)in->line);
}

static int next_json(struct judgments_in *in, struct error *error) {
    size_t column = 0;
    int found = input_line(in->input, &in->text, error);
    if (found <= 0)
        return found;
    in->line = input_line_number(in->input);
    if (json_scan(&in->tree, in->text, &column, error)) {
        place_error(in, column, error);
        return JUDGMENTS_IN_BAD;
    }
    return JUDGMENTS_IN_RECORD;
}

/* "a, b" as a list. */
static void write_words(struct json *json, struct slice words) {
    json_open(json, '[');
    for (size_t at = 0; at <= words.length;) {
        const char *comma = memchr(words.data + at, ',', words.length - at);
        size_t end = comma ? (size_t)(comma - words.data) : words.length, next = end + 1;
        while (at < end && words.data[at] == ' ')
            at++;
        while (end > at && words.data[end - 1] == ' ')
            end--;
        json_string(json, slice_make(words.data + at, end - at));
        at = next;
    }
    json_close(json, ']');
}

/* One cell as the value that its line would have. False: JSON was wanted, and it is none. */
static bool write_cell(struct judgments_in *in, struct json *json, const char *key, struct slice cell,
                       struct error *error) {
    enum judgment_value want = judgment_value_of(key);
    bool bracket = cell.data[0] == '[' || cell.data[0] == '{';
    size_t column = 0;
    json_key(json, key);
    if (want == JUDGMENT_WORDS && !bracket) {
        write_words(json, cell);
        return true;
    }
    if (want == JUDGMENT_TEXT || (want == JUDGMENT_JSON && !bracket)) {
        json_string(json, cell);
        return true;
    }
    if (json_scan(&in->tree, cell, &column, error) == 0) {
        json_raw(json, cell);
        return true;
    }
    if (want == JUDGMENT_PLAIN) { /* no number: what is wrong with it is said with its field */
        json_string(json, cell);
        return true;
    }
    error_prefix(error, "%s: ", key);
    return false;
}

/* The cells as a JSON object, and that as a tree. */
static int read_cells(struct judgments_in *in, const struct slice *cells, size_t count, struct error *error) {
    struct json json;
    size_t column = 0;
    buffer_clear(&in->json);
    json_start(&json, &in->json);
    json_open(&json, '{');
    for (size_t i = 0; i < count; i++) {
        if (!utf8_valid(cells[i]))
            return error_set(error, STATUS_INPUT, "%s: is not UTF-8", in->columns[i]);
        if (cells[i].length > 0 && !write_cell(in, &json, in->columns[i], cells[i], error))
            return STATUS_INPUT;
    }
    json_close(&json, '}');
    return json_scan(&in->tree, buffer_slice(&in->json), &column, error);
}

static int next_csv(struct judgments_in *in, struct error *error) {
    struct slice cells[CSV_FIELDS];
    size_t count = 0;
    int found = csv_next(&in->csv, cells, &count, &in->text, error);
    in->line = in->csv.line;
    if (found == CSV_END)
        return JUDGMENTS_IN_END;
    if (found == CSV_RECORD && read_cells(in, cells, count, error) == 0)
        return JUDGMENTS_IN_RECORD;
    place_error(in, 0, error);
    return found < 0 ? found : JUDGMENTS_IN_BAD;
}

int judgments_in_next(struct judgments_in *in, struct record *record, struct error *error) {
    pool_clear(&in->pool);
    int found = in->is_csv ? next_csv(in, error) : next_json(in, error);
    if (found == JUDGMENTS_IN_RECORD)
        *record = (struct record){.tree = &in->tree, .root = in->tree.items, .pool = &in->pool, .error = error};
    return found;
}

uint64_t judgments_in_line(const struct judgments_in *in) {
    return in->line;
}

struct slice judgments_in_text(const struct judgments_in *in) {
    return in->text;
}

const char *judgments_in_name(const struct judgments_in *in) {
    return input_name(in->input);
}

const char *judgments_in_format(const struct judgments_in *in) {
    return in->is_csv ? "csv" : "jsonl";
}

const struct input *judgments_in_input(const struct judgments_in *in) {
    return in->input;
}
