/* Elementary functions of arrays, from libmvec of glibc (to 4 ulp, chosen by the compiler) and from SLEEF (to 1 ulp): nanoseconds a value.

   gcc -O3 -march=native -ffast-math -DSLEEF functions.c -lsleef -lm -o functions && ./functions */
#include "timing.h"
#include <math.h>
#ifdef SLEEF
#include <sleef.h>
#endif

#define SIZE 1000

static double x[SIZE] ALIGNED, out[SIZE] ALIGNED;

/* Not inlined, so that no call is merged with another. */
#define MVEC(function)                                                          \
    static void __attribute__((noinline)) mvec_##function(void) {               \
        for (int i = 0; i < SIZE; i++) out[i] = function(x[i]);                 \
        __asm__ volatile("" ::: "memory");                                      \
    }

static inline double sigmoid(double value) { return 1 / (1 + exp(-value)); }

MVEC(exp)
MVEC(log)
MVEC(tanh)
MVEC(sigmoid)
MVEC(sin)
MVEC(expm1)
MVEC(log1p)
MVEC(erf)

#if defined(SLEEF) && defined(__AVX512F__)
#define LANES 8
#define LOAD _mm512_load_pd
#define STORE _mm512_store_pd
#define OF(function) Sleef_##function##d8_u10avx512f
#elif defined(SLEEF) && defined(__AVX2__)
#define LANES 4
#define LOAD _mm256_load_pd
#define STORE _mm256_store_pd
#define OF(function) Sleef_##function##d4_u10avx2
#endif
#ifdef LANES
#define VECTORS(function)                                                                    \
    static void __attribute__((noinline)) sleef_##function(void) {                           \
        for (int i = 0; i < SIZE; i += LANES) STORE(out + i, OF(function)(LOAD(x + i)));     \
        __asm__ volatile("" ::: "memory");                                                   \
    }
VECTORS(exp)
VECTORS(log)
VECTORS(tanh)
VECTORS(sin)
VECTORS(expm1)
VECTORS(log1p)
VECTORS(erf)
#endif

/* About normal, as the sum of twelve uniform numbers is. */
static void fill(int positive) {
    for (int i = 0; i < SIZE; i++) {
        double sum = 0;
        for (int j = 0; j < 12; j++) sum += centred();
        x[i] = positive ? fabs(sum) + 1e-3 : sum;
    }
}

#define STEPS 20000
#define BOTH_POSITIVE(function)                                   \
    fill(1);                                                      \
    TIME("libmvec-" #function, STEPS, SIZE, mvec_##function())    \
    SLEEF_OF(function)
#define BOTH(function)                                            \
    fill(0);                                                      \
    TIME("libmvec-" #function, STEPS, SIZE, mvec_##function())    \
    SLEEF_OF(function)
#ifdef LANES
#define SLEEF_OF(function) TIME("sleef-" #function, STEPS, SIZE, sleef_##function())
#else
#define SLEEF_OF(function)
#endif

int main(void) {
    BOTH(exp)
    BOTH_POSITIVE(log)
    BOTH(tanh)
    BOTH(sin)
    BOTH(expm1)
    BOTH_POSITIVE(log1p)
    BOTH(erf)
    fill(0);
    TIME("libmvec-sigmoid", STEPS, SIZE, mvec_sigmoid())
    return 0;
}
