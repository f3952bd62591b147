/* The texts in places of their own: differences, $PAGER; see texts.h. */
#include "ui/annotate/texts.h"

#include "ui/differences.h"
#include "ui/screen.h"

#include "core/base/banned.h"

void texts_compare(const struct texts *texts, struct frame *frame) {
    struct compared_text compared[LIMIT_RESPONSES];
    struct buffer sources[LIMIT_RESPONSES];
    size_t count = (size_t)texts->count - 1, first = (size_t)texts->answer - 1;
    if (texts->count < 3)
        return;
    for (size_t i = 0; i < count; i++) {
        buffer_init(&sources[i]);
        texts_source(texts, (int)i + 1, &sources[i]);
        compared[i] = (struct compared_text){text_name((int)i + 1), buffer_slice(&sources[i])};
    }
    differences_open(frame, compared, count, first, (first + 1) % count);
    for (size_t i = 0; i < count; i++)
        buffer_release(&sources[i]);
}

void texts_page(const struct texts *texts, struct frame *frame) {
    struct buffer text = BUFFER_INIT;
    struct error error = ERROR_INIT;
    texts_source(texts, texts->marked, &text);
    if (frame_page(frame, buffer_slice(&text), &error))
        frame_say(frame, INK_ERROR, "%s", error.text);
    buffer_release(&text);
}
