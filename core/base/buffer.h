/*
 * The one growable byte buffer. data is never NULL and always terminated after `length` bytes (the terminator is not counted),
 * so that an empty buffer is a C string too. The bytes may hold anything.
 */
#ifndef CORE_BASE_BUFFER_H
#define CORE_BASE_BUFFER_H

#include <stdarg.h>
#include <stddef.h>

#include "core/base/slice.h"

struct buffer {
    char *data;
    size_t length;
    size_t capacity; /* 0: data is a shared empty string, not owned */
};

extern char buffer_empty[1];

#define BUFFER_INIT \
    { buffer_empty, 0, 0 }

void buffer_init(struct buffer *buffer);
void buffer_release(struct buffer *buffer); /* frees; the buffer is empty and usable again */
void buffer_clear(struct buffer *buffer);   /* empty, keeps its memory */

/* Room for `more` bytes behind the present ones. */
void buffer_reserve(struct buffer *buffer, size_t more);

void buffer_add(struct buffer *buffer, const void *data, size_t length);
void buffer_add_string(struct buffer *buffer, const char *text);
void buffer_add_slice(struct buffer *buffer, struct slice slice);
void buffer_add_char(struct buffer *buffer, char c);
void buffer_add_repeated(struct buffer *buffer, const char *text, size_t times);
void buffer_add_format(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buffer_add_format_list(struct buffer *buffer, const char *format, va_list arguments);

/* Keeps the first `length` bytes (must not be more than there are). */
void buffer_cut(struct buffer *buffer, size_t length);

/* Hands the bytes over as a C string to free with memory_free; the buffer is empty afterwards. */
char *buffer_detach(struct buffer *buffer);

static inline struct slice buffer_slice(const struct buffer *buffer) {
    return (struct slice){buffer->data, buffer->length};
}

#endif
