#!/usr/bin/env python3
"""Random models of qwen3, smollm3, gemma2 and gemma3, and adapters of them, from transformers and peft through seal into llama.cpp: the same tokens?

Each model is saved by transformers, written as GGUF by `seal export`, and continued greedily by llama.cpp (xllamacpp) and by transformers;
so is an adapter of peft that `seal export --format lora` wrote. Then the GGUF is made a Hugging Face folder by `seal import`, which
transformers must read to the same logits. A check by hand, in a folder of its own; needs torch, transformers, peft and xllamacpp
(2.15.0, 5.24.0, 0.21.2 and 2026.10.11549), which may be that of another environment (--llama PYTHON).

    python3 scripts/bench/families_llama_cpp.py WORK --seal scripts/seal [--llama PYTHON]
"""
import argparse
import json
import os
import shutil
import subprocess
import sys

TOKENS = 40
BYTES = []

CONTINUE = """
import json, sys
import xllamacpp as x
model, adapter, ids, count, barred = sys.argv[1], sys.argv[2], *map(json.loads, sys.argv[3:])
p = x.CommonParams()
p.model.path = model
p.n_ctx, p.n_parallel, p.warmup = 256, 1, False
p.cpuparams.n_threads = 1
if adapter:
    p.lora_adapters = [x.CommonAdapterLoraInfo(adapter, 1.0)]
out = x.Server(p).handle_completions({"prompt": ids, "n_predict": count, "temperature": 0, "top_k": 1, "samplers": ["top_k"],
                                      "ignore_eos": True, "logprobs": 1, "logit_bias": [[token, False] for token in barred]})
print("BYTES " + json.dumps([byte for c in out["choices"][0]["logprobs"]["content"] for byte in c["bytes"]]))
"""


def models(work, only):
    import torch
    from peft import LoraConfig, get_peft_model
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import (Gemma2Config, Gemma2ForCausalLM, Gemma3ForCausalLM, Gemma3TextConfig, Qwen3Config, Qwen3ForCausalLM, SmolLM3Config,
                              SmolLM3ForCausalLM)

    # A token for each byte, in the order of the characters that stand for them.
    shown = [b for b in range(256) if 33 <= b <= 126 or 161 <= b <= 172 or 174 <= b]
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    hidden = [b for b in range(256) if b not in shown]
    BYTES.extend(ord(c) if ord(c) < 256 else hidden[ord(c) - 256] for c in alphabet)
    words = Tokenizer(models.BPE(vocab={c: i for i, c in enumerate(alphabet)}, merges=[]))
    words.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    words.decoder = decoders.ByteLevel()
    words.add_special_tokens(["<end>"])
    sizes = dict(vocab_size=257, hidden_size=64, intermediate_size=96, num_attention_heads=4, num_key_value_heads=2,
                 max_position_embeddings=256, bos_token_id=None, pad_token_id=None, eos_token_id=256)
    cases = {
        "qwen3": (Qwen3ForCausalLM, Qwen3Config(num_hidden_layers=3, head_dim=32, **sizes)),
        "qwen3-tied": (Qwen3ForCausalLM, Qwen3Config(num_hidden_layers=2, head_dim=24, tie_word_embeddings=True, **sizes)),
        "smollm3": (SmolLM3ForCausalLM, SmolLM3Config(num_hidden_layers=9, rope_theta=1e4, **sizes)),
        "gemma2": (Gemma2ForCausalLM, Gemma2Config(num_hidden_layers=4, head_dim=32, query_pre_attn_scalar=32, sliding_window=9,
                                                   attn_logit_softcapping=2.0, final_logit_softcapping=5.0, **sizes)),
        "gemma3": (Gemma3ForCausalLM, Gemma3TextConfig(num_hidden_layers=8, head_dim=24, query_pre_attn_scalar=24, sliding_window=9,
                                                       rope_scaling={"rope_type": "linear", "factor": 8.0}, **sizes)),
        "gemma3-two": (Gemma3ForCausalLM, Gemma3TextConfig(num_hidden_layers=3, head_dim=32, query_pre_attn_scalar=32, sliding_window=5,
                                                           sliding_window_pattern=2, final_logit_softcapping=5.0, **sizes)),
    }
    for seed, (name, (kind, config)) in enumerate(cases.items()):
        if not name.startswith(only):
            continue
        torch.manual_seed(seed)
        model = kind(config).float().eval()
        g = torch.Generator().manual_seed(seed)
        for n, p in sorted(model.named_parameters()):
            t = torch.randn(p.shape, generator=g)
            # Gemma multiplies embeddings by 8: left at 1, each token would be followed by itself
            gemma = "gemma" in name
            p.data.copy_((not gemma) + 0.3 * t if "norm" in n else (0.1 if gemma else 1) * t if "embed" in n else 1.5 * t / p.shape[1] ** 0.5)
        folder = os.path.join(work, name)
        model.save_pretrained(folder)
        words.save(os.path.join(folder, "tokenizer.json"))
        ids = torch.randint(0, 256, (1, 12), generator=g)
        base = greedy(model, ids)
        logits = model(ids).logits
        lora = LoraConfig(r=4, lora_alpha=8, target_modules=["q_proj", "k_proj", "v_proj", "o_proj", "up_proj", "down_proj", "gate_proj"])
        adapted = get_peft_model(model, lora).eval()
        for n, p in sorted(adapted.named_parameters()):
            if "lora_B" in n:
                p.data.copy_(0.1 * torch.randn(p.shape, generator=g))
        adapted.save_pretrained(folder + "-adapter")
        yield name, folder, ids[0].tolist(), base, greedy(adapted, ids), logits


