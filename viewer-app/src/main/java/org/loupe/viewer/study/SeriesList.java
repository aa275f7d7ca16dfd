package org.loupe.viewer.study;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.DataFormat;
import javafx.scene.input.Dragboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.loupe.image.Contrast;
import org.loupe.image.SlicePlane;
import org.loupe.study.Series;
import org.loupe.viewer.Texts;
import org.loupe.viewer.viewport.Badge;

/**
 * The open series with thumbnails. Double-click, Enter or a drag brings one to a pane; the context
 * menu corrects its contrast.
 */
public final class SeriesList extends ListView<OpenSeries> {

  /** A dragged series: its id. */
  public static final DataFormat SERIES = new DataFormat("application/x-loupe-series");

  private final OpenStudies studies;
  private final Thumbnails thumbnails;
  private final ObservableValue<Boolean> anonymous;
  private final Consumer<OpenSeries> chosen;

  /**
   * @param anonymous whether studies are told apart without their descriptions, which may be names
   * @param chosen takes the series to show in the active pane
   */
  public SeriesList(
      OpenStudies studies,
      Thumbnails thumbnails,
      ObservableValue<Boolean> anonymous,
      Consumer<OpenSeries> chosen) {
    super(studies.series());
    this.studies = studies;
    this.thumbnails = thumbnails;
    this.anonymous = anonymous;
    this.chosen = chosen;
    anonymous.subscribe(on -> refresh());
    setId("series-list");
    setAccessibleText(Texts.of("series.list"));
    getStyleClass().add("series-list");
    setPlaceholder(new Label(Texts.of("series.none")));
    setCellFactory(list -> new Cell());
    setOnKeyPressed(
        e -> {
          OpenSeries selected = getSelectionModel().getSelectedItem();
          if (e.getCode() == KeyCode.ENTER && selected != null) {
            chosen.accept(selected);
          }
        });
  }

  /**
   * Tells a study from others and names nobody.
   *
   * @param number in a list, from 1
   * @param date of the study; may be empty
   */
  public static String unnamed(int number, String date) {
    return Texts.of("series.study", number) + (date.isEmpty() ? "" : "   " + date);
  }

  private ContextMenu menu(OpenSeries open) {
    ContextMenu menu = new ContextMenu();
    MenuItem show = new MenuItem(Texts.of("series.show"));
    show.setOnAction(e -> chosen.accept(open));
    MenuItem why =
        new MenuItem(
            Texts.of(
                "series.contrastWhy",
                Texts.of("contrast." + open.series().contrast()),
                open.series().contrastReason()));
    why.setDisable(true);
    why.setMnemonicParsing(false); // it quotes descriptions with underscores
    menu.getItems().addAll(show, new SeparatorMenuItem(), why);
    for (Contrast contrast : Contrast.values()) {
      RadioMenuItem item = new RadioMenuItem(Texts.of("contrast." + contrast));
      item.setSelected(contrast == open.series().contrast());
      item.setOnAction(e -> studies.chooseContrast(open, contrast));
      menu.getItems().add(item);
    }
    return menu;
  }

  /** One series of the list. */
  private final class Cell extends ListCell<OpenSeries> {
    private final ImageView picture = new ImageView();
    private final Label name = new Label();
    private final Label contrast = new Label();
    private final Label size = new Label();
    private final Label spacing = new Label();
    private final Label study = new Label();
    private final HBox box;

    Cell() {
      picture.setPreserveRatio(true);
      picture.setFitWidth(60);
      picture.setFitHeight(60);
      StackPane frame = new StackPane(picture, contrast);
      StackPane.setAlignment(contrast, Pos.BOTTOM_LEFT);
      frame.getStyleClass().add("thumbnail");
      name.getStyleClass().add("series-name");
      contrast.getStyleClass().add("contrast-chip");
      contrast.setMinWidth(Region.USE_PREF_SIZE);
      size.getStyleClass().add("series-size");
      spacing.getStyleClass().add("series-size");
      study.getStyleClass().add("series-size");
      VBox texts = new VBox(2, name, size, spacing, study);
      texts.setAlignment(Pos.CENTER_LEFT);
      texts.setMinWidth(0);
      HBox.setHgrow(texts, Priority.ALWAYS);
      box = new HBox(8, frame, texts);
      box.setAlignment(Pos.CENTER_LEFT);
      setPrefWidth(0);
      setOnMouseClicked(
          e -> {
            boolean twice = e.getButton() == MouseButton.PRIMARY && e.getClickCount() == 2;
            if (twice && getItem() != null) {
              chosen.accept(getItem());
            }
          });
      setOnDragDetected(
          e -> {
            if (getItem() != null) {
              Dragboard board = startDragAndDrop(TransferMode.COPY);
              ClipboardContent content = new ClipboardContent();
              content.put(SERIES, getItem().series().id());
              board.setContent(content);
              board.setDragView(picture.getImage());
              e.consume();
            }
          });
    }

    @Override
    protected void updateItem(OpenSeries item, boolean empty) {
      super.updateItem(item, empty);
      if (empty || item == null) {
        setGraphic(null);
        setContextMenu(null);
        setTooltip(null);
        return;
      }
      Series s = item.series();
      contrast.setText(Texts.of("contrast." + s.contrast()));
      String kind = s.contrast().name().toLowerCase(Locale.ROOT);
      contrast.getStyleClass().setAll("label", "contrast-chip", "contrast-" + kind);
      name.setText(s.description());
      SlicePlane plane = s.volume().plane(0);
      size.setText(
          Texts.of("series.size", s.volume().columns(), s.volume().rows(), s.volume().depth()));
      spacing.setText(
          s.sized()
              ? Texts.of(
                  "series.spacing",
                  Badge.number(plane.columnSpacing()),
                  Badge.number(plane.rowSpacing()))
              : Texts.of("series.unsized"));
      List<String> all =
          getListView().getItems().stream().map(o -> o.study().id()).distinct().toList();
      boolean several = all.size() > 1;
      study.setText(
          anonymous.getValue()
              ? unnamed(all.indexOf(item.study().id()) + 1, item.study().date())
              : item.study().description());
      study.setVisible(several);
      study.setManaged(several);
      picture.setImage(null);
      thumbnails.request(s, image -> picture(item, image));
      setTooltip(
          new Tooltip(
              s.description()
                  + "\n"
                  + Texts.of(
                      "series.contrastWhy",
                      Texts.of("contrast." + s.contrast()),
                      s.contrastReason())
                  + (s.notes().isEmpty() ? "" : "\n" + String.join("\n", s.notes()))));
      setContextMenu(menu(item));
      setAccessibleText(Badge.name(s) + ", " + size.getText());
      setGraphic(box);
    }

    /** Cells are used again: the picture may come when this one shows another series. */
    private void picture(OpenSeries item, Image image) {
      if (item.equals(getItem())) {
        picture.setImage(image);
      }
    }
  }
}
