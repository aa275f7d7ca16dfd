package org.loupe.study;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.DicomException;
import org.loupe.dicom.DicomFile;
import org.loupe.dicom.FrameReader;
import org.loupe.dicom.FrameTags;
import org.loupe.dicom.Tag;
import org.loupe.dicom.derived.DerivedMr;
import org.loupe.dicom.derived.SourceImage;
import org.loupe.image.Image2;
import org.loupe.image.Region;
import org.loupe.image.SlicePlane;

/** The DICOM images behind series, by the identities of their slices. */
public final class SourceImages {

  /** Changes a header before something is derived from it. */
  @FunctionalInterface
  public interface Change {
    DicomDataset apply(DicomDataset header) throws IOException;
  }

  private final Map<String, DicomFile> files;

  private SourceImages(Map<String, DicomFile> files) {
    this.files = files;
  }

  /**
   * Looks up the headers of series' slices.
   *
   * @param paths where the series were opened from
   * @param change applied to each header, as anonymisation is
   * @throws IOException where a slice is in no DICOM file of the paths
   */
  public static SourceImages find(List<Path> paths, List<Series> series, Change change)
      throws IOException {
    Set<String> wanted = uids(series);
    SourceImages found = search(paths, wanted, change);
    if (found.files.size() < wanted.size()) {
      wanted.removeAll(found.files.keySet());
      throw new IOException("%d slices are in no DICOM file of %s".formatted(wanted.size(), paths));
    }
    return found;
  }

  /** The same, without the slices that are in no DICOM file: see {@link #has}. */
  public static SourceImages findPresent(List<Path> paths, List<Series> series, Change change)
      throws IOException {
    return search(paths, uids(series), change);
  }

  private static Set<String> uids(List<Series> series) {
    Set<String> uids = new HashSet<>();
    series.forEach(s -> s.instanceIds().forEach(id -> uids.add(Series.instanceUid(id))));
    return uids;
  }

  private static SourceImages search(List<Path> paths, Set<String> wanted, Change change)
      throws IOException {
    Map<String, DicomFile> found = new HashMap<>();
    try (SourceFiles sources = new SourceFiles(SourceFiles.MAX_EXPANDED)) {
      for (Path path : paths) {
        sources.add(path, Progress.NONE);
      }
      for (SourceFile source : sources.files()) {
        if (found.size() == wanted.size()) {
          break;
        }
        DicomFile header = header(source);
        String uid = header == null ? "" : header.dataset().string(Tag.SOP_INSTANCE_UID);
        if (wanted.contains(uid) && !found.containsKey(uid)) {
          DicomDataset light = header.dataset().withoutBulk(1 << 16);
          found.put(uid, new DicomFile(header.meta(), change.apply(light), header.syntax(), ""));
        }
      }
    }
    return new SourceImages(found);
  }

  /**
   * The same of a series and of what guides it.
   *
   * @param reference null for none
   */
  public static SourceImages find(List<Path> paths, Series target, Series reference, Change change)
      throws IOException {
    return find(paths, reference == null ? List.of(target) : List.of(target, reference), change);
  }

  /** The header of a DICOM file; null of anything else. */
  private static DicomFile header(SourceFile source) throws IOException {
    try {
      return source.header().orElse(null);
    } catch (DicomException e) {
      return null; // opening has told of broken files already
    }
  }

  /** Whether all slices of a series were found. */
  public boolean has(Series series) {
    return files.keySet().containsAll(uids(List.of(series)));
  }

  /** The image of a slice. */
  public SourceImage of(Series series, int k) {
    String id = series.instanceIds().get(k);
    DicomFile file = files.get(Series.instanceUid(id));
    DicomDataset d = file.dataset();
    int slash = id.indexOf('/');
    // The tiles of a mosaic are no frames.
    boolean multi = d.integer(Tag.NUMBER_OF_FRAMES, 1) > 1;
    int frame = slash < 0 || !multi ? 0 : Integer.parseInt(id.substring(slash + 1));
    return new SourceImage(
        FrameTags.of(d, Math.max(0, frame - 1)),
        FrameReader.sopClass(file),
        d.string(Tag.SOP_INSTANCE_UID),
        frame,
        file.syntax().lossy());
  }

  /** The images of all slices. */
  public List<SourceImage> of(Series series) {
    List<SourceImage> all = new ArrayList<>();
    for (int k = 0; k < series.volume().depth(); k++) {
      all.add(of(series, k));
    }
    return all;
  }

  private List<SourceImage> guides(SlicePlane plane, Series reference) {
    List<SourceImage> guides = new ArrayList<>();
    if (reference != null) {
      reference.volume().slicesNear(plane).forEach(n -> guides.add(of(reference, n)));
    }
    return guides;
  }

  /** A slice's image, and those of a guiding series (null for none) that lie in its plane. */
  public List<SourceImage> sources(Series target, int k, Series reference) {
    List<SourceImage> sources = new ArrayList<>(List.of(of(target, k)));
    sources.addAll(guides(target.volume().plane(k), reference));
    return sources;
  }

  /**
   * A super-resolved slice with the images that it was computed from.
   *
   * @param pixels over the field of view of slice k, first sample centres coinciding
   * @param region the part of them that is kept
   * @param reference the guiding series; null for none
   */
  public DerivedMr.Slice derived(
      Image2 pixels, Region region, Series target, int k, Series reference) {
    SlicePlane plane = target.volume().plane(k);
    SlicePlane finer =
        plane.resampled(
            (double) plane.columns() / pixels.width(),
            (double) plane.rows() / pixels.height(),
            pixels.width(),
            pixels.height());
    List<SourceImage> neighbours = new ArrayList<>();
    for (int n : new int[] {k - 1, k + 1}) {
      if (n >= 0 && n < target.volume().depth()) {
        neighbours.add(of(target, n));
      }
    }
    List<SourceImage> guides = guides(plane, reference);
    return new DerivedMr.Slice(
        region.of(pixels), finer.region(region), of(target, k), neighbours, guides);
  }
}
