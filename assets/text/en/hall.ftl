# Wristband numbers: who wears which.
notice-band = Band { $queue }.
notice-band-another = Tie band { $queue }: { $offered } is on somebody else.
refused-queue-taken = Somebody else has number { $queue }. Enter takes the free one: { $next }.

# Access that is asked for by a case number alone.
form-ask-by-number = Ask for access
form-answer-access = Answer about access
field-inquiry-sections = Sections asked for
notice-access-filed = The question was received. Whether there is such a number is not said; who has it answers.
notice-access-unsaid = Write why it is not given: the office that asks reads it.
notice-access-no-sections = Choose the sections that are given.
access-granted = access given
refused-access-bare = Choose the sections that are asked for and write why.

# The last day of a share.
field-share-zone = Zone of last day

# A debt in a section that is not shared.
today-debt-apart = owed in another section

# What stands for the value of a command's option.
cli-value-act = ACT
cli-value-cases = CASES
cli-value-code = CODE
cli-value-codes = CODES
cli-value-columns = COLUMNS
cli-value-country = COUNTRY
cli-value-date = DATE
cli-value-day = DAY
cli-value-dir = DIR
cli-value-entries = ENTRIES
cli-value-file = FILE
cli-value-format = FORMAT
cli-value-into = INTO
cli-value-kind = KIND
cli-value-lang = LANG
cli-value-limit = LIMIT
cli-value-minutes = MINUTES
cli-value-name = NAME
cli-value-number = NUMBER
cli-value-numbers = NUMBERS
cli-value-office = OFFICE
cli-value-paper = PAPER
cli-value-parent = PARENT
cli-value-path = PATH
cli-value-query = QUERY
cli-value-recipient = RECIPIENT
cli-value-region = REGION
cli-value-roles = ROLES
cli-value-seed = SEED
cli-value-set = SET
cli-value-shell = SHELL
cli-value-text = TEXT
cli-value-when = WHEN
cli-value-when-idle = WHEN_IDLE
cli-value-zone = ZONE
cli-value-which = WHICH
cli-value-who = WHO


# One letter for the sex.
sex-letter-l = M
sex-letter-p = F

# Two cases that are not one person's after all.
cmd-unmerge = take apart: not the same person after all
    .hint = apart
form-unmerge = Two people after all
title-unmerge = From which case?
unmerge-why = Reason
notice-unmerged = Saved: two people. The pair is not asked about again. u takes it back.
why-not-unmerge-closed = { $number } was closed as a duplicate: reopen it first (t on that case), then take them apart.
why-not-not-linked = This case is not linked to another as the same person.
