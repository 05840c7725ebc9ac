# Siapa bersama siapa, siapa melihat apa: kehadiran, jejak, jangkar.
company-open = juga dibuka: { $people }
company-oneself = Anda di layar lain
notice-changed-here = { $who } baru saja mengubah kasus ini.
notice-table-changed = Tabel gerbang kantor ini kini { $version } ({ $who }).
notice-missed = Banyak yang berubah; semuanya dibaca ulang.

cli-anchor = mencetak di mana jurnal dan jejak berada, bertanda tangan, untuk disimpan di luar
cli-verify-anchor = berkas jangkar yang disimpan di luar: apakah rantai masih memuatnya; - membaca masukan baku
anchor-keep = Simpan di luar mesin ini, setiap hari: cetak, atau kirim kepada pemeriksa. Kelak: pulang verify --anchor BERKAS
anchor-journal = jurnal
anchor-trail = jejak
anchor-holds = Jangkar { $at }: jurnal sampai baris { $journal } dan jejak sampai baris { $trail } masih ada, utuh.
anchor-holds-not = Jangkar { $at } (jurnal { $journal }, jejak { $trail }) TIDAK terpenuhi:
anchor-forged = tanda tangan lembar ini salah: lembarnya sendiri diubah, atau salah salin.
anchor-other-key = lembar ini ditandatangani kunci lain: milik meja lain, atau kunci meja ini diganti.
anchor-cut-tail = { $chain }: ekor dipotong. Rantai berakhir di baris { $last }, padahal baris { $line } sudah ada.
anchor-rewritten = { $chain }: ditulis ulang. Baris { $line } bukan lagi yang dijangkar; yang terakhir terbukti asli baris { $after }.
anchor-damaged = { $chain }: baris { $first }: { $what }.
anchor-too-many = Baris { $line }: terlalu banyak jangkar dalam satu berkas.
anchor-no-json = Baris { $line } bukan jangkar yang dicetak pulang anchor --json.
anchor-none = Tidak ada jangkar di berkas ini: jangkar dimulai dengan PULANG ANCHOR 1.
anchor-mistyped = Baris { $line } salah ketik: empat huruf di belakang # tidak cocok dengan isinya.
anchor-out-of-order = Baris { $line } bukan lanjutan jangkar: ada baris yang terlewat.
anchor-cut = Jangkar berakhir sebelum selesai, di baris { $line }.
