package org.loupe.study;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.loupe.dicom.KeyObjects;
import org.loupe.dicom.StoredView;

/**
 * What opening some paths gave.
 *
 * @param studies the studies, each with its series
 * @param problems the files that could not be opened, each with its reason
 * @param leftOut the files that were understood but are no image series (label maps), with the
 *     reason
 * @param views presentation states, the oldest first
 * @param labels segmentations of tissues
 * @param segmentations segmentations of anything, to be laid over the images
 * @param keyImages what key object selections name, see {@link KeyObjects#of}
 * @param files the DICOM files on disk, by SOP Instance UID
 */
public record Loaded(
    List<Study> studies,
    List<Problem> problems,
    List<Problem> leftOut,
    List<StoredView> views,
    List<TissueLabels> labels,
    List<SegmentationOverlay> segmentations,
    List<String> keyImages,
    Map<String, Path> files) {

  public Loaded {
    studies = List.copyOf(studies);
    problems = List.copyOf(problems);
    leftOut = List.copyOf(leftOut);
    views = List.copyOf(views);
    labels = List.copyOf(labels);
    segmentations = List.copyOf(segmentations);
    keyImages = List.copyOf(keyImages);
    files = Map.copyOf(files);
  }

  /** Series of which it is not known which files they come from. */
  public Loaded(List<Study> studies, List<Problem> problems, List<Problem> leftOut) {
    this(studies, problems, leftOut, List.of(), List.of(), List.of(), List.of(), Map.of());
  }

  /** Every series of every study. */
  public List<Series> allSeries() {
    return studies.stream().flatMap(study -> study.series().stream()).toList();
  }

  /** The same of other studies, as those that are turned for the screen are. */
  public Loaded withStudies(List<Study> other) {
    return new Loaded(other, problems, leftOut, views, labels, segmentations, keyImages, files);
  }
}
