//! What a key can ask for.
//!
//! One table gives every action its id for keymap files, its short name for hints and palette, its sentence
//! for help, and its group; so help, palette, hints and keymap cannot disagree.

use std::str::FromStr;

use thiserror::Error;

/// A chapter of the help page; the palette offers only the chapters that hold commands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Group {
    /// Files: new, open, save, import, export.
    File,
    /// Entry of figures.
    Entry,
    /// Moving between cells.
    Move,
    /// Moving between the tabs.
    Tab,
    /// Findings and repairs.
    Review,
    /// Commands on prose.
    Text,
    /// Moving and typing in prose.
    Caret,
    /// Lists and dialogs.
    List,
    /// The window and the program.
    Window,
}

/// No action has this id.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("没有叫“{0}”的命令")]
pub struct UnknownAction(pub String);

macro_rules! actions {
    ($( $(#[$doc:meta])+ $variant:ident $id:literal $group:ident $name:literal $help:literal; )+) => {
        /// What a key, the palette or a menu asks for. What it does depends on where the focus is.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        pub enum Action {
            $( $(#[$doc])+ $variant, )+
            /// Type a character, just as the input method gave it. Bound to no key: it is what a character
            /// means where no context has a command for it.
            Type(char),
        }

        impl Action {
            /// All actions that a key can be bound to, in the order of the help page.
            pub const ALL: &[Self] = &[$( Self::$variant, )+];

            /// The name in keymap files; it never changes.
            pub const fn id(self) -> &'static str {
                match self { $( Self::$variant => $id, )+ Self::Type(_) => "type" }
            }

            /// The name in hints and palette: a few characters.
            pub const fn name(self) -> &'static str {
                match self { $( Self::$variant => $name, )+ Self::Type(_) => "录入" }
            }

            /// What it does, in one sentence.
            pub const fn help(self) -> &'static str {
                match self { $( Self::$variant => $help, )+ Self::Type(_) => "录入一个字符。" }
            }

            /// The chapter it belongs to.
            pub const fn group(self) -> Group {
                match self { $( Self::$variant => Group::$group, )+ Self::Type(_) => Group::Caret }
            }
        }
    };
}

