package dev.repli.delta;

import java.util.List;

/**
 * One column as of the change.
 *
 * @param unsigned of a number
 * @param length bytes of BINARY and VARBINARY, bits of BIT, digits of DECIMAL, else 0
 * @param scale digits after the point of DECIMAL, of the second in times, else 0
 * @param charset of text, as the server calls it ({@code utf8mb4}), else empty
 * @param members names of ENUM and SET in their order, else empty
 * @param generated the server computes it: never written, and there for a key at most
 */
public record DeltaColumn(
    String name,
    ColumnKind kind,
    boolean unsigned,
    boolean nullable,
    int length,
    int scale,
    String charset,
    List<String> members,
    boolean generated) {
  public DeltaColumn {
    members = List.copyOf(members);
  }
}
