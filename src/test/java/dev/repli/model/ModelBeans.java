package dev.repli.model;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.annotation.ClassPathBeanDefinitionScanner;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.context.annotation.ConfigurationClassPostProcessor;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.core.type.filter.RegexPatternTypeFilter;

/** What the models may name: beans of the process packages, and constants of their classes. */
final class ModelBeans {
  private static final Pattern PROCESS_CLASS =
      Pattern.compile("dev\\.repli\\.\\w+\\.process\\.(?!.*Test)\\w+");
  private final DefaultListableBeanFactory definitions = new DefaultListableBeanFactory();
  private final Set<String> constants = new TreeSet<>();

  /** Reads definitions only; nothing is created. */
  ModelBeans() throws ClassNotFoundException, IllegalAccessException {
    ClassPathBeanDefinitionScanner scanner = new ClassPathBeanDefinitionScanner(definitions);
    scanner.addExcludeFilter(
        (reader, factory) ->
            !PROCESS_CLASS.matcher(reader.getClassMetadata().getClassName()).matches());
    scanner.scan("dev.repli");
    new ConfigurationClassPostProcessor().postProcessBeanDefinitionRegistry(definitions);
    readConstants();
  }

  private void readConstants() throws ClassNotFoundException, IllegalAccessException {
    ClassPathScanningCandidateComponentProvider provider =
        new ClassPathScanningCandidateComponentProvider(false);
    provider.addIncludeFilter(new RegexPatternTypeFilter(PROCESS_CLASS));
    provider.addExcludeFilter(new AssignableTypeFilter(Enum.class));
    for (var candidate : provider.findCandidateComponents("dev.repli")) {
      for (Field field : Class.forName(candidate.getBeanClassName()).getDeclaredFields()) {
        if (field.getType() == String.class && Modifier.isStatic(field.getModifiers())) {
          field.setAccessible(true);
          constants.add((String) field.get(null));
        }
      }
    }
  }

  boolean has(String name, Class<?> type) {
    return definitions.containsBeanDefinition(name) && definitions.isTypeMatch(name, type);
  }

  /** Whether a class beside the delegates knows this error code or message name. */
  boolean declares(String text) {
    return constants.contains(text);
  }
}
