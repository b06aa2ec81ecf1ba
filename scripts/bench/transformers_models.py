#!/usr/bin/env python3
"""Small random models of families that transformers defines, as it saves them, and what it says of them; the same with an adapter of peft.

Each model is a folder with config.json and model.safetensors as save_pretrained writes them, and expected.json with token ids, the
logits of some positions, the mean negative log-likelihood and the first 12 numbers of its gradient by each trained weight. Nothing of Seal4J is used. Not part of the build; needs torch,
transformers, peft (written with 2.15.0, 5.24.0 and 0.21.2).

    python3 scripts/bench/transformers_models.py model/src/test/resources/golden/hf lora/src/test/resources/golden/peft-families
"""
import contextlib
import json
import math
import os
import shutil
import sys

import torch
from peft import LoraConfig, get_peft_model
from transformers import (Gemma2Config, Gemma2ForCausalLM, Gemma3ForCausalLM, Gemma3TextConfig, Qwen3Config, Qwen3ForCausalLM, SmolLM3Config,
                          SmolLM3ForCausalLM)

SIZES = dict(vocab_size=24, hidden_size=16, intermediate_size=20, num_attention_heads=4, num_key_value_heads=2,
             max_position_embeddings=256, bos_token_id=None, pad_token_id=None, eos_token_id=[5, 7])
GEMMA = dict(SIZES, hidden_size=12, head_dim=6)


def randomize(model, seed):
    g = torch.Generator().manual_seed(seed)
    for name, p in sorted(model.named_parameters()):
        t = torch.randn(p.shape, generator=g)
        if "norm" in name:
            t = 0.3 * t if model.config.model_type.startswith("gemma") else 1 + 0.3 * t
        elif "embed" not in name:
            t = 1.5 * t / math.sqrt(p.shape[1])
        p.data.copy_(t)


@contextlib.contextmanager
def all_double():
    """transformers computes norms, softmax and angles in float32 whatever the model's type is: here they too are float64."""
    to, floats, softmax = torch.Tensor.to, torch.Tensor.float, torch.nn.functional.softmax

    def wide(x):
        return torch.float64 if x is torch.float32 else x

    torch.Tensor.to = lambda self, *a, **k: to(self, *map(wide, a), **{n: wide(v) for n, v in k.items()})
    torch.Tensor.float = lambda self: self.double()
    torch.nn.functional.softmax = lambda x, *a, **k: softmax(x, *a, **{n: wide(v) for n, v in k.items()})
    try:
        yield
    finally:
        torch.Tensor.to, torch.Tensor.float, torch.nn.functional.softmax = to, floats, softmax


def expected(model, folder):
    model = model.double().eval()
    c = model.config
    size = getattr(c, "head_dim", None) or c.hidden_size // c.num_attention_heads
    for module in model.modules():
        if hasattr(module, "embed_scale"):  # which was rounded as the weights were
            module.embed_scale = torch.tensor(module.scalar_embed_scale, dtype=torch.float64)
        for kind in ("", "full_attention", "sliding_attention"):
            name = kind + "_inv_freq" if kind else "inv_freq"
            if hasattr(module, name):
                rope = c.rope_parameters[kind] if kind else c.rope_parameters
                setattr(module, name, rope["rope_theta"] ** -(torch.arange(0, size, 2, dtype=torch.float64) / size) / rope.get("factor", 1))
    ids = torch.randint(0, SIZES["vocab_size"], (40,), generator=torch.Generator().manual_seed(7))
    with all_double():
        logits = model(ids[None]).logits[0]
    assert logits.dtype == torch.float64
    nll = -logits[:-1].log_softmax(-1).gather(1, ids[1:, None]).mean()
    nll.backward()
    rows = {str(t): [round(x, 7) for x in logits[t].tolist()] for t in (0, 21, 39)}
    gradients = {name: [round(x, 9) for x in p.grad.flatten()[:12].tolist()] for name, p in model.named_parameters() if p.requires_grad}
    with open(os.path.join(folder, "expected.json"), "w") as f:
        json.dump({"ids": ids.tolist(), "logits": rows, "mean_nll": round(nll.item(), 7), "gradients": gradients}, f)
        f.write("\n")


def save(kind, config, folder, seed, dtype):
    torch.manual_seed(seed)
    config._attn_implementation = "eager"
    model = kind(config)
    randomize(model, seed)
    model = model.to(dtype)
    model.save_pretrained(folder)
    for extra in ("generation_config.json",):
        path = os.path.join(folder, extra)
        if os.path.exists(path):
            os.remove(path)
    expected(model.float(), folder)


