"""Networks of PyTorch with random weights, their θ in Lowland's order, inputs, and what PyTorch predicts, in float64.

Usage: python3 make_fixtures.py FOLDER. The files beside this one were made by it with PyTorch 1.13; TorchTest reads
them, and where PyTorch is at hand makes them anew and reads those. theta() is the function of docs/pytorch.md.
"""
import json
import sys

import numpy as np
import torch
from torch import nn


def theta(model):
    """Every parameter in the order of its layer: matrices of linear layers are transposed, all else stays as it is."""
    parts = [p.t() if p.dim() == 2 else p for p in model.parameters()]
    return torch.cat([p.reshape(-1) for p in parts]).detach().double().numpy()


class Block(nn.Module):
    """A residual block; what comes first here comes first in θ."""

    def __init__(self, inputs, filters, stride, groups):
        super().__init__()
        self.first = nn.Conv2d(inputs, filters, 3, stride, 1, bias=False)
        self.norm1 = nn.GroupNorm(groups(filters), filters)
        self.second = nn.Conv2d(filters, filters, 3, 1, 1, bias=False)
        self.norm2 = nn.GroupNorm(groups(filters), filters)
        self.shortcut = nn.Sequential()
        if stride != 1 or inputs != filters:
            self.shortcut = nn.Sequential(
                nn.Conv2d(inputs, filters, 1, stride, bias=False), nn.GroupNorm(groups(filters), filters))

    def forward(self, x):
        inner = torch.relu(self.norm1(self.first(x)))
        return torch.relu(self.norm2(self.second(inner)) + self.shortcut(x))


def resnet(channels, outputs, filters, blocks_per_stage, groups):
    layers = [nn.Conv2d(channels, filters[0], 3, 1, 1, bias=False), nn.GroupNorm(groups(filters[0]), filters[0]), nn.ReLU()]
    width = filters[0]
    for stage, wide in enumerate(filters):
        for i in range(blocks_per_stage):
            layers.append(Block(width, wide, 2 if stage > 0 and i == 0 else 1, groups))
            width = wide
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(width, outputs))


def networks():
    """Name, field "model" of the problem file, shape of an input, and the network."""
    yield ("mlp", {"kind": "mlp", "layers": [5, 7, 6, 3], "activation": "gelu"}, (5,), nn.Sequential(
        nn.Linear(5, 7), nn.GELU(), nn.Linear(7, 6), nn.GELU(), nn.Linear(6, 3)))
    yield ("convnet", {
        "kind": "convnet", "channels": 2, "height": 7, "width": 6, "outputs": 3, "activation": "silu", "blocks": [
            {"filters": 4, "kernel": 3, "groups": 2, "pooling": "average"},
            {"filters": 6, "kernel": 2, "stride": 2, "padding": 1, "pooling": "max"},
            {"filters": 4, "kernel": 1, "channelsPerGroup": 1, "padding": 0}]}, (2, 7, 6), nn.Sequential(
        nn.Conv2d(2, 4, 3, padding=1, bias=False), nn.GroupNorm(2, 4), nn.SiLU(), nn.AvgPool2d(2),
        nn.Conv2d(4, 6, 2, 2, 1), nn.SiLU(), nn.MaxPool2d(2),
        nn.Conv2d(6, 4, 1, bias=False), nn.GroupNorm(4, 4), nn.SiLU(), nn.Flatten(), nn.Linear(4, 3)))
    yield ("resnet", {
        "kind": "resnet", "channels": 3, "height": 6, "width": 5, "outputs": 4, "channelsPerGroup": 2,
        "blocksPerStage": 2, "filters": [4, 6]}, (3, 6, 5), resnet(3, 4, [4, 6], 2, lambda filters: filters // 2))


def main(folder):
    for seed, (name, fields, shape, network) in enumerate(networks()):
        torch.manual_seed(seed)
        network = network.double()
        for p in network.parameters():  # norms start at 1 and 0, where mistakes hide
            nn.init.normal_(p, std=0.5)
        x = torch.randn(6, *shape, dtype=torch.float64)
        predictions = network(x).detach()
        np.save(f"{folder}/{name}-theta.npy", theta(network))
        np.save(f"{folder}/{name}-predictions.npy", predictions.numpy())
        outputs = predictions.shape[1]
        np.savez(f"{folder}/{name}.npz", x=x.numpy(), y=(np.arange(6) % outputs).astype(np.int64))
        with open(f"{folder}/{name}.json", "w") as file:
            json.dump({
                "model": fields, "loss": "cross-entropy",
                "data": {"npz": f"{name}.npz", "inputs": "x", "targets": "y"},
                "theta": {"npy": f"{name}-theta.npy"},
                "sgd": {"learningRate": 0.01, "batchSize": "full", "flipProbability": 0.2}}, file, indent=1)


if __name__ == "__main__":
    main(sys.argv[1])
