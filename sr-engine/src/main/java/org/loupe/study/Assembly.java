package org.loupe.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.loupe.dicom.Frame;
import org.loupe.dicom.StoredView;
import org.loupe.image.SliceCache;

/** Puts together what the files of an opening gave, as often as is asked for while more comes. */
final class Assembly {

  private final DicomStudies dicom;
  private final Map<String, List<Opened>> niftiFolders = new LinkedHashMap<>();
  private final Map<String, Path> files = new HashMap<>();
  private final List<DicomObject> others = new ArrayList<>();
  private final List<StoredView> views = new ArrayList<>();
  private final List<TissueLabels> labels = new ArrayList<>();
  private final List<SegmentationOverlay> segmentations = new ArrayList<>();
  private final List<String> keyImages = new ArrayList<>();
  private final List<Problem> problems;
  private final List<Problem> leftOut = new ArrayList<>();

  /**
   * @param problems paths that could not be listed
   * @param cache keeps slices that are read later
   */
  Assembly(List<Problem> problems, SliceCache cache) {
    this.problems = new ArrayList<>(problems);
    this.dicom = new DicomStudies(cache);
  }

  /** Takes a file; its slices come after those of the files before it. */
  void add(Opened file) {
    if (file.problem() != null) {
      problems.add(file.problem());
    }
    if (file.leftOut() != null) {
      leftOut.add(file.leftOut());
    } else if (file.nifti() != null) {
      niftiFolders.computeIfAbsent(file.source().folder(), folder -> new ArrayList<>()).add(file);
    } else if (file.other() != null) {
      others.add(file.other());
    }
    views.addAll(file.views());
    keyImages.addAll(file.keyImages());
    if (file.labels() != null) {
      labels.add(file.labels());
    }
    if (file.segmentation() != null) {
      segmentations.add(file.segmentation());
    }
    for (Frame frame : file.frames()) {
      dicom.add(frame);
      if (file.source().path() != null) {
        files.putIfAbsent(Series.instanceUid(frame.instanceId()), file.source().path());
      }
    }
  }

  /** Slices and files of series so far. */
  int size() {
    return dicom.frames() + niftiFolders.values().stream().mapToInt(List::size).sum();
  }

  /** Series so far, as the files name them; all but the last are probably whole. */
  int seriesMet() {
    return dicom.seriesMet() + niftiFolders.values().stream().mapToInt(List::size).sum();
  }

  /** What there is so far; a series that has got nothing new is the same as the last time. */
  Loaded loaded() {
    List<Study> studies = new ArrayList<>(dicom.assemble());
    niftiFolders.forEach((folder, opened) -> studies.add(niftiStudy(folder, opened)));
    views.sort(Comparator.comparing(StoredView::created));
    return new Loaded(studies, problems, leftOut, views, labels, segmentations, keyImages, files);
  }

  /** The same with objects that are no images. */
  StudyIndex index() {
    return new StudyIndex(loaded(), others);
  }

  private static Study niftiStudy(String folder, List<Opened> files) {
    List<Series> series = new ArrayList<>();
    files.forEach(file -> series.add(file.nifti()));
    series.sort(Comparator.comparing(Series::contrast).thenComparing(Series::description));
    String name = files.get(0).source().folderName();
    return new Study(NiftiSeries.identity(folder), "", name, "", series);
  }
}
