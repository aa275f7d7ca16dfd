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
import java.util.Optional;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.DicomWriter;
import org.loupe.dicom.FreeNames;
import org.loupe.dicom.Tag;
import org.loupe.dicom.TransferSyntax;
import org.loupe.dicom.Uids;
import org.loupe.dicom.derived.Finding;
import org.loupe.dicom.derived.PresentationState;
import org.loupe.dicom.derived.ReportDocument;
import org.loupe.dicom.derived.SourceImage;
import org.loupe.image.Image2;
import org.loupe.image.SlicePlane;
import org.loupe.study.Series;
import org.loupe.study.SourceImages;
import org.loupe.viewer.measure.Measurement;
import org.loupe.viewer.measure.MeasurementFile.Content;
import org.loupe.viewer.measure.MeasurementKind;
import org.loupe.viewer.measure.Measures;
import org.loupe.viewer.measure.RegionStatistics;
import org.loupe.viewer.viewport.Windows;

/**
 * Measurements and key images of opened DICOM series as DICOM objects: for each study a structured
 * report of its measurements, a key object selection of its key images, and a presentation state of
 * each image that has either.
 */
public final class AnnotationObjects {

  private final List<Series> series;
  private final Content content;
  private final SourceImages images;

  private AnnotationObjects(List<Series> series, Content content, SourceImages images) {
    this.series = series;
    this.content = content;
    this.images = images;
  }

  /**
   * Writes the objects into a folder, which is made where it is missing and keeps what it holds.
   * Takes a second or so.
   *
   * @param series series that annotations are looked up in; those without any are passed over
   * @param paths where the series were opened from
   * @throws IOException where reading or writing failed
   */
  public static Written write(List<Series> series, Content content, List<Path> paths, Path folder)
      throws IOException {
    List<Series> annotated = series.stream().filter(s -> isAnnotated(s, content)).toList();
    if (annotated.isEmpty()) {
      return new Written(List.of(), leftOut(List.of(), content));
    }
    SourceImages images = SourceImages.findPresent(paths, annotated, d -> d);
    List<Series> referable = annotated.stream().filter(s -> refersTo(images, s)).toList();
    int leftOut = leftOut(referable, content);
    if (referable.isEmpty()) {
      return new Written(List.of(), leftOut);
    }
    LocalDateTime now = LocalDateTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
    List<DicomDataset> objects = new AnnotationObjects(referable, content, images).objects(now);
    Files.createDirectories(folder);
    FreeNames names = new FreeNames(folder);
    List<Path> files = new ArrayList<>();
    for (DicomDataset object : objects) {
      Path file = names.next(object.string(Tag.MODALITY));
      DicomWriter.write(file, object, TransferSyntax.EXPLICIT_LE);
      files.add(file);
    }
    return new Written(files, leftOut);
  }

  /** How many annotations are on none of some series. */
  private static int leftOut(List<Series> series, Content content) {
    long measurements =
        content.measurements().stream()
            .filter(m -> series.stream().noneMatch(s -> s.id().equals(m.seriesId())))
            .count();
    long keys =
        content.keyImages().stream()
            .filter(id -> series.stream().noneMatch(s -> s.instanceIds().contains(id)))
            .count();
    return (int) (measurements + keys);
  }

  private static boolean isAnnotated(Series s, Content content) {
    return content.measurements().stream().anyMatch(m -> m.seriesId().equals(s.id()))
        || content.keyImages().stream().anyMatch(s.instanceIds()::contains);
  }

  /** Where an annotation is: an image, and the slice of a series that it is. */
  private record Place(Series series, int slice, SourceImage image) {}

