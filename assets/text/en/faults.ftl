# Faults of the machine: one sentence for the operator. Code and detail are in the log.

fault-data-locked = Another program has this data open. Wait until it is done or close it, then try again.
fault-disk-full = The disk is full: not saved; the form stays. Make room, save again.
fault-disk-read-only = The disk can only be read: not saved. Your form stays on the screen; call the administrator.
fault-disk-denied = The program may not write its data files. Call the administrator.
fault-disk-error = The disk is failing: not saved. Your form stays on the screen; call the administrator.
fault-key-missing = The key file is missing. The data cannot be opened without that key. If there is a copy: pulang key restore FILE --identity FILE
fault-key-short = The key file is not whole: it has to be 32 bytes long. Put it aside and bring it back from its copy: mv keys/master keys/master.bad, then pulang key restore FILE --identity FILE
fault-key-sealed = That is a sealed copy of the key, not the key itself: use key restore first. After pulang restore SET NEW without --key: pulang --data NEW key restore COPY --identity FILE, then pulang --data NEW verify
fault-key-wrong = This key is not the key of this data. If keys/master is damaged: mv keys/master keys/master.bad, then pulang key restore FILE --identity FILE
fault-key-slots = Case keys are damaged or gone in both copies. Bring slots.a and slots.b back from a backup: pulang restore SET NEW, then copy NEW/keys/slots.* into keys/ here.
fault-key-slots-short = The key tables in keys/ are shorter than the keys in use; nothing was changed. Bring slots.a and slots.b back from a backup: pulang restore SET NEW, copy NEW/keys/slots.* into keys/ here, open again.
fault-seal-broken = Some sealed data does not open: damaged or altered. Run the verification.
fault-no-entropy = The system gives no random numbers. Call the administrator.
fault-journal-damaged = The journal is damaged in one place. Work may go on; restore it from a backup.
fault-journal-gone = The journal is gone, though data was saved before. Restore the journal folder from a backup.
fault-journal-line-missing = A line of the journal cannot be found. Run the verification.
fault-outcome-unknown = It is not certain yet whether this was saved. Do not type it again: the program asks once more.
fault-newer-release = A newer release wrote this data. Install that release.
fault-too-large = Too large to save at once. Split it into parts.
fault-store = The database is built anew from the journal. Nothing is lost; try again in a moment.
fault-store-down = The database is being brought back; nothing is lost. Try again in a moment.
fault-erased = This data was erased for good and cannot be opened any more.
fault-commit-unfit = The change does not fit the data as it is now.
fault-draft-unreadable = This draft cannot be read. Its file is left where it is.
fault-draft-limit = The draft is too large, or there are too many. Finish or discard old drafts.
