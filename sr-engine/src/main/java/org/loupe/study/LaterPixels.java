package org.loupe.study;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.loupe.dicom.DicomFile;
import org.loupe.dicom.DicomReader;
import org.loupe.dicom.Frame;
import org.loupe.dicom.FrameReader;
import org.loupe.dicom.Overlay;
import org.loupe.dicom.Segmentation;
import org.loupe.dicom.Tag;
import org.loupe.image.Image2;
import org.loupe.image.Mask;

/**
 * What of a file is read when it is asked for, if the file is still the one whose header was read.
 * Any thread may ask.
 */
final class LaterPixels implements Frame.Source {

  private static final long LONGEST = Integer.MAX_VALUE - 64L;

  private final SourceFile source;
  private final BasicFileAttributes attributes;

  /** A file of many frames as it was read last: one frame after the other is asked for. */
  private volatile SoftReference<DicomFile> read = new SoftReference<>(null);

  LaterPixels(SourceFile source) throws IOException {
    this.source = source;
    this.attributes = Files.readAttributes(source.disk(), BasicFileAttributes.class);
  }

  /**
   * The pixels of a slice.
   *
   * @throws UncheckedIOException where the file is gone, has changed or is broken: says which
   */
  @Override
  public Image2 image(int slice) {
    try {
      return FrameReader.image(file(), slice);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /** The overlays of a slice, see {@link #image}. */
  @Override
  public List<Overlay> overlays(int slice) {
    try {
      return FrameReader.overlays(file(), slice);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  /**
   * What of a frame of a segmentation belongs to its segment.
   *
   * @param frame its place in the file, from 0
   * @throws IOException where the file is gone, has changed or is broken
   */
  Mask mask(int frame) throws IOException {
    return Segmentation.mask(file(), frame);
  }

  private DicomFile file() throws IOException {
    BasicFileAttributes now = Files.readAttributes(source.disk(), BasicFileAttributes.class);
    if (now.size() != attributes.size()
        || !now.lastModifiedTime().equals(attributes.lastModifiedTime())) {
      throw new IOException("it has changed since it was opened");
    }
    DicomFile file = read.get();
    if (file == null) {
      if (source.path() != null && now.size() > LONGEST) {
        throw new IOException("files of more than 2 GB are not supported");
      }
      try (InputStream in = source.later().open()) {
        file = DicomReader.configured().read(in.readAllBytes());
      }
      if (file.dataset().integer(Tag.NUMBER_OF_FRAMES, 1) > 1) {
        read = new SoftReference<>(file);
      }
    }
    return file;
  }

  private UncheckedIOException failure(IOException e) {
    String name = source.path() == null ? source.name() : source.fileName();
    String message = name + ": " + Problem.reason(e);
    return new UncheckedIOException(message, new IOException(message, e));
  }
}
