"""What Debian's python3-dkim says about a message: `dkim` or `arc`, the message, a zone of `name<TAB>text` lines.

Prints one word a signature (dkim) or the status of the chain (arc).
"""

import sys

import dkim

method, message_file, zone_file = sys.argv[1:]
with open(message_file, "rb") as file:
    message = file.read()
with open(zone_file, encoding="ascii") as file:
    zone = dict(line.rstrip("\n").split("\t") for line in file)


def txt(name, timeout=5):
    return zone.get(name.decode("ascii").rstrip("."), "").encode("ascii") or None


if method == "arc":
    status, _, reason = dkim.arc_verify(message, dnsfunc=txt)
    print(status.decode("ascii"), reason)
else:
    verifier = dkim.DKIM(message)
    count = sum(1 for name, _ in verifier.headers if name.lower() == b"dkim-signature")
    for index in range(count):
        print("pass" if verifier.verify(index, dnsfunc=txt) else "fail")
