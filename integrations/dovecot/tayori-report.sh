#!/bin/sh
# Hands Tayori what a reader says of a mail.
#
#   tayori-report.sh KIND LOGIN <MAIL
#
# KIND   spam, phishing, virus, not-spam or unsubscribe
# LOGIN  whom the mailbox belongs to; without a domain the one of tayori-report.conf is added
# MAIL   as it was delivered: its Tayori-Receipt is the proof
#
# The exit code is 0 when Tayori has answered for good: taken (2xx), or refused (4xx), as mail without a receipt is. When it
# could not be reached or could not take it, the mail goes to KIND@mail_domain through the local MTA, or, where that is not
# set, the exit code is 75 (try again later). Neither the mail nor the reader is logged.

set -eu

kind=${1:?tayori-report: a kind is missing}
reader=${2:?tayori-report: a login is missing}
. "$(dirname -- "$0")/tayori-report.conf"

case $kind in
spam | phishing | virus | not-spam | unsubscribe) ;;
*)
    echo "tayori-report: unknown kind $kind" >&2
    exit 64
    ;;
esac
case $reader in
*@*) ;;
*) reader=$reader@$domain ;;
esac

# Every octet as %XX, so that nothing in a login can end the parameter.
encoded=$(printf %s "$reader" | od -An -v -tx1 | tr -d '\n' | tr ' ' '%')
key=$(cat -- "$key_file")

# Needed twice when Tayori is down. Over HTTP the header is enough, up to the first empty line: the body is nobody's business.
mail=$(mktemp)
head=$(mktemp)
trap 'rm -f -- "$mail" "$head"' EXIT
cat >"$mail"
LC_ALL=C awk '{ print } /^\r?$/ { exit }' "$mail" >"$head"

# The key goes through a file descriptor: the command line can be seen by all on this machine.
answer=$(
    curl --silent --show-error --max-time "${max_seconds:-10}" --config /dev/fd/3 \
        --header 'Content-Type: message/rfc822' --data-binary "@$head" \
        --output /dev/null --write-out '%{http_code}' \
        "$url?kind=$kind&reader=$encoded" 3<<KEY
header = "Authorization: Bearer $key"
KEY
) || answer=none
case $answer in
2??) exit 0 ;;
401 | 404 | 408 | 429) ;; # our key, our URL, our time: not the mail's fault
4??)
    echo "tayori-report: $kind refused with $answer" >&2
    exit 0
    ;;
esac
echo "tayori-report: $kind not taken, answer $answer" >&2
[ -n "${mail_domain:-}" ] || exit 75
# The MTA keeps it and tries again until Tayori takes it; a refusal then is not worth a bounce (-N never).
"${sendmail:-/usr/sbin/sendmail}" -i -N never -f "$reader" -- "$kind@$mail_domain" <"$mail"
