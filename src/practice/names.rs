//! Parts of names as they are common in the archipelago, by where people come from. Put together at random: nobody in particular.

/// How names are made somewhere: given names of men and of women, and family names (none where people have none).
pub(super) struct Custom {
    pub men: &'static [&'static str],
    pub women: &'static [&'static str],
    pub families: &'static [&'static str],
    /// Of a hundred, how many have one name only.
    pub mononyms: u64,
    /// Family names belong to a clan and stand last for men and women alike.
    pub has_clans: bool,
}

const MEN: &[&str] = &[
    "Adi", "Agus", "Ahmad", "Aldi", "Andika", "Arif", "Bagus", "Bambang", "Bayu", "Budi", "Candra", "Dedi", "Dimas", "Doni",
    "Eko", "Fajar", "Ferdi", "Galih", "Gilang", "Hadi", "Hendra", "Heru", "Ilham", "Imam", "Indra", "Iqbal", "Iwan", "Joko",
    "Kevin", "Lukman", "Muhammad", "Nanda", "Nur", "Pandu", "Rangga", "Reza", "Rian", "Ridwan", "Rizki", "Samsul", "Satria",
    "Slamet", "Surya", "Taufik", "Teguh", "Tri", "Wahyu", "Wawan", "Yoga", "Yudi", "Yusuf", "Zulkifli",
];
const WOMEN: &[&str] = &[
    "Anisa", "Ayu", "Citra", "Desi", "Dewi", "Dian", "Dwi", "Eka", "Elsa", "Fitri", "Hana", "Indah", "Intan", "Kartika", "Lestari",
    "Lina", "Maya", "Mega", "Melati", "Nadia", "Nia", "Novi", "Nur", "Nurul", "Putri", "Rani", "Ratna", "Rina", "Risma", "Sari",
    "Siti", "Sri", "Susi", "Tari", "Tika", "Vina", "Wati", "Wulan", "Yanti", "Yuli", "Yuni",
];
const MEN_EAST: &[&str] = &[
    "Alfrets", "Christian", "Denny", "Ferry", "Fredrik", "Hence", "Jefri", "Jeremia", "Jonly", "Marthin", "Novri", "Refly", "Rolan",
    "Ronald", "Samuel", "Steven", "Stevi", "Tommy", "Vicky", "Yohanes",
];
const WOMEN_EAST: &[&str] = &[
    "Agustina", "Angelia", "Chintia", "Debora", "Elisabet", "Femmy", "Grace", "Jessica", "Kristina", "Marlin", "Meiske", "Natalia",
    "Selvi", "Sintia", "Stela", "Veronika", "Yuliana",
];
const PLAIN_FAMILIES: &[&str] = &[
    "Abdullah", "Firmansyah", "Gunawan", "Hakim", "Hidayat", "Kurniawan", "Kusuma", "Maulana", "Nugraha", "Nugroho", "Permana",
    "Prasetyo", "Pratama", "Purnama", "Ramadhan", "Saputra", "Santoso", "Setiawan", "Susanto", "Syahputra", "Utomo", "Wibowo",
    "Wijaya",
];

/// Second names of women where there are no clans.
pub(super) const WOMEN_SECOND: &[&str] = &[
    "Anggraini", "Astuti", "Handayani", "Hasanah", "Kusumawati", "Lestari", "Maharani", "Oktaviani", "Permatasari", "Puspita",
    "Rahayu", "Rahmawati", "Safitri", "Sulistyowati", "Utami", "Wahyuni", "Wulandari", "Yuliana",
];

const PLAIN: Custom = Custom { men: MEN, women: WOMEN, families: PLAIN_FAMILIES, mononyms: 14, has_clans: false };
const BATAK: Custom = Custom {
    men: MEN,
    women: WOMEN,
    families: &[
        "Ginting", "Harahap", "Hutabarat", "Lubis", "Manurung", "Nasution", "Panjaitan", "Pasaribu", "Purba", "Rangkuti", "Sembiring",
        "Siagian", "Simanjuntak", "Sinaga", "Siregar", "Sitorus", "Situmorang", "Tarigan", "Tobing",
    ],
    mononyms: 5,
    has_clans: true,
};
const MINAHASA: Custom = Custom {
    men: MEN_EAST,
    women: WOMEN_EAST,
    families: &[
        "Kaligis", "Karundeng", "Kawilarang", "Lengkong", "Lumentut", "Lumowa", "Mandagi", "Manoppo", "Montolalu", "Pangemanan",
        "Paruntu", "Polii", "Rompas", "Runtuwene", "Sondakh", "Sumual", "Tumbelaka", "Tumiwa", "Walangitan", "Wowor",
    ],
    mononyms: 1,
    has_clans: true,
};
const EAST: Custom = Custom {
    men: MEN_EAST,
    women: WOMEN_EAST,
    families: &["Bria", "Fernandes", "Kelen", "Lamak", "Leki", "Loe", "Manek", "Nahak", "Patty", "Seran", "Tahapary", "Taneo", "Un"],
    mononyms: 2,
    has_clans: true,
};

/// Where people come from, in the proportions that flights from Cambodia have shown: province and weight.
pub(super) const ORIGINS: &[(u8, u64)] = &[
    (12, 270), (71, 130), (32, 115), (31, 85), (35, 75), (33, 70), (61, 55), (21, 50), (36, 45), (14, 35), (16, 28), (18, 20), (13, 20),
    (63, 8), (64, 8), (73, 12), (72, 6), (74, 4), (53, 12), (51, 6), (52, 8), (19, 6), (17, 4), (15, 6), (11, 10), (34, 8), (65, 4),
    (81, 4), (82, 3), (93, 3), (94, 2), (95, 2), (96, 2),
];

/// How names are made in the province with this code.
pub(super) const fn custom(province: u8) -> &'static Custom {
    match province {
        12 => &BATAK,
        71 => &MINAHASA,
        53 | 81 | 82 | 91..=97 => &EAST,
        _ => &PLAIN,
    }
}
