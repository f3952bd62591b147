/* Law: what words mean, counting days, and reading a clause that the question quotes. No country's law is needed. See exercise.h. */
#include "app/demo/exercise.h"
#include "core/base/array.h"

#include "core/base/banned.h"

static const struct fact terms[] = {
    {"the plaintiff", "The one who brings the case to a civil court.", "The one who is sued.",
     "The one who is sued is the defendant."},
    {"an affidavit", "A written statement that somebody swears to be true.",
     "A letter in which a lawyer asks for payment.", "What makes it one is the oath."},
    {"a subpoena", "An order to appear or to hand over documents.", "A fine for not appearing in court.",
     "It asks for something; a fine may follow if one ignores it."},
    {"a lien", "A right in somebody's property as security for a debt.", "A loan that needs no security.",
     "The point of it is the security."},
    {"a tort", "A civil wrong for which somebody can ask damages.", "A crime that is tried without a jury.",
     "It belongs to civil law, though the same act may be a crime too."},
    {"a statute of limitations", "The time after which a claim can no longer be brought.",
     "The greatest sum that can be claimed.", "It limits the time, not the sum."},
    {"force majeure", "An event outside anybody's control that excuses somebody from a duty.",
     "The duty of the stronger side to give way.", "It's about events such as floods, not about who is stronger."},
    {"an escrow account", "An account in which a third party keeps money until a condition is met.",
     "An account that two people own together.", "Shared ownership would be a joint account."},
    {"power of attorney", "A document by which somebody may act for somebody else.", "The right to work as a lawyer.",
     "The person who acts need not be a lawyer."},
    {"probate", "The procedure by which a will is confirmed and carried out.",
     "The time somebody spends under watch in place of prison.", "That would be probation."},
    {"an intestate estate", "The estate of somebody who left no valid will.",
     "The estate of somebody who left debts only.", "It says nothing about debts."},
    {"pro bono", "Without a fee, for the public good.", "For a share of what is won.",
     "A share of what is won is a contingency fee."},
    {"a retainer", "Money paid to a lawyer in advance, or to be available.", "A clause that forbids to end a contract.",
     "It's a payment, not a clause."},
    {"indemnity", "A promise to make good somebody's loss.", "A promise to keep something secret.",
     "Secrecy would be confidentiality."},
    {"a severability clause", "If one part of the contract is void, the rest stays.",
     "Either side may leave the contract at any time.", "Leaving is governed by termination."},
    {"an arbitration clause", "Disputes go to a private arbitrator and not to a court.",
     "Disputes go to the court at the seller's place.", "A court's place would be a jurisdiction clause."},
    {"a non-compete clause", "Somebody may not work for a competitor for a time.",
     "Somebody may not speak about the company's secrets.", "Secrets are the matter of a confidentiality clause."},
    {"sublet", "A tenant rents the home, or a part of it, to somebody else.",
     "A tenant ends the lease before its time.", "The lease goes on; the tenant becomes a landlord too."},
    {"joint and several liability", "Each of the debtors can be asked for the whole debt.",
     "Each of the debtors owes only an equal share.", "Owing a share only would be several liability."},
    {"a security deposit", "Money kept against damage or unpaid rent, and given back otherwise.",
     "The first month's rent, paid in advance.", "It remains the tenant's money."},
    {"breach of contract", "One side doesn't do what the contract asks.", "Both sides agree to end the contract.",
     "Ending it by agreement breaks nothing."},
    {"consideration in a contract", "What each side gives or promises to the other.",
     "The time for thinking it over before signing.", "Time for thinking would be a cooling-off period."},
    {"a codicil", "A document that changes a will.", "A copy of a will that the court keeps.",
     "It changes something; a copy doesn't."},
    {"bail", "Security given so that somebody is free until the trial.", "A fine paid in place of prison.",
     "It's given back when the person appears."},
    {"hearsay", "A statement repeated by somebody who didn't witness the thing.",
     "A statement made during the hearing.", "It's about second-hand knowledge."},
    {"a precedent", "An earlier decision that later ones follow.", "A person who leads the court.",
     "The person would be a presiding judge."},
    {"an injunction", "An order to do something or to stop doing it.", "A payment that makes good a loss.",
     "The payment would be damages."},
    {"a fiduciary duty", "The duty to act in somebody else's interest.", "The duty to pay a debt on time.",
     "Paying on time is an ordinary obligation."},
    {"due diligence", "Checking the facts carefully before one commits oneself.", "Paying everything by the due date.",
     "Due here means appropriate."},
    {"public domain", "Not protected by copyright, so that everybody may use it.", "Found on a public website.",
     "What can be seen by all may still be protected."},
    {"a trademark", "A sign that tells whose goods or services these are.",
     "The right to be the only one who makes an invention.", "The right in an invention is a patent."},
    {"a patent", "The right, for some years, to keep others from using an invention.",
     "The right in a text or a picture, which comes by itself.", "The right in texts and pictures is copyright."},
    {"a warranty", "A promise about what one sells, and what happens if it isn't so.",
     "The receipt that proves a purchase.", "The receipt may be needed to use it, but is not the promise."},
    {"a waiver", "Giving up a right on purpose.", "Asking for more time.",
     "Asking for time would be a request for an extension."},
    {"in lieu of notice", "Pay in place of working through the notice period.", "Notice given by word of mouth.",
     "In lieu of means in place of."},
    {"mutatis mutandis", "With the changes that the case calls for.", "Nothing may be changed.",
     "The words mean: what must be changed having been changed."},
};

