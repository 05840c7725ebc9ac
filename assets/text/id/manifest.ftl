# Impor manifes: mengapa berkas ditolak, apa yang janggal pada sebuah baris, baris mana yang dilewati, siapa yang sama.

manifest-empty = Berkas kosong
manifest-too-large = Berkas lebih dari { $most } MiB; kirim manifesnya saja, tanpa gambar
manifest-not-a-table = Ini bukan tabel. Yang dapat dibaca: XLSX, CSV, atau tabel yang ditempel
manifest-old-workbook = Berkas Excel lama atau berkata sandi. Simpan sebagai .xlsx tanpa kata sandi, lalu coba lagi
manifest-workbook-damaged = Berkas Excel ini rusak atau bukan .xlsx. Simpan ulang, atau tempel tabelnya
manifest-unfolds-too-large = Isi berkas Excel ini terlalu besar untuk sebuah manifes
manifest-no-header = Baris judul kolom tidak ditemukan. Perlu kolom Nama dan sedikitnya satu kolom lain, misalnya NIK atau Tgl Lahir
manifest-no-people = Ada judul kolom, tetapi tidak ada orang di bawahnya
manifest-too-many-rows = Lebih dari { $most } baris; bagi menjadi beberapa berkas
manifest-too-many-columns = Baris { $line } melebihi { $most } kolom
manifest-cell-too-long = Baris { $line }, kolom { $column }: isi sel melebihi { $most } huruf. Mungkin ada tanda kutip yang tidak ditutup

manifest-name-missing = Nama kosong
manifest-name-digits = Ada angka di dalam nama
manifest-cell-lines = Sel nama berisi lebih dari satu baris; periksa tanda kutip dan orang di bawahnya
manifest-text-cut = Isi dipotong menjadi { $most } huruf
manifest-sex-missing = L/P kosong
manifest-sex-unread = L/P tidak terbaca: { $typed }
manifest-birth-missing = Tanggal lahir kosong
manifest-birth-impossible = Tanggal lahir tidak mungkin: { $typed }
manifest-date-unread = Bukan tanggal: { $typed }
manifest-date-ambiguous = Dibaca { $read }; dapat juga berarti { $other }
manifest-date-month-first = Ditulis bulan lebih dahulu; dibaca { $read }
manifest-date-serial = Angka tanggal Excel; dibaca { $read }
manifest-date-short-year = Tahun dua angka; dibaca { $read }
manifest-date-only-year = Hanya tahun; dicatat kira-kira { $read }
manifest-nik-missing = NIK kosong
manifest-nik-rounded = NIK tersimpan sebagai angka; angka terakhir mungkin hilang
manifest-document-missing = Dokumen perjalanan kosong
manifest-document-kind-unread = Jenis dokumen tidak dikenal: { $typed }
manifest-home-missing = Daerah asal kosong
manifest-home-unknown = Daerah asal tidak dikenal
manifest-home-unclear = Daerah asal dapat berarti: { $candidates }
manifest-country-unread = Kewarganegaraan tidak dikenal: { $typed }
manifest-queue-unread = Nomor gelang bukan 1 sampai 9999: { $typed }

manifest-line-total = Baris jumlah, dilewati
manifest-line-header-again = Judul kolom yang terulang, dilewati
manifest-line-not-a-person = Bukan baris orang, dilewati

manifest-same-nik = NIK sama
manifest-same-document = nomor dokumen sama
manifest-same-birth = nama dan tanggal lahir sama
manifest-turned-birth = nama sama, hari dan bulan lahir tertukar
manifest-same-phone = telepon sama
manifest-certainty-certain = SAMA PASTI
manifest-certainty-strong = KUAT
manifest-certainty-possible = MUNGKIN
manifest-severity-error = galat
manifest-severity-warning = periksa
manifest-severity-note = catatan
