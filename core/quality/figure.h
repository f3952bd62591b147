/*
 * One number of a report, with its doubt. Every statistic of core/quality comes as one of these.
 *
 * undefined != NULL is a whole answer: the figure does not exist, and why (a static lower-case text that can
 * stand after "n/a: "). Then value, low and high are NAN and must not be read. n is always set. low and high
 * are the ends of a 95 % interval; both are NAN where a figure has none.
 */
#ifndef CORE_QUALITY_FIGURE_H
#define CORE_QUALITY_FIGURE_H

#include <stdbool.h>
#include <stddef.h>

struct figure {
    double value;          /* the point estimate */
    double low;            /* 95 % interval, lower end, or NAN */
    double high;           /* 95 % interval, upper end, or NAN */
    size_t n;              /* what it rests on: judgments, outcomes, pairable units (the function says which) */
    const char *undefined; /* NULL, or the reason why there is no value; a static string */
};

struct figure figure_undefined(const char *reason, size_t n);
struct figure figure_point(double value, size_t n);
struct figure figure_interval(double value, double low, double high, size_t n);
bool figure_is_defined(const struct figure *f);
bool figure_has_interval(const struct figure *f);

#endif
