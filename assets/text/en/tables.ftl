# The gate table of an office: what is wrong in it, which one holds, since when.

table-toml = Line { $line }, column { $column }: not a whole gate table. The TOML reader says: { $words }
table-not-text = Line { $line }: not UTF-8 text.
table-too-long = The table has more than { $most } bytes. A gate table is a page or two.
table-unknown = Line { $line }, column { $column }, { $key }: "{ $what }" is no known { $field }.
table-unknown-near = Line { $line }, column { $column }, { $key }: "{ $what }" is no known { $field }. Did you mean { $near }?
table-span = Line { $line }, column { $column }, { $key }: "{ $what }" is no time such as 15m, 24h, 7d, "before PULDA" or "before leaving".
table-day = Line { $line }, column { $column }, { $key }: "{ $what }" is no day such as 2026-12-01.
table-twice = Line { $line }, { $key }: stands further up already.
table-lacking = Missing: { $what }. Every table has it.
table-floor = Line { $line }, { $key }: { $code } ({ $fact }) must be required here; no office may drop it.
table-two-people = Line { $line }, { $key }: a second person always approves this reason (two = true).
table-forgives = Line { $line }, { $key }: this reason does not forgive what is still owed.
table-clock = Line { $line }, { $key }: this reason always waits; give it a clock with days of at least 1.
table-backward = Line { $line }, { $key }: back from { $what } goes a supervisor's correction only.
table-no-end = Line { $line }, column { $column }, { $key }: no track ends in { $what }.
table-unidentified = Line { $line }, { $key }: the remains must have been identified by now (remains-identified, here or in every step before).
table-bounds = Line { $line }, column { $column }, { $key }: outside of { $least } to { $most }.
table-sort-fact = fact
table-sort-status = status
table-sort-role = role
table-sort-position = position
table-sort-reason = reason of closing
table-sort-track = track
table-sort-state = state of a track
table-sort-cause = cause of urgency

table-is-built-in = Table { $version }, of the program; { $office } has never had another.
table-is-built-in-again = Table { $version }, of the program, for { $office } since { $from } ({ $by }).
table-is-own = Table { $version }, of { $office }, since { $from } ({ $by }).
table-coming = To come: { $table }
table-is-whole = Table { $version } is whole and may be used.
table-adopted = Table { $version } holds for { $office } from { $from }.
table-gone-back = The program's table { $version } holds again for { $office } from { $from }.

refused-table-past = A table holds from today at the earliest: what has happened is not judged anew.
refused-table-far = A table holds from two years ahead at the latest.
refused-table-stays = A table is not edited; bring in another one with another version.
refused-table-many = This office has brought in { $most } tables, and that is the limit.
refused-table-version = Version { $version } was used for another text. Give it a new version: every move records it.
