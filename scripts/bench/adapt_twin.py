#!/usr/bin/env python3
"""One `seal adapt` beside PyTorch, transformers and PEFT: the same work on the same cores, part by part.

    adapt_twin.py ours RUN LOG -- COMMAND     starts COMMAND, a `seal adapt ... --out RUN`, and times its parts
    adapt_twin.py twin RUN LOG MODEL          does the work of that finished run with MODEL, a Hugging Face folder
    adapt_twin.py table LOG                   prints both as a table

CPU seconds of all threads and seconds by the clock. The twin takes from the run what decides the amount of work: passages, how many questions were
written, answered and kept, the examined questions, and for the steps the very rows that the run trained on with the likeliest tokens of its teacher.
Its own questions are drawn with the same prompts and settings. It is written to be fast: what prompts begin with is read once (--plain: by every
prompt), the cache is extended in place of a new one for each token, short and long rows of a batch are computed apart, and logits are made where a row
has a loss alone. A peer of the benchmark alone: nothing in the product, its tests or its builds needs it. Needs torch, transformers, peft, pyarrow.
"""
import argparse
import base64
import os
import pathlib
import re
import struct
import subprocess
import sys
import time

for _name in ("MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_"):  # page faults took a third of the time without
    if sys.argv[1:2] == ["twin"] and _name not in os.environ:
        os.environ[_name] = str(1 << 30)
        if _name == "MALLOC_MMAP_THRESHOLD_":
            os.execv(sys.executable, [sys.executable, *sys.argv])

ROOT = pathlib.Path(__file__).parents[2]
STUDY = ROOT / "rl/src/main"
ADAPT = ROOT / "scripts/src/main/resources/org/seal4j/scripts/adapt"
OPENINGS = [["Who", "Where", "Which", "What"], ["What is"], ["Why", "How did"], ["What are", "Which"], ["When", "How many"]]
BEFORE_ANSWERING = ("it does not end with", "it has fewer than", "it asks about", "less than half", "it is a sentence", "it was asked")
LINEARS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
PARTS = ["questions", "examination before, anchors", "teacher's pass", "steps", "examination after, files"]


# ---- ours: the parts of a command, told apart by the files that it writes


def cpu(root):
    """CPU seconds of a process and all below it."""
    ticks = os.sysconf("SC_CLK_TCK")
    parents, spent = {}, {}
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            parents[int(entry.name)] = int(fields[1])
            spent[int(entry.name)] = sum(map(int, fields[11:15])) / ticks
    wanted = {root}
    while True:
        more = {p for p, parent in parents.items() if parent in wanted} - wanted
        if not more:
            break
        wanted |= more
    return sum(spent.get(p, 0.0) for p in wanted)


def ours(run, log, command):
    marks = [("questions", run / "passages.arrow"), ("examination before, anchors", run / "checkpoints"), ("steps", run / "adapter")]
    start, last = time.time(), (0.0, time.time())
    process = subprocess.Popen(command)
    used = 0.0
    while process.poll() is None:
        used = max(used, cpu(process.pid))
        while marks and marks[0][1].exists():
            note(log, "engine", marks.pop(0)[0], used - last[0], time.time() - last[1])
            last = (used, time.time())
        time.sleep(0.2)
    note(log, "engine", "examination after, files", used - last[0], time.time() - last[1])
    print(f"{time.time() - start:.0f} s, exit code {process.returncode}")
    sys.exit(0 if process.returncode in (0, 2) and not marks else 1)


def note(log, who, part, seconds, clock):
    print(f"{who}\t{part}\t{seconds:.1f} CPU s\t{clock:.1f} s", flush=True)
    with open(log, "a", encoding="utf-8") as out:
        out.write(f"{who}\t{part}\t{seconds:.2f}\t{clock:.2f}\n")


