/* Medical: what words mean, and reading a label. No advice on what to take: amounts come from a label that the question quotes. See exercise.h. */
#include "app/demo/exercise.h"
#include "core/base/array.h"

#include "core/base/banned.h"

static const struct fact terms[] = {
    {"hypertension", "Blood pressure that is too high.", "Too much sugar in the blood.",
     "Too much sugar would be hyperglycaemia."},
    {"hypotension", "Blood pressure that is low.", "Blood pressure that is high.",
     "`Hypo` means below, `hyper` above."},
    {"tachycardia", "A fast heartbeat: in adults at rest, over 100 a minute.",
     "A slow heartbeat: in adults at rest, under 60 a minute.", "A slow one would be bradycardia."},
    {"anaemia", "Too little haemoglobin or too few red cells, so that the blood carries less oxygen.",
     "Blood that clots too easily.", "Clotting easily would be thrombophilia."},
    {"benign", "Of a growth: not cancer.", "Of a growth: cancer that is in an early stage.",
     "Cancer is called malignant, in any stage."},
    {"acute", "Something that began suddenly or not long ago.", "Something that is dangerous to life.",
     "It speaks of time, not of danger; the opposite is chronic."},
    {"chronic", "Something that lasts for a long time.", "Something that is especially severe.",
     "It speaks of time; mild things can be chronic."},
    {"idiopathic", "The cause is not known.", "The cause is inherited.", "Inherited would be hereditary or genetic."},
    {"contraindication", "A reason not to use a treatment for this person.",
     "A side effect that a treatment often has.", "It's known before the treatment; a side effect comes from it."},
    {"edema", "Swelling, because fluid has gathered in the tissue.", "A rash that spreads over the skin.",
     "It's about fluid, not about the skin's surface."},
    {"biopsy", "A small piece of tissue is taken and examined.", "A picture of the inside is made with sound.",
     "A picture with sound would be an ultrasound."},
    {"a radius fracture", "A broken bone in the forearm, on the side of the thumb.", "A broken bone in the lower leg.",
     "The radius is in the forearm; the lower leg has tibia and fibula."},
    {"the tibia", "The shin bone, the larger one of the lower leg.", "The collar bone.",
     "The collar bone is the clavicle."},
    {"the clavicle", "The collar bone.", "The shoulder blade.", "The shoulder blade is the scapula."},
    {"renal", "Having to do with the kidneys.", "Having to do with the liver.", "The word for the liver is hepatic."},
    {"hepatic", "Having to do with the liver.", "Having to do with the heart.", "The word for the heart is cardiac."},
    {"pulmonary", "Having to do with the lungs.", "Having to do with the pulse.",
     "It comes from the Latin word for lung."},
    {"gastric", "Having to do with the stomach.", "Having to do with the bowel as a whole.",
     "The word for the bowel is intestinal."},
    {"b.i.d. on a prescription", "Twice a day.", "Before each meal.", "It stands for bis in die, two times a day."},
    {"t.i.d. on a prescription", "Three times a day.", "Ten times a day.",
     "It stands for ter in die, three times a day."},
    {"p.r.n. on a prescription", "As needed.", "Once, in the evening.",
     "It stands for pro re nata, when the need arises."},
    {"p.o. on a prescription", "By mouth.", "After surgery.", "It stands for per os; after surgery is post-op."},
    {"fasting blood sugar", "The sugar in the blood after hours without food, usually overnight.",
     "The sugar in the blood right after a meal.", "Fasting means without food."},
    {"systolic pressure", "The upper number: the pressure when the heart contracts.",
     "The lower number: the pressure between two beats.", "The lower number is the diastolic one."},
    {"diastolic pressure", "The lower number: the pressure between two beats.", "The average of the two numbers.",
     "It's measured while the heart relaxes."},
    {"BMI", "Weight in kilograms divided by the square of the height in metres.",
     "Height in metres divided by weight in kilograms.", "Height goes in squared, and below the line."},
    {"an incubation period", "The time between being infected and the first signs.",
     "The time for which one has to stay at home.", "Staying at home is isolation, which has its own rules."},
    {"a placebo", "Something that looks like the treatment but has no active substance.",
     "A weaker dose of the same drug.", "It has none of the drug in it."},
    {"a double-blind study", "Neither the patients nor those who treat them know who gets what.",
     "Two studies are run whose results are compared.", "Blind speaks of who knows, double of both sides."},
    {"a generic drug", "The same active substance as a brand's, sold under another name.",
     "A drug that helps against many illnesses.", "It says something about the name, not about the use."},
    {"an antibiotic", "A drug against bacteria; it doesn't work against viruses.",
     "A drug against bacteria and viruses.", "Viruses need other drugs, if there are any."},
    {"an antipyretic", "Something that lowers fever.", "Something that calms an itch.",
     "Against itching it would be an antipruritic."},
    {"an analgesic", "Something against pain.", "Something against allergy.",
     "Against allergy it's often an antihistamine."},
    {"a vaccine booster", "A further dose that refreshes the protection.",
     "A first dose that is stronger than the others.", "It comes after the first doses."},
    {"a referral", "A doctor sends you to another one or to a test.", "A doctor repeats a test to be sure.",
     "It's about who sees you next."},
    {"triage", "Sorting people by how urgently they need help.", "Seeing people in the order in which they came.",
     "Urgency decides, not the time of arrival."},
    {"remission", "The signs of an illness have become less or are gone.", "The illness has come back.",
     "Coming back is a relapse."},
    {"prognosis", "How an illness is expected to go on.", "Which illness somebody has.",
     "Which illness it is, is the diagnosis."},
    {"a symptom", "A sign of illness that the person feels or notices.", "The cause of an illness.",
     "The cause brings about the symptoms."},
    {"myopia", "Short-sightedness: far things are blurred.", "Far-sightedness: near things are blurred.",
     "Far-sightedness is hyperopia."},
};

