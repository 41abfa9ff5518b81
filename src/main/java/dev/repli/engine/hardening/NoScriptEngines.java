package dev.repli.engine.hardening;

import javax.script.ScriptEngine;
import javax.script.ScriptEngineFactory;
import javax.script.ScriptEngineManager;
import org.camunda.bpm.engine.impl.scripting.engine.ScriptEngineResolver;
import org.jspecify.annotations.Nullable;

/** Knows no script language, not even the one that the engine brings along. */
final class NoScriptEngines implements ScriptEngineResolver {
  private final ScriptEngineManager none =
      new ScriptEngineManager(ClassLoader.getPlatformClassLoader());

  @Override
  public void addScriptEngineFactory(ScriptEngineFactory factory) {
    throw new UnsupportedOperationException("Repli runs no scripts");
  }

  @Override
  public ScriptEngineManager getScriptEngineManager() {
    return none;
  }

  @Override
  public @Nullable ScriptEngine getScriptEngine(String language, boolean fromCache) {
    return null;
  }
}
