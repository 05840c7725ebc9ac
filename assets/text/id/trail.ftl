# Siapa bersama siapa, siapa melihat apa: kehadiran, jejak, jangkar.
company-open = juga dibuka: { $people }
company-oneself = Anda di layar lain
notice-changed-here = { $who } baru saja mengubah kasus ini.
notice-table-changed = Tabel gerbang kantor ini kini { $version } ({ $who }).
notice-missed = Banyak yang berubah; semuanya dibaca ulang.
