/* HTML entities, as Markdown may hold them. */
#ifndef UI_ENTITY_H
#define UI_ENTITY_H

#include "core/base/buffer.h"

/* Adds what "&amp;", "&#233;" or "&#xE9;" stands for; a name that is not known as it came; no character at all as U+FFFD. */
void entity_decode(struct buffer *out, struct slice entity);

#endif