actions! {
    /// Start a new report.
    NewReport "new_report" File "新建" "新建一份年度报告。";
    /// Open a draft.
    Open "open" File "打开" "打开已有的草稿。";
    /// Open one of the samples that come with the program.
    OpenSample "open_sample" File "示例" "打开随程序附带的示例。";
    /// Save the draft.
    Save "save" File "保存" "保存草稿。";
    /// Save the draft under another name.
    SaveAs "save_as" File "另存" "把草稿另存为一个新文件。";
    /// Read a report out of a file of another program.
    Import "import" File "导入文件" "从 Word、Excel、网页、文本等文件读入一份报告。";
    /// Show again what became of the file that was imported.
    ImportNotes "import_notes" File "导入情况" "再看导入的文件哪些请核对、哪些未采用；保存以前都可以看。";
    /// Write the report into a file for others.
    Export "export" File "导出" "把报告导出成 Word、Excel、网页等文件；有强制问题时只能导出草稿。";
    /// List the reports of earlier runs that were never saved.
    UnsavedReports "unsaved_reports" File "未存报告" "列出上次中断时还没有保存过的报告。";
    /// Show the earlier contents of the draft.
    Backups "backups" File "备份" "列出草稿以前的内容，看有哪些不同，退回到其中一份。";
    /// Let the program save by itself.
    ToggleAutosave "toggle_autosave" File "自动保存" "改动一分钟后自动保存到草稿文件；再选一次停止。";

    /// Keep the figure and go on in the chosen direction.
    CommitNext "commit_next" Entry "下一格" "记下本格，按所选方向到下一格。";
    /// Keep the figure and go back against the chosen direction.
    CommitPrevious "commit_previous" Entry "上一格" "记下本格，退回上一格。";
    /// Keep the figure and go to the cell at the right, or to the next row after the last.
    NextCell "next_cell" Entry "右一格" "记下本格，到右边一格；行末转到下一行。";
    /// Keep the figure and go to the cell at the left.
    PreviousCell "previous_cell" Entry "左一格" "记下本格，到左边一格；行首转到上一行。";
    /// Change the figure instead of typing a new one.
    EditCell "edit_cell" Entry "修改" "在原数上修改，不重新录入。";
    /// Make the cell blank.
    ClearCell "clear_cell" Entry "清空" "清空本格，留为未填。";
    /// Go to the next cell that is not filled in.
    NextBlank "next_blank" Entry "下一空格" "到下一个还没有填的格。";
    /// Go to the previous cell that is not filled in.
    PreviousBlank "previous_blank" Entry "上一空格" "到上一个还没有填的格。";
    /// Fill the blanks of the row, from the cursor on, with 0.
    ZeroRestOfRow "zero_rest_of_row" Entry "行末补零" "把本格和本行其后没有填的格都填为 0。";
    /// Fill the blanks of the table with 0.
    ZeroTable "zero_table" Entry "本表补零" "把本表没有填的格都填为 0。";
    /// Fill the blanks of the report with 0.
    ZeroReport "zero_report" Entry "全部补零" "把各表没有填的格都填为 0。";
    /// Take over the figure of the cell above.
    DuplicateFromAbove "duplicate_from_above" Entry "同上" "照抄上面一格的数，并到下一格。";
    /// Let Enter go down or to the right.
    ToggleEnterDirection "toggle_enter_direction" Entry "回车方向" "回车后向下走还是向右走，切换一次。";
    /// Let Enter stop at totals too, so that the totals on paper are keyed and compared.
    ToggleControlTotals "toggle_control_totals" Entry "核对合计" "录入时也录合计数，与算出的合计互相核对；再按一次停止。";
    /// Mend what the remark at the cursor is about.
    ApplyFix "apply_fix" Entry "改正" "按提示改正光标处的问题，可以撤销。";
    /// Write a note beside the figure.
    EditNote "edit_note" Entry "附注" "写本格的附注，例如其中修订16件；清空则删去。";
    /// Take back the last change.
    Undo "undo" Entry "撤销" "撤销上一次改动。";
    /// Make the change again that was taken back.
    Redo "redo" Entry "重做" "重做刚撤销的改动。";

    /// Go up.
    MoveUp "move_up" Move "上移" "到上面一格。";
    /// Go down.
    MoveDown "move_down" Move "下移" "到下面一格。";
    /// Go left.
    MoveLeft "move_left" Move "左移" "到左边一格。";
    /// Go right.
    MoveRight "move_right" Move "右移" "到右边一格。";
    /// Go up by a screen.
    PageUp "page_up" Move "上翻" "向上翻一屏。";
    /// Go down by a screen.
    PageDown "page_down" Move "下翻" "向下翻一屏。";
    /// Go to the first cell of the row.
    RowStart "row_start" Move "行首" "到本行第一格。";
    /// Go to the last cell of the row.
    RowEnd "row_end" Move "行末" "到本行最后一格。";
    /// Go to the first cell of the table.
    TableStart "table_start" Move "表首" "到本表第一格。";
    /// Go to the last cell of the table.
    TableEnd "table_end" Move "表末" "到本表最后一格。";

    /// Show the next tab.
    NextTab "next_tab" Tab "后一页" "到后一个页签。";
    /// Show the previous tab.
    PreviousTab "previous_tab" Tab "前一页" "到前一个页签。";
    /// Show the cover.
    GoCover "go_cover" Tab "封面" "到封面：单位、年度和格式。";
    /// Show section 1.
    GoSection1 "go_section_1" Tab "第一部分" "到第一部分。";
    /// Show section 2.
    GoSection2 "go_section_2" Tab "第二部分" "到第二部分。";
    /// Show section 3.
    GoSection3 "go_section_3" Tab "第三部分" "到第三部分。";
    /// Show section 4.
    GoSection4 "go_section_4" Tab "第四部分" "到第四部分。";
    /// Show section 5.
    GoSection5 "go_section_5" Tab "第五部分" "到第五部分。";
    /// Show section 6.
    GoSection6 "go_section_6" Tab "第六部分" "到第六部分。";
    /// Show the findings.
    GoFindings "go_findings" Tab "审核" "到审核页：全部问题。";
    /// Change between the table and the prose of the section.
    SwitchPane "switch_pane" Tab "表文切换" "在本部分的表和文字之间切换。";

    /// Go to the next finding.
    NextFinding "next_finding" Review "下一问题" "到下一个问题所在的地方。";
    /// Go to the previous finding.
    PreviousFinding "previous_finding" Review "上一问题" "到上一个问题所在的地方。";
    /// Go to the place of the chosen finding.
    GoToFinding "go_to_finding" Review "去修改" "到所选问题所在的地方。";
    /// Give the reason why the finding may stand.
    Explain "explain" Review "说明" "写明核实的问题为什么属实，写过的不再计入待改；清空则收回。";
    /// Go back to where the last jump began.
    GoBack "go_back" Review "返回原处" "回到上一次跳转之前的地方。";

    /// Select all of the text.
    SelectAll "select_all" Text "全选" "选中全部文字。";
    /// Copy what is selected.
    Copy "copy" Text "复制" "复制选中的文字或本格的数。";
    /// Cut what is selected.
    Cut "cut" Text "剪切" "剪切选中的文字或本格的数。";
    /// Insert what was last copied or cut inside the program.
    PasteInternal "paste_internal" Text "粘贴" "粘贴在本程序里复制的内容；别处复制的内容用终端窗口的粘贴。";
    /// Make the figure at the caret a live one, or a plain one again.
    ToggleLive "toggle_live" Text "活数" "把光标处的数字变成随表变动的活数，或变回普通数字；不在数字上时选一格插入。";
    /// Search in the text.
    Find "find" Text "查找" "在本部分的文字中查找；不分大小写，不分全角半角。";
    /// Search on.
    FindNext "find_next" Text "找下一个" "查找下一处。";
    /// Search back.
    FindPrevious "find_previous" Text "找上一个" "查找上一处。";
    /// Search in the text and replace.
    Replace "replace" Text "替换" "在本部分的文字中查找，逐处替换或全部替换。";
    /// Replace every place found.
    ReplaceAll "replace_all" List "全部替换" "把找到的各处全部替换，作为一步，可以撤销。";
    /// List the headings of the text.
    TextOutline "text_outline" Text "小标题" "列出本部分的小标题，选一个就到那里。";
    /// Go to the next heading of the text.
    NextHeading "next_heading" Text "下一标题" "光标到下一个小标题。";
    /// Go to the heading before.
    PreviousHeading "previous_heading" Text "上一标题" "光标到本段的小标题，或上一个小标题。";
    /// Join lines that were broken elsewhere.
    JoinLines "join_lines" Text "接成段" "把刚粘贴的或选中的文字里断开的行接成段落。";

    /// Move the caret left.
    CaretLeft "caret_left" Caret "左移" "光标左移一字。";
    /// Move the caret right.
    CaretRight "caret_right" Caret "右移" "光标右移一字。";
    /// Move the caret up by a line of the screen.
    CaretUp "caret_up" Caret "上移" "光标上移一行。";
    /// Move the caret down by a line of the screen.
    CaretDown "caret_down" Caret "下移" "光标下移一行。";
    /// Move the caret left by a word.
    CaretWordLeft "caret_word_left" Caret "左移一词" "光标左移一词。";
    /// Move the caret right by a word.
    CaretWordRight "caret_word_right" Caret "右移一词" "光标右移一词。";
    /// Move the caret to the start of the line.
    CaretLineStart "caret_line_start" Caret "行首" "光标到行首。";
    /// Move the caret to the end of the line.
    CaretLineEnd "caret_line_end" Caret "行末" "光标到行末。";
    /// Move the caret to the start of the text.
    CaretTextStart "caret_text_start" Caret "文首" "光标到全文开头。";
    /// Move the caret to the end of the text.
    CaretTextEnd "caret_text_end" Caret "文末" "光标到全文末尾。";
    /// Move the caret to the start of the paragraph, or of the one before.
    CaretParagraphStart "caret_paragraph_start" Caret "段首" "光标到本段开头；已在开头时到上一段。";
    /// Move the caret to the end of the paragraph, or of the next.
    CaretParagraphEnd "caret_paragraph_end" Caret "段末" "光标到本段末尾；已在末尾时到下一段。";
    /// Move the caret up by a screen.
    CaretPageUp "caret_page_up" Caret "上翻" "光标上翻一屏。";
    /// Move the caret down by a screen.
    CaretPageDown "caret_page_down" Caret "下翻" "光标下翻一屏。";
    /// Select to the left.
    SelectLeft "select_left" Caret "向左选" "向左选一字。";
    /// Select to the right.
    SelectRight "select_right" Caret "向右选" "向右选一字。";
    /// Select upwards.
    SelectUp "select_up" Caret "向上选" "向上选一行。";
    /// Select downwards.
    SelectDown "select_down" Caret "向下选" "向下选一行。";
    /// Select a word to the left.
    SelectWordLeft "select_word_left" Caret "向左选词" "向左选一词。";
    /// Select a word to the right.
    SelectWordRight "select_word_right" Caret "向右选词" "向右选一词。";
    /// Select to the start of the line.
    SelectLineStart "select_line_start" Caret "选到行首" "选到行首。";
    /// Select to the end of the line.
    SelectLineEnd "select_line_end" Caret "选到行末" "选到行末。";
    /// Select to the start of the text.
    SelectTextStart "select_text_start" Caret "选到文首" "选到全文开头。";
    /// Select to the end of the text.
    SelectTextEnd "select_text_end" Caret "选到文末" "选到全文末尾。";
    /// Select to the start of the paragraph.
    SelectParagraphStart "select_paragraph_start" Caret "选到段首" "选到本段开头。";
    /// Select to the end of the paragraph.
    SelectParagraphEnd "select_paragraph_end" Caret "选到段末" "选到本段末尾。";
    /// Select upwards by a screen.
    SelectPageUp "select_page_up" Caret "向上选屏" "向上选一屏。";
    /// Select downwards by a screen.
    SelectPageDown "select_page_down" Caret "向下选屏" "向下选一屏。";
    /// Begin a new paragraph.
    NewParagraph "new_paragraph" Caret "分段" "另起一段。";
    /// Delete what is selected, or the character before the caret.
    DeleteBack "delete_back" Caret "退格" "删去选中的文字或光标前一字。";
    /// Delete what is selected, or the character after the caret.
    DeleteForward "delete_forward" Caret "删除" "删去选中的文字或光标后一字。";
    /// Delete what is selected, or the word before the caret.
    DeleteWordBack "delete_word_back" Caret "前删一词" "删去选中的文字或光标前一词。";
    /// Delete what is selected, or the word after the caret.
    DeleteWordForward "delete_word_forward" Caret "后删一词" "删去选中的文字或光标后一词。";

    /// Go up in the list.
    ListUp "list_up" List "上一项" "到上一项。";
    /// Go down in the list.
    ListDown "list_down" List "下一项" "到下一项。";
    /// Go up by a screen of the list.
    ListPageUp "list_page_up" List "上翻" "向上翻一屏。";
    /// Go down by a screen of the list.
    ListPageDown "list_page_down" List "下翻" "向下翻一屏。";
    /// Go to the first item.
    ListFirst "list_first" List "第一项" "到第一项。";
    /// Go to the last item.
    ListLast "list_last" List "最后一项" "到最后一项。";
    /// Take the item or press the button under the cursor.
    Choose "choose" List "选定" "选定此项。";
    /// Answer yes, whichever button is under the cursor.
    ConfirmYes "confirm_yes" List "是" "回答“是”。";
    /// Answer no, whichever button is under the cursor.
    ConfirmNo "confirm_no" List "否" "回答“否”。";
    /// Move the item out of the way, so that it is not listed any more.
    PutAside "put_aside" List "搁置" "把所选的报告搁置起来，不再列出。";
    /// Show what was matched as well.
    ShowMatched "show_matched" List "已对应" "显示或收起已经对应的各条。";
    /// Show all of an item that is cut.
    ReadItem "read_item" List "看全文" "另开窗口看这一条的全文。";
    /// Take back what is under way: the figure being typed, the selection, the overlay.
    Cancel "cancel" List "取消" "放弃正在做的：恢复本格原数、收起选择或关闭窗口。";

    /// Show the help.
    Help "help" Window "帮助" "显示帮助。";
    /// Show all commands.
    Palette "palette" Window "命令" "列出全部命令，录入几个字即可查找。";
    /// Paint all of the screen again.
    Redraw "redraw" Window "重画屏幕" "重画整个屏幕。";
    /// Change between one and two columns for characters of ambiguous width.
    ToggleWide "toggle_wide" Window "字符宽度" "引号、圈码等字符占一格还是两格，切换一次；画面错位时用。";
    /// Stop the program and go back to the shell.
    Suspend "suspend" Window "挂起" "暂时回到命令行，用 fg 回来。";
    /// Leave the program.
    Quit "quit" Window "退出" "退出程序；有改动时先问。";
}

