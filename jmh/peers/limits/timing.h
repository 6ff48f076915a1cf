/* What the programs of this folder share: random words, and the time of a step.

   Each prints lines of a name and nanoseconds. Whoever reads them takes the least of each name: it is what this machine can do. */
#ifndef LOWLAND_TIMING_H
#define LOWLAND_TIMING_H

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define ROUNDS 15
#define ALIGNED __attribute__((aligned(64)))

/* SplitMix64 with this increment. */
#define GOLDEN 0x9E3779B97F4A7C15ull

static inline uint64_t mix(uint64_t word) {
    word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9ull;
    word = (word ^ (word >> 27)) * 0x94D049BB133111EBull;
    return word ^ (word >> 31);
}

static uint64_t counter = 1;

static inline uint64_t next_word(void) {
    counter += GOLDEN;
    return mix(counter);
}

/* Uniform in (-1/2, 1/2). */
static inline double centred(void) { return (double)(next_word() >> 11) / 9007199254740992.0 - 0.5; }

static inline uint64_t bits_of(double x) {
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static inline double of_bits(uint64_t bits) {
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return 1e9 * (double)t.tv_sec + (double)t.tv_nsec;
}

/* Prints what each of some steps took, once a round; a step counts as so many pieces of work. */
#define TIME(name, steps, pieces, step)                               \
    for (int round = 0; round < ROUNDS; round++) {                    \
        double began = now();                                         \
        for (long count = 0; count < (steps); count++) {              \
            step;                                                     \
        }                                                             \
        printf("%s %.6g\n", name, (now() - began) / ((double)(steps) * (pieces))); \
    }

#endif
