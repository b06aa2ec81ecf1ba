"""Makes data/src/test/resources/golden/chat-templates/cases.json: what Jinja2 writes for chat templates.

The environment is the one that Hugging Face transformers compiles chat templates in. Run by hand from
the root of the repository, with the folder of shared data; no test needs Python:

    python3 -m venv /tmp/jinja && /tmp/jinja/bin/pip install jinja2==3.1.6
    /tmp/jinja/bin/python scripts/bench/chat_templates.py ../shared
"""
import datetime
import json
import pathlib
import struct
import sys

import jinja2
import jinja2.ext
from jinja2.sandbox import ImmutableSandboxedEnvironment

FOLDER = pathlib.Path("data/src/test/resources/golden/chat-templates")
NOW = datetime.datetime(2024, 7, 5, 14, 3, 9)
TOKENS = {"bos_token": "<s>", "eos_token": "</s>"}
FAMILIES = [
    "llama3", "llama2", "mistral-tools", "gemma", "phi3", "zephyr", "chatml-tools", "deepseek",
    "command-r", "granite",
]

TALK = [
    {"role": "system", "content": "  You answer {briefly} & \"well\". "},
    {"role": "user", "content": "Where does Mara live? {{ bos_token }} {% if %}\n"},
    {"role": "assistant", "content": "In Köln 😀.\u00a0"},
    {"role": "user", "content": "\tSince <when>?"},
]
CALLS = [
    {"id": "call00001", "type": "function",
     "function": {"name": "weather", "arguments": {"place": "Köln", "days": 2, "fine": True}}},
    {"id": "call00002", "type": "function",
     "function": {"name": "clock", "arguments": {"zone": None, "offsets": [1.5, -2]}}},
]
TOOL_TALK = [
    {"role": "system", "content": "Be exact."},
    {"role": "user", "content": "Weather and time in Köln?"},
    {"role": "assistant", "content": None, "tool_calls": CALLS},
    {"role": "tool", "content": "{\"rain\": 0.5}\n\n 12 °C ", "tool_call_id": "call00001"},
    {"role": "tool", "content": "14:03", "tool_call_id": "call00002"},
    {"role": "assistant", "content": "Dry, 14:03."},
    {"role": "user", "content": "Thanks."},
]
ONE_CALL = TOOL_TALK[:2] + [
    {"role": "assistant", "content": "Let me see.", "tool_calls": CALLS[:1]},
    {"role": "tool", "content": {"rain": 0.5, "text": "it's \"dry\""}, "tool_call_id": "call00001"},
]
TOOLS = [
    {"type": "function", "function": {
        "name": "weather", "description": "Says the weather.", "parameters": {
            "type": "object", "properties": {
                "place": {"type": "string", "description": "Where, e.g. \"Köln\""},
                "days": {"type": "integer"},
                "units": {"type": ["string", "number"]},
                "more": {"type": "array", "items": {"type": "array", "items": {"type": "object"}}},
            }, "required": ["place", "days"]}}},
    {"type": "function", "function": {
        "name": "clock", "description": "Says the time.",
        "parameters": {"type": "object", "properties": {}},
        "return": {"type": "object", "additionalProperties": {"type": "boolean"}}}},
]
DOCUMENTS = [
    {"title": "Köln", "text": "A city on the Rhine."},
    {"title": "Empty", "text": "", "body": "Nothing."},
]
CONTEXTS = {
    "ask": {"messages": [{"role": "user", "content": "Hello"}]},
    "talk": {"messages": TALK},
    "talk, no prompt": {"messages": TALK, "add_generation_prompt": False},
    "answered": {"messages": TALK[:3], "add_generation_prompt": False},
    "without system": {"messages": TALK[1:]},
    "two users": {"messages": [TALK[1], TALK[3]]},
    "two systems": {"messages": [TALK[0], {"role": "system", "content": "And in English."}, TALK[1]]},
    "parts": {"messages": [
        {"role": "user", "content": [
            {"type": "text", "text": " What is this? "}, {"type": "image"},
            {"type": "text", "text": "And this?"}]}]},
    "thoughts": {"messages": [
        TALK[1],
        {"role": "assistant", "content": "<think>\n\nKöln\n</think>\n\nIn Köln."},
        TALK[3],
        {"role": "assistant", "content": "<think>\n1999?</think>Since 1999.", "stop": True}],
        "add_generation_prompt": False},
    "no thoughts": {"messages": TALK, "enable_thinking": False},
    "tools": {"messages": TALK[:2], "tools": TOOLS},
    "tools in system": {"messages": TALK, "tools": TOOLS, "tools_in_user_message": False,
                        "date_string": "1 Jan 2025"},
    "calls": {"messages": TOOL_TALK, "tools": TOOLS},
    "calls, unanswered": {"messages": TOOL_TALK[:5], "tools": TOOLS},
    "calls without tools": {"messages": TOOL_TALK[1:]},
    "one call": {"messages": ONE_CALL, "tools": TOOLS[:1]},
    "built in": {"messages": ONE_CALL, "builtin_tools": ["weather", "interpreter"]},
    "documents": {"messages": TALK[1:2], "documents": DOCUMENTS},
    "controls": {"messages": TALK[1:2], "documents": DOCUMENTS, "tools": TOOLS,
                 "controls": {"length": "short", "citations": 2}},
    "other role": {"messages": TALK[:2] + [{"role": "data-source", "content": "A map."}]},
    "no content": {"messages": [{"role": "user"}, {"role": "assistant", "content": ""}]},
}
# Every snippet is written once, with the conversation TALK.
SNIPPETS = [
    "{% if tools is not none %}T{% endif %}{% if tools is none %}N{% endif %}{{ tools is defined }}",
    "{{ tools }}|{{ documents }}|{{ documents is none }}|{{ unknown is none }}|{{ unknown }}",
    "{% set x = none %}{{ x is defined }}{{ x is none }}{{ x == none }}{{ x == unknown }}{{ not x }}",
    "{% if not tools is defined %}A{% else %}B{% endif %}{{ not tools is none }}{{ not unknown is defined }}",
    "{{ 'abcdef'[::-1] }}{{ 'abcdef'[::2] }}{{ 'abcdef'[4:1:-1] }}{{ [1, 2, 3][::-1] }}{{ 'abc'[-9:9] }}{{ 'a😀b'[:-1] }}{{ (1, 2)[1:] }}",
    "{{ (1, 'a')[0] }}{{ (1,) }}{{ () }}{{ (1, 2) + (3,) }}{{ [1] + [2] }}{{ {'a': {'b': [none]}} }}{{ (1, 2) == [1, 2] }}{{ [1, [2]] == [1.0, [2]] }}",
    "{{ 7 // 2 }} {{ -7 // 2 }} {{ -7 % 3 }} {{ 7 / 2 }} {{ 6 / 2 }} {{ 1 + 2.5 }} {{ 10 % 3.5 }} {{ 7.5 // 2 }} {{ -(1 - 2) }} {{ 2 - -3 }}",
    "{{ 1e3 }} {{ 1.0 }} {{ 0.1 + 0.2 }} {{ 1e16 }} {{ 1.5e-7 }} {{ 0.0005 }} {{ 12345678.9 }} {{ 1e-5 }} {{ 3.14 | int }} {{ 2.5e22 }} {{ 0.00012 }} {{ 1e15 }} {{ 0.0 }} {{ -1.25e-10 }}",
    "{{ 'ab' * 3 }}{{ 2 * 'x' }}{{ 'x' * -1 }}{{ true + 1 }}{{ 1 == 1.0 }}{{ 1 == true }}{{ '1' == 1 }}{{ 2.5 > 2 }}",
    "{{ 1 < 2 < 3 }}{{ 3 > 2 > 2 }}{{ 'a' < 'b' != 'c' }}{{ 1 in [1.0] }}{{ 'k' in {'k': 1} }}{{ 'x' in unknown }}{{ 3 not in [1, 2] }}",
    "{{ true }} {{ False }} {{ None }} {{ '' or 'x' }} {{ 0 or none }} {{ [] and 1 }} {{ not '' }} {{ not 1 > 2 }}",
    "{{ 'a' if none }}{{ 'a' if 1 else 'b' if 2 else 'c' }}{{ ('a' if false) is undefined }}{{ 'b' if unknown else 'c' }}",
    "{{ [1, 'a\\'b', \"q\", 'é\\n', 2.0, true, none, '\\u00a0\\u200b😀\\x07\\\\'] }} {{ {'a': 1, 2: 'b'} }}{{ ['\\'\"'] }}",
    "{{ messages[0].items() | list }}{% for k, v in messages[0].items() %}{{ k }}={{ v|length }};{% endfor %}{% for k, v in messages[1]|items %}{{ k }}{% endfor %}",
    "{{ messages[1].keys() | list }}{{ messages[1].values() | list | length }}{{ {'a': 1}.get('b') }}{{ {'a': 1}.get('b', 2) }}",
    "{{ messages[0].items is defined }}{{ messages[0]['items'] is callable }}{{ {'items': 3}['items'] }}{{ {'items': 3}.items is callable }}",
    "{{ messages | map(attribute='role') | join(', ') }} {{ messages | map('length') | list }}{{ [{'a': {'b': 1}}, {}] | map(attribute='a.b', default='-') | list | length }}{{ [{'a': 1}, {}] | map(attribute='a', default='-') | list }}",
    "{{ messages | selectattr('role', 'in', ['user']) | list | length }}{{ messages | rejectattr('x', 'defined') | list | length }}{{ [1, 2, 3] | select('odd') | list }}{{ [1, 2] | reject('==', 1) | list }}",
    "{{ messages | selectattr('role', 'eq', 'user') | map(attribute='content') | first | trim }}{{ [0, 1, ''] | select | list }}{{ messages | selectattr('content') | list | length }}",
    "{{ 'x' | default('y') }}{{ zzz | default('y') }}{{ '' | default('y', true) }}{{ none | default('y') }}{{ '' | d('y', boolean=true) }}{{ zzz | default }}",
    "{{ ' a '|trim }}|{{ 'xax'|trim('x') }}|{{ 'aBC d'|capitalize }}|{{ [1, 2]|reverse|list }}|{{ 'ab'|reverse }}|{{ none|trim }}|{{ zzz|upper }}|{{ 5|lower }}",
    "{{ '3'|int + 1 }}{{ 'x'|int(7) }}{{ '2.9'|int }}{{ 5|string + 'a' }}{{ 'ab'|list }}{{ [1, 2]|last }}{{ []|first is undefined }}{{ 'abc'|first }}{{ messages|count }}",
    "{{ 'a\nb\n\nc' | indent(2) }}|{{ 'a\nb' | indent(2, true) }}|{{ 'a\nb' | indent(width=1, first=true) }}|{{ 'a\n\nb\n' | indent(1, blank=true) }}|{{ 'a\nb' | indent('> ') }}",
    "{{ {'b': [1, {}], 'a': 'é<>&\\'\"\\x07/\\n\\t\\\\\\x7f'} | tojson }}{{ [] | tojson(indent=2) }}{{ {'b': [1, {}], 'a': [[], 2]} | tojson(indent=2) }}{{ {} | tojson(indent=4) }}{{ [1, [2]] | tojson(indent=0) }}",
    "{{ {'b': 1, 'a': 1.0} | tojson(sort_keys=true) }}{{ [1, {'a': 2}] | tojson(separators=(',', ':')) }}{{ 'é😀' | tojson(ensure_ascii=true) }}{{ {1: (2, none, true)} | tojson }}",
    "{{ 'a,b,c'.split(',', 1) }}{{ ' a b \n c '.split() }}{{ 'a\nb\r\nc\n'.splitlines() }}{{ ''.split(',') }}{{ ''.split() }}{{ ' '.split() }}",
    "{{ \"it's a wORLD\".title() }}{{ 'hELLO'.capitalize() }}{{ 'x'.join(['a', 'b']) }}{{ 'abc'.find('c') }}{{ 'abc'.find('z') }}{{ '😀c'.find('c') }}",
    "{{ 'xxaxx'.strip('x') }}{{ 'abc'.lstrip('ba') }}{{ 'abc'.endswith(('d', 'c')) }}{{ 'abab'.replace('ab', 'x', 1) }}{{ 'abab'.replace('b', '') }}{{ '\u00a0\u2003x\x1f\x85'.strip() }}|",
    "{% for m in messages %}{{ loop.index }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.previtem.role if loop.previtem is defined }}{{ loop.nextitem is defined }};{% endfor %}",
    "{% for m in messages if m.role == 'user' %}{{ loop.index }}/{{ loop.length }}{% else %}none{% endfor %}{% for m in [] %}x{% else %}none{% endfor %}{% for x in unknown %}{% else %}-{% endfor %}{% for x in [1] %}{% continue %}{% else %}c{% endfor %}{% for x in [1, 2] %}{% if x == 2 %}{% break %}{% endif %}{% else %}b{% endfor %}{{ 'a' if 0 if 1 else 'b' }}{{ none|map('upper')|list }}{{ [zz] }}",
    "{% for i in range(5) %}{% if i == 1 %}{% continue %}{% endif %}{% if i == 3 %}{% break %}{% endif %}{{ i }}{% endfor %}{{ range(1, 6, 2) | list }}{{ range(3, 0, -1) | list }}{{ range(0)|list }}",
    "{% for a in [1, 2] %}{% for b in 'xy' %}{{ loop.index }}{{ a }}{{ b }}{% endfor %}{{ loop.last }}{% endfor %}{% for k in {'q': 1} %}{{ k }}{% endfor %}{% for a, b in [(1, 2)] %}{{ a }}{{ b }}{% endfor %}",
    "{% set x = 1 %}{% for m in messages %}{% set x = 2 %}{% endfor %}{{ x }}{% if true %}{% set x = 3 %}{% endif %}{{ x }}{% set a, b = 1, 2 %}{{ a }}{{ b }}",
    "{% set ns = namespace(x=1, last=messages|length - 1) %}{% for m in messages %}{% set ns.x = ns.x + 1 %}{% endfor %}{{ ns.x }}{{ ns.last }}{{ ns.y is defined }}{{ ns['x'] }}{{ dict(a=1).a }}",
    "{% set x %}hi {{ messages[0].role }}{% endset %}[{{ x }}]{% set loop_x %}{% for m in messages %}{{ loop.index }}{% endfor %}{% endset %}{{ loop_x | length }}",
    "{% macro m(x, y='d', z=none) %}[{{ x }}-{{ y }}-{{ z }}]{% endmacro %}{{ m('a') }}{{ m('b', y='c') }}{{ m(z=1, x=2) }}{{ m() }}{{ m(m('n')) | length }}",
    "{% macro fact(n) %}{{ 1 if n < 2 else n * fact(n - 1) | int }}{% endmacro %}{{ fact(5) }}{% macro s(a, b=a) %}{{ b }}{% endmacro %}{{ s(3) }}",
    "{% set x = 'out' %}{% macro m() %}{{ x }}{{ messages | length }}{{ inner is defined }}{% endmacro %}{% for inner in [1] %}{{ m() }}{% endfor %}{% set x = 'new' %}{{ m() }}",
    "{{ 1 is odd }}{{ 2 is even }}{{ 4 is divisibleby 2 }}{{ 4 is divisibleby(3) }}{{ 1 is number }}{{ 1 is integer }}{{ 1.0 is float }}{{ true is boolean }}{{ true is number }}{{ true is integer }}{{ 1 is true }}",
    "{{ [] is iterable }}{{ 1 is iterable }}{{ {} is mapping }}{{ [] is sequence }}{{ 'a' is sequence }}{{ {} is sequence }}{{ none is none }}{{ 'a' is in ['a'] }}{{ 1 is eq 1 }}{{ false is false }}{{ 1 is not none }}{{ raise_exception is callable }}{{ unknown is iterable }}",
    "{{ none is sameas none }}{{ true is sameas true }}{{ 1 is sameas(true) }}{{ messages is sameas messages }}{{ 3 is gt 2 }}{{ 3 is ne 3 }}{{ 3 is not lt 4 }}{{ zzz is undefined }}{{ 'x' is defined and 'y' is string }}{{ 3 is ge(3) and 2 is le 1 }}",
    "{{ 'u\\u00e9\\x41\\t' 'b' }}{{ \"x\\ny\" }}{{ 'q\\'s' }}{{ 'a\\qb' }}{{ '😀é'|length }}{{ '😀é'[0] }}{{ '😀é'[1:] }}{{ 'a\\\nb' }}",
    "{{ messages[0]['role'] }}{{ messages[0].nope }}|{{ messages[9] }}|{{ messages[-1].role }}{{ messages[0]['nope'] is defined }}{{ none.x }}|{{ 'abc'.x is defined }}{{ none['x'] }}{{ 'abc'[7] }}",
    "{{ 'a' ~ 1 ~ none ~ true ~ [1] }}{{ 'x' ~ 2 + 'y' }}{{ zzz ~ 'e' }}{{ 1 ~ 2 * 3 }}",
    "{{ {'a': {'b': {}}} }}{{ {'x': '}}'}['x'] }}{{ '%}' }}{% if {'a': 1}['a'] == 1 %}y{% endif %}",
    "  {% if true %}\n  a\n  {% endif %}\nb\n",
    "x  {%- if true -%}  a  {%- endif -%}  y\n",
    "a\n\n{% if true %}\n\nb{% endif %}\n\n",
    "{{ 'a' }}\n{{- 'b' }}\n{{ 'c' -}}\n d",
    "a {%+ if true %}b{% endif +%}\nc",
    "\t {% set x = 1 %}\r\nz\r\n",
    "a\r\n{{ 'b\r\nc' }}\rd{% if true %}\r\ne{% endif %}",
    "a{# hi #}\nb\n{#- x -#}\n  c\n   {# y #}\nd {# z #}",
    "{% for m in messages %}\n  {%- if loop.first %}\n  {{ m.role }}\n  {%- endif %}\n  {{- loop.index -}}\n{% endfor %}\n",
    "{{ zzz.a }}",
    "{{ zzz['a'] }}",
    "{{ zzz() }}",
    "{{ 'a' + 1 }}",
    "{{ 'a' + none }}",
    "{{ 'a' + zzz }}",
    "{{ [1] + (2,) }}",
    "{{ 1 < 'a' }}",
    "{{ messages.nope() }}",
    "{{ 1 // 0 }}",
    "{{ 1.0 / 0 }}",
    "{{ [1] | first(2) }}",
    "{{ 'a' | replace }}",
    "{{ zzz | tojson }}",
    "{{ none | length }}",
    "{{ 'a' | items | list }}",
    "{{ {[1]: 2} }}",
    "{{ ''.__class__.__mro__ }}",
    "{{ messages.append(1) }}",
    "{{ messages[0].update({'role': 'x'}) }}",
    "{{ raise_exception('no: ' + messages[0].role) }}",
    "{{ range(1000000000) | list }}",
    "{{ range(1, 2, 0) }}",
    "{{ m(1) }}{% macro m(a) %}{% endmacro %}",
    "{% macro m(a) %}{% endmacro %}{{ m(1, 2) }}",
    "{% macro m(a) %}{% endmacro %}{{ m(b=2) }}",
    "{% set a, b = [1] %}",
    "{{ 'a' | nothing }}",
    "{{ 1 is nothing }}",
    "{% nothing %}",
    "{% include 'x' %}",
    "{% if true %}",
    "{% for x in 3 %}{% endfor %}",
    "{% for x in none %}{% endfor %}",
    "{% set bos_token.x = 1 %}",
    "{% else %}",
    "{{ 'a' is not }}",
    "{{ (1 }}",
    "{{ }}",
    "{{ a b }}",
]


