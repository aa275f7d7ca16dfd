package org.loupe.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.loupe.dicom.Code;
import org.loupe.dicom.DatasetBuilder;
import org.loupe.dicom.FrameTags;
import org.loupe.dicom.Tag;
import org.loupe.image.Contrast;

class ContrastRecogniserTest {

  /** Protocols as scanners write them: sequence, variant, TE, TR, TI (0 = none), description. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SE    | SK    | 90   | 3000 | 0    | t2_tse_tra              | T2",
        "SE    | SK    | 14   | 3000 | 0    | PD+T2 tse tra           | PD",
        "SE    | SK    | 91   | 3000 | 0    | PD+T2 tse tra           | T2",
        "SE    | SK    | 38   | 3200 | 0    | pd_tse_fs_sag           | PD",
        "SE    | NONE  | 10   | 550  | 0    | t1_se_tra               | T1",
        "SE    | NONE  | 10   | 550  | 0    | t1_se_tra KM            | T1",
        "GR/IR | SP/MP | 2.98 | 2300 | 900  | t1_mprage_sag_p2_iso    | T1",
        "GR    | SP    | 4.6  | 20   | 0    | FSPGR 3D                | T1",
        "GR    | SS    | 2.1  | 4.5  | 0    | FIESTA                  | OTHER",
        "GR    | SP    | 20   | 700  | 0    | t2* fl2d hemo           | OTHER",
        "SE/IR | SK    | 120  | 9000 | 2500 | AX T2 FLAIR             | FLAIR",
        "SE/IR | SK    | 120  | 9000 | 2500 | ax dark-fluid           | FLAIR",
        "SE/IR | SK    | 125  | 8000 | 2200 | AX HEAD                 | FLAIR",
        "SE/IR | SK    | 9    | 2000 | 860  | Ax T1 FLAIR             | T1",
        "SE/IR | SK    | 60   | 5000 | 150  | cor knee                | OTHER",
        "EP    | SK    | 98   | 5200 | 0    | ep2d_diff_3scan_trace   | OTHER",
        "EP/SE | SK    | 98   | 5200 | 0    | HEAD                    | OTHER",
        "GR    | SP    | 3.7  | 24   | 0    | TOF 3D multi-slab       | OTHER",
        "SE    | SK    | 408  | 3200 | 0    | t2_space_sag            | T2",
        "SE    | SK    | 55   | 1400 | 0    | unclear                 | OTHER",
        "SE    | SK    | 55   | 1400 | 0    | T2 body                 | T2",
      })
  void readsTags(
      String sequence,
      String variant,
      double te,
      double tr,
      double ti,
      String description,
      Contrast contrast) {
    DatasetBuilder b =
        new DatasetBuilder()
            .text(Tag.SCANNING_SEQUENCE, sequence.replace('/', '\\'))
            .text(Tag.SEQUENCE_VARIANT, variant.replace('/', '\\'))
            .text(Tag.SERIES_DESCRIPTION, description)
            .numbers(Tag.ECHO_TIME, te)
            .numbers(Tag.REPETITION_TIME, tr);
    if (ti > 0) {
      b.numbers(Tag.INVERSION_TIME, ti);
    }
    Recognised recognised = ContrastRecogniser.fromTags(FrameTags.of(b.build(), 0));
    assertEquals(contrast, recognised.contrast(), recognised.reason());
  }

  /** Or it would be super-resolved again. */
  @Test
  void aSuperResolvedSeriesIsNoAcquiredContrast() {
    DatasetBuilder acquired =
        new DatasetBuilder()
            .text(Tag.SCANNING_SEQUENCE, "SE")
            .numbers(Tag.ECHO_TIME, 90)
            .numbers(Tag.REPETITION_TIME, 3000);
    assertEquals(Contrast.T2, contrast(acquired));
    assertEquals(
        Contrast.OTHER,
        contrast(acquired.text(Tag.IMAGE_TYPE, "DERIVED", "SECONDARY", "M", "SUPER_RESOLUTION")));
    DatasetBuilder enhanced =
        new DatasetBuilder()
            .numbers(Tag.ECHO_TIME, 90)
            .numbers(Tag.REPETITION_TIME, 3000)
            .codes(Tag.DERIVATION_CODE_SEQUENCE, new Code("SUPERRES", "99LOUPE", "learned"));
    assertEquals(Contrast.OTHER, contrast(enhanced));
  }

  private static Contrast contrast(DatasetBuilder tags) {
    return ContrastRecogniser.fromTags(FrameTags.of(tags.build(), 0)).contrast();
  }

  @ParameterizedTest
  @CsvSource({
    "T2.nii.gz, T2",
    "T1POST.nii.gz, T1",
    "PD.nii, PD",
    "IXI002-Guys-0828-PD.nii.gz, PD",
    "sub-01_acq-3d_T2w.nii.gz, T2",
    "sub-01_T2starw.nii.gz, OTHER",
    "case_T2_FLAIR.nii.gz, FLAIR",
    "t2flair.nii, FLAIR",
    "BraTS_001_t1ce.nii.gz, T1",
    "sub-01_T1w_T2w.nii.gz, OTHER",
    "scan.nii, OTHER"
  })
  void readsFileNames(String name, Contrast contrast) {
    assertEquals(contrast, ContrastRecogniser.fromFileName(name).contrast());
  }
}
