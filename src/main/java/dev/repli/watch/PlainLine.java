package dev.repli.watch;

/** One line that reads everywhere: messages and logs of servers may contain anything. */
final class PlainLine {
  private static final int LONGEST = 400;

  private PlainLine() {}

  static String of(String text) {
    String line = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST);
  }
}
