package org.loupe.study;

import java.util.List;

/**
 * A study as opened: its series and the files that could not be read.
 *
 * @param id Study Instance UID, or an identity of the folder for NIfTI
 * @param patient patient name for the screen; it goes into no log
 * @param description Study Description, or the folder's name
 * @param date Study Date as yyyy-mm-dd; empty where unknown
 */
public record Study(
    String id, String patient, String description, String date, List<Series> series) {

  public Study {
    series = List.copyOf(series);
  }
}
