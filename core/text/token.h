/*
 * Text into the pieces that are compared: words, the marks between them, spaces. Every byte is in exactly one. A word is
 * a run of letters, digits and _ with what combines with them, and apostrophes inside it; what is written without spaces
 * (ideographs, kana, Thai, Lao, Khmer, Burmese) is a word a character. A newline stands alone, other spaces
 * come as a run, anything else as one character.
 */
#ifndef CORE_TEXT_TOKEN_H
#define CORE_TEXT_TOKEN_H

#include <stddef.h>

#include "core/base/slice.h"

enum token_kind { TOKEN_WORD, TOKEN_MARK, TOKEN_SPACE, TOKEN_NEWLINE };

/* The end of the token that starts at `at` (below text.length). Any bytes will do. */
size_t token_next(struct slice text, size_t at, enum token_kind *kind);

#endif
