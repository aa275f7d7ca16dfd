package org.loupe.viewer.panel;

import java.util.List;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import org.loupe.viewer.Texts;
import org.loupe.viewer.viewport.ViewState;

/** Asks what a movie of a zoom is to show, then tells how far it is. */
public final class MoviePanel extends RecordingSheet {

  /** Ways that a movie may go. */
  public enum Way {
    /** From the whole slice to the view of now. */
    INTO_VIEW,
    /** From the view of now to another factor. */
    TO_FACTOR,
    /** Through the views that the pane has had. */
    HISTORY
  }

  /**
   * The user's choice.
   *
   * @param factor device pixels per acquired pixel at the end of {@link Way#TO_FACTOR}
   * @param seconds time of each zoom
   * @param annotated with texts and marks
   */
  public record Choice(
      Way way, double factor, double seconds, int framesPerSecond, boolean annotated) {}

  /** What the panel is for. */
  public interface Maker {
    /** Begins, or does nothing where no file was chosen. */
    void make(Choice choice);

    /** Gives up a movie that has begun; the panel has been closed or cancelled. */
    void cancel();
  }

  /** Speeds that both GIF, in hundredths of a second, and MP4 keep exactly. */
  private static final List<Integer> SPEEDS = List.of(10, 20, 25);

  private static final double MOST_SECONDS = 60;

  private final Maker maker;
  private final ChoiceBox<Way> way = new ChoiceBox<>();
  private final TextField factor = new TextField("6");
  private final TextField seconds = new TextField("4");
  private final ChoiceBox<Integer> speed = new ChoiceBox<>();
  private final CheckBox annotated = new CheckBox(Texts.of("movie.annotated"));
  private final Label note = new Label(Texts.of("movie.note"));
  private final Button record = new Button(Texts.of("movie.record"));
  private final GridPane fields = new GridPane(12, 8);

  /**
   * @param views how many views the pane has had: one is no way
   */
  public MoviePanel(int views, Maker maker) {
    super("movie", Texts.of("movie.title"), maker::cancel);
    this.maker = maker;
    setMaxSize(560, USE_PREF_SIZE);
    way.setItems(
        FXCollections.observableArrayList(
            views > 1 ? List.of(Way.values()) : List.of(Way.INTO_VIEW, Way.TO_FACTOR)));
    way.setConverter(new InWords<>(value -> Texts.of("movie.way." + value, views)));
    way.setValue(Way.INTO_VIEW);
    way.setId("movie-way");
    way.setAccessibleText(Texts.of("movie.way"));
    factor.disableProperty().bind(way.valueProperty().isNotEqualTo(Way.TO_FACTOR));
    number(factor, "movie-factor", "movie.factor");
    number(seconds, "movie-seconds", "movie.seconds");
    speed.setItems(FXCollections.observableArrayList(SPEEDS));
    speed.setValue(SPEEDS.get(1));
    speed.setId("movie-speed");
    speed.setAccessibleText(Texts.of("movie.speed"));
    annotated.setId("movie-annotated");
    annotated.setWrapText(true);
    fields.addRow(0, name("movie.way"), way);
    fields.addRow(1, name("movie.factor"), factor);
    fields.addRow(2, name("movie.seconds"), seconds);
    fields.addRow(3, name("movie.speed"), speed);
    note.setWrapText(true);
    note.setId("movie-note");
    record.setId("movie-record");
    record.setDefaultButton(true);
    record.setOnAction(e -> make());
    getChildren().addAll(fields, annotated, note, bar(), new HBox(8, record, cancel()));
  }

  private static Label name(String text) {
    Label label = new Label(Texts.of(text));
    label.setMinWidth(USE_PREF_SIZE);
    return label;
  }

  private static void number(TextField field, String id, String text) {
    field.setId(id);
    field.setAccessibleText(Texts.of(text));
    field.setPrefColumnCount(6);
    field.setMaxWidth(USE_PREF_SIZE);
  }

  private void make() {
    try {
      double to =
          way.getValue() == Way.TO_FACTOR
              ? within(factor, ViewState.MIN_ZOOM, ViewState.MAX_ZOOM)
              : 1;
      double time = within(seconds, 0.5, MOST_SECONDS);
      maker.make(new Choice(way.getValue(), to, time, speed.getValue(), annotated.isSelected()));
    } catch (NumberFormatException e) {
      note.setText(Texts.of("movie.wrong", ViewState.MIN_ZOOM, ViewState.MAX_ZOOM, MOST_SECONDS));
    }
  }

  private static double within(TextField field, double least, double most) {
    double value = Double.parseDouble(field.getText().strip().replace(',', '.'));
    if (!(value >= least && value <= most)) {
      throw new NumberFormatException(field.getText());
    }
    return value;
  }

  /** Says what went wrong before it began. */
  public void say(String sentence) {
    note.setText(sentence);
  }

  @Override
  public void follow(ObservableValue<Number> progress) {
    super.follow(progress);
    fields.setDisable(true);
    annotated.setDisable(true);
    record.setDisable(true);
    note.setText(Texts.of("movie.running"));
  }
}
