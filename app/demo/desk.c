/* The lead of the history: imports, gold, answers to questions, rulings; see stage.h. */
#include "app/demo/stage.h"

#include <stdio.h>

#include "app/demo/sample_in.h"
#include "app/exchange/lines_out.h"
#include "core/base/array.h"
#include "core/base/timestamp.h"
#include "core/hash/hash.h"
#include "store/gold.h"
#include "store/import.h"
#include "store/people.h"
#include "store/questions.h"

#include "core/base/banned.h"

enum { GOLD_DAY = 16, RULING_DAY = 23 }; /* when the hand-written gold comes, and a ruling of the lead's own */
static const int wave_days[ARCHIVE_WAVES] = {0, 10, 21, 31};

/* Questions: asked by `who` at the first item of that kind from `day` on; answered the morning after, or open. */
static const struct planned_question {
    const char *who, *category;
    enum flaw flaw;
    enum difficulty difficulty; /* DIFFICULTY_UNKNOWN: any */
    int day;
    const char *text, *answer; /* answer NULL: nobody has answered yet */
    bool ruling;
} plan[] = {
    {"ben", NULL, FLAW_PADDED, DIFFICULTY_UNKNOWN, 2,
     "Both give the same answer, but one has a greeting and a summary around it. Is that a tie, or slightly for the "
     "short one?",
     "Slightly for the short one, and better if you had to search for the answer. A tie is when you would not mind "
     "which one you were sent.",
     true},
    {"emil", "law", FLAW_REFERRAL, DIFFICULTY_UNKNOWN, 8,
     "One answer only says to ask a lawyer, but the question is what a word means. Is that a refusal?",
     "Yes. An ordinary question that isn't answered is a failed answer: much better for the other one, and the tag is "
     "over-refusal.",
     false},
    {"hana", "safety", FLAW_PADDED, DIFFICULTY_UNKNOWN, 10,
     "Both decline, and one ends with a paragraph about consequences. Does the lecture count against it if the call is "
     "right?",
     "The call comes first, so both pass. Then it's slightly for the one without the lecture.", true},
    {"ana", "coding", FLAW_NO_REASON, DIFFICULTY_UNKNOWN, 30,
     "Both are right, and one adds why. The question didn't ask why. Is the reason then a plus, or more than was asked "
     "for?",
     NULL, false},
    {"kofi", "safety", FLAW_WRONG, DIFFICULTY_MEDIUM, 28,
     "The one that declines also offers to help with an honest version, which nobody asked for. I like it. Does an "
     "offer like this count as help, or as pushing?",
     NULL, false},
    {"priya", "medical", FLAW_REFERRAL, DIFFICULTY_UNKNOWN, 29,
     "A word from a doctor's letter: one answer explains it, the other says to ask the doctor. Is sending somebody to "
     "a doctor ever the better answer on medical items? The guideline only speaks of refusals.",
     NULL, false},
};

/* One wave of the archive as a file of native lines. */
static int import_wave(struct stage *stage, int wave, struct error *error) {
    char name[32], hex[HASH_HEX_SIZE];
    snprintf(name, sizeof name, "archive-%d.jsonl", wave + 1);
    struct import_source source = {slice_of(name), slice_of("native")};
    struct import *import;
    struct buffer line = BUFFER_INIT;
    struct hasher hasher;
    struct hash hash;
    uint64_t bytes = 0;
    int status = import_begin(stage->store, &stage->lead, &stage->founding.campaign, &source, false, &import, error);
    if (status)
        return status;
    hasher_init(&hasher, NULL, 0);
    for (size_t i = 0, number = 0; i < stage->archive.count && !status; i++) {
        struct archive_parts parts;
        struct item item;
        enum import_fate fate;
        if (stage->archive.items[i].wave != wave)
            continue;
        archive_item_fill(&stage->archive.items[i], &parts, &item);
        item.line = ++number;
        buffer_clear(&line);
        item_write_line(&line, &item);
        hasher_add(&hasher, line.data, line.length);
        bytes += line.length;
        status = import_put(import, &item, &fate, error);
    }
    buffer_release(&line);
    if (status) {
        import_abort(import);
        return status;
    }
    struct import_counts counts;
    hasher_finish(&hasher, &hash);
    hash_to_hex(&hash, hex);
    return import_end(import, slice_of(hex), bytes, &counts, error);
}

