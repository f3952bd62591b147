/* One sentence per failure; see error.h. */
#include "core/base/error.h"

#include <stdio.h>
#include <string.h>

#include "core/base/banned.h"

/* A cut sentence must stay valid UTF-8: drops an unfinished last code point. */
static void trim_code_point(char *text) {
    size_t length = strlen(text), start = length;
    while (start > 0 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == 0)
        return;
    unsigned char lead = (unsigned char)text[start - 1];
    size_t want = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    if (length - (start - 1) < want)
        text[start - 1] = '\0';
}

int error_set(struct error *error, enum status status, const char *format, ...) {
    if (!error)
        return status;
    char text[sizeof error->text];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (length >= (int)sizeof text)
        trim_code_point(text);
    memcpy(error->text, text, sizeof text);
    return status;
}

void error_prefix(struct error *error, const char *format, ...) {
    if (!error)
        return;
    char text[sizeof error->text];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    if (length < 0 || length >= (int)sizeof text)
        return;
    int whole = snprintf(text + length, sizeof text - (size_t)length, "%s", error->text);
    if (whole >= (int)(sizeof text - (size_t)length))
        trim_code_point(text);
    memcpy(error->text, text, sizeof text);
}
