//! Why a file could not be taken in, said so that a clerk can act on it.

use super::document::At;
use super::format::Format;
use crate::form::CatalogueError;
use crate::model::visible::visible;

/// Why a document was not read. The caller knows the name of the file and puts it in front.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file asks for more than [`Limits`](super::Limits) allow.
    #[error(
        "{what}超过上限（{max}），没有读取。请确认选对了文件；确是年度报告的，请把其中的表格复制到新文件再导入"
    )]
    TooMuch {
        /// What there is too much of: `文件长度`, `解开后的内容`, `表格的格数`, `嵌套层数`, `文字`.
        what: &'static str,
        /// How much is allowed, with its unit.
        max: String,
    },
    /// The file is not what its kind says, or is damaged.
    #[error("不是完好的{}文件（{at}：{}）。请用原来的程序打开它，另存一份再导入", .format.name(), visible(.cause))]
    Broken {
        /// What it was taken for.
        format: Format,
        /// Where reading stopped.
        at: At,
        /// What was wrong there, in Chinese.
        cause: String,
    },
    /// A kind of file that can not be read.
    #[error("是{what}，读不了。{how}")]
    Unsupported {
        /// The kind of file: `旧式 Word 文档（.doc）`.
        what: String,
        /// What to do instead.
        how: String,
    },
    /// It is a draft.
    #[error("是勾稽的草稿，不用导入。请直接打开它")]
    IsDraft,
    /// The file is protected with a password.
    #[error("文件设有密码，读不了。请用原来的程序打开，去掉密码另存后再导入")]
    Protected,
    /// The file holds nothing that belongs to any form.
    #[error(
        "文件里没有找到年度报告的表格或各部分标题（已查看{blocks}段、{tables}个表）。请确认选对了文件；表格是图片的，只能照着填写"
    )]
    NothingFound {
        /// How many headings and paragraphs there are.
        blocks: usize,
        /// How many tables there are.
        tables: usize,
    },
    /// There is no form to read it with.
    #[error(transparent)]
    Form(#[from] CatalogueError),
}

/// Why a document was not written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// A report can not be written as this kind of file.
    #[error("不能导出成{}。可以导出成 docx、xlsx、html、md、csv、json", .format.name())]
    NotWritten {
        /// What was asked for.
        format: Format,
    },
    /// The library that packs the file refused.
    #[error("没有做成{}文件（{cause}）。请换一种格式，并把这句话告诉维护人员", .format.name())]
    Failed {
        /// What was to be written.
        format: Format,
        /// What the library said, in Chinese where that is known.
        cause: String,
    },
}
