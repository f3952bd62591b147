/* The terminal around the desk; see lead.h. */
#include "ui/lead/lead.h"

#include "ui/lead/places.h"

#include "core/base/banned.h"

int lead_run(struct store *store, const struct viewer *viewer, const struct campaign *campaign,
             const struct preferences *preferences, struct lead_outcome *outcome, struct error *error) {
    struct office office;
    struct terminal *terminal;
    struct loop loop;
    struct frame frame;
    outcome->session[0] = '\0';
    int status = terminal_start(&terminal, preferences, error);
    if (status)
        return status;
    office_init(&office, store, viewer, campaign, outcome);
    loop_init(&loop, terminal);
    frame_init(&frame, terminal, &loop);
    front_open(&office, &frame);
    frame_run(&frame);
    outcome->interrupted = frame.ended;
    frame_release(&frame);
    loop_release(&loop);
    terminal_end(terminal);
    if (office.failed) {
        status = office.failed;
        *error = office.failure;
    }
    office_release(&office);
    return status;
}
