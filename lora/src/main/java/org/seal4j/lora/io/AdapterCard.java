package org.seal4j.lora.io;

/** The model card of an adapter: what it is, and how it is loaded. */
final class AdapterCard {
  private AdapterCard() {}

  /**
   * The card.
   *
   * @param baseHash SHA-256 of the base's weights; empty where it is not known
   */
  static String of(PeftConfig config, String baseHash, long parameters) {
    String name = config.base().name();
    String head = name.isEmpty() ? "" : "base_model: \"" + quoted(name) + "\"\n";
    return """
        ---
        %slibrary_name: peft
        tags:
        - lora
        - seal4j
        ---

        # LoRA adapter

        | | |
        |---|---|
        | base model | %s |
        | rank | %s |
        | alpha | %s |
        | scaling | %s |
        | target modules | `%s` |
        | parameters | %d |

        Written by Seal4J in float32. In Python: `PeftModel.from_pretrained(base_model, folder)`; on
        the command line: `seal generate --model BASE --adapter FOLDER --prompt TEXT`.
        """
        .formatted(
            head,
            base(config.base(), baseHash),
            shown(config.rank(), config.ranks()),
            shown(config.alpha(), config.alphas()),
            config.rankStabilized() ? "alpha / sqrt(rank)" : "alpha / rank",
            config.targets().form().toString().replace("|", "\\|"),
            parameters);
  }

  private static String base(PeftBase base, String hash) {
    if (base.name().isEmpty()) {
      return hash.isEmpty() ? "not recorded" : "the one whose weights have the SHA-256 " + hash;
    }
    return base.revision() == null ? base.name() : base.name() + ", commit " + base.revision();
  }

  private static String shown(Number number, PeftPatterns byModule) {
    return byModule.values().isEmpty()
        ? "" + number
        : number + ", by module " + PeftConfig.plain(byModule);
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
