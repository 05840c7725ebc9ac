# Gangguan mesin: satu kalimat untuk petugas. Kode dan rinciannya ada di log.

fault-data-locked = Data ini sedang dibuka program lain. Tunggu sampai selesai atau tutup program itu, lalu coba lagi.
fault-disk-full = Disk penuh: belum tersimpan; isian tetap. Kosongkan disk, simpan lagi.
fault-disk-read-only = Disk hanya bisa dibaca: belum tersimpan. Isian tetap di layar; hubungi pengelola.
fault-disk-denied = Program tidak berhak menulis berkas datanya. Hubungi pengelola.
fault-disk-error = Disk bermasalah: belum tersimpan. Isian tetap di layar; hubungi pengelola.
fault-key-missing = Berkas kunci tidak ditemukan. Data tidak dapat dibuka tanpa kunci itu. Bila ada salinannya: pulang key restore BERKAS --identity BERKAS
fault-key-short = Berkas kunci tidak utuh: panjangnya harus 32 bita. Singkirkan, lalu pulihkan dari salinannya: mv keys/master keys/master.bad, lalu pulang key restore BERKAS --identity BERKAS
fault-key-sealed = Itu salinan kunci yang tersegel, bukan kuncinya: pakai key restore dulu. Setelah pulang restore SET BARU tanpa --key: pulang --data BARU key restore SALINAN --identity BERKAS, lalu pulang --data BARU verify
fault-key-wrong = Kunci ini bukan kunci data ini. Bila keys/master rusak: mv keys/master keys/master.bad, lalu pulang key restore BERKAS --identity BERKAS
fault-key-slots = Kunci perkara rusak atau hilang pada kedua salinannya. Kembalikan slots.a dan slots.b dari cadangan: pulang restore SET BARU, lalu salin BARU/keys/slots.* ke keys/ di sini.
fault-key-slots-short = Tabel kunci di keys/ lebih pendek daripada kunci yang sudah dipakai; tidak ada yang diubah. Kembalikan slots.a dan slots.b dari cadangan: pulang restore SET BARU, salin BARU/keys/slots.* ke keys/ di sini, lalu buka lagi.
fault-seal-broken = Sebagian data tersegel tidak dapat dibuka: rusak atau diubah. Jalankan pemeriksaan.
fault-no-entropy = Sistem tidak memberi bilangan acak. Hubungi pengelola.
fault-journal-damaged = Jurnal rusak di satu tempat. Pekerjaan boleh berlanjut; pulihkan dari cadangan.
fault-journal-gone = Jurnal tidak ada, padahal data pernah disimpan. Pulihkan folder jurnal dari cadangan.
fault-journal-line-missing = Satu baris jurnal tidak ditemukan. Jalankan pemeriksaan.
fault-outcome-unknown = Belum pasti tersimpan. Jangan ketik ulang: program menanyakannya kembali.
fault-newer-release = Data ini ditulis versi program yang lebih baru. Pasang versi itu.
fault-too-large = Terlalu besar untuk disimpan sekaligus. Bagi menjadi beberapa bagian.
fault-store = Basis data dibangun ulang dari jurnal. Tidak ada yang hilang; coba lagi sebentar lagi.
fault-store-down = Basis data sedang dipulihkan; tidak ada yang hilang. Coba lagi sebentar lagi.
fault-erased = Data ini sudah dihapus tetap dan tidak dapat dibuka lagi.
fault-commit-unfit = Perubahan tidak cocok dengan keadaan data sekarang.
fault-draft-unreadable = Draf ini tidak dapat dibaca. Berkasnya dibiarkan di tempatnya.
fault-draft-limit = Draf terlalu besar atau terlalu banyak. Selesaikan atau buang draf lama.
