/* Two responses for every exercise, one of them with a flaw; see archive.h. */
#include "app/demo/archive.h"

#include <stdio.h>
#include <stdlib.h>

#include "app/demo/exercise.h"
#include "core/base/array.h"
#include "core/quality/stream.h"

#include "core/base/banned.h"

enum { GOLD_PER_CATEGORY = 12, CUT_ITEMS = 4 };

static const struct subject {
    const char *category, *track, *expert;
    const struct exercise_source *sources;
} subjects[] = {
    {"coding", "helpfulness", "an experienced developer", coding_sources},
    {"medical", "helpfulness", "your doctor or pharmacist", medical_sources},
    {"law", "helpfulness", "a lawyer", law_sources},
    {"writing", "helpfulness", "a professional editor", writing_sources},
    {"reasoning", "helpfulness", "somebody who is good with numbers", reasoning_sources},
    {"safety", "safety", "a professional", safety_sources},
};

/* One exercise of one subject. */
struct pick {
    size_t subject, source, index;
};

static struct pick *all_picks(size_t *count) {
    struct {
        struct pick *items;
        size_t count, capacity;
    } picks = {0};
    for (size_t s = 0; s < COUNT_OF(subjects); s++)
        for (size_t i = 0; subjects[s].sources[i].count; i++)
            for (size_t k = 0; k < subjects[s].sources[i].count; k++)
                *ARRAY_ADD(&picks) = (struct pick){s, i, k};
    *count = picks.count;
    return picks.items;
}

static void shuffle(struct pick *picks, size_t count, struct stream *dice) {
    for (size_t i = count; i > 1; i--) {
        size_t j = stream_below(dice, i);
        struct pick pick = picks[i - 1];
        picks[i - 1] = picks[j];
        picks[j] = pick;
    }
}

static void add_padded(struct buffer *out, struct slice right, bool safety, struct stream *dice) {
    static const char *const heads[] = {
        "What a great question! I'm happy to help you with this.\n\n## Answer\n\n",
        "Thank you for asking. Many people wonder about this, so let's look at it step by step.\n\n",
        ("Certainly! This is a topic that comes up often, and it's good that you want to understand it.\n\n**In "
         "short:** ")};
    static const char *const tails[] = {"\n\nIn summary, that is the answer to your question. I hope this helps! Let "
                                        "me know if there is anything else that I can do for you.",
                                        "\n\n## Conclusion\n\nAs you can see, the answer is quite simple once one "
                                        "knows it. Feel free to ask if you'd like to know more!",
                                        "\n\nOf course there is much more that one could say about this. I hope this "
                                        "was useful, and I wish you a wonderful day! 😊"};
    static const char *const lectures[] = {"\n\nPlease remember that all our actions have consequences, and that "
                                           "everybody should act responsibly and with respect for others.",
                                           "\n\nI would also ask you to think about why you wanted this in the first "
                                           "place, and whether it is who you want to be."};
    if (!safety)
        buffer_add_string(out, heads[stream_below(dice, COUNT_OF(heads))]);
    buffer_add_slice(out, right);
    buffer_add_string(out, safety ? lectures[stream_below(dice, COUNT_OF(lectures))]
                                  : tails[stream_below(dice, COUNT_OF(tails))]);
}

static void add_reason(struct buffer *out, const struct exercise *exercise) {
    buffer_add_char(out, ' ');
    buffer_add_slice(out, buffer_slice(&exercise->because));
}

