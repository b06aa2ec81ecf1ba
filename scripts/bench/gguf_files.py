#!/usr/bin/env python3
"""Golden GGUF files, written by Python's gguf package and its numpy dequantisers.

types.gguf holds one tensor of random blocks of every type that Seal4J reads; types.f32 holds their values as gguf gives them,
one tensor behind the other. written.gguf holds the same values as gguf writes them in F32, F16, Q8_0 and Q4_0. The models are those of golden/hf (see reference_models.py and transformers_models.py) as converters write them: rows of
query and key of llama, mistral and smollm3 as neighbouring planes, the scaling of Llama 3 as the tensor rope_freqs, gains of gemma with one added. Their logits are those of
expected.json beside the Hugging Face form. Nothing of Seal4J is used. Not part of the build; needs numpy and gguf (written with 2.4.6
and 0.19.0).

    python3 scripts/bench/gguf_files.py model/src/test/resources/golden
"""
import json
import math
import os
import struct
import sys

import gguf
import numpy as np
from gguf import GGMLQuantizationType as T

TYPES = [T.F32, T.F16, T.BF16, T.Q4_0, T.Q4_1, T.Q5_0, T.Q5_1, T.Q8_0, T.Q2_K, T.Q3_K, T.Q4_K, T.Q5_K, T.Q6_K]

# Where a block has numbers of 16 bits, which must be finite: offsets in bytes.
HALVES = {T.F16: [0], T.BF16: [], T.Q4_0: [0], T.Q4_1: [0, 2], T.Q5_0: [0], T.Q5_1: [0, 2], T.Q8_0: [0], T.Q2_K: [80, 82],
          T.Q3_K: [108], T.Q4_K: [0, 2], T.Q5_K: [0, 2], T.Q6_K: [208]}


def blocks(kind, count, rng):
    """Random bytes, their scales random numbers of both signs."""
    values, size = gguf.GGML_QUANT_SIZES[kind]
    if kind == T.F32:
        return rng.standard_normal((count, 1)).astype(np.float32).view(np.uint8)
    if kind == T.BF16:
        return (rng.standard_normal((count, 1)).astype(np.float32).view(np.uint32) >> 16).astype(np.uint16).view(np.uint8)
    raw = rng.integers(0, 256, (count, size), dtype=np.uint8)
    for at in HALVES[kind]:
        raw[:, at:at + 2] = rng.standard_normal((count, 1)).astype(np.float16).view(np.uint8)
    return raw


