/* The SQL tables of store/: one line a .c file that has one (test_schema.c compares this with the folder). */
#ifndef TESTS_UNIT_STORE_STATEMENT_LIST_H
#define TESTS_UNIT_STORE_STATEMENT_LIST_H

#define STATEMENT_LIST(X)    \
    X(aside)                 \
    X(batch)                 \
    X(check)                 \
    X(closing)               \
    X(codes)                 \
    X(deal)                  \
    X(deal_facts)            \
    X(draft)                 \
    X(gold)                  \
    X(gold_change)           \
    X(hand_in)               \
    X(holds)                 \
    X(holds_settle)          \
    X(import)                \
    X(import_judgments)      \
    X(import_judgments_end)  \
    X(import_judgments_same) \
    X(import_rows)           \
    X(item_read)             \
    X(item_walk)             \
    X(lend)                  \
    X(load_categories)       \
    X(load_desk)             \
    X(load_export)           \
    X(load_heads)            \
    X(load_history)          \
    X(load_hours)            \
    X(load_items)            \
    X(load_judgments)        \
    X(load_models)           \
    X(load_plan)             \
    X(load_ratings)          \
    X(log)                   \
    X(open)                  \
    X(outcomes)              \
    X(people)                \
    X(people_change)         \
    X(questions)             \
    X(queue)                 \
    X(queue_whole)           \
    X(redact)                \
    X(reference)             \
    X(release)               \
    X(reveal)                \
    X(rounds)                \
    X(rubric_use)            \
    X(rubrics)               \
    X(rulings)               \
    X(seat)                  \
    X(serve)                 \
    X(serving_row)           \
    X(session)               \
    X(session_change)        \
    X(session_deal)          \
    X(session_new)           \
    X(session_pick)          \
    X(settings)              \
    X(splits)                \
    X(submit)                \
    X(transaction)

#endif
