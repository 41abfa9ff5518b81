package dev.repli.plan;

import java.util.regex.Pattern;

/**
 * Name of a plan: 1 to 41 characters, lower-case letters, digits and hyphens, starting with a
 * letter. It becomes part of lock names and paths, so nothing else is allowed.
 */
public record PlanId(String value) {
  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,40}");

  public PlanId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a plan id has 1 to 41 characters a-z, 0-9 and '-', starting with a letter");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
