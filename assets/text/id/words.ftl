# Nama kode, halaman, bagian, dan riwayat.

# Halaman formulir
page-person = Orang
page-contact = Kontak
page-work = Pekerjaan
page-report = Laporan
page-journey = Perjalanan
page-health = Kesehatan
page-care = Rehabilitasi
page-law = Hukum
page-close = Penutupan
page-none = Lainnya

# Bagian data untuk hak akses
section-identity = Identitas
section-contact = Kontak
section-work = Pekerjaan
section-journey = Perjalanan
section-health = Kesehatan
section-care = Rehabilitasi
section-law = Hukum
section-desk = Penanganan
section-office = Kantor

# Bagian berkas
part-own = Data kasus
part-document = Dokumen
part-phone = Telepon
part-contact = Kontak
part-note = Catatan
part-flag = Tanda
part-debt = Susulan
part-belonging = Barang
part-track = Jalur
part-screening = Skrining
part-finding = Kualifikasi
part-referral = Rujukan darurat
part-custody = Penyerahan ke penegak hukum
part-link = Kaitan

# Jenis subjek
kind-case = Kasus
kind-movement = Kloter
kind-incident = Kejadian
kind-office = Kantor
kind-operator = Petugas
kind-view = Tampilan
kind-table = Tabel

# Riwayat: apa yang dilakukan
verb-create = dibuat
    .noun = pembuatan kasus
verb-edit = diubah
    .noun = perubahan isian
verb-move = dipindahkan
    .noun = pemindahan status
verb-correct = dikoreksi
    .noun = koreksi status
verb-reopen = dibuka kembali
    .noun = pembukaan kembali
verb-ask-close = penutupan diminta
    .noun = permintaan penutupan
verb-close = ditutup
    .noun = penutupan
verb-note = dicatat
    .noun = catatan
verb-flag = ditandai
    .noun = tanda
verb-refer = dirujuk darurat
    .noun = rujukan darurat
verb-hand-to-law = diserahkan ke penegak hukum
    .noun = serah terima ke aparat
verb-tier = tingkat diubah
    .noun = perubahan tingkat
verb-settle = susulan dipenuhi
    .noun = pelunasan susulan
verb-link = dikaitkan
    .noun = kaitan
verb-claim = diambil
    .noun = pengambilan kasus
verb-die = dicatat meninggal
    .noun = catatan meninggal
verb-withdraw = ditarik
    .noun = penarikan
verb-undo = diurungkan
    .noun = pembatalan
verb-redo = diulangi
    .noun = pengulangan
verb-other = perubahan lain
    .noun = perubahan

# Ketepatan tanggal dan waktu
precision-certain = pasti
precision-estimated = perkiraan
precision-unknown = tidak tahu

# Ya dan tidak
yes = ya
no = tidak

# Jenis kelamin
sex-l = Laki-laki
sex-p = Perempuan

# Jenis nama
name-kind-lkp = Nama lengkap
name-kind-ini = Inisial
name-kind-tdk = Tak dikenal

# Status perkawinan
marital-blm = Belum kawin
marital-kwn = Kawin
marital-crh = Cerai hidup
marital-crm = Cerai mati

# Bukti kewarganegaraan
nationality-evidence-psp = Paspor atau SPLP
nationality-evidence-ktp = KTP
nationality-evidence-akt = Akta kelahiran
nationality-evidence-kk = Kartu keluarga
nationality-evidence-duk = Data Dukcapil
nationality-evidence-pgk = Pengakuan sendiri

# Sumber identitas
identity-source-ktp = KTP
identity-source-psp = Paspor
identity-source-spl = SPLP
identity-source-kk = Kartu keluarga
identity-source-akt = Akta kelahiran
identity-source-ijz = Ijazah
identity-source-klg = Keterangan keluarga
identity-source-pgk = Pengakuan sendiri

# Jenis dokumen
doc-kind-psp = Paspor
doc-kind-spl = SPLP
doc-kind-ktp = KTP
doc-kind-kk = Kartu keluarga
doc-kind-akt = Akta kelahiran
doc-kind-ijz = Ijazah
doc-kind-lai = Lainnya

# Keberadaan dokumen
doc-state-pgg = Dipegang sendiri
doc-state-skt = Disita sindikat
doc-state-maj = Ditahan pemberi kerja
doc-state-pol = Disita polisi
doc-state-hlg = Hilang
doc-state-mgk = Mengaku tidak punya
doc-state-kdl = Kedaluwarsa
doc-state-gti = Diganti

# Aman dihubungi
safe-y = Aman
safe-t = Tidak aman
safe-tdk = Belum diketahui