impl Action {
    /// Whether the palette offers it: commands, but not moves and keystrokes.
    pub const fn in_palette(self) -> bool {
        !matches!(self, Self::Palette | Self::GoToFinding)
            && matches!(
                self.group(),
                Group::File | Group::Entry | Group::Tab | Group::Review | Group::Text | Group::Window
            )
    }

    /// For an action that shows a certain tab, which one: 0 the cover, 1 to 6 the sections, 7 the findings.
    pub const fn tab(self) -> Option<usize> {
        Some(match self {
            Self::GoCover => 0,
            Self::GoSection1 => 1,
            Self::GoSection2 => 2,
            Self::GoSection3 => 3,
            Self::GoSection4 => 4,
            Self::GoSection5 => 5,
            Self::GoSection6 => 6,
            Self::GoFindings => 7,
            _ => return None,
        })
    }
}

/// From the id.
impl FromStr for Action {
    type Err = UnknownAction;

    fn from_str(id: &str) -> Result<Self, UnknownAction> {
        let found = Self::ALL.iter().copied().find(|action| action.id() == id);
        found.ok_or_else(|| UnknownAction(id.to_owned()))
    }
}

impl Group {
    /// All groups in the order of the help page.
    pub const ALL: [Self; 9] = [
        Self::Entry,
        Self::Move,
        Self::Review,
        Self::Tab,
        Self::File,
        Self::Text,
        Self::Caret,
        Self::List,
        Self::Window,
    ];

