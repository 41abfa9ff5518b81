package dev.repli.delta.binlog;

import java.util.ArrayList;
import java.util.List;

/**
 * A type and values that are hard to carry.
 *
 * @param values SQL expressions; NULL is added
 */
record TypeSamples(String table, String type, List<String> values) {
  private static List<TypeSamples> common() {
    String big = "99999999999999999999999999999999999.999999999999999999999999999999";
    List<TypeSamples> all = new ArrayList<>();
    add(all, "tinyint", "-128", "127", "0");
    add(all, "tinyint unsigned", "255", "0", "128");
    add(all, "smallint", "-32768", "32767");
    add(all, "smallint unsigned", "65535", "32768");
    add(all, "mediumint", "-8388608", "8388607", "-1");
    add(all, "mediumint unsigned", "16777215", "8388608");
    add(all, "int", "-2147483648", "2147483647", "-1");
    add(all, "int unsigned zerofill", "4294967295", "2147483648", "0", "42");
    add(all, "bigint", "-9223372036854775808", "9223372036854775807");
    add(all, "bigint unsigned", "18446744073709551615", "9223372036854775808", "0");
    add(all, "bool", "true", "false", "7");
    add(all, "decimal(65,30)", big, "-" + big, "0", "-0.000000000000000000000000000001", "10.5");
    add(all, "decimal(5,0)", "-99999", "0", "7");
    add(all, "decimal(10,10)", "0.1234567890", "-0.0000000001");
    add(all, "decimal(18,9) unsigned zerofill", "123456789.987654321", "0", "1.5");
    add(all, "float", "0.1", "-3.4e38", "1.17549435e-38", "16777217", "1e-40", "0", "-0e0", "1e10");
    add(
        all,
        "double",
        "0.1",
        "1.7976931348623157e308",
        "-2.2250738585072014e-308",
        "5e-324",
        "1e15",
        "1e14",
        "123456789012345680",
        "1e-14",
        "1e-15",
        "1.5e-15",
        "1e-16",
        "0.1e0 + 0.2e0",
        "-0e0",
        "1e22",
        "9007199254740993",
        "123456789.123456789e0",
        "2e23",
        "5.684341886080802e-14");
    add(all, "double(20,3)", "1234.5678", "-0.001");
    add(all, "bit(1)", "b'1'", "b'0'");
    add(all, "bit(9)", "b'100000001'", "0");
    add(all, "bit(64)", "18446744073709551615", "1", "9223372036854775808");
    add(all, "year", "1901", "2155", "0", "2026");
    add(
        all,
        "date",
        "'0000-00-00'",
        "'2026-00-00'",
        "'1000-01-01'",
        "'9999-12-31'",
        "'2024-02-29'");
    add(all, "time", "'-838:59:59'", "'838:59:59'", "'00:00:00'", "'-00:00:01'", "'123:04:05'");
    add(all, "time(1)", "'-00:00:01.5'", "'00:00:00.1'", "'-00:00:00.9'", "'-10:00:00'");
    add(all, "time(3)", "'-00:00:01.501'", "'11:12:13.014'", "'-00:00:00.001'");
    add(all, "time(6)", "'-00:00:01.500001'", "'-838:59:58.999999'", "'00:00:00.000001'", "'-1'");
    add(all, "datetime", "'0000-00-00 00:00:00'", "'2026-00-00 01:02:03'", "'9999-12-31 23:59:59'");
    add(all, "datetime(2)", "'2026-01-02 03:04:05.06'", "'1000-01-01 00:00:00.99'", "0");
    add(all, "datetime(6)", "'2026-01-02 03:04:05.000006'", "'0000-00-00 00:00:00.000000'");
    add(all, "timestamp null", "'2026-07-01 12:00:00'", "'1970-01-01 12:00:01'", "0");
    add(all, "timestamp(6) null", "'2038-01-18 03:14:07.999999'", "'2026-10-25 02:30:00.5'");
    add(all, "char(5) character set utf8mb4", "'a'", "''", "'\uD83D\uDE00\u00E9'", "'a  '");
    add(all, "char(255) character set utf8mb4", "repeat('\uD83D\uDE00', 255)", "'x'");
    add(all, "varchar(10) character set utf8mb4", "'a '", "''", "'\uD83D\uDE00'", "'it''s'");
    add(all, "varchar(300) character set utf8mb3", "repeat('\u20AC', 300)", "'\\\\'");
    add(
        all,
        "varchar(300) character set latin1",
        "'\u20AC\u00E9\u00FF'",
        "x'818D8F909D'",
        "x'8085A0FF00'");
    add(all, "varchar(20) character set latin2", "'\u0159\u017E'", "'plain'");
    add(all, "varchar(20) character set cp1251", "'\u041F\u0440\u0438\u0432\u0435\u0442'");
    add(all, "varchar(20) character set sjis", "'\u30BD\u8868\\\\'", "x'5C7E'");
    add(all, "varchar(20) character set ucs2", "'\u00E9\u20AC'", "'a'");
    add(all, "varchar(20) character set utf16", "'\uD83D\uDE00'");
    add(all, "varchar(20) character set ascii", "'a~'", "''");
    add(all, "varchar(20) collate utf8mb4_bin", "'\u00C4'");
    add(all, "tinytext", "'t'", "repeat('\u00E9', 100)");
    add(all, "text character set latin1", "'\u00E9\u20AC'", "repeat('x', 40000)");
    add(all, "mediumtext", "repeat('m', 70000)", "''");
    add(all, "longtext", "repeat('\uD83D\uDE00', 20000)", "'a\nb\rc\td'", "char(0 using utf8mb4)");
    add(all, "binary(1)", "x'00'", "x'FF'");
    add(all, "binary(16)", "x'00112233445566778899AABBCCDDEE00'", "repeat(x'00', 16)", "x'41'");
    add(all, "binary(255)", "x'00'", "repeat(x'FF', 255)");
    add(all, "varbinary(20)", "x'FFFE00'", "x''", "x'00'", "'\u00E9'");
    add(all, "varbinary(400)", "repeat(x'8000', 200)", "x''");
    add(all, "tinyblob", "x'00FF00'", "x''");
    add(all, "blob", "repeat(x'C328', 5000)");
    add(all, "mediumblob", "repeat(x'00', 70000)");
    add(all, "longblob", "x'2700225C0A0D1A'");
    add(all, "enum('a','it''s','\u00E9','')", "'a'", "'it''s'", "'\u00E9'", "4");
    add(all, "enum('x','\u20AC') character set latin1", "'x'", "'\u20AC'");
    add(all, "set('a','b','\u00FC')", "'a,b,\u00FC'", "''", "'\u00FC'");
    add(all, "set(" + words(64) + ")", "18446744073709551615", "'w63'", "1");
    add(all, "enum(" + words(300) + ")", "'w299'", "1");
    add(
        all,
        "geometry",
        "ST_GeomFromText('POINT(1.5 -2)', 0)",
        "ST_GeomFromText('LINESTRING(0 0,1 1)')");
    add(all, "point", "ST_GeomFromText('POINT(0 0)', 0)");
    add(
        all,
        "json",
        "'{\"b\": [1, 2.5, true, null], \"a\": \"\u00E9\\\\\\\\n\uD83D\uDE00\"}'",
        "'[]'",
        "'1'",
        "'{}'",
        "'\"text\"'",
        "'[18446744073709551615, -9223372036854775808, 4294967295, 3000000000, -1, 40000]'",
        "'[1e100, 0.1, 1.0, -0.0, 1e-20, 123456789012345680000]'",
        "concat('[\"', repeat('long', 20000), '\", 1]')",
        "'{\"\": {\"deep\": [[[]]]}, \"control\": \"\\\\u0001\\\\b\\\\f\\\\/\"}'");
    add(all, "int generated always as (id * 2) virtual", "default");
    add(all, "int generated always as (id * 2) stored", "default");
    return all;
  }

