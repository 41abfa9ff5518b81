package dev.repli.delta.sql;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** A DOUBLE as MariaDB and MySQL write it: fewest digits that read back as the same number. */
public final class ServerDouble {
  private static final int MOST_DIGITS = 17;

  /** Beyond it the server writes an exponent. */
  private static final int PLAIN_PLACES = 15;

  /** Whole numbers up to 2^53 are their own digits. */
  private static final double WHOLE = 1e15;

  private ServerDouble() {}

  /** Text of a finite number. */
  public static String text(double value) {
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    if (value == Math.rint(value) && Math.abs(value) < WHOLE) {
      return Long.toString((long) value);
    }
    BigDecimal shortest = shortest(Math.abs(value));
    String digits = shortest.unscaledValue().toString();
    int point = digits.length() - shortest.scale();
    String sign = value < 0 ? "-" : "";
    boolean plain = point > -PLAIN_PLACES && (point <= PLAIN_PLACES || digits.length() > point);
    return sign + (plain ? plain(digits, point) : exponential(digits, point));
  }

  private static BigDecimal shortest(double value) {
    BigDecimal printed = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    if (printed.precision() < PLAIN_PLACES) {
      return printed;
    }
    BigDecimal exact = new BigDecimal(value);
    for (int digits = PLAIN_PLACES; digits < MOST_DIGITS; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (rounded.doubleValue() == value) {
        return rounded.stripTrailingZeros();
      }
    }
    return exact.round(new MathContext(MOST_DIGITS, RoundingMode.HALF_EVEN)).stripTrailingZeros();
  }

  private static String plain(String digits, int point) {
    if (point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    return digits.length() <= point
        ? digits + "0".repeat(point - digits.length())
        : digits.substring(0, point) + "." + digits.substring(point);
  }

  private static String exponential(String digits, int point) {
    String rest = digits.length() > 1 ? "." + digits.substring(1) : "";
    return digits.charAt(0) + rest + "e" + (point - 1);
  }
}
