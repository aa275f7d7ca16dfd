package org.loupe.viewer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.stage.Window;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.derived.DerivedMr;
import org.loupe.image.AcquiredGrid;
import org.loupe.sr.DeviceChoice;
import org.loupe.sr.ModelInfo;
import org.loupe.sr.SuperResolver;
import org.loupe.sr.model.ModelRegistry;
import org.loupe.study.DerivedSeries;
import org.loupe.study.Pairing;
import org.loupe.study.Series;
import org.loupe.study.SourceImages;
import org.loupe.viewer.export.AnnotationObjects;
import org.loupe.viewer.measure.Annotations;
import org.loupe.viewer.measure.MeasurementFile;
import org.loupe.viewer.study.FileChoosing;
import org.loupe.viewer.study.OpenSeries;
import org.loupe.viewer.study.OpenStudies;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.SrSubjects;

/** Results as DICOM, written in the background: super-resolved series, and annotations. */
final class DicomExporting implements AutoCloseable {

  /** Factors beyond the model's training add pixels and no detail. */
  private static final double MOST = 4;

  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("export").factory());
  private final OpenStudies studies;
  private final Annotations annotations;
  private final FileChoosing files;
  private final Supplier<List<Path>> paths;
  private final Supplier<ModelInfo> model;
  private final Consumer<String> say;

  /**
   * @param paths what has been opened
   * @param model what the panes are super-resolved with; null until it is known
   * @param say tells the user what was done or went wrong
   */
  DicomExporting(
      OpenStudies studies,
      Annotations annotations,
      FileChoosing files,
      Supplier<List<Path>> paths,
      Supplier<ModelInfo> model,
      Consumer<String> say) {
    this.studies = studies;
    this.annotations = annotations;
    this.files = files;
    this.paths = paths;
    this.model = model;
    this.say = say;
  }

  /** Work whose result is told. */
  private interface Work {
    String run() throws IOException;
  }

  private void start(Work work) {
    say.accept(Texts.of("export.running"));
    thread.execute(
        () -> {
          String told;
          try {
            told = work.run();
          } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            told = Texts.of("export.failed", e.getMessage());
          } catch (OutOfMemoryError e) {
            told = Texts.of("export.failed", Texts.of("open.memory"));
          }
          String text = told;
          Platform.runLater(() -> say.accept(text));
        });
  }

  /** Asks for a folder and writes measurements, key images and views of what is open. */
  void annotations(Window owner) {
    MeasurementFile.Content content = annotations.contentProperty().get();
    List<Series> series = studies.series().stream().map(OpenSeries::series).toList();
    List<Path> opened = List.copyOf(paths.get());
    for (Path folder : files.folder(owner)) {
      start(
          () -> {
            List<Path> written = AnnotationObjects.write(series, content, opened, folder);
            return written.isEmpty()
                ? Texts.of("export.nothing")
                : Texts.of("export.done", folder + " (" + written.size() + ")");
          });
    }
  }

  /**
   * Asks for a folder and writes the pane's series into it, super-resolved as far as the pane is
   * zoomed.
   */
  void series(Window owner, ImagePane pane) {
    Series target = pane.seriesProperty().get();
    if (target == null) {
      return;
    }
    SrSubjects.Subject subject = studies.subject(target, pane.stateProperty().get().slice());
    ModelInfo info = model.get();
    if (!subject.allowed() || info == null) {
      String why = subject.allowed() ? Texts.of("export.noEngine") : subject.reason();
      say.accept(Texts.of("export.failed", why));
      return;
    }
    double scale = Math.clamp(pane.stateProperty().get().zoom(pane.plane()), 1, MOST);
    List<Path> opened = List.copyOf(paths.get());
    for (Path folder : files.folder(owner)) {
      start(
          () -> {
            int images = write(target, subject.reference(), scale, info, opened, folder);
            return Texts.of("export.done", folder + " (" + images + ")");
          });
    }
  }

  private static int write(
      Series target,
      Series reference,
      double scale,
      ModelInfo model,
      List<Path> opened,
      Path folder)
      throws IOException {
    SourceImages images = SourceImages.find(opened, target, reference, d -> d);
    int width = (int) Math.rint(target.volume().columns() * scale);
    int height = (int) Math.rint(target.volume().rows() * scale);
    AcquiredGrid grid = target.detectAcquiredGrid();
    try (SuperResolver resolver =
        SuperResolver.open(ModelRegistry.standard().find(model.name()), DeviceChoice.AUTO)) {
      List<DicomDataset> datasets =
          new DerivedSeries(target, reference, images)
              .datasets(
                  resolver,
                  k -> Pairing.pair(target, k, reference, true, null, grid).input(),
                  0,
                  target.volume().depth(),
                  width,
                  height);
      DerivedMr.write(folder, datasets);
      return datasets.size();
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
