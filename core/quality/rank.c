/* Kendall's tau-b and W; rankings are short (26 responses at most), so pairs are counted one by one. */
#include "core/quality/rank.h"

#include <math.h>

#include "core/base/banned.h"

struct figure rank_tau(const int *a, const int *b, size_t n) {
    long score = 0, untied_a = 0, untied_b = 0;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = i + 1; j < n; j++) {
            int x = (a[i] > a[j]) - (a[i] < a[j]);
            int y = (b[i] > b[j]) - (b[i] < b[j]);
            score += (long)x * y;
            untied_a += x != 0;
            untied_b += y != 0;
        }
    }
    size_t pairs = n < 2 ? 0 : n * (n - 1) / 2;
    if (pairs == 0) {
        return figure_undefined("under two responses", 0);
    }
    if (untied_a == 0 || untied_b == 0) {
        return figure_undefined("a ranking ties everything", pairs);
    }
    return figure_point((double)score / sqrt((double)untied_a * (double)untied_b), pairs);
}

struct figure rank_tau_mean(const int *tiers, size_t people, size_t n) {
    double sum = 0;
    size_t used = 0;
    for (size_t i = 0; i < people; i++) {
        for (size_t j = i + 1; j < people; j++) {
            struct figure tau = rank_tau(&tiers[i * n], &tiers[j * n], n);
            if (tau.undefined == NULL) {
                sum += tau.value;
                used++;
            }
        }
    }
    return used == 0 ? figure_undefined("no two rankings to compare", 0) : figure_point(sum / (double)used, used);
}

/* Twice the mean rank less one of response i in one ranking, an integer: 1 + 2 · (better) + (tied). */
static long doubled_rank(const int *tiers, size_t n, size_t i) {
    long rank = 1;
    for (size_t j = 0; j < n; j++) {
        rank += 2 * (tiers[j] < tiers[i]) + (j != i && tiers[j] == tiers[i]);
    }
    return rank;
}

/*
 * W = (12 S) / (m² (n³ - n) - m T), S the squared deviations of the rank sums, T = sum over ties of t³ - t.
 */
struct figure rank_concordance(const int *tiers, size_t people, size_t n) {
    if (people < 2 || n < 2) {
        return figure_undefined(people < 2 ? "under two people" : "under two responses", people);
    }
    double m = (double)people, size = (double)n, spread = 0, ties = 0;
    for (size_t i = 0; i < n; i++) {
        double sum = 0;
        for (size_t p = 0; p < people; p++) {
            const int *own = &tiers[p * n];
            double tied = 0;
            for (size_t j = 0; j < n; j++) {
                tied += own[j] == own[i];
            }
            ties += tied * tied - 1; /* each of t tied ones brings t² - 1: together t³ - t */
            sum += ((double)doubled_rank(own, n, i) + 1) / 2;
        }
        double off = sum - m * (size + 1) / 2;
        spread += off * off;
    }
    double most = m * m * (size * size * size - size) - m * ties;
    if (!(most > 0)) {
        return figure_undefined("everybody ties everything", people);
    }
    return figure_point(12 * spread / most, people);
}
