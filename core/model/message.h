/*
 * Chat messages, and how a prompt or an answer is kept in the store: form 0 is one text (a prompt: one user message; an answer: one
 * assistant message), form 1 is messages one after another, each as role letter (s u a t), byte length, colon, text: `u12:…a3:…`.
 * Form 2 is a text that was taken out for good: its body is empty, and MESSAGE_REDACTED is read in its place.
 */
#ifndef CORE_MODEL_MESSAGE_H
#define CORE_MODEL_MESSAGE_H

#include <stdbool.h>

#include "core/base/buffer.h"
#include "core/base/pool.h"

enum role { ROLE_SYSTEM, ROLE_USER, ROLE_ASSISTANT, ROLE_TOOL };

struct message {
    enum role role;
    struct slice content;
};

struct messages {
    struct message *items;
    size_t count;
};

enum { FORM_TEXT = 0, FORM_MESSAGES = 1, FORM_REDACTED = 2 };
#define MESSAGE_REDACTED "[redacted]"

const char *role_name(enum role role); /* "system", "user", "assistant", "tool" */
bool role_find(struct slice name, enum role *role);

/* Appends the body to out and returns its form. `alone` is the role that form 0 stands for. */
int messages_encode(struct buffer *out, struct messages messages, enum role alone);

/* Reads a body back; contents point into body, the array comes from pool. False if the body is not well formed. */
bool messages_decode(struct slice body, int form, enum role alone, struct pool *pool, struct messages *out);

/* Code points of all contents together. */
size_t messages_length(struct messages messages);

#endif