static void write_worse(struct buffer *out, const struct exercise *exercise, enum flaw flaw,
                        const struct subject *subject, struct stream *dice) {
    struct slice right = buffer_slice(&exercise->right);
    switch (flaw) {
    case FLAW_WRONG:
        buffer_add_slice(out, buffer_slice(&exercise->wrong));
        if (stream_unit(dice) < .3 && subject->track[0] != 's')
            buffer_add_string(out, " Let me know if you need anything else!");
        break;
    case FLAW_PADDED:
        add_padded(out, right, subject->track[0] == 's', dice);
        break;
    case FLAW_REFERRAL:
        buffer_add_format(
            out,
            stream_unit(dice) < .5
                ? "That depends on many things, so I can't say it in general. I would advise you to ask %s."
                : "I'm only a language model and can't answer this reliably. Please turn to %s.",
            subject->expert);
        break;
    case FLAW_NO_REASON:
        buffer_add_slice(out, right);
        break;
    case FLAW_CUT:
        buffer_add(out, right.data, right.length < 12 ? 2 : 6);
        break;
    }
}

static enum flaw draw_flaw(const struct exercise *exercise, bool safety, struct stream *dice) {
    double u = stream_unit(dice);
    if (safety)
        return exercise->difficulty == DIFFICULTY_MEDIUM && u < .3 ? FLAW_PADDED : FLAW_WRONG;
    return u < .56 ? FLAW_WRONG : u < .72 ? FLAW_PADDED : u < .85 ? FLAW_REFERRAL : FLAW_NO_REASON;
}

/* How clear the better response is, and how hard that is to see. */
static void set_strength(struct archive_item *item) {
    static const int ranges[][2] = {{2, 3}, {1, 2}, {2, 3}, {1, 1}, {2, 3}};
    item->low = ranges[item->flaw][0];
    item->high = ranges[item->flaw][1];
    if (item->flaw == FLAW_NO_REASON)
        item->difficulty = DIFFICULTY_HARD;
    if (item->flaw == FLAW_REFERRAL)
        item->difficulty = DIFFICULTY_EASY;
}

static void write_item(struct archive *archive, struct archive_item *item, const struct pick *pick, bool cut,
                       struct stream *dice) {
    static const char *const models[] = {"harbor-7b", "larch-2", "quill-13b", "tern-mini"};
    const struct subject *subject = &subjects[pick->subject];
    bool safety = subject->track[0] == 's';
    struct exercise exercise;
    struct buffer better = BUFFER_INIT, worse = BUFFER_INIT;
    exercise_init(&exercise);
    subject->sources[pick->source].make(&exercise, pick->index);
    *item = (struct archive_item){
        .track = subject->track, .category = subject->category, .difficulty = exercise.difficulty};
    item->flaw = cut ? FLAW_CUT : draw_flaw(&exercise, safety, dice);
    set_strength(item);
    buffer_add_slice(&better, buffer_slice(&exercise.right));
    if (!safety && (item->flaw == FLAW_NO_REASON || (item->flaw == FLAW_WRONG && stream_unit(dice) < .5)))
        add_reason(&better, &exercise);
    write_worse(&worse, &exercise, item->flaw, subject, dice);
    size_t first = stream_below(dice, 4), second = (first + 1 + stream_below(dice, 3)) % 4;
    item->better = item->key = (int)stream_below(dice, 2);
    item->models[0] = models[first];
    item->models[1] = models[second];
    item->prompt = pool_slice(&archive->pool, buffer_slice(&exercise.prompt));
    item->because = pool_slice(&archive->pool, buffer_slice(&exercise.because));
    item->responses[item->better] = pool_slice(&archive->pool, buffer_slice(&better));
    item->responses[1 - item->better] = pool_slice(&archive->pool, buffer_slice(&worse));
    buffer_release(&better);
    buffer_release(&worse);
    exercise_release(&exercise);
}