# Hubungan
relation-ayh = Ayah
relation-ibu = Ibu
relation-smi = Suami
relation-ist = Istri
relation-ank = Anak
relation-kak = Kakak
relation-adk = Adik
relation-wal = Wali
relation-klg = Keluarga lain
relation-ksa = Penerima kuasa
relation-pmd = Pemerintah daerah
relation-lbg = Lembaga sosial
relation-dri = Diri sendiri
relation-lai = Lainnya

# Cara verifikasi
verified-how-kk = Kartu keluarga
verified-how-ktp = KTP
verified-how-akt = Akta kelahiran
verified-how-pmd = Keterangan pemda/desa
verified-how-vid = Panggilan video
verified-how-lbg = Lembaga sosial

# Hubungan dalam kelompok
group-relation-klg = Keluarga
group-relation-psg = Pasangan
group-relation-tmn = Teman
group-relation-psh = Dipisahkan

# Keadaan anak
company-brs = Bersama wali
company-trp = Terpisah dari wali
company-snd = Sendirian

# Persetujuan pemrosesan data
consent-ya = Setuju
consent-tdk = Tidak setuju
consent-blm = Belum ditanya

# Sektor
sector-scm = Online scam
sector-jdl = Judi daring
sector-scj = Online scam dan judi daring
sector-rmt = Rumah tangga
sector-bgn = Bangunan
sector-pbr = Pabrik
sector-rst = Restoran
sector-lai = Lainnya
sector-tdk = Tidak diketahui

# Jalur berangkat
channel-p3m = Melalui P3MI
channel-mdr = Mandiri
channel-rek = Perekrut perorangan
channel-med = Media sosial
channel-kel = Ajakan keluarga atau teman
channel-tdk = Tidak diketahui

# Izin perekrut
licence-sip = Memiliki SIP3MI
licence-tdf = Tidak terdaftar
licence-blm = Belum dicek

# Visa
visa-krj = Kerja
visa-wis = Wisata
visa-bis = Bisnis
visa-tnp = Tanpa visa
visa-tdk = Tidak diketahui

# Kategori masalah PMI terkendala
problem-ons = Online scam
problem-jdl = Judi daring
problem-kkr = Kekerasan
problem-skp = Disekap
problem-gaj = Gaji tidak dibayar
problem-dok = Dokumen ditahan
problem-ovs = Overstay
problem-dep = Deportasi
problem-sak = Sakit
problem-mgl = Meninggal
problem-hil = Hilang kontak
problem-tpo = Terindikasi TPPO
problem-hkm = Masalah hukum
problem-rtn = Kelompok rentan
problem-ank = Anak
problem-lai = Lainnya

# Cek SISKOP2MI
siskop-tdf = Terdaftar
siskop-ttd = Tidak terdaftar
siskop-blm = Belum dicek
siskop-sis = Sistem tidak dapat diakses

# Prosedural
procedural-pro = Prosedural
procedural-non = Nonprosedural
procedural-blm = Belum ditetapkan

# Cara melapor
report-channel-dtg = Datang sendiri
report-channel-tlp = Telepon
report-channel-wa = WhatsApp
report-channel-klg = Melalui keluarga
report-channel-pol = Pemberitahuan polisi
report-channel-drg = Pengaduan daring
report-channel-mnf = Manifes
report-channel-srt = Surat
report-channel-lai = Lainnya

# Posisi terakhir
position-kmp = Dalam kompleks
position-kbr = Kabur, di luar kompleks
position-pol = Kantor polisi
position-det = Detensi imigrasi
position-rsk = Rumah sakit
position-shl = Shelter KBRI atau mitra
position-pgn = Penginapan mandiri
position-prj = Dalam perjalanan
position-dbk = Debarkasi
position-snt = Sentra atau RPTC
position-rrm = Rumah Ramah
position-rmh = Rumah, daerah asal
position-aph = Dibawa aparat penegak hukum
position-tdk = Tidak diketahui

# Keselamatan
safety-amk = Aman, terkonfirmasi
safety-aml = Aman menurut laporan
safety-rsk = Berisiko
safety-bhy = Bahaya langsung
safety-tdk = Tidak diketahui

# Jawaban atas pertanyaan duplikat
duplicate-answer-bru = Orang baru
duplicate-answer-sma = Sama dengan kasus lain

# Keinginan pulang
wish-ya = Ingin pulang
wish-tdk = Tidak ingin pulang
wish-dep = Deportasi
wish-blm = Belum ditanya

# Dokumen yang kurang
papers-psp = Paspor atau SPLP
papers-exp = Izin keluar (exit permit)
papers-dnd = Denda keimigrasian
papers-tdk = Tidak ada yang kurang

# Izin keluar
exit-permit-ada = Ada
exit-permit-urs = Sedang diurus
exit-permit-tpl = Tidak perlu

# Denda keimigrasian
fine-lns = Lunas
fine-rng = Diberi keringanan
fine-tdk = Tidak ada denda
fine-blm = Belum diselesaikan

