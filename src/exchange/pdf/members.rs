//! Streams that hold objects.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use lopdf::{Dictionary, Object};

/// More objects than any program puts into one stream.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooMany;

/// Objects that one stream may hold; most programs put a hundred into one.
const MOST_MEMBERS: usize = 20_000;
/// How deep the parser goes into the brackets of a text.
const DEEPEST_BRACKETS: usize = 100;

/// The same objects, none of which reaches into the next, and where they begin; none if there is no list of them. The
/// parser reads every object from where the list says up to where it ends: a short stream, with a list in which many
/// places lie within one long object, would fill the memory.
pub(super) fn untangled(
    content: &[u8],
    dictionary: &Dictionary,
) -> Result<Option<(Vec<u8>, usize)>, TooMany> {
    let first =
        dictionary.get(b"First").and_then(Object::as_i64).ok().and_then(|first| usize::try_from(first).ok());
    let Some((list, members)) = first.and_then(|first| content.split_at_checked(first)) else {
        return Ok(None);
    };
    let Ok(list) = std::str::from_utf8(list) else { return Ok(None) };
    let lines = list.split(['\r', '\n']).filter_map(|line| line.split('%').next());
    let mut numbers = lines.flat_map(str::split_whitespace).map(|number| number.parse::<u32>().ok());
    // By place, so that of two objects at the same place one remains.
    let mut places = BTreeMap::new();
    while let (Some(id), Some(place)) = (numbers.next(), numbers.next()) {
        if let (Some(id), Some(place)) = (id, place) {
            places.entry(place as usize).or_insert(id);
        }
        if places.len() > MOST_MEMBERS {
            return Err(TooMany);
        }
    }
    // Whatever is open at the end of an object is closed by this, or can not be read.
    let end = [b"\n".as_slice(), &[b')'; DEEPEST_BRACKETS + 1], b"}\n"].concat();
    let (mut index, mut apart) = (String::new(), Vec::with_capacity(members.len()));
    let nexts = places.keys().skip(1).copied().chain([members.len()]);
    for ((place, id), next) in places.iter().zip(nexts) {
        let Some(member) = members.get(*place..next.min(members.len())) else { break };
        let _ = write!(index, "{id} {} ", apart.len());
        apart.extend_from_slice(member);
        apart.extend_from_slice(&end);
    }
    let first = index.len();
    Ok(Some(([index.into_bytes(), apart].concat(), first)))
}

#[cfg(test)]
mod tests {
    use lopdf::{ObjectStream, Stream, dictionary};

    use super::*;

    fn read(list: &str, members: &[u8]) -> Vec<(u32, Object)> {
        let content = [list.as_bytes(), members].concat();
        let dictionary = dictionary! { "Type" => "ObjStm", "N" => 1, "First" => list.len() as i64 };
        let (content, first) = untangled(&content, &dictionary).unwrap().unwrap();
        let dictionary = dictionary! { "Type" => "ObjStm", "N" => 1, "First" => first as i64 };
        let objects = ObjectStream::new(&Stream::new(dictionary, content)).unwrap().objects;
        objects.into_iter().map(|((id, _), object)| (id, object)).collect()
    }

    #[test]
    fn objects_are_the_same_apart() {
        let all = read("1 0 2 8 % 9 9\n 4 15 3 10 ", b"<</A 1>>12  [3](x)");
        let expected = [
            (1, Object::Dictionary(dictionary! { "A" => 1 })),
            (2, 12.into()),
            (3, Object::Array(vec![3.into()])),
        ];
        assert_eq!(all.get(..3).unwrap(), expected);
        assert_eq!(all.last().unwrap(), &(4, Object::string_literal("x")));
    }

    #[test]
    fn no_object_reaches_into_the_next() {
        let nested = format!("{}{}", "[ ".repeat(50), "] ".repeat(50));
        let list: String = (0..50).fold(String::new(), |list, id| format!("{list}{} {} ", id + 1, id * 2));
        let read_all = read(&list, nested.as_bytes());
        assert_eq!(read_all, [(50, Object::Array(Vec::new()))]);
        for open in ["(", "((((", "<41", "[1", "<</A", "%", "(\\"] {
            let all = read(&format!("1 0 2 {} ", open.len()), format!("{open}12").as_bytes());
            assert_eq!(all.last(), Some(&(2, 12.into())), "{open}");
            assert!(
                all.iter()
                    .all(|(_, object)| object.as_str().is_ok_and(|text| text.len() < 200)
                        || *object == 12.into()),
                "{open}"
            );
        }
    }

    #[test]
    fn a_list_without_end_is_refused() {
        let list: String = (0..=MOST_MEMBERS).fold(String::new(), |mut list, id| {
            let _ = write!(list, "{id} {id} ");
            list
        });
        let dictionary = dictionary! { "First" => list.len() as i64 };
        assert_eq!(untangled(list.as_bytes(), &dictionary), Err(TooMany));
        assert_eq!(untangled(b"1 0 ", &dictionary), Ok(None));
    }
}
