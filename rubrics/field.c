/* Typed values; every message says what stands there and what would be right. */
#include "rubrics/field.h"

#include <stdio.h>

#include "core/base/array.h"
#include "core/base/buffer.h"
#include "core/text/suggest.h"
#include "core/text/utf8.h"

#include "core/base/banned.h"

void field_fail(struct fields *in, const struct yaml_node *node, const char *child, const char *format, ...) {
    if (in->status)
        return;
    struct buffer sentence = BUFFER_INIT;
    va_list arguments;
    va_start(arguments, format);
    buffer_add_format_list(&sentence, format, arguments);
    va_end(arguments);
    in->status = yaml_fail(in->yaml, node, child, in->error, "%s", sentence.data);
    buffer_release(&sentence);
}

/* What a node is, as the beginning of a sentence. */
static struct yaml_quote found(const struct yaml_node *node) {
    if (node->kind == YAML_LIST)
        return (struct yaml_quote){"a list"};
    if (node->kind == YAML_MAP)
        return (struct yaml_quote){"a map"};
    return yaml_is_null(node) ? (struct yaml_quote){"nothing"} : yaml_quote(node->text);
}

/* "a, b or c" */
static void add_words(struct buffer *out, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (i)
            buffer_add_string(out, i + 1 == count ? " or " : ", ");
        buffer_add_string(out, words[i]);
    }
}

static const char *near_word(const struct yaml_node *node, const char *const *words, size_t count) {
    return strlen(node->text.data) == node->text.length ? suggest(node->text.data, words, count) : NULL;
}

bool field_is_list(struct fields *in, const struct yaml_node *node, size_t least, size_t most) {
    if (in->status || !node)
        return false;
    if (node->kind != YAML_LIST)
        field_fail(in, node, NULL, "%s is not a list; write [one, two] or a line with \"- \" for each",
                   found(node).text);
    else if (node->count < least)
        field_fail(in, node, NULL, "a list of %zu; at least %zu must stand here", node->count, least);
    else if (node->count > most)
        field_fail(in, node, NULL, "a list of %zu; at most %zu can stand here", node->count, most);
    return !in->status;
}

bool field_is_map(struct fields *in, const struct yaml_node *node, size_t least, size_t most) {
    if (in->status || !node)
        return false;
    if (node->kind != YAML_MAP)
        field_fail(in, node, NULL, "%s is not a map; write lines of \"key: value\", or {} for none", found(node).text);
    else if (node->count < least)
        field_fail(in, node, NULL, "a map of %zu; at least %zu must stand here", node->count, least);
    else if (node->count > most)
        field_fail(in, node, NULL, "a map of %zu; at most %zu can stand here", node->count, most);
    return !in->status;
}

void fields_only(struct fields *in, const struct yaml_node *map, const char *const *keys, size_t count) {
    if (!field_is_map(in, map, 0, SIZE_MAX))
        return;
    for (size_t i = 0; i < map->count && !in->status; i++) {
        const struct yaml_node *key = &map->pairs[i].key;
        size_t k = 0;
        while (k < count && !slice_is(key->text, keys[k]))
            k++;
        if (k < count)
            continue;
        const char *meant = near_word(key, keys, count);
        struct buffer known = BUFFER_INIT;
        add_words(&known, keys, count);
        if (meant)
            field_fail(in, key, NULL, "unknown key; did you mean \"%s\"?", meant);
        else
            field_fail(in, key, NULL, "unknown key; it can be %s", known.data);
        buffer_release(&known);
    }
}

const struct yaml_node *field_needed(struct fields *in, const struct yaml_node *map, const char *key) {
    if (!field_is_map(in, map, 0, SIZE_MAX))
        return NULL;
    const struct yaml_node *value = yaml_find(map, key);
    if (!value)
        field_fail(in, map, key, "is missing; it must be there");
    return value;
}

/* Digits without sign at *at of the text; false if there are none, a leading zero, or more than 18. */
static bool take_digits(struct slice text, size_t *at, int64_t *value) {
    size_t start = *at;
    *value = 0;
    while (*at < text.length && text.data[*at] >= '0' && text.data[*at] <= '9' && *at - start < 19)
        *value = *value * 10 + (text.data[(*at)++] - '0');
    size_t digits = *at - start;
    return digits > 0 && digits < 19 && (digits == 1 || text.data[start] != '0');
}

int64_t field_integer(struct fields *in, const struct yaml_node *node, int64_t low, int64_t high, int64_t otherwise) {
    if (in->status || !node)
        return otherwise;
    bool scalar = node->kind == YAML_SCALAR;
    struct slice text = scalar ? node->text : slice_of("");
    bool minus = text.length && text.data[0] == '-';
    size_t at = minus;
    int64_t value = 0;
    if (!scalar || !take_digits(text, &at, &value) || at != text.length)
        field_fail(in, node, NULL, "%s is not a whole number; write one from %lld to %lld", found(node).text,
                   (long long)low, (long long)high);
    else if (!node->plain)
        field_fail(in, node, NULL, "%s is text; write the number without quotes", found(node).text);
    value = minus ? -value : value;
    if (value < low || value > high)
        field_fail(in, node, NULL, "%lld is out of range; write a whole number from %lld to %lld", (long long)value,
                   (long long)low, (long long)high);
    return in->status ? otherwise : value;
}