# Pembiayaan pulang
cost-bearer-neg = Negara
cost-bearer-dae = Daerah
cost-bearer-mdr = Mandiri
cost-bearer-kel = Keluarga
cost-bearer-pbk = Pemberi kerja atau P3MI
cost-bearer-mit = Mitra (IOM, LSM)

# Huruf periksa cepat
check-h = Hamil
check-s = Sakit
check-l = Luka
check-t = Takut
check-d = Disabilitas
check-j = Juru bahasa
check-a = Membawa anak
check-0 = Tidak ada temuan

# Hak dijelaskan
rights-told-per = Perorangan
rights-told-kol = Kolektif
rights-told-blm = Belum, darurat

# Tingkat kegawatan
tier-0 = Jenazah
tier-1 = Merah
tier-2 = Kuning
tier-3 = Hijau

# Persetujuan rehabilitasi
care-consent-stj = Setuju
care-consent-tlk = Menolak dengan surat

# Kesiapan pulang
readiness-blm = Belum siap
readiness-sia = Siap
readiness-syr = Siap dengan syarat
readiness-tpl = Rehabilitasi tidak perlu
readiness-tmu = Tidak mau rehabilitasi

# Alasan penutupan
close-reason-sel = Selesai reintegrasi
close-reason-pmd = Pulang mandiri, tak perlu layanan
close-reason-pmx = Pulang mandiri, tak terkonfirmasi
close-reason-tlk = Menolak layanan dengan surat
close-reason-hkd = Hilang kontak 60 hari
close-reason-brk = Berkas tak lengkap 30 hari
close-reason-lmp = Dilimpahkan, tetap dipantau
close-reason-dup = Duplikat
close-reason-mgl = Meninggal, serah terima selesai
close-reason-slh = Salah input

# Status: nama panjang, dan nama pendek paling banyak tujuh sel
status-lapor = Laporan diterima
status-verif = Verifikasi
status-lindung = Dalam pelindungan di luar negeri
status-dokum = Pengurusan dokumen
status-siap = Siap dipulangkan
status-jalan = Dalam perjalanan
status-tiba = Tiba di debarkasi
status-asesm = Asesmen
status-rehab = Rehabilitasi di sentra
status-pulda = Pemulangan ke daerah asal
status-reint = Reintegrasi dan pemberdayaan
status-tutup = Ditutup
status-lapor-short = Lapor
status-verif-short = Verif
status-lindung-short = Lindung
status-dokum-short = Dokumen
status-siap-short = Siap
status-jalan-short = Jalan
status-tiba-short = Tiba
status-asesm-short = Asesmen
status-rehab-short = Rehab
status-pulda-short = Pulda
status-reint-short = Reinteg
status-tutup-short = Tutup

# Tanda
flag-hkm = Tertahan: hukum
flag-med = Tertahan: medis
flag-hil = Hilang
flag-tlk = Menolak layanan
flag-mda = Tertutup media
flag-lid = Identitas dilindungi
flag-brl = Berulang: pernah dipulangkan
flag-psh = Pisahkan dari orang lain

# Jalur paralel
track-hkm = Penegakan hukum
track-kes = Kesehatan
track-rhb = Rehabilitasi sosial
track-hak = Hak ketenagakerjaan
track-klg = Keluarga
track-jnz = Pemulangan jenazah

# Tahap jalur
track-state-hkm1 = Belum ada proses hukum
track-state-hkm2 = Asesmen penegak hukum
track-state-hkm3 = Penyelidikan
track-state-hkm4 = Penyidikan
track-state-hkm5 = Berkas lengkap (P-21)
track-state-hkm6 = Penuntutan
track-state-hkm7 = Putusan
track-state-hkm8 = Restitusi
track-state-hkm9 = Proses hukum selesai atau SP3
track-state-kes1 = Belum skrining kesehatan
track-state-kes2 = Skrining kesehatan
track-state-kes3 = Dirujuk
track-state-kes4 = Rawat inap atau jalan
track-state-kes5 = Layak dipulangkan
track-state-kes6 = Kontrol
track-state-kes7 = Penanganan kesehatan selesai
track-state-rhb1 = Asesmen psikososial
track-state-rhb2 = Rencana intervensi
track-state-rhb3 = Layanan berjalan
track-state-rhb4 = Penilaian kesiapan
track-state-rhb5 = Reunifikasi
track-state-rhb6 = Pemantauan
track-state-rhb7 = Terminasi layanan
track-state-hak1 = Tuntutan dicatat
track-state-hak2 = Tuntutan diajukan
track-state-hak3 = Tuntutan diputus
track-state-hak4 = Tuntutan selesai
track-state-klg1 = Keluarga dicari
track-state-klg2 = Keluarga dihubungi
track-state-klg3 = Keluarga bersedia menerima
track-state-klg4 = Keluarga menolak
track-state-klg5 = Keluarga tidak ditemukan
track-state-jnz1 = Kematian dilaporkan
track-state-jnz2 = Identitas dan ahli waris
track-state-jnz3 = Dokumen dan izin
track-state-jnz4 = Siap kirim
track-state-jnz5 = Dikirim
track-state-jnz6 = Terminal kargo
track-state-jnz7 = Diantar ke daerah asal
track-state-jnz8 = Serah terima jenazah
track-state-jnz9 = Pemulangan jenazah selesai
track-state-jnzm = Dimakamkan atau dikremasi setempat

