/*
 * The draft of a judgment as text, one `key value` a line, by the rubric's words and in stored letters:
 *     rating 5,- accuracy · rating = tone · prefer a · strength 2 · confidence fairly sure · tag unsafe · flag
 * cut-off ·     why one line, with \n for a new line and \\ for a backslash · ask likewise · active 41200 · at 2 1
 * Of three or more responses: ranking b>a= (a tie that waits stands at its end) · strength 2, or prefer none.
 * A word that the rubric no longer has, or a value that no longer fits, is skipped: that row is unanswered.
 */
#include "core/work/form_parts.h"

#include "core/base/banned.h"

static const struct slice empty = {"", 0};

static void write_criterion(const struct form *form, int k, struct buffer *out) {
    const struct criterion *criterion = &form->rubric->criteria[k];
    const signed char *cells = form->answer.ratings.cells[k];
    size_t count = criterion->per == PER_PAIR ? 1 : form->responses;
    bool any = false;
    for (size_t r = 0; r < count; r++)
        any = any || cells[r] != CELL_MISSING;
    if (!any)
        return;
    buffer_add_string(out, "rating ");
    for (size_t r = 0; r < count; r++) {
        if (r > 0)
            buffer_add_char(out, ',');
        if (cells[r] == CELL_MISSING)
            buffer_add_char(out, '-');
        else if (criterion->per == PER_PAIR)
            buffer_add_char(out, (char)(cells[r] == CELL_SAME ? '=' : 'a' + cells[r]));
        else
            buffer_add_char(out, (char)('0' + cells[r]));
    }
    buffer_add_format(out, " %s\n", criterion->id);
}

static void write_choice(const struct form *form, struct buffer *out) {
    const struct judgment *answer = &form->answer;
    if (answer->ranking.text[0]) {
        buffer_add_format(out, "ranking %s%s\n", answer->ranking.text, form->tie_next ? "=" : "");
        if (answer->strength > 0)
            buffer_add_format(out, "strength %d\n", answer->strength);
    } else if (answer->prefer == CHOICE_TIE)
        buffer_add_string(out, "prefer tie\n");
    else if (answer->prefer == CHOICE_NONE)
        buffer_add_string(out, "prefer none\n");
    else if (answer->prefer >= 0)
        buffer_add_format(out, "prefer %c\nstrength %d\n", (char)('a' + answer->prefer), answer->strength);
}

static void write_words(struct buffer *out, const char *key, const char *const *words, int count, unsigned bits) {
    for (int i = 0; i < count; i++)
        if (bits >> i & 1u)
            buffer_add_format(out, "%s %s\n", key, words[i]);
}

/* The rubric's first word for this percentage; NULL if it has none. */
static const char *confidence_word(const struct rubric *rubric, int percent) {
    for (int i = 0; i < rubric->confidence_count; i++)
        if (rubric->confidence[i].percent == percent)
            return rubric->confidence[i].word;
    return NULL;
}

static void write_text(struct buffer *out, const char *key, const struct buffer *text) {
    if (text->length == 0)
        return;
    buffer_add_string(out, key);
    for (size_t i = 0; i < text->length; i++) {
        char c = text->data[i];
        if (c == '\n' || c == '\\')
            buffer_add_string(out, c == '\n' ? "\\n" : "\\\\");
        else
            buffer_add_char(out, c);
    }
    buffer_add_char(out, '\n');
}

void form_write(const struct form *form, struct buffer *out) {
    const struct rubric *rubric = form->rubric;
    for (int k = 0; k < rubric->criterion_count; k++)
        write_criterion(form, k, out);
    write_choice(form, out);
    const char *confidence = confidence_word(rubric, form->answer.confidence);
    if (confidence)
        buffer_add_format(out, "confidence %s\n", confidence);
    write_words(out, "tag", rubric->tags, rubric->tag_count, form->answer.tags);
    write_words(out, "flag", rubric->flags, rubric->flag_count, form->answer.flags);
    write_text(out, "why ", &form->rationale);
    write_text(out, "ask ", &form->question);
    buffer_add_format(out, "active %lld\n", (long long)form->active_ms);
    buffer_add_format(out, "at %zu %zu\n", form->row, form->cell);
}

