package org.loupe.viewer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.loupe.image.Vec3;
import org.loupe.sr.cli.ExitStatus;
import org.loupe.sr.cli.ModelOption;
import org.loupe.viewer.layout.PaneLayout;
import org.loupe.viewer.viewport.Comparison;
import org.loupe.viewer.viewport.Overlay;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code loupe snapshot}: the window as a PNG, without a screen. */
@Command(
    name = "snapshot",
    description = "Renders the viewer's window with a study into a PNG, without a screen.",
    mixinStandardHelpOptions = true)
final class SnapshotCommand implements Callable<Integer> {

  private static final Pattern SIZE = Pattern.compile("(\\d{3,4})x(\\d{3,4})");

  @Parameters(paramLabel = "PATH", description = "Folder, file or zip archive to open.")
  private Path path;

  @Option(
      names = "--zoom",
      description = "Device pixels per acquired pixel; the whole slice when left out.")
  private Double zoom;

  @Option(
      names = "--at",
      paramLabel = "X,Y,Z",
      split = ",",
      arity = "1",
      description = "Patient position in the middle of the panes, LPS mm.")
  private List<Double> at = List.of();

  @Option(names = "--layout", description = "Rows x columns, 1x1 to 3x3. Default: ${DEFAULT-VALUE}")
  private String layout = "1x2";

  @Option(
      names = "--sr",
      description = "on, off, wipe, blink or difference. Default: ${DEFAULT-VALUE}")
  private String sr = "on";

  @Option(names = "--prior", description = "Lay the tissue prior over the image.")
  private boolean prior;

  @Option(
      names = "--overlay",
      description =
          "error, added or guidance: a trust map over the first pane. None when left out.")
  private String overlay;

  @Option(
      names = "--do",
      paramLabel = "COMMAND",
      split = ",",
      arity = "1",
      description =
          "Commands of the window, run one after another before the picture is taken, by the ids"
              + " that preferences.json uses, like panel.model.")
  private List<String> commands = List.of();

  @Option(names = "--language", description = "en or zh. Default: ${DEFAULT-VALUE}")
  private String language = "en";

  @Option(names = "--size", description = "Window size, pixels. Default: ${DEFAULT-VALUE}")
  private String size = "1400x900";

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "Longest wait for super-resolution. Default: ${DEFAULT-VALUE}")
  private int timeout = 300;

  @Mixin private ModelOption model;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "The PNG to write.")
  private Path out;

  @Override
  public Integer call() throws Exception {
    Snapshot.Wish wish = wish();
    ViewCommand.check(List.of(path));
    ViewCommand.check(model);
    Path parent = out.toAbsolutePath().getParent();
    if (!Files.isDirectory(parent)) {
      throw wrong("--out: the folder " + parent + " does not exist");
    }
    if (!List.of("en", "zh").contains(language)) {
      throw wrong("--language: " + language + " is none of en, zh");
    }
    Texts.choose(language);
    new Snapshot(wish, model.name()).write(path, out, Duration.ofSeconds(timeout));
    return ExitStatus.DONE;
  }

  private Snapshot.Wish wish() throws CommandFailure {
    Matcher m = SIZE.matcher(size);
    if (!m.matches()) {
      throw wrong("--size: " + size + " is not like 1400x900");
    }
    if (!at.isEmpty() && at.size() != 3) {
      throw wrong("--at: three numbers, like -12.5,30,4");
    }
    if (zoom != null && !(zoom >= 0.1 && zoom <= 16)) {
      throw wrong("--zoom: from 0.1 to 16");
    }
    Vec3 point = at.isEmpty() ? null : new Vec3(at.get(0), at.get(1), at.get(2));
    return new Snapshot.Wish(
        Integer.parseInt(m.group(1)),
        Integer.parseInt(m.group(2)),
        zoom,
        point,
        layout(),
        comparison(),
        overlay(),
        prior,
        commands);
  }

  private Overlay overlay() throws CommandFailure {
    if (overlay == null) {
      return Overlay.NONE;
    }
    return switch (overlay.toLowerCase(Locale.ROOT)) {
      case "error" -> Overlay.EXPECTED_ERROR;
      case "added" -> Overlay.ADDED;
      case "guidance" -> Overlay.GUIDANCE;
      default -> throw wrong("--overlay: " + overlay + " is none of error, added, guidance");
    };
  }

  private PaneLayout layout() throws CommandFailure {
    return PaneLayout.of(layout)
        .orElseThrow(() -> wrong("--layout: " + layout + " is none of 1x1 ... 3x3"));
  }

  private Comparison comparison() throws CommandFailure {
    return switch (sr.toLowerCase(Locale.ROOT)) {
      case "on" -> Comparison.SUPER_RESOLVED;
      case "off" -> Comparison.ORIGINAL;
      case "wipe" -> Comparison.WIPE;
      case "blink" -> Comparison.BLINK;
      case "difference" -> Comparison.DIFFERENCE;
      default -> throw wrong("--sr: " + sr + " is none of on, off, wipe, blink, difference");
    };
  }

  private static CommandFailure wrong(String line) {
    return new CommandFailure(ExitStatus.WRONG_ARGUMENTS, line);
  }
}
