package tayori.dns;

import java.io.EOFException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import tayori.dns.DnsAnswer.Trouble;

/// One question, one server, one reply: the sockets.
final class Exchange {
    /// Datagrams that are not our answer, passed over before a try is given up; somebody is guessing (RFC 5452 §9.3).
    static final int MAX_STRAY_DATAGRAMS = 64;

    private Exchange() {}

    /// What came back.
    sealed interface Reply {}

    /// A message that repeats id and question.
    ///
    /// @param octets holds the message in its first `length` octets
    // Never compared, never changed: an array is what both ends want.
    @SuppressWarnings("ArrayRecordComponent")
    record Octets(byte[] octets, int length, boolean overTcp) implements Reply {
        /// Cut off by the server (TC, RFC 2181 §9), or larger than we said we take.
        boolean truncated() {
            return (octets[2] & 0x02) != 0 || (!overTcp && length > WireQuestion.UDP_PAYLOAD);
        }
    }

    /// @param what reads on with the server's address
    record NoReply(Trouble trouble, String what) implements Reply {}

    /// @param deadline when to give up, in the time of [System#nanoTime]
    static Reply overUdp(InetSocketAddress server, WireQuestion question, long deadline) {
        var family =
                server.getAddress() instanceof Inet4Address
                        ? StandardProtocolFamily.INET
                        : StandardProtocolFamily.INET6;
        int strays = 0;
        try (var channel = DatagramChannel.open(family)) {
            channel.connect(server); // only this server's datagrams, and its "port unreachable"
            channel.write(ByteBuffer.wrap(question.octets()));
            var socket = channel.socket();
            var octets =
                    new byte
                            [WireQuestion.UDP_PAYLOAD
                                    + 1]; // the last one shows that it was too large
            var packet = new DatagramPacket(octets, octets.length);
            while (strays < MAX_STRAY_DATAGRAMS) {
                socket.setSoTimeout(millisUntil(deadline));
                packet.setLength(octets.length);
                socket.receive(packet);
                if (question.isAnsweredBy(octets, packet.getLength())) {
                    return new Octets(octets, packet.getLength(), false);
                }
                strays++;
            }
            return new NoReply(
                    Trouble.MALFORMED, strays + " datagrams that answer something else from");
        } catch (SocketTimeoutException e) {
            return new NoReply(
                    Trouble.TIMEOUT,
                    strays == 0
                            ? "no answer in time from"
                            : "no answer in time, but "
                                    + strays
                                    + " datagrams that answer something else, from");
        } catch (PortUnreachableException e) {
            return new NoReply(Trouble.TIMEOUT, "nobody listens at");
        } catch (IOException e) {
            return new NoReply(Trouble.TIMEOUT, "no UDP (" + describe(e) + ") with");
        }
    }

    /// @param deadline when to give up, in the time of [System#nanoTime]
    static Reply overTcp(InetSocketAddress server, WireQuestion question, long deadline) {
        try (var socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.connect(server, millisUntil(deadline));
            var message = question.octets();
            var framed = new byte[message.length + 2]; // RFC 1035 §4.2.2; in one write, RFC 7766 §8
            framed[0] = (byte) (message.length >> 8);
            framed[1] = (byte) message.length;
            System.arraycopy(message, 0, framed, 2, message.length);
            socket.getOutputStream().write(framed);
            var prefix = new byte[2];
            readFully(socket, prefix, deadline);
            var reply = new byte[((prefix[0] & 0xff) << 8) | (prefix[1] & 0xff)];
            readFully(socket, reply, deadline);
            return question.isAnsweredBy(reply, reply.length)
                    ? new Octets(reply, reply.length, true)
                    : new NoReply(Trouble.MALFORMED, "an answer to something else over TCP from");
        } catch (SocketTimeoutException e) {
            return new NoReply(Trouble.TIMEOUT, "no answer in time over TCP from");
        } catch (IOException e) {
            return new NoReply(Trouble.TIMEOUT, "no TCP (" + describe(e) + ") with");
        }
    }

    /// Reads until the array is full; the deadline counts for all of it, so that drops every second do not last for ever.
    private static void readFully(Socket socket, byte[] octets, long deadline) throws IOException {
        var in = socket.getInputStream();
        for (int at = 0; at < octets.length; ) {
            socket.setSoTimeout(millisUntil(deadline));
            int count = in.read(octets, at, octets.length - at);
            if (count < 0) {
                throw new EOFException("closed early");
            }
            at += count;
        }
    }

    private static int millisUntil(long deadline) throws SocketTimeoutException {
        long nanos = deadline - System.nanoTime();
        if (nanos <= 0) {
            throw new SocketTimeoutException();
        }
        return (int) Math.min(Integer.MAX_VALUE, (nanos + 999_999) / 1_000_000);
    }

    private static String describe(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}
