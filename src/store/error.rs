//! What can go wrong with a file, said so that a clerk can act on it.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::decode::DecodeError;

/// Why a file was not read or not written. Nothing of the system's own English is ever shown, so the causes are
/// fields and not `source`.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The system refused.
    #[error("{task}“{}”失败：{trouble}。{}", .path.display(), .trouble.advice(*.task))]
    Io {
        /// The file as the user named it.
        path: PathBuf,
        /// What was being done.
        task: Task,
        /// The kind of trouble.
        trouble: Trouble,
        /// The system's own error.
        cause: io::Error,
    },
    /// The path names a folder.
    #[error("“{}”是文件夹，不是文件。请指定其中的一个文件", .path.display())]
    IsFolder {
        /// The folder.
        path: PathBuf,
    },
    /// The path names a device, a pipe or a socket.
    #[error("“{}”不是普通文件（是设备或管道），不能打开。请指定别的文件", .path.display())]
    NotRegular {
        /// The device.
        path: PathBuf,
    },
    /// The path is a link to something that does not exist.
    #[error("“{}”是链接，但它指向的文件不存在。请先恢复那个文件，或删去这个链接", .path.display())]
    DanglingLink {
        /// The link.
        path: PathBuf,
    },
    /// The file is marked as not to be changed.
    #[error("“{}”已设为只读，没有改动它。请在文件属性中取消只读，或另存到别的文件", .path.display())]
    ReadOnlyFile {
        /// The file.
        path: PathBuf,
    },
    /// The file is longer than may be read.
    #[error("“{}”太大，超过 {}，没有读取。请确认选对了文件", .path.display(), size(*.max))]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The permitted length in bytes.
        max: u64,
    },
    /// The content is not text.
    #[error("“{}”{cause}。请确认选对了文件，或用记事本打开后另存为 UTF-8", .path.display())]
    NotText {
        /// The file.
        path: PathBuf,
        /// What is wrong with the bytes.
        cause: DecodeError,
    },
    /// The new content is in place, but the system did not confirm that it will survive a loss of power.
    #[error("“{}”已写入，但磁盘没有确认，突然断电时可能丢失。请再保存一次；如仍有此提示，请换一个位置", .path.display())]
    Unconfirmed {
        /// The file.
        path: PathBuf,
        /// The system's own error.
        cause: io::Error,
    },
}

/// What was being done with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Task {
    /// Reading it.
    Read,
    /// Writing it.
    Save,
}

/// The kinds of trouble that call for different advice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The file, or when saving its folder, does not exist.
    NotFound,
    /// No right to it.
    Denied,
    /// The disk or the quota is full.
    NoSpace,
    /// The whole file system is read-only.
    ReadOnlyDisk,
    /// A folder stands where a file was expected.
    IsFolder,
    /// Part of the path is a file and not a folder.
    NotAFolder,
    /// The network folder or the USB disk is gone, or the disk fails.
    Gone,
    /// A name is too long or has characters that are not allowed.
    BadName,
    /// Another program holds the file.
    Busy,
    /// The file is too large for the file system.
    TooLarge,
    /// A signal came in between.
    Interrupted,
    /// Anything else, with the system's number where there is one.
    Other(Option<i32>),
}

impl StoreError {
    /// The error of the system, with the path that the user knows.
    pub fn io(path: &Path, task: Task, cause: io::Error) -> Self {
        Self::Io { path: path.to_owned(), task, trouble: Trouble::of(&cause), cause }
    }

    /// The file that this is about.
    pub fn path(&self) -> &Path {
        match self {
            Self::Io { path, .. }
            | Self::IsFolder { path }
            | Self::NotRegular { path }
            | Self::DanglingLink { path }
            | Self::ReadOnlyFile { path }
            | Self::TooLarge { path, .. }
            | Self::NotText { path, .. }
            | Self::Unconfirmed { path, .. } => path,
        }
    }

    /// Whether the file does not exist, which is often no mistake.
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::Io { trouble: Trouble::NotFound, .. })
    }
}

