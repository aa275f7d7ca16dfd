package org.loupe.viewer.pacs;

import java.time.LocalDate;
import java.util.List;
import javafx.collections.FXCollections;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Control;
import javafx.scene.control.DatePicker;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import org.loupe.viewer.Texts;
import org.loupe.viewer.panel.InWords;

/** What is looked for: the fields above the results. */
final class SearchForm extends GridPane {

  private static final List<String> MODALITIES = List.of("MR", "", "CT", "PT", "SEG", "SR", "PR");

  private final TextField name = new TextField();
  private final TextField id = new TextField();
  private final TextField accession = new TextField();
  private final ChoiceBox<String> modality =
      new ChoiceBox<>(FXCollections.observableArrayList(MODALITIES));
  private final DatePicker from = new DatePicker();
  private final DatePicker to = new DatePicker();
  private final Button search = new Button(Texts.of("pacs.search"));

  /**
   * @param start searches
   */
  SearchForm(Runnable start) {
    super(10, 8);
    modality.setConverter(
        new InWords<>(value -> value.isEmpty() ? Texts.of("pacs.anyModality") : value));
    modality.setValue(MODALITIES.get(0));
    search.setId("pacs-search");
    search.setMinWidth(Button.USE_PREF_SIZE);
    search.getStyleClass().add("accent");
    search.setOnAction(e -> start.run());
    addRow(0, field("name", name), name, field("id", id), id, field("from", from), from);
    addRow(
        1,
        field("accession", accession),
        accession,
        field("modality", modality),
        modality,
        field("to", to),
        to,
        search);
    for (int column = 0; column < 6; column++) {
      ColumnConstraints c = new ColumnConstraints();
      c.setHgrow(column % 2 == 1 ? Priority.ALWAYS : Priority.NEVER);
      c.setMinWidth(column % 2 == 1 ? 60 : USE_PREF_SIZE);
      getColumnConstraints().add(c);
    }
    for (TextField text : List.of(name, id, accession)) {
      text.setOnAction(e -> start.run());
      text.setPrefColumnCount(12);
    }
    modality.setMaxWidth(Double.MAX_VALUE);
    from.setPrefWidth(150);
    to.setPrefWidth(150);
  }

  private static Label field(String key, Control control) {
    String text = Texts.of("pacs." + key);
    control.setId("pacs-" + key);
    control.setAccessibleText(text);
    Label label = new Label(text);
    label.setLabelFor(control);
    return label;
  }

  /** What stands in the fields. */
  StudySearch value() {
    return new StudySearch(
        name.getText(), id.getText(), accession.getText(), modality.getValue(), day(from), day(to));
  }

  /** What was typed counts too, without Enter. */
  private static LocalDate day(DatePicker picker) {
    String text = picker.getEditor().getText().strip();
    if (text.isEmpty()) {
      return null;
    }
    try {
      return picker.getConverter().fromString(text);
    } catch (java.time.DateTimeException e) {
      return picker.getValue();
    }
  }
}
