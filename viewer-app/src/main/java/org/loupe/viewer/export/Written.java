package org.loupe.viewer.export;

import java.nio.file.Path;
import java.util.List;

/**
 * DICOM objects that were written of annotations or views.
 *
 * @param files the objects; none where nothing can be referred to
 * @param leftOut number of annotations or views that are of no DICOM image: on reformatted planes,
 *     NIfTI, tiles of mosaics, or series that were not given
 */
public record Written(List<Path> files, int leftOut) {

  public Written {
    files = List.copyOf(files);
  }
}
