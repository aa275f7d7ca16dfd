package org.loupe.viewer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.geometry.Rectangle2D;
import javafx.scene.image.Image;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.loupe.sr.DeviceChoice;
import org.loupe.sr.model.ModelException;
import org.loupe.sr.model.ModelRegistry;
import org.loupe.viewer.prefs.Preferences;
import org.loupe.viewer.prefs.UserFolder;
import org.loupe.viewer.study.SystemFileChoosing;

/** The application: one window. */
public final class LoupeApp extends Application {

  /** Name of the parameter for milestones on standard output. */
  static final String VERBOSE = "verbose";

  /** Name of the parameter for the model's name or folder. */
  static final String MODEL = "model";

  private Models engine;
  private MainWindow window;

  @Override
  public void start(Stage stage) {
    boolean verbose = getParameters().getNamed().containsKey(VERBOSE);
    Milestones milestones = new Milestones(verbose ? System.out : null);
    milestones.pass("toolkit up");
    Texts.choose(preferences().language());
    Themes.dark();
    engine = models(milestones);
    window =
        new MainWindow(
            engine, new SystemFileChoosing(), UserFolder.standard(), milestones, Platform::exit);
    // Read the study while the window takes its shape.
    List<Path> paths = getParameters().getUnnamed().stream().map(Path::of).toList();
    if (!paths.isEmpty() || !window.restoreSession()) {
      window.open(paths.isEmpty() ? ViewerCommands.demo().stream().toList() : paths);
    }
    Rectangle2D screen = Screen.getPrimary().getVisualBounds();
    stage.setScene(
        window.scene(Math.min(1600, screen.getWidth()), Math.min(1000, screen.getHeight() - 40)));
    stage.titleProperty().bind(window.title());
    stage.getIcons().add(new Image(LoupeApp.class.getResource("loupe.png").toExternalForm()));
    stage.show();
    milestones.pass("window shown");
  }

  /** The command has found the model already; what fails now is told by its first use. */
  private Models models(Milestones milestones) {
    String name = getParameters().getNamed().getOrDefault(MODEL, ModelRegistry.DEFAULT);
    try {
      return Engines.models(name, DeviceChoice.parse(preferences().device()), milestones);
    } catch (ModelException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void stop() {
    window.endSession();
    window.close();
    engine.close();
  }

  /** The user's preferences; of those that cannot be read the window tells. */
  private static Preferences preferences() {
    try {
      return Preferences.read(UserFolder.standard().resolve(Preferences.FILE));
    } catch (IOException | RuntimeException e) {
      return Preferences.DEFAULT;
    }
  }
}
