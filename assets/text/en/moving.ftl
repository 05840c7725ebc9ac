# The move dialog: going back, closing by two people, what is filled in on the way.
move-back = back: correction
move-reopen = reopened
move-back-needs-reason = { $what }; needs a reason (Enter)
move-back-left-out = { $what } from { $from } to { $to }, left out. Space takes in, with a reason.
move-left-out-whole = left out. Space takes in.
move-answers-close = closing asked for; waits for an answer
move-answered-alone = closing asked for: answer one by one
move-goes-emergency = moves, emergency
move-asks = asks for closing
move-counts-left-out = { $go } can move, { $cannot } cannot yet, { $out } left out. Enter moves those who can.
move-reason-back = { $what } to { $to } for { $who }. Reason (kept in the history):
move-decline = Reason for refusing or withdrawing the closing (kept in the history):
move-ready-asks = Complete. Enter asks for closing; the case stays in { $from } until a second person approves.
move-ready-approves = Enter approves: the case is closed. Del refuses with a reason.
move-request = Closing asked for:
move-approvers = Who can approve: { $people }
move-approvers-none = Nobody else of this office can approve: a second supervisor is needed.
move-supervisors = Ask a supervisor: { $people }
move-supervisors-none = This office has no other supervisor yet: ask the administrator to add one.
move-assessors = Somebody else judges readiness; ready needs a psychosocial assessment. Ask: { $people }. F4 records who has judged, and when.
move-assessors-none = Somebody else judges readiness: this office has no other social worker, psychologist or supervisor.
move-given-emergency = Emergency: { $why }
move-given-reason = Reason: { $why }
notice-close-asked = Closing asked: { $count ->
    [one] { $count } person
   *[other] { $count } people
}, not closed yet. Approvers: { $people }.
notice-close-asked-nobody = Closing asked: { $count ->
    [one] { $count } person
   *[other] { $count } people
}, but nobody else can approve yet.
notice-declined = Closing refused. The case stays open.
notice-nothing-to-decline = Nobody has asked for closing here.
notice-nobody-to-leave-out = Only in the table of many people.
notice-still-empty = Still empty: { $fields }
case-event-recorded = { $when } (recorded { $recorded })
form-example = (e.g. { $text })
form-no-contacts = No contact can receive yet: write one down first with e, page Contact.
form-no-assessors = No colleague of this office can judge yet.
contact-guardian = guardian
contact-verified = verified by { $by } ({ $how })
contact-unverified = not verified yet
refused-no-assessor = The assessor must be of this office: a social worker, psychologist or supervisor.
