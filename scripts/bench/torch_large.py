#!/usr/bin/env python3
"""LargeModelBench in PyTorch: the same folder, prompt and adapter, written plainly, one thread, process CPU time.

    torch_large.py --make FOLDER     a random model of the shape of Qwen2.5-0.5B in BF16 (1 GB, in parts)
    torch_large.py FOLDER            load, decode, train an adapter; prints what each took

Not part of the build.
"""
import json
import math
import os
import resource
import struct
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
import torch
import torch.nn.functional as F

torch.set_num_threads(1)
CONFIG = {"architectures": ["Qwen2ForCausalLM"], "model_type": "qwen2", "vocab_size": 151936, "hidden_size": 896, "intermediate_size": 4864,
          "num_hidden_layers": 24, "num_attention_heads": 14, "num_key_value_heads": 2, "hidden_act": "silu", "max_position_embeddings": 32768,
          "rms_norm_eps": 1e-6, "rope_theta": 1000000.0, "tie_word_embeddings": True, "use_sliding_window": False, "torch_dtype": "bfloat16"}
INDEX, PART = "model.safetensors.index.json", 400_000_000
PROMPT, NEW_TOKENS, TIME, STEPS, RANK, ALPHA = 32, 24, 256, 3, 16, 32


def shapes(c):
    d, ff, k = c["hidden_size"], c["intermediate_size"], c["hidden_size"] // c["num_attention_heads"]
    kv = c["num_key_value_heads"] * k
    yield "model.embed_tokens.weight", (c["vocab_size"], d)
    yield "model.norm.weight", (d,)
    for l in range(c["num_hidden_layers"]):
        at = f"model.layers.{l}."
        yield at + "input_layernorm.weight", (d,)
        yield at + "post_attention_layernorm.weight", (d,)
        for name, out, into, bias in (("self_attn.q", d, d, True), ("self_attn.k", kv, d, True), ("self_attn.v", kv, d, True),
                                      ("self_attn.o", d, d, False), ("mlp.gate", ff, d, False), ("mlp.up", ff, d, False), ("mlp.down", d, ff, False)):
            yield at + name + "_proj.weight", (out, into)
            if bias:
                yield at + name + "_proj.bias", (out,)


def make(folder):
    os.makedirs(folder, exist_ok=True)
    torch.manual_seed(1)
    all_shapes = dict(shapes(CONFIG))
    parts, size = [[]], 0
    for name in sorted(all_shapes):
        size += 2 * math.prod(all_shapes[name])
        if size > PART and parts[-1]:
            parts, size = parts + [[]], 2 * math.prod(all_shapes[name])
        parts[-1].append(name)
    where = {}
    for i, names in enumerate(parts):
        file = f"model-{i + 1:05d}-of-{len(parts):05d}.safetensors"
        where.update({name: file for name in names})
        header, at = {"__metadata__": {"format": "pt"}}, 0
        for name in names:
            size = 2 * math.prod(all_shapes[name])
            header[name] = {"dtype": "BF16", "shape": list(all_shapes[name]), "data_offsets": [at, at + size]}
            at += size
        text = json.dumps(header, separators=(",", ":")).encode()
        text += b" " * (-len(text) % 8)
        with open(os.path.join(folder, file), "wb") as f:
            f.write(struct.pack("<Q", len(text)) + text)
            for name in names:
                shape = all_shapes[name]
                t = torch.ones(shape) if "norm" in name else torch.randn(shape) * (0.02 if len(shape) == 2 else 0.1)
                f.write(t.to(torch.bfloat16).view(torch.int16).numpy().tobytes())
    with open(os.path.join(folder, INDEX), "w") as f:
        json.dump({"metadata": {}, "weight_map": where}, f, indent=1)
    with open(os.path.join(folder, "config.json"), "w") as f:
        json.dump(CONFIG, f, indent=1)


def load(folder):
    weights = {}
    with open(os.path.join(folder, INDEX)) as f:
        files = sorted(set(json.load(f)["weight_map"].values()))
    for file in files:
        with open(os.path.join(folder, file), "rb") as f:
            header = json.loads(f.read(struct.unpack("<Q", f.read(8))[0]))
            for name, entry in header.items():
                if name != "__metadata__":
                    size = entry["data_offsets"][1] - entry["data_offsets"][0]
                    raw = torch.frombuffer(bytearray(f.read(size)), dtype=torch.bfloat16)
                    weights[name] = raw.view(entry["shape"]).float()
    return weights


