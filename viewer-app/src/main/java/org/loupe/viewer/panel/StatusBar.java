package org.loupe.viewer.panel;

import java.util.LinkedHashSet;
import java.util.Set;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.concurrent.Task;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.loupe.sr.ModelInfo;
import org.loupe.study.Problem;
import org.loupe.viewer.Texts;

/** The line at the bottom: what is going on, how far it is, what went wrong, and the warning. */
public final class StatusBar extends HBox {

  private final Label text = new Label();
  private final ProgressBar progress = new ProgressBar();
  private final Button cancel = new Button(Texts.of("status.cancel"));
  private final Button problems = new Button();
  private final Label engine = new Label();

  /** What went wrong, until the user has seen it: a click takes it away. */
  private final Button warnings = new Button();

  private final Set<String> warned = new LinkedHashSet<>();

  /** What was said while something is being opened. */
  private String later = "";

  /**
   * @param task what is being opened
   * @param found files that could not be opened
   * @param showProblems lists them
   */
  public StatusBar(
      ReadOnlyObjectProperty<? extends Task<?>> task,
      ObservableList<Problem> found,
      ReadOnlyObjectProperty<ModelInfo> model,
      Runnable showProblems) {
    super(10);
    setId("status-bar");
    getStyleClass().add("viewer-status");
    text.setId("status-text");
    problems.setId("problems-button");
    problems.getStyleClass().addAll("small", "warning");
    cancel.getStyleClass().add("small");
    cancel.setFocusTraversable(false);
    problems.setFocusTraversable(false);
    warnings.setId("status-warning");
    warnings.getStyleClass().addAll("small", "warning");
    warnings.setFocusTraversable(false);
    warnings.setOnAction(e -> unwarned());
    unwarned();
    progress.setPrefWidth(140);
    Label warning = new Label(Texts.of("status.notDiagnostic"));
    warning.setId("not-diagnostic");
    warning.getStyleClass().add("not-diagnostic");
    warning.setMinWidth(Region.USE_PREF_SIZE);
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    getChildren().addAll(text, progress, cancel, problems, warnings, space, engine, warning);
    problems.setOnAction(e -> showProblems.run());
    found.addListener((ListChangeListener<Problem>) change -> count(found.size()));
    count(found.size());
    model.subscribe(
        info ->
            engine.setText(
                info == null
                    ? ""
                    : Texts.of("status.engine", info.name(), info.version(), info.device())));
    task.subscribe(this::follow);
  }

  private void follow(Task<?> task) {
    text.textProperty().unbind();
    progress.progressProperty().unbind();
    boolean on = task != null;
    PaneText.show(progress, on);
    PaneText.show(cancel, on);
    if (on) {
      later = "";
      text.textProperty().bind(task.messageProperty());
      progress.progressProperty().bind(task.progressProperty());
      cancel.setOnAction(e -> task.cancel());
    } else {
      text.setText(later);
    }
  }

  private void count(int number) {
    PaneText.show(problems, number > 0);
    problems.setText(Texts.of("status.problems", number));
  }

  /** Says something until something else is said; while something is being opened, afterwards. */
  public void say(String sentence) {
    later = sentence;
    if (!text.textProperty().isBound()) {
      text.setText(sentence);
    }
  }

  /** Says what went wrong, beside what else is said, until the user takes it away. */
  public void warn(String sentence) {
    warned.add(sentence);
    String all = String.join("   ", warned);
    warnings.setText(all);
    warnings.setAccessibleText(all);
    warnings.setTooltip(new Tooltip(String.join("\n", warned)));
    PaneText.show(warnings, true);
  }

  /** Everything has been closed: nothing is said. */
  public void clear() {
    say("");
    unwarned();
  }

  private void unwarned() {
    warned.clear();
    warnings.setAccessibleText(Texts.of("status.warnings"));
    PaneText.show(warnings, false);
  }
}
