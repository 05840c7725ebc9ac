# The command line: help, mistakes in arguments, answers of commands.

cli = Pulang: desk software for bringing Indonesian migrant workers home. Without a command the desk opens on this terminal.
cli-arg-data = folder of the data; else $PULANG_DATA, else the user's data directory
cli-arg-key = the master key, where it is not kept with the data
cli-arg-json = answers and errors as JSON
cli-arg-practice = opens the practice desk: invented people, apart from every real one
cli-arg-solo = desk and screen in this one process, without a daemon
cli-arg-lang = language: id or en; else by the locale
cli-arg-help = this help
cli-arg-version = the program's version
cli-import = takes in a manifest: CSV (; , or tab) or XLSX
cli-import-file = the manifest; - reads standard input
cli-import-lands = the day on which the movement lands, such as 21-02-2026; else today
cli-import-name = name of the movement; else the file's name or the day of landing
cli-import-preview = only says what would be taken in
cli-list = lists the cases that a query finds, most urgent first
cli-list-query = such as status:tiba tingkat:1; without one, everybody
cli-list-limit = at most so many (1000)
cli-show = shows one case
cli-show-number = a case's number, such as 26-004217-K
cli-practice = makes a practice desk of any size in an empty folder
cli-practice-cases = how many cases (400), up to 1000000
cli-practice-seed = the same seed (1) gives the same people
cli-practice-entries = about how many entries of the journal each case has (1), up to 200
cli-gates = prints this office's gate table, checks a file, or brings it in
cli-gates-check = says everything that is wrong with a table, with line and key; - reads standard input
cli-gates-adopt = brings a table in for the own office; a supervisor's or administrator's
cli-gates-back = goes back to the table that comes with the program
cli-gates-from = from the beginning of this day, such as 01-12-2026; else as the table says
cli-ssh = what sshd runs for whoever logs in: a screen, or the one command of the desk that was asked for
cli-doctor = looks for what keeps a desk from working well on this machine, and says what to do
cli-keys = prints the key table
cli-keys-markdown = as a Markdown table

cli-head-usage = Usage:
cli-head-commands = Commands
cli-head-arguments = Arguments
cli-head-options = Options
cli-signs =
    Letters of the column Flag, on the screen:
      N dead   T held: ask the supervisor   W child alone or without a verified guardian
      R emergency referral   U emergency debt   P keep apart   X barred contact   C closing asked
      H out of contact   O refuses services   B was brought home before   J interpreter
      M manifest's remarks unchecked

    Exit codes: 0 done; 1 refused or not whole; 2 wrong arguments; 3 the data is in use; 4 a fault of the machine.

cli-mistake-command = There is no command "{ $arg }".{ $nearest ->
    [none] {""}
   *[other] {" "}Did you mean { $nearest }?
}
cli-mistake-option = There is no option "{ $arg }".{ $nearest ->
    [none] {""}
   *[other] {" "}Did you mean { $nearest }?
}
cli-mistake-value = The value "{ $value }" cannot be used for { $arg }.
cli-mistake-no-value = { $arg } needs a value.
cli-mistake-missing = Missing: { $arg }.
cli-mistake-conflict = { $arg } cannot go with { $other }.
cli-mistake-other = These arguments are not understood.
cli-mistake-help = All options: pulang --help.
cli-at-character = character { $at }: { $text }

refused-no-desk = There is no desk in { $path }: nothing was read and nothing was made. Check --data or $PULANG_DATA. A new desk is begun by pulang without a command, by import, by practice, or by operator add.
refused-check-letter = The check letter of { $number } does not fit its digits: one of them is mistyped. Perhaps { $nearest }.
practice-seen = { $who } of { $office } sees { $seen } of them; the others belong to other offices.
notice-practice = Practice desk: { $count } invented people; your office, { $office }, sees { $seen }, the others belong to other offices.
cli-left-out-unseen = Left out on a likeness to somebody at the desk alone, and nobody has looked: rows { $rows }. Compare them on the import screen.
