/* Writing: corrections, shorter sentences, the right word. See exercise.h. */
#include "app/demo/exercise.h"
#include "core/base/array.h"

#include "core/base/banned.h"

static const struct fact mistakes[] = {
    {"The dog wagged it's tail.", "The dog wagged its tail.", "The dog wagged its' tail.",
     "The possessive `its` has no apostrophe."},
    {"Their going to the market.", "They're going to the market.", "There going to the market.",
     "It's short for `they are`."},
    {"She don't like tea.", "She doesn't like tea.", "She didn't liked tea.",
     "The third person takes `doesn't`, and the verb stays as it is."},
    {"I have less books than you.", "I have fewer books than you.", "I have lesser books than you.",
     "Books can be counted, so it's `fewer`."},
    {"Me and him went home.", "He and I went home.", "Him and I went home.", "Both are subjects of the sentence."},
    {"The weather will effect our plans.", "The weather will affect our plans.", "The weather will effects our plans.",
     "The verb is `affect`; `effect` is mostly a noun."},
    {"I could of called you.", "I could have called you.", "I could off called you.",
     "What sounds like `of` is `have`."},
    {"Between you and I, it's late.", "Between you and me, it's late.", "Between you and myself, it's late.",
     "After a preposition it's `me`."},
    {"Each of the windows are open.", "Each of the windows is open.", "Each of the window are open.",
     "`Each` is singular."},
    {"The list of names are long.", "The list of names is long.", "The lists of names is long.",
     "The subject is the list."},
    {"He runs quick.", "He runs quickly.", "He run quickly.", "An adverb says how he runs."},
    {"I should have went earlier.", "I should have gone earlier.", "I should have go earlier.",
     "After `have` comes the participle, `gone`."},
    {"Whos coat is this?", "Whose coat is this?", "Who's coat is this?", "`Who's` would be `who is`."},
    {"Its raining, we stay in.", "It's raining, so we stay in.", "It's raining, we stay in.",
     "Two sentences need more than a comma between them."},
    {"I look forward to see you.", "I look forward to seeing you.", "I look forward to saw you.",
     "Here `to` is a preposition, so the -ing form follows."},
    {"There is many reasons.", "There are many reasons.", "There is many reason.", "The reasons are plural."},
    {"She sings good.", "She sings well.", "She sings goodly.", "`Well` is the adverb of `good`."},
    {"If I was you, I'd wait.", "If I were you, I'd wait.", "If I am you, I'd wait.", "It's an unreal condition."},
    {"Who did you give it?", "Who did you give it to?", "Who you gave it to?",
     "The `to` is needed, and so is the order of a question."},
    {"This is more easier.", "This is easier.", "This is more easy as.", "One comparative is enough."},
    {"He is taller then me.", "He is taller than me.", "He is taller as me.",
     "Comparisons take `than`; `then` is about time."},
    {"I am living here since May.", "I have lived here since May.", "I live here from May.",
     "What began earlier and goes on takes the perfect."},
    {"The news are good.", "The news is good.", "The new is good.", "`News` is singular in English."},
    {"She gave me a good advice.", "She gave me some good advice.", "She gave me good advices.",
     "`Advice` can't be counted."},
    {"We discussed about the plan.", "We discussed the plan.", "We discussed on the plan.",
     "`Discuss` takes its object without a preposition."},
    {"Please revert back to me.", "Please reply to me.", "Please revert me.",
     "To revert is to go back to an earlier state, not to answer."},
    {"I did a mistake.", "I made a mistake.", "I done a mistake.", "Mistakes are made."},
    {"Can you borrow me a pen?", "Can you lend me a pen?", "Can you borrow to me a pen?",
     "The one who gives it lends it."},
    {"The childrens' toys are here.", "The children's toys are here.", "The childrens toys are here.",
     "The plural is `children` already, so 's follows."},
    {"He lead the team last year.", "He led the team last year.", "He leaded the team last year.",
     "The past of `lead` is `led`."},
};

static const struct fact wordy[] = {
    {"Due to the fact that it was raining, we stayed inside.", "Because it was raining, we stayed inside.",
     "We stayed inside.", "The reason has to stay in."},
    {"At this point in time we are not able to say when.", "We can't say yet when.", "We will say soon when.",
     "Nothing was promised."},
    {"In the event that you are late, please call us.", "If you are late, please call us.",
     "Please call us, you are late.", "It must remain a condition."},
    {"It is possible that the train may perhaps be late.", "The train may be late.", "The train will be late.",
     "One `may` is enough, but it must stay."},
    {"The meeting was cancelled by the manager of the team.", "The team's manager cancelled the meeting.",
     "The meeting was cancelled.", "Who did it should not get lost."},
    {"Each and every one of the guests got a map.", "Every guest got a map.", "The guests got maps if they asked.",
     "The short one may not add a condition."},
    {"We would like to take this opportunity to thank you.", "Thank you.",
     "We would like to thank you for this opportunity.", "It isn't the opportunity that is thanked for."},
    {"The reason why she left is because she was tired.", "She left because she was tired.",
     "She left although she was tired.", "`Although` would say the opposite."},
    {"He made a decision to apply for the job.", "He decided to apply for the job.", "He got the job.",
     "Applying isn't getting."},
    {"Despite the fact that it is small, the room is bright.", "Though small, the room is bright.",
     "Being small, the room is bright.", "The contrast has to stay."},
    {"There are many people who like to read at night.", "Many people like to read at night.",
     "People should read at night.", "A fact must not become advice."},
    {"Prior to the start of the course, fill in the form.", "Before the course, fill in the form.",
     "During the course, fill in the form.", "`Prior to` means before."},
    {"In spite of all of this, we are of the opinion that it works.", "Still, we think it works.",
     "So we think it works.", "`So` would make a reason of it."},
    {"Until such time as we hear from you, we will wait.", "We will wait until we hear from you.",
     "We will not hear from you.", "It says how long, not that nobody writes."},
    {"A large number of the tests were not successful.", "Many of the tests failed.", "All the tests failed.",
     "Many are not all."},
    {"Please do not hesitate to contact us with any questions.", "Please ask us if anything is unclear.",
     "Please do not contact us with questions.", "The meaning must not turn round."},
};

