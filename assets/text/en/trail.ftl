# Who is with whom, who looked at what: presence, trail, anchors.
company-open = also open: { $people }
company-oneself = you, at another screen
notice-changed-here = { $who } has just changed this case.
notice-table-changed = The gate table of this office is now { $version } ({ $who }).
notice-missed = Much has changed; everything was read again.

cli-anchor = prints where journal and trail stand, signed, to be kept outside
cli-verify-anchor = a file of anchors that were kept outside: whether the chains still contain them; - reads standard input
anchor-keep = Keep it away from this machine, every day: print it, or send it to the auditor. Later: pulang verify --anchor FILE
anchor-journal = journal
anchor-trail = trail
anchor-holds = Anchor of { $at }: the journal up to line { $journal } and the trail up to line { $trail } are there, whole.
anchor-holds-not = Anchor of { $at } (journal { $journal }, trail { $trail }) is NOT met:
anchor-forged = the signature of this sheet is wrong: the sheet itself was altered, or copied wrong.
anchor-other-key = this sheet was signed by another key: another desk's, or this desk was given another.
anchor-cut-tail = { $chain }: its tail was cut off. The chain ends at line { $last }, though there was a line { $line }.
anchor-rewritten = { $chain }: rewritten. Line { $line } is not the anchored one any more; the last one that is proved is line { $after }.
anchor-damaged = { $chain }: line { $first }: { $what }.
anchor-too-many = Line { $line }: too many anchors in one file.
anchor-no-json = Line { $line } is no anchor as pulang anchor --json prints it.
anchor-none = There is no anchor in this file: one begins with PULANG ANCHOR 1.
anchor-mistyped = Line { $line } is mistyped: the four letters behind # do not fit the rest.
anchor-out-of-order = Line { $line } does not go on with the anchor: a line was left out.
anchor-cut = The anchor ends before it is complete, at line { $line }.
