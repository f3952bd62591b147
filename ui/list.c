#include "ui/list.h"

#include <stdio.h>

#include "ui/paint.h"

#include "core/base/banned.h"

void list_set_count(struct list *list, size_t count) {
    list->count = count;
    if (list->selected >= count)
        list->selected = count > 0 ? count - 1 : 0;
}

bool list_request(struct list *list, enum request request) {
    size_t last = list->count > 0 ? list->count - 1 : 0;
    size_t page = list->page > 1 ? (size_t)list->page - 1 : 1;
    switch (request) {
    case REQUEST_SCROLL_UP:
        list->selected -= list->selected > 0;
        return true;
    case REQUEST_SCROLL_DOWN:
        list->selected += list->selected < last;
        return true;
    case REQUEST_PAGE_UP:
        list->selected -= list->selected < page ? list->selected : page;
        return true;
    case REQUEST_PAGE_DOWN:
        list->selected = last - list->selected < page ? last : list->selected + page;
        return true;
    case REQUEST_TO_TOP:
        list->selected = 0;
        return true;
    case REQUEST_TO_BOTTOM:
        list->selected = last;
        return true;
    default:
        return false;
    }
}

enum request list_lookup(struct list *list, const struct surface *surface, const struct key *key) {
    if (key->kind != ON_CLICK)
        return keymap_lookup(*key, IN_LIST);
    const struct spot *spot = surface_spot(surface, key->row, key->column);
    if (!spot || (size_t)spot->place >= list->count)
        return REQUEST_NONE;
    bool here = (size_t)spot->place == list->selected;
    list->selected = (size_t)spot->place;
    return here ? REQUEST_OPEN : REQUEST_NONE;
}

/* "▾ 12" at the right edge: so many rows are not seen on that side. */
static void tell_more(struct surface *surface, struct rect area, int row, const char *arrow, size_t hidden) {
    char text[32];
    if (hidden == 0)
        return;
    snprintf(text, sizeof text, "  %s %zu", arrow, hidden);
    paint_right_string(surface, area, row, 0, INK_DIM, text);
}

void list_draw(struct list *list, struct surface *surface, struct rect area,
               void (*row)(void *data, size_t index, bool selected, struct surface *surface, struct rect area),
               void *data) {
    list->page = area.rows;
    if (area.rows <= 0)
        return;
    size_t seen = (size_t)area.rows;
    if (list->selected < list->top)
        list->top = list->selected;
    if (list->selected >= list->top + seen)
        list->top = list->selected - seen + 1;
    if (list->count <= seen)
        list->top = 0;
    else if (list->top > list->count - seen)
        list->top = list->count - seen;
    for (size_t i = 0; i < seen && list->top + i < list->count; i++) {
        size_t index = list->top + i;
        struct rect strip = rect_row(area, (int)i);
        if (index == list->selected)
            paint_string(surface, strip, 0, 0, INK_ACCENT, "▸");
        surface->place = (int)index;
        surface_add_spot(surface, strip, key_plain(ON_NOTHING));
        rect_cut_left(&strip, 2);
        row(data, index, index == list->selected, surface, strip);
    }
    size_t below = list->count > list->top + seen ? list->count - list->top - seen : 0;
    tell_more(surface, area, 0, "▴", list->top);
    tell_more(surface, area, area.rows - 1, "▾", below);
}
