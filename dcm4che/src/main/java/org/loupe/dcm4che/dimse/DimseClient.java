package org.loupe.dcm4che.dimse;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.UID;
import org.dcm4che3.net.Commands;
import org.dcm4che3.net.Priority;
import org.dcm4che3.net.Status;
import org.dcm4che3.net.pdu.AAssociateRQ;
import org.dcm4che3.net.pdu.PresentationContext;
import org.loupe.dcm4che.dimse.Answers.Answer;
import org.loupe.study.Progress;

/**
 * An archive that is asked by DIMSE: C-ECHO, C-FIND, C-MOVE and C-STORE (PS3.4 annexes A to C).
 * Each call opens an association and closes it. Calls block; they end with a {@link DimseException}
 * that says what went wrong in one line, or with a {@link CancellationException} when they are
 * cancelled or their thread is interrupted. For any number of threads.
 *
 * @param node the archive
 * @param title our AE title, which archives often must know
 * @param patience longest time that a call waits for a sign of life
 */
public record DimseClient(DimseNode node, String title, Duration patience) {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** So much longer may an archive be silent while it fetches from slow storage. */
  private static final int FETCHING = 10;

  private static final String ECHO = UID.VerificationSOPClass;
  private static final String FIND = UID.StudyRootQueryRetrieveInformationModelFIND;
  private static final String MOVE = UID.StudyRootQueryRetrieveInformationModelMOVE;

  public DimseClient {
    DimseNode.requireTitle(title);
  }

  public DimseClient(DimseNode node, String title) {
    this(node, title, PATIENCE);
  }

  /** Asks whether it is there (C-ECHO). */
  public void echo() throws DimseException {
    try (Dialogue dialogue = open(ECHO, () -> false)) {
      Answer answer =
          dialogue.next(
              dialogue.ask(
                  (association, answers) ->
                      association.invoke(
                          association.pcFor(ECHO, null),
                          Commands.mkCEchoRQ(answers.getMessageID(), ECHO),
                          null,
                          answers,
                          0)));
      require(answer, "C-ECHO");
      dialogue.release();
    }
  }

  /**
   * Searches (C-FIND, study root).
   *
   * @param studyUid the study whose series are wanted; null for studies
   * @param keys attributes, by keyword or tag, with the values to match
   * @param limit most matches, 1 or more
   * @param cancelled asked while answers come
   * @return the matches in the DICOM JSON model, as {@code DicomWebClient.query} gives them
   */
  public List<JsonNode> find(
      String studyUid, Map<String, String> keys, int limit, BooleanSupplier cancelled)
      throws IOException {
    Attributes wanted = Identifier.query(studyUid, keys);
    List<JsonNode> matches = new ArrayList<>();
    try (Dialogue dialogue = open(FIND, cancelled)) {
      Answers answers =
          dialogue.ask(
              (association, handler) ->
                  association.cfind(FIND, Priority.NORMAL, wanted, null, handler));
      Answer answer = dialogue.next(answers);
      for (; answer.pending(); answer = dialogue.next(answers)) {
        if (matches.size() < limit) {
          matches.add(Identifier.json(answer.data()));
          if (matches.size() == limit) {
            dialogue.cancel(answers);
          }
        }
      }
      if (answer.status() != Status.Cancel) {
        require(answer, "C-FIND");
      }
      dialogue.release();
      return matches;
    }
  }

  /**
   * What became of a retrieval.
   *
   * @param completed instances that were sent
   * @param failed instances that could not be
   */
  public record Moved(int completed, int failed) {}

