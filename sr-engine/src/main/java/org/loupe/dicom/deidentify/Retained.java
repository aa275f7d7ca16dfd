package org.loupe.dicom.deidentify;

import org.loupe.dicom.Code;

/** What may be kept beyond the basic profile: the options of PS3.15 E.3 that retain something. */
public enum Retained {
  /** E.3.9: UIDs. */
  UIDS("113110", "Retain UIDs Option"),
  /** E.3.8: device names, serial numbers and the like. */
  DEVICE("113109", "Retain Device Identity Option"),
  /** E.3.11: names and addresses of institutions. */
  INSTITUTION("113112", "Retain Institution Identity Option"),
  /** E.3.7: age, sex, size, weight and the like. */
  CHARACTERISTICS("113108", "Retain Patient Characteristics Option"),
  /** E.3.6: dates and times as they are. */
  DATES("113106", "Retain Longitudinal Temporal Information Full Dates Option"),
  /** E.3.6: dates, moved by the same number of days for all of a patient. */
  SHIFTED_DATES("113107", "Retain Longitudinal Temporal Information Modified Dates Option");

  private final String value;
  private final String meaning;

  Retained(String value, String meaning) {
    this.value = value;
    this.meaning = meaning;
  }

  /** The option's code (PS3.16 CID 7050). */
  public Code code() {
    return Code.dcm(value, meaning);
  }
}
