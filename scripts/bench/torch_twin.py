#!/usr/bin/env python3
"""The workloads of EngineBench in PyTorch: same model, same weights, same data, one thread, process CPU time.

Usage: torch_twin.py --weights FOLDER [--check] [--fused] [--only NAMES] [--repetitions N] [--log FILE]
FOLDER is what `scripts/bench/run.sh engine --export FOLDER` wrote. --check compares losses and tokens with
the engine's instead of timing. --fused takes PyTorch's own attention and fused AdamW where they exist (2.x);
without it the model is written out plainly. Not part of the build, and nothing in the project needs it.
"""
import argparse
import json
import math
import os
import struct
import sys
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("MKL_NUM_THREADS", "1")
import numpy
import torch
import torch.nn.functional as F

ADAPTERS, STEPS, BATCH, TIME, RANK, ALPHA = 16, 20, 4, 96, 8, 16
PROMPT, NEW_TOKENS = 32, 128
SHAPES = {"small": (16, 104), "large": (4, 256)}
BATCHES = 8
MAX_LOSS_DIFFERENCE = 5e-5


def read_safetensors(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    metadata = header.pop("__metadata__", {})
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        array = numpy.frombuffer(data[begin:end], dtype="<f4").reshape(entry["shape"])
        tensors[name] = torch.from_numpy(array.copy())
    return tensors, metadata


def sequences(vocab, first, count, length):
    n = torch.arange(first * length, (first + count) * length, dtype=torch.int64)
    return ((((n * 2654435761 + 12345) & 0xFFFFFFFF) >> 8) % vocab).view(count, length)


class Model:
    """A Llama-style decoder; `linear(module, x)` may be replaced to add adapters."""

    def __init__(self, weights, config, fused):
        self.w, self.c, self.fused = weights, config, fused
        half = config["headSize"] // 2
        powers = torch.arange(half, dtype=torch.float64) * 2 / config["headSize"]
        angles = torch.arange(1024, dtype=torch.float64)[:, None] * (1 / config["ropeTheta"] ** powers).float().double()
        self.cos, self.sin = angles.cos().float(), angles.sin().float()
        self.future = torch.ones(1024, 1024, dtype=torch.bool).triu(1)

    def linear(self, module, x):
        return F.linear(x, self.w[module + ".weight"])

    def norm(self, name, x):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.c["normEps"]) * self.w[name + ".weight"]

    def rotate(self, x, start):
        t, half = x.shape[2], x.shape[3] // 2
        cos, sin = self.cos[start:start + t], self.sin[start:start + t]
        a, b = x[..., :half], x[..., half:]
        return torch.cat((a * cos - b * sin, a * sin + b * cos), -1)

    def attend(self, q, k, v, start):
        if self.fused and (start == 0 or q.shape[2] == 1):
            return F.scaled_dot_product_attention(q, k, v, is_causal=start == 0)
        scores = q @ k.transpose(2, 3) / math.sqrt(q.shape[3])
        if q.shape[2] > 1:
            scores = scores.masked_fill(self.future[start:start + q.shape[2], :k.shape[2]], -math.inf)
        return scores.softmax(-1) @ v

    def logits(self, ids, positions, start=0, cache=None):
        b, t = ids.shape
        h, k = self.c["heads"], self.c["headSize"]
        x = F.embedding(ids, self.w["model.embed_tokens.weight"])
        if self.c["pairPositions"]:
            x = x + F.embedding(positions, self.w["model.embed_pair_positions.weight"])
        for l in range(self.c["layers"]):
            at = f"model.layers.{l}."
            n = self.norm(at + "input_layernorm", x)
            q = self.rotate(self.linear(at + "self_attn.q_proj", n).view(b, t, h, k).transpose(1, 2), start)
            key = self.rotate(self.linear(at + "self_attn.k_proj", n).view(b, t, h, k).transpose(1, 2), start)
            value = self.linear(at + "self_attn.v_proj", n).view(b, t, h, k).transpose(1, 2)
            if cache is not None:
                cache[l][0][:, :, start:start + t] = key
                cache[l][1][:, :, start:start + t] = value
                key, value = cache[l][0][:, :, :start + t], cache[l][1][:, :, :start + t]
            mixed = self.attend(q, key, value, start).transpose(1, 2).reshape(b, t, h * k)
            x = x + self.linear(at + "self_attn.o_proj", mixed)
            n = self.norm(at + "post_attention_layernorm", x)
            inner = F.silu(self.linear(at + "mlp.gate_proj", n)) * self.linear(at + "mlp.up_proj", n)
            x = x + self.linear(at + "mlp.down_proj", inner)
        return self.linear("lm_head", self.norm("model.norm", x))

    def positions(self, ids):
        pairs = self.c["pairPositions"]
        return (torch.arange(ids.shape[1]) % pairs).expand(ids.shape) if pairs else None


def adamw(parameters, fused):
    options = {"fused": True} if fused else {}
    return torch.optim.AdamW(parameters, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, **options)


