//! What is to be said of the rows of a manifest, in words.

use super::App;
use crate::desk::importing::{Preview, Remark};
use crate::domain::field::Field;

impl App {
    /// A remark on a manifest's row.
    pub fn remark_words(&self, remark: &Remark) -> String {
        let args: Vec<(&str, &str)> = remark.args.iter().map(|(name, value)| (*name, value.as_ref())).collect();
        self.texts.with(remark.key, &args)
    }

    /// Who a manifest's row is already: in the file or on the desk, side by side, with the reasons.
    pub fn same_words(&self, preview: &Preview, row: usize) -> Option<String> {
        if let Some(same) = preview.same_in_file(row) {
            let reasons: Vec<String> = same.reasons.iter().map(|key| self.texts.get(key).to_string()).collect();
            let (line, name) = (preview.given(same.row), preview.cell(same.row, Field::Name));
            return Some(
                self.texts
                    .with("import-same-row", &[("line", &line), ("name", &name), ("reasons", &reasons.join(", "))]),
            );
        }
        let candidate = preview.on_desk(row)?;
        let words = self.candidate_words(candidate);
        Some(self.texts.with(
            "import-on-desk",
            &[
                ("certainty", &words.certainty),
                ("number", &words.number),
                ("name", &words.name),
                ("reasons", &words.reasons),
            ],
        ))
    }
}
