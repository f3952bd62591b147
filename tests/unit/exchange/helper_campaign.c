/* A store with a campaign; see helper_campaign.h. */
#include "tests/unit/exchange/helper_campaign.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/base/array.h"
#include "rubrics/campaign.h"
#include "rubrics/rubric.h"
#include "store/batch.h"
#include "store/people.h"
#include "store/settings.h"

#include "core/base/banned.h"

static const char settings[] =
    "campaign: pilot\ntracks:\n  helpfulness: {gold: {rate: 0}, retest: {rate: 0}}\n  safety: {}\n";
static const char rubric[] =
    "rubric: plain\ncriteria:\n- {id: accuracy, ask: Right?, per: response, scale: [1, 5]}\n"
    "- {id: tone, ask: Nicer?, per: pair}\nrationale: {tags: [style, off-topic]}\nflags: [unsafe]\n";

static int64_t tick(struct world *world) {
    struct campaign_store *test = world->state;
    return test->now += 1000;
}

static void count_up(struct world *world, void *bytes, size_t count) {
    struct campaign_store *test = world->state;
    for (size_t i = 0; i < count; i++)
        ((unsigned char *)bytes)[i] = (unsigned char)(test->now++ * 37);
}

void campaign_store_must(struct campaign_store *test, int status) {
    if (status < 0)
        fail_msg("%d: %s", status, test->error.text);
}

void campaign_store_init(struct campaign_store *test) {
    *test = (struct campaign_store){.now = INT64_C(1795500000000), .viewer = {.role = VIEWER_SOLO, .name = "lea"}};
    test->world = (struct world){tick, count_up, test};
    scratch_init(&test->scratch);
    campaign_store_must(test, hash_start(&test->error));
    campaign_store_must(test, campaign_read(slice_of(settings), "campaign.yaml", &test->campaign, &test->error));
    campaign_store_must(test, rubric_read(slice_of(rubric), "rubric.yaml", &test->rubric, &test->error));
    campaign_store_must(
        test, store_create(&test->store, scratch_path(&test->scratch, "work.assay"), &test->world, &test->error));
    struct rubric_input inputs[] = {{"helpfulness", &test->rubric, slice_of(rubric)},
                                    {"safety", &test->rubric, slice_of(rubric)}};
    campaign_store_must(test, settings_replace(test->store, &test->viewer, 0, slice_of(settings), &test->campaign,
                                               inputs, COUNT_OF(inputs), &test->error));
}

void campaign_store_release(struct campaign_store *test) {
    store_close(test->store);
    campaign_release(&test->campaign);
    rubric_release(&test->rubric);
    scratch_release(&test->scratch);
}

int campaign_store_import(struct campaign_store *test, const char *file, const char *text,
                          struct import_report *report) {
    char path[256];
    scratch_write(&test->scratch, file, slice_of(text));
    memcpy(path, scratch_path(&test->scratch, file), sizeof path);
    struct import_request request = {.path = path, .track = "helpfulness"};
    return exchange_import(test->store, &test->viewer, &test->campaign, &request, report, &test->error);
}

void campaign_store_judge(struct campaign_store *test, int (*choose)(const struct item *item)) {
    struct pool pool = POOL_INIT;
    struct batch batch;
    struct nothing_left left;
    struct rubric_version version;
    struct serving serving;
    campaign_store_must(test, viewer_enter(test->store, &test->viewer, &test->error));
    campaign_store_must(test, rubric_newest(test->store, "helpfulness", &pool, &version, &test->error));
    campaign_store_must(test, batch_deal(test->store, &test->viewer, &test->campaign, "helpfulness", &pool, &batch,
                                         &left, &test->error));
    assert_true(batch.id != 0);
    for (;;) {
        campaign_store_must(test, serving_next(test->store, &batch, &test->rubric, &pool, &serving, &test->error));
        if (!serving.id)
            break;
        int prefer = choose(&serving.item);
        struct judgment judgment = {
            .prefer = prefer, .strength = prefer >= 0 ? 2 : 0, .confidence = -1, .rationale = slice_of("so it is")};
        ratings_clear(&judgment.ratings);
        judgment.ratings.cells[0][1] = 4;
        judgment.ratings.cells[1][0] = CELL_SAME;
        judgment.tags = 2;
        campaign_store_must(test, judgment_submit(test->store, &test->viewer, serving.id, version.id, &test->rubric,
                                                  &judgment, 41200, &test->error));
    }
    struct hand_in done;
    campaign_store_must(test,
                        batch_hand_in(test->store, &test->viewer, &test->campaign, batch.id, &done, &test->error));
    pool_release(&pool);
}
