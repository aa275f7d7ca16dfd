package org.loupe.dicom.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.loupe.dicom.web.Credentials;
import org.loupe.dicom.web.DicomWebClient;
import org.loupe.net.TrustedCertificates;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which server, and who asks. Secrets are asked for or come from the environment. */
final class ServerOptions {

  @Option(
      names = "--url",
      required = true,
      paramLabel = "URL",
      description = "root of the DICOMweb service, such as https://pacs.example/dicom-web")
  private URI url;

  @Option(names = "--user", paramLabel = "NAME", description = "basic authentication")
  private String user;

  @Option(names = "--password", interactive = true, description = "ask for the user's password")
  private char[] password;

  @Option(
      names = "--password-env",
      paramLabel = "VARIABLE",
      description = "the environment variable that holds the password")
  private String passwordVariable;

  @Option(
      names = "--token-env",
      paramLabel = "VARIABLE",
      description = "the environment variable that holds a bearer token")
  private String tokenVariable;

  @Option(
      names = "--trust",
      paramLabel = "PEM",
      description = "certificates to trust in place of the system's")
  private Path trust;

  DicomWebClient open(CommandSpec spec) throws IOException {
    return new DicomWebClient(
        url, credentials(spec), trust == null ? null : TrustedCertificates.of(trust));
  }

  private Credentials credentials(CommandSpec spec) {
    if (tokenVariable != null) {
      return Credentials.bearer(variable(spec, tokenVariable));
    }
    if (user == null) {
      if (password != null || passwordVariable != null) {
        throw new ParameterException(
            spec.commandLine(),
            (password != null ? "--password" : "--password-env") + ": only together with --user");
      }
      return Credentials.NONE;
    }
    if (password == null && passwordVariable == null) {
      throw new ParameterException(
          spec.commandLine(), "--user: give --password to be asked, or --password-env");
    }
    return Credentials.basic(
        user, password == null ? variable(spec, passwordVariable).toCharArray() : password);
  }

  private static String variable(CommandSpec spec, String name) {
    String value = System.getenv(name);
    if (value == null || value.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "the variable " + name + " is not set");
    }
    return value;
  }
}
