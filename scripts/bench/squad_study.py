"""The study of docs/study.md in PyTorch, many adapters at a time, for a machine with a GPU.

Prompts, rows, filter, adapter, optimizer and examination are those of org.seal4j.rl.study and
org.seal4j.scripts.study; random numbers differ, so that figures agree as those of two seeds do.
A processor tries one setting in an hour; a GPU tries a hundred, which is how those of the recipe
squad-smollm were found (docs/results.md).

    scripts/seal import MODEL.gguf --out /tmp/model
    python3 scripts/bench/squad_study.py /tmp/model sweep out.jsonl FILE [FILE ...]
    python3 scripts/bench/squad_study.py /tmp/model noise out.jsonl FILE [FILE ...]
    python3 scripts/bench/squad_study.py /tmp/model rl out.jsonl FILE [FILE ...] --loop '[{"rounds": 6}]'

FILE is SQuAD; titles for confirmation are never looked at. Needs torch, transformers, safetensors.
"""
import argparse
import hashlib
import json
import math
import pathlib
import random
import sys
import time

import torch
import torch.nn.functional as F

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from study_sweep import EXAMPLE, OPENINGS, f1, recall, words  # noqa: E402

NAMES = ["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.o_proj",
         "mlp.gate_proj", "mlp.up_proj", "mlp.down_proj"]
TOLD = {
    "implications": ("Read the passage below and write down what follows from it, directly or indirectly,"
                     " as a list of implications.", "Implications:\n"),
    "rewrite": ("Read the passage below and say the same in several different ways, each on a line of"
                " its own.", "Rewritten passages:\n")}


