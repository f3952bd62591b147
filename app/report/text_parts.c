#include "app/report/text_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/text/clean.h"
#include "core/text/clip.h"

#include "core/base/banned.h"

enum { LABEL = 31, SHARE_CELL = 20, COEFFICIENT_CELL = 22, NUMBER_BYTES = 64 };

void print_name(struct buffer *out, const char *name, int columns) {
    struct buffer clean = BUFFER_INIT;
    text_clean(&clean, slice_of(name), CLEAN_ONE_LINE | CLEAN_JOIN);
    if (columns == 0)
        buffer_add_slice(out, buffer_slice(&clean));
    else
        text_fit(out, buffer_slice(&clean), columns, TEXT_LEFT);
    buffer_release(&clean);
}

void text_spaces(struct buffer *out, int columns) {
    if (columns > 0)
        buffer_add_repeated(out, " ", (size_t)columns);
}

static void share_text(char text[NUMBER_BYTES], double value) {
    snprintf(text, NUMBER_BYTES, "%.1f", 100 * value);
}

/* .389, -.012, 1.000 */
static void coefficient_text(char text[NUMBER_BYTES], double value) {
    char digits[NUMBER_BYTES];
    snprintf(digits, sizeof digits, "%.3f", fabs(value));
    bool minus = value < 0 && strcmp(digits, "0.000") != 0;
    snprintf(text, NUMBER_BYTES, "%s%.40s", minus ? "-" : "", digits[0] == '0' ? digits + 1 : digits);
}

static void value_and_interval(char value[NUMBER_BYTES], char interval[3 * NUMBER_BYTES], const struct figure *figure,
                               enum text_scale scale) {
    char low[NUMBER_BYTES], high[NUMBER_BYTES];
    void (*format)(char *, double) = scale == TEXT_SHARE ? share_text : coefficient_text;
    format(value, figure->value);
    if (scale == TEXT_SHARE)
        snprintf(value + strlen(value), NUMBER_BYTES - strlen(value), " %%");
    interval[0] = '\0';
    if (!figure_has_interval(figure))
        return;
    format(low, figure->low);
    format(high, figure->high);
    /* two minus signs around a dash can't be read */
    snprintf(interval, 3 * NUMBER_BYTES, "%s%s%s", low, low[0] == '-' || high[0] == '-' ? " to " : "–", high);
}

/* Under ten of a share there is no percentage: "7 of 8", or "too early" where it is a mean of shares. */
static void few(char value[NUMBER_BYTES], const struct figure *figure) {
    double count = figure->value * (double)figure->n;
    if (fabs(count - round(count)) < 1e-6)
        snprintf(value, NUMBER_BYTES, "%.0f of %zu", count, figure->n);
    else
        snprintf(value, NUMBER_BYTES, "too early");
}

void text_figure(struct buffer *out, const char *label, const struct figure *figure, enum text_scale scale,
                 const char *unit) {
    buffer_add_string(out, "  ");
    print_name(out, label, LABEL);
    if (figure->undefined) {
        buffer_add_format(out, "n/a: %s\n", figure->undefined);
        return;
    }
    char value[NUMBER_BYTES], interval[3 * NUMBER_BYTES] = "";
    if (scale == TEXT_SHARE && figure->n < PERSON_ROW_FROM)
        few(value, figure);
    else
        value_and_interval(value, interval, figure, scale);
    buffer_add_format(out, "%8s  ", value);
    text_fit(out, slice_of(interval), 16, TEXT_LEFT);
    size_t letters = strlen(unit);
    if (figure->n == 1 && letters > 0 && unit[letters - 1] == 's') /* "1 item" */
        letters--;
    buffer_add_format(out, " %7zu %.*s\n", figure->n, (int)letters, unit);
}

void text_cell(struct buffer *out, const struct figure *figure, enum text_scale scale) {
    int columns = scale == TEXT_SHARE ? SHARE_CELL : COEFFICIENT_CELL;
    char value[NUMBER_BYTES], interval[3 * NUMBER_BYTES];
    if (figure->undefined) {
        text_fit(out, slice_of("    n/a"), columns, TEXT_LEFT);
    } else if (scale == TEXT_SHARE && figure->n < PERSON_ROW_FROM) {
        text_fit(out, slice_of("too early"), columns, TEXT_LEFT);
    } else {
        struct buffer cell = BUFFER_INIT;
        value_and_interval(value, interval, figure, scale);
        buffer_add_format(&cell, "%7s  %s", value, interval);
        text_fit(out, buffer_slice(&cell), columns, TEXT_LEFT);
        buffer_release(&cell);
    }
}

void text_value(struct buffer *out, const struct figure *figure, enum text_scale scale, int columns) {
    char value[NUMBER_BYTES] = "n/a";
    if (!figure->undefined)
        (scale == TEXT_SHARE ? share_text : coefficient_text)(value, figure->value);
    buffer_add_format(out, "%*s", columns, value);
}
