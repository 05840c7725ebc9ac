# Layar: judul, kolom, pesan, pertanyaan.

screen-too-small = Layar terlalu kecil: perlu paling sedikit 40 kolom dan 10 baris.
screen-blank = Layar dikosongkan. Enter untuk membuka lagi.
title-practice = LATIHAN
title-palette = Perintah
title-help = Bantuan
title-views = Tampilan tersimpan
title-drafts = Draf
title-drafts-offer = Lanjutkan draf? Esc: nanti
title-dropped = Manifes di folder masuk
title-orders = Urutan
title-operators = Ganti petugas (latihan)
heading-all = semua kasus: { $total }
heading-some = { $shown } dari { $total } kasus
heading-marked = { $count } ditandai
order-urgency = urut mendesak
order-newest = urut laporan terbaru
order-number = urut nomor kasus
order-name = urut nama
order-changed = urut perubahan terakhir

layer-list = DAFTAR
layer-case = KASUS
layer-today = HARI INI
layer-import = IMPOR
layer-move = PINDAH
layer-form = ISIAN
layer-prompt = KETIK
layer-pick = PILIH
layer-confirm = YAKIN?
layer-refused = DITOLAK
layer-blank = KOSONG

col-queue = No
col-tier = Tk
col-name = Nama
col-sex = J
col-age = Um
col-status = Status
col-home = Asal
col-group = Klp
col-left = Sisa
col-signs = Tnd
col-officer = Ptgs
col-line = Brs
col-birth = Lahir
col-nik = NIK
col-remark = Catatan

empty-desk =
    Meja ini masih kosong.

    i   impor manifes penerbangan (CSV, XLSX, atau tempel)
    n   terima satu orang yang datang sendiri
    ?   semua perintah

    Data ada di { $place }.
    Simpan salinan berkas kuncinya di tempat lain: tanpa kunci, data tidak terbaca.
empty-role-pim = Pimpinan tidak melihat orang per orang. Angka untuk pimpinan belum ada pada rilis ini.
empty-role-aud = Auditor tidak membuka kasus. Rantai jurnal dan jejak diperiksa dengan pulang verify; layar jejak belum ada pada rilis ini.
empty-role-adm = Administrator tidak membuka kasus. Tabel gerbang diatur dengan pulang gates.
empty-query = Tidak ada kasus yang cocok. Tekan \ untuk melihat semua.
pick-nothing = Tidak ada yang cocok.

case-remarks = Manifes
case-attention = PERHATIAN
case-why = Alasan
case-owed = SUSULAN
case-owed-emergency = { $fact } (darurat: { $why })
case-next = Ke
case-ready = lengkap, siap pindah
case-events = Riwayat
case-more = { $count } baris lagi { $down }
date-not-known = tidak diketahui
case-alike = Mirip:
case-hidden = Bagian tertutup bagi peran Anda: { $sections }
sign-dead = meninggal: jalur utama berhenti
sign-alone = anak sendirian, terpisah, atau tanpa wali terverifikasi
sign-child-alone = ANAK sendirian
sign-child-parted = ANAK terpisah dari wali
sign-child-unverified = ANAK tanpa wali terverifikasi
sign-held = tertahan: hubungi penyelia
sign-barred-contact = ada kontak yang jangan dihubungi
sign-keep-apart = pisahkan dari orang tertentu
sign-missing = hilang kontak
sign-close-asked = penutupan menunggu orang kedua
sign-returned-before = pernah dipulangkan sebelumnya
sign-referred = dirujuk darurat: rumah sakit
sign-emergency-debt = utang darurat belum lunas
sign-refuses = menolak layanan
sign-needs-interpreter = perlu juru bahasa
sign-hearsay = keterangan manifes belum diperiksa
sealed-ask-supervisor = hubungi penyelia jaga

form-intake = Terima orang baru
form-full = Isian lengkap
form-fill-in = Lengkapi
form-refer = Rujukan darurat
form-hand-to-law = Serah terima ke aparat penegak hukum
form-note = Catatan
form-flag = Tanda
form-tier = Tingkat
form-birth = Bayi lahir dari
form-track = Jalur
form-die = Meninggal
form-movement = Kloter
form-fix-row = Perbaiki baris manifes
intake-alike = Mungkin sudah terdaftar:
draft-detail = { $count } isian, { $ago }

