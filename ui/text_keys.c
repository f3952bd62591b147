/* The reading keys on one text; see text_keys.h. */
#include "ui/text_keys.h"

#include "core/base/banned.h"

enum { SIDEWAYS = 8 };

bool text_view_request(struct text_view *view, enum request request, int rows) {
    int page = rows > 2 ? rows - 1 : 1;
    switch (request) {
    case REQUEST_SCROLL_UP:
        text_view_scroll(view, -1, rows);
        return true;
    case REQUEST_SCROLL_DOWN:
        text_view_scroll(view, 1, rows);
        return true;
    case REQUEST_PAGE_UP:
        text_view_scroll(view, -page, rows);
        return true;
    case REQUEST_PAGE_DOWN:
        text_view_scroll(view, page, rows);
        return true;
    case REQUEST_TO_TOP:
        text_view_to_top(view);
        return true;
    case REQUEST_TO_BOTTOM:
        text_view_to_bottom(view, rows);
        return true;
    case REQUEST_SHIFT_LEFT:
        text_view_shift(view, -SIDEWAYS);
        return true;
    case REQUEST_SHIFT_RIGHT:
        text_view_shift(view, SIDEWAYS);
        return true;
    default:
        return false;
    }
}

unsigned text_view_contexts(const struct text_view *view) {
    return (view->searching ? IN_SEARCH : 0) | (view->wide ? IN_WIDE : 0);
}
