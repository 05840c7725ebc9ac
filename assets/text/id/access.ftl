# Alasan, segel, nama dalam kasus, kantor, kerusakan: siapa boleh melihat apa, dan mengapa.

reason-title = Alasan diperlukan
reason-seal = Kasus ini disegel; Anda disebut di dalamnya. Untuk membukanya, tulis alasannya.
reason-compartment = Kualifikasi, skrining dan jalur hukum tertutup bagi penyelia yang tidak disebut. Untuk melihatnya, tulis alasannya.
reason-other-office = Kasus ini milik kantor lain. Untuk membukanya, tulis alasannya; kantor pemilik diberi tahu, dengan nama Anda.
reason-kept = Alasan ditulis ke jejak, dengan nama dan waktu, sebelum apa pun ditampilkan. Terbuka { $minutes } menit, hanya di layar ini. Paling sedikit { $least } huruf, dua kata.
reason-label = Alasan:
reason-confirm = Ini akan ditulis. Enter sekali lagi membuka, Esc kembali.
hint-write-down = tulis
notice-opened-with-reason = Alasan tertulis di jejak.
refused-needs-reason = Kasus ini terbuka hanya dengan alasan: buka di layar dengan Enter.
refused-reason-short = Alasan paling sedikit { $least } huruf, dua kata.
refused-reason-names = Alasan ini menyebut nama atau nomor orang; jejak menyimpannya selamanya. Tulis tanpa itu; nomor kasus boleh.
refused-trail-unwritable = Jejak tidak bisa ditulis [{ $code }]: yang tertutup tetap tertutup. Periksa cakram, lalu coba lagi.
refused-nobody-exact = Tidak dapat dipastikan. Bagi penanya: :keluarga mencatat pertanyaannya.
refused-number-elsewhere = Nomor kasus tidak membuka kasus di luar daftar Anda: ketik NIK atau nomor dokumennya, atau :minta akses.
prompt-elsewhere = NIK atau nomor dokumen
case-closed = Bagian tertutup: { $sections }. o membuka dengan alasan
notice-law-closed = Halaman hukum hanya bagi yang disebut: :sebut menyebut petugas dalam kasus ini.

form-name = Disebut dalam kasus
form-seal = Segel kasus, atau buka segelnya
form-office = Kantor
notice-named = Tersimpan: siapa yang disebut dalam kasus ini.
notice-sealed = Disegel: hanya Anda dan yang disebut menemukannya. u membatalkan.
notice-unsealed = Segel dibuka.
notice-office = Data kantor tersimpan.
why-not-supervisor-only = Hanya penyelia kantor pemilik, dan pada kasus bersegel yang disebut di dalamnya.
why-not-nothing-closed = Tidak ada bagian yang terbuka dengan alasan.
today-looked = dibuka luar: { $who }
today-met = nomor dicari: { $who }

cmd-open-section = buka bagian tertutup dengan alasan
    .hint = alasan
cmd-name = sebut yang berhak atas bagian tertutup
    .hint = sebut
cmd-seal = segel kasus, atau buka segelnya
    .hint = segel
cmd-elsewhere = buka kasus kantor lain dengan alasan
    .hint = kantor lain
cmd-office = data kantor ini
    .hint = kantor

verb-look = dilihat dari luar
part-look = dilihat dari luar
look-lua = dibuka kantor lain
look-tpt = lewat nomor yang tepat
field-look-kind = Cara dilihat
field-look-by = Dilihat oleh
field-look-at = Dilihat pada
field-look-why = Alasan melihat
field-named-why = Alasan disebut
field-sealed-why = Alasan segel
field-office-country = Negara kantor
zone-ast = AST (Arab Saudi, Qatar)
zone-gst = GST (Emirat Arab, Oman)
zone-myt = MYT (Malaysia, Taiwan)

alarm-disk-full = Disk penuh: belum bisa menyimpan, membaca tetap bisa. Kosongkan disk.
alarm-disk-read-only = Disk tak bisa ditulis: belum bisa menyimpan. Hubungi pengelola.
alarm-disk-error = Disk bermasalah: belum bisa menyimpan. Hubungi pengelola.
alarm-gone = { $folder }/ hilang: tak tersimpan. JANGAN mulai ulang; hubungi pengelola.
alarm-mending = Basis data dibangun ulang dari jurnal: { $count }%. Tak ada yang hilang.
alarm-journal = Jurnal rusak ({ $count } tempat): q, pulang verify, pulang mend.
alarm-journal-at = Jurnal rusak, entri { $seq } ({ $count } tempat): q, pulang verify, mend.
alarm-lost-lines = Jurnal kehilangan { $count } baris: q, pulang verify, pulang mend.
alarm-keys-gone = { $count } kunci hilang dari kedua tabel: q, pulang verify, ikuti petunjuknya.
alarm-unopened = { $count } perubahan tak terbuka kuncinya: q, pulang verify, pulihkan keys/.
alarm-trail = Jejak rusak ({ $count } tempat): q, pulang verify, lapor ke penyelia.
alarm-trail-at = Jejak rusak, entri { $seq } ({ $count } tempat): q, pulang verify, lapor penyelia.
alarm-rebuilt = Basis data dibangun ulang dari jurnal, tak ada yang hilang: q, pulang verify.

input-choose-movement = Kloter mana? Angka memilih, - bila tanpa kloter.
