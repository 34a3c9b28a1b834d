<?php
// Roundcube's plugin markasjunk sends a mail for each marked mail, with that mail attached. docs/spam-button.md tells more.
$config['markasjunk_learning_driver'] = 'email_learn';
$config['markasjunk_email_spam'] = 'spam@report.example.jp';
$config['markasjunk_email_ham'] = 'not-spam@report.example.jp';
$config['markasjunk_email_attach'] = true;
$config['markasjunk_email_subject'] = 'reported as %t';
