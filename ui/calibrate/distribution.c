/* See distribution.h. */
#include "ui/calibrate/distribution.h"

#include "core/text/grapheme.h"
#include "ui/annotate/answers.h"
#include "ui/paint.h"

#include "core/base/banned.h"

enum { SLOTS_MOST = LIMIT_RESPONSES + 2, LABEL_MOST = 24 };

struct slot {
    int prefer, strength; /* strength 0: any */
    const char *words;    /* NULL: `place` */
    char place[8];        /* "A first" */
    int first, again;
    bool reference;
};

static const struct session_item *item_of(const struct room *room) {
    return &room->circle.book.items[room->item];
}

static void add(struct slot *slots, size_t *count, int prefer, int strength, const char *words) {
    slots[(*count)++] = (struct slot){.prefer = prefer, .strength = strength, .words = words};
}

static const char *label(const struct slot *slot) {
    return slot->words ? slot->words : slot->place;
}

static int label_columns(const struct slot *slot, int most) {
    int columns = (int)(text_columns(slice_of(label(slot))) & 0xffff);
    return columns < most ? columns : most;
}

/* The choices of a pair as the annotators' row has them; of more responses each first place. */
static size_t make_slots(const struct room *room, const char *shown, struct slot slots[SLOTS_MOST]) {
    const struct rubric *rubric = &room->circle.rubric;
    size_t count = 0, responses = item_of(room)->responses;
    int strengths = rubric->strength_count;
    for (size_t place = 0; place < responses && responses > 2; place++)
        slots[count++] =
            (struct slot){.prefer = shown[place] - 'a', .place = {(char)('A' + place), ' ', 'f', 'i', 'r', 's', 't'}};
    for (int s = strengths; s > 0 && responses == 2; s--)
        add(slots, &count, shown[0] - 'a', s, answer_words(rubric, shown, shown[0] - 'a', s));
    if (rubric->tie)
        add(slots, &count, CHOICE_TIE, 0, "tie");
    for (int s = 1; s <= strengths && responses == 2; s++)
        add(slots, &count, shown[1] - 'a', s, answer_words(rubric, shown, shown[1] - 'a', s));
    if (rubric->none)
        add(slots, &count, CHOICE_NONE, 0, "none");
    return count;
}

static struct slot *slot_of(struct slot *slots, size_t count, const struct session_vote *vote) {
    for (size_t i = 0; i < count && !vote->aside; i++)
        if (slots[i].prefer == vote->prefer && (slots[i].strength == 0 || slots[i].strength == vote->strength))
            return &slots[i];
    return NULL;
}

static void count_votes(const struct session_item *item, struct slot *slots, size_t count) {
    for (size_t v = 0; v < item->vote_count; v++) {
        struct slot *slot = slot_of(slots, count, &item->votes[v]);
        if (slot)
            *(item->votes[v].kind == KIND_REVOTE ? &slot->again : &slot->first) += 1;
    }
    struct slot *slot = item->reference ? slot_of(slots, count, item->reference) : NULL;
    if (slot)
        slot->reference = true;
}

int distribution_rows(const struct room *room) {
    return item_of(room)->again ? DISTRIBUTION_ROWS_MOST : 2;
}

/* "■ ■ ■", closer where that does not fit, "12 ■" where nothing else does. */
static void draw_marks(struct surface *surface, struct rect cell, int row, int column, int count, const char *mark,
                       enum ink ink) {
    int room = cell.columns - column;
    if (count > room) {
        paint_format(surface, cell, row, column, ink, "%d%s", count, mark);
        return;
    }
    int step = 2 * count - 1 <= room ? 2 : 1;
    for (int i = 0; i < count; i++)
        paint_string(surface, cell, row, column + i * step, ink, mark);
}

void distribution_draw(const struct room *room, const char *shown, struct surface *surface, struct rect area) {
    struct slot slots[SLOTS_MOST];
    size_t count = make_slots(room, shown, slots);
    int words = 0, column = 0, most = LABEL_MOST, share = area.columns / (int)(count ? count : 1) - 1;
    count_votes(item_of(room), slots, count);
    for (size_t i = 0; i < count; i++)
        words += label_columns(&slots[i], LABEL_MOST);
    if (words + (int)count > area.columns) /* the rubric's own words may be long */
        most = share > 1 ? share : 1;
    words = 0;
    for (size_t i = 0; i < count; i++)
        words += label_columns(&slots[i], most);
    int gap = count > 1 ? (area.columns - words) / (int)(count - 1) : 0;
    gap = gap > 5 ? 5 : gap < 1 ? 1 : gap;
    for (size_t i = 0; i < count; i++) {
        const struct slot *slot = &slots[i];
        int width = label_columns(slot, most) + gap;
        struct rect cell = rect_meet(rect_make(area.row, area.column + column, area.rows, width - 1), area);
        paint_string(surface, cell, 0, 0, slot->first || slot->reference ? INK_STRONG : INK_DIM, label(slot));
        if (slot->reference)
            paint_string(surface, cell, 1, 0, INK_ACCENT, "R");
        draw_marks(surface, cell, 1, slot->reference ? 2 : 0, slot->first, "■", INK_NORMAL);
        draw_marks(surface, cell, 2, slot->reference ? 2 : 0, slot->again, "□", INK_NORMAL);
        column += width;
    }
}

void distribution_words(const struct room *room, const char *shown, struct buffer *out) {
    const struct session_item *item = item_of(room);
    size_t votes = 0, people = room->circle.book.people_count, sides[LIMIT_RESPONSES + 2] = {0};
    bool any = false;
    for (size_t v = 0; v < item->vote_count; v++) {
        const struct session_vote *vote = &item->votes[v];
        if (vote->kind != KIND_CALIBRATION || vote->aside)
            continue;
        votes++;
        sides[vote->prefer >= 0 ? shown_position(shown, vote->prefer) : LIMIT_RESPONSES - 1 - vote->prefer]++;
    }
    buffer_add_format(out, "answers %zu of %zu", votes, people);
    for (size_t i = 0; i < LIMIT_RESPONSES + 2; i++) {
        if (sides[i] == 0)
            continue;
        buffer_add_format(out, "%s%zu ", any ? ", " : " · ", sides[i]);
        if (i < LIMIT_RESPONSES)
            buffer_add_format(out, "for %c", (char)('A' + i));
        else
            buffer_add_string(out, i == LIMIT_RESPONSES ? "tie" : "none");
        any = true;
    }
}
