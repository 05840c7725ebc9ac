# Daemon, menyambung, dan bagaimana sebuah sambungan berakhir.

cli-arg-new = membuka sesi kedua di samping yang sudah ada
cli-arg-socket = soket sebuah layanan; bila tidak, $PULANG_SOCKET, lalu desk.sock di folder data
cli-arg-as = siapa yang ada, pada akun bersama: diberikan oleh perintah kunci SSH, dipercaya dari gerbang saja
cli-serve = menjalankan daemon yang memegang meja dan layar semua petugas
cli-serve-when_idle = exit: pergi bersama sesi terakhir; stay: tetap (bawaan)

bye-left = Sesi selesai.
bye-taken-over = Sesi ini dilanjutkan di terminal lain.
bye-reconnect = Daemon berhenti. Yang setengah diketik tersimpan sebagai draf.
bye-refused = Anda tidak diizinkan masuk.
bye-ended = Sesi ini diakhiri. Yang setengah diketik tersimpan sebagai draf.
bye-full = Terlalu banyak sesi terbuka. Tutup salah satu, lalu coba lagi.
bye-fault = Sesi ini terhenti karena kesalahan program. Yang sudah disimpan dan draf tetap ada; masuk lagi untuk melanjutkan.
bye-protocol = Daemon ini dari rilis lain dan tidak mengerti program ini (protokol { $spoken }). Minta pengelola menyalakannya kembali.
bye-garbage = Sambungan ke daemon rusak: yang datang tidak dimengerti. Masuk lagi untuk melanjutkan.
attach-again = Sambungan terputus; menyambung lagi… Ctrl+C berhenti. Ketikan diabaikan.
attach-lost = Daemon tidak dapat dicapai lagi. Yang sudah disimpan dan draf tetap ada; jalankan pulang lagi.
notice-come-back = Tersambung kembali. Yang diketik sementara itu tidak dipakai. Esc melanjutkan.
notice-come-back-as = Tersambung kembali, sekarang sebagai { $name }. Yang diketik sementara itu tidak dipakai. Esc melanjutkan.

refused-as = --as hanya dipercaya dari akun gerbang yang disebut di desk.toml.
refused-as-whom = Akun ini dipakai bersama: kunci SSH Anda harus menyebut nama dengan --as.
refused-settings = { $file } di folder data tidak dapat dibaca. Hubungi pengelola.
refused-socket = Anda tidak berhak menyambung ke daemon meja ini. Hubungi pengelola.
refused-service-down = Layanan meja ini tidak menjawab. Hubungi pengelola.
refused-daemon-gone = Daemon tidak dapat dimulai. Rinciannya ada di daemon.log di folder data.
refused-typed-path = Di sini berkas tidak dapat dibuka lewat jalurnya. Pakai pulang import BERKAS dari shell, folder masuk, atau tempel isinya.
fault-daemon = Daemon atau soketnya tidak dapat dipakai. Hubungi pengelola.
refused-words = Argumen perintah harus teks UTF-8.
refused-daemon-silent = Daemon meja ini tidak menjawab. Coba lagi; bila tetap begitu, hubungi pengelola.
refused-daemon-gone-within = Daemon berhenti sebelum perintah selesai. Periksa apa yang sudah terjadi, lalu jalankan lagi.
refused-forced = Lewat login ini hanya layar dan perintah meja yang berjalan, untuk meja mesin ini. Urusan mesinnya dikerjakan pengelola.
refused-forced-file = Berkas di mesin ini tidak dibuka lewat login ini. Kirimkan berkasnya: ssh MESIN pulang import - < BERKAS
