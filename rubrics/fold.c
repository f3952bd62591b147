/* Changes a rubric's text line by line, and reads the result again to be sure of it. See fold.h. */
#include "rubrics/fold.h"

#include "rubrics/rubric.h"
#include "rubrics/yaml.h"

#include "core/base/banned.h"

static const char heading[] = "## Rulings";

/* A line with its end. */
static struct slice line_at(struct slice text, size_t at) {
    const char *end = memchr(text.data + at, '\n', text.length - at);
    return slice_make(text.data + at, end ? (size_t)(end - text.data) + 1 - at : text.length - at);
}

static bool is_blank(struct slice line) {
    for (size_t i = 0; i < line.length; i++)
        if (!strchr(" \t\r\n", line.data[i]))
            return false;
    return true;
}

static size_t indent_of(struct slice line) {
    size_t n = 0;
    while (n < line.length && line.data[n] == ' ')
        n++;
    return n;
}

static bool begins_with(struct slice line, const char *word) {
    size_t length = strlen(word);
    return line.length >= length && memcmp(line.data, word, length) == 0;
}

/* Where a top-level key's line begins; text.length: nowhere. */
static size_t find_key(struct slice text, const char *key) {
    size_t at = 0;
    while (at < text.length && !begins_with(line_at(text, at), key))
        at += line_at(text, at).length;
    return at;
}

struct guideline {
    size_t end;    /* offset behind its last line that is not blank */
    size_t indent; /* of its lines */
    bool block;    /* written as `guideline: |` */
};

static struct guideline find_guideline(struct slice text) {
    struct guideline found = {0};
    size_t at = find_key(text, "guideline:");
    if (at == text.length)
        return found;
    struct slice line = line_at(text, at);
    const char *bar = memchr(line.data, '|', line.length);
    found.block = bar && indent_of(slice_make(line.data + 10, line.length - 10)) == (size_t)(bar - line.data) - 10;
    at += line.length;
    found.end = at;
    while (at < text.length) {
        line = line_at(text, at);
        if (!is_blank(line) && indent_of(line) == 0)
            break;
        at += line.length;
        if (is_blank(line))
            continue;
        if (found.indent == 0)
            found.indent = indent_of(line);
        found.end = at;
    }
    return found;
}

static void add_indented(struct buffer *out, size_t indent, const char *mark, struct slice text) {
    for (size_t at = 0; at < text.length;) {
        struct slice line = line_at(text, at);
        buffer_add_repeated(out, " ", indent);
        buffer_add_string(out, at ? "  " : mark);
        buffer_add_slice(out, line);
        at += line.length;
    }
    buffer_add_string(out, "\n");
}

static void add_rulings(struct buffer *out, size_t indent, bool with_heading, const struct slice *rulings,
                        size_t count) {
    if (with_heading) {
        buffer_add_string(out, "\n");
        add_indented(out, indent, "", slice_of(heading));
        buffer_add_string(out, "\n");
    }
    for (size_t i = 0; i < count; i++)
        add_indented(out, indent, "- ", rulings[i]);
}

/* The heading is the last one of the guideline: what is added stands under it. */
static bool ends_with_rulings(const char *guideline) {
    const char *last = guideline[0] == '#' ? guideline : NULL;
    for (const char *at = strstr(guideline, "\n#"); at; at = strstr(at + 1, "\n#"))
        last = at + 1;
    return last && strncmp(last, heading, sizeof heading - 1) == 0;
}

void rubric_renumber(struct buffer *out, struct slice text, int version) {
    size_t at = find_key(text, "version:");
    if (at < text.length) {
        struct slice line = line_at(text, at);
        const char *comment = memchr(line.data, '#', line.length);
        buffer_add(out, text.data, at);
        buffer_add_format(out, "version: %d", version);
        if (comment)
            buffer_add_format(out, "  %.*s", (int)(line.data + line.length - comment), comment);
        else
            buffer_add_string(out, "\n");
        at += line.length;
    } else { /* it was 1 without being said */
        at = find_key(text, "rubric:");
        at += at < text.length ? line_at(text, at).length : 0;
        buffer_add(out, text.data, at);
        buffer_add_format(out, "version: %d\n", version);
    }
    buffer_add(out, text.data + at, text.length - at);
}

static size_t trimmed_length(const char *text) {
    size_t length = strlen(text);
    while (length > 0 && strchr(" \n", text[length - 1]))
        length--;
    return length;
}

/* What is written must read as it is meant: the guideline as it was, and the rulings behind it. */
static int verify(struct slice yaml, const struct rubric *before, struct error *error) {
    struct rubric after;
    struct error why = ERROR_INIT;
    int status = rubric_read(yaml, "the next version", &after, &why);
    if (status)
        return error_set(error, STATUS_INPUT,
                         "the rulings cannot be written into the guideline (%s); write them in by hand", why.text);
    if (after.version != before->version + 1 || !strstr(after.guideline, heading) ||
        strncmp(after.guideline, before->guideline, trimmed_length(before->guideline)) != 0)
        status =
            error_set(error, STATUS_INPUT,
                      "'version' or 'guideline' does not begin a line of the rubric; write the rulings in by hand");
    rubric_release(&after);
    return status;
}

int rubric_fold(struct slice yaml, const struct rubric *rubric, const struct slice *rulings, size_t count,
                struct buffer *out, struct error *error) {
    struct buffer numbered = BUFFER_INIT, next = BUFFER_INIT;
    int status = STATUS_OK;
    rubric_renumber(&numbered, yaml, rubric->version + 1);
    if (numbered.length > 0 && numbered.data[numbered.length - 1] != '\n')
        buffer_add_string(&numbered, "\n");
    struct slice text = buffer_slice(&numbered);
    struct guideline guideline = find_guideline(text);
    if (rubric->guideline[0] && !guideline.block)
        status = error_set(
            error, STATUS_INPUT,
            "guideline: is not written as a block; begin it with 'guideline: |', or write the rulings in by hand");
    if (!status && guideline.end == 0) {
        buffer_add_slice(&next, text);
        buffer_add_string(&next, "guideline: |");
        add_rulings(&next, 2, true, rulings, count);
    } else if (!status) {
        buffer_add(&next, text.data, guideline.end);
        add_rulings(&next, guideline.indent ? guideline.indent : 2, !ends_with_rulings(rubric->guideline), rulings,
                    count);
        buffer_add(&next, text.data + guideline.end, text.length - guideline.end);
    }
    if (!status)
        status = verify(buffer_slice(&next), rubric, error);
    if (!status)
        buffer_add_slice(out, buffer_slice(&next));
    buffer_release(&numbered);
    buffer_release(&next);
    return status;
}

static int find_line(const struct yaml_node *root, const char *criterion) {
    const struct yaml_node *guideline = yaml_find(root, "guideline"), *criteria = yaml_find(root, "criteria");
    if (!criterion)
        return guideline ? guideline->line : 1;
    for (size_t i = 0; criteria && criteria->kind == YAML_LIST && i < criteria->count; i++) {
        const struct yaml_node *id = yaml_find(&criteria->items[i], "id");
        if (id && id->kind == YAML_SCALAR && slice_is(id->text, criterion))
            return criteria->items[i].line;
    }
    return 1;
}

int rubric_line(struct slice yaml, const char *criterion) {
    struct yaml file;
    const struct yaml_node *root;
    if (yaml_read(&file, yaml, "rubric", NULL))
        return 1;
    int line = yaml_single(&file, &root, NULL) ? 1 : find_line(root, criterion);
    yaml_release(&file);
    return line;
}
