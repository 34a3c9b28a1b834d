require ["fileinto", "imap4flags", "relational", "comparator-i;ascii-numeric", "variables"];

# What a user can do with the field Tayori-Reputation. Its words come from closed lists:
#
#   Tayori-Reputation: example.jp; identity=author; score=87; listed=no; white=registered/2; young=no
#
#   identity  author, dkim, spf, address-block, none
#   score     1 to 100, 100 is good; none
#   listed    no, spam, phishing, malware, abused-spam, abused-phishing, abused-malware
#   white     no, or registered, accredited, forwarder, public-body, each with /1 to /3
#   young     no, yes, over (beyond what a newcomer may send in a day)

# Mail of senders on the whitelist is marked.
if header :matches "Tayori-Reputation" "*; white=*/*" {
    addflag "$Reputable";
}

# What a new domain sends beyond its allowance is kept apart.
if header :matches "Tayori-Reputation" "*; young=over*" {
    fileinto "New senders";
    stop;
}

# So is mail of senders with a score below 20.
if header :matches "Tayori-Reputation" "*; score=*; *" {
    set "score" "${2}";
    if not string :is "${score}" "none" {
        if string :value "lt" :comparator "i;ascii-numeric" "${score}" "20" {
            fileinto "Junk";
            stop;
        }
    }
}
