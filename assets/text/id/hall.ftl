# Nomor gelang: siapa memakai yang mana.
notice-band = Gelang { $queue }.
notice-band-another = Pasang gelang { $queue }: { $offered } sudah dipakai orang lain.
refused-queue-taken = Nomor { $queue } sudah dipakai orang lain. Enter memakai yang bebas: { $next }.

# Akses yang diminta dengan nomor kasus saja.
form-ask-by-number = Minta akses
form-answer-access = Jawaban permintaan akses
field-inquiry-sections = Bagian yang diminta
notice-access-filed = Permintaan diterima. Apakah nomor itu ada tidak dikatakan; yang memegangnya menjawab.
notice-access-unsaid = Tulis mengapa tidak diberi: kantor peminta membacanya.
notice-access-no-sections = Pilih bagian yang diberi.
access-granted = akses diberi
refused-access-bare = Pilih bagian yang diminta dan tulis alasannya.

# Hari terakhir pembagian.
field-share-zone = Zona hari terakhir

# Susulan di bagian yang tidak dibagi.
today-debt-apart = susulan bagian lain

# Kata untuk nilai sebuah pilihan perintah.
cli-value-act = TINDAKAN
cli-value-cases = KASUS
cli-value-code = KODE
cli-value-codes = KODE
cli-value-columns = KOLOM
cli-value-country = NEGARA
cli-value-date = TANGGAL
cli-value-day = HARI
cli-value-dir = FOLDER
cli-value-entries = BARIS
cli-value-file = BERKAS
cli-value-format = FORMAT
cli-value-into = KE
cli-value-kind = JENIS
cli-value-lang = BAHASA
cli-value-limit = BATAS
cli-value-minutes = MENIT
cli-value-name = NAMA
cli-value-number = NOMOR
cli-value-numbers = NOMOR
cli-value-office = KANTOR
cli-value-paper = KERTAS
cli-value-parent = INDUK
cli-value-path = LINTASAN
cli-value-query = SARINGAN
cli-value-recipient = PENERIMA
cli-value-region = WILAYAH
cli-value-roles = PERAN
cli-value-seed = BENIH
cli-value-set = SET-CADANGAN
cli-value-shell = SHELL
cli-value-text = TEKS
cli-value-when = SAAT
cli-value-when-idle = SAAT-SEPI
cli-value-zone = ZONA
cli-value-which = YANG-MANA
cli-value-who = SIAPA


# Satu huruf untuk jenis kelamin.
sex-letter-l = L
sex-letter-p = P

# Dua kasus yang ternyata bukan satu orang.
cmd-unmerge = pisah kasus: ternyata bukan orang yang sama
    .hint = pisah
form-unmerge = Ternyata dua orang
title-unmerge = Dari kasus mana?
unmerge-why = Alasan
notice-unmerged = Tersimpan: dua orang. Keduanya tidak ditanyakan lagi satu sama lain. u membatalkan.
why-not-unmerge-closed = { $number } ditutup sebagai duplikat: buka kembali dulu (t pada kasus itu), lalu pisahkan.
why-not-not-linked = Kasus ini tidak dikaitkan dengan kasus lain sebagai orang yang sama.
