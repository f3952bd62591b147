/* Looks up what rubrics/embed.cmake wrote into the generated shipped_files.c. */
#include "rubrics/shipped.h"

#include "core/base/banned.h"

struct slice shipped_text(const char *name) {
    for (size_t i = 0; i < shipped_file_count; i++)
        if (strcmp(shipped_files[i].name, name) == 0)
            return shipped_files[i].text;
    return SLICE_ABSENT;
}
