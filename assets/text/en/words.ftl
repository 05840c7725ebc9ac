# Names of codes, pages, sections and history.

# Pages of the form
page-person = Person
page-contact = Contacts
page-work = Work
page-report = Report
page-journey = Journey
page-health = Health
page-care = Care
page-law = Law
page-close = Closing
page-none = Other

# Sections for access
section-identity = Identity
section-contact = Contacts
section-work = Work
section-journey = Journey
section-health = Health
section-care = Care
section-law = Law
section-desk = Handling
section-office = Office

# Parts of a record
part-own = Case data
part-document = Document
part-phone = Phone
part-contact = Contact
part-note = Note
part-flag = Flag
part-debt = Debt
part-belonging = Belonging
part-track = Track
part-screening = Screening
part-finding = Qualification
part-referral = Emergency referral
part-custody = Handover to law enforcement
part-link = Link

# Kinds of subjects
kind-case = Case
kind-movement = Movement
kind-incident = Incident
kind-office = Office
kind-operator = Operator
kind-view = View
kind-table = Table

# History: what was done
verb-create = created
    .noun = the new case
verb-edit = edited
    .noun = the edit
verb-move = moved on
    .noun = the move
verb-correct = corrected
    .noun = the correction
verb-reopen = reopened
    .noun = the reopening
verb-ask-close = closing asked
    .noun = the request to close
verb-close = closed
    .noun = the closing
verb-note = noted
    .noun = the note
verb-flag = flagged
    .noun = the flag
verb-refer = referred in emergency
    .noun = the emergency referral
verb-hand-to-law = handed to law enforcement
    .noun = the handover to law enforcement
verb-tier = tier changed
    .noun = the change of tier
verb-settle = debt settled
    .noun = the settled debt
verb-link = linked
    .noun = the link
verb-claim = claimed
    .noun = the claim
verb-die = recorded as deceased
    .noun = the record of death
verb-withdraw = withdrawn
    .noun = the withdrawal
verb-undo = undone
    .noun = the undo
verb-redo = redone
    .noun = the redo
verb-other = other change
    .noun = the change

# Precision of dates and times
precision-certain = certain
precision-estimated = estimated
precision-unknown = not known

# Yes and no
yes = yes
no = no

# Sex
sex-l = Male
sex-p = Female

# Kind of name
name-kind-lkp = Full name
name-kind-ini = Initials
name-kind-tdk = Unknown person

# Marital status
marital-blm = Single
marital-kwn = Married
marital-crh = Divorced
marital-crm = Widowed

# Evidence of nationality
nationality-evidence-psp = Passport or SPLP
nationality-evidence-ktp = Identity card
nationality-evidence-akt = Birth certificate
nationality-evidence-kk = Family card
nationality-evidence-duk = Civil registry data
nationality-evidence-pgk = Own statement

# Source of identity
identity-source-ktp = Identity card
identity-source-psp = Passport
identity-source-spl = Emergency travel document
identity-source-kk = Family card
identity-source-akt = Birth certificate
identity-source-ijz = School certificate
identity-source-klg = Statement of family
identity-source-pgk = Own statement

# Kinds of documents
doc-kind-psp = Passport
doc-kind-spl = Emergency travel document
doc-kind-ktp = Identity card
doc-kind-kk = Family card
doc-kind-akt = Birth certificate
doc-kind-ijz = School certificate
doc-kind-lai = Other

# Whereabouts of documents
doc-state-pgg = In own hands
doc-state-skt = Taken by syndicate
doc-state-maj = Withheld by employer
doc-state-pol = Seized by police
doc-state-hlg = Lost
doc-state-mgk = Says there is none
doc-state-kdl = Expired
doc-state-gti = Replaced

# Safe to call
safe-y = Safe
safe-t = Not safe
safe-tdk = Not known

