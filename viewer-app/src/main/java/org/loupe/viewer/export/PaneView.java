package org.loupe.viewer.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.DicomWriter;
import org.loupe.dicom.Tag;
import org.loupe.dicom.TransferSyntax;
import org.loupe.dicom.derived.Finding;
import org.loupe.dicom.derived.PresentationState;
import org.loupe.dicom.derived.SourceImage;
import org.loupe.image.Pixel;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.image.Window;
import org.loupe.study.Series;
import org.loupe.study.SourceImages;
import org.loupe.viewer.measure.Annotations;
import org.loupe.viewer.measure.Measurement;
import org.loupe.viewer.measure.VisibleMeasurements;
import org.loupe.viewer.viewport.ImagePane;
import org.loupe.viewer.viewport.PaneGeometry;

/**
 * What a pane looks at, to be written as a presentation state.
 *
 * @param topLeft patient position of the pane's upper left corner, LPS mm
 * @param bottomRight that of its lower right corner
 * @param measurements those that it shows
 */
public record PaneView(
    Series series,
    int slice,
    Vec3 topLeft,
    Vec3 bottomRight,
    Window window,
    boolean inverted,
    List<Measurement> measurements) {

  public PaneView {
    measurements = List.copyOf(measurements);
  }

  /** What a pane looks at now. FX thread; the pane has been painted. */
  public static PaneView of(ImagePane pane, Annotations annotations) {
    PaneGeometry g = pane.geometry();
    return new PaneView(
        pane.seriesProperty().get(),
        pane.stateProperty().get().slice(),
        g.patientAt(-0.5, -0.5),
        g.patientAt(g.view().width() - 0.5, g.view().height() - 0.5),
        pane.stateProperty().get().window(),
        pane.settings().invertedProperty().get(),
        VisibleMeasurements.of(annotations, pane));
  }

  /**
   * Writes a presentation state for each view of a DICOM image into a folder, which is made where
   * it is missing.
   *
   * @param paths where the series were opened from
   * @throws IOException where reading or writing failed
   */
  public static Written write(List<PaneView> views, List<Path> paths, Path folder)
      throws IOException {
    SourceImages images =
        SourceImages.findPresent(
            paths, views.stream().map(PaneView::series).distinct().toList(), d -> d);
    List<PaneView> referable =
        views.stream().filter(v -> AnnotationObjects.refersTo(images, v.series())).toList();
    int leftOut = views.size() - referable.size();
    if (referable.isEmpty()) {
      return new Written(List.of(), leftOut);
    }
    Map<String, List<PresentationState.View>> byStudy = new LinkedHashMap<>();
    for (PaneView view : referable) {
      SourceImage image = images.of(view.series(), view.slice());
      byStudy.computeIfAbsent(image.studyUid(), k -> new ArrayList<>()).add(view.on(image));
    }
    LocalDateTime now = LocalDateTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
    Files.createDirectories(folder);
    List<Path> files = new ArrayList<>();
    for (List<PresentationState.View> states : byStudy.values()) {
      for (DicomDataset state : PresentationState.datasets(states, now)) {
        String uid = state.string(Tag.SOP_INSTANCE_UID);
        Path file = folder.resolve("PR-" + uid.substring(Math.max(0, uid.length() - 10)) + ".dcm");
        DicomWriter.write(file, state, TransferSyntax.EXPLICIT_LE);
        files.add(file);
      }
    }
    return new Written(files, leftOut);
  }

  private PresentationState.View on(SourceImage image) {
    SlicePlane shown = series.volume().plane(slice);
    Vec3 right = shown.columnStep().unit();
    Vec3 down = shown.rowStep().unit();
    // The corners' pixels are those that lie half a pixel further in, whatever way up they are.
    SlicePlane own = image.plane();
    Pixel from = own.toPixel(topLeft);
    Pixel to = own.toPixel(bottomRight);
    double columns = Math.signum(to.column() - from.column()) / 2;
    double rows = Math.signum(to.row() - from.row()) / 2;
    List<Finding> findings =
        measurements.stream().map(m -> AnnotationObjects.finding(m, series, slice, image)).toList();
    return new PresentationState.View(
        image,
        right,
        down,
        own.toPatient(from.column() + columns, from.row() + rows),
        own.toPatient(to.column() - columns, to.row() - rows),
        window,
        inverted,
        findings,
        series.contrast() + " slice " + (slice + 1));
  }
}
