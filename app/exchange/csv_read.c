/* One record after another; see csv_read.h. */
#include "app/exchange/csv_read.h"

#include "core/base/banned.h"

void csv_start(struct csv *csv, struct slice text, uint64_t first_line) {
    *csv = (struct csv){.text = text, .line = first_line, .next = first_line};
    buffer_init(&csv->unquoted);
}

void csv_release(struct csv *csv) {
    buffer_release(&csv->unquoted);
}

/* A record under way. Fields are offsets into csv->unquoted until it is whole: the buffer may move. */
struct scan {
    struct csv *csv;
    const char *at, *end;
    size_t starts[CSV_FIELDS + 1];
    size_t count;
    const char *wrong; /* the first thing that is; NULL: nothing yet */
};

static void say_wrong(struct scan *scan, const char *what) {
    if (!scan->wrong)
        scan->wrong = what;
}

/* Where a record or a field without quotes ends. */
static bool at_line_end(const struct scan *scan) {
    return *scan->at == '\n' || (*scan->at == '\r' && scan->at + 1 < scan->end && scan->at[1] == '\n');
}

/* Behind the opening quote. False if it is never closed. */
static bool read_quoted(struct scan *scan) {
    while (scan->at < scan->end) {
        if (*scan->at == '"') {
            if (scan->at + 1 == scan->end || scan->at[1] != '"') {
                scan->at++;
                return true;
            }
            scan->at++;
        }
        scan->csv->next += *scan->at == '\n';
        buffer_add_char(&scan->csv->unquoted, *scan->at++);
    }
    return false;
}

static void read_bare(struct scan *scan) {
    while (scan->at < scan->end && *scan->at != ',' && !at_line_end(scan)) {
        if (*scan->at == '"')
            say_wrong(scan, "a quote inside a field that does not begin with one; quote the whole field and double the "
                            "quotes in it");
        else if (*scan->at == '\r')
            say_wrong(scan, "a carriage return that ends no line");
        buffer_add_char(&scan->csv->unquoted, *scan->at++);
    }
}

/* One field and the comma behind it. False at an open quote. */
static bool read_field(struct scan *scan) {
    scan->starts[scan->count] = scan->csv->unquoted.length;
    if (scan->at < scan->end && *scan->at == '"') {
        scan->at++;
        if (!read_quoted(scan))
            return false;
        if (scan->at < scan->end && *scan->at != ',' && !at_line_end(scan)) {
            say_wrong(scan, "text behind the closing quote of a field; a comma is wanted");
            read_bare(scan);
        }
    } else {
        read_bare(scan);
    }
    scan->count++;
    return true;
}

/* All fields of a record, without its line end. False at an open quote. */
static bool read_record(struct scan *scan) {
    for (;;) {
        if (!read_field(scan))
            return false;
        if (scan->at == scan->end || *scan->at != ',')
            return true;
        scan->at++;
        if (scan->count == CSV_FIELDS) {
            say_wrong(scan, "more fields than are read");
            scan->count--;
        }
    }
}

static void skip_line_end(struct scan *scan) {
    if (scan->at < scan->end) {
        scan->at += *scan->at == '\r' ? 2 : 1;
        scan->csv->next++;
    }
}

int csv_next(struct csv *csv, struct slice *out, size_t *count, struct slice *raw, struct error *error) {
    struct scan scan = {.csv = csv, .at = csv->text.data, .end = csv->text.data + csv->text.length};
    while (scan.at < scan.end && at_line_end(&scan))
        skip_line_end(&scan);
    buffer_clear(&csv->unquoted);
    csv->line = csv->next;
    const char *start = scan.at;
    if (scan.at == scan.end)
        return CSV_END;
    if (!read_record(&scan)) {
        csv->text.length = 0;
        return error_set(error, STATUS_INPUT, "the quote of a field is never closed");
    }
    if (raw)
        *raw = slice_make(start, (size_t)(scan.at - start));
    skip_line_end(&scan);
    csv->text = slice_make(scan.at, (size_t)(scan.end - scan.at));
    scan.starts[scan.count] = csv->unquoted.length;
    for (size_t i = 0; i < scan.count; i++)
        out[i] = slice_make(csv->unquoted.data + scan.starts[i], scan.starts[i + 1] - scan.starts[i]);
    *count = scan.count;
    if (scan.wrong) {
        error_set(error, STATUS_INPUT, "field %zu: %s", scan.count, scan.wrong);
        return CSV_BAD;
    }
    if (csv->fields == 0)
        csv->fields = scan.count;
    if (scan.count == csv->fields)
        return CSV_RECORD;
    error_set(error, STATUS_INPUT, "has %zu field%s where the header has %zu", scan.count, scan.count == 1 ? "" : "s",
              csv->fields);
    return CSV_BAD;
}
