/* The length model: logistic regression of the choice on side and length, by Newton's method. */
#include <math.h>

#include "core/quality/habits.h"

#include "core/base/banned.h"

#define ROUNDS     50
#define LEAST_ROWS 20

static double dot(const double *b, const double *x) {
    return b[0] * x[0] + b[1] * x[1] + b[2] * x[2];
}

static void row_terms(const struct habit_length_row *row, double *x) {
    x[HABIT_CONSTANT] = 1;
    x[HABIT_FIRST] = row->first_shown;
    x[HABIT_LENGTH] = row->log_ratio;
}

/* Inverts a symmetric 3 × 3 matrix by cofactors; false when it is singular for practical purposes. */
static bool invert(double m[3][3], double inverse[3][3]) {
    double scale = m[0][0] * m[1][1] * m[2][2];
    for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
            int r1 = (i + 1) % 3, r2 = (i + 2) % 3, c1 = (j + 1) % 3, c2 = (j + 2) % 3;
            inverse[j][i] = m[r1][c1] * m[r2][c2] - m[r1][c2] * m[r2][c1];
        }
    }
    double det = m[0][0] * inverse[0][0] + m[0][1] * inverse[1][0] + m[0][2] * inverse[2][0];
    if (!(scale > 0) || !(fabs(det) > 1e-10 * scale)) {
        return false;
    }
    for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
            inverse[i][j] /= det;
        }
    }
    return true;
}

/* Log-likelihood at b, its gradient and the information matrix. */
static double evaluate(const struct habit_length_row *rows, size_t n, const double *b, double *gradient,
                       double information[3][3]) {
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        gradient[i] = 0;
        for (int j = 0; j < 3; j++) {
            information[i][j] = 0;
        }
    }
    for (size_t r = 0; r < n; r++) {
        double x[3];
        row_terms(&rows[r], x);
        double eta = dot(b, x);
        double p = 1 / (1 + exp(-eta));
        double signed_eta = rows[r].chose_a ? eta : -eta;
        sum -= signed_eta > 0 ? log1p(exp(-signed_eta)) : log1p(exp(signed_eta)) - signed_eta;
        for (int i = 0; i < 3; i++) {
            gradient[i] += ((rows[r].chose_a ? 1 : 0) - p) * x[i];
            for (int j = 0; j < 3; j++) {
                information[i][j] += p * (1 - p) * x[i] * x[j];
            }
        }
    }
    return sum;
}

static const char *reason_not_to_fit(const struct habit_length_row *rows, size_t n) {
    if (n < LEAST_ROWS) {
        return "under 20 choices";
    }
    size_t chose_a = 0;
    bool lengths_vary = false, sides_vary = false;
    for (size_t i = 0; i < n; i++) {
        chose_a += rows[i].chose_a != 0;
        lengths_vary = lengths_vary || rows[i].log_ratio != rows[0].log_ratio;
        sides_vary = sides_vary || rows[i].first_shown != rows[0].first_shown;
    }
    if (chose_a == 0 || chose_a == n) {
        return "one response is always chosen";
    }
    if (!lengths_vary) {
        return "no variation in length";
    }
    return sides_vary ? NULL : "no variation in the order shown";
}

static const char *fit(const struct habit_length_row *rows, size_t n, struct habit_length *out) {
    double b[3] = {0}, gradient[3], information[3][3], inverse[3][3];
    double likelihood = evaluate(rows, n, b, gradient, information);
    for (int round = 0; round < ROUNDS; round++) {
        if (!invert(information, inverse)) {
            return round == 0 ? "order and length cannot be told apart" : "the choices are separated";
        }
        double step[3], size = 0;
        for (int i = 0; i < 3; i++) {
            step[i] = dot(inverse[i], gradient);
            size = fmax(size, fabs(step[i]));
        }
        double next[3], reached, half = 1;
        do { /* the likelihood is concave: halving always finds a rise */
            for (int i = 0; i < 3; i++) {
                next[i] = b[i] + half * step[i];
            }
            reached = evaluate(rows, n, next, gradient, information);
            half /= 2;
        } while (reached < likelihood - 1e-9 && half > 1e-6);
        likelihood = reached;
        for (int i = 0; i < 3; i++) {
            b[i] = next[i];
        }
        if (fabs(b[0]) > 30 || fabs(b[1]) > 30 || fabs(b[2]) > 100) {
            return "the choices are separated";
        }
        if (size < 1e-10 && invert(information, inverse)) {
            for (int i = 0; i < 3; i++) {
                out->coefficient[i] = b[i];
                out->error[i] = sqrt(inverse[i][i]);
            }
            out->log_likelihood = likelihood;
            return NULL;
        }
    }
    return "the choices are separated";
}

void habits_length_fit(const struct habit_length_row *rows, size_t n, struct habit_length *out) {
    *out = (struct habit_length){.n = n, .undefined = reason_not_to_fit(rows, n), .log_likelihood = NAN};
    for (int i = 0; i < HABIT_TERMS; i++) {
        out->coefficient[i] = out->error[i] = NAN;
    }
    if (out->undefined == NULL) {
        out->undefined = fit(rows, n, out);
    }
}
