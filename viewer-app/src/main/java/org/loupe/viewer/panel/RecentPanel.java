package org.loupe.viewer.panel;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import org.loupe.viewer.Texts;
import org.loupe.viewer.prefs.RecentStudies;
import org.loupe.viewer.study.SeriesList;

/** The studies that were opened lately; a double-click or Enter opens one in addition: a prior. */
public final class RecentPanel extends Sheet {

  /**
   * @param anonymous whether descriptions and paths, which may be names, are left out
   */
  public RecentPanel(
      List<RecentStudies.Entry> entries,
      ObservableValue<Boolean> anonymous,
      Consumer<List<Path>> open) {
    super("recent", Texts.of("recent.title"), 12);
    setMaxSize(620, 420);
    ListView<RecentStudies.Entry> list = new ListView<>();
    list.setId("recent-list");
    list.setAccessibleText(Texts.of("recent.title"));
    list.getItems().setAll(entries);
    list.setPlaceholder(new Label(Texts.of("recent.none")));
    list.setCellFactory(view -> new Cell(anonymous));
    whileShown(anonymous).subscribe(on -> list.refresh());
    Runnable chosen =
        () -> {
          RecentStudies.Entry e = list.getSelectionModel().getSelectedItem();
          if (e != null) {
            open.accept(e.paths().stream().map(Path::of).toList());
          }
        };
    list.setOnMouseClicked(
        e -> {
          if (e.getClickCount() == 2) {
            chosen.run();
          }
        });
    list.setOnKeyPressed(
        e -> {
          if (e.getCode() == KeyCode.ENTER) {
            chosen.run();
            e.consume();
          }
        });
    getChildren().add(list);
  }

  /** One opening. */
  private static final class Cell extends ListCell<RecentStudies.Entry> {
    private final ObservableValue<Boolean> anonymous;

    Cell(ObservableValue<Boolean> anonymous) {
      this.anonymous = anonymous;
    }

    @Override
    protected void updateItem(RecentStudies.Entry e, boolean empty) {
      super.updateItem(e, empty);
      setText(empty || e == null ? null : text(e));
    }

    private String text(RecentStudies.Entry e) {
      return anonymous.getValue()
          ? SeriesList.unnamed(getIndex() + 1, e.date())
          : e.description()
              + (e.date().isEmpty() ? "" : "   " + e.date())
              + "\n"
              + String.join(", ", e.paths());
    }
  }
}
