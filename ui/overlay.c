/* What stands over the bottom of another screen: a question, a menu, a line to type. */
#include <string.h>

#include "core/base/array.h"
#include "core/text/grapheme.h"
#include "ui/edit.h"
#include "ui/list.h"
#include "ui/paint.h"
#include "ui/screen.h"

#include "core/base/banned.h"

/* The bottom `rows` of the surface, blank, with a rule above them when they are more than one. */
static struct rect clear_bottom(struct surface *surface, int rows) {
    struct rect whole = surface_rect(surface), area = rect_cut_bottom(&whole, rows);
    paint_fill(surface, area, INK_NORMAL);
    if (rows > 1)
        paint_rule(surface, rect_cut_top(&area, 1), 0);
    return area;
}

/* --- a question --- */

struct question {
    struct screen screen;
    char *text;
    void (*answered)(struct screen *asker, struct frame *frame, bool yes);
};

static void question_draw(struct screen *screen, struct surface *surface) {
    const struct question *question = (const struct question *)screen;
    struct rect area = clear_bottom(surface, 1);
    struct buffer hint = BUFFER_INIT;
    keymap_hint(&hint, IN_QUESTION, area.columns / 2);
    int start = paint_right(surface, area, 0, 1, INK_DIM, buffer_slice(&hint));
    area.columns = start > 1 ? start - 1 : 0;
    paint_string(surface, area, 0, 1, INK_WARNING, question->text);
    buffer_release(&hint);
}

static bool question_key(struct screen *screen, struct frame *frame, const struct key *key) {
    struct question *question = (struct question *)screen;
    enum request request = keymap_lookup(*key, IN_QUESTION);
    if (request == REQUEST_YES || request == REQUEST_NO) {
        struct screen *asker = screen->below;
        void (*answered)(struct screen *, struct frame *, bool) = question->answered;
        frame_pop(frame);
        answered(asker, frame, request == REQUEST_YES);
    }
    return true;
}

static unsigned question_contexts(const struct screen *screen) {
    (void)screen;
    return IN_QUESTION;
}

static void question_close(struct screen *screen) {
    struct question *question = (struct question *)screen;
    memory_free(question->text);
    memory_free(question);
}

void frame_ask(struct frame *frame, const char *text,
               void (*answered)(struct screen *asker, struct frame *frame, bool yes)) {
    static const struct screen_class class = {.name = "question",
                                              .draw = question_draw,
                                              .key = question_key,
                                              .contexts = question_contexts,
                                              .close = question_close,
                                              .overlay = true};
    struct question *question = memory_new(1, sizeof *question);
    question->screen.class = &class;
    question->text = memory_copy(text, strlen(text));
    question->answered = answered;
    frame_push(frame, &question->screen);
}

/* --- a menu --- */

struct menu {
    struct screen screen;
    char *title;
    char *lines[9];
    struct list list;
    void (*chosen)(struct screen *asker, struct frame *frame, int line);
};

static void menu_row(void *data, size_t index, bool selected, struct surface *surface, struct rect area) {
    const struct menu *menu = data;
    int column = paint_format(surface, area, 0, 0, INK_ACCENT, "%zu", index + 1);
    paint_string(surface, area, 0, column + 1, selected ? INK_STRONG : INK_NORMAL, menu->lines[index]);
    surface_add_spot(surface, area, key_character('1' + (uint32_t)index));
}

static void menu_draw(struct screen *screen, struct surface *surface) {
    struct menu *menu = (struct menu *)screen;
    struct rect area = clear_bottom(surface, (int)menu->list.count + 3);
    frame_hint(surface, &area, IN_MENU);
    paint_string(surface, rect_cut_top(&area, 1), 0, 1, INK_TITLE, menu->title);
    rect_cut_left(&area, 1);
    list_draw(&menu->list, surface, area, menu_row, menu);
}

