package dev.repli.communication.wording;

import dev.repli.communication.Wording;

/** The words that people are told. */
public final class RealWording {
  private RealWording() {}

  public static Wording templates() {
    return new MustacheWording();
  }
}
