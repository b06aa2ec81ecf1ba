#!/usr/bin/env python3
"""A small tokenizer in the form of Gemma's, and what Hugging Face's library makes of odd texts.

Byte-pair encoding over characters with bytes for what is missing, blanks written as U+2581, no blank put before a text, <bos> before it,
runs of line feeds and blanks as tokens of their own. Writes tokenizer.json, tokenizer_config.json and cases.json (text, ids, text of the ids
without special tokens) into the folder. Nothing of Seal4J is used. Not part of the build; needs tokenizers (written with 0.23.3).

    python3 scripts/bench/gemma_tokenizer.py data/src/test/resources/golden/gemma-tokenizer
"""
import json
import os
import sys

from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

SPECIAL = ["<pad>", "<eos>", "<bos>", "<unk>", "<mask>", "<start_of_turn>", "<end_of_turn>"]
OWN = ["\n\n", "\n\n\n", "\t\t", "\u2581\u2581", "\u2581\u2581\u2581\u2581", "<h1>"]
CORPUS = ["the cat sat on the mat and the dog sat on the log", "a rose is a rose is a rose", "  indented twice\n\n    and more\n",
          "def f(x): return x + 1\n", "naïve café déjà vu", "10 20 100 2000", "and then and there and everywhere",
          "The model answers. The user asks.\n\n", "weather, feather, leather: together"]
TEXTS = ["", " ", "  ", "   ", "     x", "the cat", " the cat", "the  cat", "the cat ", "THE CAT", "\n", "\n\n", "\n\n\n", "\n\n\n\n\n", "a\n\nb", "\t", "\t\t\t",
         "a\tb", "\r\n", "x\u00a0y", "▁", "▁▁", "a▁b", " ▁ ", "naïve café", "nai\u0308ve", "日本語", "🙂", "👩\u200d👧", "\u0000", "a\u0000b", "\ufeffx", "\ud7ff\ue000", "ﬁ",
         "<bos>", "<bos>the", "the<eos>cat", "<start_of_turn>user\nthe cat<end_of_turn>\n<start_of_turn>model\n", " <end_of_turn> ", "<end_of_turn",
         "<h1>the</h1>", "<0x41>", "<0xFF>A", "0x41", "100 2000", "therethere", "leather  feather   weather    .", "def f(x):\n    return x\n",
         "The model answers.\n\nThe user asks.\n", "𝔘𝔫𝔦", "e\u0301", "\u202e x", "a" * 40, " " * 17 + "end", "é" * 9, "andandand and and"]


def main(folder):
    norm = normalizers.Replace(" ", "\u2581")
    trained = Tokenizer(models.BPE(unk_token="<unk>", byte_fallback=True, fuse_unk=True))
    trained.normalizer = norm
    trained.train_from_iterator(CORPUS * 4, trainers.BpeTrainer(vocab_size=200, show_progress=False, min_frequency=2))
    learned = json.loads(trained.to_str())["model"]
    pieces = SPECIAL + OWN + [f"<0x{b:02X}>" for b in range(256)]
    made = ["".join(m) for m in learned["merges"]] + ["\u2581\u2581", "\u2581\u2581\u2581\u2581"]
    pieces += [p for p in learned["vocab"] if p not in pieces]
    # as of SentencePiece: each way to make a piece of two others
    merges = [(p[:i], p[i:]) for p in made for i in range(len(p) - 1, 0, -1) if p[:i] in pieces and p[i:] in pieces]
    words = Tokenizer(models.BPE({p: i for i, p in enumerate(pieces)}, list(dict.fromkeys(merges)), unk_token="<unk>", byte_fallback=True,
                                 fuse_unk=True))
    words.normalizer = norm
    words.pre_tokenizer = pre_tokenizers.Split(" ", "merged_with_previous")
    words.decoder = decoders.Sequence([decoders.Replace("\u2581", " "), decoders.ByteFallback(), decoders.Fuse()])
    words.add_special_tokens([AddedToken(t, normalized=False, special=True) for t in SPECIAL])
    words.add_tokens([AddedToken(t, normalized=False) for t in OWN])
    words.post_processor = processors.TemplateProcessing(single="<bos> $A", pair="<bos> $A <bos> $B", special_tokens=[("<bos>", 2)])
    words.save(os.path.join(folder, "tokenizer.json"))
    with open(os.path.join(folder, "tokenizer_config.json"), "w") as f:
        json.dump({"tokenizer_class": "GemmaTokenizer", "add_bos_token": True, "add_eos_token": False, "bos_token": "<bos>", "eos_token": "<eos>",
                   "unk_token": "<unk>", "pad_token": "<pad>", "clean_up_tokenization_spaces": False}, f, indent=1)
        f.write("\n")
    with open(os.path.join(folder, "cases.json"), "w") as f:
        cases = []
        for text in TEXTS:
            ids = words.encode(text).ids
            cases.append({"text": text, "ids": ids, "decoded": words.decode(ids)})
        json.dump(cases, f, indent=0)
        f.write("\n")
    print(words.get_vocab_size(), "tokens")


if __name__ == "__main__":
    main(sys.argv[1])
