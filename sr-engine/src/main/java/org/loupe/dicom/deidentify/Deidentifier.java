package org.loupe.dicom.deidentify;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.loupe.dicom.Code;
import org.loupe.dicom.DatasetBuilder;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.DicomElement;
import org.loupe.dicom.DicomException;
import org.loupe.dicom.Dictionary;
import org.loupe.dicom.Tag;
import org.loupe.dicom.Uids;
import org.loupe.dicom.Vr;
import org.loupe.dicom.deidentify.ConfidentialityProfile.Action;
import org.loupe.dicom.derived.Software;

/**
 * De-identifies data sets by the basic application level confidentiality profile (PS3.15 E.2), with
 * the options that retain something as choices. Private attributes, attributes that the standard
 * does not know, overlays and curves are removed. UIDs and pseudonyms are made from the old ones
 * and a key: the same everywhere within one key, and not to be turned back without it.
 */
public final class Deidentifier {

  private static final ConfidentialityProfile PROFILE = new ConfidentialityProfile();
  private static final Code BASIC = Code.dcm("113100", "Basic Application Confidentiality Profile");
  private static final DateTimeFormatter DATE = DateTimeFormatter.BASIC_ISO_DATE;

  /** Sequences of codes that tell who or where it was: of persons and of institutions. */
  private static final Set<Integer> WHO = Set.of(0x00080082, 0x00401101);

  private static final Code NOBODY = new Code("ANONYMOUS", "99LOUPE", "ANONYMOUS");

  /** First group of what a data set tells; before it are commands, media and directories. */
  private static final int FIRST_GROUP = 0x0008;

  /** Dates are moved back by up to ten years. */
  private static final int MOST_DAYS = 3650;

  private final Set<Retained> retained;
  private final SecretKeySpec key;

  /**
   * @param retained what is kept beyond the basic profile
   * @param key secret that new UIDs and pseudonyms depend on
   */
  public Deidentifier(Set<Retained> retained, String key) {
    this.retained = retained.isEmpty() ? Set.of() : EnumSet.copyOf(retained);
    this.key = new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
  }

  /**
   * The de-identified data set, in little endian and UTF-8.
   *
   * @throws DicomException where pixels are said to hold burnt-in text, which stays readable, or an
   *     overlay that cannot be taken out of them
   */
  public DicomDataset apply(DicomDataset dataset) throws DicomException {
    if (dataset.string(Tag.BURNED_IN_ANNOTATION).equalsIgnoreCase("YES")) {
      throw new DicomException("its pixels hold burnt-in text: it cannot be made anonymous");
    }
    String patient =
        dataset.string(Tag.PATIENT_ID)
            + "|"
            + dataset.string(Tag.ISSUER_OF_PATIENT_ID)
            + (dataset.string(Tag.PATIENT_ID).isEmpty()
                ? "|" + dataset.string(Tag.PATIENT_NAME)
                : "");
    DatasetBuilder b = new DatasetBuilder();
    copy(dataset, b, days(patient));
    HiddenOverlays.clear(dataset, b);
    String pseudonym = HexFormat.of().formatHex(hash("patient " + patient), 0, 6);
    b.text(Tag.SPECIFIC_CHARACTER_SET, "ISO_IR 192")
        .text(Tag.PATIENT_NAME, "ANON^" + pseudonym)
        .text(Tag.PATIENT_ID, "ANON" + pseudonym)
        .text(Tag.PATIENT_IDENTITY_REMOVED, "YES")
        .text(Tag.DEIDENTIFICATION_METHOD, "Loupe " + Software.VERSION + ": PS3.15 E basic profile")
        .codes(Tag.DEIDENTIFICATION_METHOD_CODE_SEQUENCE, codes())
        .text(
            Tag.LONGITUDINAL_TEMPORAL_INFORMATION_MODIFIED,
            retained.contains(Retained.DATES)
                ? "UNMODIFIED"
                : retained.contains(Retained.SHIFTED_DATES) ? "MODIFIED" : "REMOVED");
    return b.build();
  }

