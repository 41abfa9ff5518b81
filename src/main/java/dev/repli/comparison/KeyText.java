package dev.repli.comparison;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A key for people. */
final class KeyText {
  private static final int LONGEST = 200;

  private KeyText() {}

  /** For example {@code id=42, name='Ada'}. */
  static String of(ComparedTable table, Key key) {
    if (!table.keyed()) {
      return "row without a key, hash " + key.stored();
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < key.parts().size(); i++) {
      String part = key.parts().get(i);
      // old versions of a row carry the end of their time as one part more
      texts.add(i < table.key().size() ? cell(table.key().get(i), part) : "version until " + part);
    }
    String all = String.join(", ", texts);
    return all.length() <= LONGEST ? all : all.substring(0, LONGEST) + "…";
  }

  private static String cell(ComparedTable.KeyCell cell, String part) {
    return cell.column()
        + "="
        + switch (cell.form()) {
          case NUMBER, APPROXIMATE, ORDINAL -> part;
          case QUOTED -> "'" + part + "'";
          case BYTES -> "0x" + part;
          case TEXT, UNORDERED_TEXT ->
              "'" + new String(HexFormat.of().parseHex(part), StandardCharsets.UTF_8) + "'";
        };
  }
}
