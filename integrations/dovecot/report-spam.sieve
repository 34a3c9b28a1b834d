require ["copy", "environment", "imapsieve", "variables", "vnd.dovecot.pipe"];

# A reader has moved or copied a mail into Junk.
if environment :matches "imap.user" "*" {
    set "reader" "${1}";
    pipe :copy :try "tayori-report.sh" ["spam", "${reader}"];
}