# Skrining TPPO: proses
act-rkt = Perekrutan
act-akt = Pengangkutan
act-tmp = Penampungan
act-krm = Pengiriman
act-pdh = Pemindahan
act-trm = Penerimaan

# Skrining TPPO: cara
means-anc = Ancaman kekerasan
means-kkr = Kekerasan
means-clk = Penculikan
means-skp = Penyekapan
means-pls = Pemalsuan
means-tpu = Penipuan
means-kua = Penyalahgunaan kuasa/posisi rentan
means-utg = Penjeratan utang
means-byr = Pemberian bayaran

# Skrining TPPO: tujuan
purpose-kpk = Kerja paksa
purpose-bdk = Perbudakan
purpose-tds = Penindasan
purpose-prs = Pemerasan
purpose-sek = Eksploitasi seksual
purpose-org = Pengambilan organ
purpose-jht = Pemaksaan melakukan kejahatan
purpose-eks = Mengakibatkan tereksploitasi

# Sebelas indikator kerja paksa (ILO)
indicator-1 = Penyalahgunaan kerentanan
indicator-2 = Penipuan
indicator-3 = Pembatasan gerak
indicator-4 = Isolasi
indicator-5 = Kekerasan fisik dan seksual
indicator-6 = Intimidasi dan ancaman
indicator-7 = Penahanan dokumen identitas
indicator-8 = Penahanan upah
indicator-9 = Jeratan utang
indicator-10 = Kondisi kerja dan hidup yang buruk
indicator-11 = Lembur berlebihan

# Kualifikasi
finding-bd = Belum dikualifikasi
finding-kb = Korban
finding-sk = Saksi
finding-skb = Saksi korban
finding-tp = Terduga pelaku
finding-tsk = Tersangka
finding-tt = Tidak terindikasi

# Jenis kaitan
link-kind-sma = Orang yang sama
link-kind-bkn = Bukan orang yang sama
link-kind-ibu = Ibu dari kasus ini
link-kind-ank = Anak dari kasus ini

# Peran
role-hlp = Petugas Help Desk
role-kon = Staf konsuler
role-ppm = Petugas Penanganan Permasalahan
role-pks = Pekerja sosial
role-psi = Psikolog
role-med = Tenaga kesehatan
role-hkm = Petugas penghubung penegak hukum
role-dae = Petugas daerah
role-pny = Penyelia
role-pim = Pimpinan
role-aud = Auditor
role-adm = Administrator sistem

# Tingkat kantor
office-level-pst = Pusat
office-level-prw = Perwakilan RI
office-level-dbk = Debarkasi
office-level-snt = Sentra
office-level-prv = Provinsi
office-level-kab = Kabupaten/kota

# Zona waktu
zone-wib = WIB (Indonesia Barat)
zone-wita = WITA (Indonesia Tengah)
zone-wit = WIT (Indonesia Timur)
zone-ict = ICT (Kamboja)

death-nature-wjr = wajar
death-nature-twj = tidak wajar
remains-paper-pas = paspor almarhum
remains-paper-mcc = surat sebab kematian (MCCD)
remains-paper-bpm = bebas penyakit menular
remains-paper-skm = surat kematian perwakilan
remains-paper-emb = sertifikat pengawetan
remains-paper-sgl = sertifikat penyegelan
remains-paper-ize = izin ekspor setempat
remains-paper-pin = permintaan instansi
remains-paper-pkl = permohonan keluarga
remains-paper-kua = surat kuasa keluarga
remains-paper-skt = surat keterangan tidak mampu
remains-paper-ppd = paspor pendamping
remains-paper-lpk = laporan polisi
remains-paper-otp = otopsi
remains-paper-iak = izin angkut karantina
remains-paper-pib = PIBK
remains-paper-akm = akta kematian
remains-paper-brg = daftar barang pribadi
remains-paper-lpr = laporan perekrut
remains-paper-mkm = persetujuan makam setempat
section-idn = identitas
section-ktk = kontak
section-krj = pekerjaan
section-jln = perjalanan
section-kes = kesehatan
section-rwt = rehabilitasi
section-hkm = hukum
section-mja = meja
part-share = pembagian
part-named = petugas bernama