static void make_term(struct exercise *out, size_t index) {
    static const char *const frames[] = {"What does {} mean?",
                                         "My doctor's letter says something about {}. What is that, in plain words?",
                                         "Please explain {} in one sentence, for my grandmother."};
    exercise_fact(out, terms, COUNT_OF(terms), frames, index, index % 4 ? DIFFICULTY_EASY : DIFFICULTY_MEDIUM);
}

static void make_fahrenheit(struct exercise *out, size_t index) {
    double celsius = 36.4 + 0.2 * (double)index;
    buffer_add_string(&out->prompt, "Our thermometer shows ");
    add_decimal(&out->prompt, celsius, 1);
    buffer_add_string(&out->prompt, " °C. The form asks for Fahrenheit. What do I write?");
    buffer_add_string(&out->right, "**");
    add_decimal(&out->right, celsius * 1.8 + 32, 1);
    buffer_add_string(&out->right, " °F**.");
    buffer_add_string(&out->wrong, "**");
    add_decimal(&out->wrong, (celsius + 32) * 1.8, 1);
    buffer_add_string(&out->wrong, " °F**.");
    buffer_add_string(&out->because, "First times 1.8, then plus 32; the other order gives a fever that nobody has.");
    out->difficulty = DIFFICULTY_EASY;
}

static void make_syrup(struct exercise *out, size_t index) {
    int per = 100 + 50 * (int)(index % 5), dose = per * (1 + (int)(index / 5)) / 2;
    buffer_add_format(&out->prompt, "The label says 5 ml hold %d mg. Our paediatrician wrote down ", per);
    add_decimal(&out->prompt, dose, 1);
    buffer_add_string(&out->prompt, " mg. How many ml is that?");
    buffer_add_string(&out->right, "**");
    add_decimal(&out->right, 5.0 * dose / per, 1);
    buffer_add_string(&out->right, " ml**.");
    buffer_add_string(&out->wrong, "**");
    add_decimal(&out->wrong, (double)dose / per, 1);
    buffer_add_string(&out->wrong, " ml**.");
    buffer_add_format(&out->because,
                      "%d mg are in 5 ml, not in 1 ml, so the number of portions has to be multiplied by 5.", per);
    out->difficulty = DIFFICULTY_MEDIUM;
}

static void make_hours(struct exercise *out, size_t index) {
    int every = index % 2 ? 8 : 6, first = 6 * 60 + 15 * (int)index;
    buffer_add_format(&out->prompt, "The leaflet says every %d hours. If the first one is at ", every);
    add_clock(&out->prompt, first);
    buffer_add_string(&out->prompt, ", when are the others of the first 24 hours?");
    buffer_add_string(&out->right, "At ");
    buffer_add_string(&out->wrong, "At ");
    for (int i = 1; i < 24 / every; i++) {
        buffer_add_string(&out->right, i == 1 ? "" : i + 1 == 24 / every ? " and " : ", ");
        add_clock(&out->right, first + i * every * 60);
        buffer_add_string(&out->wrong, i == 1 ? "" : i + 1 == 24 / every ? " and " : ", ");
        add_clock(&out->wrong, first + i * (24 / every) * 60);
    }
    buffer_add_char(&out->right, '.');
    buffer_add_char(&out->wrong, '.');
    buffer_add_format(&out->because, "The gap is %d hours; %d is how many there are in a day.", every, 24 / every);
    out->difficulty = DIFFICULTY_MEDIUM;
}

static void make_course(struct exercise *out, size_t index) {
    int start = 5 + 11 * (int)index, days = 5 + 2 * (int)(index % 4);
    buffer_add_format(&out->prompt, "The course is %d days, one tablet a day, and I take the first on ", days);
    add_date(&out->prompt, start);
    buffer_add_string(&out->prompt, ". On which day do I take the last?");
    buffer_add_string(&out->right, "On ");
    add_date(&out->right, start + days - 1);
    buffer_add_string(&out->right, ".");
    buffer_add_string(&out->wrong, "On ");
    add_date(&out->wrong, start + days);
    buffer_add_string(&out->wrong, ".");
    buffer_add_format(&out->because, "The first day counts, so %d days end %d days after it.", days, days - 1);
    out->difficulty = DIFFICULTY_MEDIUM;
}

const struct exercise_source medical_sources[] = {
    {make_term, 3 * COUNT_OF(terms)}, {make_fahrenheit, 18}, {make_syrup, 30}, {make_hours, 30}, {make_course, 30}, {0},
};
