//! How much work the pages of one file may make.

use lopdf::{Dictionary, Object, Stream};

/// The file asks for more than any honest one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spent {
    /// Bytes of contents, unpacked.
    Bytes,
    /// Words and signs of all pages.
    Steps,
    /// Signs of one page.
    Signs,
}

/// What may still be taken.
#[derive(Debug)]
pub(super) struct Budget {
    bytes: usize,
    steps: usize,
}

/// Steps and signs that one file may have; the longest reports have some ten thousands.
pub(super) const MOST_STEPS: usize = 4_000_000;
/// Bytes that a stream counts for that is found to be broken while it is unpacked.
const BROKEN: usize = 1 << 20;
/// Filters that lie on one another.
const MOST_FILTERS: usize = 4;

impl Budget {
    pub(super) fn new(bytes: usize) -> Self {
        Self { bytes, steps: MOST_STEPS }
    }

    #[cfg(test)]
    pub(super) fn of_steps(steps: usize) -> Self {
        Self { bytes: 0, steps }
    }

    pub(super) fn bytes(&mut self, bytes: usize) -> Result<(), Spent> {
        self.bytes = self.bytes.checked_sub(bytes).ok_or(Spent::Bytes)?;
        Ok(())
    }

    pub(super) fn steps(&mut self, steps: usize) -> Result<(), Spent> {
        self.steps = self.steps.checked_sub(steps).ok_or(Spent::Steps)?;
        Ok(())
    }

    /// What a stream holds; none if it can not be unpacked. What is packed and what comes out of every filter is
    /// taken, so that a stream that is unpacked often, or to nothing, is not free.
    pub(super) fn unpack(&mut self, stream: &Stream) -> Result<Option<Vec<u8>>, Spent> {
        self.steps(1)?;
        let filters = match stream.dict.get(b"Filter") {
            Ok(Object::Array(filters)) => filters.as_slice(),
            Ok(filter) => std::slice::from_ref(filter),
            Err(_) => &[],
        };
        if filters.len() > MOST_FILTERS {
            return Ok(None);
        }
        self.bytes(stream.content.len())?;
        let mut content = stream.content.clone();
        for (index, filter) in filters.iter().enumerate() {
            let mut dictionary = Dictionary::new();
            dictionary.set("Filter", filter.clone());
            let settings = match stream.dict.get(b"DecodeParms") {
                Ok(Object::Array(each)) => each.get(index),
                other => other.ok(),
            };
            if let Some(settings) = settings {
                dictionary.set("DecodeParms", settings.clone());
            }
            match Stream::new(dictionary, content).get_plain_content_with_limit(self.bytes) {
                Ok(unpacked) => content = unpacked,
                Err(lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. })) => {
                    return Err(Spent::Bytes);
                }
                Err(lopdf::Error::Unimplemented(_)) => return Ok(None),
                Err(_) => {
                    self.bytes(BROKEN)?;
                    return Ok(None);
                }
            }
            self.bytes(content.len())?;
        }
        Ok(Some(content))
    }
}

/// Whether what was unpacked is not what was packed. The parser gives what it could read of a damaged stream and does
/// not say that there was more; but behind the packed bytes there is a sum of the unpacked ones.
pub(super) fn is_cut(stream: &Stream, unpacked: &[u8]) -> bool {
    let is_packed = |filter: &Object| filter.as_name().is_ok_and(|name| name == b"FlateDecode");
    let only = match stream.dict.get(b"Filter") {
        Ok(Object::Array(filters)) => matches!(filters.as_slice(), [filter] if is_packed(filter)),
        Ok(filter) => is_packed(filter),
        Err(_) => false,
    };
    if !only || stream.dict.has(b"DecodeParms") {
        return false;
    }
    let sum = sum(unpacked).to_be_bytes();
    // The length of a stream often counts the line break behind it in.
    !stream.content.windows(sum.len()).rev().take(4).any(|window| window == sum)
}

/// Adler-32.
fn sum(bytes: &[u8]) -> u32 {
    let (mut low, mut high) = (1_u32, 0_u32);
    // So many bytes can be added before the sums have to be cut down.
    for part in bytes.chunks(5552) {
        for byte in part {
            low += u32::from(*byte);
            high += low;
        }
        low %= 65_521;
        high %= 65_521;
    }
    high << 16 | low
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    fn packed(content: &[u8]) -> Stream {
        let mut stream = Stream::new(Dictionary::new(), content.to_vec());
        stream.compress().unwrap();
        assert!(stream.is_compressed());
        stream
    }

    #[test]
    fn a_cut_stream_is_known_by_its_sum() {
        assert_eq!(sum(b"Wikipedia"), 0x11E6_0398);
        let mut stream = packed(&b"1 0 0 1 0 0 cm\n".repeat(1000));
        let unpacked = Budget::new(1 << 20).unpack(&stream).unwrap().unwrap();
        assert_eq!(unpacked.len(), 15_000);
        assert!(!is_cut(&stream, &unpacked));
        stream.content.extend(b"\r\n");
        assert!(!is_cut(&stream, &unpacked));
        stream.content.truncate(20);
        let some = Budget::new(1 << 20).unpack(&stream).unwrap().unwrap();
        assert!(some.len() < unpacked.len() && is_cut(&stream, &some));
    }

    #[test]
    fn every_filter_counts() {
        // Much that becomes nothing.
        let mut stream = packed(&b">".repeat(1 << 20));
        stream.dict.set(
            "Filter",
            vec![Object::Name(b"FlateDecode".to_vec()), Object::Name(b"ASCIIHexDecode".to_vec())],
        );
        let mut budget = Budget::new(5 << 20);
        let mut times = 0;
        let spent = loop {
            match budget.unpack(&stream) {
                Ok(content) => assert_eq!(content.as_deref(), Some(&[][..])),
                Err(spent) => break spent,
            }
            times += 1;
        };
        assert_eq!((times, spent), (4, Spent::Bytes));
        let unknown = Stream::new(dictionary! { "Filter" => "Other" }, vec![0; 10]);
        assert_eq!(Budget::new(100).unpack(&unknown), Ok(None));
    }
}
