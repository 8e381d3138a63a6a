//! From the state of the program to the bytes for the terminal.

use ratatui::backend::Backend;
use ratatui::layout::{Position, Size};

use super::app::App;
use super::picture::Picture;
use super::region::{Region, Stage};
use super::screen::Screen;
use super::shown::Shown;
use super::theme::Theme;
use super::view;
use super::width::Policy;

/// Draws the program on a screen, and only what changed since it drew last.
#[derive(Debug)]
pub struct Painter {
    screen: Screen,
    stage: Stage<Shown>,
    theme: Theme,
    spare: Vec<Region<Shown>>,
}

impl Painter {
    /// A painter for a blank screen.
    pub fn new(size: Size, policy: Policy, theme: Theme) -> Self {
        Self { screen: Screen::new(size, policy), stage: Stage::new(), theme, spare: Vec::new() }
    }

    /// The bytes that bring the terminal to what the program shows now; empty if it shows that already.
    pub fn frame(&mut self, app: &App) -> &[u8] {
        let cursor = self.compose(app);
        self.screen.flush(cursor)
    }

    /// The same for a console that does not understand escapes, through ratatui's own backend.
    ///
    /// # Errors
    /// The backend's.
    pub fn frame_through<B: Backend>(&mut self, app: &App, backend: &mut B) -> Result<(), B::Error> {
        let cursor = self.compose(app);
        self.screen.flush_to_backend(backend, cursor)
    }

    /// Brings the screen's buffer to what the program shows now, and says where the cursor stands.
    pub fn compose(&mut self, app: &App) -> Option<Position> {
        if self.screen.size() != app.size() {
            self.screen.resize(app.size());
        }
        if self.screen.policy() != app.policy() {
            self.screen.set_policy(app.policy());
        }
        let mut picture = Picture::reusing(std::mem::take(&mut self.spare));
        view::draw(app, &mut picture);
        let (regions, cursor) = picture.into_parts();
        self.spare = self.stage.present(&mut self.screen, &self.theme, regions);
        cursor
    }

    /// Sends everything again with the next frame, as when the terminal has been used by others.
    pub fn invalidate(&mut self) {
        self.screen.invalidate();
    }

    /// What is on the screen.
    pub fn screen(&self) -> &Screen {
        &self.screen
    }
}
