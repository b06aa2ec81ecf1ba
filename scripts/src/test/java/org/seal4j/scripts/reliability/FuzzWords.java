package org.seal4j.scripts.reliability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Pieces of files that readers find hard. */
final class FuzzWords {
  static final List<String> YAML =
      List.of(
          "&a [*a, *a]",
          "!!java.net.URL [x]",
          "? ",
          "- - - ",
          ": ",
          "{a: {b: [",
          "|\n  x",
          "\t",
          "--- \n",
          "\"",
          "1e999",
          "0x7fffffffffffffff",
          ".inf",
          "<<: *a",
          "100000000",
          "-1",
          "null");

  static final List<String> EXPRESSIONS =
      List.of(
          "((\\\\w|\\\\.)+)+\\\\2#",
          "(a|aa)+$",
          "(?:.*)*b",
          "[[:alpha:]]+",
          "\\\\p{Han}",
          "\\\\h+",
          "(?<x>a)\\\\k<x>",
          "(?i:a)",
          "\\\\R",
          "[a-\\\\d]",
          "(?>a+)",
          "a{1,100000}",
          "a++",
          "\\\\",
          "[",
          "(?P<x>q)",
          "model.*",
          "all-linear");

  static final List<String> TEXTS =
      List.of(
          "", "Tom had a dog", "a".repeat(2000), "é\u200d😀\r\n\n  x", "abab ab\nab", "\0\u001b");

  static final List<String> TEMPLATES =
      List.of(
          "{% for m in messages %}{{ m.role }}: {{ m['content'] | trim }}\n{% endfor %}",
          "{% if tools is not none %}T{% endif %}{{ bos_token }}{{ messages[0].content }}",
          "{% macro m(x, y='d') %}[{{ x }}-{{ y }}]{% endmacro %}{{ m('a') }}{{ m('b', y='c') }}",
          "{% set ns = namespace(i=0) %}{% for m in messages %}{% set ns.i = ns.i + 1 %}"
              + "{% endfor %}{{ ns.i }}",
          "{{ messages | map(attribute='role') | join(', ') }}{{ range(3) | list }}",
          "{% for m in messages[::-1] %}{{ loop.index0 }}{% else %}none{% endfor %}");

  static final List<String> TEMPLATE_WORDS =
      List.of(
          "{{",
          "}}",
          "{%",
          "%}",
          "{% for a in range(1000000000) %}",
          "{% endfor %}",
          "{% macro r() %}{{ r() }}{% endmacro %}{{ r() }}",
          "'a' * 1000000000",
          "[1] * 1000000000",
          "((((((((",
          "not ",
          " | tojson",
          " | join",
          "messages",
          "2 ** 1000000",
          "1 // 0",
          "~",
          "{% set x = x ~ x %}",
          "{{ x.__class__ }}",
          "{# ");

  static final List<String> CONFIG =
      List.of(
          "\"sliding_window\": 8, ",
          "\"rope_scaling\": {\"type\": \"yarn\"}, ",
          "\"quantization_config\": {}, ",
          "\"head_dim\": 2147483647, ",
          "\"vocab_size\": 2000000000, ",
          "\"model_type\": \"gpt2\", ");

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Parts of tokenizers as other makers write them, by the key they belong to. */
  private static final List<List<String>> PARTS =
      List.of(
          List.of(
              "pre_tokenizer",
              "{\"type\": \"Split\", \"pattern\": {\"Regex\": \"([a-z]|b)+\"},"
                  + " \"behavior\": \"Isolated\", \"invert\": false}"),
          List.of(
              "normalizer",
              "{\"type\": \"Sequence\", \"normalizers\": [{\"type\": \"NFKC\"}, {\"type\": \"Replace\","
                  + " \"pattern\": {\"Regex\": \"^a\"}, \"content\": \"bb\"}]}"),
          List.of(
              "normalizer",
              "{\"type\": \"Sequence\", \"normalizers\": ["
                  + "{\"type\": \"Replace\", \"pattern\": {\"String\": \"a\"}, \"content\": \"aaaaaaaa\"}, "
                      .repeat(12)
                  + "{\"type\": \"Lowercase\"}]}"),
          List.of(
              "decoder",
              "{\"type\": \"Sequence\", \"decoders\": [{\"type\": \"ByteFallback\"}, {\"type\": \"Fuse\"},"
                  + " {\"type\": \"Strip\", \"content\": \" \", \"start\": 1, \"stop\": 0}]}"),
          List.of(
              "post_processor",
              "{\"type\": \"TemplateProcessing\", \"single\": [{\"SpecialToken\": {\"id\":"
                  + " \"<|endoftext|>\", \"type_id\": 0}}, {\"Sequence\": {\"id\": \"A\", \"type_id\": 0}}],"
                  + " \"pair\": [], \"special_tokens\": {\"<|endoftext|>\": {\"id\": \"<|endoftext|>\","
                  + " \"ids\": [0], \"tokens\": [\"<|endoftext|>\"]}}}"));

  private FuzzWords() {}

  /** Copies of a tokenizer, each with one such part. */
  static List<byte[]> tokenizers(byte[] stored) {
    try {
      List<byte[]> all = new ArrayList<>();
      for (List<String> part : PARTS) {
        JsonNode root = JSON.readTree(stored);
        ((ObjectNode) root).set(part.get(0), JSON.readTree(part.get(1)));
        all.add(root.toString().getBytes(StandardCharsets.UTF_8));
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
