# Labels of fields, at most 24 cells; .hint is an example for typing.

# The person
field-name = Full name
    .hint = Siti Nur Aini; one word will do
field-name-kind = Kind of name
field-passport-name = Name in passport
    .hint = as printed, without punctuation
field-aliases = Nicknames, aliases
    .hint = separate with ;
field-nik = NIK
    .hint = 16 digits from identity or family card
field-nik-raw = NIK as written
field-sex = Sex
    .hint = L male or P female
field-birth = Date of birth
    .hint = 21-2-98, ~17 for an age, ? not known
field-birth-raw = Birth date as written
field-is-age-doubted = Age in doubt
    .hint = y if possibly still a child
field-birth-place = Place of birth
field-family-card = Family card no.
    .hint = 16 digits
field-nationality = Nationality
    .hint = IDN
field-nationality-evidence = Nationality evidence
field-marital = Marital status
field-home = Home area
    .hint = name of district or regency, or 71.71.08
field-home-text = Home area as written
field-registered-address = Registered address
field-actual-address = Actual address
field-language = Language
    .hint = Indonesian; Buginese
field-interpreter = Needs interpreter
field-marks = Distinguishing marks
field-identity-source = Source of identity
field-identity-checked-at = Identity checked
field-identity-checked-by = Identity checked by

# Documents
field-doc-kind = Kind of document
field-doc-no = Document no.
    .hint = X1234567
field-doc-name = Name on document
field-doc-issuer = Issuing country
field-doc-issued = Date of issue
field-doc-until = Valid until
    .hint = 21-2-28
field-doc-state = Whereabouts
field-doc-holder = Held by
    .hint = name of person or body

# Phones and contacts
field-phone-no = Phone no.
    .hint = 0812…, +855…; - if none
field-phone-whose = Whose phone
field-phone-safe = Safe to call
field-contact-name = Contact name
field-contact-relation = Relation
field-contact-phone = Contact phone
field-contact-address = Contact address
field-contact-is-guardian = Legal guardian
field-contact-verified-by = Verified by
field-contact-verified-how = How verified
field-contact-verified-at = Verified at
field-contact-is-barred = Do not contact
field-contact-barred-why = Why not to contact
field-contact-barred-by = Barred by
field-contact-is-recruiter = Linked to recruiter
field-travel-group = Group
    .hint = A1: one code for those together
field-group-relation = Relation in group
field-company = Child travels
field-consent-data = Consent to data use
field-consent-at = Time of consent

# Work and departure
field-work-country = Country of work
    .hint = KHM or Cambodia
field-work-city = City of work
field-compound = Company or compound
field-sector = Sector
field-work-from = Began work
    .hint = ~nov 2024 if roughly known
field-left-compound = Left compound
field-channel = Departure channel
field-recruiter = Recruiter
field-recruiter-licence = Recruiter licence
field-recruiter-phone = Recruiter phone
field-recruited-on = Recruited on
field-departed-on = Departed on
field-visa = Kind of visa
field-job-promised = Job promised
field-pay-promised = Pay promised
    .hint = USD 800 a month
field-problems = Problems
    .hint = ONS, GAJ
field-siskop = SISKOP2MI check
field-siskop-at = SISKOP2MI checked at
field-siskop-by = SISKOP2MI checked by
field-pmi-no = PMI ID
field-procedural = Procedural
field-procedural-note = Reason of the finding
field-skills = Skills
    .hint = welding; cooking; Mandarin

# Report and position
field-report-channel = Reported through
field-reported-at = Reported at
    .hint = yesterday 22:15, -3h
field-report-country = Country at report
field-complaint-no = Complaint no.
field-position = Last position
field-position-place = Place
field-position-at = Position as of
field-position-source = Source of position
field-safety = Safety
field-safety-at = Safety as of
field-safety-source = Source of safety
field-duplicate-answer = Duplicate question
field-wish = Wish to return
field-papers-missing = Papers missing
field-is-media-closed = Closed to media
field-remarks = Manifest remarks
field-remarks-checked-at = Remarks checked at
field-last-contact = Last contact

# Journey
field-movement = Movement
field-seat = Seat
    .hint = 12A
field-queue = Queue no.
field-has-boarded = Has boarded
field-landed-at = Landed at
field-landed-place = Point of entry
    .hint = Soekarno-Hatta T3
field-seen-by = Seen by
field-exit-permit = Exit permit
field-fine = Immigration fine
field-cost-bearer = Cost bearer
field-destination = Destination
field-destination-place = Destination address
field-route = Route
    .hint = GA 602 to Manado, then by road
field-receiver-notified-at = Receiver notified
field-handed-to = Handed to
field-handed-relation = Receiver's relation
field-handed-contact = Receiver's contact
field-handed-at = Handed over at
field-handover-no = Handover record no.
field-village-witness = Village witness

# Health
field-checks = Quick checks
    .hint = HS; 0 if nothing
