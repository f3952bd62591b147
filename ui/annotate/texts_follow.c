/* Scrolling together; see texts.h. */
#include "ui/annotate/texts.h"

#include "core/base/banned.h"

/* To the same place in the section that goes with the marked text's; false where there is none. */
static bool follow_heading(struct texts *texts, int place) {
    const struct text_view *lead = &texts->views[texts->marked];
    struct text_view *view = &texts->views[place];
    struct text_section there, here = text_view_section_at(lead, text_view_top(lead));
    if (text_view_heading_count(lead) == 0 || !text_view_section_like(view, lead, &here, &there))
        return false;
    size_t length = here.end - here.line, gone = text_view_top(lead) - here.line;
    size_t line = length > 0 ? (there.end - there.line) * gone / length : 0;
    text_view_to_line(view, there.line + line, texts_rows(texts, place));
    return true;
}

void texts_follow(struct texts *texts) {
    if (texts->following == APART || texts->marked == 0)
        return;
    double share = text_view_share(&texts->views[texts->marked], texts_rows(texts, texts->marked));
    for (int i = 1; i < texts->count; i++) {
        if (i == texts->marked || texts->views[i].columns == 0)
            continue;
        if (texts->following != BY_HEADING || !follow_heading(texts, i))
            text_view_to_share(&texts->views[i], share, texts_rows(texts, i));
    }
}

/* Two responses at least have headings. */
static bool have_headings(const struct texts *texts) {
    int with = 0;
    for (int i = 1; i < texts->count; i++)
        with += text_view_heading_count(&texts->views[i]) > 0;
    return with > 1;
}

const char *texts_next_following(struct texts *texts) {
    if (texts->following == APART)
        texts->following = BY_SHARE;
    else
        texts->following = texts->following == BY_SHARE && have_headings(texts) ? BY_HEADING : APART;
    texts_follow(texts);
    switch (texts->following) {
    case BY_SHARE:
        return "the responses scroll together";
    case BY_HEADING:
        return "the responses scroll together, heading by heading";
    default:
        return "the responses scroll apart";
    }
}
