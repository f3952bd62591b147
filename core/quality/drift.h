/*
 * Drift: a Bernoulli CUSUM on gold outcomes against the campaign's bar (Page 1954; Reynolds and Stoumbos
 * 1999). C <- max(0, C + up) on a wrong gold, max(0, C - down) on a right one; alarm at C >= limit, then C
 * starts at 0 again.
 *
 * The bar is policy, not the person's own past: the detector finds people below the bar, not people who
 * changed. Accuracies are shares of right golds, 0..1. Run lengths and delays are mean numbers of golds from
 * C = 0.
 */
#ifndef CORE_QUALITY_DRIFT_H
#define CORE_QUALITY_DRIFT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DRIFT_EARLY      20    /* under this many outcomes nothing is said */
#define DRIFT_RATE_MOST  0.20  /* no batch has more gold than this */
#define DRIFT_LIMIT_MOST 10000 /* of every limit */

struct drift_design {
    int up;                /* added by a wrong gold */
    int down;              /* taken off by a right one */
    int limit;             /* alarm at C >= limit */
    double in_control;     /* the worst accuracy still accepted */
    double out_of_control; /* the accuracy that must be found */
    double run_length;     /* mean golds between false alarms at in_control */
    double delay;          /* mean golds to the alarm at out_of_control */
};

/*
 * Designs the detector: up : down is ln(p1/p0) : ln((1-p0)/(1-p1)) of the error rates, made integers (the
 * smaller one at most 2); limit is the least whose run length in control is at least false_alarm_every, from
 * the exact Markov chain. False (and out untouched) unless 0 < out_of_control < in_control < 1 and 1 <=
 * false_alarm_every <= 1e7 and a limit within 10,000 (and a step within 400) exists.
 */
bool drift_design_init(struct drift_design *out, double in_control, double out_of_control, double false_alarm_every);

/* A detector given by its three integers (all > 0), for the same two accuracies. */
bool drift_design_fixed(struct drift_design *out, int up, int down, int limit, double in_control,
                        double out_of_control);

/*
 * Mean number of golds until the alarm for a person of this accuracy, starting at C = start (0 <= start <
 * limit): (I - Q) a = 1 solved for the chain's states (Brook and Evans 1972). INFINITY for accuracy 1.
 */
double drift_run_length(const struct drift_design *d, double accuracy, int start);

/* Chance of at least one alarm within this many golds, from C = start. */
double drift_chance_of_alarm(const struct drift_design *d, double accuracy, size_t golds, int start);

/* Long-run share of golds after which C stands at or above `level`, restarting at alarms. */
double drift_share_at_or_above(const struct drift_design *d, double accuracy, int level);

int drift_watch_level(const struct drift_design *d); /* least C that is `watch`: half the limit, rounded down */
int drift_head_start(const struct drift_design *d);  /* C of new and requalified people: a third of the limit */

/*
 * Judgments (items of every kind) until a fall to out_of_control is noticed, at this share of gold; INFINITY
 * at rate 0.
 */
double drift_delay_in_judgments(const struct drift_design *d, double gold_rate);

/* False alarms to be expected in this many golds when everyone stands exactly at in_control. */
double drift_false_alarms(const struct drift_design *d, double golds);

/*
 * Evidence from peers: agreement with two peers who agree, weighed by its own log-odds. It is no free lunch: more
 * evidence at the old limit is more false alarms, so the limit is made anew for as many golds between false alarms
 * as without peers. Simulated with whole batches left out, steps 3/1, limit 13, 8 % gold, peers right with .85 on
 * another 30 % of the items: a fall from .85 to .65 is found after 122 items instead of 296, where the old limit
 * would take 85 at almost four times the false alarms (tests/unit/quality/test_drift_simulated.c).
 */
struct drift_peers {
    int up; /* of one who differs, in units of the design made with it */
    int down;
    double right;    /* chance that two who agree are right: a²/(a²+(1-a)²) */
    double per_gold; /* pieces of evidence to one gold */
};

/*
 * The same detector with peers who are each right with this accuracy, and `per_gold` such pieces of evidence to one
 * gold. `with` has its units made finer, so that fractions of the weights count; its run lengths are in golds. False
 * (and `with` untouched): the peers would weigh nothing (they guess, or there is no evidence), or no limit is
 * affordable.
 */
bool drift_peers_design(struct drift_design *with, struct drift_peers *peers, const struct drift_design *d,
                        double peer_accuracy, double per_gold);

enum drift_evidence { DRIFT_GOLD_RIGHT, DRIFT_GOLD_WRONG, DRIFT_PEERS_AGREE, DRIFT_PEERS_DIFFER };

