/*
 * Markdown into blocks: md4c reads, and this keeps the stack of quotes and list items whose prefixes ("│ ", " • ", " 3. ")
 * stand before every row of what is in them. The text is cleaned before md4c sees it, and each block once more
 * afterwards: an entity can spell a control character.
 */
#include "ui/text_markdown.h"

#include <md4c.h>
#include <stdio.h>
#include <string.h>

#include "core/base/array.h"
#include "core/text/clean.h"
#include "core/text/grapheme.h"

#include "core/base/banned.h"

enum {
    CELLS_MOST = 20000, /* of all tables: a header of thousands of columns makes md4c fill up every row */
    BLOCKS_MOST = 16000,
    BYTES_MOST = 4 * TEXT_VIEW_MARKDOWN_MOST, /* made of one text: a long address behind each of many links */
    BARE_LINKS_MOST = 1000, /* addresses that stand for themselves: md4c is quadratic in those of a paragraph */
};

int markdown_stop(const struct markdown *markdown) {
    bool too_much =
        markdown->cells > CELLS_MOST || markdown->view->blocks.count > BLOCKS_MOST ||
        markdown->run.text.length + markdown->code.length + (markdown->view->text.length - markdown->view_start) >
            BYTES_MOST;
    return too_much ? -1 : 0; /* md4c goes on after a positive one */
}

/* The prefixes of the containers that are open; marks the leads as drawn unless for an empty row. */
static void prefixes(struct markdown *markdown, struct buffer *lead, struct buffer *rest, bool use) {
    for (size_t i = 0; i < markdown->depth && i < DEPTH_MOST; i++) {
        struct container *container = &markdown->containers[i];
        buffer_add_string(lead, container->used ? container->rest : container->lead);
        buffer_add_string(rest, container->rest);
        container->used = container->used || use;
    }
}

static void add_gap(struct markdown *markdown) {
    if (markdown->gap && markdown->started) {
        struct buffer rest = BUFFER_INIT;
        for (size_t i = 0; i < markdown->depth && i < DEPTH_MOST; i++)
            buffer_add_string(&rest, markdown->containers[i].rest);
        block_prefix(markdown->view, block_add(markdown->view, BLOCK_WRAPPED), buffer_slice(&rest),
                     buffer_slice(&rest));
        buffer_release(&rest);
    }
    markdown->gap = false;
    markdown->started = true;
}

/* Puts what was read into the view as one block, indented by `mark` ("  ") on its first row. */
static size_t put_block(struct markdown *markdown, enum block_kind kind, const char *mark) {
    struct buffer lead = BUFFER_INIT, rest = BUFFER_INIT;
    add_gap(markdown);
    size_t block = block_add(markdown->view, kind);
    prefixes(markdown, &lead, &rest, true);
    buffer_add_string(&lead, mark);
    buffer_add_repeated(&rest, " ", strlen(mark));
    block_prefix(markdown->view, block, buffer_slice(&lead), buffer_slice(&rest));
    block_fill(markdown->view, block, &markdown->run);
    run_clear(&markdown->run);
    markdown->placed = false;
    buffer_release(&lead);
    buffer_release(&rest);
    return block;
}

static void after_block(struct markdown *markdown) {
    size_t level = markdown->list_depth < DEPTH_MOST ? markdown->list_depth : DEPTH_MOST;
    markdown->gap = level == 0 || !markdown->lists[level - 1].tight;
}

/* Text that stands in a tight list item without a paragraph of its own ends where the next block begins. */
static void put_loose_text(struct markdown *markdown) {
    if (markdown->run.text.length > 0 && !markdown->in_table) {
        put_block(markdown, BLOCK_WRAPPED, "");
        after_block(markdown);
    }
}

static void open_container(struct markdown *markdown, const char *lead, const char *rest) {
    add_gap(markdown); /* outside of it */
    if (markdown->depth < DEPTH_MOST) {
        struct container *container = &markdown->containers[markdown->depth];
        *container = (struct container){.used = false};
        snprintf(container->lead, sizeof container->lead, "%s", lead);
        if (rest)
            snprintf(container->rest, sizeof container->rest, "%s", rest);
        else
            memset(container->rest, ' ', text_columns(slice_of(lead)));
    }
    markdown->depth++;
}