class Llama:
    """Llama with a LoRA adapter of its own for each group of rows in the layers from `first` on."""

    def __init__(self, state, config, device):
        self.w = {k: v.to(device).float() for k, v in state.items()}
        self.heads, self.kv = config["num_attention_heads"], config["num_key_value_heads"]
        self.size = config["hidden_size"] // self.heads
        self.depth, self.eps = config["num_hidden_layers"], config["rms_norm_eps"]
        theta = (config.get("rope_parameters") or config)["rope_theta"]
        at = torch.arange(2048, device=device)[:, None] / theta ** (
            torch.arange(0, self.size, 2, device=device) / self.size)
        self.cos, self.sin = at.cos(), at.sin()
        self.device = device

    def embed(self, ids):
        return F.embedding(ids, self.w["model.embed_tokens.weight"])

    def norm(self, x, name):
        return F.rms_norm(x, x.shape[-1:], self.w[name], self.eps)

    def linear(self, x, layer, name, lora):
        y = x @ self.w[f"model.layers.{layer}.{name}.weight"].T
        pair = None if lora is None else lora.get((layer, name))
        if pair is None:
            return y
        a, b = pair  # [n, r, in], [n, out, r]
        flat = x.reshape(a.shape[0], -1, x.shape[-1])
        return y + (2 * (flat @ a.transpose(1, 2)) @ b.transpose(1, 2)).view(y.shape)

    def turn(self, x, places):
        cos, sin = self.cos[places][:, None], self.sin[places][:, None]
        low, high = x.chunk(2, -1)
        return torch.cat([low * cos - high * sin, high * cos + low * sin], -1)

    def layers(self, h, start, places, lora=None, mask=None, cache=None):
        for i in range(start, self.depth):
            h = self.layer(h, i, places, lora, mask, cache)
        return h

    def layer(self, h, i, places, lora, mask=None, cache=None):
        b, t, _ = h.shape
        x = self.norm(h, f"model.layers.{i}.input_layernorm.weight")
        q, k, v = (self.linear(x, i, n, lora).view(b, t, -1, self.size).transpose(1, 2) for n in NAMES[:3])
        q, k = self.turn(q, places), self.turn(k, places)
        if cache is not None:
            at = cache["at"]
            cache["k"][i][:, :, at:at + t], cache["v"][i][:, :, at:at + t] = k, v
            k, v = cache["k"][i][:, :, :at + t], cache["v"][i][:, :, :at + t]
        o = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=mask is None, enable_gqa=True)
        h = h + self.linear(o.transpose(1, 2).reshape(b, t, -1), i, NAMES[3], lora)
        x = self.norm(h, f"model.layers.{i}.post_attention_layernorm.weight")
        up = F.silu(self.linear(x, i, NAMES[4], lora)) * self.linear(x, i, NAMES[5], lora)
        return h + self.linear(up, i, NAMES[6], lora)

    def logits(self, h):
        return self.norm(h, "model.norm.weight") @ self.w["model.embed_tokens.weight"].T

    def adapters(self, count, first, rank, seed):
        rng = torch.Generator(self.device).manual_seed(seed)
        lora = {}
        for i in range(first, self.depth):
            for name in NAMES:
                out, size = self.w[f"model.layers.{i}.{name}.weight"].shape
                bound = 1 / math.sqrt(size)
                a = (torch.rand(count, rank, size, generator=rng, device=self.device) * 2 - 1) * bound
                b = torch.zeros(count, out, rank, device=self.device)
                lora[i, name] = (a.requires_grad_(), b.requires_grad_())
        return lora

    @torch.no_grad()
    def merged(self, lora):
        """Itself with an adapter of its own weights."""
        other = object.__new__(Llama)
        other.__dict__.update(self.__dict__)
        other.w = dict(self.w)
        for (i, name), (a, b) in lora.items():
            key = f"model.layers.{i}.{name}.weight"
            other.w[key] = self.w[key] + 2 * b[0] @ a[0]
        return other

    @torch.no_grad()
    def write(self, prompts, stops, tokens, temperature=0.0, top_p=1.0, lora=None, batch=256, seed=0):
        """Continuations without their end, and whether they ended. With lora: equal groups in order."""
        rng = torch.Generator(self.device).manual_seed(seed)
        written = [None] * len(prompts)
        order = list(range(len(prompts))) if lora else sorted(range(len(prompts)), key=lambda i: len(prompts[i]))
        stop = torch.zeros(self.w["model.embed_tokens.weight"].shape[0], dtype=torch.bool, device=self.device)
        stop[list(stops)] = True
        for start in range(0, len(order), len(order) if lora else batch):
            rows = order[start:] if lora else order[start:start + batch]
            width = max(len(prompts[i]) for i in rows)
            ids = torch.zeros(len(rows), width, dtype=torch.long)
            real = torch.zeros(len(rows), width + tokens, dtype=torch.bool)
            for at, i in enumerate(rows):
                ids[at, width - len(prompts[i]):] = torch.tensor(prompts[i])
                real[at, width - len(prompts[i]):] = True
            ids, real = ids.to(self.device), real.to(self.device)
            places = (real[:, :width].cumsum(1) - 1).clamp(min=0)
            shape = (len(rows), self.kv, width + tokens, self.size)
            cache = dict(k=[torch.empty(shape, device=self.device) for _ in range(self.depth)],
                         v=[torch.empty(shape, device=self.device) for _ in range(self.depth)], at=0)
            causal = torch.ones(width, width, dtype=torch.bool, device=self.device).tril()
            mask = (causal & real[:, None, None, :width]) | torch.eye(width, dtype=torch.bool, device=self.device)
            h = self.layers(self.embed(ids), 0, places, lora, mask, cache)[:, -1:]
            done, chosen = torch.zeros(len(rows), dtype=torch.bool, device=self.device), []
            for step in range(tokens):
                logits = self.logits(h)[:, -1]
                if temperature == 0:
                    token = logits.argmax(-1)
                else:
                    shares, at = (logits / temperature).softmax(-1).sort(-1, descending=True)
                    shares[shares.cumsum(-1) - shares > top_p] = 0
                    token = at.gather(1, torch.multinomial(shares, 1, generator=rng))[:, 0]
                done |= stop[token]
                chosen.append(torch.where(done, -1, token))
                if step == tokens - 1 or (step % 8 == 7 and bool(done.all())):
                    break
                cache["at"] = width + step
                places = places[:, -1:] + 1
                h = self.layers(self.embed(token[:, None]), 0, places, lora,
                                real[:, None, None, :width + step + 1], cache)
            table = torch.stack(chosen, 1).tolist()
            for at, i in enumerate(rows):
                row = table[at]
                written[i] = (row[:row.index(-1)], True) if -1 in row else (row, False)
        return written


def padded(rows, device):
    width = max(map(len, rows))
    ids = torch.zeros(len(rows), width, dtype=torch.long)
    for at, row in enumerate(rows):
        ids[at, :len(row)] = torch.tensor(row)
    return ids.to(device)


