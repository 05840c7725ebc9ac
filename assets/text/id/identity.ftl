# Hal yang perlu dilihat pada NIK, nomor dokumen, dan nomor telepon.

# NIK
nik-too-short = NIK { $digits } angka: kurang { $missing }
nik-too-long = NIK { $digits } angka: lebih { $extra }
nik-not-a-digit = Ada { $sign } di antara angka NIK; mungkin huruf O untuk nol
nik-spreadsheet = Excel merusak NIK; minta berkas asli dengan kolom berformat teks
nik-zero = { $part ->
    [province] Provinsi
    [regency] Kabupaten/kota
    [district] Kecamatan
   *[serial] Nomor urut
} pada NIK tidak mungkin nol
nik-province-unknown = Tidak ada provinsi { $code } pada awal NIK
nik-east-timor = Awal NIK 54: Timor Timur; periksa dokumennya
nik-regency-renumbered = Kode { $code } pada NIK kini { $now } { $name }
nik-regency-maybe-split = Kode { $code } kode lama; mungkin kini { $name }
nik-regency-unknown = Kab/kota { $code } tidak dikenal di { $name }; kode lama atau pemekaran?
nik-district-unknown = Kecamatan { $code } tidak dikenal di { $name }; kode lama atau pemekaran?
nik-regency-two-readings = Kode { $code } kini { $now }, dahulu { $before }; tanyakan
nik-date-impossible = Tanggal { $day }-{ $month }-{ $year } pada NIK tidak mungkin
nik-age-young = Umur menurut NIK { $age } tahun; periksa
nik-age-old = Umur menurut NIK { $age } tahun; periksa abad kelahirannya
nik-birth-differs = Tanggal lahir { $given }, menurut NIK { $by-nik }; mana yang benar?
nik-sex-differs = Jenis kelamin { $given }, menurut NIK { $by-nik }; mana yang benar?
nik-maybe-family-card = Mungkin ini nomor KK, bukan NIK

# Nomor dokumen
document-spreadsheet = Excel merusak nomor dokumen; minta berkas asli dengan kolom berformat teks
document-too-long = Nomor dokumen { $characters } huruf dan angka: terlalu panjang
document-unusual-pattern = Nomor dokumen tidak seperti biasanya; periksa
document-maybe-misread = Mungkin { $suggestion }: huruf terbaca sebagai angka?
document-valid-too-long = SPLP paling lama berlaku { $years } tahun; periksa tanggalnya
document-expires-before-issue = Masa berlaku habis sebelum tanggal terbit; periksa
document-expired = Dokumen kedaluwarsa pada { $on }
document-name-too-long = Nama { $characters } huruf; di paspor paling banyak { $limit }

# Nomor telepon
phone-too-short = Nomor telepon { $digits } angka: terlalu pendek
phone-too-long = Nomor telepon { $digits } angka: terlalu panjang
phone-not-a-digit = Ada { $sign } dalam nomor telepon
phone-spreadsheet = Excel merusak nomor telepon; minta berkas asli dengan kolom berformat teks
phone-prefix-unknown = Awalan { $prefix } tidak dikenal; periksa
phone-country-unknown = Kode negara tidak dikenal; periksa
phone-several = Ada beberapa nomor; hanya yang pertama dibaca
phone-maybe-abroad = Mungkin nomor { $country }; bila ya, tulis dengan +

# Pindaian paspor (MRZ): isian dan sebab tak terbaca
mrz-kind = jenis dokumen
mrz-issuer = negara penerbit
mrz-name = nama
mrz-number = nomor dokumen
mrz-nationality = kewarganegaraan
mrz-birth = tanggal lahir
mrz-sex = jenis kelamin
mrz-expiry = masa berlaku
mrz-optional = data tambahan
mrz-composite = angka pemeriksa gabungan
mrz-not-a-passport = Ini bukan baris kode paspor
mrz-length = Baris paspor { $first } dan { $second } huruf; seharusnya 44 dan 44. Pindai lagi
mrz-character = Huruf ke-{ $position } tidak mungkin ada pada kode paspor. Pindai lagi

# Mengapa dua nama serupa
name-identical = nama sama persis
name-spelling = ejaan lain, bunyi sama
name-order = urutan kata lain
name-glued = ditulis serangkai
name-title = gelar diabaikan
name-initial = inisial cocok
name-near = beda satu-dua huruf
name-ending = akhiran beda
name-missing = ada kata yang kurang
name-frequent-only = hanya nama umum yang sama
name-father-agrees = nama ayah cocok
name-father-differs = nama ayah beda
