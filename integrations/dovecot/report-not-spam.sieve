require ["copy", "environment", "imapsieve", "variables", "vnd.dovecot.pipe"];

# A reader has taken a mail out of Junk; throwing it away says nothing.
if anyof (environment :matches "imap.mailbox" ["Trash", "Deleted*", "Junk"]) {
    stop;
}
if environment :matches "imap.user" "*" {
    set "reader" "${1}";
    pipe :copy :try "tayori-report.sh" ["not-spam", "${reader}"];
}
