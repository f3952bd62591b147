/* See newcomer.h. */
#include "app/demo/newcomer.h"

#include "app/demo/cast.h"
#include "app/demo/history.h"
#include "core/base/buffer.h"
#include "rubrics/campaign.h"
#include "rubrics/settings.h"
#include "store/people.h"
#include "store/settings.h"
#include "ui/annotate/annotate.h"

#include "core/base/banned.h"

enum { COACHED = 3, NEWCOMER_BATCH = 12 };
#define NEWCOMER_GOLD  0.25 /* three of twelve */
#define NEWCOMER_TRACK "helpfulness"

static const char welcome[] =
    "People who train language models need to know which of two answers is better. They ask annotators, and then the "
    "question is: **how far can "
    "these judgments be trusted?** **assay** is the desk at which the judging is done, and the scales on which it is "
    "weighed.\n"
    "\n"
    "## What you will do\n"
    "\n"
    "1. Judge **3 items with a coach**: after each you see what the reference says, and why.\n"
    "2. Judge **a batch of 12**. Three of them are *gold*: their answer is known. They look like the others, and "
    "nothing tells you which "
    "they are until you hand in. Here, and only in the demo, you are then shown them.\n"
    "3. See the **figures of somebody after six weeks**, whose work went wrong at some point.\n"
    "\n"
    "## How\n"
    "\n"
    "- Read the prompt and the two answers. **←** **→** choose a text, **↑** **↓** scroll it.\n"
    "- The digits answer the row at **▸**, then it moves on. For *overall*: **1** A is much better … **4** tie … **7** "
    "B is much better, **0** neither will do.\n"
    "- **r** to type why, in a few words. **Enter** submits.\n"
    "- **g** is the guideline, **?** all the keys, **q** leaves; everything is kept.\n"
    "\n"
    "Nothing leaves this machine.\n";

static const char introduction[] = "dov has judged for six weeks, and in the first four of them answered nearly every "
                                   "gold item as the reference. Then something changed. The detector, "
                                   "which looks only at gold, noticed it within a week (Drift: one column a batch). "
                                   "What dov judged since then is held: it is kept, but is in no export "
                                   "until a lead decides.";

/* Batches of twelve with three gold, as a new version of the settings; the old one is kept. */
static int set_small_batches(struct store *store, const struct viewer *lead, struct campaign *campaign,
                             struct error *error) {
    struct pool pool = POOL_INIT;
    struct settings_version settings;
    int status = settings_newest(store, &pool, &settings, error);
    if (!status)
        status = campaign_read(settings.yaml, "settings", campaign, error);
    int64_t version = status ? 0 : settings.id;
    pool_release(&pool);
    if (status)
        return status;
    bool changed = false;
    for (int i = 0; i < campaign->track_count; i++)
        if (slice_is(slice_of(campaign->tracks[i].name), NEWCOMER_TRACK) &&
            campaign->tracks[i].batch != NEWCOMER_BATCH) {
            campaign->tracks[i].batch = NEWCOMER_BATCH;
            campaign->tracks[i].gold_low = campaign->tracks[i].gold_high = NEWCOMER_GOLD;
            changed = true;
        }
    if (!changed)
        return STATUS_OK;
    struct buffer yaml = BUFFER_INIT;
    campaign_write(&yaml, campaign, false);
    status = settings_replace(store, lead, version, buffer_slice(&yaml), campaign, NULL, 0, error);
    buffer_release(&yaml);
    if (status)
        campaign_release(campaign);
    return status;
}

static void add_outcome(struct newcomer *done, const struct annotate_outcome *outcome) {
    done->judged += outcome->judged;
    done->active_ms += outcome->active_ms;
}

/* The coached items, if they are not done yet. *go_on: they are done now, or were. */
static int coach(struct store *store, struct viewer *viewer, const struct campaign *campaign, struct newcomer *done,
                 bool *go_on, struct error *error) {
    struct annotate_options options = {.track = NEWCOMER_TRACK,
                                       .preferences = done->preferences,
                                       .training = COACHED,
                                       .welcome = welcome,
                                       .welcome_title = "the first ten minutes"};
    struct annotate_outcome outcome = {0};
    int status = annotate_run(store, viewer, campaign, &options, &outcome, error);
    add_outcome(done, &outcome);
    done->training += outcome.handed_in;
    *go_on = !status && !outcome.interrupted && (outcome.handed_in || outcome.nothing_left);
    return status;
}

static int judge_batch(struct store *store, struct viewer *viewer, const struct viewer *lead,
                       const struct campaign *campaign, struct newcomer *done, bool *go_on, struct error *error) {
    struct annotate_options options = {
        .track = NEWCOMER_TRACK, .preferences = done->preferences, .batches = 1, .reveal = lead};
    struct annotate_outcome outcome = {0};
    int status = annotate_run(store, viewer, campaign, &options, &outcome, error);
    add_outcome(done, &outcome);
    done->batches += outcome.handed_in;
    *go_on = !status && outcome.handed_in;
    return status;
}

int newcomer_judge(const struct place *place, struct world *world, struct newcomer *done, struct error *error) {
    struct store *store;
    struct viewer lead, viewer;
    struct campaign campaign = {0};
    bool go_on = false;
    int status = store_open(&store, place->store, STORE_SCREEN, world, error);
    if (status)
        return status;
    status = viewer_find(store, HISTORY_LEAD, &lead, error);
    if (!status)
        status = viewer_find(store, HISTORY_PERSON, &viewer, error);
    if (!status)
        status = set_small_batches(store, &lead, &campaign, error);
    if (!status) {
        status = coach(store, &viewer, &campaign, done, &go_on, error);
        if (go_on)
            status = judge_batch(store, &viewer, &lead, &campaign, done, &go_on, error);
        if (!status && go_on)
            status = annotate_show_person(store, &lead, &campaign, NEWCOMER_TRACK, cast[CAST_FALLS].name, introduction,
                                          done->preferences, error);
        campaign_release(&campaign);
    }
    store_close(store);
    return status;
}