static bool menu_key(struct screen *screen, struct frame *frame, const struct key *key) {
    struct menu *menu = (struct menu *)screen;
    struct screen *asker = screen->below;
    const struct spot *spot = key->kind == ON_CLICK ? surface_spot(&frame->surface, key->row, key->column) : NULL;
    key = spot ? &spot->key : key;
    int digit = key_digit(*key), line = -2;
    enum request request = keymap_lookup(*key, IN_MENU);
    if (digit >= 1 && (size_t)digit <= menu->list.count)
        line = digit - 1;
    else if (request == REQUEST_CHOOSE_HERE)
        line = (int)menu->list.selected;
    else if (request == REQUEST_CLOSE)
        line = -1;
    else if (request == REQUEST_HELP)
        return false;
    else
        list_request(&menu->list, request);
    if (line > -2) {
        void (*chosen)(struct screen *, struct frame *, int) = menu->chosen;
        frame_pop(frame);
        chosen(asker, frame, line);
    }
    return true;
}

static unsigned menu_contexts(const struct screen *screen) {
    (void)screen;
    return IN_MENU;
}

static void menu_close(struct screen *screen) {
    struct menu *menu = (struct menu *)screen;
    memory_free(menu->title);
    for (size_t i = 0; i < COUNT_OF(menu->lines); i++)
        memory_free(menu->lines[i]);
    memory_free(menu);
}

void frame_choose(struct frame *frame, const char *title, const char *const *lines, int count,
                  void (*chosen)(struct screen *asker, struct frame *frame, int line)) {
    static const struct screen_class class = {.name = "menu",
                                              .draw = menu_draw,
                                              .key = menu_key,
                                              .contexts = menu_contexts,
                                              .close = menu_close,
                                              .overlay = true};
    struct menu *menu = memory_new(1, sizeof *menu);
    menu->screen.class = &class;
    menu->title = memory_copy(title, strlen(title));
    for (int i = 0; i < count && i < (int)COUNT_OF(menu->lines); i++) {
        menu->lines[i] = memory_copy(lines[i], strlen(lines[i]));
        list_set_count(&menu->list, (size_t)i + 1);
    }
    menu->chosen = chosen;
    frame_push(frame, &menu->screen);
}

/* --- a line to type --- */

struct prompt {
    struct screen screen;
    char *label;
    struct edit edit;
    void (*typed)(struct screen *asker, struct frame *frame, struct slice text);
};

static void prompt_draw(struct screen *screen, struct surface *surface) {
    struct prompt *prompt = (struct prompt *)screen;
    struct rect area = clear_bottom(surface, 1);
    int column = paint_string(surface, area, 0, 1, INK_ACCENT, prompt->label);
    rect_cut_left(&area, column + 1);
    edit_draw(&prompt->edit, surface, area, INK_NORMAL, true);
}

static bool prompt_key(struct screen *screen, struct frame *frame, const struct key *key) {
    struct prompt *prompt = (struct prompt *)screen;
    if (key->kind == ON_TIMER)
        return true;
    bool back = key->kind == ON_ESCAPE;
    enum edit_result result = back ? EDIT_ENDED : edit_key(&prompt->edit, key);
    if (result == EDIT_FULL)
        frame_say(frame, INK_WARNING, "No more fits here.");
    if (result != EDIT_ENDED)
        return true;
    struct screen *asker = screen->below;
    void (*typed)(struct screen *, struct frame *, struct slice) = prompt->typed;
    frame_pop(frame); /* the prompt lives until this call is over */
    typed(asker, frame, back ? SLICE_ABSENT : buffer_slice(&prompt->edit.text));
    return true;
}

static unsigned prompt_contexts(const struct screen *screen) {
    (void)screen;
    return IN_TYPING;
}

static void prompt_close(struct screen *screen) {
    struct prompt *prompt = (struct prompt *)screen;
    edit_release(&prompt->edit);
    memory_free(prompt->label);
    memory_free(prompt);
}

void frame_prompt(struct frame *frame, const char *label, struct slice start, size_t most,
                  void (*typed)(struct screen *asker, struct frame *frame, struct slice text)) {
    static const struct screen_class class = {.name = "prompt",
                                              .draw = prompt_draw,
                                              .key = prompt_key,
                                              .contexts = prompt_contexts,
                                              .close = prompt_close,
                                              .overlay = true};
    struct prompt *prompt = memory_new(1, sizeof *prompt);
    prompt->screen.class = &class;
    prompt->label = memory_copy(label, strlen(label));
    edit_init(&prompt->edit, false, most);
    edit_set(&prompt->edit, start);
    prompt->typed = typed;
    frame_push(frame, &prompt->screen);
}
