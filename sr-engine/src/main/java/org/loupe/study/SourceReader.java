package org.loupe.study;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.DicomException;
import org.loupe.dicom.DicomFile;
import org.loupe.dicom.ElementPool;
import org.loupe.dicom.Frame;
import org.loupe.dicom.FrameReader;
import org.loupe.dicom.KeyObjects;
import org.loupe.dicom.Segmentation;
import org.loupe.dicom.SegmentationHeader;
import org.loupe.dicom.StoredView;
import org.loupe.dicom.Tag;
import org.loupe.nifti.NiftiHeader;
import org.loupe.nifti.NiftiReader;

/**
 * Reads files of one opening: pixels at once while there is room for them, else headers alone. Of a
 * header it keeps what series are put together from. For any number of threads.
 */
final class SourceReader {

  private final AtomicLong room;
  private final boolean alone;
  private final ElementPool pool = new ElementPool();
  private final MaskCache masks = new MaskCache(SegmentationOverlay.KEPT);

  /**
   * @param room bytes of pixels to read at once
   * @param alone whether a single file is all that is opened
   */
  SourceReader(long room, boolean alone) {
    this.room = new AtomicLong(room);
    this.alone = alone;
  }

  /** Reads a file; what is wrong with it becomes a {@link Problem}. */
  Opened read(SourceFile file) {
    try {
      if (FileKind.isNiftiName(file.fileName())) {
        return readNifti(file);
      }
      Optional<Opened> dicom = room.get() > 0 ? readDicom(file) : readHeader(file);
      if (dicom.isPresent()) {
        return dicom.get();
      }
      return file.asked() || FileKind.promisesImage(file.fileName())
          ? Opened.problem(file, "neither DICOM nor NIfTI")
          : Opened.nothing(file);
    } catch (IOException e) {
      return Opened.problem(file, Problem.reason(e));
    }
  }

  private Optional<Opened> readDicom(SourceFile file) throws IOException {
    Optional<DicomFile> dicom = file.dicom();
    if (dicom.isEmpty() || !FrameReader.isImage(dicom.get())) {
      return dicom.isEmpty() ? Optional.empty() : Optional.of(other(file, dicom.get(), true));
    }
    List<Frame> frames = FrameReader.read(dicom.get());
    for (Frame frame : frames) {
      room.addAndGet(-4L * frame.plane().columns() * frame.plane().rows());
    }
    return Optional.of(Opened.frames(file, light(frames)));
  }

  private Optional<Opened> readHeader(SourceFile file) throws IOException {
    LaterPixels later = new LaterPixels(file);
    Optional<DicomFile> header = file.header();
    if (header.isEmpty() || !FrameReader.isImage(header.get())) {
      return header.isEmpty() ? Optional.empty() : Optional.of(other(file, header.get(), false));
    }
    return Optional.of(Opened.frames(file, light(FrameReader.index(header.get(), later))));
  }

  /**
   * @param whole whether all of the file has been read, rather than its header
   */
  private Opened other(SourceFile file, DicomFile object, boolean whole) throws IOException {
    String sopClass = FrameReader.sopClass(object);
    SegmentationOverlay segmentation = null;
    Problem problem = null;
    if (Segmentation.is(object)) {
      try {
        segmentation =
            new SegmentationOverlay(
                file.name(), SegmentationHeader.of(object), new LaterPixels(file)::mask, masks);
      } catch (DicomException e) {
        problem = new Problem(file.name(), "segmentation not shown: " + Problem.reason(e));
      }
    }
    return Opened.other(
        file,
        DicomObject.of(file.name(), object),
        sopClass.equals(StoredView.STORAGE) ? StoredView.all(object.dataset()) : List.of(),
        Segmentation.is(object) && Segmentation.hasTissues(object.dataset())
            ? labels(file.name(), whole ? object : file.dicom().orElse(object))
            : null,
        segmentation,
        sopClass.equals(KeyObjects.STORAGE) ? KeyObjects.of(object.dataset()) : List.of(),
        problem);
  }

  /** Null where no tissue of a segmentation can be read. */
  private static TissueLabels labels(String name, DicomFile file) {
    DicomDataset d = file.dataset();
    String label = d.string(Tag.CONTENT_LABEL);
    try {
      return new TissueLabels(
          d.string(Tag.SOP_INSTANCE_UID),
          label.isEmpty() ? name : label,
          d.string(Tag.FRAME_OF_REFERENCE_UID),
          Segmentation.readTissues(file).labels());
    } catch (DicomException e) {
      return null; // it is listed as what it is
    }
  }

  private List<Frame> light(List<Frame> frames) {
    return frames.stream()
        .map(frame -> frame.withTags(frame.tags().only(SeriesTags.ALL, pool)))
        .toList();
  }

  /**
   * Label maps are no image series, unless one is all that was asked for: they are laid over the
   * images, where those are read later, as in the viewer.
   */
  private Opened readNifti(SourceFile file) throws IOException {
    if (!alone && NiftiSeries.isLabelName(file.fileName())) {
      try (InputStream in = file.opener().open()) {
        NiftiHeader header = NiftiReader.readHeader(in);
        if (header.integral()) {
          return labelMap(file, header);
        }
      }
    }
    return Opened.series(file, NiftiSeries.read(file));
  }

  private Opened labelMap(SourceFile file, NiftiHeader header) {
    if (room.get() > 0) {
      return Opened.leftOut(file, "a label map, not an image series");
    }
    try {
      return Opened.labelMap(file, NiftiLabels.read(file, header, masks));
    } catch (IOException e) {
      return Opened.leftOut(file, Problem.reason(e) + ", not shown");
    }
  }
}
