# Reasons, seals, who is named, the office, damage: who may see what, and why.

reason-title = A reason is needed
reason-seal = This case is sealed, and you are named in it. To open it, write why.
reason-compartment = Qualification, screening and law track are closed to a supervisor who is not named. To see them, write why.
reason-other-office = This case is another office's. To open it, write why; its owner is told, with your name.
reason-kept = The reason goes to the trail, with name and time, before anything is shown. It opens for { $minutes } minutes, on this screen alone. At least { $least } letters, two words.
reason-label = Reason:
reason-confirm = This will be written down. Enter once more opens, Esc goes back.
hint-write-down = write
notice-opened-with-reason = The reason stands in the trail.
refused-needs-reason = This case opens with a reason only: open it on the screen with Enter.
refused-reason-short = A reason has at least { $least } letters, in two words.
refused-reason-names = This reason holds the name or number of a person; the trail keeps it for good. Write it without; case numbers may stand.
refused-trail-unwritable = The trail cannot be written [{ $code }]: what is closed stays closed. Look at the disk, then try again.
refused-nobody-exact = It cannot be confirmed. For a caller: :family takes the question down.
refused-number-elsewhere = A case number opens no case outside your list: type the NIK or document number, or use :ask access.
prompt-elsewhere = NIK or document number
case-closed = Closed sections: { $sections }. o opens them with a reason
notice-law-closed = The law page is for those who are named: :name names an operator in this case.

form-name = Named in the case
form-seal = Seal the case, or take its seal off
form-office = Office
notice-named = Saved: who is named in this case.
notice-sealed = Sealed: only you and those named find it. u undoes.
notice-unsealed = The seal is off.
notice-office = Office saved.
why-not-supervisor-only = Only a supervisor of the owner's office, and of a sealed case one named in it.
why-not-nothing-closed = Nothing here opens with a reason.
today-looked = opened outside: { $who }
today-met = number met: { $who }

cmd-open-section = open a closed section with a reason
    .hint = reason
cmd-name = name who may open the closed sections
    .hint = name
cmd-seal = seal the case, or take its seal off
    .hint = seal
cmd-elsewhere = open another office's case with a reason
    .hint = elsewhere
cmd-office = this office
    .hint = office

verb-look = looked at from outside
part-look = look from outside
look-lua = opened elsewhere with reason
look-tpt = met by an exact number
field-look-kind = How it was seen
field-look-by = Looked at by
field-look-at = Looked at
field-look-why = Why it was seen
field-named-why = Why named
field-sealed-why = Why sealed
field-office-country = Office country
zone-ast = AST (Saudi Arabia, Qatar)
zone-gst = GST (Emirates, Oman)
zone-myt = MYT (Malaysia, Taiwan)

alarm-disk-full = The disk is full: nothing can be saved, reading goes on. Make room.
alarm-disk-read-only = The disk cannot be written: nothing is saved. Call the administrator.
alarm-disk-error = The disk is failing: nothing is saved. Call the administrator.
alarm-gone = { $folder }/ is gone: nothing is saved. Do NOT restart; call the administrator.
alarm-mending = The store is being rebuilt from the journal: { $count }%. Nothing is lost.
alarm-journal = Journal damaged (places: { $count }): q, pulang verify, pulang mend.
alarm-journal-at = Journal damaged at entry { $seq } (places: { $count }): q, pulang verify, mend.
alarm-lost-lines = Journal has lost { $count } lines: q, pulang verify, pulang mend.
alarm-keys-gone = { $count } keys are gone from both tables: q, pulang verify, see what to do.
alarm-unopened = Keys do not open { $count } changes: q, pulang verify, restore keys/.
alarm-trail = Trail damaged (places: { $count }): q, pulang verify, tell the supervisor.
alarm-trail-at = Trail damaged at entry { $seq } (places: { $count }): q, pulang verify, report it.
alarm-rebuilt = The store was rebuilt from the journal, nothing is lost: q, pulang verify.

input-choose-movement = Which movement? A digit chooses, - for none.
