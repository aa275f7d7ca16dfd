package org.loupe.dicom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.loupe.dicom.DicomDataset;
import org.loupe.dicom.DicomException;
import org.loupe.dicom.DicomFile;
import org.loupe.dicom.DicomWriter;
import org.loupe.dicom.Tag;
import org.loupe.dicom.TransferSyntax;
import org.loupe.dicom.deidentify.Deidentifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dicom anonymise}: files without the patient's identity. */
@Command(
    name = "anonymise",
    mixinStandardHelpOptions = true,
    description =
        "Write each file without the patient's identity (PS3.15 basic profile) as IM0001.dcm,"
            + " IM0002.dcm, ...; a file that cannot be gives NAME.error. Pixels stay as they are.")
public final class AnonymiseCommand implements Callable<Integer> {

  /** GE's archives hold big endian pixels in a little endian data set. */
  private static final String GE_BIG_ENDIAN_PIXELS = "1.2.840.113619.5.2";

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "DICOM files, or folders of them")
  private List<Path> files;

  @Mixin private AnonymiseOptions options;

  @Option(
      names = "--out",
      required = true,
      description = "folder for the results, apart from the files")
  private Path out;

  @Override
  public Integer call() throws IOException {
    Deidentifier deidentifier = options.deidentifier();
    requireNothingLost();
    Files.createDirectories(out);
    AtomicInteger count = new AtomicInteger();
    return EachFile.run(
        files,
        out,
        spec.commandLine().getErr(),
        (file, stem) -> write(file, deidentifier, count.incrementAndGet()));
  }

  /** Neither what is read nor what lies in the folder may be replaced. */
  private void requireNothingLost() throws IOException {
    Path to = real(out);
    for (Path file : files) {
      Path from = real(file);
      if (to.startsWith(from) || from.startsWith(to)) {
        throw wrong("%s and %s are not apart".formatted(out, file));
      }
    }
    int most = EachFile.files(files).size();
    for (int n = 1; n <= most; n++) {
      if (Files.exists(result(n), LinkOption.NOFOLLOW_LINKS)) {
        throw wrong(result(n) + " is there already");
      }
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), "--out: " + message);
  }

  /** The path without links, as far as it is there. */
  private static Path real(Path path) throws IOException {
    Path absolute = path.toAbsolutePath().normalize();
    Path there = absolute;
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    return there == null ? absolute : there.toRealPath().resolve(there.relativize(absolute));
  }

  private Path result(int number) {
    return out.resolve("IM%04d.dcm".formatted(number));
  }

  private void write(DicomFile file, Deidentifier deidentifier, int number) throws IOException {
    if (!file.damage().isEmpty()) {
      throw new DicomException(file.damage());
    }
    if (file.syntax().uid().equals(GE_BIG_ENDIAN_PIXELS)) {
      throw new DicomException(file.syntax().name() + " is not supported");
    }
    DicomDataset anonymous = deidentifier.apply(file.dataset());
    if (!anonymous.has(Tag.SOP_CLASS_UID) || !anonymous.has(Tag.SOP_INSTANCE_UID)) {
      throw new DicomException("it has no SOP Class UID or no SOP Instance UID");
    }
    boolean compressed = file.syntax().encapsulated();
    TransferSyntax syntax = compressed ? file.syntax() : TransferSyntax.EXPLICIT_LE;
    DicomWriter.write(result(number), anonymous, syntax);
  }
}
