<?php
// Roundcube's plugin markasjunk hands each marked mail to the script that Dovecot uses, too. docs/spam-button.md tells more.
// %u is the login, quoted by the plugin; %f a file with the mail.
$config['markasjunk_learning_driver'] = 'cmd_learn';
$config['markasjunk_spam_cmd'] = '/etc/tayori/tayori-report.sh spam %u <%f';
$config['markasjunk_ham_cmd'] = '/etc/tayori/tayori-report.sh not-spam %u <%f';
