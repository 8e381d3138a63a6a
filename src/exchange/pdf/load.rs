//! Loads the objects of a file, with bounds that the parser does not have.

use std::cell::Cell;
use std::sync::mpsc;
use std::time::Duration;
use std::{io, thread};

use lopdf::{DecompressError, Document as Pdf, LoadOptions, Object, ObjectId, Stream};

use super::broken;
use super::members::{self, untangled};
use crate::exchange::contained::contained;
use crate::exchange::error::ImportError;
use crate::exchange::intake;
use crate::exchange::limits::Limits;

/// Bytes that one stream may have that the parser unpacks while it loads; they hold objects, not text.
const LARGEST_STREAM: usize = 2 << 20;
/// Bytes that all of them together may have.
const ALL_STREAMS: u64 = 512 << 20;
/// Objects, those in lists and dictionaries counted too. A report has some ten thousands, one with a structure of its
/// own for every word some hundred thousands.
const MOST_OBJECTS: u64 = 3_000_000;

/// Objects that a list or a dictionary has room for at least.
const SMALLEST_LIST: u64 = 4;
/// Bytes of a file that may be written as text, in blocks of so many bytes, of which fewer than one in so many is no
/// ASCII. What is packed has one in two. A list of numbers takes fifty times its bytes before anything can be counted.
const MOST_PLAIN: usize = 8 << 20;
const BLOCK: usize = 64 << 10;
const FOREIGN_IN_PLAIN: usize = 4;

/// How long the parser may take; what is honest takes less than a second. And the room for what it keeps of brackets
/// within brackets.
const PATIENCE: Duration = Duration::from_secs(30);
const STACK: usize = 8 << 20;

/// What the file that is being loaded may still ask for.
#[derive(Clone, Copy)]
struct Left {
    /// Bytes of streams as they are in the file.
    bytes: u64,
    /// Bytes that the parser may unpack.
    unpacked: u64,
    objects: u64,
}

/// What there was too much of.
#[derive(Clone, Copy)]
enum Spent {
    Bytes,
    Unpacked,
    Stream,
    Objects,
}

thread_local! {
    static LEFT: Cell<Result<Left, Spent>> = const { Cell::new(Err(Spent::Bytes)) };
}

/// The objects of a file.
///
/// # Errors
/// If it is damaged or protected, or asks for more than is allowed.
pub(super) fn load(bytes: &[u8], limits: &Limits) -> Result<Pdf, ImportError> {
    if plain(bytes) > MOST_PLAIN {
        return Err(ImportError::TooMuch {
            what: "没有压缩的内容", max: intake::size(MOST_PLAIN as u64)
        });
    }
    let encrypted = bytes.windows(8).any(|window| window == b"/Encrypt");
    let options = LoadOptions {
        // What is encrypted does not pass by the filter; what does may grow there.
        max_decompressed_size: Some(if encrypted { LARGEST_STREAM / 4 } else { LARGEST_STREAM * 2 }),
        filter: Some(admit),
        ..LoadOptions::default()
    };
    // Of what the parser fails to read it tells nobody, and a list of objects may name the same broken place often.
    let left = Left { bytes: limits.unpacked, unpacked: ALL_STREAMS, objects: MOST_OBJECTS };
    let bytes = bytes.to_vec();
    let work = move || {
        LEFT.set(Ok(left));
        (contained(|| Pdf::load_mem_with_options(&bytes, options)), LEFT.get().err())
    };
    let Ok(done) = in_time(work, PATIENCE) else { return Err(broken("读不出其中的内容")) };
    let Some((loaded, spent)) = done else {
        return Err(ImportError::TooMuch {
            what: "读取所用的时间",
            max: format!("{}秒", PATIENCE.as_secs()),
        });
    };
    let too_much = |spent| Err(too_much(spent, limits));
    match (loaded, spent) {
        (None, Some(spent)) => too_much(spent),
        (Some(Err(lopdf::Error::Decompress(DecompressError::MemoryLimitExceeded { .. }))), _) => {
            too_much(Spent::Stream)
        }
        (Some(Err(lopdf::Error::Decryption(_) | lopdf::Error::InvalidPassword)), _) => {
            Err(ImportError::Protected)
        }
        (Some(Ok(pdf)), _) if pdf.is_encrypted() => Err(ImportError::Protected),
        (Some(Ok(pdf)), _) => Ok(pdf),
        (None, None) | (Some(Err(_)), _) => Err(broken("读不出其中的内容")),
    }
}

/// Does something on a thread of its own; none if it takes too long. Then the thread goes on to its end, of which
/// nobody hears.
fn in_time<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
    patience: Duration,
) -> io::Result<Option<T>> {
    let (done, wait) = mpsc::channel();
    let work = move || {
        // Nobody is waiting any more.
        let _ = done.send(work());
    };
    thread::Builder::new().name("pdf".to_owned()).stack_size(STACK).spawn(work)?;
    Ok(wait.recv_timeout(patience).ok())
}