/* --- Reading
 * ---------------------------------------------------------------------------------------------------------- */

/* Cuts the text before the first c off *rest; absent if there is no c. */
static struct slice cut(struct slice *rest, char c) {
    const char *found = rest->length ? memchr(rest->data, c, rest->length) : NULL;
    if (!found)
        return SLICE_ABSENT;
    struct slice head = slice_make(rest->data, (size_t)(found - rest->data));
    *rest = slice_make(found + 1, rest->length - head.length - 1);
    return head;
}

static int64_t read_number(struct slice text) {
    int64_t number = 0;
    if (text.length == 0 || text.length > 15)
        return -1;
    for (size_t i = 0; i < text.length; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            return -1;
        number = number * 10 + (text.data[i] - '0');
    }
    return number;
}

static signed char read_cell(const struct form *form, const struct criterion *criterion, char c) {
    if (criterion->per == PER_PAIR) {
        int response = c - 'a';
        if (c == '=')
            return CELL_SAME;
        return (signed char)(response >= 0 && response < (int)form->responses ? response : CELL_MISSING);
    }
    int value = c - '0';
    return (signed char)(value >= criterion->low && value <= criterion->high ? value : CELL_MISSING);
}

static void read_rating(struct form *form, struct slice value) {
    struct slice cells = cut(&value, ' ');
    for (int k = 0; cells.data && k < form->rubric->criterion_count; k++) {
        const struct criterion *criterion = &form->rubric->criteria[k];
        size_t count = criterion->per == PER_PAIR ? 1 : form->responses;
        if (!slice_is(value, criterion->id) || cells.length != 2 * count - 1)
            continue;
        for (size_t r = 0; r < count; r++)
            form->answer.ratings.cells[k][r] = read_cell(form, criterion, cells.data[2 * r]);
    }
}

static void read_prefer(struct form *form, struct slice value) {
    int response = value.length == 1 ? value.data[0] - 'a' : -1;
    if (form_ranks(form) && !slice_is(value, "none"))
        return; /* follows from the order */
    if (slice_is(value, "tie") && form->rubric->tie)
        form->answer.prefer = CHOICE_TIE;
    else if (slice_is(value, "none") && form->rubric->none)
        form->answer.prefer = CHOICE_NONE;
    else if (response >= 0 && response < (int)form->responses)
        form->answer.prefer = response;
}

/* An order as far as it went; one that does not fit is none. */
static void read_order(struct form *form, struct slice value) {
    bool waits = value.length > 1 && value.data[value.length - 1] == '=';
    value.length -= waits;
    if (!form_ranks(form) || value.length >= RANKING_BYTES || !ranking_valid(value, form->responses, true))
        return;
    form->answer.ranking = (struct ranking){""};
    memcpy(form->answer.ranking.text, value.data, value.length);
    form->tie_next = waits && ranking_placed(form->answer.ranking.text) < form->responses;
}

static void read_bit(struct slice value, const char *const *words, int count, unsigned *bits) {
    for (int i = 0; i < count; i++)
        if (slice_is(value, words[i]))
            *bits |= 1u << i;
}

static void read_text(struct slice value, struct buffer *out) {
    buffer_clear(out);
    for (size_t i = 0; i < value.length; i++) {
        char c = value.data[i];
        if (c == '\\' && i + 1 < value.length) {
            c = value.data[++i];
            c = c == 'n' ? '\n' : c;
        }
        buffer_add_char(out, c);
    }
}

static void read_why(struct form *form, struct slice value) {
    struct buffer text = BUFFER_INIT;
    read_text(value, &text);
    form_set_rationale(form, buffer_slice(&text));
    buffer_release(&text);
}

static void read_at(struct form *form, struct slice value) {
    struct slice row = cut(&value, ' ');
    int64_t r = read_number(row), cell = read_number(value);
    if (r < 0 || r >= (int64_t)form->row_count)
        return;
    form->row = (size_t)r;
    form->cell = cell >= 0 && cell < (int64_t)form->responses && form->rows[r].kind == ROW_CRITERION ? (size_t)cell : 0;
}