static void open_item(struct markdown *markdown, const MD_BLOCK_LI_DETAIL *detail) {
    static const char *const bullets[] = {" • ", " ◦ ", " ▪ "};
    char lead[24];
    size_t level = markdown->list_depth < DEPTH_MOST ? markdown->list_depth : DEPTH_MOST;
    struct list_level *list = level > 0 ? &markdown->lists[level - 1] : NULL;
    if (detail->is_task)
        snprintf(lead, sizeof lead, " %s ", detail->task_mark == ' ' ? "☐" : "☑");
    else if (list && list->ordered)
        snprintf(lead, sizeof lead, " %u%c ", list->number, list->mark);
    else
        snprintf(lead, sizeof lead, "%s", bullets[(level > 0 ? level - 1 : 0) % COUNT_OF(bullets)]);
    if (list)
        list->number++;
    open_container(markdown, lead, NULL);
}

static void open_list(struct markdown *markdown, bool ordered, bool tight, unsigned start, char mark) {
    if (markdown->list_depth < DEPTH_MOST)
        markdown->lists[markdown->list_depth] = (struct list_level){ordered, tight, start, mark};
    markdown->list_depth++;
}

static void open_code(struct markdown *markdown, const MD_BLOCK_CODE_DETAIL *detail) {
    buffer_clear(&markdown->code);
    buffer_clear(&markdown->language);
    if (detail->lang.size > 0)
        text_clean(&markdown->language, slice_make(detail->lang.text, detail->lang.size), CLEAN_ONE_LINE);
}

/* "┄ python ┄", then the code in its inks. */
static void put_code(struct markdown *markdown) {
    if (markdown->language.length > 0) {
        run_add_string(&markdown->run, INK_DIM, "┄ ");
        run_add(&markdown->run, INK_DIM, buffer_slice(&markdown->language));
        run_add_string(&markdown->run, INK_DIM, " ┄\n");
    }
    run_add_code(&markdown->run, buffer_slice(&markdown->language), buffer_slice(&markdown->code));
    size_t block = put_block(markdown, BLOCK_FIXED, "  ");
    markdown->view->blocks.items[block].titled = markdown->language.length > 0;
    after_block(markdown);
}

static int on_enter_block(MD_BLOCKTYPE type, void *detail, void *data) {
    struct markdown *markdown = data;
    if (type != MD_BLOCK_TH && type != MD_BLOCK_TD)
        put_loose_text(markdown);
    switch (type) {
    case MD_BLOCK_QUOTE:
        open_container(markdown, "│ ", "│ ");
        break;
    case MD_BLOCK_UL:
        open_list(markdown, false, ((MD_BLOCK_UL_DETAIL *)detail)->is_tight, 0, '*');
        break;
    case MD_BLOCK_OL: {
        const MD_BLOCK_OL_DETAIL *list = detail;
        open_list(markdown, true, list->is_tight, list->start, list->mark_delimiter);
        break;
    }
    case MD_BLOCK_LI:
        open_item(markdown, detail);
        break;
    case MD_BLOCK_H:
        markdown->heading = (int)((MD_BLOCK_H_DETAIL *)detail)->level;
        break;
    case MD_BLOCK_CODE:
        markdown->in_code_block = true;
        open_code(markdown, detail);
        break;
    case MD_BLOCK_TABLE:
        table_clear(&markdown->table);
        markdown->table.columns = ((MD_BLOCK_TABLE_DETAIL *)detail)->col_count;
        markdown->in_table = true;
        break;
    case MD_BLOCK_THEAD:
        markdown->in_head = true;
        break;
    case MD_BLOCK_TR:
        markdown->table.head_rows += markdown->in_head;
        break;
    default:
        break;
    }
    return 0;
}

static void put_cell(struct markdown *markdown, const MD_BLOCK_TD_DETAIL *detail) {
    struct table_cell *cell = ARRAY_ADD(&markdown->table.cells);
    cell->align = detail->align == MD_ALIGN_RIGHT ? 2 : detail->align == MD_ALIGN_CENTER ? 1 : 0;
    cell->run = markdown->run;
    markdown->run = (struct text_run)TEXT_RUN_INIT;
    markdown->cells++;
}

