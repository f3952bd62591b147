/* The growable byte buffer; see buffer.h. */
#include "core/base/buffer.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"

#include "core/base/banned.h"

char buffer_empty[1];

void buffer_init(struct buffer *buffer) {
    *buffer = (struct buffer)BUFFER_INIT;
}

void buffer_release(struct buffer *buffer) {
    if (buffer->capacity)
        memory_free(buffer->data);
    buffer_init(buffer);
}

void buffer_clear(struct buffer *buffer) {
    buffer_cut(buffer, 0);
}

void buffer_reserve(struct buffer *buffer, size_t more) {
    if (more > SIZE_MAX / 4 || buffer->length > SIZE_MAX / 4)
        abort();
    size_t wanted = buffer->length + more + 1;
    if (wanted <= buffer->capacity)
        return;
    if (!buffer->capacity)
        buffer->data = NULL;
    buffer->data = memory_grow(buffer->data, &buffer->capacity, wanted, 1);
    buffer->data[buffer->length] = '\0';
}

void buffer_add(struct buffer *buffer, const void *data, size_t length) {
    if (!length)
        return;
    buffer_reserve(buffer, length);
    memcpy(buffer->data + buffer->length, data, length);
    buffer->length += length;
    buffer->data[buffer->length] = '\0';
}

void buffer_add_string(struct buffer *buffer, const char *text) {
    buffer_add(buffer, text, strlen(text));
}

void buffer_add_slice(struct buffer *buffer, struct slice slice) {
    buffer_add(buffer, slice.data, slice.length);
}

void buffer_add_char(struct buffer *buffer, char c) {
    buffer_add(buffer, &c, 1);
}

void buffer_add_repeated(struct buffer *buffer, const char *text, size_t times) {
    size_t length = strlen(text);
    while (times--)
        buffer_add(buffer, text, length);
}

void buffer_add_format_list(struct buffer *buffer, const char *format, va_list arguments) {
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    if (length > 0) {
        buffer_reserve(buffer, (size_t)length);
        vsnprintf(buffer->data + buffer->length, (size_t)length + 1, format, again);
        buffer->length += (size_t)length;
    }
    va_end(again);
}

void buffer_add_format(struct buffer *buffer, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    buffer_add_format_list(buffer, format, arguments);
    va_end(arguments);
}

void buffer_cut(struct buffer *buffer, size_t length) {
    if (!buffer->capacity)
        return;
    buffer->length = length;
    buffer->data[length] = '\0';
}

char *buffer_detach(struct buffer *buffer) {
    char *text = buffer->capacity ? buffer->data : memory_copy("", 0);
    buffer_init(buffer);
    return text;
}
