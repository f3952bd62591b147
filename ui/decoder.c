#include "ui/decoder.h"

#include <string.h>

#include "core/base/array.h"
#include "core/text/utf8.h"

#include "core/base/banned.h"

/* What the bytes at the front are. */
enum shape { SHAPE_NONE, SHAPE_TORN, SHAPE_KEY, SHAPE_NOTHING, SHAPE_PASTE, SHAPE_REPLY, SHAPE_BACKGROUND };

enum { OSC_MOST = 64 /* bytes of an answer about a colour */ };

struct piece {
    enum shape shape;
    size_t length;    /* bytes it takes, when it is not torn */
    bool said, light; /* of SHAPE_BACKGROUND: it named a colour, and which kind */
    struct key key;
};

static const struct piece torn = {.shape = SHAPE_TORN};

static struct piece piece_key(size_t length, struct key key) {
    return (struct piece){.shape = SHAPE_KEY, .length = length, .key = key};
}

static struct piece piece_of(enum shape shape, size_t length) {
    return (struct piece){.shape = shape, .length = length};
}

void decoder_init(struct decoder *decoder) {
    *decoder = (struct decoder){.pending = BUFFER_INIT, .paste = BUFFER_INIT};
}

void decoder_release(struct decoder *decoder) {
    buffer_release(&decoder->pending);
    buffer_release(&decoder->paste);
}

void decoder_learn(struct decoder *decoder, const char *bytes, struct key key) {
    size_t length = strlen(bytes);
    if (length < 2 || length > sizeof decoder->names[0].bytes || decoder->name_count == COUNT_OF(decoder->names))
        return;
    struct decoder_name *name = &decoder->names[decoder->name_count++];
    memcpy(name->bytes, bytes, length);
    name->length = length;
    name->key = key;
}

void decoder_feed(struct decoder *decoder, const char *bytes, size_t length) {
    if (decoder->at > 0) {
        size_t left = decoder->pending.length - decoder->at;
        memmove(decoder->pending.data, decoder->pending.data + decoder->at, left);
        buffer_cut(&decoder->pending, left);
        decoder->at = 0;
    }
    buffer_add(&decoder->pending, bytes, length);
}

static struct slice rest_of(const struct decoder *decoder) {
    return slice_make(decoder->pending.data + decoder->at, decoder->pending.length - decoder->at);
}

/* xterm's modifier parameter: 1 + shift, 2 alt, 4 control. */
static unsigned modifiers_of(unsigned parameter) {
    unsigned bits = parameter > 0 ? parameter - 1 : 0;
    return (bits & 1 ? MODIFIER_SHIFT : 0u) | (bits & 2 ? MODIFIER_ALT : 0u) | (bits & 4 ? MODIFIER_CONTROL : 0u);
}

/* The keys with a letter at the end: ESC [ 1 ; modifier A, ESC O A. ON_NOTHING when it is none. */
static struct key key_of_letter(char final) {
    switch (final) {
    case 'A':
        return key_plain(ON_UP);
    case 'B':
        return key_plain(ON_DOWN);
    case 'C':
        return key_plain(ON_RIGHT);
    case 'D':
        return key_plain(ON_LEFT);
    case 'F':
        return key_plain(ON_END_KEY);
    case 'H':
        return key_plain(ON_HOME);
    case 'P':
    case 'Q':
    case 'R':
    case 'S':
        return (struct key){.kind = ON_FUNCTION, .code = (uint32_t)(final - 'P' + 1)};
    case 'Z':
        return (struct key){.kind = ON_TAB, .modifiers = MODIFIER_SHIFT};
    default:
        return key_plain(ON_NOTHING);
    }
}

