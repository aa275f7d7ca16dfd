package org.loupe.dicom.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.PixelCompression;
import org.loupe.dicom.Tag;
import org.loupe.dicom.derived.DerivedFormat;
import org.loupe.dicom.derived.DerivedMr;
import org.loupe.image.Region;
import org.loupe.sr.SuperResolver;
import org.loupe.sr.cli.EngineOptions;
import org.loupe.sr.cli.ExitStatus;
import org.loupe.sr.cli.OutputSize;
import org.loupe.sr.cli.UpscaleInput;
import org.loupe.study.DerivedSeries;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dicom export}: a super-resolved series as derived DICOM images. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description =
        "Super-resolve a T2 series in its planes and write it as a derived MR series of the same"
            + " study. Not for diagnostic use.")
public final class ExportCommand implements Callable<Integer> {

  private static final Pattern REGION =
      Pattern.compile("(\\d{1,5}),(\\d{1,5}),(\\d{1,5})[xX](\\d{1,5})");

  @Spec private CommandSpec spec;

  @Mixin private GuidedSeries series;

  @ArgGroup(multiplicity = "1")
  private OutputSize size;

  @Option(names = "--slice", paramLabel = "K", description = "only this slice, counted from 0")
  private Integer slice;

  @Option(
      names = "--region",
      paramLabel = "C,R,WxH",
      description =
          "only this part of the slices: first column and row, counted from 0, width and height,"
              + " in pixels of the series as its files store them")
  private String region;

  @Option(names = "--enhanced", description = "one multi-frame Enhanced MR Image for all slices")
  private boolean enhanced;

  @Option(
      names = "--compress",
      paramLabel = "HOW",
      defaultValue = "none",
      description = "none, jpeg-ls or jpeg-2000, both without loss (${DEFAULT-VALUE})")
  private String compress;

  @Mixin private EngineOptions engine;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "folder for IM0001.dcm, IM0002.dcm, ...")
  private Path out;

  @Override
  public Integer call() throws IOException {
    DerivedFormat format = new DerivedFormat(enhanced, compression());
    UpscaleInput input;
    int[] shape;
    try {
      size.check();
      input = series.read();
      shape = size.of(input);
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
    if (slice != null && (slice < 0 || slice >= input.depth())) {
      throw wrong("--slice: %d is not one of the %d slices".formatted(slice, input.depth()));
    }
    DerivedSeries.Extent extent = extent(input, shape);
    DerivedSeries derived =
        new DerivedSeries(input.target(), input.reference(), series.images(input));
    List<DicomDataset> datasets;
    try (SuperResolver resolver = engine.open()) {
      datasets = derived.datasets(resolver, input::slice, extent, format);
    }
    DerivedMr.write(out, datasets, format.compression());
    spec.commandLine()
        .getOut()
        .printf(
            "%d images of %d x %d, series %s%n",
            extent.end() - extent.first(),
            extent.region().columns(),
            extent.region().rows(),
            datasets.get(0).string(Tag.SERIES_INSTANCE_UID));
    spec.commandLine().getOut().flush();
    return ExitStatus.DONE;
  }

  private PixelCompression compression() {
    return switch (compress) {
      case "none" -> PixelCompression.NONE;
      case "jpeg-ls" -> PixelCompression.JPEG_LS;
      case "jpeg-2000" -> PixelCompression.JPEG_2000;
      default -> throw wrong("--compress: " + compress + " is not none, jpeg-ls or jpeg-2000");
    };
  }

  private DerivedSeries.Extent extent(UpscaleInput input, int[] shape) {
    int first = slice == null ? 0 : slice;
    int end = slice == null ? input.depth() : slice + 1;
    DerivedSeries.Extent whole = DerivedSeries.Extent.whole(first, end, shape[0], shape[1]);
    if (region == null) {
      return whole;
    }
    Matcher m = REGION.matcher(region);
    if (!m.matches()) {
      throw wrong("--region: " + region + " is not C,R,WxH, such as 64,80,128x96");
    }
    int[] n = new int[4];
    for (int i = 0; i < n.length; i++) {
      n[i] = Integer.parseInt(m.group(i + 1));
    }
    try {
      return whole.of(new Region(n[0], n[1], n[2], n[3]), input.columns(), input.rows());
    } catch (IllegalArgumentException e) {
      throw wrong("--region: " + e.getMessage());
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