    /// The heading of the chapter.
    pub const fn name(self) -> &'static str {
        match self {
            Self::File => "文件",
            Self::Entry => "录入",
            Self::Move => "移动",
            Self::Tab => "换页",
            Self::Review => "审核",
            Self::Text => "文字",
            Self::Caret => "光标",
            Self::List => "列表",
            Self::Window => "窗口",
        }
    }

    /// The actions of the chapter.
    pub fn actions(self) -> impl Iterator<Item = Action> {
        Action::ALL.iter().copied().filter(move |action| action.group() == self)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use unicode_width::UnicodeWidthStr;

    use super::{Action, Group, UnknownAction};

    #[test]
    fn ids_are_unique_snake_case_and_read_back() {
        let ids: BTreeSet<&str> = Action::ALL.iter().map(|action| action.id()).collect();
        assert_eq!(ids.len(), Action::ALL.len());
        for &action in Action::ALL {
            let id = action.id();
            assert_eq!(id.parse(), Ok(action));
            assert!(id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'), "{id}");
        }
        assert_eq!("none".parse::<Action>(), Err(UnknownAction("none".into())));
        assert_eq!("type".parse::<Action>(), Err(UnknownAction("type".into())));
    }

    #[test]
    fn each_id_is_the_name_of_its_variant() {
        for action in Action::ALL {
            let joined = action.id().replace('_', "");
            assert_eq!(joined, format!("{action:?}").to_lowercase());
        }
    }

    #[test]
    fn names_are_short_and_sentences_end() {
        for action in Action::ALL {
            assert!((1..=8).contains(&action.name().width()), "{action:?}");
            assert!(action.help().ends_with('。'), "{action:?}");
        }
    }

    #[test]
    fn the_palette_can_tell_its_commands_apart() {
        let offered: Vec<&str> = Action::ALL.iter().filter(|a| a.in_palette()).map(|a| a.name()).collect();
        let different: BTreeSet<&str> = offered.iter().copied().collect();
        assert_eq!(offered.len(), different.len());
        assert!(!Action::MoveUp.in_palette());
        assert!(!Action::Type('一').in_palette());
    }

    #[test]
    fn every_action_is_in_one_chapter() {
        let listed: usize = Group::ALL.into_iter().map(|group| group.actions().count()).sum();
        assert_eq!(listed, Action::ALL.len());
        assert!(Group::ALL.into_iter().all(|group| group.actions().next().is_some()));
    }

    #[test]
    fn eight_actions_show_the_eight_tabs() {
        let tabs: Vec<usize> = Action::ALL.iter().filter_map(|action| action.tab()).collect();
        assert_eq!(tabs, [0, 1, 2, 3, 4, 5, 6, 7]);
    }
}
