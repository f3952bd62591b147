/* The person's own config.yaml, read before the first screen opens. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/command.h"
#include "app/files.h"
#include "rubrics/preferences.h"
#include "ui/keymap.h"

#include "core/base/banned.h"

/* Where it stands: $XDG_CONFIG_HOME (which counts only when absolute), else ~/.config. False where there is no home. */
static bool find_file(struct buffer *path) {
    const char *folder = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
    if (folder && folder[0] == '/')
        buffer_add_format(path, "%s/assay/config.yaml", folder);
    else if (home && home[0])
        buffer_add_format(path, "%s/.config/assay/config.yaml", home);
    return path->length > 0;
}

int read_preferences(struct invocation *invocation, struct error *error) {
    struct buffer path = BUFFER_INIT, text = BUFFER_INIT;
    int status = STATUS_OK;
    if (find_file(&path) && (access(path.data, F_OK) == 0 || (errno != ENOENT && errno != ENOTDIR))) {
        status = file_read(path.data, &text, error);
        if (!status)
            status = preferences_read(buffer_slice(&text), path.data, &invocation->preferences, error);
        if (!status)
            status = keymap_rebind(&invocation->preferences, error);
    }
    buffer_release(&path);
    buffer_release(&text);
    return status;
}
