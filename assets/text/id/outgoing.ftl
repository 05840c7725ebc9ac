# Perintah di dalam meja yang sedang terbuka, ekspor, cetak, pelengkap shell dan halaman manual.

refused-of-machine = Perintah { $command } menyangkut berkas mesin ini dan tidak dijalankan di dalam meja yang terbuka. Jalankan di mesin itu sebagai pengguna layanannya, misalnya: sudo -u pulang pulang { $command } …
cli-no-screen-inside = Di sini hanya perintah; layar dibuka dengan pulang tanpa perintah di terminal sendiri.
cli-too-many-words = Argumennya terlalu banyak atau terlalu panjang.
