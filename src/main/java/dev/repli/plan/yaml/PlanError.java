package dev.repli.plan.yaml;

/**
 * One thing that is wrong with a plan file. Never contains the text of a secret.
 *
 * @param what what is wrong, as a predicate of the key ("has no unit")
 * @param accepted what may stand there; empty when that says nothing more
 * @param suggestion what was probably meant; empty when there is no good guess
 */
record PlanError(String file, Place place, String what, String accepted, String suggestion) {

  /** One line for people: {@code file:line:column: key what; accepted: …; …}. */
  String message() {
    StringBuilder text = new StringBuilder(file);
    text.append(':').append(place.line()).append(':').append(place.column()).append(": ");
    text.append(place.key().isEmpty() ? "the file" : place.key()).append(' ').append(what);
    if (!accepted.isEmpty()) {
      text.append("; accepted: ").append(accepted);
    }
    if (!suggestion.isEmpty()) {
      text.append("; ").append(suggestion);
    }
    return text.toString();
  }
}
