use super::*;
use crate::assets;
use crate::exchange::{At, Import, Note};
use crate::form::Form;
use crate::model::{Edit, Place, Report};
use crate::tui::keymap::Keymap;

pub(in crate::tui::overlay) fn origin() -> Arc<Origin> {
    let form = Arc::new(Form::read(assets::FORMS[1].0, assets::FORMS[1].1).unwrap());
    let place = form.place("requests.received.natural");
    let note = |kind, place: Option<Place>, line| Note {
        kind,
        place,
        at: At::Line(line),
        source: format!("第{line}句\u{202e}原文"),
        message: format!("消息{line}"),
    };
    let notes = vec![
        note(NoteKind::Matched, place, 1),
        note(NoteKind::Doubtful, place, 2),
        note(NoteKind::Matched, place, 3),
        note(NoteKind::LeftOver, None, 4),
    ];
    let report = Report::new(form.shape());
    let import = Import { form, edit: Edit::Many(Vec::new()), report, cell_notes: Vec::new(), notes };
    Arc::new(Origin::of("报告\u{200b}.docx", &import))
}

fn settled(review: &mut Review) {
    let keymap = Keymap::parse(assets::KEYS).unwrap();
    let area = Rect::new(0, 0, 80, 24);
    review.settle(&Desk { keymap: &keymap, policy: Policy::Narrow, form: None, area, caret_row: None });
}

#[test]
fn what_is_sure_is_listed_only_when_asked_for_and_the_choice_stays() {
    let mut review = Review::asking(origin());
    assert_eq!(review.listed, [1, 3]);
    review.on(Action::ListDown);
    review.on(Action::ShowMatched);
    settled(&mut review);
    assert_eq!(review.listed, [0, 1, 2, 3]);
    assert_eq!(review.chosen().unwrap().message, "消息4");
    review.on(Action::ListUp);
    review.on(Action::ShowMatched);
    settled(&mut review);
    assert_eq!(review.chosen().unwrap().message, "消息4", "the next one where the chosen one goes");
}

#[test]
fn it_is_taken_over_once_and_then_leads_to_the_places() {
    let mut review = Review::asking(origin());
    assert!(matches!(review.on(Action::Choose), OverlayFlow::Submit(Wish::TakeImport)));
    assert!(matches!(review.on(Action::Cancel), OverlayFlow::Close));
    let mut review = Review::again(origin());
    assert!(matches!(review.on(Action::Choose), OverlayFlow::Submit(Wish::LookAt(_))));
    review.on(Action::ListDown);
    assert!(matches!(review.on(Action::Choose), OverlayFlow::Open(_)), "without a place it is read");
    let empty = Review::again(Arc::default());
    assert_eq!(empty.listed.len(), 0);
}
