use super::*;
use crate::store::decode::Encoding;

fn assert_chinese(message: &str) {
    let words: Vec<&str> =
        message.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty()).collect();
    let allowed = ["UTF", "MB", "ron"];
    assert!(words.iter().all(|word| allowed.contains(word)), "{message}");
    assert!(message.contains("甲.ron"), "names the file: {message}");
    assert!(message.contains('。') && message.contains('请'), "says what to do: {message}");
}

#[test]
fn every_trouble_is_said_in_chinese_with_advice() {
    let kinds = [
        (ErrorKind::NotFound, Trouble::NotFound),
        (ErrorKind::PermissionDenied, Trouble::Denied),
        (ErrorKind::StorageFull, Trouble::NoSpace),
        (ErrorKind::QuotaExceeded, Trouble::NoSpace),
        (ErrorKind::ReadOnlyFilesystem, Trouble::ReadOnlyDisk),
        (ErrorKind::IsADirectory, Trouble::IsFolder),
        (ErrorKind::NotADirectory, Trouble::NotAFolder),
        (ErrorKind::InvalidFilename, Trouble::BadName),
        (ErrorKind::ResourceBusy, Trouble::Busy),
        (ErrorKind::FileTooLarge, Trouble::TooLarge),
        (ErrorKind::Interrupted, Trouble::Interrupted),
        (ErrorKind::StaleNetworkFileHandle, Trouble::Gone),
        (ErrorKind::TimedOut, Trouble::Gone),
        (ErrorKind::Other, Trouble::Other(None)),
    ];
    for (kind, trouble) in kinds {
        for task in [Task::Read, Task::Save] {
            let error = StoreError::io(Path::new("甲.ron"), task, kind.into());
            assert!(matches!(&error, StoreError::Io { trouble: found, .. } if *found == trouble), "{kind:?}");
            assert_chinese(&error.to_string());
            assert!(std::error::Error::source(&error).is_none(), "a chain of causes would be English");
        }
    }
}

#[test]
fn every_other_error_is_said_in_chinese_with_advice() {
    let path = || PathBuf::from("甲.ron");
    for error in [
        StoreError::IsFolder { path: path() },
        StoreError::NotRegular { path: path() },
        StoreError::DanglingLink { path: path() },
        StoreError::ReadOnlyFile { path: path() },
        StoreError::TooLarge { path: path(), max: 16 * 1024 * 1024 },
        StoreError::NotText { path: path(), cause: DecodeError::NotText },
        StoreError::NotText { path: path(), cause: DecodeError::Damaged(Encoding::Utf8) },
        StoreError::Unconfirmed { path: path(), cause: ErrorKind::Other.into() },
    ] {
        assert_chinese(&error.to_string().replace('，', "。"));
        assert_eq!(error.path(), path());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn numbers_of_the_system() {
    let message = |number| {
        StoreError::io(Path::new("甲.ron"), Task::Save, io::Error::from_raw_os_error(number)).to_string()
    };
    assert_eq!(message(28), "保存“甲.ron”失败：磁盘空间不足。请清理磁盘，或另存到别的磁盘");
    assert_eq!(
        message(5),
        "保存“甲.ron”失败：磁盘或网络共享没有响应。请检查网络或移动硬盘是否连接；可以先另存到本机"
    );
    assert_eq!(message(116), message(5), "a stale handle of a network share");
    assert_eq!(
        message(36),
        "保存“甲.ron”失败：文件名过长或含有不允许的字符。请换一个较短、不含特殊符号的文件名"
    );
    assert_eq!(message(30), "保存“甲.ron”失败：磁盘是只读的。请解除写保护，或另存到别的磁盘");
    assert_eq!(message(9999), "保存“甲.ron”失败：系统报告错误 9999。请重试；如仍失败，请另存到别的位置");
}
