//! What the tests of all tabs need: a report on a bundled form, and what a tab shows as text.

use std::sync::Arc;

use ratatui::layout::{Position, Rect, Size};

use crate::assets;
use crate::form::Form;
use crate::model::{Edit, Figure, Place};
use crate::session::Session;
use crate::tui::context::{Settings, View};
use crate::tui::keymap::{Context, Keymap};
use crate::tui::picture::Picture;
use crate::tui::region::Stage;
use crate::tui::screen::Screen;
use crate::tui::shown::Shown;
use crate::tui::theme::Theme;
use crate::tui::width::Policy;

/// Sizes that no tab may fail at.
pub(super) const SIZES: [(u16, u16); 8] =
    [(0, 0), (1, 1), (2, 2), (7, 3), (60, 12), (80, 20), (100, 5), (120, 36)];

/// A new report of a county for 2023 on the form in force.
pub(super) fn session() -> Session {
    let (name, text) = assets::FORMS[1];
    let form = Form::read(name, text).unwrap();
    let mut session = Session::new_report(Arc::new(form), "沂源县人民政府", 2023);
    session.mark_saved();
    session
}

/// Puts a text to the place with this path, as if typed.
pub(super) fn put(session: &mut Session, path: &str, text: &str) {
    let place = session.form().place(path).unwrap();
    let edit = session.typed(place, text);
    session.apply(&edit, None).unwrap();
}

/// Fills everything that must be filled, figures with 0.
pub(super) fn fill(session: &mut Session) {
    let form = Arc::clone(session.form());
    put(session, "cover.level", "county");
    for text in ["overview", "problems", "other"] {
        put(session, text, "存在的主要问题是公开不够及时，下一步改进。");
    }
    for cell in form.all_cells() {
        if matches!(session.typed(Place::Cell(cell), "0"), Edit::Figure { .. }) {
            session.apply(&Edit::Figure { cell, to: Figure::Number(0) }, None).unwrap();
        }
    }
}

/// What is painted on a screen of this size, as text, and where the cursor is.
pub(super) fn painted(
    session: &Session,
    (width, height): (u16, u16),
    paint: impl FnOnce(&View<'_>, Rect, &mut Picture),
) -> (Vec<String>, Option<Position>) {
    let keymap = Keymap::parse(assets::KEYS).unwrap();
    let settings = Settings::default();
    let contexts = &[Context::Prose, Context::Global];
    let view = View { session, keymap: &keymap, policy: Policy::Narrow, settings, contexts, is_told: false };
    let mut screen = Screen::new(Size { width, height }, Policy::Narrow);
    let mut picture = Picture::default();
    paint(&view, screen.area(), &mut picture);
    let (regions, cursor) = picture.into_parts();
    let area = screen.area();
    for region in &regions {
        assert!(area.union(region.area) == area, "{:?} lies outside {area:?}", region.area);
    }
    if let Some(at) = cursor {
        assert!(area.contains(at), "{at:?} lies outside {area:?}");
    }
    let theme = Theme::plain();
    Stage::<Shown>::new().present(&mut screen, &theme, regions);
    (screen.lines(), cursor)
}