/*
 * [-]digits[.digits][e[+-]digits] exactly: at most 15 digits make an integer below 2^53, and ten to at most 22 is
 * exact, so that one product or quotient is rounded once (Clinger 1990). False for anything else.
 */
static bool parse_number(struct slice text, double *value) {
    static const double tens[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                  1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    bool minus = text.length && text.data[0] == '-';
    size_t at = minus, start = at;
    int64_t digits = 0, exponent = 0;
    int significant = 0, fraction = 0;
    bool point = false;
    for (; at < text.length; at++) {
        char c = text.data[at];
        if (c == '.' && !point && at > start) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9')
            break;
        if (digits || c != '0')
            significant++;
        if (significant > 15 || fraction > 20)
            return false;
        digits = digits * 10 + (c - '0');
        fraction += point;
    }
    bool zero_led = at - start > 1 && text.data[start] == '0' && text.data[start + 1] != '.';
    if (at == start || text.data[at - 1] == '.' || zero_led)
        return false;
    if (at < text.length && (text.data[at] == 'e' || text.data[at] == 'E')) {
        at++;
        bool down = at < text.length && text.data[at] == '-';
        if (at < text.length && (text.data[at] == '-' || text.data[at] == '+'))
            at++;
        size_t first = at;
        while (at < text.length && text.data[at] >= '0' && text.data[at] <= '9' && at - first < 3)
            exponent = exponent * 10 + (text.data[at++] - '0');
        if (at == first)
            return false;
        exponent = down ? -exponent : exponent;
    }
    exponent -= fraction;
    if (at != text.length || exponent > 22 || exponent < -22)
        return false;
    double size = exponent < 0 ? (double)digits / tens[-exponent] : (double)digits * tens[exponent];
    *value = minus ? -size : size;
    return true;
}

double field_number(struct fields *in, const struct yaml_node *node, double low, double high, double otherwise) {
    if (in->status || !node)
        return otherwise;
    double value = 0;
    bool parsed = node->kind == YAML_SCALAR && parse_number(node->text, &value);
    if (!parsed && node->kind == YAML_SCALAR && node->text.length > 15 &&
        strspn(node->text.data, "0123456789.eE+-") == node->text.length)
        field_fail(in, node, NULL, "%s has more digits than are read; write at most 15", found(node).text);
    else if (!parsed)
        field_fail(in, node, NULL, "%s is not a number; write one from %g to %g%s", found(node).text, low, high,
                   high <= 1 ? ", such as 0.1" : "");
    else if (!node->plain)
        field_fail(in, node, NULL, "%s is text; write the number without quotes", found(node).text);
    else if (!(value >= low && value <= high))
        field_fail(in, node, NULL, "%.15g is out of range; write a number from %g to %g", value, low, high);
    return in->status ? otherwise : value;
}

bool field_boolean(struct fields *in, const struct yaml_node *node, bool otherwise) {
    static const char *const yes[] = {"yes", "Yes", "YES", "on", "On", "ON", "True", "TRUE", "y", "1"};
    static const char *const no[] = {"no", "No", "NO", "off", "Off", "OFF", "False", "FALSE", "n", "0"};
    if (in->status || !node)
        return otherwise;
    bool scalar = node->kind == YAML_SCALAR;
    if (scalar && node->plain && (slice_is(node->text, "true") || slice_is(node->text, "false")))
        return slice_is(node->text, "true");
    const char *meant = "true or false";
    for (size_t i = 0; scalar && i < COUNT_OF(yes); i++)
        meant = slice_is(node->text, yes[i]) ? "true" : slice_is(node->text, no[i]) ? "false" : meant;
    field_fail(in, node, NULL, "%s is not true or false; write %s", found(node).text, meant);
    return otherwise;
}

unsigned field_choice(struct fields *in, const struct yaml_node *node, const char *const *words, size_t count,
                      unsigned otherwise) {
    if (in->status || !node)
        return otherwise;
    bool scalar = node->kind == YAML_SCALAR;
    for (size_t i = 0; scalar && i < count; i++)
        if (slice_is(node->text, words[i]))
            return (unsigned)i;
    const char *meant = scalar ? near_word(node, words, count) : NULL;
    struct buffer known = BUFFER_INIT;
    add_words(&known, words, count);
    if (meant)
        field_fail(in, node, NULL, "%s is not one of the words; did you mean \"%s\"?", found(node).text, meant);
    else
        field_fail(in, node, NULL, "%s is not one of the words; write %s", found(node).text, known.data);
    buffer_release(&known);
    return otherwise;
}

int field_days(struct fields *in, const struct yaml_node *node, int most, int otherwise) {
    if (in->status || !node)
        return otherwise;
    struct slice text = node->kind == YAML_SCALAR ? node->text : slice_of("");
    size_t at = 0;
    int64_t number = 0, unit = 0;
    if (take_digits(text, &at, &number) && at < text.length && text.data[at] == ' ') {
        struct slice word = slice_make(text.data + at + 1, text.length - at - 1);
        unit = slice_is(word, "day") || slice_is(word, "days")     ? 1
               : slice_is(word, "week") || slice_is(word, "weeks") ? 7
                                                                   : 0;
    }
    if (!unit)
        field_fail(in, node, NULL, "%s is not a number of days; write it as \"7 days\" or \"2 weeks\"",
                   found(node).text);
    else if (number < 1 || number > most / unit)
        field_fail(in, node, NULL, "%s is out of range; write 1 day to %d days", found(node).text, most);
    return in->status ? otherwise : (int)(number * unit);
}
