#!/usr/bin/env python3
"""The inner loops of AdapterBench with PyTorch, transformers and PEFT, on one thread: peft_twin.py MODEL_FOLDER LOG PASSES [fused].
A peer of the benchmark alone: nothing in the product, its tests or its builds needs it."""
import os
import sys
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")
import peft
import torch
import transformers
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM

TEXTS, LENGTH, BATCH, RANK, RATE = 6, 101, 2, 16, 1e-4
LINEARS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


def text(number, vocabulary):
    n = torch.arange(LENGTH, dtype=torch.int64) + number * 1000
    return (((n * 2654435761 + 12345) & 0xFFFFFFFF) >> 8) % vocabulary


def run(folder, name, layers, answer, passes, fused):
    torch.manual_seed(1)
    base = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="sdpa")
    total = base.config.num_hidden_layers
    limits = {} if layers is None else {"layers_to_transform": list(range(total - (total + 2) // 3, total))}
    model = get_peft_model(base, LoraConfig(r=RANK, lora_alpha=2 * RANK, lora_dropout=0.0, target_modules=LINEARS, task_type="CAUSAL_LM", **limits))
    model.train()
    parameters = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=RATE, weight_decay=0.0, fused=fused)
    texts = torch.stack([text(i, base.config.vocab_size) for i in range(TEXTS)])
    labels = texts.clone()
    labels[:, : LENGTH - answer] = -100
    loss = None
    for epochs in (1, passes):
        start = time.process_time()
        for _ in range(epochs):
            order = torch.randperm(TEXTS)
            for at in range(0, TEXTS, BATCH):
                chosen = order[at : at + BATCH]
                optimizer.zero_grad()
                loss = model(input_ids=texts[chosen], labels=labels[chosen]).loss
                loss.backward()
                torch.nn.utils.clip_grad_norm_(parameters, 1.0)
                optimizer.step()
    milliseconds = (time.process_time() - start) * 1000
    assert loss.item() > 0
    return f"{peer(fused)}\tadapter, {name}\t{milliseconds:.1f}"


def peer(fused):
    return "PEFT, fused AdamW" if fused else "PEFT"


if __name__ == "__main__":
    torch.set_num_threads(1)
    folder, log, passes = sys.argv[1], sys.argv[2], int(sys.argv[3])
    fused = sys.argv[4:] == ["fused"]
    with open(log, "a", encoding="utf-8") as out:
        out.write(f"# {peer(fused)}: PEFT {peft.__version__}, transformers {transformers.__version__}, PyTorch {torch.__version__}, float32, attention sdpa\n")
    for name, layers, answer in (
        ("all layers, every token", None, 100),
        ("all layers, answers of 24", None, 24),
        ("upper third, every token", "upper", 100),
        ("upper third, answers of 24", "upper", 24),
    ):
        line = run(folder, name, layers, answer, passes, fused)
        print(line, flush=True)
        with open(log, "a", encoding="utf-8") as out:
            out.write(line + "\n")
