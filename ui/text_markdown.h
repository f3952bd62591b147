/*
 * A Markdown text while it is read: for text_markdown.c (blocks) and text_markdown_spans.c (what is in them). Nobody else includes this.
 */
#ifndef UI_TEXT_MARKDOWN_H
#define UI_TEXT_MARKDOWN_H

#include "ui/text_build.h"

enum { DEPTH_MOST = 16 /* containers whose prefix is shown */ };

/* A quote or a list item that is open. */
struct container {
    char lead[24]; /* before the first row of its first block */
    char rest[24]; /* before all other rows */
    bool used;     /* the lead was drawn */
};

struct list_level {
    bool ordered, tight;
    unsigned number; /* of the next item */
    char mark;
};

struct markdown {
    struct text_view *view;
    struct text_run run; /* the block being read */
    struct table table;
    struct container containers[DEPTH_MOST];
    size_t depth; /* containers open; those over DEPTH_MOST are only counted */
    struct list_level lists[DEPTH_MOST];
    size_t list_depth;
    bool started; /* the section has a block */
    bool gap;     /* an empty row stands before the next block */
    bool in_table, in_head;
    int heading; /* level, 0 outside */
    bool in_code_block;
    struct buffer language;                        /* of it, as the fence names it */
    struct buffer code;                            /* what was read of it */
    int strong, emphasis, code_span, link, struck; /* spans open */
    size_t link_start;                             /* byte of run.text where the link's words begin */
    struct slice source;                           /* what md4c reads */
    const char *behind;                            /* in it: the end of what was read last */
    size_t column; /* where the block's first character stands in its line, once it is placed */
    bool placed;
    size_t cells;
    size_t view_start; /* bytes in the view before this text */
};

/* For md4c's callbacks: -1, which stops it, where the view grows beyond what we bear; else 0. */
int markdown_stop(const struct markdown *markdown);

struct MD_PARSER; /* md4c's */

/* Fills in the callbacks for what is in a block. */
void markdown_read_spans(struct MD_PARSER *parser);

#endif
