//! The faces as they stand on the screen: each page at four sizes, and in both languages, held against what was looked at
//! and found good. A face that changes on purpose is looked at again: `INSTA_UPDATE=always cargo test --test stories faces`.

use crate::harness::{Story, landed, practice, story};
use insta::assert_snapshot;
use pulang::domain::field::Field;
use pulang::domain::value::Value;

const SIZES: [(u16, u16); 4] = [(80, 24), (160, 48), (60, 16), (48, 12)];

/// Holds one page at every size in Indonesian; and the same page in English on the common screen and on a large one.
fn held(name: &str, page: &dyn Fn(u16, u16) -> Story) {
    for (cols, rows) in SIZES {
        assert_snapshot!(format!("{name}_{cols}x{rows}"), page(cols, rows).screen());
    }
    for (cols, rows) in [(80, 24), (160, 48)] {
        assert_snapshot!(format!("{name}_{cols}x{rows}_english"), page(cols, rows).turned_english().screen());
    }
}

#[test]
fn the_empty_desk() {
    // The folder's name is the test's and differs each time: only what stands around it is held.
    let shown = story(80, 24).screen();
    let around: Vec<&str> =
        shown.lines().filter(|line| !line.contains("Data ada di") && !line.contains("/tmp")).collect();
    assert_snapshot!("empty_80x24", around[..9].join("\n"));
}

#[test]
fn the_list() {
    held("list", &|cols, rows| landed(cols, rows).keys("j*-"));
}

#[test]
fn a_case() {
    held("case", &|cols, rows| landed(cols, rows).keys("j<Enter>"));
}

#[test]
fn quick_intake() {
    held("intake", &|cols, rows| landed(cols, rows).keys("n7171085505989101<Tab>SITI REKAAN"));
}

#[test]
fn the_move_dialog() {
    held("move", &|cols, rows| landed(cols, rows).keys("t"));
    held("move_many", &|cols, rows| landed(cols, rows).keys("*tt"));
}

#[test]
fn the_list_of_the_day() {
    held("today", &|cols, rows| landed(cols, rows).keys("h"));
}

#[test]
fn the_counts() {
    held("counts", &|cols, rows| landed(cols, rows).keys("c"));
    held("counts_leadership", &|cols, rows| practice(cols, rows, 420).in_role_anywhere("PIM"));
}

#[test]
fn the_screening_grid() {
    held("screening", &|cols, rows| {
        practice(cols, rows, 0).in_role("PKS").keys("n<Tab>SARI REKAAN<Tab>P<C-s>-<C-s>l5ytt?ttyyt")
    });
}

#[test]
fn the_rarer_commands_and_the_tracks() {
    // The rows of a list are worded when it opens: the English one opens in English.
    for (name, keys) in [("more", "l"), ("track", "l46")] {
        for (cols, rows) in SIZES {
            assert_snapshot!(format!("{name}_{cols}x{rows}"), landed(cols, rows).keys(keys).screen());
        }
        assert_snapshot!(format!("{name}_80x24_english"), landed(80, 24).in_english().keys(keys).screen());
    }
}

#[test]
fn two_people_in_one_field() {
    held("conflict", &|cols, rows| {
        let here = landed(cols, rows).keys("e<PgDn><PgDn>Myanmar");
        drop(here.another_screen().keys("e<PgDn><PgDn>Laos<C-s>"));
        here.keys("<C-s>")
    });
}

#[test]
fn two_people_in_one_case() {
    let two = |cols, rows, keys: &str| {
        let here = practice(cols, rows, 0).keys("n<Tab>BUDI REKAAN<Tab>L<Tab>14-03-1999<C-s>-<C-s>");
        let there = here.another_screen().in_role("PKS").keys("<Enter>m").types("sudah ditelepon").keys("<C-s>");
        let here = here.caught_up().keys(keys);
        drop(there);
        here
    };
    held("company_list", &|cols, rows| two(cols, rows, ""));
    // The other is still there when the case is drawn: whoever leaves is seen to leave.
    let open = |cols, rows, keys: &str| {
        let here = practice(cols, rows, 0).keys("n<Tab>BUDI REKAAN<Tab>L<Tab>14-03-1999<C-s>-<C-s>").keys(keys);
        let there = here.another_screen().in_role("PKS").keys("<Enter>");
        (here.caught_up(), there)
    };
    for (cols, rows) in SIZES {
        for (name, keys) in [("company_case", "<Enter>"), ("company_form", "<Enter>e")] {
            let (here, _there) = open(cols, rows, keys);
            assert_snapshot!(format!("{name}_{cols}x{rows}"), here.screen());
            if (cols, rows) == (80, 24) {
                assert_snapshot!(format!("{name}_80x24_english"), here.turned_english().screen());
            }
        }
    }
}

