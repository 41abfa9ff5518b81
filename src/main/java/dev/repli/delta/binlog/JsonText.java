package dev.repli.delta.binlog;

import dev.repli.delta.UnreadableDeltaException;
import dev.repli.delta.sql.ServerDouble;
import java.util.Base64;

/** MySQL's binary JSON as MySQL writes it. */
final class JsonText {
  private static final int SMALL_OBJECT = 0;
  private static final int LARGE_OBJECT = 1;
  private static final int SMALL_ARRAY = 2;
  private static final int LARGE_ARRAY = 3;
  private static final int LITERAL = 4;
  private static final int INT16 = 5;
  private static final int UINT16 = 6;
  private static final int INT32 = 7;
  private static final int UINT32 = 8;
  private static final int INT64 = 9;
  private static final int UINT64 = 10;
  private static final int DOUBLE = 11;
  private static final int STRING = 12;
  private static final int OPAQUE = 15;
  private static final long FRACTION_SIZE = 1L << 24;

  private final byte[] bytes;
  private final StringBuilder text = new StringBuilder();

  private JsonText(byte[] bytes) {
    this.bytes = bytes;
  }

  static String of(byte[] bytes) {
    if (bytes.length == 0) {
      return "null";
    }
    JsonText json = new JsonText(bytes);
    json.value(bytes[0], 1);
    return json.text.toString();
  }

  private EventBytes at(int place) {
    if (place < 0 || place > bytes.length) {
      throw EventBytes.damaged();
    }
    return new EventBytes(bytes, place, bytes.length);
  }

  private void value(int type, int at) {
    switch (type) {
      case SMALL_OBJECT -> collection(at, 2, true);
      case LARGE_OBJECT -> collection(at, 4, true);
      case SMALL_ARRAY -> collection(at, 2, false);
      case LARGE_ARRAY -> collection(at, 4, false);
      case LITERAL -> literal(at(at).u8());
      case INT16 -> text.append((short) at(at).little(2));
      case UINT16 -> text.append(at(at).little(2));
      case INT32 -> text.append((int) at(at).little(4));
      case UINT32 -> text.append(at(at).little(4));
      case INT64 -> text.append(at(at).little(8));
      case UINT64 -> text.append(Long.toUnsignedString(at(at).little(8)));
      case DOUBLE -> number(Double.longBitsToDouble(at(at).little(8)));
      case STRING -> {
        EventBytes in = at(at);
        quoted(in.text(length(in)));
      }
      case OPAQUE -> opaque(at(at));
      default -> throw new UnreadableDeltaException("JSON of an unknown kind (" + type + ")");
    }
  }

  private void literal(int which) {
    text.append(which == 0 ? "null" : which == 1 ? "true" : "false");
  }

  private void number(double value) {
    String digits = ServerDouble.text(value);
    text.append(digits);
    if (digits.chars().allMatch(c -> c == '-' || Character.isDigit(c))) {
      text.append(".0");
    }
  }

  private void collection(int start, int width, boolean named) {
    EventBytes in = at(start);
    int count = in.smallInt(width);
    in.skip(width);
    int keys = start + 2 * width;
    int values = named ? keys + count * (width + 2) : keys;
    text.append(named ? '{' : '[');
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : ", ");
      if (named) {
        EventBytes key = at(keys + i * (width + 2));
        int from = start + key.smallInt(width);
        quoted(at(from).text(key.smallInt(2)));
        text.append(": ");
      }
      entry(start, values + i * (width + 1), width);
    }
    text.append(named ? '}' : ']');
  }

  /** Small values stand in the entry itself, others where it points to. */
  private void entry(int start, int at, int width) {
    EventBytes in = at(at);
    int type = in.u8();
    boolean inside =
        (type >= LITERAL && type <= UINT16) || (width == 4 && (type == INT32 || type == UINT32));
    value(type, inside ? at + 1 : start + in.smallInt(width));
  }

  /** Seven bits a byte, lowest first. */
  private static int length(EventBytes in) {
    int length = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int b = in.u8();
      length |= (b & 0x7F) << shift;
      if (b < 0x80) {
        return length;
      }
    }
    throw EventBytes.damaged();
  }

  private void quoted(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\b' -> text.append("\\b");
        case '\f' -> text.append("\\f");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (c < 0x20) {
            text.append(String.format("\\u%04x", (int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }

  private void opaque(EventBytes in) {
    int type = in.u8();
    byte[] value = in.take(length(in));
    EventBytes part = new EventBytes(value);
    switch (type) {
      case TypeCode.NEWDECIMAL -> {
        int precision = part.u8();
        int scale = part.u8();
        text.append(Decimals.text(part.rest(), precision, scale));
      }
      case TypeCode.DATE, TypeCode.OLD_DATETIME, TypeCode.OLD_TIMESTAMP ->
          dateTime(part.little(8), type == TypeCode.DATE);
      case TypeCode.OLD_TIME -> time(part.little(8));
      default -> {
        String base64 = Base64.getEncoder().encodeToString(value);
        quoted("base64:type" + type + ":" + base64);
      }
    }
  }

  private void dateTime(long packed, boolean dateOnly) {
    long whole = packed >> 24;
    int yearMonth = (int) (whole >> 22);
    text.append('"');
    Times.date(text, yearMonth / 13, yearMonth % 13, (int) ((whole >> 17) & 0x1F));
    if (!dateOnly) {
      text.append(' ');
      Times.clock(
          text, (int) ((whole >> 12) & 0x1F), (int) ((whole >> 6) & 0x3F), (int) (whole & 0x3F));
      Times.micros(text, (int) (packed % FRACTION_SIZE), 6);
    }
    text.append('"');
  }

  private void time(long packed) {
    long size = Math.abs(packed);
    int whole = (int) (size / FRACTION_SIZE);
    text.append('"').append(packed < 0 ? "-" : "");
    Times.clock(text, (whole >> 12) & 0x3FF, (whole >> 6) & 0x3F, whole & 0x3F);
    Times.micros(text, (int) (size % FRACTION_SIZE), 6);
    text.append('"');
  }
}
