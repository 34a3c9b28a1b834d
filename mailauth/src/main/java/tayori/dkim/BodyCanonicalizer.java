package tayori.dkim;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import tayori.dkim.BodyHasher.RunningDigest;

/// Turns a body into its canonical form as it comes and feeds it to the digests. RFC 6376 §3.4.3, §3.4.4.
///
/// Two gears. Where anything is pending (line ends that may turn out to be the last, a blank that may turn out to end
/// its line, a CR whose LF may be in the next chunk) octets are taken one by one. Otherwise [#simpleEnd] or [#relaxedEnd]
/// looks for the end of what needs no change, eight octets at a time, and the whole run goes to the digests as it stands. Empty lines
/// at the end of the body are never seen as such; they just stay pending for ever.
final class BodyCanonicalizer {
    /// Pieces shorter than this are gathered before they are hashed, as each call of a digest costs.
    private static final int SHORT_PIECE = 256;

    private static final byte[] LINE_ENDS = lineEnds(256);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long HIGHS = 0x8080808080808080L;
    private static final long SPACES = 0x2020202020202020L;

    private final boolean relaxed;
    private final List<RunningDigest> digests = new ArrayList<>(2);
    private final byte[] staged = new byte[4 * SHORT_PIECE];
    private int stagedLength;

    private long pendingLineEnds;
    private boolean pendingBlank;
    private boolean pendingCr;
    private boolean anything;

    BodyCanonicalizer(Canonicalization canonicalization) {
        this.relaxed = canonicalization == Canonicalization.RELAXED;
    }

    /// The running digest of one algorithm.
    RunningDigest digest(HashAlgorithm algorithm) {
        for (var digest : digests) {
            if (digest.algorithm == algorithm) {
                return digest;
            }
        }
        var digest = new RunningDigest(algorithm);
        digests.add(digest);
        return digest;
    }

    void update(byte[] octets, int from, int to) {
        int at = from;
        while (at < to) {
            byte octet = octets[at];
            if (pendingCr) {
                pendingCr = false;
                if (octet == '\n') {
                    lineEnd();
                    at++;
                    continue;
                }
                releasePending();
                write('\r');
            }
            if (octet == '\r') {
                pendingCr = true;
                at++;
            } else if (octet == '\n') {
                lineEnd();
                at++;
            } else if (relaxed && (octet == ' ' || octet == '\t')) {
                pendingBlank = true;
                at++;
            } else {
                releasePending();
                int end = relaxed ? relaxedEnd(octets, at + 1, to) : simpleEnd(octets, at + 1, to);
                write(octets, at, end);
                at = end;
            }
        }
    }

    void finish() {
        if (pendingCr) {
            pendingCr = false;
            releasePending();
            write('\r');
        }
        // RFC 6376 §3.4.3: an empty body is one CRLF; §3.4.4: it is nothing. Else one CRLF ends the
        // last line.
        if (anything || !relaxed) {
            write(LINE_ENDS, 0, 2);
        }
        flush();
        for (var digest : digests) {
            digest.finish();
        }
    }

    private void lineEnd() {
        pendingBlank = false;
        pendingLineEnds++;
    }

    /// Something follows: what was pending belongs to the body.
    private void releasePending() {
        anything = true;
        while (pendingLineEnds > 0) {
            int some = (int) Math.min(pendingLineEnds, LINE_ENDS.length / 2);
            write(LINE_ENDS, 0, 2 * some);
            pendingLineEnds -= some;
        }
        if (pendingBlank) {
            pendingBlank = false;
            write(' ');
        }
    }

    /// The end of the run from `from` on that simple canonicalisation leaves alone. A CRLF is part of the run where
    /// the octet behind it shows that the body goes on.
    private static int simpleEnd(byte[] octets, int from, int to) {
        int at = from;
        while (at < to) {
            if (to - at > Long.BYTES) {
                long controls = controls((long) LONG.get(octets, at));
                if (controls == 0) {
                    at += Long.BYTES;
                    continue;
                }
                at += firstOctet(controls);
            }
            byte octet = octets[at];
            if (octet == '\n') {
                return at;
            }
            if (octet == '\r') {
                if (!bodyGoesOn(octets, at, to)) {
                    return at;
                }
                at++;
            }
            at++;
        }
        return to;
    }

    /// The end of the run from `from` on that relaxed canonicalisation leaves alone. Single spaces within a line
    /// belong to it; tabs, pairs of blanks, and blanks at either end of a line end it.
    private static int relaxedEnd(byte[] octets, int from, int to) {
        int at = from;
        while (at < to) {
            if (to - at > Long.BYTES) {
                long word = (long) LONG.get(octets, at);
                long next = (long) LONG.get(octets, at + 1);
                long blanks = zeros(word ^ SPACES);
                long suspects = controls(word) | (blanks & (zeros(next ^ SPACES) | controls(next)));
                if (suspects == 0) {
                    at += Long.BYTES;
                    continue;
                }
                at += firstOctet(suspects);
            }
            byte octet = octets[at];
            if (octet == ' ') {
                if (at + 1 == to || isBlankOrLineEnd(octets[at + 1])) {
                    return at;
                }
            } else if (octet == '\r') {
                if (!bodyGoesOn(octets, at, to)
                        || octets[at + 2] == ' '
                        || octets[at + 2] == '\t') {
                    return at;
                }
                at++;
            } else if (octet == '\t' || octet == '\n') {
                return at;
            }
            at++;
        }
        return to;
    }

    private static boolean bodyGoesOn(byte[] octets, int cr, int to) {
        return cr + 2 < to
                && octets[cr + 1] == '\n'
                && octets[cr + 2] != '\r'
                && octets[cr + 2] != '\n';
    }

    private static boolean isBlankOrLineEnd(byte octet) {
        return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
    }

    /// The high bit of each octet below the space. Exact up to and including the first; above it there may be too many.
    private static long controls(long word) {
        return (word - SPACES) & ~word & HIGHS;
    }

    /// The index of the first octet whose high bit is set.
    private static int firstOctet(long highs) {
        return Long.numberOfTrailingZeros(highs) / Byte.SIZE;
    }

    /// The high bit of each octet that is zero, and of no other.
    private static long zeros(long word) {
        return ~(((word & ~HIGHS) + ~HIGHS) | word | ~HIGHS);
    }

    private void write(char octet) {
        if (stagedLength == staged.length) {
            flush();
        }
        staged[stagedLength++] = (byte) octet;
    }

    private void write(byte[] octets, int from, int to) {
        int length = to - from;
        if (length < SHORT_PIECE) {
            if (length > staged.length - stagedLength) {
                flush();
            }
            System.arraycopy(octets, from, staged, stagedLength, length);
            stagedLength += length;
        } else {
            flush();
            hash(octets, from, to);
        }
    }

    private void flush() {
        if (stagedLength > 0) {
            hash(staged, 0, stagedLength);
            stagedLength = 0;
        }
    }

    private void hash(byte[] octets, int from, int to) {
        for (var digest : digests) {
            digest.update(octets, from, to);
        }
    }

    private static byte[] lineEnds(int count) {
        var octets = new byte[2 * count];
        for (int i = 0; i < octets.length; i += 2) {
            octets[i] = '\r';
            octets[i + 1] = '\n';
        }
        return octets;
    }
}
