/* Which categories the items of each track are of; reads only. */
#ifndef STORE_LOAD_CATEGORIES_H
#define STORE_LOAD_CATEGORIES_H

#include "store/store.h"

/* Called once for each track and category of items that are not retired; category is absent for items
 * without one. */
typedef void category_visit(void *context, struct slice track, struct slice category);
int load_categories(struct store *store, category_visit *visit, void *context, struct error *error);

/* The same for languages. */
int load_languages(struct store *store, category_visit *visit, void *context, struct error *error);

#endif