class Muon:
    """Momentum made nearly orthogonal (Jordan et al. 2024), for hidden matrices; the rest gets AdamW."""

    def __init__(self, parameters):
        self.moments = [(p, torch.zeros_like(p)) for p in parameters]

    @torch.no_grad()
    def step(self):
        for p, m in self.moments:
            m.mul_(0.95).add_(p.grad)
            x = p.grad + 0.95 * m
            x = x / (x.norm() + 1e-7)
            wide = x.shape[0] <= x.shape[1]
            for _ in range(5):
                gram = x @ x.T if wide else x.T @ x
                polynomial = -4.7750 * gram + 2.0315 * (gram @ gram)
                x = 3.4445 * x + (polynomial @ x if wide else x @ polynomial)
            p.add_(x, alpha=-0.02 * math.sqrt(max(1.0, p.shape[0] / p.shape[1])))


class Training:
    def __init__(self, bench, size, optimizer):
        weights, config = bench.load(size)
        for w in weights.values():
            w.requires_grad_(True)
        self.model, self.weights = Model(weights, config, bench.fused), weights
        self.batch, self.time = SHAPES[size]
        hidden = [w for n, w in weights.items() if optimizer == "muon" and ".layers." in n and w.dim() == 2]
        rest = [w for w in weights.values() if not any(w is h for h in hidden)]
        self.optimizers = [adamw(rest, bench.fused)] + ([Muon(hidden)] if hidden else [])
        self.done = 0

    def step(self):
        vocab = self.model.c["vocabSize"]
        tokens = sequences(vocab, self.done % BATCHES * self.batch, self.batch, self.time + 1)
        ids = tokens[:, :-1]
        for w in self.weights.values():
            w.grad = None
        logits = self.model.logits(ids, self.model.positions(ids))
        loss = F.cross_entropy(logits.view(-1, vocab), tokens[:, 1:].reshape(-1))
        loss.backward()
        torch.nn.utils.clip_grad_norm_(list(self.weights.values()), 1.0)
        for optimizer in self.optimizers:
            optimizer.step()
        self.done += 1
        return loss.item()


class Adapted(Model):
    """n adapters over a frozen base; with n = 1 in plain matrices, else in batched products."""

    def __init__(self, weights, config, fused, factors):
        super().__init__(weights, config, fused)
        self.factors = factors

    def linear(self, module, x):
        y = F.linear(x, self.w[module + ".weight"])
        if module + ".lora_A" not in self.factors:
            return y
        a, b = self.factors[module + ".lora_A"], self.factors[module + ".lora_B"]
        if a.dim() == 2:
            return y + (x @ a) * (ALPHA / RANK) @ b
        grouped = x.reshape(a.shape[0], -1, x.shape[-1])
        return y + torch.bmm(torch.bmm(grouped, a) * (ALPHA / RANK), b).view(y.shape)


class InnerLoop:
    def __init__(self, bench):
        self.bench = bench
        self.weights, self.config = bench.load("small")
        self.fresh, _ = read_safetensors(os.path.join(bench.folder, "adapters.safetensors"))

    def train(self, adapters):
        """Trains adapters together; the losses [steps][adapters]."""
        n, alone = len(adapters), len(adapters) == 1
        pick = (lambda f: f[adapters[0]].clone()) if alone else (lambda f: f[adapters].clone())
        factors = {name: pick(f).requires_grad_(True) for name, f in self.fresh.items()}
        model = Adapted(self.weights, self.config, self.bench.fused, factors)
        parameters = list(factors.values())
        optimizer = adamw(parameters, self.bench.fused)
        vocab = self.config["vocabSize"]
        tokens = torch.cat([sequences(vocab, i * BATCH, BATCH, TIME + 1) for i in adapters])
        ids, targets = tokens[:, :-1], tokens[:, 1:].reshape(-1)
        curves = []
        for _ in range(STEPS):
            for p in parameters:
                p.grad = None
            logits = model.logits(ids, model.positions(ids)).view(-1, vocab)
            losses = F.cross_entropy(logits, targets, reduction="none").view(n, -1).mean(1)
            losses.sum().backward()
            self.clip(parameters, alone)
            optimizer.step()
            curves.append(losses.detach())
        return torch.stack(curves).tolist()

    @staticmethod
    def clip(parameters, alone):
        if alone:
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            return
        norms = torch.stack([p.grad.pow(2).sum((1, 2)) for p in parameters]).sum(0).sqrt()
        factor = (1 / norms).clamp(max=1.0)[:, None, None]
        for p in parameters:
            p.grad.mul_(factor)

    def together(self):
        return self.train(list(range(ADAPTERS)))

    def alone(self):
        return [self.train([i]) for i in range(ADAPTERS)]


