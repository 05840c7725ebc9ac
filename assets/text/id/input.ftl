# Mengapa isian tidak dapat diterima, dan apa yang dapat diketik.

date-unreadable = Bukan tanggal. Contoh: 21-2-98, 5 nov, kmrn, -3, senin, ~1998, ? bila tidak tahu
date-in-future = { $date } belum tiba; isian ini untuk yang sudah terjadi
date-no-such-day = { $typed } tidak ada: bulan itu hanya sampai tanggal { $last }
date-no-such-month = Tidak ada bulan { $month }; tulis hari, lalu bulan
date-year-range = Tahun harus { $first } sampai { $last }
date-no-such-age = Umur paling tinggi { $most } tahun
date-bare-year = Hari dan bulan belum ada. Bila hanya tahunnya yang diketahui: ~{ $year }
date-needs-day = Harinya belum ada. Bila hanya bulannya yang diketahui, awali dengan ~
date-needs-year = Tulis juga tahunnya
date-birth-needs-year = Tanggal lahir perlu tahun: 21-2-98. Bila hanya umurnya yang diketahui: ~17
date-weekday-differs = { $date } adalah hari { $weekday ->
    [1] Senin
    [2] Selasa
    [3] Rabu
    [4] Kamis
    [5] Jumat
    [6] Sabtu
   *[7] Minggu
}; periksa tanggalnya

time-unreadable = Bukan waktu. Contoh: 22:15, kmrn 22:15, 5/11 8.30, -20m, -3j, ~22
time-missing = Jamnya belum ada. Contoh: kmrn 22:15; bila kira-kira saja, awali dengan ~
time-no-such-clock = { $typed } tidak ada: jam 00:00 sampai 23:59

input-too-long = Paling banyak { $max } huruf; yang diketik { $length }
input-no-such-choice = Tidak ada pilihan { $typed }. Yang ada: { $codes }
input-ambiguous-choice = { $typed } dapat berarti { $codes }; ketik lebih lengkap
input-nothing-found-alone = 0 berarti tidak ada temuan; tidak dapat bersama yang lain
input-not-yes-no = Ketik y (ya) atau t (tidak)
input-not-a-number = Ketik angka saja
input-number-range = Harus { $min } sampai { $max }
input-no-such-region = Bukan kode wilayah. Contoh: 71.71.08; atau ketik namanya, lalu pilih
input-ambiguous-region = Ada beberapa wilayah bernama { $typed }; pilih dari daftar
input-no-such-country = Tidak ada negara { $typed }. Contoh: KHM atau Kamboja
input-not-a-link = Pilih dari daftar
input-no-letters = Isian ini tidak memuat huruf atau angka
