#include "ui/search.h"

#include "core/base/banned.h"

enum { SEARCH_MOST = 256 };

void search_ask(struct frame *frame, search_typed *typed) {
    frame_prompt(frame, "/", slice_of(""), SEARCH_MOST, typed);
}

void search_begin(struct text_view *view, struct frame *frame, struct slice text, int rows) {
    if (!text.data)
        return;
    if (text_view_search(view, text, rows) > 0 || text.length == 0)
        return;
    text_view_search_close(view);
    frame_say(frame, INK_WARNING, "not found");
}

void search_words(const struct text_view *view, struct buffer *out) {
    size_t count = view->hits.count;
    buffer_add_format(out, "hit %zu of %zu", count ? view->hit + 1 : 0, count);
}

bool search_request(struct text_view *view, struct frame *frame, enum request request, int rows, search_typed *typed) {
    switch (request) {
    case REQUEST_SEARCH:
        search_ask(frame, typed);
        return true;
    case REQUEST_NEXT_HIT:
    case REQUEST_PREVIOUS_HIT:
        text_view_next_hit(view, request == REQUEST_NEXT_HIT ? 1 : -1, rows, NULL);
        return true;
    case REQUEST_CLOSE_SEARCH:
        text_view_search_close(view);
        return true;
    default:
        return false;
    }
}
