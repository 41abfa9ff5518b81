package dev.repli.delta.binlog;

import java.util.ArrayList;
import java.util.List;

/** The names in {@code enum('a','it''s')}. */
public final class Members {
  private Members() {}

  /** In their order. */
  public static List<String> of(String declared) {
    List<String> names = new ArrayList<>();
    StringBuilder name = new StringBuilder();
    boolean inside = false;
    for (int i = 0; i < declared.length(); i++) {
      char c = declared.charAt(i);
      if (c != '\'') {
        if (inside) {
          name.append(c);
        }
      } else if (inside && i + 1 < declared.length() && declared.charAt(i + 1) == '\'') {
        name.append(c);
        i++;
      } else {
        if (inside) {
          names.add(name.toString());
          name.setLength(0);
        }
        inside = !inside;
      }
    }
    return names;
  }
}
