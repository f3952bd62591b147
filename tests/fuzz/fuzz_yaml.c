/* Any bytes as a rubric, a campaign, rules, a policy; and what reads must survive being written and read again. */
#include <stdint.h>
#include <stdlib.h>

#include "core/base/buffer.h"
#include "rubrics/campaign.h"
#include "rubrics/difference.h"
#include "rubrics/rubric.h"
#include "rubrics/settings.h"

#include "core/base/banned.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Settings that were read write out as settings that read, and write the same again. */
static void check_written(const struct campaign *campaign, bool for_annotator) {
    struct buffer first = BUFFER_INIT, second = BUFFER_INIT;
    struct campaign again;
    campaign_write(&first, campaign, for_annotator);
    if (campaign_read(buffer_slice(&first), "written", &again, NULL))
        abort();
    campaign_write(&second, &again, for_annotator);
    if (!slice_equal(buffer_slice(&first), buffer_slice(&second)))
        abort();
    struct difference difference;
    difference_init(&difference, buffer_slice(&first), buffer_slice(&second));
    if (difference.changed)
        abort();
    difference_release(&difference);
    campaign_release(&again);
    buffer_release(&first);
    buffer_release(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct slice text = slice_make((const char *)data, size);
    struct error error = ERROR_INIT;
    struct rubric rubric;
    if (rubric_read(text, "fuzz", &rubric, &error) == 0)
        rubric_release(&rubric);
    else if (!error.text[0])
        abort();

    struct campaign campaign;
    if (campaign_read(text, "fuzz", &campaign, &error) == 0) {
        check_written(&campaign, false);
        check_written(&campaign, true);
        campaign_release(&campaign);
    }

    struct pool pool = POOL_INIT;
    struct quality_rule *rules = NULL;
    int count = 0;
    campaign_read_quality(text, "fuzz", NULL, &pool, &rules, &count, &error);
    pool_release(&pool);

    struct export_policy policy = policy_default;
    policy_read(text, "fuzz", &policy, &error);

    struct difference difference;
    difference_init(&difference, slice_make(text.data, size / 2), slice_make(text.data + size / 2, size - size / 2));
    difference_release(&difference);
    return 0;
}
