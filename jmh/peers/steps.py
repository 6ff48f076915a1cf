#!/usr/bin/env python3
"""The steps that the benchmarks time, in PyTorch (eager and TorchScript, float64, one thread), in vectorised numpy and in numba.

    python3 jmh/peers/steps.py [--seconds S] [NAME ...]

prints one JSON object: versions, and for each name the nanoseconds of a step, the median of some short rounds. Names: mlp-small-1,
mlp-small-8, mlp-middle-32, conv-16, hvp-mlp-middle, gradient-mlp-middle (PyTorch), the first three again with script- before them
(TorchScript), ensemble-quadratic (numpy), numba-mlp-small-1, numba-mlp-small-8, numba-ensemble-quadratic (numba). Without names all of them.

On Debian: apt-get install python3-torch python3-numba. What is missing is named in the JSON under "missing", and the rest is timed.
"""

import argparse
import json
import os
import platform
import statistics
import sys
import time

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

try:
    import numpy
except ImportError:
    numpy = None
try:
    import torch
except ImportError:
    torch = None
try:
    import numba
    import numba_steps
except ImportError:
    numba = None

LEARNING_RATE = 1e-4
LABEL_NOISE = 0.1
ROUNDS = 7


def time_step(step, seconds):
    """Nanoseconds of a step: warmed up, then the median of rounds."""
    end = time.perf_counter() + 0.3 * seconds
    warm = 0
    began = time.perf_counter()
    while time.perf_counter() < end or warm < 3:
        step()
        warm += 1
    per_step = (time.perf_counter() - began) / warm
    count = max(1, int(seconds / ROUNDS / per_step))
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for _ in range(count):
            step()
        times.append((time.perf_counter() - began) / count)
    return 1e9 * statistics.median(times)


def mlp(layers):
    parts = []
    for i in range(len(layers) - 1):
        parts.append(torch.nn.Linear(layers[i], layers[i + 1]))
        if i + 2 < len(layers):
            parts.append(torch.nn.Tanh())
    return torch.nn.Sequential(*parts)


def conv():
    return torch.nn.Sequential(
        torch.nn.Conv2d(3, 16, 3, padding=1, bias=False),
        torch.nn.GroupNorm(4, 16),
        torch.nn.ReLU(),
        torch.nn.Conv2d(16, 32, 3, padding=1),
        torch.nn.ReLU(),
        torch.nn.AvgPool2d(2),
        torch.nn.Flatten(),
        torch.nn.Linear(32 * 16 * 16, 10),
    )


