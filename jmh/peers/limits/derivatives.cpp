/* Derivatives of the loss of a network 10-20-1 with tanh on 32 samples, by ADOL-C from one tape: the gradient, a product with the Hessian, and the
   gradient of the second derivative along a direction.

   g++ -O3 -march=native derivatives.cpp -ladolc -o derivatives && ./derivatives */
#include "timing.h"
#include <adolc/adolc.h>
#include <cmath>
#include <vector>

namespace {

const int INPUTS = 10, HIDDEN = 20, SAMPLES = 32;
const int PARAMETERS = INPUTS * HIDDEN + HIDDEN + HIDDEN + 1;
const int TAPE = 1;

std::vector<double> inputs(SAMPLES *INPUTS), targets(SAMPLES), theta(PARAMETERS), direction(PARAMETERS);

void record() {
    std::vector<adouble> t(PARAMETERS);
    adouble loss = 0;
    double value;
    trace_on(TAPE);
    for (int p = 0; p < PARAMETERS; p++) t[p] <<= theta[p];
    for (int i = 0; i < SAMPLES; i++) {
        adouble f = t[PARAMETERS - 1] - targets[i];
        for (int h = 0; h < HIDDEN; h++) {
            adouble sum = t[INPUTS * HIDDEN + h];
            for (int d = 0; d < INPUTS; d++) sum += inputs[i * INPUTS + d] * t[d * HIDDEN + h];
            f += tanh(sum) * t[INPUTS * HIDDEN + HIDDEN + h];
        }
        loss += f * f * (0.5 / SAMPLES);
    }
    loss >>= value;
    trace_off();
}

} // namespace

int main() {
    for (double &value : inputs) value = centred();
    for (double &value : targets) value = centred();
    for (double &value : theta) value = centred();
    for (double &value : direction) value = centred();
    record();

    std::vector<double> out(PARAMETERS);
    TIME("adolc-lossAndGradient", 300, 1, gradient(TAPE, PARAMETERS, theta.data(), out.data()))
    TIME("adolc-hessianVector", 300, 1, hess_vec(TAPE, PARAMETERS, theta.data(), direction.data(), out.data()))

    /* Along theta + t w: the second coefficient of the loss is half of D2 L[w, w], and reverse mode gives its gradient. */
    std::vector<double> coefficients(2 * PARAMETERS), adjoints(3 * PARAMETERS), ends(2);
    std::vector<double *> series(PARAMETERS), gradients(PARAMETERS);
    for (int p = 0; p < PARAMETERS; p++) {
        series[p] = &coefficients[2 * p];
        series[p][0] = direction[p];
        gradients[p] = &adjoints[3 * p];
    }
    double value, weight = 1;
    double *end = ends.data();
    TIME("adolc-thirdOrder", 300, 1, {
        hos_forward(TAPE, 1, PARAMETERS, 2, 3, theta.data(), series.data(), &value, &end);
        hos_reverse(TAPE, 1, PARAMETERS, 2, &weight, gradients.data());
    })
    fprintf(stderr, "%g %g\n", out[0], gradients[0][2]);
    return 0;
}