static const struct fact words[] = {
    {"plural of `crisis`", "**crises**", "**crisises**", "Words in -is from Greek take -es."},
    {"plural of `deer`", "**deer**", "**deers**", "The plural is the same as the singular."},
    {"plural of `leaf`", "**leaves**", "**leafs**", "The f becomes v."},
    {"plural of `mother-in-law`", "**mothers-in-law**", "**mother-in-laws**", "The noun takes the s."},
    {"plural of `criterion`", "**criteria**", "**criterias**", "`Criteria` is the plural already."},
    {"plural of `ox`", "**oxen**", "**oxes**", "It's one of the few old plurals in -en."},
    {"past tense of `to seek`", "**sought**", "**seeked**", "It's irregular, like `bring` and `brought`."},
    {"past tense of `to lie` (as in bed)", "**lay**", "**lied**", "`Lied` is the past of telling a lie."},
    {"past participle of `to swim`", "**swum**", "**swam**", "`Swam` is the simple past."},
    {"past participle of `to choose`", "**chosen**", "**chose**", "`Chose` is the simple past."},
    {"opposite of `to include`", "**to exclude**", "**to conclude**", "`Conclude` means to end or to infer."},
    {"opposite of `transparent`", "**opaque**", "**translucent**", "Translucent things still let light through."},
    {"noun that goes with `to refuse`", "**refusal**", "**refusement**", "There is no `refusement`."},
    {"noun that goes with `long`", "**length**", "**longness**", "It's irregular, like `strong` and `strength`."},
    {"adjective that goes with `courage`", "**courageous**", "**courageful**", "The ending is -ous here."},
    {"word for somebody who mends shoes", "**a cobbler**", "**a cooper**", "A cooper makes barrels."},
    {"word for a group of wolves", "**a pack**", "**a flock**", "A flock is for birds or sheep."},
    {"word for a young sheep", "**a lamb**", "**a calf**", "A calf is a young cow."},
    {"word for being afraid of heights", "**acrophobia**", "**agoraphobia**",
     "Agoraphobia is the fear of open or crowded places."},
    {"spelling: `seperate` or `separate`", "**separate**", "**seperate**", "There is `a rat` in it."},
    {"spelling: `neccessary` or `necessary`", "**necessary**", "**neccessary**", "One c and two s."},
    {"spelling: `definately` or `definitely`", "**definitely**", "**definately**", "It comes from `finite`."},
    {"spelling: `embarass` or `embarrass`", "**embarrass**", "**embarass**", "Two r and two s."},
    {"spelling: `accommodate` or `accomodate`", "**accommodate**", "**accomodate**", "Two c and two m."},
};

static void make_mistake(struct exercise *out, size_t index) {
    static const char *const frames[] = {"Correct this sentence, please: {}",
                                         "My teacher marked this as wrong: \"{}\" How should it be?",
                                         "Is this good English? \"{}\" If not, write it right."};
    exercise_fact(out, mistakes, COUNT_OF(mistakes), frames, index, index % 3 ? DIFFICULTY_EASY : DIFFICULTY_MEDIUM);
}

static void make_wordy(struct exercise *out, size_t index) {
    static const char *const frames[] = {"Make this shorter without changing what it says: {}",
                                         "This sounds stiff: \"{}\" Can you say it in fewer words?",
                                         "Cut this down for a text message, same meaning: {}"};
    exercise_fact(out, wordy, COUNT_OF(wordy), frames, index, DIFFICULTY_HARD);
}

static void make_word(struct exercise *out, size_t index) {
    static const char *const frames[] = {"For my crossword: the {}?", "Quick check for an email, the {}, please."};
    exercise_fact(out, words, COUNT_OF(words), frames, index, DIFFICULTY_EASY);
}

const struct exercise_source writing_sources[] = {
    {make_mistake, 3 * COUNT_OF(mistakes)},
    {make_wordy, 3 * COUNT_OF(wordy)},
    {make_word, 2 * COUNT_OF(words)},
    {0},
};