class Generation(jinja2.ext.Extension):
    tags = {"generation"}

    def parse(self, parser):
        line = next(parser.stream).lineno
        body = parser.parse_statements(["name:endgeneration"], drop_needle=True)
        return jinja2.nodes.CallBlock(self.call_method("_write"), [], [], body).set_lineno(line)

    def _write(self, caller):
        return caller()


def refuse(message):
    raise jinja2.exceptions.TemplateError(message)


def dumps(x, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
    return json.dumps(x, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)


def gguf_template(path):
    data = path.read_bytes()[: 64 << 20]
    key = b"tokenizer.chat_template"
    at = data.index(key) + len(key) + 4
    (size,) = struct.unpack_from("<Q", data, at)
    return data[at + 8 : at + 8 + size].decode("utf-8")


def written(environment, template, context):
    variables = {"tools": None, "documents": None, "add_generation_prompt": True, **TOKENS, **context}
    try:
        return {"text": environment.from_string(template).render(**variables)}
    except Exception as error:  # what Jinja2 refuses, Java must refuse too
        return {"error": type(error).__name__ + ": " + str(error)}


def main():
    shared = pathlib.Path(sys.argv[1]) / "data"
    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=[Generation, jinja2.ext.loopcontrols])
    environment.filters["tojson"] = dumps
    environment.globals["raise_exception"] = refuse
    environment.globals["strftime_now"] = NOW.strftime
    qwen2 = json.loads((shared / "tokenizers/qwen2/tokenizer_config.json").read_text())
    templates = {name: (FOLDER / (name + ".jinja")).read_text() for name in FAMILIES}
    templates["qwen2"] = qwen2["chat_template"]
    templates["smollm2"] = gguf_template(
        shared / "weights/smollm2-135m/SmolLM2-135M-Instruct.Q4_1.gguf")
    families = [
        {"template": name, "context": context, **written(environment, text, CONTEXTS[context])}
        for name, text in templates.items() for context in CONTEXTS
    ]
    snippets = [{"source": text, **written(environment, text, CONTEXTS["talk"])} for text in SNIPPETS]
    golden = {"now": NOW.isoformat(), "tokens": TOKENS, "contexts": CONTEXTS,
              "families": families, "snippets": snippets}
    with open(FOLDER / "cases.json", "w", encoding="utf-8") as file:
        json.dump(golden, file, ensure_ascii=False, indent=1)
        file.write("\n")
    for part in ("families", "snippets"):
        errors = sum("error" in case for case in golden[part])
        print(part, len(golden[part]), "of them refused", errors)


if __name__ == "__main__":
    main()