/* The keys with a number: ESC [ number ~. */
static struct key key_of_number(unsigned number) {
    static const struct {
        unsigned char number, kind, code;
    } table[] = {
        {1, ON_HOME, 0},      {2, ON_INSERT, 0},    {3, ON_DELETE, 0},     {4, ON_END_KEY, 0},    {5, ON_PAGE_UP, 0},
        {6, ON_PAGE_DOWN, 0}, {7, ON_HOME, 0},      {8, ON_END_KEY, 0},    {11, ON_FUNCTION, 1},  {12, ON_FUNCTION, 2},
        {13, ON_FUNCTION, 3}, {14, ON_FUNCTION, 4}, {15, ON_FUNCTION, 5},  {17, ON_FUNCTION, 6},  {18, ON_FUNCTION, 7},
        {19, ON_FUNCTION, 8}, {20, ON_FUNCTION, 9}, {21, ON_FUNCTION, 10}, {23, ON_FUNCTION, 11}, {24, ON_FUNCTION, 12},
    };
    for (size_t i = 0; i < COUNT_OF(table); i++)
        if (table[i].number == number)
            return (struct key){.kind = (enum key_kind)table[i].kind, .code = table[i].code};
    if (number >= 25 && number <= 34) { /* shifted function keys of Linux and rxvt: F13 is Shift-F1 */
        static const unsigned char shifted[] = {1, 2, 0, 3, 4, 0, 5, 6, 7, 8};
        if (shifted[number - 25])
            return (struct key){.kind = ON_FUNCTION, .modifiers = MODIFIER_SHIFT, .code = shifted[number - 25]};
    }
    return key_plain(ON_NOTHING);
}

/* A code point with modifiers, as ESC [ code ; modifier u and ESC [ 27 ; modifier ; code ~ say it. */
static struct key key_of_code(unsigned code, unsigned modifiers) {
    struct key key = {.kind = ON_CHARACTER, .modifiers = modifiers, .code = code};
    switch (code) {
    case 8:
    case 127:
        key = (struct key){.kind = ON_BACKSPACE, .modifiers = modifiers};
        break;
    case 9:
        key = (struct key){.kind = ON_TAB, .modifiers = modifiers};
        break;
    case 13:
        key = (struct key){.kind = ON_ENTER};
        break;
    case 27:
        key = (struct key){.kind = ON_ESCAPE};
        break;
    default:
        if (code < ' ' || code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
            return key_plain(ON_NOTHING);
        if (!(modifiers & MODIFIER_CONTROL) && (modifiers & MODIFIER_SHIFT)) {
            key.modifiers &= ~(unsigned)MODIFIER_SHIFT;
            if (code >= 'a' && code <= 'z')
                key.code = code - ('a' - 'A');
        }
    }
    return key;
}

/* ESC [ < button ; column ; row M: the wheel and the left button without Shift, Alt or Ctrl; m (let go) and the rest are nothing. */
static struct key key_of_mouse(const unsigned parameters[4], char final) {
    struct key key = {.row = (int)parameters[2] - 1, .column = (int)parameters[1] - 1};
    if (final == 'M')
        key.kind = parameters[0] == 64   ? ON_WHEEL_UP
                   : parameters[0] == 65 ? ON_WHEEL_DOWN
                   : parameters[0] == 0  ? ON_CLICK
                                         : ON_NOTHING;
    return key;
}

/* ESC [ … : at least two bytes are there. */
static struct piece read_csi(struct slice in, bool mouse) {
    unsigned parameters[4] = {0, 0, 0, 0}, count = 0;
    size_t at = 2;
    if (at < in.length && in.data[at] == '[') /* Linux console: ESC [ [ A is F1 */
        return in.length < 4 ? torn
               : in.data[3] >= 'A' && in.data[3] <= 'E'
                   ? piece_key(4, (struct key){.kind = ON_FUNCTION, .code = (uint32_t)(in.data[3] - 'A' + 1)})
                   : piece_of(SHAPE_NOTHING, 4);
    for (; at < in.length && at < 32; at++) {
        unsigned char c = (unsigned char)in.data[at];
        if (c >= '0' && c <= '9') {
            if (count == 0)
                count = 1;
            if (count <= 4 && parameters[count - 1] < 0x1000000)
                parameters[count - 1] = parameters[count - 1] * 10 + (unsigned)(c - '0');
        } else if (c == ';') {
            count = count == 0 ? 2 : count + 1;
        } else if (c >= 0x40 && c <= 0x7e) {
            break;
        } else if (c < 0x20 || c >= 0x7f) {
            return piece_of(SHAPE_NOTHING, at); /* broken off: what follows stands for itself */
        }
    }
    if (at >= 32)
        return piece_of(SHAPE_NOTHING, at);
    if (at == in.length)
        return torn;
    char final = in.data[at++];
    struct key key;
    if (final == '~' && parameters[0] == 200)
        return piece_of(SHAPE_PASTE, at);
    if (final == 'n' && (parameters[0] == 0 || parameters[0] == 3))
        return piece_of(SHAPE_REPLY, at);
    if (in.data[2] == '<')
        key = mouse ? key_of_mouse(parameters, final) : key_plain(ON_NOTHING);
    else if (final == '~' && parameters[0] == 27 && count >= 3)
        key = key_of_code(parameters[2], modifiers_of(parameters[1]));
    else if (final == 'u' && count >= 1)
        key = key_of_code(parameters[0], modifiers_of(parameters[1]));
    else if (final == '~' || final == '$' || final == '^' || final == '@') { /* $ ^ @: rxvt's shift, control, both */
        key = key_of_number(parameters[0]);
        key.modifiers |= final == '~' ? modifiers_of(parameters[1]) : 0u;
        key.modifiers |= final == '$' || final == '@' ? (unsigned)MODIFIER_SHIFT : 0u;
        key.modifiers |= final == '^' || final == '@' ? (unsigned)MODIFIER_CONTROL : 0u;
    } else if (final >= 'a' && final <= 'd') { /* rxvt: shifted arrows */
        key = key_of_letter((char)(final - 'a' + 'A'));
        key.modifiers |= MODIFIER_SHIFT;
    } else {
        key = key_of_letter(final);
        key.modifiers |= modifiers_of(parameters[1]);
    }
    return key.kind == ON_NOTHING ? piece_of(SHAPE_NOTHING, at) : piece_key(at, key);
}

/* A part of a colour, 1 to 4 hexadecimal digits, as a share of white; -1: it is none. */
static double read_share(struct slice text) {
    unsigned value = 0, white = 0;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        int digit = c >= '0' && c <= '9'                     ? c - '0'
                    : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10
                                                             : -1;
        if (digit < 0 || i == 4)
            return -1;
        value = value * 16 + (unsigned)digit;
        white = white * 16 + 15;
    }
    return white ? (double)value / white : -1;
}

