/* A text field over another screen; see entry.h. */
#include "ui/annotate/entry.h"

#include "core/base/memory.h"
#include "ui/paint.h"

#include "core/base/banned.h"

struct entry {
    struct screen screen;
    struct screen *asker;
    const char *title, *verb;
    int rows;
    struct edit edit;
    bool unkept; /* something was written that nobody keeps */
    void (*changed)(struct screen *asker, struct frame *frame, struct slice text);
    void (*done)(struct screen *asker, struct frame *frame, struct slice text);
};

static void entry_draw(struct screen *screen, struct surface *surface) {
    struct entry *entry = (struct entry *)screen;
    struct rect all = surface_rect(surface);
    struct rect box = rect_cut_bottom(&all, entry->rows + 4);
    paint_fill(surface, box, INK_NORMAL);
    paint_rule(surface, box, 0);
    paint_string(surface, box, 1, 1, INK_STRONG, entry->title);
    struct buffer hint = BUFFER_INIT;
    buffer_add_format(&hint, "%s %s · %s new line · %s $EDITOR · Esc back",
                      keymap_word(REQUEST_END_TYPING, IN_TYPING).text, entry->verb,
                      keymap_word(REQUEST_NEW_LINE, IN_TYPING).text, keymap_word(REQUEST_EDITOR, IN_TYPING).text);
    paint_right(surface, box, box.rows - 1, 1, INK_DIM, buffer_slice(&hint));
    buffer_release(&hint);
    struct rect field = {box.row + 2, box.column + 3, entry->rows, box.columns - 6};
    paint_string(surface, box, 2, 1, INK_ACCENT, "▸");
    edit_draw(&entry->edit, surface, field, INK_NORMAL, true);
}

bool entry_edit_outside(struct frame *frame, struct edit *edit) {
    struct buffer text = BUFFER_INIT;
    struct error error = ERROR_INIT;
    buffer_add_slice(&text, buffer_slice(&edit->text));
    int status = frame_edit(frame, &text, &(struct editing){.name = "why.txt", .most = edit->most}, &error);
    if (status)
        frame_say(frame, INK_ERROR, "%s", error.text);
    else
        edit_set(edit, buffer_slice(&text));
    buffer_release(&text);
    return status == STATUS_OK;
}

static bool blank(struct slice text) {
    for (size_t i = 0; i < text.length; i++)
        if (!strchr(" \t\r\n", text.data[i]))
            return false;
    return true;
}

/* The entry is gone when the asker hears of it; the text outlives it here. */
static void finish(struct entry *entry, struct frame *frame, bool given) {
    struct buffer text = BUFFER_INIT;
    struct screen *asker = entry->asker;
    void (*done)(struct screen *, struct frame *, struct slice) = entry->done;
    buffer_add_slice(&text, buffer_slice(&entry->edit.text));
    given = given && !blank(buffer_slice(&text));
    frame_pop(frame);
    done(asker, frame, given ? buffer_slice(&text) : SLICE_ABSENT);
    buffer_release(&text);
}

static void throw_away_answered(struct screen *asker, struct frame *frame, bool yes) {
    if (yes)
        finish((struct entry *)asker, frame, false);
}

/* What was written is not gone by one key. */
static void go_back(struct entry *entry, struct frame *frame) {
    if (entry->unkept && !blank(buffer_slice(&entry->edit.text)))
        frame_ask(frame, "Go back? What is written here is not kept.", throw_away_answered);
    else
        finish(entry, frame, false);
}

static void written(struct entry *entry, struct frame *frame) {
    if (entry->changed)
        entry->changed(entry->asker, frame, buffer_slice(&entry->edit.text));
    else
        entry->unkept = true;
}

static bool entry_key(struct screen *screen, struct frame *frame, const struct key *key) {
    struct entry *entry = (struct entry *)screen;
    if (key->kind == ON_ESCAPE || key_equal(*key, key_control('c'))) {
        go_back(entry, frame);
        return true;
    }
    switch (edit_key(&entry->edit, key)) {
    case EDIT_CHANGED:
        written(entry, frame);
        return true;
    case EDIT_ENDED:
        finish(entry, frame, true);
        return true;
    case EDIT_EDITOR:
        if (entry_edit_outside(frame, &entry->edit))
            written(entry, frame);
        return true;
    case EDIT_FULL:
        frame_say(frame, INK_WARNING, "no more than %zu bytes fit here", entry->edit.most);
        return true;
    default: /* nothing else fires while typing */
        return true;
    }
}

static unsigned entry_contexts(const struct screen *screen) {
    (void)screen;
    return IN_TYPING;
}

static void entry_close(struct screen *screen) {
    struct entry *entry = (struct entry *)screen;
    edit_release(&entry->edit);
    memory_free(entry);
}

static const struct screen_class entry_class = {
    .name = "entry",
    .draw = entry_draw,
    .key = entry_key,
    .contexts = entry_contexts,
    .close = entry_close,
    .overlay = true,
};

void entry_open(struct frame *frame, const char *title, const char *verb, int rows, size_t most, struct slice start,
                void (*changed)(struct screen *asker, struct frame *frame, struct slice text),
                void (*done)(struct screen *asker, struct frame *frame, struct slice text)) {
    struct entry *entry = memory_new(1, sizeof *entry);
    *entry = (struct entry){.screen = {.class = &entry_class},
                            .asker = frame->top,
                            .title = title,
                            .verb = verb,
                            .rows = rows,
                            .changed = changed,
                            .done = done};
    edit_init(&entry->edit, true, most);
    edit_set(&entry->edit, start);
    frame_push(frame, &entry->screen);
}
