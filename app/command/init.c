/* `assay init`: a new store, or the commented files to start one from. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "app/command.h"
#include "app/files.h"
#include "app/founding.h"
#include "core/base/memory.h"
#include "rubrics/shipped.h"
#include "store/people.h"

#include "core/base/banned.h"

/* Both files, or neither. */
static int write_template(const char *folder, struct error *error) {
    static const char *const names[2][2] = {{"campaign.yaml", "campaign-template.yaml"},
                                            {"rubric.yaml", "preference.yaml"}};
    struct buffer paths[2] = {BUFFER_INIT, BUFFER_INIT};
    int status = STATUS_OK;
    for (int i = 0; i < 2; i++) {
        buffer_add_format(&paths[i], "%s/%s", folder, names[i][0]);
        if (!status && path_exists(paths[i].data))
            status = error_set(error, STATUS_SYSTEM, "'%s' exists already; it is left as it is", paths[i].data);
    }
    if (!status && mkdir(folder, 0777) != 0 && errno != EEXIST)
        status = error_set(error, STATUS_SYSTEM, "'%s': the folder cannot be made: %s", folder, strerror(errno));
    for (int i = 0; i < 2; i++) {
        if (!status)
            status = file_write_new(paths[i].data, shipped_text(names[i][1]), error);
        buffer_release(&paths[i]);
    }
    if (status)
        return status;
    say("wrote %s/campaign.yaml and %s/rubric.yaml; edit them, then: assay init STORE --campaign %s/campaign.yaml",
        folder, folder, folder);
    return STATUS_OK;
}

struct founder {
    struct invocation *invocation;
    const struct founding *founding;
};

static int found(struct store *store, void *context, struct error *error) {
    struct founder *founder = context;
    struct viewer *viewer = &founder->invocation->viewer;
    int status = viewer_find(store, founder->invocation->as, viewer, error);
    return status ? status : founding_store(founder->founding, store, viewer, 0, error);
}

static int found_store(struct invocation *invocation, const struct founding *founding, struct error *error) {
    const char *path = argument(invocation, 0);
    struct founder founder = {invocation, founding};
    int status = store_create_founded(&invocation->store, path, invocation->world, found, &founder, error);
    if (!status)
        say("%s: campaign '%s', %d track%s; next: assay import %s FILE", path, founding->campaign.name,
            founding->campaign.track_count, founding->campaign.track_count == 1 ? "" : "s", path);
    return status;
}

static int run(struct invocation *invocation, struct error *error) {
    const char *folder = option_value(invocation, "template"), *campaign = option_value(invocation, "campaign");
    int status = arguments_between(invocation, folder && !campaign ? 0 : 1, 1, error);
    if (!status && folder)
        status = write_template(folder, error);
    if (status || !argument(invocation, 0))
        return status;
    struct founding founding;
    status = founding_read(&founding, campaign, error);
    if (status)
        return status;
    status = found_store(invocation, &founding, error);
    founding_release(&founding);
    return status;
}

static const struct option options[] = {
    {"campaign", OPTION_VALUE, "FILE", "the settings; its rubric files stand beside it", 0},
    {"template", OPTION_VALUE, "DIR", "write commented campaign.yaml and rubric.yaml there", 0},
    {0},
};

const struct command command_init = {
    .name = "init",
    .usage = "STORE [--campaign FILE.yaml] | [STORE] --template DIR",
    .summary = "make a store",
    .manual =
        "Without a campaign file the store has one track, 'preference', with a shipped rubric. A store is one file; "
        "an\n"
        "existing one is never touched. A rubric that the campaign names but that does not stand beside it may be a\n"
        "shipped one: helpfulness.yaml, safety.yaml, preference.yaml.",
    .access = ACCESS_ANYBODY,
    .options = options,
    .run = run,
};
