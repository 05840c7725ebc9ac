# Tabel gerbang sebuah kantor: apa yang salah di dalamnya, mana yang berlaku, sejak kapan.

table-toml = Baris { $line }, kolom { $column }: bukan tabel gerbang yang utuh. Kata pembaca TOML: { $words }
table-not-text = Baris { $line }: bukan teks UTF-8.
table-too-long = Tabel lebih dari { $most } bita. Tabel gerbang hanya satu atau dua halaman.
table-unknown = Baris { $line }, kolom { $column }, { $key }: "{ $what }" bukan { $field } yang dikenal.
table-unknown-near = Baris { $line }, kolom { $column }, { $key }: "{ $what }" bukan { $field } yang dikenal. Maksudnya { $near }?
table-span = Baris { $line }, kolom { $column }, { $key }: "{ $what }" bukan waktu seperti 15m, 24h, 7d, "before PULDA" atau "before leaving".
table-day = Baris { $line }, kolom { $column }, { $key }: "{ $what }" bukan hari seperti 2026-12-01.
table-twice = Baris { $line }, { $key }: sudah ada di atas.
table-lacking = Tidak ada: { $what }. Setiap tabel memuatnya.
table-floor = Baris { $line }, { $key }: { $code } ({ $fact }) wajib di sini; tidak ada kantor yang boleh melepasnya.
table-two-people = Baris { $line }, { $key }: alasan ini selalu disetujui orang kedua (two = true).
table-forgives = Baris { $line }, { $key }: alasan ini tidak menghapus susulan yang masih terbuka.
table-clock = Baris { $line }, { $key }: alasan ini selalu menunggu; beri clock dengan days paling sedikit 1.
table-backward = Baris { $line }, { $key }: mundur dari { $what } hanya sebagai koreksi penyelia.
table-no-end = Baris { $line }, kolom { $column }, { $key }: jalur tidak berakhir di { $what }.
table-unidentified = Baris { $line }, { $key }: sampai di sini jenazah harus sudah dikenali (remains-identified, di sini atau di semua langkah sebelumnya).
table-bounds = Baris { $line }, kolom { $column }, { $key }: di luar batas { $least } sampai { $most }.
table-sort-fact = fakta
table-sort-status = status
table-sort-role = peran
table-sort-position = posisi
table-sort-reason = alasan tutup
table-sort-track = jalur
table-sort-state = keadaan jalur
table-sort-cause = sebab urgensi

table-is-built-in = Tabel { $version }, bawaan program; { $office } belum pernah memakai yang lain.
table-is-built-in-again = Tabel { $version }, bawaan program, untuk { $office } sejak { $from } ({ $by }).
table-is-own = Tabel { $version }, milik { $office }, sejak { $from } ({ $by }).
table-coming = Menyusul: { $table }
table-is-whole = Tabel { $version } utuh dan boleh dipakai.
table-adopted = Tabel { $version } berlaku untuk { $office } mulai { $from }.
table-gone-back = Tabel bawaan { $version } berlaku lagi untuk { $office } mulai { $from }.

refused-table-past = Tabel berlaku paling cepat hari ini: yang sudah terjadi tidak dinilai ulang.
refused-table-far = Tabel berlaku paling lambat dua tahun dari sekarang.
refused-table-stays = Tabel tidak diubah; pakailah tabel lain dengan versi lain.
refused-table-many = Kantor ini sudah memakai { $most } tabel, dan itu batasnya.
refused-table-version = Versi { $version } sudah dipakai untuk isi yang lain. Beri versi baru, sebab setiap pindah mencatatnya.