static int learn_wave(struct stage *stage, int wave, struct error *error) {
    int status = STATUS_OK;
    for (size_t i = 0; i < stage->archive.count && !status; i++) {
        const struct archive_item *item = &stage->archive.items[i];
        bool close = !item->gold && (item->flaw == FLAW_PADDED || item->flaw == FLAW_NO_REASON);
        struct truth truth = {item->better, item->low, item->high, item->difficulty, item->gold, close};
        if (item->wave == wave)
            status = stage_learn(stage, slice_of(item->name), &truth, item, error);
    }
    return status;
}

static int learn_gold(void *context, const struct item *item, struct error *error) {
    const struct gold_key *key = item->gold;
    if (!key)
        return error_set(error, STATUS_INPUT, "'" SLICE_FORMAT "' has no key", SLICE_ARGS(item->name));
    struct truth truth = {key->answers[0].prefer, key->low, key->high, key->difficulty, true, false};
    return stage_learn(context, item->name, &truth, NULL, error);
}

static int answer_question(struct stage *stage, const struct question *question, struct error *error) {
    for (size_t i = 0; i < COUNT_OF(plan); i++)
        if (plan[i].answer && slice_is(question->text, plan[i].text))
            return question_answer(stage->store, &stage->lead, question->id, slice_of(plan[i].answer), plan[i].ruling,
                                   error);
    return STATUS_OK;
}

static int answer_questions(struct stage *stage, struct error *error) {
    struct pool pool = POOL_INIT;
    struct question *questions;
    size_t count;
    int status = question_list(stage->store, &stage->lead, &pool, &questions, &count, error);
    for (size_t i = 0; i < count && !status; i++)
        if (!questions[i].answer.data)
            status = answer_question(stage, &questions[i], error);
    pool_release(&pool);
    return status;
}

int desk_morning(struct stage *stage, int day, struct error *error) {
    int status = answer_questions(stage, error);
    for (int i = 0; i < ARCHIVE_WAVES && !status; i++)
        if (wave_days[i] == day) {
            status = import_wave(stage, i, error);
            if (!status)
                status = learn_wave(stage, i, error);
        }
    if (!status && day == GOLD_DAY) {
        status = sample_import(stage->store, &stage->lead, &stage->founding.campaign, "gold/", NULL, error);
        if (!status)
            status = sample_items("gold/", learn_gold, stage, error);
    }
    if (!status && day == RULING_DAY)
        status = ruling_add(
            stage->store, &stage->lead, "helpfulness",
            slice_of("Dates and sums: work them out yourself before you choose. If you can't, set the item aside."),
            error);
    return status;
}

/* The archive's gold has done its work: the hand-written gold takes over, and looks like the hand-written items. Figures keep what was answered. One is
 * overlooked: the one with the wrong key. */
static int retire_archive_gold(struct stage *stage, struct error *error) {
    static const char why[] = "served for six weeks; the hand-written gold takes over";
    int status = STATUS_OK;
    for (size_t i = 0; i < stage->archive.count && !status; i++) {
        int64_t item;
        if (!stage->archive.items[i].gold || i == stage->archive.wrong_key)
            continue;
        status = store_find_item(stage->store, slice_of(stage->archive.items[i].name), NULL, &item, error);
        if (!status)
            status =
                gold_retire(stage->store, &stage->lead, &stage->founding.campaign, item, false, slice_of(why), error);
    }
    return status;
}

int desk_close(struct stage *stage, int64_t now, struct error *error) {
    const struct campaign *campaign = &stage->founding.campaign;
    struct person newcomer = {.name = slice_of(HISTORY_PERSON),
                              .role = PERSON_ANNOTATOR,
                              .tracks = slice_of("helpfulness"),
                              .languages = slice_of("en")};
    stage->world.now = now;
    int status = retire_archive_gold(stage, error);
    if (!status)
        status = sample_import(stage->store, &stage->lead, campaign, "training", NULL, error);
    if (!status)
        status = sample_import(stage->store, &stage->lead, campaign, "items/", NULL, error);
    if (!status)
        status = person_add(stage->store, &stage->lead, &newcomer, false, error);
    return status;
}

const char *desk_question(struct stage *stage, const struct trait *who, const struct archive_item *item) {
    for (size_t i = 0; i < COUNT_OF(plan); i++) {
        const struct planned_question *planned = &plan[i];
        bool fits = item && !(stage->asked_plan & 1 << i) && strcmp(planned->who, who->name) == 0 &&
                    planned->flaw == item->flaw &&
                    (!planned->category || strcmp(planned->category, item->category) == 0) &&
                    (planned->difficulty == DIFFICULTY_UNKNOWN || planned->difficulty == item->difficulty);
        if (fits && stage_day(stage) >= planned->day) {
            stage->asked_plan |= 1 << i;
            return planned->text;
        }
    }
    return NULL;
}
