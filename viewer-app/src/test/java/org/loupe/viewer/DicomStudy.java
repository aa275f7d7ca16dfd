package org.loupe.viewer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.loupe.dicom.MrSeries;
import org.loupe.dicom.MrSeriesWriter;
import org.loupe.dicom.TransferSyntax;
import org.loupe.image.Image2;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.image.Volume;

/** A small DICOM study: one T2 series, slice k of value 1000 + k below a black first row. */
final class DicomStudy {

  static final String STUDY = "2.25.1";
  static final String SERIES = "2.25.2";
  static final String FRAME = "2.25.3";

  private DicomStudy() {}

  /**
   * Writes IM0001.dcm and so on; slice k begins at (-5, 7, 4 k) mm.
   *
   * @param mm pixel size
   */
  static Path write(Path folder, int slices, int size, double mm) throws IOException {
    List<SlicePlane> planes =
        IntStream.range(0, slices)
            .mapToObj(
                k ->
                    new SlicePlane(
                        new Vec3(-5, 7, 4.0 * k),
                        new Vec3(mm, 0, 0),
                        new Vec3(0, mm, 0),
                        size,
                        size))
            .toList();
    List<Image2> images =
        IntStream.range(0, slices)
            .mapToObj(
                k -> {
                  float[] values = new float[size * size];
                  Arrays.fill(values, size, values.length, 1000 + k);
                  return new Image2(values, size, size);
                })
            .toList();
    MrSeriesWriter.write(
        folder,
        new MrSeries(
            new Volume(planes, images),
            new MrSeries.Patient("Nobody", "1", "", ""),
            new MrSeries.StudyInfo(STUDY, "20260101", "120000", ""),
            new MrSeries.Identity(SERIES, 1, "t2", "HEAD", FRAME, null, "Loupe"),
            new MrSeries.Acquisition(
                List.of("SE"), List.of("NONE"), 4000, 90, Double.NaN, 1, 1, 4, false),
            null),
        TransferSyntax.EXPLICIT_LE);
    return folder;
  }
}
