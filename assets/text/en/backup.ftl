# Backups: making, checking and restoring them, and what the screens say about them.

cli-verify = checks the chains of journal and trail, store, index and gate tables, also beside a session; or a backup set
cli-verify-set = the folder of a backup set; else the desk
cli-verify-identity = a file of age identities: what is in the backup is checked too
cli-backup = makes a backup of the desk, encrypted, while it works
cli-backup-set = the folder of the backup set; made when there is none; else as backup.toml says
cli-backup-recipients = a recipient of age, age1…, who can read it; may be given more than once
cli-backup-recipients_file = a file of recipients, one a line
cli-backup-status = only says when the last backup was made and when the next is due
cli-restore = restores a desk from a backup into an empty folder
cli-restore-set = the folder of the backup set
cli-restore-into = an empty folder, or one that is not there yet
cli-restore-identity = a file of age identities
cli-restore-until = up to this moment, such as 2026-02-21T03:10, or this line of the journal
cli-restore-despite_damage = restores what can be read though lines of the journal are missing
cli-mend = puts lines of journal and trail that are damaged or gone back from a restored copy
cli-mend-from = the folder that a backup was restored to

progress-backup = backing up
progress-restore = restoring
progress-compare = comparing

fault-backup = The backup could not be made: the earlier ones are as they were. Tell whoever keeps this machine.
fault-stopped = Stopped as asked. What was whole before is whole.

backup-recipient-wrong = Recipient { $place } is not one of age: it begins with age1 and is copied whole.
backup-no-recipient = A backup is encrypted to somebody: give --to age1…, --recipients-file or backup.toml, at most 32.
backup-identity-wrong = No age identity in { $path }: a line begins with AGE-SECRET-KEY-1.
backup-inside = { $path } lies inside the data folder: a backup belongs on another disk.
backup-other-desk = { $path } holds backups of another desk. Choose another folder.
backup-busy = Another backup is being written there now. Wait until it is done.
backup-no-place = Where to? Give a folder: pulang backup FOLDER --to age1…, or write backup.toml in the data folder.
backup-plan-wrong = backup.toml, line { $line }: { $what }
backup-made = Backup in { $to } up to line { $line }: { $bytes } of the desk, { $written } newly written in { $files } files.
    Head: { $line } { $sha }
backup-expired = { $count } files of older backups have expired.
backup-bad-lines = { $count } lines were damaged at the desk already and are copied as they stand: run pulang verify.
backup-key-apart = The master key is not in it. Without the key nobody reads a restored desk: keep a copy elsewhere.
backup-status-last = Last backup { $at } ({ $hours } hours ago) in { $to }, up to line { $line }.
backup-status-never = There never was a backup of this desk.
backup-status-old = It is older than { $days } days.
backup-status-due = The next one is due { $at } in { $to }, while a session is open.
backup-status-no-plan = No backups are made by themselves: backup.toml in the data folder does not ask for any.

backup-flaw-missing = missing
backup-flaw-altered = damaged
backup-flaw-unreadable = cannot be read
backup-flaw-closed = encrypted to somebody else
backup-checked = { $moments } backups, { $files } files, { $bytes } checked.
backup-checked-newest = Newest { $at }, up to line { $line }, head { $sha }.
backup-set-whole = Whole: every file opens and is what it was; the newest chains are unbroken.
backup-set-whole-outside = Every file is what it was. With --identity what is in them is checked too.
backup-set-damaged = DAMAGED. See the lines marked !!. Make a new backup into another folder; pulang restore says what can be restored.

mend-done = Put back: { $lines } lines of the journal, { $trail } of the trail.
mend-whole = Both chains are whole. Now: pulang verify.
mend-left = The copy has nothing better for the lines marked !!. Try one from another backup.
mend-no-desk = There is no restored desk in { $path }. First: pulang restore SET FOLDER --identity FILE.
restore-not-empty = { $path } is not empty. A backup is restored into an empty folder only; nothing was changed.
restore-no-backup = There is no backup in { $path }.
restore-closed = None of these identities can read the backup. Give the identity of one of its recipients.
restore-key-wrong = This master key does not open the keys of any backup in the set. Nothing was restored.
restore-until-wrong = --until wants a line's number or a moment such as 2026-02-21T03:10.
restore-done = Restored into { $path }: the journal up to line { $line } ({ $at }), { $trail } trail lines, { $drafts } drafts, from the backup of { $made }.
restore-head = Head: { $line } { $sha }, desk { $desk }. Compare it with what was printed or kept elsewhere.
restore-left-out = { $count } later lines were left out.
restore-erased-again = { $count } erasures were done again.
restore-has-gap = Lines of the journal are missing; the desk names the places when it opens.
restore-needs-key = Not verified: no master key was given. Put it at { $path }/keys/master (mode 0400) or give --key FILE, then run pulang verify --data { $path }.
restore-damaged = Nothing was restored. The journal is whole up to line { $line }: --until { $line } restores that; --despite-damage restores all that can be read.
restore-damaged-whole = Nothing was restored, and nothing can be from these files. Take another copy of the set.

verify-whole-beside = Whole as far as it can be seen beside a session: chains, seals and keys. Store and index were left out: end the session, or verify inside it (:).
verify-lost-keys = { $count } keys cannot be read in either copy of keys/: restore keys/ from a backup.

verify-keyless = The key of { $case } is gone from both tables. Bring keys/slots.* back from a backup set (pulang restore SET NEW).
alarm-backup-failed = The backup by the plan failed: pulang backup --status, look at the disk.
alarm-backup-plan = backup.toml cannot be read, so no backups are made: pulang backup --status.
alarm-no-backup = This desk was never backed up: pulang backup FOLDER --to age1…
alarm-backup-old = The last backup is { $count } days old: pulang backup --status.

cmd-verify = verify the data
cmd-backup = back up now
why-not-keeper = A supervisor's or the administrator's.
why-not-plan = There is no plan yet: write backup.toml in the data folder, or run pulang backup from a shell.
title-verify = What is not whole
tending-begun = begun; it runs beside your work. The same command again stops it.
tending-stopping = stopping …
tending-verify = checking: { $percent } %
tending-compare = comparing store and journal: { $percent } %
tending-backup = backing up: { $percent } %
tending-backed-up = Backed up, up to line { $line }.
tending-not-whole = NOT whole. Give the command "verify the data" again to read where and what to do.
tending-do = what to do
tending-do-journal = End the session; restore a backup into an empty folder; pulang mend that folder.
tending-do-trail = Keep the folder as it is, tell the supervisor: the trail is evidence.
tending-do-store = End the session, remove store/ and index.snapshot: both are built again from the journal.
tending-do-tables = The office works by the table before; bring in one that this release can read.
bad-unreadable = no line
bad-altered = altered
bad-gone = entries { $from } to { $to } are gone
bad-missing = lines before it are gone
bad-out-of-place = not the next number
bad-unsigned = wrong signature, or none for too long
bad-torn = no end
bad-sealed = does not open with its key
bad-newer = says that a newer release wrote it
bad-other = found by a later release