  private Code[] codes() {
    List<Code> codes = new ArrayList<>(List.of(BASIC));
    retained.forEach(option -> codes.add(option.code()));
    return codes.toArray(Code[]::new);
  }

  /**
   * Copies what may stay.
   *
   * @param days that dates are moved back by
   */
  private void copy(DicomDataset from, DatasetBuilder to, int days) {
    for (DicomElement e : from.elements()) {
      int group = e.tag() >>> 16;
      boolean known =
          group % 2 == 0 && group >= FIRST_GROUP && !Dictionary.keyword(e.tag()).isEmpty();
      boolean drawn = (group & 0xff00) == 0x5000 || (group & 0xff00) == 0x6000;
      // What is in a sequence that was not understood cannot be told either.
      boolean closed = e.vr() != Vr.SQ && Dictionary.vr(e.tag()) == Vr.SQ;
      boolean length = (e.tag() & 0xffff) == 0;
      if (!known || drawn || closed || length || e.tag() == Tag.SPECIFIC_CHARACTER_SET) {
        continue;
      }
      Action action = PROFILE.action(e.tag(), retained);
      switch (action) {
        case REMOVE -> {}
        case EMPTY -> to.empty(e.tag());
        case UID -> to.text(e.tag(), uids(from.strings(e.tag())));
        case SHIFT -> shift(from, e, to, days);
        case DUMMY -> dummy(from, e, to, days);
        case KEEP -> {
          if (e.vr() == Vr.SQ) {
            to.items(e.tag(), items(e, days));
          } else {
            to.copy(from, e.tag());
          }
        }
      }
    }
  }

  private List<DicomDataset> items(DicomElement sequence, int days) {
    List<DicomDataset> items = new ArrayList<>();
    for (DicomDataset item : sequence.items()) {
      DatasetBuilder b = new DatasetBuilder();
      copy(item, b, days);
      items.add(b.build());
    }
    return items;
  }

  private void dummy(DicomDataset from, DicomElement e, DatasetBuilder to, int days) {
    switch (e.vr()) {
      case SQ -> to.items(e.tag(), WHO.contains(e.tag()) ? List.of(NOBODY.item()) : items(e, days));
      case UI -> to.text(e.tag(), uids(from.strings(e.tag())));
      case DA -> to.text(e.tag(), "19000101");
      case TM -> to.text(e.tag(), "000000");
      case DT -> to.text(e.tag(), "19000101000000");
      case AS -> to.text(e.tag(), "000Y");
      case DS, IS -> to.text(e.tag(), "0");
      default -> {
        if (e.vr().kind() == Vr.Kind.TEXT && Dictionary.vr(e.tag()).kind() == Vr.Kind.TEXT) {
          to.text(e.tag(), "ANONYMOUS");
        } else {
          to.bytes(e.tag(), e.vr(), new byte[Math.max(e.vr().size(), 2)]);
        }
      }
    }
  }

  private void shift(DicomDataset from, DicomElement e, DatasetBuilder to, int days) {
    switch (e.vr()) {
      case TM -> to.copy(from, e.tag());
      case DA, DT ->
          to.text(
              e.tag(),
              from.strings(e.tag()).stream().map(d -> shifted(d, days)).toArray(String[]::new));
      default -> dummy(from, e, to, days);
    }
  }

  /** A date, or date and time, some days earlier; empty where it is none. */
  private static String shifted(String date, int days) {
    try {
      LocalDate day = LocalDate.parse(date.substring(0, Math.min(8, date.length())), DATE);
      return DATE.format(day.minusDays(days)) + date.substring(8);
    } catch (DateTimeException e) {
      return "";
    }
  }

  private String[] uids(List<String> old) {
    return old.stream().map(this::uid).toArray(String[]::new);
  }

  /** The UID that stands for another one. */
  public String uid(String old) {
    return retained.contains(Retained.UIDS) || old.isEmpty()
        ? old
        : Uids.fromName(HexFormat.of().formatHex(hash("uid " + old)));
  }

  private int days(String patient) {
    byte[] hash = hash("days " + patient);
    return 1 + ((hash[0] & 0xff) << 8 | (hash[1] & 0xff)) % MOST_DAYS;
  }

  private byte[] hash(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
