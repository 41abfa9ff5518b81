package dev.repli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The packages are the architecture: who may use whom stands in each {@code package-info.java}. */
class ArchitectureTest {
  private static final String ROOT = "dev.repli";
  private static final Path SOURCES = Path.of("src/main/java");
  private static final Pattern MAY_USE = Pattern.compile("May use: (.*?)\\.(\\s|$)");
  private static final String EVERY_FEATURE = "every feature";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void packagesUseOnlyWhatTheyDeclare() {
    Map<String, String> declared = declarations();
    List<String> violations = new ArrayList<>();
    for (JavaClass from : CLASSES) {
      String own = from.getPackageName();
      if (own.equals(ROOT)) {
        continue;
      }
      for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
        String other = dependency.getTargetClass().getBaseComponentType().getPackageName();
        boolean ours = other.startsWith(ROOT + ".") && !other.equals(own);
        if (ours && !isAllowed(declared.getOrDefault(own, ""), other)) {
          violations.add(own + " must not use " + other + ": " + dependency.getDescription());
        }
      }
    }
    assertThat(violations).isEmpty();
  }

  @Test
  void everyPackageDeclaresWhatItMayUse() {
    Map<String, String> declared = declarations();
    assertThat(CLASSES.stream().map(JavaClass::getPackageName).distinct())
        .filteredOn(name -> !name.equals(ROOT))
        .allSatisfy(name -> assertThat(declared).containsKey(name));
  }

  @Test
  void onlyProcessAndEnginePackagesKnowCamunda() {
    noClasses()
        .that()
        .resideOutsideOfPackages("..process..", "..engine..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.camunda..")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
  }

  private static boolean isAllowed(String declared, String other) {
    String name = other.substring(ROOT.length() + 1);
    if (declared.startsWith(EVERY_FEATURE)) {
      return !name.endsWith(".process");
    }
    String names = declared.replaceAll("\\(.*?\\)|;.*", "");
    return Arrays.stream(names.split(",")).map(String::strip).anyMatch(name::equals);
  }

  /** Package name to the text after "May use:". */
  private static Map<String, String> declarations() {
    Map<String, String> declarations = new TreeMap<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : files.filter(f -> f.endsWith("package-info.java")).toList()) {
        String text = Files.readString(file).replaceAll("\\s*\\n \\*\\s*", " ");
        Matcher matcher = MAY_USE.matcher(text);
        if (matcher.find()) {
          String name = SOURCES.relativize(file.getParent()).toString().replace('/', '.');
          declarations.put(name, matcher.group(1).strip());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return declarations;
  }
}
