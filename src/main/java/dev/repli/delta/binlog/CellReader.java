package dev.repli.delta.binlog;

import dev.repli.delta.Cell;
import dev.repli.delta.DeltaColumn;
import dev.repli.delta.sql.ServerDouble;
import dev.repli.delta.sql.StoredText;
import java.util.Arrays;
import java.util.List;

/** Takes one value that is not NULL from a row. */
@FunctionalInterface
interface CellReader {
  Cell read(EventBytes in);

  /** How values of a column stand in the log. */
  static CellReader of(TableMap.Field field, DeltaColumn column) {
    int detail = field.detail();
    return switch (field.type()) {
      case TypeCode.TINY -> whole(1, column);
      case TypeCode.SHORT -> whole(2, column);
      case TypeCode.INT24 -> whole(3, column);
      case TypeCode.LONG -> whole(4, column);
      case TypeCode.LONGLONG -> whole(8, column);
      case TypeCode.FLOAT ->
          in -> new Cell.Text(ServerDouble.text(Float.intBitsToFloat(in.smallInt(4))));
      case TypeCode.DOUBLE ->
          in -> new Cell.Text(ServerDouble.text(Double.longBitsToDouble(in.little(8))));
      case TypeCode.NEWDECIMAL -> decimal(detail & 0xFF, detail >> 8);
      case TypeCode.BIT -> bits((detail >> 8) + ((detail & 0xFF) > 0 ? 1 : 0));
      case TypeCode.YEAR -> Times::year;
      case TypeCode.DATE -> Times::date;
      case TypeCode.TIME2 -> in -> Times.time(in, detail);
      case TypeCode.DATETIME2 -> in -> Times.dateTime(in, detail);
      case TypeCode.TIMESTAMP2 -> in -> Times.timestamp(in, detail);
      case TypeCode.ENUM -> member(detail, column.members());
      case TypeCode.SET -> members(detail, column.members());
      case TypeCode.JSON -> in -> new Cell.Text(JsonText.of(in.take(in.smallInt(detail))));
      case TypeCode.BLOB, TypeCode.GEOMETRY, TypeCode.VECTOR -> stored(detail, column);
      case TypeCode.VARCHAR, TypeCode.VAR_STRING, TypeCode.STRING ->
          stored(detail < 256 ? 1 : 2, column);
      default -> throw new IllegalArgumentException("type " + field.type());
    };
  }

  private static CellReader whole(int length, DeltaColumn column) {
    if (column.unsigned()) {
      return in -> new Cell.Text(Long.toUnsignedString(in.little(length)));
    }
    int free = Long.SIZE - length * Byte.SIZE;
    return in -> new Cell.Text(Long.toString(in.little(length) << free >> free));
  }

  private static CellReader decimal(int precision, int scale) {
    int size = Decimals.size(precision, scale);
    return in -> new Cell.Text(Decimals.text(in.take(size), precision, scale));
  }

  private static CellReader bits(int length) {
    return in -> new Cell.Text(Long.toUnsignedString(in.big(length)));
  }

  private static CellReader member(int length, List<String> names) {
    return in -> {
      int number = in.smallInt(length);
      if (number > names.size()) {
        throw EventBytes.damaged();
      }
      return new Cell.Text(number == 0 ? "" : names.get(number - 1));
    };
  }

  private static CellReader members(int length, List<String> names) {
    return in -> {
      long mask = in.little(length);
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < names.size(); i++) {
        if (((mask >>> i) & 1) == 1) {
          text.append(text.isEmpty() ? "" : ",").append(names.get(i));
        }
      }
      return new Cell.Text(text.toString());
    };
  }

  /** Bytes behind their length; the log leaves out zeros at the end of fixed ones. */
  private static CellReader stored(int lengthBytes, DeltaColumn column) {
    return switch (column.kind()) {
      case CHAR, VARCHAR, TEXT ->
          in -> StoredText.cell(column.charset(), in.take(in.smallInt(lengthBytes)));
      case BINARY ->
          in -> new Cell.Bytes(Arrays.copyOf(in.take(in.smallInt(lengthBytes)), column.length()));
      case UUID -> in -> new Cell.Text(Addresses.uuid(padded(in, lengthBytes, 16)));
      case INET6 -> in -> new Cell.Text(Addresses.inet6(padded(in, lengthBytes, 16)));
      case INET4 -> in -> new Cell.Text(Addresses.inet4(padded(in, lengthBytes, 4)));
      default -> in -> new Cell.Bytes(in.take(in.smallInt(lengthBytes)));
    };
  }

  private static byte[] padded(EventBytes in, int lengthBytes, int length) {
    return Arrays.copyOf(in.take(in.smallInt(lengthBytes)), length);
  }
}