field-checks-at = Quick checks at
field-needs-hospital = Needs hospital
field-pregnant-weeks = Weeks of pregnancy
field-pregnancy-complaint = Pregnancy complaint
field-chronic = Chronic illness, drugs
field-infectious = Infection suspected
field-suicidal-talk = Suicidal talk
field-sexual-violence-at = Sexual violence on
field-direct-threat = Direct threat
field-strong-trauma = Strong trauma signs
field-was-in-custody = Was in custody
field-has-no-family-contact = No family contact
field-travels-with-child = Travels with child
field-fit-to-travel-until = Fit to travel until
field-fit-to-travel-by = Fitness letter by
    .hint = doctor, hospital
field-health-checked-at = Health checked at
field-rights-told = Rights explained
field-raised-tier = Raised tier
field-raised-tier-by = Tier raised by
field-raised-tier-why = Why tier was raised

# Care
field-facility = Facility
    .hint = Sentra Handayani
field-bed = Bed
field-received-by = Received by
field-admitted-at = Admitted at
field-care-consent = Consent to care
field-care-consent-no = Consent letter no.
field-admission-record = Admission record
field-needs = Needs
field-review-on = Review on
    .hint = +7
field-readiness = Readiness to return
field-readiness-by = Readiness judged by
field-readiness-on = Readiness judged on
field-psychosocial-on = Psychosocial review

# Closing
field-close-reason = Reason for closing
field-close-no = Letter no.
field-close-note = Closing note
field-duplicate-of = Duplicate of
field-taken-over-by = Taken over by

# Set by the program
field-status = Status
field-status-at = Status since
field-owner = Owner
field-officer = Officer
field-is-sealed = Sealed
field-is-withdrawn = Withdrawn
field-close-asked-by = Closing asked by
field-close-asked-at = Closing asked at
field-died-at = Died at
field-import-row = Row in the file
field-case-number = Case no.

# Notes, flags, debts
field-note-text = Note
field-note-by = Noted by
field-note-at = Noted at
field-flag = Flag
field-flag-from = Flag from
field-flag-to = Flag until
field-flag-by = Flagged by
field-flag-why = Why flagged
field-flag-other = Against case
field-debt-fact = Owed fact
field-debt-for = Owed for
field-debt-due = Owed until
field-debt-is-emergency = Emergency
field-debt-why = Why owed
field-debt-by = Debt entered by
field-debt-settled-at = Debt settled at

# Belongings, tracks
field-belonging = Belonging
field-belonging-where = Kept at
field-belonging-returned-at = Returned at
field-track = Track
field-track-state = Stage
field-track-at = Stage since
field-track-no = Reference no.
    .hint = LP/B/…
field-track-taken-over-by = Track taken over by

# Screening and qualification
field-screened-at = Screened at
field-screened-by = Screened by
field-acts-yes = Acts: yes
field-acts-unknown = Acts: not known
field-means-yes = Means: yes
field-means-unknown = Means: not known
field-purposes-yes = Purposes: yes
field-purposes-unknown = Purposes: not known
field-indicators = Forced-labour signs
    .hint = 1, 7, 8
field-indicators-unknown = Signs: not known
field-finding = Qualification
field-finding-source = Determined by
    .hint = police, court
field-finding-on = Determined on
field-finding-no = Determination no.

# Emergency referral, custody, links
field-referral-to = Referred to
field-referral-ambulance = Ambulance
field-referral-at = Referred at
field-referral-companion = Companion
field-referral-received-by = Referral received by
field-custody-officer = Receiving officer
field-custody-officer-no = Officer's number
field-custody-unit = Unit
field-custody-letter = Letter
    .hint = or: not yet
field-custody-to = Taken to
field-custody-companion = Custody companion
field-custody-at = Handed to law at
field-link-case = Linked case
field-link-kind = Kind of link
field-link-by = Linked by

# Movements, operators, offices, views, tables
field-move-name = Movement name
    .hint = PP-CGK 1
field-move-flight = Flight
    .hint = GA 895
field-move-from = From country
field-move-departs = Departs at
field-move-lands = Landing date
field-move-place = Landing place
field-move-claimed = Claimed headcount
field-move-file = Manifest file
field-move-file-rows = Manifest rows
field-operator-name = Operator name
field-operator-uid = UID
field-operator-roles = Roles
field-operator-office = Operator's office
field-office-name = Office name
field-office-code = Office code
field-office-level = Office level
field-office-zone = Time zone
field-office-region = Region served
field-view-name = View name
field-view-query = Query
    .hint = status:rehab umur:<18
field-view-slot = Shortcut digit
field-view-owner = View owner
field-table-name = Table name
field-table-text = Table text
field-table-office = Table of office
field-table-from = In force from
field-table-by = Brought in by
field-table-no = Table number

# Death, remains, sharing, seal.
field-death-place = place of death
field-death-cause = cause of death
field-death-nature = natural or not
field-remains-identified-at = remains identified
field-remains-identified-by = identified by
field-heir-name = heir
field-heir-relation = relation of the heir
field-heir-consent-at = consent of the heir
field-remains-papers = papers of the remains
field-air-waybill = air waybill
field-flag-reviewed-at = flag reviewed
field-flag-cleared-at = flag cleared
field-share-office = shared with office
field-share-sections = sections shared
field-share-by = shared by
field-named-operator = named operator
field-named-by = named by
field-sealed-by = sealed by
field-sealed-at = sealed at
