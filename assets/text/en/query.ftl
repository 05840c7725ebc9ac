# The query language: errors, names of fields, and reasons for duplicates.

query-too-long = The query is too long: at most 200 characters.
query-too-deep = Too many brackets inside one another.
query-unknown-field = There is no field of this name.{ $nearest ->
    [none] {""}
   *[other] {" "}Did you mean { $nearest }?
}
query-unknown-value = This value is not known, or could mean several.{ $nearest ->
    [none] {""}
   *[other] {" "}Did you mean { $nearest }?
}
query-missing-value = The value is missing.
query-missing-term = A word or a field should stand here.
query-open-bracket = This bracket is not closed.
query-close-bracket = This closing bracket has no partner.
query-open-quote = This quotation mark is not closed.
query-empty-word = There is no letter or digit to look for.
query-check-letter = The check letter does not fit the digits: one of them is mistyped. Did you mean { $nearest }?
query-one-of = This value is unknown. There are: { $nearest }.
query-count = This is not a number.
query-number = This is not a number or a case number; for example 26-004217-K.
query-date = This date cannot be read; for example 21-02-2026, 2026-02, 1998, yesterday.
query-unit = This unit could be misread. Type { $nearest }.
query-operator = This sign does not go with this field.
query-no-me = "me" has no meaning here: there is no officer or office.

query-field-status = status of the case
query-field-tingkat = tier: red, yellow, green, remains
query-field-nama = names and aliases, in any spelling
query-field-nik = NIK or part of it
query-field-dokumen = passport or travel document number
query-field-hp = phone number
query-field-nomor = case number
query-field-kelamin = male or female
query-field-umur = age on arrival
query-field-lahir = day, month or year of birth
query-field-asal = home province or regency
query-field-negara = country of work
query-field-kelompok = group code
query-field-antrian = queue or wristband number
query-field-kloter = movement
query-field-kantor = office that owns the case
query-field-petugas = officer; me is myself
query-field-posisi = last position
query-field-keselamatan = safety
query-field-sektor = sector of work
query-field-masalah = kind of problem
query-field-prosedural = procedural or nonprocedural
query-field-jalur = channel of departure
query-field-tanda = signs on the row: child, alone, held …
query-field-tenggat = due: overdue, today, <4hours
query-field-utang = facts owed: how many, or when due
query-field-menunggu = since when in this status: >2days
query-field-diubah = last changed: <2days
query-field-lapor = time of the report

certainty-sure = SURELY THE SAME
certainty-strong = STRONG
certainty-maybe = MAYBE

reason-same-nik = same NIK
reason-same-document = same document number
reason-same-phone = same phone number
reason-same-name = name sounds the same
reason-like-name = name is similar
reason-same-birth = same date of birth
reason-swapped-birth = day and month of birth swapped
reason-near-birth = date of birth differs in one digit
reason-near-age = at most a year apart in age
reason-same-home = same home regency
reason-other-sex = different sex
reason-far-age = more than three years apart
reason-maybe-twin = may be a twin
