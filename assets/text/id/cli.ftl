# Baris perintah: bantuan, kesalahan argumen, dan jawaban perintah.

cli = Pulang: meja kerja untuk memulangkan pekerja migran Indonesia. Tanpa perintah, meja terbuka di terminal ini.
cli-arg-data = folder data; bila tidak, $PULANG_DATA, lalu folder data pengguna
cli-arg-key = kunci induk, bila tidak disimpan bersama data
cli-arg-json = jawaban dan kesalahan sebagai JSON
cli-arg-practice = membuka meja latihan: orang-orang rekaan, terpisah dari yang sungguhan
cli-arg-solo = meja dan layar dalam satu proses ini, tanpa daemon
cli-arg-lang = bahasa: id atau en; bila tidak, menurut locale
cli-arg-help = bantuan ini
cli-arg-version = versi program
cli-import = menerima manifes: CSV (; , atau tab) atau XLSX
cli-import-file = berkas manifes; - membaca masukan standar
cli-import-lands = hari kloter mendarat, misalnya 21-02-2026; bila tidak, hari ini
cli-import-name = nama kloter; bila tidak, nama berkas atau hari mendarat
cli-import-preview = hanya mengatakan apa yang akan diterima
cli-list = mendaftar kasus yang cocok dengan kueri, yang paling mendesak dahulu
cli-list-query = misalnya status:tiba tingkat:1; tanpa kueri, semua
cli-list-limit = paling banyak sekian (1000)
cli-show = menampilkan satu kasus
cli-show-number = nomor kasus, misalnya 26-004217-K
cli-practice = membuat meja latihan sebesar apa pun di folder kosong
cli-practice-cases = jumlah kasus (400), sampai 1000000
cli-practice-seed = bilangan awal (1): yang sama memberi orang yang sama
cli-practice-entries = kira-kira sekian baris jurnal tiap kasus (1), sampai 200
cli-gates = mencetak tabel gerbang kantor ini, memeriksa sebuah berkas, atau memberlakukannya
cli-gates-check = mengatakan semua yang salah pada sebuah tabel, dengan baris dan kunci; - membaca masukan standar
cli-gates-adopt = memberlakukan tabel untuk kantor sendiri; wewenang penyelia atau administrator
cli-gates-back = kembali ke tabel bawaan program
cli-gates-from = berlaku sejak awal hari ini, misalnya 01-12-2026; bila tidak, menurut tabelnya
cli-ssh = dijalankan sshd bagi yang masuk: layar, atau satu perintah meja yang diminta
cli-doctor = memeriksa apa yang menghalangi meja di mesin ini, dan mengatakan tindakannya
cli-keys = mencetak tabel tombol
cli-keys-markdown = sebagai tabel Markdown

cli-head-usage = Pemakaian:
cli-head-commands = Perintah
cli-head-arguments = Argumen
cli-head-options = Pilihan
cli-signs =
    Huruf pada kolom Tnd, di layar:
      N meninggal   T tertahan: hubungi penyelia   W anak sendirian atau tanpa wali terverifikasi
      R dirujuk darurat   U utang darurat   P pisahkan   X kontak terlarang   C penutupan diminta
      H hilang kontak   O menolak layanan   B pernah dipulangkan   J juru bahasa
      M keterangan manifes belum diperiksa

    Kode keluar: 0 selesai; 1 ditolak atau tidak utuh; 2 argumen salah; 3 data sedang dibuka; 4 gangguan mesin.

cli-mistake-command = Tidak ada perintah "{ $arg }".{ $nearest ->
    [none] {""}
   *[other] {" "}Maksudnya { $nearest }?
}
cli-mistake-option = Tidak ada pilihan "{ $arg }".{ $nearest ->
    [none] {""}
   *[other] {" "}Maksudnya { $nearest }?
}
cli-mistake-value = Nilai "{ $value }" tidak bisa dipakai untuk { $arg }.
cli-mistake-no-value = { $arg } perlu nilai.
cli-mistake-missing = Belum ada: { $arg }.
cli-mistake-conflict = { $arg } tidak bisa bersama { $other }.
cli-mistake-other = Argumen ini tidak dimengerti.
cli-mistake-help = Semua pilihan: pulang --help.
cli-at-character = huruf ke-{ $at }: { $text }

refused-no-desk = Tidak ada meja di { $path }: tidak ada yang dibaca dan tidak ada yang dibuat. Periksa --data atau $PULANG_DATA. Meja baru dimulai oleh pulang tanpa perintah, import, practice, atau operator add.
refused-check-letter = Huruf pemeriksa pada { $number } tidak cocok dengan angkanya: salah satu salah ketik. Mungkin { $nearest }.
practice-seen = { $who } dari { $office } melihat { $seen } di antaranya; yang lain milik kantor lain.
notice-practice = Meja latihan: { $count } orang rekaan; kantor Anda, { $office }, melihat { $seen }, yang lain milik kantor lain.
cli-left-out-unseen = Ditinggalkan hanya karena mirip seseorang di meja, belum ada yang melihat: baris { $rows }. Bandingkan di layar impor.
