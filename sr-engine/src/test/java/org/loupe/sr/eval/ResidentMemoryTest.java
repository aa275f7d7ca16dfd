package org.loupe.sr.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ResidentMemoryTest {

  /** As Linux writes it; the middle two mappings are the heap's. */
  private static final String MAPPINGS =
      """
      6b000000-6bd95000 rw-p 00001000 fe:00 328742                             /jdk/lib/server/classes.jsa
      Size:              13908 kB
      Rss:               13604 kB
      740000000-757a00000 rw-p 00000000 00:00 0
      Size:             386048 kB
      Rss:              204800 kB
      Pss:              204800 kB
      757a00000-7ffc00000 ---p 00000000 00:00 0
      Rss:                1024 kB
      7ffff7fc1000-7ffff7fc3000 r-xp 00000000 00:00 0                          [vdso]
      Rss:                   4 kB
      """;

  @Test
  void countsTheHeapsMappings() {
    String regions =
        """
        garbage-first heap   total reserved 3145728K, committed 389120K, used 31150K [0x0000000740000000, 0x0000000800000000)
         region size 2048K, 15 young (30720K), 2 survivors (4096K)
        """;
    assertEquals(201, ResidentMemory.resident(MAPPINGS.lines(), regions), 1e-9);
  }

  @Test
  void countsGenerations() {
    String generations =
        """
        DefNew     total 116160K, used 49636K [0x0000000740000000, 0x000000074f200000, 0x0000000757a00000)
         eden space 103296K,  48% used [0x0000000740000000, 0x00000007424791f0, 0x0000000757a00000)
        Tenured    total 258048K, used 1166K [0x0000000757a00000, 0x0000000758950000, 0x0000000800000000)
        """;
    assertEquals(201, ResidentMemory.resident(MAPPINGS.lines(), generations), 1e-9);
  }
}
