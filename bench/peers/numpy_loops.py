"""Backpropagation of a dense net as one writes it in NumPy: JSON in, figures as JSON out."""
import json
import sys
import time

import numpy as np

job = json.load(sys.stdin)
widths = job["widths"]
x, y = np.array(job["x"]), np.array(job["y"])
W, b = [], []
at = row = 0
for below, width in zip(widths, widths[1:]):
    W.append(np.array(job["W"][at : at + width * below]).reshape(width, below))
    b.append(np.array(job["b"][row : row + width]))
    at += width * below
    row += width


def gradients():
    a = [x]
    for weights, bias in zip(W[:-1], b[:-1]):
        a.append(np.tanh(weights @ a[-1] + bias))
    z = W[-1] @ a[-1] + b[-1]
    e = np.exp(z - z.max())
    p = e / e.sum()
    loss = -(y @ np.log(p))
    delta = p * y.sum() - y
    dW, db = [], []
    for layer in range(len(W) - 1, -1, -1):
        dW.append(np.outer(delta, a[layer]))
        db.append(delta)
        if layer:
            delta = (W[layer].T @ delta) * (1 - a[layer] ** 2)
    return loss, dW[::-1], db[::-1]


loss, dW, db = gradients()
times = []
start = time.process_time()
while time.process_time() - start < job["seconds"]:
    before = time.process_time()
    for _ in range(20):
        gradients()
    times.append((time.process_time() - before) / 20)

print(
    json.dumps(
        {
            "ms": 1000 * sum(times) / len(times),
            "value": float(loss),
            "dW": [float(part) for layer in dW for part in layer.ravel()],
            "db": [float(part) for layer in db for part in layer],
        }
    )
)
