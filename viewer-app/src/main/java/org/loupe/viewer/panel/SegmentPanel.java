package org.loupe.viewer.panel;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javafx.collections.FXCollections;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.loupe.image.Vec3;
import org.loupe.study.SegmentationOverlay;
import org.loupe.study.SegmentationOverlay.Extent;
import org.loupe.study.SegmentationOverlay.Segment;
import org.loupe.viewer.Texts;
import org.loupe.viewer.layout.PaneGrid;
import org.loupe.viewer.segment.SegmentTexts;
import org.loupe.viewer.segment.Segmentations;
import org.loupe.viewer.segment.Segmentations.Item;
import org.loupe.viewer.study.OpenStudies;
import org.loupe.viewer.tool.PaneActions;
import org.loupe.viewer.viewport.ImagePane;

/**
 * All segments of what is open, each with its colour and volume, to be shown or hidden; a click on
 * one goes to where most of it is.
 */
public final class SegmentPanel extends VBox {

  /** Of a row whose segmentation lies over no open series. */
  private static final PseudoClass ELSEWHERE = PseudoClass.getPseudoClass("elsewhere");

  /**
   * A line of the list.
   *
   * @param segment null for the segmentation itself, which stands above its segments
   */
  private record Row(SegmentationOverlay of, Segment segment) {

    List<Item> items() {
      Stream<Segment> all = segment == null ? of.segments().stream() : Stream.of(segment);
      return all.map(s -> new Item(of, s)).toList();
    }
  }

  private final PaneGrid grid;
  private final Segmentations segmentations;
  private final OpenStudies studies;
  private final ListView<Row> list = new ListView<>();

  public SegmentPanel(PaneGrid grid, Segmentations segmentations, OpenStudies studies) {
    super(8);
    this.studies = studies;
    this.grid = grid;
    this.segmentations = segmentations;
    getStyleClass().add("side-panel");
    setId("segment-panel");
    CheckBox shown = new CheckBox(Texts.of("segments.shown"));
    shown.setId("segments-shown");
    shown.selectedProperty().bindBidirectional(segmentations.shownProperty());
    list.setId("segment-list");
    list.setAccessibleText(Texts.of("panel.segments"));
    list.setPlaceholder(new Label(Texts.of("segments.none")));
    list.setCellFactory(view -> new Cell());
    VBox.setVgrow(list, Priority.ALWAYS);
    Label definition = new Label(Texts.of("segments.definition"));
    definition.setWrapText(true);
    definition.getStyleClass().add("segment-definition");
    definition.setMinHeight(Region.USE_PREF_SIZE);
    getChildren().addAll(shown, list, definition);
    // A selection also changes when the list does, which is nobody's wish to go there.
    list.addEventHandler(
        KeyEvent.KEY_PRESSED,
        e -> {
          if (e.getCode() == KeyCode.ENTER) {
            go(list.getSelectionModel().getSelectedItem());
          }
        });
    segmentations.revisionProperty().subscribe(this::show);
    // Whether segmentations lie over images changes with what is open.
    studies.revisionProperty().subscribe(list::refresh);
    // The panel is made when it is first looked at: there may be segments already.
    show();
  }

  private void show() {
    List<Row> rows = new ArrayList<>();
    for (SegmentationOverlay each : segmentations.open()) {
      rows.add(new Row(each, null));
      each.segments().forEach(s -> rows.add(new Row(each, s)));
    }
    if (!rows.equals(list.getItems())) {
      list.setItems(FXCollections.observableArrayList(rows));
    }
    list.refresh();
  }

  /** Goes to the segment of a row; nothing happens where it has none. */
  private void go(Row row) {
    if (row != null && row.segment() != null) {
      go(row.items().get(0));
    }
  }

  /** Goes to a segment on the active pane, or else the first whose images it lies over. */
  private void go(Item item) {
    Extent extent = segmentations.extent(item);
    if (extent == null || extent.place() == null) {
      return;
    }
    grid.showing(item.of()::liesOver).ifPresent(pane -> go(pane, extent.place()));
  }

  private static void go(ImagePane pane, Vec3 place) {
    if (pane.fitted()) {
      int slice = pane.seriesProperty().get().volume().nearestSlice(place);
      pane.change(s -> s.withSlice(slice));
    } else {
      PaneActions.goTo(pane, place);
    }
  }

  /** A segment with its box, colour, name and volume; a segmentation with a box for all of it. */
  private final class Cell extends ListCell<Row> {
    private final CheckBox box = new CheckBox();
    private final Region swatch = new Region();
    private final Label volume = new Label();
    private final HBox line = new HBox(6, box, volume);
    private final Tooltip tip = new Tooltip();

    Cell() {
      swatch.getStyleClass().add("segment-swatch");
      volume.setMinWidth(Region.USE_PREF_SIZE);
      line.setAlignment(Pos.CENTER_LEFT);
      HBox.setHgrow(box, Priority.ALWAYS);
      box.setMaxWidth(Double.MAX_VALUE);
      // Names have underscores.
      box.setMnemonicParsing(false);
      // A click on the box is for the box alone.
      box.addEventHandler(MouseEvent.MOUSE_CLICKED, MouseEvent::consume);
      setOnMouseClicked(
          e -> {
            if (e.getButton() == MouseButton.PRIMARY && !isEmpty()) {
              go(getItem());
            }
          });
      box.setOnAction(e -> segmentations.show(getItem().items(), box.isSelected()));
      // Longer names end in dots instead of widening the list.
      line.prefWidthProperty().bind(list.widthProperty().subtract(36));
      line.setMaxWidth(Region.USE_PREF_SIZE);
    }

    @Override
    protected void updateItem(Row row, boolean empty) {
      super.updateItem(row, empty);
      boolean none = empty || row == null;
      setGraphic(none ? null : line);
      setTooltip(none ? null : tip);
      if (none) {
        pseudoClassStateChanged(ELSEWHERE, false);
        return;
      }
      boolean placed = studies.liesOver(row.of());
      pseudoClassStateChanged(ELSEWHERE, !placed);
      List<Item> items = row.items();
      long on = items.stream().filter(segmentations::isOn).count();
      box.setSelected(on > 0 && on == items.size());
      box.setIndeterminate(on > 0 && on < items.size());
      if (row.segment() == null) {
        String name = SegmentTexts.name(row.of());
        box.setText(name);
        show(
            null,
            placed ? "" : Texts.of("segments.otherFrame"),
            placed ? name : name + "\n" + Texts.of("segments.otherFrameTip"));
        return;
      }
      Segment s = row.segment();
      String ml = SegmentTexts.volume(segmentations.extent(items.get(0)));
      swatch.setStyle("-fx-background-color: #%06x;".formatted(s.colour()));
      box.setText(SegmentTexts.name(s));
      show(swatch, ml, SegmentTexts.name(s) + (s.type().isEmpty() ? "" : "\n" + s.type()));
    }

    private void show(Node graphic, String ml, String told) {
      box.setGraphic(graphic);
      volume.setText(ml);
      tip.setText(told);
      line.setStyle(graphic == null ? "" : "-fx-padding: 0 0 0 16;");
    }
  }
}
