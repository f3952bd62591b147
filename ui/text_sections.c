#include "ui/text_build.h"

#include "core/base/banned.h"

size_t text_view_heading_count(const struct text_view *view) {
    size_t count = 0;
    for (size_t i = 0; i < view->blocks.count; i++)
        count += view->blocks.items[i].level > 0;
    return count;
}

/* Goes through the sections: false behind the last one. Start with {0} and *block 0. */
static bool next_section(const struct text_view *view, struct text_section *section, size_t *block) {
    size_t i = *block;
    if (i >= view->blocks.count)
        return false;
    section->line = section->end;
    section->number += view->blocks.items[i].level > 0;
    do
        section->end += view->blocks.items[i++].line_count;
    while (i < view->blocks.count && view->blocks.items[i].level == 0);
    *block = i;
    return true;
}

struct text_section text_view_section_at(const struct text_view *view, size_t line) {
    struct text_section section = {0};
    size_t block = 0;
    while (next_section(view, &section, &block) && line >= section.end && block < view->blocks.count)
        ;
    return section;
}

/* The words of a heading; absent for number 0. */
static struct slice heading_words(const struct text_view *view, size_t number) {
    for (size_t i = 0; number > 0 && i < view->blocks.count; i++)
        if (view->blocks.items[i].level > 0 && --number == 0)
            return block_text(view, &view->blocks.items[i]);
    return SLICE_ABSENT;
}

static size_t apart(size_t a, size_t b) {
    return a > b ? a - b : b - a;
}

bool text_view_section_like(const struct text_view *view, const struct text_view *other,
                            const struct text_section *section, struct text_section *found) {
    struct slice words = heading_words(other, section->number);
    struct text_section each = {0};
    size_t block = 0, first = 0;
    bool by_words = false, any = false;
    for (; next_section(view, &each, &block); first = block) {
        const struct text_block *head = &view->blocks.items[first];
        bool same = head->level > 0 && words.data && slice_equal(block_text(view, head), words);
        bool nearer =
            same && (!by_words || apart(each.number, section->number) < apart(found->number, section->number));
        if (nearer || (!by_words && each.number == section->number)) {
            *found = each;
            any = true;
        }
        by_words = by_words || same;
    }
    return any;
}