fn too_much(spent: Spent, limits: &Limits) -> ImportError {
    let (what, max) = match spent {
        Spent::Bytes => ("解开后的内容", intake::size(limits.unpacked)),
        Spent::Unpacked => ("解开后的内容", intake::size(ALL_STREAMS)),
        Spent::Stream => ("一个部件解开后的内容", intake::size(LARGEST_STREAM as u64)),
        Spent::Objects => ("部件的个数", format!("{}万个", MOST_OBJECTS / 10_000)),
    };
    ImportError::TooMuch { what, max }
}

/// Counts what the objects of a file ask for while it is loaded, and leaves pictures out. The parser has no bound for
/// the whole file and no way to be stopped but unwinding, of which no hook hears.
#[expect(clippy::unnecessary_wraps, reason = "the parser asks for this shape")]
fn admit(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    let (objects, strings) = weight(object);
    let mut bytes = strings + 64;
    if let Object::Stream(stream) = object {
        bytes += stream.content.len() as u64;
    }
    take(|left| left.bytes.checked_sub(bytes).map(|bytes| Left { bytes, ..left }), Spent::Bytes);
    take(|left| left.objects.checked_sub(objects).map(|objects| Left { objects, ..left }), Spent::Objects);
    if let Object::Stream(stream) = object {
        if stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Image") {
            // That it is a picture is all that is asked of it later.
            stream.content = Vec::new();
        } else if stream.dict.has_type(b"ObjStm") {
            let most = LARGEST_STREAM as u64;
            take(
                |left| left.unpacked.checked_sub(most).map(|unpacked| Left { unpacked, ..left }),
                Spent::Unpacked,
            );
            take_apart(stream);
        }
        // A stream is taken from where it is, only objects out of other streams are taken from here.
        return Some((id, Object::Null));
    }
    Some((id, object.clone()))
}

/// Sets the objects in a stream apart from one another before the parser reads them.
fn take_apart(stream: &mut Stream) {
    let spend = |spent| take(|_| None, spent);
    match stream.get_plain_content_with_limit(LARGEST_STREAM) {
        Ok(content) => match untangled(&content, &stream.dict) {
            Ok(Some((content, first))) => {
                stream.set_plain_content(content);
                stream.dict.set("First", first as i64);
            }
            // The parser can not read it either.
            Ok(None) => stream.set_plain_content(Vec::new()),
            Err(members::TooMany) => spend(Spent::Objects),
        },
        Err(lopdf::Error::Decompress(DecompressError::MemoryLimitExceeded { .. })) => spend(Spent::Stream),
        Err(_) => stream.set_plain_content(Vec::new()),
    }
}

fn take(some: impl FnOnce(Left) -> Option<Left>, otherwise: Spent) {
    let left = LEFT.get().and_then(|left| some(left).ok_or(otherwise));
    LEFT.set(left);
    if left.is_err() {
        std::panic::resume_unwind(Box::new("the file asks for too much"));
    }
}

/// How many bytes are in blocks that are text.
fn plain(bytes: &[u8]) -> usize {
    let foreign = |block: &&[u8]| block.iter().filter(|byte| !byte.is_ascii()).count();
    bytes.chunks(BLOCK).filter(|block| foreign(block) < block.len() / FOREIGN_IN_PLAIN).map(<[u8]>::len).sum()
}

/// How many objects there is room for in one, with itself, and how many bytes their texts and names have.
fn weight(object: &Object) -> (u64, u64) {
    let (mut objects, mut bytes) = (0, 0);
    let mut open = vec![object];
    while let Some(object) = open.pop() {
        objects += 1;
        match object {
            Object::Name(text) | Object::String(text, _) => bytes += text.len() as u64,
            Object::Array(list) => {
                objects += SMALLEST_LIST.saturating_sub(list.len() as u64);
                open.extend(list);
            }
            Object::Dictionary(dictionary) | Object::Stream(Stream { dict: dictionary, .. }) => {
                objects += SMALLEST_LIST.saturating_sub(dictionary.len() as u64);
                for (key, value) in dictionary {
                    bytes += key.len() as u64;
                    open.push(value);
                }
            }
            _ => {}
        }
    }
    (objects, bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_waits_for_ever() {
        let (end, wait) = mpsc::channel::<()>();
        let work = move || wait.recv().is_err();
        assert_eq!(in_time(work, Duration::from_millis(1)).unwrap(), None);
        drop(end);
        assert_eq!(in_time(|| 1, PATIENCE).unwrap(), Some(1));
    }

    #[test]
    fn what_is_written_as_text_is_known() {
        let numbers = b"1 ".repeat(BLOCK);
        let packed: Vec<u8> = (0..=u8::MAX).cycle().take(2 * BLOCK).collect();
        assert_eq!(plain(&[numbers, packed].concat()), 2 * BLOCK);
    }
}
