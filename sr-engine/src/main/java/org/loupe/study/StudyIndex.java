package org.loupe.study;

import java.util.List;

/**
 * What some paths hold, by the headers of the files.
 *
 * @param loaded studies and series, whose pixels are read when they are asked for; and problems
 * @param others DICOM objects that are no image series
 */
public record StudyIndex(Loaded loaded, List<DicomObject> others) {

  public StudyIndex {
    others = List.copyOf(others);
  }
}
