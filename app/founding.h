/*
 * A campaign file and the rubric files that it names, read and checked together: what `init` founds a store with and what
 * `campaign --set` replaces its settings by.
 */
#ifndef APP_FOUNDING_H
#define APP_FOUNDING_H

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/model/campaign.h"
#include "core/model/rubric.h"
#include "core/work/viewer.h"
#include "store/settings.h"

struct founding {
    struct buffer yaml; /* the campaign file */
    struct campaign campaign;
    struct rubric *rubrics; /* one for each track that names a file */
    struct buffer *texts;
    struct rubric_input *inputs;
    size_t count;
};

/* From a file (its rubrics stand beside it; a name that is not there but shipped, such as helpfulness.yaml, is the shipped one), or from the
 * shipped default when path is NULL. */
int founding_read(struct founding *founding, const char *path, struct error *error);

/* From text: every rubric is a shipped one. name stands in messages. */
int founding_read_text(struct founding *founding, struct slice yaml, const char *name, struct error *error);
void founding_release(struct founding *founding);

/* One transaction; expected as in settings_replace. */
int founding_store(const struct founding *founding, struct store *store, const struct viewer *viewer, int64_t expected,
                   struct error *error);

#endif
