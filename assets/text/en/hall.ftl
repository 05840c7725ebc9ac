# Wristband numbers: who wears which.
notice-band = Band { $queue }.
notice-band-another = Tie band { $queue }: { $offered } is on somebody else.
refused-queue-taken = Number { $queue } is on somebody else. Next free number: { $next }.

# Access that is asked for by a case number alone.
form-ask-by-number = Ask for access
form-answer-access = Answer about access
field-inquiry-sections = Sections asked for
notice-access-filed = The question was received. Whether there is such a number is not said; who has it answers.
notice-access-unsaid = Choose the sections that are given, or write why not.
access-granted = access given
refused-access-bare = Choose the sections that are asked for and write why.

# The last day of a share.
field-share-zone = Time zone of the share

# A debt in a section that is not shared.
today-debt-apart = owed in another section
