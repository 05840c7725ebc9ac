# Hari, bulan, dan jangka waktu. Nama pendek tepat tiga sel.

weekday-1 = Sen
weekday-2 = Sel
weekday-3 = Rab
weekday-4 = Kam
weekday-5 = Jum
weekday-6 = Sab
weekday-7 = Min

month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = Mei
month-6 = Jun
month-7 = Jul
month-8 = Agu
month-9 = Sep
month-10 = Okt
month-11 = Nov
month-12 = Des

# Satu sel: menit, jam, hari.
unit-minute = m
unit-hour = j
unit-day = h

ago-now = baru saja
ago-minutes = { $count } menit lalu
ago-hours = { $count } jam lalu
ago-days = { $count } hari lalu