/* "rgb:1e1e/1e1e/1e1e": light when it is nearer to white for the eye (ITU-R BT.709). False: it says no such thing. */
static bool read_background(struct slice text, bool *light) {
    static const double weight[] = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    const char *colon = memchr(text.data, ':', text.length);
    if (!colon || text.length < 4 || memcmp(text.data, "rgb", 3) != 0)
        return false;
    const char *at = colon + 1, *end = text.data + text.length;
    for (size_t i = 0; i < COUNT_OF(weight); i++) {
        const char *slash = memchr(at, '/', (size_t)(end - at)), *stop = slash ? slash : end;
        double share = read_share(slice_make(at, (size_t)(stop - at)));
        if (share < 0 || (!slash && i + 1 < COUNT_OF(weight)))
            return false;
        sum += weight[i] * share;
        at = slash ? slash + 1 : end;
    }
    *light = sum > 0.5;
    return true;
}

/*
 * ESC ] 11 ; colour BEL, or ESC \ at its end: the answer about the background. Nothing else that begins with ESC ] comes from a
 * terminal; it is Escape and then the key ].
 */
static struct piece read_osc(struct slice in, bool *light, bool *said) {
    static const char start[] = "\033]11;";
    size_t length = sizeof start - 1, there = in.length < length ? in.length : length;
    if (memcmp(in.data, start, there) != 0)
        return piece_key(1, key_plain(ON_ESCAPE));
    for (size_t at = there; at < in.length; at++) {
        bool bell = in.data[at] == '\a', string_end = in.data[at] == '\033';
        if (string_end && at + 1 == in.length)
            break;
        if (bell || (string_end && in.data[at + 1] == '\\')) {
            *said = read_background(slice_make(in.data + length, at - length), light);
            return piece_of(SHAPE_BACKGROUND, at + (bell ? 1 : 2));
        }
        if (string_end || at >= OSC_MOST || (unsigned char)in.data[at] < ' ')
            return piece_of(SHAPE_NOTHING, at); /* broken off: what follows stands for itself */
    }
    return torn;
}

