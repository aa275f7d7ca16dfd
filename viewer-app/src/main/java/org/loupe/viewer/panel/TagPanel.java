package org.loupe.viewer.panel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.loupe.threads.Background;
import org.loupe.viewer.Texts;
import org.loupe.viewer.layout.PaneGrid;
import org.loupe.viewer.study.TagRows;
import org.loupe.viewer.viewport.ImagePane;

/** The DICOM elements of the slice in the active pane, with a search over all of them. */
public final class TagPanel extends VBox {

  /** No column becomes narrower, as far as it is wider at first. */
  private static final double LEAST_WIDTH = 82;

  private final ExecutorService thread = Background.single("tags");
  private final PaneGrid grid;
  private final Function<String, Optional<Path>> files;
  private final ObservableList<TagRows.Row> rows = FXCollections.observableArrayList();
  private final FilteredList<TagRows.Row> found = new FilteredList<>(rows);
  private final Label none = new Label();
  private String shown = "";

  /**
   * @param files the DICOM file on disk that holds a slice, by the slice's identity
   */
  public TagPanel(PaneGrid grid, Function<String, Optional<Path>> files) {
    super(8);
    this.grid = grid;
    this.files = files;
    setId("tag-panel");
    getStyleClass().add("side-panel");
    TextField search = new TextField();
    search.setId("tag-search");
    search.setAccessibleText(Texts.of("tags.search"));
    search.setPromptText(Texts.of("tags.search"));
    search.textProperty().subscribe(text -> found.setPredicate(row -> row.has(text)));
    TableView<TagRows.Row> table = new TableView<>(found);
    table.setId("tag-table");
    table.setAccessibleText(Texts.of("command.panel.tags"));
    table.setPlaceholder(none);
    none.setWrapText(true);
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    column(table, "tags.tag", 82, TagRows.Row::tag);
    column(table, "tags.name", 110, r -> "› ".repeat(r.depth()) + r.name());
    column(table, "tags.vr", 30, TagRows.Row::vr);
    column(table, "tags.value", 140, r -> hidden(r) ? "•••" : r.value());
    VBox.setVgrow(table, Priority.ALWAYS);
    getChildren().addAll(search, table);
    grid.activeProperty().subscribe(this::follow);
    for (ImagePane pane : grid.all()) {
      pane.setOnPainted(this::follow);
      pane.settings().anonymousProperty().subscribe(table::refresh);
    }
    follow();
  }

  /** Who the patient is, in an anonymous pane. */
  private boolean hidden(TagRows.Row row) {
    return grid.activeProperty().get().settings().anonymousProperty().get()
        && (row.tag().startsWith("(0010,") || row.vr().equals("PN"));
  }

  private static void column(
      TableView<TagRows.Row> table,
      String heading,
      double width,
      Function<TagRows.Row, String> text) {
    TableColumn<TagRows.Row, String> column = new TableColumn<>(Texts.of(heading));
    column.setPrefWidth(width);
    column.setMinWidth(Math.min(width, LEAST_WIDTH));
    column.setSortable(false);
    column.setCellValueFactory(row -> new ReadOnlyStringWrapper(text.apply(row.getValue())));
    table.getColumns().add(column);
  }

  private void follow() {
    ImagePane pane = grid.activeProperty().get();
    String instance =
        pane.seriesProperty().get() == null
            ? ""
            : pane.seriesProperty().get().instanceIds().get(pane.stateProperty().get().slice());
    if (instance.equals(shown) || (getScene() == null && !shown.isEmpty())) {
      return;
    }
    shown = instance;
    rows.clear();
    none.setText(Texts.of("tags.looking"));
    Optional<Path> file = files.apply(instance);
    thread.execute(() -> read(instance, file));
  }

  /** In the background. */
  private void read(String instance, Optional<Path> file) {
    List<TagRows.Row> made;
    String why = Texts.of("tags.none");
    try {
      made = file.isPresent() ? TagRows.of(file.get()) : List.of();
    } catch (IOException e) {
      made = List.of();
      why = Texts.of("tags.failed", e.getMessage());
    }
    List<TagRows.Row> result = made;
    String reason = why;
    Platform.runLater(
        () -> {
          if (instance.equals(shown)) {
            rows.setAll(result);
            none.setText(reason);
          }
        });
  }
}
