package dev.repli.approval.process;

import dev.repli.approval.Fingerprints;
import dev.repli.plan.Fingerprint;
import dev.repli.plan.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;
import org.springframework.util.DigestUtils;

/**
 * Takes every model of this build into the fingerprint: runbooks call each other, and a changed
 * table or called process changes what an approval allows as much as a changed plan.
 */
@Component
class BuildFingerprints implements Fingerprints {
  private final Map<String, String> models;

  BuildFingerprints() {
    this.models = Map.copyOf(readModels());
  }

  @Override
  public Fingerprint of(Plan plan) {
    return Fingerprint.of(plan, models);
  }

  private static Map<String, String> readModels() {
    Map<String, String> models = new HashMap<>();
    var resources = new PathMatchingResourcePatternResolver();
    try {
      for (String kind : new String[] {"bpmn", "dmn"}) {
        for (Resource model : resources.getResources("classpath*:processes/**/*." + kind)) {
          try (var content = model.getInputStream()) {
            models.put(String.valueOf(model.getFilename()), DigestUtils.md5DigestAsHex(content));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the models of this build cannot be read", e);
    }
    return models;
  }
}