class Decoding:
    def __init__(self, bench, size):
        weights, self.config = bench.load(size)
        self.model = Model(weights, self.config, bench.fused)

    @torch.inference_mode()
    def generate(self, batch):
        c = self.config
        ids = sequences(c["vocabSize"], 0, batch, PROMPT)
        positions = self.model.positions(ids)
        shape = (batch, c["heads"], PROMPT + NEW_TOKENS, c["headSize"])
        cache = [(torch.empty(shape), torch.empty(shape)) for _ in range(c["layers"])]
        last = PROMPT - 1
        self.model.logits(ids[:, :last], None if positions is None else positions[:, :last], 0, cache)
        token, position = ids[:, last:], None if positions is None else positions[:, last:]
        tokens = []
        for i in range(NEW_TOKENS):
            token = self.model.logits(token, position, last + i, cache)[:, -1].argmax(-1, keepdim=True)
            position = None if position is None else torch.zeros_like(token)
            tokens.append(token)
        return torch.cat(tokens, 1).tolist()


class Bench:
    def __init__(self, options):
        self.folder, self.fused = options.weights, options.fused
        self.only = set(options.only.split(",")) if options.only else set()
        self.repetitions, self.log = options.repetitions, options.log

    def load(self, size):
        weights, metadata = read_safetensors(os.path.join(self.folder, size + ".safetensors"))
        return weights, json.loads(metadata["model"])

    def run(self):
        for size, warm, runs in (("small", 10, 5), ("large", 2, 1)):
            names = [f"train-{size}-adamw", f"train-{size}-muon"]
            self.time([(n, lambda n=n: Training(self, size, n.split("-")[2]).step) for n in names], warm, runs)
        self.time([("inner-together", lambda: InnerLoop(self).together),
                   ("inner-alone", lambda: InnerLoop(self).alone)], 1, 1)
        for size in SHAPES:
            self.time([(f"decode-{size}-{b}", lambda b=b: lambda d=Decoding(self, size): d.generate(b))
                       for b in (1, 32)], 2, 1)

    def time(self, workloads, warm, runs):
        wanted = [(name, make()) for name, make in workloads if not self.only or name in self.only]
        for _, body in wanted:
            for _ in range(warm):
                body()
        samples = {name: [] for name, _ in wanted}
        for _ in range(self.repetitions):
            for name, body in wanted:
                start = time.process_time()
                for _ in range(runs):
                    body()
                samples[name].append((time.process_time() - start) * 1e3 / runs)
        for name, values in samples.items():
            median = float(numpy.median(values))
            print(f"{name:<22} {median:9.2f} ms  ({min(values):.2f} to {max(values):.2f}, n = {len(values)})", flush=True)
            if self.log:
                peer = "PyTorch, fused" if self.fused else "PyTorch"
                with open(self.log, "a") as log:
                    log.write(f"# {peer}: PyTorch {torch.__version__}, {'MKL' if torch.backends.mkl.is_available() else 'no MKL'}\n")
                    log.writelines(f"{peer}\t{name}\t{v:.4f}\n" for v in values)

    def check(self):
        expected = {}
        with open(os.path.join(self.folder, "expected.tsv")) as file:
            for line in file:
                name, *values = line.rstrip("\n").split("\t")
                expected.setdefault(name, []).append([float(v) for v in values])
        worst = 0.0
        for size in SHAPES:
            for optimizer in ("adamw", "muon"):
                name = f"train-{size}-{optimizer}"
                training = Training(self, size, optimizer)
                worst = max(worst, self.compare(name, [[training.step() for _ in expected[name][0]]], expected[name]))
        inner = InnerLoop(self)
        worst = max(worst, self.compare("inner-together", list(zip(*inner.together())), expected["inner"]))
        worst = max(worst, self.compare("inner-alone", [[s[0] for s in c] for c in inner.alone()], expected["inner"]))
        for size in SHAPES:
            for batch in (1, 32):
                name = f"decode-{size}-{batch}"
                got = Decoding(self, size).generate(batch)
                same = sum(g == e for gs, es in zip(got, expected[name]) for g, e in zip(gs, es))
                print(f"{name:<22} {same} of {batch * NEW_TOKENS} greedy tokens the same")
        print(f"worst difference of a loss: {worst:.2e} ({'fair' if worst <= MAX_LOSS_DIFFERENCE else 'NOT THE SAME MODEL'})")
        return 0 if worst <= MAX_LOSS_DIFFERENCE else 1

    @staticmethod
    def compare(name, got, expected):
        differences = [abs(g - e) for gs, es in zip(got, expected) for g, e in zip(gs, es)]
        print(f"{name:<22} losses {expected[0][0]:.6f} .. {expected[0][-1]:.6f}, twin {got[0][0]:.6f} .. "
              f"{got[0][-1]:.6f}, worst of {len(differences)}: {max(differences):.2e}", flush=True)
        return max(differences)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", required=True)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--fused", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--repetitions", type=int, default=7)
    parser.add_argument("--log")
    options = parser.parse_args()
    torch.set_num_threads(1)
    sys.exit(Bench(options).check() if options.check else Bench(options).run())


if __name__ == "__main__":
    main()
