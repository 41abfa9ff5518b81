package dev.repli.delta.binlog;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table as the binary log describes it before its rows.
 *
 * @param names of columns; empty unless the server writes full metadata
 * @param primaryKey places of columns; empty without a key and without full metadata
 * @param hasDetails whether signs and character sets are there
 */
record TableMap(
    String schema,
    String table,
    List<Field> fields,
    List<String> names,
    List<Integer> primaryKey,
    boolean hasDetails) {

  /**
   * One column.
   *
   * @param type its {@link TypeCode}; of a fixed text the kind that is inside
   * @param detail length, precision and scale, fraction: whatever the kind has
   * @param collation number of it; 0 when the log does not tell
   * @param members of ENUM and SET as stored bytes
   */
  record Field(
      int type,
      int detail,
      boolean nullable,
      boolean unsigned,
      int collation,
      Optional<List<byte[]>> members) {}

  private static final int SIGNEDNESS = 1;
  private static final int DEFAULT_CHARSET = 2;
  private static final int COLUMN_CHARSET = 3;
  private static final int COLUMN_NAME = 4;
  private static final int SET_MEMBERS = 5;
  private static final int ENUM_MEMBERS = 6;
  private static final int PRIMARY_KEY = 8;
  private static final int PRIMARY_KEY_WITH_PREFIX = 9;
  private static final int ENUM_AND_SET_DEFAULT_CHARSET = 10;
  private static final int ENUM_AND_SET_COLUMN_CHARSET = 11;

  static TableMap read(EventBytes in) {
    return new Reading(in).read();
  }

  /** One event, from left to right. */
  private static final class Reading {
    private final EventBytes in;
    private int[] types = new int[0];
    private int[] details = new int[0];
    private final BitSet unsigned = new BitSet();
    private final Map<Integer, Integer> collations = new HashMap<>();
    private final Map<Integer, List<byte[]>> members = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final List<Integer> key = new ArrayList<>();
    private boolean hasDetails;

    Reading(EventBytes in) {
      this.in = in;
    }

    TableMap read() {
      in.skip(8); // table id, flags
      final String schema = name();
      final String table = name();
      types = new int[in.packed()];
      for (int i = 0; i < types.length; i++) {
        types[i] = in.u8();
      }
      details(in.part(in.packed()));
      final BitSet nullable = BitSet.valueOf(in.take((types.length + 7) / 8));
      while (in.hasMore()) {
        int code = in.u8();
        more(code, in.part(in.packed()));
      }
      List<Field> fields = new ArrayList<>();
      for (int i = 0; i < types.length; i++) {
        fields.add(
            new Field(
                types[i],
                details[i],
                nullable.get(i),
                unsigned.get(i),
                collations.getOrDefault(i, 0),
                Optional.ofNullable(members.get(i))));
      }
      return new TableMap(schema, table, fields, names, key, hasDetails);
    }

    private String name() {
      String name = in.text(in.u8());
      in.skip(1);
      return name;
    }

    private void details(EventBytes part) {
      details = new int[types.length];
      for (int i = 0; i < types.length; i++) {
        details[i] = part.smallInt(TypeCode.detailBytes(types[i]));
        if (types[i] == TypeCode.STRING) {
          fixedText(i);
        }
      }
    }

    /** CHAR, BINARY, ENUM and SET: the kind and the upper bits of the length share a byte. */
    private void fixedText(int i) {
      int kind = details[i] & 0xFF;
      int length = details[i] >> 8;
      if ((kind & 0x30) != 0x30) {
        length |= ((kind & 0x30) ^ 0x30) << 4;
        kind |= 0x30;
      }
      types[i] = kind;
      details[i] = length;
    }

    private void more(int code, EventBytes part) {
      switch (code) {
        case SIGNEDNESS -> signs(part);
        case DEFAULT_CHARSET -> defaultCharset(part, places(false));
        case COLUMN_CHARSET -> charsets(part, places(false));
        case COLUMN_NAME -> {
          while (part.hasMore()) {
            names.add(part.text(part.packed()));
          }
        }
        case SET_MEMBERS -> members(part, TypeCode.SET);
        case ENUM_MEMBERS -> members(part, TypeCode.ENUM);
        case PRIMARY_KEY -> {
          while (part.hasMore()) {
            key.add(part.packed());
          }
        }
        case PRIMARY_KEY_WITH_PREFIX -> {
          while (part.hasMore()) {
            key.add(part.packed());
            part.packed();
          }
        }
        case ENUM_AND_SET_DEFAULT_CHARSET -> defaultCharset(part, places(true));
        case ENUM_AND_SET_COLUMN_CHARSET -> charsets(part, places(true));
        default -> {
          // kinds of geometry, visibility, dimensions: of no use to a value
        }
      }
    }

    private void signs(EventBytes part) {
      hasDetails = true;
      int bit = 0;
      int bits = 0;
      for (int i = 0; i < types.length; i++) {
        if (TypeCode.isNumeric(types[i])) {
          bits = bit % 8 == 0 ? part.u8() : bits;
          unsigned.set(i, (bits & (0x80 >> (bit % 8))) != 0);
          bit++;
        }
      }
    }

    private List<Integer> places(boolean members) {
      List<Integer> places = new ArrayList<>();
      for (int i = 0; i < types.length; i++) {
        boolean hasMembers = types[i] == TypeCode.ENUM || types[i] == TypeCode.SET;
        if (members ? hasMembers : TypeCode.isText(types[i])) {
          places.add(i);
        }
      }
      return places;
    }

    private void defaultCharset(EventBytes part, List<Integer> places) {
      hasDetails = true;
      int usual = part.packed();
      places.forEach(place -> collations.put(place, usual));
      while (part.hasMore()) {
        int place = part.packed();
        collations.put(places.get(place), part.packed());
      }
    }

    private void charsets(EventBytes part, List<Integer> places) {
      hasDetails = true;
      for (int place : places) {
        collations.put(place, part.packed());
      }
    }

    private void members(EventBytes part, int type) {
      for (int i = 0; i < types.length; i++) {
        if (types[i] == type && part.hasMore()) {
          List<byte[]> words = new ArrayList<>();
          for (int left = part.packed(); left > 0; left--) {
            words.add(part.take(part.packed()));
          }
          members.put(i, words);
        }
      }
    }
  }

  /** For people. */
  String fullName() {
    return schema + "." + table;
  }

  /** What the bytes of a name say. */
  static String word(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
