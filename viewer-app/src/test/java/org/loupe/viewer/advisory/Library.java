package org.loupe.viewer.advisory;

/**
 * A library as advisories name it.
 *
 * @param ecosystem of OSV: Maven or PyPI
 * @param name as the ecosystem has it, {@code group:artifact} in Maven
 */
record Library(String ecosystem, String name, String version) {

  /** Ecosystem and name, whatever the version. */
  String id() {
    return ecosystem + "/" + name;
  }
}
