/// # Benchmark room
/// Answers one question: *how fast, and at what price?*
/// - **Door:** `./benchmark`, which starts [tayori.benchmarks.Main]: `auth` measures milters over real sockets, ours
///   and others in turns; `idle` what connections at rest take; `inprocess` single methods, with JMH.
/// - **What counts** is work for each second of CPU time of the server and its children: other work on the machine
///   disturbs that least. Wall-clock figures are only comparable within one run.
/// - **Never here:** a test that fails because of the time it took.
@NullMarked
package tayori.benchmarks;

import org.jspecify.annotations.NullMarked;
