# People alike, side by side: the comparison, its answers, and the reasons when one cannot be given.
layer-compare = COMPARE
cmd-compare = compare with those alike
    .hint = compare
cmd-same-person = the same person
    .hint = same
cmd-other-person = another person
    .hint = another

compare-place = { $place } of { $count }, { $certainty }
compare-nobody = Nobody alike at this desk.
compare-named = answered as the same person
compare-row = Row { $line }
compare-form = This form
compare-work = Place of work
compare-office = Office
compare-queue = queue { $queue }
compare-unsaid = -
compare-more = PgDn: { $count } more
accord-same = agrees
accord-near = nearly
accord-other = differs
verdict-same = same person
verdict-another = another

notice-nobody-alike = Nobody alike at this desk or in the file.
notice-answered-same = Answered: the same person. A supervisor links the two cases. u takes it back.
notice-linked = Answered and linked: the same person. u takes it back.
notice-answered-another = Noted: another person. This pair is not asked about again. u takes it back.
notice-answered-new = Answered: a new person. u takes it back.
notice-said-return = Came home before: linked when this is saved.
notice-said-another = Another person: noted when this is saved.
why-not-nobody-alike = Nobody is alike.
why-not-no-case = A row of the file is no case yet.
why-not-compare-here = Only while somebody is taken in.