def adapter(kind, base, folder, lora, seed):
    shutil.copytree(base, os.path.join(folder, "base"), dirs_exist_ok=True)
    os.remove(os.path.join(folder, "base", "expected.json"))
    torch.manual_seed(seed)
    model = get_peft_model(kind.from_pretrained(base, dtype=torch.float32, attn_implementation="eager"), lora)
    g = torch.Generator().manual_seed(seed)
    for name, p in sorted(model.named_parameters()):
        if "lora_B" in name:
            p.data.copy_(0.3 * torch.randn(p.shape, generator=g))
    model.save_pretrained(folder)
    os.remove(os.path.join(folder, "README.md"))
    path = os.path.join(folder, "adapter_config.json")
    with open(path) as f:
        config = json.load(f)
    config["base_model_name_or_path"] = os.path.basename(base)
    config["target_modules"] = sorted(config["target_modules"])
    with open(path, "w") as f:
        json.dump(config, f, indent=1)
        f.write("\n")
    expected(model, folder)


if __name__ == "__main__":
    models, adapters = sys.argv[1], sys.argv[2]
    qwen3 = Qwen3Config(num_hidden_layers=2, head_dim=6, rope_theta=1e6, rms_norm_eps=1e-6, **SIZES)
    save(Qwen3ForCausalLM, qwen3, os.path.join(models, "qwen3"), 21, torch.bfloat16)
    tied = Qwen3Config(num_hidden_layers=1, head_dim=8, tie_word_embeddings=True, **SIZES)
    save(Qwen3ForCausalLM, tied, os.path.join(models, "qwen3-tied"), 22, torch.float32)
    smollm3 = SmolLM3Config(num_hidden_layers=5, **SIZES)
    save(SmolLM3ForCausalLM, smollm3, os.path.join(models, "smollm3"), 23, torch.bfloat16)
    listed = SmolLM3Config(num_hidden_layers=3, no_rope_layers=[0, 1, 0], rope_theta=1e4, tie_word_embeddings=False, **SIZES)
    save(SmolLM3ForCausalLM, listed, os.path.join(models, "smollm3-listed"), 24, torch.float32)
    gemma2 = Gemma2Config(num_hidden_layers=3, query_pre_attn_scalar=6, sliding_window=7, attn_logit_softcapping=2.0, final_logit_softcapping=3.0, **GEMMA)
    save(Gemma2ForCausalLM, gemma2, os.path.join(models, "gemma2"), 25, torch.bfloat16)
    listed = Gemma2Config(num_hidden_layers=2, query_pre_attn_scalar=9, sliding_window=1, attn_logit_softcapping=None, final_logit_softcapping=None,
                          layer_types=["full_attention", "sliding_attention"], tie_word_embeddings=False, **GEMMA)
    save(Gemma2ForCausalLM, listed, os.path.join(models, "gemma2-listed"), 26, torch.float32)
    gemma3 = Gemma3TextConfig(num_hidden_layers=7, query_pre_attn_scalar=6, sliding_window=5, **GEMMA)
    save(Gemma3ForCausalLM, gemma3, os.path.join(models, "gemma3"), 27, torch.bfloat16)
    rope = {"full_attention": {"rope_type": "linear", "factor": 8.0, "rope_theta": 1000.0},
            "sliding_attention": {"rope_type": "default", "rope_theta": 100.0}}
    scaled = Gemma3TextConfig(num_hidden_layers=2, query_pre_attn_scalar=9, sliding_window=11, final_logit_softcapping=4.0, rope_parameters=rope,
                              layer_types=["sliding_attention", "full_attention"], **GEMMA)
    save(Gemma3ForCausalLM, scaled, os.path.join(models, "gemma3-scaled"), 28, torch.float32)
    everywhere = dict(r=2, lora_alpha=6, target_modules="all-linear", task_type="CAUSAL_LM")
    adapter(Qwen3ForCausalLM, os.path.join(models, "qwen3"), os.path.join(adapters, "qwen3"), LoraConfig(**everywhere), 31)
    some = dict(r=3, lora_alpha=6, use_rslora=True, target_modules=["q_proj", "k_proj", "down_proj"], task_type="CAUSAL_LM")
    adapter(SmolLM3ForCausalLM, os.path.join(models, "smollm3"), os.path.join(adapters, "smollm3"), LoraConfig(**some), 32)
    adapter(Gemma2ForCausalLM, os.path.join(models, "gemma2"), os.path.join(adapters, "gemma2"), LoraConfig(**everywhere), 33)
    adapter(Gemma3ForCausalLM, os.path.join(models, "gemma3"), os.path.join(adapters, "gemma3"), LoraConfig(**some), 34)
