# Screens: titles, columns, messages, questions.

screen-too-small = The screen is too small: at least 40 columns and 10 rows are needed.
screen-blank = The screen is blank. Enter brings it back.
title-practice = PRACTICE
title-palette = Commands
title-help = Help
title-views = Saved views
title-drafts = Drafts
title-drafts-offer = Continue a draft? Esc: later
title-import-draft = Manifest import
file-another = from a path or a paste…
file-known = taken in before
title-dropped = Manifests in the drop folder
title-orders = Order
title-more = More
title-tracks = Tracks: choose by digit
title-track-states = Next state
track-not-begun = not begun
track-here = stands here
title-conflict = Somebody else changed the same field
conflict-later = look first: back to the form
conflict-mine = keep mine
conflict-theirs = take theirs
conflict-was = was, before either
conflict-nothing = (nothing)
conflict-empty = (emptied)
title-operators = Switch operator (practice)
heading-arriving = loading { $total } cases…
heading-all = all cases: { $total }
heading-some = { $shown } of { $total } cases
heading-apart = {" "}+ { $count } apart
heading-marked = { $count } marked
order-urgency = by urgency
order-newest = by newest report
order-number = by case number
order-name = by name
order-changed = by latest change

layer-list = LIST
layer-case = CASE
layer-today = TODAY
layer-import = IMPORT
layer-move = MOVE
layer-form = FORM
layer-prompt = TYPE
layer-pick = PICK
layer-confirm = SURE?
layer-refused = REFUSED
layer-blank = BLANK

col-queue = No
col-tier = Ti
col-name = Name
col-sex = S
col-age = Ag
col-status = Status
col-home = Home
col-group = Grp
col-left = Left
legend-left = m minutes, h hours, d days; - overdue; 99d+ more than 99 days
col-signs = Sgn
col-officer = Offcr
col-line = Row
col-birth = Born
col-nik = NIK
col-remark = Remark

empty-desk =
    This desk is still empty.

    i   import a flight's manifest (CSV, XLSX, or a paste)
    n   take in one person who walks up
    ?   all commands

    The data lives in { $place }.
empty-role-pim = Leadership does not see single people. c opens the counts: how many stand where.
empty-role-aud = An auditor opens no case. x opens the trail: who looked at what. That nothing was taken out is proved by pulang verify --anchor.
empty-role-adm = The administrator opens no case. Gate tables are set by pulang gates.
empty-apart = Every case at this desk is handled apart: ask the supervisor on duty.
empty-typed = No case fits what is typed.
empty-query = No case fits. Press \ to see all.
pick-nothing = Nothing fits.

case-remarks = Manifest
case-attention = ATTENTION
case-why = Why
case-owed = OWED
case-owed-emergency = { $fact } (emergency: { $why })
case-next = To
case-ready = complete, may move
case-events = History
case-more = { $count } more lines { $down }
date-not-known = not known
case-alike = Alike:
case-hidden = Sections closed to your role: { $sections }
sign-sealed = SEALED CASE: only with those named in it
sign-dead = deceased: the main track stands still
sign-alone = child alone, parted, or without a verified guardian
sign-child-alone = CHILD alone
sign-child-parted = CHILD parted from the guardian
sign-child-unverified = CHILD without a verified guardian
sign-held = held: ask the supervisor
sign-barred-contact = somebody must not be contacted
sign-keep-apart = keep apart from somebody
sign-missing = contact lost
sign-close-asked = closing waits for a second person
sign-returned-before = was brought home before
sign-referred = emergency referral: hospital
sign-emergency-debt = an emergency debt is open
sign-refuses = refuses services
sign-needs-interpreter = needs an interpreter
sign-hearsay = remarks of the manifest not looked at yet
sealed-ask-supervisor = ask the supervisor on duty

form-intake = Take in a new person
form-full = Full form
form-fill-in = Fill in
form-refer = Emergency referral
form-hand-to-law = Handed to law enforcement
form-note = Note
form-flag = Flag
form-tier = Tier
form-birth = Baby born to
form-track = Track
form-screening = Trafficking screening
form-finding = Qualification
screening-keys = y yes   n no   ? not known
screening-answers-only = Answers, not a qualification: that is a finding, dated and sourced.
screening-group-act = Acts
screening-group-means = Means
screening-group-purpose = Purposes
screening-group-indicator = Signs of forced labour (ILO)
answer-yes = y
answer-no = n
answer-unknown = ?
form-die = Deceased
form-retract = Take the death back
retract-why = Reason
    .hint = the person lives; why it was recorded
form-movement = Movement
form-fix-row = Mend a row of the manifest
intake-alike = Perhaps registered already:
draft-detail = { $count } fields, { $ago }

prompt-count = { $count } cases
prompt-view-name = Name of the view
prompt-manifest = Manifest (path, or paste)
hint-apply = apply
hint-complete = complete
hint-take = take

view-all = All
view-red = Red and open
view-arriving = In transit and just arrived
view-children = Children
view-held = Held
view-mine = My cases