/* ESC O x : arrows and F1 to F4 in application mode, the keypad. */
static struct piece read_ss3(struct slice in) {
    if (in.length < 3)
        return torn;
    char final = in.data[2];
    if (final >= 'a' && final <= 'd') {
        struct key key = key_of_letter((char)(final - 'a' + 'A'));
        key.modifiers = MODIFIER_CONTROL;
        return piece_key(3, key);
    }
    if (final == 'M')
        return piece_key(3, key_plain(ON_ENTER));
    if (final >= 'j' && final <= 'y') /* the keypad: * + , - . / 0 … 9 */
        return piece_key(3, key_character((uint32_t)(final - 'j' + '*')));
    struct key key = key_of_letter(final);
    return key.kind == ON_NOTHING ? piece_of(SHAPE_NOTHING, 3) : piece_key(3, key);
}

static struct piece read_escape(const struct decoder *decoder, struct slice in, bool paused) {
    for (size_t i = 0; i < decoder->name_count; i++) {
        const struct decoder_name *name = &decoder->names[i];
        size_t shared = in.length < name->length ? in.length : name->length;
        if (shared == name->length && memcmp(in.data, name->bytes, shared) == 0)
            return piece_key(name->length, name->key);
    }
    if (in.length == 1)
        return paused ? piece_key(1, key_plain(ON_ESCAPE)) : torn;
    struct piece piece = torn;
    bool light = false, said = false;
    if (in.data[1] == '[')
        piece = read_csi(in, decoder->mouse);
    else if (in.data[1] == 'O')
        piece = read_ss3(in);
    else if (in.data[1] == ']')
        piece = read_osc(in, &light, &said);
    else if (strchr("bdf", in.data[1]))
        return piece_key(2,
                         (struct key){.kind = ON_CHARACTER, .modifiers = MODIFIER_ALT, .code = (uint32_t)in.data[1]});
    else if (in.data[1] == 0x7f)
        return piece_key(2, (struct key){.kind = ON_BACKSPACE, .modifiers = MODIFIER_ALT});
    else
        return piece_key(1, key_plain(ON_ESCAPE));
    piece.light = light;
    piece.said = said;
    if (piece.shape == SHAPE_TORN && paused) /* Escape and then [, O or ] typed by hand, or a sequence cut short */
        return in.length == 2 ? piece_key(1, key_plain(ON_ESCAPE)) : piece_of(SHAPE_NOTHING, in.length);
    return piece;
}

static struct piece read_control(char c) {
    switch (c) {
    case '\r':
        return piece_key(1, key_plain(ON_ENTER));
    case '\t':
        return piece_key(1, key_plain(ON_TAB));
    case '\b':
    case 0x7f:
        return piece_key(1, key_plain(ON_BACKSPACE));
    case 0:
        return piece_key(1, key_control(' '));
    default:
        return piece_key(1, key_control((char)(c < 27 ? c - 1 + 'a' : c + 0x40)));
    }
}

/* The first key, or whatever it is, of bytes outside a paste. */
static struct piece read_piece(const struct decoder *decoder, struct slice in, bool paused) {
    if (in.length == 0)
        return piece_of(SHAPE_NONE, 0);
    unsigned char first = (unsigned char)in.data[0];
    if (first == 0x1b)
        return read_escape(decoder, in, paused);
    if (first < 0x20 || first == 0x7f)
        return read_control(in.data[0]);
    int32_t point;
    size_t step = utf8_decode(in.data, in.length, &point);
    if (step > 0)
        return point >= 0x80 && point < 0xa0 ? piece_of(SHAPE_NOTHING, step)
                                             : piece_key(step, key_character((uint32_t)point));
    size_t wanted = first >= 0xf0 && first <= 0xf4 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 1;
    bool whole = first > 0xf4 || in.length >= wanted;
    for (size_t i = 1; i < in.length && i < wanted; i++)
        whole = whole || ((unsigned char)in.data[i] & 0xc0) != 0x80;
    return whole || paused ? piece_of(SHAPE_NOTHING, 1) : torn;
}

