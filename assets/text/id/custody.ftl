# Kunci induk: di mana, salinannya, penggantiannya.

alarm-key-uncopied = Kunci induk belum punya salinan: pulang key export BERKAS --to PENERIMA
progress-rotate = membungkus ulang kunci

cli-key = mengatakan di mana kunci induk dan apakah sudah ada salinannya; menyalin, memulihkan, menggantinya
cli-key-export = menulis salinan kunci ke berkas baru, disegel untuk penerimanya
cli-key-export-file = berkas baru; yang sudah ada tidak ditimpa
cli-key-export-to = siapa yang bisa membukanya: nama publik age, age1…; boleh beberapa
cli-key-export-recipients_file = berkas berisi nama-nama itu, satu sebaris
cli-key-restore = mengembalikan kunci dari salinan ke tempatnya yang kosong
cli-key-restore-file = salinan itu
cli-key-restore-identity = berkas AGE-SECRET-KEY-… yang membuka salinan
cli-key-check = membuktikan bahwa sebuah salinan membuka meja ini
cli-key-check-file = salinan itu
cli-key-check-identity = berkas AGE-SECRET-KEY-… yang membuka salinan
cli-key-rotate = memberi meja ini kunci induk baru dan membungkus ulang semua kunci data
cli-key-rotate-new_key_file = tempat kunci baru, bila tempatnya sendiri tidak bisa ditulis

key-where = Kunci induk: { $path }, mode { $mode }, milik uid { $owner }, sidik { $key }.
key-copied = Salinan terakhir dibuat { $at } untuk { $people }.
key-warn-foreign = Kunci ini tidak membuka meja ini.
key-warn-rotating = Penggantian kunci terputus: pembukaan berikut menyelesaikannya atau membatalkannya.
key-warn-mode = Berkas kunci bisa dibaca atau ditulis orang lain: chmod 0400.
key-warn-same-disk = Kunci dan data ada pada cakram yang sama: siapa memegang cakram itu bisa membaca semuanya. --key menyimpannya di tempat lain.
key-exported = Salinan kunci { $key } ditulis ke { $file }, untuk { $people }. Simpan jauh dari mesin ini, lalu uji: pulang key check { $file } --identity BERKAS
key-restored = Kunci { $key } dikembalikan dari { $file }.
key-copy-fits = Salinan ini membuka meja ini: kunci { $key }, dibuat { $at } untuk { $people }.
key-copy-foreign = Salinan ini TIDAK membuka meja ini: kunci { $key }, dibuat { $at } untuk { $people }. Mungkin kunci sudah diganti, atau ini meja lain.
key-rotated = Kunci diganti: { $count } kunci data dibungkus ulang; { $was } menjadi { $key }.
key-rotated-elsewhere = Kunci baru ada di { $path }: mulai sekarang buka meja dengan --key { $path }. Kunci lama tidak membuka meja ini lagi.
key-rotated-copies = Salinan lama tidak membuka meja ini lagi; ia masih membuka cadangan lama. Buat salinan baru: pulang key export BERKAS --to PENERIMA

refused-key-recipient = "{ $name }" bukan nama penerima age. Nama itu berawalan age1 dan dicetak oleh age-keygen.
refused-key-no-recipient = Tidak ada penerima. Sebut paling sedikit satu: --to age1…, atau --recipients-file BERKAS.
refused-key-many-recipients = Paling banyak { $most } penerima.
refused-key-file-there = Sudah ada berkas di { $path }: tidak ada yang ditimpa.
refused-key-there = Sudah ada kunci di { $path }: tidak ada yang ditimpa. Bila rusak, singkirkan (mv { $path } { $path }.bad), lalu beri perintah ini lagi.
refused-key-no-slots = Tabel kunci slots.a dan slots.b tidak ada di { $path }: tanpa itu tidak ada kunci yang membuka apa pun, dan tidak ada yang ditulis. Ambil dari cadangan: pulang restore SET BARU, lalu mkdir -p { $path } dan cp BARU/keys/slots.* { $path }/, lalu beri perintah ini lagi.
refused-key-no-folder = Tidak ada folder { $path }: tidak ada yang ditulis. Buat dulu, atau sebut tempat lain.
refused-key-folder-closed = Folder { $path } tidak bisa ditulis akun ini: tidak ada yang ditulis. Sebut tempat lain.
refused-key-not-written = { $path } tidak bisa ditulis: { $why }. Sebut tempat lain.
refused-key-no-identity = Tidak ada AGE-SECRET-KEY-… di { $path }. Berkas identitas yang bersandi tidak bisa dipakai di sini: buka dulu dengan age.
refused-key-no-copy = { $path } bukan salinan kunci induk.
refused-key-identity = Identitas itu tidak membuka { $path }.
refused-key-other-desk = Kunci dalam salinan itu ({ $key }) tidak membuka meja ini: tidak ada yang ditulis. Mungkin kunci sudah diganti sesudah salinan dibuat, atau ini meja lain.
refused-key-unwritable = Folder { $path } tidak bisa ditulis: kunci baru tidak bisa masuk ke sana. Beri tempat lain dengan --new-key-file BERKAS, lalu buka meja dengan --key BERKAS.
