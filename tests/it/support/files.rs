//! A file system on which things go wrong: the one with which the store is tested, for the whole program.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use gouji::store::files::{DiskFiles, FileLock, Files, Handle, Metadata};

#[allow(dead_code, reason = "the tests of the store use all of it")]
#[path = "../../../src/store/files/faulty.rs"]
pub(crate) mod faulty;
