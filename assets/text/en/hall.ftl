# Wristband numbers: who wears which.
notice-band = Band { $queue }.
notice-band-another = Tie band { $queue }: { $offered } is on somebody else.
refused-queue-taken = Number { $queue } is on somebody else. Next free number: { $next }.
