//! Every command that answers of cases, as text.

use crate::exec_support;
use crate::scene::Scene;
use pulang::cli::Within;
use pulang::desk::Seat;

/// What a command says, out and err.
pub fn told(scene: &Scene, seat: &Seat, words: &[&str], input: &[u8]) -> String {
    let within = Within { desk: scene.desk.clone(), seat: seat.clone(), lang: Some("id".into()) };
    exec_support::told(&within, words, input).both()
}

/// Every command by its words; what the words themselves say is taken out.
pub fn all(scene: &Scene, seat: &Seat) -> Vec<(String, String)> {
    let reason = "laporan harian pimpinan";
    let mut lines: Vec<(Vec<&str>, Vec<u8>)> = [
        &["list"][..],
        &["list", "--json"],
        &["list", "ratna"],
        &["list", "kenari", "--json"],
        &["list", "umur<99"],
        &["list", "petugas:none"],
        &["verify"],
        &["verify", "--json"],
        &["gates"],
        &["operator", "list"],
        &["operator", "list", "--json"],
        &["operator", "keys"],
        &["operator", "show", "Ketut Contoh"],
        &["office", "list", "--json"],
        &["backup", "--status"],
        &["handover"],
        &["handover", "--json"],
        &["trail"],
        &["trail", "--json"],
        &["anchor"],
        &["anchor", "--json"],
        &["office", "list"],
        &["print", "daftar-hadir", "--query", "ratna", "--reason", reason, "--preview"],
        &["print"],
        &["counts"],
        &["counts", "--json"],
        &["counts", "--format", "csv"],
        &["print", "laporan-harian", "--preview"],
        &["print", "register", "--from", "01-01-2026", "--reason", reason, "--preview"],
        &["print", "surat-kuasa", "--query", "ratna", "--preview"],
        &["print", "manifes", "--query", "ratna", "--reason", reason],
        &["print", "manifes", "--query", "", "--reason", reason, "--preview"],
    ]
    .into_iter()
    .map(|words| (words.to_vec(), Vec::new()))
    .collect();
    for format in ["csv", "jsonl"] {
        lines.push((vec!["export", "--format", format, "--reason", reason], Vec::new()));
        lines.push((vec!["export", "ratna", "--format", format, "--reason", reason], Vec::new()));
    }
    let niks: Vec<String> = scene.canaries.iter().map(|canary| format!("nik:{}", canary.nik)).collect();
    for (canary, nik) in scene.canaries.iter().zip(&niks) {
        let rows = format!("nama;nik;paspor\nRATNA;{};{}\n", canary.nik, canary.passport);
        lines.push((vec!["import", "-", "--preview"], rows.clone().into_bytes()));
        lines.push((vec!["import", "-", "--preview", "--json"], rows.into_bytes()));
        for words in [
            vec!["show", &canary.number],
            vec!["show", &canary.number, "--json"],
            vec!["list", nik],
            vec!["list", &canary.number, "--json"],
            vec!["print", "kartu-antrean", &canary.number, "--preview"],
            vec!["print", "bast", &canary.number, "--preview"],
            vec!["export", nik, "--reason", reason],
            vec!["trail", "--case", &canary.number],
            vec!["erase", &canary.number, "--reason", reason, "--yes", "26-000000-A"],
        ] {
            lines.push((words, Vec::new()));
        }
    }
    let answered = |(words, input): (Vec<&str>, Vec<u8>)| {
        let mut shown = told(scene, seat, &words, &input);
        words.iter().filter(|word| word.len() > 6).for_each(|word| shown = shown.replace(word, ""));
        (format!("pulang {}", words.join(" ")), shown)
    };
    lines.into_iter().map(answered).collect()
}
