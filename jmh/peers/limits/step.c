/* A step of label-noise SGD on a network 10-20-1 with tanh, square loss, as one would write it by hand for this one network.
   The width of the hidden layer is filled up to whole vectors. It takes the same samples every time, where ours draws them.

   gcc -O3 -march=native -ffast-math step.c -lm -o step && ./step 8 */
#include "timing.h"
#include <math.h>
#include <stdlib.h>

#define INPUTS 10
#define HIDDEN 20
#define WIDTH 24
#define MOST 8

static double w1[INPUTS][WIDTH] ALIGNED, b1[WIDTH] ALIGNED, w2[WIDTH] ALIGNED, b2;
static double z[MOST][WIDTH] ALIGNED, dz[MOST][WIDTH] ALIGNED;
static double x[MOST][INPUTS], y[MOST];

static void step(int batch, double rate, double sigma) {
    uint64_t signs = next_word();
    double error[MOST];
    for (int i = 0; i < batch; i++) {
        for (int h = 0; h < WIDTH; h++) z[i][h] = b1[h];
        for (int d = 0; d < INPUTS; d++)
            for (int h = 0; h < WIDTH; h++) z[i][h] += x[i][d] * w1[d][h];
        for (int h = 0; h < WIDTH; h++) z[i][h] = tanh(z[i][h]);
        double f = b2;
        for (int h = 0; h < WIDTH; h++) f += z[i][h] * w2[h];
        error[i] = (f - (y[i] + (signs >> i & 1 ? sigma : -sigma))) * (2.0 / batch);
        for (int h = 0; h < WIDTH; h++) dz[i][h] = error[i] * w2[h] * (1 - z[i][h] * z[i][h]);
    }
    for (int i = 0; i < batch; i++) {
        b2 -= rate * error[i];
        for (int h = 0; h < WIDTH; h++) {
            w2[h] -= rate * error[i] * z[i][h];
            b1[h] -= rate * dz[i][h];
        }
        for (int d = 0; d < INPUTS; d++) {
            double factor = rate * x[i][d];
            for (int h = 0; h < WIDTH; h++) w1[d][h] -= factor * dz[i][h];
        }
    }
}

int main(int count, char **arguments) {
    int batch = count > 1 ? atoi(arguments[1]) : 1;
    char name[16];
    if (batch < 1 || batch > MOST) {
        fprintf(stderr, "step: the batch is %d, must be 1 to %d\n", batch, MOST);
        return 2;
    }
    for (int i = 0; i < MOST; i++) {
        for (int d = 0; d < INPUTS; d++) x[i][d] = centred();
        y[i] = centred();
    }
    for (int h = 0; h < HIDDEN; h++) {
        for (int d = 0; d < INPUTS; d++) w1[d][h] = centred();
        w2[h] = centred();
    }
    snprintf(name, sizeof name, "step-%d", batch);
    TIME(name, 200000, 1, step(batch, 1e-3, 0.1));
    fprintf(stderr, "%g\n", b2);
    return 0;
}
