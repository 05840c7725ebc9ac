# Label isian, paling banyak 24 sel; .hint adalah contoh untuk mengetik.

# Orang
field-name = Nama lengkap
    .hint = Siti Nur Aini; boleh satu kata
field-name-kind = Jenis nama
field-passport-name = Nama di paspor
    .hint = seperti tercetak, tanpa tanda baca
field-aliases = Nama panggilan/alias
    .hint = pisahkan dengan ;
field-nik = NIK
    .hint = 16 angka dari KTP atau KK
field-nik-raw = NIK seperti tertulis
field-sex = Jenis kelamin
    .hint = L atau P
field-birth = Tanggal lahir
    .hint = 21-2-98, ~17 untuk umur, ? tidak tahu
field-birth-raw = Tgl lahir tertulis
field-is-age-doubted = Umur diragukan
    .hint = y bila mungkin masih anak
field-birth-place = Tempat lahir
field-family-card = Nomor KK
    .hint = 16 angka
field-nationality = Kewarganegaraan
    .hint = IDN
field-nationality-evidence = Bukti kewarganegaraan
field-marital = Status perkawinan
field-home = Daerah asal
    .hint = nama kecamatan atau kab/kota, atau 71.71.08
field-home-text = Daerah asal tertulis
field-registered-address = Alamat KTP
field-actual-address = Alamat domisili
field-language = Bahasa
    .hint = Indonesia; Bugis
field-interpreter = Perlu juru bahasa
field-marks = Ciri khusus
field-identity-source = Sumber identitas
field-identity-checked-at = Identitas diperiksa
field-identity-checked-by = Diperiksa oleh

# Dokumen
field-doc-kind = Jenis dokumen
field-doc-no = Nomor dokumen
    .hint = X1234567
field-doc-name = Nama pada dokumen
field-doc-issuer = Negara penerbit
field-doc-issued = Tanggal terbit
field-doc-until = Berlaku s.d.
    .hint = 21-2-28
field-doc-state = Keberadaan dokumen
field-doc-holder = Dipegang oleh
    .hint = nama orang atau lembaga

# Telepon dan kontak
field-phone-no = Nomor telepon
    .hint = 0812…, +855…; - bila tidak ada
field-phone-whose = Milik siapa
field-phone-safe = Aman dihubungi
field-contact-name = Nama kontak
field-contact-relation = Hubungan
field-contact-phone = Telepon kontak
field-contact-address = Alamat kontak
field-contact-is-guardian = Wali sah
field-contact-verified-by = Diverifikasi oleh
field-contact-verified-how = Cara verifikasi
field-contact-verified-at = Waktu verifikasi
field-contact-is-barred = Jangan hubungi
field-contact-barred-why = Alasan jangan hubungi
field-contact-barred-by = Larangan oleh
field-contact-is-recruiter = Terkait perekrut
field-travel-group = Kelompok
    .hint = A1: satu kode per rombongan
field-group-relation = Hubungan kelompok
field-company = Anak bepergian
field-consent-data = Setuju data diproses
field-consent-at = Waktu persetujuan

# Pekerjaan dan keberangkatan
field-work-country = Negara bekerja
    .hint = KHM atau Kamboja
field-work-city = Kota bekerja
field-compound = Perusahaan/kompleks
field-sector = Sektor
field-work-from = Mulai bekerja
    .hint = ~nov 2024 bila kira-kira
field-left-compound = Keluar dari kompleks
field-channel = Jalur berangkat
field-recruiter = Perekrut
field-recruiter-licence = Izin perekrut
field-recruiter-phone = Telepon perekrut
field-recruited-on = Tanggal direkrut
field-departed-on = Tanggal berangkat
field-visa = Jenis visa
field-job-promised = Pekerjaan dijanjikan
field-pay-promised = Gaji dijanjikan
    .hint = USD 800 per bulan
field-problems = Kategori masalah
    .hint = ONS, GAJ
field-siskop = Cek SISKOP2MI
field-siskop-at = SISKOP2MI dicek
field-siskop-by = SISKOP2MI dicek oleh
field-pmi-no = ID PMI
field-procedural = Prosedural
field-procedural-note = Alasan penetapan
field-skills = Keterampilan
    .hint = las; memasak; bahasa Mandarin

