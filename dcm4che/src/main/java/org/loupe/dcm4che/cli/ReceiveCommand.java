package org.loupe.dcm4che.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.loupe.dcm4che.dimse.StorageScp;
import org.loupe.dicom.cli.AddedCommand;
import org.loupe.sr.cli.ExitStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code dicom receive}: takes what others send, by C-STORE. */
@Command(
    name = "receive",
    mixinStandardHelpOptions = true,
    description = "Receive what others send (C-STORE) into a folder, until it is stopped.")
public final class ReceiveCommand implements AddedCommand {

  @Spec private CommandSpec spec;

  @Mixin private ListenOptions listen;

  @Mixin private TitleOption ours;

  @Option(
      names = "--from",
      paramLabel = "TITLE",
      split = ",",
      description = "AE titles that may send; all where none is named")
  private Set<String> callers = Set.of();

  @Option(
      names = "--count",
      defaultValue = "0",
      paramLabel = "N",
      description = "stop after so many instances (${DEFAULT-VALUE}: never)")
  private int count;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "for the files")
  private Path out;

  @Override
  public Integer call() throws IOException {
    PrintWriter log = spec.commandLine().getOut();
    CountDownLatch left = new CountDownLatch(count > 0 ? count : Integer.MAX_VALUE);
    try (StorageScp here =
        StorageScp.open(
            listen.node(spec, ours.title()),
            callers,
            out,
            file -> {
              log.println(file.getFileName());
              log.flush();
              left.countDown();
            })) {
      // Who stops the program leaves no half file.
      Thread closing = new Thread(here::close);
      Runtime.getRuntime().addShutdownHook(closing);
      log.printf("%s receives%n", here.node());
      log.flush();
      left.await();
      Runtime.getRuntime().removeShutdownHook(closing);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ExitStatus.DONE;
  }
}
