# Manifest import: why a file is refused, what is odd about a row, which lines are passed over, who is the same.

manifest-empty = The file is empty
manifest-too-large = The file is larger than { $most } MiB; send the manifest alone, without pictures
manifest-not-a-table = This is not a table. What can be read: XLSX, CSV, or a pasted table
manifest-old-workbook = An old Excel file, or one with a password. Save it as .xlsx without a password and try again
manifest-workbook-damaged = This Excel file is damaged or no .xlsx. Save it again, or paste the table
manifest-unfolds-too-large = What this Excel file holds is too large for a manifest
manifest-no-header = No line of column headers was found. It needs a Name column and at least one more, such as NIK or Date of birth
manifest-no-people = There are column headers, but nobody below them
manifest-too-many-rows = More than { $most } rows; split the file
manifest-too-many-columns = Line { $line } has more than { $most } columns
manifest-cell-too-long = Line { $line }, column { $column }: the cell has more than { $most } characters. Perhaps a quotation mark was not closed

manifest-name-missing = No name
manifest-name-digits = There are digits in the name
manifest-cell-lines = The cell of the name has more than one line; check quotation marks and the people below
manifest-text-cut = Cut to { $most } characters
manifest-sex-missing = No sex
manifest-sex-unread = Sex could not be read: { $typed }
manifest-birth-missing = No date of birth
manifest-birth-impossible = Not a possible date of birth: { $typed }
manifest-date-unread = Not a date: { $typed }
manifest-date-ambiguous = Read as { $read }; it could also be { $other }
manifest-date-month-first = Written month first; read as { $read }
manifest-date-serial = An Excel day number; read as { $read }
manifest-date-short-year = A two-digit year; read as { $read }
manifest-date-only-year = The year alone; recorded as about { $read }
manifest-nik-missing = No NIK
manifest-nik-rounded = The NIK was stored as a number; its last digit may be lost
manifest-document-missing = No travel document
manifest-document-kind-unread = Unknown kind of document: { $typed }
manifest-home-missing = No home area
manifest-home-unknown = Unknown home area
manifest-home-unclear = The home area could be: { $candidates }
manifest-country-unread = Unknown nationality: { $typed }
manifest-queue-unread = The wristband number is not 1 to 9999: { $typed }

manifest-line-total = A line of totals, passed over
manifest-line-header-again = Column headers again, passed over
manifest-line-not-a-person = Not a person, passed over

manifest-same-nik = same NIK
manifest-same-document = same document number
manifest-same-birth = same name and date of birth
manifest-turned-birth = same name, day and month of birth exchanged
manifest-same-phone = same phone
manifest-certainty-certain = SURELY THE SAME
manifest-certainty-strong = STRONG
manifest-certainty-possible = POSSIBLE
manifest-severity-error = error
manifest-severity-warning = check
manifest-severity-note = note
