/* `assay items`: single items, and categories that are done. */
#include "app/command.h"
#include "app/exchange/lines_out.h"
#include "core/base/timestamp.h"
#include "store/closing.h"
#include "store/load.h"
#include "store/redact.h"

#include "core/base/banned.h"

static struct slice last_message(const struct item *item) {
    return item->prompt.count ? item->prompt.items[item->prompt.count - 1].content : slice_of("");
}

struct listing {
    struct invocation *invocation;
    uint64_t lines;
};

static int visit(void *context, const struct item_line *line, struct error *error) {
    (void)error;
    struct listing *listing = context;
    struct invocation *invocation = listing->invocation;
    FILE *out = invocation->out;
    if (invocation->json) {
        struct buffer text = BUFFER_INIT;
        item_line_write(&text, line);
        fwrite(text.data, 1, text.length, out);
        buffer_release(&text);
        return STATUS_OK;
    }
    if (listing->lines++ == 0)
        fprintf(out, "%-6s %-18s %-12s %-4s %-7s %s\n", "ref", "id", "category", "", "judged", "prompt");
    fprintf(out, "%-6s ", line->ref.text);
    print_cell(out, line->item.name, 18);
    fputc(' ', out);
    print_cell(out, line->item.category, 12);
    fprintf(out, " %-4s %3lld/%-3lld ",
            line->item.redacted ? "gone"
            : line->retired     ? "out"
            : line->gold        ? "gold"
                                : "",
            (long long)line->judgments, (long long)(line->judgments + line->wanted));
    struct slice head = last_message(&line->item);
    print_cell(out, slice_make(head.data, head.length < 200 ? head.length : 200), 27);
    fputc('\n', out);
    return STATUS_OK;
}

/* Under the list: what is closed, which is why its items wait for nobody. */
static int list_closed(struct invocation *invocation, const char *track, struct error *error) {
    struct pool pool = POOL_INIT;
    struct closing *closed;
    size_t count;
    int status = closing_list(invocation->store, &invocation->viewer, &pool, &closed, &count, error);
    for (size_t i = 0; !status && i < count; i++) {
        if (track && !slice_is(closed[i].track, track))
            continue;
        fputs("closed: ", invocation->out);
        print_text(invocation->out, closed[i].track, false);
        fputs(", ", invocation->out);
        print_text(invocation->out, closed[i].category.data ? closed[i].category : slice_of("(none)"), false);
        fprintf(invocation->out, ", since %s: ", timestamp_local_day(closed[i].at).text);
        print_text(invocation->out, closed[i].why, false);
        fputc('\n', invocation->out);
    }
    pool_release(&pool);
    return status;
}

static int list(struct invocation *invocation, struct error *error) {
    const char *track = option_value(invocation, "track");
    int status = track ? chosen_track(invocation, &track, error) : STATUS_OK;
    struct listing listing = {invocation, 0};
    if (!status)
        status = load_items(invocation->store, track, visit, &listing, error);
    if (!status && !invocation->json && listing.lines == 0)
        fputs("no items\n", invocation->out);
    return status || invocation->json ? status : list_closed(invocation, track, error);
}

static void print_messages(FILE *out, struct messages messages) {
    for (size_t i = 0; i < messages.count; i++) {
        fprintf(out, "[%s]\n", role_name(messages.items[i].role));
        print_text(out, messages.items[i].content, true);
        fputs("\n\n", out);
    }
}

static void print_whole(FILE *out, const struct item_line *line) {
    const struct item *item = &line->item;
    fprintf(out, "%s  id ", line->ref.text);
    print_text(out, item->name, false);
    fputs("  track ", out);
    print_text(out, item->track, false);
    if (item->category.length) {
        fputs("  category ", out);
        print_text(out, item->category, false);
    }
    fputs("  from ", out);
    print_text(out, line->source, false);
    fprintf(out, ":%lld\njudgments %lld, wanted %lld%s%s%s\n\n", (long long)line->source_line,
            (long long)line->judgments, (long long)line->wanted, line->gold ? ", gold" : "",
            line->retired ? ", retired" : "", item->redacted ? ", redacted" : "");
    print_messages(out, item->prompt);
    for (size_t i = 0; i < item->response_count; i++) {
        fputs("── response ", out);
        print_text(out, item->responses[i].name, false);
        if (item->responses[i].model.length) {
            fputs(" · ", out);
            print_text(out, item->responses[i].model, false);
        }
        fputs(" ──\n", out);
        for (size_t m = 0; m < item->responses[i].messages.count; m++) {
            print_text(out, item->responses[i].messages.items[m].content, true);
            fputs("\n\n", out);
        }
    }
}

static int show(struct invocation *invocation, int64_t id, struct error *error) {
    struct pool pool = POOL_INIT;
    struct item_line line;
    struct listing listing = {invocation, 0};
    int status = load_item(invocation->store, id, &pool, &line, error);
    if (!status && invocation->json)
        status = visit(&listing, &line, error);
    else if (!status)
        print_whole(invocation->out, &line);
    pool_release(&pool);
    return status;
}

static struct slice reason(const struct invocation *invocation) {
    struct slice why = slice_of(option_value(invocation, "why"));
    return why.length ? why : slice_of(NO_REASON);
}

static int redact(struct invocation *invocation, const char *ref, int64_t id, struct buffer *said,
                  struct error *error) {
    struct redaction redaction;
    int status = item_redact(invocation->store, &invocation->viewer, id, reason(invocation), &redaction, error);
    if (status)
        return status;
    if (redaction.items > 1)
        buffer_add_format(said, "%s: on %lld tracks\n", ref, (long long)redaction.items);
    buffer_add_format(said, "redacted %s%s\n", ref,
                      redaction.prompt_kept ? "; its prompt stays, other items have the same" : "");
    return STATUS_OK;
}

