//! The sound of an Indonesian name's word: one spelling for the many that families keep.
//!
//! Old orthography (1947 oe→u; 1972 tj→c, dj→j, j→y, nj→ny, sj→sy, ch→kh) and the letters that clerks exchange
//! (f/v/p, z/s, q/k, j/y, silent h, doubled letters, final y/i) fall together. Tuned for these names: metaphones are
//! for English and merge the wrong ones. Knows letters only; words with a meaning live in `spelling`.

/// Gives the sound of one folded word (lower case, no spaces); letters outside a–z stay as they are.
///
/// `sound` of two spellings of a name is equal; it is not meant for reading. At most as long as the word plus one
/// letter per `x`.
pub(super) fn sound(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    if letters.len() == 1 {
        return plain_class(letters[0]).iter().take_while(|c| **c != '\0').collect();
    }
    let modern = modern_spelling(&letters);
    let mut out: Vec<char> = Vec::with_capacity(modern.len());
    for (at, &letter) in modern.iter().enumerate() {
        let next = modern.get(at + 1).copied();
        let is_glide = letter == 'i' && at > 0 && !is_vowel(modern[at - 1]) && next.is_some_and(is_vowel);
        let letter = if is_glide { 'y' } else { letter };
        let is_silent = letter == 'h' && at > 0 && !next.is_some_and(is_vowel);
        if !is_silent && out.last() != Some(&letter) {
            out.push(letter);
        }
    }
    if out.len() > 1 && out.ends_with(&['y']) {
        out.pop();
        if out.last() != Some(&'i') {
            out.push('i');
        }
    }
    if out.len() > 4 && out.starts_with(&['m', 'o', 'h', 'a']) {
        out[1] = 'u';
    }
    out.into_iter().collect()
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// Rewrites digraphs and exchanged letters from left to right.
fn modern_spelling(word: &[char]) -> Vec<char> {
    let mut out = Vec::with_capacity(word.len());
    let mut at = 0;
    while at < word.len() {
        let rest = &word[at..];
        if let Some((length, letters)) = digraph(rest, at == 0) {
            out.extend(letters.chars());
            at += length;
            continue;
        }
        let is_inner_vowel =
            rest[0] == 'y' && at > 0 && !is_vowel(word[at - 1]) && rest.get(1).is_some_and(|next| !is_vowel(*next));
        if is_inner_vowel {
            out.push('i');
        } else {
            out.extend(plain_class(rest[0]).iter().filter(|c| **c != '\0'));
        }
        at += 1;
    }
    out
}

/// Is the digraph that `rest` begins with: how many letters it takes and what it becomes.
fn digraph(rest: &[char], is_start: bool) -> Option<(usize, &'static str)> {
    let begins = |text: &str| text.chars().enumerate().all(|(at, c)| rest.get(at) == Some(&c));
    let second = *rest.get(1)?;
    Some(match (rest[0], second) {
        ('c', 'h') if begins("chr") => (3, "kr"),
        ('c', 'h') if begins("chand") || begins("chahy") || begins("chahj") => (2, "c"),
        ('c', 'h') | ('k', 'h') => (2, "h"),
        ('c', 'k') => (2, "k"),
        ('o', 'e') | ('o', 'o') => (2, "u"),
        ('i', 'e') if !is_start && !rest.get(2).copied().is_some_and(is_vowel) => (2, "i"),
        ('t', 'j') => (2, "c"),
        ('d', 'j') => (2, "y"),
        ('n', 'j') => (2, "ny"),
        ('s', 'j') | ('s', 'h') | ('d', 'z') => (2, "s"),
        ('s', 'y') if rest.get(2).copied().is_some_and(is_vowel) => (2, "s"),
        ('t', 's') if is_start => (2, "s"),
        ('p', 'h') => (2, "p"),
        ('t', 'h') => (2, "t"),
        ('d', 'h') => (2, "d"),
        ('b', 'h') => (2, "b"),
        ('g', 'h') => (2, "g"),
        _ => return None,
    })
}

fn plain_class(letter: char) -> [char; 2] {
    match letter {
        'q' => ['k', '\0'],
        'x' => ['k', 's'],
        'f' | 'v' => ['p', '\0'],
        'z' => ['s', '\0'],
        'j' => ['y', '\0'],
        other => [other, '\0'],
    }
}

#[cfg(test)]
mod tests {
    use super::sound;

    #[test]
    fn spellings_of_one_name_sound_alike() {
        for group in [
            "muhammad mohammad mochammad moehammad moechamad mukhamad muhamad mochamad",
            "djoko joko yoko",
            "soesilo susilo",
            "tjipto cipto",
            "yusuf jusuf joesoef yusup",
            "rachman rahman rakhman",
            "rizky rizki rizqi riski riskie risky",
            "chandra candra tjandra",
            "widjaja wijaya",
            "njoman nyoman",
            "sjarif syarif sharif sarif sjarief",
            "christian kristian kristyan",
            "steven stephen stefen",
            "fitri vitri pitri fitry fithri",
            "halizah haliza khaliza",
            "ryan rian",
            "setiawan setyawan",
            "lynda linda",
            "noer noor nur",
            "dhani dani",
            "ghifari gifari",
            "zulkifli dzulkifli zulkifly",
            "ricky riki rikki",
            "julia yulia yulya",
            "poernomo purnomo",
            "maria marya",
        ] {
            let sounds: Vec<_> = group.split(' ').map(sound).collect();
            assert!(sounds.windows(2).all(|pair| pair[0] == pair[1]), "{group}: {sounds:?}");
        }
    }

    #[test]
    fn names_that_differ_to_the_ear_stay_apart() {
        for (one, other) in [
            ("dewi", "devi"),
            ("sari", "sri"),
            ("rina", "rian"),
            ("susanti", "susanto"),
            ("hidayat", "hidayah"),
            ("saputra", "saputri"),
            ("budi", "rudi"),
            ("fajar", "bahar"),
        ] {
            assert_ne!(sound(one), sound(other), "{one} {other}");
        }
    }

    #[test]
    fn one_letter_keeps_its_class_and_nothing_stays_nothing() {
        assert_eq!(sound("y"), "y");
        assert_eq!(sound("j"), "y");
        assert_eq!(sound("h"), "h");
        assert_eq!(sound(""), "");
    }
}