  private List<DicomDataset> objects(LocalDateTime when) {
    Map<String, List<Finding>> findings = new LinkedHashMap<>();
    Map<String, List<SourceImage>> keys = new LinkedHashMap<>();
    Map<String, List<PresentationState.View>> views = new LinkedHashMap<>();
    Map<String, Place> places = new LinkedHashMap<>();
    Map<String, List<Finding>> onImage = new LinkedHashMap<>();
    for (Measurement m : content.measurements()) {
      Optional<Series> of = series.stream().filter(s -> s.id().equals(m.seriesId())).findFirst();
      if (of.isPresent()) {
        Place place = place(of.get(), of.get().volume().nearestSlice(m.centre()));
        Finding finding = finding(m, place);
        findings.computeIfAbsent(place.image().studyUid(), k -> new ArrayList<>()).add(finding);
        String id = place.series().instanceIds().get(place.slice());
        places.put(id, place);
        onImage.computeIfAbsent(id, k -> new ArrayList<>()).add(finding);
      }
    }
    for (String id : content.keyImages()) {
      for (Series s : series) {
        int slice = s.instanceIds().indexOf(id);
        if (slice >= 0) {
          Place place = place(s, slice);
          keys.computeIfAbsent(place.image().studyUid(), k -> new ArrayList<>()).add(place.image());
          places.put(id, place);
        }
      }
    }
    places.forEach(
        (id, place) ->
            views
                .computeIfAbsent(place.image().studyUid(), k -> new ArrayList<>())
                .add(
                    PresentationState.View.whole(
                        place.image(),
                        Windows.TAGS.of(place.series()),
                        onImage.getOrDefault(id, List.of()),
                        place.series().contrast() + " slice " + (place.slice() + 1))));
    List<DicomDataset> objects = new ArrayList<>();
    findings.values().forEach(f -> objects.add(ReportDocument.measurements(f, when)));
    keys.values().forEach(k -> objects.add(ReportDocument.keyImages(k, when)));
    views.values().forEach(v -> objects.addAll(PresentationState.datasets(v, when)));
    return objects;
  }

  private Place place(Series s, int slice) {
    return new Place(s, slice, images.of(s, slice));
  }

  /** Whether the slices of a series are DICOM images; the tiles of a mosaic are none. */
  static boolean refersTo(SourceImages images, Series s) {
    return images.has(s) && !images.of(s, 0).tags().strings(Tag.IMAGE_TYPE).contains("MOSAIC");
  }

  private static Finding finding(Measurement m, Place place) {
    return finding(m, place.series(), place.slice(), place.image());
  }

  /** A measurement on a slice of a series, which is an image, with the values of its pixels. */
  static Finding finding(Measurement m, Series series, int slice, SourceImage image) {
    SlicePlane plane = series.volume().plane(slice);
    Image2 pixels = series.volume().slice(slice);
    return new Finding(
        Uids.fromName(m.id()),
        name(m.kind()),
        shape(m.kind()),
        m.points(),
        image,
        values(m, plane, pixels));
  }

  private static String name(MeasurementKind kind) {
    return switch (kind) {
      case LENGTH -> "Length";
      case ANGLE -> "Angle";
      case COBB -> "Cobb angle";
      case RECTANGLE -> "Rectangle";
      case ELLIPSE -> "Ellipse";
      case FREEHAND -> "Region";
      case PROBE -> "Probe";
    };
  }

  private static Finding.Shape shape(MeasurementKind kind) {
    return switch (kind) {
      case LENGTH, ANGLE -> Finding.Shape.LINE;
      case COBB -> Finding.Shape.TWO_LINES;
      case RECTANGLE, FREEHAND -> Finding.Shape.POLYGON;
      case ELLIPSE -> Finding.Shape.ELLIPSE;
      case PROBE -> Finding.Shape.POINT;
    };
  }

  private static List<Finding.Value> values(Measurement m, SlicePlane plane, Image2 pixels) {
    return switch (m.kind()) {
      case LENGTH -> List.of(Finding.Value.length(Measures.length(m)));
      case ANGLE -> List.of(Finding.Value.angle(Measures.angle(m)));
      case COBB -> List.of(Finding.Value.angle(Measures.cobb(m)));
      case PROBE -> {
        var at = plane.toPixel(m.points().get(0));
        int column = (int) Math.floor(at.column() + 0.5);
        int row = (int) Math.floor(at.row() + 0.5);
        boolean inside =
            column >= 0 && row >= 0 && column < pixels.width() && row < pixels.height();
        yield inside ? List.of(Finding.Value.signal(pixels.at(column, row))) : List.of();
      }
      case RECTANGLE, ELLIPSE, FREEHAND -> {
        RegionStatistics s = RegionStatistics.of(m, plane, pixels);
        Finding.Value area = Finding.Value.area(s.area());
        yield s.count() == 0
            ? List.of(area)
            : List.of(
                area,
                Finding.Value.mean(s.mean()),
                Finding.Value.standardDeviation(s.sd()),
                Finding.Value.minimum(s.min()),
                Finding.Value.maximum(s.max()));
      }
    };
  }
}