enum verb { LIST, SHOW, RETIRE, GIVE_BACK, REDACT, CLOSE, REOPEN };
static const char *const verbs[] = {"list", "show", "retire", "give-back", "redact", "close", "reopen", NULL};

static int change_item(struct invocation *invocation, enum verb verb, const char *ref, struct buffer *said,
                       struct error *error) {
    int64_t id;
    int status = store_find_item(invocation->store, slice_of(ref), option_value(invocation, "track"), &id, error);
    if (!status && verb == REDACT)
        return redact(invocation, ref, id, said, error);
    if (!status && verb == RETIRE)
        status = item_retire(invocation->store, &invocation->viewer, id, reason(invocation), error);
    else if (!status)
        status = item_give_back(invocation->store, &invocation->viewer, id, reason(invocation), error);
    if (!status)
        buffer_add_format(said, verb == RETIRE ? "retired %s\n" : "%s goes back to the queue, for other people\n", ref);
    return status;
}

static int change_category(struct invocation *invocation, enum verb verb, const char *track, const char *given,
                           struct buffer *said, struct error *error) {
    struct slice why = slice_of(option_value(invocation, "why"));
    const char *category = slice_is(slice_of(given), "(none)") ? "" : given;
    int status = verb == CLOSE ? category_close(invocation->store, &invocation->viewer, track, category, why, error)
                               : category_reopen(invocation->store, &invocation->viewer, &invocation->campaign, track,
                                                 category, why, error);
    if (!status)
        buffer_add_format(said,
                          verb == CLOSE ? "closed %s: nobody is dealt an item of it; what is dealt stays\n"
                                        : "reopened %s: its items are wanted as before\n",
                          given);
    return status;
}

static int show_each(struct invocation *invocation, struct error *error) {
    int status = STATUS_OK;
    for (size_t i = 2; i < invocation->argument_count && !status; i++) {
        int64_t id;
        status = store_find_item(invocation->store, slice_of(argument(invocation, i)),
                                 option_value(invocation, "track"), &id, error);
        if (!status)
            status = show(invocation, id, error);
    }
    return status;
}

/* All that are named or none. */
static int change_each(struct invocation *invocation, enum verb verb, struct error *error) {
    const char *why = option_value(invocation, "why"), *track = NULL;
    struct buffer said = BUFFER_INIT;
    if (verb != REDACT && verb != REOPEN && (!why || !*why))
        return error_set(error, STATUS_USAGE, "items %s: --why says the reason", verbs[verb]);
    int status = verb == CLOSE || verb == REOPEN ? chosen_track(invocation, &track, error) : STATUS_OK;
    if (!status)
        status = together_begin(invocation->store, error);
    if (status)
        return status;
    for (size_t i = 2; i < invocation->argument_count && !status; i++)
        status = track ? change_category(invocation, verb, track, argument(invocation, i), &said, error)
                       : change_item(invocation, verb, argument(invocation, i), &said, error);
    status = together_end(invocation->store, status, error);
    if (!status) {
        buffer_cut(&said, said.length - 1); /* say ends the line */
        say("%s", said.data);
    }
    if (!status && verb == REDACT)
        status = store_scrub(invocation->store, &invocation->viewer, error);
    buffer_release(&said);
    return status;
}

static int run(struct invocation *invocation, struct error *error) {
    int verb;
    int status = argument_verb(invocation, 1, verbs, LIST, &verb, error);
    if (!status)
        status = arguments_between(invocation, verb == LIST ? 1 : 3, verb == LIST ? 2 : 1000000, error);
    if (!status)
        status = open_store(invocation, verb >= RETIRE ? STORE_PLAIN : STORE_READ_ONLY, ACCESS_LEAD, error);
    if (status)
        return status;
    return verb == LIST   ? list(invocation, error)
           : verb == SHOW ? show_each(invocation, error)
                          : change_each(invocation, (enum verb)verb, error);
}

static const struct option options[] = {
    {"track", OPTION_VALUE, "T", "of this track", 0},
    {"why", OPTION_VALUE, "TEXT", "the reason", 0},
    {0},
};

const struct command command_items = {
    .name = "items",
    .usage =
        "STORE [list | show REF… | retire REF… --why TEXT | give-back REF… --why TEXT | redact REF… [--why TEXT] | "
        "close CATEGORY… --why TEXT | reopen CATEGORY…]",
    .summary = "list items, show or retire some, take texts out, close a category",
    .manual =
        "REF is the short reference that the screens show (k7f3) or the item's own id. With --json one item a line.\n"
        "\n"
        "'give-back' sends what was set aside to the lead back to the queue, for other people.\n"
        "'close' ends a category of a track: its items leave the queue and nobody is dealt\n"
        "one; what is dealt stays and counts. 'reopen' wants them again. Items without a\n"
        "category are \"(none)\".\n"
        "\n"
        "'redact' takes an item's texts out of the file for good: prompt (unless another\n"
        "item has the same), responses, other fields, the explanation of its gold key,\n"
        "rationales, questions and drafts about it. Judgments and the item's id stay, and\n"
        "importing it again brings nothing back. The reason stands in the log: don't quote\n"
        "the text in it. Rulings, and backups and exports made before, are not touched.\n"
        "The file is rewritten, which takes as long as a backup; nobody can hand in\n"
        "or judge meanwhile.",
    .access = ACCESS_LEAD,
    .needs_store = true,
    .options = options,
    .run = run,
};
