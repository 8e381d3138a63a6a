//! A sentence at the bottom of the screen: what was done, or what went wrong and what to do about it.

/// A sentence for the user. It stays until the next key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Whether something failed.
    pub tone: Tone,
    /// The sentence; several lines are allowed and shown in a window.
    pub text: String,
}

/// Whether something was done or failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something was done.
    Done,
    /// Something failed or was refused.
    Failed,
}

impl Notice {
    /// Something was done.
    pub fn done(text: impl Into<String>) -> Self {
        Self { tone: Tone::Done, text: text.into() }
    }

    /// Something failed.
    pub fn failed(text: impl Into<String>) -> Self {
        Self { tone: Tone::Failed, text: text.into() }
    }
}
