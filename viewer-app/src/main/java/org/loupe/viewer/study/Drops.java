package org.loupe.viewer.study;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.Node;
import javafx.scene.input.Dragboard;
import javafx.scene.input.TransferMode;

/** What can be dropped where. */
public final class Drops {

  private Drops() {}

  /** Takes files and folders from other programs. */
  public static void files(Node onto, Consumer<List<Path>> open) {
    onto.setOnDragOver(
        e -> {
          if (e.getDragboard().hasFiles()) {
            e.acceptTransferModes(TransferMode.COPY);
            e.consume();
          }
        });
    onto.setOnDragDropped(
        e -> {
          boolean files = e.getDragboard().hasFiles();
          if (files) {
            open.accept(e.getDragboard().getFiles().stream().map(f -> f.toPath()).toList());
          }
          e.setDropCompleted(files);
          e.consume();
        });
  }

  /**
   * Takes series from the list.
   *
   * @param find the open series of an id
   */
  public static void series(
      Node onto, Function<String, Optional<OpenSeries>> find, Consumer<OpenSeries> show) {
    onto.setOnDragOver(
        e -> {
          if (e.getDragboard().hasContent(SeriesList.SERIES)) {
            e.acceptTransferModes(TransferMode.COPY);
            e.consume();
          }
        });
    onto.setOnDragDropped(
        e -> {
          Dragboard board = e.getDragboard();
          if (board.hasContent(SeriesList.SERIES)) {
            Optional<OpenSeries> dropped = find.apply((String) board.getContent(SeriesList.SERIES));
            dropped.ifPresent(show);
            e.setDropCompleted(dropped.isPresent());
            e.consume();
          }
        });
  }
}
