package dev.repli.delta.binlog;

import java.util.HexFormat;

/** UUID, INET4 and INET6 as MariaDB writes them. */
final class Addresses {
  private static final HexFormat HEX = HexFormat.of();

  private Addresses() {}

  static String inet4(byte[] b) {
    return inet4(b, 0);
  }

  private static String inet4(byte[] b, int at) {
    return (b[at] & 0xFF)
        + "."
        + (b[at + 1] & 0xFF)
        + "."
        + (b[at + 2] & 0xFF)
        + "."
        + (b[at + 3] & 0xFF);
  }

  static String uuid(byte[] stored) {
    byte[] b = isSwapped(stored) ? unswapped(stored) : stored;
    String hex = HEX.formatHex(b);
    return hex.substring(0, 8)
        + "-"
        + hex.substring(8, 12)
        + "-"
        + hex.substring(12, 16)
        + "-"
        + hex.substring(16, 20)
        + "-"
        + hex.substring(20);
  }

  /**
   * Versions 1 to 5 are stored with their node first, so that they sort by where they come from.
   */
  private static boolean isSwapped(byte[] b) {
    return (b[6] & 0x80) != 0 && (b[8] & 0xF0) > 0 && (b[8] & 0xFF) < 0x60;
  }

  private static byte[] unswapped(byte[] b) {
    byte[] plain = new byte[16];
    System.arraycopy(b, 12, plain, 0, 4);
    System.arraycopy(b, 10, plain, 4, 2);
    System.arraycopy(b, 8, plain, 6, 2);
    System.arraycopy(b, 6, plain, 8, 2);
    System.arraycopy(b, 0, plain, 10, 6);
    return plain;
  }

  /** The longest run of zeros is left out; an embedded IPv4 address is written as one. */
  static String inet6(byte[] b) {
    int[] words = new int[8];
    for (int i = 0; i < words.length; i++) {
      words[i] = ((b[2 * i] & 0xFF) << 8) | (b[2 * i + 1] & 0xFF);
    }
    int[] gap = longestGap(words);
    StringBuilder text = new StringBuilder();
    int end = isInet4(words, gap) ? 6 : 8;
    for (int i = 0; i < end; i++) {
      if (i == gap[0] && gap[1] > 0) {
        text.append(i == 0 ? "::" : ":");
        i += gap[1] - 1;
        continue;
      }
      text.append(Integer.toHexString(words[i]));
      if (i != 7) {
        text.append(':');
      }
    }
    return end == 6 ? text + inet4(b, 12) : text.toString();
  }

  private static boolean isInet4(int[] words, int[] gap) {
    boolean compatible = gap[0] == 0 && gap[1] == 6;
    boolean mapped = gap[0] == 0 && gap[1] == 5 && words[5] == 0xFFFF;
    return compatible || mapped;
  }

  /** Where it begins and how long it is; the first of equal ones. */
  private static int[] longestGap(int[] words) {
    int[] best = {-1, 0};
    int from = -1;
    for (int i = 0; i < words.length; i++) {
      from = words[i] != 0 ? -1 : from < 0 ? i : from;
      if (from >= 0 && i - from + 1 > best[1]) {
        best = new int[] {from, i - from + 1};
      }
    }
    return best;
  }
}
