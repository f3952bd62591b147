/* See room.h. */
#include "ui/calibrate/room.h"

#include "ui/annotate/annotate.h"
#include "core/text/grapheme.h"
#include "store/people.h"

#include "core/base/banned.h"

void room_init(struct room *room, struct store *store, const struct viewer *viewer, const struct campaign *campaign,
               int64_t session, struct calibrate_outcome *outcome) {
    *room = (struct room){.session = session, .outcome = outcome};
    office_init(&room->office, store, viewer, campaign, &room->unused);
}

void room_release(struct room *room) {
    if (room->read)
        circle_release(&room->circle);
    office_release(&room->office);
}

int room_read(struct room *room, struct error *error) {
    struct circle fresh;
    int64_t version = store_data_version(room->office.store);
    int status = circle_read(&fresh, room->office.store, room->office.viewer, room->session, error);
    if (status)
        return status;
    if (room->read)
        circle_release(&room->circle);
    room->circle = fresh;
    room->version = version;
    room->reads++;
    room->read = true;
    return STATUS_OK;
}

bool room_is_stale(const struct room *room) {
    return store_data_version(room->office.store) != room->version;
}

void room_title(const struct room *room, struct surface *surface, struct rect *area, const char *where,
                const char *more, const char *right) {
    enum { FORMS = 4 };
    const struct session *session = &room->circle.book.session;
    struct buffer left = BUFFER_INIT;
    int space = surface->columns - FRAME_TITLE_ROOM - (int)text_columns(slice_of(right));
    for (int form = 0; form < FORMS; form++) { /* campaign, then `more`, then "calibration" give way */
        buffer_clear(&left);
        if (form == 0)
            buffer_add_format(&left, "%s › ", room->office.campaign->name);
        if (form < 3)
            buffer_add_string(&left, "calibration ");
        buffer_add_slice(&left, session->name);
        buffer_add_format(&left, "%s%s", where, form < 2 ? more : "");
        if ((int)text_columns(buffer_slice(&left)) <= space)
            break;
    }
    frame_title(surface, area, left.data, right);
    buffer_release(&left);
}

/* --- The terminal round the screens ---------------------------------------------------------------------------------------- */

static int show(struct room *room, const struct preferences *preferences, struct error *error) {
    struct terminal *terminal;
    struct loop loop;
    struct frame frame;
    room->errand = ERRAND_NONE;
    int status = terminal_start(&terminal, preferences, error);
    if (status)
        return status;
    loop_init(&loop, terminal);
    frame_init(&frame, terminal, &loop);
    if (room->reviewing)
        review_open(room, &frame);
    else
        roll_open(room, &frame);
    frame_run(&frame);
    room->outcome->interrupted = frame.ended;
    frame_release(&frame);
    loop_release(&loop);
    terminal_end(terminal);
    if (room->office.failed)
        *error = room->office.failure;
    return room->office.failed;
}

/* An item with a reference is clear, unless the lead says otherwise. */
static int settle_item(struct room *room, struct error *error) {
    const struct office *office = &room->office;
    const struct session_item *item = &room->circle.book.items[room->item];
    if (!item->reference || item->verdict != CALIBRATION_OPEN)
        return STATUS_OK;
    int status = session_judge_item(office->store, office->viewer, room->session, item->item, CALIBRATION_CLEAR,
                                    slice_of(""), error);
    return status ? status : room_read(room, error);
}

/* Somebody's own answers, or the lead's reference; then the session as it is. */
static int go_on_errand(struct room *room, struct viewer *lead, const struct preferences *preferences,
                        struct error *error) {
    struct viewer person = {0};
    struct annotate_outcome done = {0};
    struct annotate_options options = {
        .track = room->circle.book.session.track.data, .preferences = preferences, .session = room->session};
    bool turn = room->errand == ERRAND_TURN;
    int status = turn ? viewer_find(room->office.store, room->person, &person, error) : STATUS_OK;
    if (!turn)
        options.reference = room->position;
    if (!status)
        status = annotate_run(room->office.store, turn ? &person : lead, room->office.campaign, &options, &done, error);
    room->outcome->turns += turn && done.handed_in > 0;
    room->outcome->references += !turn && done.judged + done.revised > 0;
    room->outcome->interrupted = done.interrupted;
    if (!status)
        status = room_read(room, error);
    return status || turn ? status : settle_item(room, error);
}

int calibrate_run(struct store *store, struct viewer *viewer, const struct campaign *campaign,
                  const struct preferences *preferences, const char *name, struct calibrate_outcome *outcome,
                  struct error *error) {
    struct pool pool = POOL_INIT;
    struct session session;
    struct room room;
    *outcome = (struct calibrate_outcome){0};
    int status = session_find(store, viewer, name, &pool, &session, error);
    if (!status && session.closed)
        status = error_set(error, STATUS_NO, "session '%s' is closed; 'assay calibrate show' has its record", name);
    if (status) {
        pool_release(&pool);
        return status;
    }
    room_init(&room, store, viewer, campaign, session.id, outcome);
    room.reviewing = session_is_answered(&session);
    pool_release(&pool);
    status = room_read(&room, error);
    do {
        if (!status)
            status = show(&room, preferences, error);
        if (!status && room.errand != ERRAND_NONE)
            status = go_on_errand(&room, viewer, preferences, error);
    } while (!status && room.errand != ERRAND_NONE && !outcome->interrupted);
    room_release(&room);
    return status;
}
