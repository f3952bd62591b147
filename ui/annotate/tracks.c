/* Which track: asked of a person who may work on several and named none. */
#include "core/base/memory.h"
#include "ui/annotate/phrases.h"
#include "ui/annotate/tracks.h"
#include "ui/list.h"
#include "ui/paint.h"

#include "core/base/banned.h"

enum { NAME_LEAST = 12, NAME_MOST = 30, GAP = 3 };

struct tracks {
    struct screen screen; /* must be first */
    const char *campaign, *person;
    const struct track_line *lines;
    struct list list; /* the lines, then leaving */
    const char **chosen;
};

static unsigned tracks_contexts(const struct screen *screen) {
    (void)screen;
    return IN_LIST;
}

/* What the person finds there: "batch 4, 12 of 50 done", or what comes first. */
static void state_words(const struct track_line *line, struct buffer *out) {
    const struct standing *standing = &line->standing;
    if (line->batch.id) {
        phrase_batch(out, &line->batch);
        buffer_add_format(out, ", %d of %d done", line->batch.judged + line->batch.aside, line->batch.size);
    } else if (standing_waits(standing)) {
        buffer_add_string(out, "your qualification waits for the lead");
    } else if (standing->next != STANDING_WORK) {
        buffer_add_string(out,
                          standing->next == STANDING_TRAINING ? "training comes first" : "a qualification comes first");
    } else {
        buffer_add_string(out, "no batch open");
    }
}

static int name_columns(const struct tracks *tracks) {
    int most = NAME_LEAST;
    for (size_t i = 0; i + 1 < tracks->list.count; i++) {
        int columns = (int)(text_columns(slice_of(tracks->lines[i].track)) & 0xffff);
        most = columns > most ? columns : most;
    }
    return most < NAME_MOST ? most : NAME_MOST;
}

static void draw_row(void *data, size_t index, bool selected, struct surface *surface, struct rect area) {
    const struct tracks *tracks = data;
    enum ink ink = selected ? INK_STRONG : INK_NORMAL;
    struct buffer words = BUFFER_INIT;
    if (index + 1 == tracks->list.count) {
        paint_string(surface, area, 0, 0, ink, "Leave");
        return;
    }
    int column = paint_fit(surface, area, 0, 0, name_columns(tracks), ink, slice_of(tracks->lines[index].track));
    state_words(&tracks->lines[index], &words);
    paint_text(surface, area, 0, column + GAP, INK_DIM, buffer_slice(&words));
    buffer_release(&words);
}

static void tracks_draw(struct screen *screen, struct surface *surface) {
    struct tracks *tracks = (struct tracks *)screen;
    struct rect area = surface_rect(surface);
    frame_title(surface, &area, tracks->campaign, tracks->person);
    frame_hint(surface, &area, IN_LIST);
    rect_cut_left(&area, area.columns >= 76 ? 3 : 1);
    paint_string(surface, area, 1, 2, INK_STRONG, "Which track?");
    rect_cut_top(&area, 3);
    list_draw(&tracks->list, surface, area, draw_row, tracks);
}

static bool tracks_key(struct screen *screen, struct frame *frame, const struct key *key) {
    struct tracks *tracks = (struct tracks *)screen;
    enum request request = list_lookup(&tracks->list, &frame->surface, key);
    if (request == REQUEST_OPEN && tracks->list.selected + 1 < tracks->list.count)
        *tracks->chosen = tracks->lines[tracks->list.selected].track;
    if (request != REQUEST_OPEN && request != REQUEST_CLOSE)
        return list_request(&tracks->list, request);
    frame_leave(frame);
    return true;
}

static void tracks_close(struct screen *screen) {
    memory_free(screen);
}

void tracks_push(struct frame *frame, const char *campaign, const char *person, const struct track_line *lines,
                 size_t count, const char **chosen) {
    static const struct screen_class class = {
        .name = "tracks", .draw = tracks_draw, .key = tracks_key, .contexts = tracks_contexts, .close = tracks_close};
    struct tracks *tracks = memory_new(1, sizeof *tracks);
    *tracks = (struct tracks){
        .screen = {.class = &class}, .campaign = campaign, .person = person, .lines = lines, .chosen = chosen};
    list_set_count(&tracks->list, count + 1);
    for (size_t i = count; i > 0; i--) /* ▸ at the first one that was begun */
        if (lines[i - 1].batch.id)
            tracks->list.selected = i - 1;
    *chosen = NULL;
    frame_push(frame, &tracks->screen);
}
