package org.loupe.viewer.panel;

import javafx.beans.value.ObservableValue;
import javafx.collections.ObservableList;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.VBox;
import org.loupe.study.Problem;
import org.loupe.viewer.Texts;

/** The files that could not be opened, each with its reason. */
public final class ProblemsPanel extends Sheet {

  /**
   * @param anonymous whether paths, which may be names, are left out
   */
  public ProblemsPanel(ObservableList<Problem> problems, ObservableValue<Boolean> anonymous) {
    super("problems-panel", Texts.of("problems.title"), 0);
    ListView<Problem> list = new ListView<>(problems);
    list.setId("problems-list");
    list.setPrefSize(640, 320);
    list.setCellFactory(view -> new Cell(anonymous));
    whileShown(anonymous).subscribe(on -> list.refresh());
    getChildren().add(list);
  }

  /** One file. */
  private static final class Cell extends ListCell<Problem> {
    private final ObservableValue<Boolean> anonymous;
    private final Label source = new Label();
    private final Label reason = new Label();
    private final VBox box = new VBox(source, reason);

    Cell(ObservableValue<Boolean> anonymous) {
      this.anonymous = anonymous;
      source.getStyleClass().add("problem-source");
      reason.setWrapText(true);
      setPrefWidth(0);
    }

    @Override
    protected void updateItem(Problem item, boolean empty) {
      super.updateItem(item, empty);
      if (empty || item == null) {
        setGraphic(null);
      } else {
        source.setText(
            anonymous.getValue() ? Texts.of("problems.unnamed", getIndex() + 1) : item.source());
        reason.setText(item.reason());
        setGraphic(box);
      }
    }
  }
}