def training_step(model, inputs, batch, scripted=False):
    """Label-noise SGD as a user writes it: draw the batch, flip signs for the noise, backward, optimiser. Scripted: network and loss are one
    TorchScript function, which it fuses and differentiates itself."""
    samples = 64
    with torch.no_grad():
        outputs = model(inputs[:1]).shape[1]
    targets = torch.randn(samples, outputs)
    optimiser = torch.optim.SGD(model.parameters(), lr=LEARNING_RATE)

    class Loss(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.model = model

        def forward(self, x, y):
            error = self.model(x) - y
            return (error * error).sum() * (0.5 / batch)

    loss_of = Loss()
    if scripted:
        loss_of = torch.jit.trace(loss_of, (inputs[:batch], targets[:batch]))

    def step():
        index = torch.randint(samples, (batch,))
        noise = torch.randint(2, (batch, outputs)).to(torch.float64).mul_(2 * LABEL_NOISE).sub_(LABEL_NOISE)
        optimiser.zero_grad(set_to_none=True)
        loss_of(inputs[index], targets[index] + noise).backward()
        optimiser.step()

    return step


def middle_loss():
    model = mlp([784, 128, 64, 10])
    inputs = torch.randn(32, 784)
    targets = torch.randn(32, 10)
    parameters = list(model.parameters())

    def loss():
        error = model(inputs) - targets
        return (error * error).sum() * (0.5 / 32)

    return parameters, loss


def gradient_middle():
    parameters, loss = middle_loss()
    return lambda: torch.autograd.grad(loss(), parameters)


def hvp_middle():
    parameters, loss = middle_loss()
    direction = [torch.randn_like(p) for p in parameters]

    def step():
        gradient = torch.autograd.grad(loss(), parameters, create_graph=True)
        torch.autograd.grad(gradient, parameters, grad_outputs=direction)

    return step


def ensemble_quadratic():
    """4,096 replicas (256 take numpy longer each) of f = <x, u*u - v*v>, three samples, full batch, replicas last; the time is that of a step of one replica."""
    replicas = 4096
    random = numpy.random.Generator(numpy.random.SFC64(1))
    x = random.standard_normal((3, 3))
    x = numpy.hstack([x, -x])
    y = random.standard_normal(3)
    theta = numpy.repeat(0.3 * random.standard_normal((6, 1)), replicas, axis=1)
    clean = numpy.repeat(y[:, None], replicas, axis=1)
    factor = -LEARNING_RATE * 2 / 3
    transposed = numpy.ascontiguousarray(x.T)
    square = numpy.empty_like(theta)
    residual = numpy.empty((3, replicas))
    noise = numpy.empty((3, replicas))
    change = numpy.empty_like(theta)

    def step():
        bits = numpy.unpackbits(numpy.frombuffer(random.bytes(3 * replicas // 8), dtype=numpy.uint8))
        numpy.multiply(bits.reshape(3, replicas), 2 * LABEL_NOISE, out=noise)
        numpy.subtract(noise, LABEL_NOISE, out=noise)
        numpy.multiply(theta, theta, out=square)
        numpy.matmul(x, square, out=residual)
        numpy.subtract(residual, clean, out=residual)
        numpy.subtract(residual, noise, out=residual)
        numpy.matmul(transposed, residual, out=change)
        numpy.multiply(change, theta, out=change)
        numpy.multiply(change, factor, out=change)
        numpy.add(theta, change, out=theta)

    return step, replicas


TORCH = {
    "mlp-small-1": lambda: training_step(mlp([10, 20, 1]), torch.randn(64, 10), 1),
    "mlp-small-8": lambda: training_step(mlp([10, 20, 1]), torch.randn(64, 10), 8),
    "mlp-middle-32": lambda: training_step(mlp([784, 128, 64, 10]), torch.randn(64, 784), 32),
    "conv-16": lambda: training_step(conv(), torch.randn(64, 3, 32, 32), 16),
    "gradient-mlp-middle": gradient_middle,
    "hvp-mlp-middle": hvp_middle,
}
for shape, layers, batch in (("small-1", [10, 20, 1], 1), ("small-8", [10, 20, 1], 8), ("middle-32", [784, 128, 64, 10], 32)):
    TORCH["script-mlp-" + shape] = lambda l=layers, b=batch: training_step(mlp(l), torch.randn(64, l[0]), b, scripted=True)
NUMPY = {"ensemble-quadratic": ensemble_quadratic}
NUMBA = ("numba-mlp-small-1", "numba-mlp-small-8", "numba-ensemble-quadratic")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--seconds", type=float, default=2.0, help="time for each step (2)")
    arguments = parser.parse_args()
    known = [*TORCH, *NUMPY, *NUMBA]
    names = arguments.names or known
    for name in names:
        if name not in known:
            parser.error(f"no step {name}; there are {', '.join(known)}")

    result = {"versions": {"python": platform.python_version()}, "missing": [], "nanoseconds": {}}
    if torch is None:
        result["missing"].append("torch: apt-get install python3-torch")
    else:
        torch.set_num_threads(1)
        torch.set_default_dtype(torch.float64)
        torch.manual_seed(1)
        result["versions"]["torch"] = torch.__version__
    if numpy is None:
        result["missing"].append("numpy: apt-get install python3-numpy")
    else:
        result["versions"]["numpy"] = numpy.__version__
    if numba is None:
        result["missing"].append("numba: apt-get install python3-numba")
    else:
        result["versions"]["numba"] = numba.__version__

    for name in names:
        if name in TORCH and torch is not None:
            result["nanoseconds"][name] = time_step(TORCH[name](), arguments.seconds)
        if name in NUMPY and numpy is not None:
            step, replicas = NUMPY[name]()
            result["nanoseconds"][name] = time_step(step, arguments.seconds) / replicas
        if name in NUMBA and numba is not None:
            run, steps = numba_steps.STEPS[name](LEARNING_RATE, LABEL_NOISE)
            result["nanoseconds"][name] = time_step(run, arguments.seconds) / steps
    json.dump(result, sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
