/* The YAML files of sample-data/, inside the program: campaign.yaml, training.yaml, items/…, gold/…. Sorted by name. */
#ifndef APP_DEMO_SAMPLE_H
#define APP_DEMO_SAMPLE_H

#include <stddef.h>

#include "core/base/slice.h"

struct sample_file {
    const char *name; /* below sample-data/ */
    struct slice text;
};

extern const struct sample_file sample_files[];
extern const size_t sample_file_count;

#endif
