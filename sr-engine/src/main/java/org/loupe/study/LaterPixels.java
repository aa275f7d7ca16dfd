package org.loupe.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.loupe.dicom.DicomReader;
import org.loupe.dicom.Frame;
import org.loupe.dicom.FrameReader;
import org.loupe.image.Image2;

/**
 * The pixels of a file that are read when they are asked for, if the file is still the one whose
 * header was read.
 */
final class LaterPixels {

  private final Path path;
  private final BasicFileAttributes attributes;

  LaterPixels(Path path) throws IOException {
    this.path = path;
    this.attributes = Files.readAttributes(path, BasicFileAttributes.class);
  }

  /** The frames of a header with what reads their pixels. */
  List<Frame> frames(List<Frame> headers) {
    List<Frame> frames = new ArrayList<>();
    for (int n = 0; n < headers.size(); n++) {
      int number = n;
      Frame h = headers.get(n);
      frames.add(
          new Frame(h.instanceId(), h.tags(), h.plane(), null, () -> read(number), h.overlays()));
    }
    return frames;
  }

  /**
   * The pixels of a frame.
   *
   * @throws UncheckedIOException where the file is gone, has changed or is broken: says which
   */
  private Image2 read(int number) {
    try {
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      if (now.size() != attributes.size()
          || !now.lastModifiedTime().equals(attributes.lastModifiedTime())) {
        throw new IOException("it has changed since it was opened");
      }
      return FrameReader.read(DicomReader.builtIn().read(Files.readAllBytes(path)))
          .get(number)
          .image();
    } catch (IOException e) {
      String message = path.getFileName() + ": " + SourceFiles.reason(e);
      throw new UncheckedIOException(message, new IOException(message, e));
    }
  }
}
