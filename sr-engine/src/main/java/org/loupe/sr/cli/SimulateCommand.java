package org.loupe.sr.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.loupe.image.Volume;
import org.loupe.nifti.NiftiImage;
import org.loupe.nifti.NiftiWriter;
import org.loupe.sr.train.simulate.DemoStudy;
import org.loupe.sr.train.simulate.HeadSimulator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sr simulate}: makes the demo study. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description =
        "Simulate T1, PD and T2 of the Colin 27 head (Debian package mricron-data) as a DICOM"
            + " study. T2 is acquired at 2.5 times lower resolution. The same seed gives the same"
            + " study.")
public final class SimulateCommand implements Callable<Integer> {

  private static final String TEMPLATES = "/usr/share/mricron/templates/";

  /** More would leave the head. */
  private static final int MAX_SLICES = 30;

  @Spec private CommandSpec spec;

  @Option(
      names = "--head",
      paramLabel = "FILE",
      defaultValue = TEMPLATES + "ch2.nii.gz",
      description = "T1-weighted Colin 27 average, 1 mm, whole head (${DEFAULT-VALUE})")
  private Path head;

  @Option(
      names = "--brain",
      paramLabel = "FILE",
      defaultValue = TEMPLATES + "ch2bet.nii.gz",
      description = "the same, skull-stripped (${DEFAULT-VALUE})")
  private Path brain;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "folder of the study; new, or empty")
  private Path out;

  @Option(
      names = "--truth",
      paramLabel = "FILE",
      description = "also write the middle half of T2 at full resolution, no noise, as NIfTI")
  private Path truth;

  @Option(
      names = "--case",
      paramLabel = "DIR",
      description =
          "also write a case folder for train and bench: T2 at full resolution without noise, PD"
              + " and T1 as NIfTI on one grid")
  private Path caseFolder;

  @Option(
      names = "--slices",
      defaultValue = "22",
      description = "slices of 4 mm every 4.4 mm, down from the vertex (${DEFAULT-VALUE})")
  private int slices;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "of noise, receive field and perivascular spaces (${DEFAULT-VALUE})")
  private long seed;

  @Override
  public Integer call() throws IOException {
    check();
    HeadSimulator.Study study;
    if (BenchCommand.onTerminal()) {
      try (ProgressBar bar =
          new ProgressBarBuilder().setTaskName("simulate").setInitialMax(slices).build()) {
        study = run(bar::stepTo);
      }
    } else {
      study = run(done -> {});
    }
    if (truth != null) {
      NiftiWriter.write(truth, NiftiImage.of(middle(study.truth()), 1));
    }
    if (caseFolder != null) {
      Files.createDirectories(caseFolder);
      NiftiWriter.write(caseFolder.resolve("T2.nii.gz"), NiftiImage.of(study.truth(), 1));
      NiftiWriter.write(caseFolder.resolve("PD.nii.gz"), NiftiImage.of(study.pd(), 1));
      NiftiWriter.write(caseFolder.resolve("T1.nii.gz"), NiftiImage.of(study.t1(), 1));
    }
    DemoStudy.write(out, study, seed);
    PrintWriter print = spec.commandLine().getOut();
    print.println("wrote " + out + (truth == null ? "" : " and " + truth));
    print.flush();
    return ExitStatus.DONE;
  }

  /** Half of the slices: enough to test against, and half the bytes. */
  private static Volume middle(Volume v) {
    int from = v.depth() / 4;
    int to = from + (v.depth() + 1) / 2;
    return new Volume(v.planes().subList(from, to), v.slices().subList(from, to));
  }

  private HeadSimulator.Study run(IntConsumer progress) throws IOException {
    return new HeadSimulator(head, brain, seed).run(slices, progress);
  }

  private void check() throws IOException {
    if (slices < 1 || slices > MAX_SLICES) {
      throw wrong("--slices: " + slices + " is not from 1 to " + MAX_SLICES);
    }
    if (Files.isRegularFile(out)) {
      throw wrong("--out: " + out + " is a file");
    }
    if (Files.isDirectory(out)) {
      try (Stream<Path> files = Files.list(out)) {
        if (files.findAny().isPresent()) {
          throw wrong("--out: " + out + " is not empty");
        }
      }
    }
    if (caseFolder != null && Files.isRegularFile(caseFolder)) {
      throw wrong("--case: " + caseFolder + " is a file");
    }
    if (truth != null && !Files.isDirectory(truth.toAbsolutePath().getParent())) {
      throw wrong("--truth: no such folder: " + truth.toAbsolutePath().getParent());
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
