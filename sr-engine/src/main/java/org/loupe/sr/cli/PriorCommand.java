package org.loupe.sr.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.loupe.image.Image2;
import org.loupe.nifti.NiftiReader;
import org.loupe.sr.SuperResolver;
import org.loupe.sr.eval.EvalCase;
import org.loupe.sr.eval.PriorScore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sr prior}: the segmentation prior against label maps. */
@Command(
    name = "prior",
    mixinStandardHelpOptions = true,
    description =
        "Score the segmentation prior of a model against labels.nii.gz (1 CSF, 2 GM, 3 WM, 4 lesion"
            + " in WM) of case folders: Dice per tissue, pooled over the slices.")
public final class PriorCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private NamedCases cases;

  @Option(names = "--first", defaultValue = "0", description = "first slice, from 0")
  private int first;

  @Option(names = "--last", description = "last slice (default: the last one)")
  private Integer last;

  @Mixin private EngineOptions engine;

  @Override
  public Integer call() throws IOException {
    OptionChecks checks = new OptionChecks(spec);
    List<Path> folders = cases.folders(checks);
    try (SuperResolver resolver = engine.open()) {
      for (Path folder : folders) {
        Path file = folder.resolve("labels.nii.gz");
        if (!Files.isRegularFile(file)) {
          throw new IOException(file + " does not exist");
        }
        EvalCase loaded = EvalCase.load(folder, cases.reference);
        List<Image2> labels = NiftiReader.read(file).toVolume().slices();
        Image2 target = loaded.target().get(0);
        if (labels.size() != loaded.target().size()
            || labels.get(0).width() != target.width()
            || labels.get(0).height() != target.height()) {
          throw new IOException(file + " is not on the grid of its T2");
        }
        int end = last == null ? labels.size() - 1 : last;
        if (first < 0 || first > end || end >= labels.size()) {
          throw checks.wrong("slices %d to %d of %d".formatted(first, end, labels.size()));
        }
        PriorScore score = PriorScore.of(resolver, loaded, cases.reference, labels, first, end);
        spec.commandLine()
            .getOut()
            .printf(
                Locale.ROOT,
                "%s %s, %d slices: CSF %.3f  GM %.3f  WM %.3f%n",
                score.data(),
                score.reference(),
                score.slices(),
                score.csf(),
                score.gm(),
                score.wm());
      }
    }
    spec.commandLine().getOut().flush();
    return ExitStatus.DONE;
  }
}