static void read_line(struct form *form, struct slice line) {
    const struct rubric *rubric = form->rubric;
    struct slice key = cut(&line, ' ');
    if (!key.data)
        return;
    if (slice_is(key, "rating"))
        read_rating(form, line);
    else if (slice_is(key, "prefer"))
        read_prefer(form, line);
    else if (slice_is(key, "ranking"))
        read_order(form, line);
    else if (slice_is(key, "strength"))
        form->answer.strength = line.length == 1 ? line.data[0] - '0' : 0;
    else if (slice_is(key, "tag"))
        read_bit(line, rubric->tags, rubric->tag_count, &form->answer.tags);
    else if (slice_is(key, "flag"))
        read_bit(line, rubric->flags, rubric->flag_count, &form->answer.flags);
    else if (slice_is(key, "why"))
        read_why(form, line);
    else if (slice_is(key, "ask"))
        read_text(line, &form->question);
    else if (slice_is(key, "at"))
        read_at(form, line);
    else if (slice_is(key, "active") && read_number(line) >= 0)
        form->active_ms = read_number(line);
    else if (slice_is(key, "confidence"))
        for (int i = 0; i < rubric->confidence_count; i++)
            if (slice_is(line, rubric->confidence[i].word))
                form->answer.confidence = rubric->confidence[i].percent;
}

/* A choice between two and its strength stand together or not at all; an order may wait for its strength. */
static void settle_choice(struct form *form) {
    struct judgment *answer = &form->answer;
    bool fits = answer->strength >= 1 && answer->strength <= form->rubric->strength_count;
    if (form_ranks(form)) {
        answer->strength = fits ? answer->strength : 0;
        if (!form->rubric->tie && answer->ranking.text[0] && ranking_first(answer->ranking.text) == CHOICE_TIE)
            answer->ranking = (struct ranking){""};
        if (answer->ranking.text[0])
            answer->prefer = CHOICE_MISSING; /* what the order says is found anew */
        form_settle_order(form);
        return;
    }
    if (answer->prefer >= 0 && !fits)
        answer->prefer = CHOICE_MISSING;
    if (answer->prefer < 0)
        answer->strength = 0;
}

/* Everything unanswered, ▸ on the first row. */
static void start_over(struct form *form) {
    form->row = form->cell = 0;
    form->active_ms = 0;
    form->tie_next = false;
    form->answer = (struct judgment){.prefer = CHOICE_MISSING, .confidence = -1, .rationale = empty};
    ratings_clear(&form->answer.ratings);
    buffer_clear(&form->rationale);
    buffer_clear(&form->question);
}

void form_read(struct form *form, struct slice draft) {
    start_over(form);
    for (;;) {
        struct slice line = cut(&draft, '\n');
        if (!line.data)
            break;
        read_line(form, line);
    }
    read_line(form, draft); /* a last line without an end */
    settle_choice(form);
}

void form_fill(struct form *form, const struct judgment *judgment) {
    const struct rubric *rubric = form->rubric;
    start_over(form);
    form->answer = *judgment;
    form->answer.rationale = empty;
    form->answer.tags &= (1u << rubric->tag_count) - 1;
    form->answer.flags &= (1u << rubric->flag_count) - 1;
    if (!confidence_word(rubric, judgment->confidence))
        form->answer.confidence = -1;
    if ((judgment->prefer == CHOICE_TIE && !rubric->tie) || (judgment->prefer == CHOICE_NONE && !rubric->none) ||
        judgment->prefer >= (int)form->responses)
        form->answer.prefer = CHOICE_MISSING;
    if (!form_ranks(form) || !ranking_valid(slice_of(judgment->ranking.text), form->responses, rubric->partial))
        form->answer.ranking = (struct ranking){""};
    settle_choice(form);
    if (rubric->rationale_asked && judgment->rationale.data)
        form_set_rationale(form, judgment->rationale);
    size_t missing = form_missing(form, NULL);
    if (missing < form->row_count)
        form->row = missing;
    else
        form_go(form, ROW_SUBMIT);
}
