"""Makes cases.json: what Jinja2 writes for chat templates. Run by hand; no test needs Python."""
import json
import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

TOKENS = {"bos_token": "<|begin_of_text|>", "eos_token": "<|end_of_text|>"}
TALK = [
    {"role": "system", "content": "  You answer {briefly} & \"well\". "},
    {"role": "user", "content": "Where does Mara live? {{ bos_token }} {% if %}\n"},
    {"role": "assistant", "content": "In Köln.\u00a0"},
    {"role": "user", "content": "\tSince when?"},
]
ASK = [{"role": "user", "content": "Hello"}]

LLAMA3 = (
    "{% for message in messages %}{% set turn = '<|start_header_id|>' + message['role'] + "
    "'<|end_header_id|>\\n\\n' + message['content'] | trim + '<|eot_id|>' %}"
    "{% if loop.index0 == 0 %}{% set turn = bos_token + turn %}{% endif %}{{ turn }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}"
    "{% endif %}"
)
QWEN2 = (
    "{% for message in messages %}"
    "{% if loop.first and messages[0]['role'] != 'system' %}"
    "{{ '<|im_start|>system\\nYou are a helpful assistant.<|im_end|>\\n' }}{% endif %}"
    "{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)
BLOCKS = """{{- bos_token }}
{#- a note with 'an open quote #}
{%- if tools is not defined or tools is none %}
    {%- set tools = none %}
{%- endif %}
{%- if messages[0]['role'] == 'system' %}
    {%- set system = messages[0]['content']|trim %}
    {%- set rest = messages[1:] %}
{%- else %}
    {%- set system = "" %}
    {%- set rest = messages %}
{%- endif %}
{%- set ns = namespace(count=0, last='') %}
<<SYS>> {{ system }} <</SYS>>
{% for message in rest %}
    {% if (message['role'] == 'user') != (loop.index0 % 2 == 0) %}
        {{ raise_exception('roles must alternate') }}
    {% endif %}
    {%- if message.role == 'user' -%}
    [INST] {{ message.content.strip() }} [/INST]
    {%- elif message.role == 'assistant' %}
 {{ message.content | trim ~ eos_token }}
    {% else %}
  other
    {% endif %}
    {%- set ns.count = ns.count + 1 %}
    {% set ns.last = message['role'] %}
{% endfor %}
{{ ns.count }} turns, last by {{ ns.last }}{{ ' (open)' if ns.last == 'user' and add_generation_prompt }}

"""
SMALL = [
    "a\n  {% if true %}\n b\n  {% endif %}\nc\n",
    "a  {{- 'x' -}}  b {{ 'y' }} \n{{ 'z' }}\n\n",
    "x {%- if 1 == 1 +%}\n y{% endif -%} \n z",
    "  {%+ if true %} kept{% endif %}\n{# gone #}\nafter",
    "{{ 'it\\'s' }}{{ \"a\\tb\\\\n\" }}{{ '%}' }}{{ '}}' }}{{ 'a' 'b' }}",
    "{{ 1 + 2 * 3 - 4 // 3 % 2 }} {{ -2 * 3 }} {{ 7 % 4 }} {{ (1 + 2) * 3 }}",
    "{{ 'a' ~ 1 + 2 ~ 'b' }}",
    "{{ not 1 == 2 and 2 in [1, 2] or false }} {{ 'b' not in 'abc' }} {{ 1 < 2 }} {{ 'a' >= 'b' }}",
    "{{ 'yes' if messages else 'no' }}{{ 'x' if false }}{{ unknown }}{{ unknown is defined }}",
    "{{ messages[-1].content }}|{{ messages[-1]['role'][0] }}|{{ messages|length }}|{{ messages[5] is undefined }}",
    "{{ 'Hello'[1:3] }}{{ 'Hello'[:-1] }}{{ 'Hello'[2:] }}{{ [1, 2, 3][1:]|length }}",
    "{{ 'a-b-c'.split('-')|last }}{{ 'abc'.replace('b', 'x').upper() }}{{ 'abc'.startswith('ab') }}",
    "{{ messages[0] | tojson }} {{ ['a', 1, true, none] | tojson }}",
    "{% for m in messages %}{{ loop.index }}/{{ loop.length }}{{ ', ' if not loop.last }}{% endfor %}",
    "{% set x = 1 %}{% for m in messages %}{% set x = x + 1 %}{{ x }}{% endfor %}{{ x }}",
    "{% if x is none %}none{% elif x is string %}text{% elif messages[0] is mapping %}map{% endif %}",
    "{{ messages is iterable }}{{ 'x' is string }}{{ 3 is number }}{{ none }}{{ x | default('d') }}",
    "{{ '  a b\u00a0'.lstrip() }}|{{ ' a '.rstrip() }}|{{ 'ÄB' | lower }}",
    "{% if not messages %}{% else %}{{ 'u\\u00e9' }}{% endif %}",
    "{{ raise_exception('no: ' + messages[0].role) }}",
]


def refuse(message):
    raise jinja2.exceptions.TemplateError(message)


def dumps(value):
    return json.dumps(value, ensure_ascii=False)


def main():
    environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)
    environment.filters["tojson"] = dumps
    environment.globals["raise_exception"] = refuse
    cases = []
    for template in [LLAMA3, QWEN2, BLOCKS] + SMALL:
        for messages in [TALK, TALK[:1] + TALK[2:], ASK]:
            for prompt in [True, False]:
                case = {"template": template, "messages": messages, "prompt": prompt}
                try:
                    compiled = environment.from_string(template)
                    case["text"] = compiled.render(
                        messages=messages, add_generation_prompt=prompt, **TOKENS
                    )
                except jinja2.exceptions.TemplateError as error:
                    case["error"] = str(error)
                cases.append(case)
    with open("cases.json", "w", encoding="utf-8") as file:
        json.dump({"tokens": TOKENS, "cases": cases}, file, ensure_ascii=False, indent=1)
        file.write("\n")


main()
