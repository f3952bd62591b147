#include "core/text/points.h"

#include <stddef.h>
#include <utf8proc.h>

#include "core/base/banned.h"

static const struct {
    int32_t first, last;
    int columns;
} common[] = {
    {0x00A1, 0x00AC, 1}, {0x00AE, 0x02FF, 1}, {0x0400, 0x0482, 1}, {0x048A, 0x052F, 1},
    {0x05D0, 0x05EA, 1}, {0x0621, 0x063A, 1}, {0x0641, 0x064A, 1}, {0x2010, 0x2027, 1},
    {0x3041, 0x3096, 2}, {0x30A1, 0x30FF, 2}, {0x4E00, 0x9FFC, 2}, {0xAC00, 0xD7A3, 2},
};

bool point_is_common(int32_t point, int *columns) {
    if (point >= 0x4E00 && point <= 0x9FFC) {
        *columns = 2;
        return true;
    }
    for (size_t i = 0; i < sizeof common / sizeof *common && point >= common[i].first; i++) {
        if (point <= common[i].last) {
            *columns = common[i].columns;
            return true;
        }
    }
    return false;
}

bool point_is_letter(int32_t point) {
    int category = utf8proc_get_property(point)->category;
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

bool point_is_mark(int32_t point) {
    int category = utf8proc_get_property(point)->category;
    return category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
}

bool point_is_emoji(int32_t point) {
    int class = utf8proc_get_property(point)->boundclass;
    return class == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC || class == UTF8PROC_BOUNDCLASS_REGIONAL_INDICATOR;
}
