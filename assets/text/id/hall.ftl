# Nomor gelang: siapa memakai yang mana.
notice-band = Gelang { $queue }.
notice-band-another = Pasang gelang { $queue }: { $offered } sudah dipakai orang lain.
refused-queue-taken = Nomor { $queue } sudah dipakai orang lain. Nomor bebas berikutnya: { $next }.

# Akses yang diminta dengan nomor kasus saja.
form-ask-by-number = Minta akses
form-answer-access = Jawaban permintaan akses
field-inquiry-sections = Bagian yang diminta
notice-access-filed = Permintaan diterima. Apakah nomor itu ada tidak dikatakan; yang memegangnya menjawab.
notice-access-unsaid = Pilih bagian yang diberi, atau tulis mengapa tidak.
access-granted = akses diberi
refused-access-bare = Pilih bagian yang diminta dan tulis alasannya.

# Hari terakhir pembagian.
field-share-zone = Zona waktu pembagian

# Susulan di bagian yang tidak dibagi.
today-debt-apart = susulan bagian lain
