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

paper-kar = queue card
paper-bai = record of handing one person over
paper-bak = record of handing several people over
paper-man = manifest of a movement
paper-dhr = attendance list of registration
paper-ptr = cover letter to the home region
paper-tlk = statement of refusing rehabilitation
paper-rks = summary of a case
paper-rkm = summary of a case, masked
paper-skr = screening sheet
paper-jnz = checklist for remains
paper-ttb = receipt of belongings

print-number = { $number } copy { $copy }
print-by = printed { $at } by { $by }, { $office }
print-page = p.
print-yes = yes
print-no = no
print-officers = a paper of the officer's step
print-supervisors = a supervisor's, with --reason
print-no-paper = There is no paper "{ $paper }". There are: { $all }.
print-left-out = { $left } cases may not be printed and were left out.
refused-print-nobody = No case may stand on this paper.
refused-print-many = { $most } cases at most in one print.
verb-print = printed
cli-print = prints a paper of cases to standard output, with number, copy, who, when and SHA-256
cli-print-paper = such as bast or kartu-antrean; without one, the papers there are
cli-print-numbers = numbers of cases
cli-print-query = the cases that a query finds, such as tingkat:1
cli-print-reason = why, for lists and summaries; it is kept for good and names nobody
cli-print-preview = only shows how it will look: no number, no mark
field-print-paper = Paper
field-print-no = Print number
field-print-copy = Copy
field-print-by = Printed by
field-print-at = Printed at
field-print-sha = Print hash
field-office-print = Last print no.

layer-preview = PAPER
cmd-print = see a paper before it is printed
    .hint = paper
title-papers = Papers
preview-command = Print: ssh BOX { $command }
preview-lines = line { $last } of { $all }, no number yet{ $left ->
    [0] {""}
   *[other] ; { $left } cases may not stand on this paper
}

cli-usage-options = [OPTIONS]
cli-usage-command = COMMAND
part-print = Print
