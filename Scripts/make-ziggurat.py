#!/usr/bin/env python3
"""Writes the ziggurat tables (Marsaglia and Tsang 2000, 256 layers) as C: Scripts/make-ziggurat.py > FILE.

The tables are in the source so that a draw has the same bits on every machine, whatever its mathematical library."""
from mpmath import mp, mpf, exp, log, sqrt, erfc, pi

mp.dps = 40
LAYERS = 256


def table(f, inverse, tail, start):
    def leftover(r):
        area = r * f(r) + tail(r)
        x, y = r, f(r)
        for _ in range(LAYERS - 2):
            y += area / x
            if y >= 1:
                return mpf(1) + y
            x = inverse(y)
        return y + area / x - 1

    low, high = mpf(start) - mpf("0.1"), mpf(start) + mpf("0.1")
    for _ in range(120):
        middle = (low + high) / 2
        if leftover(middle) > 0:
            low = middle
        else:
            high = middle
    r = (low + high) / 2
    area = r * f(r) + tail(r)
    edges = [area / f(r), r]
    y = f(r)
    for _ in range(LAYERS - 2):
        y += area / edges[-1]
        edges.append(inverse(y))
    edges.append(mpf(0))
    return edges, [f(x) for x in edges]


def show(name, values):
    cells = ",\n    ".join(float(v).hex() for v in values)
    print(f"const double {name}[{len(values)}] = {{\n    {cells},\n}};\n")


def show_layers(name, edges):
    cells = ",\n    ".join(
        f"{{{(float(wide) * 2.0**-53).hex()}, {float(next).hex()}}}" for wide, next in zip(edges, edges[1:])
    )
    print(f"const struct tare_layer {name}[{len(edges) - 1}] = {{\n    {cells},\n}};\n")


print("// Made by Scripts/make-ziggurat.py. Edges of the layers, widest first, and the density at each edge.")
print('#include "tare_linux.h"\n')
edges, heights = table(lambda x: exp(-x), lambda y: -log(y), lambda r: exp(-r), "7.697")
show("tare_exponential_edges", edges)
show("tare_exponential_heights", heights)
show_layers("tare_exponential_layers", edges)
edges, heights = table(
    lambda x: exp(-x * x / 2), lambda y: sqrt(-2 * log(y)), lambda r: sqrt(pi / 2) * erfc(r / sqrt(2)), "3.654"
)
show("tare_normal_edges", edges)
show("tare_normal_heights", heights)
