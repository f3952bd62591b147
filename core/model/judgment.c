/* Ratings as a row of cells; see judgment.h. */
#include "core/model/judgment.h"

#include <string.h>

#include "core/base/banned.h"

void ratings_clear(struct ratings *ratings) {
    memset(ratings->cells, CELL_MISSING, sizeof ratings->cells);
}

static size_t cell_count(const struct criterion *criterion, size_t responses) {
    return criterion->per == PER_PAIR ? 1 : responses;
}

static char cell_char(const struct criterion *criterion, int cell) {
    if (cell == CELL_MISSING)
        return '-';
    if (criterion->per == PER_PAIR)
        return (char)(cell == CELL_SAME ? '=' : 'a' + cell);
    return (char)('0' + cell);
}

void ratings_write(struct buffer *out, const struct ratings *ratings, const struct rubric *rubric, size_t responses) {
    const char *space = "";
    for (int k = 0; k < rubric->criterion_count; k++)
        for (size_t r = 0; r < cell_count(&rubric->criteria[k], responses); r++) {
            buffer_add_format(out, "%s%c", space, cell_char(&rubric->criteria[k], ratings->cells[k][r]));
            space = " ";
        }
}

static bool read_cell(char c, const struct criterion *criterion, size_t responses, signed char *cell) {
    int value = c == '-' ? CELL_MISSING : c - '0';
    if (c != '-' && criterion->per == PER_PAIR)
        value = c == '=' ? CELL_SAME : c - 'a';
    bool fits = c == '-' || (criterion->per == PER_PAIR ? c == '=' || (value >= 0 && value < (int)responses)
                                                        : value >= criterion->low && value <= criterion->high);
    if (fits)
        *cell = (signed char)value;
    return fits;
}

bool ratings_read(struct slice text, struct ratings *ratings, const struct rubric *rubric, size_t responses) {
    struct ratings read;
    ratings_clear(&read);
    size_t at = 0;
    for (int k = 0; k < rubric->criterion_count; k++)
        for (size_t r = 0; r < cell_count(&rubric->criteria[k], responses); r++) {
            if (at > 0 && (at >= text.length || text.data[at++] != ' '))
                return false;
            if (at >= text.length || !read_cell(text.data[at++], &rubric->criteria[k], responses, &read.cells[k][r]))
                return false;
        }
    if (at != text.length)
        return false;
    *ratings = read;
    return true;
}
