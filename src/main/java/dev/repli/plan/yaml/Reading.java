package dev.repli.plan.yaml;

import dev.repli.plan.SecretRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is found out while one file is read: its errors, and where its values stand. */
final class Reading {
  private final String file;
  private final List<PlanError> errors = new ArrayList<>();
  private final Map<String, Place> places = new LinkedHashMap<>();
  private final Map<Place, SecretRef> secrets = new LinkedHashMap<>();

  Reading(String file) {
    this.file = file;
  }

  void error(Place place, String what, String accepted, String suggestion) {
    errors.add(new PlanError(file, place, what, accepted, suggestion));
  }

  void found(Place place) {
    places.putIfAbsent(place.key(), place);
  }

  void secret(Place place, SecretRef reference) {
    secrets.put(place, reference);
  }

  boolean good() {
    return errors.isEmpty();
  }

  /** In the order of the file. */
  List<PlanError> errors() {
    return errors.stream().sorted(Comparator.comparing(PlanError::place, Place.IN_FILE)).toList();
  }

  Map<String, Place> places() {
    return Map.copyOf(places);
  }

  Map<Place, SecretRef> secrets() {
    return Map.copyOf(secrets);
  }
}
