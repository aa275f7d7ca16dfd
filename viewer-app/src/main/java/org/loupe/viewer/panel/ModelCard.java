package org.loupe.viewer.panel;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ObjectProperty;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;
import org.loupe.sr.ModelInfo;
import org.loupe.sr.model.ModelException;
import org.loupe.sr.model.ModelManifest;
import org.loupe.sr.model.ModelPackage;
import org.loupe.viewer.Texts;
import org.loupe.viewer.viewport.ModelChoice;
import org.loupe.viewer.viewport.SrService;

/**
 * Which model works, and what it is: from what it was made, what was measured of it, and its
 * limits.
 */
public final class ModelCard extends ScrollPane {

  private final SrService service;
  private final VBox card = new VBox(6);

  /**
   * @param folder asks the user for the folder of a model
   * @param say tells the user what went wrong
   */
  public ModelCard(SrService service, Supplier<List<Path>> folder, Consumer<String> say) {
    this.service = service;
    setId("model-card");
    setFitToWidth(true);
    VBox box = new VBox(14);
    box.getStyleClass().add("side-panel");
    ModelChoice choice = service.choice();
    if (choice != null) {
      box.getChildren().add(choosers(choice, folder, say));
      choice.chosenProperty().subscribe(() -> show());
    }
    box.getChildren().add(card);
    setContent(box);
    service.model().subscribe(() -> show());
    show();
  }

  private static VBox choosers(
      ModelChoice choice, Supplier<List<Path>> folder, Consumer<String> say) {
    Button add = new Button(Texts.of("model.add"));
    add.setId("model-add");
    add.getStyleClass().add("small");
    add.setOnAction(
        e -> {
          for (Path path : folder.get()) {
            try {
              choice.chosenProperty().set(choice.add(path));
            } catch (ModelException failure) {
              say.accept(failure.getMessage());
            }
          }
        });
    return new VBox(
        4,
        new Label(Texts.of("model.chosen")),
        chooser("model-chosen", "model.chosen", choice, choice.chosenProperty()),
        new Label(Texts.of("model.other")),
        chooser("model-other", "model.other", choice, choice.otherProperty()),
        add);
  }

  private static ComboBox<ModelPackage> chooser(
      String id, String name, ModelChoice choice, ObjectProperty<ModelPackage> value) {
    ComboBox<ModelPackage> box = new ComboBox<>(choice.available());
    box.setId(id);
    box.setAccessibleText(Texts.of(name));
    box.setMaxWidth(Double.MAX_VALUE);
    box.setConverter(new InWords<>(Texts.of("model.noOther"), ModelCard::name));
    box.valueProperty().bindBidirectional(value);
    return box;
  }

  /** Name and version of a model. */
  public static String name(ModelPackage model) {
    return model.manifest().name() + " " + model.manifest().version();
  }

  private void show() {
    card.getChildren().clear();
    ModelInfo info = service.model().get();
    if (info != null) {
      show(info.manifest(), info.device());
    } else if (service.choice() != null) {
      show(service.choice().chosenProperty().get().manifest(), Texts.of("model.notStarted"));
    } else {
      text(Texts.of("model.none"));
    }
  }

  private void show(ModelManifest m, String device) {
    Label title = new Label(m.name() + " " + m.version() + " · " + device);
    title.getStyleClass().add("sheet-title");
    title.setWrapText(true);
    card.getChildren().add(title);
    text(m.description());
    if (!m.references().isEmpty()) {
      text(Texts.of("model.reference", String.join(", ", m.references())));
    }
    if (m.scales().size() == 2) {
      text(Texts.of("model.scales", m.scales().get(0), m.scales().get(1)));
    }
    list("model.limits", m.limits());
    list("model.data", m.trainingData());
    Map<String, Double> metrics = new TreeMap<>(m.metrics());
    list(
        "model.metrics",
        metrics.entrySet().stream()
            .map(e -> e.getKey() + ": " + String.format(Locale.ENGLISH, "%.3g", e.getValue()))
            .toList());
    list("model.licence", m.licence() == null ? null : List.of(m.licence()));
    list("model.citation", m.citation());
    Map<String, String> hashes = new TreeMap<>(m.sha256());
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
    card.getChildren().add(label);
    lines.forEach(this::text);
  }

  private void text(String line) {
    if (line != null && !line.isBlank()) {
      Label label = new Label(line);
      label.setWrapText(true);
      card.getChildren().add(label);
    }
  }
}
