package org.loupe.viewer.panel;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import org.loupe.dicom.PixelCompression;
import org.loupe.dicom.derived.DerivedFormat;
import org.loupe.viewer.Texts;

/** What of a super-resolved series is written as DICOM, and how. */
public final class ExportPanel extends Sheet {

  /**
   * The user's choice.
   *
   * @param allSlices all slices rather than the shown one
   * @param visiblePart only what the pane shows of each
   */
  public record Choice(boolean allSlices, boolean visiblePart, DerivedFormat format) {}

  /**
   * @param series what is written, for the user
   * @param scale factor between acquired and written pixels
   * @param start takes the choice
   */
  public ExportPanel(String series, double scale, Consumer<Choice> start) {
    super("export-panel", Texts.of("export.title"), 14);
    Label what =
        new Label(Texts.of("export.what", series, String.format(Locale.ENGLISH, "%.2f", scale)));
    what.setWrapText(true);
    what.setMaxWidth(460);
    ChoiceBox<Boolean> slices = choice("slices", List.of(true, false));
    ChoiceBox<Boolean> part = choice("part", List.of(false, true));
    ChoiceBox<Boolean> object = choice("object", List.of(false, true));
    ChoiceBox<PixelCompression> pixels = choice("pixels", List.of(PixelCompression.values()));
    GridPane grid = new GridPane(12, 8);
    grid.addRow(0, new Label(Texts.of("export.slices")), slices);
    grid.addRow(1, new Label(Texts.of("export.part")), part);
    grid.addRow(2, new Label(Texts.of("export.object")), object);
    grid.addRow(3, new Label(Texts.of("export.pixels")), pixels);
    Button save = new Button(Texts.of("export.save"));
    save.setId("export-save");
    save.setDefaultButton(true);
    save.setOnAction(
        e ->
            start.accept(
                new Choice(
                    slices.getValue(),
                    part.getValue(),
                    new DerivedFormat(object.getValue(), pixels.getValue()))));
    getChildren().addAll(what, grid, save);
  }

  /** A choice whose texts are {@code export.<name>.<value>}; the first one is taken. */
  private static <T> ChoiceBox<T> choice(String name, List<T> values) {
    ChoiceBox<T> box = new ChoiceBox<>(FXCollections.observableArrayList(values));
    box.setId("export-" + name);
    box.setAccessibleText(Texts.of("export." + name));
    box.setMaxWidth(Double.MAX_VALUE);
    box.setConverter(new InWords<>(value -> Texts.of("export." + name + "." + value)));
    box.setValue(values.get(0));
    return box;
  }
}
