"""The steps that numba can be asked for: loops over steps inside one compiled function, with Philox inside, as one writes for its compiler."""

import numba
import numpy

SAMPLES = 64
INPUTS = 10
HIDDEN = 20

compiled = numba.njit(fastmath=True, error_model="numpy", cache=False)
inlined = numba.njit(fastmath=True, error_model="numpy", inline="always")


@inlined
def philox(counter, key, out):
    """Philox4x32-10 of (counter, 0, 0, 0) and (key, 0): four words of 32 bits, each in 64."""
    mask = numpy.uint64(0xFFFFFFFF)
    half = numpy.uint64(32)
    c0, c1 = counter & mask, counter >> half
    c2, c3 = numpy.uint64(0), numpy.uint64(0)
    k0, k1 = key & mask, key >> half
    for _ in range(10):
        p0 = numpy.uint64(0xD2511F53) * c0
        p1 = numpy.uint64(0xCD9E8D57) * c2
        c0, c1, c2, c3 = (p1 >> half) ^ c1 ^ k0, p1 & mask, (p0 >> half) ^ c3 ^ k1, p0 & mask
        k0 = (k0 + numpy.uint64(0x9E3779B9)) & mask
        k1 = (k1 + numpy.uint64(0xBB67AE85)) & mask
    out[0], out[1], out[2], out[3] = c0, c1, c2, c3


@compiled
def network(steps, first, batch, rate, sigma, x, y, w1, b1, w2, b2):
    """Steps of label-noise SGD on 10-20-1 with tanh: draws the samples and the signs, and updates in place."""
    words = numpy.zeros(4, numpy.uint64)
    z = numpy.zeros((batch, HIDDEN))
    dz = numpy.zeros((batch, HIDDEN))
    index = numpy.zeros(batch, numpy.int64)
    error = numpy.zeros(batch)
    factor = rate * 2.0 / batch
    for step in range(steps):
        for i in range(batch):
            if i % 4 == 0:
                philox(numpy.uint64(first + step * batch + i), numpy.uint64(1), words)
            word = words[i % 4]
            index[i] = numpy.int64(word >> numpy.uint64(26))
            noise = sigma if word & numpy.uint64(1) else -sigma
            row = x[index[i]]
            for h in range(HIDDEN):
                z[i, h] = b1[h]
            for d in range(INPUTS):
                for h in range(HIDDEN):
                    z[i, h] += row[d] * w1[d, h]
            f = b2[0] - y[index[i]] - noise
            for h in range(HIDDEN):
                z[i, h] = numpy.tanh(z[i, h])
                f += z[i, h] * w2[h]
            error[i] = -factor * f
            for h in range(HIDDEN):
                dz[i, h] = error[i] * w2[h] * (1.0 - z[i, h] * z[i, h])
        for i in range(batch):
            row = x[index[i]]
            b2[0] += error[i]
            for h in range(HIDDEN):
                w2[h] += error[i] * z[i, h]
                b1[h] += dz[i, h]
            for d in range(INPUTS):
                for h in range(HIDDEN):
                    w1[d, h] += row[d] * dz[i, h]


@compiled
def quadratic(steps, first, rate, sigma, x, y, theta):
    """Steps of every replica of f = <x, u*u - v*v>, three samples, six parameters, full batch; replicas last, signs from the bits of Philox."""
    samples, parameters = x.shape
    replicas = theta.shape[1]
    factor = -rate * 2.0 / samples
    words = numpy.zeros(4, numpy.uint64)
    noise = numpy.zeros((samples, replicas))
    residual = numpy.zeros((samples, replicas))
    change = numpy.zeros(replicas)
    blocks = replicas // 32
    for step in range(steps):
        for i in range(samples):
            for block in range(blocks):
                if block % 4 == 0:
                    philox(numpy.uint64(((first + step) * samples + i) * blocks + block), numpy.uint64(1), words)
                word = words[block % 4]
                for k in range(32):
                    noise[i, 32 * block + k] = sigma if (word >> numpy.uint64(k)) & numpy.uint64(1) else -sigma
        for i in range(samples):
            for k in range(replicas):
                residual[i, k] = -y[i] - noise[i, k]
            for j in range(parameters):
                for k in range(replicas):
                    residual[i, k] += x[i, j] * theta[j, k] * theta[j, k]
            for k in range(replicas):
                residual[i, k] *= factor
        for j in range(parameters):
            for k in range(replicas):
                change[k] = 1.0
            for i in range(samples):
                for k in range(replicas):
                    change[k] += x[i, j] * residual[i, k]
            for k in range(replicas):
                theta[j, k] *= change[k]


def network_steps(batch, rate, sigma):
    """A function that makes so many steps, and how many of them a call should make."""
    random = numpy.random.Generator(numpy.random.SFC64(1))
    x = random.standard_normal((SAMPLES, INPUTS))
    y = random.standard_normal(SAMPLES)
    w1 = random.standard_normal((INPUTS, HIDDEN)) / 3
    b1 = numpy.zeros(HIDDEN)
    w2 = random.standard_normal(HIDDEN) / 4
    b2 = numpy.zeros(1)
    steps = 100_000
    done = [0]

    def run():
        network(steps, done[0], batch, rate, sigma, x, y, w1, b1, w2, b2)
        done[0] += steps * batch

    return run, steps


def quadratic_steps(rate, sigma):
    """The same of the ensemble: a call makes so many steps of one replica."""
    random = numpy.random.Generator(numpy.random.SFC64(1))
    half = random.standard_normal((3, 3))
    x = numpy.hstack([half, -half])
    y = random.standard_normal(3)
    replicas = 256
    theta = numpy.repeat(0.3 * random.standard_normal((6, 1)), replicas, axis=1)
    steps = 10_000
    done = [0]

    def run():
        quadratic(steps, done[0], rate, sigma, x, y, theta)
        done[0] += steps

    return run, steps * replicas


STEPS = {
    "numba-mlp-small-1": lambda rate, sigma: network_steps(1, rate, sigma),
    "numba-mlp-small-8": lambda rate, sigma: network_steps(8, rate, sigma),
    "numba-ensemble-quadratic": quadratic_steps,
}