impl Trouble {
    /// The kind of an error of the system.
    pub fn of(error: &io::Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound => Self::NotFound,
            // On Windows a file that others hold often gives this too; the advice speaks of both.
            ErrorKind::PermissionDenied => Self::Denied,
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::NoSpace,
            ErrorKind::ReadOnlyFilesystem => Self::ReadOnlyDisk,
            ErrorKind::IsADirectory => Self::IsFolder,
            ErrorKind::NotADirectory => Self::NotAFolder,
            ErrorKind::InvalidFilename | ErrorKind::InvalidInput => Self::BadName,
            ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => Self::Busy,
            ErrorKind::FileTooLarge => Self::TooLarge,
            ErrorKind::Interrupted => Self::Interrupted,
            ErrorKind::StaleNetworkFileHandle
            | ErrorKind::HostUnreachable
            | ErrorKind::NetworkUnreachable
            | ErrorKind::NetworkDown
            | ErrorKind::NotConnected
            | ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::ConnectionRefused
            | ErrorKind::TimedOut
            | ErrorKind::UnexpectedEof => Self::Gone,
            _ => Self::of_number(error.raw_os_error()),
        }
    }

    /// What to do about it.
    pub fn advice(self, task: Task) -> &'static str {
        match (self, task) {
            (Self::NotFound, Task::Read) => "请检查路径和文件名是否正确",
            (Self::NotFound, Task::Save) => "请先建立文件夹，或另存到别的位置",
            (Self::Denied, Task::Read) => "请向文件的所有者要求读取权限",
            (Self::Denied, Task::Save) => "请关闭正在使用它的程序，或另存到有写入权限的文件夹",
            (Self::NoSpace, _) => "请清理磁盘，或另存到别的磁盘",
            (Self::ReadOnlyDisk, _) => "请解除写保护，或另存到别的磁盘",
            (Self::IsFolder, _) => "请指定文件夹中的一个文件",
            (Self::NotAFolder, _) => "请检查路径是否正确",
            (Self::Gone, Task::Read) => "请检查网络或移动硬盘是否连接，然后重试",
            (Self::Gone, Task::Save) => "请检查网络或移动硬盘是否连接；可以先另存到本机",
            (Self::BadName, _) => "请换一个较短、不含特殊符号的文件名",
            (Self::Busy, _) => "请关闭正在使用它的程序，然后重试",
            (Self::TooLarge, _) => "请另存到别的磁盘",
            (Self::Interrupted, _) => "请重试",
            (Self::Other(_), Task::Read) => "请重试；如仍失败，请把文件复制到本机再打开",
            (Self::Other(_), Task::Save) => "请重试；如仍失败，请另存到别的位置",
        }
    }

    /// Numbers for which the standard library has no kind.
    fn of_number(number: Option<i32>) -> Self {
        match number {
            // EIO, EREMOTEIO, EHOSTDOWN, ENXIO, ENODEV.
            #[cfg(target_os = "linux")]
            Some(5 | 6 | 19 | 112 | 121) => Self::Gone,
            // Not ready, network path, name or adapter gone, connection lost, device error.
            #[cfg(windows)]
            Some(21 | 31 | 53 | 55 | 59 | 64 | 67 | 1117 | 1167 | 1231 | 1232) => Self::Gone,
            #[cfg(windows)]
            Some(32 | 33) => Self::Busy,
            #[cfg(windows)]
            Some(19) => Self::ReadOnlyDisk,
            #[cfg(windows)]
            Some(123 | 206) => Self::BadName,
            other => Self::Other(other),
        }
    }
}

impl fmt::Display for Task {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Read => "读取",
            Self::Save => "保存",
        })
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = match self {
            Self::NotFound => "文件或文件夹不存在",
            Self::Denied => "没有权限，或文件正被占用",
            Self::NoSpace => "磁盘空间不足",
            Self::ReadOnlyDisk => "磁盘是只读的",
            Self::IsFolder => "这是文件夹",
            Self::NotAFolder => "路径中间有一段不是文件夹",
            Self::Gone => "磁盘或网络共享没有响应",
            Self::BadName => "文件名过长或含有不允许的字符",
            Self::Busy => "文件正被其他程序占用",
            Self::TooLarge => "文件超过了磁盘允许的大小",
            Self::Interrupted => "操作被打断",
            Self::Other(Some(number)) => return write!(f, "系统报告错误 {number}"),
            Self::Other(None) => "系统没有说明原因",
        };
        f.write_str(words)
    }
}

fn size(bytes: u64) -> String {
    const MIB: u64 = 1024 * 1024;
    if bytes >= MIB && bytes.is_multiple_of(MIB) {
        format!("{} MB", bytes / MIB)
    } else {
        format!("{bytes} 字节")
    }
}

#[cfg(test)]
mod tests;