def types(folder):
    rng = np.random.default_rng(13)
    writer = gguf.GGUFWriter(os.path.join(folder, "types.gguf"), "llama")
    with open(os.path.join(folder, "types.f32"), "wb") as f:
        for kind in TYPES:
            values, size = gguf.GGML_QUANT_SIZES[kind]
            rows, across = 2, max(2, 64 // values)
            raw = blocks(kind, rows * across, rng).reshape(rows, across * size)
            dtype = {T.F32: np.float32, T.F16: np.float16}.get(kind)
            if dtype is not None:
                writer.add_tensor(kind.name, raw.view(dtype))
            else:
                writer.add_tensor(kind.name, raw, raw_dtype=kind)
            f.write(gguf.dequantize(raw if dtype is None else raw.view(dtype), kind).astype("<f4").tobytes())
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def written(folder):
    """The same values in every type that is written; among them blocks of zeros, halfway cases and tiny numbers."""
    rng = np.random.default_rng(17)
    values = rng.standard_normal((24, 64)).astype(np.float32)
    values[0] = 0
    values[1] = np.arange(64, dtype=np.float32) - 32.5
    values[2] *= 1e-6
    values[3] *= 1e4
    values[4] = np.round(values[4] * 254) / 2
    values[4, ::32] = 127
    writer = gguf.GGUFWriter(os.path.join(folder, "written.gguf"), "llama")
    for kind in (T.F32, T.F16, T.Q8_0, T.Q4_0):
        raw = gguf.quantize(values, kind)
        if kind in (T.F32, T.F16):
            writer.add_tensor(kind.name, raw)
        else:
            writer.add_tensor(kind.name, raw, raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def safetensors(folder):
    tensors = {}
    for file in sorted(os.listdir(folder)):
        if file.endswith(".safetensors"):
            with open(os.path.join(folder, file), "rb") as f:
                raw = f.read()
            n = struct.unpack("<Q", raw[:8])[0]
            for name, t in json.loads(raw[8:8 + n]).items():
                if name == "__metadata__":
                    continue
                part = raw[8 + n + t["data_offsets"][0]:8 + n + t["data_offsets"][1]]
                if t["dtype"] == "BF16":
                    x = (np.frombuffer(part, "<u2").astype(np.uint32) << 16).view(np.float32)
                else:
                    x = np.frombuffer(part, {"F16": "<f2", "F32": "<f4"}[t["dtype"]]).astype(np.float32)
                tensors[name] = x.reshape(t["shape"])
    return tensors


def neighbours(x, heads):
    """Rows (i, i + k/2) of each head become (2i, 2i + 1)."""
    k = x.shape[0] // heads
    return x.reshape(heads, 2, k // 2, -1).swapaxes(1, 2).reshape(x.shape)


LEAVES = {"input_layernorm": "attn_norm", "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v",
          "self_attn.q_norm": "attn_q_norm", "self_attn.k_norm": "attn_k_norm", "self_attn.o_proj": "attn_output", "post_attention_layernorm": "ffn_norm", "mlp.gate_proj": "ffn_gate",
          "mlp.up_proj": "ffn_up", "mlp.down_proj": "ffn_down"}
GEMMA = dict(LEAVES, post_attention_layernorm="post_attention_norm", pre_feedforward_layernorm="ffn_norm", post_feedforward_layernorm="post_ffw_norm")
OUTSIDE = {"model.embed_tokens.weight": "token_embd.weight", "model.norm.weight": "output_norm.weight", "lm_head.weight": "output.weight"}


def rope_factors(c):
    s = c["rope_scaling"]
    factors = []
    for i in range(c["head_dim"] // 2):
        wave = 2 * math.pi * c["rope_theta"] ** (2 * i / c["head_dim"])
        original = s["original_max_position_embeddings"]
        smooth = (original / wave - s["low_freq_factor"]) / (s["high_freq_factor"] - s["low_freq_factor"])
        smooth = min(1.0, max(0.0, smooth))
        factors.append(1 / ((1 - smooth) / s["factor"] + smooth))
    return np.array(factors, dtype=np.float32)


def model(source, file):
    with open(os.path.join(source, "config.json")) as f:
        c = json.load(f)
    arch = {"mistral": "llama", "gemma3_text": "gemma3"}.get(c["model_type"], c["model_type"])
    gemma = arch.startswith("gemma")
    head_dim = c.get("head_dim", c["hidden_size"] // c["num_attention_heads"])
    rope = c if "rope_theta" in c else c["rope_parameters"]
    theta = rope.get("full_attention", rope)["rope_theta"]
    w = gguf.GGUFWriter(file, arch)
    w.add_context_length(c["max_position_embeddings"])
    w.add_embedding_length(c["hidden_size"])
    w.add_block_count(c["num_hidden_layers"])
    w.add_feed_forward_length(c["intermediate_size"])
    w.add_head_count(c["num_attention_heads"])
    w.add_head_count_kv(c["num_key_value_heads"])
    w.add_key_length(head_dim)
    w.add_value_length(head_dim)
    w.add_rope_dimension_count(head_dim)
    w.add_rope_freq_base(theta)
    w.add_layer_norm_rms_eps(c["rms_norm_eps"])
    w.add_vocab_size(c["vocab_size"])
    if "rope_scaling" in c:
        w.add_rope_scaling_orig_ctx_len(c["rope_scaling"]["original_max_position_embeddings"])
        w.add_tensor("rope_freqs.weight", rope_factors(c))
    if gemma:
        w.add_sliding_window(c["sliding_window"])
        for cap, add in (("attn_logit_softcapping", w.add_attn_logit_softcapping), ("final_logit_softcapping", w.add_final_logit_softcapping)):
            if c[cap] is not None:
                add(c[cap])
    for name, x in safetensors(source).items():
        if gemma and "norm" in name:
            x = x + 1
        to = OUTSIDE.get(name)
        if to is None:
            layer, rest = name[len("model.layers."):].split(".", 1)
            leaf, kind = rest.rsplit(".", 1)
            to = f"blk.{layer}.{(GEMMA if gemma else LEAVES)[leaf]}.{kind}"
            if arch in ("llama", "smollm3") and leaf in ("self_attn.q_proj", "self_attn.k_proj"):
                x = neighbours(x, c["num_attention_heads" if "q_proj" in leaf else "num_key_value_heads"])
        w.add_tensor(to, np.ascontiguousarray(x))
    w.write_header_to_file()
    w.write_kv_data_to_file()
    w.write_tensors_to_file()
    w.close()


if __name__ == "__main__":
    golden = sys.argv[1]
    folder = os.path.join(golden, "gguf")
    os.makedirs(folder, exist_ok=True)
    types(folder)
    written(folder)
    for name in ("llama", "qwen2", "mistral", "qwen3", "smollm3", "gemma2", "gemma3"):
        model(os.path.join(golden, "hf", name), os.path.join(folder, name + ".gguf"))
