"""Steps of PyTorch's optimisers and schedulers in float64, for TorchStepsTest to compare with.

Usage: python3 make_steps.py > steps.txt. The file beside this one was made by it with PyTorch 1.13; where PyTorch is at
hand the test makes it anew and reads that. A line is a name, a number of steps, and the 12 numbers x after them, of
f(x) = sum of a x^2/2 + x^4/4 - b x; or, for schedules, one number: the learning rate of that step.
"""
import math

import torch

SIZE = 12
AT = [1, 2, 10, 100, 1000]
A = torch.tensor([0.3 + 0.25 * j for j in range(SIZE)], dtype=torch.float64)
START = [math.cos(1.7 * j) * 2 for j in range(SIZE)]
# every minimum is so far from the start, on the other side of 0, that rules which divide by the gradient's size do not
# come near to it, where they go to and fro and double every rounding
B = torch.tensor([-math.copysign(10.0 + j, START[j]) for j in range(SIZE)], dtype=torch.float64)


def value(x):
    return (A * x * x / 2 + x ** 4 / 4 - B * x).sum()


def show(name, k, numbers):
    print(name, k, *(repr(float(v)) for v in numbers))


def run(name, make, before=None, scheduler=None, sam=0):
    x = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    optimiser = make([x])
    rates = scheduler(optimiser) if scheduler else None
    for k in range(1, AT[-1] + 1):
        optimiser.zero_grad()
        value(x).backward()
        if sam:
            # PyTorch has no SAM: its definition by hand, with the gradient by autograd
            here = x.detach().clone()
            with torch.no_grad():
                x += sam * x.grad / torch.sqrt((x.grad * x.grad).sum())
            optimiser.zero_grad()
            value(x).backward()
            with torch.no_grad():
                x.copy_(here)
        if before:
            before(x)
        optimiser.step()
        if rates:
            rates.step()
        if k in AT:
            show(name, k, x.detach())


def clip_norm(most):
    """As Optax does; PyTorch's clip_grad_norm_ divides by the norm + 1e-6."""

    def clip(x):
        norm = torch.sqrt((x.grad * x.grad).sum())
        if norm > most:
            x.grad *= most / norm

    return clip


def schedule(name, make, steps):
    x = torch.tensor([1.0], requires_grad=True)
    optimiser = torch.optim.SGD([x], lr=0.1)
    rates = make(optimiser)
    for k in range(steps + 1):
        show(name, k, [optimiser.param_groups[0]["lr"]])
        optimiser.step()
        rates.step()


o = torch.optim
run("plain", lambda p: o.SGD(p, lr=0.01))
run("heavy-ball", lambda p: o.SGD(p, lr=0.01, momentum=0.9))
run("nesterov", lambda p: o.SGD(p, lr=0.01, momentum=0.9, nesterov=True))
run("rmsprop", lambda p: o.RMSprop(p, lr=0.001))
run("adam", lambda p: o.Adam(p, lr=0.001))
run("adam of other numbers", lambda p: o.Adam(p, lr=0.001, betas=(0.8, 0.95), eps=1e-3))
run("adamw", lambda p: o.AdamW(p, lr=0.001, weight_decay=0.1))
run("sam", lambda p: o.SGD(p, lr=0.01), sam=0.2)
run("sam over adam", lambda p: o.Adam(p, lr=0.001), sam=0.2)
run("plain with weight decay", lambda p: o.SGD(p, lr=0.01, weight_decay=0.3))
run("nesterov with weight decay", lambda p: o.SGD(p, lr=0.01, momentum=0.9, nesterov=True, weight_decay=0.3))
run("adam with weight decay", lambda p: o.Adam(p, lr=0.001, weight_decay=0.3))
run("rmsprop with weight decay", lambda p: o.RMSprop(p, lr=0.001, weight_decay=0.3))
run("plain, clipped by value", lambda p: o.SGD(p, lr=0.01), before=lambda x: torch.nn.utils.clip_grad_value_([x], 0.5))
run("adam, clipped by norm", lambda p: o.Adam(p, lr=0.001), before=clip_norm(0.7))
run("nesterov by cosine", lambda p: o.SGD(p, lr=0.01, momentum=0.9, nesterov=True),
    scheduler=lambda q: o.lr_scheduler.CosineAnnealingLR(q, T_max=1000, eta_min=0.001))
run("adam by steps", lambda p: o.Adam(p, lr=0.001), scheduler=lambda q: o.lr_scheduler.StepLR(q, 100, 0.7))
schedule("steps", lambda q: o.lr_scheduler.StepLR(q, 3, 0.5), 20)
schedule("exponential", lambda q: o.lr_scheduler.ExponentialLR(q, 0.01 ** (1 / 20)), 20)
schedule("cosine", lambda q: o.lr_scheduler.CosineAnnealingLR(q, T_max=20, eta_min=0.02), 20)
schedule("warm-up", lambda q: o.lr_scheduler.LinearLR(q, 1 / 5, 1, 4), 20)
