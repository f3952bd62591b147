#include "ui/text_build.h"

#include "core/base/array.h"
#include "core/text/clean.h"
#include "core/text/grapheme.h"

#include "core/base/banned.h"

void run_add(struct text_run *run, enum ink ink, struct slice text) {
    if (text.length == 0)
        return;
    buffer_add_slice(&run->text, text);
    if (run->spans.count > 0 && run->spans.items[run->spans.count - 1].ink == ink)
        run->spans.items[run->spans.count - 1].end = run->text.length;
    else
        *ARRAY_ADD(&run->spans) = (struct text_span){run->text.length, ink};
}

void run_add_string(struct text_run *run, enum ink ink, const char *text) {
    run_add(run, ink, slice_of(text));
}

void run_add_run(struct text_run *run, const struct text_run *other) {
    size_t start = 0;
    for (size_t i = 0; i < other->spans.count; i++) {
        struct text_span span = other->spans.items[i];
        run_add(run, span.ink, slice_make(other->text.data + start, span.end - start));
        start = span.end;
    }
}

void run_clear(struct text_run *run) {
    buffer_clear(&run->text);
    run->spans.count = 0;
}

void run_release(struct text_run *run) {
    buffer_release(&run->text);
    ARRAY_RELEASE(&run->spans);
}

void run_clean(struct text_run *run) {
    struct buffer clean = BUFFER_INIT;
    size_t start = 0;
    text_clean(&clean, buffer_slice(&run->text), CLEAN_LINES);
    if (slice_equal(buffer_slice(&clean), buffer_slice(&run->text))) {
        buffer_release(&clean);
        return;
    }
    buffer_clear(&clean);
    for (size_t i = 0; i < run->spans.count; i++) {
        size_t end = run->spans.items[i].end;
        text_clean(&clean, slice_make(run->text.data + start, end - start), CLEAN_LINES);
        run->spans.items[i].end = clean.length;
        start = end;
    }
    buffer_release(&run->text);
    run->text = clean;
}

size_t block_add(struct text_view *view, enum block_kind kind) {
    *ARRAY_ADD(&view->blocks) = (struct text_block){
        .kind = kind, .made = true, .line_count = 1, .section = view->labels.count > 0 ? view->labels.count - 1 : 0};
    return view->blocks.count - 1;
}

void block_fill(struct text_view *view, size_t index, struct text_run *run) {
    run_clean(run);
    block_fill_clean(view, index, run);
}

void block_fill_clean(struct text_view *view, size_t index, const struct text_run *run) {
    struct text_block *block = &view->blocks.items[index];
    block->text = view->text.length;
    block->text_length = run->text.length;
    buffer_add_slice(&view->text, buffer_slice(&run->text));
    block->span = view->spans.count;
    block->span_count = run->spans.count;
    for (size_t i = 0; i < run->spans.count; i++)
        *ARRAY_ADD(&view->spans) = run->spans.items[i];
    block->made = true;
}

void block_prefix(struct text_view *view, size_t index, struct slice lead, struct slice rest) {
    struct text_block *block = &view->blocks.items[index];
    block->lead = view->text.length;
    block->lead_length = lead.length;
    buffer_add_slice(&view->text, lead);
    block->rest = view->text.length;
    block->rest_length = rest.length;
    buffer_add_slice(&view->text, rest);
    block->lead_columns = (int)text_columns(lead);
}
