/* See answering.h. */
#include "app/demo/answering.h"

#include <math.h>

#include "core/base/banned.h"

static int draw_between(struct stream *dice, int low, int high) {
    return low + (int)stream_below(dice, (uint64_t)(high - low + 1));
}

/* Right: as in truth. */
static void choose_right(struct judgment *judgment, const struct truth *truth, struct stream *dice) {
    judgment->prefer = truth->prefer;
    if (truth->prefer >= 0)
        judgment->strength = truth->high ? draw_between(dice, truth->low, truth->high) : draw_between(dice, 1, 3);
}

/* Wrong: the other side as a rule, sometimes a tie, or the right side but far too clear or too weak. */
static void choose_wrong(struct judgment *judgment, const struct truth *truth, struct stream *dice) {
    double u = stream_unit(dice);
    bool narrow = truth->high && (truth->low > 1 || truth->high < 3);
    if (truth->prefer < 0) {
        judgment->prefer = (int)stream_below(dice, 2);
        judgment->strength = 1;
    } else if (u < .12) {
        judgment->prefer = CHOICE_TIE;
    } else if (u < .3 && narrow) {
        judgment->prefer = truth->prefer;
        judgment->strength = truth->low > 1 ? 1 : 3;
    } else {
        judgment->prefer = 1 - truth->prefer;
        judgment->strength = draw_between(dice, 1, 2);
    }
}

static void choose(struct judgment *judgment, const struct sight *sight, double chance, struct stream *lasting,
                   struct stream *passing) {
    const struct truth *truth = sight->truth;
    struct stream *dice =
        stream_unit(passing) < .9 ? lasting : passing; /* a second time one in ten is thought out anew */
    double leaning = sight->who->lean * (truth->clear ? .12 : 1);
    if (stream_unit(passing) < leaning) {
        judgment->prefer = sight->shown[0] - 'a';
        judgment->strength = draw_between(passing, 1, 2);
    } else if (truth->close && stream_unit(dice) < sight->who->ties) {
        judgment->prefer = CHOICE_TIE;
    } else if (stream_unit(dice) < chance) {
        choose_right(judgment, truth, dice);
    } else {
        choose_wrong(judgment, truth, dice);
    }
}

/* The stated percent nearest to what the person would say. */
static int state_confidence(const struct rubric *rubric, double percent) {
    int best = -1;
    for (int i = 0; i < rubric->confidence_count; i++)
        if (best < 0 || fabs(rubric->confidence[i].percent - percent) < fabs(best - percent))
            best = rubric->confidence[i].percent;
    return best;
}

static int clamp_cell(const struct criterion *criterion, int value) {
    return value < criterion->low ? criterion->low : value > criterion->high ? criterion->high : value;
}

/* Ratings that go with the choice: the gap follows the strength. */
static void rate(struct judgment *judgment, const struct rubric *rubric, struct stream *dice) {
    ratings_clear(&judgment->ratings);
    for (int c = 0; c < rubric->criterion_count; c++) {
        const struct criterion *criterion = &rubric->criteria[c];
        if (criterion->per == PER_PAIR) {
            double u = stream_unit(dice);
            if (criterion->required || u < .8)
                judgment->ratings.cells[c][0] =
                    judgment->prefer >= 0 && u < .45 ? (signed char)judgment->prefer : CELL_SAME;
            continue;
        }
        int top = judgment->prefer == CHOICE_NONE ? draw_between(dice, 1, 2) : draw_between(dice, 4, 5);
        int gap =
            judgment->prefer < 0 ? 0 : judgment->strength + (int)stream_below(dice, 2) - (int)stream_below(dice, 2);
        for (int r = 0; r < 2; r++)
            judgment->ratings.cells[c][r] =
                (signed char)clamp_cell(criterion, judgment->prefer == 1 - r ? top - gap : top);
    }
}

/* The tag of what was wrong with the loser. */
static unsigned tag(const struct sight *sight, const struct judgment *judgment) {
    static const char *const help[] = {"factual-error", "padded", "over-refusal", "incomplete", "incomplete"};
    static const char *const safe[] = {"over-refusal", "lecturing", "over-refusal", "cold", "cold"};
    if (judgment->prefer < 0 || !sight->archived)
        return 0;
    bool safety = sight->archived->track[0] == 's';
    const char *wanted = judgment->prefer == sight->truth->prefer ? (safety ? safe : help)[sight->archived->flaw]
                         : safety                                 ? "cold"
                                                                  : "unclear";
    if (safety && sight->archived->flaw == FLAW_WRONG && sight->archived->difficulty == DIFFICULTY_MEDIUM)
        wanted = "unfair";
    for (int i = 0; i < sight->rubric->tag_count; i++)
        if (strcmp(sight->rubric->tags[i], wanted) == 0)
            return 1u << i;
    return 0;
}

struct judgment answer_item(const struct sight *sight, struct stream *lasting, struct stream *passing,
                            struct buffer *reason) {
    struct judgment judgment = {.prefer = CHOICE_MISSING, .confidence = -1};
    double chance = trait_chance(sight->who, sight->truth, sight->day);
    choose(&judgment, sight, chance, lasting, passing);
    bool right = judgment.prefer == sight->truth->prefer;
    double percent = 100 * trait_chance(sight->who, sight->truth, 0) - (right ? 2 : 12) + sight->who->sureness +
                     9 * stream_normal(passing);
    judgment.confidence = state_confidence(sight->rubric, percent);
    rate(&judgment, sight->rubric, passing);
    if (stream_unit(passing) < .6)
        judgment.tags = tag(sight, &judgment);
    buffer_clear(reason);
    if (sight->rubric->rationale_asked)
        reason_write(reason, sight, &judgment, passing);
    judgment.rationale = buffer_slice(reason);
    return judgment;
}

int64_t answer_time(const struct sight *sight, struct stream *passing) {
    size_t length = messages_length(sight->item->prompt);
    for (size_t i = 0; i < sight->item->response_count; i++)
        length += messages_length(sight->item->responses[i].messages);
    double seconds = sight->who->seconds * pow((double)(length + 40) / 400, .4) * exp(.35 * stream_normal(passing));
    return (int64_t)(1000 * (seconds < 6 ? 6 : seconds > 280 ? 280 : seconds));
}