static void close_item(struct markdown *markdown) {
    size_t top = markdown->depth - 1;
    put_loose_text(markdown);
    if (top < DEPTH_MOST && !markdown->containers[top].used) /* an empty item: its mark alone */
        put_block(markdown, BLOCK_WRAPPED, "");
    markdown->depth--;
    after_block(markdown);
}

static int on_leave_block(MD_BLOCKTYPE type, void *detail, void *data) {
    struct markdown *markdown = data;
    switch (type) {
    case MD_BLOCK_QUOTE:
        put_loose_text(markdown);
        markdown->depth--;
        after_block(markdown);
        break;
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
        markdown->list_depth--;
        after_block(markdown);
        break;
    case MD_BLOCK_LI:
        close_item(markdown);
        break;
    case MD_BLOCK_HR:
        put_block(markdown, BLOCK_RULE, "");
        after_block(markdown);
        break;
    case MD_BLOCK_H: {
        size_t block = put_block(markdown, BLOCK_WRAPPED, "");
        markdown->view->blocks.items[block].level = markdown->heading;
        markdown->heading = 0;
        markdown->gap = true;
        break;
    }
    case MD_BLOCK_CODE:
        markdown->in_code_block = false;
        put_code(markdown);
        break;
    case MD_BLOCK_P:
    case MD_BLOCK_HTML:
        put_block(markdown, BLOCK_WRAPPED, "");
        after_block(markdown);
        break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        put_cell(markdown, detail);
        break;
    case MD_BLOCK_THEAD:
        markdown->in_head = false;
        break;
    case MD_BLOCK_TABLE:
        table_compose(&markdown->table, &markdown->run);
        markdown->in_table = false;
        put_block(markdown, BLOCK_FIXED, " ");
        after_block(markdown);
        break;
    default:
        break;
    }
    return markdown_stop(markdown);
}

/* How often `what` stands in the text, counting no further than `most`. */
static size_t times(const struct buffer *text, const char *what, size_t most) {
    size_t count = 0, length = strlen(what);
    const char *at = text->data, *end = text->data + text->length;
    while (count < most && (at = memchr(at, what[0], (size_t)(end - at)))) {
        count += (size_t)(end - at) >= length && memcmp(at, what, length) == 0;
        at++;
    }
    return count;
}

/* More of them than BARE_LINKS_MOST are text like any other. */
static bool has_few_bare_links(const struct buffer *text) {
    static const char *const signs[] = {"://", "www.", "@"};
    size_t count = 0;
    for (size_t i = 0; i < COUNT_OF(signs); i++)
        count += times(text, signs[i], BARE_LINKS_MOST + 1);
    return count <= BARE_LINKS_MOST;
}

bool markdown_add(struct text_view *view, struct slice text) {
    static const MD_PARSER plain_parser = {
        .abi_version = 0,
        .flags = (MD_DIALECT_GITHUB & ~(unsigned)MD_FLAG_PERMISSIVEAUTOLINKS) | MD_FLAG_NOHTML | MD_FLAG_LATEXMATHSPANS,
        .enter_block = on_enter_block,
        .leave_block = on_leave_block,
    };
    struct markdown *markdown = memory_new(1, sizeof *markdown);
    struct buffer clean = BUFFER_INIT;
    size_t blocks = view->blocks.count;
    markdown->view = view;
    markdown->view_start = view->text.length;
    markdown->run = (struct text_run)TEXT_RUN_INIT;
    buffer_init(&markdown->code);
    buffer_init(&markdown->language);
    text_clean(&clean, text, CLEAN_KEEP_TABS);
    markdown->source = buffer_slice(&clean);
    markdown->behind = clean.data;
    MD_PARSER parser = plain_parser;
    markdown_read_spans(&parser);
    if (has_few_bare_links(&clean))
        parser.flags |= MD_FLAG_PERMISSIVEAUTOLINKS;
    bool read = md_parse(clean.data, (MD_SIZE)clean.length, &parser, markdown) == 0;
    if (read)
        put_loose_text(markdown);
    else
        view->blocks.count = blocks; /* blocks of this text have no rows yet; their bytes stay unused */
    read = read && (view->blocks.count > blocks || text.length == 0); /* what renders as nothing is shown as it came */
    run_release(&markdown->run);
    buffer_release(&markdown->code);
    buffer_release(&markdown->language);
    table_release(&markdown->table);
    memory_free(markdown);
    buffer_release(&clean);
    return read;
}