def passages_of(files):
    """The loop's and development's titles with their passages, split as org.seal4j.data.squad.ArticleSplit."""
    titles = {}
    for file in files:
        own = {}
        for article in json.loads(pathlib.Path(file).read_text())["data"]:
            title = article["title"].replace("_", " ")
            for paragraph in article["paragraphs"]:
                asked = [dict(question=q["question"], answers=[a["text"] for a in q["answers"]])
                         for q in paragraph["qas"] if q["answers"]]
                if len(asked) >= 3 and len(paragraph["context"].split()) <= 160 and title not in titles:
                    own.setdefault(title, []).append(
                        dict(title=title, context=paragraph["context"].strip(), questions=asked))
        titles.update(own)

    def order(title):
        digest = hashlib.sha256()
        for part in ("seal4j articles 1", title):
            digest.update(f"{len(part.encode())}:".encode() + part.encode())
        return digest.hexdigest()

    names = sorted(titles, key=order)
    first, second = round(len(names) / 4), round(len(names) / 4)
    return [titles[n] for n in names[:first]], [titles[n] for n in names[first:first + second]]


class Study:
    def __init__(self, model, tokenizer):
        self.model, self.tokenizer = model, tokenizer
        self.end = tokenizer.eos_token_id
        self.lines = [i for i in range(len(tokenizer)) if "\n" in tokenizer.decode([i])]
        self.line_ends = set(self.lines) | {self.end}
        self.begins = bool(tokenizer("a").input_ids[0] == tokenizer.bos_token_id)
        self.talks = False  # whether answers in conversation are wanted too
        self.marks = {i for i in range(len(tokenizer)) if "?" in tokenizer.decode([i])}
        self.answers = {}

    def ids(self, text):
        return self.tokenizer(text, add_special_tokens=False).input_ids

    def plain(self, text):
        ids = self.ids(text)
        return ([self.tokenizer.bos_token_id] if self.begins else []) + ids

    def chat(self, question):
        return self.ids(self.tokenizer.apply_chat_template(
            [{"role": "user", "content": question}], tokenize=False, add_generation_prompt=True))

    def before(self, p):
        return EXAMPLE + f"Context: {p['title']}\n{p['context']}\n\n"

    def said(self, ids):
        return self.tokenizer.decode(ids, skip_special_tokens=True).strip()

    def prompts(self, p, writing, count):
        """What one self-edit is written behind: one prompt, or one a question."""
        if writing == "asked":
            return [self.plain(self.before(p) + "Question: " + OPENINGS[i % 5][i // 5 % len(OPENINGS[i % 5])])
                    for i in range(count)]
        if writing == "free":
            return [self.plain(self.before(p) + "Question:")] * count
        if writing == "chat":
            return [self.chat(f"Context: {p['title']}\n{p['context']}\n\nWrite one short factual question that is"
                              " answered by the text above.")] * count
        return [self.prompt(p, writing)]

    def prompt(self, p, writing):
        if writing == "questions":
            return self.plain(self.before(p) + "Question:")
        told, cue = TOLD[writing]
        return self.chat(f"{told}\n\nPassage:\n{p['title']}\n{p['context']}") + self.ids(cue)

    def edits(self, model, passages, writing, count, seed, temperature=0.8, tokens=192, questions=8):
        """For each passage as many self-edits: (prompt, what was written, whether it ended) and the text."""
        single = writing in ("asked", "free", "chat")
        per = questions if single else 1
        prompts = [q for p in passages for _ in range(count) for q in self.prompts(p, writing, questions)]
        stops = self.line_ends if single else {self.end}
        made = model.write(prompts, stops, 32 if single else tokens, temperature, 0.95, batch=512, seed=seed)
        edits = []
        for start in range(0, len(prompts), per):
            parts, text = [], ""
            for prompt, (ids, ended) in zip(prompts[start:start + per], made[start:start + per]):
                if single:
                    mark = next((i for i, t in enumerate(ids) if t in self.marks), None)
                    ids, ended = (ids, ended) if mark is None else (ids[:mark + 1], True)
                    begun = self.tokenizer.decode(prompt).rsplit("Question: ", 1)[-1] if writing == "asked" else ""
                    text += "Question: " + (begun + self.tokenizer.decode(ids)).strip() + "\n"
                    parts.append((prompt, ids + ([self.lines[0]] if ended else []), ended))
                else:
                    text = self.tokenizer.decode(ids)
                    text = text.split("Context:")[0] if writing == "questions" else text
                    parts.append((prompt, ids + ([self.end] if ended else []), ended))
            edits.append((parts, text))
        return [edits[i * count:(i + 1) * count] for i in range(len(passages))]

    def listed(self, text, most):
        questions = []
        for line in text.split("\n"):
            bare = line.strip()
            if bare.lower().startswith("answer:"):
                continue
            if bare.lower().startswith("question:"):
                bare = bare[9:]
            whole = bare[:bare.find("?") + 1].strip()
            if len(whole) > 1 and whole not in questions and len(questions) < most:
                questions.append(whole)
        return questions

    @torch.no_grad()
    def teach(self, asked, likeliest=20):
        """Answers of the model that reads, in a few words and in conversation, each question once."""
        new = list(dict.fromkeys((p["context"], q) for p, q in asked if (p["context"], q) not in self.answers))
        about = {p["context"]: p for p, _ in asked}
        if not new:
            return
        short = [self.plain(self.before(about[c]) + f"Question: {q}\nAnswer:") for c, q in new]
        forms = ("short", "talk") if self.talks else ("short",)
        talk = [self.chat(f"Context: {about[c]['title']}\n{c}\n\nQuestion: {q}\n"
                          "Answer with a short phrase from the context.") for c, q in new]
        made = self.model.write(short, self.line_ends, 24, batch=512)
        spoken = self.model.write(talk, {self.end}, 40, batch=512) if self.talks else [([], False)] * len(new)
        for key, p1, p2, (a1, e1), (a2, e2) in zip(new, short, talk, made, spoken):
            self.answers[key] = dict(short=(p1, a1, e1, self.said(a1)), talk=(p2, a2, e2, self.said(a2)))
        for form in forms:
            for start in range(0, len(new), 64):
                keys = new[start:start + 64]
                rows = [self.answers[k][form] for k in keys]
                tail = [self.lines[0]] if form == "short" else [self.end]
                ids = padded([p + a + tail for p, a, _, _ in rows], self.model.device)
                places = torch.arange(ids.shape[1], device=ids.device).expand(len(rows), -1)
                h = self.model.layers(self.model.embed(ids), 0, places)
                for at, (k, (p, a, e, text)) in enumerate(zip(keys, rows)):
                    shares = self.model.logits(h[at, len(p) - 1:len(p) + len(a)]).softmax(-1)
                    held, top = shares.topk(likeliest, -1)
                    held = held / held.sum(-1, keepdim=True)
                    held[-1], top[-1] = 0, 0  # the end, for certain
                    held[-1, 0], top[-1, 0] = 1, self.end
                    self.answers[k][form] = (p, a, e, text, top.cpu(), held.cpu())

    def useful(self, p, questions, level=2):
        """Questions by the filter: level 0 none, 1 those without an answer are left out, 2 all rules."""
        kept, seen, text = [], set(), p["title"] + "\n" + p["context"]
        for q in questions:
            answer = self.answers[p["context"], q]["short"]
            w = words(q)
            if level and (not answer[2] or not words(answer[3]) or " ".join(w) in seen):
                continue
            if level > 1 and (not 4 <= len(w) <= 32 or not recall("", [q], text, 0.5)
                              or not recall(q, [answer[3]], text) or recall("", [answer[3]], q)):
                continue
            seen.add(" ".join(w))
            kept.append(q)
        return kept

    def rows(self, p, kept, s):
        """(ids, first weighted place, teacher) of each question."""
        rows = []
        for q in kept:
            prompt, answer = self.chat(q), self.answers[p["context"], q]
            for form in dict(short=["short"], talk=["talk"], both=["short", "talk"])[s["answers"]]:
                _, a, ended, text, top, held = answer[form]
                if form == "talk" and (not ended or not recall(q, [answer["short"][3]], text)):
                    if s["answers"] == "both":
                        continue
                    _, a, ended, text, top, held = answer["short"]
                hard = None if s["targets"] == "answers" else (top, held)
                rows.append((prompt + a + [self.end], len(prompt), hard))
        return rows

    def text_row(self, text):
        ids = self.plain(text) + [self.end]
        return ids, 1, None

    def train(self, jobs, s, seed=1):
        """jobs: (passage, rows). One adapter each, in one batch; returns the adapters."""
        rng = random.Random(seed)
        count, steps, first = len(jobs), s["steps"], self.model.depth - round(self.model.depth * s["layers"])
        lora = self.model.adapters(count, first, s["rank"], seed)
        flat = [t for pair in lora.values() for t in pair]
        optimizer = torch.optim.AdamW(flat, lr=s["rate"], weight_decay=0, betas=(0.9, 0.999))
        texts = [self.text_row(p["title"] + "\n" + p["context"]) for p, _ in jobs]
        each = s["batch"] - (1 if s["passage"] else 0)
        turns = []
        for p, rows in jobs:
            own = rows or [self.text_row(p["title"] + "\n" + p["context"])]
            order = []
            while len(order) < steps * each:
                order += rng.sample(range(len(own)), len(own))
            turns.append([own[i] for i in order[:steps * each]])
        known = {}

        @torch.no_grad()
        def below(ids):
            places = torch.arange(ids.shape[1], device=ids.device).expand(len(ids), -1)
            h = self.model.embed(ids)
            for i in range(first):
                h = self.model.layer(h, i, places, None)
            return h

        always = padded([ids for ids, _, _ in texts], self.model.device) if s["passage"] else None
        always_h = below(always) if s["passage"] else None
        for step in range(steps):
            for part in optimizer.param_groups:
                part["lr"] = s["rate"] * (1 - step / steps)
            optimizer.zero_grad()
            parts = []
            if s["passage"]:
                parts.append((always, always_h, texts, 1))
            if each:
                now = [r for t in turns for r in t[step * each:(step + 1) * each]]
                ids = padded([r[0] for r in now], self.model.device)
                parts.append((ids, below(ids), now, each))
            loss = 0.0
            for ids, h, rows, per in parts:
                places = torch.arange(ids.shape[1], device=ids.device).expand(len(ids), -1)
                for i in range(first, self.model.depth):
                    h = self.model.layer(h, i, places, lora)
                loss = loss + self.row_losses(h, ids, rows) / s["batch"]
            loss.backward()
            norms = sum(t.grad.flatten(1).square().sum(1) for t in flat).sqrt()  # each adapter's own
            scale = (1.0 / norms.clamp(min=1e-12)).clamp(max=1.0)
            for t in flat:
                t.grad *= scale[:, None, None]
            optimizer.step()
        return lora

    def row_losses(self, h, ids, rows):
        """Sum over rows of the mean loss of a row's weighted places."""
        at_row, at_place, top, held, weight = [], [], [], [], []
        for at, (row, start, teacher) in enumerate(rows):
            n = len(row) - start
            for j in range(n):
                at_row.append(at)
                at_place.append(start - 1 + j)
                weight.append(1 / n)
            if teacher is None:
                t = torch.zeros(n, 20, dtype=torch.long)
                t[:, 0] = torch.tensor(row[start:])
                w = torch.zeros(n, 20)
                w[:, 0] = 1
            else:
                t, w = teacher
            top.append(t)
            held.append(w)
        device = h.device
        x = h[torch.tensor(at_row, device=device), torch.tensor(at_place, device=device)]
        logs = self.model.logits(x).log_softmax(-1)
        lost = -(logs.gather(1, torch.cat(top).to(device)) * torch.cat(held).to(device)).sum(1)
        return (lost * torch.tensor(weight, device=device)).sum()

    @torch.no_grad()
    def examine(self, passages, lora=None, open_book=None, greedy=True):
        """Recall, F1, words and log-likelihood of the gold answers, each per passage."""
        most = max(len(p["questions"]) for p in passages)
        prompts, golds = [], []
        for p in passages:
            for i in range(most):
                q = p["questions"][min(i, len(p["questions"]) - 1)]
                if open_book == "short":
                    prompts.append(self.plain(self.before(p) + f"Question: {q['question']}\nAnswer:"))
                elif open_book == "talk":
                    prompts.append(self.chat(f"Context: {p['title']}\n{p['context']}\n\nQuestion: "
                                             f"{q['question']}\nAnswer with a short phrase from the context."))
                else:
                    prompts.append(self.chat(q["question"]))
                golds.append(self.ids(q["answers"][0]) + [self.end])
        said = [([], True)] * len(prompts)
        if greedy:
            said = self.model.write(prompts, self.line_ends if open_book == "short" else {self.end}, 32, lora=lora)
        found = []
        likely = []
        size = len(passages) if lora else 8
        for start in range(0, len(passages), size):
            a, b = start * most, (start + size) * most
            ids = padded([p + g for p, g in zip(prompts[a:b], golds[a:b])], self.model.device)
            places = torch.arange(ids.shape[1], device=ids.device).expand(len(ids), -1)
            h = self.model.layers(self.model.embed(ids), 0, places, lora)
            for at, (p, g) in enumerate(zip(prompts[a:b], golds[a:b])):
                logs = self.model.logits(h[at, len(p) - 1:len(p) + len(g) - 1]).log_softmax(-1)
                likely.append(logs.gather(1, torch.tensor(g, device=logs.device)[:, None]))
        likely = [x.mean().item() for x in likely]
        for at, p in enumerate(passages):
            n = len(p["questions"])
            r = [(recall(q["question"], q["answers"], self.said(s)), f1(q["answers"], self.said(s)),
                  len(self.said(s).split()))
                 for q, (s, _) in zip(p["questions"], said[at * most:at * most + n])]
            found.append(dict(n=n, recall=sum(x[0] for x in r), f1=sum(x[1] for x in r), words=sum(x[2] for x in r),
                              like=sum(likely[at * most:at * most + n]) / n))
        return found


def summary(found):
    n = sum(x["n"] for x in found)
    return {k: round(sum(x[k] for x in found) / n, 4) for k in ("recall", "f1", "words")} | dict(
        n=n, like=round(sum(x["like"] for x in found) / len(found), 4))


def ranked(o, ranking):
    """The reward of an outcome: the likelihood of the gold answers, or a share of questions by name, likelihood
    deciding between equals."""
    if ranking == "like":
        return o["like"]
    return sum(o[name] for name in ranking.split("+")) / o["n"] + 0.01 * o["like"]


BASE = dict(writing="questions", passage=True, targets="distill", answers="short", lists=1, questions=8, filter=2,
            steps=12, batch=4, rate=2e-3, rank=16, layers=1 / 3, beside=None)


class Experiment:
    def __init__(self, study, loop, development, out, each=1):
        rng = random.Random(7)
        self.study, self.out = study, out
        self.development = [p for a in development for p in rng.sample(a, min(each, len(a)))]
        order = [rng.sample(a, len(a)) for a in loop]
        self.loop = [a[i] for i in range(max(map(len, order))) for a in order if i < len(a)]
        self.cache = {}

    def say(self, found=(), **what):
        """A line, and in the file the figures of each passage beside it."""
        each = [[x["n"], x["recall"], round(x["f1"], 4), round(x["like"], 4)] for x in found]
        print(json.dumps(dict(what, each=each)), file=self.out, flush=True)
        print(f"{time.perf_counter() - START:6.1f}", what, flush=True)

    def sampled(self, model, passages, writing, lists, questions, seed=11):
        key = (id(model), id(passages), writing, lists, questions, seed)
        if key not in self.cache:
            self.cache[key] = self.study.edits(model, passages, writing, lists, seed, questions=questions)
        return self.cache[key]

    def jobs(self, passages, texts, s):
        """texts: for each passage a list of texts."""
        if s["writing"] in ("questions", "asked", "free", "chat"):
            asked = [[q for text in of for q in self.study.listed(text, 99)] for of in texts]
            asked = [list(dict.fromkeys(qs))[:s["questions"]] for qs in asked]
            self.study.teach([(p, q) for p, qs in zip(passages, asked) for q in qs])
            kept = [self.study.useful(p, qs, s["filter"]) for p, qs in zip(passages, asked)]
            return [(p, self.study.rows(p, k, s)) for p, k in zip(passages, kept)]
        return [(p, [self.study.text_row(p["title"] + "\n" + t) for t in of if t.strip()])
                for p, of in zip(passages, texts)]

    def mixed(self, model, passages, s, seed):
        """Rows of questions and of the texts that `beside` names, `each` of them a passage."""
        rows = self.jobs(passages, self.texts(model, passages, s, seed), s)
        name, each = s["beside"]
        drawn = self.sampled(model, passages, name, each, 0, seed)
        return [(p, own + [self.study.text_row(p["title"] + "\n" + t) for _, t in of if t.strip()])
                for (p, own), of in zip(rows, drawn)]

    def texts(self, model, passages, s, seed):
        if s["writing"] == "nothing":
            return [[] for _ in passages]
        drawn = self.sampled(model, passages, s["writing"], s["lists"], s["questions"], seed)
        return [[text for _, text in of] for of in drawn]

    def evaluated(self, model, passages, s, seed=11, greedy=True):
        self.study.talks = s["answers"] != "short"
        jobs = self.mixed(model, passages, s, seed) if s["beside"] else self.jobs(
            passages, self.texts(model, passages, s, seed), s)
        lora = self.study.train(jobs, s)
        return jobs, self.study.examine(passages, lora, greedy=greedy)

    def sweep(self, changes):
        for name in (None, "short", "talk"):
            self.say(row=f"open book {name}", **summary(self.study.examine(self.development, open_book=name)))
        for change in changes:
            s = dict(BASE, **change)
            began = time.perf_counter()
            jobs, found = self.evaluated(self.study.model, self.development, s)
            self.say(found, change=change, rows=round(sum(len(r) for _, r in jobs) / len(jobs), 1),
                     empty=sum(not r for _, r in jobs), s=round(time.perf_counter() - began, 1), **summary(found))

    def rewards(self, model, passages, edits, s, seed, greedy=False, wave=64):
        """Outcomes of edits [passage][edit], edits that ask nothing useful are None."""
        flat = [(p, e[1]) for p, es in zip(passages, edits) for e in es]
        jobs = self.jobs([p for p, _ in flat], [[t] for _, t in flat], s)
        found = []
        for start in range(0, len(jobs), wave):
            part = jobs[start:start + wave]
            lora = self.study.train(part, s, seed)
            found += self.study.examine([p for p, _ in part], lora, greedy=greedy)
        each = len(edits[0])
        return [[None if not jobs[i * each + j][1] else found[i * each + j] for j in range(each)]
                for i in range(len(passages))]

    def noise(self, s, passages=24, edits=6, repeats=2):
        some = self.loop[:passages]
        by_passage = self.study.edits(self.study.model, some, s["writing"], edits, 100, questions=s["questions"])
        seen = [self.rewards(self.study.model, some, by_passage, s, seed, greedy=True) for seed in (1, 2)]
        for measure in ("like", "recall", "f1"):
            of_edit, of_repeat, spread = [], [], []
            for i in range(passages):
                rows = [[r[i][j][measure] / (1 if measure == "like" else r[i][j]["n"]) for r in seen]
                        for j in range(edits) if seen[0][i][j]]
                if len(rows) < 2:
                    continue
                means = [sum(r) / len(r) for r in rows]
                mean = sum(means) / len(means)
                between = sum((m - mean) ** 2 for m in means) / (len(means) - 1)
                within = sum(sum((x - m) ** 2 for x in r) for r, m in zip(rows, means)) / len(rows)
                of_edit.append(max(0, between - within / repeats))
                of_repeat.append(within)
                spread.append(max(means) - mean)
            if not of_edit:
                continue
            e, r = sum(of_edit) / len(of_edit), sum(of_repeat) / len(of_repeat)
            self.say(noise=measure, settings=s, edit_sd=round(e ** .5, 4), repeat_sd=round(r ** .5, 4),
                     share_of_edit=round(e / (e + r), 3) if e + r else None,
                     best_minus_mean=round(sum(spread) / len(spread), 4))

    def check(self, model, s, edits, name):
        """Development, several edits a passage."""
        drawn = self.study.edits(model, self.development, s["writing"], edits, 500, questions=s["questions"])
        many = [p for p in self.development for _ in range(edits)]
        jobs = self.jobs(many, [[text] for of in drawn for _, text in of], s)
        found = self.study.examine(many, self.study.train(jobs, s))
        self.say(found, rl=name, empty=sum(not r for _, r in jobs) / edits,
                 rows=round(sum(len(r) for _, r in jobs) / len(jobs), 2), **summary(found))

    def rl(self, s, method="restem", rounds=2, contexts=24, edits=8, rate=2e-4, epochs=2, batch=8, seed=1,
           checks=2, clip=0.2, kl=0.02, penalty=0.5, first=True, ranking="like"):
        study, model = self.study, self.study.model
        policy = model.adapters(1, 0, 16, seed)
        flat = [t for pair in policy.values() for t in pair]
        if first:
            self.check(model, s, checks, f"{method} {rate} {ranking} round 0")
        for number in range(rounds):
            some = [self.loop[(number * contexts + i) % len(self.loop)] for i in range(contexts)]
            now = model.merged(policy)
            by_passage = study.edits(now, some, s["writing"], edits, 1000 * seed + number, questions=s["questions"])
            seen = self.rewards(model, some, by_passage, s, 1, greedy=ranking != "like")
            rows, advantages, spreads = [], [], []
            for p, es, outcomes in zip(some, by_passage, seen):
                if not any(outcomes):
                    continue
                real = [ranked(o, ranking) for o in outcomes if o]
                score = [ranked(o, ranking) if o else min(real) - penalty for o in outcomes]
                mean = sum(score) / edits
                sd = (sum((x - mean) ** 2 for x in score) / edits) ** .5
                spreads.append(sd)
                best = max(range(edits), key=lambda j: score[j])
                for j, (parts, text) in enumerate(es):
                    if method == "restem" and j != best:
                        continue
                    kept = set(study.useful(p, study.listed(text, 99), s["filter"])) if len(parts) > 1 else None
                    for (prompt, ids, ended), line in zip(parts, text.split("\n")):
                        if method == "restem" and kept is not None and line[9:].strip() not in kept:
                            continue
                        if ids:
                            rows.append((prompt + ids, len(prompt), None))
                            advantages.append(1.0 if method == "restem" else (score[j] - mean) / (sd + 1e-4))
            lost = self.learn(policy, flat, rows, advantages, method, rate, epochs, batch, clip, kl, number)
            good = [o["like"] for os in seen for o in os if o]
            self.say(round=number + 1, method=method, reward=round(sum(good) / max(1, len(good)), 4), valid=len(good),
                     loss=round(lost, 4), rows=len(rows),
                     spread=round(sum(spreads) / max(1, len(spreads)), 4))
            if number + 1 in (1, 2) or (number + 1) % 4 == 0 or number + 1 == rounds:
                self.check(model.merged(policy), s, checks, f"{method} {rate} {ranking} round {number + 1}")
        drawn = study.edits(model.merged(policy), self.development[:2], s["writing"], 1, 5)
        self.say(example=[of[0][1][:500] for of in drawn])

    def learn(self, policy, flat, rows, advantages, method, rate, epochs, batch, clip, kl, number):
        model, device = self.study.model, self.study.model.device
        rng = random.Random(number)
        optimizer = torch.optim.AdamW(flat, lr=rate, weight_decay=0)

        def logs(part, lora):
            ids = padded([rows[i][0] for i in part], device)
            places = torch.arange(ids.shape[1], device=device).expand(len(part), -1)
            h = model.layers(model.embed(ids), 0, places, lora)
            out = []
            for at, i in enumerate(part):
                row, start, _ = rows[i]
                z = model.logits(h[at, start - 1:len(row) - 1]).log_softmax(-1)
                out.append(z.gather(1, torch.tensor(row[start:], device=device)[:, None])[:, 0])
            return out

        old, reference = {}, {}
        if method == "grpo":
            with torch.no_grad():
                for start in range(0, len(rows), 16):
                    part = list(range(start, min(len(rows), start + 16)))
                    old.update(zip(part, logs(part, policy)))
                    reference.update(zip(part, logs(part, None)))
        total, step, steps = 0.0, 0, max(1, epochs * math.ceil(len(rows) / batch))
        for _ in range(epochs):
            order = rng.sample(range(len(rows)), len(rows))
            for start in range(0, len(rows), batch):
                part = order[start:start + batch]
                for g in optimizer.param_groups:
                    g["lr"] = rate * (1 - step / steps) if method == "restem" else rate
                optimizer.zero_grad()
                loss = 0.0
                for i, z in zip(part, logs(part, policy)):
                    if method == "restem":
                        loss = loss - z.mean() / len(part)
                        continue
                    ratio = (z - old[i]).exp()
                    gain = torch.minimum(ratio * advantages[i], ratio.clamp(1 - clip, 1 + clip) * advantages[i])
                    away = (reference[i] - z).exp() - (reference[i] - z) - 1
                    loss = loss - (gain - kl * away).mean() / len(part)
                loss.backward()
                torch.nn.utils.clip_grad_norm_(flat, 1.0)
                optimizer.step()
                total += loss.item() / steps
                step += 1
        return total


START = time.perf_counter()


def load(folder, device):
    from transformers import AutoTokenizer
    folder = pathlib.Path(folder)
    config = json.loads((folder / "config.json").read_text())
    if (folder / "model.pt").exists():
        state = torch.load(folder / "model.pt")
    else:
        from safetensors.torch import load_file
        state = load_file(folder / "model.safetensors")
    return Llama(state, config, device), AutoTokenizer.from_pretrained(folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("what", choices=["sweep", "noise", "rl"])
    parser.add_argument("out")
    parser.add_argument("files", nargs="+")
    parser.add_argument("--settings", default="[{}]", help="JSON: changes of BASE, for a sweep each in turn")
    parser.add_argument("--loop", default="[{}]", help="JSON: changes of the loop's arguments, each in turn")
    parser.add_argument("--titles", type=int, default=99, help="development titles at most")
    parser.add_argument("--each", type=int, default=1, help="passages of a development title")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    options = parser.parse_args()
    torch.set_float32_matmul_precision("high")
    model, tokenizer = load(options.model, options.device)
    loop, development = passages_of(options.files)
    with open(options.out, "a") as out:
        experiment = Experiment(Study(model, tokenizer), loop, development[:options.titles], out, options.each)
        settings = json.loads(options.settings)
        if options.what == "sweep":
            experiment.sweep(settings)
        elif options.what == "noise":
            for change in settings:
                experiment.noise(dict(BASE, **change))
        else:
            for change in settings:
                for how in json.loads(options.loop):
                    experiment.rl(dict(BASE, **change), **how)


if __name__ == "__main__":
    main()
