package dev.repli.database.survey;

import dev.repli.plan.Node;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server's release, comparable within one kind.
 *
 * @param text as the server says it
 */
public record Version(Node.Kind kind, int major, int minor, int patch, String text)
    implements Comparable<Version> {
  private static final Pattern FORM =
      Pattern.compile("(?:5\\.5\\.5-)?(\\d+)\\.(\\d+)(?:\\.(\\d+))?.*");
  private static final Comparator<Version> ORDER =
      Comparator.comparingInt(Version::major)
          .thenComparingInt(Version::minor)
          .thenComparingInt(Version::patch);

  /**
   * @throws IllegalArgumentException when the text does not begin with a number
   */
  public static Version of(Node.Kind kind, String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a version: " + text);
    }
    String patch = matcher.group(3);
    return new Version(
        kind,
        Integer.parseInt(matcher.group(1)),
        Integer.parseInt(matcher.group(2)),
        patch == null ? 0 : Integer.parseInt(patch),
        text);
  }

  public boolean atLeast(int wantedMajor, int wantedMinor) {
    return major > wantedMajor || (major == wantedMajor && minor >= wantedMinor);
  }

  public boolean isMariaDb() {
    return kind == Node.Kind.MARIADB;
  }

  /** Same kind and release series, for example 11.8. */
  public boolean sameSeries(Version other) {
    return kind == other.kind && major == other.major && minor == other.minor;
  }

  /** For people: {@code MariaDB 11.8.6}. */
  public String label() {
    return (isMariaDb() ? "MariaDB " : "MySQL ") + major + "." + minor + "." + patch;
  }

  @Override
  public int compareTo(Version other) {
    return ORDER.compare(this, other);
  }
}
