"""Settings of `seal adapt` side by side: the same study in PyTorch, for a machine with a GPU.

Questions, answers, batches, adapter, optimizer and examination are those of org.seal4j.rl.study and
org.seal4j.scripts.adapt; random numbers differ, so that figures agree as those of two seeds do.

    scripts/seal import MODEL.gguf --out /tmp/model
    python3 scripts/bench/study_sweep.py /tmp/model ../shared/data/squad/train-v1.1.44articles.json sweep.jsonl

One line for each settings and group of six passages: token recall and F1 on the questions of SQuAD
(own) and the held-out ones of the model (held), recall of general questions, perplexity of a text.
The table in docs/results.md came from it (torch 2.11, TF32, one H200). Needs torch and transformers.
"""
import argparse
import json
import math
import pathlib
import random
import re
import unicodedata

import torch
import torch.nn.functional as F
from transformers import AutoModelForCausalLM, AutoTokenizer

RESOURCES = pathlib.Path(__file__).parents[2] / "scripts/src/main/resources/org/seal4j/scripts/adapt"
READING = (pathlib.Path(__file__).parents[2]
           / "rl/src/main/java/org/seal4j/rl/study/ReadingExample.java").read_text()
EXAMPLE = re.search(r'"""\n(.*?)      """', READING, re.S)[1].replace("\\\n", "")
EXAMPLE = re.sub(r" {2,}", " ", re.sub(r"^ {6}", "", EXAMPLE, flags=re.M))
OPENINGS = [["Who", "Where", "Which", "What"], ["What is"], ["Why", "How did"], ["What are", "Which"],
            ["When", "How many"]]
SUBJECTS = ["the sea", "cooking rice", "the history of printing", "trees in winter", "the moon",
            "taking care of a dog", "travelling by train", "the human heart", "a job interview",
            "computers", "the water cycle", "ancient cities", "multiplication", "football"]
REQUESTS = ["Tell me about {}.", "Explain {} to a child.", "Write a few sentences about {}."]
BEGINNINGS = ["The", "In the", "A", "It is", "Many people", "When", "There are", "One of"]
FUNCTION_WORDS = set(
    "a an the of in on at to for by with from and or as is are was were be been being it its this that"
    " these those their his her he she they them which who whom what when where why how do does did has"
    " have had not no than then into over under about between during also".split())
BASE = dict(questions=24, answers="short", rows="alike", rate=2e-3, readings=40, rank=16, layers=1 / 3,
            others=3, passages=2, anchors=0, text=True)
SETTINGS = [
    dict(readings=0),
    dict(rows="by tokens"), dict(rows="by tokens", rate=1e-3),
    dict(), dict(rate=1e-3), dict(rate=3e-3),
    dict(anchors=1), dict(anchors=2),
    dict(answers="both"), dict(answers="sentences"),
    dict(questions=48, others=6, anchors=1), dict(questions=48, others=6, anchors=1, answers="both"),
    dict(questions=0, others=0, readings=120, rows="by tokens"),
]


def words(text):
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    plain = re.sub(r"(?<=\d),(?=\d{3})", "", re.sub("['\u2019]s\\b", "", plain))
    return [m[1] or m[0] for m in re.finditer(r"(\d+(?:\.\d+)?)(?:st|nd|rd|th)?|[^\W\d_]+", plain)]


def stem(word):
    for end in ("ing", "ies", "ed", "es", "s", "ly"):
        if word.endswith(end) and len(word) - len(end) >= 3:
            return word[:-len(end)]
    return word


def recall(question, golds, answer, share=0.65):
    """As org.seal4j.eval.squad.TokenRecall, with a simpler stem."""
    asked = {stem(w) for w in words(question)}
    said = words(" ".join(answer.split()[:40]))
    given = {stem(w) for w in said} | set(said)

    def found(s):
        return s in given or (len(s) >= 4 and not s[0].isdigit() and any(
            len(o) >= 4 and (o.startswith(s) or s.startswith(o)) for o in given))

    for gold in golds:
        all_words = words(gold)
        if not all_words or any(w[0].isdigit() and w not in given for w in all_words):
            continue
        stems = [stem(w) for w in ([w for w in all_words if w not in FUNCTION_WORDS] or all_words)]
        news = [s for s in stems if s not in asked] or stems
        if sum(map(found, news)) / len(news) >= share:
            return 1.0
    return 0.0


