package org.loupe.dicom;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;

/**
 * Siemens' mosaic: all slices of a volume as tiles of one large image, row by row. Its position is
 * that of a single image of the mosaic's size with the same centre as a tile, so the first slice's
 * origin is half the difference in size further on; the slices follow the normal of the private
 * header, which may point against that of the axes.
 */
final class SiemensMosaic {

  private static final String MR_HEADER = "SIEMENS MR HEADER";

  private SiemensMosaic() {}

  /** The slices of a mosaic. */
  static List<FramePlan> tiles(DicomDataset dataset, FramePlan whole) throws DicomException {
    SiemensCsa csa = SiemensCsa.of(dataset);
    SlicePlane mosaic = whole.plane();
    int slices = count(dataset, csa);
    if (slices < 1 || slices > 4096) {
      throw new DicomException("a mosaic that does not say how many slices it holds");
    }
    int side = (int) Math.ceil(Math.sqrt(slices));
    if (mosaic.columns() % side != 0 || mosaic.rows() % side != 0) {
      throw new DicomException(
          "a mosaic of %d x %d pixels does not divide into %d x %d tiles"
              .formatted(mosaic.columns(), mosaic.rows(), side, side));
    }
    int columns = mosaic.columns() / side;
    int rows = mosaic.rows() / side;
    Vec3 origin =
        mosaic.toPatient((mosaic.columns() - columns) / 2.0, (mosaic.rows() - rows) / 2.0);
    Vec3 step = normal(csa, mosaic).times(spacing(whole.tags()));
    List<FramePlan> tiles = new ArrayList<>();
    for (int k = 0; k < slices; k++) {
      SlicePlane plane =
          new SlicePlane(
              origin.plus(step.times(k)), mosaic.columnStep(), mosaic.rowStep(), columns, rows);
      String id = whole.instanceId() + "/" + (k + 1);
      int left = k % side * columns;
      tiles.add(new FramePlan(id, whole.tags(), plane, 0, left, k / side * rows));
    }
    return tiles;
  }

  private static int count(DicomDataset dataset, SiemensCsa csa) {
    double[] told = csa.numbers("NumberOfImagesInMosaic");
    if (told.length > 0) {
      return (int) told[0];
    }
    DicomElement element = dataset.privateElement(0x0019, MR_HEADER, 0x0a);
    if (element == null || element.value().limit() < 2) {
      return 0;
    }
    return element.vr().kind() == Vr.Kind.TEXT
        ? dataset.integer(element.tag(), 0)
        : element.value().getShort(0) & 0xffff;
  }

  private static Vec3 normal(SiemensCsa csa, SlicePlane plane) {
    double[] n = csa.numbers("SliceNormalVector");
    boolean against = n.length == 3 && new Vec3(n[0], n[1], n[2]).dot(plane.normal()) < 0;
    return against ? plane.normal().times(-1) : plane.normal();
  }

  private static double spacing(FrameTags tags) throws DicomException {
    OptionalDouble spacing = tags.number(Tag.SPACING_BETWEEN_SLICES, Tag.SLICE_THICKNESS);
    if (spacing.isEmpty() || !(spacing.getAsDouble() > 0)) {
      throw new DicomException("a mosaic that lacks " + Dictionary.describe(Tag.SLICE_THICKNESS));
    }
    return spacing.getAsDouble();
  }
}
