package org.loupe.dicom.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.loupe.image.AtomicFile;
import org.loupe.image.SlicePlane;
import org.loupe.image.Vec3;
import org.loupe.image.Volume;
import org.loupe.sr.cli.ExitStatus;
import org.loupe.study.DicomObject;
import org.loupe.study.Problem;
import org.loupe.study.Progress;
import org.loupe.study.Series;
import org.loupe.study.Study;
import org.loupe.study.StudyIndex;
import org.loupe.study.StudyLoader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dicom list}: studies, series and instances of a folder, by the headers of its files. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description =
        "List studies, series with geometry and contrast, and instances, without reading pixels."
            + " Patients are not named.")
public final class ListCommand implements Callable<Integer> {

  private static final ObjectWriter JSON = new ObjectMapper().writerWithDefaultPrettyPrinter();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PATH", arity = "1..*", description = "folders, files, zips, DICOMDIR")
  private List<Path> paths;

  @Option(names = "--json", description = "file for the list as JSON")
  private Path json;

  @Override
  public Integer call() throws IOException {
    StudyIndex index = new StudyLoader().index(paths, Progress.NONE);
    if (json != null) {
      AtomicFile.write(json, JSON.writeValueAsBytes(node(index)));
    }
    print(index, spec.commandLine().getOut());
    List<Problem> problems = index.loaded().problems();
    if (!problems.isEmpty()) {
      PrintWriter err = spec.commandLine().getErr();
      Problem first = problems.get(0);
      err.printf(
          "loupe: %d files not read: %s: %s%n", problems.size(), first.source(), first.reason());
      err.flush();
      return ExitStatus.UNREADABLE_INPUT;
    }
    return ExitStatus.DONE;
  }

  private static void print(StudyIndex index, PrintWriter out) {
    for (Study study : index.loaded().studies()) {
      out.printf("study %s %s%n", study.date(), study.description());
      for (Series s : study.series()) {
        Volume v = s.volume();
        out.printf(
            "  %s: %s (%s), %d x %d x %d%n",
            s.description(), s.contrast(), s.contrastReason(), v.columns(), v.rows(), v.depth());
      }
    }
    for (DicomObject other : index.others()) {
      out.printf("%s: %s %s%n", other.kind(), other.source(), other.description());
    }
    out.flush();
  }

  private static ObjectNode node(StudyIndex index) {
    ObjectNode root = NODES.objectNode();
    ArrayNode studies = root.putArray("studies");
    for (Study study : index.loaded().studies()) {
      ObjectNode node = studies.addObject();
      node.put("uid", study.id());
      node.put("date", study.date());
      node.put("description", study.description());
      ArrayNode series = node.putArray("series");
      study.series().forEach(s -> series.add(node(s)));
    }
    ArrayNode objects = root.putArray("objects");
    for (DicomObject other : index.others()) {
      ObjectNode node = objects.addObject();
      node.put("source", other.source());
      node.put("kind", other.kind());
      node.put("modality", other.modality());
      node.put("description", other.description());
      node.put("sopClass", other.sopClass());
      node.put("study", other.studyUid());
      node.put("series", other.seriesUid());
      node.put("instance", other.instanceUid());
    }
    ArrayNode problems = root.putArray("problems");
    for (Problem problem : index.loaded().problems()) {
      problems.addObject().put("source", problem.source()).put("reason", problem.reason());
    }
    return root;
  }

  private static ObjectNode node(Series s) {
    ObjectNode node = NODES.objectNode();
    int part = s.id().indexOf('#');
    node.put("uid", part < 0 ? s.id() : s.id().substring(0, part));
    node.put("part", part < 0 ? "" : s.id().substring(part + 1));
    node.put("description", s.description());
    node.put("contrast", s.contrast().name());
    node.put("contrastReason", s.contrastReason());
    node.put("frameOfReference", s.frameOfReference());
    node.set("geometry", geometry(s.volume()));
    if (s.window() != null) {
      node.putObject("window").put("centre", s.window().centre()).put("width", s.window().width());
    }
    ArrayNode notes = node.putArray("notes");
    s.notes().forEach(notes::add);
    ArrayNode instances = node.putArray("instances");
    for (int k = 0; k < s.instanceIds().size(); k++) {
      ObjectNode instance = instances.addObject();
      instance.put("id", s.instanceIds().get(k));
      vector(instance.putArray("position"), s.volume().plane(k).origin());
    }
    return node;
  }

  /** Millimetres in the patient's coordinates, left, posterior and head positive. */
  private static ObjectNode geometry(Volume volume) {
    ObjectNode node = NODES.objectNode();
    SlicePlane first = volume.plane(0);
    node.put("columns", volume.columns());
    node.put("rows", volume.rows());
    node.put("slices", volume.depth());
    node.put("columnSpacing", first.columnSpacing());
    node.put("rowSpacing", first.rowSpacing());
    List<Double> gaps = volume.gaps().stream().sorted().toList();
    if (!gaps.isEmpty()) {
      node.put("sliceSpacing", gaps.get(gaps.size() / 2));
    }
    vector(node.putArray("rowDirection"), first.columnStep().unit());
    vector(node.putArray("columnDirection"), first.rowStep().unit());
    return node;
  }

  private static void vector(ArrayNode node, Vec3 v) {
    node.add(v.x()).add(v.y()).add(v.z());
  }
}
