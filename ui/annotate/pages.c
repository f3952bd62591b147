/* Guideline, about this item, what is recorded; see pages.h. */
#include "ui/annotate/pages.h"

#include "core/base/timestamp.h"
#include "core/text/clean.h"
#include "core/text/wrap.h"
#include "store/questions.h"
#include "ui/annotate/answers.h"
#include "ui/annotate/phrases.h"

#include "core/base/banned.h"

static size_t longest_fence(struct slice text) {
    size_t longest = 2, run = 0;
    for (size_t i = 0; i < text.length; i++) {
        run = text.data[i] == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest + 1;
}

void page_verbatim(struct buffer *out, struct slice text) {
    size_t fence = longest_fence(text);
    buffer_add_string(out, "\n");
    buffer_add_repeated(out, "`", fence);
    buffer_add_string(out, "\n");
    buffer_add_slice(out, text);
    buffer_add_string(out, "\n");
    buffer_add_repeated(out, "`", fence);
    buffer_add_string(out, "\n");
}

/* A changed line is wrapped, each part behind its sign and as far in as the line: it must be read, and a code block is cut at the edge. */
static void add_changed(struct buffer *out, struct slice line) {
    enum { COLUMNS = 72, LEAST = 24 };
    struct buffer clean = BUFFER_INIT;
    struct text_line part;
    text_clean(&clean, slice_make(line.data + 2, line.length - 2), CLEAN_ONE_LINE);
    size_t indent = strspn(clean.data, " ");
    struct slice words = slice_make(clean.data + indent, clean.length - indent);
    int columns = (int)indent < COLUMNS - LEAST ? COLUMNS - (int)indent : LEAST;
    for (size_t at = 0; text_wrap(words, at, columns, &part); at = part.next) {
        buffer_add_format(out, "%c ", line.data[0]);
        buffer_add_repeated(out, " ", indent);
        buffer_add_slice(out, slice_make(words.data + part.start, part.end - part.start));
        buffer_add_char(out, '\n');
    }
    if (words.length == 0)
        buffer_add_format(out, "%c\n", line.data[0]);
    buffer_release(&clean);
}

void page_changes(struct buffer *out, const struct difference *difference) {
    struct buffer lines = BUFFER_INIT, wrapped = BUFFER_INIT;
    difference_write(difference, 3, &lines);
    for (size_t at = 0; at < lines.length;) {
        const char *end = memchr(lines.data + at, '\n', lines.length - at);
        size_t length = end ? (size_t)(end - lines.data) - at : lines.length - at;
        struct slice line = slice_make(lines.data + at, length);
        if (length > 1 && (line.data[0] == '+' || line.data[0] == '-')) {
            add_changed(&wrapped, line);
        } else {
            buffer_add_slice(&wrapped, line);
            buffer_add_char(&wrapped, '\n');
        }
        at += length + 1;
    }
    page_verbatim(out, buffer_slice(&wrapped));
    buffer_release(&wrapped);
    buffer_release(&lines);
}

void page_quote(struct buffer *out, struct slice text) {
    buffer_add_string(out, "> ");
    for (size_t i = 0; i < text.length; i++) {
        buffer_add_char(out, text.data[i]);
        if (text.data[i] == '\n')
            buffer_add_string(out, "> ");
    }
    buffer_add_string(out, "\n\n");
}

/* --- Guideline -------------------------------------------------------------------------------------------------------- */

static void add_criteria(const struct rubric *rubric, struct buffer *out) {
    if (rubric->criterion_count == 0)
        return;
    buffer_add_string(out, "\n## What the rows ask\n\n");
    for (int i = 0; i < rubric->criterion_count; i++) {
        const struct criterion *criterion = &rubric->criteria[i];
        buffer_add_format(out, "- **%s**: %s", criterion->id, criterion->ask);
        for (int digit = 0; digit < 10; digit++)
            if (criterion->labels[digit])
                buffer_add_format(out, " · %d %s", digit, criterion->labels[digit]);
        buffer_add_string(out, "\n");
    }
}

int page_guideline(struct sitting *sitting, struct buffer *out, struct error *error) {
    const struct rubric *rubric = &sitting->rubric;
    struct pool pool = POOL_INIT;
    struct ruling *rulings;
    size_t count, in_force = 0;
    int status = ruling_list(sitting->store, sitting->viewer, sitting->options->track, &pool, &rulings, &count, error);
    if (!status) {
        buffer_add_format(out, "# %s\n\n%s, version %d\n\n", rubric->title, rubric->name, rubric->version);
        buffer_add_string(out, rubric->guideline[0] ? rubric->guideline : "This rubric has no guideline.\n");
        add_criteria(rubric, out);
        buffer_add_string(out, "\n## Rulings\n\n");
        for (size_t i = 0; i < count; i++)
            if (!rulings[i].retired) {
                buffer_add_format(out, "%zu. **%s** ", ++in_force, timestamp_local_day(rulings[i].at).text);
                buffer_add_slice(out, rulings[i].text);
                buffer_add_string(out, "\n");
            }
        if (in_force == 0)
            buffer_add_string(out, "None yet.\n");
    }
    pool_release(&pool);
    return status;
}

void guideline_open(struct work_screen *work, struct frame *frame) {
    struct buffer page = BUFFER_INIT;
    struct error error = ERROR_INIT;
    int status = page_guideline(work->sitting, &page, &error);
    if (work_done(work, frame, status, &error, guideline_open))
        frame_read(frame, "guideline and rulings", buffer_slice(&page));
    buffer_release(&page);
}

/* --- About this item ---------------------------------------------------------------------------------------------------- */

static void add_line(struct buffer *out, const char *what, struct slice value) {
    buffer_add_format(out, "| %s | ", what);
    if (value.data && value.length > 0)
        buffer_add_slice(out, value);
    else
        buffer_add_string(out, "–");
    buffer_add_string(out, " |\n");
}

void page_about(const struct judge *judge, struct buffer *out) {
    const struct serving *serving = &judge->serving;
    const struct sitting *sitting = judge->work.sitting;
    struct buffer words = BUFFER_INIT;
    if (judge->coach.shown)
        coach_page(&judge->coach, &sitting->rubric, serving->shown, out);
    add_line(out, "reference", slice_of(serving->ref.text));
    buffer_add_string(out, "| --- | --- |\n");
    buffer_add_format(&words, "%d of %d in ", serving->position, sitting->batch.size);
    phrase_batch(&words, &sitting->batch);
    add_line(out, "place", buffer_slice(&words));
    add_line(out, "category", serving->item.category);
    add_line(out, "language", serving->item.language);
    buffer_clear(&words);
    buffer_add_format(&words, "%zu", serving->item.prompt.count);
    add_line(out, "turns", buffer_slice(&words));
    buffer_clear(&words);
    buffer_add_format(&words, "%s, version %d", sitting->rubric.name, sitting->rubric.version);
    add_line(out, "rubric", buffer_slice(&words));
    buffer_clear(&words);
    if (serving->judged) {
        answer_say(&words, &sitting->rubric, serving->shown, serving->judgment.prefer, serving->judgment.ranking.text,
                   serving->judgment.strength);
        buffer_add_string(&words, ", ");
        phrase_duration(&words, serving->active_ms);
        buffer_add_string(&words, " on task");
    }
    add_line(out, "your judgment", buffer_slice(&words));
    add_line(out, "your question",
             slice_of(judge_has_question(judge) ? "begun, not asked yet"
                      : serving->question       ? "asked"
                                                : ""));
    if (sitting->batch.purpose != BATCH_TRAINING)
        buffer_add_string(out, "\nAll items of a batch look and count alike until the batch is handed in.\n");
    buffer_release(&words);
}

/* --- How texts are shown ------------------------------------------------------------------------------------------------ */

void page_texts(struct buffer *out) {
    buffer_add_format(
        out,
        "\n## How texts are shown\n\n"
        "- **Markdown** is laid out; HTML, formulas and line breaks stay as they were written. The source is one key "
        "away (%s): tabs are ──→ there, spaces at the end of a line ·, and what is invisible or broken is spelt out, "
        "‹U+200B›.\n"
        "- **Right-to-left paragraphs** (the first letter decides) stand at the right edge, as do the marks of their "
        "lists. Their characters are sent in the order in which they are read: a terminal that orders Arabic and "
        "Hebrew "
        "itself does so within each row and column, another one shows them from left to right.\n"
        "- **Emoji** that are joined into one, a family or a rainbow flag, stand side by side as their parts, and a "
        "skin "
        "tone is written out: terminals do not agree on how wide the joined ones are. Of the marks on one letter four "
        "are shown.\n"
        "- **Code** that names its language has keywords, strings and comments told apart. Where › shows "
        "that code or a table goes on, %s and %s move it sideways. How lines of a paragraph are indented is kept.\n"
        "- A response of more than %d KB is shown plain, not as Markdown.\n",
        keymap_word(REQUEST_RAW, IN_READING).text, keymap_word(REQUEST_SHIFT_LEFT, IN_READING).text,
        keymap_word(REQUEST_SHIFT_RIGHT, IN_READING).text, TEXT_VIEW_MARKDOWN_MOST >> 10);
}

/* --- What is recorded -------------------------------------------------------------------------------------------------- */

void page_recorded(const struct sitting *sitting, struct buffer *out) {
    if (sitting->options->rehearsal) {
        buffer_add_string(
            out, "\n## What is recorded about you\n\nNothing: this is a rehearsal, on a copy of a few items that is "
                 "thrown away when you leave. In real work this page says what is kept.\n");
        return;
    }
    if (sitting->options->gold) {
        buffer_add_string(
            out, "\n## What is recorded about you\n\nThe keys that you make, with your name and the moment. Your "
                 "answers are no judgments: they stand in no figure.\n");
        return;
    }
    buffer_add_string(
        out, "\n## What is recorded about you\n\n"
             "- **Each judgment**: what you chose and how strongly, the ratings, your confidence, tags, flags and the "
             "reason; the order in which the responses stood; the moment; the rubric's version.\n");
    buffer_add_format(
        out,
        "- **Time on task** of each item: the pauses between keys are added up, and a pause longer than %d "
        "seconds counts as nothing.\n",
        sitting->campaign->idle_seconds);
    buffer_add_string(
        out,
        "- **The draft** of the item in hand, with a question that you began, until it is submitted.\n"
        "- **What you set aside** and the reason you gave; what you asked or contested; when you handed in; which "
        "rulings and "
        "rubrics you have read.\n"
        "- A judgment that you revise is kept beside the new one; the new one counts.\n"
        "- Training and qualification, where a track asks for them, are told as such, and are in no figure.\n\n"
        "Not recorded: keys, scrolling, searches, what you look at and for how long, deleted words, your machine.\n\n");
    if (sitting->viewer->role == VIEWER_SOLO)
        buffer_add_string(
            out, "You work alone in this store: nobody else sees any of it unless you give them the file. You can "
                 "open the gold, so the pane measures memory as much as judgment.\n");
    else
        buffer_add_string(
            out, "The lead sees all of it, and figures made from it. Other annotators see none of it. Some items have "
                 "a known answer; your figures come from those, and move only when you hand in.\n\n");
    if (sitting->settings->below_bar == BELOW_PAUSE && standing_is_asked(sitting->settings, sitting->viewer->role))
        buffer_add_string(
            out, "Where they fall below the bar, your work on this track rests until you have qualified again. "
                 "What you did is kept, and the lead looks at it.\n\n");
}