prompt-count = { $count } kasus
prompt-view-name = Nama tampilan
prompt-manifest = Berkas manifes (atau tempel)
hint-apply = terapkan
hint-complete = lengkapi
hint-take = pilih

view-all = Semua
view-red = Merah, masih terbuka
view-arriving = Dalam perjalanan dan baru tiba
view-children = Anak
view-held = Tertahan
view-mine = Kasus saya

move-many = { $count } orang
move-choose = Huruf memilih status tujuan.
move-counts = { $go } bisa pindah, { $cannot } belum bisa. Enter memindahkan yang bisa.
move-goes = pindah
move-left-out = tidak diikutkan
move-ready = Lengkap. Enter memindahkan.
move-owed = Menjadi susulan: { $facts }
move-missing = Belum bisa. Yang kurang:
move-lacks = kurang: { $facts }
move-emergency = Alasan darurat. Yang kurang menjadi utang dengan tenggat, terlihat oleh penyelia.
move-reason = Alasan (tercatat dalam riwayat):

import-head = Kloter { $name }  { $flight }  mendarat { $lands }  { $place }
import-counts = { $rows } baris: { $people } masuk, { $same } sudah ada, { $errors } galat, { $warnings } perlu dilihat
import-same-row = Sama dengan baris { $line }, { $name }: { $reasons }
import-on-desk = { $certainty }: { $number } { $name } ({ $reasons })

today-head = Hari ini: { $count } tenggat, { $overdue } lewat
today-empty = Tidak ada tenggat sampai besok.
today-debt = susulan: { $fact }
today-emergency-debt = utang darurat: { $fact }
today-status = tenggat statusnya
today-close-asked = penutupan menunggu persetujuan

confirm-undo = Batalkan { $what }{ $who } ({ $count } orang, { $ago })? Enter ya, Esc tidak
confirm-redo = Kembalikan yang dibatalkan{ $who } ({ $count } orang, { $ago })? Enter ya, Esc tidak

notice-created = Tersimpan: kasus { $number }.
notice-created-alike = Tersimpan: kasus { $number }. Mungkin sudah terdaftar: jawab baru atau sama sebelum VERIF.
notice-imported = { $count } orang diterima sebagai satu kloter. u membatalkan.
notice-moved = { $count } orang pindah ke { $to }. u membatalkan.
notice-saved = Tersimpan.
notice-saving = menyimpan…
notice-undone = Dibatalkan: { $count } orang.
notice-redone = Diulangi: { $count } orang.
notice-claimed = Kasus ini kini pada Anda.
notice-noted = Catatan tersimpan.
notice-flagged = Tanda tersimpan.
notice-referred = Rujukan darurat tercatat; posisi: rumah sakit. Sisanya susulan.
notice-handed-to-law = Serah terima ke aparat tercatat.
notice-track = Jalur tersimpan.
notice-died = Kematian tercatat; jalur utama berhenti, jalur jenazah dimulai.
notice-tier = Tingkat tersimpan.
notice-view-saved = Tampilan tersimpan.
notice-marked = { $count } orang ditandai.
notice-switched = Sekarang sebagai { $name }.
notice-unknown-key = Tombol ini tidak berlaku di sini. ? untuk bantuan.
notice-ctrl-c = Ctrl+C sekali lagi untuk keluar.
notice-scanning = memindai paspor…
notice-scanned = Paspor terbaca.
notice-scan-broken = Pindaian terputus: pindai sekali lagi.
notice-scan-unreadable = Pindaian tidak terbaca: pindai sekali lagi.
notice-scan-failed = Angka pemeriksa tidak cocok: { $fields }. Tidak ada yang diisi; pindai lagi atau ketik.
notice-scan-differs = Pindaian berbeda dari isian: { $fields }. Isian tidak diubah.
notice-scan-not-here = Pindaian tidak diterima di isian ini.
notice-paste-ignored = Tempelan diabaikan: di sini huruf adalah perintah.
notice-paste-cut = Tempelan terlalu panjang; akhirnya terpotong.
notice-no-more-cases = Tidak ada kasus lagi di arah ini.
notice-no-more-items = Bagian ini tidak berulang.
notice-no-more-remarks = Tidak ada baris lain yang perlu dilihat.
notice-nobody-waits = Tidak ada yang menunggu.
notice-nobody-can-go = Belum ada yang bisa pindah. F4 melengkapi, F6 darurat.
notice-nobody-to-import = Tidak ada orang baru dalam manifes ini.
notice-no-status-letter = Huruf ini bukan status.
notice-choose-status = Pilih status dengan hurufnya.
notice-reason-needed = Alasan harus diisi.
notice-nothing-missing = Tidak ada yang perlu dilengkapi.
notice-fill-in-one-by-one = Yang kurang berbeda untuk tiap orang: lengkapi satu per satu.
notice-mend-field = Ada isian yang belum benar.
notice-form-empty = Belum ada yang diisi.
notice-nothing-changed = Tidak ada yang berubah.
notice-not-repeated = Isian ini tidak disalin dari orang sebelumnya.
notice-draft-kept = Draf disimpan; d membukanya lagi.
notice-no-drafts = Tidak ada draf.
notice-draft-unreadable = Draf ini tidak terbaca.
notice-view-needs-name = Tampilan perlu nama.
notice-manifest-needs-path = Ketik jalur berkas, atau tempel isi manifes.
notice-file-known = Berkas ini sudah pernah diimpor; tidak ada yang berubah.
notice-many-refused = { $count } orang ditolak. Yang pertama: { $first }
notice-conflict = Orang lain sudah mengubah: { $fields }. Buka lagi dan periksa.
notice-unknown-outcome = Belum pasti tersimpan ({ $fault }). Simpan sekali lagi: tidak akan tercatat dua kali.

