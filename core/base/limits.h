/* The bounds that every floor holds to. A larger input is an error that names the bound. */
#ifndef CORE_BASE_LIMITS_H
#define CORE_BASE_LIMITS_H

enum {
    LIMIT_RESPONSES = 26,          /* of an item: letters A to Z */
    LIMIT_ROW_CHOICES = 9,         /* tags, flags, confidence words: one digit each */
    LIMIT_CRITERIA = 16,           /* of a rubric */
    LIMIT_STRENGTHS = 3,           /* 1 slightly, 2 better, 3 much better */
    LIMIT_NAME_BYTES = 256,        /* ids, names of people, tracks, categories, models */
    LIMIT_RATIONALE_BYTES = 65536, /* of one judgment */
    LIMIT_MESSAGES = 1024,         /* of a prompt or an answer */
    LIMIT_LINE_BYTES = 64 << 20,   /* of one input line */
    LIMIT_JSON_DEPTH = 64,         /* of nesting in an input line */
    LIMIT_YAML_BYTES = 64 << 20,   /* of one YAML file */
    LIMIT_BATCH = 500,             /* items dealt at a time */
};

#endif
