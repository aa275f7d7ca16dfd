package org.loupe.viewer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.loupe.image.Vec3;
import org.loupe.sr.cli.ExitStatus;
import org.loupe.sr.cli.ModelOption;
import org.loupe.viewer.export.MovieFile;
import org.loupe.viewer.viewport.ViewState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code loupe movie}: a zoom as MP4 or GIF, without a screen. */
@Command(
    name = "movie",
    description =
        "Zooms from the whole slice to a place and writes the super-resolved pictures of the way"
            + " as MP4 or animated GIF, without a screen.",
    mixinStandardHelpOptions = true)
final class FilmCommand implements Callable<Integer> {

  private static final Pattern SIZE = Pattern.compile("(\\d{2,4})x(\\d{2,4})");

  @Parameters(paramLabel = "PATH", description = "Folder, file or zip archive to open.")
  private Path path;

  @Option(
      names = "--zoom",
      description = "Device pixels per acquired pixel at the end. Default: ${DEFAULT-VALUE}")
  private double zoom = 5;

  @Option(
      names = "--at",
      paramLabel = "X,Y,Z",
      split = ",",
      arity = "1",
      description = "Patient position to zoom to, LPS mm; the middle when left out.")
  private List<Double> at = List.of();

  @Option(names = "--seconds", description = "Length. Default: ${DEFAULT-VALUE}")
  private double seconds = 4;

  @Option(names = "--fps", description = "Frames a second, 1 to 50. Default: ${DEFAULT-VALUE}")
  private int framesPerSecond = 20;

  @Option(names = "--size", description = "Size of the picture. Default: ${DEFAULT-VALUE}")
  private String size = "640x640";

  @Option(names = "--texts", description = "With the texts and marks over the image.")
  private boolean texts;

  @Option(names = "--anonymous", description = "Texts leave out the patient's name.")
  private boolean anonymous;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "Longest time for all of it. Default: ${DEFAULT-VALUE}")
  private int timeout = 900;

  @Mixin private ModelOption model;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The movie to write; its name ends with .mp4 or .gif.")
  private Path out;

  @Override
  public Integer call() throws CommandFailure {
    Film.Wish wish = wish();
    ViewCommand.check(List.of(path));
    ViewCommand.check(model);
    new Film(wish, model.name()).write(path, out, timeout);
    return ExitStatus.DONE;
  }

  private Film.Wish wish() throws CommandFailure {
    Matcher m = SIZE.matcher(size);
    if (!m.matches()) {
      throw wrong("--size: " + size + " is not like 640x640");
    }
    if (!at.isEmpty() && at.size() != 3) {
      throw wrong("--at: three numbers, like -12.5,30,4");
    }
    if (!(zoom >= ViewState.MIN_ZOOM && zoom <= ViewState.MAX_ZOOM)) {
      throw wrong("--zoom: from 0.1 to 16");
    }
    if (!(seconds > 0 && seconds <= 600) || framesPerSecond < 1 || framesPerSecond > 50) {
      throw wrong("--seconds: up to 600; --fps: 1 to 50");
    }
    if (timeout < 1) {
      throw wrong("--timeout: 1 or more");
    }
    Path folder = out.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw wrong("--out: the folder " + folder + " does not exist");
    }
    try {
      MovieFile.check(out);
    } catch (IOException e) {
      throw wrong("--out: " + e.getMessage());
    }
    return new Film.Wish(
        Integer.parseInt(m.group(1)),
        Integer.parseInt(m.group(2)),
        zoom,
        at.isEmpty() ? null : new Vec3(at.get(0), at.get(1), at.get(2)),
        seconds,
        framesPerSecond,
        texts,
        anonymous);
  }

  private static CommandFailure wrong(String line) {
    return new CommandFailure(ExitStatus.WRONG_ARGUMENTS, line);
  }
}