  static List<TypeSamples> of(String release) {
    List<TypeSamples> all = common();
    if (release.equals("mysql-9.7")) {
      add(
          all,
          "json",
          "json_object('d', cast('2026-01-02' as date), 't', cast('-01:02:03.000004' as time(6)),"
              + " 'dt', cast('2026-01-02 03:04:05.678' as datetime(3)), 'b',"
              + " cast(x'00FF' as binary))");
      add(all, "int invisible", "5");
      add(all, "geometry srid 4326", "ST_GeomFromText('POINT(50 8)', 4326)");
      return all;
    }
    add(all, "int invisible default 3", "5");
    add(
        all,
        "inet6",
        "'::'",
        "'::1'",
        "'2001:db8::ff00:42:8329'",
        "'::ffff:192.0.2.1'",
        "'fe80::'");
    add(
        all,
        "inet6",
        "'1:0:0:2:0:0:0:3'",
        "'::192.0.2.1'",
        "'1:2:3:4:5:6:7:0'",
        "'0:1:2:3:4:5:6:7'");
    add(all, "inet6", "'1:0:2:3:4:5:6:7'", "'1:0:0:2:3:0:0:4'", "'::ffff:0:0'", "'1::'", "'::2:3'");
    add(all, "inet4", "'0.0.0.0'", "'255.255.255.255'", "'10.1.0.0'");
    add(
        all,
        "uuid",
        "'123e4567-e89b-12d3-a456-426614174000'",
        "'00000000-0000-0000-0000-000000000000'",
        "'ffffffff-ffff-ffff-ffff-ffffffffffff'",
        "'f47ac10b-58cc-4372-a567-0e02b2c3d400'",
        "'01890a5d-ac96-774b-bcce-b302099a8057'",
        "'1ec9414c-232a-6b00-b3c8-9e6bdeced846'",
        "'123e4567-e89b-52d3-0456-426614174000'",
        "'2489e9ad-2ee2-8e00-8ec9-32d5f69181c0'");
    if (release.equals("mariadb-11.8")) {
      add(all, "vector(3) not null default x'000000000000000000000000'", "vec_fromtext('[1,2,3]')");
      add(all, "timestamp null", "'2106-02-07 06:28:14'");
    }
    return all;
  }

  private static void add(List<TypeSamples> all, String type, String... values) {
    List<String> samples = new ArrayList<>(List.of(values));
    if (!type.contains("generated") && !type.contains("not null")) {
      samples.add("NULL");
    }
    all.add(new TypeSamples("t" + all.size(), type, samples));
  }

  private static String words(int count) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < count; i++) {
      words.append(i == 0 ? "" : ",").append("'w").append(i).append('\'');
    }
    return words.toString();
  }

  @Override
  public String toString() {
    return type.length() > 50 ? type.substring(0, 50) : type;
  }
}
