/* The case log as a page: every ruling, and who has acknowledged it; see charts.h. */
#include "store/questions.h"
#include "ui/lead/charts.h"
#include "ui/lead/wording.h"

#include "core/base/banned.h"

static void names(const struct acknowledgement *who, size_t count, int64_t ruling, bool seen, const char *label,
                  struct buffer *page) {
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        if (who[i].ruling != ruling || (who[i].at != 0) != seen)
            continue;
        buffer_add_string(page, found++ ? ", " : label);
        word_cell(page, who[i].person);
    }
    buffer_add_string(page, found ? ".\n\n" : "");
}

int rulings_table(const struct office *office, struct frame *frame, struct error *error) {
    struct pool pool = POOL_INIT;
    struct buffer page = BUFFER_INIT;
    struct ruling *rulings;
    struct acknowledgement *who;
    size_t count, who_count;
    int status = ruling_list(office->store, office->viewer, NULL, &pool, &rulings, &count, error);
    if (!status)
        status = ruling_acknowledgements(office->store, office->viewer, &pool, &who, &who_count, error);
    for (size_t i = count; !status && i-- > 0;) {
        const struct ruling *one = &rulings[i];
        buffer_add_format(&page, "## %lld · ", (long long)one->id);
        word_cell(&page, one->track);
        buffer_add_string(&page, " · ");
        word_day(&page, one->at);
        buffer_add_string(&page, one->retired ? " · retired\n\n" : "\n\n");
        buffer_add_slice(&page, one->text);
        buffer_add_string(&page, "\n\n");
        names(who, who_count, one->id, true, "*Acknowledged by* ", &page);
        if (!one->retired)
            names(who, who_count, one->id, false, "*Not yet:* ", &page);
    }
    if (!status && count == 0)
        buffer_add_string(&page, "No rulings. The answer to a question becomes one, or `assay rulings STORE add`.\n");
    if (!status)
        frame_read(frame, "rulings", buffer_slice(&page));
    buffer_release(&page);
    pool_release(&pool);
    return status;
}
