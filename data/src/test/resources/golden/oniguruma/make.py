"""Writes cases.jsonl: what Hugging Face's tokenizers 0.23.3 (Oniguruma 6.9) finds by random expressions. Usage: python make.py > cases.jsonl"""
import json
import random

from tokenizers import Regex, normalizers, pre_tokenizers

ATOMS = (
    r"a b \d \w \s \h \D \W \S \H . \R [[:alpha:]] [[:digit:]] [[:space:]] [[:punct:]] [[:upper:]]"
    r" [[:lower:]] [[:alnum:]] [[:word:]] [[:xdigit:]] [[:cntrl:]] [[:graph:]] [[:print:]] [[:blank:]]"
    r" [[:ascii:]] [[:^alpha:]] [[:^punct:]] [^[:space:]] [a-c\d] [^a-c\n] \p{L} \p{Lu} \p{N} \P{L} \p{^L}"
    r" \p{Alpha} \p{Han} \p{Latin} \p{Punct} \p{Letter} \p{M} \p{S} \p{P} \p{Z} \p{C} \p{Word} \p{^Word}"
    r" \p{Upper} [a-z&&[^c]] [\w&&[^\d_]] [^\s\p{L}\p{N}] [a[bc]d] \x61 \x{e9} \u00e9 \t \n \r \101 ^ $ \A \z"
    r" \Z \b \B \G (a) (?:ab) (a|b)\1 (?<n>a)\k<n> (?>a+) (?=a) (?!a) (?<=a) (?<!a) (?i:AB) (?i)k (?m:.)"
    r" (?x:a~b) (?-i:a) (?i:ss) (?i:\u00df) (?i:\p{Lu}) (?i:[^a]) \K \N \O [\h] \- \. [.-] []a] [^]a] (?#c)"
    r" \x{1F600} [\w-a] a{,2} a{2} a{1,2}+"
).split(" ")
TIMES = [""] * 8 + ["*", "+", "?", "*?", "+?", "??", "*+", "++", "?+", "{2}", "{1,3}", "{,2}", "{2,}", "{1,2}?"]
PIECES = (
    ["a", "b", "ab", "AB", "c", "aa", "abab", " ", "  ", "\n", "\r\n", "\r", "\t", "\x85", "\u2028", "\u200d"]
    + ["\xa0", "\u3000", "1", "23", "\u0663", "\xb2", "\xe9", "\xc9", "e\u0301", "\xdf", "\u017f", "K", "k"]
    + ["\u212a", "\u4e2d", "\u3072", "\u03bb", "\u03a3", "\U0001F600", ".", ",", "!", "-", "_", "(", "$", "+"]
    + ["^", "`", "|", "\u20ac", "\x0b", "x", "F", "\u0130", "\xbd", "ss", "SS"]
)
KINDS = ["removed", "isolated", "merged_with_previous", "merged_with_next", "contiguous"]
draw = random.Random(11)


def sequence(depth):
    parts = []
    for _ in range(draw.choice([1, 1, 2, 2, 3])):
        group = depth > 0 and draw.random() < 0.15
        one = draw.choice(["(?:", "(", "(?>", "(?i:", "(?=", "(?m:"]) + choices(depth - 1) + ")" if group else draw.choice(ATOMS)
        parts.append(one.replace("~", " ") + draw.choice(TIMES))
    return "".join(parts)


def choices(depth):
    return "|".join(sequence(depth) for _ in range(draw.choice([1, 1, 1, 2, 3])))


written = 0
while written < 1200:
    expression = choices(1)
    text = "".join(draw.choice(PIECES) for _ in range(draw.randint(1, 12)))
    kind, inverted = draw.choice(KINDS), draw.random() < 0.3
    try:
        regex = Regex(expression)
        replaced = normalizers.Replace(regex, "<>").normalize_str(text)
        pieces = [piece for piece, _ in pre_tokenizers.Split(regex, kind, inverted).pre_tokenize_str(text)]
    except BaseException:
        continue
    if replaced == text and draw.random() < 0.9:
        continue
    written += 1
    label = "".join(word.capitalize() for word in kind.split("_"))
    print(json.dumps([expression, text, replaced, label, inverted, pieces], ensure_ascii=True))
