package dev.repli.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an approval is bound to: the plan's content and the versions of the runbooks it uses, as 16
 * hexadecimal digits of a SHA-256. Short enough to be compared by eye.
 */
public record Fingerprint(String value) {
  private static final int DIGITS = 16;

  /**
   * The fingerprint of a plan as it is now.
   *
   * @param versions hash of each BPMN and DMN resource that the plan's runbooks use, by name
   */
  public static Fingerprint of(Plan plan, Map<String, String> versions) {
    StringBuilder text = new StringBuilder(plan.contentHash());
    new TreeMap<>(versions)
        .forEach(
            (name, version) ->
                text.append('\n').append(name.length()).append(':').append(name).append(version));
    return new Fingerprint(sha256(text.toString()).substring(0, DIGITS));
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
