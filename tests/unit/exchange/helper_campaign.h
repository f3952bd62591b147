/* A store with a campaign of two tracks, in a scratch folder; clock and entropy are fixed. */
#ifndef TESTS_UNIT_EXCHANGE_HELPER_CAMPAIGN_H
#define TESTS_UNIT_EXCHANGE_HELPER_CAMPAIGN_H

#include "app/exchange/export.h"
#include "app/exchange/import_run.h"
#include "core/model/campaign.h"
#include "core/model/rubric.h"
#include "core/work/viewer.h"
#include "tests/unit/exchange/helper_scratch.h"

struct campaign_store {
    struct scratch scratch;
    struct world world;
    int64_t now;
    struct store *store;
    struct campaign campaign; /* tracks "helpfulness" and "safety" */
    struct rubric rubric;     /* of both */
    struct viewer viewer;     /* solo */
    struct error error;
};

void campaign_store_init(struct campaign_store *test);
void campaign_store_release(struct campaign_store *test);

/* Fails the test with the sentence if the status is negative. */
void campaign_store_must(struct campaign_store *test, int status);

/* Writes the file and imports it into helpfulness; what exchange_import says. */
int campaign_store_import(struct campaign_store *test, const char *file, const char *text,
                          struct import_report *report);

/* Deals one batch on helpfulness, gives each item the preference that choose says of it, and hands in. */
void campaign_store_judge(struct campaign_store *test, int (*choose)(const struct item *item));

#endif
