/*
 * A text field of one or more lines. Text is valid UTF-8 without control characters (a multi-line field may hold newlines);
 * the cursor stands between grapheme clusters. What is typed or pasted is stripped of controls: a paste's newlines become
 * spaces in a one-line field, its tabs spaces everywhere.
 */
#ifndef UI_EDIT_H
#define UI_EDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "ui/key.h"
#include "ui/surface.h"

struct edit {
    struct buffer text;
    size_t cursor; /* byte */
    bool lines;    /* may hold newlines */
    size_t most;   /* bytes it may hold */
    int columns;   /* of the last draw: what up and down go by */
    int goal;      /* column that up and down keep to; -1: the cursor's own */
    size_t top;    /* first row shown of the wrapped text */
};

enum edit_result {
    EDIT_IGNORED, /* not a key of a text field; a typing screen swallows it */
    EDIT_MOVED,
    EDIT_CHANGED,
    EDIT_FULL,   /* nothing more fits; nothing changed */
    EDIT_ENDED,  /* Enter, Esc or Tab: end typing */
    EDIT_EDITOR, /* Ctrl-O: the caller runs frame_edit on edit->text, then edit_set_cursor_end */
};

void edit_init(struct edit *edit, bool lines, size_t most);
void edit_release(struct edit *edit);

/* Replaces the text (stripped as a paste is); the cursor goes to its end. */
void edit_set(struct edit *edit, struct slice text);

/* One event, through the keymap's typing context. */
enum edit_result edit_key(struct edit *edit, const struct key *key);

/* Inserts at the cursor, stripped. False when it does not fit wholly: then nothing was inserted. */
bool edit_insert(struct edit *edit, struct slice text);

/* Rows the text takes at that width, at least 1. */
int edit_rows(const struct edit *edit, int columns);

/* Draws, scrolled so that the cursor is seen; with `focused` the surface's cursor is put there. */
void edit_draw(struct edit *edit, struct surface *surface, struct rect area, enum ink ink, bool focused);

#endif
