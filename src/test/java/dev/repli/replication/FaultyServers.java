package dev.repli.replication;

import dev.repli.database.ActLog;
import dev.repli.plan.Node;
import dev.repli.plan.Plan;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Ends the whole program before or after an act of a server, like kill -9: no hook, no finally,
 * sockets closed by the kernel.
 *
 * @param act name of a method of {@link SetupServer}
 */
record FaultyServers(SetupServers real, String act, boolean before) implements SetupServers {
  @Override
  public SetupServer connect(Plan plan, Node.Role role, ActLog log) {
    SetupServer server = real.connect(plan, role, log);
    return (SetupServer)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {SetupServer.class},
            (proxy, method, arguments) -> {
              boolean here = method.getName().equals(act);
              die(here && before);
              try {
                return method.invoke(server, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              } finally {
                die(here && !before);
              }
            });
  }

  private static void die(boolean now) {
    if (now) {
      Runtime.getRuntime().halt(137);
    }
  }
}
