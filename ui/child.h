/*
 * Other programs on our terminal: the editor and the pager. The terminal is given back first and taken over afterwards; while
 * they run, INT and QUIT are ignored here and have their default in the child, and Ctrl-Z stops both. $VISUAL, $EDITOR and $PAGER are
 * split into words here (spaces, '…', "…", \x); a shell runs them only when they hold a sign that only a shell understands.
 */
#ifndef UI_CHILD_H
#define UI_CHILD_H

#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/base/pool.h"
#include "ui/terminal.h"

/*
 * Splits a command into words, in the pool; *words ends with NULL. Returns how many (0: nothing in it), or STATUS_INPUT when a
 * quote is not closed.
 */
int words_split(struct pool *pool, const char *command, char ***words, struct error *error);

struct editing {
    const char *name; /* of the file: an editor goes by its ending */
    int line;         /* to begin at, for the editors that are known to take one; 0: none */
    size_t most;      /* bytes */
};

/*
 * Lets the user write `text` in $VISUAL, else $EDITOR, else vi, through a private temporary file that is removed. On 0 text
 * holds what was saved, without the newline that editors add at the end. It is unchanged when the editor cannot be started or ends
 * with another status than 0 (STATUS_SYSTEM), or leaves more than `how->most` bytes or no valid UTF-8 (STATUS_INPUT).
 */
int child_edit(struct terminal *terminal, struct buffer *text, const struct editing *how, struct error *error);

/* Shows a text, cleaned, in $PAGER, else less, else more; on its standard input. */
int child_page(struct terminal *terminal, struct slice text, struct error *error);

#endif
