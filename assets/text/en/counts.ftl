# Counts: how many stand where, on the screen, by command, and in the daily report.

layer-counts = COUNTS
cmd-counts = counts: how many stand where
    .hint = counts
why-not-counts = Counts are read by those who work on cases, and by leadership.

counts-at = Counts as of { $at }. Every table divides the same people: cases of the living that were not taken back, whatever their status.
counts-exact = Counted exactly: the cases that you find in the list, this office's own and those shared with it.
counts-masked = Counted: every office. Figures from one to four are not opened to readers who work on no case.
counts-beside = { $total } people in the tables; beside them { $remains } remains and { $apart } handled apart.
counts-legend = <5: one to four people. ..: closed so that the small figure beside it cannot be worked out.
counts-people = people
counts-not-said = not said
counts-total = total
counts-all-offices = all
counts-difference = difference

counts-head-status = Status by office
counts-says-status = Status as of now, by the office that owns the case.
counts-head-movement = Movements
counts-says-movement = claimed: the figure of the manifest; cases: on the desk; boarded: status JALAN to REINT; arrived: TIBA to REINT; handed: REINT; closed: TUTUP. Differences are to the figure on the left; to what was claimed everybody on the movement is counted, only where all its cases are this office's.
counts-says-movement-masked = claimed: the figure of the manifest; cases: on the desk; boarded: status JALAN to REINT; arrived: TIBA to REINT; handed: REINT; closed: TUTUP. Differences are to the figure on the left. Remains and sealed people are not among them; a claim that differs from the cases by one to four is closed.
counts-head-position = Position of the day
counts-says-position = The position recorded last, closed cases among them.
counts-head-tier = Tier
counts-says-tier = The column Ti of the list, as of now.
counts-head-age = Age
counts-says-age = Under 18 on the day on which the movement lands, or of the report; a doubted age counts as a child.
counts-head-province = Home province
counts-says-province = The province of the home area that was recorded.
counts-head-day = Since the beginning of today
counts-says-day = By when it happened, and by the office that owns the case now: reported, landed, handed to whoever receives, status TUTUP.
counts-minor = minors
counts-other = others
counts-claimed = claimed
counts-registered = cases
counts-boarded = boarded
counts-arrived = arrived
counts-handed = handed
counts-closed = closed
counts-other-movements = other movements
counts-no-movement = on no movement
counts-day-registered = reported
counts-day-arrived = arrived
counts-day-handed = handed
counts-day-closed = closed
counts-day-cut = More than { $most } cases changed today: those who arrived or were handed over are not counted.

counts-whole = whole
counts-living = living
counts-remains = remains
counts-apart = handled apart

counts-column-table = table
counts-column-row = row
counts-column-column = column
counts-column-people = people
counts-column-says = definition
counts-column-at = as of
cli-counts = counts how many stand where: status, movement, position, tier, age, home province, and what today changed
cli-counts-format = text (tables), csv (cells safe from formulas), or json

paper-lhr = daily report of counts
paper-bin = register of cases
paper-ksa = a family's proxy letter
print-leaders = a supervisor's or leadership's, without case numbers
why-not-report = The daily report is printed by supervisors and leadership.
refused-print-of-office = This paper is about an office's counts: no case numbers and no query.
refused-print-period = Its last day is before its first.
cli-print-from = cases of the own office reported from this day on, such as 01-11-2026; for the register
cli-print-to = and until this day; until now otherwise
