"""Writes files as PyTorch's state_dicts give them, and what the modules make of an input.

    python3 make.py

Weights, inputs and results of the cells and of the convolutional network are those of the golden
layers, which PyTorch 1.13.1 computed in float64. The long short-term memories and the attention of
several heads are computed here, as PyTorch documents them. Names, element types and the order of
the tensors are those of state_dict and safetensors.torch.save_file.
"""

import json
import math
import os
import random
import struct

HERE = os.path.dirname(os.path.abspath(__file__))
GOLDEN = os.path.join(HERE, "..", "..", "..", "internal", "golden", "testdata", "layers.json")


def f16(x):
    return struct.pack("<e", x)


def bf16(x):  # rounded to even
    bits = struct.unpack("<I", struct.pack("<f", x))[0]
    return struct.pack("<H", (bits + 0x7FFF + (bits >> 16 & 1)) >> 16)


PACK = {
    "F64": lambda x: struct.pack("<d", x), "F32": lambda x: struct.pack("<f", x), "F16": f16, "BF16": bf16,
    "I64": lambda x: struct.pack("<q", x), "I32": lambda x: struct.pack("<i", x), "I16": lambda x: struct.pack("<h", x),
    "I8": lambda x: struct.pack("<b", x), "U8": lambda x: struct.pack("<B", x), "BOOL": lambda x: struct.pack("<?", x),
}


def save(name, tensors):
    """Writes a file; tensors are (name, dtype, shape, numbers)."""
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for key, dtype, shape, numbers in tensors:
        block = b"".join(PACK[dtype](x) for x in numbers)
        header[key] = {"dtype": dtype, "shape": shape, "data_offsets": [len(data), len(data) + len(block)]}
        data += block
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(os.path.join(HERE, name + ".safetensors"), "wb") as f:
        f.write(struct.pack("<Q", len(text)) + text + data)


def golden(id):
    with open(GOLDEN) as f:
        return next(c for c in json.load(f)["cases"] if c["id"] == id)


def of(t, name, dtype="F64"):
    return (name, dtype, t["shape"], t["data"])


