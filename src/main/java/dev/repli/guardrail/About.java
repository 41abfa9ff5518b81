package dev.repli.guardrail;

import java.util.regex.Pattern;

/**
 * What a guardrail is, whatever it finds.
 *
 * @param name lower-case words with hyphens; never changes, approvals and overrides refer to it
 * @param title what has to be true
 * @param protectsFrom what happens otherwise
 * @param reads the evidence
 * @param mend how to make it true
 * @param watched also asked while the rollback window is open
 */
public record About(
    String name,
    Group group,
    Severity severity,
    String title,
    String protectsFrom,
    String reads,
    String mend,
    boolean watched) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  public About {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("a guardrail is named in lower-case words, not " + name);
    }
  }

  public static About blocks(Group group, String name, String title) {
    return of(group, Severity.BLOCKS, name, title);
  }

  public static About warns(Group group, String name, String title) {
    return of(group, Severity.WARNS, name, title);
  }

  public static About mends(Group group, String name, String title) {
    return of(group, Severity.MENDS, name, title);
  }

  private static About of(Group group, Severity severity, String name, String title) {
    return new About(name, group, severity, title, "", "", "", false);
  }

  public About protectsFrom(String text) {
    return new About(name, group, severity, title, text, reads, mend, watched);
  }

  public About reads(String text) {
    return new About(name, group, severity, title, protectsFrom, text, mend, watched);
  }

  public About mend(String text) {
    return new About(name, group, severity, title, protectsFrom, reads, text, watched);
  }

  /** Also asked while the rollback window is open. */
  public About alsoInTheWindow() {
    return new About(name, group, severity, title, protectsFrom, reads, mend, true);
  }
}
