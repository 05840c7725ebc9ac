# Cadangan: membuat, memeriksa dan memulihkannya, dan apa yang dikatakan layar tentangnya.

cli-verify = memeriksa rantai jurnal dan jejak, basis data, indeks dan tabel gerbang, juga di samping sesi; atau satu set cadangan
cli-verify-set = folder set cadangan; tanpa itu, meja
cli-verify-identity = berkas identitas age: isi cadangan ikut diperiksa
cli-backup = membuat cadangan meja, terenkripsi, selagi meja bekerja
cli-backup-set = folder set cadangan; dibuat bila belum ada; tanpa itu menurut backup.toml
cli-backup-recipients = penerima age, age1…, yang dapat membacanya; boleh lebih dari sekali
cli-backup-recipients_file = berkas penerima, satu per baris
cli-backup-status = hanya mengatakan kapan cadangan terakhir dibuat dan kapan berikutnya
cli-restore = memulihkan meja dari cadangan ke folder kosong
cli-restore-set = folder set cadangan
cli-restore-into = folder kosong, atau yang belum ada
cli-restore-identity = berkas identitas age
cli-restore-until = sampai saat ini, misalnya 2026-02-21T03:10, atau sampai baris jurnal ini
cli-restore-despite_damage = memulihkan yang terbaca walau ada baris jurnal yang hilang
cli-mend = mengembalikan baris jurnal dan jejak yang rusak atau hilang dari salinan yang dipulihkan
cli-mend-from = folder tempat cadangan dipulihkan

progress-backup = mencadangkan
progress-restore = memulihkan
progress-compare = membandingkan

fault-backup = Cadangan tidak dapat dibuat: yang lama tetap seperti semula. Beri tahu pengelola mesin ini.
fault-stopped = Dihentikan atas permintaan. Yang tadinya utuh tetap utuh.

backup-recipient-wrong = Penerima { $place } bukan penerima age: dimulai dengan age1 dan disalin seutuhnya.
backup-no-recipient = Cadangan dienkripsi untuk seseorang: beri --to age1…, --recipients-file atau backup.toml, paling banyak 32.
backup-identity-wrong = Tidak ada identitas age di { $path }: barisnya dimulai dengan AGE-SECRET-KEY-1.
backup-inside = { $path } ada di dalam folder data: cadangan tempatnya di disk lain.
backup-other-desk = { $path } berisi cadangan meja lain. Pilih folder lain.
backup-busy = Cadangan lain sedang ditulis di sana. Tunggu sampai selesai.
backup-no-place = Ke mana? Beri folder: pulang backup FOLDER --to age1…, atau tulis backup.toml di folder data.
backup-plan-wrong = backup.toml, baris { $line }: { $what }
backup-made = Cadangan di { $to } sampai baris { $line }: { $bytes } dari meja, { $written } baru ditulis dalam { $files } berkas.
    Kepala: { $line } { $sha }
backup-expired = { $count } berkas cadangan lama sudah habis masanya.
backup-bad-lines = { $count } baris sudah rusak di meja dan disalin apa adanya: jalankan pulang verify.
backup-key-apart = Kunci induk tidak ada di dalamnya. Tanpa kunci itu meja yang dipulihkan tidak terbaca: simpan salinannya di tempat lain.
backup-status-last = Cadangan terakhir { $at } ({ $hours } jam lalu) di { $to }, sampai baris { $line }.
backup-status-never = Meja ini belum pernah dicadangkan.
backup-status-old = Itu lebih tua dari { $days } hari.
backup-status-due = Berikutnya { $at } di { $to }, selagi sesi terbuka.
backup-status-no-plan = Tidak ada cadangan yang dibuat sendiri: backup.toml di folder data tidak memintanya.

backup-flaw-missing = tidak ada
backup-flaw-altered = rusak
backup-flaw-unreadable = tidak terbaca
backup-flaw-closed = dienkripsi untuk orang lain
backup-checked = { $moments } cadangan, { $files } berkas, { $bytes } diperiksa.
backup-checked-newest = Terbaru { $at }, sampai baris { $line }, kepala { $sha }.
backup-set-whole = Utuh: setiap berkas terbuka dan seperti semula; rantai terbaru tidak putus.
backup-set-whole-outside = Setiap berkas seperti semula. Dengan --identity isinya ikut diperiksa.
backup-set-damaged = RUSAK. Lihat baris bertanda !!. Buat cadangan baru ke folder lain; pulang restore mengatakan apa yang dapat dipulihkan.

