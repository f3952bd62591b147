/* Constructors of figures; see figure.h for the contract. */
#include "core/quality/figure.h"

#include <math.h>

#include "core/base/banned.h"

struct figure figure_undefined(const char *reason, size_t n) {
    return (struct figure){.value = NAN, .low = NAN, .high = NAN, .n = n, .undefined = reason};
}

struct figure figure_point(double value, size_t n) {
    return (struct figure){.value = value, .low = NAN, .high = NAN, .n = n, .undefined = NULL};
}

struct figure figure_interval(double value, double low, double high, size_t n) {
    return (struct figure){.value = value, .low = low, .high = high, .n = n, .undefined = NULL};
}

bool figure_is_defined(const struct figure *f) {
    return f->undefined == NULL;
}

bool figure_has_interval(const struct figure *f) {
    return f->undefined == NULL && !isnan(f->low) && !isnan(f->high);
}
