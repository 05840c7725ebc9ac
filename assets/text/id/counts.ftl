# Rekap: berapa orang di mana, di layar, dengan perintah, dan di laporan harian.

layer-counts = REKAP
cmd-counts = rekap: berapa orang di mana
    .hint = rekap
why-not-counts = Rekap hanya dibaca petugas yang menangani kasus dan pimpinan.

counts-at = Rekap per { $at }. Setiap tabel membagi orang yang sama: kasus orang hidup yang tidak dibatalkan, apa pun statusnya.
counts-exact = Dihitung persis: kasus yang Anda temukan di daftar, milik kantor ini dan yang dibagikan kepadanya.
counts-masked = Dihitung: semua kantor. Angka satu sampai empat tidak dibuka kepada pembaca di luar penanganan kasus.
counts-beside = Dalam tabel { $total } orang; di luar tabel { $remains } jenazah dan { $apart } ditangani khusus.
counts-legend = <5: satu sampai empat orang. ..: ditutup supaya angka kecil di sebelahnya tidak dapat dihitung.
counts-people = orang
counts-not-said = belum diisi
counts-total = jumlah
counts-all-offices = semua
counts-difference = selisih

counts-head-status = Status menurut kantor
counts-says-status = Status sekarang, kantor pemilik kasus.
counts-head-movement = Kloter
counts-says-movement = klaim: angka pada manifes; daftar: kasus di meja; naik: berstatus JALAN sampai REINT; tiba: TIBA sampai REINT; serah: REINT; tutup: TUTUP. Selisih terhadap angka di kirinya; terhadap klaim dihitung semua orang di kloter, hanya bila semua kasusnya milik kantor ini.
counts-says-movement-masked = klaim: angka pada manifes; daftar: kasus di meja; naik: berstatus JALAN sampai REINT; tiba: TIBA sampai REINT; serah: REINT; tutup: TUTUP. Selisih terhadap angka di kirinya. Jenazah dan yang ditangani khusus tidak ikut; klaim yang berbeda satu sampai empat dari daftar ditutup.
counts-head-position = Posisi hari ini
counts-says-position = Posisi terakhir yang dicatat, termasuk kasus yang sudah ditutup.
counts-head-tier = Tingkat
counts-says-tier = Kolom Tk di daftar, sekarang.
counts-head-age = Umur
counts-says-age = Di bawah 18 tahun pada hari kloternya mendarat, atau hari lapor; yang umurnya diragukan dihitung anak.
counts-head-province = Provinsi asal
counts-says-province = Provinsi daerah asal yang dicatat.
counts-head-day = Sejak awal hari ini
counts-says-day = Menurut waktu terjadinya, kantor pemilik kasus sekarang: dilaporkan, mendarat, diserahkan kepada penerima, berstatus TUTUP.
counts-minor = anak
counts-other = lainnya
counts-claimed = klaim
counts-registered = daftar
counts-boarded = naik
counts-arrived = tiba
counts-handed = serah
counts-closed = tutup
counts-other-movements = kloter lainnya
counts-no-movement = tanpa kloter
counts-day-registered = daftar
counts-day-arrived = tiba
counts-day-handed = serah
counts-day-closed = tutup
counts-day-cut = Lebih dari { $most } kasus berubah hari ini: yang tiba dan diserahkan tidak dihitung.

counts-whole = seluruhnya
counts-living = orang hidup
counts-remains = jenazah
counts-apart = ditangani khusus

counts-column-table = tabel
counts-column-row = baris
counts-column-column = kolom
counts-column-people = orang
counts-column-says = definisi
counts-column-at = per
cli-counts = menghitung berapa orang di mana: status, kloter, posisi, tingkat, umur, provinsi asal, dan yang berubah hari ini
cli-counts-format = text (tabel), csv (sel aman dari rumus), atau json

paper-lhr = laporan harian (rekap)
paper-bin = register (buku induk)
paper-ksa = surat kuasa keluarga
print-leaders = wewenang penyelia dan pimpinan, tanpa nomor kasus
why-not-report = Laporan harian dicetak penyelia dan pimpinan.
refused-print-of-office = Kertas ini tentang angka kantor: tanpa nomor kasus dan tanpa kueri.
refused-print-period = Hari akhirnya sebelum hari awalnya.
cli-print-from = kasus kantor sendiri yang dilaporkan sejak hari ini, misalnya 01-11-2026; untuk register
cli-print-to = sampai hari ini; tanpa itu, sampai sekarang