#[test]
fn the_trail() {
    let work =
        |cols, rows| practice(cols, rows, 30).keys("<Enter><Esc>jj<Enter><Esc>").in_role_anywhere("AUD").keys("x");
    held("trail", &work);
    held("trail_line", &|cols, rows| work(cols, rows).keys("jj<Enter>"));
    held("trail_narrowed", &|cols, rows| work(cols, rows).keys("/tindakan:open").keys("<Enter>"));
}

#[test]
fn the_full_form() {
    held("full", &|cols, rows| landed(cols, rows).keys("e<PgDn>"));
}

#[test]
fn people_side_by_side() {
    let preview = |cols, rows| story(cols, rows).keys("i").types(&Story::manifest_path()).keys("<Enter><C-s>");
    held("import", &|cols, rows| preview(cols, rows).keys("<End>cskcl"));
    held("compare_rows", &|cols, rows| preview(cols, rows).keys("<End>c"));
    held("compare_intake", &|cols, rows| landed(cols, rows).keys("n<Tab>DJOKO SETIAWAN<Tab>P<Tab>23-08-1995<F3>"));
    held("compare_case", &|cols, rows| preview(cols, rows).keys("<End><Space><C-s>/tumbelaka taufik<Enter>j<Enter>c"));
}

#[test]
fn the_question_why() {
    let asked = |desk: Story| desk.keys("j<Enter>o").types("persiapan berkas penyidik").keys("<Enter>").screen();
    for (cols, rows) in SIZES {
        assert_snapshot!(format!("reason_{cols}x{rows}"), asked(landed(cols, rows)));
    }
    assert_snapshot!("reason_80x24_english", asked(landed(80, 24).in_english()));
}

#[test]
fn people_and_offices() {
    let open = |desk: Story| desk.keys(":kelola orang<Enter>");
    let asih = |desk: Story| open(desk).keys("panji<Enter>2cuti panjang<C-s>:kelola orang<Enter>");
    for (cols, rows) in SIZES {
        assert_snapshot!(format!("staff_{cols}x{rows}"), asih(practice(cols, rows, 0)).screen());
        assert_snapshot!(
            format!("staff_form_{cols}x{rows}"),
            open(practice(cols, rows, 0)).keys("bimo<Enter>1").screen()
        );
    }
    let english = || practice(80, 24, 0).in_english().keys(":manage people<Enter>");
    assert_snapshot!("staff_80x24_english", english().screen());
    assert_snapshot!("staff_one_80x24_english", english().keys("bimo<Enter>").screen());
}

#[test]
fn a_locked_screen_and_an_ended_session() {
    // With a draft, of which they tell: so there is more on them than ever else.
    held("locked", &|cols, rows| landed(cols, rows).keys("n<Tab>SITI REKAAN").idle(10));
    held("closed", &|cols, rows| {
        let desk = landed(cols, rows);
        let made = crate::locking::hired(&desk, "KON");
        let theirs = desk.screen_of(made).keys("n<Tab>SITI REKAAN");
        crate::locking::change(&desk, made, &[(Field::OperatorRoles, Value::codes(["MED"]))]);
        theirs.keys("j")
    });
}

#[test]
fn the_banner_of_damage() {
    assert_snapshot!("damage_80x24", landed(80, 24).restarts_with_a_flipped_byte(true).screen());
    assert_snapshot!("damage_60x16", landed(60, 16).restarts_with_a_flipped_byte(true).screen());
}

#[test]
fn between_two_offices() {
    let referred =
        |cols, rows| practice(cols, rows, 40).keys("l71<Tab>KBRI<Tab>JLN KES<Tab>1<Tab><Tab>sambut di bandara<C-s>");
    held("offer", &|cols, rows| practice(cols, rows, 40).keys("l71<Tab>KBRI<Tab>JLN KES<Tab>"));
    held("inbox", &|cols, rows| referred(cols, rows).elsewhere("KON").keys("w"));
    held("sheet", &|cols, rows| {
        // The sheet is worded when it opens; in English its labels alone follow.
        referred(cols, rows).elsewhere("KON").keys("wl")
    });
    held("handover", &|cols, rows| referred(cols, rows).keys(":serah jaga<Enter>"));
    held("inquiry", &|cols, rows| practice(cols, rows, 40).keys(":keluarga<Enter>IBU CONTOH<Tab>2<Tab>"));
}
