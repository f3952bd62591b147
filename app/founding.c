/* A campaign with its rubrics; see founding.h. */
#include "app/founding.h"

#include "app/files.h"
#include "core/base/memory.h"
#include "rubrics/campaign.h"
#include "rubrics/rubric.h"
#include "rubrics/shipped.h"

#include "core/base/banned.h"

/* The rubric of one track into place i: the file beside the campaign file, else the shipped one of that name. */
static int read_rubric(struct founding *founding, const char *path, const struct track_settings *track,
                       struct error *error) {
    size_t i = founding->count;
    char *file = path_beside(path ? path : "", track->rubric_file);
    struct slice shipped = shipped_text(track->rubric_file);
    int status = STATUS_OK;
    buffer_init(&founding->texts[i]);
    if (shipped.data && (!path || !path_exists(file)))
        buffer_add_slice(&founding->texts[i], shipped);
    else if (!path_exists(file))
        status = error_set(error, STATUS_INPUT,
                           "%s: tracks.%s.rubric: there is no file '%s'; write it, or name a shipped one: "
                           "helpfulness.yaml, safety.yaml or preference.yaml",
                           path ? path : "campaign", track->name, file);
    else
        status = file_read(file, &founding->texts[i], error);
    if (!status)
        status = rubric_read(buffer_slice(&founding->texts[i]), file, &founding->rubrics[i], error);
    if (!status) {
        founding->inputs[i] =
            (struct rubric_input){track->name, &founding->rubrics[i], buffer_slice(&founding->texts[i])};
        founding->count++;
    } else {
        buffer_release(&founding->texts[i]);
    }
    memory_free(file);
    return status;
}

static int read_parts(struct founding *founding, const char *path, const char *name, struct error *error) {
    int status = campaign_read(buffer_slice(&founding->yaml), name, &founding->campaign, error);
    if (status)
        return status;
    size_t tracks = (size_t)founding->campaign.track_count;
    founding->rubrics = memory_new(tracks, sizeof *founding->rubrics);
    founding->texts = memory_new(tracks, sizeof *founding->texts);
    founding->inputs = memory_new(tracks, sizeof *founding->inputs);
    for (size_t i = 0; i < tracks && !status; i++)
        if (founding->campaign.tracks[i].rubric_file)
            status = read_rubric(founding, path, &founding->campaign.tracks[i], error);
    return status;
}

int founding_read(struct founding *founding, const char *path, struct error *error) {
    if (!path)
        return founding_read_text(founding, shipped_text("campaign-default.yaml"), "campaign-default.yaml", error);
    *founding = (struct founding){.yaml = BUFFER_INIT};
    int status = file_read(path, &founding->yaml, error);
    if (!status)
        status = read_parts(founding, path, path, error);
    if (status)
        founding_release(founding);
    return status;
}

int founding_read_text(struct founding *founding, struct slice yaml, const char *name, struct error *error) {
    *founding = (struct founding){.yaml = BUFFER_INIT};
    buffer_add_slice(&founding->yaml, yaml);
    int status = read_parts(founding, NULL, name, error);
    if (status)
        founding_release(founding);
    return status;
}

void founding_release(struct founding *founding) {
    for (size_t i = 0; i < founding->count; i++) {
        rubric_release(&founding->rubrics[i]);
        buffer_release(&founding->texts[i]);
    }
    memory_free(founding->rubrics);
    memory_free(founding->texts);
    memory_free(founding->inputs);
    campaign_release(&founding->campaign);
    buffer_release(&founding->yaml);
    *founding = (struct founding){.yaml = BUFFER_INIT};
}

int founding_store(const struct founding *founding, struct store *store, const struct viewer *viewer, int64_t expected,
                   struct error *error) {
    return settings_replace(store, viewer, expected, buffer_slice(&founding->yaml), &founding->campaign,
                            founding->inputs, founding->count, error);
}
