/* Reasons in words, as people write them: short, about what the answers say. See answering.h. */
#include "app/demo/answering.h"
#include "core/base/array.h"

#include "core/base/banned.h"

/* By flaw: what is said of an archive item by somebody who saw what is the matter. */
static const char *const padded[] = {"Same answer, but the other one buries it.",
                                     "Both are right; this one is done in a sentence.",
                                     "The other adds praise and a summary, nothing else.",
                                     "I don't need a conclusion for one line of answer.",
                                     "Same content, far less to read.",
                                     "The extra text says nothing that helps."};
static const char *const referral[] = {
    "The other one sends them away without an answer.",           "This can be answered, and it is here.",
    "Asking an expert is no answer to such a simple question.",   "One answers, one avoids it.",
    "The question was easy enough to answer; the other refuses.", "A referral in place of one sentence is no help."};
static const char *const no_reason[] = {"Both right, this one also says why.",
                                        "Same result; the reason is worth having.",
                                        "It adds the reason, so I can check it.",
                                        "A little more use because it explains.", "The explanation tips it, barely."};
static const char *const lecture[] = {"Same call, but the other one lectures.", "The moral at the end isn't needed.",
                                      "It treats the person with suspicion for no reason.",
                                      "Right in both; one of them preaches."};
static const char *const second[] = {" The rest is about equal.", " Style is much the same.",
                                     " I checked it twice.",      " The tone is fine in both.",
                                     " Otherwise no difference.", " That decides it for me."};
static const char *const ties[] = {"I'd be fine with either of them.", "They say the same thing in other words.",
                                   "No difference that matters to me.", "Both do the job equally well.",
                                   "Equal in content and in tone."};
static const char *const nones[] = {"Neither of them should be sent.", "Both are wrong where it matters.",
                                    "Neither is usable as it stands."};
static const char *const mistaken[] = {"It reads better and is to the point.", "Sounds right to me, and it is shorter.",
                                       "I find this one more convincing.",     "The answer is clear and direct.",
                                       "This is what I remember from school.", "More natural, and easier to follow.",
                                       "It looks more complete to me.",        "Seems the safer choice of the two.",
                                       "Short and clear, that's enough here.", "I would rather get this one."};
/* For hand-written items, by category. */
static const struct by_category {
    const char *category, *reasons[5];
} hand_written[] = {
    {"coding",
     {"The code does what was asked; the other one doesn't.",
      "This one finds the cause, the other treats something else.", "The other command would do damage here.",
      "It works for the case in the question.", "Right diagnosis and a fix that runs."}},
    {"medical",
     {"It names the sign that matters and says what to do.", "The other number is wrong, and it matters here.",
      "Correct, and careful where it has to be.", "This one answers the question that was asked.",
      "The other gives false comfort."}},
    {"law",
     {"It reads the clause as it is written.", "The other one invents a rule.",
      "It says what it depends on, and gives the next step.", "Right about the deadline; the other isn't.",
      "The other is sure of something that isn't so."}},
    {"writing",
     {"It keeps the limit that was set.", "The tone fits who will read it.",
      "This keeps what was said; the other changes it.", "The other adds things nobody asked for.",
      "It sounds like a person wrote it."}},
    {"reasoning",
     {"The computation is right, I did it again.", "The other one makes a slip in the second step.",
      "This minds the condition at the end.", "Only this one gets the number right.",
      "The other takes a short cut that doesn't hold."}},
    {"safety",
     {"It makes the right call and stays kind about it.", "This says first what has to be done first.",
      "The other withholds what would keep them safe.", "It helps with the part that is harmless, and only that.",
      "The other adds something that could be used to hurt."}},
};

#define ANY(list) ((list)[stream_below(dice, COUNT_OF(list))])

static void add_hand_written(struct buffer *out, struct slice category, struct stream *dice) {
    for (size_t i = 0; i < COUNT_OF(hand_written); i++)
        if (slice_is(category, hand_written[i].category)) {
            buffer_add_string(out, ANY(hand_written[i].reasons));
            return;
        }
    buffer_add_string(out, ANY(hand_written[0].reasons));
}

static void add_archived(struct buffer *out, const struct archive_item *item, struct stream *dice) {
    switch (item->flaw) {
    case FLAW_WRONG:
        buffer_add_slice(out, item->because);
        break;
    case FLAW_PADDED:
        buffer_add_string(out, item->track[0] == 's' ? ANY(lecture) : ANY(padded));
        break;
    case FLAW_REFERRAL:
        buffer_add_string(out, ANY(referral));
        break;
    case FLAW_NO_REASON:
        buffer_add_string(out, ANY(no_reason));
        break;
    case FLAW_CUT:
        buffer_add_string(out, "The other one breaks off after a few letters.");
        break;
    }
}

void reason_write(struct buffer *out, const struct sight *sight, const struct judgment *judgment, struct stream *dice) {
    if (judgment->prefer == CHOICE_TIE)
        buffer_add_string(out, ANY(ties));
    else if (judgment->prefer == CHOICE_NONE)
        buffer_add_string(out, ANY(nones));
    else if (judgment->prefer != sight->truth->prefer)
        buffer_add_string(out, ANY(mistaken));
    else if (sight->archived)
        add_archived(out, sight->archived, dice);
    else
        add_hand_written(out, sight->item->category, dice);
    if (stream_unit(dice) < sight->who->wordiness || out->length < (size_t)sight->rubric->rationale_minimum)
        buffer_add_string(out, ANY(second));
}