# Relations
relation-ayh = Father
relation-ibu = Mother
relation-smi = Husband
relation-ist = Wife
relation-ank = Child
relation-kak = Elder sibling
relation-adk = Younger sibling
relation-wal = Guardian
relation-klg = Other family
relation-ksa = Proxy
relation-pmd = Local government
relation-lbg = Social agency
relation-dri = Self
relation-lai = Other

# How verified
verified-how-kk = Family card
verified-how-ktp = Identity card
verified-how-akt = Birth certificate
verified-how-pmd = Local government statement
verified-how-vid = Video call
verified-how-lbg = Social agency

# Relation within a group
group-relation-klg = Family
group-relation-psg = Couple
group-relation-tmn = Friends
group-relation-psh = Separated

# How a child travels
company-brs = With guardian
company-trp = Separated from guardian
company-snd = Alone

# Consent to data use
consent-ya = Given
consent-tdk = Refused
consent-blm = Not yet asked

# Sectors
sector-scm = Online scam
sector-jdl = Online gambling
sector-scj = Scam and gambling
sector-rmt = Domestic work
sector-bgn = Construction
sector-pbr = Factory
sector-rst = Restaurant
sector-lai = Other
sector-tdk = Not known

# Departure channels
channel-p3m = Licensed agency (P3MI)
channel-mdr = On their own
channel-rek = Private recruiter
channel-med = Social media
channel-kel = Family or friends
channel-tdk = Not known

# Licence of the recruiter
licence-sip = Holds SIP3MI
licence-tdf = Not registered
licence-blm = Not yet checked

# Visa
visa-krj = Work
visa-wis = Tourist
visa-bis = Business
visa-tnp = None
visa-tdk = Not known

# Problems
problem-ons = Online scam
problem-jdl = Online gambling
problem-kkr = Violence
problem-skp = Confinement
problem-gaj = Unpaid wages
problem-dok = Documents withheld
problem-ovs = Overstay
problem-dep = Deportation
problem-sak = Ill
problem-mgl = Deceased
problem-hil = Lost contact
problem-tpo = Trafficking indicated
problem-hkm = In conflict with the law
problem-rtn = Vulnerable group
problem-ank = Child
problem-lai = Other

# SISKOP2MI check
siskop-tdf = Registered
siskop-ttd = Not registered
siskop-blm = Not yet checked
siskop-sis = System not reachable

# Procedural
procedural-pro = Procedural
procedural-non = Nonprocedural
procedural-blm = Not yet determined

# How reported
report-channel-dtg = Walk-in
report-channel-tlp = Phone
report-channel-wa = WhatsApp
report-channel-klg = Through family
report-channel-pol = Police notice
report-channel-drg = Online complaint
report-channel-mnf = Manifest
report-channel-srt = Letter
report-channel-lai = Other

# Last position
position-kmp = In compound
position-kbr = Escaped, at large
position-pol = Police station
position-det = Immigration detention
position-rsk = Hospital
position-shl = Embassy or partner shelter
position-pgn = Own lodging
position-prj = Travelling
position-dbk = Point of entry
position-snt = Social centre (Sentra, RPTC)
position-rrm = Rumah Ramah
position-rmh = Home
position-aph = With law enforcement
position-tdk = Not known

# Safety
safety-amk = Safe, confirmed
safety-aml = Safe by report
safety-rsk = At risk
safety-bhy = Immediate danger
safety-tdk = Not known

# Answer to the duplicate question
duplicate-answer-bru = New person
duplicate-answer-sma = Same as another case

# Wish to return
wish-ya = Wants to return
wish-tdk = Does not want to return
wish-dep = Deportation
wish-blm = Not yet asked

# Papers missing
papers-psp = Passport or SPLP
papers-exp = Exit permit
papers-dnd = Immigration fine
papers-tdk = Nothing missing

# Exit permit
exit-permit-ada = Held
exit-permit-urs = In process
exit-permit-tpl = Not needed

# Immigration fine
fine-lns = Paid
fine-rng = Waived or reduced
fine-tdk = No fine
fine-blm = Not yet settled