move-many = { $count ->
    [one] { $count } person
   *[other] { $count } people
}
move-choose = A letter chooses the status.
move-counts = { $go } can move, { $cannot } cannot yet. Enter moves those who can.
move-goes = moves
move-left-out = left out
move-ready = Complete. Enter moves.
move-owed = Will be owed: { $facts }
move-missing = Not yet. What is missing:
move-lacks = lacks: { $facts }
move-emergency = Reason of the emergency. What is missing becomes a debt with a deadline that the supervisor sees.
move-reason = Reason (kept in the history):

import-head = Movement { $name }  { $flight }  lands { $lands }  { $place }
import-counts = { $rows } rows: { $people } go in, { $same } known already, { $errors } errors, { $warnings } to look at
import-same-row = Same as row { $line }, { $name }: { $reasons }
import-on-desk = { $certainty }: { $number } { $name } ({ $reasons })

today-head = Today: { $count } deadlines, { $overdue } past
today-empty = Nothing is due until tomorrow.
today-debt = owed: { $fact }
today-emergency-debt = emergency debt: { $fact }
today-status = status deadline
today-close-asked = closing waits for approval

confirm-undo = Undo { $what }{ $who } ({ $count ->
    [one] { $count } person
   *[other] { $count } people
}, { $ago })? Enter yes, Esc no
confirm-drop-draft = Throw away the draft { $name }? It cannot be brought back. Enter yes, Esc no
confirm-redo = Bring back what was undone{ $who } ({ $count ->
    [one] { $count } person
   *[other] { $count } people
}, { $ago })? Enter yes, Esc no

notice-created = Saved: case { $number }.
notice-created-alike = Saved: case { $number }. Perhaps registered already: answer new or same before VERIF.
notice-left-out-unseen = { $count } left out on a likeness alone: c compares, Space takes in. Ctrl+s once more leaves them out.
notice-imported = { $count ->
    [one] { $count } person
   *[other] { $count } people
} taken in as one movement. u undoes.
notice-moved = { $count ->
    [one] { $count } person
   *[other] { $count } people
} moved to { $to }. u undoes.
notice-saved = Saved.
notice-arriving = Still loading; keys typed now wait.
notice-saving = saving…
notice-undone = Undone: { $count ->
    [one] { $count } person
   *[other] { $count } people
}.
notice-redone = Redone: { $count ->
    [one] { $count } person
   *[other] { $count } people
}.
notice-claimed = This case is yours now.
notice-noted = Note saved.
notice-flagged = Flag saved.
notice-referred = Emergency referral recorded; position: hospital. The rest is owed.
notice-referred-unknown = Emergency referral recorded: new case { $number }.
notice-taken-in = Saved. Now the referral: to where?
notice-outside-filter = Outside the filter; \ all.
notice-required = Must be filled in: { $fields }
note-unread = Not readable, as it was typed: { $what }
refer-unknown = unknown person
refer-who = Who
    .hint = empty: unknown. Wristband, case number or name
notice-handed-to-law = Hand-over to law enforcement recorded.
notice-track = Track saved.
notice-screened = Screening saved beside those before it.
notice-death-retracted = The death is taken back; the main track goes on.
notice-died = Death recorded; the main track stands still, the remains track begins.
notice-tier = Tier saved.
notice-view-saved = View saved.
notice-marked = { $count ->
    [one] { $count } person
   *[other] { $count } people
} marked.
notice-switched = Now as { $name }.
notice-unknown-key = This key does nothing here. ? for help.
notice-ctrl-c = Ctrl+C again to quit.
notice-scanning = scanning a passport…
notice-scanned = Passport read.
scanned-until = valid until { $day }
queue-without-movement = no movement: goes on from the wristbands of { $name }
notice-scan-broken = The scan broke off: scan again.
notice-scan-unreadable = The scan cannot be read: scan again.
notice-scan-failed = A check digit does not fit: { $fields }. Nothing was filled in; scan again or type.
notice-scan-differs = The scan differs from what is typed: { $fields }. Nothing was changed.
notice-scan-not-here = Scans are not taken in this form.
notice-paste-ignored = Paste ignored: letters are commands here.
notice-paste-cut = The paste was too long; its end was cut off.
notice-no-more-cases = No more cases in this direction.
notice-no-more-items = This part does not repeat.
notice-no-more-remarks = No other row to look at.
notice-nobody-waits = Nobody waits.
notice-nobody-can-go = Nobody can move yet. F4 fills in.
notice-nobody-to-import = Nobody new in this manifest.
notice-no-status-letter = This letter is no status.
notice-choose-status = Choose the status by its letter.
notice-reason-needed = A reason must be given.
notice-nothing-missing = Nothing needs to be filled in.
notice-fill-in-one-by-one = What is missing differs from person to person: fill in one by one.
notice-mend-field = A field is not right yet.
notice-form-empty = Nothing is filled in yet.
notice-nothing-changed = Nothing changed.
notice-not-repeated = This field is not copied from the person before.
notice-draft-dropped = Draft thrown away.
notice-not-kept = Cannot be kept as a draft; Esc again throws this form away. [{ $code }]
notice-not-taken-over = Not in the manifest yet: Ctrl+S takes it over, Esc again throws it away.
notice-line-full = This field is full: { $most } letters at most, the rest was not taken.
notice-file-again = The file is too large for a draft: choose the same file again.
notice-file-differs = Not the file of that draft: nothing was mended. The draft is still there.
notice-import-taken-up = The manifest goes on as the draft kept it.
banner-not-kept = ! Draft not kept: the disk does not take it. Do not close the form. [{ $code }]
notice-draft-kept = Draft kept; d opens it again.
notice-no-drafts = No drafts.
draft-unreadable = A draft that cannot be read
notice-draft-left = One of your drafts cannot be read; its file stays (d). Tell whoever keeps the machine. [F01]
notice-went-on-elsewhere = You have gone on in another session with the form that was open here.
notice-draft-elsewhere = This draft is open in another session of yours; finish it there, or close it there with Esc.
notice-draft-unreadable = This draft cannot be read.
notice-view-needs-name = A view needs a name.
notice-manifest-needs-path = Type the path of a file, or paste the rows.
notice-file-known = This file was imported before; nothing changed.
notice-many-refused = { $count ->
    [one] { $count } person
   *[other] { $count } people
} refused. The first: { $first }
notice-conflict = Somebody else changed: { $fields }. Choose for each field.
notice-conflict-settled = Decided. Save again with Ctrl+S.
notice-unknown-outcome = It is not certain that it was saved ({ $fault }). Save again: it will not be recorded twice.