def matvec(w, x, n):  # w has rows of n
    return [math.fsum(w[i * n + k] * x[k] for k in range(n)) for i in range(len(w) // n)]


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


def lstm(w_ih, w_hh, b_ih, b_hh, xs, hidden):
    h, c, out = [0.0] * hidden, [0.0] * hidden, []
    for x in xs:
        a, b = matvec(w_ih, x, len(x)), matvec(w_hh, h, hidden)
        z = [math.fsum(t) for t in zip(a, b_ih, b, b_hh)]
        i, f, g, o = (z[k * hidden:(k + 1) * hidden] for k in range(4))
        c = [sigmoid(f[k]) * c[k] + sigmoid(i[k]) * math.tanh(g[k]) for k in range(hidden)]
        h = [sigmoid(o[k]) * math.tanh(c[k]) for k in range(hidden)]
        out += h
    return out


def attention(w, b, out_w, out_b, xs, features, heads):
    size = features // heads
    q, k, v = ([[s + t for s, t in zip(matvec(w[p * features * features:(p + 1) * features * features], x, features), b[p * features:])]
                for x in xs] for p in range(3))
    rows = []
    for i in range(len(xs)):
        joined = []
        for h in range(heads):
            part = slice(h * size, (h + 1) * size)
            scores = [math.fsum(s * t for s, t in zip(q[i][part], k[j][part])) / math.sqrt(size) for j in range(len(xs))]
            e = [math.exp(s - max(scores)) for s in scores]
            joined += [math.fsum(e[j] * v[j][part][m] for j in range(len(xs))) / math.fsum(e) for m in range(size)]
        rows += [s + t for s, t in zip(matvec(out_w, joined, features), out_b)]
    return rows


def main():
    results = {}

    def result(name, x, shape, y):
        results[name] = {"x": x, "shape": shape, "y": y}

    c = golden("mlp_xent/2")
    p = c["inputs"]
    save("mlp", [of(p["w1"], "0.weight"), of(p["b1"], "0.bias"), of(p["w2"], "2.weight"), of(p["b2"], "2.bias")])
    result("mlp", p["x"]["data"], p["x"]["shape"], c["value"]["data"])
    results["mlp"]["labels"] = c["const"]["label"]["data"]

    c = golden("cnn_xent/0")
    p = c["inputs"]
    n = p["g"]["shape"]
    save("cnn", [
        of(p["cw"], "features.0.weight"), of(c["const"]["cb"] if "const" in c and "cb" in c["const"] else p["cb"], "features.0.bias"),
        of(p["g"], "features.1.weight"), of(p["be"], "features.1.bias"),
        ("features.1.running_mean", "F64", n, [0.0] * n[0]), ("features.1.running_var", "F64", n, [1.0] * n[0]),
        ("features.1.num_batches_tracked", "I64", [], [7]),
        of(p["w"], "classifier.weight"), of(p["b"], "classifier.bias"),
    ])
    result("cnn", p["x"]["data"], p["x"]["shape"], c["value"]["data"])
    results["cnn"]["labels"] = c["const"]["label"]["data"]

    c = golden("prelu/1")
    p = c["inputs"]
    save("prelu", [of(p["weight"], "0.weight")])
    result("prelu", p["x"]["data"], p["x"]["shape"], c["value"]["data"])

    rng = random.Random(3)
    draw = lambda n: [rng.uniform(-1, 1) for _ in range(n)]
    w_ih, w_hh, b_ih, b_hh, x = draw(8 * 3), draw(8 * 2), draw(8), draw(8), draw(5 * 3)
    save("lstm", [("0.weight_ih_l0", "F64", [8, 3], w_ih), ("0.weight_hh_l0", "F64", [8, 2], w_hh),
                  ("0.bias_ih_l0", "F64", [8], b_ih), ("0.bias_hh_l0", "F64", [8], b_hh)])
    result("lstm", x, [1, 5, 3], lstm(w_ih, w_hh, b_ih, b_hh, [x[3 * i:3 * i + 3] for i in range(5)], 2))

    w, b, out_w, out_b, x = draw(12 * 4), draw(12), draw(16), draw(4), draw(3 * 4)
    save("attention", [("0.in_proj_weight", "F64", [12, 4], w), ("0.in_proj_bias", "F64", [12], b),
                       ("0.out_proj.weight", "F64", [4, 4], out_w), ("0.out_proj.bias", "F64", [4], out_b)])
    result("attention", x, [1, 3, 4], attention(w, b, out_w, out_b, [x[4 * i:4 * i + 4] for i in range(3)], 4, 2))

    xs, tensors, width = [draw(3) for _ in range(4)], [], 3
    shown = [v for x in xs for v in x]
    for layer in range(2):
        both = []
        for end in ("", "_reverse"):
            p = draw(8 * width), draw(8 * 2), draw(8), draw(8)
            for key, shape, v in zip(("weight_ih", "weight_hh", "bias_ih", "bias_hh"), ([8, width], [8, 2], [8], [8]), p):
                tensors.append((f"0.{key}_l{layer}{end}", "F64", shape, v))
            h = lstm(*p, xs[::-1] if end else xs, 2)
            states = [h[2 * i:2 * i + 2] for i in range(len(xs))]
            both.append(states[::-1] if end else states)
        xs, width = [a + b for a, b in zip(*both)], 4
    save("bilstm", tensors)
    result("bilstm", shown, [1, 4, 3], [v for x in xs for v in x])

    numbers = [1.0, -2.5, 65504.0, 6e-8, 0.1, -0.0, math.inf]
    save("types", [("f32", "F32", [7], numbers), ("f16", "F16", [7], numbers), ("bf16", "BF16", [7], numbers),
                   ("i64", "I64", [2], [-(2**53), 3]), ("i32", "I32", [2], [-(2**31), 2**31 - 1]), ("i16", "I16", [2], [-(2**15), 7]),
                   ("i8", "I8", [2], [-128, 127]), ("u8", "U8", [2], [0, 255]), ("bool", "BOOL", [2], [False, True])])
    with open(os.path.join(HERE, "results.json"), "w") as f:
        json.dump(results, f, separators=(",", ":"))
        f.write("\n")


main()
