/* A step of each of 256 replicas of f = <x, u*u - v*v>: three samples, six parameters, full batch, label noise of one bit. Replicas lie side by
   side, eight of them a vector.

   gcc -O3 -march=native -ffast-math ensemble.c -lm -o ensemble && ./ensemble */
#include "timing.h"

#define SAMPLES 3
#define PARAMETERS 6
#define LANES 8
#define VECTORS 8
#define BLOCKS 4

typedef double Vector __attribute__((vector_size(8 * LANES)));
typedef uint64_t Words __attribute__((vector_size(8 * LANES)));

/* Each random word has the signs of a block of 64 replicas. */
static Vector theta[BLOCKS][VECTORS][PARAMETERS];
static double x[SAMPLES][PARAMETERS], y[SAMPLES];

static void step(double rate, double sigma) {
    double factor = -rate * 2 / SAMPLES;
    uint64_t size = bits_of(sigma);
    Words lane = {63, 62, 61, 60, 59, 58, 57, 56};
    for (int block = 0; block < BLOCKS; block++) {
        uint64_t signs[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) signs[i] = next_word();
        for (int v = 0; v < VECTORS; v++) {
            Vector *t = theta[block][v];
            Vector square[PARAMETERS], residual[SAMPLES];
            for (int j = 0; j < PARAMETERS; j++) square[j] = t[j] * t[j];
            for (int i = 0; i < SAMPLES; i++) {
                Words top = ((signs[i] >> (LANES * v)) << lane) & (1ull << 63);
                Vector f = -y[i] - (Vector)(top | size);
                for (int j = 0; j < PARAMETERS; j++) f += x[i][j] * square[j];
                residual[i] = factor * f;
            }
            for (int j = 0; j < PARAMETERS; j++) {
                Vector change = x[0][j] * residual[0];
                for (int i = 1; i < SAMPLES; i++) change += x[i][j] * residual[i];
                t[j] += t[j] * change;
            }
        }
    }
}

int main(void) {
    double start[PARAMETERS];
    for (int i = 0; i < SAMPLES; i++)
        for (int j = 0; j < PARAMETERS / 2; j++) {
            x[i][j] = 3 * centred();
            x[i][j + PARAMETERS / 2] = -x[i][j];
        }
    for (int j = 0; j < PARAMETERS; j++) start[j] = 1 + centred();
    for (int i = 0; i < SAMPLES; i++) {
        y[i] = 0;
        for (int j = 0; j < PARAMETERS; j++) y[i] += x[i][j] * start[j] * start[j];
    }
    for (int block = 0; block < BLOCKS; block++)
        for (int v = 0; v < VECTORS; v++)
            for (int j = 0; j < PARAMETERS; j++) theta[block][v][j] = start[j] - (Vector){0};
    TIME("ensemble", 100000, LANES * VECTORS * BLOCKS, step(0.02, 0.05));
    fprintf(stderr, "%g\n", theta[0][0][0][0]);
    return 0;
}