def table(log):
    times = {}
    for line in open(log, encoding="utf-8"):
        who, part, seconds, clock = line.rstrip("\n").split("\t")
        times.setdefault(part, {}).setdefault(who, []).append((float(seconds), float(clock)))

    def median(values):
        values = sorted(values)
        return (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2

    names = list(dict.fromkeys(who for by in times.values() for who in by))
    print("| CPU s (s by the clock) | " + " | ".join(names) + " | ÷ ours |")
    print("|---" * (len(names) + 2) + "|")
    sums = {who: [0.0, 0.0] for who in names}
    for part in PARTS + ["all"]:
        cells = {}
        for who in names:
            found = times.get(part, {}).get(who)
            if found:
                cells[who] = [median([f[0] for f in found]), median([f[1] for f in found])]
                sums[who] = [a + b for a, b in zip(sums[who], cells[who])]
        if part == "all":
            cells = sums
        shown = [f"{cells[w][0]:.0f} ({cells[w][1]:.0f})" if w in cells else "–" for w in names]
        ratio = [f"{cells[w][0] / cells['engine'][0]:.2f}" for w in names if w != "engine" and w in cells and "engine" in cells]
        print(f"| {part} | " + " | ".join(shown) + f" | {', '.join(ratio) or '–'} |")


# ---- the twin


def example():
    """The reading example of the prompts, from the source of the product."""
    text = (STUDY / "java/org/seal4j/rl/study/ReadingExample.java").read_text()
    text = re.search(r'"""\n(.*?)      """', text, re.S)[1].replace("\\\n", "")
    return re.sub(r" {2,}", " ", re.sub(r"^ {6}", "", text, flags=re.M))


class Twin:
    def __init__(self, run, log, folder, options):
        import pyarrow.ipc
        import torch
        import transformers
        import yaml

        self.torch, self.log, self.plain, self.most = torch, log, options.plain, options.steps
        self.name = "PEFT, plain" if options.plain else "PEFT"
        torch.set_num_threads(options.threads)
        torch.manual_seed(1)
        self.keys = yaml.safe_load((run / "effective.yaml").read_text())
        with pyarrow.ipc.open_file(run / "passages.arrow") as file:
            self.passages = file.read_all().to_pylist()
        with pyarrow.ipc.open_stream(run / "writing.arrows") as file:
            self.written = file.read_all().to_pylist()
        self.answers = self.examined(run / "answers.arrow")
        start = self.clock()
        self.tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
        self.model = transformers.AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, attn_implementation="sdpa").eval()
        self.model.requires_grad_(False)
        self.end = self.tokenizer.eos_token_id
        self.lines = {i for i in range(len(self.tokenizer)) if "\n" in self.tokenizer.decode([i])}
        self.loaded = [b - a for a, b in zip(start, self.clock())]
        self.example = example()
        self.tokens = 0

    def examined(self, file):
        """The questions that are asked before and after; of a run that goes on those that it makes itself."""
        if file.exists():
            import pyarrow.ipc
            with pyarrow.ipc.open_file(file) as table:
                return table.read_all().to_pylist()
        general = [line.split("\t")[0] for line in (ADAPT / "general-questions.tsv").read_text().strip().split("\n")]
        held = [k["question"] for p in self.passages for k in self.kept(p)[:p["held_out"]]]
        return [dict(question=q, passage="", in_context=None) for q in held + general]

    @staticmethod
    def clock():
        return time.process_time(), time.time()

    def timed(self, part, work, times=1):
        start = self.clock()
        with self.torch.no_grad():
            result = work()
        spent = [(b - a) * times for a, b in zip(start, self.clock())]
        if part == "questions":  # which begin with the start of the program
            spent = [a + b for a, b in zip(spent, self.loaded)]
        note(self.log, self.name, part, *spent)
        return result

    def ids(self, text):
        return self.tokenizer(text, add_special_tokens=False).input_ids

    def asked(self, question):
        said = [{"role": "user", "content": question}]
        return self.ids(self.tokenizer.apply_chat_template(said, tokenize=False, add_generation_prompt=True))

    def write(self, prompts, stops, most, temperature=0.0, top_p=1.0, marks=False, batch=48):
        """Continuations, each up to its end."""
        return [row for at in range(0, len(prompts), batch) for row in self.together(prompts[at:at + batch], stops, most, temperature, top_p, marks)]

    def together(self, prompts, stops, most, temperature, top_p, marks):
        torch = self.torch
        shared = 0
        if not self.plain and len(prompts) > 1:
            shared = len(os.path.commonprefix(prompts))
            shared = min(shared, min(map(len, prompts)) - 1)
        cache = None
        if shared > 0:
            cache = self.model(input_ids=torch.tensor([prompts[0][:shared]]), use_cache=True, logits_to_keep=1).past_key_values
            cache.batch_repeat_interleave(len(prompts))
        rests = [p[shared:] for p in prompts]
        width = max(map(len, rests))
        ids, mask = torch.zeros(len(rests), width, dtype=torch.long), torch.ones(len(rests), shared + width, dtype=torch.long)
        for at, rest in enumerate(rests):
            ids[at, width - len(rest):] = torch.tensor(rest)
            mask[at, shared:shared + width - len(rest)] = 0
        places = (mask.cumsum(1) - 1).clamp(min=0)[:, shared:]
        written, live = [[] for _ in rests], list(range(len(rests)))
        for _ in range(most):
            out = self.model(input_ids=ids, attention_mask=mask, position_ids=places, past_key_values=cache, use_cache=True, logits_to_keep=1)
            cache, logits = out.past_key_values, out.logits[:, -1]
            if temperature == 0:
                chosen = logits.argmax(-1)
            else:
                shares, order = (logits / temperature).softmax(-1).topk(min(2048, logits.shape[-1]))  # a sort of all takes longer
                shares[shares.cumsum(-1) - shares > top_p] = 0
                chosen = order.gather(1, torch.multinomial(shares, 1))[:, 0]
            self.tokens += len(live)
            going = []
            for at, token in enumerate(chosen.tolist()):
                written[live[at]].append(token)
                done = token in stops or (marks and "?" in self.tokenizer.decode([token]))
                if not done:
                    going.append(at)
            if not going:
                break
            if len(going) < len(live):  # rows that have ended leave the batch
                keep = torch.tensor(going)
                cache.batch_select_indices(keep)
                chosen, mask, places = chosen[keep], mask[keep], places[keep]
                live = [live[at] for at in going]
            ids, places = chosen[:, None], places[:, -1:] + 1
            mask = torch.cat([mask, mask.new_ones(len(live), 1)], 1)
        return written

    # the parts

    def questions(self):
        ask = self.keys["questions"]
        draws = -(-(ask["count"] + ask["heldOut"]) * ask["draws"] // 1)
        ends = self.lines | {self.end}
        for passage in self.passages:
            text = self.example + f"Context: {passage['title']}\n{passage['text']}\n\n"
            openings = [OPENINGS[i % 5][i // 5 % len(OPENINGS[i % 5])] for i in range(int(draws))]
            made = self.write([self.ids(text + "Question: " + o) for o in openings], ends, 32, ask["temperature"], ask["topP"], True)
            drafts = [o + self.tokenizer.decode(m) for o, m in zip(openings, made)]
            kept = self.kept(passage)
            lost = {why: int(n) for n, why in re.findall(r"(\d+): ([^;]+)", passage["note"])}
            answered = int(draws) - sum(n for why, n in lost.items() if why.startswith(BEFORE_ANSWERING))
            known = sum(n for why, n in lost.items() if why.startswith("the model knows"))
            some = [k["question"] for k in kept] + [d.split("\n")[0] for d in drafts]
            self.write([self.ids(text + f"Question: {q}\nAnswer:") for q in some[:answered]], ends, ask["answerTokens"])
            self.write([self.asked(q) for q in some[:len(kept) + known]], {self.end}, ask["answerTokens"])
            if kept and ask["answers"] != "short":
                self.write([self.told(passage, k["question"]) for k in kept], {self.end}, 40)

    def kept(self, passage):
        return [row for row in self.written if row["passage"] == passage["passage"] and row["question"] is not None]

    def told(self, passage, question):
        return self.asked(f"Context: {passage['title']}\n{passage['text']}\n\nQuestion: {question}\nAnswer with a short phrase from the context.")

    def teacher(self):
        """What the engine keeps while it answers: the likeliest tokens at each place of an answer."""
        for passage in self.passages:
            text = self.example + f"Context: {passage['title']}\n{passage['text']}\n\n"
            rows = []
            for row in self.kept(passage):
                rows.append((self.ids(text + f"Question: {row['question']}\nAnswer:"), numbers(row["tokens"])))
                if row["sentence"] is not None:
                    rows.append((self.told(passage, row["question"]), numbers(row["sentence_tokens"])))
            for at in range(0, len(rows), 8):
                some = rows[at:at + 8]
                hidden = self.hidden([p + a for p, a in some])
                for i, (p, a) in enumerate(some):
                    self.model.lm_head(hidden[i, len(p) - 1:len(p) + len(a) - 1]).softmax(-1).topk(self.keys["questions"]["likeliest"])

    def hidden(self, rows, model=None):
        width = max(map(len, rows))
        ids = self.torch.zeros(len(rows), width, dtype=self.torch.long)
        for at, row in enumerate(rows):
            ids[at, :len(row)] = self.torch.tensor(row)
        return (model or self.model.model)(input_ids=ids).last_hidden_state  # padding stands behind, so that no mask is needed

    def examine(self, context):
        self.write([self.asked(a["question"]) for a in self.answers], {self.end}, self.keys["proof"]["answerTokens"])
        by = {p["passage"]: p for p in self.passages}
        for passage in by if context else ():
            text = self.example + f"Context: {by[passage]['title']}\n{by[passage]['text']}\n\n"
            own = [a["question"] for a in self.answers if a["passage"] == passage and a["in_context"] is not None]
            if own:
                self.write([self.ids(text + f"Question: {q}\nAnswer:") for q in own], self.lines | {self.end}, self.keys["proof"]["answerTokens"])
        rows = [self.ids(t.replace("\n", " ")) + [self.end] for t in (ADAPT / "general-text.txt").read_text().strip().split("\n\n")]
        for row in rows:
            self.model.lm_head(self.hidden([row])[0, :-1]).log_softmax(-1)

    def anchors(self):
        asked = (STUDY / "resources/org/seal4j/rl/study/anchor-questions.txt").read_text().splitlines()
        steps = self.steps()
        count = min(96, self.keys["study"]["anchors"] * steps)
        prompts = [self.asked(asked[i // 2 % len(asked)]) if i % 2 == 0 else self.asked(f"Tell me about {i}.") if i % 4 == 1 else self.ids("There are")
                   for i in range(count)]
        made = self.write(prompts, {self.end}, 40, 0.7)
        rows = []
        for p, a in zip(prompts, made):
            best = self.model.lm_head(self.hidden([p + a])[0, len(p) - 1:-1]).softmax(-1).topk(self.keys["questions"]["likeliest"])
            rows.append((p, a, best.indices, best.values / best.values.sum(-1, keepdim=True)))
        return rows

    def steps(self):
        study = self.keys["study"]
        each = min(study["passages"], len(self.passages))
        return max(1, -(-study["readings"] * len(self.passages) // each))

    def rows(self, passage):
        rows = []
        for row in self.kept(passage)[passage["held_out"]:]:
            for name in ("", "sentence_"):
                if row[name + "tokens"] is not None:
                    rows.append((self.asked(row["question"]), numbers(row[name + "tokens"]), *self.likely(row[name + "teacher"])))
        return rows

    def likely(self, text):
        data = base64.b64decode(text)
        width = struct.unpack_from("<i", data)[0]
        n = (len(data) // 4 - 1) // 2
        ids = self.torch.tensor(struct.unpack_from(f"<{n}i", data, 4)).view(-1, width)
        return ids, self.torch.tensor(struct.unpack_from(f"<{n}f", data, 4 + 4 * n)).view(-1, width)

    def train(self, anchors):
        import peft
        torch, study, inner = self.torch, self.keys["study"], self.keys["inner"]
        total = self.model.config.num_hidden_layers
        model = peft.get_peft_model(self.model, peft.LoraConfig(
            r=inner["lora"]["rank"], lora_alpha=inner["lora"]["alpha"], lora_dropout=0.0, target_modules=LINEARS, task_type="CAUSAL_LM",
            layers_to_transform=list(range(total - (total + 2) // 3, total))))
        model.train()
        parameters = [p for p in model.parameters() if p.requires_grad]
        optimizer = torch.optim.AdamW(parameters, lr=inner["learningRate"], weight_decay=0.0, fused=True)
        texts = [([], self.ids(p["title"] + "\n" + p["text"]) + [self.end], None, None) for p in self.passages]
        others = [self.rows(p) for p in self.passages]
        steps, turns = self.steps(), {}

        def turn(name, rows, most):
            taken = []
            for _ in range(min(most, len(rows))):
                if not turns.get(name):
                    turns[name] = [rows[i] for i in torch.randperm(len(rows)).tolist()]
                taken.append(turns[name].pop())
            return taken

        losses, tokens = [], 0
        with torch.enable_grad():
            for step in range(min(steps, self.most)):
                batch = turn("anchors", anchors, study["anchors"])
                for passage in turn("passages", list(range(len(texts))), study["passages"]):
                    batch += [texts[passage]] + turn(passage, others[passage], study["others"])
                for group in optimizer.param_groups:
                    group["lr"] = inner["learningRate"] * (1 - step / steps)
                optimizer.zero_grad()
                loss = 0.0
                batch.sort(key=lambda row: len(row[0]) + len(row[1]))
                short = [row for row in batch if len(row[0]) + len(row[1]) <= 96]
                for part in (short, batch[len(short):]):
                    if part:
                        own = self.loss(part) / len(batch)
                        own.backward()
                        loss += own.item()
                torch.nn.utils.clip_grad_norm_(parameters, inner["clip"])
                optimizer.step()
                losses.append(loss)
                tokens += sum(len(row[0]) + len(row[1]) for row in batch)
        model.eval()
        model.merge_adapter()
        made = len(losses)
        print(f"{made} of {steps} steps of {tokens / made:.0f} tokens, loss {losses[0]:.3f} to {sum(losses[-20:]) / len(losses[-20:]):.3f} (last 20)", flush=True)

    def loss(self, rows):
        """Every row counts alike; logits are made where it has a loss."""
        hidden = self.hidden([p + a for p, a, *_ in rows])
        at = [max(len(p), 1) for p, *_ in rows]
        logs = self.model.lm_head(self.torch.cat([hidden[i, s - 1:len(rows[i][0]) + len(rows[i][1]) - 1] for i, s in enumerate(at)])).log_softmax(-1)
        total, start = 0.0, 0
        for (p, a, ids, held), s in zip(rows, at):
            n = len(p) + len(a) - s
            own, start = logs[start:start + n], start + n
            if ids is None:
                total = total - own.gather(1, self.torch.tensor(a[len(a) - n:])[:, None]).mean()
            else:
                total = total - (own.gather(1, ids) * held).sum(-1).mean()
        return total

    def run(self):
        import peft
        import transformers
        print(f"PyTorch {self.torch.__version__}, transformers {transformers.__version__}, PEFT {peft.__version__}, {self.torch.get_num_threads()} threads")
        self.timed("questions", self.questions)
        anchors = self.timed("examination before, anchors", lambda: (self.examine(True), self.anchors())[1])
        self.timed("teacher's pass", self.teacher)
        self.timed("steps", lambda: self.train(anchors), max(1, self.steps() / self.most))
        self.timed("examination after, files", lambda: self.examine(False))
        print(f"{self.tokens} tokens written")


def numbers(text):
    data = base64.b64decode(text)
    return list(struct.unpack(f"<{len(data) // 4}i", data))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["ours", "twin", "table"])
    parser.add_argument("run", type=pathlib.Path)
    parser.add_argument("log", nargs="?")
    parser.add_argument("model", nargs="?")
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--threads", type=int, default=1, help="more than one spin where others wait for the cores, which counts as CPU time")
    parser.add_argument("--steps", type=int, default=1 << 30, help="train for so many steps at most and count as many as the run has")
    own = sys.argv[1:sys.argv.index("--")] if "--" in sys.argv else sys.argv[1:]
    options = parser.parse_args(own)
    if options.what == "ours":
        ours(options.run, options.log, sys.argv[sys.argv.index("--") + 1:])
    elif options.what == "twin":
        Twin(options.run, options.log, options.model, options).run()
    else:
        table(options.run)


if __name__ == "__main__":
    main()