# Who bears the cost
cost-bearer-neg = State
cost-bearer-dae = Local government
cost-bearer-mdr = Self-paid
cost-bearer-kel = Family
cost-bearer-pbk = Employer or P3MI
cost-bearer-mit = Partner (IOM, NGO)

# Letters of the quick check
check-h = Pregnant
check-s = Ill
check-l = Injured
check-t = Afraid
check-d = Disability
check-j = Interpreter
check-a = With a child
check-0 = Nothing found

# Rights explained
rights-told-per = In person
rights-told-kol = To the group
rights-told-blm = Not yet, emergency

# Tiers of urgency
tier-0 = Remains
tier-1 = Red
tier-2 = Yellow
tier-3 = Green

# Consent to rehabilitation
care-consent-stj = Agrees
care-consent-tlk = Refuses in writing

# Readiness to return
readiness-blm = Not ready
readiness-sia = Ready
readiness-syr = Ready with conditions
readiness-tpl = Rehabilitation not needed
readiness-tmu = Declines rehabilitation

# Reasons for closing
close-reason-sel = Reintegration complete
close-reason-pmd = Went home, no service needed
close-reason-pmx = Went home, unconfirmed
close-reason-tlk = Refused service in writing
close-reason-hkd = Out of contact 60 days
close-reason-brk = Papers incomplete 30 days
close-reason-lmp = Handed over, still monitored
close-reason-dup = Duplicate
close-reason-mgl = Deceased, handover complete
close-reason-slh = Entered in error

# Statuses: long names, and short ones of at most seven cells
status-lapor = Reported
status-verif = Verification
status-lindung = In protection abroad
status-dokum = Documents in process
status-siap = Cleared to depart
status-jalan = In transit
status-tiba = Arrived
status-asesm = Assessment
status-rehab = In rehabilitation
status-pulda = Onward return
status-reint = Reintegration
status-tutup = Closed
status-lapor-short = Report
status-verif-short = Verify
status-lindung-short = Protect
status-dokum-short = Papers
status-siap-short = Cleared
status-jalan-short = Transit
status-tiba-short = Arrived
status-asesm-short = Assess
status-rehab-short = Rehab
status-pulda-short = Onward
status-reint-short = Reinteg
status-tutup-short = Closed

# Flags
flag-hkm = Hold: law
flag-med = Hold: medical
flag-hil = Missing
flag-tlk = Refuses service
flag-mda = Closed to media
flag-lid = Identity protected
flag-brl = Returned before
flag-psh = Keep apart

# Tracks
track-hkm = Law enforcement
track-kes = Health
track-rhb = Social rehabilitation
track-hak = Labour rights
track-klg = Family
track-jnz = Return of remains

# Stages of tracks
track-state-hkm1 = No legal process yet
track-state-hkm2 = Assessment by law enforcement
track-state-hkm3 = Preliminary inquiry
track-state-hkm4 = Investigation
track-state-hkm5 = File complete (P-21)
track-state-hkm6 = Prosecution
track-state-hkm7 = Verdict
track-state-hkm8 = Restitution
track-state-hkm9 = Legal process ended or dropped
track-state-kes1 = Health not screened
track-state-kes2 = Health screening
track-state-kes3 = Referred
track-state-kes4 = In treatment
track-state-kes5 = Fit to travel
track-state-kes6 = Follow-up
track-state-kes7 = Health care ended
track-state-rhb1 = Psychosocial assessment
track-state-rhb2 = Plan of intervention
track-state-rhb3 = Services running
track-state-rhb4 = Readiness assessment
track-state-rhb5 = Reunification
track-state-rhb6 = Monitoring
track-state-rhb7 = Services ended
track-state-hak1 = Claim recorded
track-state-hak2 = Claim filed
track-state-hak3 = Claim decided
track-state-hak4 = Claim ended
track-state-klg1 = Family sought
track-state-klg2 = Family contacted
track-state-klg3 = Family will receive
track-state-klg4 = Family declines
track-state-klg5 = Family not found
track-state-jnz1 = Death reported
track-state-jnz2 = Identity and heirs
track-state-jnz3 = Documents and permits
track-state-jnz4 = Ready to send
track-state-jnz5 = Sent
track-state-jnz6 = Cargo terminal
track-state-jnz7 = On the way home
track-state-jnz8 = Remains handed over
track-state-jnz9 = Return of remains complete
track-state-jnzm = Buried or cremated locally