why-not-nobody = Nobody is chosen.
why-not-one-only = For one person only: clear the marks with - first.
why-not-empty = The desk is still empty.
why-not-no-marks = There are no marks.
why-not-no-filter = There is no filter.
why-not-practice-only = On the practice desk only.
why-not-search-here = The search is in the list: Esc goes there, then /. What was typed is ignored.
why-not-search-role = Your role looks for nobody. What was typed is ignored.
why-not-confirmed = Cancelled: only Enter says yes. What was typed is ignored.
why-not-text-here = This list takes no letters: digits or arrows choose, Enter opens.
why-not-compartment = Law section: only the law liaison, this case's social worker or psychologist, and named supervisors.
notice-closed-to-you = This case is open to you no longer: ask the supervisor on duty.
why-not-edit-closed = No section of this case is yours to edit. :ask for access asks the owner office.
why-not-access = Your role or your office may not do this.
why-not-shared = No office shares this case.

refused-exists = It exists already.
refused-moved-on = The record changed meanwhile. Try again.
refused-nothing-asked = Nothing changed.
refused-no-answer = The writer does not answer.
refused-not-operator = You are not registered as an operator of this desk. Ask the supervisor.
refused-stranger = User { $uid } is not registered as an operator. Ask the supervisor.
refused-nothing-to-undo = There is no change of yours to undo.
refused-nothing-to-redo = There is nothing to redo.
refused-undo-too-late = More than an hour ago: only a correction with reason.
refused-undo-newer = Changed again since: it cannot be undone.
refused-undo-gone-out = Handed over or notified since: only a correction with reason.
refused-undo-unreadable = That change cannot be read any more.
refused-file-unreadable = The file cannot be read: { $path }
refused-no-number = Not a case number: { $number } (such as 26-004217-K).
refused-no-case = There is no case { $number }.
refused-not-empty = The folder holds a desk already: { $path }. Choose an empty one.

fault-writer-gone = The writer has ended. Start the program again; your drafts are kept.
fault-not-practice = This is a real desk: it is not opened for practice. Open it without --practice.
fault-is-practice = This is a practice desk: open it with --practice.
fault-thread = The system refuses another thread.
fault-snapshot = The snapshot of the index was not kept; the next start is slower.

progress-rebuild = rebuilding the store
progress-catch-up = catching up with the journal
progress-load = loading
progress-verify = checking

cli-disk-full = The disk is full: nothing was saved. Make room, then run it again.
cli-disk-read-only = The data folder cannot be written, and every look has to leave its trace. Ask whoever keeps the machine; to read now, copy the whole folder to a place that can be written and open the copy with --data.
cli-disk-error = The disk is failing: nothing was saved. Ask whoever keeps the machine; delete nothing in the data folder.
cli-needs-terminal = the full screen needs a terminal; for scripts use the commands (pulang --help).
verify-counts = { $lines } journal lines, { $trail } trail lines, { $records } records checked.
verify-whole = Whole: chain, trail, store and index agree.
verify-table-unreadable = { $table }: this gate table cannot be read; its office works by the one before.
verify-differs = { $of }: the store has another state than the journal
verify-not-whole = NOT whole. Copy the data folder first, delete nothing; then pulang restore SET COPY and pulang mend COPY (README).
practice-made = { $count } practice cases made in { $path }.
