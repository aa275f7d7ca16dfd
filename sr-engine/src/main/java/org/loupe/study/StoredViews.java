package org.loupe.study;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.loupe.dicom.DicomException;
import org.loupe.dicom.DicomFile;
import org.loupe.dicom.DicomReader;
import org.loupe.dicom.FrameReader;
import org.loupe.dicom.StoredView;

/** Looks for presentation states among files. */
public final class StoredViews {

  /** The SOP class stands in the file meta information, at the very start. */
  private static final int START = 512;

  /** Largest state that is read, bytes: it holds no pixels. */
  private static final int MOST = 1 << 24;

  private StoredViews() {}

  /**
   * The presentation states in files, folders and archives, the oldest first; broken ones are
   * passed over.
   *
   * @throws IOException where the paths cannot be read
   */
  public static List<StoredView> find(List<Path> paths) throws IOException {
    List<StoredView> views = new ArrayList<>();
    try (SourceFiles sources = new SourceFiles(SourceFiles.MAX_EXPANDED)) {
      for (Path path : paths) {
        sources.add(path, Progress.NONE);
      }
      for (SourceFile source : sources.files()) {
        if (maybe(source)) {
          read(source, views);
        }
      }
    }
    views.sort(Comparator.comparing(StoredView::created));
    return views;
  }

  private static boolean maybe(SourceFile source) throws IOException {
    try (InputStream in = source.opener().open()) {
      String start = new String(in.readNBytes(START), StandardCharsets.ISO_8859_1);
      return start.contains(StoredView.STORAGE);
    }
  }

  private static void read(SourceFile source, List<StoredView> views) throws IOException {
    try (InputStream in = source.opener().open()) {
      DicomFile file = DicomReader.builtIn().read(in.readNBytes(MOST));
      if (FrameReader.sopClass(file).equals(StoredView.STORAGE)) {
        views.addAll(StoredView.all(file.dataset()));
      }
    } catch (DicomException e) {
      return; // opening has told of broken files already
    }
  }
}
