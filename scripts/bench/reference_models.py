#!/usr/bin/env python3
"""Golden files of random models: what a plain float64 forward pass in PyTorch says of them.

Writes Hugging Face folders (config.json, safetensors) of a llama (Llama 3 rotary scaling, grouped heads, head of its own,
F16), a qwen2 (biases, tied head, BF16) and a mistral (F32, two parts with an index), one PEFT adapter for the llama (mixed ranks,
rank-stabilised), and expected.json beside each. Nothing of Seal4J is used, and nothing of transformers or peft, whose
published formulas are written out below. Not part of the build; needs torch (written with Debian's 1.13.1).

    python3 scripts/bench/reference_models.py model/src/test/resources/golden/hf lora/src/test/resources/golden/peft
"""
import json
import math
import os
import struct
import sys

import torch

NAMES = {torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16"}


def write_safetensors(path, tensors):
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name in sorted(tensors):
        t = tensors[name].contiguous()
        raw = t.view(torch.int16 if t.element_size() == 2 else torch.int32).numpy().tobytes()
        header[name] = {"dtype": NAMES[t.dtype], "shape": list(t.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as f:
        f.write(struct.pack("<Q", len(text)) + text + data)


def random_weights(c, dtype, seed):
    torch.manual_seed(seed)
    d, v, ff, k = c["hidden_size"], c["vocab_size"], c["intermediate_size"], c["head_dim"]
    q, kv = c["num_attention_heads"] * k, c["num_key_value_heads"] * k
    shapes = {"model.embed_tokens.weight": (v, d), "model.norm.weight": (d,)}
    if not c["tie_word_embeddings"]:
        shapes["lm_head.weight"] = (v, d)
    for l in range(c["num_hidden_layers"]):
        at = f"model.layers.{l}."
        shapes[at + "input_layernorm.weight"] = shapes[at + "post_attention_layernorm.weight"] = (d,)
        for name, out, into in (("q", q, d), ("k", kv, d), ("v", kv, d), ("o", d, q)):
            shapes[at + f"self_attn.{name}_proj.weight"] = (out, into)
            if c["model_type"] == "qwen2" and name != "o":
                shapes[at + f"self_attn.{name}_proj.bias"] = (out,)
        for name, out, into in (("gate", ff, d), ("up", ff, d), ("down", d, ff)):
            shapes[at + f"mlp.{name}_proj.weight"] = (out, into)
    weights = {}
    for name in sorted(shapes):
        t = torch.randn(shapes[name], dtype=torch.float64)
        if "norm" in name:
            t = 1 + 0.2 * t
        elif not name.endswith("bias") and "embed" not in name:
            t = 1.5 * t / math.sqrt(shapes[name][1])
        weights[name] = t.to(dtype)
    return weights


def frequencies(c):
    k = c["head_dim"]
    f = 1.0 / c["rope_theta"] ** (torch.arange(0, k, 2, dtype=torch.float64) / k)
    s = c.get("rope_scaling")
    if not s:
        return f
    low = s["original_max_position_embeddings"] / s["low_freq_factor"]
    high = s["original_max_position_embeddings"] / s["high_freq_factor"]
    out = []
    for x in f.tolist():
        wave = 2 * math.pi / x
        if wave < high:
            out.append(x)
        elif wave > low:
            out.append(x / s["factor"])
        else:
            smooth = (s["original_max_position_embeddings"] / wave - s["low_freq_factor"]) / (s["high_freq_factor"] - s["low_freq_factor"])
            out.append((1 - smooth) * x / s["factor"] + smooth * x)
    return torch.tensor(out, dtype=torch.float64)


def rotate(x, angle):
    """x [t, heads, k]: halves (x1, x2) become (x1 cos - x2 sin, x2 cos + x1 sin)."""
    cos, sin = angle.cos()[:, None], angle.sin()[:, None]
    a, b = x.chunk(2, dim=-1)
    return torch.cat([a * cos - b * sin, b * cos + a * sin], dim=-1)


def forward(c, weights, ids):
    w = {name: t.double() for name, t in weights.items()}
    k, h, g = c["head_dim"], c["num_attention_heads"], c["num_key_value_heads"]
    t = len(ids)
    angle = torch.arange(t, dtype=torch.float64)[:, None] * frequencies(c)[None]
    mask = torch.full((t, t), float("-inf"), dtype=torch.float64).triu(1)

    def norm(x, name):
        return x / (x.pow(2).mean(-1, keepdim=True) + c["rms_norm_eps"]).sqrt() * w[name]

    def linear(x, name):
        y = x @ w[name + ".weight"].T
        return y + w[name + ".bias"] if name + ".bias" in w else y

    x = w["model.embed_tokens.weight"][ids]
    for l in range(c["num_hidden_layers"]):
        at = f"model.layers.{l}."
        n = norm(x, at + "input_layernorm.weight")
        q = rotate(linear(n, at + "self_attn.q_proj").view(t, h, k), angle)
        key = rotate(linear(n, at + "self_attn.k_proj").view(t, g, k), angle).repeat_interleave(h // g, dim=1)
        value = linear(n, at + "self_attn.v_proj").view(t, g, k).repeat_interleave(h // g, dim=1)
        scores = torch.einsum("ihk,jhk->hij", q, key) / math.sqrt(k) + mask
        mixed = torch.einsum("hij,jhk->ihk", scores.softmax(-1), value).reshape(t, h * k)
        x = x + linear(mixed, at + "self_attn.o_proj")
        n = norm(x, at + "post_attention_layernorm.weight")
        gate = linear(n, at + "mlp.gate_proj")
        x = x + linear(gate * gate.sigmoid() * linear(n, at + "mlp.up_proj"), at + "mlp.down_proj")
    head = "model.embed_tokens.weight" if c["tie_word_embeddings"] else "lm_head.weight"
    return norm(x, "model.norm.weight") @ w[head].T


def expected(c, weights, folder):
    torch.manual_seed(7)
    ids = torch.randint(0, c["vocab_size"], (40,))
    logits = forward(c, weights, ids)
    nll = -logits[:-1].log_softmax(-1).gather(1, ids[1:, None]).mean().item()
    rows = {str(t): [round(x, 7) for x in logits[t].tolist()] for t in (0, 21, 39)}
    with open(os.path.join(folder, "expected.json"), "w") as f:
        json.dump({"ids": ids.tolist(), "logits": rows, "mean_nll": round(nll, 7)}, f)
        f.write("\n")


def write_json(path, value):
    with open(path, "w") as f:
        json.dump(value, f, indent=1)
        f.write("\n")


def sizes(model_type, **more):
    c = {"model_type": model_type, "vocab_size": 24, "hidden_size": 16, "intermediate_size": 20, "num_hidden_layers": 2,
         "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 6, "hidden_act": "silu",
         "max_position_embeddings": 256, "rms_norm_eps": 1e-5, "rope_theta": 10000.0, "tie_word_embeddings": False}
    c.update(more)
    return c


def model(folder, c, dtype, seed, parts=1):
    os.makedirs(folder, exist_ok=True)
    weights = random_weights(c, dtype, seed)
    write_json(os.path.join(folder, "config.json"), c)
    if parts == 1:
        write_safetensors(os.path.join(folder, "model.safetensors"), weights)
    else:
        index = {}
        for p in range(parts):
            file = f"model-{p + 1:05d}-of-{parts:05d}.safetensors"
            mine = {name: t for i, (name, t) in enumerate(sorted(weights.items())) if i % parts == p}
            write_safetensors(os.path.join(folder, file), mine)
            index.update({name: file for name in mine})
        write_json(os.path.join(folder, "model.safetensors.index.json"),
                   {"metadata": {"total_size": sum(t.numel() * t.element_size() for t in weights.values())}, "weight_map": index})
    expected(c, weights, folder)
    return weights


def adapter(folder, c, weights):
    """y = x W' + s (x A') B' with s = alpha / sqrt(r) and r, alpha by module."""
    os.makedirs(folder, exist_ok=True)
    torch.manual_seed(11)
    tensors, merged = {}, {name: t.double() for name, t in weights.items()}
    for name in sorted(weights):
        leaf = name.split(".")[-2]
        if leaf not in ("q_proj", "down_proj", "lm_head"):
            continue
        module = name[: -len(".weight")]
        r, alpha = (5 if leaf == "down_proj" else 2), (3 if leaf == "q_proj" else 6)
        out, into = weights[name].shape
        a, b = torch.randn(r, into) / math.sqrt(into), 0.3 * torch.randn(out, r)
        tensors[f"base_model.model.{module}.lora_A.weight"] = a
        tensors[f"base_model.model.{module}.lora_B.weight"] = b
        merged[name] = merged[name] + alpha / math.sqrt(r) * (b.double() @ a.double())
    write_safetensors(os.path.join(folder, "adapter_model.safetensors"), tensors)
    write_json(os.path.join(folder, "adapter_config.json"),
               {"alpha_pattern": {"q_proj": 3}, "base_model_name_or_path": "llama", "bias": "none", "fan_in_fan_out": False,
                "inference_mode": True, "init_lora_weights": True, "lora_alpha": 6, "lora_dropout": 0.05, "modules_to_save": None,
                "peft_type": "LORA", "r": 2, "rank_pattern": {"mlp.down_proj": 5},
                "target_modules": ["q_proj", "down_proj", "lm_head"], "task_type": "CAUSAL_LM", "use_dora": False, "use_rslora": True})
    expected(c, merged, folder)


if __name__ == "__main__":
    models, adapters = sys.argv[1], sys.argv[2]
    scaling = {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 32}
    llama = sizes("llama", rope_scaling=scaling, rope_theta=100.0)
    weights = model(os.path.join(models, "llama"), llama, torch.float16, 1)
    model(os.path.join(models, "qwen2"), sizes("qwen2", tie_word_embeddings=True, rms_norm_eps=1e-6, num_key_value_heads=1), torch.bfloat16, 2)
    model(os.path.join(models, "mistral"), sizes("mistral", sliding_window=None, rope_theta=1e6), torch.float32, 3, parts=2)
    adapter(adapters, llama, weights)
    # The adapter's base, so that the test of adapters needs no other module's files.
    model(os.path.join(adapters, "base"), llama, torch.float16, 1)
