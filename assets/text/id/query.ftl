# Bahasa kueri: kesalahan, nama isian, dan alasan duplikat.

query-too-long = Kueri terlalu panjang: paling banyak 200 karakter.
query-too-deep = Terlalu banyak kurung bersarang.
query-unknown-field = Tidak ada isian bernama begini.{ $nearest ->
    [none] {""}
   *[other] {" "}Maksudnya { $nearest }?
}
query-unknown-value = Nilai ini tidak dikenal atau bisa berarti beberapa.{ $nearest ->
    [none] {""}
   *[other] {" "}Maksudnya { $nearest }?
}
query-missing-value = Nilainya belum ada.
query-missing-term = Di sini seharusnya ada kata atau isian.
query-open-bracket = Kurung ini belum ditutup.
query-close-bracket = Kurung tutup ini tidak punya pasangan.
query-open-quote = Tanda petik ini belum ditutup.
query-empty-word = Tidak ada huruf atau angka untuk dicari.
query-check-letter = Huruf pemeriksa tidak cocok dengan angkanya: salah satu salah ketik. Maksudnya { $nearest }?
query-one-of = Nilai ini tidak dikenal. Yang ada: { $nearest }.
query-count = Ini bukan angka.
query-number = Ini bukan angka atau nomor kasus; contoh: 26-004217-K.
query-date = Tanggal ini tidak terbaca; contoh: 21-02-2026, 2026-02, 1998, kemarin.
query-unit = Satuan ini bisa salah dibaca. Ketik { $nearest }.
query-operator = Tanda ini tidak berlaku untuk isian ini.
query-no-me = "me" tidak bisa dipakai di sini: tidak ada petugas atau kantor.

query-field-status = status kasus
query-field-tingkat = tingkat: merah, kuning, hijau, jenazah
query-field-nama = nama dan alias, ejaan apa pun
query-field-nik = NIK atau sebagiannya
query-field-dokumen = nomor paspor atau SPLP
query-field-hp = nomor telepon
query-field-nomor = nomor kasus
query-field-kelamin = laki-laki atau perempuan
query-field-umur = umur saat tiba
query-field-lahir = tanggal, bulan, atau tahun lahir
query-field-asal = provinsi atau kabupaten/kota asal
query-field-negara = negara tempat bekerja
query-field-kelompok = kode kelompok
query-field-antrian = nomor antrean atau gelang
query-field-kloter = kloter
query-field-kantor = kantor pemilik kasus
query-field-petugas = petugas; me berarti saya
query-field-posisi = posisi terakhir
query-field-keselamatan = keselamatan
query-field-sektor = sektor kerja
query-field-masalah = kategori masalah
query-field-prosedural = prosedural atau nonprosedural
query-field-jalur = jalur berangkat
query-field-tanda = tanda pada baris: anak, sendiri, tertahan …
query-field-tenggat = tenggat: lewat, hari-ini, <4jam
query-field-utang = utang fakta: jumlah atau tenggatnya
query-field-menunggu = sejak kapan di status ini: >2hari
query-field-diubah = terakhir diubah: <2hari
query-field-lapor = waktu lapor

certainty-sure = SAMA PASTI
certainty-strong = KUAT
certainty-maybe = MUNGKIN

reason-same-nik = NIK sama
reason-same-document = nomor dokumen sama
reason-same-phone = nomor telepon sama
reason-same-name = nama sama bunyinya
reason-like-name = nama mirip
reason-same-birth = tanggal lahir sama
reason-swapped-birth = tanggal dan bulan lahir tertukar
reason-near-birth = tanggal lahir beda satu angka
reason-near-age = umur beda paling banyak setahun
reason-same-home = asal kabupaten/kota sama
reason-other-sex = jenis kelamin berbeda
reason-far-age = umur beda lebih dari tiga tahun
reason-maybe-twin = mungkin saudara kembar
