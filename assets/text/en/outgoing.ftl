# Commands inside an open desk, export, print, shell completions and the manual page.

refused-of-machine = The command { $command } concerns files of this machine and does not run inside an open desk. Run it on that machine as the service's own user, for example: sudo -u pulang pulang { $command } …
cli-no-screen-inside = Only commands run here; the screen opens with pulang without a command, on a terminal of its own.
cli-too-many-words = The arguments are too many or too long.

cli-export = writes the cases of a query to standard output, for a spreadsheet or a program; a supervisor's, with a reason
cli-export-query = such as status:tiba; without one, everything that may go out
cli-export-format = csv (cells safe from formulas), xlsx, or jsonl
cli-export-columns = codes of fields, or the name of a set of columns (dasar, sisko), with commas between
cli-export-reason = why, in ten letters at least; it is kept for good and names nobody
cli-completions = prints what a shell needs to complete commands
cli-completions-shell = bash, zsh or fish
cli-manual = prints the manual page, for man
cli-not-to-terminal = An XLSX workbook is not written to a terminal: send it to a file, such as … > cases.xlsx
export-done = { $count ->
    [one] { $count } case went out.
   *[other] { $count } cases went out.
}{ $left ->
    [0] {""}
   *[other] {" "}{ $left } may not go out and were left out.
}
export-no-column = There is no column "{ $code }".{ $nearest ->
    [none] {""}
   *[other] {" "}Did you mean { $nearest }?
} Sets of columns: { $sets }.
refused-export-many = { $found } cases are too many for one export: { $most } at most. Narrow the query.
refused-xlsx-many = Too many for one XLSX workbook with these columns: { $most } cases at most. Narrow the query, or use csv or jsonl.

manual-name = NAME
manual-synopsis = SYNOPSIS
manual-description = DESCRIPTION
manual-extra = SIGNS AND EXIT CODES