/* Moves what belongs to the open paste out of the pending bytes. True when its end was there. */
static bool read_paste(struct decoder *decoder) {
    static const char end[] = "\033[201~";
    const size_t end_length = sizeof end - 1;
    struct slice in = rest_of(decoder);
    size_t take = 0;
    bool found = false;
    while (take < in.length && !found) {
        const char *escape = memchr(in.data + take, '\033', in.length - take);
        take = escape ? (size_t)(escape - in.data) : in.length;
        size_t there = in.length - take < end_length ? in.length - take : end_length;
        if (take < in.length && memcmp(in.data + take, end, there) == 0) {
            found = there == end_length;
            break; /* whole, or it may become whole */
        }
        if (take < in.length)
            take++;
    }
    size_t room = (size_t)DECODER_PASTE_MOST - decoder->paste.length;
    if (!decoder->stale_paste)
        buffer_add(&decoder->paste, in.data, take < room ? take : room);
    decoder->at += take + (found ? end_length : 0);
    return found;
}

static void note_reply(struct decoder *decoder, struct piece piece) {
    if (piece.shape == SHAPE_REPLY)
        decoder->replies++;
    if (piece.shape == SHAPE_BACKGROUND) {
        decoder->asked_background = false;
        if (piece.said)
            decoder->background = piece.light ? BACKGROUND_LIGHT : BACKGROUND_DARK;
    }
}

void decoder_sift(struct decoder *decoder) {
    for (size_t at = decoder->at; at < decoder->pending.length;) {
        char *bytes = decoder->pending.data + at;
        struct piece piece = read_piece(decoder, slice_make(bytes, decoder->pending.length - at), false);
        if (piece.shape == SHAPE_NONE || piece.shape == SHAPE_TORN || piece.shape == SHAPE_PASTE)
            return;
        if (piece.shape == SHAPE_REPLY || piece.shape == SHAPE_BACKGROUND) {
            note_reply(decoder, piece);
            memmove(bytes, bytes + piece.length, decoder->pending.length - at - piece.length);
            buffer_cut(&decoder->pending, decoder->pending.length - piece.length);
        } else {
            at += piece.length;
        }
    }
}

bool decoder_next(struct decoder *decoder, bool paused, struct key *key) {
    for (;;) {
        if (decoder->pasting) {
            if (!read_paste(decoder) && !paused)
                return false;
            decoder->pasting = false;
            if (decoder->stale_paste)
                continue;
            *key = (struct key){.kind = ON_PASTE, .text = buffer_slice(&decoder->paste)};
            return true;
        }
        struct piece piece = read_piece(decoder, rest_of(decoder), paused);
        if (piece.shape == SHAPE_NONE || piece.shape == SHAPE_TORN)
            return false;
        bool stale = decoder->stale > 0;
        decoder->stale = decoder->stale > piece.length ? decoder->stale - piece.length : 0;
        decoder->at += piece.length;
        note_reply(decoder, piece);
        if (piece.shape == SHAPE_PASTE) {
            decoder->pasting = true;
            decoder->stale_paste = stale;
            buffer_clear(&decoder->paste);
        }
        if (piece.shape == SHAPE_KEY && !stale) {
            *key = piece.key;
            return true;
        }
    }
}

int decoder_patience(const struct decoder *decoder) {
    struct slice in = rest_of(decoder);
    if (decoder->pasting)
        return DECODER_PASTE_MS;
    if (in.length == 0)
        return -1;
    if (in.length > 1 && in.data[1] == ']' && decoder->asked_background)
        return DECODER_PASTE_MS;
    return in.length == 1 && in.data[0] == '\033' ? DECODER_ESCAPE_MS : DECODER_SEQUENCE_MS;
}

void decoder_forget(struct decoder *decoder) {
    struct key key;
    while (decoder_next(decoder, false, &key))
        ;
    decoder->stale_paste = decoder->pasting;
    decoder->stale = decoder->pasting ? 0 : rest_of(decoder).length;
}
