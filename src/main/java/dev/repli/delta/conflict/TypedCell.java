package dev.repli.delta.conflict;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.repli.delta.Cell;
import dev.repli.delta.ColumnKind;
import dev.repli.delta.DeltaColumn;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a person wrote for a column, as a value of its type. Nothing is made to fit: what does not
 * is refused with what would.
 *
 * @param problem empty when the cell can be written
 */
record TypedCell(Cell cell, Optional<String> problem) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final Pattern TIME =
      Pattern.compile("(-?[0-9]{1,3}):([0-5][0-9]):([0-5][0-9])(?:\\.([0-9]{1,6}))?");
  private static final Pattern MOMENT = Pattern.compile("([0-9-]{10})[ T](.*)");

  /** Character sets that Java has exactly as the server; others would be guessed. */
  private static final Map<String, Charset> CHARSETS =
      Map.of(
          "utf8mb4", StandardCharsets.UTF_8,
          "utf8mb3", StandardCharsets.UTF_8,
          "ascii", StandardCharsets.US_ASCII,
          "latin1", Charset.forName("windows-1252"));

  static TypedCell of(DeltaColumn column, Optional<String> text) {
    if (text.isEmpty()) {
      return column.nullable()
          ? new TypedCell(Cell.NULL, Optional.empty())
          : wrong(column, "may not be NULL");
    }
    return of(column, text.get());
  }

  private static TypedCell of(DeltaColumn column, String text) {
    return switch (column.kind()) {
      case TINYINT -> whole(column, text, 8);
      case SMALLINT -> whole(column, text, 16);
      case MEDIUMINT -> whole(column, text, 24);
      case INT -> whole(column, text, 32);
      case BIGINT -> whole(column, text, 64);
      case BIT -> bits(column, text);
      case YEAR ->
          matched(
              column, text, "0000|19[0-9]{2}|20[0-9]{2}|21[0-4][0-9]|215[0-5]", "a year like 2026");
      case DECIMAL -> decimal(column, text);
      case FLOAT, DOUBLE -> floating(column, text);
      case DATE -> isDate(text) ? good(text) : wrong(column, "must be a date like 2026-03-01");
      case TIME -> time(column, "", text);
      case DATETIME, TIMESTAMP -> moment(column, text);
      case CHAR, VARCHAR, TEXT -> text(column, text);
      case ENUM ->
          column.members().contains(text)
              ? good(text)
              : wrong(column, "must be one of " + String.join(", ", column.members()));
      case SET -> set(column, text);
      case JSON -> json(column, text);
      case BINARY, VARBINARY, BLOB, GEOMETRY, VECTOR -> bytes(column, text);
      case UUID ->
          matched(
              column, text, "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "a UUID in lower case");
      case INET4 ->
          matched(column, text, "[0-9]{1,3}(\\.[0-9]{1,3}){3}", "an address like 192.0.2.1");
      case INET6 -> matched(column, text, "[0-9a-f:.]{2,45}", "an address like 2001:db8::1");
    };
  }

  private static TypedCell good(String text) {
    return new TypedCell(new Cell.Text(text), Optional.empty());
  }

  private static TypedCell wrong(DeltaColumn column, String why) {
    return new TypedCell(Cell.NULL, Optional.of(column.name() + " " + why));
  }

  private static TypedCell matched(DeltaColumn column, String text, String pattern, String like) {
    return text.matches(pattern) ? good(text) : wrong(column, "must be " + like);
  }

  private static TypedCell whole(DeltaColumn column, String text, int bits) {
    BigInteger most =
        BigInteger.ONE.shiftLeft(column.unsigned() ? bits : bits - 1).subtract(BigInteger.ONE);
    BigInteger least = column.unsigned() ? BigInteger.ZERO : most.not();
    if (text.matches("-?(0|[1-9][0-9]{0,19})") && !text.equals("-0")) {
      BigInteger value = new BigInteger(text);
      if (value.compareTo(least) >= 0 && value.compareTo(most) <= 0) {
        return good(text);
      }
    }
    return wrong(column, "must be a whole number from %s to %s".formatted(least, most));
  }

  private static TypedCell bits(DeltaColumn column, String text) {
    boolean fits =
        text.matches("0|[1-9][0-9]{0,19}") && new BigInteger(text).bitLength() <= column.length();
    return fits
        ? good(text)
        : wrong(column, "must be a number of at most " + column.length() + " bits");
  }

  private static TypedCell decimal(DeltaColumn column, String text) {
    String like =
        "must be a number with at most %d digits, %d of them after the point"
            .formatted(column.length(), column.scale());
    if (!text.matches("-?[0-9]{1,65}(\\.[0-9]{1,38})?")) {
      return wrong(column, like);
    }
    BigDecimal value = new BigDecimal(text);
    boolean fits =
        value.scale() <= column.scale()
            && value.precision() - value.scale() <= column.length() - column.scale()
            && !(column.unsigned() && value.signum() < 0);
    return fits ? good(value.setScale(column.scale()).toPlainString()) : wrong(column, like);
  }

  private static TypedCell floating(DeltaColumn column, String text) {
    if (text.matches("-?[0-9]{1,40}(\\.[0-9]{1,40})?([eE][-+]?[0-9]{1,3})?")) {
      double value = Double.parseDouble(text);
      boolean fits =
          column.kind() == ColumnKind.FLOAT
              ? Float.isFinite((float) value)
              : Double.isFinite(value);
      if (fits) {
        double stored = column.kind() == ColumnKind.FLOAT ? (float) value : value;
        return good(Double.toString(stored));
      }
    }
    return wrong(column, "must be a number like 1.5 or 2e10");
  }

  private static boolean isDate(String text) {
    if (!text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
      return false;
    }
    try {
      return LocalDate.parse(text).getYear() >= 0;
    } catch (DateTimeException e) {
      return text.equals("0000-00-00");
    }
  }

  private static TypedCell time(DeltaColumn column, String before, String text) {
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      return wrong(column, "must be a time like 12:30:00");
    }
    int hours = Math.abs(Integer.parseInt(time.group(1)));
    String fraction = time.group(4) == null ? "" : time.group(4);
    if (hours > (column.kind() == ColumnKind.TIME ? 838 : 23)
        || fraction.length() > column.scale()) {
      return wrong(
          column,
          "must be within its range and have at most %d digits after the second"
              .formatted(column.scale()));
    }
    String digits = fraction + "0".repeat(column.scale() - fraction.length());
    String whole =
        "%s%02d:%s:%s"
            .formatted(
                time.group(1).startsWith("-") ? "-" : "", hours, time.group(2), time.group(3));
    return good(before + whole + (digits.isEmpty() ? "" : "." + digits));
  }

  private static TypedCell moment(DeltaColumn column, String text) {
    Matcher moment = MOMENT.matcher(text);
    return moment.matches() && isDate(moment.group(1)) && !moment.group(2).startsWith("-")
        ? time(column, moment.group(1) + " ", moment.group(2))
        : wrong(column, "must be a moment like 2026-03-01 12:30:00");
  }

  private static TypedCell text(DeltaColumn column, String text) {
    Charset charset = CHARSETS.get(column.charset());
    if (charset == null) {
      return wrong(column, "is in character set " + column.charset() + ", which cannot be edited");
    }
    boolean fits =
        charset.newEncoder().canEncode(text)
            && !(column.charset().equals("utf8mb3") && text.codePoints().anyMatch(c -> c > 0xFFFF));
    return fits
        ? good(text)
        : wrong(column, "has a character that its character set " + column.charset() + " has not");
  }

  private static TypedCell set(DeltaColumn column, String text) {
    boolean known =
        text.isEmpty() || column.members().containsAll(Arrays.asList(text.split(",", -1)));
    return known
        ? good(text)
        : wrong(column, "must be some of " + String.join(",", column.members()));
  }

  private static TypedCell json(DeltaColumn column, String text) {
    try {
      return JSON.readTree(text).isMissingNode() ? wrong(column, "must be JSON") : good(text);
    } catch (JsonProcessingException e) {
      return wrong(column, "must be JSON");
    }
  }

  private static TypedCell bytes(DeltaColumn column, String text) {
    if (!text.matches("0x([0-9a-fA-F]{2}){0,65536}")) {
      return wrong(column, "must be bytes like 0x00ff");
    }
    byte[] value = HexFormat.of().parseHex(text.substring(2));
    boolean fits =
        switch (column.kind()) {
          case BINARY -> value.length == column.length();
          case VARBINARY -> value.length <= column.length();
          default -> true;
        };
    return fits
        ? new TypedCell(new Cell.Bytes(value), Optional.empty())
        : wrong(column, "has room for " + column.length() + " bytes");
  }
}
