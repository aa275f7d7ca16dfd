/** {@code sr batch} on a cluster of Apache Spark. */
package org.loupe.spark;
