/* What most commands begin with: the store, who acts, the settings in force, and whether that person may. */
#include "app/command.h"

#include "core/base/buffer.h"
#include "rubrics/campaign.h"
#include "rubrics/preferences.h"
#include "store/people.h"
#include "store/settings.h"

#include "core/base/banned.h"

static int read_settings(struct invocation *invocation, struct error *error) {
    struct pool pool = POOL_INIT;
    struct settings_version settings;
    int status = settings_newest(invocation->store, &pool, &settings, error);
    if (!status)
        status = campaign_read(settings.yaml, "settings", &invocation->campaign, error);
    if (!status)
        invocation->settings_id = settings.id;
    pool_release(&pool);
    return status;
}

int require_access(const struct invocation *invocation, enum access access, struct error *error) {
    if (viewer_may(&invocation->viewer, access))
        return STATUS_OK;
    return error_set(error, STATUS_USAGE, "'%s' is an annotator here; '%s' is the lead's", invocation->viewer.name,
                     invocation->command->name);
}

int open_store(struct invocation *invocation, unsigned flags, enum access access, struct error *error) {
    const char *path = argument(invocation, 0);
    if (!path)
        return error_set(error, STATUS_USAGE, "usage: assay %s %s", invocation->command->name,
                         invocation->command->usage);
    int status = store_open(&invocation->store, path, flags, invocation->world, error);
    if (!status)
        status = viewer_find(invocation->store, invocation->as, &invocation->viewer, error);
    if (!status)
        status = require_access(invocation, access, error);
    if (!status)
        status = read_settings(invocation, error);
    return status;
}

int chosen_track(const struct invocation *invocation, const char **track, struct error *error) {
    const char *name = option_value(invocation, "track");
    const struct campaign *campaign = &invocation->campaign;
    if (!name && campaign->track_count == 1) {
        *track = campaign->tracks[0].name;
        return STATUS_OK;
    }
    const struct track_settings *found = name ? campaign_track(campaign, name) : NULL;
    if (found) {
        *track = found->name;
        return STATUS_OK;
    }
    struct buffer names = BUFFER_INIT;
    for (int i = 0; i < campaign->track_count; i++)
        buffer_add_format(&names, "%s%s", i ? ", " : "", campaign->tracks[i].name);
    int status = name ? error_set(error, STATUS_USAGE, "no track is named '%s'; there are: %s", name, names.data)
                      : error_set(error, STATUS_USAGE, "which track? name one with --track: %s", names.data);
    buffer_release(&names);
    return status;
}

void invocation_close(struct invocation *invocation) {
    campaign_release(&invocation->campaign);
    invocation->campaign = (struct campaign){0};
    preferences_release(&invocation->preferences);
    store_close(invocation->store);
    invocation->store = NULL;
}