def greedy(model, ids):
    import torch
    with torch.no_grad():
        for _ in range(TOKENS):
            logits = model(input_ids=ids).logits[:, -1:].clone()
            logits[..., barred()] = -torch.inf
            ids = torch.cat([ids, logits.argmax(-1)], 1)
    return ids[0, -TOKENS:].tolist()


def barred():
    """All but ASCII, of which each token is a whole character: llama.cpp keeps back what is none."""
    return [token for token in range(257) if token == 256 or BYTES[token] >= 128]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("work")
    parser.add_argument("--seal", default="scripts/seal")
    parser.add_argument("--llama", default=sys.executable)
    parser.add_argument("--only", default="", help="families whose name begins so")
    args = parser.parse_args()
    from transformers import AutoModelForCausalLM
    import torch
    os.makedirs(args.work)
    good = True

    def seal(*words):
        subprocess.run([args.seal, *words], check=True, stdout=subprocess.DEVNULL)

    def peer(model, adapter, ids):
        out = subprocess.run([args.llama, "-c", CONTINUE, model, adapter, json.dumps(ids), str(TOKENS), json.dumps(barred())], check=True,
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
        return [BYTES.index(byte) for byte in json.loads(out[out.rindex("BYTES ") + 6:])]

    for name, folder, ids, base, adapted, logits in models(args.work, args.only):
        file, lora, back = folder + ".gguf", folder + "-lora.gguf", folder + "-back"
        seal("export", "--format", "gguf", "--type", "f32", "--model", folder, "--out", file)
        seal("export", "--format", "lora", "--model", folder, "--adapter", folder + "-adapter", "--out", lora)
        seal("import", file, "--out", back)
        again = AutoModelForCausalLM.from_pretrained(back, dtype=torch.float32)
        apart = (again(torch.tensor([ids])).logits - logits).abs().max().item()
        plain, changed = peer(file, "", ids) == base, peer(file, lora, ids) == adapted
        print(f"{name}: llama.cpp {'same' if plain else 'OTHER'} tokens, with the adapter {'same' if changed else 'OTHER'}"
              f" ({'other' if base != adapted else 'AS BASE'} than the base's); back in transformers logits apart by {apart:.1e}")
        good &= plain and changed and base != adapted and apart < 1e-5
    shutil.rmtree(args.work)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
