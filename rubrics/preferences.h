/* One person's config.yaml: theme, rest and keys of the screens. */
#ifndef RUBRICS_PREFERENCES_H
#define RUBRICS_PREFERENCES_H

#include "core/base/error.h"
#include "core/model/preferences.h"

/*
 * Reads the file's text; `file` names it in messages. An empty text gives the defaults. STATUS_INPUT with file, line, column and
 * field; *out is then empty. What is read is to be released; an empty one may be.
 */
int preferences_read(struct slice text, const char *file, struct preferences *out, struct error *error);
void preferences_release(struct preferences *preferences);

#endif
