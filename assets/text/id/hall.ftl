# Nomor gelang: siapa memakai yang mana.
notice-band = Gelang { $queue }.
notice-band-another = Pasang gelang { $queue }: { $offered } sudah dipakai orang lain.
refused-queue-taken = Nomor { $queue } sudah dipakai orang lain. Nomor bebas berikutnya: { $next }.