# Trafficking screening: acts
act-rkt = Recruitment
act-akt = Transport
act-tmp = Harbouring
act-krm = Sending
act-pdh = Transfer
act-trm = Receipt

# Trafficking screening: means
means-anc = Threat of force
means-kkr = Force
means-clk = Abduction
means-skp = Confinement
means-pls = Forgery
means-tpu = Deception
means-kua = Abuse of power or vulnerability
means-utg = Debt bondage
means-byr = Giving of payments

# Trafficking screening: purposes
purpose-kpk = Forced labour
purpose-bdk = Slavery
purpose-tds = Oppression
purpose-prs = Extortion
purpose-sek = Sexual exploitation
purpose-org = Removal of organs
purpose-jht = Forced criminality
purpose-eks = Resulting in exploitation

# The eleven indicators of forced labour (ILO)
indicator-1 = Abuse of vulnerability
indicator-2 = Deception
indicator-3 = Restriction of movement
indicator-4 = Isolation
indicator-5 = Physical and sexual violence
indicator-6 = Intimidation and threats
indicator-7 = Retention of identity documents
indicator-8 = Withholding of wages
indicator-9 = Debt bondage
indicator-10 = Abusive working and living conditions
indicator-11 = Excessive overtime

# Qualification
finding-bd = Not yet qualified
finding-kb = Victim
finding-sk = Witness
finding-skb = Victim-witness
finding-tp = Suspected offender
finding-tsk = Named suspect
finding-tt = No indication

# Kinds of links
link-kind-sma = Same person
link-kind-bkn = Not the same person
link-kind-ibu = Mother of this case
link-kind-ank = Child of this case

# Roles
role-hlp = Intake officer
role-kon = Consular officer
role-ppm = Case officer
role-pks = Social worker
role-psi = Psychologist
role-med = Health worker
role-hkm = Law-enforcement liaison
role-dae = Local officer
role-pny = Supervisor
role-pim = Leadership
role-aud = Auditor
role-adm = System administrator

# Levels of offices
office-level-pst = National
office-level-prw = Mission abroad
office-level-dbk = Point of entry
office-level-snt = Social centre
office-level-prv = Province
office-level-kab = Regency or city

# Time zones
zone-wib = WIB (Western Indonesia)
zone-wita = WITA (Central Indonesia)
zone-wit = WIT (Eastern Indonesia)
zone-ict = ICT (Cambodia)

death-nature-wjr = natural
death-nature-twj = unnatural
remains-paper-pas = passport of the deceased
remains-paper-mcc = certificate of cause of death
remains-paper-bpm = free of infectious disease
remains-paper-skm = death letter of the mission
remains-paper-emb = embalming certificate
remains-paper-sgl = sealing certificate
remains-paper-ize = local export permit
remains-paper-pin = request of an agency
remains-paper-pkl = request of the family
remains-paper-kua = family's proxy letter
remains-paper-skt = certificate of poverty
remains-paper-ppd = passport of the escort
remains-paper-lpk = police report
remains-paper-otp = post-mortem
remains-paper-iak = quarantine transport permit
remains-paper-pib = PIBK customs form
remains-paper-akm = civil death certificate
remains-paper-brg = list of belongings
remains-paper-lpr = complaint on the recruiter
remains-paper-mkm = consent to local burial
section-idn = identity
section-ktk = contact
section-krj = work
section-jln = journey
section-kes = health
section-rwt = rehabilitation
section-hkm = law
section-mja = desk
part-share = share
part-named = named operator
