/* One search through all the texts; see texts.h. */
#include "ui/annotate/texts.h"

#include <stdio.h>

#include "ui/search.h"

#include "core/base/banned.h"

static void close_all(struct texts *texts) {
    for (int i = 0; i < texts->count; i++)
        text_view_search_close(&texts->views[i]);
    texts->searching = false;
}

size_t texts_search(struct texts *texts, struct slice needle) {
    size_t hits = 0;
    int first = -1;
    close_all(texts);
    for (int i = 0; i < texts->count && needle.length > 0; i++) {
        size_t found = text_view_search(&texts->views[i], needle, 0);
        if (found > 0 && (first < 0 || i == texts->marked))
            first = i;
        hits += found;
    }
    if (hits == 0) {
        close_all(texts);
        return 0;
    }
    texts->searching = true;
    texts_mark(texts, first); /* the others stay where they are read */
    text_view_show_hit(&texts->views[first], texts_rows(texts, first));
    return hits;
}

size_t texts_search_marked(struct texts *texts, struct slice needle, int rows) {
    struct text_view *view = &texts->views[texts->marked];
    close_all(texts);
    if (texts->count == 0 || text_view_search(view, needle, rows) == 0) {
        close_all(texts);
        return 0;
    }
    texts->searching = true;
    return view->hits.count;
}

void texts_go_to_hit(struct texts *texts, int direction) {
    int place = texts->marked;
    struct text_view *view = &texts->views[place];
    bool at_end = view->hits.count == 0 || (direction > 0 ? view->hit + 1 >= view->hits.count : view->hit == 0);
    for (int step = 0; at_end && step < texts->count; step++) {
        place = (place + direction + texts->count) % texts->count;
        if (texts->views[place].hits.count > 0)
            break;
    }
    texts_mark(texts, place);
    view = &texts->views[place];
    if (at_end && view->hits.count > 0) /* the step goes round the end, to the first or the last */
        view->hit = direction > 0 ? view->hits.count - 1 : 0;
    text_view_next_hit(view, direction, texts_rows(texts, place), NULL);
    texts_follow(texts);
}

const char *texts_hit(struct texts *texts) {
    size_t before = 0, all = 0;
    for (int i = 0; i < texts->count; i++) {
        before += i < texts->marked ? texts->views[i].hits.count : 0;
        all += texts->views[i].hits.count;
    }
    size_t here = before + texts->views[texts->marked].hit + 1;
    snprintf(texts->said, sizeof texts->said, "hit %zu of %zu", here <= all ? here : all, all);
    return texts->said;
}

void texts_search_typed(struct texts *texts, struct frame *frame, struct slice text) {
    if (!text.data)
        return;
    if (texts_search(texts, text) > 0)
        frame_say(frame, INK_NORMAL, "%s · %s next · %s the one before · %s ends the search", texts_hit(texts),
                  keymap_word(REQUEST_NEXT_HIT, IN_SEARCH).text, keymap_word(REQUEST_PREVIOUS_HIT, IN_SEARCH).text,
                  keymap_word(REQUEST_CLOSE_SEARCH, IN_SEARCH).text);
    else if (text.length > 0)
        frame_say(frame, INK_WARNING, "not found");
}
