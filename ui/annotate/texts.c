/* The reading area: what is in it, and its keys; see texts.h. It is drawn in texts_draw.c, searched in texts_search.c. */
#include "ui/annotate/texts.h"

#include <string.h>

#include "ui/text_keys.h"

#include "core/base/banned.h"

void texts_init(struct texts *texts) {
    *texts = (struct texts){.marked = 1, .answer = 1};
    for (int i = 0; i < TEXTS_MOST; i++)
        text_view_init(&texts->views[i]);
}

void texts_release(struct texts *texts) {
    for (int i = 0; i < TEXTS_MOST; i++)
        text_view_release(&texts->views[i]);
    texts->count = 0;
}

/* --- Filling ---------------------------------------------------------------------------------------------------------- */

static const struct messages *messages_at(const struct texts *texts, int place) {
    if (place == 0)
        return &texts->item->prompt;
    return &texts->item->responses[texts->shown[place - 1] - 'a'].messages;
}

static void fill(struct texts *texts, int place) {
    const struct messages *messages = messages_at(texts, place);
    struct text_view *view = &texts->views[place];
    text_view_clear(view, texts->raw ? TEXT_RAW : TEXT_MARKDOWN);
    for (size_t i = 0; i < messages->count; i++) {
        struct slice label = messages->count > 1 ? slice_of(role_name(messages->items[i].role)) : SLICE_ABSENT;
        text_view_add(view, label, messages->items[i].content);
    }
}

void texts_clear(struct texts *texts) {
    for (int i = 0; i < texts->count; i++) {
        text_view_search_close(&texts->views[i]);
        text_view_clear(&texts->views[i], TEXT_MARKDOWN);
        texts->bodies[i] = (struct rect){0};
    }
    texts->searching = false;
    texts->covered = NULL;
    texts->item = NULL;
    texts->count = 0;
}

void texts_set(struct texts *texts, const struct item *item, const char *shown) {
    texts_clear(texts);
    texts->placed = false;
    texts->item = item;
    texts->count = 1 + (int)item->response_count;
    texts->marked = texts->answer = 1;
    memset(texts->shown, 0, sizeof texts->shown);
    memcpy(texts->shown, shown, item->response_count);
    for (int i = 0; i < texts->count; i++)
        fill(texts, i);
}

/* The other form of every text; each stays about where it stood. */
static void refill(struct texts *texts) {
    for (int i = 0; i < texts->count; i++) {
        int rows = texts->bodies[i].rows, columns = texts->views[i].columns;
        double share = text_view_share(&texts->views[i], rows);
        fill(texts, i);
        if (columns > 0) {
            text_view_width(&texts->views[i], columns);
            text_view_to_share(&texts->views[i], share, rows);
        }
    }
}

const char *text_name(int place) {
    static const char letters[LIMIT_RESPONSES][2] = {"A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M",
                                                     "N", "O", "P", "Q", "R", "S", "T", "U", "V", "W", "X", "Y", "Z"};
    return place > 0 && place <= LIMIT_RESPONSES ? letters[place - 1] : "prompt";
}

void texts_source(const struct texts *texts, int place, struct buffer *out) {
    const struct messages *messages = messages_at(texts, place);
    for (size_t i = 0; i < messages->count; i++) {
        if (messages->count > 1)
            buffer_add_format(out, "%s[%s]\n", i ? "\n\n" : "", role_name(messages->items[i].role));
        buffer_add_slice(out, messages->items[i].content);
    }
}

void texts_caption(const struct item *item, struct buffer *out) {
    const struct slice words[] = {item->category, item->language};
    for (size_t i = 0; i < 2; i++)
        if (words[i].data && words[i].length > 0) {
            buffer_add_string(out, out->length ? " · " : "");
            buffer_add_slice(out, words[i]);
        }
    if (item->prompt.count > 1)
        buffer_add_format(out, "%s%zu turns", out->length ? " · " : "", item->prompt.count);
}

/* --- Keys ------------------------------------------------------------------------------------------------------------- */

int texts_rows(const struct texts *texts, int place) {
    int rows = texts->bodies[place].rows;
    return rows > 0 ? rows : 1;
}

void texts_mark(struct texts *texts, int place) {
    texts->marked = place;
    if (place > 0)
        texts->answer = place;
}

/* Sideways: the marked text, and with it the other responses where they scroll together. */
static void move_sideways(struct texts *texts, enum request request, const char **say) {
    bool together = texts->following != APART && texts->marked > 0, moves = false;
    for (int i = 0; i < texts->count; i++)
        if (i == texts->marked || (together && i > 0)) {
            moves = moves || texts->views[i].wide;
            text_view_request(&texts->views[i], request, texts_rows(texts, i));
        }
    if (!moves)
        *say = "nothing in this text is wider than its place";
}

static bool scroll(struct texts *texts, enum request request, const char **say) {
    if (request == REQUEST_SHIFT_LEFT || request == REQUEST_SHIFT_RIGHT) {
        move_sideways(texts, request, say);
        return true;
    }
    if (!text_view_request(&texts->views[texts->marked], request, texts_rows(texts, texts->marked)))
        return false;
    texts_follow(texts);
    return true;
}

bool texts_request(struct texts *texts, enum request request, const char **say) {
    static const char *const arranged[] = {"side by side", "one above the other", "one response at a time"};
    if (texts->count == 0)
        return false;
    switch (request) {
    case REQUEST_PREVIOUS_TEXT:
        texts_mark(texts, (texts->marked + texts->count - 1) % texts->count);
        return true;
    case REQUEST_NEXT_TEXT:
        texts_mark(texts, (texts->marked + 1) % texts->count);
        return true;
    case REQUEST_TOGETHER:
        *say = texts_next_following(texts);
        return true;
    case REQUEST_ARRANGE:
        *say = texts_arrange(texts) ? arranged[texts->arrangement] : "no room for another arrangement";
        return true;
    case REQUEST_RAW:
        texts->raw = !texts->raw;
        refill(texts);
        *say = texts->raw ? "as it came: what is invisible is spelt out" : "as Markdown";
        return true;
    case REQUEST_NEXT_HIT:
    case REQUEST_PREVIOUS_HIT:
        texts_go_to_hit(texts, request == REQUEST_NEXT_HIT ? 1 : -1);
        *say = texts_hit(texts);
        return true;
    case REQUEST_CLOSE_SEARCH:
        texts_search(texts, slice_of(""));
        return true;
    default:
        return scroll(texts, request, say);
    }
}

unsigned texts_contexts(const struct texts *texts) {
    unsigned contexts = texts->searching ? IN_SEARCH : 0;
    for (int i = 0; i < texts->count; i++)
        if (!rect_empty(texts->bodies[i]) && texts->views[i].wide)
            contexts |= IN_WIDE;
    return contexts;
}

bool texts_point(struct texts *texts, const struct key *key) {
    enum { NOTCH = 3 /* lines */ };
    struct rect pointer = rect_make(key->row, key->column, 1, 1);
    for (int place = 0; place < texts->count && !texts->covered; place++) {
        if (rect_empty(rect_meet(texts->bodies[place], pointer)))
            continue;
        if (key->kind == ON_CLICK) {
            texts_mark(texts, place);
            return true;
        }
        int marked = texts->marked;
        text_view_scroll(&texts->views[place], key->kind == ON_WHEEL_UP ? -NOTCH : NOTCH, texts_rows(texts, place));
        texts->marked = place; /* the others follow the one that moved */
        texts_follow(texts);
        texts->marked = marked;
        return true;
    }
    return false;
}
