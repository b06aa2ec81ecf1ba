package org.seal4j.scripts.cpt;

/** What is trained. */
enum Method {
  /** One adapter, merged afterwards. */
  LORA("LoRA"),
  /** Every weight of the model. */
  FULL("full fine-tuning");

  private final String label;

  Method(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
