package org.loupe.viewer.pacs;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.Label;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.loupe.dicom.ShownValues;
import org.loupe.viewer.Texts;
import org.loupe.viewer.pacs.StudySearch.SeriesMatch;
import org.loupe.viewer.pacs.StudySearch.StudyMatch;

/** The tables of studies and of series. */
final class Results {

  /** Stands for what is not to be seen. */
  private static final String HIDDEN = "•••";

  private Results() {}

  /**
   * Studies.
   *
   * @param anonymous whether patients are not to be told
   */
  static TableView<StudyMatch> studies(BooleanSupplier anonymous) {
    TableView<StudyMatch> table = table("studies");
    Function<Function<StudyMatch, String>, Function<StudyMatch, String>> personal =
        value -> s -> anonymous.getAsBoolean() ? HIDDEN : value.apply(s);
    table
        .getColumns()
        .setAll(
            List.of(
                column("patient", 170, personal.apply(StudyMatch::patientName)),
                column("id", 100, personal.apply(StudyMatch::patientId)),
                column("born", 90, personal.apply(s -> ShownValues.date(s.birthDate()))),
                column("date", 90, s -> ShownValues.date(s.date())),
                column("description", 190, StudyMatch::description),
                column("modalities", 90, StudyMatch::modalities),
                column("accessionShort", 90, personal.apply(StudyMatch::accession)),
                column("images", 60, StudyMatch::images)));
    return table;
  }

  static TableView<SeriesMatch> series() {
    TableView<SeriesMatch> table = table("series");
    table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
    table
        .getColumns()
        .setAll(
            List.of(
                column("number", 60, SeriesMatch::number),
                column("modality", 90, SeriesMatch::modality),
                column("description", 420, SeriesMatch::description),
                column("images", 60, SeriesMatch::images)));
    return table;
  }

  private static <T> TableView<T> table(String name) {
    TableView<T> table = new TableView<>();
    table.setId("pacs-" + name);
    table.getStyleClass().addAll("pacs-table", "dense");
    table.setAccessibleText(Texts.of("pacs." + name));
    table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
    table.setPlaceholder(new Label(""));
    return table;
  }

  private static <T> TableColumn<T, String> column(
      String key, double width, Function<T, String> value) {
    TableColumn<T, String> column = new TableColumn<>(Texts.of("pacs." + key));
    column.setPrefWidth(width);
    column.setCellValueFactory(row -> new ReadOnlyStringWrapper(value.apply(row.getValue())));
    return column;
  }
}
