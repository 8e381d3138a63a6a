//! Reports that were composed, also by way of a file, and are read back.

use super::*;
use crate::exchange::{Format, Limits, csv, docx, html, json, markdown, sheets};

/// A report of a form with figures that balance nowhere, notes, texts and a full cover.
fn filled(form: &Arc<Form>, seed: i64) -> Session {
    let mut session = Session::new_report(Arc::clone(form), "某县人民政府办公室", form.years.0 + 1);
    for cell in form.all_cells() {
        let number = (cell.index() as i64 * 7 + seed) % 1_000;
        let text = if number % 11 == 3 { "/".to_owned() } else { number.to_string() };
        let total = form.slot(cell).unwrap().role == Role::Total;
        // Totals are stated here and there; blanks are left here and there.
        if number % 13 != 5 && (!total || number % 3 == 0) {
            session.apply(&session.typed(Place::Cell(cell), &text), None).unwrap();
        }
    }
    for (index, section) in form.sections.iter().enumerate() {
        let words = match index % 3 {
            0 => "（一）总的情况\n年内公开信息1,234条。\n\n1.规章 3 件\n- 4 -\n无",
            1 => "",
            _ => "有申请12件，其中自然人申请9件；表外没有其他事项。\n[略]",
        };
        session.apply(&session.typed(Place::Text(section.text.unwrap()), words), None).unwrap();
    }
    let fact = |name: &str| form.fact(name).unwrap().id;
    let choice = session.typed(Place::Fact(fact("level")), "county_dept");
    session.apply(&choice, None).unwrap();
    for (name, text) in [("contact", "某路1号，电话123-4567"), ("signed", "2026-01-20")] {
        let edit = session.typed(Place::Fact(fact(name)), text);
        session.apply(&edit, None).unwrap();
    }
    session
}

#[test]
fn what_was_composed_is_read_back_the_same() {
    for form in Catalogue::default().all().unwrap() {
        for seed in [0, 1, 17, 400] {
            let session = filled(&form, seed);
            for purpose in [Purpose::Final, Purpose::Draft { mandatory: 3 }] {
                for document in [compose::page(&session, &purpose), compose::by_path(&session, &purpose)] {
                    let import = import(&document);
                    assert_eq!(import.form.id, form.id);
                    for cell in form.all_cells() {
                        let name = form.path(Place::Cell(cell));
                        assert_eq!(import.report.figure(cell), session.report().figure(cell), "{name}");
                        assert_eq!(import.report.stated(cell), session.report().stated(cell), "{name}");
                    }
                    assert_eq!(&import.report, session.report(), "{seed}");
                    let left = messages(&import, NoteKind::LeftOver);
                    assert!(left.is_empty(), "{left}");
                }
            }
        }
    }
}

#[test]
fn a_blank_form_gives_an_empty_report() {
    for form in Catalogue::default().all().unwrap() {
        let session = Session::new_report(Arc::clone(&form), "", form.years.0);
        let document = compose::page(&session, &Purpose::Blank);
        let import = import(&document);
        assert_eq!(import.form.id, form.id);
        assert!(
            form.all_cells()
                .all(|cell| import.report.figure(cell).is_blank() && import.report.stated(cell).is_blank())
        );
        assert!(form.sections.iter().all(|section| import.report.text(section.text.unwrap()).is_empty()));
        let left = messages(&import, NoteKind::LeftOver);
        assert!(left.is_empty(), "{left}");
    }
}

#[test]
fn what_was_written_to_a_file_is_read_back_the_same() {
    let limits = Limits::default();
    for form in Catalogue::default().all().unwrap() {
        let session = filled(&form, 1);
        let (page, paths) =
            (compose::page(&session, &Purpose::Final), compose::by_path(&session, &Purpose::Final));
        let files = [
            ("docx", docx::read(&docx::write(&page).unwrap(), &limits).unwrap()),
            ("xlsx", sheets::read(&sheets::write(&page, &form).unwrap(), Format::Xlsx, &limits).unwrap()),
            ("html", html::read(&html::write(&page).unwrap(), &limits).unwrap()),
            ("csv", csv::read(&csv::write(&paths).unwrap(), &limits).unwrap()),
            ("json", json::read(&json::write(&paths).unwrap(), &limits).unwrap()),
        ];
        for (name, document) in files {
            let import = import(&document);
            assert_eq!(import.form.id, form.id, "{name}");
            for cell in form.all_cells() {
                let path = form.path(Place::Cell(cell));
                assert_eq!(import.report.figure(cell), session.report().figure(cell), "{name} {path}");
                assert_eq!(import.report.stated(cell), session.report().stated(cell), "{name} {path}");
            }
            for id in form.sections.iter().filter_map(|section| section.text) {
                assert_eq!(import.report.text(id), session.report().text(id), "{name}");
            }
            for fact in &form.facts {
                assert_eq!(import.report.fact(fact.id), session.report().fact(fact.id), "{name}");
            }
            assert_eq!(vanished(&document, &import), Vec::<String>::new(), "{name}");
        }
    }
}

/// Markdown has no spans and no properties, so that only what is printed comes back.
#[test]
fn markdown_gives_back_what_it_shows() {
    for form in Catalogue::default().all().unwrap() {
        let session = filled(&form, 1);
        let page = compose::page(&session, &Purpose::Final);
        let written = markdown::write(&page).unwrap();
        let document = markdown::read(&written, &Limits::default()).unwrap();
        let import = import(&document);
        assert_eq!(import.form.id, form.id);
        for cell in form.all_cells() {
            let path = form.path(Place::Cell(cell));
            assert_eq!(import.report.figure(cell), session.report().figure(cell), "{path}");
        }
        assert_eq!(vanished(&document, &import), Vec::<String>::new());
    }
}
