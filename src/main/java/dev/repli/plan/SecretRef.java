package dev.repli.plan;

/**
 * Where a secret is to be found: {@code env:NAME} or {@code file:/absolute/path}. The secret itself
 * is read at use by {@link Secrets} and is never part of a plan, a variable or a log.
 */
public record SecretRef(String value) {
  public SecretRef {
    if (!value.matches("env:[A-Za-z_][A-Za-z0-9_]*|file:/\\S+")) {
      throw new IllegalArgumentException("a secret is given as env:NAME or file:/absolute/path");
    }
  }
}