class Model:
    def __init__(self, weights, c, adapters=None):
        self.w, self.c, self.adapters = weights, c, adapters or {}
        k = c["hidden_size"] // c["num_attention_heads"]
        f = 1 / c["rope_theta"] ** (torch.arange(0, k, 2, dtype=torch.float64) / k)
        angles = torch.arange(1024, dtype=torch.float64)[:, None] * f
        self.cos, self.sin = angles.cos().float(), angles.sin().float()

    def linear(self, module, x):
        y = F.linear(x, self.w[module + ".weight"], self.w.get(module + ".bias"))
        if module in self.adapters:
            a, b = self.adapters[module]
            y = y + F.linear(F.linear(x, a) * (ALPHA / RANK), b)
        return y

    def norm(self, x, name):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.c["rms_norm_eps"]) * self.w[name]

    def rotate(self, x, start):
        cos, sin = self.cos[start:start + x.shape[1]], self.sin[start:start + x.shape[1]]
        a, b = x.chunk(2, -1)
        return torch.cat((a * cos - b * sin, a * sin + b * cos), -1)

    def logits(self, ids, start=0, cache=None, last=False):
        t, h, g = len(ids), self.c["num_attention_heads"], self.c["num_key_value_heads"]
        k = self.c["hidden_size"] // h
        x = F.embedding(ids, self.w["model.embed_tokens.weight"])
        for l in range(self.c["num_hidden_layers"]):
            at = f"model.layers.{l}."
            n = self.norm(x, at + "input_layernorm.weight")
            q = self.rotate(self.linear(at + "self_attn.q_proj", n).view(t, h, k).transpose(0, 1), start)
            key = self.rotate(self.linear(at + "self_attn.k_proj", n).view(t, g, k).transpose(0, 1), start)
            value = self.linear(at + "self_attn.v_proj", n).view(t, g, k).transpose(0, 1)
            if cache is not None:
                cache[l][0][:, start:start + t], cache[l][1][:, start:start + t] = key, value
                key, value = cache[l][0][:, :start + t], cache[l][1][:, :start + t]
            scores = q.reshape(g, h // g * t, k) @ key.transpose(1, 2) / math.sqrt(k)
            scores = scores.view(g, h // g, t, -1)
            if t > 1:
                scores = scores.masked_fill(torch.ones(t, start + t, dtype=torch.bool).triu(start + 1), -math.inf)
            mixed = (scores.softmax(-1).view(g, h // g * t, -1) @ value).view(h, t, k).transpose(0, 1).reshape(t, h * k)
            x = x + self.linear(at + "self_attn.o_proj", mixed)
            n = self.norm(x, at + "post_attention_layernorm.weight")
            x = x + self.linear(at + "mlp.down_proj", F.silu(self.linear(at + "mlp.gate_proj", n)) * self.linear(at + "mlp.up_proj", n))
        x = self.norm(x[-1:] if last else x, "model.norm.weight")
        return F.linear(x, self.w["model.embed_tokens.weight"])


def sequence(vocab, length):
    n = torch.arange(length, dtype=torch.int64)
    return (((n * 2654435761 + 12345) & 0xFFFFFFFF) >> 8) % vocab


def say(what, seconds, parts=1):
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)
    print(f"{what:42s} {seconds / parts:8.3f} CPU s, peak {peak:.2f} GiB", flush=True)


def decode(model, c):
    g, k = c["num_key_value_heads"], c["hidden_size"] // c["num_attention_heads"]
    cache = [(torch.zeros(g, 128, k), torch.zeros(g, 128, k)) for _ in range(c["num_hidden_layers"])]
    with torch.no_grad():
        ids = sequence(c["vocab_size"], PROMPT)
        start = time.process_time()
        tokens = [int(model.logits(ids, 0, cache, True).argmax())]
        say("prompt of 32", time.process_time() - start)
        start = time.process_time()
        for i in range(NEW_TOKENS):
            tokens.append(int(model.logits(torch.tensor(tokens[-1:]), PROMPT + i, cache, True).argmax()))
        say("a token, batch 1", time.process_time() - start, NEW_TOKENS)
    print("greedy", tokens)


def train(weights, c):
    torch.manual_seed(2)
    adapters = {}
    for name, shape in shapes(c):
        if name.endswith("_proj.weight"):
            a = (torch.rand(RANK, shape[1]) * 2 - 1) / math.sqrt(shape[1])
            adapters[name[:-7]] = (a.requires_grad_(), torch.zeros(shape[0], RANK, requires_grad=True))
    model = Model(weights, c, adapters)
    parameters = [p for pair in adapters.values() for p in pair]
    optimizer = torch.optim.AdamW(parameters, lr=1e-4, weight_decay=0.0)
    ids = sequence(c["vocab_size"], TIME + 1)
    losses = []
    for step in range(1 + STEPS):
        if step == 1:
            start = time.process_time()
        optimizer.zero_grad()
        loss = F.cross_entropy(model.logits(ids[:-1]), ids[1:])
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        losses.append(loss.item())
    say("a step of 256 tokens", time.process_time() - start, STEPS)
    print("losses", losses)


if __name__ == "__main__":
    if sys.argv[1] == "--make":
        make(sys.argv[2])
    else:
        begin = time.process_time()
        loaded = load(sys.argv[1])
        say("loading", time.process_time() - begin)
        config = json.load(open(os.path.join(sys.argv[1], "config.json")))
        decode(Model(loaded, config), config)
        train(loaded, config)