# Laporan dan posisi
field-report-channel = Cara melapor
field-reported-at = Waktu lapor
    .hint = kmrn 22:15, -3j
field-report-country = Negara saat melapor
field-complaint-no = Nomor ADU
field-position = Posisi terakhir
field-position-place = Tempat
field-position-at = Posisi per
field-position-source = Sumber posisi
field-safety = Keselamatan
field-safety-at = Keselamatan per
field-safety-source = Sumber keselamatan
field-duplicate-answer = Jawaban duplikat
field-wish = Keinginan pulang
field-papers-missing = Dokumen kurang
field-is-media-closed = Tertutup media
field-remarks = Keterangan manifes
field-remarks-checked-at = Keterangan diperiksa
field-last-contact = Kontak terakhir

# Perjalanan
field-movement = Kloter
field-seat = Kursi
    .hint = 12A
field-queue = Nomor antrean
field-has-boarded = Sudah naik
field-landed-at = Waktu mendarat
field-landed-place = Tempat debarkasi
    .hint = Soekarno-Hatta T3
field-seen-by = Ditemui oleh
field-exit-permit = Izin keluar
field-fine = Denda keimigrasian
field-cost-bearer = Pembiayaan pulang
field-destination = Daerah tujuan
field-destination-place = Alamat tujuan
field-route = Rute
    .hint = GA 602 ke Manado, lalu darat
field-receiver-notified-at = Penerima diberi tahu
field-handed-to = Diserahkan kepada
field-handed-relation = Hubungan penerima
field-handed-contact = Kontak penerima
field-handed-at = Waktu serah terima
field-handover-no = Nomor BAST
field-village-witness = Saksi desa/kelurahan

# Kesehatan
field-checks = Periksa cepat
    .hint = HS; 0 bila tidak ada
field-checks-at = Periksa cepat pada
field-needs-hospital = Perlu rumah sakit
field-pregnant-weeks = Usia kehamilan, minggu
field-pregnancy-complaint = Keluhan kehamilan
field-chronic = Sakit menahun, obat
field-infectious = Dugaan penyakit menular
field-suicidal-talk = Ucapan ingin bunuh diri
field-sexual-violence-at = Kekerasan seksual pada
field-direct-threat = Ancaman langsung
field-strong-trauma = Tanda trauma berat
field-was-in-custody = Pernah ditahan
field-has-no-family-contact = Tanpa kontak keluarga
field-travels-with-child = Membawa anak
field-fit-to-travel-until = Layak pulang s.d.
field-fit-to-travel-by = Surat layak dari
    .hint = dokter, rumah sakit
field-health-checked-at = Pemeriksaan kesehatan
field-rights-told = Hak dijelaskan
field-raised-tier = Tingkat dinaikkan
field-raised-tier-by = Dinaikkan oleh
field-raised-tier-why = Alasan dinaikkan

# Rehabilitasi
field-facility = Sentra/fasilitas
    .hint = Sentra Handayani
field-bed = Tempat tidur
field-received-by = Diterima oleh
field-admitted-at = Waktu masuk
field-care-consent = Persetujuan rehab
field-care-consent-no = Nomor surat rehab
field-admission-record = BAST masuk
field-needs = Kebutuhan
field-review-on = Tinjau ulang
    .hint = +7
field-readiness = Kesiapan pulang
field-readiness-by = Dinilai oleh
field-readiness-on = Tanggal penilaian
field-psychosocial-on = Asesmen psikososial

# Penutupan
field-close-reason = Alasan penutupan
field-close-no = Nomor surat
field-close-note = Catatan penutupan
field-duplicate-of = Duplikat dari
field-taken-over-by = Dilanjutkan oleh

# Diisi oleh program
field-status = Status
field-status-at = Status sejak
field-owner = Penanggung jawab
field-officer = Petugas
field-is-sealed = Disegel
field-is-withdrawn = Ditarik
field-close-asked-by = Penutupan diminta oleh
field-close-asked-at = Penutupan diminta pada
field-died-at = Waktu meninggal
field-import-row = Baris berkas
field-case-number = Nomor kasus