def f1(golds, answer):
    def plain(text):
        return re.sub(r"\b(a|an|the)\b", " ", re.sub(r"[^\w\s]", "", text.lower())).split()

    best, said = 0.0, plain(" ".join(answer.split()[:40]))
    for gold in map(plain, golds):
        common = sum(min(said.count(w), gold.count(w)) for w in set(said))
        if common:
            best = max(best, 2 * common / (len(said) + len(gold)))
    return best


class Study:
    def __init__(self, folder, device):
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).to(device).eval()
        self.model.requires_grad_(False)
        self.end = self.tokenizer.eos_token_id
        self.lines = [i for i in range(len(self.tokenizer)) if "\n" in self.tokenizer.decode([i])]

    def ids(self, text):
        return self.tokenizer(text, add_special_tokens=False).input_ids

    def asked(self, question):
        text = self.tokenizer.apply_chat_template(
            [{"role": "user", "content": question}], tokenize=False, add_generation_prompt=True)
        return self.ids(text)

    def said(self, ids):
        return self.tokenizer.decode(ids, skip_special_tokens=True).strip()

    @torch.no_grad()
    def write(self, prompts, stops, tokens, temperature=0.0, top_p=1.0, batch=128):
        """Continuations without their end, and whether they ended."""
        written = [None] * len(prompts)
        order = sorted(range(len(prompts)), key=lambda i: len(prompts[i]))
        stop = torch.zeros(self.model.config.vocab_size, dtype=torch.bool, device=self.model.device)
        stop[list(stops)] = True
        for start in range(0, len(order), batch):
            rows = order[start:start + batch]
            width = max(len(prompts[i]) for i in rows)
            ids = torch.zeros(len(rows), width, dtype=torch.long)
            mask = torch.zeros_like(ids)
            for at, i in enumerate(rows):
                ids[at, width - len(prompts[i]):] = torch.tensor(prompts[i])
                mask[at, width - len(prompts[i]):] = 1
            ids, mask = ids.to(self.model.device), mask.to(self.model.device)
            places = (mask.cumsum(1) - 1).clamp(min=0)
            done, cache, chosen = torch.zeros(len(rows), dtype=torch.bool, device=ids.device), None, []
            for _ in range(tokens):
                out = self.model(input_ids=ids, attention_mask=mask, position_ids=places,
                                 past_key_values=cache, use_cache=True, logits_to_keep=1)
                cache, logits = out.past_key_values, out.logits[:, -1].float()
                if temperature == 0:
                    token = logits.argmax(-1)
                else:
                    shares, at = (logits / temperature).softmax(-1).sort(-1, descending=True)
                    shares[shares.cumsum(-1) - shares > top_p] = 0
                    token = at.gather(1, torch.multinomial(shares, 1))[:, 0]
                done |= stop[token]
                chosen.append(torch.where(done, -1, token))
                if bool(done.all()):
                    break
                ids, places = token[:, None], places[:, -1:] + 1
                mask = torch.cat([mask, mask.new_ones(len(rows), 1)], 1)
            for at, i in enumerate(rows):
                row = [int(c[at]) for c in chosen]
                written[i] = (row[:row.index(-1)], True) if -1 in row else (row, False)
        return written

    @torch.no_grad()
    def likeliest(self, prompt, answer, count=20):
        hidden = self.model.model(
            input_ids=torch.tensor([prompt + answer], device=self.model.device)).last_hidden_state
        shares = self.model.lm_head(hidden[0, len(prompt) - 1:-1]).float().softmax(-1)
        held, ids = shares.topk(count, -1)
        return ids, held / held.sum(-1, keepdim=True)

    def questions(self, passage, draws):
        """What the model asks about a passage, filtered as org.seal4j.rl.study.QuestionFilter does."""
        text = passage["title"] + "\n" + passage["context"]
        before = EXAMPLE + f"Context: {passage['title']}\n{passage['context']}\n\n"
        openings = [OPENINGS[i % 5][i // 5 % len(OPENINGS[i % 5])] for i in range(draws)]
        ends = set(self.lines) | {self.end}
        drafts, seen = [], set()
        for opening, (ids, _) in zip(openings, self.write(
                [self.ids(before + "Question: " + o) for o in openings], ends, 32, 0.7, 0.95)):
            question = (opening + self.tokenizer.decode(ids)).split("\n")[0].strip().split("?")[0] + "?"
            key = " ".join(words(question))
            if 4 <= len(key.split()) <= 32 and key not in seen and recall("", [question], text, 0.5):
                seen.add(key)
                drafts.append(question)
        prompts = [self.ids(before + f"Question: {q}\nAnswer:") for q in drafts]
        told = [self.asked(f"Context: {passage['title']}\n{passage['context']}\n\nQuestion: {q}\n"
                           "Answer with a short phrase from the context.") for q in drafts]
        alone = self.write([self.asked(q) for q in drafts], {self.end}, 32)
        kept = []
        for question, prompt, talk, (short, ended), (spoken, over), (known, _) in zip(
                drafts, prompts, told, self.write(prompts, ends, 24), self.write(told, {self.end}, 40),
                alone):
            answer = self.said(short)
            if (not ended or not words(answer) or not recall(question, [answer], text)
                    or recall("", [answer], question) or recall(question, [answer], self.said(known))):
                continue
            ids, held = self.likeliest(prompt, short + [self.lines[0]])
            ids[-1], held[-1] = torch.arange(len(ids[-1])), 0  # the end of an answer, for certain
            ids[-1, 0], held[-1, 0] = self.end, 1
            rows = {"short": (self.asked(question), short + [self.end], (ids, held))}
            if over and recall(question, [answer], self.said(spoken)):
                rows["sentence"] = (self.asked(question), spoken + [self.end],
                                    self.likeliest(talk, spoken + [self.end]))
            kept.append(dict(question=question, answer=answer, rows=rows))
        return kept

    def anchors(self, count):
        prompts = [self.asked(REQUESTS[i // 2 % 3].format(SUBJECTS[i // 2 % len(SUBJECTS)])) if i % 2 == 0
                   else self.ids(BEGINNINGS[i // 2 % len(BEGINNINGS)]) for i in range(count)]
        written = self.write(prompts, {self.end}, 40, 1.0)
        return [(p, a, self.likeliest(p, a)) for p, (a, _) in zip(prompts, written) if a]

    def loss(self, batch, alike):
        width = max(len(p) + len(a) for p, a, _ in batch)
        ids = torch.zeros(len(batch), width, dtype=torch.long, device=self.model.device)
        for at, (p, a, _) in enumerate(batch):
            ids[at, :len(p) + len(a)] = torch.tensor(p + a)
        hidden = self.model.model(input_ids=ids).last_hidden_state
        total = weights = 0.0
        for at, (p, a, teacher) in enumerate(batch):
            logs = self.model.lm_head(hidden[at, len(p) - 1:len(p) + len(a) - 1]).log_softmax(-1)
            if teacher is None:
                lost = -logs.gather(1, torch.tensor(a, device=logs.device)[:, None])
            else:
                lost = -(logs.gather(1, teacher[0].to(logs.device)) * teacher[1].to(logs.device))
            weight = 1 / len(a) if alike else 1.0
            total, weights = total + weight * lost.sum(), weights + weight * len(a)
        return total / weights

    @torch.no_grad()
    def perplexity(self, texts):
        lost = count = 0
        for ids in (self.ids(t) + [self.end] for t in texts):
            hidden = self.model.model(input_ids=torch.tensor([ids], device=self.model.device))
            logs = self.model.lm_head(hidden.last_hidden_state[0, :-1]).log_softmax(-1)
            lost -= logs.gather(1, torch.tensor(ids[1:], device=logs.device)[:, None]).sum().item()
            count += len(ids) - 1
        return math.exp(lost / count)

    def examine(self, group, held, general, texts):
        asked = [(q["question"], q["answers"], "own") for p in group for q in p["questions"]]
        asked += [(k["question"], [k["answer"]], "held") for k in held]
        asked += [(q, a, "general") for q, a in general]
        said = [self.said(ids) for ids, _ in self.write([self.asked(q) for q, _, _ in asked], {self.end}, 32)]
        found = dict(perplexity=self.perplexity(texts))
        for kind in ("own", "held", "general"):
            scores = [(recall(q, a, s), f1(a, s)) for (q, a, k), s in zip(asked, said) if k == kind]
            found[kind] = sum(r for r, _ in scores) / max(1, len(scores))
            found[kind + "_f1"] = sum(f for _, f in scores) / max(1, len(scores))
        return found

    def train(self, group, kept, anchors, settings, seed):
        rng = random.Random(seed)
        torch.manual_seed(seed)
        adapters, undo = self.adapt(settings)
        try:
            optimizer = torch.optim.AdamW(adapters, lr=settings["rate"], weight_decay=0)
            steps = settings["readings"] * len(group) // settings["passages"]
            turns = {}

            def turn(name, rows, most):
                for _ in range(min(most, len(rows))):
                    if not turns.get(name):
                        turns[name] = rng.sample(rows, len(rows))
                    yield turns[name].pop()

            order = []
            for step in range(steps):
                batch = list(turn("anchors", anchors, settings["anchors"]))
                for _ in range(settings["passages"]):
                    order = order or rng.sample(range(len(group)), len(group))
                    at = order.pop()
                    text = self.ids(group[at]["title"] + "\n" + group[at]["context"]) + [self.end]
                    batch += [(text[:1], text[1:], None)] if settings["text"] else []
                    batch += turn(at, rows_of(kept[at], settings), settings["others"])
                for part in optimizer.param_groups:
                    part["lr"] = settings["rate"] * (1 - step / steps)
                optimizer.zero_grad()
                self.loss(batch, settings["rows"] == "alike").backward()
                torch.nn.utils.clip_grad_norm_(adapters, 1.0)
                optimizer.step()
            return undo
        except BaseException:
            undo()
            raise

    def adapt(self, settings):
        """LoRA on all linear layers of the upper part; returns its weights and how to take it off."""
        layers, adapters, taken = self.model.model.layers, [], []
        for layer in layers[len(layers) - round(len(layers) * settings["layers"]):]:
            for part in (layer.self_attn, layer.mlp):
                for name, linear in list(part.named_children()):
                    if isinstance(linear, torch.nn.Linear):
                        lora = Lora(linear, settings["rank"])
                        setattr(part, name, lora)
                        taken.append((part, name, linear))
                        adapters += [lora.a, lora.b]

        def undo():
            for part, name, linear in taken:
                setattr(part, name, linear)

        return adapters, undo


class Lora(torch.nn.Module):
    def __init__(self, linear, rank):
        super().__init__()
        self.linear = linear
        device = linear.weight.device
        self.a = torch.nn.Parameter(torch.empty(rank, linear.in_features, device=device))
        torch.nn.init.kaiming_uniform_(self.a, a=math.sqrt(5))
        self.b = torch.nn.Parameter(torch.zeros(linear.out_features, rank, device=device))

    def forward(self, x):
        return self.linear(x) + 2 * F.linear(F.linear(x, self.a), self.b)


def rows_of(kept, settings):
    rows = []
    for k in kept[3:3 + settings["questions"]]:
        sentence = k["rows"].get("sentence")
        if sentence is None or settings["answers"] != "sentences":
            rows.append(k["rows"]["short"])
        if sentence is not None and settings["answers"] != "short":
            rows.append(sentence)
    return rows


def groups_of(squad, count):
    passages = []
    for article in json.loads(pathlib.Path(squad).read_text())["data"]:
        for paragraph in article["paragraphs"]:
            if 80 <= len(paragraph["context"].split()) <= 140 and len(paragraph["qas"]) >= 5:
                asked = [dict(question=q["question"], answers=[a["text"] for a in q["answers"]])
                         for q in paragraph["qas"]]
                passages.append(dict(title=article["title"].replace("_", " "),
                                     context=paragraph["context"].strip(), questions=asked))
                break
    return [passages[i:i + 6] for i in range(0, 6 * count, 6)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("squad")
    parser.add_argument("out")
    parser.add_argument("--groups", type=int, default=3)
    parser.add_argument("--draws", type=int, default=150)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    options = parser.parse_args()
    torch.set_float32_matmul_precision("high")
    torch.manual_seed(1)
    study = Study(options.model, options.device)
    general = [line.split("\t") for line in (RESOURCES / "general-questions.tsv").read_text().strip().split("\n")]
    general = [(question, answers.split("|")) for question, answers in general]
    texts = [t.replace("\n", " ") for t in (RESOURCES / "general-text.txt").read_text().strip().split("\n\n")]
    anchors = study.anchors(64)
    with open(options.out, "w") as out:
        for number, group in enumerate(groups_of(options.squad, options.groups)):
            kept = [study.questions(passage, options.draws) for passage in group]
            held = [k for about in kept for k in about[:3]]
            for change in SETTINGS:
                settings = dict(BASE, **change)
                undo = study.train(group, kept, anchors, settings, 1)
                found = study.examine(group, held, general, texts)
                undo()
                print(json.dumps(dict(group=number, change=change, **found)), file=out, flush=True)
                print(number, change, {k: round(v, 3) for k, v in found.items()}, flush=True)


if __name__ == "__main__":
    main()
