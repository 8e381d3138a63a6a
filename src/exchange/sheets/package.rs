//! The parts of a packed file, inflated one at a time and counted while they are inflated.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::book::Source;
use crate::exchange::ImportError;

/// A packed file.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// By their names in small letters: programs do not agree on the case.
    index: HashMap<String, usize>,
    /// Bytes that may still be inflated.
    left: u64,
    max: u64,
}

impl<'a> Package<'a> {
    /// Opens a packed file.
    ///
    /// # Errors
    /// It is damaged, or a part of it is locked with a password.
    pub(super) fn open(bytes: &'a [u8], source: &Source) -> Result<Self, ImportError> {
        let archive =
            ZipArchive::new(Cursor::new(bytes)).map_err(|_| source.broken("压缩包不完整，可能没有下载完"))?;
        let mut index = HashMap::new();
        for part in 0..archive.len() {
            if let Some(Ok(name)) = archive.name_for_index(part) {
                index.entry(name.replace('\\', "/").to_lowercase()).or_insert(part);
            }
        }
        let max = source.limits.unpacked;
        Ok(Self { archive, index, left: max, max })
    }

    /// Whether there is such a part.
    pub(super) fn has(&self, name: &str) -> bool {
        self.index.contains_key(&name.to_lowercase())
    }

    /// The text of a part; none if there is no such part.
    ///
    /// # Errors
    /// The part is damaged, or all parts together are more than the bounds allow.
    pub(super) fn text(&mut self, name: &str, source: &Source) -> Result<Option<String>, ImportError> {
        let Some(&part) = self.index.get(&name.to_lowercase()) else { return Ok(None) };
        let damaged = |_| source.broken(format!("其中的{name}已损坏"));
        let mut bytes = Vec::new();
        let file = match self.archive.by_index(part) {
            Ok(file) => file,
            Err(zip::result::ZipError::UnsupportedArchive(why))
                if why == zip::result::ZipError::PASSWORD_REQUIRED =>
            {
                return Err(ImportError::Protected);
            }
            Err(_) => return Err(source.broken(format!("其中的{name}打不开"))),
        };
        // The size that the archive states is not believed: one byte more than allowed is inflated at most.
        file.take(self.left + 1).read_to_end(&mut bytes).map_err(damaged)?;
        let Some(left) = self.left.checked_sub(bytes.len() as u64) else {
            return Err(ImportError::TooMuch {
                what: "解开后的内容",
                max: format!("{}兆字节", self.max >> 20),
            });
        };
        self.left = left;
        Ok(Some(encoding_rs::UTF_8.decode(&bytes).0.into_owned()))
    }
}
