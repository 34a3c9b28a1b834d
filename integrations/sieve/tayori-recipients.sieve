require ["envelope", "fileinto", "subaddress"];

# One mail for several people, of whom only some agreed to filtering: Tayori sends theirs to user+Junk (the setting
# junkAddress), because the header is the same for all of them.
if envelope :detail "to" "Junk" {
    fileinto "Junk";
    stop;
}
