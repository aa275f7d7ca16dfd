package org.loupe.viewer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.application.Platform;
import javafx.stage.Window;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.derived.DerivedMr;
import org.loupe.image.Region;
import org.loupe.sr.DeviceChoice;
import org.loupe.sr.SliceInput;
import org.loupe.sr.SuperResolver;
import org.loupe.sr.View;
import org.loupe.sr.model.ModelPackage;
import org.loupe.study.DerivedSeries;
import org.loupe.study.Series;
import org.loupe.study.SourceImages;
import org.loupe.threads.Background;
import org.loupe.viewer.export.AnnotationObjects;
import org.loupe.viewer.export.PaneView;
import org.loupe.viewer.export.Written;
import org.loupe.viewer.measure.Annotations;
import org.loupe.viewer.measure.MeasurementFile;
import org.loupe.viewer.panel.ExportPanel;
import org.loupe.viewer.study.FileChoosing;
import org.loupe.viewer.study.OpenSeries;
import org.loupe.viewer.study.OpenStudies;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.SrSubjects;

/** Results as DICOM, written in the background: super-resolved series, and annotations. */
final class DicomExporting implements AutoCloseable {

  /** Factors beyond the model's training add pixels and no detail. */
  private static final double MOST = 4;

  private final ExecutorService thread = Background.single("export");
  private final OpenStudies studies;
  private final Annotations annotations;
  private final FileChoosing files;
  private final Function<List<Series>, List<Path>> sources;
  private final Supplier<ModelPackage> model;
  private final Consumer<String> say;
  private List<Path> latest = List.of();

  /**
   * @param sources where the images of series are
   * @param model what the panes are super-resolved with; null where there is none
   * @param say tells the user what was done or went wrong
   */
  DicomExporting(
      OpenStudies studies,
      Annotations annotations,
      FileChoosing files,
      Function<List<Series>, List<Path>> sources,
      Supplier<ModelPackage> model,
      Consumer<String> say) {
    this.studies = studies;
    this.annotations = annotations;
    this.files = files;
    this.sources = sources;
    this.model = model;
    this.say = say;
  }

  /** What was written, and the sentence that tells it. */
  private record Done(List<Path> files, String told) {}

  /** Work whose result is told. */
  private interface Work {
    Done run() throws IOException;
  }

