# Penghapusan data sebuah kasus.

cmd-erase = hapus data kasus ini untuk selamanya
    .hint = hapus
hint-go-on = lanjut
hint-erase = hapus
heading-erased = {" "}+ { $count } terhapus
erase-title = Hapus untuk selamanya
erase-gone = Hilang: semua data orang ini, riwayatnya ({ $entries } catatan) dan drafnya. Tidak ditemukan lagi di pencarian, kemiripan, daftar, ekspor.
erase-stays = Tetap: nomornya, tak dipakai lagi; rantai jurnal tanpa isi; hitungan kepala kloter; { $links } tautan, sebagai nomor saja; di jejak: siapa, kapan, mengapa.
erase-for-good = Tidak bisa dibatalkan, oleh siapa pun.
erase-copies = Salinan keys/ dan cadangan lama masih membuka data ini sampai dimusnahkan; begitu pula cetakan, ekspor, dan berkas manifes.
erase-number = Ketik nomornya untuk menghapus ({ $number }):
notice-erased = { $number } dihapus untuk selamanya. Musnahkan juga salinan kunci dan cadangan lama.
notice-case-erased = Kasus yang terbuka di sini telah dihapus untuk selamanya.
refused-erase-open = Kasus ini masih berjalan: data hanya dihapus setelah kasus ditutup atau dibatalkan.
refused-erase-kept = Data ini masih harus disimpan: ada perkara atau penahanan yang belum selesai. Tanyakan bagian hukum atau medis.
refused-erase-number = Itu bukan nomor kasus ini ({ $number }): tidak ada yang dihapus.
refused-erase-unconfirmed = Tidak ada yang dihapus. Ulangi nomornya untuk memastikan: --yes { $number }
refused-erased = Kasus { $number } dihapus untuk selamanya pada { $on }.

cli-erase = menghapus data satu kasus untuk selamanya: wewenang penyelia, dengan alasan
cli-erase-number = nomor kasus, misalnya 26-004217-K
cli-erase-reason = mengapa; tersimpan di jejak dan tidak menyebut nama siapa pun
cli-erase-yes = nomornya sekali lagi, bila tidak ada yang bisa ditanya
