package dev.repli.plan.yaml;

import dev.repli.plan.Plan;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * SHA-256 of the values of a plan, defaults filled in. What does not reach a record (order of keys,
 * comments, spelling of durations) does not count.
 */
final class ContentHash {
  private static final String OWN = "contentHash";

  private ContentHash() {}

  /** The plan with its own hash. */
  static Plan fill(Function<String, Plan> plan) {
    return plan.apply(of(plan.apply("")));
  }

  private static String of(Plan plan) {
    try {
      byte[] text = canonical(plan).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Texts carry their length, so that no two values run together in the same way. */
  private static String canonical(Object value) {
    if (value instanceof Record record) {
      return record(record);
    }
    if (value instanceof Collection<?> items) {
      StringBuilder text = new StringBuilder("[");
      items.forEach(item -> text.append(canonical(item)));
      return text.append(']').toString();
    }
    if (value instanceof Optional<?> maybe) {
      return maybe.<String>map(ContentHash::canonical).orElse("-");
    }
    String text = value instanceof Locale locale ? locale.toLanguageTag() : value.toString();
    return text.length() + ":" + text;
  }

  private static String record(Record record) {
    StringBuilder text = new StringBuilder(record.getClass().getSimpleName()).append('{');
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      if (!component.getName().equals(OWN)) {
        text.append(component.getName()).append('=').append(canonical(read(component, record)));
      }
    }
    return text.append('}').toString();
  }

  private static Object read(RecordComponent component, Record record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }
}
