/* Settings written out as YAML, every one of them with its value; what campaign_read reads back as the same. */
#ifndef RUBRICS_SETTINGS_H
#define RUBRICS_SETTINGS_H

#include <stdbool.h>

#include "core/base/buffer.h"
#include "core/model/campaign.h"

/*
 * Appends the settings. For an annotator without seed, gold, retest and what happens below the bar (it may change their gold): nothing in the text, and nothing in its
 * form, depends on them.
 */
void campaign_write(struct buffer *out, const struct campaign *campaign, bool for_annotator);

#endif
