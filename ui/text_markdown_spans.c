/* What stands in a block of Markdown: emphasis, code, links, line breaks; see text_markdown.h. */
#include "ui/text_markdown.h"

#include <md4c.h>
#include <stdint.h>
#include <string.h>

#include "core/text/clean.h"
#include "ui/entity.h"

#include "core/base/banned.h"

enum { INDENT_MOST = 32 /* cells kept of a line's indent */ };

static enum ink ink_now(const struct markdown *markdown) {
    enum { HEADINGS = 4 }; /* looks for them */
    static const enum ink heading_inks[] = {INK_NORMAL, INK_HEADING_1, INK_HEADING_2, INK_HEADING_3, INK_HEADING_4};
    if (markdown->code_span)
        return INK_CODE;
    if (markdown->link)
        return INK_LINK;
    if (markdown->struck)
        return INK_STRUCK;
    if (markdown->heading)
        return heading_inks[markdown->heading < HEADINGS ? markdown->heading : HEADINGS];
    if (markdown->strong || markdown->in_head)
        return INK_STRONG;
    return markdown->emphasis ? INK_EMPHASIS : INK_NORMAL;
}

/* Code and struck text keep their marks: without colour nothing else tells them. */
static int on_enter_span(MD_SPANTYPE type, void *detail, void *data) {
    struct markdown *markdown = data;
    (void)detail;
    switch (type) {
    case MD_SPAN_EM:
        markdown->emphasis++;
        break;
    case MD_SPAN_STRONG:
        markdown->strong++;
        break;
    case MD_SPAN_DEL:
        markdown->struck++;
        run_add_string(&markdown->run, ink_now(markdown), "~~");
        break;
    case MD_SPAN_CODE:
        markdown->code_span++;
        run_add_string(&markdown->run, ink_now(markdown), "`");
        break;
    case MD_SPAN_A:
        markdown->link++;
        markdown->link_start = markdown->run.text.length;
        break;
    case MD_SPAN_IMG:
        run_add_string(&markdown->run, INK_DIM, "[image: ");
        break;
    case MD_SPAN_LATEXMATH:
        run_add_string(&markdown->run, ink_now(markdown), "$");
        break;
    case MD_SPAN_LATEXMATH_DISPLAY:
        run_add_string(&markdown->run, ink_now(markdown), "$$");
        break;
    default:
        break;
    }
    return 0;
}

static void add_address(struct markdown *markdown, const MD_ATTRIBUTE *address) {
    struct buffer shown = BUFFER_INIT;
    text_clean(&shown, slice_make(address->text, address->size), CLEAN_ONE_LINE);
    run_add_string(&markdown->run, INK_DIM, " (");
    run_add(&markdown->run, INK_DIM, buffer_slice(&shown));
    run_add_string(&markdown->run, INK_DIM, ")");
    buffer_release(&shown);
}

static void close_link(struct markdown *markdown, const MD_ATTRIBUTE *address) {
    size_t start = markdown->link_start;
    struct slice words = slice_make(markdown->run.text.data + start, markdown->run.text.length - start);
    struct slice target = slice_make(address->text, address->size);
    bool same = words.length <= target.length &&
                slice_equal(words, slice_make(target.data + (target.length - words.length), words.length)) &&
                (words.length == target.length ||
                 (target.length - words.length <= 7 && memchr(target.data, ':', target.length)));
    markdown->link--;
    if (!same)
        add_address(markdown, address);
}

static int on_leave_span(MD_SPANTYPE type, void *detail, void *data) {
    struct markdown *markdown = data;
    switch (type) {
    case MD_SPAN_EM:
        markdown->emphasis--;
        break;
    case MD_SPAN_STRONG:
        markdown->strong--;
        break;
    case MD_SPAN_DEL:
        run_add_string(&markdown->run, ink_now(markdown), "~~");
        markdown->struck--;
        break;
    case MD_SPAN_CODE:
        run_add_string(&markdown->run, ink_now(markdown), "`");
        markdown->code_span--;
        break;
    case MD_SPAN_A:
        close_link(markdown, &((MD_SPAN_A_DETAIL *)detail)->href);
        break;
    case MD_SPAN_IMG:
        run_add_string(&markdown->run, INK_DIM, "]");
        add_address(markdown, &((MD_SPAN_IMG_DETAIL *)detail)->src);
        break;
    case MD_SPAN_LATEXMATH:
        run_add_string(&markdown->run, ink_now(markdown), "$");
        break;
    case MD_SPAN_LATEXMATH_DISPLAY:
        run_add_string(&markdown->run, ink_now(markdown), "$$");
        break;
    default:
        break;
    }
    return markdown_stop(markdown);
}

/* Cells up to `end` of the line that holds it; a tab goes to the next multiple of four. */
static size_t column_of(const struct markdown *markdown, const char *end) {
    const char *at = end;
    size_t column = 0;
    while (at > markdown->source.data && at[-1] != '\n')
        at--;
    for (; at < end; at++)
        column += *at == '\t' ? 4 - column % 4 : 1;
    return column;
}

/* Where md4c stands in the source; what it makes up (a newline) stands nowhere. The block begins before the marks of its first words. */
static void note_place(struct markdown *markdown, const char *text, size_t size) {
    uintptr_t start = (uintptr_t)markdown->source.data, at = (uintptr_t)text;
    if (at < start || at + size > start + markdown->source.length)
        return;
    markdown->behind = text + size;
    if (markdown->placed)
        return;
    while (text > markdown->source.data && text[-1] && strchr("*_~`[!", text[-1]))
        text--;
    markdown->column = column_of(markdown, text);
    markdown->placed = true;
}

/* A newline, and how much further in the next line begins than the block: code without a fence keeps its shape. */
static void break_line(struct markdown *markdown) {
    const char *end = markdown->source.data + markdown->source.length;
    const char *line = memchr(markdown->behind, '\n', (size_t)(end - markdown->behind));
    run_add_string(&markdown->run, ink_now(markdown), markdown->in_table ? " " : "\n");
    if (markdown->in_table || !line)
        return;
    const char *first = ++line;
    while (first < end && (*first == ' ' || *first == '\t' || *first == '>'))
        first++;
    size_t column = column_of(markdown, first);
    for (size_t i = 0; i < INDENT_MOST && column > markdown->column + i; i++)
        run_add_string(&markdown->run, INK_NORMAL, " ");
}

static int on_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *data) {
    struct markdown *markdown = data;
    struct buffer decoded = BUFFER_INIT;
    if (markdown->in_code_block) {
        buffer_add(&markdown->code, text, size);
        return markdown_stop(markdown);
    }
    note_place(markdown, text, size);
    switch (type) {
    case MD_TEXT_BR:
    case MD_TEXT_SOFTBR:
        break_line(markdown);
        break;
    case MD_TEXT_NULLCHAR:
        run_add_string(&markdown->run, ink_now(markdown), "\xef\xbf\xbd");
        break;
    case MD_TEXT_ENTITY:
        entity_decode(&decoded, slice_make(text, size));
        run_add(&markdown->run, ink_now(markdown), buffer_slice(&decoded));
        buffer_release(&decoded);
        break;
    default:
        run_add(&markdown->run, ink_now(markdown), slice_make(text, size));
        break;
    }
    return markdown_stop(markdown);
}

void markdown_read_spans(struct MD_PARSER *parser) {
    parser->enter_span = on_enter_span;
    parser->leave_span = on_leave_span;
    parser->text = on_text;
}