# Catatan, tanda, susulan
field-note-text = Catatan
field-note-by = Dicatat oleh
field-note-at = Waktu catatan
field-flag = Tanda
field-flag-from = Tanda sejak
field-flag-to = Tanda sampai
field-flag-by = Ditandai oleh
field-flag-why = Alasan tanda
field-flag-other = Terhadap kasus
field-debt-fact = Susulan
field-debt-for = Susulan untuk
field-debt-due = Tenggat susulan
field-debt-is-emergency = Darurat
field-debt-why = Alasan susulan
field-debt-by = Susulan dicatat oleh
field-debt-settled-at = Susulan dipenuhi

# Barang, jalur paralel
field-belonging = Barang
field-belonging-where = Disimpan di
field-belonging-returned-at = Barang dikembalikan
field-track = Jalur
field-track-state = Tahap
field-track-at = Tahap sejak
field-track-no = Nomor rujukan
    .hint = LP/B/…
field-track-taken-over-by = Jalur dilanjutkan oleh

# Skrining dan kualifikasi
field-screened-at = Waktu skrining
field-screened-by = Skrining oleh
field-acts-yes = Proses: ya
field-acts-unknown = Proses: tidak tahu
field-means-yes = Cara: ya
field-means-unknown = Cara: tidak tahu
field-purposes-yes = Tujuan: ya
field-purposes-unknown = Tujuan: tidak tahu
field-indicators = Indikator kerja paksa
    .hint = 1, 7, 8
field-indicators-unknown = Indikator: tidak tahu
field-finding = Kualifikasi
field-finding-source = Ditetapkan oleh
    .hint = Bareskrim, pengadilan
field-finding-on = Tanggal penetapan
field-finding-no = Nomor penetapan

# Rujukan darurat, penegak hukum, kaitan
field-referral-to = Dirujuk ke
field-referral-ambulance = Ambulans
field-referral-at = Waktu rujukan
field-referral-companion = Pendamping rujukan
field-referral-received-by = Rujukan diterima oleh
field-custody-officer = Petugas penjemput
field-custody-officer-no = NRP/NIP petugas
field-custody-unit = Kesatuan
field-custody-letter = Surat tugas
    .hint = atau: belum
field-custody-to = Dibawa ke
field-custody-companion = Pendamping penyerahan
field-custody-at = Waktu penyerahan
field-link-case = Kasus terkait
field-link-kind = Jenis kaitan
field-link-by = Dikaitkan oleh

# Kloter, petugas, kantor, tampilan, tabel
field-move-name = Nama kloter
    .hint = PP-CGK 1
field-move-flight = Nomor penerbangan
    .hint = GA 895
field-move-from = Dari negara
field-move-departs = Waktu berangkat
field-move-lands = Tanggal mendarat
field-move-place = Tempat mendarat
field-move-claimed = Jumlah diumumkan
field-move-file = Berkas manifes
field-move-file-rows = Baris manifes
field-operator-name = Nama petugas
field-operator-uid = UID
field-operator-roles = Peran
field-operator-office = Kantor petugas
field-office-name = Nama kantor
field-office-code = Kode kantor
field-office-level = Tingkat kantor
field-office-zone = Zona waktu
field-office-region = Wilayah kerja
field-view-name = Nama tampilan
field-view-query = Kueri
    .hint = status:rehab umur:<18
field-view-slot = Angka pintas
field-view-owner = Pemilik tampilan
field-table-name = Nama tabel
field-table-text = Isi tabel
field-table-office = Kantor tabel
field-table-from = Berlaku sejak
field-table-by = Diberlakukan oleh
field-table-no = Nomor tabel

# Meninggal, jenazah, berbagi, segel.
field-death-place = tempat meninggal
field-death-cause = sebab meninggal
field-death-nature = wajar atau tidak
field-remains-identified-at = jenazah dikenali
field-remains-identified-by = dikenali oleh
field-heir-name = ahli waris
field-heir-relation = hubungan ahli waris
field-heir-consent-at = persetujuan ahli waris
field-remains-papers = surat jenazah
field-air-waybill = air waybill
field-flag-reviewed-at = tanda ditinjau
field-flag-cleared-at = tanda dilepas
field-share-office = dibagi ke kantor
field-share-sections = bagian yang dibagi
field-share-by = dibagi oleh
field-named-operator = petugas bernama
field-named-by = dinamai oleh
field-sealed-by = disegel oleh
field-sealed-at = disegel pada
