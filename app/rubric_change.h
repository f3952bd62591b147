/* What `assay rubric` does to bring in a new version: show the difference, set a file, fold the rulings in; and whether it helped. */
#ifndef APP_RUBRIC_CHANGE_H
#define APP_RUBRIC_CHANGE_H

#include "app/command.h"

/* `diff FILE`: what the file changes in the rubric of its name, line by line. Writes nothing to the store. */
int rubric_show_difference(struct invocation *invocation, struct error *error);

/* `set FILE`: the file is in force from now on. Options: change, again, folds. */
int rubric_set_file(struct invocation *invocation, struct error *error);

/* `fold`: the rubric of --track with the rulings in force written into its guideline becomes the next version, and the rulings are
 * retired; with -o FILE the text goes there instead, to be gone over and set. */
int rubric_fold_rulings(struct invocation *invocation, struct error *error);

/* `effect`: figures of the track in the two weeks before and after each change of its rubric. */
int rubric_show_effect(struct invocation *invocation, struct error *error);

#endif
