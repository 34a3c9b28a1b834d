package tayori.dkim;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import tayori.dns.ZoneDns;

/// How many verifications one CPU-second is good for; a program, not a test.
///
/// `java -cp target/classes:target/test-classes:… tayori.dkim.DkimSpeed`
final class DkimSpeed {
    private DkimSpeed() {}

    public static void main(String[] arguments) throws Exception {
        // A message is handled on a virtual thread, so it is measured on one.
        var run = Executors.newVirtualThreadPerTaskExecutor().submit(() -> run(arguments));
        run.get();
    }

    private static Void run(String[] arguments) throws GeneralSecurityException {
        if (arguments.length > 0) {
            measure("RSA-2048", DkimKeys.generateRsa(2048), Integer.parseInt(arguments[0]));
            return null;
        }
        bareRsa();
        ed25519();
        var rsa = DkimKeys.generateRsa(2048);
        var ed25519 = DkimKeys.generateEd25519();
        for (int size : new int[] {1_000, 10_000, 100_000, 1_000_000}) {
            measure("RSA-2048", rsa, size);
        }
        measure("Ed25519", ed25519, 1_000);
        for (var canonicalization : Canonicalization.values()) {
            hashing(canonicalization);
        }
        return null;
    }

    private static void measure(String name, DkimKeys.Pair key, int size) {
        var dns = ZoneDns.builder().txt("s._domainkey.example.com", key.txt()).build();
        var clock = InstantSource.system();
        var signer =
                new DkimSigner(
                        List.of(new DkimSigner.Key("example.com", "s", key.privateKey())),
                        SigningOptions.DEFAULTS,
                        clock);
        var message = message(size);
        var hasher = new BodyHasher();
        var signing = signer.begin(message.head(), hasher);
        byte[] body = message.body();
        hasher.update(body, 0, body.length);
        var signed = message.with(signing.finish());
        var verifier = new DkimVerifier(dns, clock, DkimOptions.DEFAULTS);
        double best = 0;
        for (int round = 0; round < 6; round++) {
            long cpu = cpuNanos();
            long wall = System.nanoTime();
            int count = 0;
            while (System.nanoTime() - wall < 1_500_000_000L) {
                for (int i = 0; i < 10; i++, count++) {
                    verify(verifier, signed, body);
                }
            }
            best = Math.max(best, count * 1e9 / (cpuNanos() - cpu));
        }
        System.out.printf(
                "%-10s %9d octets  %9.0f verifications per CPU-second%n", name, size, best);
    }

    private static void verify(DkimVerifier verifier, TestMessage message, byte[] body) {
        var hasher = new BodyHasher();
        var verification = verifier.begin(message.head(), hasher);
        for (int at = 0; at < body.length; at += 65_535) {
            hasher.update(body, at, Math.min(65_535, body.length - at));
        }
        var results = verification.finish();
        if (!(results.getFirst() instanceof DkimResult.Pass)) {
            throw new AssertionError(results);
        }
    }

    private static void hashing(Canonicalization canonicalization) {
        byte[] body = message(1_000_000).body();
        double best = 0;
        for (int round = 0; round < 10; round++) {
            long start = cpuNanos();
            for (int i = 0; i < 200; i++) {
                var hasher = new BodyHasher();
                hasher.want(canonicalization, HashAlgorithm.SHA256);
                hasher.update(body, 0, body.length);
                hasher.finish();
            }
            best = Math.max(best, 200.0 * body.length / (cpuNanos() - start));
        }
        System.out.printf("%-10s body hash, SHA-256 included  %.2f GB/s%n", canonicalization, best);
    }

    /// What no verification can beat on this machine at this moment.
    private static void bareRsa() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var pair = generator.generateKeyPair();
        var crypto = SignatureCrypto.standard();
        byte[] input = new byte[600];
        byte[] made = crypto.sign(SignatureAlgorithm.RSA_SHA256, pair.getPrivate(), input);
        var key = new VerificationKey.Rsa(pair.getPublic(), 2048);
        double best = 0;
        for (int round = 0; round < 6; round++) {
            long start = cpuNanos();
            for (int i = 0; i < 20_000; i++) {
                if (!crypto.verify(SignatureAlgorithm.RSA_SHA256, key, input, made)) {
                    throw new AssertionError("RSA");
                }
            }
            best = Math.max(best, 20_000e9 / (cpuNanos() - start));
        }
        byte[] megabyte = new byte[1_000_000];
        var digest = HashAlgorithm.SHA256.digest();
        double fastest = 0;
        for (int round = 0; round < 20; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < 50; i++) {
                digest.update(megabyte);
            }
            fastest = Math.max(fastest, 50.0 * megabyte.length / (System.nanoTime() - start));
        }
        System.out.printf(
                "bare RSA-2048 verify %.0f per CPU-second, bare SHA-256 %.2f GB/s%n",
                best, fastest);
    }

    /// The choice of Ed25519: the JDK's own against Bouncy Castle's bare functions.
    private static void ed25519() throws GeneralSecurityException {
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] input = "hash".repeat(8).getBytes(StandardCharsets.US_ASCII);
        var crypto = SignatureCrypto.standard();
        byte[] made = crypto.sign(SignatureAlgorithm.ED25519_SHA256, pair.getPrivate(), input);
        byte[] encoded = pair.getPublic().getEncoded();
        var key =
                SignatureCrypto.ed25519Key(java.util.Arrays.copyOfRange(encoded, 12, 44))
                        .orElseThrow();
        byte[] hash = HashAlgorithm.SHA256.digest().digest(input);
        double ours = 0;
        double jdk = 0;
        for (int round = 0; round < 4; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < 3000; i++) {
                if (!crypto.verify(SignatureAlgorithm.ED25519_SHA256, key, input, made)) {
                    throw new AssertionError("Bouncy Castle");
                }
            }
            ours = Math.max(ours, 3000e9 / (System.nanoTime() - start));
            start = System.nanoTime();
            for (int i = 0; i < 1000; i++) {
                var signature = Signature.getInstance("Ed25519");
                signature.initVerify(pair.getPublic());
                signature.update(hash);
                if (!signature.verify(made)) {
                    throw new AssertionError("JDK");
                }
            }
            jdk = Math.max(jdk, 1000e9 / (System.nanoTime() - start));
        }
        System.out.printf("Ed25519 verify: Bouncy Castle %.0f, JDK %.0f a second%n", ours, jdk);
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static TestMessage message(int size) {
        var random = new Random(7);
        var body = new StringBuilder();
        int column = 0;
        while (body.length() < size) {
            String word = "abcdefghijklmnop".substring(0, 1 + random.nextInt(11));
            body.append(word);
            column += word.length() + 1;
            if (column > 70) {
                body.append("\r\n");
                column = 0;
            } else {
                body.append(' ');
            }
        }
        return TestMessage.of(
                """
                Received: from mail.example.com (mail.example.com [192.0.2.1])
                \tby mx.example.net with ESMTPS id 1; Mon, 2 Nov 2026 10:00:00 +0000
                From: Some One <someone@example.com>
                To: Other One <other@example.net>
                Subject: a message of some length
                Date: Mon, 2 Nov 2026 10:00:00 +0000
                Message-ID: <1@example.com>
                MIME-Version: 1.0
                Content-Type: text/plain; charset=us-ascii

                """
                        + body);
    }
}