mend-done = Dikembalikan: { $lines } baris jurnal, { $trail } baris jejak.
mend-whole = Kedua rantai utuh. Sekarang: pulang verify.
mend-left = Salinan itu tidak punya yang lebih baik untuk baris bertanda !!. Coba dari cadangan lain.
mend-no-desk = Tidak ada meja yang dipulihkan di { $path }. Lebih dulu: pulang restore SET FOLDER --identity BERKAS.
restore-not-empty = { $path } tidak kosong. Cadangan dipulihkan hanya ke folder kosong; tidak ada yang diubah.
restore-no-backup = Tidak ada cadangan di { $path }.
restore-closed = Tidak satu pun identitas ini dapat membaca cadangan. Beri identitas salah satu penerimanya.
restore-key-wrong = Kunci induk ini tidak membuka kunci di cadangan mana pun dalam set. Tidak ada yang dipulihkan.
restore-until-wrong = --until meminta nomor baris atau saat seperti 2026-02-21T03:10.
restore-done = Dipulihkan ke { $path }: jurnal sampai baris { $line } ({ $at }), { $trail } baris jejak, { $drafts } draf, dari cadangan { $made }.
restore-head = Kepala: { $line } { $sha }, meja { $desk }. Bandingkan dengan yang dicetak atau disimpan di tempat lain.
restore-left-out = { $count } baris sesudahnya tidak diikutkan.
restore-erased-again = { $count } penghapusan dilakukan lagi.
restore-has-gap = Ada baris jurnal yang hilang; meja menyebut tempatnya saat dibuka.
restore-needs-key = Belum diperiksa: kunci induk tidak diberikan. Taruh di { $path }/keys/master (mode 0400) atau beri --key FILE, lalu jalankan pulang verify --data { $path }.
restore-damaged = Tidak ada yang dipulihkan. Jurnal utuh sampai baris { $line }: --until { $line } memulihkan itu; --despite-damage memulihkan semua yang terbaca.
restore-damaged-whole = Tidak ada yang dipulihkan, dan tidak ada yang bisa dari berkas ini. Ambil salinan lain dari set itu.

verify-whole-beside = Utuh sejauh terlihat di samping sesi: rantai, segel dan kunci. Basis data dan indeks tidak ikut: akhiri sesi, atau periksa di dalamnya (:).
verify-lost-keys = { $count } kunci tidak terbaca di kedua salinan keys/: pulihkan keys/ dari cadangan.

verify-keyless = Kunci { $case } hilang dari kedua tabel. Kembalikan keys/slots.* dari cadangan (pulang restore SET BARU).
alarm-backup-failed = Cadangan terjadwal gagal: pulang backup --status, periksa disknya.
alarm-backup-plan = backup.toml tidak terbaca, tidak ada cadangan: pulang backup --status.
alarm-no-backup = Meja ini belum pernah dicadangkan: pulang backup FOLDER --to age1…
alarm-backup-old = Cadangan terakhir berumur { $count } hari: pulang backup --status.

cmd-verify = periksa keutuhan data
cmd-backup = cadangkan sekarang
why-not-keeper = Wewenang penyelia atau administrator.
why-not-plan = Belum ada rencana: tulis backup.toml di folder data, atau jalankan pulang backup dari shell.
title-verify = Yang tidak utuh
tending-begun = dimulai; berjalan di samping pekerjaan Anda. Perintah yang sama menghentikannya.
tending-stopping = menghentikan …
tending-verify = memeriksa: { $percent } %
tending-compare = membandingkan basis data dan jurnal: { $percent } %
tending-backup = mencadangkan: { $percent } %
tending-backed-up = Dicadangkan sampai baris { $line }.
tending-not-whole = TIDAK utuh. Beri lagi perintah "periksa keutuhan data" untuk membaca di mana dan apa yang harus dilakukan.
tending-do = yang harus dilakukan
tending-do-journal = Akhiri sesi; pulihkan cadangan ke folder kosong; pulang mend folder itu.
tending-do-trail = Biarkan folder apa adanya, beri tahu penyelia: jejak adalah bukti.
tending-do-store = Akhiri sesi, hapus store/ dan index.snapshot: keduanya dibuat lagi dari jurnal.
tending-do-tables = Kantor bekerja dengan tabel sebelumnya; masukkan tabel yang terbaca rilis ini.
bad-unreadable = bukan baris
bad-altered = diubah
bad-gone = entri { $from } sampai { $to } hilang
bad-missing = baris sebelumnya hilang
bad-out-of-place = bukan nomor berikutnya
bad-unsigned = tanda tangan salah, atau terlalu lama tidak ada
bad-torn = tanpa akhir
bad-sealed = tidak terbuka dengan kuncinya
bad-newer = mengaku dari rilis yang lebih baru
bad-other = ditemukan rilis yang lebih baru
