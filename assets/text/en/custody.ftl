# The master key: where it is, its copies, its rotation.

alarm-key-uncopied = The master key has no copy yet: pulang key export FILE --to RECIPIENT
progress-rotate = wrapping keys anew

cli-key = says where the master key is and whether a copy was made; copies, restores, rotates it
cli-key-export = writes a copy of the key to a new file, sealed for its recipients
cli-key-export-file = a new file; one that is there is never overwritten
cli-key-export-to = who can open it: a public name of age, age1…; several may be given
cli-key-export-recipients_file = a file of such names, one a line
cli-key-restore = puts the key of a copy back where it is missing
cli-key-restore-file = the copy
cli-key-restore-identity = the file of AGE-SECRET-KEY-… that opens the copy
cli-key-check = proves that a copy opens this desk
cli-key-check-file = the copy
cli-key-check-identity = the file of AGE-SECRET-KEY-… that opens the copy
cli-key-rotate = gives this desk a new master key and wraps every data key anew
cli-key-rotate-new_key_file = where the new key goes, when its own place cannot be written

key-where = Master key: { $path }, mode { $mode }, of uid { $owner }, fingerprint { $key }.
key-copied = Last copy made { $at } for { $people }.
key-warn-foreign = This key does not open this desk.
key-warn-rotating = A rotation was interrupted: the next start finishes it or takes it back.
key-warn-mode = Others may read or write the key file: chmod 0400.
key-warn-same-disk = Key and data lie on the same disk: whoever holds that disk can read everything. --key keeps it elsewhere.
key-exported = A copy of key { $key } was written to { $file }, for { $people }. Keep it away from this machine, and try it: pulang key check { $file } --identity FILE
key-restored = Key { $key } was put back from { $file }.
key-copy-fits = This copy opens this desk: key { $key }, made { $at } for { $people }.
key-copy-foreign = This copy does NOT open this desk: key { $key }, made { $at } for { $people }. The key may have been rotated since, or this is another desk.
key-rotated = The key was rotated: { $count } data keys wrapped anew; { $was } became { $key }.
key-rotated-elsewhere = The new key is in { $path }: from now on open the desk with --key { $path }. The old key opens this desk no more.
key-rotated-copies = Older copies open this desk no more; they still open older backups. Make a new copy: pulang key export FILE --to RECIPIENT

refused-key-recipient = "{ $name }" is no recipient of age. Such a name begins with age1, and age-keygen prints it.
refused-key-no-recipient = There is no recipient. Name at least one: --to age1…, or --recipients-file FILE.
refused-key-many-recipients = At most { $most } recipients.
refused-key-file-there = There is a file at { $path } already: nothing is overwritten.
refused-key-there = There is a key at { $path } already: nothing is overwritten. If it is damaged, put it aside (mv { $path } { $path }.bad), then give this command again.
refused-key-no-slots = The key tables slots.a and slots.b are missing in { $path }: without them no key opens anything, and nothing was written. They come from a backup set: pulang restore SET NEW, then mkdir -p { $path } and cp NEW/keys/slots.* { $path }/, then this command again.
refused-key-no-folder = There is no folder { $path }: nothing was written. Make it first, or name another place.
refused-key-folder-closed = The folder { $path } cannot be written by this account: nothing was written. Name another place.
refused-key-not-written = { $path } could not be written: { $why }. Name another place.
refused-key-no-identity = There is no AGE-SECRET-KEY-… in { $path }. A file of identities with a passphrase cannot be used here: open it with age first.
refused-key-no-copy = { $path } is no copy of a master key.
refused-key-identity = That identity does not open { $path }.
refused-key-other-desk = The key in that copy ({ $key }) does not open this desk: nothing was written. It may have been rotated since the copy was made, or this is another desk.
refused-key-unwritable = The folder { $path } cannot be written: a new key cannot go there. Give another place with --new-key-file FILE, and open the desk with --key FILE.
