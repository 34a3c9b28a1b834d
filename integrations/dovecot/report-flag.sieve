require ["copy", "environment", "imap4flags", "imapsieve", "variables", "vnd.dovecot.pipe"];

# A reader has marked a mail. The changed flags name those taken away, too, so the mail must have the flag now.
if not environment :contains "imap.changedflags" ["$Junk", "$NotJunk"] {
    stop;
}
if environment :matches "imap.user" "*" {
    set "reader" "${1}";
}
if allof (hasflag :is "$Junk", not hasflag :is "$NotJunk") {
    pipe :copy :try "tayori-report.sh" ["spam", "${reader}"];
} elsif allof (hasflag :is "$NotJunk", not hasflag :is "$Junk") {
    pipe :copy :try "tayori-report.sh" ["not-spam", "${reader}"];
}