  /**
   * Has a study, or one of its series, sent to a destination (C-MOVE, study root).
   *
   * @param seriesUid null for all series
   * @param destination AE title that the archive knows the address of: a {@link StorageScp}
   * @param progress is told of counts, on the calling thread
   */
  public Moved move(String studyUid, String seriesUid, String destination, Progress progress)
      throws IOException {
    Attributes wanted = Identifier.retrieval(studyUid, seriesUid);
    try (Dialogue dialogue = open(MOVE, progress::cancelled)) {
      Answers answers =
          dialogue.ask(
              (association, handler) ->
                  association.cmove(MOVE, Priority.NORMAL, wanted, null, destination, handler));
      Duration longest = patience.multipliedBy(FETCHING);
      Answer answer = dialogue.next(answers, longest);
      while (answer.pending()) {
        Moved soFar = moved(answer);
        int done = soFar.completed + soFar.failed;
        int left = answer.command().getInt(Tag.NumberOfRemainingSuboperations, 0);
        progress.report(done, done + left, "");
        answer = dialogue.next(answers, longest);
      }
      if (answer.status() == Status.MoveDestinationUnknown) {
        throw new DimseException(node + ": it does not know where " + destination + " is");
      }
      if (answer.status() != Status.OneOrMoreFailures) {
        require(answer, "C-MOVE");
      }
      dialogue.release();
      return moved(answer);
    }
  }

  private static Moved moved(Answer answer) {
    Attributes command = answer.command();
    return new Moved(
        command.getInt(Tag.NumberOfCompletedSuboperations, 0)
            + command.getInt(Tag.NumberOfWarningSuboperations, 0),
        command.getInt(Tag.NumberOfFailedSuboperations, 0));
  }

  /**
   * Stores files (C-STORE). Those that the archive takes in no transfer syntax of theirs are sent
   * in the plain ones, as far as their pixels are not compressed.
   *
   * @param progress is told of each file, on the calling thread
   * @return SOP Instance UID and status (PS3.4 table B.2-1) of what the archive did not take; empty
   *     where it took all
   * @throws IOException where a file is not DICOM, or cannot be read: nothing is sent then
   */
  public Map<String, Integer> store(List<Path> files, Progress progress) throws IOException {
    List<Outgoing> all = new ArrayList<>();
    for (Path file : files) {
      all.add(Outgoing.of(file));
    }
    Map<String, Integer> failures = new LinkedHashMap<>();
    int done = 0;
    while (done < all.size()) {
      Contexts contexts = new Contexts();
      int end = done;
      while (end < all.size() && contexts.add(all.get(end))) {
        end++;
      }
      try (Dialogue dialogue = open(contexts.request(), progress::cancelled)) {
        for (; done < end; done++) {
          Outgoing file = all.get(done);
          int status = store(dialogue, file);
          if (status != Status.Success && !isWarning(status)) {
            failures.put(file.uid(), status);
          }
          progress.report(done + 1, all.size(), file.path().getFileName().toString());
        }
        dialogue.release();
      }
    }
    return failures;
  }

  private static int store(Dialogue dialogue, Outgoing file) throws DimseException {
    String syntax = file.chosen(dialogue.association().getTransferSyntaxesFor(file.sopClass()));
    if (syntax.isEmpty()) {
      return Status.SOPclassNotSupported;
    }
    Answers answers =
        dialogue.ask(
            (association, handler) ->
                association.cstore(
                    file.sopClass(),
                    file.uid(),
                    Priority.NORMAL,
                    file.content(syntax, dialogue.sent()),
                    syntax,
                    handler));
    return dialogue.next(answers).status();
  }

  /** The archive took the instance, with changes of its own (PS3.7 annex C). */
  private static boolean isWarning(int status) {
    return status >>> 12 == 0xb;
  }

  private Dialogue open(String sopClass, BooleanSupplier cancelled) throws DimseException {
    AAssociateRQ request = new AAssociateRQ();
    request.addPresentationContext(new PresentationContext(1, sopClass, Contexts.PLAIN));
    return open(request, cancelled);
  }

  private Dialogue open(AAssociateRQ request, BooleanSupplier cancelled) throws DimseException {
    return new Dialogue(node, title, request, patience, cancelled);
  }

  private void require(Answer answer, String what) throws DimseException {
    if (answer.status() != Status.Success) {
      String comment = answer.command().getString(Tag.ErrorComment, "");
      throw new DimseException(
          "%s: %s ends with status %04XH %s"
              .formatted(node, what, answer.status(), comment)
              .strip());
    }
  }
}
