package dev.repli.engine.hardening;

import org.camunda.bpm.engine.impl.el.JuelExpressionManager;
import org.camunda.bpm.engine.impl.el.VariableContextElResolver;
import org.camunda.bpm.engine.impl.el.VariableScopeElResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ArrayELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.CompositeELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ListELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.MapELResolver;
import org.springframework.context.ApplicationContext;

/**
 * Expressions that see delegates and listeners by name, variables, and the values in them; no other
 * bean and no reflection. An expression that reaches further fails.
 */
final class AllowedExpressions extends JuelExpressionManager {
  private final ApplicationContext spring;

  AllowedExpressions(ApplicationContext spring) {
    this.spring = spring;
  }

  /** Delegates come first, so that no variable can take the place of one. */
  @Override
  protected ELResolver createElResolver() {
    CompositeELResolver resolvers = new CompositeELResolver();
    resolvers.add(new DelegateResolver(spring));
    resolvers.add(new VariableScopeElResolver());
    resolvers.add(new VariableContextElResolver());
    resolvers.add(new ArrayELResolver(true));
    resolvers.add(new ListELResolver(true));
    resolvers.add(new MapELResolver(true));
    resolvers.add(new ValueResolver());
    return resolvers;
  }
}