struct drift_alarm {
    size_t at;          /* the piece of evidence that raised it, counted from 0 since drift_start */
    size_t onset;       /* the first piece of evidence after C was last 0 (or after the start): onset <= at */
    int statistic;      /* C when it fired, >= limit */
    int from_peers;     /* how much of it came from peers, 0..statistic */
    size_t golds_wrong; /* missed golds since onset */
    bool peers_alone;   /* no missed gold since onset: show it, hold nothing */
};

/*
 * The running detector of one person (or of a pool). Deterministic: replaying the evidence gives the same
 * alarms.
 */
struct drift_detector {
    struct drift_design design;
    struct drift_peers peers;
    int statistic;      /* C, 0 <= C < limit */
    int from_peers;     /* the part of C that peers brought */
    size_t seen;        /* pieces of evidence so far */
    size_t golds;       /* gold outcomes so far */
    size_t onset;       /* number of pieces seen when C was last 0 */
    size_t golds_wrong; /* since onset */
    size_t alarms;      /* so far */
};

/*
 * Starts at C = 0, or at the head start (new people, after a requalification). peers: those the design was made
 * with, or NULL (they count for nothing).
 */
void drift_start(struct drift_detector *d, const struct drift_design *design, const struct drift_peers *peers,
                 bool head_start);

/* Takes one piece of evidence. True when it raises an alarm: *alarm (not NULL) is filled and C is 0 again. */
bool drift_step(struct drift_detector *d, enum drift_evidence evidence, struct drift_alarm *alarm);

/*
 * Begins again after a passed requalification: C at the head start; what was seen and the number of alarms
 * are kept.
 */
void drift_restart(struct drift_detector *d);

/*
 * Runs a whole stream of gold outcomes (wrong[i] 0 or 1) from C = 0, or from the head start; before an outcome i with fresh[i] (fresh may be
 * NULL) it begins again as drift_restart does. trace (NULL or n long) gets C after each
 * outcome, before the restart; up to `capacity` alarms are stored; returns how many there were. final may be
 * NULL.
 */
size_t drift_run(const struct drift_design *design, const uint8_t *wrong, const uint8_t *fresh, size_t n,
                 bool head_start, int *trace, struct drift_alarm *alarms, size_t capacity,
                 struct drift_detector *final);

enum drift_state { DRIFT_OK, DRIFT_WATCH, DRIFT_BELOW };            /* report: "ok", "watch", "drift" */
enum drift_word { DRIFT_TOO_EARLY, DRIFT_STEADY, DRIFT_BELOW_BAR }; /* the annotator's words */

/* State for the lead. open: an alarm awaits its decision, or the person has not requalified since. */
enum drift_state drift_state_of(const struct drift_detector *d, bool open);

/*
 * State for the annotator, who never sees `watch`: too early under DRIFT_EARLY golds (unless an alarm is
 * open).
 */
enum drift_word drift_word_of(const struct drift_detector *d, bool open);

const char *drift_state_name(enum drift_state state);
const char *drift_word_name(enum drift_word word);

struct drift_change {
    size_t before_n; /* outcomes before the onset */
    size_t before_right;
    size_t since_n; /* from the onset on */
    size_t since_right;
    double p;     /* permutation test of the largest split, one-sided (accuracy fell); NAN where it decides nothing */
    bool changed; /* accuracy before the onset at or above the bar, and p < .05 */
};

/*
 * What may be said about the stretch since onset. wrong[0..n-1] are the outcomes up to the alarm, in order.
 * The onset was chosen to make the stretch look bad, so before and since are never compared directly: the
 * statistic is the largest standardised fall over all splits with 5 or more on each side, against up to
 * 1,999 shuffles from its own stream, fewer where it is plain that p is not under .05. changed is false, and
 * the test left out, with fewer than 10 outcomes before the onset or an accuracy under the bar in them. bar: the
 * accuracy to have been at or above.
 */
void drift_change_test(const uint8_t *wrong, size_t n, size_t onset, double bar, uint64_t seed,
                       struct drift_change *out);

/*
 * EWMA of the error share: e <- (1 - weight) e + weight x, from e = start. trace[i] is e after outcome i
 * (Roberts 1959).
 */
void drift_ewma(const uint8_t *wrong, size_t n, double weight, double start, double *trace);

/*
 * Share of gold for the next batch, decided when it is dealt: `low` while C is under one missed gold, else
 * `high`; never above DRIFT_RATE_MOST.
 */
double drift_gold_rate(const struct drift_detector *d, double low, double high);

#endif