  private void start(Work work) {
    say.accept(Texts.of("export.running"));
    thread.execute(
        () -> {
          Done done = null;
          String failure = "";
          try {
            done = work.run();
          } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            failure = Texts.of("export.failed", e.getMessage());
          } catch (OutOfMemoryError e) {
            failure = Texts.of("export.failed", Texts.of("open.memory"));
          }
          List<Path> written = done == null ? List.of() : done.files();
          String told = done == null ? failure : done.told();
          Platform.runLater(
              () -> {
                if (!written.isEmpty()) {
                  latest = written;
                }
                say.accept(told);
              });
        });
  }

  /** The files that were written last; none before the first. FX thread. */
  List<Path> latest() {
    return latest;
  }

  private static Done done(Path folder, List<Path> files, int images) {
    return new Done(files, Texts.of("export.done", folder + " (" + images + ")"));
  }

  /**
   * @param nothing what to say where there was nothing to write or to leave out
   */
  private static Done done(Path folder, Written written, String nothing) {
    List<Path> files = written.files();
    int leftOut = written.leftOut();
    Done done =
        files.isEmpty()
            ? new Done(files, Texts.of(leftOut > 0 ? "export.noneWritten" : nothing))
            : done(folder, files, files.size());
    return leftOut > 0 ? new Done(files, Texts.of("export.leftOut", done.told(), leftOut)) : done;
  }

  /** Whether a series is of files: what was cut anew is no image that can be referred to. */
  private boolean acquired(Series series) {
    return studies.source(series).filter(o -> o.series().id().equals(series.id())).isPresent();
  }

  /**
   * Asks for a folder and writes measurements and key images of what is open, and views of them.
   */
  void annotations(Window owner) {
    MeasurementFile.Content content = annotations.contentProperty().get();
    List<Series> series =
        studies.series().stream().map(OpenSeries::series).filter(this::acquired).toList();
    List<Path> opened = sources.apply(series);
    for (Path folder : files.folder(owner)) {
      start(
          () -> {
            Written written = AnnotationObjects.write(series, content, opened, folder);
            return done(folder, written, "export.nothing");
          });
    }
  }

  /** Asks for a folder and writes what the visible panes show into it, as presentation states. */
  void views(Window owner, List<ImagePane> panes) {
    List<PaneView> views = new ArrayList<>();
    int reformatted = 0;
    for (ImagePane pane : panes) {
      Series shown = pane.seriesProperty().get();
      if (shown != null && pane.geometry() != null) {
        if (acquired(shown)) {
          views.add(PaneView.of(pane, annotations));
        } else {
          reformatted++;
        }
      }
    }
    if (views.isEmpty()) {
      say.accept(Texts.of("export.noView"));
      return;
    }
    List<Path> opened = sources.apply(views.stream().map(PaneView::series).toList());
    int none = reformatted;
    for (Path folder : files.folder(owner)) {
      start(
          () -> {
            Written written = PaneView.write(views, opened, folder);
            return done(
                folder, new Written(written.files(), none + written.leftOut()), "export.noView");
          });
    }
  }

  /** The factor that a pane's series is written with: as far as the pane is zoomed. */
  static double scale(ImagePane pane) {
    return Math.clamp(pane.stateProperty().get().zoom(pane.plane()), 1, MOST);
  }

  /** Why a pane's series cannot be written super-resolved; empty where it can. */
  String obstacle(ImagePane pane) {
    Series target = pane.seriesProperty().get();
    if (target == null) {
      return Texts.of("export.noView");
    }
    SrSubjects.Subject subject = studies.subject(target, pane.stateProperty().get().slice());
    return !subject.allowed()
        ? subject.reason()
        : model.get() == null ? Texts.of("export.noEngine") : "";
  }

  /** Asks for a folder and writes the pane's series into it, super-resolved. */
  void series(Window owner, ImagePane pane, ExportPanel.Choice choice) {
    String obstacle = obstacle(pane);
    if (!obstacle.isEmpty()) {
      say.accept(Texts.of("export.failed", obstacle));
      return;
    }
    Series target = pane.seriesProperty().get();
    int slice = pane.stateProperty().get().slice();
    double scale = scale(pane);
    int columns = target.volume().columns();
    int rows = target.volume().rows();
    DerivedSeries.Extent extent =
        DerivedSeries.Extent.whole(
            choice.allSlices() ? 0 : slice,
            choice.allSlices() ? target.volume().depth() : slice + 1,
            (int) Math.rint(columns * scale),
            (int) Math.rint(rows * scale));
    if (choice.visiblePart()) {
      Region shown = shown(pane);
      if (shown == null) {
        say.accept(Texts.of("export.failed", Texts.of("export.noView")));
        return;
      }
      extent = extent.of(shown, columns, rows);
    }
    Pairs pairs = Pairs.of(studies, target, extent);
    ModelPackage used = model.get();
    List<Path> opened = sources.apply(pairs.series());
    DerivedSeries.Extent wanted = extent;
    for (Path folder : files.folder(owner)) {
      start(() -> write(pairs, wanted, choice, used, opened, folder));
    }
  }

  /**
   * What the engine is given of slices, the same as in a pane.
   *
   * @param reference what guides those of the slices that it reaches; null where nothing does
   * @param first first of the slices
   * @param inputs make the input of each slice, on any thread
   */
  record Pairs(Series target, Series reference, int first, List<Supplier<SliceInput>> inputs) {

    /** On the FX thread. */
    static Pairs of(SrSubjects subjects, Series target, DerivedSeries.Extent extent) {
      Series reference = null;
      List<Supplier<SliceInput>> inputs = new ArrayList<>();
      for (int k = extent.first(); k < extent.end(); k++) {
        SrSubjects.Subject subject = subjects.subject(target, k);
        inputs.add(subject.input());
        reference = reference == null ? subject.reference() : reference;
      }
      return new Pairs(target, reference, extent.first(), inputs);
    }

    /** Those whose images are needed. */
    List<Series> series() {
      return reference == null ? List.of(target) : List.of(target, reference);
    }

    SliceInput input(int k) {
      return inputs.get(k - first).get();
    }
  }

  /** The pixels of the slice that the pane shows; null where it shows none. */
  private static Region shown(ImagePane pane) {
    View view = pane.geometry() == null ? null : pane.geometry().onImage();
    if (view == null) {
      return null;
    }
    int left = (int) Math.round(view.x() * view.columnStep());
    int top = (int) Math.round(view.y() * view.rowStep());
    int right = (int) Math.round((view.x() + view.width()) * view.columnStep());
    int bottom = (int) Math.round((view.y() + view.height()) * view.rowStep());
    return new Region(left, top, Math.max(1, right - left), Math.max(1, bottom - top));
  }

  private static Done write(
      Pairs pairs,
      DerivedSeries.Extent extent,
      ExportPanel.Choice choice,
      ModelPackage model,
      List<Path> opened,
      Path folder)
      throws IOException {
    SourceImages images = SourceImages.find(opened, pairs.series(), d -> d);
    try (SuperResolver resolver = SuperResolver.open(model, DeviceChoice.AUTO)) {
      List<DicomDataset> datasets =
          new DerivedSeries(pairs.target(), pairs.reference(), images)
              .datasets(resolver, pairs::input, extent, choice.format());
      List<Path> files = DerivedMr.write(folder, datasets, choice.format().compression());
      return done(folder, files, extent.end() - extent.first());
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
