package dev.repli.delta.binlog;

/** DECIMAL from its stored form: groups of nine digits in four bytes, the sign in the first bit. */
final class Decimals {
  private static final int[] BYTES = {0, 1, 1, 2, 2, 3, 3, 4, 4, 4};
  private static final int GROUP = 9;

  private Decimals() {}

  static int size(int precision, int scale) {
    int whole = precision - scale;
    return whole / GROUP * 4 + BYTES[whole % GROUP] + scale / GROUP * 4 + BYTES[scale % GROUP];
  }

  static String text(byte[] stored, int precision, int scale) {
    byte[] bytes = stored.clone();
    boolean negative = (bytes[0] & 0x80) == 0;
    bytes[0] ^= (byte) 0x80;
    if (negative) {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) ~bytes[i];
      }
    }
    EventBytes in = new EventBytes(bytes);
    int whole = precision - scale;
    StringBuilder digits = new StringBuilder(precision + 3);
    group(digits, in, whole % GROUP);
    for (int i = 0; i < whole / GROUP; i++) {
      group(digits, in, GROUP);
    }
    int zeros = 0;
    while (zeros < digits.length() - 1 && digits.charAt(zeros) == '0') {
      zeros++;
    }
    digits.delete(0, zeros);
    if (digits.isEmpty()) {
      digits.append('0');
    }
    if (scale > 0) {
      digits.append('.');
      for (int i = 0; i < scale / GROUP; i++) {
        group(digits, in, GROUP);
      }
      group(digits, in, scale % GROUP);
    }
    return negative ? digits.insert(0, '-').toString() : digits.toString();
  }

  private static void group(StringBuilder text, EventBytes in, int digits) {
    if (digits > 0) {
      String value = Long.toString(in.big(BYTES[digits]));
      text.append("0".repeat(digits - value.length())).append(value);
    }
  }
}
