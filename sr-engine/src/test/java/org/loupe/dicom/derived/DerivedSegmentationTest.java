package org.loupe.dicom.derived;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.DicomException;
import org.loupe.dicom.DicomReader;
import org.loupe.dicom.DicomWriter;
import org.loupe.dicom.Segmentation;
import org.loupe.dicom.Tag;
import org.loupe.dicom.TransferSyntax;
import org.loupe.image.Volume;
import org.loupe.study.PriorSegments;

class DerivedSegmentationTest {

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void readsBackWhatItWrites(boolean binary) throws IOException {
    List<DerivedSegmentation.Plane> planes = Samples.tissues();
    DicomDataset d =
        DerivedSegmentation.dataset(PriorSegments.SEGMENTS, planes, binary, Samples.PROCESSING);
    byte[] bytes = DicomWriter.encode(d, TransferSyntax.EXPLICIT_LE);
    Segmentation read = Segmentation.read(DicomReader.configured().read(bytes));
    assertEquals(binary, read.binary());
    assertEquals(
        List.of("Cerebrospinal fluid", "Grey matter", "White matter"),
        read.segments().stream().map(Segmentation.Segment::label).toList());
    assertEquals(9, read.frames().size());
    for (int f = 0; f < 9; f++) {
      Segmentation.Plane frame = read.frames().get(f);
      DerivedSegmentation.Plane want = planes.get(f % 3);
      assertEquals(f / 3 + 1, frame.segment());
      assertEquals(
          0, want.plane().toPatient(4, 6).minus(frame.plane().toPatient(4, 6)).length(), 1e-6);
      for (int n = 0; n < 35; n++) {
        float probability = want.probabilities().get(f / 3).values()[n];
        float expected = binary ? (probability > 0.5 ? 1 : 0) : probability;
        assertEquals(expected, frame.values().values()[n], 0.5 / 255 + 1e-6);
      }
    }
    Volume labels = read.labels();
    assertEquals(3, labels.depth());
    for (int k = 0; k < 3; k++) {
      for (int n = 0; n < 35; n++) {
        int tissue = (n + k) % 4;
        assertEquals(tissue == 3 ? 0 : tissue + 1, labels.slice(k).values()[n]);
      }
    }
  }

  @Test
  void othersHaveNoTissues() throws IOException {
    DerivedSegmentation.Segment tumour =
        new DerivedSegmentation.Segment(
            "Mass",
            org.loupe.dicom.Code.sct("49755003", "Morphologically Abnormal Structure"),
            org.loupe.dicom.Code.sct("4147007", "Mass"),
            new double[] {50, 0, 0});
    List<DerivedSegmentation.Plane> planes =
        Samples.tissues().stream()
            .map(
                p ->
                    new DerivedSegmentation.Plane(
                        p.plane(), p.probabilities().subList(0, 1), p.sources()))
            .toList();
    DicomDataset d = DerivedSegmentation.dataset(List.of(tumour), planes, true, Samples.PROCESSING);
    byte[] bytes = DicomWriter.encode(d, TransferSyntax.EXPLICIT_LE);
    Segmentation read = Segmentation.read(DicomReader.configured().read(bytes));
    assertThrows(DicomException.class, read::labels);
    DicomDataset image = DerivedMr.datasets(Samples.slices(), Samples.derivation()).get(0);
    byte[] other = DicomWriter.encode(image, TransferSyntax.EXPLICIT_LE);
    DicomException e =
        assertThrows(
            DicomException.class, () -> Segmentation.read(DicomReader.configured().read(other)));
    assertEquals("it is no segmentation", e.getMessage());
    assertEquals("DERIVED", d.string(Tag.IMAGE_TYPE));
  }
}
