package org.loupe.viewer;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.animation.AnimationTimer;
import javafx.scene.image.WritableImage;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.stage.Window;
import org.loupe.viewer.export.PanePicture;
import org.loupe.viewer.export.PictureFile;
import org.loupe.viewer.study.FileChoosing;
import org.loupe.viewer.viewport.ImagePane;

/** Pictures of the active pane: to a file or to the clipboard. */
final class Exporting {

  private final Supplier<ImagePane> active;
  private final FileChoosing files;
  private final Consumer<String> say;

  /**
   * @param say tells the user what was done or went wrong
   */
  Exporting(Supplier<ImagePane> active, FileChoosing files, Consumer<String> say) {
    this.active = active;
    this.files = files;
    this.say = say;
  }

  /** Asks for a file, PNG or TIFF, and writes the active pane into it. */
  void toFile(Window owner, boolean annotated) {
    if (active.get().seriesProperty().get() == null) {
      return;
    }
    Optional<Path> file = files.save(owner, "loupe.png");
    if (file.isEmpty()) {
      return;
    }
    ImagePane pane = active.get();
    whenMarked(pane, annotated, () -> write(PanePicture.of(pane, annotated), file.get()));
  }

  private void write(BufferedImage picture, Path file) {
    try {
      PictureFile.write(picture, file);
      say.accept(Texts.of("export.done", file.getFileName()));
    } catch (IOException e) {
      say.accept(Texts.of("export.failed", e.getMessage()));
    }
  }

  /** At once, or as soon as the marks that are to be in the picture are drawn. */
  private static void whenMarked(ImagePane pane, boolean annotated, Runnable then) {
    if (!annotated || !pane.marksPending()) {
      then.run();
      return;
    }
    new AnimationTimer() {
      @Override
      public void handle(long now) {
        if (!pane.marksPending()) {
          stop();
          // Closed meanwhile, there is nothing to take.
          if (pane.seriesProperty().get() != null) {
            then.run();
          }
        }
      }
    }.start();
  }

  /** Puts the active pane on the clipboard. */
  void toClipboard(boolean annotated) {
    if (active.get().seriesProperty().get() == null) {
      return;
    }
    ImagePane pane = active.get();
    whenMarked(pane, annotated, () -> copy(PanePicture.of(pane, annotated)));
  }

  private void copy(BufferedImage image) {
    int w = image.getWidth();
    int h = image.getHeight();
    WritableImage copy = new WritableImage(w, h);
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        copy.getPixelWriter().setArgb(x, y, 0xff000000 | image.getRGB(x, y));
      }
    }
    ClipboardContent content = new ClipboardContent();
    content.putImage(copy);
    Clipboard.getSystemClipboard().setContent(content);
    say.accept(Texts.of("export.copied"));
  }
}