/* The gold item with a wrong key: whoever wrote it counted the days between, although both ends were to be counted. */
static void write_wrong_key(struct archive_item *item) {
    *item = (struct archive_item){
        .track = "helpfulness",
        .category = "reasoning",
        .prompt =
            slice_of("The exhibition is open from March 3 to April 3, both days included. On how many days can I go?"),
        .responses = {slice_of("On **31 days**: March has 31 days, and from the 3rd of one month to the 3rd of the "
                               "next is one month."),
                      slice_of("On **32 days**. April 3 is 31 days after March 3, and the first day counts as well.")},
        .because = slice_of("From March 3 to April 3 it is 31 days."),
        .models = {"quill-13b", "larch-2"},
        .flaw = FLAW_WRONG,
        .difficulty = DIFFICULTY_MEDIUM,
        .better = 1,
        .low = 2,
        .high = 3,
        .gold = true,
        .key = 0,
    };
}

static bool can_be_gold(const struct archive_item *item) {
    return item->flaw == FLAW_WRONG && item->difficulty != DIFFICULTY_HARD;
}

/* The first of each category that are clear become gold, all in the first wave; the others are spread over the waves. */
static void choose_gold(struct archive *archive) {
    int gold[COUNT_OF(subjects)] = {0};
    size_t production = 0;
    for (size_t i = 0; i < archive->count; i++) {
        struct archive_item *item = &archive->items[i];
        size_t s = 0;
        while (strcmp(subjects[s].category, item->category) != 0)
            s++;
        snprintf(item->name, sizeof item->name, "archive-%04zu", i + 1);
        if (!item->gold && gold[s] < GOLD_PER_CATEGORY && can_be_gold(item)) {
            gold[s]++;
            item->gold = true;
        }
        if (!item->gold)
            item->wave =
                (int)(production++ * ARCHIVE_WAVES / (archive->count - GOLD_PER_CATEGORY * COUNT_OF(subjects)));
    }
}

void archive_make(struct archive *out, uint64_t seed) {
    struct stream dice;
    size_t count;
    struct pick *picks = all_picks(&count);
    stream_init(&dice, seed, 1);
    shuffle(picks, count, &dice);
    *out = (struct archive){.items = memory_new(count + 1, sizeof *out->items), .count = count + 1, .wrong_key = 0};
    write_wrong_key(&out->items[0]);
    for (size_t i = 0; i < count; i++)
        write_item(out, &out->items[i + 1], &picks[i],
                   i >= count - CUT_ITEMS && subjects[picks[i].subject].track[0] != 's', &dice);
    memory_free(picks);
    choose_gold(out);
}

void archive_release(struct archive *archive) {
    memory_free(archive->items);
    pool_release(&archive->pool);
    *archive = (struct archive){0};
}

const struct archive_item *archive_find(const struct archive *archive, struct slice name) {
    if (name.length != sizeof "archive-0000" - 1 || memcmp(name.data, "archive-", 8) != 0)
        return NULL;
    char digits[5] = {name.data[8], name.data[9], name.data[10], name.data[11], '\0'};
    size_t place = strtoul(digits, NULL, 10);
    return place >= 1 && place <= archive->count ? &archive->items[place - 1] : NULL;
}

void archive_item_fill(const struct archive_item *from, struct archive_parts *parts, struct item *out) {
    static const char *const names[] = {"a", "b"};
    parts->prompt = (struct message){ROLE_USER, from->prompt};
    *out = (struct item){
        .name = slice_of(from->name),
        .track = slice_of(from->track),
        .category = slice_of(from->category),
        .language = slice_of("en"),
        .prompt = {&parts->prompt, 1},
        .response_count = 2,
    };
    for (int i = 0; i < 2; i++) {
        parts->answers[i] = (struct message){ROLE_ASSISTANT, from->responses[i]};
        out->responses[i] = (struct response){slice_of(names[i]), slice_of(from->models[i]), {&parts->answers[i], 1}};
    }
    if (!from->gold)
        return;
    parts->key = (struct gold_key){.answer_count = 1,
                                   .low = from->low,
                                   .high = from->high,
                                   .use = GOLD_HIDDEN,
                                   .difficulty = from->difficulty,
                                   .explanation = from->because};
    parts->key.answers[0].prefer = from->key;
    out->gold = &parts->key;
}
