package dev.repli.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.dc.Bounds;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;

/** What people see in Cockpit and Tasklist: everything is drawn, nothing covers anything. */
final class PictureRules {
  private static final int MOST_NODES = 15;

  /** Pixels, measured in the picture: a name of 12 px, mixed letters. */
  private static final double CHARACTER_WIDTH = 6.6;

  private static final double PADDING = 10;
  private static final int MOST_LINES = 3;
  private final String name;
  private final BpmnModelInstance model;
  private final List<String> violations = new ArrayList<>();

  PictureRules(String name, BpmnModelInstance model) {
    this.name = name;
    this.model = model;
  }

  List<String> violations() {
    Map<String, Bounds> shapes = shapes();
    for (FlowNode node : model.getModelElementsByType(FlowNode.class)) {
      check(shapes.containsKey(node.getId()), node.getId(), "is drawn");
    }
    List<String> edges =
        model.getModelElementsByType(BpmnEdge.class).stream()
            .map(edge -> edge.getBpmnElement().getId())
            .toList();
    for (SequenceFlow flow : model.getModelElementsByType(SequenceFlow.class)) {
      check(edges.contains(flow.getId()), flow.getId(), "is drawn");
    }
    for (Activity activity : model.getModelElementsByType(Activity.class)) {
      if (activity.getName() != null && shapes.containsKey(activity.getId())) {
        check(fits(activity, shapes), activity.getId(), "has a box wide enough for its name");
      }
    }
    scopes().forEach((scope, nodes) -> scope(scope, nodes, shapes));
    return violations;
  }

  private void scope(String scope, List<FlowNode> nodes, Map<String, Bounds> shapes) {
    long size = nodes.stream().filter(node -> !(node instanceof StartEvent)).count();
    check(size <= MOST_NODES, scope, "has at most 15 nodes besides its start, not " + size);
    for (FlowNode one : nodes) {
      for (FlowNode other : nodes) {
        boolean apart =
            one.getId().compareTo(other.getId()) >= 0
                || !overlap(shapes.get(one.getId()), shapes.get(other.getId()));
        check(apart, one.getId() + " and " + other.getId(), "do not overlap");
      }
    }
  }

  /** Broken at spaces, with room for the icon above it, as the viewer of Cockpit writes it. */
  private static boolean fits(Activity activity, Map<String, Bounds> shapes) {
    Bounds box = shapes.get(activity.getId());
    double perLine = (box.getWidth() - PADDING) / CHARACTER_WIDTH;
    int lines = 1;
    double used = 0;
    for (String word : activity.getName().split(" ", -1)) {
      if (word.length() > perLine) {
        return false;
      }
      if (used > 0 && used + 1 + word.length() > perLine) {
        lines++;
        used = word.length();
      } else {
        used += (used > 0 ? 1 : 0) + word.length();
      }
    }
    return lines <= MOST_LINES;
  }

  private Map<String, Bounds> shapes() {
    Map<String, Bounds> shapes = new HashMap<>();
    for (BpmnShape shape : model.getModelElementsByType(BpmnShape.class)) {
      shapes.put(shape.getBpmnElement().getId(), shape.getBounds());
    }
    return shapes;
  }

  /** Nodes by process or sub-process; events on a border belong to what they sit on. */
  private Map<String, List<FlowNode>> scopes() {
    Map<String, List<FlowNode>> scopes = new HashMap<>();
    for (FlowNode node : model.getModelElementsByType(FlowNode.class)) {
      boolean isEventSubProcess = node instanceof SubProcess sub && sub.triggeredByEvent();
      if (!(node instanceof BoundaryEvent) && !isEventSubProcess) {
        ModelElementInstance parent = node.getParentElement();
        String id = parent instanceof FlowElement element ? element.getId() : name;
        scopes.computeIfAbsent(id, k -> new ArrayList<>()).add(node);
      }
    }
    return scopes;
  }

  private static boolean overlap(@Nullable Bounds a, @Nullable Bounds b) {
    return a != null
        && b != null
        && a.getX() < b.getX() + b.getWidth()
        && b.getX() < a.getX() + a.getWidth()
        && a.getY() < b.getY() + b.getHeight()
        && b.getY() < a.getY() + a.getHeight();
  }

  private void check(boolean holds, String element, String rule) {
    if (!holds) {
      violations.add(name + ", " + element + ": " + rule);
    }
  }
}
