package org.loupe.viewer.panel;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;
import org.loupe.sr.ModelInfo;
import org.loupe.sr.model.ModelManifest;
import org.loupe.viewer.Texts;

/** What the model at work is: from what it was made, what was measured of it, and its limits. */
public final class ModelCard extends ScrollPane {

  private final VBox box = new VBox(6);

  public ModelCard(ReadOnlyObjectProperty<ModelInfo> model) {
    setId("model-card");
    setFitToWidth(true);
    box.getStyleClass().add("side-panel");
    setContent(box);
    model.subscribe(this::show);
  }

  private void show(ModelInfo info) {
    box.getChildren().clear();
    if (info == null) {
      text(Texts.of("model.none"));
      return;
    }
    ModelManifest m = info.manifest();
    Label title = new Label(m.name() + " " + m.version() + " · " + info.device());
    title.getStyleClass().add("sheet-title");
    title.setWrapText(true);
    box.getChildren().add(title);
    text(m.description());
    if (m.references() != null) {
      text(Texts.of("model.reference", String.join(", ", m.references())));
    }
    if (m.scales() != null && m.scales().size() == 2) {
      text(Texts.of("model.scales", m.scales().get(0), m.scales().get(1)));
    }
    list("model.limits", m.limits());
    list("model.data", m.trainingData());
    Map<String, Double> metrics = m.metrics() == null ? Map.of() : new TreeMap<>(m.metrics());
    list(
        "model.metrics",
        metrics.entrySet().stream()
            .map(e -> e.getKey() + ": " + String.format(Locale.ENGLISH, "%.3g", e.getValue()))
            .toList());
    list("model.licence", m.licence() == null ? null : List.of(m.licence()));
    list("model.citation", m.citation());
    Map<String, String> hashes = m.sha256() == null ? Map.of() : new TreeMap<>(m.sha256());
    list(
        "model.hash",
        hashes.entrySet().stream()
            .map(
                e ->
                    e.getKey()
                        + "  "
                        + e.getValue().substring(0, Math.min(12, e.getValue().length())))
            .toList());
  }

  private void list(String heading, List<String> lines) {
    if (lines == null || lines.isEmpty()) {
      return;
    }
    Label label = new Label(Texts.of(heading));
    label.getStyleClass().add("sheet-heading");
    box.getChildren().add(label);
    lines.forEach(this::text);
  }

  private void text(String line) {
    if (line != null && !line.isBlank()) {
      Label label = new Label(line);
      label.setWrapText(true);
      box.getChildren().add(label);
    }
  }
}