why-not-nobody = Tidak ada orang yang dipilih.
why-not-one-only = Hanya untuk satu orang: hapus tanda dengan - dahulu.
why-not-empty = Meja masih kosong.
why-not-no-marks = Tidak ada tanda.
why-not-no-filter = Tidak ada saringan.
why-not-practice-only = Hanya di meja latihan.
why-not-access = Bukan wewenang peran Anda.

refused-exists = Sudah ada.
refused-moved-on = Data berubah sementara itu. Coba sekali lagi.
refused-nothing-asked = Tidak ada yang berubah.
refused-queue-taken = Nomor antrean { $queue } sudah dipakai orang lain dalam kloter ini.
refused-no-answer = Tidak ada jawaban dari penyimpan.
refused-stranger = Pengguna { $uid } belum terdaftar sebagai petugas. Hubungi penyelia.
refused-nothing-to-undo = Tidak ada perubahan Anda yang bisa dibatalkan.
refused-nothing-to-redo = Tidak ada pembatalan yang bisa diulangi.
refused-undo-too-late = Sudah lewat satu jam: hanya koreksi dengan alasan.
refused-undo-newer = Sudah diubah lagi sesudahnya: tidak bisa dibatalkan.
refused-undo-gone-out = Sudah diserahterimakan atau diberitahukan: hanya koreksi dengan alasan.
refused-undo-unreadable = Perubahan itu tidak terbaca lagi.
refused-file-unreadable = Berkas tidak bisa dibaca: { $path }
refused-no-number = Bukan nomor kasus: { $number } (contoh 26-004217-K).
refused-no-case = Tidak ada kasus { $number }.
refused-not-empty = Folder sudah berisi meja: { $path }. Pilih folder kosong.

fault-writer-gone = Penyimpan berhenti. Mulai ulang program; draf Anda tersimpan.
fault-not-practice = Ini meja sungguhan: tidak dibuka sebagai latihan. Buka tanpa --practice.
fault-is-practice = Ini meja latihan: buka dengan --practice.
fault-thread = Sistem menolak utas baru.
fault-snapshot = Potret indeks tidak tersimpan; mulai berikutnya lebih lambat.

progress-rebuild = membangun ulang basis data
progress-catch-up = menyusul jurnal
progress-load = menyiapkan data
progress-verify = memeriksa

cli-needs-terminal = layar penuh perlu terminal; untuk skrip pakai perintah (pulang --help).
verify-counts = { $lines } baris jurnal, { $trail } baris jejak, { $records } rekaman diperiksa.
verify-whole = Utuh: rantai, jejak, basis data dan indeks cocok.
verify-table-unreadable = { $table }: tabel gerbang ini tidak terbaca; kantornya bekerja dengan tabel sebelumnya.
verify-not-whole = TIDAK utuh. Lihat baris bertanda !!.
practice-made = { $count } kasus latihan dibuat di { $path }.
