package dev.repli.engine.hardening;

import java.beans.FeatureDescriptor;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.impl.juel.jakarta.el.ELContext;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.PropertyNotWritableException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/** The beans that a model may name: delegates and listeners. Looked up when first needed. */
final class DelegateResolver extends ELResolver {
  private static final List<Class<?>> TYPES =
      List.of(JavaDelegate.class, ExecutionListener.class, TaskListener.class);

  private final ApplicationContext beans;

  DelegateResolver(ApplicationContext beans) {
    this.beans = beans;
  }

  @Override
  public @Nullable Object getValue(
      ELContext context, @Nullable Object base, @Nullable Object name) {
    if (base != null || !(name instanceof String text) || !isAllowed(text)) {
      return null;
    }
    context.setPropertyResolved(true);
    return beans.getBean(text);
  }

  @Override
  public @Nullable Class<?> getType(
      ELContext context, @Nullable Object base, @Nullable Object name) {
    Object bean = getValue(context, base, name);
    return bean == null ? null : bean.getClass();
  }

  @Override
  public void setValue(
      ELContext context, @Nullable Object base, @Nullable Object name, @Nullable Object value) {
    if (base == null && name instanceof String text && isAllowed(text)) {
      throw new PropertyNotWritableException(text + " is a delegate");
    }
  }

  @Override
  public boolean isReadOnly(ELContext context, @Nullable Object base, @Nullable Object name) {
    return base == null && name instanceof String text && isAllowed(text);
  }

  @Override
  public @Nullable Class<?> getCommonPropertyType(ELContext context, @Nullable Object base) {
    return null;
  }

  @Override
  public Iterator<FeatureDescriptor> getFeatureDescriptors(
      ELContext context, @Nullable Object base) {
    return Collections.emptyIterator();
  }

  private boolean isAllowed(String name) {
    return beans.containsBean(name)
        && TYPES.stream().anyMatch(type -> beans.isTypeMatch(name, type));
  }
}
