# What to look at in NIK, document numbers and phone numbers.

# NIK
nik-too-short = NIK has { $digits } digits: { $missing } missing
nik-too-long = NIK has { $digits } digits: { $extra } too many
nik-not-a-digit = There is { $sign } among the digits of the NIK; perhaps the letter O for zero
nik-spreadsheet = Excel has damaged the NIK; ask for the original file with the column as text
nik-zero = { $part ->
    [province] The province
    [regency] The regency
    [district] The district
   *[serial] The serial number
} in the NIK cannot be zero
nik-province-unknown = There is no province { $code } at the start of the NIK
nik-east-timor = The NIK begins with 54: East Timor; check the document
nik-regency-renumbered = Code { $code } in the NIK is now { $now } { $name }
nik-regency-maybe-split = Code { $code } is an old one; perhaps now in { $name }
nik-regency-unknown = Regency { $code } is not known in { $name }; an old code or a split?
nik-district-unknown = District { $code } is not known in { $name }; an old code or a split?
nik-regency-two-readings = Code { $code } means { $now } now and { $before } before; ask
nik-date-impossible = The date { $day }-{ $month }-{ $year } in the NIK is impossible
nik-age-young = Age by the NIK is { $age }; check
nik-age-old = Age by the NIK is { $age }; check the century of birth
nik-birth-differs = Born { $given }, by the NIK { $by-nik }; which is right?
nik-sex-differs = Sex { $given }, by the NIK { $by-nik }; which is right?
nik-maybe-family-card = This may be the family card number, not the NIK

# Document numbers
document-spreadsheet = Excel has damaged the document number; ask for the original file with the column as text
document-too-long = The document number has { $characters } letters and digits: too long
document-unusual-pattern = An unusual document number; check it
document-maybe-misread = Perhaps { $suggestion }: a letter for a digit?
document-valid-too-long = An SPLP is valid for { $years } years at most; check the dates
document-expires-before-issue = It expires before it was issued; check
document-expired = The document expired on { $on }
document-name-too-long = The name has { $characters } letters; a passport holds { $limit }

# Phone numbers
phone-too-short = The phone number has { $digits } digits: too short
phone-too-long = The phone number has { $digits } digits: too long
phone-not-a-digit = There is { $sign } in the phone number
phone-spreadsheet = Excel has damaged the phone number; ask for the original file with the column as text
phone-prefix-unknown = Prefix { $prefix } is not known; check it
phone-country-unknown = The country code is not known; check it
phone-several = There are several numbers; only the first was read
phone-maybe-abroad = Perhaps a number of { $country }; if so, write it with +

# Passport scan (MRZ): fields, and why it cannot be read
mrz-kind = kind of document
mrz-issuer = issuing country
mrz-name = name
mrz-number = document number
mrz-nationality = nationality
mrz-birth = date of birth
mrz-sex = sex
mrz-expiry = date of expiry
mrz-optional = optional data
mrz-composite = composite check digit
mrz-not-a-passport = This is not the code of a passport
mrz-length = The lines have { $first } and { $second } characters instead of 44 and 44. Scan again
mrz-character = Character { $position } cannot stand in the code of a passport. Scan again

# Why two names are alike
name-identical = same name
name-spelling = other spelling, same sound
name-order = other order of words
name-glued = written together
name-title = title left aside
name-initial = initial fits
name-near = one or two letters differ
name-ending = endings differ
name-missing = a word is missing
name-frequent-only = only common names agree
name-father-agrees = father's name agrees
name-father-differs = father's name differs
