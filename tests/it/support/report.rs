//! A report in whose table 三 one figure is typed, and what of it is there at the next opening.

use super::pty::{Desk, Launch, Pty};

pub(crate) const GRANTED: &str = "（一）予以公开";

/// Where what the program says on stderr is written to by the scripts here.
pub(crate) const SAID: &str = "说.txt";

/// The shell becomes the program.
pub(crate) const ALONE: &str = r#"exec "$0" "$@" 2>说.txt"#;

/// The program is a job: the shell says so when it stops, and continues it after Enter.
pub(crate) const JOB: &str = r#"/bin/sh -c 'echo $$ >号.txt; exec "$0" "$@" 2>说.txt' "$0" "$@"
printf '停\n'; read line; fg; exit $?"#;

/// The two kinds of reports that can be open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// With a file and a journal beside it.
    Draft,
    /// Never saved; its journal is in the folder of the user.
    Unsaved,
}

impl Kind {
    pub(crate) const ALL: [Self; 2] = [Self::Draft, Self::Unsaved];
    const NAME: &str = "yiyuan-2020.ron";

    pub(crate) fn desk(self) -> Desk {
        match self {
            Self::Draft => Desk::with("sample-data/yiyuan-2020.ron").0,
            Self::Unsaved => Desk::new(),
        }
    }

    /// The program as it is started for this report.
    pub(crate) fn launch(self, desk: &Desk) -> Launch<'_> {
        let args: &[&str] = if self == Self::Draft { &[Self::NAME] } else { &[] };
        desk.screen(args).size(120, 40)
    }

    /// Goes to 予以公开·自然人, without having changed anything.
    pub(crate) fn enter(self, pty: &mut Pty) {
        match self {
            Self::Draft => pty.wait_text("沂源县人民政府"),
            Self::Unsaved => {
                pty.wait_text("> 新建").send("\x1b[B\x1b[B").wait_text("> 示例");
                pty.send("\r").wait_text("这是示例")
            }
        };
        pty.send("\x1b3").wait_text("[三申请").send("\x1b[B\x1b[B");
        pty.wait("the cursor at 予以公开", |sight| sight.is_reversed(GRANTED, "自然人"));
    }

    /// What the program says of changes that are kept.
    pub(crate) fn kept(self, desk: &Desk) -> String {
        let (journal, way) = match self {
            Self::Draft => {
                let draft = desk.path(Self::NAME).canonicalize().unwrap();
                let journal = draft.with_file_name(format!(".{}.journal", Self::NAME));
                (journal, format!("下次打开“{}”", draft.display()))
            }
            Self::Unsaved => {
                let files = std::fs::read_dir(desk.path("home/state/gouji/unsaved")).unwrap();
                let names: Vec<_> = files.map(|file| file.unwrap().path()).collect();
                let journal = names.iter().find(|path| path.extension().is_some_and(|end| end == "journal"));
                let journal = journal.unwrap_or_else(|| panic!("no journal among {names:?}"));
                (journal.clone(), "下次不带文件名运行 gouji ".to_owned())
            }
        };
        assert!(journal.is_file(), "{}", journal.display());
        format!("都记在恢复文件“{}”里，{way}时可以恢复。", journal.display())
    }

    /// Opens the report again, takes what is offered, and asserts that the figure came back with it.
    pub(crate) fn brings_back(self, desk: &Desk, figure: &str) {
        let mut pty = self.launch(desk).start();
        match self {
            Self::Draft => pty.wait_text("没有保存").wait_text("上次有"),
            Self::Unsaved => pty.wait_text("没有保存过的报告"),
        };
        pty.send("\r").wait_text("已恢复").send("\x1b3");
        pty.wait_figures(&[(GRANTED, "自然人", figure), (GRANTED, "其他", "0"), (GRANTED, "总计", figure)]);
        pty.send("\x1b[21~").wait_text("Alt+N").send("\x1bn");
        assert_eq!(pty.ends(), 0);
    }
}