static void make_term(struct exercise *out, size_t index) {
    static const char *const frames[] = {"What is meant by {}?",
                                         "My contract mentions {}. What does that say, in plain words?",
                                         "One sentence, please: {}, what does it mean?"};
    exercise_fact(out, terms, COUNT_OF(terms), frames, index, index % 4 ? DIFFICULTY_EASY : DIFFICULTY_MEDIUM);
}

static void make_notice(struct exercise *out, size_t index) {
    int weeks = 2 + (int)(index % 5), day = 8 + 9 * (int)index;
    buffer_add_format(&out->prompt,
                      "My contract says: \"Either side may end it with %d weeks' notice.\" I gave notice on ", weeks);
    add_date(&out->prompt, day);
    buffer_add_string(&out->prompt, ". If the weeks simply run from that day, when does it end?");
    buffer_add_string(&out->right, "On ");
    add_date(&out->right, day + 7 * weeks);
    buffer_add_format(&out->right, ", %d days later.", 7 * weeks);
    buffer_add_string(&out->wrong, "On ");
    add_date(&out->wrong, day + 5 * weeks);
    buffer_add_format(&out->wrong, ", %d days later.", 5 * weeks);
    buffer_add_string(&out->because, "A week of notice has seven days; only a clause could make it working days.");
    out->difficulty = DIFFICULTY_EASY;
}

static void make_return(struct exercise *out, size_t index) {
    int days = index % 2 ? 30 : 14, day = 4 + 10 * (int)index;
    buffer_add_format(
        &out->prompt,
        "The shop's terms: \"You may return goods within %d days. The day after delivery is day 1.\" It came on ",
        days);
    add_date(&out->prompt, day);
    buffer_add_string(&out->prompt, ". What's the last day?");
    buffer_add_string(&out->right, "**");
    add_date(&out->right, day + days);
    buffer_add_string(&out->right, "**.");
    buffer_add_string(&out->wrong, "**");
    add_date(&out->wrong, day + days - 1);
    buffer_add_string(&out->wrong, "**.");
    buffer_add_string(&out->because, "The day of delivery itself isn't counted, as the terms say.");
    out->difficulty = DIFFICULTY_MEDIUM;
}

static void make_interest(struct exercise *out, size_t index) {
    int sum = 600 + 300 * (int)(index % 6), rate = 4 + (int)(index / 6), months = index % 2 ? 6 : 3;
    buffer_add_format(&out->prompt,
                      "Our agreement has %d %% simple interest a year for late payment. %d euros were %d months late. "
                      "How much interest is that?",
                      rate, sum, months);
    buffer_add_string(&out->right, "**");
    add_decimal(&out->right, sum * rate / 100.0 * months / 12, 2);
    buffer_add_string(&out->right, " euros**.");
    buffer_add_string(&out->wrong, "**");
    add_decimal(&out->wrong, sum * rate / 100.0, 2);
    buffer_add_string(&out->wrong, " euros**.");
    buffer_add_format(&out->because, "The rate is for a year, and it was %d months only.", months);
    out->difficulty = DIFFICULTY_EASY;
}

static void make_clause(struct exercise *out, size_t index) {
    static const char *const things[] = {"pets",         "a washing machine", "a satellite dish",
                                         "a second key", "a bicycle rack",    "an air conditioner"};
    const char *thing = things[index % COUNT_OF(things)];
    bool oral = index / COUNT_OF(things) % 2;
    buffer_add_format(&out->prompt,
                      "The lease says: \"The tenant may have %s with the landlord's %sconsent.\" She said yes %s. Is "
                      "that enough, by this clause?",
                      thing, oral ? "" : "written ", index / 12 ? "on the phone" : "in the stairwell");
    buffer_add_string(oral ? &out->right : &out->wrong, "Yes. The clause asks for her consent, and she gave it.");
    buffer_add_string(oral ? &out->wrong : &out->right,
                      "No. The clause asks for her consent in writing, and she only said it.");
    buffer_add_string(&out->because,
                      oral ? "The clause doesn't ask for writing, although writing would be easier to prove."
                           : "The word \"written\" stands in the clause.");
    out->difficulty = oral ? DIFFICULTY_HARD : DIFFICULTY_MEDIUM;
}

const struct exercise_source law_sources[] = {
    {make_term, 3 * COUNT_OF(terms)}, {make_notice, 30}, {make_return, 30}, {make_interest, 30}, {make_clause, 24}, {0},
};
