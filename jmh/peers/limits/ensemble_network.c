/* A step of each of 32 networks 10-20-1 with tanh: each replica draws its own samples, out of 64, and its own label noise of one bit. Replicas
   lie side by side, and every loop over them is one that the compiler turns into vectors; its tanh is that of libmvec, to 4 ulp.

   gcc -O3 -march=native -ffast-math ensemble_network.c -lm -o ensemble_network && ./ensemble_network 8 */
#include "timing.h"
#include <math.h>
#include <stdlib.h>

#define SAMPLES 64
#define INPUTS 10
#define HIDDEN 20
#define LANES 32
#define MOST 8

#define LANED for (int k = 0; k < LANES; k++)

static double inputs[SAMPLES][INPUTS], targets[SAMPLES];
static uint64_t counters[LANES] ALIGNED;
static double w1[INPUTS][HIDDEN][LANES] ALIGNED, b1[HIDDEN][LANES] ALIGNED, w2[HIDDEN][LANES] ALIGNED, b2[LANES] ALIGNED;
static double x[MOST][INPUTS][LANES] ALIGNED, y[MOST][LANES] ALIGNED, z[MOST][HIDDEN][LANES] ALIGNED, error[MOST][LANES] ALIGNED;

/* The first six bits of a word choose the sample, its last the sign of the noise. */
static void draw(int batch, double sigma) {
    uint64_t size = bits_of(sigma);
    for (int i = 0; i < batch; i++) {
        uint64_t words[LANES];
        LANED {
            counters[k] += GOLDEN;
            words[k] = mix(counters[k]);
        }
        for (int d = 0; d < INPUTS; d++) LANED x[i][d][k] = inputs[words[k] >> 58][d];
        LANED y[i][k] = targets[words[k] >> 58] + of_bits(size | (words[k] << 63));
    }
}

static void forward(int batch, double rate) {
    for (int i = 0; i < batch; i++) {
        double f[LANES];
        for (int h = 0; h < HIDDEN; h++) {
            double sum[LANES];
            LANED sum[k] = b1[h][k];
            for (int d = 0; d < INPUTS; d++) LANED sum[k] += x[i][d][k] * w1[d][h][k];
            LANED z[i][h][k] = tanh(sum[k]);
        }
        LANED f[k] = b2[k] - y[i][k];
        for (int h = 0; h < HIDDEN; h++) LANED f[k] += z[i][h][k] * w2[h][k];
        LANED error[i][k] = -rate * 2.0 / batch * f[k];
    }
}

static void backward(int batch) {
    for (int i = 0; i < batch; i++) LANED b2[k] += error[i][k];
    for (int h = 0; h < HIDDEN; h++) {
        double inner[MOST][LANES], outer[LANES];
        LANED outer[k] = w2[h][k];
        for (int i = 0; i < batch; i++) LANED {
                double value = z[i][h][k];
                inner[i][k] = error[i][k] * outer[k] * (1 - value * value);
                w2[h][k] += error[i][k] * value;
                b1[h][k] += inner[i][k];
            }
        for (int d = 0; d < INPUTS; d++)
            for (int i = 0; i < batch; i++) LANED w1[d][h][k] += x[i][d][k] * inner[i][k];
    }
}

static void step(int batch, double rate, double sigma) {
    draw(batch, sigma);
    forward(batch, rate);
    backward(batch);
}

int main(int count, char **arguments) {
    int batch = count > 1 ? atoi(arguments[1]) : 1;
    char name[32];
    if (batch < 1 || batch > MOST) {
        fprintf(stderr, "ensemble_network: the batch is %d, must be 1 to %d\n", batch, MOST);
        return 2;
    }
    for (int i = 0; i < SAMPLES; i++) {
        for (int d = 0; d < INPUTS; d++) inputs[i][d] = centred();
        targets[i] = centred();
    }
    LANED counters[k] = next_word();
    for (int h = 0; h < HIDDEN; h++) {
        double weight = centred();
        LANED w2[h][k] = weight;
        for (int d = 0; d < INPUTS; d++) {
            weight = centred();
            LANED w1[d][h][k] = weight;
        }
    }
    snprintf(name, sizeof name, "ensemble-network-%d", batch);
    TIME(name, 20000 / batch, LANES, step(batch, 1e-4, 0.1));
    fprintf(stderr, "%g\n", b2[0]);
    return 0;
}
