package org.loupe.viewer.panel;

import java.util.List;
import java.util.function.Predicate;
import javafx.collections.FXCollections;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.loupe.viewer.Texts;
import org.loupe.viewer.layout.PaneGrid;
import org.loupe.viewer.measure.Annotations;
import org.loupe.viewer.measure.Measurement;
import org.loupe.viewer.measure.Readings;
import org.loupe.viewer.measure.RegionStatistics;
import org.loupe.viewer.measure.VisibleMeasurements;
import org.loupe.viewer.tool.PaneActions;
import org.loupe.viewer.viewport.ImagePane;

/**
 * All measurements; choosing one goes to it. Of a region, the distribution of the original pixels
 * on the slice of the active pane.
 */
public final class MeasurementPanel extends VBox {

  private final PaneGrid grid;
  private final Annotations annotations;
  private final Readings readings = new Readings();
  private final ListView<Measurement> list = new ListView<>();
  private final Label figures = new Label();
  private final HistogramView histogram = new HistogramView();
  private final Predicate<String> sized;
  private boolean showing;

  /**
   * @param sized whether the size of the pixels is known of the series of an id
   */
  public MeasurementPanel(PaneGrid grid, Annotations annotations, Predicate<String> sized) {
    super(8);
    this.grid = grid;
    this.sized = sized;
    this.annotations = annotations;
    getStyleClass().add("side-panel");
    setId("measurement-panel");
    list.setId("measurement-list");
    list.setAccessibleText(Texts.of("panel.measurements"));
    list.setPlaceholder(new Label(Texts.of("measure.none")));
    list.setCellFactory(view -> new Cell());
    VBox.setVgrow(list, Priority.ALWAYS);
    figures.setWrapText(true);
    Button undo = button("command.undo", annotations::undo);
    Button redo = button("command.redo", annotations::redo);
    Button delete = button("command.deleteMeasurement", annotations::removeSelected);
    getChildren().addAll(list, figures, histogram, new HBox(6, undo, redo, delete));
    list.getSelectionModel().selectedItemProperty().subscribe(this::chosen);
    annotations.contentProperty().subscribe(this::show);
    annotations.selectedProperty().subscribe(this::show);
    for (ImagePane pane : grid.all()) {
      pane.setOnPainted(
          () -> {
            if (getScene() != null && pane == grid.activeProperty().get()) {
              details();
            }
          });
    }
    // The panel is made when it is first looked at: there may be measurements already.
    show();
  }

  private static Button button(String text, Runnable action) {
    Button button = new Button(Texts.of(text));
    button.getStyleClass().add("small");
    button.setOnAction(e -> action.run());
    return button;
  }

  private void show() {
    showing = true;
    try {
      List<Measurement> all = annotations.all();
      if (!all.equals(list.getItems())) {
        list.setItems(FXCollections.observableArrayList(all));
      }
      list.getSelectionModel().clearSelection();
      Measurement selected = annotations.selected();
      if (selected != null) {
        list.getSelectionModel().select(selected);
      }
    } finally {
      showing = false;
    }
    details();
  }

  private void details() {
    Measurement m = annotations.selected();
    ImagePane pane = grid.activeProperty().get();
    boolean shown =
        m != null && m.kind().isRegion() && VisibleMeasurements.of(annotations, pane).contains(m);
    RegionStatistics s = shown ? readings.original(m, pane) : null;
    boolean region = s != null;
    PaneText.show(figures, region);
    PaneText.show(histogram, region);
    if (!region) {
      return;
    }
    Readings.Resolved r = readings.resolved(m, pane);
    figures.setText(
        Texts.of(
                "measure.details",
                Readings.area(s.area(), pane.seriesProperty().get().sized()),
                s.count(),
                Readings.value(s.mean()),
                Readings.value(s.sd()),
                Readings.value(s.min()),
                Readings.value(s.max()))
            + (r == null
                ? ""
                : "\n"
                    + Texts.of(
                        "measure.resolved",
                        Readings.value(r.mean()),
                        Readings.value(r.sd()),
                        Readings.value(r.expectedError()))));
    histogram.show(s.histogram());
  }

  /**
   * Goes to a measurement, its slice and into the pane where it is outside: on the active pane, or
   * else the first whose series lies in the same frame of reference.
   */
  private void chosen(Measurement m) {
    if (showing || m == null) {
      return;
    }
    annotations.selectedProperty().set(m.id());
    grid.showing(series -> VisibleMeasurements.sees(series, m))
        .ifPresent(pane -> PaneActions.goTo(pane, m.centre()));
  }

  /** One measurement of the list. */
  private final class Cell extends ListCell<Measurement> {
    @Override
    protected void updateItem(Measurement m, boolean empty) {
      super.updateItem(m, empty);
      setText(empty || m == null ? null : Readings.name(m, sized.test(m.seriesId())));
    }
  }
}
