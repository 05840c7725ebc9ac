# Perintah di dalam meja yang sedang terbuka, ekspor, cetak, pelengkap shell dan halaman manual.

refused-of-machine = Perintah { $command } menyangkut berkas mesin ini dan tidak dijalankan di dalam meja yang terbuka. Jalankan di mesin itu sebagai pengguna layanannya, misalnya: sudo -u pulang pulang { $command } …
cli-no-screen-inside = Di sini hanya perintah; layar dibuka dengan pulang tanpa perintah di terminal sendiri.
cli-too-many-words = Argumennya terlalu banyak atau terlalu panjang.

cli-export = menulis kasus yang cocok dengan kueri ke keluaran standar, untuk lembar kerja atau program; wewenang penyelia, dengan alasan
cli-export-query = misalnya status:tiba; tanpa kueri, semua yang boleh keluar
cli-export-format = csv (sel aman dari rumus), xlsx, atau jsonl
cli-export-columns = kode isian, atau nama kumpulan kolom (dasar, sisko), dipisah koma
cli-export-reason = alasan, paling sedikit sepuluh huruf; tercatat selamanya, tanpa menyebut orang
cli-completions = mencetak pelengkap perintah untuk sebuah shell
cli-completions-shell = bash, zsh, atau fish
cli-manual = mencetak halaman manual untuk man
cli-not-to-terminal = Buku kerja XLSX tidak ditulis ke terminal: alihkan ke berkas, misalnya … > kasus.xlsx
export-done = { $count } kasus keluar.{ $left ->
    [0] {""}
   *[other] {" "}{ $left } tidak boleh keluar dan ditinggalkan.
}
export-no-column = Tidak ada kolom "{ $code }".{ $nearest ->
    [none] {""}
   *[other] {" "}Maksudnya { $nearest }?
} Kumpulan kolom: { $sets }.
refused-export-many = { $found } kasus terlalu banyak untuk sekali ekspor: paling banyak { $most }. Persempit kuerinya.
refused-xlsx-many = Terlalu banyak untuk satu buku kerja XLSX dengan kolom ini: paling banyak { $most } kasus. Persempit, atau pakai csv atau jsonl.

manual-name = NAMA
manual-synopsis = RINGKASAN
manual-description = URAIAN
manual-extra = TANDA DAN KODE KELUAR

paper-kar = kartu antrean
paper-bai = berita acara serah terima perorangan
paper-bak = berita acara serah terima kolektif
paper-man = manifes kloter
paper-dhr = daftar hadir pendataan
paper-ptr = surat pengantar ke daerah asal
paper-tlk = surat pernyataan penolakan rehabilitasi
paper-rks = ringkasan kasus
paper-rkm = ringkasan kasus, tersamar
paper-skr = lembar skrining
paper-jnz = daftar periksa pemulangan jenazah
paper-ttb = tanda terima barang

print-number = { $number } salinan { $copy }
print-by = dicetak { $at } oleh { $by }, { $office }
print-page = hal.
print-yes = ya
print-no = tidak
print-officers = kertas langkah petugas
print-supervisors = wewenang penyelia, dengan --reason
print-no-paper = Tidak ada kertas "{ $paper }". Yang ada: { $all }.
print-left-out = { $left } kasus tidak boleh dicetak dan ditinggalkan.
refused-print-nobody = Tidak ada kasus yang boleh dicetak di kertas ini.
refused-print-many = Paling banyak { $most } kasus sekali cetak.
verb-print = dicetak
cli-print = mencetak kertas dari kasus ke keluaran standar, dengan nomor, salinan, pencetak, waktu dan sidik SHA-256
cli-print-paper = misalnya bast atau kartu-antrean; tanpa kertas, daftar yang ada
cli-print-numbers = nomor kasus
cli-print-query = kasus yang cocok dengan kueri, misalnya tingkat:1
cli-print-reason = alasan, untuk daftar dan ringkasan; tercatat selamanya, tanpa menyebut orang
cli-print-preview = hanya menunjukkan rupanya: tanpa nomor, tanpa tanda
field-print-paper = Kertas
field-print-no = Nomor cetak
field-print-copy = Salinan
field-print-by = Dicetak oleh
field-print-at = Dicetak pada
field-print-sha = Sidik cetak
field-office-print = Cetakan terakhir

layer-preview = KERTAS
cmd-print = lihat kertas sebelum dicetak
    .hint = kertas
title-papers = Kertas
preview-command = Cetak: ssh KOTAK { $command }
preview-lines = baris { $last } dari { $all }, belum bernomor{ $left ->
    [0] {""}
   *[other] ; { $left } kasus tidak boleh di kertas ini
}

cli-usage-options = [PILIHAN]
cli-usage-command = PERINTAH
part-print = Cetakan
