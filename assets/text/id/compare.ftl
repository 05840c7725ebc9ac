# Orang yang mirip, berdampingan: layar banding, jawabannya, dan alasan bila tidak bisa.
layer-compare = BANDING
cmd-compare = bandingkan dengan yang mirip
    .hint = banding
cmd-same-person = orang yang sama
    .hint = sama
cmd-other-person = orang lain
    .hint = orang lain

compare-place = { $place } dari { $count }, { $certainty }
compare-nobody = Tidak ada yang mirip di meja ini.
compare-named = dijawab orang yang sama
compare-row = Baris { $line }
compare-form = Isian ini
compare-work = Tempat kerja
compare-office = Kantor
compare-queue = antrean { $queue }
compare-unsaid = -
compare-more = PgDn: { $count } lagi
accord-same = sama
accord-near = hampir sama
accord-other = berlainan
verdict-same = orang sama
verdict-another = orang lain

notice-nobody-alike = Tidak ada yang mirip di meja ini atau di berkas.
notice-answered-same = Dijawab: orang yang sama. Penyelia yang menautkan kedua kasus. u membatalkan.
notice-linked = Dijawab dan ditautkan: orang yang sama. u membatalkan.
notice-answered-another = Dicatat: orang lain. Pasangan ini tidak ditanyakan lagi. u membatalkan.
notice-answered-new = Dijawab: orang baru. u membatalkan.
notice-said-return = Pernah pulang: akan ditautkan bila disimpan.
notice-said-another = Orang lain: dicatat bila disimpan.
why-not-nobody-alike = Tidak ada yang mirip.
why-not-no-case = Baris berkas belum menjadi kasus.
why-not-compare-here = Hanya saat menerima orang.
