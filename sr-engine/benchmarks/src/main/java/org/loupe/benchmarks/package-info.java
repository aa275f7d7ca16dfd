/** JMH measurements of the engine's kernels. */
package org.loupe.benchmarks;
