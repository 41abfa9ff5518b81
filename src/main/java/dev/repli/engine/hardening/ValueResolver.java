package dev.repli.engine.hardening;

import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.delegate.BaseDelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.impl.juel.jakarta.el.BeanELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ELContext;
import org.camunda.bpm.impl.juel.jakarta.el.ELException;
import org.joda.time.base.BaseDateTime;
import org.joda.time.base.BaseLocal;
import org.jspecify.annotations.Nullable;

/**
 * Properties and methods of plain values (texts, numbers, dates, lists) and a few of the execution
 * itself. Everything else is refused by name of its class, above all the way to a class loader.
 */
final class ValueResolver extends BeanELResolver {
  private static final Set<String> OF_EXECUTION =
      Set.of(
          "id",
          "name",
          "businessKey",
          "processBusinessKey",
          "processInstanceId",
          "currentActivityId",
          "currentActivityName",
          "taskDefinitionKey",
          "hasVariable",
          "getProcessBusinessKey");
  private static final Set<String> REFUSED =
      Set.of("class", "getClass", "wait", "notify", "notifyAll");

  ValueResolver() {
    super(true);
  }

  @Override
  public @Nullable Object getValue(
      ELContext context, @Nullable Object base, @Nullable Object property) {
    if (base == null) {
      return null;
    }
    check(base, property);
    return super.getValue(context, base, property);
  }

  @Override
  public @Nullable Class<?> getType(
      ELContext context, @Nullable Object base, @Nullable Object property) {
    if (base == null) {
      return null;
    }
    check(base, property);
    return super.getType(context, base, property);
  }

  @Override
  public @Nullable Object invoke(
      ELContext context,
      @Nullable Object base,
      @Nullable Object method,
      Class<?> @Nullable [] types,
      Object @Nullable [] arguments) {
    if (base == null) {
      return null;
    }
    check(base, method);
    return super.invoke(context, base, method, types, arguments);
  }

  private static void check(Object base, @Nullable Object member) {
    String name = String.valueOf(member);
    boolean allowed =
        !REFUSED.contains(name)
            && (isValue(base) || (isExecution(base) && OF_EXECUTION.contains(name)));
    if (!allowed) {
      throw new ELException(
          "an expression may not use '"
              + name
              + "' of a "
              + base.getClass().getSimpleName()
              + ": only variables, delegates by name and plain values are allowed");
    }
  }

  private static boolean isValue(Object base) {
    return base instanceof CharSequence
        || base instanceof Number
        || base instanceof Boolean
        || base instanceof Date
        || base instanceof Collection<?>
        || base instanceof Map<?, ?>
        || base instanceof BaseDateTime
        || base instanceof BaseLocal;
  }

  private static boolean isExecution(Object base) {
    return base instanceof BaseDelegateExecution || base instanceof DelegateTask;
  }
}
